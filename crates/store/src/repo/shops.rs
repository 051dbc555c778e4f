//! Party-member shops.

use pingyi_domain::record::Scope;

use crate::list::{Ask, Cursor, Select};
use crate::row::{self, Row};
use crate::{Conn, Result};

/// An inspection of a shop.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct InspectionRow {
    /// Id.
    pub id: String,
    /// Id of the shop.
    pub shop: String,
    /// Day.
    pub on_date: String,
    /// 1 when all was in order.
    pub passed: i64,
    /// What was found.
    pub finding: String,
}

crate::row::columns! {
    /// One shop.
    ShopRow in "shops"
    form {
        /// Id of the unit.
        unit: String,
        /// Name.
        name: String,
        /// Id of the firm it is.
        firm: Option<String>,
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
    FIRMS_OF_UNIT = "SELECT firms.id, firms.name FROM shops JOIN firms ON firms.id = shops.firm WHERE shops.unit = $1 \
                     ORDER BY firms.id";
    INSPECT = "INSERT INTO shop_inspections (id, shop, on_date, passed, finding) VALUES ($1, $2, $3, $4, $5)";
    INSPECTIONS = "SELECT id, shop, on_date, passed, finding FROM shop_inspections WHERE shop = $1 ORDER BY on_date DESC, id";
    INSPECTION = "SELECT id, shop, on_date, passed, finding FROM shop_inspections WHERE id = $1";
    DROP_INSPECTION = "DELETE FROM shop_inspections WHERE id = $1";
    LAST_INSPECTED = "SELECT shop_inspections.shop, MAX(shop_inspections.on_date) FROM shop_inspections \
                      JOIN shops ON shops.id = shop_inspections.shop WHERE shops.unit = $1 GROUP BY shop_inspections.shop";
    WITH_PLAQUE = "SELECT id FROM shops WHERE plaque = $1 AND withdrawn_on IS NULL";
}

/// The shops of a unit by name.
///
/// # Errors
/// When the database fails.
pub async fn of_unit(conn: &mut Conn, unit: &str) -> Result<Vec<ShopRow>> {
    row::find(conn, OF_UNIT, &[unit]).await
}

/// Ids and names of the firms that shops of a unit are.
///
/// # Errors
/// When the database fails.
pub async fn firms_of_unit(conn: &mut Conn, unit: &str) -> Result<Vec<(String, String)>> {
    Ok(sqlx::query_as(FIRMS_OF_UNIT)
        .bind(unit)
        .fetch_all(conn)
        .await?)
}

/// Writes an inspection down.
///
/// # Errors
/// [`crate::StoreError::Orphan`] without the shop.
pub async fn inspect(conn: &mut Conn, row: &InspectionRow) -> Result<()> {
    sqlx::query(INSPECT)
        .bind(row.id.as_str())
        .bind(row.shop.as_str())
        .bind(row.on_date.as_str())
        .bind(row.passed)
        .bind(row.finding.as_str())
        .execute(conn)
        .await?;
    Ok(())
}

/// The inspections of a shop, the latest first.
///
/// # Errors
/// When the database fails.
pub async fn inspections(conn: &mut Conn, shop: &str) -> Result<Vec<InspectionRow>> {
    Ok(sqlx::query_as(INSPECTIONS)
        .bind(shop)
        .fetch_all(conn)
        .await?)
}

/// The inspection with this id.
///
/// # Errors
/// When the database fails.
pub async fn inspection(conn: &mut Conn, id: &str) -> Result<Option<InspectionRow>> {
    Ok(sqlx::query_as(INSPECTION)
        .bind(id)
        .fetch_optional(conn)
        .await?)
}

/// Takes an inspection away; false when it is not there any more.
///
/// # Errors
/// When the database fails.
pub async fn drop_inspection(conn: &mut Conn, id: &str) -> Result<bool> {
    let done = sqlx::query(DROP_INSPECTION).bind(id).execute(conn).await?;
    Ok(done.rows_affected() == 1)
}

/// The day each shop of a unit was inspected last; those never inspected are left out.
///
/// # Errors
/// When the database fails.
pub async fn last_inspected(conn: &mut Conn, unit: &str) -> Result<Vec<(String, String)>> {
    Ok(sqlx::query_as(LAST_INSPECTED)
        .bind(unit)
        .fetch_all(conn)
        .await?)
}

/// A shop by name, for a choice.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct NamedShop {
    /// Id.
    pub id: String,
    /// Name.
    pub name: String,
    /// Id of the unit.
    pub unit: String,
}

fn select(scope: &Scope, also: &str) -> Select {
    Select::new("id, name, unit", "shops")
        .scope("unit", scope)
        .and("(withdrawn_on IS NULL OR id = ?)", [also.into()])
}

/// The shops of the units in the scope whose plaques hang, and the one with the id `also`, by name.
///
/// # Errors
/// When the database fails.
pub async fn named(conn: &mut Conn, scope: &Scope, also: &str) -> Result<Vec<NamedShop>> {
    let place = |row: &NamedShop| Cursor::after(row.name.as_str(), row.id.as_str());
    let (rows, _) = select(scope, also)
        .rows(conn, &Ask::all("name"), place)
        .await?;
    Ok(rows)
}

/// Every shape of the list, for the test that prepares all statements.
pub(crate) fn samples() -> Vec<String> {
    let path = pingyi_domain::record::UnitPath::of(None, &crate::list::sample_unit());
    crate::list::shapes(&select(&Scope::Under(path), "x"), &["name"])
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
