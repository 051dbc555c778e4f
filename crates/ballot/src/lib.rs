//! See Cargo.toml's description.
#![cfg_attr(test, allow(clippy::unwrap_used))]

pub mod archive;
pub mod dkg;
pub mod error;
pub mod group;
pub mod hash;
pub mod proof;
pub mod trustee;

pub use error::BallotError;
