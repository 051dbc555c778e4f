//! Single values of the installation: its name in the audit trail, the hash of the set-up code.

use crate::{Conn, Result};

crate::statements::statements! {
    GET = "SELECT value FROM settings WHERE name = $1";
    PUT = "INSERT INTO settings (name, value) VALUES ($1, $2) \
           ON CONFLICT (name) DO UPDATE SET value = excluded.value";
    REMOVE = "DELETE FROM settings WHERE name = $1";
}

/// The value of a setting.
///
/// # Errors
/// When the database fails.
pub async fn get(conn: &mut Conn, name: &str) -> Result<Option<String>> {
    Ok(sqlx::query_scalar(GET)
        .bind(name)
        .fetch_optional(conn)
        .await?)
}

/// Sets a setting.
///
/// # Errors
/// When the database fails.
pub async fn put(conn: &mut Conn, name: &str, value: &str) -> Result<()> {
    sqlx::query(PUT)
        .bind(name)
        .bind(value)
        .execute(conn)
        .await?;
    Ok(())
}

/// Takes a setting away; says whether it was there (so that a one-time code is used once).
///
/// # Errors
/// When the database fails.
pub async fn remove(conn: &mut Conn, name: &str) -> Result<bool> {
    Ok(sqlx::query(REMOVE)
        .bind(name)
        .execute(conn)
        .await?
        .rows_affected()
        > 0)
}
