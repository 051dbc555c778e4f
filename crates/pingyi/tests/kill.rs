//! kill -9 at random moments of a running meeting: nothing acknowledged is lost, nothing is counted twice.

#![allow(clippy::unwrap_used)]

mod common;

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};
use std::time::Duration;

use common::{House, verify, write_archives};
use pingyi_testkit::plan::Habits;
use rand_chacha::ChaCha20Rng;
use rand_core::{Rng as _, SeedableRng as _};

/// The least number of times the server is killed.
const KILLS: u32 = 50;
/// Milliseconds a server lives at least and at most.
const LIFE: std::ops::Range<u32> = 5..350;

/// Kills and restarts the house until told to stop; gives it back running.
fn torment(mut house: House, over: &AtomicBool, kills: &AtomicU32) -> House {
    let mut rng = ChaCha20Rng::seed_from_u64(9);
    while !over.load(Ordering::Acquire) {
        let life = LIFE.start + rng.next_u32() % (LIFE.end - LIFE.start);
        std::thread::sleep(Duration::from_millis(life.into()));
        house.kill();
        kills.fetch_add(1, Ordering::AcqRel);
        house.start();
    }
    house
}

#[tokio::test(flavor = "multi_thread")]
async fn a_meeting_survives_fifty_kills() {
    let house = House::new();
    let habits = Habits {
        second_thoughts: 30,
        sends_twice: 30,
        opinions: 20,
    };
    let mut meeting = house.meeting(80, 2, habits, 42).await;
    meeting.manner.at_once = 3;
    meeting.manner.pace = Duration::from_millis(120);
    let (over, kills) = (
        Arc::new(AtomicBool::new(false)),
        Arc::new(AtomicU32::new(0)),
    );
    let tormentor = {
        let (over, kills) = (Arc::clone(&over), Arc::clone(&kills));
        tokio::task::spawn_blocking(move || torment(house, &over, &kills))
    };

    // Everything below goes on while the server dies again and again: key ceremony, rolls, sealing, casting.
    let mut prepared = meeting.prepare().await.unwrap();
    meeting
        .organiser
        .act(&prepared.appraisal, "open")
        .await
        .unwrap();
    let casting = meeting.cast_all(&prepared).await.unwrap();
    let during_casting = kills.load(Ordering::Acquire);
    while kills.load(Ordering::Acquire) < KILLS - 5 {
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    // Closing and opening under fire too.
    meeting.close_and_open(&mut prepared).await.unwrap();
    meeting
        .organiser
        .act(&prepared.appraisal, "release")
        .await
        .unwrap();
    while kills.load(Ordering::Acquire) < KILLS {
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    over.store(true, Ordering::Release);
    let house = tormentor.await.unwrap();

    let kills = kills.load(Ordering::Acquire);
    println!("{kills} kills, {during_casting} of them up to the last ballot");
    assert!(kills >= KILLS);
    assert!(
        during_casting >= 10,
        "only {during_casting} kills while ballots were cast"
    );
    // Counts, exact scores and opinions against the plan.
    let archives = meeting.check(&prepared).await.unwrap();
    // Every receipt stands on the board where it said, and nothing else does.
    pingyi_testkit::meeting::expect_receipts(&archives, &casting.receipts).unwrap();
    assert_eq!(
        casting.receipts.len(),
        usize::try_from(meeting.plan.ballots().iter().sum::<u64>()).unwrap()
    );
    let (code, text) = verify(&[], &write_archives(house.place(), &archives));
    assert_eq!(code, 0, "{text}");
    // The audit trail holds as well.
    let trail = house.place().join("audit.jsonl");
    std::fs::write(&trail, meeting.organiser.audit().await.unwrap()).unwrap();
    let (code, text) = verify(&["--audit", trail.to_str().unwrap()], &[]);
    assert_eq!(code, 0, "{text}");
}
