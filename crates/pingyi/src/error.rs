//! Why a command could not do its work, and how that is said.

use std::net::SocketAddr;
use std::path::PathBuf;

use pingyi_app::AppError;
use pingyi_testkit::TestkitError;

use crate::texts::Texts;

/// Everything that can stop a command.
#[derive(Debug, thiserror::Error)]
pub enum CommandError {
    /// The application refused or failed.
    #[error(transparent)]
    App(#[from] AppError),
    /// A client of the HTTP interface could not go on.
    #[error(transparent)]
    Client(#[from] TestkitError),
    /// The address cannot be listened on.
    #[error("cannot listen on {address}: {source}")]
    Listen {
        /// The address.
        address: SocketAddr,
        /// What the system said.
        source: std::io::Error,
    },
    /// A file cannot be read or written.
    #[error("{path}: {source}")]
    File {
        /// The file.
        path: PathBuf,
        /// What the system said.
        source: std::io::Error,
    },
    /// The server stopped with an error.
    #[error("the server stopped: {0}")]
    Serving(std::io::Error),
    /// The worker threads cannot be started.
    #[error("cannot start: {0}")]
    Start(std::io::Error),
    /// Certificate or key cannot be used.
    #[error("{path}: {reason}")]
    Tls {
        /// The file.
        path: PathBuf,
        /// What is wrong with it.
        reason: String,
    },
    /// Not the uuid of a box.
    #[error("{0} is no uuid")]
    Uuid(String),
    /// Not a link of the issuer.
    #[error("no link of the issuer")]
    IssuerLink,
    /// A QR symbol cannot hold an address this long.
    #[error("{0} is too long for a QR symbol")]
    Qr(String),
    /// Not a head of a board.
    #[error("{0} is no hash")]
    Head(String),
    /// More heads than archives.
    #[error("more heads than archives")]
    TooManyHeads,
    /// Not a challenge file.
    #[error("{path}: {error}")]
    Challenge {
        /// The file.
        path: PathBuf,
        /// What is wrong with it.
        error: pingyi_ballot::BallotError,
    },
    /// Nothing to make.
    #[error("nothing to make")]
    NoSlips,
}

impl CommandError {
    /// Wraps an error of the file system with the path it is about.
    pub fn file(path: impl Into<PathBuf>) -> impl FnOnce(std::io::Error) -> Self {
        let path = path.into();
        |source| Self::File { path, source }
    }

    /// What the person at the terminal reads.
    #[must_use]
    pub fn told(&self, texts: &Texts) -> String {
        let said = match self {
            Self::App(error) => {
                let key = format!("cli-error-app-{}", error.code().replace('_', "-"));
                let key = if texts.knows(&key) {
                    key
                } else {
                    "cli-error-app".to_owned()
                };
                texts.with(&key, &[("reason", error)])
            }
            Self::Client(TestkitError::WrongResult(reason)) => {
                texts.with("cli-error-wrong-result", &[("reason", reason)])
            }
            Self::Client(error) => texts.with("cli-error-client", &[("reason", error)]),
            Self::Listen { address, source } => texts.with(
                "cli-error-listen",
                &[("address", address), ("reason", source)],
            ),
            Self::File { path, source } => texts.with(
                "cli-error-file",
                &[("path", &path.display()), ("reason", source)],
            ),
            Self::Serving(source) => texts.with("cli-error-serving", &[("reason", source)]),
            Self::Start(source) => texts.with("cli-error-start", &[("reason", source)]),
            Self::Tls { path, reason } => texts.with(
                "cli-error-tls",
                &[("path", &path.display()), ("reason", reason)],
            ),
            Self::Uuid(text) => texts.with("cli-error-uuid", &[("text", text)]),
            Self::IssuerLink => texts.plain("cli-error-issuer-link"),
            Self::Qr(address) => texts.with("cli-error-qr", &[("address", address)]),
            Self::Head(text) => texts.with("cli-error-head", &[("text", text)]),
            Self::TooManyHeads => texts.plain("cli-error-too-many-heads"),
            Self::Challenge { path, error } => texts.with(
                "cli-error-challenge",
                &[("path", &path.display()), ("reason", error)],
            ),
            Self::NoSlips => texts.plain("cli-error-no-slips"),
        };
        texts.with("cli-error", &[("what", &said)])
    }
}
