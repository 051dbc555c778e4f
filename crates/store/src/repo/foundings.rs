//! Founding checks, and the firms they are made of.

use pingyi_domain::record::UnitPath;

use crate::row::{self, Row};
use crate::{Conn, Result};

crate::row::columns! {
    /// One check. Figures and thresholds are those of its day, so a change does not store them.
    FoundingRow in "foundings"
    form {
        /// Id of the unit it was decided for.
        unit: Option<String>,
        /// What it is called.
        title: String,
        /// Mode on the wire.
        mode: Option<String>,
        /// Note.
        note: String,
    }
    once {
        /// The day of the figures.
        on_date: String,
        /// Figures, JSON.
        figures: String,
        /// Thresholds, JSON.
        thresholds: String,
        /// 1 when all three conditions held.
        met: i64,
        /// 1 for what was made up.
        sample: i64,
    }
    finds {
        ALL = "ORDER BY on_date DESC, id";
        OF_UNIT = "WHERE unit = $1 ORDER BY on_date DESC, id";
    }
}

impl Row for FoundingRow {}

/// What of a firm counts for a check, and shows on the map.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct FirmBrief {
    /// Id.
    pub id: String,
    /// Id of the unit.
    pub unit: String,
    /// Full name.
    pub name: String,
    /// What the name is compared by.
    pub name_key: String,
    /// Credit code, or empty.
    pub credit_code: String,
    /// Kind on the wire.
    pub kind: String,
    /// Party members.
    pub members: Option<i64>,
    /// Millionths of a degree.
    pub lon: Option<i64>,
    /// Millionths of a degree.
    pub lat: Option<i64>,
    /// 1 while struck out today, as the next three are today's.
    pub struck: i64,
    /// 1 with its own organisation.
    pub own: i64,
    /// 1 in a joint one.
    pub joint: i64,
    /// 1 with an instructor, liaison, union or youth league.
    pub work: i64,
}

crate::statements::statements! {
    BRIEFS = "SELECT id, unit, name, name_key, credit_code, kind, members, lon, lat, struck, own, joint, work FROM firms \
              WHERE opened_on <= $1 AND unit IN (SELECT id FROM units WHERE path >= $2 AND path < $3)";
    COVERED_BY = "SELECT DISTINCT firm, unit FROM coverages WHERE kind IN ('own', 'joint') AND unit IS NOT NULL \
                  AND from_on <= $1 AND (until_on IS NULL OR until_on > $1)";
}

/// All checks, the latest first.
///
/// # Errors
/// When the database fails.
pub async fn all(conn: &mut Conn) -> Result<Vec<FoundingRow>> {
    row::find(conn, ALL, &[]).await
}

/// The checks decided for a unit, the latest first.
///
/// # Errors
/// When the database fails.
pub async fn of_unit(conn: &mut Conn, unit: &str) -> Result<Vec<FoundingRow>> {
    row::find(conn, OF_UNIT, &[unit]).await
}

/// The firms of a unit and all below it that had opened by a day.
///
/// # Errors
/// When the database fails.
pub async fn briefs(conn: &mut Conn, day: &str, place: &UnitPath) -> Result<Vec<FirmBrief>> {
    Ok(sqlx::query_as(BRIEFS)
        .bind(day)
        .bind(place.as_str())
        .bind(place.end())
        .fetch_all(conn)
        .await?)
}

/// Firm and organisation of every cover by an organisation on a day.
///
/// # Errors
/// When the database fails.
pub async fn covered_by(conn: &mut Conn, day: &str) -> Result<Vec<(String, String)>> {
    Ok(sqlx::query_as(COVERED_BY).bind(day).fetch_all(conn).await?)
}
