//! What can go wrong for a client of the HTTP interface.

use std::fmt;

/// Why a client could not do what it was told.
#[derive(Debug, thiserror::Error)]
pub enum TestkitError {
    /// The server understood and refused.
    #[error("{0}")]
    Refused(Refusal),
    /// No answer: refused connection, broken connection, or silence past the time limit.
    #[error("no answer from {url}: {reason}")]
    NoAnswer {
        /// The address asked.
        url: String,
        /// What the network layer said.
        reason: String,
    },
    /// An answer that the contract does not allow.
    #[error("{url} answered what the contract does not allow: {reason}")]
    Unexpected {
        /// The address asked.
        url: String,
        /// What was wrong with it.
        reason: String,
    },
    /// The base address is not one.
    #[error("{0} is not an address of a server (http://host:port)")]
    BadAddress(String),
    /// What the server sent does not hold: a client that checks found the server wrong.
    #[error("{who} found the server's data wrong: {reason}")]
    Distrust {
        /// Who checked.
        who: &'static str,
        /// What did not hold.
        reason: String,
    },
    /// The meeting asked for cannot be held.
    #[error("this meeting cannot be held: {0}")]
    BadPlan(String),
    /// The announced result is not what the marks give.
    #[error("the announced result differs from the marks: {0}")]
    WrongResult(String),
    /// A worker of the client stopped.
    #[error("a worker stopped: {0}")]
    Worker(String),
    /// A file could not be written.
    #[error("cannot write {path}: {source}")]
    Output {
        /// The file.
        path: std::path::PathBuf,
        /// What the system said.
        source: std::io::Error,
    },
}

/// The server's refusal: `{"error":{…}}` of contract §3.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refusal {
    /// HTTP status.
    pub status: u16,
    /// The stable code.
    pub code: String,
    /// The message for people.
    pub message: String,
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}: {}", self.status, self.code, self.message)
    }
}

impl TestkitError {
    /// The stable code of a refusal, or nothing for any other failure.
    #[must_use]
    pub fn code(&self) -> Option<&str> {
        match self {
            Self::Refused(refusal) => Some(&refusal.code),
            _ => None,
        }
    }

    /// Whether trying the same again may help: the server was away, busy, or failed inside.
    #[must_use]
    pub fn passing(&self) -> bool {
        match self {
            Self::NoAnswer { .. } => true,
            Self::Refused(refusal) => refusal.status >= 500 || refusal.code == "busy",
            _ => false,
        }
    }
}
