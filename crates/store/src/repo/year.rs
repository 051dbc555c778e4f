//! What a year of a unit came to: entries by kind and quarter, matters, and entries still unconfirmed.

use pingyi_domain::record::UnitPath;

use crate::repo::indicators::Counted;
use crate::{Conn, Result};

/// The entries of one kind in one month.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct KindRow {
    /// Code of the kind.
    pub kind: String,
    /// `YYYY-MM`.
    pub month: String,
    /// Entries.
    pub entries: i64,
    /// Of these not yet confirmed.
    pub unconfirmed: i64,
    /// People.
    pub people: i64,
}

/// The matters of a year.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, sqlx::FromRow)]
pub struct MattersRow {
    /// Raised in it.
    pub raised: i64,
    /// Closed in it.
    pub closed: i64,
    /// Not closed on its last day.
    pub open: i64,
    /// Of these due before that day.
    pub overdue: i64,
}

crate::statements::statements! {
    // Nearly all units are asked for: `|| ''` keeps SQLite from reading the entries unit by unit, beside their index.
    KINDS = "SELECT kind, substr(on_date, 1, 7) AS month, count(*) AS entries, \
             CAST(SUM(CASE WHEN state = 'recorded' THEN 1 ELSE 0 END) AS BIGINT) AS unconfirmed, \
             CAST(COALESCE(SUM(headcount), 0) AS BIGINT) AS people FROM entries \
             WHERE state <> 'returned' AND on_date >= $1 AND on_date <= $2 \
             AND unit || '' IN (SELECT id FROM units WHERE path >= $3 AND path < $4) GROUP BY kind, substr(on_date, 1, 7)";
    // A closed matter was open until the day it was closed on.
    MATTERS = "SELECT CAST(COALESCE(SUM(CASE WHEN raised_on >= $1 THEN 1 ELSE 0 END), 0) AS BIGINT) AS raised, \
               CAST(COALESCE(SUM(CASE WHEN closed_on >= $1 AND closed_on <= $2 THEN 1 ELSE 0 END), 0) AS BIGINT) AS closed, \
               CAST(COALESCE(SUM(CASE WHEN closed_on IS NULL OR closed_on > $2 THEN 1 ELSE 0 END), 0) AS BIGINT) AS open, \
               CAST(COALESCE(SUM(CASE WHEN (closed_on IS NULL OR closed_on > $2) AND due_on < $2 THEN 1 ELSE 0 END), 0) \
               AS BIGINT) AS overdue FROM matters \
               WHERE raised_on <= $2 AND unit IN (SELECT id FROM units WHERE path >= $3 AND path < $4)";
    UNCONFIRMED = "SELECT unit, count(*) FROM entries WHERE state = 'recorded' AND on_date >= $1 AND on_date <= $2 \
                   AND ($3 = '' OR kind = $3) AND ($4 = '' OR topic = $4) GROUP BY unit";
    UNCONFIRMED_QUARTERS = "SELECT unit, count(*) FROM entries WHERE state = 'recorded' AND ($3 = '' OR kind = $3) \
                            AND ($4 = '' OR topic = $4) AND ((quarter IS NULL AND on_date >= $1 AND on_date <= $2) \
                            OR (quarter >= $5 AND quarter <= $6)) GROUP BY unit";
}

/// The entries of a unit and all below it from day to day by kind and month; those given back are left out.
///
/// # Errors
/// When the database fails.
pub async fn kinds(
    conn: &mut Conn,
    (from, until): (&str, &str),
    place: &UnitPath,
) -> Result<Vec<KindRow>> {
    Ok(sqlx::query_as(KINDS)
        .bind(from)
        .bind(until)
        .bind(place.as_str())
        .bind(place.end())
        .fetch_all(conn)
        .await?)
}

/// The matters of a unit and all below it from day to day.
///
/// # Errors
/// When the database fails.
pub async fn matters(
    conn: &mut Conn,
    (from, until): (&str, &str),
    place: &UnitPath,
) -> Result<MattersRow> {
    Ok(sqlx::query_as(MATTERS)
        .bind(from)
        .bind(until)
        .bind(place.as_str())
        .bind(place.end())
        .fetch_one(conn)
        .await?)
}

/// How many of the entries an indicator counts are not confirmed, by unit; `by_quarter` for the measure that counts
/// quarters.
///
/// # Errors
/// When the database fails.
pub async fn unconfirmed(
    conn: &mut Conn,
    by: &Counted,
    by_quarter: bool,
) -> Result<Vec<(String, i64)>> {
    let sql = if by_quarter {
        UNCONFIRMED_QUARTERS
    } else {
        UNCONFIRMED
    };
    let mut query = sqlx::query_as(sql)
        .bind(by.first.as_str())
        .bind(by.last.as_str())
        .bind(by.kind.as_str())
        .bind(by.topic.as_str());
    if by_quarter {
        query = query
            .bind(by.first_quarter.as_str())
            .bind(by.last_quarter.as_str());
    }
    Ok(query.fetch_all(conn).await?)
}
