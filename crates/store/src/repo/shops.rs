//! Party-member shops.

use crate::{Conn, Result};

/// One shop.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct ShopRow {
    /// Id.
    pub id: String,
    /// Version, from 1.
    pub version: i64,
    /// Id of the unit.
    pub unit: String,
    /// Name.
    pub name: String,
    /// Where it is.
    pub place: String,
    /// Number of the plaque.
    pub plaque: String,
    /// Day of the plaque.
    pub given_on: String,
    /// The pledge.
    pub pledge: String,
    /// Day of the pledge.
    pub pledged_on: Option<String>,
    /// Day the plaque was taken back.
    pub withdrawn_on: Option<String>,
    /// Why.
    pub withdrawn_reason: String,
    /// 1 for what was made up.
    pub sample: i64,
    /// Where a published fact is from.
    pub source: String,
}

crate::statements::statements! {
    INSERT = "INSERT INTO shops (id, version, unit, name, place, plaque, given_on, pledge, pledged_on, withdrawn_on, \
              withdrawn_reason, sample, source) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)";
    UPDATE = "UPDATE shops SET version = version + 1, unit = $3, name = $4, place = $5, plaque = $6, given_on = $7, pledge = $8, \
              pledged_on = $9, withdrawn_on = $10, withdrawn_reason = $11 WHERE id = $1 AND version = $2";
    DELETE = "DELETE FROM shops WHERE id = $1 AND version = $2";
    BY_ID = "SELECT id, version, unit, name, place, plaque, given_on, pledge, pledged_on, withdrawn_on, withdrawn_reason, \
             sample, source FROM shops WHERE id = $1";
    OF_UNIT = "SELECT id, version, unit, name, place, plaque, given_on, pledge, pledged_on, withdrawn_on, withdrawn_reason, \
               sample, source FROM shops WHERE unit = $1 ORDER BY name, id";
    WITH_PLAQUE = "SELECT id FROM shops WHERE plaque = $1 AND withdrawn_on IS NULL";
}

/// Adds a shop.
///
/// # Errors
/// [`crate::StoreError::Orphan`] without its unit.
pub async fn insert(conn: &mut Conn, row: &ShopRow) -> Result<()> {
    sqlx::query(INSERT)
        .bind(row.id.as_str())
        .bind(row.version)
        .bind(row.unit.as_str())
        .bind(row.name.as_str())
        .bind(row.place.as_str())
        .bind(row.plaque.as_str())
        .bind(row.given_on.as_str())
        .bind(row.pledge.as_str())
        .bind(row.pledged_on.as_deref())
        .bind(row.withdrawn_on.as_deref())
        .bind(row.withdrawn_reason.as_str())
        .bind(row.sample)
        .bind(row.source.as_str())
        .execute(conn)
        .await?;
    Ok(())
}

/// Stores a shop that still has the version given, and raises it; false when somebody was faster.
///
/// # Errors
/// As [`insert`].
pub async fn update(conn: &mut Conn, row: &ShopRow) -> Result<bool> {
    let done = sqlx::query(UPDATE)
        .bind(row.id.as_str())
        .bind(row.version)
        .bind(row.unit.as_str())
        .bind(row.name.as_str())
        .bind(row.place.as_str())
        .bind(row.plaque.as_str())
        .bind(row.given_on.as_str())
        .bind(row.pledge.as_str())
        .bind(row.pledged_on.as_deref())
        .bind(row.withdrawn_on.as_deref())
        .bind(row.withdrawn_reason.as_str())
        .execute(conn)
        .await?;
    Ok(done.rows_affected() == 1)
}

/// Takes a shop away; false when it has another version.
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

/// The shop with this id.
///
/// # Errors
/// When the database fails.
pub async fn by_id(conn: &mut Conn, id: &str) -> Result<Option<ShopRow>> {
    Ok(sqlx::query_as(BY_ID).bind(id).fetch_optional(conn).await?)
}

/// The shops of a unit by name.
///
/// # Errors
/// When the database fails.
pub async fn of_unit(conn: &mut Conn, unit: &str) -> Result<Vec<ShopRow>> {
    Ok(sqlx::query_as(OF_UNIT).bind(unit).fetch_all(conn).await?)
}

/// Ids of the shops that have this number and were not withdrawn.
///
/// # Errors
/// When the database fails.
pub async fn with_plaque(conn: &mut Conn, plaque: &str) -> Result<Vec<String>> {
    Ok(sqlx::query_scalar(WITH_PLAQUE)
        .bind(plaque)
        .fetch_all(conn)
        .await?)
}
