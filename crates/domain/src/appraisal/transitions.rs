//! The arrows themselves: each consumes the old state and gives the new one or names the rule broken.

use serde::{Deserialize, Serialize};

use super::arrows::{ARROWS, Arrow, Who};
use super::names::Action;
use super::refusal::TransitionError;
use super::{Counted, Frozen, State, Voided};
use crate::codes::CategoryCode;
use crate::config::AppraisalConfig;
use crate::hash::Digest;
use crate::roles::Role;

/// The most characters of the reason for voiding.
pub const MAX_REASON: usize = 500;

/// Why an appraisal is void: a text with something in it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct VoidReason(String);

impl VoidReason {
    /// Takes the text without white space around it.
    ///
    /// # Errors
    /// [`TransitionError::ReasonMissing`], [`TransitionError::ReasonTooLong`].
    pub fn new(text: &str) -> Result<Self, TransitionError> {
        let text = text.trim();
        if text.is_empty() {
            Err(TransitionError::ReasonMissing)
        } else if text.chars().count() > MAX_REASON {
            Err(TransitionError::ReasonTooLong { most: MAX_REASON })
        } else {
            Ok(Self(text.to_owned()))
        }
    }

    /// The text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl TryFrom<String> for VoidReason {
    type Error = TransitionError;
    fn try_from(text: String) -> Result<Self, TransitionError> {
        Self::new(&text)
    }
}

impl From<VoidReason> for String {
    fn from(reason: VoidReason) -> Self {
        reason.0
    }
}

/// What sealing looks at.
#[derive(Clone, Copy, Debug)]
pub struct SealCheck<'a> {
    /// The configuration.
    pub config: &'a AppraisalConfig,
    /// How many credentials (phone, paper and spare) the roll of each category has.
    pub rolls: &'a [(CategoryCode, u32)],
}

impl SealCheck<'_> {
    fn rolls_below(&self, least: impl Fn(u32) -> u32) -> Vec<CategoryCode> {
        let size = |code| {
            self.rolls
                .iter()
                .find(|roll| roll.0 == code)
                .map_or(0, |roll| roll.1)
        };
        let short = self
            .config
            .categories
            .iter()
            .filter(|category| size(category.code) < least(category.minimum));
        short.map(|category| category.code).collect()
    }

    fn check(&self) -> Result<(), TransitionError> {
        let count = self.config.problems().len();
        if count > 0 {
            return Err(TransitionError::Problems { count });
        }
        let categories = self.rolls_below(|_| 1);
        if !categories.is_empty() {
            return Err(TransitionError::RollMissing { categories });
        }
        let categories = self.rolls_below(|minimum| minimum);
        if !categories.is_empty() {
            return Err(TransitionError::RollBelowMinimum { categories });
        }
        Ok(())
    }
}

/// How far a box is, as the count looks at it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BoxOutcome {
    /// Waiting for tellers.
    Pending,
    /// Its result is verified.
    Opened,
    /// Below its minimum.
    Skipped,
}

impl State {
    fn wrong<T>(&self, action: Action) -> Result<T, TransitionError> {
        Err(TransitionError::WrongState {
            action,
            state: self.name(),
        })
    }

    /// Draft → Keyed: the last teller's output has been verified.
    ///
    /// # Errors
    /// [`TransitionError::WrongState`].
    pub fn key(self, trustees: Digest) -> Result<Self, TransitionError> {
        match self {
            Self::Draft => Ok(Self::Keyed { trustees }),
            other => other.wrong(Action::Key),
        }
    }

    /// Draft or Keyed → Draft: the keys and rolls are thrown away.
    ///
    /// # Errors
    /// [`TransitionError::WrongState`].
    pub fn reset_keys(self) -> Result<Self, TransitionError> {
        match self {
            Self::Draft | Self::Keyed { .. } => Ok(Self::Draft),
            other => other.wrong(Action::ResetKeys),
        }
    }

    /// Keyed → Sealed.
    ///
    /// # Errors
    /// [`TransitionError::WrongState`], or the first rule of sealing that is broken.
    pub fn seal(self, check: &SealCheck<'_>) -> Result<Self, TransitionError> {
        match self {
            Self::Keyed { trustees } => {
                check.check()?;
                let scheme = Digest::of(check.config.canonical_json().as_bytes());
                Ok(Self::Sealed(Frozen { trustees, scheme }))
            }
            other => other.wrong(Action::Seal),
        }
    }

    /// Sealed → Open.
    ///
    /// # Errors
    /// [`TransitionError::WrongState`].
    pub fn open(self) -> Result<Self, TransitionError> {
        match self {
            Self::Sealed(frozen) => Ok(Self::Open(frozen)),
            other => other.wrong(Action::Open),
        }
    }

    /// Open → Paused.
    ///
    /// # Errors
    /// [`TransitionError::WrongState`].
    pub fn pause(self) -> Result<Self, TransitionError> {
        match self {
            Self::Open(frozen) => Ok(Self::Paused(frozen)),
            other => other.wrong(Action::Pause),
        }
    }

    /// Paused → Open.
    ///
    /// # Errors
    /// [`TransitionError::WrongState`].
    pub fn resume(self) -> Result<Self, TransitionError> {
        match self {
            Self::Paused(frozen) => Ok(Self::Open(frozen)),
            other => other.wrong(Action::Resume),
        }
    }

    /// Open or Paused → Closed.
    ///
    /// # Errors
    /// [`TransitionError::WrongState`].
    pub fn close(self) -> Result<Self, TransitionError> {
        match self {
            Self::Open(frozen) | Self::Paused(frozen) => Ok(Self::Closed(frozen)),
            other => other.wrong(Action::Close),
        }
    }

    /// Closed → Counted: every box is opened or skipped.
    ///
    /// # Errors
    /// [`TransitionError::WrongState`], [`TransitionError::BoxesPending`].
    pub fn count(self, boxes: &[(CategoryCode, BoxOutcome)]) -> Result<Self, TransitionError> {
        let with = |outcome| -> Vec<CategoryCode> {
            boxes
                .iter()
                .filter(|one| one.1 == outcome)
                .map(|one| one.0)
                .collect()
        };
        match self {
            Self::Closed(frozen) => {
                let categories = with(BoxOutcome::Pending);
                if categories.is_empty() {
                    Ok(Self::Counted(Counted {
                        frozen,
                        skipped: with(BoxOutcome::Skipped),
                        kept: false,
                    }))
                } else {
                    Err(TransitionError::BoxesPending { categories })
                }
            }
            other => other.wrong(Action::Count),
        }
    }

    /// Counted, from now on kept for the committee (会后研究); opinions may be read.
    ///
    /// # Errors
    /// [`TransitionError::WrongState`], [`TransitionError::AlreadyKept`], [`TransitionError::ReturnedAboveIssued`]
    /// where `overdrawn` (of the reconciliation) is not empty.
    pub fn keep(self, overdrawn: Vec<CategoryCode>) -> Result<Self, TransitionError> {
        match self {
            Self::Counted(counted) if counted.kept => Err(TransitionError::AlreadyKept),
            Self::Counted(counted) => {
                none_overdrawn(overdrawn)?;
                Ok(Self::Counted(Counted {
                    kept: true,
                    ..counted
                }))
            }
            other => other.wrong(Action::Keep),
        }
    }

    /// Counted → Released, also after keeping, which ends with it.
    ///
    /// # Errors
    /// [`TransitionError::WrongState`], [`TransitionError::ReturnedAboveIssued`] as for [`Self::keep`].
    pub fn release(self, overdrawn: Vec<CategoryCode>) -> Result<Self, TransitionError> {
        match self {
            Self::Counted(counted) => {
                none_overdrawn(overdrawn)?;
                Ok(Self::Released(Counted {
                    kept: false,
                    ..counted
                }))
            }
            other => other.wrong(Action::Release),
        }
    }

    /// Released, or Counted and kept → Archived. What was kept may have been reconciled anew since.
    ///
    /// # Errors
    /// [`TransitionError::WrongState`], [`TransitionError::NeitherReleasedNorKept`],
    /// [`TransitionError::ReturnedAboveIssued`] as for [`Self::keep`].
    pub fn archive(self, overdrawn: Vec<CategoryCode>) -> Result<Self, TransitionError> {
        match self {
            Self::Released(counted) => Ok(Self::Archived(counted)),
            Self::Counted(counted) if counted.kept => {
                none_overdrawn(overdrawn)?;
                Ok(Self::Archived(counted))
            }
            Self::Counted(_) => Err(TransitionError::NeitherReleasedNorKept),
            other => other.wrong(Action::Archive),
        }
    }

    /// Sealed … Counted → Voided.
    ///
    /// # Errors
    /// [`TransitionError::WrongState`].
    pub fn void(self, reason: VoidReason) -> Result<Self, TransitionError> {
        let from = self.name();
        match self {
            Self::Sealed(frozen)
            | Self::Open(frozen)
            | Self::Paused(frozen)
            | Self::Closed(frozen) => Ok(Self::Voided(Voided {
                from,
                reason,
                frozen,
            })),
            Self::Counted(counted) => Ok(Self::Voided(Voided {
                from,
                reason,
                frozen: counted.frozen,
            })),
            other => other.wrong(Action::Void),
        }
    }

    /// A rehearsal may be wiped whole in any state.
    ///
    /// # Errors
    /// [`TransitionError::NotARehearsal`].
    pub fn wipe(self, rehearsal: bool) -> Result<(), TransitionError> {
        if rehearsal {
            Ok(())
        } else {
            Err(TransitionError::NotARehearsal)
        }
    }

    /// A draft may be deleted.
    ///
    /// # Errors
    /// [`TransitionError::WrongState`].
    pub fn delete(self) -> Result<(), TransitionError> {
        match self {
            Self::Draft => Ok(()),
            other => other.wrong(Action::Delete),
        }
    }

    /// Whether the configuration may become `new`: all of it in Draft, all but the tellers once the key
    /// ceremony has begun, nothing from Sealed on.
    ///
    /// # Errors
    /// [`TransitionError::Frozen`], [`TransitionError::TellersFrozen`].
    pub fn check_edit(
        &self,
        ceremony_begun: bool,
        old: &AppraisalConfig,
        new: &AppraisalConfig,
    ) -> Result<(), TransitionError> {
        let tellers_fixed = match self {
            Self::Draft => ceremony_begun,
            Self::Keyed { .. } => true,
            other => {
                return Err(TransitionError::Frozen {
                    state: other.name(),
                });
            }
        };
        if tellers_fixed && old.tellers != new.tellers {
            return Err(TransitionError::TellersFrozen);
        }
        Ok(())
    }

    /// The actions a user with these roles could take now, in the order of the table; whether their rules hold
    /// is seen when they are taken. Wiping shows only on a rehearsal, deleting only where it is none,
    /// resetting the keys only where there are some.
    pub fn next(
        &self,
        may: impl Fn(Role) -> bool,
        rehearsal: bool,
        ceremony_begun: bool,
    ) -> Vec<Action> {
        let shown = |arrow: &&Arrow| match (arrow.who, arrow.action) {
            (Who::Itself, _) => false,
            (Who::Role(role), _) if !may(role) => false,
            (_, Action::Wipe) => rehearsal,
            (_, Action::Delete) => !rehearsal,
            (_, Action::ResetKeys) => ceremony_begun || matches!(self, Self::Keyed { .. }),
            (_, Action::Keep) => !self.counted().is_some_and(|counted| counted.kept),
            (_, Action::Archive) => !matches!(self, Self::Counted(counted) if !counted.kept),
            _ => true,
        };
        let from_here = ARROWS.iter().filter(|arrow| arrow.from == self.name());
        from_here.filter(shown).map(|arrow| arrow.action).collect()
    }
}

fn none_overdrawn(categories: Vec<CategoryCode>) -> Result<(), TransitionError> {
    if categories.is_empty() {
        Ok(())
    } else {
        Err(TransitionError::ReturnedAboveIssued { categories })
    }
}
