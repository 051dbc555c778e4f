//! A full disk: ballots that cannot be kept are refused in plain words, those acknowledged stay, and with room again
//! the meeting goes on.

#![allow(clippy::unwrap_used)]

mod common;

use std::sync::Arc;

use common::House;
use pingyi_testkit::client::{Booth, Rater};
use pingyi_testkit::meeting::{Acknowledged, download, expect_receipts, open_boxes};
use pingyi_testkit::plan::Habits;
use pingyi_testkit::watch::Unwatched;

/// Pages of 4 KiB left when the disk "fills up".
const ROOM: u64 = 40;

#[tokio::test(flavor = "multi_thread")]
async fn a_full_disk_refuses_plainly_and_loses_nothing() {
    let mut house = House::new();
    let meeting = house.meeting(30, 4, Habits::PLAIN, 21).await;
    let mut prepared = meeting.prepare().await.unwrap();
    let id = prepared.appraisal.clone();
    meeting.organiser.act(&id, "open").await.unwrap();
    assert_eq!(
        house.stop(),
        Some(0),
        "a polite stop ends well and folds the log into the database"
    );
    let pages = std::fs::metadata(house.data().join("pingyi.sqlite"))
        .unwrap()
        .len()
        / 4096;
    house.limit(Some(u32::try_from(pages + ROOM).unwrap()));
    house.start();

    let mut acknowledged = Vec::new();
    let mut waiting = Vec::new();
    for (category, uuid) in prepared.boxes.iter().enumerate() {
        let booth = Arc::new(Booth::open(&meeting.http, uuid.as_str()).await.unwrap());
        for (index, slip) in prepared.slips[category].iter().enumerate() {
            let mut rater = Rater::new(
                &meeting.http,
                Arc::clone(&booth),
                slip.clone(),
                meeting.secrets.stream(),
            );
            let ballot = rater.seal(&[index % 4, 1, 2, 3]).unwrap();
            match rater.post_once(&ballot.ballot_json).await {
                Ok((_, receipt)) => {
                    let cast = pingyi_testkit::client::Cast {
                        tracker: ballot.tracker(),
                        receipt,
                        took: std::time::Duration::ZERO,
                    };
                    acknowledged.push(Acknowledged { category, cast });
                }
                Err(error) => {
                    assert_eq!(error.code(), Some("disk_full"), "{error}");
                    waiting.push((category, rater, ballot));
                }
            }
        }
    }
    println!(
        "{} acknowledged before the disk was full, {} refused",
        acknowledged.len(),
        waiting.len()
    );
    assert!(!acknowledged.is_empty() && !waiting.is_empty());

    // Room again: the phones send the same ballots.
    house.kill();
    house.limit(None);
    house.start();
    for (category, rater, ballot) in waiting {
        acknowledged.push(Acknowledged {
            category,
            cast: rater.post(&ballot).await.unwrap(),
        });
    }
    meeting.organiser.act(&id, "close").await.unwrap();
    open_boxes(
        &meeting.organiser,
        &id,
        &mut prepared.tellers[..2],
        &Unwatched,
    )
    .await
    .unwrap();
    // The shares and the proofs are public from here on.
    meeting.organiser.act(&id, "release").await.unwrap();
    let mut archives = Vec::new();
    for uuid in &prepared.boxes {
        archives.push(download(&meeting.http, uuid.as_str(), true).await.unwrap());
    }
    expect_receipts(&archives, &acknowledged).unwrap();
    assert_eq!(acknowledged.len(), 30);
}
