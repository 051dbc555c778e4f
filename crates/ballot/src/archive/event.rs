//! The links of the chain (protocol.md §10): what happened, and the hash of what happened before.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::Hash;

/// What an event records.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum EventType {
    /// Election, trustees and public credentials are fixed.
    Setup,
    /// A ballot was taken.
    Ballot,
    /// No ballot is taken any more.
    EndBallots,
    /// A shuffle of ballots with non-homomorphic questions (known to the format, refused by our verifier).
    Shuffle,
    /// No shuffle follows.
    EndShuffles,
    /// The product of the counted ballots.
    EncryptedTally,
    /// One teller's decryption factors.
    PartialDecryption,
    /// The result.
    Result,
}

impl fmt::Display for EventType {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(self, f)
    }
}

/// One link of the chain. Its JSON is its identity: the next event names the SHA-256 of that text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Event {
    /// Hash of the event before; absent in the first one only.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub parent: Option<Hash>,
    /// Number of events before this one.
    pub height: u64,
    /// What happened.
    #[serde(rename = "type")]
    pub kind: EventType,
    /// Hash of the last data record before this event; absent for the two `End…` events.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub payload: Option<Hash>,
}

/// Why a text is not an event.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum EventError {
    /// Not JSON of this shape; the text says what the parser met.
    #[error("not an event: {0}")]
    Malformed(String),
    /// The same event would be written differently (spaces, order of fields).
    #[error("the event is not in its canonical form")]
    NotCanonical,
}

impl Event {
    /// The exact text that is stored and hashed.
    ///
    /// # Panics
    /// Never: an event holds only numbers and hashes.
    #[must_use]
    pub fn json(&self) -> String {
        serde_json::to_string(self).expect("an event has only numbers and strings")
    }

    /// The event's hash: the next event's `parent`.
    #[must_use]
    pub fn hash(&self) -> Hash {
        Hash::of(self.json().as_bytes())
    }

    /// Reads an event; only the canonical text is taken.
    ///
    /// # Errors
    /// [`EventError`] for another shape or another spelling.
    pub fn parse(bytes: &[u8]) -> Result<Self, EventError> {
        let event: Self = serde_json::from_slice(bytes)
            .map_err(|error| EventError::Malformed(error.to_string()))?;
        if event.json().as_bytes() == bytes {
            Ok(event)
        } else {
            Err(EventError::NotCanonical)
        }
    }
}

/// The payload of the Setup event: the hashes of what was fixed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Setup {
    /// Hash of `election.json`; in Base64 it is the election's fingerprint.
    pub election: Hash,
    /// Hash of `trustees.json`.
    pub trustees: Hash,
    /// Hash of the list of public credentials.
    pub credentials: Hash,
}

impl Setup {
    /// Fixes these three texts, byte for byte.
    #[must_use]
    pub fn of(election: &[u8], trustees: &[u8], credentials: &[u8]) -> Self {
        Self {
            election: Hash::of(election),
            trustees: Hash::of(trustees),
            credentials: Hash::of(credentials),
        }
    }

    /// The exact text that is stored.
    ///
    /// # Panics
    /// Never: it holds three hashes.
    #[must_use]
    pub fn json(&self) -> String {
        serde_json::to_string(self).expect("a setup has only strings")
    }
}
