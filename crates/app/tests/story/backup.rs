//! Backup while the server runs, restore, and tampering.

use std::io::{Read, Seek, SeekFrom, Write};

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
    app.log_in("chen", "correct horse 9").await.unwrap();
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
