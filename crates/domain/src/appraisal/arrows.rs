//! Every arrow of the machine: from where to where, who may take it, and what the audit trail says.

use super::names::{Action, StateName};
use crate::roles::Role;

/// One arrow.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Arrow {
    /// From this state …
    pub from: StateName,
    /// … by this action …
    pub action: Action,
    /// … to this end.
    pub to: End,
    /// Who may take it.
    pub who: Who,
    /// The action of the audit entry written in the same transaction.
    pub event: &'static str,
}

/// Where an arrow ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum End {
    /// In a state.
    State(StateName),
    /// Nowhere: the appraisal and all that belongs to it is gone.
    Gone,
}

/// Who may take an arrow.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Who {
    /// A user with this role.
    Role(Role),
    /// Nobody: it follows from what the tellers did.
    Itself,
}

impl Who {
    /// The word in the diagram.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Role(role) => role.as_str(),
            Self::Itself => "itself",
        }
    }
}

const ORGANISER: Who = Who::Role(Role::Organiser);

const fn arrow(from: StateName, action: Action, to: StateName, event: &'static str) -> Arrow {
    Arrow {
        from,
        action,
        to: End::State(to),
        who: ORGANISER,
        event,
    }
}

const fn itself(from: StateName, action: Action, to: StateName, event: &'static str) -> Arrow {
    Arrow {
        from,
        action,
        to: End::State(to),
        who: Who::Itself,
        event,
    }
}

const fn void(from: StateName) -> Arrow {
    arrow(from, Action::Void, StateName::Voided, "appraisal_voided")
}

const fn wipe(from: StateName) -> Arrow {
    Arrow {
        from,
        action: Action::Wipe,
        to: End::Gone,
        who: ORGANISER,
        event: "rehearsal_wiped",
    }
}

/// The whole machine.
pub const ARROWS: &[Arrow] = &[
    itself(
        StateName::Draft,
        Action::Key,
        StateName::Keyed,
        "appraisal_keyed",
    ),
    arrow(
        StateName::Draft,
        Action::ResetKeys,
        StateName::Draft,
        "keys_reset",
    ),
    arrow(
        StateName::Keyed,
        Action::ResetKeys,
        StateName::Draft,
        "keys_reset",
    ),
    arrow(
        StateName::Keyed,
        Action::Seal,
        StateName::Sealed,
        "appraisal_sealed",
    ),
    arrow(
        StateName::Sealed,
        Action::Open,
        StateName::Open,
        "appraisal_opened",
    ),
    arrow(
        StateName::Open,
        Action::Pause,
        StateName::Paused,
        "appraisal_paused",
    ),
    arrow(
        StateName::Paused,
        Action::Resume,
        StateName::Open,
        "appraisal_resumed",
    ),
    arrow(
        StateName::Open,
        Action::Close,
        StateName::Closed,
        "appraisal_closed",
    ),
    arrow(
        StateName::Paused,
        Action::Close,
        StateName::Closed,
        "appraisal_closed",
    ),
    itself(
        StateName::Closed,
        Action::Count,
        StateName::Counted,
        "appraisal_counted",
    ),
    arrow(
        StateName::Counted,
        Action::Keep,
        StateName::Counted,
        "result_kept",
    ),
    arrow(
        StateName::Counted,
        Action::Release,
        StateName::Released,
        "result_released",
    ),
    arrow(
        StateName::Counted,
        Action::Archive,
        StateName::Archived,
        "appraisal_archived",
    ),
    arrow(
        StateName::Released,
        Action::Archive,
        StateName::Archived,
        "appraisal_archived",
    ),
    void(StateName::Sealed),
    void(StateName::Open),
    void(StateName::Paused),
    void(StateName::Closed),
    void(StateName::Counted),
    Arrow {
        from: StateName::Draft,
        action: Action::Delete,
        to: End::Gone,
        who: ORGANISER,
        event: "appraisal_deleted",
    },
    wipe(StateName::Draft),
    wipe(StateName::Keyed),
    wipe(StateName::Sealed),
    wipe(StateName::Open),
    wipe(StateName::Paused),
    wipe(StateName::Closed),
    wipe(StateName::Counted),
    wipe(StateName::Released),
    wipe(StateName::Archived),
    wipe(StateName::Voided),
];

impl Arrow {
    /// The arrow of an action from a state.
    #[must_use]
    pub fn find(from: StateName, action: Action) -> Option<&'static Self> {
        ARROWS
            .iter()
            .find(|arrow| arrow.from == from && arrow.action == action)
    }
}
