//! What a verification says.

use std::collections::BTreeMap;
use std::fmt;

use serde::{Deserialize, Serialize};

use crate::archive::Hash;

/// The verdict.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Status {
    /// Complete up to the result, and everything that was asked for holds.
    Valid,
    /// No result yet; everything so far holds.
    ValidOpen,
    /// Something does not hold.
    Findings,
    /// Not an archive, or it could not be read to its end.
    Unreadable,
}

/// Something that does not hold.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Finding {
    /// A stable code.
    pub code: String,
    /// Where.
    pub place: Place,
    /// What, in English, with the particulars.
    pub text: String,
}

/// Something that could not be vouched for, though nothing speaks against it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reservation {
    /// A stable code.
    pub code: String,
    /// What, in English.
    pub text: String,
}

/// Where a finding is. All numbers count from 0; the `BELENIOS` record is record 0.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Place {
    /// Number of the record.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub record: Option<u64>,
    /// Where the record starts, in bytes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub offset: Option<u64>,
    /// Height of the event: how many events stand before it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub height: Option<u64>,
    /// In the sidecar of strong proofs, not in the archive.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub sidecar: bool,
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut parts = Vec::new();
        if self.sidecar {
            parts.push("strong proofs".to_owned());
        }
        parts.extend(self.height.map(|height| format!("event {height}")));
        parts.extend(self.record.map(|record| format!("record {record}")));
        parts.extend(self.offset.map(|offset| format!("byte {offset}")));
        if parts.is_empty() {
            parts.push("archive".to_owned());
        }
        f.write_str(&parts.join(", "))
    }
}

/// How often something was checked, whatever came out.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Check {
    /// A stable code.
    pub code: String,
    /// How many times.
    pub count: u64,
}

/// The whole outcome.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Report {
    /// The verdict.
    pub status: Status,
    /// Everything that does not hold, in the order found.
    pub findings: Vec<Finding>,
    /// What could not be vouched for.
    pub reservations: Vec<Reservation>,
    /// What was checked, by code.
    pub checks: Vec<Check>,
    /// Identifier of the box.
    pub box_uuid: Option<String>,
    /// Fingerprint of its election.
    pub fingerprint: Option<String>,
    /// Title of its election.
    pub name: Option<String>,
    /// Hash of the last event.
    pub head: Option<Hash>,
    /// Height of the last event.
    pub height: Option<u64>,
    /// Ballots on the board.
    pub ballots: u64,
    /// Ballots that count: the last of each credential.
    pub counted: u64,
    /// Sum of their weights.
    pub total_weight: u64,
    /// Credentials on the roll.
    pub roll: u64,
    /// Tellers who opened.
    pub openers: Vec<u32>,
    /// Whether every share came with strong proofs that hold.
    pub strong_proofs: bool,
    /// The published result, if there is one: rows are questions, columns answers. To be believed only
    /// when the status is [`Status::Valid`].
    pub result: Option<Vec<Vec<u64>>>,
}

/// More findings than this are not kept.
const MOST_FINDINGS: usize = 10_000;

/// Findings and counts as they come up.
#[derive(Debug, Default)]
pub(super) struct Notes {
    pub findings: Vec<Finding>,
    pub reservations: Vec<Reservation>,
    counts: BTreeMap<&'static str, u64>,
}

impl Notes {
    pub fn find(&mut self, code: &str, place: &Place, text: impl Into<String>) {
        // An archive made to fill the memory: the verdict is clear long before.
        if self.findings.len() == MOST_FINDINGS {
            return;
        }
        self.findings.push(Finding {
            code: code.to_owned(),
            place: place.clone(),
            text: text.into(),
        });
    }

    pub fn reserve(&mut self, code: &str, text: &str) {
        self.reservations.push(Reservation {
            code: code.to_owned(),
            text: text.to_owned(),
        });
    }

    pub fn count(&mut self, code: &'static str, times: u64) {
        *self.counts.entry(code).or_default() += times;
    }

    pub fn checks(&self) -> Vec<Check> {
        self.counts
            .iter()
            .map(|(code, count)| Check {
                code: (*code).to_owned(),
                count: *count,
            })
            .collect()
    }
}
