//! Shares of the opening: partial decryptions of the boxes, factors of the urn.

use crate::{AppraisalId, BoxId, Conn, Result};

/// A teller's share of one box.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct ShareRow {
    /// Seat of the teller from 1.
    pub owner: i64,
    /// Partial decryption, JSON.
    pub partial: String,
    /// Strong proofs, JSON.
    pub strong: String,
}

/// A teller's share of the urn.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct UrnShareRow {
    /// Seat of the teller from 1.
    pub owner: i64,
    /// Factors and proofs, JSON.
    pub body: String,
}

crate::statements::statements! {
    INSERT = "INSERT INTO shares (box, owner, partial, strong) VALUES ($1, $2, $3, $4)";
    OF_BOX = "SELECT owner, partial, strong FROM shares WHERE box = $1 ORDER BY owner";
    OWNERS = "SELECT owner FROM shares WHERE box = $1 ORDER BY owner";
    URN_INSERT = "INSERT INTO urn_shares (appraisal, owner, body) VALUES ($1, $2, $3)";
    URN_ALL = "SELECT owner, body FROM urn_shares WHERE appraisal = $1 ORDER BY owner";
    URN_OWNERS = "SELECT owner FROM urn_shares WHERE appraisal = $1 ORDER BY owner";
}

/// Adds a share.
///
/// # Errors
/// [`crate::StoreError::Conflict`] when the teller has given one.
pub async fn insert(conn: &mut Conn, id: &BoxId, share: &ShareRow) -> Result<()> {
    sqlx::query(INSERT)
        .bind(id.as_str())
        .bind(share.owner)
        .bind(share.partial.as_str())
        .bind(share.strong.as_str())
        .execute(conn)
        .await?;
    Ok(())
}

/// The shares of a box by seat.
///
/// # Errors
/// When the database fails.
pub async fn of_box(conn: &mut Conn, id: &BoxId) -> Result<Vec<ShareRow>> {
    Ok(sqlx::query_as(OF_BOX)
        .bind(id.as_str())
        .fetch_all(conn)
        .await?)
}

/// Who has given a share of a box.
///
/// # Errors
/// When the database fails.
pub async fn owners(conn: &mut Conn, id: &BoxId) -> Result<Vec<i64>> {
    Ok(sqlx::query_scalar(OWNERS)
        .bind(id.as_str())
        .fetch_all(conn)
        .await?)
}

/// Adds a share of the urn.
///
/// # Errors
/// [`crate::StoreError::Conflict`] when the teller has given one.
pub async fn insert_urn(conn: &mut Conn, id: &AppraisalId, owner: i64, body: &str) -> Result<()> {
    sqlx::query(URN_INSERT)
        .bind(id.as_str())
        .bind(owner)
        .bind(body)
        .execute(conn)
        .await?;
    Ok(())
}

/// The shares of the urn by seat.
///
/// # Errors
/// When the database fails.
pub async fn of_urn(conn: &mut Conn, id: &AppraisalId) -> Result<Vec<UrnShareRow>> {
    Ok(sqlx::query_as(URN_ALL)
        .bind(id.as_str())
        .fetch_all(conn)
        .await?)
}

/// Who has given a share of the urn.
///
/// # Errors
/// When the database fails.
pub async fn urn_owners(conn: &mut Conn, id: &AppraisalId) -> Result<Vec<i64>> {
    Ok(sqlx::query_scalar(URN_OWNERS)
        .bind(id.as_str())
        .fetch_all(conn)
        .await?)
}
