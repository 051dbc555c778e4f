//! Everybody who takes part in an appraisal, as clients of the HTTP interface, and the simulated meeting they play.
//!
//! The clients hold their own secrets (credentials, seeds of the tellers) and do their own cryptography through
//! [`pingyi_ballot`], exactly as the pages in the browser do: the server never sees a mark. `pingyi simulate`,
//! `pingyi demo`, the load runs and the fault tests all play the same meeting.
#![cfg_attr(test, allow(clippy::unwrap_used))]

pub mod client;
pub mod error;
pub mod latency;
pub mod meeting;
pub mod plan;
pub mod score;
pub mod secrets;
pub mod setting;
pub mod watch;

pub use error::TestkitError;
