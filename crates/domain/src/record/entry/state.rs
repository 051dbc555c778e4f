//! The review of an entry: recorded, then confirmed by the office or returned with a reason, and never confirmed by who
//! recorded it.

use thiserror::Error;

use super::super::kind::named;

named! {
    /// Where an entry stands.
    EntryState {
        /// Written down; counts, and waits for the office.
        Recorded => "recorded",
        /// Looked at by the office.
        Confirmed => "confirmed",
        /// Given back with a reason; does not count.
        Returned => "returned",
    }
}

named! {
    /// What is done with an entry.
    EntryMove {
        /// The office found it right.
        Confirm => "confirm",
        /// The office gives it back, with a reason.
        Return => "return",
        /// It is edited again by whoever writes for the unit.
        Edit => "edit",
    }
}

/// One arrow: from, by which move, to, whose it is, and the audit event.
pub type EntryArrow = (
    EntryState,
    EntryMove,
    EntryState,
    &'static str,
    &'static str,
);

/// The whole machine.
pub const ENTRY_ARROWS: &[EntryArrow] = &[
    (
        EntryState::Recorded,
        EntryMove::Confirm,
        EntryState::Confirmed,
        "office",
        "entry_reviewed",
    ),
    (
        EntryState::Recorded,
        EntryMove::Return,
        EntryState::Returned,
        "office",
        "entry_reviewed",
    ),
    (
        EntryState::Confirmed,
        EntryMove::Return,
        EntryState::Returned,
        "office",
        "entry_reviewed",
    ),
    (
        EntryState::Recorded,
        EntryMove::Edit,
        EntryState::Recorded,
        "unit",
        "record_changed",
    ),
    (
        EntryState::Returned,
        EntryMove::Edit,
        EntryState::Recorded,
        "unit",
        "record_changed",
    ),
    (
        EntryState::Confirmed,
        EntryMove::Edit,
        EntryState::Confirmed,
        "office",
        "record_changed",
    ),
];

/// Why a move is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum EntryError {
    /// Not from this state.
    #[error("no {action} from state {state}")]
    WrongState {
        /// What was tried.
        action: EntryMove,
        /// The state.
        state: EntryState,
    },
    /// Who recorded it cannot confirm it.
    #[error("confirmed by somebody other than who recorded it")]
    SamePerson,
    /// A reason must be given.
    #[error("a reason is missing")]
    ReasonMissing,
    /// A confirmed entry is changed by the office only.
    #[error("a confirmed entry is changed by the office")]
    OfficeOnly,
}

impl EntryState {
    /// Confirms. `own`: by who recorded it.
    ///
    /// # Errors
    /// [`EntryError::WrongState`], [`EntryError::SamePerson`].
    pub const fn confirm(self, own: bool) -> Result<Self, EntryError> {
        match self {
            Self::Recorded if own => Err(EntryError::SamePerson),
            Self::Recorded => Ok(Self::Confirmed),
            state => Err(EntryError::WrongState {
                action: EntryMove::Confirm,
                state,
            }),
        }
    }

    /// Gives it back.
    ///
    /// # Errors
    /// [`EntryError::WrongState`], [`EntryError::ReasonMissing`].
    pub fn give_back(self, reason: &str) -> Result<Self, EntryError> {
        match self {
            Self::Recorded | Self::Confirmed if reason.trim().is_empty() => {
                Err(EntryError::ReasonMissing)
            }
            Self::Recorded | Self::Confirmed => Ok(Self::Returned),
            state @ Self::Returned => Err(EntryError::WrongState {
                action: EntryMove::Return,
                state,
            }),
        }
    }

    /// Where it stands once edited, by the office or by another.
    ///
    /// # Errors
    /// [`EntryError::OfficeOnly`].
    pub const fn edit(self, office: bool) -> Result<Self, EntryError> {
        match self {
            Self::Recorded | Self::Returned => Ok(Self::Recorded),
            Self::Confirmed if office => Ok(Self::Confirmed),
            Self::Confirmed => Err(EntryError::OfficeOnly),
        }
    }
}
