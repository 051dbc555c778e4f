//! The office's nouns and their states (domain.md): pure types and rules, no clock, no randomness of its own,
//! no file system, no network.

pub mod appraisal;
pub mod audit;
pub mod ballot_box;
mod canonical;
pub mod ceremony;
mod codes;
pub mod config;
mod decimal;
#[cfg(test)]
mod diagram;
mod error;
pub mod followup;
pub mod grading;
mod hash;
pub mod opinions;
pub mod order;
pub mod receipt;
pub mod reconciliation;
pub mod record;
pub mod report;
mod roles;
pub mod stage;

pub use canonical::{
    from_json as read_canonical, hash as canonical_hash, sha256_hex, to_json as canonical_json,
};
pub use codes::{AppraisalId, CategoryCode, GradeCode, ItemCode, PresenterCode};
pub use config::AppraisalConfig;
pub use error::DomainError;
pub use hash::Digest;
pub use roles::{Actor, Role, Roles};
