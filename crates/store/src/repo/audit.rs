//! The audit trail: one hash chain for the whole installation, written in the transaction it tells about.

use sqlx::AssertSqlSafe;

use crate::{Conn, Result};

/// One entry.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct AuditRow {
    /// Place from 1.
    pub seq: i64,
    /// Seconds since 1970.
    pub at: i64,
    /// Who: `user:<id>`, `teller:<seat>`, `issuer`, `system`.
    pub actor: String,
    /// What was done.
    pub action: String,
    /// To what: an appraisal id, a user id, or empty.
    pub subject: String,
    /// More about it, JSON, never a secret.
    pub detail: String,
    /// Hash of the entry before, empty for the first.
    pub parent: String,
    /// Hash of this entry.
    pub hash: String,
}

/// The last entry's place and hash.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct HeadRow {
    /// Place, 0 before the first.
    pub seq: i64,
    /// Seconds since 1970 of that entry.
    pub at: i64,
    /// Hash, empty before the first.
    pub hash: String,
}

crate::statements::statements! {
    LOCK_HEAD = "UPDATE audit_head SET seq = seq WHERE one = 1 RETURNING seq, at, hash";
    HEAD = "SELECT seq, at, hash FROM audit_head WHERE one = 1";
    SET_HEAD = "UPDATE audit_head SET seq = $1, at = $2, hash = $3 WHERE one = 1";
    INSERT = "INSERT INTO audit (seq, at, actor, action, subject, detail, parent, hash) \
              VALUES ($1, $2, $3, $4, $5, $6, $7, $8)";
    LATEST = "SELECT seq, at, actor, action, subject, detail, parent, hash FROM audit \
              WHERE seq < $1 ORDER BY seq DESC LIMIT $2";
    LATEST_OF = "SELECT seq, at, actor, action, subject, detail, parent, hash FROM audit \
                 WHERE subject = $1 AND seq < $2 ORDER BY seq DESC LIMIT $3";
    FIRST_OF = "SELECT seq, at, actor, action, subject, detail, parent, hash FROM audit \
                WHERE subject = $1 AND action = $2 ORDER BY seq LIMIT 1";
    PAGE = "SELECT seq, at, actor, action, subject, detail, parent, hash FROM audit \
            WHERE seq > $1 ORDER BY seq LIMIT $2";
    PAGE_OF = "SELECT seq, at, actor, action, subject, detail, parent, hash FROM audit \
               WHERE subject = $1 AND seq > $2 ORDER BY seq LIMIT $3";
}

/// Locks the head until the transaction ends and gives it. Taken last in a transaction, to be held briefly.
///
/// # Errors
/// [`crate::StoreError::Busy`] when somebody else holds it for too long.
pub async fn lock_head(conn: &mut Conn) -> Result<HeadRow> {
    Ok(sqlx::query_as(LOCK_HEAD).fetch_one(conn).await?)
}

/// The first entry of one kind about something.
///
/// # Errors
/// When the database fails.
pub async fn first_of(conn: &mut Conn, subject: &str, action: &str) -> Result<Option<AuditRow>> {
    Ok(sqlx::query_as(FIRST_OF)
        .bind(subject)
        .bind(action)
        .fetch_optional(conn)
        .await?)
}

/// The head as it is.
///
/// # Errors
/// When the database fails.
pub async fn head(conn: &mut Conn) -> Result<HeadRow> {
    Ok(sqlx::query_as(HEAD).fetch_one(conn).await?)
}

/// Adds an entry and moves the head to it.
///
/// # Errors
/// [`crate::StoreError::Conflict`] when its place is taken.
pub async fn append(conn: &mut Conn, row: &AuditRow) -> Result<()> {
    sqlx::query(INSERT)
        .bind(row.seq)
        .bind(row.at)
        .bind(row.actor.as_str())
        .bind(row.action.as_str())
        .bind(row.subject.as_str())
        .bind(row.detail.as_str())
        .bind(row.parent.as_str())
        .bind(row.hash.as_str())
        .execute(&mut *conn)
        .await?;
    sqlx::query(SET_HEAD)
        .bind(row.seq)
        .bind(row.at)
        .bind(row.hash.as_str())
        .execute(conn)
        .await?;
    Ok(())
}

/// Entries of one statement.
const AT_ONCE: usize = crate::list::VALUES_AT_ONCE / 8;

/// Adds entries that follow one another and moves the head to the last.
///
/// # Errors
/// [`crate::StoreError::Conflict`] when a place is taken.
pub async fn append_many(conn: &mut Conn, rows: &[AuditRow]) -> Result<()> {
    for some in rows.chunks(AT_ONCE) {
        let sql = format!(
            "INSERT INTO audit (seq, at, actor, action, subject, detail, parent, hash) VALUES {}",
            crate::list::places(some.len(), 8)
        );
        let mut query = sqlx::query(AssertSqlSafe(sql)).persistent(some.len() == AT_ONCE);
        for row in some {
            query = query
                .bind(row.seq)
                .bind(row.at)
                .bind(row.actor.as_str())
                .bind(row.action.as_str())
                .bind(row.subject.as_str())
                .bind(row.detail.as_str())
                .bind(row.parent.as_str())
                .bind(row.hash.as_str());
        }
        query.execute(&mut *conn).await?;
    }
    if let Some(last) = rows.last() {
        sqlx::query(SET_HEAD)
            .bind(last.seq)
            .bind(last.at)
            .bind(last.hash.as_str())
            .execute(conn)
            .await?;
    }
    Ok(())
}

/// Up to `limit` entries before `before`, the newest first, of one subject or of all.
///
/// # Errors
/// When the database fails.
pub async fn latest(
    conn: &mut Conn,
    subject: Option<&str>,
    before: i64,
    limit: i64,
) -> Result<Vec<AuditRow>> {
    let query = match subject {
        None => sqlx::query_as(LATEST),
        Some(subject) => sqlx::query_as(LATEST_OF).bind(subject),
    };
    Ok(query.bind(before).bind(limit).fetch_all(conn).await?)
}

/// Up to `limit` entries after `after`, of one subject or of all.
///
/// # Errors
/// When the database fails.
pub async fn page(
    conn: &mut Conn,
    subject: Option<&str>,
    after: i64,
    limit: i64,
) -> Result<Vec<AuditRow>> {
    Ok(match subject {
        None => {
            sqlx::query_as(PAGE)
                .bind(after)
                .bind(limit)
                .fetch_all(conn)
                .await?
        }
        Some(subject) => {
            sqlx::query_as(PAGE_OF)
                .bind(subject)
                .bind(after)
                .bind(limit)
                .fetch_all(conn)
                .await?
        }
    })
}
