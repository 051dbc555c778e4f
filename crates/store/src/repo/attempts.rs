//! Failed log-ins, counted per subject (a log-in name) within a window of time.

use crate::{Conn, Result};

/// How often a subject failed, and since when.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct AttemptsRow {
    /// Failures since `since`.
    pub failures: i64,
    /// Seconds since 1970 of the first failure of the window.
    pub since: i64,
}

crate::statements::statements! {
    GET = "SELECT failures, since FROM login_attempts WHERE subject = $1";
    ADD = "INSERT INTO login_attempts (subject, failures, since) VALUES ($1, 1, $2) \
           ON CONFLICT (subject) DO UPDATE SET \
           failures = CASE WHEN login_attempts.since <= $3 THEN 1 ELSE login_attempts.failures + 1 END, \
           since = CASE WHEN login_attempts.since <= $3 THEN excluded.since ELSE login_attempts.since END";
    CLEAR = "DELETE FROM login_attempts WHERE subject = $1";
}

/// What is known of a subject.
///
/// # Errors
/// When the database fails.
pub async fn get(conn: &mut Conn, subject: &str) -> Result<Option<AttemptsRow>> {
    Ok(sqlx::query_as(GET)
        .bind(subject)
        .fetch_optional(conn)
        .await?)
}

/// Counts one failure at `now`; a window that began at or before `stale` starts again.
///
/// # Errors
/// When the database fails.
pub async fn add(conn: &mut Conn, subject: &str, now: i64, stale: i64) -> Result<()> {
    sqlx::query(ADD)
        .bind(subject)
        .bind(now)
        .bind(stale)
        .execute(conn)
        .await?;
    Ok(())
}

/// Forgets a subject after a good log-in.
///
/// # Errors
/// When the database fails.
pub async fn clear(conn: &mut Conn, subject: &str) -> Result<()> {
    sqlx::query(CLEAR).bind(subject).execute(conn).await?;
    Ok(())
}
