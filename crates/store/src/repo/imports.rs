//! Imports: files that wait, what each import changed, and saved mappings of columns.

use sqlx::AssertSqlSafe;

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
              undone_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, NULL)";
    BY_ID = "SELECT id, kind, unit, file_name, sha256, mapping, actor, at, added, changed, refused, undone_at \
             FROM imports WHERE id = $1";
    LATEST = "SELECT id, kind, unit, file_name, sha256, mapping, actor, at, added, changed, refused, undone_at \
              FROM imports WHERE kind = $1 ORDER BY at DESC, id LIMIT 50";
    UNDONE = "UPDATE imports SET undone_at = $2 WHERE id = $1 AND undone_at IS NULL";
    PUT_UPLOAD = "INSERT INTO uploads (id, kind, file_name, sha256, actor, at, content) VALUES ($1, $2, $3, $4, $5, $6, $7)";
    UPLOAD = "SELECT id, kind, file_name, sha256, actor, at, content FROM uploads WHERE id = $1";
    DROP_UPLOAD = "DELETE FROM uploads WHERE id = $1";
    DROP_OLD = "DELETE FROM uploads WHERE at < $1";
    TOUCHED = "SELECT record, version, before FROM import_rows WHERE import = $1 ORDER BY record";
    CHANGED_SINCE = "SELECT firms.name FROM import_rows JOIN firms ON firms.id = import_rows.record \
                     WHERE import_rows.import = $1 AND firms.version <> import_rows.version ORDER BY firms.name LIMIT 100";
    IN_USE = "SELECT firms.name FROM import_rows JOIN firms ON firms.id = import_rows.record \
              WHERE import_rows.import = $1 AND import_rows.before = '' AND ( \
              EXISTS (SELECT 1 FROM strikes WHERE strikes.firm = firms.id) OR \
              EXISTS (SELECT 1 FROM coverages WHERE coverages.firm = firms.id) OR \
              EXISTS (SELECT 1 FROM entry_firms WHERE entry_firms.firm = firms.id)) ORDER BY firms.name LIMIT 100";
    UNDO_GRAMS = "DELETE FROM search_grams WHERE kind = 'firm' AND id IN \
                  (SELECT record FROM import_rows WHERE import = $1 AND before = '')";
    UNDO_DOCS = "DELETE FROM search_docs WHERE kind = 'firm' AND id IN \
                 (SELECT record FROM import_rows WHERE import = $1 AND before = '')";
    UNDO_FIRMS = "DELETE FROM firms WHERE id IN (SELECT record FROM import_rows WHERE import = $1 AND before = '')";
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

/// Drops a file; false when there was none.
///
/// # Errors
/// When the database fails.
pub async fn drop_upload(conn: &mut Conn, id: &str) -> Result<bool> {
    let query = sqlx::query(DROP_UPLOAD).bind(id);
    Ok(query.execute(conn).await?.rows_affected() == 1)
}

/// Rows of one statement.
const AT_ONCE: usize = 2000;

/// Keeps what an import touched.
///
/// # Errors
/// When the database fails.
pub async fn touch(conn: &mut Conn, import: &str, rows: &[TouchedRow]) -> Result<()> {
    for some in rows.chunks(AT_ONCE) {
        let sql = format!(
            "INSERT INTO import_rows (import, record, version, before) VALUES {}",
            crate::list::places(some.len(), 4)
        );
        let mut query = sqlx::query(AssertSqlSafe(sql));
        for row in some {
            query = query
                .bind(import)
                .bind(row.record.as_str())
                .bind(row.version)
                .bind(row.before.as_str());
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

/// Names of firms an import touched that were changed since, and of those it made that something refers to; at most
/// 100 of each.
///
/// # Errors
/// When the database fails.
pub async fn firms_in_the_way(conn: &mut Conn, import: &str) -> Result<(Vec<String>, Vec<String>)> {
    let changed = sqlx::query_scalar(CHANGED_SINCE)
        .bind(import)
        .fetch_all(&mut *conn)
        .await?;
    let used = sqlx::query_scalar(IN_USE)
        .bind(import)
        .fetch_all(conn)
        .await?;
    Ok((changed, used))
}

/// Takes away the firms an import made, with their lines of the search index.
///
/// # Errors
/// [`crate::StoreError::Orphan`] while anything refers to one.
pub async fn remove_firms(conn: &mut Conn, import: &str) -> Result<()> {
    for statement in [UNDO_GRAMS, UNDO_DOCS, UNDO_FIRMS] {
        sqlx::query(statement)
            .bind(import)
            .execute(&mut *conn)
            .await?;
    }
    Ok(())
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
