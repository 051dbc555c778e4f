//! Backup while the server runs, restore, and tampering.

use std::io::{Read, Seek, SeekFrom, Write};

use pingyi_app::record::EvidenceOwner;
use pingyi_app::*;

use crate::support::*;

#[tokio::test(flavor = "multi_thread")]
async fn a_backup_of_a_running_meeting_goes_on_where_it_was_made() {
    let meeting = Meeting::open().await;
    meeting.cast_all().await;
    let user = NewUser {
        login: "chen".into(),
        name: "陈".into(),
        roles: [Role::Admin].into_iter().collect(),
        password: "correct horse 9".into(),
        unit: None,
    };
    meeting.app.create_user(&actor(), user).await.unwrap();
    meeting
        .app
        .session_create("s", "secret", 1_900_000_000)
        .await
        .unwrap();
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("backup.tar");
    let report = meeting.app.backup(&file).await.unwrap();
    let archive = meeting.archive(0).await;
    let after = meeting.cast(0, 0, 2).await;

    let place = folder.path().join("restored");
    let (settings, _) = settings(&place);
    assert_eq!(restore(&file, settings.clone()).await.unwrap(), report);
    assert!(matches!(
        restore(&file, settings.clone()).await.err(),
        Some(AppError::NotEmpty)
    ));
    let app = App::open(settings).await.unwrap();
    assert!(app.check_audit().await.unwrap().is_sound());
    app.log_in("chen", "correct horse 9", pingyi_app::Asker::Stranger)
        .await
        .unwrap();
    assert_eq!(app.session_load("s").await.unwrap(), None);
    let restored = Meeting { app, ..meeting };
    assert_eq!(restored.archive(0).await, archive);
    // The ballot after the backup is not there; cast again it is, and the tellers go on.
    assert_eq!(
        restored
            .app
            .receipt(&restored.boxes[0], &after.tracker)
            .await
            .unwrap()
            .status,
        "unknown"
    );
    restored.cast(1, 4, 0).await;
    restored.close().await;
    for place in 0..2 {
        restored.give_share(0, place).await.unwrap();
        restored.give_share(1, place).await.unwrap();
    }
    assert_eq!(restored.state().await, "counted");
    restored.app.shutdown().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_changed_or_cut_backup_is_refused() {
    let meeting = Meeting::open().await;
    meeting.cast(0, 0, 0).await;
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("backup.tar");
    meeting.app.backup(&file).await.unwrap();
    let mut bytes = Vec::new();
    std::fs::File::open(&file)
        .unwrap()
        .read_to_end(&mut bytes)
        .unwrap();
    let text = String::from_utf8_lossy(&bytes).into_owned();
    let places = [
        "\"phone\"",
        "Ed25519",
        "pingyi-backup",
        "\"console\"",
        "\"schema\": ",
    ];
    for (number, needle) in places.into_iter().enumerate() {
        let at = text.rfind(needle).unwrap() + needle.len() - 2;
        let bent = folder.path().join(format!("bent{number}.tar"));
        std::fs::copy(&file, &bent).unwrap();
        let mut out = std::fs::File::options().write(true).open(&bent).unwrap();
        out.seek(SeekFrom::Start(at as u64)).unwrap();
        out.write_all(b"X").unwrap();
        let (settings, _) = settings(&folder.path().join(format!("place{number}")));
        let error = restore(&bent, settings).await.unwrap_err();
        assert_eq!(error.code(), "bad_backup", "{needle}: {error}");
    }
    for cut in [0, 600, bytes.len() / 2, bytes.len() - 40_000] {
        let short = folder.path().join("short.tar");
        std::fs::write(&short, &bytes[..cut]).unwrap();
        let (settings, _) = settings(&folder.path().join("cut"));
        assert_eq!(
            restore(&short, settings).await.unwrap_err().code(),
            "bad_backup",
            "{cut}"
        );
    }
}

/// A year with a picture and a document on an entry.
pub async fn with_evidence(year: &crate::units::Year) -> pingyi_app::record::EntryId {
    let id = crate::evidence::entry(year, &year.office, 0).await;
    let owner = EvidenceOwner::Entry(id.clone());
    for (name, content) in [
        ("现场.jpg", crate::evidence::photo(9)),
        ("纪要.pdf", crate::evidence::pdf("纪要")),
    ] {
        let put = year
            .app
            .add_evidence(&year.office, &owner, name, content)
            .await;
        put.unwrap();
    }
    id
}

pub async fn contents(app: &App, id: &pingyi_app::record::EntryId) -> Vec<(String, Vec<u8>)> {
    let office = Hand::office(actor());
    let mut all = Vec::new();
    for row in app.entry(&office, id).await.unwrap().files {
        let file = app.evidence_file(&row, false).await.unwrap();
        all.push((file.name, file.content.to_vec()));
    }
    all
}

#[tokio::test(flavor = "multi_thread")]
async fn a_backup_brings_the_files_back() {
    let year = crate::units::Year::begin().await;
    let id = with_evidence(&year).await;
    // What no row names is not in a backup.
    let store = FileStore::folder(year.folder.path().join("files"));
    store.put(b"left behind".as_slice().into()).await.unwrap();
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("backup.tar");
    let report = year.app.backup(&file).await.unwrap();
    assert_eq!((report.kept.files, report.kept.missing.len()), (3, 0));
    let place = folder.path().join("restored");
    let (settings, _) = settings(&place);
    assert_eq!(restore(&file, settings.clone()).await.unwrap(), report);
    let app = App::open(settings).await.unwrap();
    assert_eq!(contents(&app, &id).await, contents(&year.app, &id).await);
    let found = app.check_files(&|_, _| ()).await.unwrap();
    assert_eq!((found.kept, found.unnamed, found.is_sound()), (3, 0, true));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_missing_file_does_not_stop_the_backup_and_is_told() {
    let year = crate::units::Year::begin().await;
    let id = with_evidence(&year).await;
    let row = year
        .app
        .entry(&year.office, &id)
        .await
        .unwrap()
        .files
        .remove(1);
    let (first, rest) = row.sha256.split_at(2);
    std::fs::remove_file(year.folder.path().join("files").join(first).join(rest)).unwrap();
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("backup.tar");
    let report = year.app.backup(&file).await.unwrap();
    let missing: Vec<_> = report
        .kept
        .missing
        .iter()
        .map(ToString::to_string)
        .collect();
    assert_eq!((report.kept.files, missing), (2, vec![row.sha256.clone()]));
    let (settings, _) = settings(&folder.path().join("restored"));
    let again = restore(&file, settings.clone()).await.unwrap();
    assert_eq!(again.kept, report.kept);
    let app = App::open(settings).await.unwrap();
    let found = app.look_at_files().await.unwrap();
    assert_eq!((found.kept, found.missing), (2, report.kept.missing));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_changed_or_lost_file_of_evidence_spoils_the_backup() {
    let year = crate::units::Year::begin().await;
    with_evidence(&year).await;
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("backup.tar");
    year.app.backup(&file).await.unwrap();
    let good = std::fs::read(&file).unwrap();
    let find = |needle: &[u8]| good.windows(needle.len()).rposition(|part| part == needle);
    let refused = async |name: &str, bytes: &[u8]| {
        let bent = folder.path().join(name);
        std::fs::write(&bent, bytes).unwrap();
        let place = folder.path().join(format!("{name}-place"));
        let (settings, _) = settings(&place);
        let error = restore(&bent, settings).await.unwrap_err();
        assert_eq!(error.code(), "bad_backup", "{name}: {error}");
        assert!(!place.join("files").exists(), "{name} left files");
    };
    let mut bent = good.clone();
    bent[find("纪要".as_bytes()).unwrap()] ^= 1;
    refused("bent", &bent).await;
    // The last block of the documents and the end are cut away, or the end alone.
    let end = find(b"end.json").unwrap();
    refused("no-end", &[&good[..end], &[0; 1024]].concat()).await;
    let mut fewer = good.clone();
    let count = find(b"{\"files\":3").unwrap();
    fewer[count + 9] = b'2';
    refused("fewer", &fewer).await;
}
