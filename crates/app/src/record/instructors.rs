//! Instructors: how many firms each looks after, and whether the rhythm of visits is kept.

use std::collections::HashMap;

use pingyi_domain::record::{Date, PostKind, Scope};
use pingyi_store::repo::coverages::{self, InstructedRow, VisitedRow};
use pingyi_store::repo::posts;

use super::hand::Hand;
use super::posts::{PostView, view_of};
use crate::{App, AppError, Result};

/// Firms an instructor usually looks after at most (domain.md §3: 4–5).
pub const INSTRUCTOR_MOST: usize = 5;

/// A firm of an instructor.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InstructedFirm {
    /// Id.
    pub id: String,
    /// Name.
    pub name: String,
    /// Visits in the month, as the ledger has them.
    pub visits: i64,
    /// Day of the last visit.
    pub last_on: Option<String>,
    /// Whether the visits of the month are kept; none for a firm taken over in the month or after it.
    pub kept: Option<bool>,
}

/// An instructor with the firms looked after today.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InstructorLoad {
    /// The term.
    pub post: PostView,
    /// The operating firms, by name.
    pub firms: Vec<InstructedFirm>,
}

impl InstructorLoad {
    /// Whether there are more firms than usual.
    #[must_use]
    pub fn over(&self) -> bool {
        self.firms.len() > INSTRUCTOR_MOST
    }

    /// Firms whose visits of the month are not kept.
    #[must_use]
    pub fn missed(&self) -> usize {
        let missed = self.firms.iter().filter(|firm| firm.kept == Some(false));
        missed.count()
    }
}

/// The instructors of today.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Instructors {
    /// First and last day of the month that is judged: the last that is over.
    pub month: (Date, Date),
    /// The instructors, the most firms first.
    pub rows: Vec<InstructorLoad>,
}

/// First and last day of the month before the one a day lies in.
fn month_before(day: Date) -> Option<(Date, Date)> {
    let last = Date::new(day.year(), day.month(), 1)?.plus_days(-1)?;
    Some((Date::new(last.year(), last.month(), 1)?, last))
}

fn firm(
    row: InstructedRow,
    visit: Option<&VisitedRow>,
    wanted: i64,
    first: &str,
) -> InstructedFirm {
    let visits = visit.map_or(0, |visit| visit.n);
    InstructedFirm {
        kept: (row.from_on.as_str() <= first).then_some(visits >= wanted),
        last_on: visit.map(|visit| visit.last_on.clone()),
        id: row.id,
        name: row.name,
        visits,
    }
}

impl App {
    /// The instructors whose terms run today, of the units somebody may see, with their firms and visits.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn instructor_loads(&self, hand: &Hand) -> Result<Instructors> {
        let today = self.today()?;
        let month = month_before(today).ok_or(AppError::NotFound)?;
        let (first, last) = (month.0.to_string(), month.1.to_string());
        let mut view = self.store().read().await?;
        let kind = Some(PostKind::Instructor.as_str());
        let terms = posts::listed(&mut view, hand.scope(), &Scope::All, kind).await?;
        let mut firms: HashMap<String, Vec<InstructedRow>> = HashMap::new();
        for row in coverages::instructed(&mut view, &today.to_string()).await? {
            firms.entry(row.post.clone()).or_default().push(row);
        }
        let visits: HashMap<(String, String), VisitedRow> =
            coverages::visited(&mut view, &first, &last)
                .await?
                .into_iter()
                .map(|row| ((row.post.clone(), row.firm.clone()), row))
                .collect();
        let mut rows = Vec::new();
        for term in &terms {
            let post = view_of(term)?;
            if !post.post.term.holds(today) {
                continue;
            }
            let own = firms.remove(&term.id).unwrap_or_default().into_iter();
            let own = own.map(|row| {
                let visit = visits.get(&(row.post.clone(), row.id.clone()));
                firm(row, visit, post.post.visits, &first)
            });
            rows.push(InstructorLoad {
                firms: own.collect(),
                post,
            });
        }
        rows.sort_by_key(|row| {
            (
                std::cmp::Reverse(row.firms.len()),
                row.post.post.holder.clone(),
            )
        });
        Ok(Instructors { month, rows })
    }

    /// The terms of the instructors of today that somebody may see, and the one with the id `also`, for a choice.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn instructor_names(&self, hand: &Hand, also: &str) -> Result<Vec<PostView>> {
        let today = self.today()?;
        let mut view = self.store().read().await?;
        let kind = Some(PostKind::Instructor.as_str());
        let terms = posts::listed(&mut view, hand.scope(), &Scope::All, kind).await?;
        let mut named: Vec<PostView> = terms.iter().map(view_of).collect::<Result<_>>()?;
        named.retain(|term| term.post.term.holds(today) || term.id.as_str() == also);
        named.sort_by(|a, b| a.post.holder.cmp(&b.post.holder));
        Ok(named)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_month_that_is_judged_is_over() {
        let month = |day: &str| {
            let (first, last) = month_before(day.parse().unwrap()).unwrap();
            format!("{first} {last}")
        };
        assert_eq!(month("2018-12-15"), "2018-11-01 2018-11-30");
        assert_eq!(month("2018-01-01"), "2017-12-01 2017-12-31");
        assert_eq!(month("2020-03-31"), "2020-02-01 2020-02-29");
    }

    #[test]
    fn visits_are_kept_when_there_were_enough_since_before_the_month() {
        let row = |from_on: &str| InstructedRow {
            post: "p".into(),
            id: "f".into(),
            name: "企业".into(),
            from_on: from_on.into(),
        };
        let visit = |n| VisitedRow {
            post: "p".into(),
            firm: "f".into(),
            n,
            last_on: "2018-11-20".into(),
        };
        let kept = |from: &str, n: Option<i64>, wanted| {
            let visit = n.map(visit);
            firm(row(from), visit.as_ref(), wanted, "2018-11-01").kept
        };
        assert_eq!(kept("2018-11-01", Some(1), 1), Some(true));
        assert_eq!(kept("2018-11-01", Some(1), 2), Some(false));
        assert_eq!(kept("2018-10-01", None, 1), Some(false));
        assert_eq!(kept("2018-10-01", None, 0), Some(true));
        assert_eq!(kept("2018-11-02", None, 1), None, "taken over in the month");
    }
}
