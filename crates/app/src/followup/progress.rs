//! How far rectification is, unit by unit: for Home and for the digest.

use std::collections::HashMap;

use pingyi_domain::record::matter::SOON_DAYS;
use pingyi_domain::record::{Date, Period, Share};
use pingyi_store::Conn;
use pingyi_store::repo::followups::{self, ProgressOf, Span};
use pingyi_store::repo::units;

use crate::record::{Hand, UnitName, in_order};
use crate::{App, AppError, Result};

/// One unit, with all below it that are not in a line of their own.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnitProgress {
    /// The unit.
    pub unit: UnitName,
    /// What was to be done: not closed before the first day, and raised by the last.
    pub listed: i64,
    /// Of these closed.
    pub closed: i64,
    /// Of these coming due.
    pub due: i64,
    /// Of these overdue.
    pub overdue: i64,
}

impl UnitProgress {
    /// How much of it is closed.
    #[must_use]
    pub const fn share(&self) -> Share {
        Share {
            part: self.closed,
            whole: self.listed,
        }
    }
}

/// All units that have something to put right, from a day to a day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnitsProgress {
    /// From day to day.
    pub period: Period,
    /// One line a unit, in the order of the tree.
    pub lines: Vec<UnitProgress>,
}

impl App {
    /// How far the rectification of this year is: what was open when it began, or was raised since.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn rectification(&self, hand: &Hand) -> Result<UnitsProgress> {
        let today = self.today()?;
        let first = Date::new(today.year(), 1, 1);
        let period = first.and_then(|first| Period::new(first, today));
        let period = period.ok_or(AppError::internal("a year without a first day"))?;
        let soon = today.plus_days(SOON_DAYS).unwrap_or(today);
        let due = Period::new(today, soon).unwrap_or(period);
        let mut view = self.store().read().await?;
        let lines = lines(&mut view, hand, period, due).await?;
        Ok(UnitsProgress { period, lines })
    }
}

/// The counts of each line, those below a park with the park.
pub(super) async fn lines(
    conn: &mut Conn,
    hand: &Hand,
    period: Period,
    due: Period,
) -> Result<Vec<UnitProgress>> {
    let text = |day: Date| day.to_string();
    let (from, until) = (text(period.first()), text(period.last()));
    let (due_from, due_until) = (text(due.first()), text(due.last()));
    let span = Span {
        from: &from,
        until: &until,
        due_from: &due_from,
        due_until: &due_until,
    };
    let counted = followups::progress(conn, hand.scope(), span).await?;
    Ok(folded(&in_order(units::all(conn).await?)?, counted))
}

/// A unit's line: the unit itself, or the one right below the root that it stands under.
fn folded(names: &[UnitName], counted: Vec<ProgressOf>) -> Vec<UnitProgress> {
    let mut sums: HashMap<&str, UnitProgress> = HashMap::new();
    for of in counted {
        let Some(unit) = names.iter().find(|name| name.id.as_str() == of.unit) else {
            continue;
        };
        let line = names
            .iter()
            .find(|name| name.path.depth() == 1 && name.path.holds(&unit.path))
            .unwrap_or(unit);
        let sum = sums
            .entry(line.id.as_str())
            .or_insert_with(|| UnitProgress {
                unit: line.clone(),
                listed: 0,
                closed: 0,
                due: 0,
                overdue: 0,
            });
        sum.listed += of.listed;
        sum.closed += of.closed;
        sum.due += of.due;
        sum.overdue += of.overdue;
    }
    names
        .iter()
        .filter_map(|name| sums.remove(name.id.as_str()))
        .collect()
}
