//! Many entries at once, and what they are recognised by.

use sqlx::AssertSqlSafe;

use super::{BodyRow, EntryRow};
use crate::list::places;
use crate::row;
use crate::{Conn, Result};

/// What an entry is recognised by.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct EntryKey {
    /// Id.
    pub id: String,
    /// Id of the unit.
    pub unit: String,
    /// Day.
    pub on_date: String,
    /// Code of the kind.
    pub kind: String,
    /// What it was.
    pub title: String,
}

crate::statements::statements! {
    KEYS = "SELECT id, unit, on_date, kind, title FROM entries WHERE on_date >= $1 AND on_date <= $2 ORDER BY id";
}

/// What the entries of a time are recognised by, both days in it.
///
/// # Errors
/// When the database fails.
pub async fn keys(conn: &mut Conn, from: &str, until: &str) -> Result<Vec<EntryKey>> {
    let query = sqlx::query_as(KEYS).bind(from).bind(until);
    Ok(query.fetch_all(conn).await?)
}

/// Links of one statement.
const LINKS_AT_ONCE: usize = crate::list::VALUES_AT_ONCE / 5;

/// Adds entries with who took part and the firms, each list in the order of the entries.
///
/// # Errors
/// [`crate::StoreError::Orphan`] without what they name, [`crate::StoreError::Conflict`] when an id is taken.
pub async fn insert_many(
    conn: &mut Conn,
    entries: &[EntryRow],
    bodies: &[(&str, &[BodyRow])],
    firms: &[(&str, &[String])],
) -> Result<()> {
    row::insert_all(conn, entries).await?;
    link_bodies(conn, bodies).await?;
    link_firms(conn, firms).await
}

async fn link_bodies(conn: &mut Conn, all: &[(&str, &[BodyRow])]) -> Result<()> {
    let rows = all.iter().flat_map(|(entry, bodies)| {
        let numbered = (0_i64..).zip(bodies.iter());
        numbered.map(move |(place, body)| (*entry, place, body))
    });
    let rows: Vec<(&str, i64, &BodyRow)> = rows.collect();
    for some in rows.chunks(LINKS_AT_ONCE) {
        let sql = format!(
            "INSERT INTO entry_bodies (entry, place, role, unit, name) VALUES {}",
            places(some.len(), 5)
        );
        let mut query = sqlx::query(AssertSqlSafe(sql)).persistent(some.len() == LINKS_AT_ONCE);
        for (entry, place, body) in some {
            query = query
                .bind(*entry)
                .bind(*place)
                .bind(body.role.as_str())
                .bind(body.unit.as_deref())
                .bind(body.name.as_str());
        }
        query.execute(&mut *conn).await?;
    }
    Ok(())
}

async fn link_firms(conn: &mut Conn, all: &[(&str, &[String])]) -> Result<()> {
    let rows = all
        .iter()
        .flat_map(|(entry, firms)| firms.iter().map(move |firm| (*entry, firm.as_str())));
    let rows: Vec<(&str, &str)> = rows.collect();
    for some in rows.chunks(LINKS_AT_ONCE) {
        let sql = format!(
            "INSERT INTO entry_firms (entry, firm) VALUES {}",
            places(some.len(), 2)
        );
        let mut query = sqlx::query(AssertSqlSafe(sql)).persistent(some.len() == LINKS_AT_ONCE);
        for (entry, firm) in some {
            query = query.bind(*entry).bind(*firm);
        }
        query.execute(&mut *conn).await?;
    }
    Ok(())
}
