//! A disk that runs full in the middle of the voting.

use pingyi_app::*;

use crate::support::*;

#[tokio::test(flavor = "multi_thread")]
async fn a_full_disk_says_so_and_loses_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let (settings, clock) = settings(folder.path());
    let app = App::open(settings.clone()).await.unwrap();
    let mut meeting = Meeting::keyed(app, clock, &config()).await;
    meeting.issue(&[4, 4, 4]).await;
    meeting.app.seal(&actor(), &meeting.id).await.unwrap();
    meeting.app.open_boxes(&actor(), &meeting.id).await.unwrap();
    let first = meeting.cast(0, 0, 0).await;
    meeting.app.shutdown().await;
    let size = std::fs::metadata(folder.path().join("pingyi.sqlite"))
        .unwrap()
        .len();
    let pages = u32::try_from(size / 4096).unwrap() + 8;
    drop(meeting.app);

    let mut small = settings.clone();
    small.max_pages = Some(pages);
    meeting.app = App::open(small).await.unwrap();
    let mut acknowledged = vec![first];
    let mut refused = Vec::new();
    for n in 0..40 {
        let ballot = meeting.ballot(0, n % 4, n % 3).await;
        match meeting.post(0, &ballot.ballot_json).await {
            Ok(receipt) => acknowledged.push(receipt),
            Err(error) => {
                assert_eq!(
                    (error.code(), error.status()),
                    ("disk_full", 507),
                    "{n}: {error}"
                );
                refused.push(ballot.ballot_json.clone());
            }
        }
    }
    assert!(!refused.is_empty() && acknowledged.len() > 1);
    fill_up(&meeting.app).await;
    let comment = "批".repeat(4_000);
    let p1 = presenter_code("p1").unwrap();
    let refusal = meeting
        .app
        .comment(&actor(), &meeting.id, &p1, &comment)
        .await;
    assert_eq!(code(refusal.map(|view| view.state)), "disk_full");
    assert_eq!(meeting.state().await, "open");
    assert!(meeting.app.check_audit().await.unwrap().is_sound());
    meeting.app.shutdown().await;

    // With room again, everything acknowledged is there, and the refused ballot can be cast.
    drop(meeting.app);
    meeting.app = App::open(settings).await.unwrap();
    for receipt in &acknowledged {
        let status = meeting
            .app
            .receipt(&meeting.boxes[0], &receipt.tracker)
            .await
            .unwrap();
        assert_eq!(
            (status.height, status.event.as_deref()),
            (Some(receipt.height), Some(receipt.event.as_str()))
        );
    }
    let head = meeting.app.board_head(&meeting.boxes[0]).await.unwrap();
    assert_eq!(usize::try_from(head.ballots).unwrap(), acknowledged.len());
    assert!(meeting.post(0, &refused[0]).await.unwrap().fresh);
    assert!(meeting.report(0).await.findings.is_empty());
    meeting.close().await;
    meeting.app.shutdown().await;
}

/// Takes the last free pages.
async fn fill_up(app: &App) {
    for n in 0..10_000 {
        if let Err(error) = app
            .session_save(&format!("s{n}"), &"x".repeat(900), i64::MAX)
            .await
        {
            assert_eq!(error.code(), "disk_full");
            return;
        }
    }
    panic!("the disk does not fill up");
}
