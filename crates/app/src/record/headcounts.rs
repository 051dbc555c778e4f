//! Counts of members: stored by unit and day, and the figures they make: growth, share of the whole.

use std::collections::BTreeMap;

use pingyi_domain::DomainError;
use pingyi_domain::record::{
    Counts, Date, Headcount, HeadcountId, Share, UnitId, WordList, growth,
};
use pingyi_store::repo::headcounts::{self, HeadcountRow};
use pingyi_store::repo::units;
use pingyi_store::{Conn, Snapshot};

use super::belongings::{Done, Held, Shelf, refused};
use super::hand::Hand;
use super::shelves::all;
use super::units::{UnitName, found, in_order};
use crate::{App, AppError, Result};

/// Codes of the two parts every count may have.
const TOTAL: &str = "total";
const INTERNET: &str = "internet";

pub(super) fn count_of(row: &HeadcountRow) -> std::result::Result<Held<Headcount>, DomainError> {
    let mut parts: BTreeMap<String, i64> = row.parts.iter().cloned().collect();
    Ok(Held {
        id: row.id.clone(),
        version: row.version,
        sample: row.sample != 0,
        source: row.source.clone(),
        what: Headcount {
            unit: row.unit.parse()?,
            on_date: row.on_date.parse()?,
            total: parts.remove(TOTAL).unwrap_or(0),
            internet: parts.remove(INTERNET),
            parts,
            note: row.note.clone(),
        },
    })
}

fn row_of(id: &str, version: i64, count: &Headcount) -> HeadcountRow {
    let mut parts: Vec<(String, i64)> = vec![(TOTAL.to_owned(), count.total)];
    parts.extend(count.internet.map(|n| (INTERNET.to_owned(), n)));
    parts.extend(count.parts.iter().map(|(code, n)| (code.clone(), *n)));
    HeadcountRow {
        id: id.to_owned(),
        version,
        unit: count.unit.to_string(),
        on_date: count.on_date.to_string(),
        note: count.note.clone(),
        sample: 0,
        source: String::new(),
        parts,
    }
}

impl Shelf for Headcount {
    fn new_id(rng: &mut impl rand_core::CryptoRng) -> String {
        HeadcountId::generate(rng).into()
    }

    async fn insert(&self, conn: &mut Conn, id: &str) -> Done<()> {
        headcounts::insert(conn, &row_of(id, 1, self)).await
    }

    async fn update(&self, conn: &mut Conn, id: &str, version: i64) -> Done<bool> {
        headcounts::update(conn, &row_of(id, version, self)).await
    }

    async fn delete(conn: &mut Conn, id: &str, version: i64) -> Done<bool> {
        headcounts::delete(conn, id, version).await
    }

    async fn by_id(conn: &mut Conn, id: &str) -> Result<Option<Held<Self>>> {
        let row = headcounts::by_id(conn, id).await?;
        row.as_ref()
            .map(count_of)
            .transpose()
            .map_err(AppError::internal)
    }

    async fn of_unit(conn: &mut Conn, unit: &UnitId) -> Result<Vec<Held<Self>>> {
        all(&headcounts::of_unit(conn, unit.as_str()).await?, count_of)
    }

    /// One count a day, and only columns the office has.
    async fn agrees(&self, conn: &mut Conn, id: &str) -> Result<()> {
        let others = headcounts::of_unit(conn, self.unit.as_str()).await?;
        let day = self.on_date.to_string();
        if others.iter().any(|row| row.on_date == day && row.id != id) {
            return Err(refused("on_date", "day_counted"));
        }
        let words = super::words::words_in(conn, WordList::Headcount).await?;
        let is_word = |code: &String| words.iter().any(|view| view.word.code == *code);
        if self.parts.keys().all(is_word) {
            Ok(())
        } else {
            Err(refused("parts", "word"))
        }
    }
}

/// The figures of one unit; none where nobody has counted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MemberFigures {
    /// The unit.
    pub unit: UnitName,
    /// Members today.
    pub total: Option<i64>,
    /// Of these in internet firms.
    pub internet: Option<i64>,
    /// How many more than a year ago, and as a share of then.
    pub growth: Option<(i64, Share)>,
    /// Members ÷ members of the whole tree.
    pub share: Option<Share>,
}

/// What the page of counts shows beside the counts themselves.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Members {
    /// The day a year ago.
    pub since: Date,
    /// The unit itself.
    pub own: MemberFigures,
    /// The units directly below that are not dissolved.
    pub below: Vec<MemberFigures>,
}

async fn counts(view: &mut Snapshot, part: &str) -> Result<Counts> {
    let mut counts = Counts::default();
    for row in units::all(view).await? {
        let closed = row.closed_on.as_deref().map(str::parse).transpose();
        let path = row.path.parse().map_err(AppError::internal)?;
        counts.unit(path, closed.map_err(AppError::internal)?);
    }
    for (path, day, n) in headcounts::counted(view, part).await? {
        counts.count(&path, day.parse().map_err(AppError::internal)?, n);
    }
    Ok(counts)
}

impl App {
    /// The figures of a unit and of those directly below it, today and against a year ago.
    ///
    /// # Errors
    /// [`AppError::NotFound`], [`AppError::NotYourUnit`].
    pub async fn members(&self, hand: &Hand, id: &UnitId) -> Result<Members> {
        let today = self.today()?;
        let since = today.plus_days(-365).unwrap_or(today);
        let mut view = self.store().read().await?;
        let (_, path) = found(&mut view, id).await?;
        hand.sees(&path)?;
        let total = counts(&mut view, TOTAL).await?;
        let internet = counts(&mut view, INTERNET).await?;
        let names = in_order(units::all(&mut view).await?)?;
        let root = names.first().map(|name| &name.path);
        let whole = root.and_then(|root| total.figure(root, today));
        let of = |name: &UnitName| MemberFigures {
            share: total
                .figure(&name.path, today)
                .zip(whole)
                .map(|(part, whole)| Share { part, whole }),
            total: total.figure(&name.path, today),
            internet: internet.figure(&name.path, today),
            growth: total
                .figure(&name.path, since)
                .zip(total.figure(&name.path, today))
                .map(|(earlier, later)| growth(earlier, later)),
            unit: name.clone(),
        };
        let is_below = |name: &UnitName| {
            !name.closed && path.holds(&name.path) && name.path.depth() == path.depth() + 1
        };
        let own = names.iter().find(|name| name.path == path).map(of);
        let own = own.ok_or(AppError::NotFound)?;
        Ok(Members {
            since,
            below: names.iter().filter(|name| is_below(name)).map(of).collect(),
            own,
        })
    }
}
