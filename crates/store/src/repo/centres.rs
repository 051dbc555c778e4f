//! Service centres, with the units they cover, their services and the cases served.

use crate::row::{self, Row};
use crate::{Conn, Result};

crate::row::columns! {
    /// One centre.
    CentreRow in "centres"
    form {
        /// Id of the unit that keeps it.
        unit: String,
        /// Kind on the wire.
        kind: String,
        /// Name.
        name: String,
        /// Address.
        address: String,
        /// Day.
        opened_on: Option<String>,
        /// Day.
        closed_on: Option<String>,
        /// Self-service terminals.
        terminals: i64,
        /// Note.
        note: String,
    }
    once {
        /// 1 for what was made up.
        sample: i64,
        /// Where a published fact is from.
        source: String,
    }
    parts {
        /// Ids of the units it covers beside its own.
        covers: Vec<String>,
        /// Codes of its services.
        services: Vec<String>,
    }
    finds {
        OF_UNIT = "WHERE unit = $1 OR id IN (SELECT centre FROM centre_units WHERE unit = $1) ORDER BY name, id";
    }
}

crate::statements::statements! {
    PUT_UNIT = "INSERT INTO centre_units (centre, unit) VALUES ($1, $2)";
    DROP_UNITS = "DELETE FROM centre_units WHERE centre = $1";
    UNITS = "SELECT unit FROM centre_units WHERE centre = $1 ORDER BY unit";
    PUT_SERVICE = "INSERT INTO centre_services (centre, service, since, note) VALUES ($1, $2, NULL, '')";
    DROP_SERVICE = "DELETE FROM centre_services WHERE centre = $1 AND service = $2";
    DROP_SERVICES = "DELETE FROM centre_services WHERE centre = $1";
    SERVICES = "SELECT service FROM centre_services WHERE centre = $1 ORDER BY service";
    PUT_CASES = "INSERT INTO centre_cases (centre, service, quarter, n) VALUES ($1, $2, $3, $4)";
    DROP_CASES = "DELETE FROM centre_cases WHERE centre = $1 AND quarter = $2";
    CASES = "SELECT service, quarter, n FROM centre_cases WHERE centre = $1 ORDER BY quarter, service";
}

async fn services(conn: &mut Conn, id: &str) -> Result<Vec<String>> {
    Ok(sqlx::query_scalar(SERVICES)
        .bind(id)
        .fetch_all(conn)
        .await?)
}

impl Row for CentreRow {
    /// A service with cases stays only if it is named.
    async fn put_parts(&self, conn: &mut Conn) -> Result<()> {
        let id = self.id.as_str();
        sqlx::query(DROP_UNITS).bind(id).execute(&mut *conn).await?;
        for unit in &self.covers {
            let query = sqlx::query(PUT_UNIT).bind(id).bind(unit);
            query.execute(&mut *conn).await?;
        }
        let stored = services(conn, id).await?;
        for service in stored.iter().filter(|one| !self.services.contains(one)) {
            let query = sqlx::query(DROP_SERVICE).bind(id).bind(service);
            query.execute(&mut *conn).await?;
        }
        for service in self.services.iter().filter(|one| !stored.contains(one)) {
            let query = sqlx::query(PUT_SERVICE).bind(id).bind(service);
            query.execute(&mut *conn).await?;
        }
        Ok(())
    }

    async fn read_parts(&mut self, conn: &mut Conn) -> Result<()> {
        let query = sqlx::query_scalar(UNITS).bind(&self.id);
        self.covers = query.fetch_all(&mut *conn).await?;
        self.services = services(conn, &self.id).await?;
        Ok(())
    }

    async fn drop_parts(conn: &mut Conn, id: &str) -> Result<()> {
        for statement in [DROP_UNITS, DROP_SERVICES] {
            sqlx::query(statement).bind(id).execute(&mut *conn).await?;
        }
        Ok(())
    }
}

/// The centres a unit keeps or stands in.
///
/// # Errors
/// When the database fails.
pub async fn of_unit(conn: &mut Conn, unit: &str) -> Result<Vec<CentreRow>> {
    let mut rows: Vec<CentreRow> = row::find(conn, OF_UNIT, &[unit]).await?;
    for row in &mut rows {
        row.read_parts(conn).await?;
    }
    Ok(rows)
}

/// Cases served by a centre: service, quarter, how many; the oldest quarter first.
///
/// # Errors
/// When the database fails.
pub async fn cases(conn: &mut Conn, id: &str) -> Result<Vec<(String, String, i64)>> {
    Ok(sqlx::query_as(CASES).bind(id).fetch_all(conn).await?)
}

/// Makes the cases of a quarter those given: service, how many.
///
/// # Errors
/// [`crate::StoreError::Orphan`] for a service the centre does not offer.
pub async fn set_cases(
    conn: &mut Conn,
    id: &str,
    quarter: &str,
    counts: &[(&str, i64)],
) -> Result<()> {
    sqlx::query(DROP_CASES)
        .bind(id)
        .bind(quarter)
        .execute(&mut *conn)
        .await?;
    for (service, n) in counts {
        sqlx::query(PUT_CASES)
            .bind(id)
            .bind(*service)
            .bind(quarter)
            .bind(*n)
            .execute(&mut *conn)
            .await?;
    }
    Ok(())
}
