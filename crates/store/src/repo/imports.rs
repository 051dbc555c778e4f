//! Imports: files that wait, what each import changed, and saved mappings of columns.

mod undo;

use sqlx::AssertSqlSafe;

pub(crate) use undo::STATEMENTS as UNDO_STATEMENTS;
pub use undo::{in_the_way, places, remove};

use super::search::DocRow;
use crate::{Conn, Result};

/// An import that was made.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct ImportRow {
    /// Id; the upload had the same.
    pub id: String,
    /// Kind of the records on the wire.
    pub kind: String,
    /// The unit all of it belongs to, where it is one.
    pub unit: Option<String>,
    /// Name of the file.
    pub file_name: String,
    /// SHA-256 of the file.
    pub sha256: String,
    /// The mapping, JSON.
    pub mapping: String,
    /// Who.
    pub actor: String,
    /// Seconds since 1970.
    pub at: i64,
    /// Records made.
    pub added: i64,
    /// Records changed.
    pub changed: i64,
    /// Rows refused or skipped.
    pub refused: i64,
    /// When it was undone.
    pub undone_at: Option<i64>,
    /// What is still done to the search index: 1 what it made is put in, 2 what it had made is taken out, 0 nothing.
    pub indexing: i64,
    /// The last pair that is done, or empty.
    pub indexed_to: String,
}

/// A file that waits.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct UploadRow {
    /// Id.
    pub id: String,
    /// Kind of the records on the wire.
    pub kind: String,
    /// Name of the file.
    pub file_name: String,
    /// SHA-256 of the file.
    pub sha256: String,
    /// Who sent it.
    pub actor: String,
    /// Seconds since 1970.
    pub at: i64,
    /// The file.
    pub content: Vec<u8>,
}

/// A record an import touched.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct TouchedRow {
    /// Id of the record.
    pub record: String,
    /// The version the import gave it.
    pub version: i64,
    /// What it was before, JSON; empty for a new one.
    pub before: String,
    /// Kind on the wire: with a firm come its covers and strikes.
    pub kind: String,
}

/// A saved mapping.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct MappingRow {
    /// Id.
    pub id: String,
    /// Kind of the records on the wire.
    pub kind: String,
    /// Its name.
    pub name: String,
    /// The columns, JSON.
    pub columns: String,
}

crate::statements::statements! {
    INSERT = "INSERT INTO imports (id, kind, unit, file_name, sha256, mapping, actor, at, added, changed, refused, \
              undone_at, indexing, indexed_to) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, NULL, $12, $13)";
    BY_ID = "SELECT id, kind, unit, file_name, sha256, mapping, actor, at, added, changed, refused, undone_at, indexing, \
             indexed_to FROM imports WHERE id = $1";
    LATEST = "SELECT id, kind, unit, file_name, sha256, mapping, actor, at, added, changed, refused, undone_at, indexing, \
              indexed_to FROM imports WHERE kind = $1 ORDER BY at DESC, id LIMIT 50";
    COUNTS = "UPDATE imports SET added = $2, changed = $3, refused = $4 WHERE id = $1";
    UNINDEXED = "SELECT id FROM imports WHERE indexing <> 0 ORDER BY at, id";
    INDEXED = "UPDATE imports SET indexing = $2, indexed_to = $3 WHERE id = $1";
    MADE = "SELECT d.kind, d.id, d.unit, d.title, d.body FROM import_rows r JOIN search_docs d ON d.kind = r.kind AND d.id = r.record \
            WHERE r.import = $1 AND r.before = '' ORDER BY d.id";
    UNDONE = "UPDATE imports SET undone_at = $2 WHERE id = $1 AND undone_at IS NULL";
    PUT_UPLOAD = "INSERT INTO uploads (id, kind, file_name, sha256, actor, at, content) VALUES ($1, $2, $3, $4, $5, $6, $7)";
    UPLOAD = "SELECT id, kind, file_name, sha256, actor, at, content FROM uploads WHERE id = $1";
    UPLOAD_HEAD = "SELECT kind, actor, file_name FROM uploads WHERE id = $1";
    DROP_UPLOAD = "DELETE FROM uploads WHERE id = $1";
    DROP_OLD = "DELETE FROM uploads WHERE at < $1";
    TOUCHED = "SELECT record, version, before, kind FROM import_rows WHERE import = $1 ORDER BY record";
    COVERED = "SELECT c.firm FROM import_rows r JOIN coverages c ON c.id = r.record WHERE r.import = $1 AND r.kind = 'coverage' \
               AND NOT EXISTS (SELECT 1 FROM import_rows o WHERE o.import = $1 AND o.record = c.firm AND o.before = '') \
               UNION SELECT s.firm FROM import_rows r JOIN strikes s ON s.id = r.record WHERE r.import = $1 AND r.kind = 'strike' \
               AND NOT EXISTS (SELECT 1 FROM import_rows o WHERE o.import = $1 AND o.record = s.firm AND o.before = '')";
    CHANGED = "SELECT record, version, before, kind FROM import_rows WHERE import = $1 AND before <> '' ORDER BY record";
    PUT_MAPPING = "INSERT INTO mappings (id, kind, name, columns) VALUES ($1, $2, $3, $4) \
                   ON CONFLICT (kind, name) DO UPDATE SET columns = excluded.columns";
    MAPPINGS = "SELECT id, kind, name, columns FROM mappings WHERE kind = $1 ORDER BY name, id";
    DROP_MAPPING = "DELETE FROM mappings WHERE id = $1";
}

/// Notes an import that was made.
///
/// # Errors
/// [`crate::StoreError::Conflict`] when it was made before.
pub async fn insert(conn: &mut Conn, import: &ImportRow) -> Result<()> {
    sqlx::query(INSERT)
        .bind(import.id.as_str())
        .bind(import.kind.as_str())
        .bind(import.unit.as_deref())
        .bind(import.file_name.as_str())
        .bind(import.sha256.as_str())
        .bind(import.mapping.as_str())
        .bind(import.actor.as_str())
        .bind(import.at)
        .bind(import.added)
        .bind(import.changed)
        .bind(import.refused)
        .bind(import.indexing)
        .bind(import.indexed_to.as_str())
        .execute(conn)
        .await?;
    Ok(())
}

/// The import with this id.
///
/// # Errors
/// When the database fails.
pub async fn by_id(conn: &mut Conn, id: &str) -> Result<Option<ImportRow>> {
    Ok(sqlx::query_as(BY_ID).bind(id).fetch_optional(conn).await?)
}

/// The latest imports of a kind, at most 50.
///
/// # Errors
/// When the database fails.
pub async fn latest(conn: &mut Conn, kind: &str) -> Result<Vec<ImportRow>> {
    Ok(sqlx::query_as(LATEST).bind(kind).fetch_all(conn).await?)
}

/// Keeps how many records an import made and changed, and how many rows it left out.
///
/// # Errors
/// When the database fails.
pub async fn set_counts(
    conn: &mut Conn,
    id: &str,
    [added, changed, refused]: [i64; 3],
) -> Result<()> {
    sqlx::query(COUNTS)
        .bind(id)
        .bind(added)
        .bind(changed)
        .bind(refused)
        .execute(conn)
        .await?;
    Ok(())
}

/// Ids of the imports whose share of the search index is not done, the oldest first.
///
/// # Errors
/// When the database fails.
pub async fn unindexed(conn: &mut Conn) -> Result<Vec<String>> {
    Ok(sqlx::query_scalar(UNINDEXED).fetch_all(conn).await?)
}

/// Keeps how far the search index is.
///
/// # Errors
/// When the database fails.
pub async fn set_indexed(conn: &mut Conn, id: &str, indexing: i64, to: &str) -> Result<()> {
    let query = sqlx::query(INDEXED).bind(id).bind(indexing).bind(to);
    query.execute(conn).await?;
    Ok(())
}

/// What an import made, as search finds it today.
///
/// # Errors
/// When the database fails.
pub async fn made(conn: &mut Conn, id: &str) -> Result<Vec<DocRow>> {
    Ok(sqlx::query_as(MADE).bind(id).fetch_all(conn).await?)
}

/// Marks an import as undone; false when it was before.
///
/// # Errors
/// When the database fails.
pub async fn set_undone(conn: &mut Conn, id: &str, at: i64) -> Result<bool> {
    let query = sqlx::query(UNDONE).bind(id).bind(at);
    Ok(query.execute(conn).await?.rows_affected() == 1)
}

/// Keeps a file, and drops those sent before `old`.
///
/// # Errors
/// When the database fails.
pub async fn put_upload(conn: &mut Conn, upload: UploadRow, old: i64) -> Result<()> {
    sqlx::query(DROP_OLD).bind(old).execute(&mut *conn).await?;
    sqlx::query(PUT_UPLOAD)
        .bind(upload.id)
        .bind(upload.kind)
        .bind(upload.file_name)
        .bind(upload.sha256)
        .bind(upload.actor)
        .bind(upload.at)
        .bind(upload.content)
        .execute(conn)
        .await?;
    Ok(())
}

/// A file that waits.
///
/// # Errors
/// When the database fails.
pub async fn upload(conn: &mut Conn, id: &str) -> Result<Option<UploadRow>> {
    Ok(sqlx::query_as(UPLOAD).bind(id).fetch_optional(conn).await?)
}

/// Kind, sender and name of a file that waits, without the file.
///
/// # Errors
/// When the database fails.
pub async fn upload_head(conn: &mut Conn, id: &str) -> Result<Option<(String, String, String)>> {
    let query = sqlx::query_as(UPLOAD_HEAD).bind(id);
    Ok(query.fetch_optional(conn).await?)
}

/// Drops a file; false when there was none.
///
/// # Errors
/// When the database fails.
pub async fn drop_upload(conn: &mut Conn, id: &str) -> Result<bool> {
    let query = sqlx::query(DROP_UPLOAD).bind(id);
    Ok(query.execute(conn).await?.rows_affected() == 1)
}

/// Rows of one statement.
const AT_ONCE: usize = crate::list::VALUES_AT_ONCE / 5;

/// Keeps what an import touched.
///
/// # Errors
/// When the database fails.
pub async fn touch(conn: &mut Conn, import: &str, rows: &[TouchedRow]) -> Result<()> {
    for some in rows.chunks(AT_ONCE) {
        let sql = format!(
            "INSERT INTO import_rows (import, record, version, before, kind) VALUES {}",
            crate::list::places(some.len(), 5)
        );
        let mut query = sqlx::query(AssertSqlSafe(sql));
        for row in some {
            query = query
                .bind(import)
                .bind(row.record.as_str())
                .bind(row.version)
                .bind(row.before.as_str())
                .bind(row.kind.as_str());
        }
        query.execute(&mut *conn).await?;
    }
    Ok(())
}

/// What an import touched.
///
/// # Errors
/// When the database fails.
pub async fn touched(conn: &mut Conn, import: &str) -> Result<Vec<TouchedRow>> {
    Ok(sqlx::query_as(TOUCHED).bind(import).fetch_all(conn).await?)
}

/// Ids of firms that were there before and that an import covered or struck out.
///
/// # Errors
/// When the database fails.
pub async fn covered(conn: &mut Conn, import: &str) -> Result<Vec<String>> {
    Ok(sqlx::query_scalar(COVERED)
        .bind(import)
        .fetch_all(conn)
        .await?)
}

/// What an import touched that was there before.
///
/// # Errors
/// When the database fails.
pub async fn changed(conn: &mut Conn, import: &str) -> Result<Vec<TouchedRow>> {
    Ok(sqlx::query_as(CHANGED).bind(import).fetch_all(conn).await?)
}

/// Saves a mapping under its name.
///
/// # Errors
/// When the database fails.
pub async fn put_mapping(conn: &mut Conn, mapping: &MappingRow) -> Result<()> {
    sqlx::query(PUT_MAPPING)
        .bind(mapping.id.as_str())
        .bind(mapping.kind.as_str())
        .bind(mapping.name.as_str())
        .bind(mapping.columns.as_str())
        .execute(conn)
        .await?;
    Ok(())
}

/// The saved mappings of a kind by name.
///
/// # Errors
/// When the database fails.
pub async fn mappings(conn: &mut Conn, kind: &str) -> Result<Vec<MappingRow>> {
    Ok(sqlx::query_as(MAPPINGS).bind(kind).fetch_all(conn).await?)
}

/// Drops a mapping; false when there was none.
///
/// # Errors
/// When the database fails.
pub async fn drop_mapping(conn: &mut Conn, id: &str) -> Result<bool> {
    let query = sqlx::query(DROP_MAPPING).bind(id);
    Ok(query.execute(conn).await?.rows_affected() == 1)
}
