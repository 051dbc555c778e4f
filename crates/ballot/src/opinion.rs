//! Sealed opinions (contract §6): texts of one fixed length, encrypted to the tellers'
//! joint key, in an urn without credential or category.
//!
//! Each entry proves that its maker knows the r of α = g^r. Without that a server could put
//! the α of somebody's *ballot*, shifted by a known amount, into the urn and have the
//! tellers open that ballot for it.

mod entry;
mod urn;

pub use entry::{Entry, Opinion, WIRE_LENGTH, fits, seal};
pub use urn::{OpenedUrn, Urn, UrnShare};

use std::fmt;

use crate::group::Point;

/// The most bytes of an opinion's JSON, which is what the booth's counter shows.
pub const MAX_OPINION_BYTES: usize = 1200;
/// The length every opinion is padded to.
const PADDED: usize = 1216;

/// Which urn: its appraisal and key. Everything sealed or proved for an urn is bound to it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UrnContext {
    text: String,
    key: Point,
}

impl UrnContext {
    /// The urn of an appraisal whose boxes have the joint key `key`.
    #[must_use]
    pub fn new(appraisal: &str, key: &Point) -> Self {
        Self {
            text: format!("pingyi-urn-v1|{appraisal}|{key}"),
            key: *key,
        }
    }

    /// The text all hashes contain.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// The joint key.
    #[must_use]
    pub fn key(&self) -> &Point {
        &self.key
    }
}

impl fmt::Display for UrnContext {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

#[cfg(test)]
mod tests;
