//! Where everything is kept: migrations, statements and rows, for `SQLite` and `PostgreSQL`.
//!
//! One set of statements serves both engines (docs/decisions/0004-data-access.md). A repository holds no
//! rule: it stores and finds rows, and lets the database's own constraints refuse what must never be.

mod backup;
#[cfg(feature = "cluster")]
pub mod cluster;
mod error;
pub mod files;
mod ids;
pub mod list;
mod migrate;
mod open;
pub mod repo;
pub mod row;
mod statements;

pub use backup::{Dump, TABLES, Table, schema_version};
pub use error::StoreError;
pub use ids::{AppraisalId, BoxId, UserId};
pub use open::{Conn, Engine, Snapshot, Store, StoreOptions, Tx, default_file};
pub use statements::{all as all_statements, built as all_built};

/// What a repository call gives back.
pub type Result<T> = std::result::Result<T, StoreError>;
