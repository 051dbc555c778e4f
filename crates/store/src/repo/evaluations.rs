//! The leaders' evaluations of an appraisal.

use crate::{AppraisalId, Conn, Result};

/// One leader's points for one presenter.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct EvaluationRow {
    /// Id of the user.
    pub leader: String,
    /// Code of the presenter.
    pub presenter: String,
    /// Hundredths of a point.
    pub points: i64,
}

crate::statements::statements! {
    PUT = "INSERT INTO evaluations (appraisal, leader, presenter, points) VALUES ($1, $2, $3, $4) \
           ON CONFLICT (appraisal, leader, presenter) DO UPDATE SET points = excluded.points";
    REMOVE = "DELETE FROM evaluations WHERE appraisal = $1 AND leader = $2 AND presenter = $3";
    ALL = "SELECT leader, presenter, points FROM evaluations WHERE appraisal = $1 ORDER BY presenter, leader";
    OF_LEADER = "SELECT leader, presenter, points FROM evaluations \
                 WHERE appraisal = $1 AND leader = $2 ORDER BY presenter";
}

/// Stores what a leader gives a presenter, in place of what stood there.
///
/// # Errors
/// [`crate::StoreError::Orphan`] without the appraisal or the leader.
pub async fn put(conn: &mut Conn, id: &AppraisalId, row: &EvaluationRow) -> Result<()> {
    sqlx::query(PUT)
        .bind(id.as_str())
        .bind(row.leader.as_str())
        .bind(row.presenter.as_str())
        .bind(row.points)
        .execute(conn)
        .await?;
    Ok(())
}

/// Takes back what a leader gave a presenter; says whether there was anything.
///
/// # Errors
/// When the database fails.
pub async fn remove(
    conn: &mut Conn,
    id: &AppraisalId,
    leader: &str,
    presenter: &str,
) -> Result<bool> {
    let done = sqlx::query(REMOVE)
        .bind(id.as_str())
        .bind(leader)
        .bind(presenter)
        .execute(conn)
        .await?;
    Ok(done.rows_affected() > 0)
}

/// All of an appraisal, by presenter, then by leader.
///
/// # Errors
/// When the database fails.
pub async fn all(conn: &mut Conn, id: &AppraisalId) -> Result<Vec<EvaluationRow>> {
    let query = sqlx::query_as(ALL).bind(id.as_str());
    Ok(query.fetch_all(conn).await?)
}

/// What one leader gave.
///
/// # Errors
/// When the database fails.
pub async fn of_leader(
    conn: &mut Conn,
    id: &AppraisalId,
    leader: &str,
) -> Result<Vec<EvaluationRow>> {
    let query = sqlx::query_as(OF_LEADER).bind(id.as_str()).bind(leader);
    Ok(query.fetch_all(conn).await?)
}
