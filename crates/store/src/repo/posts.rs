//! Terms in posts.

use pingyi_domain::record::Scope;

use crate::list::{Ask, Cursor, Select};
use crate::{Conn, Result};

/// One term.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct PostRow {
    /// Id.
    pub id: String,
    /// Version, from 1.
    pub version: i64,
    /// Id of the unit.
    pub unit: String,
    /// Kind on the wire.
    pub kind: String,
    /// Who.
    pub holder: String,
    /// By whom they were sent.
    pub sent_by: String,
    /// First day.
    pub from_on: String,
    /// The day it had ended.
    pub until_on: Option<String>,
    /// Calls to each firm a month.
    pub calls: i64,
    /// Visits to each firm a month.
    pub visits: i64,
    /// Note.
    pub note: String,
    /// 1 for what was made up.
    pub sample: i64,
    /// Where a published fact is from.
    pub source: String,
}

crate::statements::statements! {
    INSERT = "INSERT INTO posts (id, version, unit, kind, holder, sent_by, from_on, until_on, calls, visits, note, sample, \
              source) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)";
    UPDATE = "UPDATE posts SET version = version + 1, unit = $3, kind = $4, holder = $5, sent_by = $6, from_on = $7, \
              until_on = $8, calls = $9, visits = $10, note = $11 WHERE id = $1 AND version = $2";
    DELETE = "DELETE FROM posts WHERE id = $1 AND version = $2";
    BY_ID = "SELECT id, version, unit, kind, holder, sent_by, from_on, until_on, calls, visits, note, sample, source \
             FROM posts WHERE id = $1";
    OF_UNIT = "SELECT id, version, unit, kind, holder, sent_by, from_on, until_on, calls, visits, note, sample, source \
               FROM posts WHERE unit = $1 ORDER BY from_on DESC, id";
}

/// Adds a term.
///
/// # Errors
/// [`crate::StoreError::Orphan`] without its unit.
pub async fn insert(conn: &mut Conn, post: &PostRow) -> Result<()> {
    sqlx::query(INSERT)
        .bind(post.id.as_str())
        .bind(post.version)
        .bind(post.unit.as_str())
        .bind(post.kind.as_str())
        .bind(post.holder.as_str())
        .bind(post.sent_by.as_str())
        .bind(post.from_on.as_str())
        .bind(post.until_on.as_deref())
        .bind(post.calls)
        .bind(post.visits)
        .bind(post.note.as_str())
        .bind(post.sample)
        .bind(post.source.as_str())
        .execute(conn)
        .await?;
    Ok(())
}

/// Stores a term that still has the version given, and raises it; false when somebody was faster.
///
/// # Errors
/// When the database fails.
pub async fn update(conn: &mut Conn, post: &PostRow) -> Result<bool> {
    let done = sqlx::query(UPDATE)
        .bind(post.id.as_str())
        .bind(post.version)
        .bind(post.unit.as_str())
        .bind(post.kind.as_str())
        .bind(post.holder.as_str())
        .bind(post.sent_by.as_str())
        .bind(post.from_on.as_str())
        .bind(post.until_on.as_deref())
        .bind(post.calls)
        .bind(post.visits)
        .bind(post.note.as_str())
        .execute(conn)
        .await?;
    Ok(done.rows_affected() == 1)
}

/// Takes a term away; false when it has another version.
///
/// # Errors
/// [`crate::StoreError::Orphan`] while anything refers to it.
pub async fn delete(conn: &mut Conn, id: &str, version: i64) -> Result<bool> {
    let done = sqlx::query(DELETE)
        .bind(id)
        .bind(version)
        .execute(conn)
        .await?;
    Ok(done.rows_affected() == 1)
}

/// The term with this id.
///
/// # Errors
/// When the database fails.
pub async fn by_id(conn: &mut Conn, id: &str) -> Result<Option<PostRow>> {
    Ok(sqlx::query_as(BY_ID).bind(id).fetch_optional(conn).await?)
}

/// All terms of a unit, the latest first.
///
/// # Errors
/// When the database fails.
pub async fn of_unit(conn: &mut Conn, unit: &str) -> Result<Vec<PostRow>> {
    Ok(sqlx::query_as(OF_UNIT).bind(unit).fetch_all(conn).await?)
}

const COLUMNS: &str = "id, version, unit, kind, holder, sent_by, from_on, until_on, calls, visits, note, sample, source";

fn select(scope: &Scope, under: &Scope, kind: Option<&str>) -> Select {
    Select::new(COLUMNS, "posts")
        .scope("unit", scope)
        .scope("unit", under)
        .and_maybe("kind = ?", kind)
}

/// All terms of the units in both scopes, of one kind or of all, the first begun first.
///
/// # Errors
/// When the database fails.
pub async fn listed(
    conn: &mut Conn,
    scope: &Scope,
    under: &Scope,
    kind: Option<&str>,
) -> Result<Vec<PostRow>> {
    let ask = Ask::all("from_on");
    let place = |row: &PostRow| Cursor::after(row.from_on.as_str(), row.id.as_str());
    let (rows, _) = select(scope, under, kind).rows(conn, &ask, place).await?;
    Ok(rows)
}

/// Every shape of the list, for the test that prepares all statements.
pub(crate) fn samples() -> Vec<String> {
    let path = pingyi_domain::record::UnitPath::of(None, &crate::list::sample_unit());
    let select = select(&Scope::All, &Scope::Under(path), Some("instructor"));
    crate::list::shapes(&select, &["from_on"])
}
