//! The spells of firms: struck out, and covered.

use sqlx::AssertSqlSafe;

use crate::{Conn, Result};

/// A time in which a firm is struck out.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct StrikeRow {
    /// Id.
    pub id: String,
    /// Version, from 1.
    pub version: i64,
    /// Id of the firm.
    pub firm: String,
    /// Code of the reason.
    pub reason: String,
    /// First day.
    pub from_on: String,
    /// The day it had ended.
    pub until_on: Option<String>,
    /// Note.
    pub note: String,
}

/// A time in which something covers a firm.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct CoverageRow {
    /// Id.
    pub id: String,
    /// Version, from 1.
    pub version: i64,
    /// Id of the firm.
    pub firm: String,
    /// Kind on the wire.
    pub kind: String,
    /// Id of the organisation.
    pub unit: Option<String>,
    /// Id of the instructor's term.
    pub post: Option<String>,
    /// First day.
    pub from_on: String,
    /// The day it had ended.
    pub until_on: Option<String>,
    /// Note.
    pub note: String,
}

crate::statements::statements! {
    UPDATE_STRIKE = "UPDATE strikes SET version = version + 1, reason = $3, from_on = $4, until_on = $5, note = $6 \
                     WHERE id = $1 AND version = $2";
    DELETE_STRIKE = "DELETE FROM strikes WHERE id = $1 AND version = $2";
    STRIKE = "SELECT id, version, firm, reason, from_on, until_on, note FROM strikes WHERE id = $1";
    STRIKES_OF = "SELECT id, version, firm, reason, from_on, until_on, note FROM strikes WHERE firm = $1 \
                  ORDER BY from_on DESC, id";
    UPDATE_COVERAGE = "UPDATE coverages SET version = version + 1, kind = $3, unit = $4, post = $5, from_on = $6, \
                       until_on = $7, note = $8 WHERE id = $1 AND version = $2";
    DELETE_COVERAGE = "DELETE FROM coverages WHERE id = $1 AND version = $2";
    COVERAGE = "SELECT id, version, firm, kind, unit, post, from_on, until_on, note FROM coverages WHERE id = $1";
    COVERAGES_OF = "SELECT id, version, firm, kind, unit, post, from_on, until_on, note FROM coverages WHERE firm = $1 \
                    ORDER BY from_on DESC, id";
    STRUCK_ON = "SELECT firm, reason FROM strikes WHERE from_on <= $1 AND (until_on IS NULL OR until_on > $1)";
    INSTRUCTORS = "SELECT id, holder FROM posts WHERE kind = 'instructor' AND from_on <= $1 \
                   AND (until_on IS NULL OR until_on > $1) ORDER BY holder, id";
}

/// Rows of one statement.
const AT_ONCE: usize = 1000;

/// Adds strikes, many at once.
///
/// # Errors
/// [`crate::StoreError::Orphan`] without the firm.
pub async fn insert_strikes(conn: &mut Conn, strikes: &[StrikeRow]) -> Result<()> {
    for some in strikes.chunks(AT_ONCE) {
        let sql = format!(
            "INSERT INTO strikes (id, version, firm, reason, from_on, until_on, note) VALUES {}",
            crate::list::places(some.len(), 7)
        );
        let mut query = sqlx::query(AssertSqlSafe(sql));
        for strike in some {
            query = query
                .bind(strike.id.as_str())
                .bind(strike.version)
                .bind(strike.firm.as_str())
                .bind(strike.reason.as_str())
                .bind(strike.from_on.as_str())
                .bind(strike.until_on.as_deref())
                .bind(strike.note.as_str());
        }
        query.execute(&mut *conn).await?;
    }
    Ok(())
}

/// Adds covers, many at once.
///
/// # Errors
/// [`crate::StoreError::Orphan`] without the firm, the organisation or the term.
pub async fn insert_coverages(conn: &mut Conn, coverages: &[CoverageRow]) -> Result<()> {
    for some in coverages.chunks(AT_ONCE) {
        let sql = format!(
            "INSERT INTO coverages (id, version, firm, kind, unit, post, from_on, until_on, note) VALUES {}",
            crate::list::places(some.len(), 9)
        );
        let mut query = sqlx::query(AssertSqlSafe(sql));
        for cover in some {
            query = query
                .bind(cover.id.as_str())
                .bind(cover.version)
                .bind(cover.firm.as_str())
                .bind(cover.kind.as_str())
                .bind(cover.unit.as_deref())
                .bind(cover.post.as_deref())
                .bind(cover.from_on.as_str())
                .bind(cover.until_on.as_deref())
                .bind(cover.note.as_str());
        }
        query.execute(&mut *conn).await?;
    }
    Ok(())
}

/// Stores a strike that still has the version given; false when somebody was faster.
///
/// # Errors
/// When the database fails.
pub async fn update_strike(conn: &mut Conn, strike: &StrikeRow) -> Result<bool> {
    let done = sqlx::query(UPDATE_STRIKE)
        .bind(strike.id.as_str())
        .bind(strike.version)
        .bind(strike.reason.as_str())
        .bind(strike.from_on.as_str())
        .bind(strike.until_on.as_deref())
        .bind(strike.note.as_str())
        .execute(conn)
        .await?;
    Ok(done.rows_affected() == 1)
}

/// Stores a cover that still has the version given; false when somebody was faster.
///
/// # Errors
/// [`crate::StoreError::Orphan`] without the organisation or the term.
pub async fn update_coverage(conn: &mut Conn, cover: &CoverageRow) -> Result<bool> {
    let done = sqlx::query(UPDATE_COVERAGE)
        .bind(cover.id.as_str())
        .bind(cover.version)
        .bind(cover.kind.as_str())
        .bind(cover.unit.as_deref())
        .bind(cover.post.as_deref())
        .bind(cover.from_on.as_str())
        .bind(cover.until_on.as_deref())
        .bind(cover.note.as_str())
        .execute(conn)
        .await?;
    Ok(done.rows_affected() == 1)
}

/// Takes a strike away; false when it has another version.
///
/// # Errors
/// When the database fails.
pub async fn delete_strike(conn: &mut Conn, id: &str, version: i64) -> Result<bool> {
    let query = sqlx::query(DELETE_STRIKE).bind(id).bind(version);
    Ok(query.execute(conn).await?.rows_affected() == 1)
}

/// Takes a cover away; false when it has another version.
///
/// # Errors
/// When the database fails.
pub async fn delete_coverage(conn: &mut Conn, id: &str, version: i64) -> Result<bool> {
    let query = sqlx::query(DELETE_COVERAGE).bind(id).bind(version);
    Ok(query.execute(conn).await?.rows_affected() == 1)
}

/// The strike with this id.
///
/// # Errors
/// When the database fails.
pub async fn strike(conn: &mut Conn, id: &str) -> Result<Option<StrikeRow>> {
    Ok(sqlx::query_as(STRIKE).bind(id).fetch_optional(conn).await?)
}

/// The cover with this id.
///
/// # Errors
/// When the database fails.
pub async fn coverage(conn: &mut Conn, id: &str) -> Result<Option<CoverageRow>> {
    Ok(sqlx::query_as(COVERAGE)
        .bind(id)
        .fetch_optional(conn)
        .await?)
}

/// All strikes of a firm, the latest first.
///
/// # Errors
/// When the database fails.
pub async fn strikes_of(conn: &mut Conn, firm: &str) -> Result<Vec<StrikeRow>> {
    Ok(sqlx::query_as(STRIKES_OF)
        .bind(firm)
        .fetch_all(conn)
        .await?)
}

/// All covers of a firm, the latest first.
///
/// # Errors
/// When the database fails.
pub async fn coverages_of(conn: &mut Conn, firm: &str) -> Result<Vec<CoverageRow>> {
    Ok(sqlx::query_as(COVERAGES_OF)
        .bind(firm)
        .fetch_all(conn)
        .await?)
}

/// Firms struck out on a day, each with the code of the reason.
///
/// # Errors
/// When the database fails.
pub async fn struck_on(conn: &mut Conn, day: &str) -> Result<Vec<(String, String)>> {
    Ok(sqlx::query_as(STRUCK_ON).bind(day).fetch_all(conn).await?)
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
