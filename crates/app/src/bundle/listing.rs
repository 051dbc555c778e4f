//! Checking what the trail says is in the bundle: its last entry names all the others and all other files, since a part of a
//! trail by itself does not show what was cut out of it.

use std::collections::BTreeMap;

use pingyi_domain::PresenterCode;
use pingyi_domain::audit::{AuditEntry, AuditEvent, ReportListed, TrailPart};

use super::entries::Entries;
use super::judge::BundleReport;
use super::paths::{belongs_to, known};
use super::{AUDIT, MANIFEST, files_hash};

/// The duty reports the last entry of the trail lists; none where it is no list, which is found then.
pub(super) fn listing(
    entries: &Entries,
    trail: &[AuditEntry],
    report: &mut BundleReport,
) -> Option<BTreeMap<PresenterCode, ReportListed>> {
    let listed = trail.split_last().and_then(|(last, before)| {
        let AuditEvent::BundleListed {
            trail,
            files,
            reports,
        } = last.event().ok()?
        else {
            return None;
        };
        Some((before, trail, files, reports))
    });
    let Some((before, part, files, reports)) = listed else {
        report.find("trail_no_list", AUDIT, "");
        return None;
    };
    whole(before, &part, AUDIT, report);
    if files_hash(&entries.manifest.files) != files {
        report.find("files_differ", MANIFEST, files.to_string());
    }
    Some(reports)
}

/// Nothing was cut out of these entries, and nothing put between.
pub(super) fn whole(
    trail: &[AuditEntry],
    told: &TrailPart,
    place: &str,
    report: &mut BundleReport,
) {
    let found = TrailPart::of(trail);
    if found != *told {
        let text = format!("{} · {}", told.entries, found.entries);
        report.find("trail_incomplete", place, text);
    }
}

/// Only files that a bundle has, each with the one it belongs to.
pub(super) fn paths(entries: &Entries, report: &mut BundleReport) {
    for file in &entries.manifest.files {
        let path = file.path.as_str();
        if !known(path) {
            report.find("unknown_file", path, "");
        } else if let Some(other) = belongs_to(path).filter(|other| !entries.has(other)) {
            report.find("alone", path, other);
        }
    }
}
