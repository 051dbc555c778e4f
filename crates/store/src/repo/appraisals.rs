//! Appraisals: configuration and state as JSON, with a version for editors and a pulse for watchers.

use crate::{AppraisalId, Conn, Result};

/// One appraisal.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct AppraisalRow {
    /// Id, 16 letters and digits.
    pub id: String,
    /// Goes up with every stored configuration.
    pub version: i64,
    /// Goes up with every change that a screen may show.
    pub pulse: i64,
    /// Name of the state.
    pub state: String,
    /// The appraisal this is a rehearsal of.
    pub rehearsal_of: Option<String>,
    /// Title, for lists.
    pub title: String,
    /// Year, for lists.
    pub year: i64,
    /// The configuration, JSON.
    pub config: String,
    /// What the state carries, JSON.
    pub detail: String,
    /// Seconds since 1970.
    pub created_at: i64,
}

/// What another node needs to see that something changed.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct PulseRow {
    /// Id.
    pub id: String,
    /// See [`AppraisalRow::pulse`].
    pub pulse: i64,
    /// Sum of the heights of its boxes.
    pub heights: i64,
}

crate::statements::statements! {
    INSERT = "INSERT INTO appraisals (id, version, pulse, state, rehearsal_of, title, year, config, detail, created_at) \
              VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)";
    BY_ID = "SELECT id, version, pulse, state, rehearsal_of, title, year, config, detail, created_at \
             FROM appraisals WHERE id = $1";
    LOCK = "UPDATE appraisals SET pulse = pulse + 1 WHERE id = $1 \
            RETURNING id, version, pulse, state, rehearsal_of, title, year, config, detail, created_at";
    ALL = "SELECT id, version, pulse, state, rehearsal_of, title, year, config, detail, created_at \
           FROM appraisals ORDER BY created_at DESC, id";
    SET_CONFIG = "UPDATE appraisals SET version = version + 1, title = $2, year = $3, config = $4 WHERE id = $1";
    SET_STATE = "UPDATE appraisals SET state = $2, detail = $3 WHERE id = $1";
    NAMING = "SELECT id FROM appraisals WHERE config LIKE $1 LIMIT 1";
    PULSES = "SELECT a.id, a.pulse, CAST(coalesce(sum(b.height), 0) AS BIGINT) AS heights \
              FROM appraisals a LEFT JOIN boxes b ON b.appraisal = a.id GROUP BY a.id, a.pulse ORDER BY a.id";
}

/// Adds an appraisal.
///
/// # Errors
/// When the database fails.
pub async fn insert(conn: &mut Conn, row: &AppraisalRow) -> Result<()> {
    sqlx::query(INSERT)
        .bind(row.id.as_str())
        .bind(row.version)
        .bind(row.pulse)
        .bind(row.state.as_str())
        .bind(row.rehearsal_of.clone())
        .bind(row.title.as_str())
        .bind(row.year)
        .bind(row.config.as_str())
        .bind(row.detail.as_str())
        .bind(row.created_at)
        .execute(conn)
        .await?;
    Ok(())
}

/// The appraisal as it is.
///
/// # Errors
/// When the database fails.
pub async fn by_id(conn: &mut Conn, id: &AppraisalId) -> Result<Option<AppraisalRow>> {
    Ok(sqlx::query_as(BY_ID)
        .bind(id.as_str())
        .fetch_optional(conn)
        .await?)
}

/// Locks the row until the transaction ends, raises its pulse and gives it back: whoever changes an
/// appraisal begins with this, on every node.
///
/// # Errors
/// [`crate::StoreError::Busy`] when somebody else holds it for too long.
pub async fn lock(conn: &mut Conn, id: &AppraisalId) -> Result<Option<AppraisalRow>> {
    Ok(sqlx::query_as(LOCK)
        .bind(id.as_str())
        .fetch_optional(conn)
        .await?)
}

/// All appraisals, newest first.
///
/// # Errors
/// When the database fails.
pub async fn all(conn: &mut Conn) -> Result<Vec<AppraisalRow>> {
    Ok(sqlx::query_as(ALL).fetch_all(conn).await?)
}

/// Stores a configuration under the next version.
///
/// # Errors
/// When the database fails.
pub async fn set_config(
    conn: &mut Conn,
    id: &AppraisalId,
    title: &str,
    year: i64,
    config: &str,
) -> Result<()> {
    sqlx::query(SET_CONFIG)
        .bind(id.as_str())
        .bind(title)
        .bind(year)
        .bind(config)
        .execute(conn)
        .await?;
    Ok(())
}

/// Stores a state and what it carries.
///
/// # Errors
/// When the database fails.
pub async fn set_state(conn: &mut Conn, id: &AppraisalId, state: &str, detail: &str) -> Result<()> {
    sqlx::query(SET_STATE)
        .bind(id.as_str())
        .bind(state)
        .bind(detail)
        .execute(conn)
        .await?;
    Ok(())
}

/// The pulse of every appraisal.
///
/// # Errors
/// When the database fails.
pub async fn pulses(conn: &mut Conn) -> Result<Vec<PulseRow>> {
    Ok(sqlx::query_as(PULSES).fetch_all(conn).await?)
}

/// Whether the configuration of an appraisal names this record; ids are random, so the text is found nowhere else.
///
/// # Errors
/// When the database fails.
pub async fn names(conn: &mut Conn, id: &str) -> Result<bool> {
    let found: Option<String> = sqlx::query_scalar(NAMING)
        .bind(format!("%\"{id}\"%"))
        .fetch_optional(conn)
        .await?;
    Ok(found.is_some())
}
