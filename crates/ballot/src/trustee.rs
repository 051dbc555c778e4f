//! `trustees.json`: the tellers' public keys and everything that shows them to be rightly made
//! (protocol.md §7, §8.4, §8.5).

mod check;
mod error;
mod pedersen;
mod single;
#[cfg(test)]
mod tests;
mod wire;

pub use error::TellerError;
pub use pedersen::{Context, ThresholdParameters};
pub use single::SecretKey;
pub use wire::{Signed, Trustee, TrusteePublicKey, Trustees};

pub(crate) use check::{key_is_signed, same_certified_keys};
pub(crate) use pedersen::{
    CertKeys, Coefexps, certs_statement, commitment_at, expected_key, parse_coefexps,
};
pub(crate) use wire::{parse_exact, to_json};

use crate::group::Point;

/// One teller as the election knows them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TellerKey {
    /// Number over the flattened list, from 1.
    pub owner: u32,
    /// Verification key X: g to the teller's share.
    pub key: Point,
    /// Name, where the file has one.
    pub name: Option<String>,
}

/// Tellers of whom any `threshold` can open: one for a Single key, all of a key ceremony for Pedersen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TellerGroup {
    /// How many are needed.
    pub threshold: u32,
    /// The tellers, in the order of their indices 1…n in the group.
    pub tellers: Vec<TellerKey>,
}

/// How many tellers there are and how many it takes, as announced.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Announced {
    /// How many tellers it takes to open.
    pub threshold: u32,
    /// How many there are.
    pub size: u32,
}
