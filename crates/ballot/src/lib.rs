//! See Cargo.toml's description.
#![cfg_attr(test, allow(clippy::unwrap_used))]

pub mod archive;
pub mod ballot;
pub mod challenge;
pub mod credential;
pub mod decrypt;
pub mod dkg;
pub mod election;
pub mod error;
pub mod group;
pub mod hash;
pub mod opinion;
pub mod proof;
pub mod tally;
pub mod trustee;
pub mod verify;

pub use error::BallotError;
