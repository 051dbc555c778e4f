//! What was found out about a bundle.

use std::io::BufRead;

use pingyi_ballot::verify::Report;
use pingyi_domain::audit::{AuditEntry, AuditReport};
use pingyi_domain::read_canonical;
use serde::Serialize;

/// How it stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum BundleStatus {
    /// Everything is as it says.
    Valid,
    /// Something is not.
    Findings,
    /// It is no bundle, or broken off.
    Unreadable,
}

/// Something that is not as it should be.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct BundleFinding {
    /// Code; one of a box begins with `box_`.
    pub code: String,
    /// In which file, and where in it.
    pub place: String,
    /// Particulars.
    pub text: String,
}

/// A box and what came of it.
#[derive(Debug, Clone, Serialize)]
pub struct BoxJudged {
    /// Path in the bundle.
    pub path: String,
    /// Its own report.
    #[serde(flatten)]
    pub report: Report,
}

/// Everything that was found out.
#[derive(Debug, Clone, Serialize)]
pub struct BundleReport {
    /// How it stands.
    pub status: BundleStatus,
    /// Id of the appraisal.
    pub appraisal: String,
    /// Its title.
    pub title: String,
    /// SHA-256 of the manifest, as the audit trail names it.
    pub manifest: String,
    /// Files the manifest lists.
    pub files: u64,
    /// The boxes.
    pub boxes: Vec<BoxJudged>,
    /// The audit trail.
    pub audit: Option<AuditReport>,
    /// Papers whose file and data the trail names.
    pub papers: u64,
    /// Duty reports that are what was handed in.
    pub reports: u64,
    /// Signed papers that the trail names.
    pub scans: u64,
    /// Whether the result was worked out again from boxes and scheme, and is the same.
    pub recounted: bool,
    /// Everything that is wrong.
    pub findings: Vec<BundleFinding>,
}

impl Default for BundleReport {
    fn default() -> Self {
        Self {
            status: BundleStatus::Valid,
            appraisal: String::new(),
            title: String::new(),
            manifest: String::new(),
            files: 0,
            boxes: Vec::new(),
            audit: None,
            papers: 0,
            reports: 0,
            scans: 0,
            recounted: false,
            findings: Vec::new(),
        }
    }
}

impl BundleReport {
    /// Looks whether a trail that goes on behind the bundle names it: one that names others of this appraisal and not this
    /// one was made with another.
    ///
    /// # Errors
    /// When reading fails.
    pub fn named_by(&mut self, trail: impl BufRead) -> std::io::Result<()> {
        let mut others = 0_u64;
        for line in trail.lines() {
            let Ok(entry) = read_canonical::<AuditEntry>(&line?) else {
                continue;
            };
            if entry.content.subject != self.appraisal || entry.content.action != "bundle_made" {
                continue;
            }
            if entry.content.detail["manifest"] == self.manifest.as_str() {
                return Ok(());
            }
            others += 1;
        }
        let manifest = self.manifest.clone();
        self.find(
            "bundle_not_named",
            super::MANIFEST,
            format!("{manifest} ({others})"),
        );
        Ok(())
    }

    /// Adds a finding.
    pub(super) fn find(&mut self, code: &str, place: &str, text: impl Into<String>) {
        self.findings.push(BundleFinding {
            code: code.to_owned(),
            place: place.to_owned(),
            text: text.into(),
        });
        self.status = self.status.max(BundleStatus::Findings);
    }

    /// Adds a finding that makes everything else worthless.
    pub(super) fn broken(mut self, code: &str, text: impl Into<String>) -> Self {
        self.find(code, super::MANIFEST, text);
        self.status = BundleStatus::Unreadable;
        self
    }
}
