//! The committee's decisions on the grades of an appraisal: entered by one person, confirmed by another.

use crate::{AppraisalId, Conn, Result};

/// The decision on one presenter.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct DecisionRow {
    /// Code of the presenter.
    pub presenter: String,
    /// 1 when it was first entered, one more with every change.
    pub version: i64,
    /// The grade, from 0, the best; none where it was taken back.
    pub grade: Option<i64>,
    /// Why, where it is not the one proposed.
    pub reason: String,
    /// Who entered it.
    pub entered_by: String,
    /// Who confirmed it.
    pub confirmed_by: Option<String>,
}

crate::statements::statements! {
    PUT = "INSERT INTO grade_decisions (appraisal, presenter, version, grade, reason, entered_by) \
           VALUES ($1, $2, 1, $3, $4, $5) \
           ON CONFLICT (appraisal, presenter) DO UPDATE SET version = grade_decisions.version + 1, \
           grade = excluded.grade, reason = excluded.reason, entered_by = excluded.entered_by, confirmed_by = NULL";
    CONFIRM = "UPDATE grade_decisions SET confirmed_by = $3, version = version + 1 \
               WHERE appraisal = $1 AND presenter = $2 AND confirmed_by IS NULL";
    ALL = "SELECT presenter, version, grade, reason, entered_by, confirmed_by FROM grade_decisions \
           WHERE appraisal = $1 ORDER BY presenter";
}

/// Enters a decision in place of what stood there; it is to be confirmed anew.
///
/// # Errors
/// [`crate::StoreError::Orphan`] without the appraisal.
pub async fn put(
    conn: &mut Conn,
    id: &AppraisalId,
    presenter: &str,
    (grade, reason): (Option<i64>, &str),
    entered_by: &str,
) -> Result<()> {
    sqlx::query(PUT)
        .bind(id.as_str())
        .bind(presenter)
        .bind(grade)
        .bind(reason)
        .bind(entered_by)
        .execute(conn)
        .await?;
    Ok(())
}

/// Confirms a decision; says whether one was waiting.
///
/// # Errors
/// When the database fails, also because who entered it would confirm it.
pub async fn confirm(
    conn: &mut Conn,
    id: &AppraisalId,
    presenter: &str,
    confirmed_by: &str,
) -> Result<bool> {
    let done = sqlx::query(CONFIRM)
        .bind(id.as_str())
        .bind(presenter)
        .bind(confirmed_by)
        .execute(conn)
        .await?;
    Ok(done.rows_affected() > 0)
}

/// All decisions of an appraisal.
///
/// # Errors
/// When the database fails.
pub async fn all(conn: &mut Conn, id: &AppraisalId) -> Result<Vec<DecisionRow>> {
    let query = sqlx::query_as(ALL).bind(id.as_str());
    Ok(query.fetch_all(conn).await?)
}
