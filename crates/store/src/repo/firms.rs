//! Firms: the register, its lists, and the counts behind the two coverages.

mod list;

use super::pulses;
use crate::row::Row;
use crate::{Conn, Result};

pub use crate::row::{by_ids, insert_all as insert, update, update_all as update_many};
pub(crate) use list::samples;
pub use list::{FirmFilter, FirmView, SORTS, page, rows};

crate::row::columns! {
    /// One firm.
    FirmRow in "firms"
    form {
        /// Id of the unit.
        unit: String,
        /// Full name.
        name: String,
        /// What the name is compared by.
        name_key: String,
        /// Credit code, or empty.
        credit_code: String,
        /// Kind on the wire.
        kind: String,
        /// Code, or empty.
        sector: String,
        /// Employees.
        employees: Option<i64>,
        /// Party members.
        members: Option<i64>,
        /// Address.
        address: String,
        /// Millionths of a degree.
        lon: Option<i64>,
        /// Millionths of a degree.
        lat: Option<i64>,
        /// Day.
        opened_on: String,
        /// Code of the reason why nothing covers it, or empty.
        uncovered: String,
        /// Note.
        note: String,
    }
    once {
        /// 1 while struck out today, as the next three are today's.
        struck: i64,
        /// 1 with its own organisation.
        own: i64,
        /// 1 in a joint one.
        joint: i64,
        /// 1 with an instructor, liaison, union or youth league.
        work: i64,
        /// The import it came with.
        import: Option<String>,
        /// 1 for what was made up.
        sample: i64,
        /// Where a published fact is from.
        source: String,
    }
}

impl Row for FirmRow {
    const PULSE: Option<&'static str> = Some(pulses::FIRMS);
}

/// What a firm is recognised by.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct FirmKey {
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
}

/// Firms of one unit and sector that are the same on a day, counted.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct TallyRow {
    /// Id of the unit.
    pub unit: String,
    /// Code of the sector, or empty.
    pub sector: String,
    /// 1 when struck out.
    pub struck: i64,
    /// 1 with its own organisation.
    pub own: i64,
    /// 1 in a joint one.
    pub joint: i64,
    /// 1 with other cover.
    pub work: i64,
    /// How many.
    pub n: i64,
}

crate::statements::statements! {
    SET_TODAY = "UPDATE firms SET struck = $2, own = $3, joint = $4, work = $5 WHERE id = $1";
    BY_CODE = "SELECT id FROM firms WHERE credit_code = $1 AND credit_code <> '' AND id <> $2 LIMIT 1";
    KEYS = "SELECT id, unit, name, name_key, credit_code FROM firms ORDER BY id";
    KEYS_OF = "SELECT id, unit, name, name_key, credit_code FROM firms WHERE unit = $1 AND name_key = $2 ORDER BY id";
    TALLY_TODAY = "SELECT unit, sector, struck, own, joint, work, count(*) AS n FROM firms WHERE opened_on <= $1 \
                   GROUP BY unit, sector, struck, own, joint, work";
    TALLY_ON = "WITH c AS (SELECT firm, MAX(CASE WHEN kind = 'own' THEN 1 ELSE 0 END) AS own, \
                  MAX(CASE WHEN kind = 'joint' THEN 1 ELSE 0 END) AS joint, \
                  MAX(CASE WHEN kind IN ('own', 'joint') THEN 0 ELSE 1 END) AS work \
                  FROM coverages WHERE from_on <= $1 AND (until_on IS NULL OR until_on > $1) GROUP BY firm), \
                s AS (SELECT DISTINCT firm FROM strikes WHERE from_on <= $1 AND (until_on IS NULL OR until_on > $1)), \
                f AS (SELECT firms.unit AS unit, firms.sector AS sector, \
                  CAST(CASE WHEN s.firm IS NULL THEN 0 ELSE 1 END AS BIGINT) AS struck, \
                  CAST(COALESCE(c.own, 0) AS BIGINT) AS own, CAST(COALESCE(c.joint, 0) AS BIGINT) AS joint, \
                  CAST(COALESCE(c.work, 0) AS BIGINT) AS work \
                  FROM firms LEFT JOIN c ON c.firm = firms.id LEFT JOIN s ON s.firm = firms.id \
                  WHERE firms.opened_on <= $1) \
                SELECT unit, sector, struck, own, joint, work, count(*) AS n FROM f \
                GROUP BY unit, sector, struck, own, joint, work";
}

/// Keeps what holds today beside the firm: struck, own, joint, work.
///
/// # Errors
/// When the database fails.
pub async fn set_today(conn: &mut Conn, id: &str, today: [bool; 4]) -> Result<()> {
    pulses::raise(conn, pulses::FIRMS).await?;
    let mut query = sqlx::query(SET_TODAY).bind(id);
    for fact in today {
        query = query.bind(i64::from(fact));
    }
    query.execute(conn).await?;
    Ok(())
}

/// Another firm with this credit code.
///
/// # Errors
/// When the database fails.
pub async fn with_code(conn: &mut Conn, code: &str, other_than: &str) -> Result<Option<String>> {
    Ok(sqlx::query_scalar(BY_CODE)
        .bind(code)
        .bind(other_than)
        .fetch_optional(conn)
        .await?)
}

/// What all firms are recognised by.
///
/// # Errors
/// When the database fails.
pub async fn keys(conn: &mut Conn) -> Result<Vec<FirmKey>> {
    Ok(sqlx::query_as(KEYS).fetch_all(conn).await?)
}

/// The firms of a unit with this key of a name.
///
/// # Errors
/// When the database fails.
pub async fn keys_of(conn: &mut Conn, unit: &str, name_key: &str) -> Result<Vec<FirmKey>> {
    Ok(sqlx::query_as(KEYS_OF)
        .bind(unit)
        .bind(name_key)
        .fetch_all(conn)
        .await?)
}

/// Firms counted by unit, sector and what they are on a day: today from what is kept beside each firm, any other day
/// from the spells.
///
/// # Errors
/// When the database fails.
pub async fn tally(conn: &mut Conn, day: &str, is_today: bool) -> Result<Vec<TallyRow>> {
    let sql = if is_today { TALLY_TODAY } else { TALLY_ON };
    Ok(sqlx::query_as(sql).bind(day).fetch_all(conn).await?)
}
