//! Counts of members: stored by unit and day, and the figures they make: growth, share of the whole.

use std::collections::{BTreeMap, HashMap};

use pingyi_domain::record::{
    Belonging as _, Counts, Date, Headcount, HeadcountId, Quarter, Share, UnitId, WordList, growth,
};
use pingyi_store::Conn;
use pingyi_store::repo::headcounts::{self, HeadcountRow};
use pingyi_store::repo::units;
use rand_core::CryptoRng;

use super::belongings::{Shelf, refused};
use super::hand::Hand;
use super::units::{UnitName, found, in_order};
use super::written::{Around, Home, Read, Written};
use super::year::quarter_ends;
use crate::{App, AppError, Result};

/// Codes of the two parts every count may have.
pub(super) const TOTAL: &str = "total";
const INTERNET: &str = "internet";

impl Written for Headcount {
    type Row = HeadcountRow;

    fn new_id(rng: &mut impl CryptoRng) -> String {
        HeadcountId::generate(rng).into()
    }

    fn of(row: &HeadcountRow) -> Read<Self> {
        let mut parts: BTreeMap<String, i64> = row.parts.iter().cloned().collect();
        Ok(Self {
            unit: row.unit.parse()?,
            on_date: row.on_date.parse()?,
            total: parts.remove(TOTAL).unwrap_or(0),
            internet: parts.remove(INTERNET),
            parts,
            note: row.note.clone(),
        })
    }

    fn to_row(&self, id: &str, version: i64) -> HeadcountRow {
        let mut parts: Vec<(String, i64)> = vec![(TOTAL.to_owned(), self.total)];
        parts.extend(self.internet.map(|n| (INTERNET.to_owned(), n)));
        parts.extend(self.parts.iter().map(|(code, n)| (code.clone(), *n)));
        HeadcountRow {
            id: id.to_owned(),
            version,
            unit: self.unit.to_string(),
            on_date: self.on_date.to_string(),
            note: self.note.clone(),
            sample: 0,
            source: String::new(),
            parts,
        }
    }

    fn home(&self) -> Home<'_> {
        Home::Unit(&self.unit)
    }

    fn first_day(&self) -> (&'static str, Option<Date>) {
        self.begins()
    }

    /// One count a day, and only columns the office has.
    async fn agrees(&self, conn: &mut Conn, around: Around<'_, Self>) -> Result<()> {
        let others = headcounts::of_unit(conn, self.unit.as_str()).await?;
        let day = self.on_date.to_string();
        if others
            .iter()
            .any(|row| row.on_date == day && row.id != around.id)
        {
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

impl Shelf for Headcount {
    async fn of_unit(conn: &mut Conn, unit: &UnitId) -> Result<Vec<Self::Row>> {
        Ok(headcounts::of_unit(conn, unit.as_str()).await?)
    }

    fn origin(row: &Self::Row) -> (i64, &str) {
        (row.sample, &row.source)
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

pub(super) async fn counts(view: &mut Conn, part: &str) -> Result<Counts> {
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

/// Quarters of a line of members.
const QUARTERS: usize = 8;

/// Members at the end of the last quarters, unit by unit; none where nobody had counted.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct MemberLines {
    /// The quarters, the oldest first; the running one as of today.
    pub quarters: Vec<Quarter>,
    /// By id of the unit.
    pub of: HashMap<UnitId, Vec<Option<i64>>>,
}

impl App {
    /// Members of each unit somebody may see over the last eight quarters.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn member_lines(&self, hand: &Hand) -> Result<MemberLines> {
        let ends = quarter_ends(self.today()?, QUARTERS);
        let mut view = self.store().read().await?;
        let total = counts(&mut view, TOTAL).await?;
        let names = in_order(units::all(&mut view).await?)?;
        let seen = names
            .into_iter()
            .filter(|name| hand.scope().holds(&name.path));
        let line = |name: UnitName| {
            let figures = ends.iter().map(|(_, day)| total.figure(&name.path, *day));
            (name.id, figures.collect())
        };
        Ok(MemberLines {
            of: seen.map(line).collect(),
            quarters: ends.iter().map(|(quarter, _)| *quarter).collect(),
        })
    }

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
