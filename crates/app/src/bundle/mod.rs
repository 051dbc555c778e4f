//! Everything of an appraisal in one file that anybody can check without a server (docs/report-contract.md §7).
//!
//! The manifest comes first and names every file with size and SHA-256, in order. The bundle's own part of the audit trail ends
//! with `bundle_listed`, which says what else is in it, all entries before it included. The manifest's hash goes into the trail
//! behind that as `bundle_made`, so whoever has a later trail knows that the bundle is the one that was handed out.

mod beside;
mod check;
mod entries;
mod gather;
mod handed_in;
mod judge;
mod listing;
mod make;
mod paths;
mod reported;

use pingyi_domain::record::MatterId;
use pingyi_domain::{AppraisalId, Digest, PresenterCode, canonical_json};
use serde::{Deserialize, Serialize};

pub use check::check;
pub use judge::{BoxJudged, BundleFinding, BundleReport, BundleStatus};
pub use make::BundleStream;

/// What the manifest says of its own form.
const FORMAT: &str = "pingyi-bundle-2";
/// The first entry.
const MANIFEST: &str = "manifest.json";
const SCHEME: &str = "scheme.json";
const RESULT: &str = "result.json";
const GRADES: &str = "grades.json";
const AUDIT: &str = "audit.jsonl";
const DECISIONS: &str = "decisions.json";
const BECAME: &str = "followup.json";
/// Where the photos of slides lie, each under its hash.
const PHOTOS: &str = "slides/photos/";
/// The role of who confirms a grade (report-contract §4).
const LEADER: &str = "leader";
/// State of a matter that was taken away since.
const REMOVED: &str = "removed";

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

/// SHA-256 of the canonical list of all files but the trail: that one names this hash.
fn files_hash(files: &[Listed]) -> Digest {
    let others: Vec<&Listed> = files.iter().filter(|file| file.path != AUDIT).collect();
    Digest::of(canonical_json(&others).as_bytes())
}

/// What the committee decided about one presenter.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Ruling {
    presenter: PresenterCode,
    /// Name of the grade the rules proposed.
    proposed: Option<String>,
    /// Name of the grade decided.
    decided: Option<String>,
    /// Why, where it is another one.
    reason: String,
    /// [`LEADER`] once it was confirmed.
    confirmed_by: Option<String>,
}

/// A matter made of what was found wanting; nobody is named in it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Became {
    matter: MatterId,
    presenter: PresenterCode,
    /// `item:<code>`, `opinion:<number>`, `comment`.
    sources: Vec<String>,
    /// State on the wire, or [`REMOVED`].
    state: String,
    due_on: Option<String>,
    closed_on: Option<String>,
}
