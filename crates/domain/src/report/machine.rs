//! The states of a report: written by the unit, looked over and approved by the office, and never approved by who
//! submitted it.

use thiserror::Error;

use crate::Actor;
use crate::record::named;

named! {
    /// A state by its name.
    ReportStateName {
        /// Being written.
        Draft => "draft",
        /// With the office; its figures are frozen.
        Submitted => "submitted",
        /// Given back with remarks; being written again.
        Returned => "returned",
        /// Approved.
        Approved => "approved",
    }
}

named! {
    /// What is done with a report.
    ReportMove {
        /// Hand it in.
        Submit => "submit",
        /// Give it back.
        Return => "return",
        /// Approve it.
        Approve => "approve",
        /// Take it back before anybody has remarked on it.
        Withdraw => "withdraw",
        /// Take an approved one up again.
        Reopen => "reopen",
    }
}

/// Where a report stands, with what that state knows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ReportState {
    /// Being written.
    Draft,
    /// With the office.
    Submitted {
        /// Who handed it in.
        by: Actor,
    },
    /// Given back.
    Returned,
    /// Approved.
    Approved {
        /// Who handed it in.
        submitted_by: Actor,
        /// Who approved it; somebody else.
        by: Actor,
    },
}

/// Why a move is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum ReportError {
    /// Not from this state.
    #[error("no {action} from state {state}")]
    WrongState {
        /// What was tried.
        action: ReportMove,
        /// The state.
        state: ReportStateName,
    },
    /// Given back without an open remark or a reason.
    #[error("what is given back says why")]
    NothingSaid,
    /// A remark is open.
    #[error("a remark is open")]
    RemarkOpen,
    /// Who submitted it cannot approve it.
    #[error("approved by somebody other than who submitted it")]
    SamePerson,
    /// Only who submitted it takes it back.
    #[error("taken back by who submitted it")]
    OtherPerson,
    /// The office has remarked on it.
    #[error("the office has looked at it")]
    LookedAt,
    /// A reason must be given.
    #[error("a reason is missing")]
    ReasonMissing,
    /// The appraisal that shows it is open.
    #[error("the appraisal of the year is open")]
    Shown,
}

/// Who may make a move.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ReportHand {
    /// The office.
    Office,
    /// Whoever writes the report: presenter or recorder of the unit.
    Unit,
}

impl ReportHand {
    /// The word in the diagram.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Office => "office",
            Self::Unit => "unit",
        }
    }
}

/// One arrow: from, by which move, to, and who may take it. The audit event is always `report_moved`.
pub type ReportArrow = (ReportStateName, ReportMove, ReportStateName, ReportHand);

/// The whole machine.
pub const REPORT_ARROWS: &[ReportArrow] = &[
    (
        ReportStateName::Draft,
        ReportMove::Submit,
        ReportStateName::Submitted,
        ReportHand::Unit,
    ),
    (
        ReportStateName::Returned,
        ReportMove::Submit,
        ReportStateName::Submitted,
        ReportHand::Unit,
    ),
    (
        ReportStateName::Submitted,
        ReportMove::Return,
        ReportStateName::Returned,
        ReportHand::Office,
    ),
    (
        ReportStateName::Submitted,
        ReportMove::Approve,
        ReportStateName::Approved,
        ReportHand::Office,
    ),
    (
        ReportStateName::Submitted,
        ReportMove::Withdraw,
        ReportStateName::Draft,
        ReportHand::Unit,
    ),
    (
        ReportStateName::Approved,
        ReportMove::Reopen,
        ReportStateName::Returned,
        ReportHand::Office,
    ),
];

impl ReportMove {
    /// Who may make it.
    #[must_use]
    pub const fn hand(self) -> ReportHand {
        match self {
            Self::Submit | Self::Withdraw => ReportHand::Unit,
            Self::Return | Self::Approve | Self::Reopen => ReportHand::Office,
        }
    }

    /// The moves that lead on from a state.
    pub fn from(state: ReportStateName) -> impl Iterator<Item = Self> {
        REPORT_ARROWS
            .iter()
            .filter(move |arrow| arrow.0 == state)
            .map(|arrow| arrow.1)
    }
}

impl ReportStateName {
    /// Whether its text may be changed.
    #[must_use]
    pub const fn is_open(self) -> bool {
        matches!(self, Self::Draft | Self::Returned)
    }
}

impl ReportState {
    /// Its name.
    #[must_use]
    pub const fn name(&self) -> ReportStateName {
        match self {
            Self::Draft => ReportStateName::Draft,
            Self::Submitted { .. } => ReportStateName::Submitted,
            Self::Returned => ReportStateName::Returned,
            Self::Approved { .. } => ReportStateName::Approved,
        }
    }

    const fn refuse<T>(&self, action: ReportMove) -> Result<T, ReportError> {
        Err(ReportError::WrongState {
            action,
            state: self.name(),
        })
    }

    /// Handed in by `by`. Whether it is complete is looked at before, all of it at once.
    ///
    /// # Errors
    /// [`ReportError::WrongState`].
    pub fn submit(self, by: Actor) -> Result<Self, ReportError> {
        match self {
            Self::Draft | Self::Returned => Ok(Self::Submitted { by }),
            other => other.refuse(ReportMove::Submit),
        }
    }

    /// Given back. `open_remarks`: how many wait for the unit; `shown`: it was shown to those who vote.
    ///
    /// # Errors
    /// [`ReportError::WrongState`], [`ReportError::NothingSaid`], [`ReportError::Shown`].
    pub fn give_back(
        self,
        open_remarks: usize,
        reason: &str,
        shown: bool,
    ) -> Result<Self, ReportError> {
        match self {
            Self::Submitted { .. } if shown => Err(ReportError::Shown),
            Self::Submitted { .. } if open_remarks == 0 && reason.trim().is_empty() => {
                Err(ReportError::NothingSaid)
            }
            Self::Submitted { .. } => Ok(Self::Returned),
            other => other.refuse(ReportMove::Return),
        }
    }

    /// Approved by `by`, who is not who handed it in.
    ///
    /// # Errors
    /// [`ReportError::WrongState`], [`ReportError::SamePerson`], [`ReportError::RemarkOpen`].
    pub fn approve(self, by: Actor, open_remarks: usize) -> Result<Self, ReportError> {
        match self {
            Self::Submitted { by: submitter } if submitter == by => Err(ReportError::SamePerson),
            Self::Submitted { .. } if open_remarks > 0 => Err(ReportError::RemarkOpen),
            Self::Submitted { by: submitted_by } => Ok(Self::Approved { submitted_by, by }),
            other => other.refuse(ReportMove::Approve),
        }
    }

    /// Taken back by who handed it in. `looked_at`: the office has remarked on this version; `shown`: it was shown to
    /// those who vote.
    ///
    /// # Errors
    /// [`ReportError::WrongState`], [`ReportError::OtherPerson`], [`ReportError::LookedAt`], [`ReportError::Shown`].
    pub fn withdraw(self, by: &Actor, looked_at: bool, shown: bool) -> Result<Self, ReportError> {
        match self {
            Self::Submitted { .. } if shown => Err(ReportError::Shown),
            Self::Submitted { by: submitter } if submitter != *by => Err(ReportError::OtherPerson),
            Self::Submitted { .. } if looked_at => Err(ReportError::LookedAt),
            Self::Submitted { .. } => Ok(Self::Draft),
            other => other.refuse(ReportMove::Withdraw),
        }
    }

    /// An approved one is taken up again. `shown`: the appraisal that shows it is open, or was.
    ///
    /// # Errors
    /// [`ReportError::WrongState`], [`ReportError::ReasonMissing`], [`ReportError::Shown`].
    pub fn reopen(self, reason: &str, shown: bool) -> Result<Self, ReportError> {
        match self {
            Self::Approved { .. } if shown => Err(ReportError::Shown),
            Self::Approved { .. } if reason.trim().is_empty() => Err(ReportError::ReasonMissing),
            Self::Approved { .. } => Ok(Self::Returned),
            other => other.refuse(ReportMove::Reopen),
        }
    }
}
