//! The public credentials of a box. Nothing else about a slip is known here.

use crate::{BoxId, Conn, Result};

/// How many credentials of one kind a box has.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct KindCount {
    /// `phone`, `paper` or `spare`.
    pub kind: String,
    /// How many.
    pub number: i64,
}

crate::statements::statements! {
    INSERT = "INSERT INTO roll (box, credential, kind) VALUES ($1, $2, $3)";
    CLEAR = "DELETE FROM roll WHERE box = $1";
    COUNTS = "SELECT kind, count(*) AS number FROM roll WHERE box = $1 GROUP BY kind ORDER BY kind";
    ALL = "SELECT credential FROM roll WHERE box = $1 ORDER BY credential";
    HAS = "SELECT count(*) FROM roll WHERE box = $1 AND credential = $2";
}

/// Adds a public credential.
///
/// # Errors
/// [`crate::StoreError::Conflict`] when it is on the roll.
pub async fn insert(conn: &mut Conn, id: &BoxId, credential: &str, kind: &str) -> Result<()> {
    sqlx::query(INSERT)
        .bind(id.as_str())
        .bind(credential)
        .bind(kind)
        .execute(conn)
        .await?;
    Ok(())
}

/// Empties the roll of a box.
///
/// # Errors
/// [`crate::StoreError::Orphan`] when a ballot uses one of its credentials.
pub async fn clear(conn: &mut Conn, id: &BoxId) -> Result<()> {
    sqlx::query(CLEAR).bind(id.as_str()).execute(conn).await?;
    Ok(())
}

/// How many credentials of each kind.
///
/// # Errors
/// When the database fails.
pub async fn counts(conn: &mut Conn, id: &BoxId) -> Result<Vec<KindCount>> {
    Ok(sqlx::query_as(COUNTS)
        .bind(id.as_str())
        .fetch_all(conn)
        .await?)
}

/// All credentials of a box, sorted by their text.
///
/// # Errors
/// When the database fails.
pub async fn all(conn: &mut Conn, id: &BoxId) -> Result<Vec<String>> {
    Ok(sqlx::query_scalar(ALL)
        .bind(id.as_str())
        .fetch_all(conn)
        .await?)
}

/// Whether a credential is on the roll.
///
/// # Errors
/// When the database fails.
pub async fn has(conn: &mut Conn, id: &BoxId, credential: &str) -> Result<bool> {
    let number: i64 = sqlx::query_scalar(HAS)
        .bind(id.as_str())
        .bind(credential)
        .fetch_one(conn)
        .await?;
    Ok(number > 0)
}
