//! From counts to a score, exactly, with the working behind each number (domain.md §8).
//!
//! A pure library: no clock, no global randomness, no file system. `docs/scoring.md` explains the method.

mod error;
mod exact;

pub use error::NumberError;
pub use exact::{Exact, Value, Weight};
