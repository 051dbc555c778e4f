//! Joint meetings by park and quarter, and how far classes reach.

use pingyi_domain::DomainError;
use pingyi_domain::record::{Date, Period, Quarter, Share, UnitId, UnitKind, UnitPath};
use pingyi_store::Conn;
use pingyi_store::repo::meetings::{self, FirmsRow, HeldRow, TopicRow};
use pingyi_store::repo::units::{self, UnitRow};

use super::hand::Hand;
use super::memory;
use crate::{App, AppError, Result};

/// What is known of a park's joint meeting in a quarter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum MeetingCell {
    /// Held; once or more often.
    Held(Vec<HeldRow>),
    /// The quarter is over and there was none.
    Missing,
    /// The quarter is running.
    Open,
    /// The quarter has not begun.
    Ahead,
    /// The park was not there in it.
    NoPark,
}

impl MeetingCell {
    fn of(
        held: Vec<HeldRow>,
        quarter: Quarter,
        today: Date,
        life: (Option<Date>, Option<Date>),
    ) -> Self {
        let gone = life.1.is_some_and(|closed| closed <= quarter.first_day());
        let unborn = life.0.is_some_and(|founded| founded > quarter.last_day());
        if !held.is_empty() {
            Self::Held(held)
        } else if gone || unborn {
            Self::NoPark
        } else if quarter.first_day() > today {
            Self::Ahead
        } else if quarter.last_day() >= today {
            Self::Open
        } else {
            Self::Missing
        }
    }
}

/// A park and its four quarters.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MeetingRow {
    /// Id of the park.
    pub unit: UnitId,
    /// Its name.
    pub name: String,
    /// The quarters in order.
    pub cells: Vec<MeetingCell>,
}

/// A park and how far its classes reached.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReachRow {
    /// Id; none for all together.
    pub unit: Option<UnitId>,
    /// Name; empty for all together.
    pub name: String,
    /// Firms reached of those operating.
    pub reach: Share,
}

/// The classes of a year.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Classes {
    /// By topic.
    pub topics: Vec<TopicRow>,
    /// All together, then each park.
    pub reach: Vec<ReachRow>,
}

struct Park {
    id: UnitId,
    name: String,
    place: UnitPath,
    life: (Option<Date>, Option<Date>),
}

fn parks(rows: &[UnitRow], hand: &Hand) -> Result<Vec<Park>> {
    let mut parks = Vec::new();
    let mut kept: Vec<&UnitRow> = rows
        .iter()
        .filter(|row| row.kind == UnitKind::Park.as_str())
        .collect();
    kept.sort_by_key(|row| (row.ordinal, row.name.clone()));
    for row in kept {
        let place: UnitPath = row.path.parse().map_err(AppError::internal)?;
        if hand.scope().holds(&place) {
            let day = |text: &Option<String>| text.as_deref().map(str::parse::<Date>).transpose();
            parks.push(Park {
                id: row.id.parse().map_err(AppError::internal)?,
                name: if row.short_name.is_empty() {
                    row.name.clone()
                } else {
                    row.short_name.clone()
                },
                life: (
                    day(&row.founded_on).map_err(AppError::internal)?,
                    day(&row.closed_on).map_err(AppError::internal)?,
                ),
                place,
            });
        }
    }
    Ok(parks)
}

impl App {
    /// The joint meetings of a year: the parks somebody may see × the quarters.
    ///
    /// # Errors
    /// [`AppError::NotFound`] for a year outside the calendar.
    pub async fn meetings(&self, hand: &Hand, year: i32) -> Result<Vec<MeetingRow>> {
        let today = self.today()?;
        let quarters: Vec<Quarter> = Period::year(year)
            .ok_or(AppError::NotFound)?
            .quarters()
            .collect();
        let (Some(first), Some(last)) = (quarters.first(), quarters.last()) else {
            return Err(AppError::NotFound);
        };
        let mut view = self.store().read().await?;
        let all = units::all(&mut view).await?;
        let held = meetings::held(&mut view, &first.to_string(), &last.to_string()).await?;
        let path = |id: &str| {
            all.iter()
                .find(|row| row.id == id)
                .and_then(|row| row.path.parse::<UnitPath>().ok())
        };
        let mut rows = Vec::new();
        for park in parks(&all, hand)? {
            let own: Vec<&HeldRow> = held
                .iter()
                .filter(|row| path(&row.unit).is_some_and(|there| park.place.holds(&there)))
                .collect();
            let cells = quarters.iter().map(|quarter| {
                let name = quarter.to_string();
                let held = own
                    .iter()
                    .filter(|row| row.quarter == name)
                    .map(|row| (*row).clone());
                MeetingCell::of(held.collect(), *quarter, today, park.life)
            });
            rows.push(MeetingRow {
                cells: cells.collect(),
                unit: park.id,
                name: park.name,
            });
        }
        Ok(rows)
    }

    /// The classes of a year: by topic, and how many operating firms they reached, together and by park.
    ///
    /// # Errors
    /// [`AppError::NotFound`] for a year outside the calendar.
    pub async fn classes(&self, hand: &Hand, year: i32) -> Result<Classes> {
        let year = Period::year(year).ok_or(AppError::NotFound)?;
        let until = year.last().min(self.today()?).max(year.first());
        let (from, until) = (year.first().to_string(), until.to_string());
        let mut view = self.store().read().await?;
        let what = format!("classes from {from} to {until} for {:?}", hand.scope());
        let state = memory::state(&mut view).await?;
        let classes = self.remembered(&mut view, (what, state), async |conn: &mut Conn| {
            Classes::of(conn, hand, (&from, &until)).await
        });
        Ok(Classes::clone(&*classes.await?))
    }
}

impl Classes {
    async fn of(conn: &mut Conn, hand: &Hand, days: (&str, &str)) -> Result<Self> {
        let all = units::all(conn).await?;
        let parks = parks(&all, hand)?;
        let mut tops: Vec<UnitPath> = Vec::new();
        for row in &all {
            let place: UnitPath = row.path.parse().map_err(AppError::internal)?;
            if hand.scope().holds(&place) && !tops.iter().any(|top| top.holds(&place)) {
                tops.push(place);
            }
        }
        let Some(top) = tops.first() else {
            return Ok(Self {
                topics: vec![],
                reach: vec![],
            });
        };
        let reached = Reach::of(conn, days, top).await?;
        let each = parks
            .iter()
            .map(|park| (Some(park.id.clone()), park.name.clone(), &park.place));
        let reach = std::iter::once((None, String::new(), top)).chain(each);
        let reach = reach.map(|(unit, name, place)| ReachRow {
            unit,
            name,
            reach: reached.share(place),
        });
        Ok(Self {
            reach: reach.collect(),
            topics: meetings::topics(conn, days, top).await?,
        })
    }
}

/// How far the classes of some days reached, unit by unit.
pub(super) struct Reach {
    reached: Vec<(UnitPath, i64)>,
    operating: Vec<(UnitPath, i64)>,
}

impl Reach {
    /// Of a unit and all below it. A firm belongs to one unit, so the units' counts add up.
    pub(super) async fn of(conn: &mut Conn, days: (&str, &str), place: &UnitPath) -> Result<Self> {
        let by_place = |rows: Vec<FirmsRow>| {
            let each = rows
                .into_iter()
                .map(|row| Ok((row.path.parse()?, row.firms)));
            each.collect::<std::result::Result<Vec<_>, DomainError>>()
                .map_err(AppError::internal)
        };
        Ok(Self {
            reached: by_place(meetings::reached(conn, days, place).await?)?,
            operating: by_place(meetings::operating(conn, days.1, place).await?)?,
        })
    }

    /// The operating firms of a unit and all below it, and those of them that a class reached.
    pub(super) fn share(&self, place: &UnitPath) -> Share {
        let sum = |counts: &[(UnitPath, i64)]| {
            let held = counts.iter().filter(|(path, _)| place.holds(path));
            held.map(|(_, firms)| firms).sum()
        };
        Share {
            part: sum(&self.reached),
            whole: sum(&self.operating),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_quarter_is_missing_once_it_is_over() {
        let day = |text: &str| text.parse::<Date>().unwrap();
        let today = day("2018-08-15");
        let life = (Some(day("2017-05-01")), None);
        let cell =
            |quarter: &str, life| MeetingCell::of(vec![], quarter.parse().unwrap(), today, life);
        assert_eq!(cell("2018-Q2", life), MeetingCell::Missing);
        assert_eq!(cell("2018-Q3", life), MeetingCell::Open);
        assert_eq!(cell("2018-Q4", life), MeetingCell::Ahead);
        assert_eq!(cell("2017-Q1", life), MeetingCell::NoPark);
        assert_eq!(cell("2017-Q2", life), MeetingCell::Missing);
        let closed = (None, Some(day("2018-04-01")));
        assert_eq!(cell("2018-Q1", closed), MeetingCell::Missing);
        assert_eq!(cell("2018-Q2", closed), MeetingCell::NoPark);
        let last = MeetingCell::of(vec![], "2018-Q2".parse().unwrap(), day("2018-06-30"), life);
        assert_eq!(
            last,
            MeetingCell::Open,
            "the last day still counts as running"
        );
    }
}
