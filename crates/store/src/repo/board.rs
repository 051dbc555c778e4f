//! The records of a board, in the order of its archive.

use crate::{BoxId, Conn, Result};

/// One record.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct RecordRow {
    /// Place on the board from 0.
    pub seq: i64,
    /// Name of the record in the archive.
    pub name: String,
    /// Exact bytes.
    pub content: String,
}

crate::statements::statements! {
    INSERT = "INSERT INTO records (box, seq, name, content) VALUES ($1, $2, $3, $4)";
    PAGE = "SELECT seq, name, content FROM records WHERE box = $1 AND seq >= $2 AND seq < $3 ORDER BY seq";
    BY_NAME = "SELECT content FROM records WHERE box = $1 AND name = $2 ORDER BY seq LIMIT 1";
}

/// Adds a record.
///
/// # Errors
/// [`crate::StoreError::Conflict`] when the place is taken.
pub async fn insert(conn: &mut Conn, id: &BoxId, record: &RecordRow) -> Result<()> {
    sqlx::query(INSERT)
        .bind(id.as_str())
        .bind(record.seq)
        .bind(record.name.as_str())
        .bind(record.content.as_str())
        .execute(conn)
        .await?;
    Ok(())
}

/// The records `from <= seq < to`.
///
/// # Errors
/// When the database fails.
pub async fn page(conn: &mut Conn, id: &BoxId, from: i64, to: i64) -> Result<Vec<RecordRow>> {
    Ok(sqlx::query_as(PAGE)
        .bind(id.as_str())
        .bind(from)
        .bind(to)
        .fetch_all(conn)
        .await?)
}

/// The content of the first record with this name.
///
/// # Errors
/// When the database fails.
pub async fn by_name(conn: &mut Conn, id: &BoxId, name: &str) -> Result<Option<String>> {
    Ok(sqlx::query_scalar(BY_NAME)
        .bind(id.as_str())
        .bind(name)
        .fetch_optional(conn)
        .await?)
}
