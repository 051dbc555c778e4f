//! Verification of an exported trail, without server and database.

use std::io::BufRead;

use serde::{Deserialize, Serialize};

use super::entry::AuditEntry;
use crate::canonical;

/// How much of the trail an export holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Extent {
    /// All of it, from the first entry: nothing may be missing.
    Whole,
    /// What concerns one appraisal: entries between may be left out.
    Part,
}

/// What is wrong with a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Fault {
    /// The line is no entry.
    NotAnEntry,
    /// The line is not in canonical form.
    NotCanonical,
    /// The hash does not follow from parent and content.
    WrongHash,
    /// The parent is not the entry before.
    WrongParent,
    /// The place does not follow.
    WrongPlace,
    /// The time lies before that of the entry before.
    Backwards,
    /// The last entry is not the one announced.
    WrongHead,
    /// A sealed box names an entry that the trail does not hold.
    WrongAnchor,
}

/// An entry named outside the trail: each box names in its `election.json` the entry that was the head when it was sealed.
/// So whoever rewrites the trail up to there must change the fingerprint of the box, which hall, slips and ballots carry.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TrailMark {
    /// Place of the entry from 1.
    pub seq: u64,
    /// Its hash.
    pub hash: String,
}

/// A fault and where it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AuditFault {
    /// The line, from 1; nought for the file as a whole.
    pub line: u64,
    /// What is wrong.
    pub fault: Fault,
}

/// What verification found.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct AuditReport {
    /// Entries read.
    pub entries: u64,
    /// Place of the last entry.
    pub last: u64,
    /// Hash of the last entry, empty where there is none.
    pub head: String,
    /// Everything that is wrong, in the order of the lines.
    pub faults: Vec<AuditFault>,
}

impl AuditReport {
    /// Whether nothing is wrong.
    #[must_use]
    pub fn is_sound(&self) -> bool {
        self.faults.is_empty()
    }
}

/// Verifies an export as [`verify_anchored`] does, where no entry is named outside.
///
/// # Errors
/// When reading fails.
pub fn verify_export(
    export: impl BufRead,
    extent: Extent,
    announced: Option<&str>,
) -> std::io::Result<AuditReport> {
    verify_anchored(export, extent, announced, &[])
}

/// Verifies an export line by line, without stopping at the first fault. A whole trail proves that nothing was
/// taken out or changed up to its head; whether that is the head the server had, only an announced one can say, and
/// whether it was written anew before it was exported, only the anchors. A part must hold those anchors that fall into it.
///
/// # Errors
/// When reading fails.
pub fn verify_anchored(
    export: impl BufRead,
    extent: Extent,
    announced: Option<&str>,
    anchors: &[TrailMark],
) -> std::io::Result<AuditReport> {
    let mut walk = Walk {
        extent,
        before: None,
        anchors: anchors.to_vec(),
        report: AuditReport::default(),
    };
    for (line, number) in export.lines().zip(1..) {
        walk.line(number, &line?);
    }
    let mut report = walk.report;
    if extent == Extent::Whole {
        // Anchors that were met are taken off the list.
        report
            .faults
            .extend(walk.anchors.iter().map(|_| AuditFault {
                line: 0,
                fault: Fault::WrongAnchor,
            }));
    }
    if announced.is_some_and(|head| head != report.head) {
        report.faults.push(AuditFault {
            line: 0,
            fault: Fault::WrongHead,
        });
    }
    Ok(report)
}

struct Walk {
    extent: Extent,
    before: Option<AuditEntry>,
    anchors: Vec<TrailMark>,
    report: AuditReport,
}

impl Walk {
    fn line(&mut self, number: u64, text: &str) {
        let Ok(entry) = canonical::from_json::<AuditEntry>(text) else {
            self.report.faults.push(AuditFault {
                line: number,
                fault: Fault::NotAnEntry,
            });
            return;
        };
        let checks = [
            (Fault::NotCanonical, entry.to_line() == text),
            (
                Fault::WrongHash,
                entry.content.hash(&entry.parent) == entry.hash,
            ),
            (Fault::WrongParent, self.parent_fits(&entry)),
            (Fault::WrongPlace, self.place_fits(&entry)),
            (
                Fault::Backwards,
                self.before
                    .as_ref()
                    .is_none_or(|before| before.content.at <= entry.content.at),
            ),
        ];
        let broken = checks.iter().filter(|check| !check.1);
        self.report.faults.extend(broken.map(|check| AuditFault {
            line: number,
            fault: check.0,
        }));
        let (met, open) = std::mem::take(&mut self.anchors)
            .into_iter()
            .partition(|anchor: &TrailMark| anchor.seq == entry.content.seq);
        self.anchors = open;
        let met: Vec<TrailMark> = met;
        if met.iter().any(|anchor| anchor.hash != entry.hash) {
            self.report.faults.push(AuditFault {
                line: number,
                fault: Fault::WrongAnchor,
            });
        }
        self.report.entries += 1;
        self.report.last = entry.content.seq;
        self.report.head.clone_from(&entry.hash);
        self.before = Some(entry);
    }

    fn parent_fits(&self, entry: &AuditEntry) -> bool {
        match &self.before {
            Some(before) => {
                entry.parent == before.hash || (self.gap_allowed(entry) && !entry.parent.is_empty())
            }
            None => {
                entry.parent.is_empty() || (self.extent == Extent::Part && entry.content.seq > 1)
            }
        }
    }

    fn place_fits(&self, entry: &AuditEntry) -> bool {
        let last = self.before.as_ref().map_or(0, |before| before.content.seq);
        match self.extent {
            Extent::Whole => entry.content.seq == last + 1,
            Extent::Part => entry.content.seq > last,
        }
    }

    fn gap_allowed(&self, entry: &AuditEntry) -> bool {
        let last = self.before.as_ref().map_or(0, |before| before.content.seq);
        self.extent == Extent::Part && entry.content.seq > last + 1
    }
}
