//! How often a part of the record was written. What was worked out from it holds as long as the count stands, and who
//! raises it first has the part alone until the end of the transaction.

use crate::{Conn, Result};

/// The register of firms with what covers them.
pub const FIRMS: &str = "firms";

crate::statements::statements! {
    RAISE = "INSERT INTO pulses (name, n) VALUES ($1, 1) ON CONFLICT (name) DO UPDATE SET n = pulses.n + 1 RETURNING n";
    COUNT = "SELECT n FROM pulses WHERE name = $1";
}

/// Raises the count and gives it; whoever writes to the part calls it before.
///
/// # Errors
/// [`crate::StoreError::Busy`] when somebody else holds it for too long.
pub async fn raise(conn: &mut Conn, name: &str) -> Result<i64> {
    Ok(sqlx::query_scalar(RAISE).bind(name).fetch_one(conn).await?)
}

/// The count; 0 before the first.
///
/// # Errors
/// When the database fails.
pub async fn count(conn: &mut Conn, name: &str) -> Result<i64> {
    let query = sqlx::query_scalar(COUNT).bind(name);
    Ok(query.fetch_optional(conn).await?.unwrap_or(0))
}
