//! What is said about an audit trail that was checked.

use std::fs::File;
use std::io::{BufRead as _, BufReader};
use std::path::Path;

use pingyi_app::{AuditReport, Extent, TrailMark, verify_anchored};
use pingyi_ballot::election::Election;
use serde::Serialize;

use crate::error::CommandError;
use crate::texts::Texts;

/// Checks an exported trail against itself and against the entries that boxes name; needs no server. The export of one
/// appraisal leaves other entries out and is judged as such a part.
///
/// # Errors
/// The file cannot be read.
pub fn check(path: &Path, anchors: &[TrailMark]) -> Result<(AuditReport, Extent), CommandError> {
    let read = |extent| {
        let file = File::open(path).map_err(CommandError::file(path))?;
        verify_anchored(BufReader::new(file), extent, None, anchors)
            .map_err(CommandError::file(path))
    };
    let extent = if of_one_appraisal(path) {
        Extent::Part
    } else {
        Extent::Whole
    };
    Ok((read(extent)?, extent))
}

/// Whether all entries are about the same appraisal, which no whole trail is: it begins with its users.
fn of_one_appraisal(path: &Path) -> bool {
    let Ok(file) = File::open(path) else {
        return false;
    };
    let mut subjects = BufReader::new(file).lines().map(|line| {
        let entry: serde_json::Value = serde_json::from_str(&line.ok()?).ok()?;
        entry["subject"].as_str().map(str::to_owned)
    });
    let Some(Some(first)) = subjects.next() else {
        return false;
    };
    !first.is_empty() && subjects.all(|subject| subject.as_ref() == Some(&first))
}

/// The entry of the trail that a box names.
#[must_use]
pub fn anchor(election: &Election) -> Option<TrailMark> {
    let trail = election.extra("x_pingyi")?.get("trail")?;
    serde_json::from_value(trail.clone()).ok()
}

/// The report in words, and whether the trail is sound.
#[must_use]
pub fn told(report: &AuditReport, extent: Extent, texts: &Texts) -> (String, bool) {
    let head = if report.head.is_empty() {
        "—"
    } else {
        &report.head
    };
    let key = match (report.is_sound(), extent) {
        (true, Extent::Whole) => "cli-audit-sound",
        (true, Extent::Part) => "cli-audit-part",
        (false, _) => "cli-audit-faults",
    };
    let count = report.faults.len();
    let mut said = texts.with(
        key,
        &[
            ("entries", &report.entries),
            ("head", &head),
            ("count", &count),
        ],
    );
    for fault in &report.faults {
        let fault_key = format!("cli-audit-fault-{}", code(fault));
        let line = texts.with(
            "cli-audit-fault",
            &[("line", &fault.line), ("fault", &texts.plain(&fault_key))],
        );
        said = format!("{said}\n{line}");
    }
    (said, report.is_sound())
}

/// The catalogue's name of a fault: its code with dashes.
fn code(fault: &impl Serialize) -> String {
    let value = serde_json::to_value(fault).unwrap_or_default();
    value["fault"]
        .as_str()
        .unwrap_or_default()
        .replace('_', "-")
}
