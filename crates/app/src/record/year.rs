//! A year of a unit on one page: every figure is counted from the record, none is typed.

use std::collections::BTreeMap;

use pingyi_domain::record::{
    Centre, Cover, Date, Period, Quarter, Scope, Share, UnitId, UnitKind, UnitPath, growth,
};
use pingyi_store::Conn;
use pingyi_store::repo::meetings::{self, TopicRow};
use pingyi_store::repo::units;
use pingyi_store::repo::year::{self, KindRow, MattersRow};

use super::belongings::{Held, Shelf, held};
use super::hand::Hand;
use super::headcounts::{TOTAL, counts};
use super::indicators::Heat;
use super::meetings::{MeetingRow, Reach};
use super::memory;
use super::posts::{PostView, posts_of};
use super::units::{UnitName, found, in_order, unit_of};
use crate::record::Unit;
use crate::{App, AppError, Result};

/// The entries of one kind in a year.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct KindYear {
    /// Code of the kind.
    pub kind: String,
    /// Entries in each quarter.
    pub quarters: [i64; 4],
    /// Not yet confirmed.
    pub unconfirmed: i64,
    /// People.
    pub people: i64,
}

impl KindYear {
    /// Entries of the whole year.
    #[must_use]
    pub fn entries(&self) -> i64 {
        self.quarters.iter().sum()
    }
}

/// A year of a unit and all below it.
#[derive(Debug, Clone)]
pub struct YearReport {
    /// Id of the unit.
    pub id: UnitId,
    /// The unit.
    pub unit: Unit,
    /// The units above, the root first.
    pub above: Vec<UnitName>,
    /// The year.
    pub year: i32,
    /// The last day that is counted: the year's last, or today.
    pub until: Date,
    /// Whether the year is still running.
    pub running: bool,
    /// Terms that lie in it at least for a day.
    pub posts: Vec<PostView>,
    /// Members when it began and on the last day.
    pub members: [Option<i64>; 2],
    /// What became of them; none where nobody had counted.
    pub growth: Option<(i64, Share)>,
    /// Coverages on the last day.
    pub cover: Cover,
    /// A year before.
    pub cover_before: Cover,
    /// The day a year before: the last of the year before.
    pub before: Date,
    /// Centres open on the last day, of the unit and of the parks directly below it.
    pub centres: Vec<Held<Centre>>,
    /// Entries by kind, most first.
    pub kinds: Vec<KindYear>,
    /// Classes by topic.
    pub topics: Vec<TopicRow>,
    /// Operating firms that a class reached.
    pub reach: Share,
    /// Joint meetings of the parks in it.
    pub meetings: Vec<MeetingRow>,
    /// Matters.
    pub matters: MattersRow,
    /// Its indicators: one row.
    pub heat: Heat,
}

/// The quarter a month lies in, from 0.
fn quarter_of(month: &str) -> Option<usize> {
    let month: usize = month.get(5..7)?.parse().ok()?;
    (1..=12).contains(&month).then(|| (month - 1) / 3)
}

fn by_kind(rows: Vec<KindRow>) -> Vec<KindYear> {
    let mut kinds: BTreeMap<String, KindYear> = BTreeMap::new();
    for row in rows {
        let Some(at) = quarter_of(&row.month) else {
            continue;
        };
        let kind = kinds.entry(row.kind.clone()).or_default();
        kind.kind = row.kind;
        kind.quarters[at] += row.entries;
        kind.unconfirmed += row.unconfirmed;
        kind.people += row.people;
    }
    let mut kinds: Vec<KindYear> = kinds.into_values().collect();
    kinds.sort_by(|a, b| {
        b.entries()
            .cmp(&a.entries())
            .then_with(|| a.kind.cmp(&b.kind))
    });
    kinds
}

async fn open_centres(conn: &mut Conn, units: &[&UnitName], on: Date) -> Result<Vec<Held<Centre>>> {
    let mut centres: Vec<Held<Centre>> = Vec::new();
    for unit in units {
        for row in Centre::of_unit(conn, &unit.id).await? {
            let held: Held<Centre> = held(&row).map_err(AppError::internal)?;
            let opened = held.what.opened_on.is_some_and(|day| day <= on);
            let closed = held.what.closed_on.is_some_and(|day| day <= on);
            if opened && !closed && !centres.iter().any(|other| other.id == held.id) {
                centres.push(held);
            }
        }
    }
    Ok(centres)
}

/// What one read of the database gives.
struct Counted {
    posts: Vec<PostView>,
    members: [Option<i64>; 2],
    centres: Vec<Held<Centre>>,
    kinds: Vec<KindYear>,
    topics: Vec<TopicRow>,
    reach: Share,
    matters: MattersRow,
}

async fn read(
    conn: &mut Conn,
    names: &[UnitName],
    own: &UnitName,
    (before, period): (Date, Period),
) -> Result<Counted> {
    let (from, until) = (period.first().to_string(), period.last().to_string());
    let days = (from.as_str(), until.as_str());
    let place = &own.path;
    let in_it = |post: &PostView| {
        let term = post.post.term;
        term.from_on <= period.last() && term.until_on.is_none_or(|end| end > period.first())
    };
    let total = counts(conn, TOTAL).await?;
    let parks: Vec<&UnitName> = std::iter::once(own)
        .chain(names.iter().filter(|name| {
            name.kind == UnitKind::Park
                && place.holds(&name.path)
                && name.path.depth() == place.depth() + 1
        }))
        .collect();
    let mut posts = posts_of(conn, &own.id).await?;
    posts.retain(in_it);
    Ok(Counted {
        posts,
        members: [
            total.figure(place, before),
            total.figure(place, period.last()),
        ],
        centres: open_centres(conn, &parks, period.last()).await?,
        kinds: by_kind(year::kinds(conn, days, place).await?),
        topics: meetings::topics(conn, days, place).await?,
        reach: Reach::of(conn, days, place).await?.share(place),
        matters: year::matters(conn, days, place).await?,
    })
}

/// Quarters of a trend.
const QUARTERS: usize = 8;

/// What somebody may see, over the last quarters.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Trend {
    /// The quarters, the oldest first; the running one until today.
    pub quarters: Vec<Quarter>,
    /// Members at the end of each; none where nobody had counted.
    pub members: Vec<Option<i64>>,
    /// Entries of each.
    pub entries: Vec<i64>,
}

impl App {
    /// Members and entries of the highest unit somebody may see, over the last eight quarters.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn trend(&self, hand: &Hand) -> Result<Trend> {
        let today = self.today()?;
        let mut view = self.store().read().await?;
        let what = format!("trend on {today} for {:?}", hand.scope());
        let state = memory::state(&mut view).await?;
        let trend = self.remembered(&mut view, (what, state), async |conn: &mut Conn| {
            trend_of(conn, hand.scope(), today).await
        });
        Ok(Trend::clone(&*trend.await?))
    }

    /// A year of a unit and all below it.
    ///
    /// # Errors
    /// [`AppError::NotFound`] without the unit or for a year that has not begun, [`AppError::NotYourUnit`].
    pub async fn year_report(&self, hand: &Hand, id: &UnitId, year: i32) -> Result<YearReport> {
        let today = self.today()?;
        let whole = Period::year(year).ok_or(AppError::NotFound)?;
        let period =
            Period::new(whole.first(), whole.last().min(today)).ok_or(AppError::NotFound)?;
        let before = whole.first().plus_days(-1).ok_or(AppError::NotFound)?;
        let mut view = self.store().read().await?;
        let (row, path) = found(&mut view, id).await?;
        hand.sees(&path)?;
        let names = in_order(units::all(&mut view).await?)?;
        let own = names.iter().find(|name| name.id == *id);
        let own = own.ok_or(AppError::NotFound)?;
        let counted = read(&mut view, &names, own, (before, period)).await?;
        let unit = unit_of(&row)?;
        drop(view);
        let [earlier, later] = counted.members;
        Ok(YearReport {
            id: id.clone(),
            above: names
                .iter()
                .filter(|name| name.path != path && name.path.holds(&path))
                .cloned()
                .collect(),
            unit,
            year,
            until: period.last(),
            running: whole.last() > today,
            posts: counted.posts,
            members: counted.members,
            growth: earlier
                .zip(later)
                .map(|(earlier, later)| growth(earlier, later)),
            cover: self.cover_of(hand, id, period.last()).await?,
            cover_before: self.cover_of(hand, id, before).await?,
            before,
            centres: counted.centres,
            kinds: counted.kinds,
            topics: counted.topics,
            reach: counted.reach,
            meetings: self.meetings_below(hand, &path, &names, year).await?,
            matters: counted.matters,
            heat: self.heat_of_unit(own.clone(), year).await?,
        })
    }

    async fn cover_of(&self, hand: &Hand, id: &UnitId, on: Date) -> Result<Cover> {
        let covers = self.covers(hand, on).await?;
        let own = covers.into_iter().find(|(unit, _)| unit.id == *id);
        Ok(own.map(|(_, cover)| cover).unwrap_or_default())
    }

    async fn meetings_below(
        &self,
        hand: &Hand,
        place: &UnitPath,
        names: &[UnitName],
        year: i32,
    ) -> Result<Vec<MeetingRow>> {
        let mut rows = self.meetings(hand, year).await?;
        let below = |row: &MeetingRow| {
            let name = names.iter().find(|name| name.id == row.unit);
            name.is_some_and(|name| place.holds(&name.path))
        };
        rows.retain(below);
        Ok(rows)
    }
}

/// The last days of the last quarters up to a day, the oldest first; the last of them is the day itself.
pub(super) fn quarter_ends(day: Date, count: usize) -> Vec<(Quarter, Date)> {
    let running = Quarter::of(day);
    let mut days = vec![(running, day)];
    let mut first = running.first_day();
    while days.len() < count {
        let Some(before) = first.plus_days(-1) else {
            break;
        };
        let quarter = Quarter::of(before);
        days.push((quarter, before));
        first = quarter.first_day();
    }
    days.reverse();
    days
}

async fn trend_of(conn: &mut Conn, scope: &Scope, today: Date) -> Result<Trend> {
    let ends = quarter_ends(today, QUARTERS);
    let names = in_order(units::all(conn).await?)?;
    let top = names.iter().find(|name| scope.holds(&name.path));
    let (Some(top), Some((first, _)), Some((_, last))) = (top, ends.first(), ends.last()) else {
        return Ok(Trend::default());
    };
    let total = counts(conn, TOTAL).await?;
    let days = (first.first_day().to_string(), last.to_string());
    let rows = year::kinds(conn, (&days.0, &days.1), &top.path).await?;
    let of = |quarter: Quarter| {
        let months = rows.iter().filter(|row| {
            let day = format!("{}-01", row.month).parse::<Date>();
            day.is_ok_and(|day| Quarter::of(day) == quarter)
        });
        months.map(|row| row.entries).sum()
    };
    Ok(Trend {
        quarters: ends.iter().map(|(quarter, _)| *quarter).collect(),
        members: ends
            .iter()
            .map(|(_, day)| total.figure(&top.path, *day))
            .collect(),
        entries: ends.iter().map(|(quarter, _)| of(*quarter)).collect(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn months_fall_into_their_quarters_and_the_most_comes_first() {
        let row = |kind: &str, month: &str, entries| KindRow {
            kind: kind.to_owned(),
            month: month.to_owned(),
            entries,
            unconfirmed: 1,
            people: 10,
        };
        let kinds = by_kind(vec![
            row("class", "2018-03", 2),
            row("class", "2018-04", 3),
            row("visit", "2018-12", 9),
            row("class", "2018-01", 1),
        ]);
        let said: Vec<_> = kinds
            .iter()
            .map(|k| (k.kind.as_str(), k.quarters, k.unconfirmed, k.people))
            .collect();
        assert_eq!(
            said,
            [
                ("visit", [0, 0, 0, 9], 1, 10),
                ("class", [3, 3, 0, 0], 3, 30)
            ]
        );
        assert_eq!(kinds[1].entries(), 6);
    }

    #[test]
    fn quarters_end_on_their_last_day_and_the_running_one_today() {
        let days = quarter_ends("2018-12-15".parse().unwrap(), 8);
        let texts: Vec<String> = days.iter().map(|(q, d)| format!("{q} {d}")).collect();
        assert_eq!(texts.len(), 8);
        assert_eq!(texts[0], "2017-Q1 2017-03-31");
        assert_eq!(texts[6..], ["2018-Q3 2018-09-30", "2018-Q4 2018-12-15"]);
    }
}
