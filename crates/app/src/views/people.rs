//! Users and their roles (contract §3.1).

use pingyi_domain::record::UnitId;
use pingyi_domain::{Actor, Role, Roles};
use serde::{Deserialize, Serialize};

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
    pub roles: Roles,
    /// Whether the user can sign in.
    pub active: bool,
    /// The unit a recorder keeps, or a presenter reports for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unit: Option<UnitId>,
    /// Another one with every new password, so that sessions begun with the old one end; never shown.
    #[serde(skip)]
    pub password_mark: String,
}

impl UserView {
    /// Whether the user has one of these roles.
    #[must_use]
    pub fn has(&self, any_of: &[Role]) -> bool {
        self.roles.has_any(any_of)
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
    pub roles: Roles,
    /// Password, at least 10 characters.
    pub password: String,
    /// The unit a recorder keeps, or a presenter reports for.
    #[serde(default)]
    pub unit: Option<UnitId>,
}

/// What changes about a user; what is left out stays.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct UserChange {
    /// Shown name.
    pub name: Option<String>,
    /// Roles.
    pub roles: Option<Roles>,
    /// A new password.
    pub password: Option<String>,
    /// Whether the user can sign in.
    pub active: Option<bool>,
    /// The id of a unit; empty for none.
    pub unit: Option<String>,
}
