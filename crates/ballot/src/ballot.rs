//! Sealing and checking ballots (protocol.md §6).

mod check;
mod claims;
mod proofs;
mod seal;
mod wire;

pub(crate) use check::check_unsigned;
pub use check::{CheckedBallot, check, check_all};
pub use seal::{SealedBallot, seal};
pub use wire::{Answer, Ballot, CiphertextText, ProofText, Signature};

use std::fmt;
use std::ops::{AddAssign, SubAssign};
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use crate::error::BallotError;
use crate::group::Point;
use crate::hash::{b64_compact, b64_compact_decode, hex, sha256};

/// An `ElGamal` ciphertext (g^r, y^r·g^m).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Ciphertext {
    /// g^r.
    pub alpha: Point,
    /// y^r·g^m.
    pub beta: Point,
}

impl AddAssign for Ciphertext {
    fn add_assign(&mut self, other: Self) {
        self.alpha += other.alpha;
        self.beta += other.beta;
    }
}

impl SubAssign for Ciphertext {
    fn sub_assign(&mut self, other: Self) {
        self.alpha += -other.alpha;
        self.beta += -other.beta;
    }
}

/// The tracker of a ballot: SHA-256 of its exact JSON.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Tracker([u8; 32]);

/// The tracker of a ballot's JSON.
#[must_use]
pub fn tracker(json: &str) -> Tracker {
    Tracker(sha256(json.as_bytes()))
}

impl Tracker {
    /// 64 hexadecimal digits: the name of the ballot's record in the archive.
    #[must_use]
    pub fn hex(&self) -> String {
        hex(&self.0)
    }

    /// 43 base-64 characters: what the rater keeps.
    #[must_use]
    pub fn b64(&self) -> String {
        b64_compact(&self.0)
    }

    /// The 32 bytes.
    #[must_use]
    pub fn bytes(&self) -> &[u8; 32] {
        &self.0
    }
}

impl FromStr for Tracker {
    type Err = BallotError;

    /// Reads either form.
    fn from_str(text: &str) -> Result<Self, BallotError> {
        let bytes = match text.len() {
            64 => crate::hash::hex_decode(text),
            43 => b64_compact_decode(text),
            _ => None,
        };
        bytes
            .and_then(|bytes| bytes.try_into().ok())
            .map(Self)
            .ok_or(BallotError::TrackerSyntax)
    }
}

impl fmt::Display for Tracker {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.b64())
    }
}

#[cfg(test)]
mod tests;
