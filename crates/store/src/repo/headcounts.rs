//! Counts of members, with their parts.

use std::collections::HashMap;

use pingyi_domain::record::Scope;

use crate::list::{Ask, Cursor, Select};
use crate::{Conn, Result};

/// One count.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct HeadcountRow {
    /// Id.
    pub id: String,
    /// Version, from 1.
    pub version: i64,
    /// Id of the unit.
    pub unit: String,
    /// Day.
    pub on_date: String,
    /// Note.
    pub note: String,
    /// 1 for what was made up.
    pub sample: i64,
    /// Where a published fact is from.
    pub source: String,
    /// `total`, `internet` or a code of the vocabulary, and how many.
    #[sqlx(skip)]
    pub parts: Vec<(String, i64)>,
}

crate::statements::statements! {
    INSERT = "INSERT INTO headcounts (id, version, unit, on_date, note, sample, source) VALUES ($1, $2, $3, $4, $5, $6, $7)";
    UPDATE = "UPDATE headcounts SET version = version + 1, unit = $3, on_date = $4, note = $5 WHERE id = $1 AND version = $2";
    DELETE = "DELETE FROM headcounts WHERE id = $1 AND version = $2";
    BY_ID = "SELECT id, version, unit, on_date, note, sample, source FROM headcounts WHERE id = $1";
    OF_UNIT = "SELECT id, version, unit, on_date, note, sample, source FROM headcounts WHERE unit = $1 ORDER BY on_date DESC, id";
    PUT_PART = "INSERT INTO headcount_values (headcount, part, n) VALUES ($1, $2, $3)";
    DROP_PARTS = "DELETE FROM headcount_values WHERE headcount = $1";
    PARTS = "SELECT part, n FROM headcount_values WHERE headcount = $1 ORDER BY part";
    PARTS_OF_UNIT = "SELECT v.headcount, v.part, v.n FROM headcount_values v JOIN headcounts h ON h.id = v.headcount \
                     WHERE h.unit = $1 ORDER BY v.headcount, v.part";
    COUNTED = "SELECT u.path, h.on_date, v.n FROM headcount_values v JOIN headcounts h ON h.id = v.headcount \
               JOIN units u ON u.id = h.unit WHERE v.part = $1";
}

async fn put_parts(conn: &mut Conn, row: &HeadcountRow) -> Result<()> {
    for (part, n) in &row.parts {
        sqlx::query(PUT_PART)
            .bind(row.id.as_str())
            .bind(part.as_str())
            .bind(*n)
            .execute(&mut *conn)
            .await?;
    }
    Ok(())
}

/// Adds a count.
///
/// # Errors
/// [`crate::StoreError::Conflict`] when the unit has one of that day, [`crate::StoreError::Orphan`] without the unit.
pub async fn insert(conn: &mut Conn, row: &HeadcountRow) -> Result<()> {
    sqlx::query(INSERT)
        .bind(row.id.as_str())
        .bind(row.version)
        .bind(row.unit.as_str())
        .bind(row.on_date.as_str())
        .bind(row.note.as_str())
        .bind(row.sample)
        .bind(row.source.as_str())
        .execute(&mut *conn)
        .await?;
    put_parts(conn, row).await
}

/// Stores a count that still has the version given, and raises it; false when somebody was faster.
///
/// # Errors
/// As [`insert`].
pub async fn update(conn: &mut Conn, row: &HeadcountRow) -> Result<bool> {
    let done = sqlx::query(UPDATE)
        .bind(row.id.as_str())
        .bind(row.version)
        .bind(row.unit.as_str())
        .bind(row.on_date.as_str())
        .bind(row.note.as_str())
        .execute(&mut *conn)
        .await?;
    if done.rows_affected() != 1 {
        return Ok(false);
    }
    sqlx::query(DROP_PARTS)
        .bind(row.id.as_str())
        .execute(&mut *conn)
        .await?;
    put_parts(conn, row).await?;
    Ok(true)
}

/// Takes a count away; false when it has another version, and then the transaction must not be kept.
///
/// # Errors
/// When the database fails.
pub async fn delete(conn: &mut Conn, id: &str, version: i64) -> Result<bool> {
    sqlx::query(DROP_PARTS).bind(id).execute(&mut *conn).await?;
    let done = sqlx::query(DELETE)
        .bind(id)
        .bind(version)
        .execute(conn)
        .await?;
    Ok(done.rows_affected() == 1)
}

/// The count with this id.
///
/// # Errors
/// When the database fails.
pub async fn by_id(conn: &mut Conn, id: &str) -> Result<Option<HeadcountRow>> {
    let row: Option<HeadcountRow> = sqlx::query_as(BY_ID)
        .bind(id)
        .fetch_optional(&mut *conn)
        .await?;
    let Some(mut row) = row else {
        return Ok(None);
    };
    row.parts = sqlx::query_as(PARTS).bind(id).fetch_all(conn).await?;
    Ok(Some(row))
}

/// All counts of a unit, the latest first.
///
/// # Errors
/// When the database fails.
pub async fn of_unit(conn: &mut Conn, unit: &str) -> Result<Vec<HeadcountRow>> {
    let mut rows: Vec<HeadcountRow> = sqlx::query_as(OF_UNIT)
        .bind(unit)
        .fetch_all(&mut *conn)
        .await?;
    let parts: Vec<(String, String, i64)> = sqlx::query_as(PARTS_OF_UNIT)
        .bind(unit)
        .fetch_all(conn)
        .await?;
    for (id, part, n) in parts {
        if let Some(row) = rows.iter_mut().find(|row| row.id == id) {
            row.parts.push((part, n));
        }
    }
    Ok(rows)
}

/// Every count of one part in the whole tree: path of the unit, day, how many.
///
/// # Errors
/// When the database fails.
pub async fn counted(conn: &mut Conn, part: &str) -> Result<Vec<(String, String, i64)>> {
    Ok(sqlx::query_as(COUNTED).bind(part).fetch_all(conn).await?)
}

/// A part of one of many counts.
#[derive(Debug, sqlx::FromRow)]
struct PartRow {
    id: String,
    part: String,
    n: i64,
}

fn select(scope: &Scope, under: &Scope) -> [Select; 2] {
    let counts = Select::new(
        "id, version, unit, on_date, note, sample, source",
        "headcounts",
    );
    let parts = Select::new(
        "headcounts.id, headcount_values.part, headcount_values.n",
        "headcounts JOIN headcount_values ON headcount_values.headcount = headcounts.id",
    );
    [counts, parts].map(|select| select.scope("unit", scope).scope("unit", under))
}

/// All counts of the units in both scopes with their parts, the earliest first.
///
/// # Errors
/// When the database fails.
pub async fn listed(conn: &mut Conn, scope: &Scope, under: &Scope) -> Result<Vec<HeadcountRow>> {
    let [counts, parts] = select(scope, under);
    let place = |row: &HeadcountRow| Cursor::after(row.on_date.as_str(), row.id.as_str());
    let (mut rows, _) = counts.rows(conn, &Ask::all("on_date"), place).await?;
    let place = |row: &PartRow| Cursor::after(row.part.as_str(), row.id.as_str());
    let (found, _) = parts.rows(conn, &Ask::all("part"), place).await?;
    let mut by_count: HashMap<String, Vec<(String, i64)>> = HashMap::new();
    for part in found {
        by_count
            .entry(part.id)
            .or_default()
            .push((part.part, part.n));
    }
    for row in &mut rows {
        row.parts = by_count.remove(&row.id).unwrap_or_default();
    }
    Ok(rows)
}

/// Every shape of the list, for the test that prepares all statements.
pub(crate) fn samples() -> Vec<String> {
    let path = pingyi_domain::record::UnitPath::of(None, &crate::list::sample_unit());
    let [counts, parts] = select(&Scope::All, &Scope::Under(path));
    let mut texts = crate::list::shapes(&counts, &["on_date"]);
    texts.extend(crate::list::shapes(&parts, &["part"]));
    texts
}
