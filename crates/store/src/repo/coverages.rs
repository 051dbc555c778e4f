//! The spells of firms: struck out, and covered.

use sqlx::{Any, AssertSqlSafe};

use crate::list::VALUES_AT_ONCE;
use crate::row::{self, Row};
use crate::{Conn, Result};

crate::row::columns! {
    /// A time in which a firm is struck out.
    StrikeRow in "strikes"
    form {
        /// Code of the reason.
        reason: String,
        /// First day.
        from_on: String,
        /// The day it had ended.
        until_on: Option<String>,
        /// Note.
        note: String,
    }
    once {
        /// Id of the firm.
        firm: String,
    }
    finds {
        STRIKES_OF = "WHERE firm = $1 ORDER BY from_on DESC, id";
    }
}

impl Row for StrikeRow {
    const PULSE: Option<&'static str> = Some(super::pulses::FIRMS);
}

crate::row::columns! {
    /// A time in which something covers a firm.
    CoverageRow in "coverages"
    form {
        /// Kind on the wire.
        kind: String,
        /// Id of the organisation.
        unit: Option<String>,
        /// Id of the instructor's term.
        post: Option<String>,
        /// First day.
        from_on: String,
        /// The day it had ended.
        until_on: Option<String>,
        /// Note.
        note: String,
    }
    once {
        /// Id of the firm.
        firm: String,
    }
    finds {
        COVERAGES_OF = "WHERE firm = $1 ORDER BY from_on DESC, id";
    }
}

impl Row for CoverageRow {
    const PULSE: Option<&'static str> = Some(super::pulses::FIRMS);
}

crate::statements::statements! {
    INSTRUCTED = "SELECT coverages.post, firms.id, firms.name, coverages.from_on FROM coverages \
                  JOIN firms ON firms.id = coverages.firm WHERE coverages.kind = 'instructor' AND coverages.post IS NOT NULL \
                  AND coverages.from_on <= $1 AND (coverages.until_on IS NULL OR coverages.until_on > $1) \
                  AND firms.opened_on <= $1 AND firms.struck = 0 ORDER BY firms.name, firms.id";
    VISITED = "SELECT entries.post, entry_firms.firm, SUM(CASE WHEN entries.on_date >= $1 AND entries.on_date <= $2 THEN 1 \
               ELSE 0 END) AS n, MAX(entries.on_date) AS last_on FROM entries JOIN entry_firms ON entry_firms.entry = entries.id \
               WHERE entries.kind = 'visit' AND entries.state <> 'returned' AND entries.post IS NOT NULL \
               GROUP BY entries.post, entry_firms.firm";
    OUTLIVES = "SELECT count(*) FROM coverages WHERE post = $1 AND (until_on IS NULL OR until_on > $2)";
    INSTRUCTORS_AT = "SELECT posts.id, posts.holder, units.path FROM posts JOIN units ON units.id = posts.unit \
                      WHERE posts.kind = 'instructor' AND posts.from_on <= $1 \
                      AND (posts.until_on IS NULL OR posts.until_on > $1) ORDER BY posts.id";
    INSTRUCTORS = "SELECT id, holder FROM posts WHERE kind = 'instructor' AND from_on <= $1 \
                   AND (until_on IS NULL OR until_on > $1) ORDER BY holder, id";
}

/// All strikes of a firm, the latest first.
///
/// # Errors
/// When the database fails.
pub async fn strikes_of(conn: &mut Conn, firm: &str) -> Result<Vec<StrikeRow>> {
    row::find(conn, STRIKES_OF, &[firm]).await
}

/// All covers of a firm, the latest first.
///
/// # Errors
/// When the database fails.
pub async fn coverages_of(conn: &mut Conn, firm: &str) -> Result<Vec<CoverageRow>> {
    row::find(conn, COVERAGES_OF, &[firm]).await
}

/// Those of some firms that are struck out on a day, each with the code of the reason.
///
/// # Errors
/// When the database fails.
pub async fn struck_on(
    conn: &mut Conn,
    day: &str,
    firms: &[&str],
) -> Result<Vec<(String, String)>> {
    let mut struck = Vec::new();
    for some in firms.chunks(VALUES_AT_ONCE - 1) {
        let sql = struck_sql(some.len());
        let mut query = sqlx::query_as::<Any, (String, String)>(AssertSqlSafe(sql)).bind(day);
        for firm in some {
            query = query.bind(*firm);
        }
        struck.extend(query.fetch_all(&mut *conn).await?);
    }
    Ok(struck)
}

fn struck_sql(firms: usize) -> String {
    let places: Vec<String> = (0..firms).map(|at| format!("${}", at + 2)).collect();
    format!(
        "SELECT firm, reason FROM strikes WHERE from_on <= $1 AND (until_on IS NULL OR until_on > $1) AND firm IN ({})",
        places.join(", ")
    )
}

/// The statement of a list of two, for the test that prepares all statements.
pub(crate) fn samples() -> Vec<String> {
    vec![struck_sql(2)]
}

/// Ids and holders of the terms of instructors that run on a day.
///
/// # Errors
/// When the database fails.
pub async fn instructors(conn: &mut Conn, day: &str) -> Result<Vec<(String, String)>> {
    Ok(sqlx::query_as(INSTRUCTORS)
        .bind(day)
        .fetch_all(conn)
        .await?)
}

/// A firm of an instructor.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct InstructedRow {
    /// Id of the instructor's term.
    pub post: String,
    /// Id of the firm.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Since which day.
    pub from_on: String,
}

/// How often an instructor visited a firm.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct VisitedRow {
    /// Id of the instructor's term.
    pub post: String,
    /// Id of the firm.
    pub firm: String,
    /// Visits in the days asked for.
    pub n: i64,
    /// Day of the last visit ever.
    pub last_on: String,
}

/// The operating firms that instructors look after on a day, which is today, by name.
///
/// # Errors
/// When the database fails.
pub async fn instructed(conn: &mut Conn, day: &str) -> Result<Vec<InstructedRow>> {
    Ok(sqlx::query_as(INSTRUCTED).bind(day).fetch_all(conn).await?)
}

/// The visits of instructors to firms, as the ledger has them, counted from day to day; entries given back are not.
///
/// # Errors
/// When the database fails.
pub async fn visited(conn: &mut Conn, from: &str, until: &str) -> Result<Vec<VisitedRow>> {
    Ok(sqlx::query_as(VISITED)
        .bind(from)
        .bind(until)
        .fetch_all(conn)
        .await?)
}

/// How many covers of an instructor's term go on after a day.
///
/// # Errors
/// When the database fails.
pub async fn outlive(conn: &mut Conn, post: &str, day: &str) -> Result<i64> {
    let query = sqlx::query_scalar(OUTLIVES).bind(post).bind(day);
    Ok(query.fetch_one(conn).await?)
}

/// Ids and holders of the terms of instructors that run on a day, with the places of their units.
///
/// # Errors
/// When the database fails.
pub async fn instructors_at(conn: &mut Conn, day: &str) -> Result<Vec<(String, String, String)>> {
    let query = sqlx::query_as(INSTRUCTORS_AT).bind(day);
    Ok(query.fetch_all(conn).await?)
}
