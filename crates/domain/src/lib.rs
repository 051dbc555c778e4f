//! The office's nouns and their states (domain.md): pure types and rules, no clock, no randomness of its own,
//! no file system, no network.

mod canonical;
mod codes;
pub mod config;
mod error;

pub use canonical::{hash as canonical_hash, sha256_hex, to_json as canonical_json};
pub use codes::{AppraisalId, CategoryCode, GradeCode, ItemCode, PresenterCode};
pub use config::AppraisalConfig;
pub use error::DomainError;
