//! Files of evidence at the terminal: checked, backed up, restored, and what is said when one is missing or changed.

#![allow(clippy::unwrap_used)]

mod common;

use std::path::{Path, PathBuf};

use common::run;
use pingyi_app::record::{EntryDraft, EntryId, EvidenceOwner, Hand, UnitDraft};
use pingyi_app::{Actor, App, Settings};

/// A data folder with two documents on an entry; where they lie.
async fn filled(data: &Path) -> Vec<PathBuf> {
    let app = App::open(Settings::new("").in_folder(data)).await.unwrap();
    let office = Hand::office(Actor::Console);
    let unit = UnitDraft {
        kind: "working_committee".into(),
        name: "平湖街道党工委".into(),
        ..UnitDraft::default()
    };
    let unit = app.add_unit(&office, &unit).await.unwrap().id;
    let entry = EntryDraft {
        unit,
        kind: "activity".into(),
        on_date: "2018-11-20".into(),
        title: "义诊".into(),
        ..EntryDraft::default()
    };
    let entry = app.add_entry(&office, &entry).await.unwrap().id;
    let entry: EntryId = entry.parse().unwrap();
    let owner = EvidenceOwner::Entry(entry.clone());
    for text in ["a", "b"] {
        let pdf = format!("%PDF-1.7 {text}\n%%EOF\n").into_bytes();
        let put = app.add_evidence(&office, &owner, "纪要.pdf", pdf).await;
        put.unwrap();
    }
    let rows = app.entry(&office, &entry).await.unwrap().files;
    app.shutdown().await;
    rows.iter()
        .map(|row| {
            let (first, rest) = row.sha256.split_at(2);
            data.join("files").join(first).join(rest)
        })
        .collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn files_are_checked_backed_up_and_restored_and_losses_are_said() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("data");
    let files = filled(&data).await;
    let data = data.to_str().unwrap();
    let check = |data: &str| run(&["admin", "--data", data, "check-files"]);
    let (code, text) = check(data);
    assert_eq!(code, 0, "{text}");
    assert!(text.contains("2 files are as they were kept"), "{text}");

    let whole = folder.path().join("whole.tar");
    let whole = whole.to_str().unwrap();
    assert_eq!(run(&["backup", "--data", data, whole]).0, 0);
    std::fs::write(&files[0], b"something else").unwrap();
    std::fs::remove_file(&files[1]).unwrap();
    let (code, text) = check(data);
    assert_eq!(code, 1, "{text}");
    assert!(
        text.contains("missing: ") && text.contains("changed: "),
        "{text}"
    );
    let poor = folder.path().join("poor.tar");
    let (code, text) = run(&["backup", "--data", data, poor.to_str().unwrap()]);
    assert_eq!(code, 1, "a backup by night is noticed: {text}");
    assert!(
        text.contains("2 files of evidence are not in the backup"),
        "{text}"
    );

    // Into a folder elsewhere, as several servers share one.
    let place = folder.path().join("place");
    let shared = folder.path().join("shared");
    let (place, shared) = (place.to_str().unwrap(), shared.to_str().unwrap());
    let (code, text) = run(&["restore", "--data", place, "--files", shared, whole]);
    assert_eq!(code, 0, "{text}");
    assert!(!Path::new(place).join("files").exists());
    let (code, text) = run(&["admin", "--data", place, "--files", shared, "check-files"]);
    assert_eq!(code, 0, "{text}");
    assert!(text.contains(shared), "{text}");

    let (code, text) = run(&["admin", "--data", data, "--files", "s3://", "check-files"]);
    assert_eq!(code, 2, "{text}");
    assert!(text.contains("The file store cannot be used"), "{text}");
}
