//! The group: the prime-order subgroup of edwards25519, its text forms and the
//! arithmetic the protocol needs (protocol.md §2.3).
//!
//! Everything that touches a secret ([`Point::base_mul`], [`Point::mul`],
//! [`FixedBase::mul`]) runs in constant time; the functions named `vartime_…` are for
//! public data only.

mod codec;
mod point;
mod scalar;
mod subgroup;

pub use point::{FixedBase, Point, PointHex, VerifyBase};
pub use scalar::Scalar;

/// The name of the group as it stands in `election.json` and in the proofs of keys.
pub const GROUP_NAME: &str = "Ed25519";

#[cfg(test)]
mod tests;
