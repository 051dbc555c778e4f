//! See Cargo.toml's description.
#![cfg_attr(test, allow(clippy::unwrap_used))]

pub mod error;
pub mod group;
pub mod hash;
pub mod proof;

pub use error::BallotError;
