//! Appraisals whose result is known, to compare with: their counts and what was known beside them.

use pingyi_domain::AppraisalId;
use pingyi_domain::appraisal::State;
use pingyi_scoring::BoxCounts;
use pingyi_store::Conn;
use pingyi_store::repo::appraisals::{self, AppraisalRow};

use crate::loaded::Loaded;
use crate::work_out::Counted;
use crate::{App, AppError, Basis, Beside, Result};

/// What a result followed from.
pub(super) struct Past {
    pub appraisal: Loaded,
    pub year: i64,
    pub counts: Vec<BoxCounts>,
    pub beside: Vec<Beside>,
}

impl Past {
    pub fn basis(&self) -> Basis {
        Basis {
            id: self.appraisal.id.clone(),
            title: self.appraisal.title.clone(),
            year: self.year,
        }
    }
}

/// Announced results, the latest year first; rehearsals are none.
pub(super) async fn announced(conn: &mut Conn) -> Result<Vec<Basis>> {
    let mut found = Vec::new();
    for row in appraisals::all(conn).await? {
        let state: State = serde_json::from_str(&row.detail).unwrap_or(State::Draft);
        if row.rehearsal_of.is_none() && state.shows_result() {
            found.push(basis_of(row)?);
        }
    }
    // Stable: within a year the newest stays first.
    found.sort_by_key(|basis| std::cmp::Reverse(basis.year));
    Ok(found)
}

fn basis_of(row: AppraisalRow) -> Result<Basis> {
    Ok(Basis {
        id: row.id.parse().map_err(AppError::internal)?,
        title: row.title,
        year: row.year,
    })
}

impl App {
    /// The counts of an appraisal that was counted, and what was known beside them then.
    pub(super) async fn past(&self, conn: &mut Conn, id: &AppraisalId) -> Result<Past> {
        let appraisal = Loaded::read(conn, id).await?;
        let worked = self.worked(conn, &appraisal).await?;
        let Some(worked) = worked else {
            return appraisal.wrong_state();
        };
        let counted = Counted::read(conn, &appraisal).await?;
        Ok(Past {
            year: i64::from(appraisal.config.year),
            counts: counted.counts().to_vec(),
            beside: worked
                .presenters
                .into_iter()
                .map(|table| table.beside)
                .collect(),
            appraisal,
        })
    }
}
