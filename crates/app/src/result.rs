//! Reading the result.

use pingyi_domain::AppraisalId;
use pingyi_store::Conn;
use pingyi_store::repo::boxes::{self, BoxRow};
use pingyi_store::repo::documents::{self, Kind};

use crate::appraisal_view::{sheet, verification_of};
use crate::loaded::{Loaded, category_of, id_of};
use crate::{App, AppError, Result, ResultView, VerificationLine};

impl App {
    /// The result, from Counted on; who may see it when is for the route to say
    /// (`state.shows_result()` for everybody).
    ///
    /// # Errors
    /// [`AppError::WrongState`] before Counted.
    pub async fn result(&self, id: &AppraisalId) -> Result<ResultView> {
        let mut view = self.store().read().await?;
        let appraisal = Loaded::read(&mut view, id).await?;
        if appraisal.state.counted().is_none() {
            return appraisal.wrong_state();
        }
        stored_result(&mut view, &appraisal).await
    }
}

/// The stored result with what may have changed beside it.
pub(crate) async fn stored_result(conn: &mut Conn, appraisal: &Loaded) -> Result<ResultView> {
    let stored = documents::get(conn, &appraisal.id, Kind::Result, "").await?;
    let stored: ResultView =
        serde_json::from_str(&stored.ok_or(AppError::internal("counted without result"))?)?;
    let rows = boxes::of_appraisal(conn, &appraisal.id).await?;
    Ok(ResultView {
        reconciliation: sheet(conn, appraisal, &rows).await?,
        verification: verification(conn, appraisal, &rows).await?,
        ..stored
    })
}

async fn verification(
    conn: &mut Conn,
    appraisal: &Loaded,
    rows: &[BoxRow],
) -> Result<Vec<VerificationLine>> {
    let mut lines = Vec::with_capacity(rows.len());
    for row in rows {
        let stored = verification_of(conn, &appraisal.id, row).await?;
        lines.push(match stored {
            Some(line) => line,
            None => VerificationLine {
                r#box: id_of(row),
                category: category_of(row)?,
                status: row.state.clone(),
                checks: Vec::new(),
                findings: Vec::new(),
                head: format!("{} {}", row.height, row.head),
            },
        });
    }
    Ok(lines)
}
