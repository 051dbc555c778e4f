//! Which files a bundle can hold: whatever else lies in one, nobody checks, so it must not be there.

use pingyi_domain::{Digest, PresenterCode};

use super::reported::DOCUMENTS;
use super::{AUDIT, BECAME, DECISIONS, GRADES, PHOTOS, RESULT, SCHEME};
use crate::papers::{OTHER_SCAN, PaperFormat, Sheet};

/// Files that every bundle has.
const ALWAYS: [&str; 6] = [SCHEME, RESULT, GRADES, DECISIONS, BECAME, AUDIT];

/// Whether a bundle can hold a file of this path.
pub(super) fn known(path: &str) -> bool {
    if ALWAYS.contains(&path) {
        return true;
    }
    if let Some(photo) = path.strip_prefix(PHOTOS) {
        return photo.parse::<Digest>().is_ok();
    }
    let Some((folder, name)) = path.split_once('/') else {
        return false;
    };
    let Some((stem, ending)) = name.split_once('.') else {
        return false;
    };
    match folder {
        "boxes" => is_plain(stem) && ["bel", "proofs.json"].contains(&ending),
        "slides" => is_presenter(stem) && ["pdf", "json"].contains(&ending),
        "papers" => {
            let format = ending.strip_suffix(".json").unwrap_or(ending);
            Sheet::named(stem).is_some() && PaperFormat::named(format).is_some()
        }
        "scans" => is_scan(stem) && ["pdf", "jpg", "png"].contains(&ending),
        "reports" => {
            let format = ending.strip_suffix(".json").unwrap_or(ending);
            is_presenter(stem)
                && (["json", "audit.jsonl"].contains(&ending) || DOCUMENTS.contains(&format))
        }
        _ => false,
    }
}

/// The file that one of this path says more about, and without which it means nothing.
pub(super) fn belongs_to(path: &str) -> Option<String> {
    if let Some(stem) = path.strip_suffix(".proofs.json") {
        return Some(format!("{stem}.bel"));
    }
    if path.starts_with("papers/") {
        return path.strip_suffix(".json").map(str::to_owned);
    }
    let name = path.strip_prefix("reports/")?;
    let (code, ending) = name.split_once('.')?;
    match ending.strip_suffix(".json") {
        Some(format) => Some(format!("reports/{code}.{format}")),
        None if ending == "json" => None,
        None => Some(format!("reports/{code}.json")),
    }
}

fn is_presenter(name: &str) -> bool {
    name.parse::<PresenterCode>().is_ok()
}

/// A box's uuid; whether it is the right one, its own board says.
fn is_plain(name: &str) -> bool {
    !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_alphanumeric())
}

/// `SHEET-N`, counted from 1.
fn is_scan(name: &str) -> bool {
    let Some((sheet, number)) = name.rsplit_once('-') else {
        return false;
    };
    let counted = number.parse::<u32>().ok().filter(|number| *number > 0);
    let plain = counted.is_some_and(|counted| counted.to_string() == number);
    plain && (sheet == OTHER_SCAN || Sheet::named(sheet).is_some())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_files_of_a_bundle_are_known() {
        let photo = format!("slides/photos/{}", "0a".repeat(32));
        for path in [
            "scheme.json",
            "audit.jsonl",
            "boxes/Ab12.bel",
            "boxes/Ab12.proofs.json",
            "slides/p1.pdf",
            "slides/p1.json",
            &photo,
            "papers/letter-p1.pdf",
            "papers/letter-p1.pdf.json",
            "papers/summary_table.xlsx",
            "papers/list-duties.pdf",
            "scans/letter-p2-1.pdf",
            "scans/other-12.jpg",
            "reports/p1.json",
            "reports/p1.docx",
            "reports/p1.pdf.json",
            "reports/p1.audit.jsonl",
        ] {
            assert!(known(path), "{path}");
        }
        for path in [
            "",
            "result.pdf",
            "audit2.jsonl",
            "./scheme.json",
            "Papers/result_sheet.pdf",
            "papers/result_sheet.json",
            "papers/result_sheet.exe",
            "papers/other.pdf",
            "papers/x/result_sheet.pdf",
            "papers/../result_sheet.pdf",
            "boxes/note.txt",
            "boxes/.bel",
            "boxes/a.b.bel",
            "slides/photos/x",
            "slides/p1",
            "slides/P1.pdf",
            "slides/p1.json.json",
            "scans/result_sheet-0.pdf",
            "scans/result_sheet-01.pdf",
            "scans/result_sheet-1.exe",
            "scans/result_sheet.pdf",
            "reports/p1.exe",
            "reports/p1.xlsx",
            "reports/p1.json.json",
            "reports/p1.audit.jsonl.json",
        ] {
            assert!(!known(path), "{path}");
        }
    }

    #[test]
    fn what_says_more_about_a_file_needs_it() {
        for (path, whole) in [
            ("boxes/a.proofs.json", "boxes/a.bel"),
            ("papers/minutes.pdf.json", "papers/minutes.pdf"),
            ("reports/p1.docx.json", "reports/p1.docx"),
            ("reports/p1.pdf", "reports/p1.json"),
            ("reports/p1.audit.jsonl", "reports/p1.json"),
        ] {
            assert_eq!(belongs_to(path).as_deref(), Some(whole));
        }
        for path in [
            "reports/p1.json",
            "papers/minutes.pdf",
            "scheme.json",
            "slides/p1.json",
        ] {
            assert_eq!(belongs_to(path), None, "{path}");
        }
    }
}
