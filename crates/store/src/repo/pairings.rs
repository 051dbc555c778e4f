//! Pairings.

use crate::{Conn, Result};

/// One pairing.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct PairingRow {
    /// Id.
    pub id: String,
    /// Version, from 1.
    pub version: i64,
    /// Id of the unit.
    pub unit: String,
    /// Id of the other unit.
    pub partner: Option<String>,
    /// The other, where it is none of ours.
    pub outside: String,
    /// What for.
    pub purpose: String,
    /// First day.
    pub from_on: String,
    /// The day it had ended.
    pub until_on: Option<String>,
    /// 1 for what was made up.
    pub sample: i64,
    /// Where a published fact is from.
    pub source: String,
}

crate::statements::statements! {
    INSERT = "INSERT INTO pairings (id, version, unit, partner, outside, purpose, from_on, until_on, sample, source) \
              VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)";
    UPDATE = "UPDATE pairings SET version = version + 1, unit = $3, partner = $4, outside = $5, purpose = $6, from_on = $7, \
              until_on = $8 WHERE id = $1 AND version = $2";
    DELETE = "DELETE FROM pairings WHERE id = $1 AND version = $2";
    BY_ID = "SELECT id, version, unit, partner, outside, purpose, from_on, until_on, sample, source FROM pairings WHERE id = $1";
    OF_UNIT = "SELECT id, version, unit, partner, outside, purpose, from_on, until_on, sample, source FROM pairings \
               WHERE unit = $1 OR partner = $1 ORDER BY from_on DESC, id";
}

/// Adds a pairing.
///
/// # Errors
/// [`crate::StoreError::Orphan`] without one of its units.
pub async fn insert(conn: &mut Conn, row: &PairingRow) -> Result<()> {
    sqlx::query(INSERT)
        .bind(row.id.as_str())
        .bind(row.version)
        .bind(row.unit.as_str())
        .bind(row.partner.as_deref())
        .bind(row.outside.as_str())
        .bind(row.purpose.as_str())
        .bind(row.from_on.as_str())
        .bind(row.until_on.as_deref())
        .bind(row.sample)
        .bind(row.source.as_str())
        .execute(conn)
        .await?;
    Ok(())
}

/// Stores a pairing that still has the version given, and raises it; false when somebody was faster.
///
/// # Errors
/// As [`insert`].
pub async fn update(conn: &mut Conn, row: &PairingRow) -> Result<bool> {
    let done = sqlx::query(UPDATE)
        .bind(row.id.as_str())
        .bind(row.version)
        .bind(row.unit.as_str())
        .bind(row.partner.as_deref())
        .bind(row.outside.as_str())
        .bind(row.purpose.as_str())
        .bind(row.from_on.as_str())
        .bind(row.until_on.as_deref())
        .execute(conn)
        .await?;
    Ok(done.rows_affected() == 1)
}

/// Takes a pairing away; false when it has another version.
///
/// # Errors
/// When the database fails.
pub async fn delete(conn: &mut Conn, id: &str, version: i64) -> Result<bool> {
    let done = sqlx::query(DELETE)
        .bind(id)
        .bind(version)
        .execute(conn)
        .await?;
    Ok(done.rows_affected() == 1)
}

/// The pairing with this id.
///
/// # Errors
/// When the database fails.
pub async fn by_id(conn: &mut Conn, id: &str) -> Result<Option<PairingRow>> {
    Ok(sqlx::query_as(BY_ID).bind(id).fetch_optional(conn).await?)
}

/// The pairings of a unit, on either side, the latest first.
///
/// # Errors
/// When the database fails.
pub async fn of_unit(conn: &mut Conn, unit: &str) -> Result<Vec<PairingRow>> {
    Ok(sqlx::query_as(OF_UNIT).bind(unit).fetch_all(conn).await?)
}
