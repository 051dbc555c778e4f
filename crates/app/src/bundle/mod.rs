//! Everything of an appraisal in one file that anybody can check without a server (docs/report-contract.md §7).
//!
//! The manifest comes first and names every file with size and SHA-256, in order. Its own hash goes into the audit trail as
//! `bundle_made`, so whoever has a later trail knows that the bundle is the one that was handed out.

mod check;
mod entries;
mod judge;
mod make;

use pingyi_domain::{AppraisalId, Digest};
use serde::{Deserialize, Serialize};

pub use check::check;
pub use judge::{BoxJudged, BundleFinding, BundleReport, BundleStatus};
pub use make::BundleStream;

/// What the manifest says of its own form.
const FORMAT: &str = "pingyi-bundle-1";
/// The first entry.
const MANIFEST: &str = "manifest.json";
const SCHEME: &str = "scheme.json";
const RESULT: &str = "result.json";
const GRADES: &str = "grades.json";
const AUDIT: &str = "audit.jsonl";

/// What the bundle holds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Manifest {
    /// [`FORMAT`].
    format: String,
    appraisal: AppraisalId,
    title: String,
    /// Seconds since 1970.
    made_at: i64,
    /// The files behind the manifest, in order.
    files: Vec<Listed>,
}

/// One file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Listed {
    path: String,
    bytes: u64,
    sha256: Digest,
}
