//! A service centre with the cases it served.

use std::collections::BTreeMap;

use pingyi_domain::audit::AuditEvent;
use pingyi_domain::record::{CasesDraft, Centre, CentreId, Quarter};
use pingyi_store::repo::centres::{self, CentreRow};
use pingyi_store::{Conn, row};

use super::belongings::{self, Held};
use super::hand::Hand;
use super::history::{self, HistoryLine};
use super::units::found;
use crate::{App, AppError, Result};

/// A centre with what its page shows.
#[derive(Debug, Clone)]
pub struct CentreView {
    /// The centre.
    pub held: Held<Centre>,
    /// Cases by quarter and code of the service.
    pub cases: BTreeMap<Quarter, BTreeMap<String, i64>>,
    /// What was done to it, the oldest first.
    pub history: Vec<HistoryLine>,
    /// Whether who looks may write.
    pub may_write: bool,
}

async fn kept(conn: &mut Conn, id: &CentreId) -> Result<Held<Centre>> {
    let row = row::by_id::<CentreRow>(conn, id.as_str()).await?;
    belongings::held(&row.ok_or(AppError::NotFound)?).map_err(AppError::internal)
}

async fn cases(conn: &mut Conn, id: &CentreId) -> Result<BTreeMap<Quarter, BTreeMap<String, i64>>> {
    let mut cases: BTreeMap<Quarter, BTreeMap<String, i64>> = BTreeMap::new();
    for (service, quarter, n) in centres::cases(conn, id.as_str()).await? {
        let quarter = quarter.parse().map_err(AppError::internal)?;
        cases.entry(quarter).or_default().insert(service, n);
    }
    Ok(cases)
}

impl App {
    /// One centre with what its page shows; also for who sees a park that stands in it.
    ///
    /// # Errors
    /// [`AppError::NotFound`], [`AppError::NotYourUnit`].
    pub async fn centre(&self, hand: &Hand, id: &CentreId) -> Result<CentreView> {
        let mut view = self.store().read().await?;
        let held = kept(&mut view, id).await?;
        let (_, keeper) = found(&mut view, &held.what.unit).await?;
        let mut seen = hand.scope().holds(&keeper);
        for unit in &held.what.covers {
            let (_, place) = found(&mut view, unit).await?;
            seen = seen || hand.scope().holds(&place);
        }
        if !seen {
            return Err(AppError::NotYourUnit);
        }
        Ok(CentreView {
            cases: cases(&mut view, id).await?,
            history: history::of(&mut view, id.as_str()).await?,
            may_write: hand.may_write(&keeper),
            held,
        })
    }

    /// Writes down the cases a centre served in a quarter; what stood there for the quarter is replaced.
    ///
    /// # Errors
    /// [`AppError::Fields`], [`AppError::NotFound`], [`AppError::NotYourUnit`].
    pub async fn count_cases(&self, hand: &Hand, id: &CentreId, draft: &CasesDraft) -> Result<()> {
        let today = self.today()?;
        let mut tx = self.store().begin().await?;
        let held = kept(&mut tx, id).await?;
        let (_, place) = found(&mut tx, &held.what.unit).await?;
        hand.writes(&place)?;
        let read = draft.read(&held.what, today)?;
        let before = cases(&mut tx, id).await?;
        if before.get(&read.quarter) == Some(&read.counts) {
            return Ok(());
        }
        let counts = read.counts.iter().map(|(code, n)| (code.as_str(), *n));
        let counts: Vec<(&str, i64)> = counts.collect();
        let quarter = read.quarter.to_string();
        centres::set_cases(&mut tx, id.as_str(), &quarter, &counts).await?;
        let event = AuditEvent::CasesCounted {
            quarter: read.quarter,
            cases: read.counts,
        };
        self.record(&mut tx, hand.actor(), id.as_str(), &event)
            .await?;
        tx.commit().await?;
        Ok(())
    }
}
