//! Why an arrow cannot be taken.

use thiserror::Error;

use super::names::{Action, StateName};
use crate::codes::CategoryCode;

/// The rule that was broken.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum TransitionError {
    /// There is no such arrow from this state.
    #[error("{action} is not possible in state {state}")]
    WrongState {
        /// What was asked.
        action: Action,
        /// Where the appraisal stands.
        state: StateName,
    },
    /// The configuration has problems.
    #[error("the configuration has {count} problems")]
    Problems {
        /// How many.
        count: usize,
    },
    /// A box has no roll.
    #[error("no slips have been issued for {}", list(.categories))]
    RollMissing {
        /// The categories.
        categories: Vec<CategoryCode>,
    },
    /// A box has fewer slips than its minimum group size, so it could never be opened.
    #[error("fewer slips than the minimum have been issued for {}", list(.categories))]
    RollBelowMinimum {
        /// The categories.
        categories: Vec<CategoryCode>,
    },
    /// A box is neither opened nor skipped.
    #[error("not yet opened: {}", list(.categories))]
    BoxesPending {
        /// The categories.
        categories: Vec<CategoryCode>,
    },
    /// More papers came back than went out, which voids the vote (domain.md §9).
    #[error("more returned than issued: {}", list(.categories))]
    ReturnedAboveIssued {
        /// The categories.
        categories: Vec<CategoryCode>,
    },
    /// A result that was not made known can be put away only when it is kept for the committee.
    #[error("the result is neither released nor kept")]
    NeitherReleasedNorKept,
    /// The result is kept already.
    #[error("the result is kept already")]
    AlreadyKept,
    /// Voiding needs a reason.
    #[error("a reason is needed")]
    ReasonMissing,
    /// The reason has too many characters.
    #[error("the reason has more than {most} characters")]
    ReasonTooLong {
        /// The most.
        most: usize,
    },
    /// Only a rehearsal can be wiped.
    #[error("this is not a rehearsal")]
    NotARehearsal,
    /// From Sealed on nothing is edited.
    #[error("nothing is edited in state {state}")]
    Frozen {
        /// Where the appraisal stands.
        state: StateName,
    },
    /// The tellers are fixed since the first certificate.
    #[error("the tellers are fixed since the key ceremony began")]
    TellersFrozen,
}

impl TransitionError {
    /// The stable code for the interface.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::WrongState { .. } => "wrong_state",
            Self::Problems { .. } => "has_problems",
            Self::RollMissing { .. } => "roll_missing",
            Self::RollBelowMinimum { .. } => "roll_below_minimum",
            Self::BoxesPending { .. } => "boxes_pending",
            Self::ReturnedAboveIssued { .. } => "returned_above_issued",
            Self::NeitherReleasedNorKept => "neither_released_nor_kept",
            Self::AlreadyKept => "already_kept",
            Self::ReasonMissing => "reason_missing",
            Self::ReasonTooLong { .. } => "reason_too_long",
            Self::NotARehearsal => "not_a_rehearsal",
            Self::Frozen { .. } => "frozen",
            Self::TellersFrozen => "tellers_frozen",
        }
    }
}

fn list(categories: &[CategoryCode]) -> String {
    categories
        .iter()
        .map(ToString::to_string)
        .collect::<Vec<_>>()
        .join(", ")
}
