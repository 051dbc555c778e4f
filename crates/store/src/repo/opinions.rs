//! The urn of sealed opinions. The key is the hash of the entry, which is random; there is no order of arrival.

use crate::{AppraisalId, Conn, Result};

crate::statements::statements! {
    INSERT = "INSERT INTO opinions (appraisal, digest, entry) VALUES ($1, $2, $3) \
              ON CONFLICT (appraisal, digest) DO NOTHING";
    ALL = "SELECT entry FROM opinions WHERE appraisal = $1 ORDER BY digest";
    COUNT = "SELECT count(*) FROM opinions WHERE appraisal = $1";
    REWRITE = "UPDATE opinions SET entry = entry WHERE appraisal = $1";
}

/// Puts an entry into the urn; says whether it is new.
///
/// # Errors
/// When the database fails.
pub async fn insert(conn: &mut Conn, id: &AppraisalId, digest: &str, entry: &str) -> Result<bool> {
    let done = sqlx::query(INSERT)
        .bind(id.as_str())
        .bind(digest)
        .bind(entry)
        .execute(conn)
        .await?;
    Ok(done.rows_affected() > 0)
}

/// All entries sorted by the hash of their text.
///
/// # Errors
/// When the database fails.
pub async fn all(conn: &mut Conn, id: &AppraisalId) -> Result<Vec<String>> {
    Ok(sqlx::query_scalar(ALL)
        .bind(id.as_str())
        .fetch_all(conn)
        .await?)
}

/// How many entries the urn holds.
///
/// # Errors
/// When the database fails.
pub async fn count(conn: &mut Conn, id: &AppraisalId) -> Result<i64> {
    Ok(sqlx::query_scalar(COUNT)
        .bind(id.as_str())
        .fetch_one(conn)
        .await?)
}

/// Writes every entry anew in one transaction, so that rows of one rater no longer share the number of
/// theirs (`PostgreSQL` keeps it beside each row). [`crate::Store::tidy_urn`] then removes the old rows.
///
/// # Errors
/// When the database fails.
pub async fn rewrite(conn: &mut Conn, id: &AppraisalId) -> Result<()> {
    sqlx::query(REWRITE).bind(id.as_str()).execute(conn).await?;
    Ok(())
}
