//! Party-member shops.

use crate::row::{self, Row};
use crate::{Conn, Result};

crate::row::columns! {
    /// One shop.
    ShopRow in "shops"
    form {
        /// Id of the unit.
        unit: String,
        /// Name.
        name: String,
        /// Where it is.
        place: String,
        /// Number of the plaque.
        plaque: String,
        /// Day of the plaque.
        given_on: String,
        /// The pledge.
        pledge: String,
        /// Day of the pledge.
        pledged_on: Option<String>,
        /// Day the plaque was taken back.
        withdrawn_on: Option<String>,
        /// Why.
        withdrawn_reason: String,
    }
    once {
        /// 1 for what was made up.
        sample: i64,
        /// Where a published fact is from.
        source: String,
    }
    finds {
        OF_UNIT = "WHERE unit = $1 ORDER BY name, id";
    }
}

impl Row for ShopRow {}

crate::statements::statements! {
    WITH_PLAQUE = "SELECT id FROM shops WHERE plaque = $1 AND withdrawn_on IS NULL";
}

/// The shops of a unit by name.
///
/// # Errors
/// When the database fails.
pub async fn of_unit(conn: &mut Conn, unit: &str) -> Result<Vec<ShopRow>> {
    row::find(conn, OF_UNIT, &[unit]).await
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
