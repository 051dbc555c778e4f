//! The presenters' slides: kept in the database, so that every node and every backup has them.

use crate::{AppraisalId, Conn, Result};

crate::statements::statements! {
    PUT = "INSERT INTO slides (appraisal, presenter, sha256, content) VALUES ($1, $2, $3, $4) \
           ON CONFLICT (appraisal, presenter) DO UPDATE SET sha256 = excluded.sha256, content = excluded.content";
    GET = "SELECT content FROM slides WHERE appraisal = $1 AND presenter = $2";
    CODES = "SELECT presenter FROM slides WHERE appraisal = $1 ORDER BY presenter";
    HASHES = "SELECT presenter, sha256 FROM slides WHERE appraisal = $1 ORDER BY presenter";
    REMOVE = "DELETE FROM slides WHERE appraisal = $1 AND presenter = $2";
    COPY = "INSERT INTO slides (appraisal, presenter, sha256, content) \
            SELECT $2, presenter, sha256, content FROM slides WHERE appraisal = $1";
}

/// Stores the slides of a presenter.
///
/// # Errors
/// When the database fails.
pub async fn put(
    conn: &mut Conn,
    id: &AppraisalId,
    presenter: &str,
    sha256: &str,
    content: Vec<u8>,
) -> Result<()> {
    sqlx::query(PUT)
        .bind(id.as_str())
        .bind(presenter)
        .bind(sha256)
        .bind(content)
        .execute(conn)
        .await?;
    Ok(())
}

/// The slides of a presenter.
///
/// # Errors
/// When the database fails.
pub async fn get(conn: &mut Conn, id: &AppraisalId, presenter: &str) -> Result<Option<Vec<u8>>> {
    Ok(sqlx::query_scalar(GET)
        .bind(id.as_str())
        .bind(presenter)
        .fetch_optional(conn)
        .await?)
}

/// Codes of the presenters that have slides.
///
/// # Errors
/// When the database fails.
pub async fn codes(conn: &mut Conn, id: &AppraisalId) -> Result<Vec<String>> {
    Ok(sqlx::query_scalar(CODES)
        .bind(id.as_str())
        .fetch_all(conn)
        .await?)
}

/// Presenter and SHA-256 of all slides.
///
/// # Errors
/// When the database fails.
pub async fn hashes(conn: &mut Conn, id: &AppraisalId) -> Result<Vec<(String, String)>> {
    Ok(sqlx::query_as(HASHES)
        .bind(id.as_str())
        .fetch_all(conn)
        .await?)
}

/// Takes the slides of a presenter away; says whether there were any.
///
/// # Errors
/// When the database fails.
pub async fn remove(conn: &mut Conn, id: &AppraisalId, presenter: &str) -> Result<bool> {
    Ok(sqlx::query(REMOVE)
        .bind(id.as_str())
        .bind(presenter)
        .execute(conn)
        .await?
        .rows_affected()
        > 0)
}

/// Copies all slides to another appraisal (a rehearsal, a copy).
///
/// # Errors
/// When the database fails.
pub async fn copy(conn: &mut Conn, from: &AppraisalId, to: &AppraisalId) -> Result<()> {
    sqlx::query(COPY)
        .bind(from.as_str())
        .bind(to.as_str())
        .execute(conn)
        .await?;
    Ok(())
}
