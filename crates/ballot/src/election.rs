//! `election.json`: what is asked, under which key (protocol.md §4).

mod build;
mod question;

pub use build::ElectionBuilder;
pub use question::Question;

use std::sync::{Arc, OnceLock};

use serde::Deserialize;
use serde_json::{Map, Value};

use crate::credential::Uuid;
use crate::error::BallotError;
use crate::group::{FixedBase, GROUP_NAME, Point, VerifyBase};
use crate::hash::{b64_compact, sha256};

/// The largest `election.json` read, in bytes.
pub const MAX_ELECTION_BYTES: usize = 4 << 20;
/// The most questions of an election.
pub const MAX_QUESTIONS: usize = 10_000;

#[derive(Deserialize)]
struct Wire {
    version: u64,
    description: String,
    name: String,
    group: String,
    public_key: Point,
    questions: Vec<Question>,
    uuid: Uuid,
    #[serde(default)]
    administrator: Option<String>,
    #[serde(default)]
    credential_authority: Option<String>,
    #[serde(flatten)]
    extra: Map<String, Value>,
}

struct Tables {
    verify: OnceLock<VerifyBase>,
    seal: OnceLock<FixedBase>,
}

/// An election: for us, one ballot box. Holds the exact JSON, whose bytes are what the
/// fingerprint covers. Cloning is cheap enough; tables of multiples are shared.
#[derive(Clone)]
pub struct Election {
    json: String,
    fingerprint: String,
    wire: Arc<Wire>,
    tables: Arc<Tables>,
}

impl Election {
    /// Reads an election and keeps its bytes.
    ///
    /// # Errors
    /// `ElectionMalformed` (not JSON, a field missing or of the wrong kind, or a question
    /// that is not of the homomorphic kind), `ElectionVersion`, `ElectionGroup`,
    /// `ElectionTooLarge`, `Question…`.
    pub fn parse(json: &str) -> Result<Self, BallotError> {
        if json.len() > MAX_ELECTION_BYTES {
            return Err(BallotError::ElectionTooLarge);
        }
        let wire: Wire = serde_json::from_str(json)
            .map_err(|error| BallotError::ElectionMalformed(error.to_string()))?;
        if wire.version != 1 {
            return Err(BallotError::ElectionVersion(wire.version));
        }
        if wire.group != GROUP_NAME {
            return Err(BallotError::ElectionGroup(wire.group));
        }
        if wire.questions.len() > MAX_QUESTIONS {
            return Err(BallotError::ElectionTooLarge);
        }
        for (index, question) in wire.questions.iter().enumerate() {
            question.check(index)?;
        }
        Ok(Self {
            fingerprint: b64_compact(&sha256(json.as_bytes())),
            json: json.to_owned(),
            wire: Arc::new(wire),
            tables: Arc::new(Tables {
                verify: OnceLock::new(),
                seal: OnceLock::new(),
            }),
        })
    }

    /// The exact bytes.
    #[must_use]
    pub fn json(&self) -> &str {
        &self.json
    }

    /// φ = `B64(SHA256(json))`.
    #[must_use]
    pub fn fingerprint(&self) -> &str {
        &self.fingerprint
    }

    /// The identifier.
    #[must_use]
    pub fn uuid(&self) -> &Uuid {
        &self.wire.uuid
    }

    /// The title.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.wire.name
    }

    /// The description.
    #[must_use]
    pub fn description(&self) -> &str {
        &self.wire.description
    }

    /// Who runs it, where said.
    #[must_use]
    pub fn administrator(&self) -> Option<&str> {
        self.wire.administrator.as_deref()
    }

    /// Who issued the credentials, where said.
    #[must_use]
    pub fn credential_authority(&self) -> Option<&str> {
        self.wire.credential_authority.as_deref()
    }

    /// The tellers' joint key y.
    #[must_use]
    pub fn public_key(&self) -> &Point {
        &self.wire.public_key
    }

    /// The questions in order.
    #[must_use]
    pub fn questions(&self) -> &[Question] {
        &self.wire.questions
    }

    /// A field the format does not know, such as `x_pingyi` (contract §2.1).
    #[must_use]
    pub fn extra(&self, field: &str) -> Option<&Value> {
        self.wire.extra.get(field)
    }

    /// An upper bound for the bytes of a valid ballot's JSON.
    #[must_use]
    pub fn max_ballot_bytes(&self) -> usize {
        // {"challenge":"…","response":"…"}, two numbers of 76 digits, and a separator.
        const PROOF: usize = 190;
        // {"alpha":"…","beta":"…"}, two points, and a separator; two proofs in brackets.
        const CHOICE: usize = 160 + 2 * PROOF + 4;
        let answers: usize = self
            .questions()
            .iter()
            .map(|q| 120 + q.choices() * CHOICE + (q.overall_proofs() + 2) * PROOF)
            .sum();
        600 + self.uuid().as_str().len() + answers
    }

    pub(crate) fn verify_table(&self) -> &VerifyBase {
        self.tables
            .verify
            .get_or_init(|| VerifyBase::new(self.public_key()))
    }

    pub(crate) fn seal_table(&self) -> &FixedBase {
        self.tables
            .seal
            .get_or_init(|| FixedBase::new(self.public_key()))
    }
}

impl std::fmt::Debug for Election {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Election")
            .field("uuid", self.uuid())
            .field("fingerprint", &self.fingerprint)
            .finish_non_exhaustive()
    }
}

impl PartialEq for Election {
    fn eq(&self, other: &Self) -> bool {
        self.json == other.json
    }
}

impl Eq for Election {}

#[cfg(test)]
mod tests;
