//! Ballots that must not count: replayed, malformed, oversized, foreign, forged, too early and too late.

#![allow(clippy::unwrap_used)]

mod common;

use std::sync::Arc;

use common::House;
use hyper::StatusCode;
use pingyi_ballot::credential::{Credential, Uuid};
use pingyi_testkit::TestkitError;
use pingyi_testkit::client::issuer::Slip;
use pingyi_testkit::client::{Booth, Rater, patiently};
use pingyi_testkit::meeting::{Acknowledged, Meeting, Prepared, expect_receipts};
use pingyi_testkit::plan::Habits;

fn refused<T: std::fmt::Debug>(answer: Result<T, TestkitError>) -> String {
    match answer {
        Err(TestkitError::Refused(refusal)) => {
            assert!(
                !refusal.message.is_empty(),
                "{} comes without a message",
                refusal.code
            );
            refusal.code
        }
        other => panic!("not refused: {other:?}"),
    }
}

async fn booths(meeting: &Meeting, prepared: &Prepared) -> Vec<Arc<Booth>> {
    let mut booths = Vec::new();
    for uuid in &prepared.boxes {
        booths.push(Arc::new(
            Booth::open(&meeting.http, uuid.as_str()).await.unwrap(),
        ));
    }
    booths
}

#[tokio::test(flavor = "multi_thread")]
#[expect(
    clippy::too_many_lines,
    reason = "one meeting, told from its opening to its end"
)]
async fn only_good_ballots_in_time_are_taken_and_the_others_leave_no_trace() {
    let house = House::new();
    let mut meeting = house.meeting(12, 2, Habits::PLAIN, 5).await;
    meeting.setting.opinions = false;
    let mut prepared = meeting.prepare().await.unwrap();
    let booths = booths(&meeting, &prepared).await;
    let rater = |category: usize, slip: &Slip| {
        Rater::new(
            &meeting.http,
            Arc::clone(&booths[category]),
            slip.clone(),
            meeting.secrets.stream(),
        )
    };
    let spare = &prepared.spare[0][0];
    let mut honest = rater(0, spare);
    let sealed = honest.seal(&[0, 1]).unwrap();
    let ballot = sealed.ballot_json.clone();

    assert_eq!(
        refused(honest.post_once(&ballot).await),
        "box_not_open",
        "before opening"
    );
    meeting
        .organiser
        .act(&prepared.appraisal, "open")
        .await
        .unwrap();

    // Malformed and not canonical.
    assert_eq!(refused(honest.post_once("{").await), "ballot_malformed");
    assert_eq!(refused(honest.post_once("").await), "ballot_malformed");
    assert_eq!(
        refused(honest.post_once(&ballot.replacen(',', ", ", 1)).await),
        "ballot_not_canonical"
    );
    // Oversized. The server answers before it has read everything, so the connection may break before the answer is
    // seen: once more, then.
    let oversized = "x".repeat(2_200_000);
    let answer = patiently(20, || async { honest.post_once(&oversized).await }).await;
    assert_eq!(refused(answer), "ballot_too_large");
    // Of another box.
    let foreign = rater(
        1,
        &Slip {
            uuid: prepared.boxes[1].clone(),
            credential: spare.credential.clone(),
        },
    );
    assert_eq!(
        refused(foreign.post_once(&ballot).await),
        "ballot_wrong_box"
    );
    // A credential nobody issued.
    let stranger = Slip {
        uuid: spare.uuid.clone(),
        credential: Credential::generate(&mut meeting.secrets.stream()),
    };
    let mut stranger = rater(0, &stranger);
    let forged = stranger.seal(&[0, 0]).unwrap();
    assert_eq!(
        refused(stranger.post_once(&forged.ballot_json).await),
        "ballot_not_on_roll"
    );
    // Somebody else's name on it: the signature no longer fits.
    let mine = spare.credential.public(&spare.uuid).to_string();
    let other = prepared.slips[0][0]
        .credential
        .public(&spare.uuid)
        .to_string();
    let stolen = refused(honest.post_once(&ballot.replace(&mine, &other)).await);
    assert!(
        ["ballot_bad_signature", "ballot_bad_proof"].contains(&stolen.as_str()),
        "{stolen}"
    );
    // One digit of a proof changed.
    let (before, after) = ballot
        .rsplit_once("\"overall_proof\":[{\"challenge\":\"")
        .unwrap();
    let digit = if after.starts_with('1') { "2" } else { "1" };
    let bent = format!(
        "{before}\"overall_proof\":[{{\"challenge\":\"{digit}{}",
        &after[1..]
    );
    let bent = refused(honest.post_once(&bent).await);
    assert!(
        [
            "ballot_bad_signature",
            "ballot_bad_proof",
            "ballot_malformed"
        ]
        .contains(&bent.as_str()),
        "{bent}"
    );
    // No such box.
    let nowhere: Uuid = "11111111111111".parse().unwrap();
    let lost = rater(
        0,
        &Slip {
            uuid: nowhere,
            credential: spare.credential.clone(),
        },
    );
    assert_eq!(refused(lost.post_once(&ballot).await), "not_found");

    // Pause.
    meeting
        .organiser
        .act(&prepared.appraisal, "pause")
        .await
        .unwrap();
    assert_eq!(refused(honest.post_once(&ballot).await), "box_paused");
    meeting
        .organiser
        .act(&prepared.appraisal, "resume")
        .await
        .unwrap();

    // The good one, and its replay after a change of mind: the same receipt, and it stays replaced.
    let (status, receipt) = honest.post_once(&ballot).await.unwrap();
    assert_eq!(status, StatusCode::CREATED);
    let first = pingyi_testkit::client::Cast {
        tracker: sealed.tracker(),
        receipt: receipt.clone(),
        took: std::time::Duration::ZERO,
    };
    let second = honest.cast(&[2, 2]).await.unwrap();
    let (status, again) = honest.post_once(&ballot).await.unwrap();
    assert_eq!((status, again), (StatusCode::OK, receipt));
    assert_eq!(
        honest.look_up(&first.tracker).await.unwrap().status,
        "replaced"
    );
    assert_eq!(
        honest.look_up(&second.tracker).await.unwrap().status,
        "counted"
    );

    // The others of the plan, then nothing any more.
    let mut casting = meeting.cast_all(&prepared).await.unwrap();
    meeting
        .organiser
        .act(&prepared.appraisal, "close")
        .await
        .unwrap();
    let late = honest.seal(&[3, 3]).unwrap();
    assert_eq!(
        refused(honest.post_once(&late.ballot_json).await),
        "box_not_open"
    );
    casting
        .receipts
        .extend([first, second].map(|cast| Acknowledged { category: 0, cast }));
    let tellers = &mut prepared.tellers[..2];
    pingyi_testkit::meeting::open_boxes(
        &meeting.organiser,
        &prepared.appraisal,
        tellers,
        &*meeting.watch,
    )
    .await
    .unwrap();
    // The shares and the proofs are public from here on.
    meeting
        .organiser
        .act(&prepared.appraisal, "release")
        .await
        .unwrap();
    let mut archives = Vec::new();
    for uuid in &prepared.boxes {
        archives.push(
            pingyi_testkit::meeting::download(&meeting.http, uuid.as_str(), true)
                .await
                .unwrap(),
        );
    }
    expect_receipts(&archives, &casting.receipts).unwrap();
    // Box A has one rater more than planned, who marked the third grade twice.
    let mut counts = meeting.plan.counts();
    counts[0][0][2] += 1;
    counts[0][1][2] += 1;
    for (archive, counts) in archives.iter().zip(&counts) {
        pingyi_testkit::meeting::expect_board(archive, counts).unwrap();
    }
}
