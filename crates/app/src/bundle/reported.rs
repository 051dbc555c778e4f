//! Checking the duty reports of a bundle: what was handed in, against its own part of the trail, and its documents.

use std::collections::BTreeMap;
use std::io::BufReader;

use pingyi_domain::audit::{AuditEntry, AuditEvent, Extent, verify_export};
use pingyi_domain::config::AppraisalConfig;
use pingyi_domain::report::{Content, ReportMove};
use pingyi_domain::{canonical_json, read_canonical};
use pingyi_papers::Paper;

use super::beside::{input, made};
use super::entries::Entries;
use super::judge::BundleReport;
use crate::reports::sections_of;

/// Each report says what was handed in, as its own part of the trail names it; its documents follow from it.
pub(super) fn reports(
    entries: &Entries,
    config: Option<&AppraisalConfig>,
    report: &mut BundleReport,
) -> std::io::Result<()> {
    let mut of: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for path in entries.below("reports/") {
        let name = path.strip_prefix("reports/").unwrap_or_default();
        let (code, kind) = name.split_once('.').unwrap_or((name, ""));
        of.entry(code).or_default().push(kind);
    }
    for (code, kinds) in of {
        let head = format!("reports/{code}");
        let known = [
            "json",
            "audit.jsonl",
            "docx",
            "docx.json",
            "pdf",
            "pdf.json",
        ];
        for kind in kinds.iter().filter(|kind| !known.contains(kind)) {
            report.find("not_in_trail", &format!("{head}.{kind}"), "");
        }
        let trail = own_trail(entries, &head, report)?;
        let handed_in = content(entries, &head, report)?;
        let (Some((id, trail)), Some(content)) = (trail, handed_in) else {
            continue;
        };
        bound(config, code, &trail, report);
        let last = trail.iter().rev().find_map(|event| match event {
            AuditEvent::ReportMoved {
                step: ReportMove::Submit,
                content,
                ..
            } => content.clone(),
            _ => None,
        });
        if last != Some(content.hash()) {
            report.find("not_in_trail", &format!("{head}.json"), "");
            continue;
        }
        report.reports += 1;
        for ending in ["docx", "pdf"]
            .into_iter()
            .filter(|one| kinds.contains(one))
        {
            let path = format!("{head}.{ending}");
            document(entries, (&path, ending, &id), (&content, &trail), report)?;
        }
    }
    Ok(())
}

/// What the report's own trail tells, and whose id it bears.
fn own_trail(
    entries: &Entries,
    head: &str,
    report: &mut BundleReport,
) -> std::io::Result<Option<(String, Vec<AuditEvent>)>> {
    let path = format!("{head}.audit.jsonl");
    if !entries.has(&path) {
        report.find("missing", &path, "");
        return Ok(None);
    }
    let judged = verify_export(BufReader::new(entries.open(&path)?), Extent::Part, None)?;
    for fault in &judged.faults {
        let code = serde_json::to_value(fault.fault).unwrap_or_default();
        let code = format!("trail_{}", code.as_str().unwrap_or_default());
        report.find(&code, &format!("{path}:{}", fault.line), "");
    }
    let text = String::from_utf8_lossy(&entries.read(&path)?).into_owned();
    let (mut id, mut events) = (None, Vec::new());
    for (line, number) in text.lines().zip(1_u64..) {
        let Ok(entry) = read_canonical::<AuditEntry>(line) else {
            continue;
        };
        let of = id.get_or_insert_with(|| entry.content.subject.clone());
        if *of != entry.content.subject {
            let place = format!("{path}:{number}");
            report.find("other_report", &place, entry.content.subject);
            continue;
        }
        if let Ok(event) = AuditEvent::from_parts(&entry.content.action, &entry.content.detail) {
            events.push(event);
        }
    }
    Ok(id.map(|id| (id, events)))
}

fn content(
    entries: &Entries,
    head: &str,
    report: &mut BundleReport,
) -> std::io::Result<Option<Content>> {
    let path = format!("{head}.json");
    if !entries.has(&path) {
        report.find("missing", &path, "");
        return Ok(None);
    }
    let json = entries.read(&path)?;
    match serde_json::from_slice::<Content>(&json) {
        Ok(content) => {
            if canonical_json(&content).as_bytes() != json {
                report.find("not_canonical", &path, "");
            }
            Ok(Some(content))
        }
        Err(error) => {
            report.find("unreadable", &path, error.to_string());
            Ok(None)
        }
    }
}

/// The report is that of the presenter's unit on the year appraised.
fn bound(
    config: Option<&AppraisalConfig>,
    code: &str,
    trail: &[AuditEvent],
    report: &mut BundleReport,
) {
    let Some(config) = config else {
        return;
    };
    let mut presenters = config.presenters.iter();
    let presenter = presenters.find(|one| one.code.as_str() == code);
    let of = presenter.and_then(|one| one.unit_id.as_ref());
    let begun = trail.iter().any(|event| {
        matches!(event, AuditEvent::ReportBegun { unit, year }
            if Some(unit) == of && *year == i32::from(config.year))
    });
    if !begun {
        report.find("other_report", &format!("reports/{code}.audit.jsonl"), "");
    }
}

/// A document of a report was made from what was handed in, and is the file the trail names.
fn document(
    entries: &Entries,
    (path, ending, id): (&str, &str, &str),
    (content, trail): (&Content, &[AuditEvent]),
    report: &mut BundleReport,
) -> std::io::Result<()> {
    let Some(paper) = input(entries, path, report)? else {
        return Ok(());
    };
    let says = matches!(&paper, Paper::DutyReport(said) if said.sections == sections_of(content));
    let mut files = entries.manifest.files.iter();
    let listed = files.find(|listed| listed.path == path);
    let place = format!("report/{id}");
    let named = listed.is_some_and(|listed| {
        let mut events = trail.iter();
        events.any(|event| made(event, (&place, ending), &paper, &listed.sha256))
    });
    if !says {
        report.find("report_differs", path, "");
    }
    if !named {
        report.find("not_in_trail", path, "");
    }
    Ok(())
}
