//! The monthly digest of rectification (整改月报): closed, due and overdue, by unit.

use std::collections::HashMap;

use pingyi_domain::record::{Month, Period};
use pingyi_store::list::Ask;
use pingyi_store::repo::followups;
use pingyi_store::repo::matters::{self, MatterFilter, MattersOf};

use super::progress::{UnitProgress, lines};
use crate::record::{Hand, MatterLine};
use crate::{App, AppError, Result};

/// A matter closed in the month, with what shows that it is done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ClosedMatter {
    /// The matter.
    pub line: MatterLine,
    /// What its report said.
    pub proof: String,
    /// How many files belong to it.
    pub files: i64,
}

/// A month of rectification.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DigestView {
    /// The month.
    pub month: Month,
    /// From its first day to its last, or to today while it runs: the figures stand as of the last.
    pub period: Period,
    /// The month after, in which matters count as coming due.
    pub due: Period,
    /// One line for each unit that has something to put right.
    pub lines: Vec<UnitProgress>,
    /// The matters closed in it.
    pub closed: Vec<ClosedMatter>,
    /// The matters overdue at its end.
    pub overdue: Vec<MatterLine>,
}

impl App {
    /// The digest of a month, of what somebody may see. A day that the month before has not reached is 404.
    ///
    /// # Errors
    /// [`AppError::NotFound`] for a month that has not begun.
    pub async fn digest(&self, hand: &Hand, month: Month) -> Result<DigestView> {
        let today = self.today()?;
        let whole = month.period().ok_or(AppError::NotFound)?;
        if whole.first() > today {
            return Err(AppError::NotFound);
        }
        let period = Period::new(whole.first(), whole.last().min(today));
        let period = period.ok_or(AppError::NotFound)?;
        let due = month.next().and_then(Month::period);
        let due = due.ok_or(AppError::NotFound)?;
        let days = (period.first().to_string(), period.last().to_string());
        let mut view = self.store().read().await?;
        let lines = lines(&mut view, hand, period, due).await?;
        let ask = Ask {
            sort: "due_key",
            descending: false,
            after: None,
            limit: 50,
        };
        let list =
            async |view: &mut pingyi_store::Conn, counted: MattersOf| -> Result<Vec<MatterLine>> {
                let filter = MatterFilter {
                    list: Some("rectification".to_owned()),
                    counted: Some(counted),
                    ..MatterFilter::default()
                };
                let page = matters::page(view, hand.scope(), &filter, &ask.clone().whole()).await?;
                let rows = page.rows.iter().map(|row| MatterLine::of(row, today));
                rows.collect()
            };
        let closed = MattersOf::Closed(days.0.clone(), days.1.clone());
        let closed = list(&mut view, closed).await?;
        let overdue = list(&mut view, MattersOf::OverdueOn(days.1.clone())).await?;
        let proofs = followups::proofs(&mut view, &days.0, &days.1).await?;
        let mut proofs: HashMap<String, (String, i64)> = proofs
            .into_iter()
            .map(|row| (row.matter, (row.text, row.files)))
            .collect();
        let closed = closed.into_iter().map(|line| {
            let (proof, files) = proofs.remove(line.id.as_str()).unwrap_or_default();
            ClosedMatter { line, proof, files }
        });
        Ok(DigestView {
            month,
            period,
            due,
            lines,
            closed: closed.collect(),
            overdue,
        })
    }
}
