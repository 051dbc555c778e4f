//! The states of one ballot box (contract §2.2, §3.3): it follows the appraisal until it is closed, and is then
//! tallied and opened by the tellers, or skipped because it is below its minimum group size (domain.md §8).

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};
use thiserror::Error;

use crate::appraisal::BoxOutcome;

/// Where a box stands, with what that state knows.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "state", rename_all = "snake_case")]
pub enum BallotBox {
    /// It has a uuid; its roll is being filled.
    New,
    /// Its board has its first event.
    Sealed,
    /// It takes ballots.
    Open,
    /// It takes no ballots for now.
    Paused,
    /// It takes no more ballots.
    Closed {
        /// Ballots that count: the last of each credential.
        ballots: u32,
    },
    /// Its encrypted tally is on the board; shares are coming in.
    Tallied {
        /// Ballots that count.
        ballots: u32,
        /// The seats whose shares are in and verified.
        shares: BTreeSet<u32>,
    },
    /// Its result is on the board and verified.
    Opened {
        /// Ballots that count.
        ballots: u32,
    },
    /// Below its minimum: never opened, its weight goes to the others.
    Skipped {
        /// Ballots that would have counted.
        ballots: u32,
        /// The minimum.
        minimum: u32,
    },
    /// The appraisal is void.
    Void,
}

/// What happens to a box.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BoxAction {
    /// Write the first event.
    Seal,
    /// Take ballots.
    Open,
    /// Stop for now.
    Pause,
    /// Go on.
    Resume,
    /// Take no more.
    Close,
    /// Publish the encrypted tally.
    Tally,
    /// Leave it closed for good.
    Skip,
    /// A teller's shares came.
    Share,
    /// The result was computed and verified.
    Result,
    /// The appraisal is void.
    Void,
}

impl BoxAction {
    /// All of them.
    pub const ALL: [Self; 10] = [
        Self::Seal,
        Self::Open,
        Self::Pause,
        Self::Resume,
        Self::Close,
        Self::Tally,
        Self::Skip,
        Self::Share,
        Self::Result,
        Self::Void,
    ];

    /// The name in the diagram.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Seal => "seal",
            Self::Open => "open",
            Self::Pause => "pause",
            Self::Resume => "resume",
            Self::Close => "close",
            Self::Tally => "tally",
            Self::Skip => "skip",
            Self::Share => "share",
            Self::Result => "result",
            Self::Void => "void",
        }
    }
}

/// Why something cannot happen to a box.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum BoxError {
    /// Not from this state.
    #[error("{} is not possible in a box that is {state}", .action.as_str())]
    WrongState {
        /// What was asked.
        action: BoxAction,
        /// Where the box stands.
        state: &'static str,
    },
    /// Too few ballots to open it without showing single marks.
    #[error("{ballots} ballots are below the minimum of {minimum}")]
    BelowMinimum {
        /// Ballots that count.
        ballots: u32,
        /// The minimum.
        minimum: u32,
    },
    /// It has enough ballots and must be opened.
    #[error("{ballots} ballots reach the minimum of {minimum}")]
    NotBelowMinimum {
        /// Ballots that count.
        ballots: u32,
        /// The minimum.
        minimum: u32,
    },
    /// This teller's shares are in.
    #[error("the shares of seat {seat} are in")]
    ShareTwice {
        /// From 1.
        seat: u32,
    },
    /// Not enough tellers have come.
    #[error("{present} of {threshold} tellers have come")]
    BelowThreshold {
        /// Who have come.
        present: usize,
        /// How many must.
        threshold: u32,
    },
}

impl BallotBox {
    /// The name on the wire.
    #[must_use]
    pub const fn name(&self) -> &'static str {
        match self {
            Self::New => "new",
            Self::Sealed => "sealed",
            Self::Open => "open",
            Self::Paused => "paused",
            Self::Closed { .. } => "closed",
            Self::Tallied { .. } => "tallied",
            Self::Opened { .. } => "opened",
            Self::Skipped { .. } => "skipped",
            Self::Void => "void",
        }
    }

    /// What the appraisal's count sees.
    #[must_use]
    pub const fn outcome(&self) -> BoxOutcome {
        match self {
            Self::Opened { .. } => BoxOutcome::Opened,
            Self::Skipped { .. } => BoxOutcome::Skipped,
            _ => BoxOutcome::Pending,
        }
    }

    const fn wrong<T>(&self, action: BoxAction) -> Result<T, BoxError> {
        Err(BoxError::WrongState {
            action,
            state: self.name(),
        })
    }

    /// New → Sealed.
    ///
    /// # Errors
    /// [`BoxError::WrongState`].
    pub fn seal(self) -> Result<Self, BoxError> {
        match self {
            Self::New => Ok(Self::Sealed),
            other => other.wrong(BoxAction::Seal),
        }
    }

    /// Sealed → Open.
    ///
    /// # Errors
    /// [`BoxError::WrongState`].
    pub fn open(self) -> Result<Self, BoxError> {
        match self {
            Self::Sealed => Ok(Self::Open),
            other => other.wrong(BoxAction::Open),
        }
    }

    /// Open → Paused.
    ///
    /// # Errors
    /// [`BoxError::WrongState`].
    pub fn pause(self) -> Result<Self, BoxError> {
        match self {
            Self::Open => Ok(Self::Paused),
            other => other.wrong(BoxAction::Pause),
        }
    }

    /// Paused → Open.
    ///
    /// # Errors
    /// [`BoxError::WrongState`].
    pub fn resume(self) -> Result<Self, BoxError> {
        match self {
            Self::Paused => Ok(Self::Open),
            other => other.wrong(BoxAction::Resume),
        }
    }

    /// Open or Paused → Closed with so many ballots that count.
    ///
    /// # Errors
    /// [`BoxError::WrongState`].
    pub fn close(self, ballots: u32) -> Result<Self, BoxError> {
        match self {
            Self::Open | Self::Paused => Ok(Self::Closed { ballots }),
            other => other.wrong(BoxAction::Close),
        }
    }

    /// Closed → Tallied.
    ///
    /// # Errors
    /// [`BoxError::WrongState`], [`BoxError::BelowMinimum`].
    pub fn tally(self, minimum: u32) -> Result<Self, BoxError> {
        match self {
            Self::Closed { ballots } if ballots < minimum => {
                Err(BoxError::BelowMinimum { ballots, minimum })
            }
            Self::Closed { ballots } => Ok(Self::Tallied {
                ballots,
                shares: BTreeSet::new(),
            }),
            other => other.wrong(BoxAction::Tally),
        }
    }

    /// Closed → Skipped.
    ///
    /// # Errors
    /// [`BoxError::WrongState`], [`BoxError::NotBelowMinimum`].
    pub fn skip(self, minimum: u32) -> Result<Self, BoxError> {
        match self {
            Self::Closed { ballots } if ballots >= minimum => {
                Err(BoxError::NotBelowMinimum { ballots, minimum })
            }
            Self::Closed { ballots } => Ok(Self::Skipped { ballots, minimum }),
            other => other.wrong(BoxAction::Skip),
        }
    }

    /// Closed → Tallied or Skipped, whichever the minimum asks for.
    ///
    /// # Errors
    /// [`BoxError::WrongState`].
    pub fn tally_or_skip(self, minimum: u32) -> Result<Self, BoxError> {
        match self {
            Self::Closed { ballots } if ballots < minimum => self.skip(minimum),
            other => other.tally(minimum),
        }
    }

    /// Tallied, with the verified shares of one more seat.
    ///
    /// # Errors
    /// [`BoxError::WrongState`], [`BoxError::ShareTwice`].
    pub fn share(self, seat: u32) -> Result<Self, BoxError> {
        match self {
            Self::Tallied {
                ballots,
                mut shares,
            } => {
                if shares.insert(seat) {
                    Ok(Self::Tallied { ballots, shares })
                } else {
                    Err(BoxError::ShareTwice { seat })
                }
            }
            other => other.wrong(BoxAction::Share),
        }
    }

    /// Tallied → Opened.
    ///
    /// # Errors
    /// [`BoxError::WrongState`], [`BoxError::BelowThreshold`].
    pub fn result(self, threshold: u32) -> Result<Self, BoxError> {
        match self {
            Self::Tallied { ballots, shares } => {
                let present = shares.len();
                if usize::try_from(threshold).is_ok_and(|needed| present >= needed) {
                    Ok(Self::Opened { ballots })
                } else {
                    Err(BoxError::BelowThreshold { present, threshold })
                }
            }
            other => other.wrong(BoxAction::Result),
        }
    }

    /// Any state from Sealed on → Void.
    ///
    /// # Errors
    /// [`BoxError::WrongState`].
    pub fn void(self) -> Result<Self, BoxError> {
        match self {
            Self::New | Self::Void => self.wrong(BoxAction::Void),
            _ => Ok(Self::Void),
        }
    }
}

/// The arrows: from, action, to, who.
pub const BOX_ARROWS: &[(&str, BoxAction, &str, &str)] = &[
    ("new", BoxAction::Seal, "sealed", "organiser"),
    ("sealed", BoxAction::Open, "open", "organiser"),
    ("open", BoxAction::Pause, "paused", "organiser"),
    ("paused", BoxAction::Resume, "open", "organiser"),
    ("open", BoxAction::Close, "closed", "organiser"),
    ("paused", BoxAction::Close, "closed", "organiser"),
    ("closed", BoxAction::Tally, "tallied", "itself"),
    ("closed", BoxAction::Skip, "skipped", "itself"),
    ("tallied", BoxAction::Share, "tallied", "teller"),
    ("tallied", BoxAction::Result, "opened", "itself"),
    ("sealed", BoxAction::Void, "void", "organiser"),
    ("open", BoxAction::Void, "void", "organiser"),
    ("paused", BoxAction::Void, "void", "organiser"),
    ("closed", BoxAction::Void, "void", "organiser"),
    ("tallied", BoxAction::Void, "void", "organiser"),
    ("opened", BoxAction::Void, "void", "organiser"),
    ("skipped", BoxAction::Void, "void", "organiser"),
];

#[cfg(test)]
mod tests;
