//! Checking what stands beside boxes and result: papers, slides, signed papers, reports, decisions and matters, each
//! against the trail.

use std::collections::{BTreeMap, BTreeSet};

use pingyi_domain::audit::AuditEvent;
use pingyi_domain::config::AppraisalConfig;
use pingyi_domain::record::MatterStateName;
use pingyi_domain::{Digest, PresenterCode, canonical_json};
use pingyi_papers::Paper;
use serde::Serialize;
use serde::de::DeserializeOwned;

use super::check::{Told, Trail};
use super::entries::Entries;
use super::gather::photos_in;
use super::judge::BundleReport;
use super::paths::belongs_to;
use super::reported::reports;
use super::{BECAME, Became, DECISIONS, GRADES, LEADER, PHOTOS, REMOVED, Ruling};
use crate::GradesWorked;

/// What the trail says must be in the bundle: files by their path, and what it says of decisions and matters.
#[derive(Default)]
struct Expected {
    files: BTreeMap<String, File>,
    /// Sheet and file of the signed papers that were not taken away.
    scans: BTreeSet<(String, Digest)>,
    decided: BTreeMap<PresenterCode, (Ruling, String)>,
    became: Vec<(String, PresenterCode, Vec<String>)>,
}

/// A file as the trail named it last.
#[derive(PartialEq, Eq)]
struct File {
    sha256: Digest,
    /// SHA-256 of what a paper was made from.
    data: Option<Digest>,
}

impl Expected {
    fn of(trail: &[Told], appraisal: &str, report: &mut BundleReport) -> Self {
        let mut all = Self::default();
        for told in trail {
            all.take(told, appraisal, report);
        }
        all
    }

    fn holds(&mut self, path: String, sha256: &Digest, data: Option<&Digest>) {
        let (sha256, data) = (sha256.clone(), data.cloned());
        self.files.insert(path, File { sha256, data });
    }

    fn take_slides(&mut self, event: &AuditEvent) {
        match event {
            AuditEvent::SlidesSet {
                presenter, file, ..
            } => {
                self.holds(format!("slides/{presenter}.pdf"), file, None);
            }
            AuditEvent::SlidesRemoved { presenter } => {
                self.files.remove(&format!("slides/{presenter}.pdf"));
            }
            AuditEvent::DeckShown {
                presenter, deck, ..
            } => {
                self.holds(format!("slides/{presenter}.json"), deck, None);
            }
            AuditEvent::DeckDropped { presenter } => {
                self.files.remove(&format!("slides/{presenter}.json"));
            }
            _ => {}
        }
    }

    fn take(&mut self, told: &Told, appraisal: &str, report: &mut BundleReport) {
        self.take_slides(&told.event);
        match &told.event {
            AuditEvent::PaperMade {
                place,
                format,
                data,
                file,
            } => {
                let sheet = place.strip_prefix(&format!("appraisal/{appraisal}/"));
                if let Some(sheet) = sheet {
                    self.holds(format!("papers/{sheet}.{format}"), file, Some(data));
                }
            }
            AuditEvent::ScanAdded { sheet, file, .. } => {
                self.scans.insert((sheet.clone(), file.clone()));
            }
            AuditEvent::ScanRemoved { sheet, file, .. } => {
                self.scans.remove(&(sheet.clone(), file.clone()));
            }
            AuditEvent::GradeDecided {
                presenter,
                proposed,
                decided,
                reason,
            } => {
                let line = Ruling {
                    presenter: presenter.clone(),
                    proposed: proposed.clone(),
                    decided: decided.clone(),
                    reason: reason.clone(),
                    confirmed_by: None,
                };
                let entered = (line, told.actor.clone());
                self.decided.insert(presenter.clone(), entered);
            }
            AuditEvent::GradesConfirmed { grades } => self.confirm(grades, told, report),
            AuditEvent::MatterListed {
                matter,
                presenter,
                sources,
            } => {
                let line = (matter.to_string(), presenter.clone(), sources.clone());
                self.became.push(line);
            }
            _ => {}
        }
    }

    /// A grade holds once somebody else has confirmed the very one that was entered.
    fn confirm(
        &mut self,
        grades: &BTreeMap<PresenterCode, String>,
        told: &Told,
        report: &mut BundleReport,
    ) {
        for (code, grade) in grades {
            match self.decided.get_mut(code) {
                Some((line, by)) if line.decided.as_ref() == Some(grade) => {
                    if *by == told.actor {
                        report.find("same_person", DECISIONS, code.to_string());
                    }
                    line.confirmed_by = Some(LEADER.to_owned());
                }
                _ => report.find("decisions_differ", DECISIONS, code.to_string()),
            }
        }
    }
}

/// All of it against the trail.
pub(super) fn check(
    entries: &Entries,
    trail: &Trail,
    (config, grades): (Option<&AppraisalConfig>, Option<&GradesWorked>),
    report: &mut BundleReport,
) -> std::io::Result<()> {
    let appraisal = entries.manifest.appraisal.to_string();
    let expected = Expected::of(&trail.told, &appraisal, report);
    slides(entries, &expected, report)?;
    papers(entries, &expected, report)?;
    scans(entries, &expected, report);
    let left_out = expected.files.keys().filter(|path| !entries.has(path));
    for path in left_out {
        report.find("left_out", path, "");
    }
    decisions(entries, &expected, grades, report)?;
    became(entries, &expected, report)?;
    reports(entries, (config, trail.reports.as_ref()), report)
}

/// Every file of slides is the one the trail named last; every photo lies under its hash and stands in slides that are there.
fn slides(
    entries: &Entries,
    expected: &Expected,
    report: &mut BundleReport,
) -> std::io::Result<()> {
    let mut photos = BTreeSet::new();
    for (path, _) in expected.files.iter().filter(|(path, _)| is_deck(path)) {
        let deck = serde_json::from_slice(&entries.read(path)?);
        photos.extend(deck.map_or_else(|_| BTreeSet::new(), |deck| photos_in(&deck)));
    }
    for listed in &entries.manifest.files {
        let path = listed.path.as_str();
        let named = match path.strip_prefix(PHOTOS) {
            Some(name) => name == listed.sha256.as_str() && photos.remove(&listed.sha256),
            None if path.starts_with("slides/") => {
                let last = expected.files.get(path);
                last.is_some_and(|last| last.sha256 == listed.sha256)
            }
            None => true,
        };
        if !named {
            report.find("not_in_trail", path, "");
        }
    }
    for photo in photos {
        report.find("left_out", &format!("{PHOTOS}{photo}"), "");
    }
    Ok(())
}

fn is_deck(path: &str) -> bool {
    let name = path.strip_prefix("slides/");
    name.is_some_and(|name| name.strip_suffix(".json").is_some())
}

/// What a paper was made from, where that can be read.
pub(super) fn input(
    entries: &Entries,
    path: &str,
    report: &mut BundleReport,
) -> std::io::Result<Option<Paper>> {
    let place = format!("{path}.json");
    let input = String::from_utf8_lossy(&entries.read(&place)?).into_owned();
    match Paper::from_json(&input) {
        Ok(paper) => Ok(Some(paper)),
        Err(error) => {
            report.find("unreadable", &place, error.to_string());
            Ok(None)
        }
    }
}

/// Every paper is the one the trail named last, file and data.
fn papers(
    entries: &Entries,
    expected: &Expected,
    report: &mut BundleReport,
) -> std::io::Result<()> {
    for listed in &entries.manifest.files {
        let path = listed.path.as_str();
        if !path.starts_with("papers/") || belongs_to(path).is_some() {
            continue;
        }
        let Some(paper) = input(entries, path, report)? else {
            continue;
        };
        let found = File {
            sha256: listed.sha256.clone(),
            data: Some(paper.hash()),
        };
        if expected.files.get(path) == Some(&found) {
            report.papers += 1;
        } else {
            report.find("not_in_trail", path, "");
        }
    }
    Ok(())
}

/// Every signed paper is one that was brought and not taken away, and all of these are there.
fn scans(entries: &Entries, expected: &Expected, report: &mut BundleReport) {
    let mut wanting = expected.scans.clone();
    for listed in &entries.manifest.files {
        let Some(name) = listed.path.strip_prefix("scans/") else {
            continue;
        };
        let sheet = name.rsplit_once('-').map_or(name, |(sheet, _)| sheet);
        if wanting.remove(&(sheet.to_owned(), listed.sha256.clone())) {
            report.scans += 1;
        } else {
            report.find("not_in_trail", &listed.path, "");
        }
    }
    for (sheet, file) in wanting {
        report.find("left_out", &format!("scans/{sheet}"), file.to_string());
    }
}

/// A list that the bundle must hold, in canonical form.
fn list<T: DeserializeOwned + Serialize>(
    entries: &Entries,
    path: &str,
    report: &mut BundleReport,
) -> std::io::Result<Option<Vec<T>>> {
    if !entries.has(path) {
        report.find("missing", path, "");
        return Ok(None);
    }
    let json = entries.read(path)?;
    match serde_json::from_slice::<Vec<T>>(&json) {
        Ok(list) => {
            if canonical_json(&list).as_bytes() != json {
                report.find("not_canonical", path, "");
            }
            Ok(Some(list))
        }
        Err(error) => {
            report.find("unreadable", path, error.to_string());
            Ok(None)
        }
    }
}

/// The decisions are those the trail tells, about the grades that were proposed.
fn decisions(
    entries: &Entries,
    expected: &Expected,
    grades: Option<&GradesWorked>,
    report: &mut BundleReport,
) -> std::io::Result<()> {
    let Some(told) = list::<Ruling>(entries, DECISIONS, report)? else {
        return Ok(());
    };
    let proposed = |code: &PresenterCode| {
        let worked = grades?;
        let mut tables = worked.presenters.iter();
        let table = tables.find(|table| table.code == *code)?;
        Some(worked.grades.get(table.proposed?)?.label.clone())
    };
    let mut seen = BTreeSet::new();
    for line in &told {
        let same = expected.decided.get(&line.presenter);
        if !seen.insert(&line.presenter) {
            report.find("twice", DECISIONS, line.presenter.to_string());
        } else if same.map(|(same, _)| same) != Some(line) {
            report.find("decisions_differ", DECISIONS, line.presenter.to_string());
        } else if line.proposed != proposed(&line.presenter) {
            report.find("decisions_differ", GRADES, line.presenter.to_string());
        }
    }
    if told.len() != expected.decided.len() {
        let count = expected.decided.len();
        report.find(
            "decisions_differ",
            DECISIONS,
            format!("{} ≠ {count}", told.len()),
        );
    }
    Ok(())
}

/// The matters are those the trail names, in its order, and none is closed without a day.
fn became(
    entries: &Entries,
    expected: &Expected,
    report: &mut BundleReport,
) -> std::io::Result<()> {
    let Some(told) = list::<Became>(entries, BECAME, report)? else {
        return Ok(());
    };
    let lines = told.iter();
    let named: Vec<_> = lines
        .map(|line| {
            let matter = line.matter.to_string();
            (matter, line.presenter.clone(), line.sources.clone())
        })
        .collect();
    if named != expected.became {
        report.find("followup_differs", BECAME, "");
    }
    for line in &told {
        let state = line.state.parse::<MatterStateName>().ok();
        let known = state.is_some() || line.state == REMOVED;
        let closed = state == Some(MatterStateName::Closed);
        if !known || closed != line.closed_on.is_some() {
            report.find("followup_differs", BECAME, line.matter.to_string());
        }
    }
    Ok(())
}
