//! What can go wrong, with a stable code each; the web crate turns codes into sentences.

use pingyi_domain::Digest;
use pingyi_domain::appraisal::TransitionError;
use pingyi_domain::ballot_box::BoxError;
use pingyi_domain::config::{AppraisalConfig, Problem};
use pingyi_domain::record::FieldProblem;
use pingyi_domain::stage::StageError;
use pingyi_store::StoreError;

use crate::papers::PaperFault;
use crate::record::Conflict;
use crate::slides::SlidesFault;
use crate::soffice::ConvertFault;

/// What a use case gives back.
pub type Result<T> = std::result::Result<T, AppError>;

/// Everything a use case can refuse.
#[derive(Debug, thiserror::Error)]
pub enum AppError {
    /// Log-in name or password wrong, or the account is off.
    #[error("bad log-in")]
    BadLogin,
    /// Too many wrong passwords; try again later.
    #[error("too many attempts, wait {seconds} s")]
    TooManyAttempts {
        /// Seconds to wait.
        seconds: i64,
    },
    /// The set-up code is wrong, or an administrator exists.
    #[error("bad set-up code")]
    BadSetupCode,
    /// The token of a link is unknown (or was replaced).
    #[error("unknown link")]
    BadToken,
    /// No such thing.
    #[error("not found")]
    NotFound,
    /// A field of the request breaks its rule: its name, then the rule's code.
    #[error("{field}: {rule}")]
    Invalid {
        /// Field.
        field: &'static str,
        /// Code of the rule, for the catalogue.
        rule: &'static str,
    },
    /// The log-in name is taken.
    #[error("log-in name is taken")]
    LoginTaken,
    /// The last administrator would be gone.
    #[error("the last administrator stays")]
    LastAdmin,
    /// Not possible in this state.
    #[error("not possible in state {state}")]
    WrongState {
        /// The state it is in.
        state: String,
    },
    /// A rule of the states is broken; the code is the rule's.
    #[error(transparent)]
    Rule(TransitionError),
    /// Somebody else stored a newer configuration.
    #[error("changed meanwhile")]
    ChangedMeanwhile {
        /// The stored version.
        version: i64,
        /// The stored configuration.
        config: Box<AppraisalConfig>,
    },
    /// The configuration has problems that must be solved first (or cannot be read).
    #[error("{} problems", .0.len())]
    Problems(Vec<Problem>),
    /// Fields of a form that break their rules, all at once.
    #[error("{} fields", .0.len())]
    Fields(Vec<FieldProblem>),
    /// A report cannot be handed in: everything that is wanting.
    #[error("{} things are wanting", .0.len())]
    NotReady(Vec<pingyi_domain::report::Lack>),
    /// A unit cannot be dissolved on a day after which records of it begin; the latest first.
    #[error("{} records begin later", .0.len())]
    LaterRecords(Vec<pingyi_store::repo::units::LaterRow>),
    /// It belongs to a unit the user may not see, or not write.
    #[error("not your unit")]
    NotYourUnit,
    /// Somebody else must do it: who reported does not close, who asked does not decide.
    #[error("somebody else must do it")]
    SamePerson,
    /// Something refers to it, so it stays.
    #[error("in use")]
    InUse,
    /// Somebody else changed the record since; what differs, field by field.
    #[error("changed by somebody else since")]
    Conflict(Box<Conflict>),
    /// What was to be taken away is no longer what the person saw.
    #[error("old version")]
    OldVersion,
    /// A credential is no valid group element.
    #[error("credential {index} is not valid")]
    RollBadCredential {
        /// Its place in the list sent, from 0.
        index: usize,
    },
    /// A credential stands twice on the roll (or on two).
    #[error("a credential stands twice")]
    RollDuplicate,
    /// The roll is longer than the limit.
    #[error("more than {limit} credentials")]
    RollTooLong {
        /// The limit.
        limit: usize,
    },
    /// The seat has sent another message of this kind.
    #[error("already sent")]
    AlreadySent,
    /// A message of the ceremony fails its check.
    #[error("ceremony: {code}")]
    Ceremony {
        /// Code of the check, from the ballot crate.
        code: &'static str,
        /// More about it, without secrets.
        text: String,
    },
    /// The message comes before the others it builds on.
    #[error("too early")]
    TooEarly,
    /// A share of the opening fails its check.
    #[error("share refused: {text}")]
    BadShare {
        /// Code of the check, from the ballot crate.
        code: &'static str,
        /// What failed.
        text: String,
    },
    /// A ballot is refused; the code is one of contract §3.5.
    #[error("ballot refused: {code}")]
    Ballot {
        /// Code.
        code: &'static str,
    },
    /// The box takes no ballots.
    #[error("the box is not open")]
    BoxNotOpen,
    /// The box takes no ballots for the moment.
    #[error("the box is paused")]
    BoxPaused,
    /// Too much at once; the same request again in a moment will do.
    #[error("busy")]
    Busy,
    /// A sealed opinion is not one.
    #[error("opinion refused: {code}")]
    Opinion {
        /// Code.
        code: &'static str,
    },
    /// The slides are not taken; why.
    #[error(transparent)]
    Slides(#[from] SlidesFault),
    /// `LibreOffice` made no PDF; why.
    #[error(transparent)]
    Convert(#[from] ConvertFault),
    /// An order for the hall screen that cannot be followed; the code says why.
    #[error(transparent)]
    Stage(#[from] StageError),
    /// A rehearsal is wiped, so nothing is made of it.
    #[error("it is a rehearsal")]
    OfRehearsal,
    /// The opinion is struck, or waits for it.
    #[error("already struck")]
    AlreadyStruck,
    /// Weights are tried out before sealing only.
    #[error("weights are tried out before sealing only")]
    WhatIfClosed,
    /// The lots were drawn.
    #[error("already drawn")]
    AlreadyDrawn,
    /// The boxes' own verification found something: not released.
    #[error("the verification has findings")]
    VerificationFindings,
    /// The disk is full; nothing was changed.
    #[error("no space left")]
    DiskFull,
    /// Another server works on this data folder.
    #[error("the data folder is in use")]
    FolderInUse,
    /// The data folder cannot be written.
    #[error("the data folder cannot be written: {0}")]
    FolderNotWritable(std::io::Error),
    /// A backup is not whole: what is wrong with it.
    #[error("backup: {0}")]
    BadBackup(String),
    /// A restore goes into an empty place only.
    #[error("the place of the restore is not empty")]
    NotEmpty,
    /// The database was written by a newer program.
    #[error("the database has schema {found}, this program knows {known}")]
    NewerDatabase {
        /// Version found.
        found: i64,
        /// Version known.
        known: i64,
    },
    /// The database server keeps the time of every transaction, and so of every ballot.
    #[error("the database server keeps the time of every transaction (track_commit_timestamp)")]
    DatabaseKeepsTimes,
    /// A file that a row names is not in the file store.
    #[error("file {file} is missing")]
    FileMissing {
        /// Its SHA-256.
        file: Digest,
    },
    /// A file in the file store is not what was kept.
    #[error("file {file} was changed")]
    FileChanged {
        /// The SHA-256 it was kept under.
        file: Digest,
    },
    /// The file store does not do what it was asked.
    #[error("file store: {0}")]
    FileStore(String),
    /// There is no paper; why.
    #[error(transparent)]
    Paper(#[from] PaperFault),
    /// The server is shutting down.
    #[error("shutting down")]
    ShuttingDown,
    /// Nothing the user can do about: logged with an id, shown with that id.
    #[error("internal: {0}")]
    Internal(String),
}

impl AppError {
    /// The stable code.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::BadLogin => "bad_login",
            Self::TooManyAttempts { .. } => "too_many_attempts",
            Self::BadSetupCode => "bad_setup_code",
            Self::BadToken => "bad_token",
            Self::NotFound => "not_found",
            Self::Invalid { .. } => "invalid",
            Self::LoginTaken => "login_taken",
            Self::LastAdmin => "last_admin",
            Self::WrongState { .. } => "wrong_state",
            Self::Rule(rule) => rule.code(),
            Self::ChangedMeanwhile { .. } => "changed_meanwhile",
            Self::Problems(_) => "problems",
            Self::Fields(_) => "fields",
            Self::NotReady(_) => "not_ready",
            Self::LaterRecords(_) => "later_records",
            Self::NotYourUnit => "not_your_unit",
            Self::SamePerson => "same_person",
            Self::InUse => "in_use",
            Self::Conflict(_) => "conflict",
            Self::OldVersion => "old_version",
            Self::RollBadCredential { .. } => "roll_bad_credential",
            Self::RollDuplicate => "roll_duplicate",
            Self::RollTooLong { .. } => "roll_too_long",
            Self::AlreadySent => "already_sent",
            Self::Ceremony { .. } => "ceremony_refused",
            Self::TooEarly => "too_early",
            Self::BadShare { .. } => "bad_share",
            Self::Ballot { code } | Self::Opinion { code } => code,
            Self::BoxNotOpen => "box_not_open",
            Self::BoxPaused => "box_paused",
            Self::Busy => "busy",
            Self::Slides(fault) => fault.code(),
            Self::Convert(fault) => fault.code(),
            Self::Stage(error) => error.code(),
            Self::OfRehearsal => "of_rehearsal",
            Self::AlreadyStruck => "already_struck",
            Self::WhatIfClosed => "what_if_closed",
            Self::AlreadyDrawn => "already_drawn",
            Self::VerificationFindings => "verification_findings",
            Self::DiskFull => "disk_full",
            Self::FolderInUse => "folder_in_use",
            Self::FolderNotWritable(_) => "folder_not_writable",
            Self::BadBackup(_) => "bad_backup",
            Self::NotEmpty => "not_empty",
            Self::NewerDatabase { .. } => "newer_database",
            Self::DatabaseKeepsTimes => "database_keeps_times",
            Self::FileMissing { .. } => "file_missing",
            Self::FileChanged { .. } => "file_changed",
            Self::FileStore(_) => "file_store",
            Self::Paper(fault) => fault.code(),
            Self::ShuttingDown => "shutting_down",
            Self::Internal(_) => "internal",
        }
    }

    /// The HTTP status that fits, so that every route answers alike.
    #[must_use]
    pub fn status(&self) -> u16 {
        match self {
            Self::BadLogin | Self::BadToken => 401,
            Self::BadSetupCode | Self::NotYourUnit => 403,
            Self::TooManyAttempts { .. } => 429,
            Self::Paper(fault) => fault.status(),
            Self::NotFound => 404,
            Self::Convert(fault) => fault.status(),
            Self::Ballot {
                code: "ballot_too_large",
            }
            | Self::Slides(SlidesFault::TooLarge) => 413,
            Self::Rule(TransitionError::ReasonMissing | TransitionError::ReasonTooLong { .. })
            | Self::Invalid { .. }
            | Self::Problems(_)
            | Self::Fields(_)
            | Self::NotReady(_)
            | Self::LaterRecords(_)
            | Self::RollBadCredential { .. }
            | Self::RollDuplicate
            | Self::RollTooLong { .. }
            | Self::Ceremony { .. }
            | Self::BadShare { .. }
            | Self::Ballot { .. }
            | Self::Opinion { .. }
            | Self::Slides(_)
            | Self::Stage(StageError::NoSuchPresenter { .. } | StageError::NoSuchSlide)
            | Self::BadBackup(_) => 422,
            Self::LoginTaken
            | Self::LastAdmin
            | Self::WrongState { .. }
            | Self::Rule(_)
            | Self::ChangedMeanwhile { .. }
            | Self::SamePerson
            | Self::InUse
            | Self::Conflict(_)
            | Self::OldVersion
            | Self::Stage(StageError::NotReleased | StageError::NoSpeaker)
            | Self::AlreadySent
            | Self::TooEarly
            | Self::BoxNotOpen
            | Self::BoxPaused
            | Self::OfRehearsal
            | Self::AlreadyStruck
            | Self::AlreadyDrawn
            | Self::WhatIfClosed
            | Self::VerificationFindings
            | Self::NotEmpty => 409,
            Self::Busy | Self::ShuttingDown => 503,
            Self::DiskFull => 507,
            Self::FolderInUse
            | Self::FolderNotWritable(_)
            | Self::NewerDatabase { .. }
            | Self::DatabaseKeepsTimes
            | Self::FileMissing { .. }
            | Self::FileChanged { .. }
            | Self::FileStore(_)
            | Self::Internal(_) => 500,
        }
    }

    /// Something that cannot be, told to the log.
    pub(crate) fn internal(what: impl std::fmt::Display) -> Self {
        Self::Internal(what.to_string())
    }
}

impl From<TransitionError> for AppError {
    fn from(rule: TransitionError) -> Self {
        match rule {
            TransitionError::WrongState { state, .. } => Self::WrongState {
                state: state.to_string(),
            },
            other => Self::Rule(other),
        }
    }
}

impl From<BoxError> for AppError {
    fn from(rule: BoxError) -> Self {
        match rule {
            BoxError::WrongState { state, .. } => Self::WrongState {
                state: state.to_owned(),
            },
            BoxError::ShareTwice { .. } => Self::AlreadySent,
            other => Self::Internal(other.to_string()),
        }
    }
}

impl From<Vec<FieldProblem>> for AppError {
    fn from(problems: Vec<FieldProblem>) -> Self {
        Self::Fields(problems)
    }
}

impl From<StoreError> for AppError {
    fn from(error: StoreError) -> Self {
        match error {
            StoreError::Full => Self::DiskFull,
            StoreError::File(error) if error.kind() == std::io::ErrorKind::StorageFull => {
                Self::DiskFull
            }
            StoreError::Files(error) => Self::FileStore(error.to_string()),
            StoreError::FilesAddress(text) => Self::FileStore(text),
            StoreError::Busy => Self::Busy,
            StoreError::KeepsTimes => Self::DatabaseKeepsTimes,
            StoreError::Schema { found, known } => Self::NewerDatabase { found, known },
            other => Self::Internal(other.to_string()),
        }
    }
}

impl From<serde_json::Error> for AppError {
    /// Only for texts we stored ourselves.
    fn from(error: serde_json::Error) -> Self {
        Self::internal(format_args!("stored JSON: {error}"))
    }
}
