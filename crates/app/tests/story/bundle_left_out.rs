//! What was left out of a bundle, put in place of what came later, or laid beside it.

use pingyi_app::bundle::BundleStatus;
use pingyi_app::papers::{PaperFormat, Sheet, Wanted};
use pingyi_app::*;
use pingyi_domain::audit::AuditEntry;
use serde_json::json;

use crate::bundle::{
    Files, at, bundle, codes, drop_file, entries_in, judged, lines_of, listed_anew, manifest_anew,
    pack, unpack,
};
use crate::bundle_beside::{self, RIGHT, WRONG};
use crate::support::*;

/// A bundle with a letter and slides that had others before them, and those others.
struct Superseded {
    files: Files,
    /// The letter made first and its data.
    letter: [Vec<u8>; 2],
}

async fn letter(meeting: &Meeting) -> [Vec<u8>; 2] {
    let hand = Hand::office(actor());
    let wanted = Wanted::Of(meeting.id.clone(), Sheet::Letter("p1".parse().unwrap()));
    let made = meeting.app.make_paper(&hand, &wanted, PaperFormat::Pdf);
    let id = made.await.unwrap();
    let file = meeting.app.paper_file(&hand, &id).await.unwrap();
    [file.content.to_vec(), file.row.input.into_bytes()]
}

async fn superseded() -> (Meeting, Superseded) {
    let (meeting, _) = bundle_beside::whole().await;
    let (app, id) = (&meeting.app, &meeting.id);
    let one = "p1".parse().unwrap();
    let first = letter(&meeting).await;
    app.comment(&actor(), id, &one, "又改写的点评。")
        .await
        .unwrap();
    // The clock of the tests stands still: only the trail says which of them came last.
    let last = letter(&meeting).await;
    assert_ne!(first, last);
    let mut files = unpack(&bundle(&meeting).await);
    assert_eq!(judged(&pack(&files)).findings, []);
    assert_eq!(*at(&mut files, "papers/letter-p1.pdf"), last[0]);
    assert_eq!(*at(&mut files, "slides/p2.pdf"), RIGHT);
    let letter = first;
    (meeting, Superseded { files, letter })
}

/// Where a line of a report's own trail was changed, it and those that follow it are hashed anew.
fn chained(entries: &mut [AuditEntry]) {
    let mut before: Option<(String, String)> = None;
    for entry in entries {
        if let Some((old, new)) = &before
            && entry.parent == *old
        {
            entry.parent.clone_from(new);
        }
        let old = entry.hash.clone();
        entry.hash = entry.content.hash(&entry.parent);
        before = Some((old, entry.hash.clone()));
    }
}

/// Cuts the entries out of a trail for which `gone` says so.
fn cut(files: &mut Files, path: &str, gone: impl Fn(&AuditEntry) -> bool) {
    let found = files.iter_mut().find(|(one, _)| one == path);
    let content = &mut found.unwrap().1;
    let entries = entries_in(content);
    let left: Vec<AuditEntry> = entries.iter().filter(|one| !gone(one)).cloned().collect();
    assert!(left.len() < entries.len(), "{path}: nothing to cut");
    *content = lines_of(&left);
}

/// Says something else in a report, also in its own trail.
fn reworded(files: &mut Files) {
    let path = "reports/p1.json";
    let text = String::from_utf8(at(files, path).clone()).unwrap();
    let text = text.replace("继续", "不再");
    let content: pingyi_app::reports::Content = serde_json::from_str(&text).unwrap();
    *at(files, path) = text.into_bytes();
    for gone in ["reports/p1.docx.json", "reports/p1.docx"] {
        drop_file(files, gone);
    }
    let trail = at(files, "reports/p1.audit.jsonl");
    let mut entries = entries_in(trail);
    entries.retain(|entry| entry.content.action != "paper_made");
    for entry in &mut entries {
        let detail = &mut entry.content.detail;
        if detail["content"].is_string() {
            detail["content"] = content.hash().as_str().into();
        }
    }
    chained(&mut entries);
    *trail = lines_of(&entries);
}

/// Everything but what the last entry of the trail says of duty reports is written anew.
type Deed = (
    &'static str,
    fn(&mut Superseded),
    &'static [(&'static str, &'static str)],
);

const LISTED_ANEW: &[Deed] = &[
    (
        "the reports",
        |bundle| {
            let files = &mut bundle.files;
            files.retain(|(path, _)| !path.starts_with("reports/"));
        },
        &[("left_out", "reports/p1.json")],
    ),
    (
        "what a report says, in its trail too",
        |bundle| reworded(&mut bundle.files),
        &[
            ("not_in_trail", "reports/p1.json"),
            ("trail_incomplete", "reports/p1.audit.jsonl"),
            ("left_out", "reports/p1.docx"),
        ],
    ),
    (
        "a line of a report's trail",
        |bundle| {
            cut(&mut bundle.files, "reports/p1.audit.jsonl", |entry| {
                entry.content.action == "answer_written"
            });
        },
        &[("trail_incomplete", "reports/p1.audit.jsonl")],
    ),
    (
        "a report's document",
        |bundle| {
            drop_file(&mut bundle.files, "reports/p1.docx");
            drop_file(&mut bundle.files, "reports/p1.docx.json");
        },
        &[("left_out", "reports/p1.docx")],
    ),
    (
        "a letter made before",
        |bundle| {
            let [pdf, data] = bundle.letter.clone();
            *at(&mut bundle.files, "papers/letter-p1.pdf") = pdf;
            *at(&mut bundle.files, "papers/letter-p1.pdf.json") = data;
        },
        &[("not_in_trail", "papers/letter-p1.pdf")],
    ),
    (
        "slides that were there before",
        |bundle| *at(&mut bundle.files, "slides/p2.pdf") = WRONG.to_vec(),
        &[("not_in_trail", "slides/p2.pdf")],
    ),
    (
        "slides that were taken away",
        |bundle| {
            let slides = ("slides/p1.pdf".to_owned(), WRONG.to_vec());
            bundle.files.push(slides);
        },
        &[("not_in_trail", "slides/p1.pdf")],
    ),
    (
        "one decision twice, and not the other",
        |bundle| {
            let content = at(&mut bundle.files, "decisions.json");
            let mut all: serde_json::Value = serde_json::from_slice(content).unwrap();
            all[1] = all[0].clone();
            *content = all.to_string().into_bytes();
        },
        &[("twice", "decisions.json")],
    ),
    (
        "foreign files",
        |bundle| {
            for path in [
                "result.pdf",
                "boxes/note.txt",
                "audit2.jsonl",
                "Papers/result_sheet.pdf",
            ] {
                bundle.files.push((path.to_owned(), b"x".to_vec()));
            }
        },
        &[
            ("unknown_file", "result.pdf"),
            ("unknown_file", "boxes/note.txt"),
            ("unknown_file", "audit2.jsonl"),
            ("unknown_file", "Papers/result_sheet.pdf"),
        ],
    ),
    (
        "data without its file",
        |bundle| {
            for path in ["papers/minutes.pdf.json", "boxes/x.proofs.json"] {
                bundle.files.push((path.to_owned(), b"{}".to_vec()));
            }
        },
        &[
            ("alone", "papers/minutes.pdf.json"),
            ("alone", "boxes/x.proofs.json"),
        ],
    ),
];

/// Only the manifest is written anew.
const CUT: &[Deed] = &[
    (
        "the slides shown and the entry about them",
        |bundle| {
            let files = &mut bundle.files;
            files.retain(|(path, _)| {
                path != "slides/p1.json" && !path.starts_with("slides/photos/")
            });
            cut(files, "audit.jsonl", |entry| {
                entry.content.action == "deck_shown" && entry.content.detail["presenter"] == "p1"
            });
        },
        &[
            ("trail_incomplete", "audit.jsonl"),
            ("files_differ", "manifest.json"),
        ],
    ),
    (
        "the letter and the entries about it",
        |bundle| {
            let files = &mut bundle.files;
            files.retain(|(path, _)| !path.starts_with("papers/letter-p1."));
            cut(files, "audit.jsonl", |entry| {
                let place = entry.content.detail["place"].as_str();
                place.is_some_and(|place| place.ends_with("letter-p1"))
            });
        },
        &[
            ("trail_incomplete", "audit.jsonl"),
            ("files_differ", "manifest.json"),
        ],
    ),
    (
        "a signed paper, as if it had been taken away",
        |bundle| {
            let files = &mut bundle.files;
            drop_file(files, "scans/letter-p2-1.pdf");
            cut(files, "audit.jsonl", |entry| {
                entry.content.action == "scan_added" && entry.content.detail["sheet"] == "letter-p2"
            });
        },
        &[
            ("trail_incomplete", "audit.jsonl"),
            ("files_differ", "manifest.json"),
        ],
    ),
    (
        "the end of the trail",
        |bundle| {
            cut(&mut bundle.files, "audit.jsonl", |entry| {
                entry.content.action == "bundle_listed"
                    && entry.content.detail["reports"] != json!({})
            });
        },
        &[("trail_no_list", "audit.jsonl")],
    ),
];

#[tokio::test(flavor = "multi_thread")]
async fn what_was_left_out_or_put_back_is_found() {
    let (_meeting, honest) = superseded().await;
    for (all, deeds) in [(true, LISTED_ANEW), (false, CUT)] {
        for (what, deed, expected) in deeds {
            let mut bundle = Superseded {
                files: honest.files.clone(),
                letter: honest.letter.clone(),
            };
            deed(&mut bundle);
            if all {
                listed_anew(&mut bundle.files);
            } else {
                manifest_anew(&mut bundle.files);
            }
            let report = judged(&pack(&bundle.files));
            assert_eq!(report.status, BundleStatus::Findings, "{what}");
            for (code, place) in *expected {
                let mut found = report.findings.iter();
                assert!(
                    found.any(|one| one.code == *code && one.place == *place),
                    "{what}: {code} {place} not in {:?}",
                    report.findings
                );
            }
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_list_written_anew_without_a_change_changes_nothing() {
    let (_meeting, mut honest) = superseded().await;
    let before = honest.files.clone();
    listed_anew(&mut honest.files);
    assert_eq!(before, honest.files);
}

/// A tar entry of another kind, with so many bytes behind it as its header says.
fn entry(kind: tar::EntryType, path: &str, content: &[u8]) -> Vec<u8> {
    let mut header = tar::Header::new_gnu();
    header.set_path(path).unwrap();
    header.set_entry_type(kind);
    header.set_size(content.len() as u64);
    if let (tar::EntryType::GNUSparse, Some(gnu)) = (kind, header.as_gnu_mut()) {
        // A hole of 16 MiB and nothing else.
        gnu.realsize.copy_from_slice(b"00100000000\0");
        gnu.sparse[0].offset.copy_from_slice(b"00100000000\0");
        gnu.sparse[0].numbytes.copy_from_slice(b"00000000000\0");
    }
    header.set_cksum();
    let mut bytes = header.as_bytes().to_vec();
    bytes.extend_from_slice(content);
    bytes.resize(bytes.len().next_multiple_of(512), 0);
    bytes
}

#[tokio::test(flavor = "multi_thread")]
async fn only_plain_files_are_read_and_nothing_lies_behind_the_end() {
    let meeting = crate::papers::counted(false).await;
    let bytes = bundle(&meeting).await;
    assert!(judged(&bytes).is_good());
    let open = &bytes[..bytes.len() - 1024];
    for kind in [
        tar::EntryType::GNUSparse,
        tar::EntryType::Symlink,
        tar::EntryType::Link,
        tar::EntryType::Directory,
        tar::EntryType::XHeader,
        tar::EntryType::GNULongName,
    ] {
        let more = [open, &entry(kind, "x", b"")].concat();
        let report = judged(&[&more[..], &[0; 1024]].concat());
        assert_eq!(report.status, BundleStatus::Findings, "{kind:?}");
        assert_eq!(codes(&report), ["no_file"], "{kind:?}");
    }
    // Of a file the bundle lists, too: it is no other than the one it lists.
    let mut files = unpack(&bytes);
    let (path, _) = files.pop().unwrap();
    let link = entry(tar::EntryType::Symlink, &path, b"");
    let whole = pack(&files);
    let swapped = [&whole[..whole.len() - 1024], &link, &[0; 1024]].concat();
    let found = codes(&judged(&swapped));
    assert!(found.contains(&"no_file".to_owned()) && found.contains(&"missing".to_owned()));
    let padded = [&bytes[..], &[0; 4096]].concat();
    assert!(judged(&padded).is_good());
    let behind = entry(tar::EntryType::Regular, "result.pdf", b"x");
    let report = judged(&[&bytes[..], &behind].concat());
    assert_eq!(codes(&report), ["after_end"]);
}
