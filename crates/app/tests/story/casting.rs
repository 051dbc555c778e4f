//! Everything that may happen to a ballot.

use pingyi_app::*;
use pingyi_ballot::ballot::seal;
use pingyi_ballot::credential::Credential;
use pingyi_ballot::verify::Status;

use crate::support::*;

#[tokio::test(flavor = "multi_thread")]
async fn a_replay_gets_the_same_receipt_even_after_closing() {
    let meeting = Meeting::open().await;
    let ballot = meeting.ballot(0, 0, 0).await;
    let first = meeting.post(0, &ballot.ballot_json).await.unwrap();
    let second = meeting.post(0, &ballot.ballot_json).await.unwrap();
    assert!(first.fresh && !second.fresh);
    assert_eq!(
        Receipt {
            fresh: true,
            ..second
        },
        first
    );
    let newer = meeting.cast(0, 0, 1).await;
    // The old ballot again does not win back: it stays where it was.
    let replay = meeting.post(0, &ballot.ballot_json).await.unwrap();
    assert_eq!((replay.height, replay.fresh), (first.height, false));
    let status = |tracker: String| {
        let (app, id) = (meeting.app.clone(), meeting.boxes[0].clone());
        async move { app.receipt(&id, &tracker).await.unwrap().status }
    };
    assert_eq!(status(first.tracker.clone()).await, "replaced");
    assert_eq!(status(newer.tracker).await, "counted");
    assert_eq!(status(ballot.tracker().hex()).await, "replaced");
    assert_eq!(status("0".repeat(64)).await, "unknown");
    assert_eq!(status("nonsense".into()).await, "unknown");
    meeting.close().await;
    assert_eq!(
        meeting.post(0, &ballot.ballot_json).await.unwrap().height,
        first.height
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn bad_ballots_are_refused_and_leave_nothing() {
    let meeting = Meeting::open().await;
    let good = meeting.ballot(0, 0, 0).await.ballot_json.clone();
    let election = meeting.election(0).await;
    let stranger = seal(
        &election,
        &Credential::generate(&mut rng()),
        &marks(&election, 0),
        &mut rng(),
    )
    .unwrap();
    let other_box = meeting.ballot(1, 0, 0).await;
    let flip = |json: &str, from: &str| {
        let at = json.find(from).unwrap() + from.len();
        let digit = if &json[at..=at] == "1" { "2" } else { "1" };
        format!("{}{digit}{}", &json[..at], &json[at + 1..])
    };
    let cases = [
        ("{}".to_owned(), "ballot_malformed"),
        (format!(" {good}"), "ballot_not_canonical"),
        (other_box.ballot_json.clone(), "ballot_wrong_box"),
        (stranger.ballot_json.clone(), "ballot_not_on_roll"),
        (flip(&good, "\"response\":\""), "ballot_bad_signature"),
        (
            flip(&good, "\"signature\":{\"hash\":\""),
            "ballot_bad_signature",
        ),
        ("x".repeat(MAX_BALLOT_BYTES + 1), "ballot_too_large"),
        ("y".repeat(200_000), "ballot_too_large"),
    ];
    for (json, expected) in cases.into_iter().filter(|(json, _)| json != &good) {
        assert_eq!(code(meeting.post(0, &json).await), expected, "{json:.60}");
    }
    assert_eq!(
        code(
            meeting
                .app
                .cast_ballot(&meeting.boxes[0], vec![0xff, 0xfe])
                .await
        ),
        "ballot_malformed"
    );
    assert_eq!(
        code(
            meeting
                .app
                .cast_ballot(&BoxId::new("nobox"), good.into_bytes())
                .await
        ),
        "not_found"
    );
    let head = meeting.app.board_head(&meeting.boxes[0]).await.unwrap();
    assert_eq!((head.height, head.ballots), (0, 0));
}

/// A ballot signed by its owner over proofs that do not hold.
#[tokio::test(flavor = "multi_thread")]
async fn a_forged_ballot_with_a_good_signature_is_refused() {
    use pingyi_ballot::ballot::Ballot;
    use pingyi_ballot::hash::{b64_compact, sha256};
    use pingyi_ballot::proof::Proof;
    let meeting = Meeting::open().await;
    let json = meeting.ballot(0, 0, 0).await.ballot_json.clone();
    let mut ballot = Ballot::parse(&json).unwrap();
    // Swap two proofs: three grades at once, or none.
    let proofs = &mut ballot.answers[0].individual_proofs;
    proofs.swap(0, 1);
    ballot.signature = None;
    let hash = b64_compact(&sha256(ballot.json().unwrap().as_bytes()));
    let credential = &meeting.slips[0][0];
    let secret = credential.secret(meeting.election(0).await.uuid());
    let proof = Proof::sign_ballot(&secret, &hash, &mut rng());
    let unsigned = ballot.json().unwrap();
    let forged = format!(
        r#"{},"signature":{{"hash":"{hash}","proof":{{"challenge":"{}","response":"{}"}}}}}}"#,
        unsigned.strip_suffix('}').unwrap(),
        proof.challenge,
        proof.response
    );
    assert_eq!(code(meeting.post(0, &forged).await), "ballot_bad_proof");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_same_slip_cast_from_many_phones_at_once_counts_once() {
    let meeting = Meeting::open().await;
    let mut ballots = Vec::new();
    for n in 0..12 {
        ballots.push(meeting.ballot(0, 0, n % 3).await.ballot_json.clone());
    }
    // Each twice, as a phone that retries.
    let posts: Vec<_> = ballots
        .iter()
        .chain(&ballots)
        .map(|json| {
            let (app, id, body) = (
                meeting.app.clone(),
                meeting.boxes[0].clone(),
                json.clone().into_bytes(),
            );
            tokio::spawn(async move { app.cast_ballot(&id, body).await.unwrap() })
        })
        .collect();
    let mut fresh = 0;
    let mut heights = std::collections::BTreeSet::new();
    for post in posts {
        let receipt = post.await.unwrap();
        fresh += u32::from(receipt.fresh);
        heights.insert(receipt.height);
    }
    assert_eq!(fresh, 12);
    assert_eq!(heights, (1..=12).collect());
    let view = meeting.app.appraisal(&meeting.id).await.unwrap();
    assert_eq!((view.boxes[0].ballots, view.boxes[0].replaced), (1, 11));
    assert_eq!(meeting.report(0).await.status, Status::ValidOpen);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_ballot_cast_while_two_people_close_is_on_the_board_or_refused() {
    let meeting = Meeting::open().await;
    let mut ballots = Vec::new();
    for slip in 0..4 {
        for grade in 0..3 {
            ballots.push((
                slip % 3,
                meeting
                    .ballot(slip % 3, slip, grade)
                    .await
                    .ballot_json
                    .clone(),
            ));
        }
    }
    let posts: Vec<_> = ballots
        .into_iter()
        .map(|(place, json)| {
            let (app, id) = (meeting.app.clone(), meeting.boxes[place].clone());
            tokio::spawn(async move { (place, app.cast_ballot(&id, json.into_bytes()).await) })
        })
        .collect();
    tokio::time::sleep(std::time::Duration::from_millis(15)).await;
    let closers: Vec<_> = (0..2)
        .map(|_| {
            let (app, id) = (meeting.app.clone(), meeting.id.clone());
            tokio::spawn(async move { app.close(&actor(), &id).await.map(|view| view.state) })
        })
        .collect();
    let mut closed = Vec::new();
    for closer in closers {
        closed.push(closer.await.unwrap().map_err(|error| error.code()));
    }
    assert_eq!(
        closed.iter().filter(|result| result.is_ok()).count(),
        1,
        "{closed:?}"
    );
    assert!(closed.contains(&Err("wrong_state")), "{closed:?}");
    let mut acknowledged = [0_i64; 3];
    for post in posts {
        match post.await.unwrap() {
            (place, Ok(_)) => acknowledged[place] += 1,
            (_, Err(error)) => assert_eq!(error.code(), "box_not_open"),
        }
    }
    for (place, acknowledged) in acknowledged.into_iter().enumerate() {
        let head = meeting.app.board_head(&meeting.boxes[place]).await.unwrap();
        assert_eq!(head.ballots, acknowledged);
        let report = meeting.report(place).await;
        assert!(report.findings.is_empty(), "{:?}", report.findings);
        assert_eq!(i64::try_from(report.ballots).unwrap(), acknowledged);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn when_too_much_waits_the_answer_is_busy_and_nothing_is_lost() {
    let folder = tempfile::tempdir().unwrap();
    let (mut settings, clock) = settings(folder.path());
    // Room for two ballots of this form.
    settings.casting_bytes = 24 * 1024;
    let app = App::open(settings).await.unwrap();
    let mut meeting = Meeting::keyed(app, clock, &config()).await;
    meeting.issue(&[8, 3, 3]).await;
    meeting.app.seal(&actor(), &meeting.id).await.unwrap();
    meeting.app.open_boxes(&actor(), &meeting.id).await.unwrap();
    let mut waiting = Vec::new();
    for slip in 0..8 {
        waiting.push(meeting.ballot(0, slip, 0).await.ballot_json.clone());
    }
    let mut busy = 0;
    for _ in 0..200 {
        let posts: Vec<_> = waiting
            .drain(..)
            .map(|json| {
                let (app, id) = (meeting.app.clone(), meeting.boxes[0].clone());
                tokio::spawn(async move {
                    (app.cast_ballot(&id, json.clone().into_bytes()).await, json)
                })
            })
            .collect();
        for post in posts {
            match post.await.unwrap() {
                (Ok(_), _) => {}
                (Err(error), json) => {
                    assert_eq!(error.code(), "busy");
                    busy += 1;
                    waiting.push(json);
                }
            }
        }
        if waiting.is_empty() {
            break;
        }
    }
    assert!(busy > 0 && waiting.is_empty());
    assert_eq!(
        meeting
            .app
            .board_head(&meeting.boxes[0])
            .await
            .unwrap()
            .ballots,
        8
    );
    meeting.app.shutdown().await;
    assert_eq!(
        code(
            meeting
                .app
                .cast_ballot(&meeting.boxes[0], vec![b'{'])
                .await
                .map(|_| ())
        ),
        "internal"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn opinions_that_are_none_are_refused() {
    let meeting = Meeting::open().await;
    let Meeting { app, id, .. } = &meeting;
    let bundle = meeting.bundle("一", "二").await;
    assert_eq!(
        code(app.put_opinions(id, bundle[..1].to_vec()).await),
        "opinion_count"
    );
    let mut bent = bundle.clone();
    bent[0] = bent[0].replace('.', ",");
    assert_eq!(code(app.put_opinions(id, bent).await), "opinion_malformed");
    let mut stolen = bundle.clone();
    let parts: Vec<&str> = bundle[1].split('.').collect();
    let others: Vec<&str> = bundle[0].split('.').collect();
    stolen[0] = [parts[0], others[1], others[2], others[3]].join(".");
    assert_eq!(
        code(app.put_opinions(id, stolen).await),
        "opinion_bad_proof"
    );
    assert_eq!(app.put_opinions(id, bundle.clone()).await.unwrap(), 2);
    app.put_opinions(id, bundle).await.unwrap();
    assert_eq!(app.appraisal(id).await.unwrap().opinions, 2);
    assert_eq!(code(app.urn(&meeting.seats[0]).await), "wrong_state");
}
