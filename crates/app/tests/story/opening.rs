//! Tellers who err, cheat, or never come.

use pingyi_app::*;
use pingyi_ballot::dkg::{Seed, Teller};

use crate::support::*;

type Bend = fn(&mut SharesIn);

#[tokio::test(flavor = "multi_thread")]
async fn a_bad_share_is_refused_and_changes_nothing() {
    let meeting = Meeting::open().await;
    meeting.cast_all().await;
    let too_early = SharesIn {
        r#box: meeting.boxes[0].clone(),
        partial_decryption: serde_json::json!({"decryption_factors": [], "decryption_proofs": []}),
        strong: serde_json::json!([]),
    };
    assert_eq!(
        code(meeting.app.send_shares(&meeting.seats[0], &too_early).await),
        "wrong_state"
    );
    meeting.close().await;
    let head = meeting.app.board_head(&meeting.boxes[0]).await.unwrap();
    let good = meeting.share(0, 0).await;
    let bent: [(&str, Bend); 4] = [
        ("share_bad_proof", |share| {
            let factors = &mut share.partial_decryption["decryption_factors"];
            factors[0][0] = factors[0][1].clone();
        }),
        ("share_bad_strong_proof", |share| {
            share.strong[1][0] = share.strong[1][1].clone();
        }),
        ("share_shape", |share| share.strong = serde_json::json!([])),
        ("share_malformed", |share| {
            share.partial_decryption = serde_json::json!({"x": 1});
        }),
    ];
    for (expected, bend) in bent {
        let mut share = good.clone();
        bend(&mut share);
        match meeting.app.send_shares(&meeting.seats[0], &share).await {
            Err(AppError::BadShare { code, .. }) => assert_eq!(code, expected),
            other => panic!("{expected}: {other:?}"),
        }
    }
    // Another teller's share, a share of another box, of a box that is not this appraisal's.
    assert_eq!(
        code(meeting.app.send_shares(&meeting.seats[1], &good).await),
        "bad_share"
    );
    let mut elsewhere = good.clone();
    elsewhere.r#box = meeting.boxes[1].clone();
    assert_eq!(
        code(meeting.app.send_shares(&meeting.seats[0], &elsewhere).await),
        "bad_share"
    );
    elsewhere.r#box = meeting.boxes[2].clone();
    assert_eq!(
        code(meeting.app.send_shares(&meeting.seats[0], &elsewhere).await),
        "wrong_state"
    );
    elsewhere.r#box = BoxId::new("nobox");
    assert_eq!(
        code(meeting.app.send_shares(&meeting.seats[0], &elsewhere).await),
        "not_found"
    );
    assert_eq!(
        meeting.app.board_head(&meeting.boxes[0]).await.unwrap(),
        head
    );

    meeting
        .app
        .send_shares(&meeting.seats[0], &good)
        .await
        .unwrap();
    meeting
        .app
        .send_shares(&meeting.seats[0], &good)
        .await
        .unwrap();
    let again = meeting.share(0, 0).await;
    assert_eq!(
        code(meeting.app.send_shares(&meeting.seats[0], &again).await),
        "already_sent"
    );
    assert_eq!(
        meeting.app.appraisal(&meeting.id).await.unwrap().boxes[0].shares,
        [1]
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_teller_who_never_comes_is_not_needed_and_a_late_one_changes_nothing() {
    let meeting = Meeting::open().await;
    meeting.cast_all().await;
    meeting.close().await;
    for place in 0..2 {
        meeting.give_share(1, place).await.unwrap();
        assert_eq!(meeting.state().await, "closed");
        meeting.give_share(2, place).await.unwrap();
    }
    assert_eq!(meeting.state().await, "counted");
    let head = meeting.app.board_head(&meeting.boxes[0]).await.unwrap();
    meeting.give_share(0, 0).await.unwrap();
    assert_eq!(
        meeting.app.board_head(&meeting.boxes[0]).await.unwrap(),
        head
    );
    assert!(meeting.report(0).await.findings.is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn all_tellers_open_at_the_same_moment() {
    let meeting = Meeting::open().await;
    meeting.cast_all().await;
    meeting.close().await;
    let mut tasks = Vec::new();
    for place in 0..2 {
        for teller in 0..3 {
            let share = meeting.share(teller, place).await;
            let (app, seat) = (meeting.app.clone(), meeting.seats[teller].clone());
            tasks.push(tokio::spawn(
                async move { app.send_shares(&seat, &share).await },
            ));
        }
    }
    for task in tasks {
        task.await.unwrap().unwrap();
    }
    assert_eq!(meeting.state().await, "counted");
    for place in 0..2 {
        let report = meeting.report(place).await;
        assert!(report.findings.is_empty(), "{:?}", report.findings);
        assert_eq!(report.openers.len(), 2);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_meeting_without_enough_ballots_is_counted_without_scores() {
    let meeting = Meeting::open().await;
    meeting.cast(0, 0, 0).await;
    let view = meeting.close().await;
    assert_eq!(view.state, "counted");
    assert!(view.boxes.iter().all(|line| line.skipped));
    let result = meeting.app.result(&meeting.id).await.unwrap();
    assert!(
        result
            .tables
            .iter()
            .all(|table| table.score.is_none() && table.rank.is_none())
    );
    let empties = result
        .statements
        .iter()
        .filter(|statement| statement.code == "category_empty")
        .count();
    assert_eq!(empties, 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn wrong_messages_of_the_ceremony_are_refused() {
    let folder = tempfile::tempdir().unwrap();
    let (settings, _) = settings(folder.path());
    let app = App::open(settings).await.unwrap();
    let id = app.create_appraisal(&actor(), &config()).await.unwrap();
    let links = app
        .make_links(&actor(), &id, &[LinkKind::Tellers])
        .await
        .unwrap();
    let token = links.tellers[0].url.split_once('#').unwrap().1.to_owned();
    let seat = app.teller_seat(&token).await.unwrap();
    assert_eq!(seat.seat, 1);
    assert_eq!(code(app.teller_seat("guess").await), "bad_token");
    assert_eq!(code(app.issuer_seat(&token).await), "bad_token");
    let ceremony = Meeting::ceremony();
    let teller = Teller::from_seed(&Seed::generate(&mut rng()));
    let cert = |seat| {
        serde_json::to_string(&teller.cert(&ceremony.context(seat).unwrap(), &mut rng())).unwrap()
    };
    assert_eq!(code(app.send_cert(&seat, "{").await), "ceremony_refused");
    assert_eq!(
        code(app.send_cert(&seat, &cert(2)).await),
        "ceremony_refused"
    );
    assert_eq!(
        code(app.send_polynomial(&seat, "{}").await),
        "ceremony_refused"
    );
    app.send_cert(&seat, &cert(1)).await.unwrap();
    assert_eq!(code(app.send_cert(&seat, &cert(1)).await), "already_sent");
    // The tellers stand from the first certificate on.
    let view = app.appraisal(&id).await.unwrap();
    let mut changed = view.config.clone();
    changed.tellers.names.pop();
    let json = serde_json::to_string(&changed).unwrap();
    assert_eq!(
        code(app.edit_config(&actor(), &id, view.version, &json).await),
        "tellers_frozen"
    );
    let view = app.reset_keys(&actor(), &id).await.unwrap();
    assert!(view.tellers.iter().all(|teller| !teller.cert));
    app.edit_config(&actor(), &id, view.version, &json)
        .await
        .unwrap();
    // New links kill the old ones.
    app.make_links(&actor(), &id, &[LinkKind::Tellers])
        .await
        .unwrap();
    assert_eq!(code(app.teller_seat(&token).await), "bad_token");
    app.shutdown().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_teller_with_the_same_keys_as_another_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let (settings, _) = settings(folder.path());
    let app = App::open(settings).await.unwrap();
    let id = app.create_appraisal(&actor(), &config()).await.unwrap();
    let links = app
        .make_links(&actor(), &id, &[LinkKind::Tellers])
        .await
        .unwrap();
    let ceremony = Meeting::ceremony();
    let teller = Teller::from_seed(&Seed::generate(&mut rng()));
    let mut last = Ok(());
    for link in &links.tellers {
        let seat = app
            .teller_seat(link.url.split_once('#').unwrap().1)
            .await
            .unwrap();
        let cert = teller.cert(&ceremony.context(seat.seat).unwrap(), &mut rng());
        last = app
            .send_cert(&seat, &serde_json::to_string(&cert).unwrap())
            .await;
    }
    match last {
        Err(AppError::Ceremony { code, .. }) => assert_eq!(code, "teller_same_key"),
        other => panic!("{other:?}"),
    }
    app.shutdown().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn sealing_needs_a_good_roll_in_every_box() {
    let folder = tempfile::tempdir().unwrap();
    let (settings, clock) = settings(folder.path());
    let app = App::open(settings).await.unwrap();
    let mut meeting = Meeting::keyed(app.clone(), clock, &config()).await;
    assert_eq!(code(app.seal(&actor(), &meeting.id).await), "roll_missing");
    meeting.issue(&[4, 2, 3]).await;
    assert_eq!(
        code(app.seal(&actor(), &meeting.id).await),
        "roll_below_minimum"
    );
    let roll = |phone: Vec<String>| RollIn {
        r#box: meeting.boxes[0].clone(),
        phone,
        paper: vec![],
        spare: vec![],
    };
    let good = meeting.slips[0][0]
        .public(&meeting.boxes[0].as_str().parse().unwrap())
        .to_string();
    let twice = app
        .put_roll(&meeting.issuer, roll(vec![good.clone(), good.clone()]))
        .await;
    assert_eq!(code(twice), "roll_duplicate");
    for bad in [
        "xyz",
        &format!("{}1", "0".repeat(63)),
        &format!("{}2", "0".repeat(63)),
    ] {
        let refused = app
            .put_roll(&meeting.issuer, roll(vec![good.clone(), bad.to_string()]))
            .await;
        assert!(
            matches!(refused, Err(AppError::RollBadCredential { index: 1 })),
            "{bad}: {refused:?}"
        );
    }
    meeting.issue(&[4, 3, 3]).await;
    app.seal(&actor(), &meeting.id).await.unwrap();
    let late = app.put_roll(&meeting.issuer, roll_of(&meeting, good)).await;
    assert_eq!(code(late), "wrong_state");
    let view = app.appraisal(&meeting.id).await.unwrap();
    let json = serde_json::to_string(&view.config).unwrap();
    assert_eq!(
        code(
            app.edit_config(&actor(), &meeting.id, view.version, &json)
                .await
        ),
        "frozen"
    );
    assert_eq!(
        code(app.reset_keys(&actor(), &meeting.id).await),
        "wrong_state"
    );
    app.shutdown().await;
}

fn roll_of(meeting: &Meeting, credential: String) -> RollIn {
    RollIn {
        r#box: meeting.boxes[0].clone(),
        phone: vec![credential],
        paper: vec![],
        spare: vec![],
    }
}

/// The server died between the last share and its own verification: the next start goes on there.
#[tokio::test(flavor = "multi_thread")]
async fn a_count_that_was_interrupted_is_finished_at_the_next_start() {
    let mut meeting = Meeting::open().await;
    meeting.cast_all().await;
    meeting.close().await;
    for place in 0..2 {
        meeting.give_share(0, place).await.unwrap();
        meeting.give_share(1, place).await.unwrap();
    }
    assert_eq!(meeting.state().await, "counted");
    let expected = meeting.app.result(&meeting.id).await.unwrap();
    let folder = meeting.folder.as_ref().unwrap().path().to_owned();
    meeting.app.shutdown().await;
    drop(meeting.app);
    undo_the_count(&folder, &meeting.id).await;
    let (settings, _) = settings(&folder);
    meeting.app = App::open(settings).await.unwrap();
    assert_eq!(meeting.state().await, "counted");
    // Counted a second time, so the trail has gone on.
    let result = meeting.app.result(&meeting.id).await.unwrap();
    assert_ne!(result.trail, expected.trail);
    let trail = result.trail.clone();
    assert!(result == ResultView { trail, ..expected });
    meeting.app.shutdown().await;
}

/// What the database holds when the last share is stored and nothing after it.
async fn undo_the_count(folder: &std::path::Path, id: &AppraisalId) {
    use pingyi_store::repo::{appraisals, documents};
    use pingyi_store::{Store, StoreOptions, default_file};
    let store = Store::open(&StoreOptions::sqlite(&default_file(folder)))
        .await
        .unwrap();
    let mut tx = store.begin().await.unwrap();
    let row = appraisals::by_id(&mut tx, id).await.unwrap().unwrap();
    let mut detail: serde_json::Value = serde_json::from_str(&row.detail).unwrap();
    detail = detail["frozen"].take();
    detail["state"] = "closed".into();
    appraisals::set_state(&mut tx, id, "closed", &detail.to_string())
        .await
        .unwrap();
    documents::remove(&mut tx, id, documents::Kind::Result, "")
        .await
        .unwrap();
    for part in documents::of_kind(&mut tx, id, documents::Kind::Verification)
        .await
        .unwrap()
    {
        documents::remove(&mut tx, id, documents::Kind::Verification, &part.part)
            .await
            .unwrap();
    }
    tx.commit().await.unwrap();
    store.close().await;
}
