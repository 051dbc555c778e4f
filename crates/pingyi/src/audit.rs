//! What is said about an audit trail that was checked.

use std::fs::File;
use std::io::BufReader;
use std::path::Path;

use pingyi_app::{AuditReport, Extent, verify_export};
use serde::Serialize;

use crate::error::CommandError;
use crate::texts::Texts;

/// Checks an exported trail; needs no server.
///
/// # Errors
/// The file cannot be read.
pub fn check(path: &Path, head: Option<&str>) -> Result<AuditReport, CommandError> {
    let file = File::open(path).map_err(CommandError::file(path))?;
    verify_export(BufReader::new(file), Extent::Whole, head).map_err(CommandError::file(path))
}

/// The report in words, and whether the trail is sound.
#[must_use]
pub fn told(report: &AuditReport, texts: &Texts) -> (String, bool) {
    let head = if report.head.is_empty() {
        "—"
    } else {
        &report.head
    };
    let key = if report.is_sound() {
        "cli-audit-sound"
    } else {
        "cli-audit-faults"
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
