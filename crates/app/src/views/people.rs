//! Users and their roles (contract §3.1).

use serde::{Deserialize, Serialize};

/// What a user may do. One user may have several.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Role {
    /// Users, audit trail, backup.
    Admin,
    /// Sets up and runs appraisals.
    Organiser,
    /// Has a seat at the ceremony (the seat's link, not the role, opens it).
    Teller,
    /// Reads reports, comments, sees opinions.
    Leader,
    /// Reports.
    Presenter,
    /// Keeps the ledger.
    Recorder,
    /// Reads the audit trail.
    Auditor,
}

impl Role {
    /// All roles.
    pub const ALL: [Self; 7] = [
        Self::Admin,
        Self::Organiser,
        Self::Teller,
        Self::Leader,
        Self::Presenter,
        Self::Recorder,
        Self::Auditor,
    ];

    /// The name on the wire.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Admin => "admin",
            Self::Organiser => "organiser",
            Self::Teller => "teller",
            Self::Leader => "leader",
            Self::Presenter => "presenter",
            Self::Recorder => "recorder",
            Self::Auditor => "auditor",
        }
    }

    /// The role with this name.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|role| role.name() == name)
    }
}

/// A user as shown; never the password hash.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct UserView {
    /// Id.
    pub id: String,
    /// Log-in name.
    pub login: String,
    /// Shown name.
    pub name: String,
    /// Roles.
    pub roles: Vec<Role>,
    /// Whether the user can sign in.
    pub active: bool,
}

impl UserView {
    /// Whether the user has one of these roles.
    #[must_use]
    pub fn has(&self, any_of: &[Role]) -> bool {
        self.roles.iter().any(|role| any_of.contains(role))
    }

    /// The user as the one who acts, for the audit trail.
    #[must_use]
    pub fn actor(&self) -> Actor {
        Actor::User(self.id.clone())
    }
}

/// A new user.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NewUser {
    /// Log-in name: 2 to 32 of letters, digits, `.`, `-`, `_`; stored in lower case.
    pub login: String,
    /// Shown name, 1 to 60 characters.
    pub name: String,
    /// Roles.
    pub roles: Vec<Role>,
    /// Password, at least 10 characters.
    pub password: String,
}

/// What changes about a user; what is left out stays.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct UserChange {
    /// Shown name.
    pub name: Option<String>,
    /// Roles.
    pub roles: Option<Vec<Role>>,
    /// A new password.
    pub password: Option<String>,
    /// Whether the user can sign in.
    pub active: Option<bool>,
}

/// Who does something, as the audit trail names them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Actor {
    /// A signed-in user, by id.
    User(String),
    /// A teller, by seat from 1.
    Teller(u32),
    /// The issuer of the slips.
    Issuer,
    /// The program itself, or its command line.
    System,
}

impl std::fmt::Display for Actor {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::User(id) => write!(f, "user:{id}"),
            Self::Teller(seat) => write!(f, "teller:{seat}"),
            Self::Issuer => f.write_str("issuer"),
            Self::System => f.write_str("system"),
        }
    }
}
