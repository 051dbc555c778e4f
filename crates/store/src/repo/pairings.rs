//! Pairings.

use crate::row::{self, Row};
use crate::{Conn, Result};

crate::row::columns! {
    /// One pairing.
    PairingRow in "pairings"
    form {
        /// Id of the unit.
        unit: String,
        /// Id of the other unit.
        partner: Option<String>,
        /// The other, where it is none of ours.
        outside: String,
        /// What for.
        purpose: String,
        /// First day.
        from_on: String,
        /// The day it had ended.
        until_on: Option<String>,
    }
    once {
        /// 1 for what was made up.
        sample: i64,
        /// Where a published fact is from.
        source: String,
    }
    finds {
        OF_UNIT = "WHERE unit = $1 OR partner = $1 ORDER BY from_on DESC, id";
    }
}

impl Row for PairingRow {}

/// The pairings of a unit, on either side, the latest first.
///
/// # Errors
/// When the database fails.
pub async fn of_unit(conn: &mut Conn, unit: &str) -> Result<Vec<PairingRow>> {
    row::find(conn, OF_UNIT, &[unit]).await
}
