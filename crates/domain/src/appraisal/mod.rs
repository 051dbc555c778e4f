//! The states of an appraisal and the arrows between them (product.md, contract §2.2).
//!
//! `docs/state-machines/appraisal.md` shows the same as a diagram; a test compares the two.

mod arrows;
mod names;
mod refusal;
mod transitions;

use serde::{Deserialize, Serialize};

use crate::codes::CategoryCode;
use crate::hash::Digest;

pub use arrows::{ARROWS, Arrow, End, Who};
pub use names::{Action, StateName};
pub use refusal::TransitionError;
pub use transitions::{BoxOutcome, MAX_REASON, SealCheck, VoidReason};

/// Where an appraisal stands, with what that state knows.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "state", rename_all = "snake_case")]
pub enum State {
    /// Being set up; the key ceremony may be under way.
    Draft,
    /// The tellers' key exists; slips are being issued.
    Keyed {
        /// SHA-256 of `trustees.json`.
        trustees: Digest,
    },
    /// Form, roll, scheme and tellers are frozen; each board has its first event.
    Sealed(Frozen),
    /// The boxes take ballots.
    Open(Frozen),
    /// The boxes take no ballots for now.
    Paused(Frozen),
    /// The boxes take no more ballots; the tellers may open.
    Closed(Frozen),
    /// Every box is opened or skipped.
    Counted(Counted),
    /// The result is known to everybody.
    Released(Counted),
    /// Put away whole.
    Archived(Counted),
    /// Void, with a reason; nothing more will happen.
    Voided(Voided),
}

/// What sealing fixed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Frozen {
    /// SHA-256 of `trustees.json`.
    pub trustees: Digest,
    /// SHA-256 of the canonical configuration, the same that each box carries.
    pub scheme: Digest,
}

/// What is known once all boxes are done.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Counted {
    /// What sealing fixed.
    pub frozen: Frozen,
    /// Categories below their minimum, which were not opened.
    pub skipped: Vec<CategoryCode>,
    /// Whether the result is kept for the committee (会后研究) and not for the hall.
    pub kept: bool,
}

/// Why there is no result.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Voided {
    /// The state it was in.
    pub from: StateName,
    /// Why.
    pub reason: VoidReason,
    /// What sealing had fixed.
    pub frozen: Frozen,
}

impl State {
    /// The name of the state.
    #[must_use]
    pub const fn name(&self) -> StateName {
        match self {
            Self::Draft => StateName::Draft,
            Self::Keyed { .. } => StateName::Keyed,
            Self::Sealed(_) => StateName::Sealed,
            Self::Open(_) => StateName::Open,
            Self::Paused(_) => StateName::Paused,
            Self::Closed(_) => StateName::Closed,
            Self::Counted(_) => StateName::Counted,
            Self::Released(_) => StateName::Released,
            Self::Archived(_) => StateName::Archived,
            Self::Voided(_) => StateName::Voided,
        }
    }

    /// What sealing fixed, from Sealed on.
    #[must_use]
    pub const fn frozen(&self) -> Option<&Frozen> {
        match self {
            Self::Draft | Self::Keyed { .. } => None,
            Self::Sealed(frozen)
            | Self::Open(frozen)
            | Self::Paused(frozen)
            | Self::Closed(frozen) => Some(frozen),
            Self::Counted(counted) | Self::Released(counted) | Self::Archived(counted) => {
                Some(&counted.frozen)
            }
            Self::Voided(voided) => Some(&voided.frozen),
        }
    }

    /// What is known of the count, from Counted on.
    #[must_use]
    pub const fn counted(&self) -> Option<&Counted> {
        match self {
            Self::Counted(counted) | Self::Released(counted) | Self::Archived(counted) => {
                Some(counted)
            }
            _ => None,
        }
    }

    /// Whether the boxes take ballots now.
    #[must_use]
    pub const fn takes_ballots(&self) -> bool {
        matches!(self, Self::Open(_))
    }

    /// Whether its presenters still speak, or have yet to: what the hall shows of them may be set.
    #[must_use]
    pub const fn is_before_closing(&self) -> bool {
        matches!(
            self,
            Self::Draft | Self::Keyed { .. } | Self::Sealed(_) | Self::Open(_) | Self::Paused(_)
        )
    }

    /// Whether the urn takes opinions now (contract §3.5): also in a pause, for they lie outside the boxes.
    #[must_use]
    pub const fn takes_opinions(&self) -> bool {
        matches!(self, Self::Open(_) | Self::Paused(_))
    }

    /// Whether the issuer may fill the rolls.
    #[must_use]
    pub const fn takes_roll(&self) -> bool {
        matches!(self, Self::Keyed { .. })
    }

    /// Whether organiser and leader may read opinions: after release or keeping (contract §3.2).
    #[must_use]
    pub const fn shows_opinions(&self) -> bool {
        match self {
            Self::Counted(counted) => counted.kept,
            Self::Released(_) | Self::Archived(_) => true,
            _ => false,
        }
    }

    /// Whether the result is announced: to the hall, to everybody signed in, and on the public boards. What was kept
    /// for the committee and put away without release stays with the organiser.
    #[must_use]
    pub const fn shows_result(&self) -> bool {
        match self {
            Self::Released(_) => true,
            Self::Archived(counted) => !counted.kept,
            _ => false,
        }
    }
}

#[cfg(test)]
mod tests;
