//! Remarks of the office in the margin of a report: open, answered by the unit, settled by the office.

use thiserror::Error;

use crate::record::named;

named! {
    /// Where a remark stands.
    RemarkState {
        /// Waits for the unit.
        Open => "open",
        /// The unit has answered.
        Answered => "answered",
        /// The office is content.
        Settled => "settled",
    }
}

named! {
    /// What is done with a remark.
    RemarkMove {
        /// The unit says what it did.
        Answer => "answer",
        /// The office is content.
        Settle => "settle",
        /// The office is not content with the answer, or takes a settled one up again.
        Open => "open",
    }
}

/// Why a remark does not move.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum RemarkError {
    /// Not from this state.
    #[error("no {action} from state {state}")]
    WrongState {
        /// What was tried.
        action: RemarkMove,
        /// The state.
        state: RemarkState,
    },
    /// An answer says something.
    #[error("the answer is empty")]
    AnswerMissing,
}

impl RemarkState {
    /// Takes a move. `said`: whether something is said with it.
    ///
    /// # Errors
    /// [`RemarkError`].
    pub const fn take(self, action: RemarkMove, said: bool) -> Result<Self, RemarkError> {
        match (self, action) {
            (Self::Open | Self::Answered, RemarkMove::Answer) if said => Ok(Self::Answered),
            (Self::Open | Self::Answered, RemarkMove::Answer) => Err(RemarkError::AnswerMissing),
            (Self::Open | Self::Answered, RemarkMove::Settle) => Ok(Self::Settled),
            (Self::Answered | Self::Settled, RemarkMove::Open) => Ok(Self::Open),
            (state, action) => Err(RemarkError::WrongState { action, state }),
        }
    }
}
