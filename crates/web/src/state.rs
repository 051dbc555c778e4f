//! The states of an appraisal (contract §2.2) as the pages show them.

/// Where an appraisal stands, without what the state carries.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum State {
    /// Being set up.
    Draft,
    /// The tellers' key exists.
    Keyed,
    /// Frozen.
    Sealed,
    /// Taking ballots.
    Open,
    /// Taking none for now.
    Paused,
    /// Taking none any more.
    Closed,
    /// Opened by the tellers.
    Counted,
    /// Known to everybody.
    Released,
    /// Put away.
    Archived,
    /// Void.
    Voided,
}

impl State {
    /// All of them in order.
    pub const ALL: [Self; 10] = [
        Self::Draft,
        Self::Keyed,
        Self::Sealed,
        Self::Open,
        Self::Paused,
        Self::Closed,
        Self::Counted,
        Self::Released,
        Self::Archived,
        Self::Voided,
    ];

    /// The state with this name on the wire.
    #[must_use]
    pub fn from_wire(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.wire() == name)
    }

    /// The state that a box's state amounts to for a reader (`new sealed open paused closed tallied opened skipped
    /// void` in the store).
    #[must_use]
    pub fn of_box(name: &str) -> Self {
        match name {
            "new" => Self::Keyed,
            "sealed" => Self::Sealed,
            "open" => Self::Open,
            "paused" => Self::Paused,
            "opened" => Self::Counted,
            "void" => Self::Voided,
            // `closed`, `tallied`, `skipped`: takes no more ballots and is not opened.
            _ => Self::Closed,
        }
    }

    /// The name on the wire.
    #[must_use]
    pub const fn wire(self) -> &'static str {
        match self {
            Self::Draft => "draft",
            Self::Keyed => "keyed",
            Self::Sealed => "sealed",
            Self::Open => "open",
            Self::Paused => "paused",
            Self::Closed => "closed",
            Self::Counted => "counted",
            Self::Released => "released",
            Self::Archived => "archived",
            Self::Voided => "voided",
        }
    }

    /// Id of the state's name.
    #[must_use]
    pub const fn text(self) -> &'static str {
        match self {
            Self::Draft => "state-draft",
            Self::Keyed => "state-keyed",
            Self::Sealed => "state-sealed",
            Self::Open => "state-open",
            Self::Paused => "state-paused",
            Self::Closed => "state-closed",
            Self::Counted => "state-counted",
            Self::Released => "state-released",
            Self::Archived => "state-archived",
            Self::Voided => "state-voided",
        }
    }

    /// Tone of its badge (docs/design-system.md).
    #[must_use]
    pub const fn tone(self) -> &'static str {
        match self {
            Self::Open => "live",
            Self::Paused => "warn",
            Self::Closed | Self::Keyed | Self::Sealed => "info",
            Self::Counted | Self::Released => "ok",
            Self::Voided => "bad",
            Self::Draft | Self::Archived => "quiet",
        }
    }

    /// Whether it is Draft.
    #[must_use]
    pub const fn is_draft(self) -> bool {
        matches!(self, Self::Draft)
    }

    /// Whether it is Keyed.
    #[must_use]
    pub const fn is_keyed(self) -> bool {
        matches!(self, Self::Keyed)
    }

    /// Whether it is Paused.
    #[must_use]
    pub const fn is_paused(self) -> bool {
        matches!(self, Self::Paused)
    }

    /// Whether it is Archived.
    #[must_use]
    pub const fn is_archived(self) -> bool {
        matches!(self, Self::Archived)
    }

    /// Whether it is Voided.
    #[must_use]
    pub const fn is_voided(self) -> bool {
        matches!(self, Self::Voided)
    }
}
