//! What can go wrong with a text that has rules.

use thiserror::Error;

/// Why a text is not the code, id or number it was read as.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum DomainError {
    /// A code of an item, grade or presenter that is not `[a-z][a-z0-9_]{0,15}`.
    #[error("{text:?} is not a code: a small letter, then up to 15 small letters, digits or _")]
    Code {
        /// What was read.
        text: String,
    },
    /// A category code that is not one letter from A to Z.
    #[error("{text:?} is not a category: one letter from A to Z")]
    Category {
        /// What was read.
        text: String,
    },
    /// An appraisal id that is not sixteen small letters or digits.
    #[error("{text:?} is not an appraisal's id: 16 small letters or digits")]
    AppraisalId {
        /// What was read.
        text: String,
    },
    /// A quorum that is not a proper fraction above nought.
    #[error("{numerator}/{denominator} is not a quorum: it lies above 0 and at most at 1")]
    Quorum {
        /// Above the stroke.
        numerator: u32,
        /// Below the stroke.
        denominator: u32,
    },
    /// A hash that is not 64 lower-case hexadecimal digits.
    #[error("{text:?} is not a SHA-256 hash in lower-case hexadecimal")]
    Hash {
        /// What was read.
        text: String,
    },
    /// JSON that does not fit the structure it was read as.
    #[error("at {path}: {reason}")]
    Json {
        /// Where, as `categories[1].weight`.
        path: String,
        /// What the reader says.
        reason: String,
    },
    /// A role that does not exist.
    #[error("{text:?} is not a role")]
    Role {
        /// What was read.
        text: String,
    },
    /// An actor of the audit trail that does not exist.
    #[error("{text:?} is not an actor of the audit trail")]
    Actor {
        /// What was read.
        text: String,
    },
    /// A state that does not exist.
    #[error("{text:?} is not a state")]
    State {
        /// What was read.
        text: String,
    },
    /// A record's id that is not sixteen small letters or digits.
    #[error("{text:?} is not an id: 16 small letters or digits")]
    RecordId {
        /// What was read.
        text: String,
    },
    /// A name that is none of a list's.
    #[error("{text:?} is not one of {of}")]
    Name {
        /// The list.
        of: &'static str,
        /// What was read.
        text: String,
    },
    /// A day that does not exist, or is not written `YYYY-MM-DD`.
    #[error("{text:?} is not a day")]
    Date {
        /// What was read.
        text: String,
    },
    /// A quarter that is not written `YYYY-Qn`.
    #[error("{text:?} is not a quarter")]
    Quarter {
        /// What was read.
        text: String,
    },
    /// A quantity that is negative, too large or too fine.
    #[error("{text:?} is not an amount")]
    Amount {
        /// What was read.
        text: String,
    },
    /// Points that are negative, above a hundred or too fine.
    #[error("{text:?} are no points from 0 to 100")]
    Points {
        /// What was read.
        text: String,
    },
    /// A place in the tree of units that is not ids with `/` after each.
    #[error("{text:?} is not a place in the tree of units")]
    Path {
        /// What was read.
        text: String,
    },
}
