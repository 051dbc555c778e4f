//! The archive bundle: whole and honest it is verified; forged in any of many ways it is refused, and says where.

use std::io::Read as _;

use pingyi_app::bundle::{BundleReport, BundleStatus, check};
use pingyi_app::papers::{PaperFormat, Sheet, Wanted};
use pingyi_domain::Digest;
use pingyi_domain::audit::{AuditEntry, TrailPart};
use serde_json::Value;
use sha2::{Digest as _, Sha256};

use crate::papers::{counted, office};
use crate::support::*;

pub type Files = Vec<(String, Vec<u8>)>;

pub async fn bundle(meeting: &Meeting) -> Vec<u8> {
    let mut stream = meeting.app.bundle(&actor(), &meeting.id).await.unwrap();
    let mut bytes = Vec::new();
    while let Some(piece) = stream.piece().unwrap() {
        bytes.extend_from_slice(&piece);
    }
    bytes
}

/// A meeting with slides, a PDF, a letter and a table, released.
async fn whole() -> (Meeting, Vec<u8>) {
    let meeting = counted(true).await;
    let app = &meeting.app;
    app.release(&actor(), &meeting.id).await.unwrap();
    let letter = Sheet::Letter("p1".parse().unwrap());
    for (sheet, format) in [
        (Sheet::Result, PaperFormat::Pdf),
        (Sheet::Summary, PaperFormat::Xlsx),
        (letter, PaperFormat::Pdf),
    ] {
        let wanted = Wanted::Of(meeting.id.clone(), sheet);
        app.make_paper(&office(), &wanted, format).await.unwrap();
    }
    let bytes = bundle(&meeting).await;
    (meeting, bytes)
}

pub fn judged(bytes: &[u8]) -> BundleReport {
    check(bytes).unwrap()
}

pub fn unpack(bytes: &[u8]) -> Files {
    let mut archive = tar::Archive::new(bytes);
    let entries = archive.entries().unwrap();
    let files = entries.map(|entry| {
        let mut entry = entry.unwrap();
        let path = String::from_utf8(entry.path_bytes().into_owned()).unwrap();
        let mut content = Vec::new();
        entry.read_to_end(&mut content).unwrap();
        (path, content)
    });
    files.collect()
}

pub fn pack(files: &Files) -> Vec<u8> {
    let mut out = tar::Builder::new(Vec::new());
    for (path, content) in files {
        let mut header = tar::Header::new_ustar();
        header.set_size(content.len() as u64);
        header.set_mode(0o644);
        header.set_cksum();
        out.append_data(&mut header, path, content.as_slice())
            .unwrap();
    }
    out.into_inner().unwrap()
}

/// What a manifest says of files.
fn list_of<'a>(files: impl Iterator<Item = &'a (String, Vec<u8>)>) -> Value {
    let list = files.map(|(path, content)| {
        let hash = data_encoding::HEXLOWER.encode(&Sha256::digest(content));
        serde_json::json!({"path": path, "bytes": content.len(), "sha256": hash})
    });
    list.collect()
}

/// A forger writes the manifest anew.
pub fn manifest_anew(files: &mut Files) {
    let mut manifest: Value = serde_json::from_slice(&files[0].1).unwrap();
    manifest["files"] = list_of(files.iter().skip(1));
    files[0].1 = manifest.to_string().into_bytes();
}

/// The entries of a trail.
pub fn entries_in(content: &[u8]) -> Vec<AuditEntry> {
    let text = std::str::from_utf8(content).unwrap();
    let entries = text.lines().map(|line| serde_json::from_str(line).unwrap());
    entries.collect()
}

/// Entries as an export has them.
pub fn lines_of(entries: &[AuditEntry]) -> Vec<u8> {
    pingyi_domain::audit::lines_of(entries).into_bytes()
}

/// A forger who knows what they do has the trail's last entry say what is there, and writes the manifest anew; what that entry
/// says of duty reports they leave.
pub fn listed_anew(files: &mut Files) {
    let others = files.iter().skip(1);
    let others = others.filter(|(path, _)| path != "audit.jsonl");
    let hash = Digest::of(list_of(others).to_string().as_bytes());
    let trail = files.iter_mut().find(|(path, _)| path == "audit.jsonl");
    if let Some((_, content)) = trail {
        let mut entries = entries_in(content);
        let part = TrailPart::of(&entries[..entries.len() - 1]);
        let last = entries.last_mut().unwrap();
        last.content.detail["files"] = hash.as_str().into();
        last.content.detail["trail"] = serde_json::to_value(part).unwrap();
        last.hash = last.content.hash(&last.parent);
        *content = lines_of(&entries);
    }
    manifest_anew(files);
}

pub fn codes(report: &BundleReport) -> Vec<String> {
    let mut codes: Vec<String> = report.findings.iter().map(|one| one.code.clone()).collect();
    codes.dedup();
    codes
}

pub fn at<'a>(files: &'a mut Files, ending: &str) -> &'a mut Vec<u8> {
    let found = files.iter_mut().find(|(path, _)| path.ends_with(ending));
    &mut found.unwrap_or_else(|| panic!("no {ending}")).1
}

pub fn drop_file(files: &mut Files, ending: &str) {
    let place = files.iter().position(|(path, _)| path.ends_with(ending));
    files.remove(place.unwrap());
}

/// Changes the text of a file.
pub fn rewrite(files: &mut Files, ending: &str, change: impl Fn(&str) -> String) {
    let content = at(files, ending);
    let text = String::from_utf8(content.clone()).unwrap();
    let changed = change(&text);
    assert_ne!(changed, text, "{ending} stays as it was");
    *content = changed.into_bytes();
}

#[tokio::test(flavor = "multi_thread")]
async fn an_honest_bundle_is_verified_and_named_in_the_trail() {
    let (meeting, bytes) = whole().await;
    let mut report = judged(&bytes);
    assert_eq!(report.findings, []);
    assert_eq!(report.status, BundleStatus::Valid);
    assert!(report.recounted && report.is_good());
    assert_eq!((report.boxes.len(), report.papers), (3, 3));
    assert_eq!(report.appraisal, meeting.id.as_str());
    let paths: Vec<String> = unpack(&bytes).into_iter().map(|(path, _)| path).collect();
    assert_eq!(paths[0], "manifest.json");
    for wanted in [
        "scheme.json",
        "result.json",
        "grades.json",
        "slides/p1.pdf",
        "papers/result_sheet.pdf",
        "papers/summary_table.xlsx",
        "papers/letter-p1.pdf",
        "papers/letter-p1.pdf.json",
        "audit.jsonl",
    ] {
        assert!(
            paths.iter().any(|path| path == wanted),
            "{wanted}: {paths:?}"
        );
    }
    // Two boxes were opened, one stayed closed: it has no proofs of an opening.
    let of = |ending: &str| paths.iter().filter(|path| path.ends_with(ending)).count();
    assert_eq!((of(".bel"), of(".proofs.json")), (3, 2));
    let trail = meeting
        .app
        .audit_latest(Some(&meeting.id), None, 100)
        .await
        .unwrap();
    let trail = trail.join("\n");
    assert!(trail.contains(&report.manifest));
    report.named_by(trail.as_bytes()).unwrap();
    assert!(report.is_good());
    let without: Vec<&str> = trail
        .lines()
        .filter(|line| !line.contains("bundle_made"))
        .collect();
    report.named_by(without.join("\n").as_bytes()).unwrap();
    assert_eq!(codes(&report), ["bundle_not_named"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn before_the_count_there_is_no_bundle() {
    let meeting = Meeting::open().await;
    let early = meeting.app.bundle(&actor(), &meeting.id).await;
    assert_eq!(early.unwrap_err().code(), "wrong_state");
}

pub type Forgery = (&'static str, fn(&mut Files), &'static [&'static str]);

/// Where the manifest fits what was forged, something else does not.
const WITH_MANIFEST: &[Forgery] = &[
    (
        "a score",
        |files| {
            rewrite(files, "result.json", |text| {
                text.replacen("\"shown\":\"", "\"shown\":\"9", 1)
            });
        },
        &["result_differs"],
    ),
    (
        "a presenter left out",
        |files| {
            rewrite(files, "result.json", |text| {
                let mut value: Value = serde_json::from_str(text).unwrap();
                value["tables"].as_array_mut().unwrap().pop();
                value.to_string()
            });
        },
        &["result_differs"],
    ),
    (
        "a statement",
        |files| {
            rewrite(files, "result.json", |text| {
                text.replace("\"statements\":[{", "\"statements\":[{\"args\":{},\"category\":null,\"code\":\"no_score\",\"presenter\":null},{")
            });
        },
        &["result_differs"],
    ),
    (
        "a grade",
        |files| {
            rewrite(files, "grades.json", |text| {
                let mut value: Value = serde_json::from_str(text).unwrap();
                value["full"] = "99".into();
                value.to_string()
            });
        },
        &["grades_differ"],
    ),
    (
        "a weight",
        |files| {
            rewrite(files, "scheme.json", |text| {
                text.replacen("\"weight\":40", "\"weight\":41", 1)
            });
        },
        &["scheme_differs", "result_differs"],
    ),
    (
        "a box",
        |files| drop_file(files, ".bel"),
        &["box_missing", "not_recounted"],
    ),
    (
        "the proofs",
        |files| drop_file(files, ".proofs.json"),
        &["sidecar_missing"],
    ),
    (
        "a ballot",
        |files| {
            let content = at(files, ".bel");
            let middle = content.len() / 2;
            content[middle] ^= 1;
        },
        &["box_"],
    ),
    (
        "the end of a board",
        |files| {
            let content = at(files, ".bel");
            content.truncate(content.len() * 2 / 3);
        },
        &["box_"],
    ),
    (
        "an entry of the trail",
        |files| {
            rewrite(files, "audit.jsonl", |text| {
                text.replacen("\"actor\":\"console\"", "\"actor\":\"system\"", 1)
            });
        },
        &["trail_wrong_hash"],
    ),
    (
        "the opening in the trail",
        |files| {
            rewrite(files, "audit.jsonl", |text| {
                let lines = text.lines().filter(|line| !line.contains("\"box_opened\""));
                lines.map(|line| line.to_owned() + "\n").collect()
            });
        },
        &["head_differs"],
    ),
    (
        "the trail",
        |files| drop_file(files, "audit.jsonl"),
        &["missing", "head_not_named", "not_in_trail"],
    ),
    (
        "a paper",
        |files| *at(files, "result_sheet.pdf") = b"%PDF-1.7 another".to_vec(),
        &["not_in_trail"],
    ),
    (
        "a paper's data",
        |files| {
            rewrite(files, "letter-p1.pdf.json", |text| {
                text.replacen("华南城", "华北城", 1)
            });
        },
        &["not_in_trail"],
    ),
    (
        "a paper nobody made",
        |files| {
            let (pdf, json) = (
                at(files, "result_sheet.pdf").clone(),
                at(files, "result_sheet.pdf.json").clone(),
            );
            files.push(("papers/minutes.pdf".to_owned(), pdf));
            files.push(("papers/minutes.pdf.json".to_owned(), json));
        },
        &["not_in_trail"],
    ),
    (
        "slides",
        |files| *at(files, "slides/p1.pdf") = b"%PDF-1.7 other".to_vec(),
        &["not_in_trail"],
    ),
    (
        "the appraisal",
        |files| {
            rewrite(files, "manifest.json", |text| {
                let mut value: Value = serde_json::from_str(text).unwrap();
                value["appraisal"] = "abcdefghijklmnop".into();
                value.to_string()
            });
        },
        &["other_appraisal"],
    ),
];

/// Whoever leaves the manifest is found by it.
const WITHOUT: &[Forgery] = &[
    (
        "a byte",
        |files| {
            let content = at(files, "slides/p1.pdf");
            content[9] ^= 1;
        },
        &["hash_differs"],
    ),
    (
        "a longer file",
        |files| at(files, "slides/p1.pdf").push(0),
        &["size_differs"],
    ),
    (
        "a file more",
        |files| files.push(("stray.txt".to_owned(), b"x".to_vec())),
        &["not_listed"],
    ),
    (
        "a file less",
        |files| drop_file(files, "slides/p1.pdf"),
        &["missing"],
    ),
    ("the order", |files| files.swap(1, 2), &["out_of_order"]),
    (
        "a file twice",
        |files| {
            let again = files[1].clone();
            files.push(again);
        },
        &["twice"],
    ),
    (
        "spaces in the manifest",
        |files| rewrite(files, "manifest.json", |text| text.replacen(':', ": ", 1)),
        &["not_canonical"],
    ),
];

#[tokio::test(flavor = "multi_thread")]
async fn a_forged_bundle_is_refused_wherever_it_was_forged() {
    let (_meeting, bytes) = whole().await;
    let honest = unpack(&bytes);
    assert!(
        judged(&pack(&honest)).is_good(),
        "packing alone changes nothing"
    );
    for (manifest, forgeries) in [(true, WITH_MANIFEST), (false, WITHOUT)] {
        for (what, forge, expected) in forgeries {
            let mut files = honest.clone();
            forge(&mut files);
            if manifest {
                listed_anew(&mut files);
            }
            let report = judged(&pack(&files));
            assert_eq!(report.status, BundleStatus::Findings, "{what}");
            let found = codes(&report);
            for code in *expected {
                assert!(
                    found.iter().any(|one| one.starts_with(code)),
                    "{what}: {code} not in {found:?}"
                );
            }
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_broken_off_or_no_bundle_is_unreadable() {
    let (_meeting, bytes) = whole().await;
    let mut files = unpack(&bytes);
    let cut = bytes.len() / 2;
    files[0].1 = b"{}".to_vec();
    let without = pack(&files[1..].to_vec());
    let other = pack(&vec![(
        "manifest.json".to_owned(),
        b"{\"format\":\"x\"}".to_vec(),
    )]);
    for (bad, code) in [
        (&bytes[..cut], "broken_off"),
        (&[][..], "manifest_missing"),
        (
            &b"no tar at all, and longer than nothing"[..],
            "not_a_bundle",
        ),
        (&pack(&files), "manifest_unreadable"),
        (&without, "manifest_missing"),
        (&other, "manifest_unreadable"),
    ] {
        let report = judged(bad);
        assert_eq!(report.status, BundleStatus::Unreadable, "{code}");
        assert_eq!(codes(&report).last().unwrap(), code);
    }
}
