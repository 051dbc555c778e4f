//! The index of the ballots on a board: by tracker, by credential. No time, address or device.

use crate::{BoxId, Conn, Result};

/// Where a ballot stands.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct BallotRow {
    /// SHA-256 of the ballot, hex.
    pub tracker: String,
    /// Public credential.
    pub credential: String,
    /// Height of its event.
    pub height: i64,
    /// Hash of its event, hex.
    pub event: String,
}

crate::statements::statements! {
    INSERT = "INSERT INTO ballots (box, tracker, credential, height, event) VALUES ($1, $2, $3, $4, $5)";
    BY_TRACKER = "SELECT tracker, credential, height, event FROM ballots WHERE box = $1 AND tracker = $2";
    LAST_OF = "SELECT tracker, credential, height, event FROM ballots WHERE box = $1 AND credential = $2 \
               ORDER BY height DESC LIMIT 1";
    COUNT = "SELECT count(*) FROM ballots WHERE box = $1";
    FROM_KIND = "SELECT count(DISTINCT b.credential) FROM ballots b \
                 JOIN roll r ON r.box = b.box AND r.credential = b.credential WHERE b.box = $1 AND r.kind = $2";
    LAST_TRACKERS = "SELECT b.tracker FROM ballots b WHERE b.box = $1 AND b.height = \
                     (SELECT max(c.height) FROM ballots c WHERE c.box = b.box AND c.credential = b.credential) \
                     ORDER BY b.height";
}

/// Adds a ballot to the index.
///
/// # Errors
/// [`crate::StoreError::Conflict`] for the same ballot, [`crate::StoreError::Orphan`] for a credential
/// that is not on the roll, [`crate::StoreError::Refused`] when the box is not open.
pub async fn insert(conn: &mut Conn, id: &BoxId, row: &BallotRow) -> Result<()> {
    sqlx::query(INSERT)
        .bind(id.as_str())
        .bind(row.tracker.as_str())
        .bind(row.credential.as_str())
        .bind(row.height)
        .bind(row.event.as_str())
        .execute(conn)
        .await?;
    Ok(())
}

/// The ballot with this tracker.
///
/// # Errors
/// When the database fails.
pub async fn by_tracker(conn: &mut Conn, id: &BoxId, tracker: &str) -> Result<Option<BallotRow>> {
    Ok(sqlx::query_as(BY_TRACKER)
        .bind(id.as_str())
        .bind(tracker)
        .fetch_optional(conn)
        .await?)
}

/// The last ballot of a credential: the one that counts.
///
/// # Errors
/// When the database fails.
pub async fn last_of(conn: &mut Conn, id: &BoxId, credential: &str) -> Result<Option<BallotRow>> {
    Ok(sqlx::query_as(LAST_OF)
        .bind(id.as_str())
        .bind(credential)
        .fetch_optional(conn)
        .await?)
}

/// How many ballots the index has.
///
/// # Errors
/// When the database fails.
pub async fn count(conn: &mut Conn, id: &BoxId) -> Result<i64> {
    Ok(sqlx::query_scalar(COUNT)
        .bind(id.as_str())
        .fetch_one(conn)
        .await?)
}

/// How many credentials of a kind (`phone`, `paper`, `spare`) cast a ballot.
///
/// # Errors
/// When the database fails.
pub async fn from_kind(conn: &mut Conn, id: &BoxId, kind: &str) -> Result<i64> {
    Ok(sqlx::query_scalar(FROM_KIND)
        .bind(id.as_str())
        .bind(kind)
        .fetch_one(conn)
        .await?)
}

/// Trackers of the ballots that count, in the order of the board.
///
/// # Errors
/// When the database fails.
pub async fn counted(conn: &mut Conn, id: &BoxId) -> Result<Vec<String>> {
    Ok(sqlx::query_scalar(LAST_TRACKERS)
        .bind(id.as_str())
        .fetch_all(conn)
        .await?)
}
