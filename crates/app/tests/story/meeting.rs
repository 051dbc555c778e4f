//! The whole meeting from draft to archive.

use pingyi_app::*;
use pingyi_ballot::verify::Status;
use pingyi_domain::reconciliation::QuorumState;

use crate::support::*;

#[tokio::test(flavor = "multi_thread")]
async fn the_meeting_from_draft_to_archive() {
    let meeting = Meeting::sealed().await;
    let Meeting { app, id, .. } = &meeting;
    let view = app.appraisal(id).await.unwrap();
    assert_eq!(view.state, "sealed");
    assert!(
        view.problems.is_empty()
            && view
                .tellers
                .iter()
                .all(|teller| teller.joined && teller.output)
    );
    assert_eq!(
        view.boxes[1].roll,
        RollCounts {
            phone: 4,
            paper: 1,
            spare: 0
        }
    );
    assert!(view.next.contains(&"open"));
    assert_eq!(code(meeting.post(0, "{}").await), "box_not_open");

    let drawn = app.draw(&actor(), id).await.unwrap();
    let draw = drawn.draw.unwrap();
    assert_eq!(drawn.order, draw.order);
    assert_eq!(draw.heads.len(), 3);
    assert_eq!(code(app.draw(&actor(), id).await), "already_drawn");

    app.open_boxes(&actor(), id).await.unwrap();
    meeting.cast_all().await;
    run_the_hall(&meeting).await;
    let again = meeting.cast(0, 0, 1).await;
    assert!(again.fresh);
    assert_eq!(
        app.put_opinions(id, meeting.bundle("走访少", "").await)
            .await
            .unwrap(),
        2
    );
    app.pause(&actor(), id).await.unwrap();
    let late = meeting.ballot(1, 4, 0).await;
    assert_eq!(code(meeting.post(1, &late.ballot_json).await), "box_paused");
    app.put_opinions(id, meeting.bundle("务实", "台账不全").await)
        .await
        .unwrap();
    app.resume(&actor(), id).await.unwrap();

    let closed = meeting.close().await;
    assert_eq!(closed.state, "closed");
    let states: Vec<&str> = closed
        .boxes
        .iter()
        .map(|line| line.state.as_str())
        .collect();
    assert_eq!(states, ["tallied", "tallied", "skipped"]);
    assert_eq!((closed.boxes[0].ballots, closed.boxes[0].replaced), (4, 1));
    assert_eq!(
        code(meeting.post(1, &late.ballot_json).await),
        "box_not_open"
    );

    meeting.give_share(0, 0).await.unwrap();
    meeting.give_share(0, 1).await.unwrap();
    assert_eq!(meeting.state().await, "closed");
    meeting.give_share(2, 0).await.unwrap();
    let view = app.appraisal(id).await.unwrap();
    assert_eq!(view.boxes[0].verified.as_deref(), Some("valid"));
    assert_eq!(view.state, "closed");
    assert_eq!(code(app.result(id).await), "wrong_state");
    meeting.give_share(2, 1).await.unwrap();
    assert_eq!(meeting.state().await, "counted");
    judge_the_boards(&meeting).await;
    judge_the_result(&meeting).await;
    open_the_urn(&meeting).await;
    release_and_archive(&meeting).await;
    assert!(app.check_audit().await.unwrap().is_sound());
    app.shutdown().await;
}

async fn run_the_hall(meeting: &Meeting) {
    let Meeting { app, id, hall, .. } = meeting;
    let order = |json: &str| serde_json::from_str::<StageOrder>(json).unwrap();
    let go = order(r#"{"scene":"speaker","presenter":"p2","countdown":"start"}"#);
    app.set_stage(&actor(), id, &go).await.unwrap();
    meeting
        .clock
        .0
        .fetch_add(61_000, std::sync::atomic::Ordering::Relaxed);
    let view = app.hall_view(hall).await.unwrap();
    assert_eq!(
        (
            view.stage.countdown.seconds_left,
            view.stage.countdown.running
        ),
        (539, true)
    );
    assert_eq!(
        view.agenda
            .iter()
            .filter(|line| line.now)
            .map(|line| line.code.as_str())
            .collect::<Vec<_>>(),
        ["p2"]
    );
    assert_eq!((view.turnout[0].ballots, view.turnout[0].issued), (4, 4));
    assert!(view.results.is_none());
    assert_eq!(view.heads.len(), 3);
    let booth = app.booth_view(&meeting.boxes[0]).await.unwrap();
    assert_eq!(booth.stage.presenter.unwrap().as_str(), "p2");
    let too_early = app
        .set_stage(&actor(), id, &order(r#"{"scene":"results"}"#))
        .await;
    assert_eq!(code(too_early), "not_released");
    let p2 = presenter_code("p2").unwrap();
    // Not under the hands of who speaks.
    let pdf = b"%PDF-1.7 x".to_vec();
    assert_eq!(
        code(app.put_slides(&actor(), id, &p2, pdf).await),
        "slides_on_stage"
    );
    let agenda = order(r#"{"scene":"agenda"}"#);
    app.set_stage(&actor(), id, &agenda).await.unwrap();
    assert_eq!(
        code(
            app.put_slides(&actor(), id, &p2, b"PK\x03\x04".to_vec())
                .await
        ),
        "pptx_damaged"
    );
    app.put_slides(&actor(), id, &p2, b"%PDF-1.7 x".to_vec())
        .await
        .unwrap();
    assert_eq!(app.hall_slides(hall, &p2).await.unwrap(), b"%PDF-1.7 x");
    app.set_stage(&actor(), id, &go).await.unwrap();
    assert_eq!(
        app.hall_view(hall).await.unwrap().stage.slides_url.unwrap(),
        "/api/hall/slides/p2"
    );
    assert_eq!(
        code(app.remove_slides(&actor(), id, &p2).await),
        "slides_on_stage"
    );
    app.set_stage(&actor(), id, &agenda).await.unwrap();
    app.remove_slides(&actor(), id, &p2).await.unwrap();
    assert_eq!(code(app.slides(id, &p2).await), "not_found");
    let view = app.comment(&actor(), id, &p2, "实绩突出").await.unwrap();
    assert_eq!(view.comments["p2"], "实绩突出");
}

async fn judge_the_boards(meeting: &Meeting) {
    for place in 0..2 {
        let report = meeting.report(place).await;
        assert_eq!(report.status, Status::Valid, "{:?}", report.findings);
        assert!(report.strong_proofs);
        assert_eq!(report.counted, 4);
        let view = meeting.app.appraisal(&meeting.id).await.unwrap();
        assert_eq!(report.head.unwrap().hex(), view.boxes[place].head);
    }
    // The skipped box has ended and will never be opened: valid so far.
    let report = meeting.report(2).await;
    assert!(report.findings.is_empty(), "{:?}", report.findings);
    assert_eq!(
        code(
            meeting
                .app
                .board_proofs(&meeting.boxes[2], Reader::Office)
                .await
        ),
        "not_found"
    );
    assert_eq!(
        meeting
            .app
            .board_view(&meeting.id)
            .await
            .unwrap()
            .boxes
            .len(),
        3
    );
}

/// A: one fair (the revote) and three good, 90; B: four fair, 60; C skipped: (40·90 + 30·60) ÷ 70.
async fn judge_the_result(meeting: &Meeting) {
    let result = meeting.app.result(&meeting.id).await.unwrap();
    let order: Vec<PresenterCode> = meeting.app.appraisal(&meeting.id).await.unwrap().order;
    assert_eq!(
        result
            .tables
            .iter()
            .map(|table| table.code.clone())
            .collect::<Vec<_>>(),
        order
    );
    for table in &result.tables {
        let score = table.score.as_ref().unwrap();
        assert_eq!(
            (score.fraction.as_str(), score.shown.as_str()),
            ("540/7", "77.14")
        );
        assert_eq!(table.categories[0].counts, [[3, 1, 0, 0], [3, 1, 0, 0]]);
        assert!(!table.categories[2].counts_in_score);
        assert_eq!(table.rank.as_ref().unwrap().rank, 1);
        let last = table.working.last().unwrap();
        assert_eq!(
            (last.numerator.as_str(), last.denominator.as_str()),
            ("5400", "70")
        );
    }
    let codes: Vec<&str> = result
        .statements
        .iter()
        .map(|statement| statement.code.as_str())
        .collect();
    assert_eq!(codes, ["category_skipped", "redistributed"]);
    assert_eq!(result.statements[0].args["minimum"], "3");
    assert_eq!(result.statements[1].args["parts"], "A 4/7, B 3/7");
    let states: Vec<&str> = result
        .verification
        .iter()
        .map(|line| line.status.as_str())
        .collect();
    assert_eq!(states, ["valid", "valid", "skipped"]);
}

async fn open_the_urn(meeting: &Meeting) {
    let Meeting { app, id, seats, .. } = meeting;
    assert_eq!(
        app.teller_view(&seats[0]).await.unwrap().urn.state,
        "closed"
    );
    let share = meeting.urn_share(0).await;
    let mut bad = share.clone();
    bad.factors[0] = bad.factors[1].clone();
    assert_eq!(
        code(app.send_urn_shares(&seats[0], &bad).await),
        "bad_share"
    );
    app.send_urn_shares(&seats[0], &share).await.unwrap();
    app.send_urn_shares(&seats[0], &share).await.unwrap();
    assert_eq!(code(app.opinions(id).await), "wrong_state");
    app.send_urn_shares(&seats[1], &meeting.urn_share(1).await)
        .await
        .unwrap();
    assert_eq!(
        app.teller_view(&seats[0]).await.unwrap().urn.state,
        "opened"
    );
}

async fn release_and_archive(meeting: &Meeting) {
    let Meeting { app, id, .. } = meeting;
    let counted = |json: &str| serde_json::from_str::<ReconciliationIn>(json).unwrap();
    let too_many = counted(r#"{"category":"B","issued_phone":3,"issued_paper":0}"#);
    app.reconcile(&actor(), id, &too_many).await.unwrap();
    assert_eq!(
        code(app.release(&actor(), id).await),
        "returned_above_issued"
    );
    // A ballot was cast from paper in A, and a form that nobody gave out is one too many, whatever is said of those back.
    let unissued =
        counted(r#"{"category":"A","issued_phone":4,"issued_paper":0,"returned_paper":0}"#);
    let enough = counted(r#"{"category":"B","issued_phone":5,"issued_paper":0}"#);
    app.reconcile(&actor(), id, &enough).await.unwrap();
    app.reconcile(&actor(), id, &unissued).await.unwrap();
    assert_eq!(
        code(app.release(&actor(), id).await),
        "returned_above_issued"
    );
    for json in [
        r#"{"category":"A","entitled":4,"present":4,"issued_phone":3,"issued_paper":1,"returned_paper":1}"#,
        r#"{"category":"B","entitled":5,"present":5,"issued_phone":5,"issued_paper":0,"returned_paper":0}"#,
        r#"{"category":"C","entitled":4,"present":4,"issued_phone":4,"issued_paper":0,"returned_paper":0}"#,
    ] {
        app.reconcile(&actor(), id, &counted(json)).await.unwrap();
    }
    app.keep(&actor(), id).await.unwrap();
    let opinions = app.opinions(id).await.unwrap();
    assert_eq!(opinions.presenters[0].texts, ["务实", "走访少"]);
    assert_eq!(opinions.presenters[1].texts, ["台账不全"]);
    assert_eq!((opinions.empty, opinions.unreadable), (1, 0));
    let released = app.release(&actor(), id).await.unwrap();
    assert_eq!(released.reconciliation.quorum, QuorumState::Reached);
    assert!(
        app.hall_view(&meeting.hall)
            .await
            .unwrap()
            .results
            .unwrap()
            .is_empty()
    );
    let order: StageOrder =
        serde_json::from_str(r#"{"scene":"results","results":{"shown":1}}"#).unwrap();
    app.set_stage(&actor(), id, &order).await.unwrap();
    let shown = app.hall_view(&meeting.hall).await.unwrap().results.unwrap();
    assert_eq!(shown.len(), 1);
    assert_eq!(
        shown[0]
            .distribution
            .iter()
            .map(|grade| grade.count)
            .collect::<Vec<_>>(),
        [6, 10, 0, 0]
    );
    assert_eq!(code(app.void(&actor(), id, "太晚").await), "wrong_state");
    assert_eq!(
        app.count_check(&actor(), id).await.unwrap().boxes[0]
            .verified
            .as_deref(),
        Some("valid")
    );
    app.archive(&actor(), id).await.unwrap();
    assert_eq!(meeting.state().await, "archived");
    // What is put away stays as it is.
    let p1 = presenter_code("p1").unwrap();
    let pdf = b"%PDF-1.7 late".to_vec();
    let go = serde_json::from_str(r#"{"scene":"speaker","presenter":"p1"}"#).unwrap();
    for refused in [
        code(app.put_slides(&actor(), id, &p1, pdf).await),
        code(app.remove_slides(&actor(), id, &p1).await),
        code(app.set_stage(&actor(), id, &go).await),
    ] {
        assert_eq!(refused, "wrong_state");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_rehearsal_is_played_and_wiped() {
    let folder = tempfile::tempdir().unwrap();
    let (settings, clock) = settings(folder.path());
    let app = App::open(settings).await.unwrap();
    let original = app.create_appraisal(&actor(), &config()).await.unwrap();
    assert_eq!(code(app.wipe(&actor(), &original).await), "not_a_rehearsal");
    let meeting = Meeting::keyed(app.clone(), clock, &config()).await;
    let rehearsal = app.rehearse(&actor(), &meeting.id).await.unwrap();
    let view = app.appraisal(&rehearsal).await.unwrap();
    assert!(view.rehearsal && view.next.contains(&"wipe"));
    assert_eq!(view.rehearsal_of.as_deref(), Some(meeting.id.as_str()));
    app.wipe(&actor(), &rehearsal).await.unwrap();
    assert_eq!(code(app.appraisal(&rehearsal).await), "not_found");
    let copy = app.copy_appraisal(&actor(), &meeting.id).await.unwrap();
    assert!(!app.appraisal(&copy).await.unwrap().rehearsal);
    app.delete_appraisal(&actor(), &copy).await.unwrap();
    assert_eq!(
        code(app.delete_appraisal(&actor(), &meeting.id).await),
        "wrong_state"
    );
    assert_eq!(app.appraisals().await.unwrap().len(), 2);
    let trail = trail(&app, Some(&rehearsal)).await;
    assert!(trail.contains("appraisal_created") && trail.contains("rehearsal_wiped"));
    app.shutdown().await;
}

pub async fn trail(app: &App, of: Option<&AppraisalId>) -> String {
    let mut stream = app.audit_export(of);
    let mut text = String::new();
    while let Some(lines) = stream.next().await.unwrap() {
        text.push_str(&lines);
    }
    text
}

#[tokio::test(flavor = "multi_thread")]
async fn a_void_appraisal_takes_nothing_more() {
    let meeting = Meeting::open().await;
    meeting.cast(0, 0, 0).await;
    assert_eq!(
        code(meeting.app.void(&actor(), &meeting.id, "  ").await),
        "reason_missing"
    );
    let view = meeting
        .app
        .void(&actor(), &meeting.id, "表格印错")
        .await
        .unwrap();
    assert_eq!(
        (view.state.as_str(), view.void_reason.as_deref()),
        ("voided", Some("表格印错"))
    );
    let ballot = meeting.ballot(0, 1, 0).await;
    assert_eq!(
        code(meeting.post(0, &ballot.ballot_json).await),
        "box_not_open"
    );
    assert_eq!(meeting.report(0).await.status, Status::ValidOpen);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_new_year_begins_when_it_begins_in_china() {
    let folder = tempfile::tempdir().unwrap();
    let (settings, clock) = settings(folder.path());
    let app = App::open(settings).await.unwrap();
    // 2024-01-01 01:00 there, and still the old year in Greenwich.
    let new_year = 1_704_042_000_000;
    clock
        .0
        .store(new_year, std::sync::atomic::Ordering::Relaxed);
    let id = app.create_appraisal(&actor(), "{}").await.unwrap();
    assert_eq!(app.appraisal(&id).await.unwrap().config.year, 2024);
}

/// From the public archives alone, with the program that docs/decisions/0010-draw-by-lot.md names.
#[tokio::test(flavor = "multi_thread")]
async fn a_third_party_repeats_the_draw() {
    let meeting = Meeting::open().await;
    let drawn = meeting.app.draw(&actor(), &meeting.id).await.unwrap();
    let draw = drawn.draw.unwrap();
    // What has happened on the boards since makes no difference.
    meeting.cast(0, 0, 0).await;
    let folder = tempfile::tempdir().unwrap();
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let mut program = std::process::Command::new("python3");
    program.arg(root.join("tools/draw.py"));
    // In any order.
    for place in (0..3).rev() {
        let file = folder.path().join(format!("{place}.bel"));
        std::fs::write(&file, meeting.archive(place).await).unwrap();
        program.arg(file);
    }
    let output = program.output().expect("python3 is there");
    let order: Vec<&str> = draw.order.iter().map(PresenterCode::as_str).collect();
    let expected = format!("{}\n{}\n", draw.seed, order.join(" "));
    assert_eq!(String::from_utf8_lossy(&output.stdout), expected);
}
