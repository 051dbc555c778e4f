//! Opening what was added up: factors with proofs, their combination, the result (protocol.md §9,
//! contract §1.1). [`combine`] serves the urn of opinions as well.
//!
//! Every factor comes with two proofs: the one of the published format, whose challenge covers neither
//! ciphertext nor factor, and a strong one whose challenge hashes the whole statement (trust.md, point 6).

mod combine;
mod dlog;
mod error;
mod result;
mod task;
mod wire;

#[cfg(test)]
mod tests;

pub use combine::{Shares, combine, inconsistencies};
pub use dlog::DiscreteLogs;
pub use error::{DecryptError, Place};
pub use result::ElectionResult;
pub use task::Task;
pub use wire::{Owned, PartialDecryption, Sidecar, StrongShare, TellerShare};
