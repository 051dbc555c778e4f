//! Organisations.

use pingyi_domain::record::{Scope, UnitPath};

use crate::list::{Ask, Cursor, Page, Select};
use crate::{Conn, Result};

/// One unit.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct UnitRow {
    /// Id.
    pub id: String,
    /// Version, from 1.
    pub version: i64,
    /// Id of the unit above.
    pub parent: Option<String>,
    /// Ids from the root, each with `/` after it.
    pub path: String,
    /// Place among its siblings.
    pub ordinal: i64,
    /// Kind on the wire.
    pub kind: String,
    /// Full name.
    pub name: String,
    /// Short name.
    pub short_name: String,
    /// Day.
    pub founded_on: Option<String>,
    /// Mode on the wire.
    pub founding_mode: Option<String>,
    /// Day.
    pub closed_on: Option<String>,
    /// Address.
    pub address: String,
    /// Note.
    pub note: String,
    /// 1 for what was made up.
    pub sample: i64,
    /// Where a published fact is from.
    pub source: String,
    /// Seconds since 1970.
    pub created_at: i64,
}

const COLUMNS: &str = "id, version, parent, path, ordinal, kind, name, short_name, founded_on, founding_mode, \
    closed_on, address, note, sample, source, created_at";

crate::statements::statements! {
    INSERT = "INSERT INTO units (id, version, parent, path, ordinal, kind, name, short_name, founded_on, founding_mode, \
              closed_on, address, note, sample, source, created_at) \
              VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)";
    UPDATE = "UPDATE units SET version = version + 1, parent = $3, path = $4, ordinal = $5, kind = $6, name = $7, \
              short_name = $8, founded_on = $9, founding_mode = $10, closed_on = $11, address = $12, note = $13 \
              WHERE id = $1 AND version = $2";
    MOVE_BELOW = "UPDATE units SET path = $2 || substr(path, length($1) + 1) WHERE path > $1 AND path < $3";
    DELETE = "DELETE FROM units WHERE id = $1 AND version = $2";
    BY_ID = "SELECT id, version, parent, path, ordinal, kind, name, short_name, founded_on, founding_mode, closed_on, \
             address, note, sample, source, created_at FROM units WHERE id = $1";
    ALL = "SELECT id, version, parent, path, ordinal, kind, name, short_name, founded_on, founding_mode, closed_on, \
           address, note, sample, source, created_at FROM units ORDER BY path";
    ROOTS = "SELECT count(*) FROM units WHERE parent IS NULL";
}

/// Adds a unit.
///
/// # Errors
/// [`crate::StoreError::Conflict`] when the id is taken, [`crate::StoreError::Orphan`] without its parent.
pub async fn insert(conn: &mut Conn, unit: &UnitRow) -> Result<()> {
    sqlx::query(INSERT)
        .bind(unit.id.as_str())
        .bind(unit.version)
        .bind(unit.parent.as_deref())
        .bind(unit.path.as_str())
        .bind(unit.ordinal)
        .bind(unit.kind.as_str())
        .bind(unit.name.as_str())
        .bind(unit.short_name.as_str())
        .bind(unit.founded_on.as_deref())
        .bind(unit.founding_mode.as_deref())
        .bind(unit.closed_on.as_deref())
        .bind(unit.address.as_str())
        .bind(unit.note.as_str())
        .bind(unit.sample)
        .bind(unit.source.as_str())
        .bind(unit.created_at)
        .execute(conn)
        .await?;
    Ok(())
}

/// Stores a unit that still has the version given, and raises it; false when somebody was faster.
///
/// # Errors
/// When the database fails.
pub async fn update(conn: &mut Conn, unit: &UnitRow) -> Result<bool> {
    let done = sqlx::query(UPDATE)
        .bind(unit.id.as_str())
        .bind(unit.version)
        .bind(unit.parent.as_deref())
        .bind(unit.path.as_str())
        .bind(unit.ordinal)
        .bind(unit.kind.as_str())
        .bind(unit.name.as_str())
        .bind(unit.short_name.as_str())
        .bind(unit.founded_on.as_deref())
        .bind(unit.founding_mode.as_deref())
        .bind(unit.closed_on.as_deref())
        .bind(unit.address.as_str())
        .bind(unit.note.as_str())
        .execute(conn)
        .await?;
    Ok(done.rows_affected() == 1)
}

/// Gives everything below `old` its place below `new`.
///
/// # Errors
/// When the database fails.
pub async fn move_below(conn: &mut Conn, old: &UnitPath, new: &UnitPath) -> Result<()> {
    sqlx::query(MOVE_BELOW)
        .bind(old.as_str())
        .bind(new.as_str())
        .bind(old.end())
        .execute(conn)
        .await?;
    Ok(())
}

/// Takes a unit away; false when it has another version.
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

/// The unit with this id.
///
/// # Errors
/// When the database fails.
pub async fn by_id(conn: &mut Conn, id: &str) -> Result<Option<UnitRow>> {
    Ok(sqlx::query_as(BY_ID).bind(id).fetch_optional(conn).await?)
}

/// The whole tree, each unit after the one it stands under.
///
/// # Errors
/// When the database fails.
pub async fn all(conn: &mut Conn) -> Result<Vec<UnitRow>> {
    Ok(sqlx::query_as(ALL).fetch_all(conn).await?)
}

/// How many units stand under none.
///
/// # Errors
/// When the database fails.
pub async fn roots(conn: &mut Conn) -> Result<i64> {
    Ok(sqlx::query_scalar(ROOTS).fetch_one(conn).await?)
}

/// What a list of units is narrowed by.
#[derive(Debug, Clone, Default)]
pub struct UnitFilter {
    /// Kind on the wire.
    pub kind: Option<String>,
    /// What search finds.
    pub text: Option<String>,
    /// Also dissolved ones.
    pub closed: bool,
}

/// The columns a list of units sorts by.
pub const SORTS: &[&str] = &["name", "path"];

fn select(scope: &Scope, filter: &UnitFilter) -> Select {
    let mut select = Select::new(COLUMNS, "units")
        .scope("id", scope)
        .and_maybe("kind = ?", filter.kind.as_deref());
    if let Some(text) = &filter.text {
        select = select.matching("id", "unit", text);
    }
    if !filter.closed {
        select = select.and("closed_on IS NULL", []);
    }
    select
}

/// One page of units.
///
/// # Errors
/// When the database fails.
pub async fn page(
    conn: &mut Conn,
    scope: &Scope,
    filter: &UnitFilter,
    ask: &Ask,
) -> Result<Page<UnitRow>> {
    let by_path = ask.sort == "path";
    let place = |row: &UnitRow| {
        let key = if by_path { &row.path } else { &row.name };
        Cursor::after(key.as_str(), row.id.as_str())
    };
    select(scope, filter).page(conn, ask, place).await
}

/// Every shape of the list, for the test that prepares all statements.
pub(crate) fn samples() -> Vec<String> {
    let path = UnitPath::of(None, &crate::list::sample_unit());
    let filter = UnitFilter {
        kind: Some("park".to_owned()),
        text: Some("华南城".to_owned()),
        closed: false,
    };
    [Scope::All, Scope::Under(path), Scope::Nothing]
        .iter()
        .flat_map(|scope| crate::list::shapes(&select(scope, &filter), SORTS))
        .collect()
}
