//! From counts to a score, exactly, with the working behind each number (domain.md §8).
//!
//! A pure library: no clock, no global randomness, no file system. `docs/scoring.md` explains the method.

mod error;
mod exact;
mod ranges;
mod rank;
mod scheme;
mod sheet;
mod statement;
mod working;

pub use error::{NumberError, ScoringError};
pub use exact::{Exact, Value, Weight};
pub use ranges::{RankRange, Resampling, rank_ranges};
pub use rank::{Rank, ranks};
pub use scheme::{BoxCounts, CategoryRule, Marks, Scheme};
pub use sheet::{CategoryScore, ItemScore, PresenterScore, Sheet};
pub use statement::{Part, Statement};
pub use working::{Number, Step, Term};
