//! The hour of closing: two people press at once, ballots are on their way, tellers misbehave or stay away.

#![allow(clippy::unwrap_used)]

mod common;

use std::sync::Arc;
use std::time::Duration;

use common::{House, PASSWORD, verify, write_archives};
use pingyi_testkit::TestkitError;
use pingyi_testkit::client::{Booth, Organiser, Rater, Teller};
use pingyi_testkit::meeting::{Acknowledged, download, expect_receipts, open_boxes};
use pingyi_testkit::plan::Habits;
use pingyi_testkit::watch::Unwatched;

#[tokio::test(flavor = "multi_thread")]
async fn two_close_at_once_while_ballots_arrive() {
    let house = House::new();
    let meeting = house.meeting(40, 2, Habits::PLAIN, 8).await;
    let mut prepared = meeting.prepare().await.unwrap();
    let other = Organiser::sign_in(&house.http(), "organiser", PASSWORD)
        .await
        .unwrap();
    let id = prepared.appraisal.clone();
    meeting.organiser.act(&id, "open").await.unwrap();
    // Everybody of the smallest allowed number has cast; the others press when the chair closes.
    let (mut sealed, mut acknowledged) = (Vec::new(), Vec::new());
    for (category, uuid) in prepared.boxes.iter().enumerate() {
        let booth = Arc::new(Booth::open(&meeting.http, uuid.as_str()).await.unwrap());
        for (index, slip) in prepared.slips[category].iter().enumerate() {
            let mut rater = Rater::new(
                &meeting.http,
                Arc::clone(&booth),
                slip.clone(),
                meeting.secrets.stream(),
            );
            let ballot = rater.seal(&[index % 4, 0]).unwrap();
            if index < 5 {
                acknowledged.push(Acknowledged {
                    category,
                    cast: rater.post(&ballot).await.unwrap(),
                });
            } else {
                sealed.push((category, rater, ballot));
            }
        }
    }
    let late: Vec<_> = sealed
        .into_iter()
        .enumerate()
        .map(|(place, (category, rater, ballot))| {
            tokio::spawn(async move {
                tokio::time::sleep(Duration::from_millis(u64::try_from(place).unwrap() * 5)).await;
                (category, rater.post(&ballot).await)
            })
        })
        .collect();
    tokio::time::sleep(Duration::from_millis(60)).await;
    let (one, two) = tokio::join!(
        meeting.organiser.act_once(&id, "close"),
        other.act_once(&id, "close")
    );
    let codes = [&one, &two].map(|answer| {
        answer.as_ref().map_or_else(
            |error| error.code().unwrap_or("?").to_owned(),
            |view| view.state.clone(),
        )
    });
    assert!(codes.contains(&"closed".to_owned()), "{codes:?}");
    assert!(
        codes
            .iter()
            .all(|code| code == "closed" || code == "wrong_state"),
        "{codes:?}"
    );
    let mut refused = 0;
    for task in late {
        match task.await.unwrap() {
            (category, Ok(cast)) => acknowledged.push(Acknowledged { category, cast }),
            (_, Err(error)) => {
                assert_eq!(error.code(), Some("box_not_open"), "{error}");
                refused += 1;
            }
        }
    }
    println!("{} acknowledged, {refused} refused", acknowledged.len());
    assert_eq!(acknowledged.len() + refused, 40);
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
    let (code, text) = verify(&[], &write_archives(house.place(), &archives));
    assert_eq!(code, 0, "{text}");
}

fn code<T>(answer: Result<T, TestkitError>) -> String {
    match answer {
        Ok(_) => "taken".to_owned(),
        Err(error) => error
            .code()
            .map_or_else(|| error.to_string(), str::to_owned),
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn bad_shares_are_refused_one_teller_stays_away_and_the_result_is_right() {
    let house = House::new();
    let meeting = house.meeting(12, 2, Habits::USUAL, 11).await;
    let mut prepared = meeting.prepare().await.unwrap();
    let id = prepared.appraisal.clone();
    meeting.organiser.act(&id, "open").await.unwrap();
    let casting = meeting.cast_all(&prepared).await.unwrap();

    // Too early: nothing to open yet.
    let view = prepared.tellers[0].view().await.unwrap();
    assert!(
        prepared.tellers[0]
            .share(&view, &view.boxes[0])
            .await
            .is_err(),
        "an open box is not decrypted"
    );
    meeting.organiser.act(&id, "close").await.unwrap();

    let view = prepared.tellers[0].view().await.unwrap();
    let (first, second) = (&view.boxes[0], &view.boxes[1]);
    let good = prepared.tellers[0].share(&view, first).await.unwrap();
    let other_box = prepared.tellers[0].share(&view, second).await.unwrap();
    // A factor changed, proofs kept.
    let mut bad = good.clone();
    bad.partial_decryption.decryption_factors[0].swap(0, 1);
    assert_eq!(
        code(prepared.tellers[0].send_share(&first.uuid, &bad).await),
        "bad_share"
    );
    // Factors right, strong proofs of another cell.
    let mut bad = good.clone();
    bad.strong[0].swap(0, 1);
    assert_eq!(
        code(prepared.tellers[0].send_share(&first.uuid, &bad).await),
        "bad_share"
    );
    // The share of another box.
    assert_eq!(
        code(
            prepared.tellers[0]
                .send_share(&first.uuid, &other_box)
                .await
        ),
        "bad_share"
    );
    // Somebody else's share sent with one's own token.
    assert_eq!(
        code(prepared.tellers[1].send_share(&first.uuid, &good).await),
        "bad_share"
    );
    // Cut short.
    let mut bad = good.clone();
    bad.partial_decryption.decryption_factors.pop();
    assert_eq!(
        code(prepared.tellers[0].send_share(&first.uuid, &bad).await),
        "bad_share"
    );

    // The wrong key: a teller who lost the seed and made another gets nothing opened.
    let link = prepared.teller_links[2]
        .split_once('#')
        .unwrap()
        .1
        .to_owned();
    let mut forgetful = Teller::new(&meeting.http, &link, meeting.secrets.stream());
    assert!(matches!(
        forgetful.open_all().await,
        Err(TestkitError::Distrust { .. })
    ));

    // Teller 3 never comes. Tellers 1 and 2 go on as if nothing had happened.
    open_boxes(
        &meeting.organiser,
        &id,
        &mut prepared.tellers[..2],
        &Unwatched,
    )
    .await
    .unwrap();
    meeting.organiser.act(&id, "release").await.unwrap();
    let archives = meeting.check(&prepared).await.unwrap();
    expect_receipts(&archives, &casting.receipts).unwrap();
    let (code, text) = verify(&[], &write_archives(house.place(), &archives));
    assert_eq!(code, 0, "{text}");
}

#[tokio::test(flavor = "multi_thread")]
async fn with_one_teller_alone_nothing_opens() {
    let house = House::new();
    let meeting = house.meeting(12, 1, Habits::PLAIN, 12).await;
    let mut prepared = meeting.prepare().await.unwrap();
    let id = prepared.appraisal.clone();
    meeting.organiser.act(&id, "open").await.unwrap();
    meeting.cast_all(&prepared).await.unwrap();
    meeting.organiser.act(&id, "close").await.unwrap();
    prepared.tellers[0].open_all().await.unwrap();
    tokio::time::sleep(Duration::from_millis(500)).await;
    let view = meeting.organiser.view(&id).await.unwrap();
    assert_eq!(view.state, "closed");
    assert!(
        view.boxes
            .iter()
            .all(|one| one.shares == [1] && !one.result),
        "{view:?}"
    );
    assert_eq!(
        code(meeting.organiser.act_once(&id, "release").await),
        "wrong_state"
    );
    // Days later the second one comes, after the server was started anew.
    open_boxes(
        &meeting.organiser,
        &id,
        &mut prepared.tellers[1..2],
        &Unwatched,
    )
    .await
    .unwrap();
}
