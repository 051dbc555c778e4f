//! The urn of sealed opinions. The key is the hash of the entry, which is random; no column tells of arrival, and the
//! rows whose places do are gone once the boxes are closed.

use crate::{AppraisalId, Conn, Result};

crate::statements::statements! {
    INSERT = "INSERT INTO opinions (appraisal, digest, entry) VALUES ($1, $2, $3) \
              ON CONFLICT (appraisal, digest) DO NOTHING";
    ALL = "SELECT entry FROM (SELECT digest, entry FROM opinions WHERE appraisal = $1 \
           UNION ALL SELECT digest, entry FROM urn WHERE appraisal = $1) AS whole ORDER BY digest";
    COUNT = "SELECT (SELECT count(*) FROM opinions WHERE appraisal = $1) + (SELECT count(*) FROM urn WHERE appraisal = $1)";
    SHUT = "INSERT INTO urn (appraisal, digest, entry) \
            SELECT appraisal, digest, entry FROM opinions WHERE appraisal = $1 ORDER BY digest";
    DIGESTS = "SELECT digest FROM opinions WHERE appraisal = $1 ORDER BY digest";
    REMOVE = "DELETE FROM opinions WHERE appraisal = $1 AND digest = $2";
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

/// Copies every entry into the closed urn, where rows lie in the order of their hashes from the start, and gives the
/// hashes; [`remove`] then takes the rows away that lie in the order of their arrival.
///
/// # Errors
/// When the database fails.
pub async fn shut(conn: &mut Conn, id: &AppraisalId) -> Result<Vec<String>> {
    sqlx::query(SHUT)
        .bind(id.as_str())
        .execute(&mut *conn)
        .await?;
    Ok(sqlx::query_scalar(DIGESTS)
        .bind(id.as_str())
        .fetch_all(conn)
        .await?)
}

/// Takes the rows of arrival away, one by one in the order given. That order should be random: the list of free pages
/// that this leaves behind names their places in it. [`crate::Store::forget_deleted`] then clears the log.
///
/// # Errors
/// When the database fails.
pub async fn remove(conn: &mut Conn, id: &AppraisalId, digests: &[String]) -> Result<()> {
    for digest in digests {
        sqlx::query(REMOVE)
            .bind(id.as_str())
            .bind(digest.as_str())
            .execute(&mut *conn)
            .await?;
    }
    Ok(())
}
