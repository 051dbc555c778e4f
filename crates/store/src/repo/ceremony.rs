//! Messages of the key ceremony, one per kind and seat.

use crate::{AppraisalId, Conn, Result};

/// One stored message.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct MessageRow {
    /// `cert`, `polynomial`, `output`, or `trustees` (seat 0).
    pub kind: String,
    /// Seat of the teller, from 1.
    pub seat: i64,
    /// JSON as sent.
    pub body: String,
}

crate::statements::statements! {
    INSERT = "INSERT INTO ceremony (appraisal, kind, seat, body) VALUES ($1, $2, $3, $4)";
    ALL = "SELECT kind, seat, body FROM ceremony WHERE appraisal = $1 ORDER BY kind, seat";
    GET = "SELECT body FROM ceremony WHERE appraisal = $1 AND kind = $2 AND seat = $3";
    CLEAR = "DELETE FROM ceremony WHERE appraisal = $1";
}

/// Adds a message.
///
/// # Errors
/// [`crate::StoreError::Conflict`] when the seat has sent one of this kind.
pub async fn insert(
    conn: &mut Conn,
    appraisal: &AppraisalId,
    kind: &str,
    seat: i64,
    body: &str,
) -> Result<()> {
    sqlx::query(INSERT)
        .bind(appraisal.as_str())
        .bind(kind)
        .bind(seat)
        .bind(body)
        .execute(conn)
        .await?;
    Ok(())
}

/// Everything sent so far.
///
/// # Errors
/// When the database fails.
pub async fn all(conn: &mut Conn, appraisal: &AppraisalId) -> Result<Vec<MessageRow>> {
    Ok(sqlx::query_as(ALL)
        .bind(appraisal.as_str())
        .fetch_all(conn)
        .await?)
}

/// One message.
///
/// # Errors
/// When the database fails.
pub async fn get(
    conn: &mut Conn,
    appraisal: &AppraisalId,
    kind: &str,
    seat: i64,
) -> Result<Option<String>> {
    Ok(sqlx::query_scalar(GET)
        .bind(appraisal.as_str())
        .bind(kind)
        .bind(seat)
        .fetch_optional(conn)
        .await?)
}

/// Forgets the ceremony, to start it again.
///
/// # Errors
/// When the database fails.
pub async fn clear(conn: &mut Conn, appraisal: &AppraisalId) -> Result<()> {
    sqlx::query(CLEAR)
        .bind(appraisal.as_str())
        .execute(conn)
        .await?;
    Ok(())
}
