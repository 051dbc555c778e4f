//! Checking the duty reports of a bundle: what was handed in, against its own part of the trail, and its documents.

use std::collections::{BTreeMap, BTreeSet};
use std::io::BufReader;

use pingyi_domain::audit::{AuditEntry, AuditEvent, Extent, ReportListed, verify_export};
use pingyi_domain::config::AppraisalConfig;
use pingyi_domain::report::{Content, ReportMove};
use pingyi_domain::{PresenterCode, canonical_json, read_canonical};
use pingyi_papers::Paper;

use super::beside::input;
use super::entries::Entries;
use super::judge::BundleReport;
use super::listing::whole;
use crate::reports::sections_of;

/// Formats of a report's documents.
pub(super) const DOCUMENTS: [&str; 2] = ["docx", "pdf"];

/// A report's own part of the trail, read.
struct Own {
    id: String,
    entries: Vec<AuditEntry>,
}

impl Own {
    fn events(&self) -> impl DoubleEndedIterator<Item = AuditEvent> {
        let entries = self.entries.iter();
        entries.filter_map(|entry| entry.event().ok())
    }
}

/// Each report the appraisal's trail lists is there, and no other. It says what was handed in, as its own part of the trail
/// names it; that part is the one listed; its documents follow from it.
pub(super) fn reports(
    entries: &Entries,
    (config, listed): (
        Option<&AppraisalConfig>,
        Option<&BTreeMap<PresenterCode, ReportListed>>,
    ),
    report: &mut BundleReport,
) -> std::io::Result<()> {
    let mut codes = BTreeSet::new();
    for path in entries.below("reports/") {
        let name = path.strip_prefix("reports/").unwrap_or_default();
        let (code, _) = name.split_once('.').unwrap_or((name, ""));
        codes.insert(code.to_owned());
    }
    for code in listed.iter().flat_map(|listed| listed.keys()) {
        let path = format!("reports/{code}.json");
        if !entries.has(&path) {
            report.find("left_out", &path, "");
        }
    }
    for code in codes {
        // Else it is no file of a bundle, and found as such.
        let Ok(code) = code.parse::<PresenterCode>() else {
            continue;
        };
        let line = listed.and_then(|listed| listed.get(&code));
        if listed.is_some() && line.is_none() {
            report.find("not_in_trail", &format!("reports/{code}.json"), "");
        }
        if one(entries, (config, line, &code), report)? {
            report.reports += 1;
        }
    }
    Ok(())
}

/// One report; whether it is what was handed in.
fn one(
    entries: &Entries,
    (config, line, code): (
        Option<&AppraisalConfig>,
        Option<&ReportListed>,
        &PresenterCode,
    ),
    report: &mut BundleReport,
) -> std::io::Result<bool> {
    let head = format!("reports/{code}");
    let own = own_trail(entries, &head, report)?;
    let handed_in = content(entries, &head, report)?;
    let (Some(own), Some(content)) = (own, handed_in) else {
        return Ok(false);
    };
    bound(config, code, &own, report);
    let last = own.events().rev().find_map(|event| match event {
        AuditEvent::ReportMoved {
            step: ReportMove::Submit,
            content,
            ..
        } => content,
        _ => None,
    });
    let hash = Some(content.hash());
    if let Some(line) = line {
        let trail = format!("{head}.audit.jsonl");
        if own.id != line.report.as_str() {
            report.find("other_report", &trail, own.id.clone());
        }
        whole(&own.entries, &line.trail, &trail, report);
        documents(entries, &head, line, report);
    }
    if last != hash || line.is_some_and(|line| Some(&line.content) != hash.as_ref()) {
        report.find("not_in_trail", &format!("{head}.json"), "");
        return Ok(false);
    }
    for ending in DOCUMENTS {
        let path = format!("{head}.{ending}");
        if entries.has(&path) {
            document(entries, (&path, ending), (&content, &own), report)?;
        }
    }
    Ok(true)
}

/// The documents are those listed.
fn documents(entries: &Entries, head: &str, line: &ReportListed, report: &mut BundleReport) {
    for ending in DOCUMENTS {
        let path = format!("{head}.{ending}");
        let found = entries.listed(&path).map(|listed| &listed.sha256);
        let told = line.documents.get(ending);
        match (found, told) {
            (None, Some(_)) => report.find("left_out", &path, ""),
            (Some(_), _) if found != told => report.find("not_in_trail", &path, ""),
            _ => {}
        }
    }
}

/// What the report's own trail tells, and whose id it bears.
fn own_trail(
    entries: &Entries,
    head: &str,
    report: &mut BundleReport,
) -> std::io::Result<Option<Own>> {
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
    let (mut id, mut own) = (None, Vec::new());
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
        own.push(entry);
    }
    Ok(id.map(|id| Own { id, entries: own }))
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
    code: &PresenterCode,
    own: &Own,
    report: &mut BundleReport,
) {
    let Some(config) = config else {
        return;
    };
    let mut presenters = config.presenters.iter();
    let presenter = presenters.find(|one| one.code == *code);
    let of = presenter.and_then(|one| one.unit_id.as_ref());
    let begun = own.events().any(|event| {
        matches!(event, AuditEvent::ReportBegun { unit, year }
            if Some(&unit) == of && year == i32::from(config.year))
    });
    if !begun {
        report.find("other_report", &format!("reports/{code}.audit.jsonl"), "");
    }
}

/// A document of a report was made from what was handed in, and is the file the report's trail names.
fn document(
    entries: &Entries,
    (path, ending): (&str, &str),
    (content, own): (&Content, &Own),
    report: &mut BundleReport,
) -> std::io::Result<()> {
    let Some(paper) = input(entries, path, report)? else {
        return Ok(());
    };
    let says = matches!(&paper, Paper::DutyReport(said) if said.sections == sections_of(content));
    let place = format!("report/{}", own.id);
    let hash = paper.hash();
    let named = entries.listed(path).is_some_and(|listed| {
        own.events().any(|event| {
            matches!(event, AuditEvent::PaperMade { place: of, format, data, file }
                if of == place && format == ending && data == hash && file == listed.sha256)
        })
    });
    if !says {
        report.find("report_differs", path, "");
    }
    if !named {
        report.find("not_in_trail", path, "");
    }
    Ok(())
}
