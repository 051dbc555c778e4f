//! The states of a matter (domain.md §6): what is wanting is put right and proved before it is closed, and never
//! closed by the one who reported it (未整改不销号).

use thiserror::Error;

use super::super::kind::named;
use crate::Actor;

named! {
    /// A state by its name.
    MatterStateName {
        /// Written down, nobody answers for it yet.
        Raised => "raised",
        /// Somebody answers for it, by a day.
        Assigned => "assigned",
        /// Reported done, with proof.
        Reported => "reported",
        /// The proof was not enough.
        SentBack => "sent_back",
        /// Put right and proved (销号).
        Closed => "closed",
    }
}

named! {
    /// What is done with a matter.
    MatterMove {
        /// Say who answers for it and by when.
        Assign => "assign",
        /// Say that it is done, with proof.
        Report => "report",
        /// Close it.
        Close => "close",
        /// Refuse the report, with a reason.
        SendBack => "send_back",
        /// Take a closed one up again, with a reason.
        Reopen => "reopen",
    }
}

/// Where a matter stands, with what that state knows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum MatterState {
    /// Written down.
    Raised,
    /// Somebody answers for it.
    Assigned,
    /// Reported done.
    Reported {
        /// By whom.
        by: Actor,
    },
    /// The report was refused.
    SentBack,
    /// Closed.
    Closed {
        /// Who reported it.
        reported_by: Actor,
        /// Who closed it; somebody else.
        by: Actor,
    },
}

/// Why a move is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum MatterError {
    /// Not from this state.
    #[error("no {action} from state {state}")]
    WrongState {
        /// What was tried.
        action: MatterMove,
        /// The state.
        state: MatterStateName,
    },
    /// Nobody answers for it, or there is no day.
    #[error("assigning names who answers for it and a day")]
    Unassigned,
    /// Neither words nor files show that it is done.
    #[error("a report needs proof")]
    ProofMissing,
    /// Who reported it cannot close it.
    #[error("closed by somebody other than who reported it")]
    SamePerson,
    /// A reason must be given.
    #[error("a reason is missing")]
    ReasonMissing,
}

/// Who may make a move.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MatterHand {
    /// The office.
    Office,
    /// Whoever writes for the unit.
    Unit,
}

impl MatterHand {
    /// The word in the diagram.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Office => "office",
            Self::Unit => "unit",
        }
    }
}

/// One arrow: from, by which move, to, and who may take it. The audit event is always `matter_moved`.
pub type MatterArrow = (MatterStateName, MatterMove, MatterStateName, MatterHand);

/// The whole machine.
pub const MATTER_ARROWS: &[MatterArrow] = &[
    (
        MatterStateName::Raised,
        MatterMove::Assign,
        MatterStateName::Assigned,
        MatterHand::Office,
    ),
    (
        MatterStateName::Assigned,
        MatterMove::Report,
        MatterStateName::Reported,
        MatterHand::Unit,
    ),
    (
        MatterStateName::SentBack,
        MatterMove::Report,
        MatterStateName::Reported,
        MatterHand::Unit,
    ),
    (
        MatterStateName::Reported,
        MatterMove::Close,
        MatterStateName::Closed,
        MatterHand::Office,
    ),
    (
        MatterStateName::Reported,
        MatterMove::SendBack,
        MatterStateName::SentBack,
        MatterHand::Office,
    ),
    (
        MatterStateName::Closed,
        MatterMove::Reopen,
        MatterStateName::Assigned,
        MatterHand::Office,
    ),
];

impl MatterMove {
    /// Who may make it.
    #[must_use]
    pub const fn hand(self) -> MatterHand {
        match self {
            Self::Report => MatterHand::Unit,
            Self::Assign | Self::Close | Self::SendBack | Self::Reopen => MatterHand::Office,
        }
    }

    /// The moves that lead on from a state.
    pub fn from(state: MatterStateName) -> impl Iterator<Item = Self> {
        MATTER_ARROWS
            .iter()
            .filter(move |arrow| arrow.0 == state)
            .map(|arrow| arrow.1)
    }
}

impl MatterState {
    /// Its name.
    #[must_use]
    pub const fn name(&self) -> MatterStateName {
        match self {
            Self::Raised => MatterStateName::Raised,
            Self::Assigned => MatterStateName::Assigned,
            Self::Reported { .. } => MatterStateName::Reported,
            Self::SentBack => MatterStateName::SentBack,
            Self::Closed { .. } => MatterStateName::Closed,
        }
    }

    const fn refuse<T>(&self, action: MatterMove) -> Result<T, MatterError> {
        Err(MatterError::WrongState {
            action,
            state: self.name(),
        })
    }

    /// Somebody answers for it from now on. `named`: responsible and due day are given.
    ///
    /// # Errors
    /// [`MatterError::WrongState`], [`MatterError::Unassigned`].
    pub fn assign(self, named: bool) -> Result<Self, MatterError> {
        match self {
            Self::Raised if named => Ok(Self::Assigned),
            Self::Raised => Err(MatterError::Unassigned),
            other => other.refuse(MatterMove::Assign),
        }
    }

    /// It is done, says `by`. `proof`: there are words or files that show it.
    ///
    /// # Errors
    /// [`MatterError::WrongState`], [`MatterError::ProofMissing`].
    pub fn report(self, by: Actor, proof: bool) -> Result<Self, MatterError> {
        match self {
            Self::Assigned | Self::SentBack if proof => Ok(Self::Reported { by }),
            Self::Assigned | Self::SentBack => Err(MatterError::ProofMissing),
            other => other.refuse(MatterMove::Report),
        }
    }

    /// The proof holds, says `by`, who is not who reported it.
    ///
    /// # Errors
    /// [`MatterError::WrongState`], [`MatterError::SamePerson`].
    pub fn close(self, by: Actor) -> Result<Self, MatterError> {
        match self {
            Self::Reported { by: reporter } if reporter == by => Err(MatterError::SamePerson),
            Self::Reported { by: reported_by } => Ok(Self::Closed { reported_by, by }),
            other => other.refuse(MatterMove::Close),
        }
    }

    /// The proof does not hold.
    ///
    /// # Errors
    /// [`MatterError::WrongState`], [`MatterError::ReasonMissing`].
    pub fn send_back(self, reason: &str) -> Result<Self, MatterError> {
        match self {
            Self::Reported { .. } if reason.trim().is_empty() => Err(MatterError::ReasonMissing),
            Self::Reported { .. } => Ok(Self::SentBack),
            other => other.refuse(MatterMove::SendBack),
        }
    }

    /// A closed one is taken up again.
    ///
    /// # Errors
    /// [`MatterError::WrongState`], [`MatterError::ReasonMissing`].
    pub fn reopen(self, reason: &str) -> Result<Self, MatterError> {
        match self {
            Self::Closed { .. } if reason.trim().is_empty() => Err(MatterError::ReasonMissing),
            Self::Closed { .. } => Ok(Self::Assigned),
            other => other.refuse(MatterMove::Reopen),
        }
    }
}
