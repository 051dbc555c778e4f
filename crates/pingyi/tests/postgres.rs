//! A whole meeting on `PostgreSQL`, served by two processes at once, one of which is killed again and again.

#![allow(clippy::unwrap_used)]

mod common;

use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::time::Duration;

use common::{House, PASSWORD, run, verify, write_archives};
use pingyi_store::cluster::{Cluster, ClusterError};
use pingyi_testkit::client::{Http, Organiser};
use pingyi_testkit::meeting::{Manner, Meeting, expect_receipts};
use pingyi_testkit::plan::Habits;
use tokio::net::{TcpListener, TcpStream};

/// A door in front of both: every connection goes to the next of them.
async fn in_turn(houses: [SocketAddr; 2], counts: Arc<[AtomicUsize; 2]>) -> String {
    let door = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = door.local_addr().unwrap();
    tokio::spawn(async move {
        for turn in 0.. {
            let (mut phone, _) = door.accept().await.unwrap();
            let (house, counts) = (turn % 2, Arc::clone(&counts));
            tokio::spawn(async move {
                // A house that is down lets the phone hear nothing, and it tries again.
                if let Ok(mut server) = TcpStream::connect(houses[house]).await {
                    counts[house].fetch_add(1, Ordering::Relaxed);
                    let _ = tokio::io::copy_bidirectional(&mut phone, &mut server).await;
                }
            });
        }
    });
    format!("http://{address}")
}

#[tokio::test(flavor = "multi_thread")]
async fn two_servers_on_one_postgresql_hold_a_meeting_while_one_is_killed() {
    let cluster = match Cluster::start() {
        Ok(cluster) => cluster,
        Err(ClusterError::Missing) if !Cluster::required() => return,
        Err(error) => panic!("{error}"),
    };
    let database = cluster.database("meeting").await.unwrap();
    let (first, mut second) = (House::on(&database), House::on(&database));
    let counts = Arc::new([AtomicUsize::new(0), AtomicUsize::new(0)]);
    let door = in_turn([first.address(), second.address()], Arc::clone(&counts)).await;
    let base = first.meeting(40, 3, Habits::USUAL, 41).await;
    let http = Http::afresh(&door).unwrap();
    let meeting = Meeting {
        organiser: Organiser::sign_in(&http, "organiser", PASSWORD)
            .await
            .unwrap(),
        http,
        manner: Manner {
            at_once: 8,
            presealed: false,
            pace: Duration::from_millis(60),
        },
        ..base
    };
    let mut prepared = meeting.prepare().await.unwrap();
    meeting
        .organiser
        .act(&prepared.appraisal, "open")
        .await
        .unwrap();
    let over = Arc::new(AtomicBool::new(false));
    let stop = Arc::clone(&over);
    let tormentor = tokio::task::spawn_blocking(move || {
        let mut kills = 0;
        while !stop.load(Ordering::Acquire) || kills < 5 {
            std::thread::sleep(Duration::from_millis(350));
            second.kill();
            second.start();
            kills += 1;
        }
        (second, kills)
    });
    let casting = meeting.cast_all(&prepared).await.unwrap();
    meeting.close_and_open(&mut prepared).await.unwrap();
    over.store(true, Ordering::Release);
    let (_second, kills) = tormentor.await.unwrap();
    let organiser = &meeting.organiser;
    organiser.act(&prepared.appraisal, "release").await.unwrap();

    let archives = meeting.check(&prepared).await.unwrap();
    expect_receipts(&archives, &casting.receipts).unwrap();
    let trail = first.place().join("audit.jsonl");
    std::fs::write(&trail, organiser.audit().await.unwrap()).unwrap();
    let boards = write_archives(first.place(), &archives);
    let (code, text) = verify(&["--audit", trail.to_str().unwrap()], &boards);
    assert_eq!(code, 0, "{text}");
    let served = [0, 1].map(|house| counts[house].load(Ordering::Relaxed));
    println!("{kills} kills; connections to each: {served:?}");
    assert!(
        kills >= 5 && served.iter().all(|served| *served >= 5),
        "{served:?}"
    );
}

/// The command line says in the office's words what is wrong with such a server and what to do, and does not serve.
#[test]
fn a_database_that_keeps_times_is_refused_in_words() {
    let cluster = match Cluster::start_with(&["track_commit_timestamp=on"]) {
        Ok(cluster) => cluster,
        Err(ClusterError::Missing) if !Cluster::required() => return,
        Err(error) => panic!("{error}"),
    };
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let url = runtime.block_on(cluster.database("times")).unwrap();
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().to_str().unwrap();
    let (code, text) = run(&[
        "serve",
        "--data",
        data,
        "--database",
        &url,
        "--listen",
        "127.0.0.1:0",
    ]);
    assert_eq!(code, 2, "{text}");
    assert!(
        text.contains("Switch track_commit_timestamp off in its settings"),
        "{text}"
    );
}
