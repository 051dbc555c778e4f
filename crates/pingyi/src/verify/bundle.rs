//! The archive bundle of an appraisal: everything in it, and that the result follows from it.

use std::fs::File;
use std::io::{BufReader, Read as _};
use std::path::{Path, PathBuf};

use pingyi_app::bundle::{self, BundleReport, BundleStatus};

use super::Verdict;
use super::told::{SHOWN, known};
use crate::bars::bar;
use crate::error::CommandError;
use crate::texts::Texts;

/// The name of its first file stands at the beginning of a tar; an archive of a box begins with another.
const FIRST: &[u8] = b"manifest.json\0";

/// Whether a file is a bundle and not the archive of a box.
pub fn is_one(path: &Path) -> bool {
    let mut begin = [0; FIRST.len()];
    let read = File::open(path).and_then(|mut file| file.read_exact(&mut begin));
    read.is_ok() && begin == *FIRST
}

/// Checks a bundle; trails that go on behind it are asked whether they name it.
///
/// # Errors
/// A file cannot be read.
pub fn check(
    path: &Path,
    trails: &[PathBuf],
    json: bool,
    texts: &Texts,
) -> Result<Verdict, CommandError> {
    let file = File::open(path).map_err(CommandError::file(path))?;
    let bytes = file.metadata().map_err(CommandError::file(path))?.len();
    let bar = bar(texts.plain("cli-stage-verifying"), bytes);
    let reader = bar.wrap_read(BufReader::with_capacity(1 << 20, file));
    let mut report = bundle::check(reader).map_err(CommandError::file(path))?;
    bar.finish_and_clear();
    for trail in trails {
        let file = File::open(trail).map_err(CommandError::file(trail))?;
        report
            .named_by(BufReader::new(file))
            .map_err(CommandError::file(trail))?;
    }
    if json {
        println!("{}", serde_json::json!(report));
    } else {
        println!("{}", told(path, &report, !trails.is_empty(), texts));
    }
    Ok(match report.status {
        BundleStatus::Valid => Verdict::Good,
        BundleStatus::Findings => Verdict::Findings,
        BundleStatus::Unreadable => Verdict::Unreadable,
    })
}

fn told(path: &Path, report: &BundleReport, compared: bool, texts: &Texts) -> String {
    let entries = report.audit.as_ref().map_or(0, |audit| audit.entries);
    let mut lines = vec![
        texts.with(
            "cli-bundle-head",
            &[("file", &path.display()), ("title", &report.title)],
        ),
        texts.with(
            "cli-bundle-holds",
            &[
                ("files", &report.files),
                ("boxes", &report.boxes.len()),
                ("papers", &report.papers),
                ("reports", &report.reports),
                ("scans", &report.scans),
                ("entries", &entries),
                ("manifest", &report.manifest),
            ],
        ),
    ];
    for one in &report.boxes {
        let name = one.report.name.as_deref().unwrap_or("—");
        lines.push(texts.with(
            "cli-bundle-box",
            &[
                ("name", &name),
                ("counted", &one.report.counted),
                ("findings", &one.report.findings.len()),
            ],
        ));
    }
    if report.recounted {
        lines.push(texts.plain("cli-bundle-recounted"));
    }
    for finding in report.findings.iter().take(SHOWN) {
        let said = match finding.code.strip_prefix("box_") {
            Some(code) => known(texts, "cli-finding", code, &finding.text),
            None => known(texts, "cli-bundle-finding", &finding.code, &finding.text),
        };
        lines.push(texts.with(
            "cli-verify-finding",
            &[("place", &finding.place), ("text", &said)],
        ));
    }
    if report.findings.len() > SHOWN {
        let more = report.findings.len() - SHOWN;
        lines.push(texts.with("cli-verify-more", &[("count", &more)]));
    }
    lines.extend(verdict(report, compared, texts));
    lines.join("\n")
}

/// What it comes to; of a good bundle also how much that says.
fn verdict(report: &BundleReport, compared: bool, texts: &Texts) -> Vec<String> {
    let (bounds, verdict) = match (report.status, compared) {
        (BundleStatus::Valid, true) => (Some("cli-bundle-named"), "cli-bundle-valid"),
        (BundleStatus::Valid, false) => (Some("cli-bundle-by-itself"), "cli-bundle-valid"),
        (BundleStatus::Findings, _) => (None, "cli-bundle-findings"),
        (BundleStatus::Unreadable, _) => (None, "cli-bundle-unreadable"),
    };
    let verdict = texts.with(verdict, &[("count", &report.findings.len())]);
    bounds
        .map(|key| texts.plain(key))
        .into_iter()
        .chain([verdict])
        .collect()
}
