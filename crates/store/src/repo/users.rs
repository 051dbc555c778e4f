//! People with a log-in.

use crate::{Conn, Result};

/// One user.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct UserRow {
    /// Id, never used again.
    pub id: String,
    /// Log-in name, lower case, unique.
    pub login: String,
    /// Shown name.
    pub name: String,
    /// PHC string of Argon2id.
    pub password_hash: String,
    /// Role names with commas between.
    pub roles: String,
    /// Seconds since 1970.
    pub created_at: i64,
    /// Seconds since 1970, when the account was switched off.
    pub disabled_at: Option<i64>,
    /// The unit a recorder keeps, or a presenter reports for.
    pub unit: Option<String>,
}

crate::statements::statements! {
    INSERT = "INSERT INTO users (id, login, name, password_hash, roles, created_at, disabled_at, unit) \
              VALUES ($1, $2, $3, $4, $5, $6, $7, $8)";
    UPDATE = "UPDATE users SET name = $2, password_hash = $3, roles = $4, disabled_at = $5, unit = $6 WHERE id = $1";
    BY_LOGIN = "SELECT id, login, name, password_hash, roles, created_at, disabled_at, unit FROM users WHERE login = $1";
    BY_ID = "SELECT id, login, name, password_hash, roles, created_at, disabled_at, unit FROM users WHERE id = $1";
    ALL = "SELECT id, login, name, password_hash, roles, created_at, disabled_at, unit FROM users ORDER BY login";
    COUNT = "SELECT count(*) FROM users";
}

/// Adds a user.
///
/// # Errors
/// [`crate::StoreError::Conflict`] when the log-in is taken.
pub async fn insert(conn: &mut Conn, user: &UserRow) -> Result<()> {
    sqlx::query(INSERT)
        .bind(user.id.as_str())
        .bind(user.login.as_str())
        .bind(user.name.as_str())
        .bind(user.password_hash.as_str())
        .bind(user.roles.as_str())
        .bind(user.created_at)
        .bind(user.disabled_at)
        .bind(user.unit.as_deref())
        .execute(conn)
        .await?;
    Ok(())
}

/// Stores the name, password, roles and switch of a user.
///
/// # Errors
/// When the database fails.
pub async fn update(conn: &mut Conn, user: &UserRow) -> Result<()> {
    sqlx::query(UPDATE)
        .bind(user.id.as_str())
        .bind(user.name.as_str())
        .bind(user.password_hash.as_str())
        .bind(user.roles.as_str())
        .bind(user.disabled_at)
        .bind(user.unit.as_deref())
        .execute(conn)
        .await?;
    Ok(())
}

/// The user with this log-in.
///
/// # Errors
/// When the database fails.
pub async fn by_login(conn: &mut Conn, login: &str) -> Result<Option<UserRow>> {
    Ok(sqlx::query_as(BY_LOGIN)
        .bind(login)
        .fetch_optional(conn)
        .await?)
}

/// The user with this id.
///
/// # Errors
/// When the database fails.
pub async fn by_id(conn: &mut Conn, id: &str) -> Result<Option<UserRow>> {
    Ok(sqlx::query_as(BY_ID).bind(id).fetch_optional(conn).await?)
}

/// Everybody, by log-in.
///
/// # Errors
/// When the database fails.
pub async fn all(conn: &mut Conn) -> Result<Vec<UserRow>> {
    Ok(sqlx::query_as(ALL).fetch_all(conn).await?)
}

/// How many users there are.
///
/// # Errors
/// When the database fails.
pub async fn count(conn: &mut Conn) -> Result<i64> {
    Ok(sqlx::query_scalar(COUNT).fetch_one(conn).await?)
}
