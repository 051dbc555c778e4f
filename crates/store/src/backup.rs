//! The tables as lines of JSON and back, the same for both engines: a backup of one opens in the other.
//!
//! Sessions and failed log-ins are left out: nobody should be able to sign in with a stolen backup.

mod dump;
mod load;
mod record;
mod tables;

use sha2::{Digest as _, Sha256};

pub use dump::Dump;
pub(crate) use tables::Holds;
pub use tables::{TABLES, Table};

/// SHA-256 in hex.
pub(crate) fn sha256_hex(bytes: &[u8]) -> String {
    data_encoding::HEXLOWER.encode(&Sha256::digest(bytes))
}

/// The schema version a backup made now has.
#[must_use]
pub fn schema_version() -> i64 {
    crate::migrate::newest()
}
