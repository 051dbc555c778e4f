//! Search across everything somebody may see.

use pingyi_domain::record::{Fit, Kind, asked, fit, forgiven, shared_pairs};
use pingyi_store::repo::find::holding;
use pingyi_store::repo::search::DocRow;

use super::hand::Hand;
use crate::{App, AppError, Result};

/// Something found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    /// Kind.
    pub kind: Kind,
    /// Id.
    pub id: String,
    /// Id of the unit it belongs to.
    pub unit: Option<String>,
    /// What it is called.
    pub title: String,
    /// What else is said of it.
    pub body: String,
    /// How well it fits.
    pub fit: Fit,
}

/// Candidates of each kind looked at.
const CANDIDATES: i64 = 1_000;
/// The same of those that may be spelled nearly so: the best of them come first.
const NEAR: i64 = 200;
/// Fewer hits than this, and titles spelled nearly so are looked for too.
const FEW: usize = 5;
/// Characters of a question that are read.
const LONGEST: usize = 60;

impl App {
    /// The best hits for a question, the best first; of one kind, or of all.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn find(
        &self,
        hand: &Hand,
        question: &str,
        kind: Option<Kind>,
        most: usize,
    ) -> Result<Vec<Found>> {
        let question: String = question.chars().take(LONGEST).collect();
        let pairs: Vec<String> = asked(&question).into_iter().collect();
        let of_kind = kind.map(Kind::as_str);
        let mut view = self.store().read().await?;
        let rows = holding(&mut view, hand.scope(), of_kind, &pairs, (0, CANDIDATES)).await?;
        let mut hits = fitting(&question, rows)?;
        if hits.len() < FEW && forgiven(&question) > 0 {
            let limits = (pairs.len().saturating_sub(shared_pairs(&question)), NEAR);
            let rows = holding(&mut view, hand.scope(), of_kind, &pairs, limits).await?;
            hits = fitting(&question, rows)?;
        }
        hits.truncate(most);
        Ok(hits)
    }
}

fn fitting(question: &str, rows: Vec<DocRow>) -> Result<Vec<Found>> {
    let mut hits = Vec::new();
    for row in rows {
        if let Some(fit) = fit(question, &row.title, &row.body) {
            hits.push(Found {
                kind: row.kind.parse().map_err(AppError::internal)?,
                id: row.id,
                unit: row.unit,
                title: row.title,
                body: row.body,
                fit,
            });
        }
    }
    hits.sort_by(|a, b| {
        let order = |hit: &Found| (hit.fit, hit.title.chars().count());
        order(a).cmp(&order(b)).then_with(|| a.id.cmp(&b.id))
    });
    Ok(hits)
}
