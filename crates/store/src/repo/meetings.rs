//! Joint meetings by quarter, and how far classes reach.

use pingyi_domain::record::UnitPath;

use crate::{Conn, Result};

/// A joint meeting that was held.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct HeldRow {
    /// Id of the entry.
    pub id: String,
    /// Id of the unit.
    pub unit: String,
    /// Quarter.
    pub quarter: String,
    /// Day.
    pub on_date: String,
    /// What it was called.
    pub title: String,
    /// State on the wire.
    pub state: String,
    /// Bodies attending.
    pub attended: i64,
    /// Matters raised there.
    pub matters: i64,
    /// Those of them not closed.
    pub open: i64,
}

/// What the classes of a topic came to.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct TopicRow {
    /// Code of the topic.
    pub topic: String,
    /// Classes.
    pub classes: i64,
    /// People.
    pub people: i64,
}

/// Firms of one unit, those below it not counted.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct FirmsRow {
    /// Path of the unit.
    pub path: String,
    /// Firms.
    pub firms: i64,
}

crate::statements::statements! {
    HELD = "SELECT id, unit, quarter, on_date, title, state, \
            (SELECT count(*) FROM entry_bodies WHERE entry = entries.id AND role = 'attended') AS attended, \
            (SELECT count(*) FROM matters WHERE entry = entries.id) AS matters, \
            (SELECT count(*) FROM matters WHERE entry = entries.id AND state <> 'closed') AS open \
            FROM entries WHERE kind = 'meeting' AND state <> 'returned' AND quarter >= $1 AND quarter <= $2 \
            ORDER BY quarter, on_date, id";
    TOPICS = "SELECT topic, count(*) AS classes, CAST(COALESCE(sum(headcount), 0) AS BIGINT) AS people FROM entries \
              WHERE kind = 'class' AND state <> 'returned' AND on_date >= $1 AND on_date <= $2 \
              AND unit IN (SELECT id FROM units WHERE path >= $3 AND path < $4) GROUP BY topic ORDER BY topic";
    // Operating on the last day, not today: a past year stays as it was. From the classes to their firms, whatever the planner thinks: from the firms it is a lookup for each of them.
    REACHED = "SELECT units.path AS path, count(DISTINCT firms.id) AS firms \
               FROM entries CROSS JOIN entry_firms CROSS JOIN firms CROSS JOIN units \
               WHERE entries.kind = 'class' AND entries.state <> 'returned' AND entries.on_date >= $1 AND entries.on_date <= $2 \
               AND entry_firms.entry = entries.id AND firms.id = entry_firms.firm AND firms.opened_on <= $2 \
               AND firms.id NOT IN (SELECT firm FROM strikes WHERE from_on <= $2 AND (until_on IS NULL OR until_on > $2)) \
               AND units.id = firms.unit AND units.path >= $3 AND units.path < $4 GROUP BY units.path";
    OPERATING = "SELECT units.path AS path, count(*) AS firms FROM units JOIN firms ON firms.unit = units.id \
                 WHERE firms.opened_on <= $1 AND units.path >= $2 AND units.path < $3 \
                 AND firms.id NOT IN (SELECT firm FROM strikes WHERE from_on <= $1 AND (until_on IS NULL OR until_on > $1)) \
                 GROUP BY units.path";
}

/// The joint meetings of some quarters that were not given back.
///
/// # Errors
/// When the database fails.
pub async fn held(conn: &mut Conn, first: &str, last: &str) -> Result<Vec<HeldRow>> {
    Ok(sqlx::query_as(HELD)
        .bind(first)
        .bind(last)
        .fetch_all(conn)
        .await?)
}

/// The classes of a unit and all below it from day to day, by topic.
///
/// # Errors
/// When the database fails.
pub async fn topics(
    conn: &mut Conn,
    (from, until): (&str, &str),
    place: &UnitPath,
) -> Result<Vec<TopicRow>> {
    let rows = sqlx::query_as(TOPICS)
        .bind(from)
        .bind(until)
        .bind(place.as_str())
        .bind(place.end())
        .fetch_all(conn)
        .await?;
    Ok(rows)
}

/// Operating firms of a unit and of each below it that a class reached from day to day.
///
/// # Errors
/// When the database fails.
pub async fn reached(
    conn: &mut Conn,
    (from, until): (&str, &str),
    place: &UnitPath,
) -> Result<Vec<FirmsRow>> {
    let rows = sqlx::query_as(REACHED)
        .bind(from)
        .bind(until)
        .bind(place.as_str())
        .bind(place.end())
        .fetch_all(conn)
        .await?;
    Ok(rows)
}

/// Operating firms of a unit and of each below it.
///
/// # Errors
/// When the database fails.
pub async fn operating(conn: &mut Conn, day: &str, place: &UnitPath) -> Result<Vec<FirmsRow>> {
    let rows = sqlx::query_as(OPERATING)
        .bind(day)
        .bind(place.as_str())
        .bind(place.end())
        .fetch_all(conn)
        .await?;
    Ok(rows)
}
