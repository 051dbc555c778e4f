//! One entry and its hash.

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::events::AuditEvent;
use crate::canonical;
use crate::error::DomainError;
use crate::hash::Digest;
use crate::roles::Actor;

/// What an entry says; the part that is hashed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Content {
    /// Its place, from 1.
    pub seq: u64,
    /// When, in seconds since 1970-01-01 UTC.
    pub at: i64,
    /// Who, as [`Actor`] writes it.
    pub actor: String,
    /// What was done: one of [`AuditEvent::ACTIONS`].
    pub action: String,
    /// To what: an appraisal's or a user's id, or empty.
    pub subject: String,
    /// More about it; never a secret, a mark, an opinion.
    pub detail: Value,
}

/// One entry of the trail; also one line of an export.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AuditEntry {
    /// What it says.
    #[serde(flatten)]
    pub content: Content,
    /// The hash of the entry before, empty for the first.
    pub parent: String,
    /// The hash of this entry.
    pub hash: String,
}

impl Content {
    /// The hash of an entry with this content after the entry with hash `parent`.
    #[must_use]
    pub fn hash(&self, parent: &str) -> String {
        canonical::sha256_hex(format!("{parent}{}", canonical::to_json(self)).as_bytes())
    }
}

impl AuditEntry {
    /// The entry that follows the head of the trail: `seq` and hash of its last entry, nought and empty
    /// before the first.
    #[must_use]
    pub fn after(
        head: (u64, &str),
        at: i64,
        actor: &Actor,
        subject: &str,
        event: &AuditEvent,
    ) -> Self {
        let (last, parent) = head;
        let content = Content {
            seq: last + 1,
            at,
            actor: actor.to_string(),
            action: event.action().to_owned(),
            subject: subject.to_owned(),
            detail: event.detail(),
        };
        Self {
            hash: content.hash(parent),
            parent: parent.to_owned(),
            content,
        }
    }

    /// The line of an export, without the line break.
    #[must_use]
    pub fn to_line(&self) -> String {
        canonical::to_json(self)
    }

    /// The event with its typed detail.
    ///
    /// # Errors
    /// [`DomainError::Json`] where this version of the program does not know the action or its detail.
    pub fn event(&self) -> Result<AuditEvent, DomainError> {
        AuditEvent::from_parts(&self.content.action, &self.content.detail)
    }
}

/// These entries as an export has them: a line each.
#[must_use]
pub fn lines_of(entries: &[AuditEntry]) -> String {
    entries.iter().map(|entry| entry.to_line() + "\n").collect()
}

/// What an export leaves out cannot be seen in it: entries about other things lie between its own. So whoever hands a part
/// out says which entries it has.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TrailPart {
    /// How many.
    pub entries: u64,
    /// Place of the last, nought where there is none.
    pub last: u64,
    /// SHA-256 of their lines in order, each with its line break.
    pub sha256: Digest,
}

impl TrailPart {
    /// What there is to say about these entries.
    #[must_use]
    pub fn of(entries: &[AuditEntry]) -> Self {
        Self {
            entries: entries.iter().map(|_| 1).sum(),
            last: entries.last().map_or(0, |entry| entry.content.seq),
            sha256: Digest::of(lines_of(entries).as_bytes()),
        }
    }
}
