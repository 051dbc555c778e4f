//! Organisations.

use pingyi_domain::record::{Scope, UnitPath};

use super::find;
use crate::list::{Ask, Cursor, Matching, Page, Select};
use crate::row::{self, Columns as _, Row};
use crate::{Conn, Result};

crate::row::columns! {
    /// One unit.
    UnitRow in "units"
    form {
        /// Id of the unit above.
        parent: Option<String>,
        /// Ids from the root, each with `/` after it.
        path: String,
        /// Place among its siblings.
        ordinal: i64,
        /// Kind on the wire.
        kind: String,
        /// Full name.
        name: String,
        /// Short name.
        short_name: String,
        /// Day.
        founded_on: Option<String>,
        /// Mode on the wire.
        founding_mode: Option<String>,
        /// Day.
        closed_on: Option<String>,
        /// Address.
        address: String,
        /// Note.
        note: String,
    }
    once {
        /// 1 for what was made up.
        sample: i64,
        /// Where a published fact is from.
        source: String,
        /// Seconds since 1970.
        created_at: i64,
    }
    finds {
        ALL = "ORDER BY path";
    }
}

impl Row for UnitRow {}

crate::statements::statements! {
    MOVE_BELOW = "UPDATE units SET path = $2 || substr(path, length($1) + 1) WHERE path > $1 AND path < $3";
    ROOTS = "SELECT count(*) FROM units WHERE parent IS NULL";
    LATER = "SELECT 'unit' AS kind, name AS title, COALESCE(closed_on, '') AS on_day FROM units \
             WHERE parent = $1 AND (closed_on IS NULL OR closed_on > $2) \
             UNION ALL SELECT 'post', holder, from_on FROM posts WHERE unit = $1 AND from_on > $2 \
             UNION ALL SELECT 'headcount', '', on_date FROM headcounts WHERE unit = $1 AND on_date > $2 \
             UNION ALL SELECT 'centre', name, opened_on FROM centres WHERE unit = $1 AND opened_on > $2 \
             UNION ALL SELECT 'pairing', outside, from_on FROM pairings WHERE unit = $1 AND from_on > $2 \
             UNION ALL SELECT 'shop', name, given_on FROM shops WHERE unit = $1 AND given_on > $2 \
             UNION ALL SELECT 'firm', name, opened_on FROM firms WHERE unit = $1 AND opened_on > $2 \
             UNION ALL SELECT 'coverage', firms.name, \
             CASE WHEN coverages.from_on > $2 THEN coverages.from_on ELSE '' END FROM coverages \
             JOIN firms ON firms.id = coverages.firm \
             WHERE coverages.unit = $1 AND (coverages.until_on IS NULL OR coverages.until_on > $2) \
             UNION ALL SELECT 'entry', title, on_date FROM entries WHERE unit = $1 AND on_date >= $2 \
             UNION ALL SELECT 'matter', title, raised_on FROM matters WHERE unit = $1 AND raised_on > $2";
}

/// A record of a unit from after a day.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct LaterRow {
    /// Kind on the wire.
    pub kind: String,
    /// What it is called; may be empty.
    pub title: String,
    /// Its day; empty for a unit below that goes on, and for a firm that it goes on covering.
    pub on_day: String,
}

/// What of a unit begins after a day (entries: on it too), the units below that are not dissolved by then, and the firms
/// that its organisation still covers.
///
/// # Errors
/// When the database fails.
pub async fn later(conn: &mut Conn, id: &str, day: &str) -> Result<Vec<LaterRow>> {
    Ok(sqlx::query_as(LATER)
        .bind(id)
        .bind(day)
        .fetch_all(conn)
        .await?)
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

/// The whole tree, each unit after the one it stands under.
///
/// # Errors
/// When the database fails.
pub async fn all(conn: &mut Conn) -> Result<Vec<UnitRow>> {
    row::find(conn, ALL, &[]).await
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

fn select(scope: &Scope, filter: &UnitFilter, found: Option<&Matching>) -> Select {
    let mut select = Select::new(UnitRow::COLUMNS, UnitRow::TABLE)
        .scope("id", scope)
        .and_maybe("kind = ?", filter.kind.as_deref());
    if let Some(found) = found {
        select = select.matching("units.id", found);
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
    let found = find::matching_of(conn, "unit", filter.text.as_deref()).await?;
    select(scope, filter, found.as_ref())
        .page(conn, ask, place)
        .await
}

/// Every shape of the list, for the test that prepares all statements.
pub(crate) fn samples() -> Vec<String> {
    let found = crate::list::sample_matching("unit");
    let filter = UnitFilter {
        kind: Some("park".to_owned()),
        text: Some("华南城".to_owned()),
        closed: false,
    };
    crate::list::scoped_shapes(|scope| select(scope, &filter, Some(&found)), SORTS)
}
