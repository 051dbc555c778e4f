//! The spells of firms: struck out, and covered.

use crate::row::{self, Row};
use crate::{Conn, Result};

crate::row::columns! {
    /// A time in which a firm is struck out.
    StrikeRow in "strikes"
    form {
        /// Code of the reason.
        reason: String,
        /// First day.
        from_on: String,
        /// The day it had ended.
        until_on: Option<String>,
        /// Note.
        note: String,
    }
    once {
        /// Id of the firm.
        firm: String,
    }
    finds {
        STRIKES_OF = "WHERE firm = $1 ORDER BY from_on DESC, id";
    }
}

impl Row for StrikeRow {}

crate::row::columns! {
    /// A time in which something covers a firm.
    CoverageRow in "coverages"
    form {
        /// Kind on the wire.
        kind: String,
        /// Id of the organisation.
        unit: Option<String>,
        /// Id of the instructor's term.
        post: Option<String>,
        /// First day.
        from_on: String,
        /// The day it had ended.
        until_on: Option<String>,
        /// Note.
        note: String,
    }
    once {
        /// Id of the firm.
        firm: String,
    }
    finds {
        COVERAGES_OF = "WHERE firm = $1 ORDER BY from_on DESC, id";
    }
}

impl Row for CoverageRow {}

crate::statements::statements! {
    STRUCK_ON = "SELECT firm, reason FROM strikes WHERE from_on <= $1 AND (until_on IS NULL OR until_on > $1)";
    INSTRUCTORS = "SELECT id, holder FROM posts WHERE kind = 'instructor' AND from_on <= $1 \
                   AND (until_on IS NULL OR until_on > $1) ORDER BY holder, id";
}

/// All strikes of a firm, the latest first.
///
/// # Errors
/// When the database fails.
pub async fn strikes_of(conn: &mut Conn, firm: &str) -> Result<Vec<StrikeRow>> {
    row::find(conn, STRIKES_OF, &[firm]).await
}

/// All covers of a firm, the latest first.
///
/// # Errors
/// When the database fails.
pub async fn coverages_of(conn: &mut Conn, firm: &str) -> Result<Vec<CoverageRow>> {
    row::find(conn, COVERAGES_OF, &[firm]).await
}

/// Firms struck out on a day, each with the code of the reason.
///
/// # Errors
/// When the database fails.
pub async fn struck_on(conn: &mut Conn, day: &str) -> Result<Vec<(String, String)>> {
    Ok(sqlx::query_as(STRUCK_ON).bind(day).fetch_all(conn).await?)
}

/// Ids and holders of the terms of instructors that run on a day.
///
/// # Errors
/// When the database fails.
pub async fn instructors(conn: &mut Conn, day: &str) -> Result<Vec<(String, String)>> {
    Ok(sqlx::query_as(INSTRUCTORS)
        .bind(day)
        .fetch_all(conn)
        .await?)
}
