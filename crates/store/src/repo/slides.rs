//! The presenters' slides: kept in the database, so that every node and every backup has them.

use crate::{AppraisalId, Conn, Result};

crate::statements::statements! {
    PUT = "INSERT INTO slides (appraisal, presenter, sha256, content, brought) VALUES ($1, $2, $3, $4, $5) \
           ON CONFLICT (appraisal, presenter) DO UPDATE \
           SET sha256 = excluded.sha256, content = excluded.content, brought = excluded.brought";
    GET = "SELECT content FROM slides WHERE appraisal = $1 AND presenter = $2";
    CODES = "SELECT presenter FROM slides WHERE appraisal = $1 ORDER BY presenter";
    HASHES = "SELECT presenter, sha256 FROM slides WHERE appraisal = $1 ORDER BY presenter";
    REMOVE = "DELETE FROM slides WHERE appraisal = $1 AND presenter = $2";
    HEAD = "SELECT sha256, brought FROM slides WHERE appraisal = $1 AND presenter = $2";
    COPY = "INSERT INTO slides (appraisal, presenter, sha256, content, brought) \
            SELECT $2, presenter, sha256, content, 0 FROM slides WHERE appraisal = $1 AND brought = 0";
}

/// Stores the slides of a presenter, a PDF with its SHA-256. `brought`: they came along with a report.
///
/// # Errors
/// When the database fails.
pub async fn put(
    conn: &mut Conn,
    id: &AppraisalId,
    presenter: &str,
    (sha256, content): (&str, Vec<u8>),
    brought: bool,
) -> Result<()> {
    sqlx::query(PUT)
        .bind(id.as_str())
        .bind(presenter)
        .bind(sha256)
        .bind(content)
        .bind(i64::from(brought))
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

/// The SHA-256 of a presenter's slides, and whether they came along with a report.
///
/// # Errors
/// When the database fails.
pub async fn head(
    conn: &mut Conn,
    id: &AppraisalId,
    presenter: &str,
) -> Result<Option<(String, bool)>> {
    let query = sqlx::query_as(HEAD).bind(id.as_str()).bind(presenter);
    let found: Option<(String, i64)> = query.fetch_optional(conn).await?;
    Ok(found.map(|(sha256, brought)| (sha256, brought != 0)))
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

/// Copies slides to a rehearsal. Those that came along with a report come again when their presenter is called.
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
