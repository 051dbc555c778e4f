//! Two `serve` nodes on one `PostgreSQL`, and a backup from one engine into the other.

use std::time::Duration;

use pingyi_app::*;
use pingyi_store::cluster::{Cluster, ClusterError};

use crate::support::*;

async fn node(url: &str) -> (App, std::sync::Arc<FixedClock>) {
    let folder = tempfile::tempdir().unwrap();
    let (mut settings, clock) = settings(folder.path());
    settings.data_dir = None;
    settings.database = Some(url.to_owned());
    (App::open(settings).await.unwrap(), clock)
}

#[tokio::test(flavor = "multi_thread")]
async fn two_nodes_serve_one_meeting() {
    let cluster = match Cluster::start() {
        Ok(cluster) => cluster,
        Err(ClusterError::Missing) if !Cluster::required() => return,
        Err(error) => panic!("{error}"),
    };
    let url = cluster.database("nodes").await.unwrap();
    let (first, clock) = node(&url).await;
    let (second, _) = node(&url).await;
    let mut meeting = Meeting::keyed(first, clock, &config()).await;
    meeting.issue(&[4, 5, 4]).await;
    meeting.app.seal(&actor(), &meeting.id).await.unwrap();
    let mut changes = second.subscribe();
    // What happened before has been seen by the second node when it looks again.
    tokio::time::sleep(Duration::from_millis(700)).await;
    while changes.try_recv().is_ok() {}
    meeting.app.open_boxes(&actor(), &meeting.id).await.unwrap();
    let change = tokio::time::timeout(Duration::from_secs(3), changes.recv())
        .await
        .unwrap()
        .unwrap();
    assert_eq!(&*change.appraisal, meeting.id.as_str());

    let mut posts = Vec::new();
    for place in 0..2 {
        for n in 0..12 {
            let json = meeting
                .ballot(place, n % 4, n % 3)
                .await
                .ballot_json
                .clone();
            let app = if n % 2 == 0 {
                meeting.app.clone()
            } else {
                second.clone()
            };
            let id = meeting.boxes[place].clone();
            posts.push(tokio::spawn(async move {
                app.cast_ballot(&id, json.into_bytes()).await.unwrap()
            }));
        }
    }
    for post in posts {
        assert!(post.await.unwrap().fresh);
    }
    let who = actor();
    let (one, two) = tokio::join!(
        meeting.app.close(&who, &meeting.id),
        second.close(&who, &meeting.id)
    );
    assert_eq!(u8::from(one.is_ok()) + u8::from(two.is_ok()), 1);
    for place in 0..2 {
        let share = meeting.share(0, place).await;
        second.send_shares(&meeting.seats[0], &share).await.unwrap();
        meeting.give_share(1, place).await.unwrap();
        let report = meeting.report(place).await;
        assert!(report.findings.is_empty(), "{:?}", report.findings);
        assert_eq!((report.ballots, report.counted), (12, 4));
    }
    assert_eq!(meeting.state().await, "counted");
    assert!(second.check_audit().await.unwrap().is_sound());

    // Out of PostgreSQL into SQLite, and from there into PostgreSQL again.
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("from-postgres.tar");
    second.backup(&file).await.unwrap();
    let (into, _) = settings(&folder.path().join("sqlite"));
    restore(&file, into.clone()).await.unwrap();
    let sqlite = App::open(into).await.unwrap();
    assert_eq!(
        sqlite.result(&meeting.id).await.unwrap(),
        second.result(&meeting.id).await.unwrap()
    );
    let back = folder.path().join("from-sqlite.tar");
    sqlite.backup(&back).await.unwrap();
    sqlite.shutdown().await;
    let other = cluster.database("other").await.unwrap();
    let (mut into, _) = settings(folder.path());
    into.data_dir = None;
    into.database = Some(other.clone());
    restore(&back, into).await.unwrap();
    let (third, _) = node(&other).await;
    assert_eq!(
        third.appraisal(&meeting.id).await.unwrap().head_summary,
        meeting
            .app
            .appraisal(&meeting.id)
            .await
            .unwrap()
            .head_summary
    );
    for app in [meeting.app, second, third] {
        app.shutdown().await;
    }
}

/// Files lie beside either database and go along in its backup.
#[tokio::test(flavor = "multi_thread")]
async fn evidence_goes_from_one_engine_to_the_other_and_back() {
    let cluster = match Cluster::start() {
        Ok(cluster) => cluster,
        Err(ClusterError::Missing) if !Cluster::required() => return,
        Err(error) => panic!("{error}"),
    };
    let url = cluster.database("evidence").await.unwrap();
    let year = crate::units::Year::begin_with(|settings| settings.database = Some(url)).await;
    let id = crate::backup::with_evidence(&year).await;
    let kept = crate::backup::contents(&year.app, &id).await;
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("from-postgres.tar");
    year.app.backup(&file).await.unwrap();
    let (into, _) = settings(&folder.path().join("sqlite"));
    restore(&file, into.clone()).await.unwrap();
    let sqlite = App::open(into).await.unwrap();
    assert_eq!(crate::backup::contents(&sqlite, &id).await, kept);
    let back = folder.path().join("from-sqlite.tar");
    sqlite.backup(&back).await.unwrap();
    let (mut into, _) = settings(&folder.path().join("beside-postgres"));
    into.database = Some(cluster.database("evidence_back").await.unwrap());
    restore(&back, into.clone()).await.unwrap();
    let third = App::open(into).await.unwrap();
    assert_eq!(crate::backup::contents(&third, &id).await, kept);
    assert!(third.check_files(&|_, _| ()).await.unwrap().is_sound());
    for app in [year.app, sqlite, third] {
        app.shutdown().await;
    }
}

/// A server that remembers when each transaction ended would know when each ballot came.
#[tokio::test(flavor = "multi_thread")]
async fn a_database_that_keeps_times_is_refused() {
    let cluster = match Cluster::start_with(&["track_commit_timestamp=on"]) {
        Ok(cluster) => cluster,
        Err(ClusterError::Missing) if !Cluster::required() => return,
        Err(error) => panic!("{error}"),
    };
    let url = cluster.database("times").await.unwrap();
    let folder = tempfile::tempdir().unwrap();
    let (mut settings, _) = settings(folder.path());
    settings.data_dir = None;
    settings.database = Some(url);
    assert_eq!(
        code(App::open(settings).await.map(drop)),
        "database_keeps_times"
    );
}
