//! Links for tellers, issuer and hall: only the hash of a token is kept.

use crate::{AppraisalId, Conn, Result};

/// What a token opens.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct TokenRow {
    /// The appraisal.
    pub appraisal: String,
    /// `teller`, `issuer` or `hall`.
    pub kind: String,
    /// Seat of the teller from 1, else 0.
    pub seat: i64,
    /// 1 when it has been used.
    pub joined: i64,
}

crate::statements::statements! {
    PUT = "INSERT INTO tokens (appraisal, kind, seat, hash, joined) VALUES ($1, $2, $3, $4, 0) \
           ON CONFLICT (appraisal, kind, seat) DO UPDATE SET hash = excluded.hash, joined = 0";
    BY_HASH = "SELECT appraisal, kind, seat, joined FROM tokens WHERE hash = $1";
    JOIN = "UPDATE tokens SET joined = 1 WHERE appraisal = $1 AND kind = $2 AND seat = $3 AND joined = 0";
    ALL = "SELECT appraisal, kind, seat, joined FROM tokens WHERE appraisal = $1 ORDER BY kind, seat";
    CLEAR = "DELETE FROM tokens WHERE appraisal = $1 AND kind = $2";
}

/// Sets the token of a seat; the old one dies.
///
/// # Errors
/// When the database fails.
pub async fn put(
    conn: &mut Conn,
    appraisal: &AppraisalId,
    kind: &str,
    seat: i64,
    hash: &str,
) -> Result<()> {
    sqlx::query(PUT)
        .bind(appraisal.as_str())
        .bind(kind)
        .bind(seat)
        .bind(hash)
        .execute(conn)
        .await?;
    Ok(())
}

/// What the token with this hash opens.
///
/// # Errors
/// When the database fails.
pub async fn by_hash(conn: &mut Conn, hash: &str) -> Result<Option<TokenRow>> {
    Ok(sqlx::query_as(BY_HASH)
        .bind(hash)
        .fetch_optional(conn)
        .await?)
}

/// Notes that a seat was taken; says whether this is news.
///
/// # Errors
/// When the database fails.
pub async fn join(conn: &mut Conn, appraisal: &AppraisalId, kind: &str, seat: i64) -> Result<bool> {
    let done = sqlx::query(JOIN)
        .bind(appraisal.as_str())
        .bind(kind)
        .bind(seat)
        .execute(conn)
        .await?;
    Ok(done.rows_affected() > 0)
}

/// All seats that have a token.
///
/// # Errors
/// When the database fails.
pub async fn all(conn: &mut Conn, appraisal: &AppraisalId) -> Result<Vec<TokenRow>> {
    Ok(sqlx::query_as(ALL)
        .bind(appraisal.as_str())
        .fetch_all(conn)
        .await?)
}

/// Kills all tokens of a kind.
///
/// # Errors
/// When the database fails.
pub async fn clear(conn: &mut Conn, appraisal: &AppraisalId, kind: &str) -> Result<()> {
    sqlx::query(CLEAR)
        .bind(appraisal.as_str())
        .bind(kind)
        .execute(conn)
        .await?;
    Ok(())
}
