//! Service centres, with the units they cover, their services and the cases served.

use crate::{Conn, Result};

/// One centre.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct CentreRow {
    /// Id.
    pub id: String,
    /// Version, from 1.
    pub version: i64,
    /// Id of the unit that keeps it.
    pub unit: String,
    /// Kind on the wire.
    pub kind: String,
    /// Name.
    pub name: String,
    /// Address.
    pub address: String,
    /// Day.
    pub opened_on: Option<String>,
    /// Day.
    pub closed_on: Option<String>,
    /// Self-service terminals.
    pub terminals: i64,
    /// Note.
    pub note: String,
    /// 1 for what was made up.
    pub sample: i64,
    /// Where a published fact is from.
    pub source: String,
    /// Ids of the units it covers beside its own.
    #[sqlx(skip)]
    pub covers: Vec<String>,
    /// Codes of its services.
    #[sqlx(skip)]
    pub services: Vec<String>,
}

crate::statements::statements! {
    INSERT = "INSERT INTO centres (id, version, unit, kind, name, address, opened_on, closed_on, terminals, note, sample, source) \
              VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)";
    UPDATE = "UPDATE centres SET version = version + 1, unit = $3, kind = $4, name = $5, address = $6, opened_on = $7, \
              closed_on = $8, terminals = $9, note = $10 WHERE id = $1 AND version = $2";
    DELETE = "DELETE FROM centres WHERE id = $1 AND version = $2";
    BY_ID = "SELECT id, version, unit, kind, name, address, opened_on, closed_on, terminals, note, sample, source \
             FROM centres WHERE id = $1";
    OF_UNIT = "SELECT id, version, unit, kind, name, address, opened_on, closed_on, terminals, note, sample, source \
               FROM centres WHERE unit = $1 OR id IN (SELECT centre FROM centre_units WHERE unit = $1) ORDER BY name, id";
    PUT_UNIT = "INSERT INTO centre_units (centre, unit) VALUES ($1, $2)";
    DROP_UNITS = "DELETE FROM centre_units WHERE centre = $1";
    UNITS = "SELECT unit FROM centre_units WHERE centre = $1 ORDER BY unit";
    PUT_SERVICE = "INSERT INTO centre_services (centre, service, since, note) VALUES ($1, $2, NULL, '')";
    DROP_SERVICE = "DELETE FROM centre_services WHERE centre = $1 AND service = $2";
    SERVICES = "SELECT service FROM centre_services WHERE centre = $1 ORDER BY service";
    CASES = "SELECT service, quarter, n FROM centre_cases WHERE centre = $1 ORDER BY quarter, service";
}

/// Makes the covered units and the services those of the row; a service with cases stays only if it is named.
async fn put_parts(conn: &mut Conn, row: &CentreRow) -> Result<()> {
    let id = row.id.as_str();
    sqlx::query(DROP_UNITS).bind(id).execute(&mut *conn).await?;
    for unit in &row.covers {
        sqlx::query(PUT_UNIT)
            .bind(id)
            .bind(unit.as_str())
            .execute(&mut *conn)
            .await?;
    }
    let stored: Vec<String> = services(conn, id).await?;
    for service in stored.iter().filter(|one| !row.services.contains(one)) {
        sqlx::query(DROP_SERVICE)
            .bind(id)
            .bind(service.as_str())
            .execute(&mut *conn)
            .await?;
    }
    for service in row.services.iter().filter(|one| !stored.contains(one)) {
        sqlx::query(PUT_SERVICE)
            .bind(id)
            .bind(service.as_str())
            .execute(&mut *conn)
            .await?;
    }
    Ok(())
}

async fn services(conn: &mut Conn, id: &str) -> Result<Vec<String>> {
    Ok(sqlx::query_scalar(SERVICES)
        .bind(id)
        .fetch_all(conn)
        .await?)
}

async fn with_parts(conn: &mut Conn, mut row: CentreRow) -> Result<CentreRow> {
    row.covers = sqlx::query_scalar(UNITS)
        .bind(row.id.as_str())
        .fetch_all(&mut *conn)
        .await?;
    row.services = services(conn, &row.id).await?;
    Ok(row)
}

/// Adds a centre.
///
/// # Errors
/// [`crate::StoreError::Orphan`] without a unit.
pub async fn insert(conn: &mut Conn, row: &CentreRow) -> Result<()> {
    sqlx::query(INSERT)
        .bind(row.id.as_str())
        .bind(row.version)
        .bind(row.unit.as_str())
        .bind(row.kind.as_str())
        .bind(row.name.as_str())
        .bind(row.address.as_str())
        .bind(row.opened_on.as_deref())
        .bind(row.closed_on.as_deref())
        .bind(row.terminals)
        .bind(row.note.as_str())
        .bind(row.sample)
        .bind(row.source.as_str())
        .execute(&mut *conn)
        .await?;
    put_parts(conn, row).await
}

/// Stores a centre that still has the version given, and raises it; false when somebody was faster.
///
/// # Errors
/// [`crate::StoreError::Orphan`] without a unit, and when a service goes for which cases were counted.
pub async fn update(conn: &mut Conn, row: &CentreRow) -> Result<bool> {
    let done = sqlx::query(UPDATE)
        .bind(row.id.as_str())
        .bind(row.version)
        .bind(row.unit.as_str())
        .bind(row.kind.as_str())
        .bind(row.name.as_str())
        .bind(row.address.as_str())
        .bind(row.opened_on.as_deref())
        .bind(row.closed_on.as_deref())
        .bind(row.terminals)
        .bind(row.note.as_str())
        .execute(&mut *conn)
        .await?;
    if done.rows_affected() != 1 {
        return Ok(false);
    }
    put_parts(conn, row).await?;
    Ok(true)
}

/// Takes a centre away; false when it has another version, and then the transaction must not be kept.
///
/// # Errors
/// [`crate::StoreError::Orphan`] when cases were counted for it.
pub async fn delete(conn: &mut Conn, id: &str, version: i64) -> Result<bool> {
    sqlx::query(DROP_UNITS).bind(id).execute(&mut *conn).await?;
    for service in services(conn, id).await? {
        sqlx::query(DROP_SERVICE)
            .bind(id)
            .bind(service.as_str())
            .execute(&mut *conn)
            .await?;
    }
    let done = sqlx::query(DELETE)
        .bind(id)
        .bind(version)
        .execute(conn)
        .await?;
    Ok(done.rows_affected() == 1)
}

/// The centre with this id.
///
/// # Errors
/// When the database fails.
pub async fn by_id(conn: &mut Conn, id: &str) -> Result<Option<CentreRow>> {
    let row = sqlx::query_as(BY_ID)
        .bind(id)
        .fetch_optional(&mut *conn)
        .await?;
    match row {
        Some(row) => Ok(Some(with_parts(conn, row).await?)),
        None => Ok(None),
    }
}

/// The centres a unit keeps or stands in.
///
/// # Errors
/// When the database fails.
pub async fn of_unit(conn: &mut Conn, unit: &str) -> Result<Vec<CentreRow>> {
    let rows: Vec<CentreRow> = sqlx::query_as(OF_UNIT)
        .bind(unit)
        .fetch_all(&mut *conn)
        .await?;
    let mut full = Vec::with_capacity(rows.len());
    for row in rows {
        full.push(with_parts(conn, row).await?);
    }
    Ok(full)
}

/// Cases served by a centre: service, quarter, how many; the oldest quarter first.
///
/// # Errors
/// When the database fails.
pub async fn cases(conn: &mut Conn, id: &str) -> Result<Vec<(String, String, i64)>> {
    Ok(sqlx::query_as(CASES).bind(id).fetch_all(conn).await?)
}
