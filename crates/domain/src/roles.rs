//! Who somebody with a log-in is (product.md), and who did something.

use std::collections::BTreeSet;
use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use crate::error::DomainError;

/// What a user may be. The names on the wire are those of contract §3.1.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// 管理员: makes users, sees the whole audit trail, backs up.
    Admin,
    /// 组织者: sets up and runs the appraisal; holds no key.
    Organiser,
    /// 监票人/计票人: makes keys, watches, opens.
    Teller,
    /// 领导: comments, decides.
    Leader,
    /// 述职人: reports, reads the feedback.
    Presenter,
    /// 记录员: keeps a unit's ledger.
    Recorder,
    /// 审计: reads everything, changes nothing.
    Auditor,
}

impl Role {
    /// All of them.
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
    pub const fn as_str(self) -> &'static str {
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
}

impl fmt::Display for Role {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(self.as_str())
    }
}

impl FromStr for Role {
    type Err = DomainError;

    /// # Errors
    /// [`DomainError::Role`].
    fn from_str(text: &str) -> Result<Self, DomainError> {
        Self::ALL
            .into_iter()
            .find(|role| role.as_str() == text)
            .ok_or_else(|| DomainError::Role {
                text: text.to_owned(),
            })
    }
}

/// The roles of one user: in JSON a list, in the database words with spaces between.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Roles(BTreeSet<Role>);

impl Roles {
    /// Whether the user has this role.
    #[must_use]
    pub fn has(&self, role: Role) -> bool {
        self.0.contains(&role)
    }

    /// Whether the user has one of these roles.
    #[must_use]
    pub fn has_any(&self, roles: &[Role]) -> bool {
        roles.iter().any(|role| self.has(*role))
    }

    /// Whether there is no role at all.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The roles, in the order of [`Role::ALL`].
    pub fn iter(&self) -> impl Iterator<Item = Role> + '_ {
        self.0.iter().copied()
    }
}

impl FromIterator<Role> for Roles {
    fn from_iter<I: IntoIterator<Item = Role>>(roles: I) -> Self {
        Self(roles.into_iter().collect())
    }
}

impl fmt::Display for Roles {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let words: Vec<&str> = self.0.iter().map(|role| role.as_str()).collect();
        out.write_str(&words.join(" "))
    }
}

impl FromStr for Roles {
    type Err = DomainError;

    /// # Errors
    /// [`DomainError::Role`] at the first word that is none.
    fn from_str(text: &str) -> Result<Self, DomainError> {
        text.split_whitespace()
            .map(str::parse)
            .collect::<Result<_, _>>()
            .map(Self)
    }
}

/// Who did something, as the audit trail writes it.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub enum Actor {
    /// A user with a log-in, by id: `user:<id>`.
    User(String),
    /// The teller in a seat, counted from 1: `teller:<seat>`.
    Teller(u32),
    /// The holder of the issuer's link.
    Issuer,
    /// Somebody at the command line of the server.
    Console,
    /// The system itself, where something follows from what others did.
    System,
}

impl fmt::Display for Actor {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::User(id) => write!(out, "user:{id}"),
            Self::Teller(seat) => write!(out, "teller:{seat}"),
            Self::Issuer => out.write_str("issuer"),
            Self::Console => out.write_str("console"),
            Self::System => out.write_str("system"),
        }
    }
}

impl FromStr for Actor {
    type Err = DomainError;

    /// # Errors
    /// [`DomainError::Actor`].
    fn from_str(text: &str) -> Result<Self, DomainError> {
        let refused = || DomainError::Actor {
            text: text.to_owned(),
        };
        match text.split_once(':') {
            None if text == "issuer" => Ok(Self::Issuer),
            None if text == "console" => Ok(Self::Console),
            None if text == "system" => Ok(Self::System),
            Some(("user", id)) if !id.is_empty() => Ok(Self::User(id.to_owned())),
            Some(("teller", seat)) => match seat.parse() {
                Ok(number) if number > 0 && seat == format!("{number}") => Ok(Self::Teller(number)),
                _ => Err(refused()),
            },
            _ => Err(refused()),
        }
    }
}

impl TryFrom<String> for Actor {
    type Error = DomainError;
    fn try_from(text: String) -> Result<Self, DomainError> {
        text.parse()
    }
}

impl From<Actor> for String {
    fn from(actor: Actor) -> Self {
        actor.to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn roles_have_one_name_everywhere() {
        for role in Role::ALL {
            assert_eq!(serde_json::to_value(role).unwrap(), role.as_str());
            assert_eq!(role.as_str().parse::<Role>().unwrap(), role);
        }
        assert!("root".parse::<Role>().is_err());
    }

    #[test]
    fn a_set_of_roles_is_words_or_a_list() {
        let roles: Roles = "organiser admin".parse().unwrap();
        assert_eq!(roles.to_string(), "admin organiser");
        assert_eq!(
            serde_json::to_string(&roles).unwrap(),
            r#"["admin","organiser"]"#
        );
        assert!(roles.has(Role::Admin) && !roles.has(Role::Leader));
        assert!(roles.has_any(&[Role::Leader, Role::Organiser]) && !roles.has_any(&[]));
        assert!("admin,organiser".parse::<Roles>().is_err());
        assert!("".parse::<Roles>().unwrap().is_empty());
    }

    #[test]
    fn actors_are_read_back_as_written() {
        let actors = [
            Actor::User("u1".into()),
            Actor::Teller(3),
            Actor::Issuer,
            Actor::Console,
            Actor::System,
        ];
        for actor in actors {
            assert_eq!(actor.to_string().parse::<Actor>().unwrap(), actor);
        }
        for bad in [
            "",
            "user:",
            "teller:0",
            "teller:01",
            "teller:x",
            "somebody",
            "issuer:1",
        ] {
            assert!(bad.parse::<Actor>().is_err(), "{bad}");
        }
    }
}
