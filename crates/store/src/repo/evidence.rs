//! Evidence: what is known of the files; the files themselves lie in the file store under their SHA-256. Which files of
//! the store any row names, papers, scans and slides included, is asked here.

use crate::{Conn, Result};

/// One file.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct EvidenceRow {
    /// Id.
    pub id: String,
    /// Id of the entry, or …
    pub entry: Option<String>,
    /// … id of the matter.
    pub matter: Option<String>,
    /// Number of the move that reported with it; none before.
    #[sqlx(rename = "move")]
    pub step: Option<i64>,
    /// Name as it was sent.
    pub name: String,
    /// Media type.
    pub media: String,
    /// Size.
    pub bytes: i64,
    /// SHA-256 in hexadecimal.
    pub sha256: String,
    /// Pixels.
    pub width: Option<i64>,
    /// Pixels.
    pub height: Option<i64>,
    /// Actor.
    pub actor: String,
    /// Seconds since 1970.
    pub at: i64,
    /// 1 when added, one more by every change of its words.
    pub version: i64,
    /// What it shows, in words; may be empty.
    pub caption: String,
    /// SHA-256 of the small rendition of a picture.
    pub thumb: Option<String>,
    /// Its number among the files of its record, in the order in which they came.
    pub place: i64,
}

crate::statements::statements! {
    INSERT = "INSERT INTO evidence (id, entry, matter, move, name, media, bytes, sha256, width, height, actor, at, version, \
              caption, thumb, place) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)";
    DELETE = "DELETE FROM evidence WHERE id = $1 AND move IS NULL";
    DESCRIBE = "UPDATE evidence SET version = version + 1, caption = $3 WHERE id = $1 AND version = $2";
    BY_ID = "SELECT id, entry, matter, move, name, media, bytes, sha256, width, height, actor, at, version, caption, thumb, place \
             FROM evidence WHERE id = $1";
    OF_ENTRY = "SELECT id, entry, matter, move, name, media, bytes, sha256, width, height, actor, at, version, caption, thumb, place \
                FROM evidence WHERE entry = $1 ORDER BY place, at, id";
    OF_MATTER = "SELECT id, entry, matter, move, name, media, bytes, sha256, width, height, actor, at, version, caption, thumb, place \
                 FROM evidence WHERE matter = $1 ORDER BY place, at, id";
    REPORT = "UPDATE evidence SET move = $2 WHERE matter = $1 AND move IS NULL";
    USES = "SELECT (SELECT count(*) FROM evidence WHERE sha256 = $1) + (SELECT count(*) FROM evidence WHERE thumb = $1) \
            + (SELECT count(*) FROM papers WHERE sha256 = $1) \
            + (SELECT count(*) FROM scans WHERE sha256 = $1) + (SELECT count(*) FROM scans WHERE thumb = $1) \
            + (SELECT count(*) FROM own_slides WHERE original = $1) + (SELECT count(*) FROM own_slides WHERE sha256 = $1) \
            + (SELECT count(*) FROM office_templates WHERE sha256 = $1) \
            + (SELECT count(*) FROM shown_deck_photos WHERE sha256 = $1)";
    FILES = "SELECT sha256 FROM evidence UNION SELECT thumb FROM evidence WHERE thumb IS NOT NULL \
             UNION SELECT sha256 FROM papers UNION SELECT sha256 FROM scans \
             UNION SELECT thumb FROM scans WHERE thumb IS NOT NULL \
             UNION SELECT original FROM own_slides UNION SELECT sha256 FROM own_slides \
             UNION SELECT sha256 FROM office_templates UNION SELECT sha256 FROM shown_deck_photos ORDER BY 1";
}

/// Adds a file.
///
/// # Errors
/// [`crate::StoreError::Orphan`] without its entry or matter.
pub async fn insert(conn: &mut Conn, row: &EvidenceRow) -> Result<()> {
    sqlx::query(INSERT)
        .bind(row.id.as_str())
        .bind(row.entry.as_deref())
        .bind(row.matter.as_deref())
        .bind(row.step)
        .bind(row.name.as_str())
        .bind(row.media.as_str())
        .bind(row.bytes)
        .bind(row.sha256.as_str())
        .bind(row.width)
        .bind(row.height)
        .bind(row.actor.as_str())
        .bind(row.at)
        .bind(row.version)
        .bind(row.caption.as_str())
        .bind(row.thumb.as_deref())
        .bind(row.place)
        .execute(conn)
        .await?;
    Ok(())
}

/// Takes a file away that no report names; false otherwise.
///
/// # Errors
/// When the database fails.
pub async fn delete(conn: &mut Conn, id: &str) -> Result<bool> {
    let done = sqlx::query(DELETE).bind(id).execute(conn).await?;
    Ok(done.rows_affected() == 1)
}

/// Says in words what a file shows, where it is of this version; false otherwise.
///
/// # Errors
/// When the database fails.
pub async fn describe(conn: &mut Conn, id: &str, version: i64, caption: &str) -> Result<bool> {
    let done = sqlx::query(DESCRIBE)
        .bind(id)
        .bind(version)
        .bind(caption)
        .execute(conn)
        .await?;
    Ok(done.rows_affected() == 1)
}

/// The file with this id.
///
/// # Errors
/// When the database fails.
pub async fn by_id(conn: &mut Conn, id: &str) -> Result<Option<EvidenceRow>> {
    Ok(sqlx::query_as(BY_ID).bind(id).fetch_optional(conn).await?)
}

/// The files of an entry.
///
/// # Errors
/// When the database fails.
pub async fn of_entry(conn: &mut Conn, entry: &str) -> Result<Vec<EvidenceRow>> {
    Ok(sqlx::query_as(OF_ENTRY).bind(entry).fetch_all(conn).await?)
}

/// The files of a matter.
///
/// # Errors
/// When the database fails.
pub async fn of_matter(conn: &mut Conn, matter: &str) -> Result<Vec<EvidenceRow>> {
    Ok(sqlx::query_as(OF_MATTER)
        .bind(matter)
        .fetch_all(conn)
        .await?)
}

/// Ties the files that no report names yet to this one; how many.
///
/// # Errors
/// When the database fails.
pub async fn report(conn: &mut Conn, matter: &str, step: i64) -> Result<u64> {
    let done = sqlx::query(REPORT)
        .bind(matter)
        .bind(step)
        .execute(conn)
        .await?;
    Ok(done.rows_affected())
}

/// How often a file of the store is used, as it is or as a small rendition.
///
/// # Errors
/// When the database fails.
pub async fn uses(conn: &mut Conn, sha256: &str) -> Result<i64> {
    Ok(sqlx::query_scalar(USES)
        .bind(sha256)
        .fetch_one(conn)
        .await?)
}

/// The hashes of all files that must be there.
///
/// # Errors
/// When the database fails.
pub async fn files(conn: &mut Conn) -> Result<Vec<String>> {
    Ok(sqlx::query_scalar(FILES).fetch_all(conn).await?)
}
