//! Sessions of the office pages; the web crate keeps its own text in them.

use crate::{Conn, Result};

crate::statements::statements! {
    SAVE = "INSERT INTO sessions (id, data, expires_at) VALUES ($1, $2, $3) \
            ON CONFLICT (id) DO UPDATE SET data = excluded.data, expires_at = excluded.expires_at";
    CREATE = "INSERT INTO sessions (id, data, expires_at) VALUES ($1, $2, $3)";
    LOAD = "SELECT data FROM sessions WHERE id = $1 AND expires_at > $2";
    DELETE = "DELETE FROM sessions WHERE id = $1";
    DELETE_EXPIRED = "DELETE FROM sessions WHERE expires_at <= $1";
}

/// Stores a session, new or known. Times are seconds since 1970.
///
/// # Errors
/// When the database fails.
pub async fn save(conn: &mut Conn, id: &str, data: &str, expires_at: i64) -> Result<()> {
    sqlx::query(SAVE)
        .bind(id)
        .bind(data)
        .bind(expires_at)
        .execute(conn)
        .await?;
    Ok(())
}

/// Stores a session that must be new.
///
/// # Errors
/// [`crate::StoreError::Conflict`] when the id is taken.
pub async fn create(conn: &mut Conn, id: &str, data: &str, expires_at: i64) -> Result<()> {
    sqlx::query(CREATE)
        .bind(id)
        .bind(data)
        .bind(expires_at)
        .execute(conn)
        .await?;
    Ok(())
}

/// The text of a session that has not expired.
///
/// # Errors
/// When the database fails.
pub async fn load(conn: &mut Conn, id: &str, now: i64) -> Result<Option<String>> {
    Ok(sqlx::query_scalar(LOAD)
        .bind(id)
        .bind(now)
        .fetch_optional(conn)
        .await?)
}

/// Ends a session.
///
/// # Errors
/// When the database fails.
pub async fn delete(conn: &mut Conn, id: &str) -> Result<()> {
    sqlx::query(DELETE).bind(id).execute(conn).await?;
    Ok(())
}

/// Takes expired sessions away and says how many.
///
/// # Errors
/// When the database fails.
pub async fn delete_expired(conn: &mut Conn, now: i64) -> Result<u64> {
    Ok(sqlx::query(DELETE_EXPIRED)
        .bind(now)
        .execute(conn)
        .await?
        .rows_affected())
}
