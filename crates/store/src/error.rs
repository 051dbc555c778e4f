//! What can go wrong in the database, in words the application can act on.

use sqlx::error::{DatabaseError, ErrorKind};

/// Everything a call to the store can fail with.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// A row with this key is there already, or two rows must not both exist.
    #[error("the row conflicts with one that is there")]
    Conflict,
    /// A row this one points to is not there.
    #[error("a row this one belongs to is missing")]
    Orphan,
    /// A trigger or a check refused the change: the audit trail and the boards only grow, ballots need an open box.
    #[error("the database refuses this change: {0}")]
    Refused(String),
    /// The disk (or the quota of the database) is full; the transaction left nothing behind.
    #[error("no space left for the database")]
    Full,
    /// The database did not answer in time.
    #[error("the database is busy")]
    Busy,
    /// The database was written by a newer program, or one of its migrations was changed.
    #[error("the database has schema {found}, this program knows {known}")]
    Schema {
        /// The version found, or the version whose checksum differs.
        found: i64,
        /// The newest version this program knows.
        known: i64,
    },
    /// The `PostgreSQL` server keeps the time of every transaction (`track_commit_timestamp`), and so of every ballot.
    #[error("the database server keeps the time of every transaction (track_commit_timestamp)")]
    KeepsTimes,
    /// A stored text is not what the program wrote.
    #[error("row of {table} cannot be read: {reason}")]
    Corrupt {
        /// The table.
        table: &'static str,
        /// What is wrong with it.
        reason: String,
    },
    /// A backup cannot be read or written.
    #[error("file of a backup: {0}")]
    File(#[from] std::io::Error),
    /// The file store does not do what it was asked.
    #[error("file store: {0}")]
    Files(object_store::Error),
    /// The address of the file store is none, or names a setting nobody knows.
    #[error("address of the file store: {0}")]
    FilesAddress(String),
    /// Anything else the driver reports.
    #[error("database: {0}")]
    Database(sqlx::Error),
}

impl From<sqlx::Error> for StoreError {
    fn from(error: sqlx::Error) -> Self {
        match &error {
            sqlx::Error::PoolTimedOut => return Self::Busy,
            sqlx::Error::Io(io) if io.kind() == std::io::ErrorKind::StorageFull => {
                return Self::Full;
            }
            sqlx::Error::Database(database) => {
                if let Some(known) = classify(database.as_ref()) {
                    return known;
                }
            }
            _ => {}
        }
        Self::Database(error)
    }
}

impl From<object_store::Error> for StoreError {
    fn from(error: object_store::Error) -> Self {
        let mut cause: Option<&(dyn std::error::Error + 'static)> = Some(&error);
        while let Some(this) = cause {
            let io = this.downcast_ref::<std::io::Error>();
            if io.is_some_and(|io| io.kind() == std::io::ErrorKind::StorageFull) {
                return Self::Full;
            }
            cause = this.source();
        }
        Self::Files(error)
    }
}

/// Numbers: `SQLite` result codes (low byte is the primary code) and `PostgreSQL` SQLSTATE.
fn classify(error: &dyn DatabaseError) -> Option<StoreError> {
    match error.kind() {
        ErrorKind::UniqueViolation => return Some(StoreError::Conflict),
        ErrorKind::ForeignKeyViolation => return Some(StoreError::Orphan),
        ErrorKind::CheckViolation => return Some(StoreError::Refused(error.message().to_owned())),
        _ => {}
    }
    let code = error.code()?;
    match code.as_ref() {
        "53100" | "53200" => return Some(StoreError::Full),
        "55P03" | "40001" | "40P01" | "57014" => return Some(StoreError::Busy),
        "23001" => return Some(StoreError::Refused(error.message().to_owned())),
        _ => {}
    }
    if code.len() == 5 {
        return None;
    }
    match code.parse::<u32>().ok()? & 0xff {
        13 => Some(StoreError::Full),
        5 | 6 => Some(StoreError::Busy),
        // SQLITE_CONSTRAINT_TRIGGER, after the violations named above.
        19 => Some(StoreError::Refused(error.message().to_owned())),
        _ => None,
    }
}
