//! Checking a bundle: what it says of itself, its boxes, its trail, and that the result follows from the boxes.

use std::collections::BTreeMap;
use std::io::{BufReader, Read};
use std::path::Path;

use pingyi_ballot::archive::ArchiveReader;
use pingyi_ballot::election::Election;
use pingyi_ballot::verify::{Options, Report, Status, verify};
use pingyi_domain::audit::{
    AuditEntry, AuditEvent, BoxHead, Extent, ReportListed, TrailMark, verify_anchored,
};
use pingyi_domain::config::{AppraisalConfig, PingyiExtra, Presenter};
use pingyi_domain::{PresenterCode, canonical_json, read_canonical};
use pingyi_scoring::BoxCounts;

use super::beside;
use super::entries::{Entries, take_apart};
use super::judge::{BoxJudged, BundleReport, BundleStatus};
use super::{AUDIT, GRADES, RESULT, SCHEME, listing};
use crate::grades::Ground;
use crate::result_tables::tables;
use crate::{GradesWorked, ResultView};

/// An entry of the trail.
pub(super) struct Told {
    pub actor: String,
    pub event: AuditEvent,
}

/// The trail of a bundle, read.
pub(super) struct Trail {
    /// What happened, in order.
    pub told: Vec<Told>,
    /// The duty reports it says are in the bundle.
    pub reports: Option<BTreeMap<PresenterCode, ReportListed>>,
}

/// A box with what it binds.
struct Opened {
    path: String,
    report: Report,
    extra: PingyiExtra,
}

/// Checks a bundle from its first byte to its last; needs no server.
///
/// # Errors
/// When the file, or the folder for what it holds, cannot be read or written.
pub fn check(tar: impl Read) -> std::io::Result<BundleReport> {
    let (entries, mut report) = match take_apart(tar, BundleReport::default())? {
        Ok(taken) => taken,
        Err(broken) => return Ok(broken),
    };
    listing::paths(&entries, &mut report);
    let config = scheme(&entries, &mut report)?;
    let boxes = boxes(&entries, config.as_ref(), &mut report)?;
    let result = result(&entries, &mut report)?;
    let grades = grades(&entries, &mut report)?;
    if let (Some(config), Some(result)) = (&config, &result) {
        recount(config, &boxes, (result, grades.as_ref()), &mut report);
    }
    let trail = trail(&entries, &boxes, result.as_ref(), &mut report)?;
    heads(&boxes, &trail.told, &mut report);
    beside::check(
        &entries,
        &trail,
        (config.as_ref(), grades.as_ref()),
        &mut report,
    )?;
    report.boxes = boxes
        .into_iter()
        .map(|one| BoxJudged {
            path: one.path,
            report: one.report,
        })
        .collect();
    Ok(report)
}

fn scheme(
    entries: &Entries,
    report: &mut BundleReport,
) -> std::io::Result<Option<AppraisalConfig>> {
    let json = String::from_utf8_lossy(&entries.read(SCHEME)?).into_owned();
    match AppraisalConfig::from_json(&json) {
        Ok(config) if config.canonical_json() == json => Ok(Some(config)),
        Ok(config) => {
            report.find("not_canonical", SCHEME, "");
            Ok(Some(config))
        }
        Err(problem) => {
            report.find("unreadable", SCHEME, format!("{problem:?}"));
            Ok(None)
        }
    }
}

/// Every box by itself, and that together they are those of the scheme.
fn boxes(
    entries: &Entries,
    config: Option<&AppraisalConfig>,
    report: &mut BundleReport,
) -> std::io::Result<Vec<Opened>> {
    let mut boxes: Vec<Opened> = Vec::new();
    let paths: Vec<String> = entries
        .below("boxes/")
        .filter(|path| {
            Path::new(path)
                .extension()
                .is_some_and(|ending| ending == "bel")
        })
        .map(str::to_owned)
        .collect();
    for path in paths {
        if let Some(opened) = judge(entries, path, report)? {
            bound(entries, config, &opened, report);
            boxes.push(opened);
        }
    }
    let Some(config) = config else {
        return Ok(boxes);
    };
    let place = |one: &Opened| {
        let mut codes = config.categories.iter();
        codes.position(|category| category.code == one.extra.category)
    };
    boxes.sort_by_key(place);
    for category in &config.categories {
        let of = boxes
            .iter()
            .filter(|one| one.extra.category == category.code);
        match of.count() {
            0 => report.find("box_missing", &category.code.to_string(), ""),
            1 => {}
            _ => report.find("box_twice", &category.code.to_string(), ""),
        }
    }
    Ok(boxes)
}

fn judge(
    entries: &Entries,
    path: String,
    report: &mut BundleReport,
) -> std::io::Result<Option<Opened>> {
    let beside = path.replace(".bel", ".proofs.json");
    let sidecar = entries.has(&beside).then(|| entries.read(&beside));
    let sidecar = sidecar.transpose()?;
    let archive = BufReader::with_capacity(1 << 20, entries.open(&path)?);
    let judged = verify(archive, sidecar.as_deref(), &Options::default(), &|_| ());
    for finding in &judged.findings {
        let place = format!("{path} {}", finding.place);
        report.find(&format!("box_{}", finding.code), &place, &*finding.text);
    }
    if judged.status == Status::Unreadable && judged.findings.is_empty() {
        report.find("unreadable", &path, "");
    }
    if judged.result.is_some() && sidecar.is_none() {
        report.find("sidecar_missing", &path, beside);
    }
    let election = ArchiveReader::new(BufReader::new(entries.open(&path)?))
        .ok()
        .and_then(|mut records| records.next()?.ok());
    let election = election.and_then(|record| {
        let text = std::str::from_utf8(&record.content).ok()?.to_owned();
        Election::parse(&text).ok()
    });
    let extra = election.and_then(|election| {
        let extra = election.extra("x_pingyi")?.clone();
        serde_json::from_value::<PingyiExtra>(extra).ok()
    });
    let Some(extra) = extra else {
        report.find("unreadable", &path, "x_pingyi");
        return Ok(None);
    };
    Ok(Some(Opened {
        path,
        report: judged,
        extra,
    }))
}

/// A box names its appraisal and the scheme, and lies under its own name.
fn bound(
    entries: &Entries,
    config: Option<&AppraisalConfig>,
    opened: &Opened,
    report: &mut BundleReport,
) {
    let path = opened.path.as_str();
    if opened.extra.appraisal != entries.manifest.appraisal {
        let other = opened.extra.appraisal.to_string();
        report.find("other_appraisal", path, other);
    }
    if config.is_some_and(|config| config.scheme_hash() != opened.extra.scheme) {
        report.find("scheme_differs", path, opened.extra.scheme.clone());
    }
    let uuid = opened.report.box_uuid.as_deref().unwrap_or_default();
    if path != format!("boxes/{uuid}.bel") {
        report.find("wrong_name", path, uuid);
    }
}

fn result(entries: &Entries, report: &mut BundleReport) -> std::io::Result<Option<ResultView>> {
    let json = entries.read(RESULT)?;
    match serde_json::from_slice::<ResultView>(&json) {
        Ok(result) => {
            let text = String::from_utf8_lossy(&json);
            if canonical_json(&result) != text {
                report.find("not_canonical", RESULT, "");
            }
            Ok(Some(result))
        }
        Err(error) => {
            report.find("unreadable", RESULT, error.to_string());
            Ok(None)
        }
    }
}

/// Composite and grades with what stood beside the ballots.
fn grades(entries: &Entries, report: &mut BundleReport) -> std::io::Result<Option<GradesWorked>> {
    let json = entries.read(GRADES)?;
    match serde_json::from_slice(&json) {
        Ok(grades) => Ok(Some(grades)),
        Err(error) => {
            report.find("unreadable", GRADES, error.to_string());
            Ok(None)
        }
    }
}

/// Indicators and leaders' evaluation as they were frozen at the count: they are no ballots, so the bundle's word is taken
/// for them and what follows from them is worked out again.
fn ground(config: &AppraisalConfig, grades: Option<&GradesWorked>) -> Ground {
    let of = |presenter: &Presenter| {
        let mut all = grades.iter().flat_map(|worked| &worked.presenters);
        let found = all.find(|one| one.code == presenter.code);
        found.map(|one| one.beside.clone()).unwrap_or_default()
    };
    Ground {
        on: grades.and_then(|worked| worked.on),
        beside: config.presenters.iter().map(of).collect(),
    }
}

/// Works the result out from boxes and scheme, and compares all that follows from them.
fn recount(
    config: &AppraisalConfig,
    boxes: &[Opened],
    (told, grades): (&ResultView, Option<&GradesWorked>),
    report: &mut BundleReport,
) {
    let items = config.form.items.len().max(1);
    let counts: Vec<BoxCounts> = boxes
        .iter()
        .map(|one| match &one.report.result {
            Some(rows) => BoxCounts {
                ballots: one.report.counted,
                marks: Some(rows.chunks(items).map(<[Vec<u64>]>::to_vec).collect()),
            },
            None => BoxCounts::unopened(one.report.counted),
        })
        .collect();
    let heads: Vec<String> = boxes
        .iter()
        .map(|one| one.report.head.map(|head| head.hex()).unwrap_or_default())
        .collect();
    if boxes.len() != config.categories.len() {
        report.find("not_recounted", RESULT, "");
        return;
    }
    let ground = ground(config, grades);
    let again = match tables(config, &counts, &heads, &ground) {
        Ok(again) => again,
        Err(error) => {
            report.find("not_recounted", RESULT, error.to_string());
            return;
        }
    };
    report.recounted = true;
    if grades != Some(&again.grades) {
        report.recounted = false;
        report.find("grades_differ", GRADES, "");
    }
    let again = again.result;
    for table in &again.tables {
        let same = told.tables.iter().find(|other| other.code == table.code);
        if same != Some(table) {
            report.recounted = false;
            report.find("result_differs", RESULT, table.title.clone());
        }
    }
    let rest = ResultView {
        tables: told.tables.clone(),
        verification: told.verification.clone(),
        reconciliation: told.reconciliation.clone(),
        trail: told.trail.clone(),
        ..again
    };
    if rest != *told || told.tables.len() != config.presenters.len() {
        report.recounted = false;
        report.find("result_differs", RESULT, told.title.clone());
    }
    reconciled(told, &counts, report);
}

/// The sheet of the papers says as many valid ballots as the boxes hold.
fn reconciled(told: &ResultView, counts: &[BoxCounts], report: &mut BundleReport) {
    let ballots = told.reconciliation.lines.iter().map(|line| line.valid);
    let wrong = ballots
        .zip(counts)
        .any(|(valid, box_)| u64::from(valid) != box_.ballots);
    if wrong || told.reconciliation.lines.len() != counts.len() {
        report.find("result_differs", RESULT, "reconciliation");
    }
}

/// The trail against itself, against the entries that boxes and result name, and against its own last entry.
fn trail(
    entries: &Entries,
    boxes: &[Opened],
    result: Option<&ResultView>,
    report: &mut BundleReport,
) -> std::io::Result<Trail> {
    let mut trail = Trail {
        told: Vec::new(),
        reports: None,
    };
    if !entries.has(AUDIT) {
        report.find("missing", AUDIT, "");
        return Ok(trail);
    }
    let marks = boxes.iter().filter_map(|one| one.extra.trail.clone());
    let marks = marks.chain(result.and_then(|result| result.trail.clone()));
    let marks: Vec<TrailMark> = marks.collect();
    let reader = BufReader::new(entries.open(AUDIT)?);
    let judged = verify_anchored(reader, Extent::Part, None, &marks)?;
    for fault in &judged.faults {
        let code = serde_json::to_value(fault.fault).unwrap_or_default();
        let code = code.as_str().unwrap_or_default();
        report.find(
            &format!("trail_{code}"),
            &format!("{AUDIT}:{}", fault.line),
            "",
        );
    }
    report.audit = Some(judged);
    let text = String::from_utf8_lossy(&entries.read(AUDIT)?).into_owned();
    let mut own = Vec::new();
    for (line, number) in text.lines().zip(1_u64..) {
        let Ok(entry) = read_canonical::<AuditEntry>(line) else {
            continue;
        };
        if entry.content.subject != entries.manifest.appraisal.as_str() {
            let place = format!("{AUDIT}:{number}");
            report.find("other_appraisal", &place, entry.content.subject);
            continue;
        }
        // What a later version wrote is no fault: it is hashed like the rest.
        if let Ok(event) = entry.event() {
            let actor = entry.content.actor.clone();
            trail.told.push(Told { actor, event });
        }
        own.push(entry);
    }
    trail.reports = listing::listing(entries, &own, report);
    Ok(trail)
}

/// The end of every board is the one the trail names: of its opening, or of the closing where it was not opened.
fn heads(boxes: &[Opened], trail: &[Told], report: &mut BundleReport) {
    let mut named: BTreeMap<String, BoxHead> = BTreeMap::new();
    for told in trail {
        match &told.event {
            AuditEvent::AppraisalClosed { boxes } => {
                let heads = boxes.iter();
                named.extend(heads.map(|head| (head.category.to_string(), head.clone())));
            }
            AuditEvent::BoxOpened { head } => {
                named.insert(head.category.to_string(), head.clone());
            }
            _ => {}
        }
    }
    for one in boxes {
        let head = one.report.head.map(|head| head.hex()).unwrap_or_default();
        match named.get(&one.extra.category.to_string()) {
            Some(told) if told.head.as_str() == head => {}
            Some(told) => report.find("head_differs", &one.path, told.head.to_string()),
            None => report.find("head_not_named", &one.path, head),
        }
    }
}

impl BundleReport {
    /// Whether nothing is wrong.
    #[must_use]
    pub fn is_good(&self) -> bool {
        self.status == BundleStatus::Valid
    }
}
