//! Who may call a route. Every route of the table says it; there is no default.

use pingyi_app::Role;

/// Who may call a route.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Access {
    /// Anybody. Pages greet who is signed in.
    Public,
    /// Raters and their phones: anybody, from any origin; never logged, no cookie looked at (trust.md: nothing that
    /// could lead from a ballot to a person).
    Rater,
    /// Everybody who is signed in.
    SignedIn,
    /// Who is signed in and has one of these roles.
    Roles(&'static [Role]),
    /// Who holds a teller's link.
    TellerLink,
    /// Who holds the issuer's link.
    IssuerLink,
    /// Who holds the hall's link.
    HallLink,
}

impl Access {
    /// Whether a session is asked for.
    #[must_use]
    pub const fn needs_session(self) -> bool {
        matches!(self, Self::SignedIn | Self::Roles(_))
    }

    /// Whether a link's token is asked for.
    #[must_use]
    pub const fn needs_link(self) -> bool {
        matches!(self, Self::TellerLink | Self::IssuerLink | Self::HallLink)
    }

    /// As written in the list of routes.
    #[must_use]
    pub fn name(self) -> String {
        match self {
            Self::Public => "public".to_owned(),
            Self::Rater => "rater".to_owned(),
            Self::SignedIn => "signed in".to_owned(),
            Self::Roles(roles) => roles
                .iter()
                .map(|role| role.as_str())
                .collect::<Vec<_>>()
                .join(" "),
            Self::TellerLink => "teller link".to_owned(),
            Self::IssuerLink => "issuer link".to_owned(),
            Self::HallLink => "hall link".to_owned(),
        }
    }
}

/// What a route answers with, which decides how a refusal looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// HTML.
    Page,
    /// JSON, or a file for a program.
    Api,
}

/// Roles that see something of the year's record; how much is for the use case to say, by the user's unit.
pub const SEE: &[Role] = &[
    Role::Organiser,
    Role::Leader,
    Role::Presenter,
    Role::Recorder,
    Role::Auditor,
];
/// Roles that write something of it.
pub const WRITE: &[Role] = &[Role::Organiser, Role::Recorder];
/// Roles that run appraisals.
pub const ORGANISER: &[Role] = &[Role::Organiser];
/// Roles that manage users.
pub const ADMIN: &[Role] = &[Role::Admin];
/// Roles that read the audit trail.
pub const AUDIT: &[Role] = &[Role::Admin, Role::Auditor];
/// Roles that read the audit trail of one appraisal.
pub const APPRAISAL_AUDIT: &[Role] = &[Role::Admin, Role::Auditor, Role::Organiser];
/// Roles that follow an appraisal before its result is announced.
pub const WATCH: &[Role] = &[Role::Organiser, Role::Leader, Role::Teller, Role::Auditor];
/// The role that evaluates presenters, and confirms as a second pair of eyes what the office did.
pub const LEADER: &[Role] = &[Role::Leader];
/// Roles that comment on reports.
pub const COMMENT: &[Role] = &[Role::Organiser, Role::Leader];
