//! Every check of the verifier: honest boxes pass, and each forgery is found by the check made for it.
#![allow(clippy::unwrap_used)]

mod toolkit;

use pingyi_ballot::archive::{
    ArchiveReader, Entry, Event, EventType, Hash, RecordKind, header_record, record,
};
use pingyi_ballot::decrypt::{ElectionResult, PartialDecryption, Sidecar};
use pingyi_ballot::election::Question;
use pingyi_ballot::group::{Point, Scalar};
use pingyi_ballot::hash::hash_to_scalar;
use pingyi_ballot::proof::Proof;
use pingyi_ballot::tally::Weight;
use pingyi_ballot::verify::{Options, Report, Status, verify};
use proptest::prelude::*;
use toolkit::scene::{
    Plan, Scene, Step, TIME, build_election, pingyi_extra, setup_step, share_step, step, write,
    write_with_head,
};

fn judge(archive: &[u8], sidecar: Option<&str>) -> Report {
    verify(
        archive,
        sidecar.map(str::as_bytes),
        &Options::default(),
        &|_| (),
    )
}

fn judge_foreign(archive: &[u8]) -> Report {
    let options = Options {
        belenios: true,
        ..Options::default()
    };
    verify(archive, None, &options, &|_| ())
}

fn codes(report: &Report) -> Vec<&str> {
    report
        .findings
        .iter()
        .map(|finding| finding.code.as_str())
        .collect()
}

#[track_caller]
fn finds(steps: &[Step], sidecar: &Sidecar, code: &str) -> Report {
    let report = judge(&write(steps), Some(&sidecar.json()));
    assert_eq!(report.status, Status::Findings);
    assert!(
        codes(&report).contains(&code),
        "{code} not in {:#?}",
        report.findings
    );
    report
}

/// Finds this and nothing else: the forgery is such that no other check can notice it.
#[track_caller]
fn finds_only(steps: &[Step], sidecar: &Sidecar, code: &str) -> Report {
    let report = finds(steps, sidecar, code);
    assert!(
        codes(&report).iter().all(|found| *found == code),
        "{:#?}",
        report.findings
    );
    report
}

fn opened() -> (Scene, Vec<Step>, Sidecar) {
    let mut scene = Scene::voted(&Plan::default());
    let (steps, sidecar) = scene.opened(&[1, 2]);
    (scene, steps, sidecar)
}

fn at(steps: &[Step], kind: EventType) -> usize {
    steps.iter().position(|step| step.kind == kind).unwrap()
}

#[test]
fn an_honest_box_is_valid() {
    for owners in [&[1, 2][..], &[3, 1], &[1, 2, 3]] {
        let mut scene = Scene::voted(&Plan::default());
        let (steps, sidecar) = scene.opened(owners);
        let (archive, head) = write_with_head(&steps);
        let options = Options {
            expected_head: Some(head.hash),
            ..Options::default()
        };
        let report = verify(
            &archive[..],
            Some(sidecar.json().as_bytes()),
            &options,
            &|_| (),
        );
        assert_eq!(report.findings, []);
        assert_eq!(report.status, Status::Valid);
        assert_eq!(report.reservations, []);
        assert_eq!(
            (
                report.ballots,
                report.counted,
                report.total_weight,
                report.roll
            ),
            (5, 4, 4, 4)
        );
        assert_eq!(
            (report.head, report.height),
            (Some(head.hash), Some(head.height))
        );
        assert_eq!(
            report.box_uuid.as_deref(),
            Some(scene.election.uuid().as_str())
        );
        assert!(report.strong_proofs);
        let mut openers = owners.to_vec();
        openers.sort_unstable();
        assert_eq!(report.openers, openers);
        let count = |code: &str| {
            report
                .checks
                .iter()
                .find(|check| check.code == code)
                .unwrap()
                .count
        };
        assert_eq!(count("ballots"), 5);
        assert_eq!(count("strong_proofs"), 12 * owners.len() as u64);
        assert_eq!(count("decryption_proofs"), 12 * owners.len() as u64);
        let rows = report.result.unwrap();
        assert!(rows.iter().all(|row| row.iter().sum::<u64>() == 4));
    }
}

#[test]
fn a_box_still_open_is_valid_so_far_at_every_phase() {
    let (_, steps, sidecar) = opened();
    for length in 1..steps.len() {
        let report = judge(&write(&steps[..length]), None);
        assert_eq!(
            report.status,
            Status::ValidOpen,
            "{length}: {:#?}",
            report.findings
        );
        let shares = steps[..length]
            .iter()
            .any(|step| step.kind == EventType::PartialDecryption);
        assert_eq!(report.reservations.len(), usize::from(shares));
    }
    assert_eq!(
        judge(&write(&steps), Some(&sidecar.json())).status,
        Status::Valid
    );
}

#[test]
fn progress_is_reported_to_the_end() {
    let (_, steps, _) = opened();
    let archive = write(&steps);
    let last = std::sync::Mutex::new(None);
    verify(&archive[..], None, &Options::default(), &|progress| {
        *last.lock().unwrap() = Some(progress);
    });
    let last = last.into_inner().unwrap().unwrap();
    assert_eq!(last.bytes, archive.len() as u64);
    assert_eq!(last.ballots, 5);
}

#[test]
fn many_ballots_are_counted_across_batches() {
    let plan = Plan {
        questions: 1,
        voters: 150,
        ..Plan::default()
    };
    let mut scene = Scene::voted(&plan);
    let (steps, sidecar) = scene.opened(&[2, 3]);
    let report = judge(&write(&steps), Some(&sidecar.json()));
    assert_eq!(report.status, Status::Valid);
    assert_eq!((report.ballots, report.counted), (151, 150));
}

// --- 1. the grammar of events ---

#[test]
fn ballots_before_a_premature_end_do_not_go_uncounted() {
    // What belenios-tool lets pass: only the last run of ballots is counted there.
    let (_, mut steps, sidecar) = opened();
    steps.insert(3, step(EventType::EndBallots, &[]));
    finds(&steps, &sidecar, "event_order");
}

#[test]
fn events_out_of_order_or_repeated_are_found() {
    let (_, steps, sidecar) = opened();
    let again = |kind: EventType, to: usize| {
        let mut steps = steps.clone();
        let copy = steps[at(&steps, kind)].clone();
        steps.insert(to, copy);
        steps
    };
    let end = steps.len();
    for forged in [
        again(EventType::Setup, 1),
        again(EventType::EndBallots, 1),
        again(EventType::EncryptedTally, 8),
        again(EventType::Result, end),
        again(EventType::Ballot, end),
        again(EventType::PartialDecryption, end),
        steps[..steps.len() - 3]
            .iter()
            .chain(&steps[end - 1..])
            .cloned()
            .collect(),
        steps[1..].to_vec(),
    ] {
        finds(&forged, &sidecar, "event_order");
    }
    let mut shuffled = steps.clone();
    shuffled.insert(7, step(EventType::EndShuffles, &[]));
    finds_only(&shuffled, &sidecar, "event_order");
}

#[test]
fn an_archive_without_setup_is_found() {
    let report = judge(&header_record(TIME).unwrap(), None);
    assert_eq!(codes(&report), ["setup_missing"]);
}

// --- 2. no ballot twice ---

#[test]
fn a_replayed_ballot_is_found() {
    // The first rater voted again; somebody puts the older ballot last.
    let mut scene = Scene::voted(&Plan::default());
    let old = scene.ballots[0].clone();
    scene.ballots.push(old);
    let (steps, sidecar) = scene.opened(&[1, 2]);
    finds_only(&steps, &sidecar, "ballot_repeated");
}

// --- 3. the tally ---

#[test]
fn a_tally_of_other_ballots_is_found() {
    // The last ballot is left out of the tally; everything after it is honest.
    let mut scene = Scene::voted(&Plan::default());
    let left_out = scene.ballots.pop().unwrap();
    let (mut steps, sidecar) = scene.opened(&[1, 2]);
    steps.insert(5, step(EventType::Ballot, &[&left_out]));
    finds_only(&steps, &sidecar, "tally_wrong");
}

#[test]
fn a_single_vote_published_as_the_tally_is_found() {
    let mut scene = Scene::voted(&Plan::default());
    let all = scene.ballots.clone();
    scene.ballots.truncate(1);
    let (tally, sized) = scene.tally();
    scene.ballots = all;
    let mut steps = scene.open_steps();
    steps.push(step(EventType::EndBallots, &[]));
    let sized = serde_json::to_string(&sized).unwrap();
    steps.push(step(EventType::EncryptedTally, &[&tally.json(), &sized]));
    let report = judge(&write(&steps), None);
    assert_eq!(codes(&report), ["tally_wrong", "tally_size_wrong"]);
}

#[test]
fn the_size_of_the_tally_is_checked() {
    let (_, steps, sidecar) = opened();
    let place = at(&steps, EventType::EncryptedTally);
    for (from, to, code) in [
        ("\"num_tallied\":4", "\"num_tallied\":5", "tally_size_wrong"),
        (
            "\"total_weight\":4",
            "\"total_weight\":5",
            "tally_size_wrong",
        ),
        (
            "\"total_weight\":4",
            "\"total_weight\": 4",
            "tally_size_malformed",
        ),
        ("\"num_tallied\":4,", "", "tally_size_malformed"),
        (
            "\"encrypted_tally\":\"",
            "\"encrypted_tally\":\"0",
            "tally_reference",
        ),
    ] {
        let mut forged = steps.clone();
        forged[place].data[1] = forged[place].data[1].replacen(from, to, 1);
        assert_ne!(forged[place].data, steps[place].data);
        finds_only(&forged, &sidecar, code);
    }
}

#[test]
fn a_tally_that_cannot_be_read_is_found() {
    let (_, mut steps, sidecar) = opened();
    let place = at(&steps, EventType::EncryptedTally);
    steps[place].data[0] = "[]".into();
    finds(&steps, &sidecar, "tally_malformed");
}

// --- 4. tellers ---

fn with_trustees(change: impl Fn(&str) -> String) -> (Vec<Step>, Sidecar) {
    let (scene, mut steps, sidecar) = opened();
    let trustees = change(scene.trustees.json());
    assert_ne!(trustees, scene.trustees.json());
    steps[0] = setup_step(scene.election.json(), &trustees, scene.roll.json());
    (steps, sidecar)
}

#[test]
fn tellers_are_judged() {
    // One digit of the last signature: the verification key of teller 3 is no longer signed.
    let (steps, sidecar) = with_trustees(|json| {
        let at = json.rfind("\"response\":\"").unwrap() + 12;
        let digit = if json.as_bytes()[at] == b'1' {
            "2"
        } else {
            "1"
        };
        format!("{}{digit}{}", &json[..at], &json[at + 1..])
    });
    finds_only(&steps, &sidecar, "teller_key_signature");
    let (steps, sidecar) = with_trustees(|json| json.replacen(',', ", ", 1));
    finds(&steps, &sidecar, "teller_not_canonical");
    let (steps, sidecar) = with_trustees(|json| json.replacen("Pedersen", "Petersen", 1));
    finds(&steps, &sidecar, "teller_malformed");
}

#[test]
fn tellers_are_as_announced() {
    for (threshold, size) in [(2, 4), (3, 3)] {
        let mut scene = Scene::sealed(&Plan::default());
        let questions = scene.election.questions().to_vec();
        let extra = pingyi_extra(threshold, size, 3);
        scene.election = build_election(&scene.trustees, questions, Some(extra), &mut scene.rng);
        let report = judge(&write(&scene.open_steps()), None);
        assert_eq!(codes(&report), ["teller_not_as_announced"]);
    }
}

#[test]
fn the_key_of_the_election_is_the_tellers() {
    let scene = Scene::sealed(&Plan::default());
    let other = Scene::sealed(&Plan {
        seed: 9,
        ..Plan::default()
    });
    let steps = [setup_step(
        scene.election.json(),
        other.trustees.json(),
        scene.roll.json(),
    )];
    assert_eq!(codes(&judge(&write(&steps), None)), ["election_key"]);
}

// --- the rest of Setup ---

#[test]
fn the_setup_refers_to_the_records_before_it() {
    let (scene, mut steps, sidecar) = opened();
    let other = setup_step("{}", scene.trustees.json(), scene.roll.json());
    let good = steps[0].data[3].clone();
    steps[0].data[3] = other.data[3].clone();
    finds_only(&steps, &sidecar, "setup_hashes");
    steps[0].data[3] = good.replace(',', ", ");
    finds_only(&steps, &sidecar, "setup_malformed");
}

#[test]
fn an_election_that_cannot_be_read_leaves_the_chain_to_be_judged() {
    let (_, mut steps, sidecar) = opened();
    steps[0].data[0] = "{}".into();
    let report = finds(&steps, &sidecar, "election_malformed");
    assert_eq!(report.box_uuid, None);
    assert_eq!(report.ballots, 5);
}

#[test]
fn the_appraisal_is_bound_in_the_election() {
    let setup = |extra: Option<serde_json::Value>, questions: usize| {
        let mut scene = Scene::sealed(&Plan {
            questions,
            ..Plan::default()
        });
        let questions = scene.election.questions().to_vec();
        scene.election = build_election(&scene.trustees, questions, extra, &mut scene.rng);
        let report = judge(&write(&scene.open_steps()), None);
        codes(&report).join(" ")
    };
    let mut extra = pingyi_extra(2, 3, 1);
    assert_eq!(setup(Some(extra.clone()), 1), "");
    assert_eq!(setup(None, 1), "pingyi_missing");
    assert_eq!(
        setup(Some(serde_json::json!({"tellers": 3})), 1),
        "pingyi_malformed"
    );
    assert_eq!(setup(Some(extra.clone()), 2), "election_questions");
    extra["grades"] = serde_json::json!(["good", "bad"]);
    assert_eq!(setup(Some(extra), 1), "election_questions");
}

#[test]
fn questions_of_another_kind_are_found() {
    let changes: [fn(&mut Question); 3] = [
        |question| question.max = 2,
        |question| question.min = 0,
        |question| question.blank = true,
    ];
    for change in changes {
        let mut scene = Scene::sealed(&Plan {
            questions: 1,
            ..Plan::default()
        });
        let mut questions = scene.election.questions().to_vec();
        change(&mut questions[0]);
        let extra = Some(pingyi_extra(2, 3, 1));
        scene.election = build_election(&scene.trustees, questions, extra, &mut scene.rng);
        let archive = write(&scene.open_steps());
        assert_eq!(codes(&judge(&archive, None)), ["election_questions"]);
        assert_eq!(codes(&judge_foreign(&archive)), [""; 0]);
    }
}

#[test]
fn the_roll_is_judged() {
    let (scene, mut steps, sidecar) = opened();
    let good = scene.roll.json().to_owned();
    let first = &good[2..66];
    let with = |roll: &str| setup_step(scene.election.json(), scene.trustees.json(), roll);
    steps[0] = with(&good.replacen(first, &format!("{first},2"), 1));
    finds(&steps, &sidecar, "roll_weighted");
    steps[0] = with(&good.replacen('[', &format!("[\"{first}\","), 1));
    finds(&steps, &sidecar, "roll_malformed");
    steps[0] = with(&good.replacen(&format!("\"{first}\","), "", 1));
    finds(&steps, &sidecar, "ballot_not_on_roll");
}

#[test]
fn a_box_below_its_minimum_may_not_be_opened() {
    let mut scene = Scene::voted(&Plan {
        voters: 2,
        ..Plan::default()
    });
    let (steps, sidecar) = scene.opened(&[1, 2]);
    finds_only(&steps, &sidecar, "below_minimum");
    let shut = &steps[..steps.len() - 3];
    assert_eq!(judge(&write(shut), None).status, Status::ValidOpen);
}

// --- ballots ---

#[test]
fn bad_ballots_are_found_where_they_are_and_the_others_still_checked() {
    let (mut scene, steps, sidecar) = opened();
    let marks = scene.marks(1);
    let fresh = scene.seal(1, &marks);
    let digit = fresh.rfind("\"response\":\"").unwrap() + 12;
    let other_digit = if fresh.as_bytes()[digit] == b'1' {
        "2"
    } else {
        "1"
    };
    let mut bad_signature = fresh.clone();
    bad_signature.replace_range(digit..=digit, other_digit);
    let mut other = Scene::voted(&Plan {
        seed: 5,
        ..Plan::default()
    });
    let foreign = other.seal(0, &marks);
    for (ballot, code) in [
        (bad_signature, "ballot_bad_signature"),
        (foreign, "ballot_wrong_box"),
        (fresh.replacen(',', ", ", 1), "ballot_not_canonical"),
        ("{}".to_owned(), "ballot_malformed"),
        (" ".repeat(1 << 20), "ballot_too_large"),
    ] {
        let mut forged = steps.clone();
        forged.insert(3, step(EventType::Ballot, &[&ballot]));
        let report = finds_only(&forged, &sidecar, code);
        assert_eq!(report.findings[0].place.height, Some(3));
        assert_eq!((report.ballots, report.counted), (6, 4));
    }
}

#[test]
fn a_ballot_with_two_marks_is_found() {
    // Sealed for an election that allows two, then signed anew for the one that allows one.
    let mut scene = Scene::voted(&Plan {
        questions: 1,
        ..Plan::default()
    });
    let (steps, sidecar) = scene.opened(&[1, 2]);
    let honest = scene.seal(2, &[vec![1, 0, 0, 0]]);
    let double = toolkit::forge::second_choice_marked(&mut scene, 2, &honest);
    let mut forged = steps;
    forged.insert(2, step(EventType::Ballot, &[&double]));
    finds_only(&forged, &sidecar, "ballot_bad_proof");
}

// --- shares and the result ---

#[test]
fn shares_are_judged() {
    let (scene, steps, sidecar) = opened();
    let place = at(&steps, EventType::PartialDecryption);
    let good = PartialDecryption::parse(&steps[place].data[0]).unwrap();
    let with = |owner: u32, change: &dyn Fn(&mut PartialDecryption)| {
        let mut forged = steps.clone();
        let mut share = good.clone();
        change(&mut share);
        forged[place] = share_step(owner, &share.json());
        forged
    };
    let wrong = with(1, &|share| {
        share.decryption_factors[1][2] += Point::generator();
    });
    let report = finds(&wrong, &sidecar, "share_bad_proof");
    let text = &report.findings[0].text;
    assert!(
        text.contains("teller 1") && text.contains("question 1, answer 2"),
        "{text}"
    );
    finds(
        &with(1, &|share| drop(share.decryption_proofs.pop())),
        &sidecar,
        "share_shape",
    );
    finds(&with(3, &|_| ()), &sidecar, "share_bad_proof");
    finds(&with(4, &|_| ()), &sidecar, "share_no_such_teller");
    finds(&with(0, &|_| ()), &sidecar, "share_no_such_teller");
    finds(&with(2, &|_| ()), &sidecar, "share_repeated");
    let mut forged = steps.clone();
    forged[place].data[0] = forged[place].data[0].replacen(',', ", ", 1);
    finds(&forged, &sidecar, "share_not_canonical");
    finds(&forged, &sidecar, "share_reference");
    let mut forged = steps.clone();
    forged[place].data[1] = "{}".into();
    finds(&forged, &sidecar, "share_malformed");
    let mut forged = steps;
    forged.remove(place);
    finds(&forged, &sidecar, "share_too_few");
    drop(scene);
}

#[test]
fn a_share_forged_under_the_weak_challenge_passes_the_format_but_not_us() {
    let (scene, mut steps, sidecar) = opened();
    let place = at(&steps, EventType::PartialDecryption);
    let (tally, _) = scene.tally();
    let alpha = tally.cells()[0][0].alpha;
    let mut share = PartialDecryption::parse(&steps[place].data[0]).unwrap();
    // B is chosen first; the false factor is solved for afterwards.
    let secret = *scene.keys[0].scalar();
    let prefix = format!(
        "decrypt|{}|{}|",
        scene.election.fingerprint(),
        scene.keys[0].public()
    );
    let (w, b) = (Scalar::from(12), Point::base_mul(&Scalar::from(99)));
    let challenge = hash_to_scalar(&prefix, &[Point::base_mul(&w), b]);
    let response = w - secret * challenge;
    share.decryption_factors[0][0] = (b - alpha.mul(&response)).mul(&challenge.invert().unwrap());
    share.decryption_proofs[0][0] = Proof {
        challenge,
        response,
    };
    steps[place] = share_step(1, &share.json());
    steps.pop();
    // The published format sees nothing wrong …
    let foreign = judge_foreign(&write(&steps));
    assert_eq!(foreign.findings, []);
    assert!(!foreign.strong_proofs);
    // … the strong proofs do …
    let report = finds_only(&steps, &sidecar, "share_bad_strong_proof");
    assert!(report.findings[0].place.sidecar && !report.strong_proofs);
}

#[test]
fn a_forged_share_contradicts_a_surplus_one() {
    let mut scene = Scene::voted(&Plan::default());
    let (mut steps, _) = scene.opened(&[1, 2, 3]);
    let (tally, _) = scene.tally();
    let place = at(&steps, EventType::PartialDecryption);
    let mut share = PartialDecryption::parse(&steps[place].data[0]).unwrap();
    let alpha = tally.cells()[0][0].alpha;
    let prefix = format!(
        "decrypt|{}|{}|",
        scene.election.fingerprint(),
        scene.keys[0].public()
    );
    let (w, b) = (Scalar::from(12), Point::base_mul(&Scalar::from(99)));
    let challenge = hash_to_scalar(&prefix, &[Point::base_mul(&w), b]);
    let response = w - *scene.keys[0].scalar() * challenge;
    share.decryption_factors[0][0] = (b - alpha.mul(&response)).mul(&challenge.invert().unwrap());
    share.decryption_proofs[0][0] = Proof {
        challenge,
        response,
    };
    steps[place] = share_step(1, &share.json());
    steps.pop();
    assert_eq!(
        codes(&judge_foreign(&write(&steps))),
        ["share_inconsistent"]
    );
}

#[test]
fn a_false_result_is_found() {
    let (_, steps, sidecar) = opened();
    let last = steps.len() - 1;
    let good = ElectionResult::parse(&steps[last].data[0]).unwrap();
    let with = |change: &dyn Fn(&mut Vec<Vec<Weight>>)| {
        let mut forged = steps.clone();
        let mut result = good.clone();
        change(&mut result.result);
        forged[last] = step(EventType::Result, &[&result.json()]);
        forged
    };
    // Two numbers of a row exchanged: the sum stays right.
    let exchanged = with(&|rows| {
        let other = (1..4).find(|k| rows[0][*k] != rows[0][0]).unwrap();
        rows[0].swap(0, other);
    });
    finds_only(&exchanged, &sidecar, "result_wrong");
    let more = with(&|rows| rows[1][0] = Weight::new(rows[1][0].get() + 1).unwrap());
    finds(&more, &sidecar, "result_row_sum");
    let beyond = with(&|rows| rows[1][0] = Weight::new(5).unwrap());
    finds(&beyond, &sidecar, "result_no_number");
    finds(&with(&|rows| drop(rows.pop())), &sidecar, "share_shape");
    let mut forged = steps.clone();
    forged[last].data[0] = "{}".into();
    finds(&forged, &sidecar, "share_malformed");
}

// --- 6. strong proofs ---

#[test]
fn strong_proofs_are_required_unless_the_archive_is_foreign() {
    let (_, steps, sidecar) = opened();
    let archive = write(&steps);
    let report = judge(&archive, None);
    assert_eq!(codes(&report), ["strong_missing"]);
    let foreign = judge_foreign(&archive);
    assert_eq!(
        (foreign.status, &foreign.findings[..]),
        (Status::Valid, &[][..])
    );
    let reserved: Vec<&str> = foreign
        .reservations
        .iter()
        .map(|note| note.code.as_str())
        .collect();
    assert_eq!(reserved, ["strong_absent", "foreign_archive"]);
    let mut one_only = sidecar.clone();
    one_only.shares.pop();
    finds_only(&steps, &one_only, "strong_missing");
}

#[test]
fn the_sidecar_is_judged() {
    let (scene, steps, sidecar) = opened();
    let archive = write(&steps);
    for bad in [
        "",
        "{}",
        "nonsense",
        &sidecar.json().replacen(',', ", ", 1),
        &format!("{}\n", sidecar.json()),
    ] {
        assert_eq!(codes(&judge(&archive, Some(bad))), ["strong_malformed"]);
    }
    let with = |change: &dyn Fn(&mut Sidecar)| {
        let mut forged = sidecar.clone();
        change(&mut forged);
        forged
    };
    finds_only(
        &steps,
        &with(&|s| s.election = "x".into()),
        "strong_other_statement",
    );
    finds_only(
        &steps,
        &with(&|s| s.tally = Hash::of(b"x")),
        "strong_other_statement",
    );
    finds_only(&steps, &with(&|s| s.version = 2), "strong_other_statement");
    finds_only(
        &steps,
        &with(&|s| s.shares.push(s.shares[0].clone())),
        "strong_repeated",
    );
    let extra = with(&|s| {
        let mut share = s.shares[0].clone();
        share.owner = 3;
        s.shares.push(share);
    });
    finds_only(&steps, &extra, "strong_unexpected");
    finds_only(
        &steps,
        &with(&|s| s.shares[0].proofs.swap(0, 1)),
        "share_bad_strong_proof",
    );
    finds_only(
        &steps,
        &with(&|s| drop(s.shares[0].proofs.pop())),
        "share_shape",
    );
    let swapped = with(&|s| {
        s.shares[0].owner = 2;
        s.shares[1].owner = 1;
    });
    finds_only(&steps, &swapped, "share_bad_strong_proof");
    let early = judge(&write(&steps[..3]), Some(&sidecar.json()));
    assert_eq!(codes(&early), ["strong_unexpected"]);
    drop(scene);
}

// --- 7. the head ---

#[test]
fn the_head_is_the_announced_one() {
    let (_, steps, sidecar) = opened();
    let (_, middle) = write_with_head(&steps[..4]);
    let archive = write(&steps);
    for (expected, part) in [
        (middle.hash, "goes on"),
        (Hash::of(b"x"), "not in this archive"),
    ] {
        let options = Options {
            expected_head: Some(expected),
            ..Options::default()
        };
        let report = verify(
            &archive[..],
            Some(sidecar.json().as_bytes()),
            &options,
            &|_| (),
        );
        assert_eq!(codes(&report), ["head_differs"]);
        assert!(report.findings[0].text.contains(part));
    }
}

// --- order ---

#[test]
fn the_order_of_different_raters_changes_nothing() {
    let mut scene = Scene::voted(&Plan::default());
    // The first rater's replaced ballot is left out: the rest are of different raters.
    scene.ballots.remove(0);
    let mut results = Vec::new();
    for _ in 0..scene.ballots.len() {
        scene.ballots.rotate_left(1);
        let (steps, sidecar) = scene.opened(&[1, 2]);
        let report = judge(&write(&steps), Some(&sidecar.json()));
        assert_eq!(report.status, Status::Valid);
        results.push(report.result.unwrap());
    }
    assert!(results.windows(2).all(|pair| pair[0] == pair[1]));
}

// --- the file ---

/// The archive's records apart: kind and content.
fn records(archive: &[u8]) -> Vec<(RecordKind, Vec<u8>)> {
    ArchiveReader::new(archive)
        .unwrap()
        .map(|record| {
            let record = record.unwrap();
            let kind = if record.entry == Entry::Data {
                RecordKind::Data
            } else {
                RecordKind::Event
            };
            (kind, record.content)
        })
        .collect()
}

fn together(records: &[(RecordKind, Vec<u8>)]) -> Vec<u8> {
    let mut bytes = header_record(TIME).unwrap();
    for (kind, content) in records {
        bytes.extend(record(TIME, *kind, content).unwrap());
    }
    bytes
}

#[test]
fn the_chain_is_checked_link_by_link() {
    let (_, steps, _) = opened();
    let parts = records(&write(&steps[..3]));
    assert_eq!(together(&parts), write(&steps[..3]));
    let last = parts.len() - 1;
    let event = Event::parse(&parts[last].1).unwrap();
    let with = |event: Event| {
        let mut forged = parts.clone();
        forged[last].1 = event.json().into_bytes();
        judge(&together(&forged), None)
    };
    let other_parent = Event {
        parent: Some(Hash::of(b"x")),
        ..event.clone()
    };
    assert_eq!(codes(&with(other_parent)), ["event_parent"]);
    assert_eq!(
        codes(&with(Event {
            parent: None,
            ..event.clone()
        })),
        ["event_parent"]
    );
    assert_eq!(
        codes(&with(Event {
            height: 7,
            ..event.clone()
        })),
        ["event_height"]
    );
    let other_payload = Event {
        payload: Some(Hash::of(b"x")),
        ..event.clone()
    };
    assert_eq!(codes(&with(other_payload)), ["event_payload"]);
    assert_eq!(
        codes(&with(Event {
            payload: None,
            ..event
        })),
        ["event_payload"]
    );
}

#[test]
fn records_are_where_they_belong() {
    let (_, steps, _) = opened();
    let parts = records(&write(&steps[..3]));
    let mut extra = parts.clone();
    extra.insert(5, (RecordKind::Data, b"more".to_vec()));
    assert_eq!(
        codes(&judge(&together(&extra), None)),
        ["record_unreferenced"]
    );
    let mut many = parts.clone();
    for _ in 0..20 {
        many.insert(5, (RecordKind::Data, b"more".to_vec()));
    }
    assert_eq!(
        codes(&judge(&together(&many), None)),
        ["record_unreferenced"; 20]
    );
    let mut without = parts.clone();
    without.remove(5);
    let report = judge(&together(&without), None);
    assert_eq!(codes(&report), ["event_payload", "record_missing"]);
    let mut trailing = parts.clone();
    trailing.push((RecordKind::Data, b"more".to_vec()));
    assert_eq!(
        codes(&judge(&together(&trailing), None)),
        ["record_unreferenced"]
    );
    let mut unreadable = parts;
    unreadable[8].1 = b"{}".to_vec();
    let report = judge(&together(&unreadable), None);
    assert!(codes(&report).contains(&"event_malformed"));
}

#[test]
fn text_that_is_not_utf8_is_found() {
    let mut scene = Scene::sealed(&Plan::default());
    scene.ballots.clear();
    let mut parts = records(&write(&scene.open_steps()));
    parts[1].1 = vec![0xff, 0xfe];
    let report = judge(&together(&parts), None);
    assert!(
        codes(&report).contains(&"record_not_text"),
        "{:?}",
        codes(&report)
    );
}

#[test]
fn damage_to_the_file_is_found_and_named() {
    let (_, steps, _) = opened();
    let archive = write(&steps[..3]);
    let first_data = 1024;
    for (at, value, code) in [
        (first_data + 140, b'7', "record_header"),
        (first_data + 110, b'7', "record_header"),
        (first_data + 400, b'7', "record_header"),
        (first_data, b'x', "record_name"),
        (first_data, b'0', "record_hash"),
        (first_data + 600, 0, "record_hash"),
        (archive.len() - 1, 7, "record_padding"),
        (first_data + 124, b'x', "archive_no_header"),
        (first_data + 124, b'7', "record_too_long"),
    ] {
        let mut changed = archive.clone();
        assert_ne!(changed[at], value);
        changed[at] = value;
        let report = judge(&changed, None);
        assert!(
            codes(&report).contains(&code),
            "{code}: {:?}",
            codes(&report)
        );
    }
}

#[test]
fn an_archive_cut_short_is_a_finding() {
    let (_, steps, sidecar) = opened();
    let archive = write(&steps);
    for length in [1025, 2000, archive.len() - 700, archive.len() - 1] {
        let report = judge(&archive[..length], Some(&sidecar.json()));
        assert_eq!(report.status, Status::Findings);
        assert!(
            codes(&report).contains(&"archive_cut_short"),
            "{length}: {:?}",
            codes(&report)
        );
    }
}

#[test]
fn what_is_no_archive_is_unreadable() {
    let ordinary = record(TIME, RecordKind::Data, b"{}").unwrap();
    for (bytes, code) in [
        (&b""[..], "archive_cut_short"),
        (b"hello", "archive_cut_short"),
        (&[0; 4096], "archive_no_header"),
        (&[0xff; 4096], "archive_no_header"),
        (&ordinary, "not_an_archive"),
    ] {
        let report = judge(bytes, None);
        assert_eq!(
            (report.status, codes(&report)),
            (Status::Unreadable, vec![code])
        );
    }
}

#[test]
fn an_input_that_fails_is_unreadable() {
    struct Failing<'a>(&'a [u8]);
    impl std::io::Read for Failing<'_> {
        fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
            if self.0.is_empty() {
                return Err(std::io::Error::other("the disk is gone"));
            }
            self.0.read(buffer)
        }
    }
    let (_, steps, _) = opened();
    let archive = write(&steps);
    let report = verify(
        Failing(&archive[..5000]),
        None,
        &Options::default(),
        &|_| (),
    );
    assert_eq!(report.status, Status::Unreadable);
    assert!(codes(&report).contains(&"input_failed"));
}

#[test]
fn a_report_is_the_same_after_a_trip_through_json() {
    let (_, steps, _) = opened();
    let report = judge(&write(&steps), None);
    let json = serde_json::to_string(&report).unwrap();
    assert_eq!(serde_json::from_str::<Report>(&json).unwrap(), report);
}

// --- properties ---

fn small_box() -> &'static (Vec<u8>, String) {
    static BOX: std::sync::OnceLock<(Vec<u8>, String)> = std::sync::OnceLock::new();
    BOX.get_or_init(|| {
        let mut scene = Scene::voted(&Plan {
            questions: 1,
            voters: 3,
            ..Plan::default()
        });
        let (steps, sidecar) = scene.opened(&[1, 2]);
        (write(&steps), sidecar.json())
    })
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(200) })]

    #[test]
    fn any_changed_bit_of_an_archive_is_refused(bit in 0..small_box().0.len() * 8) {
        let (archive, sidecar) = small_box();
        let mut changed = archive.clone();
        changed[bit / 8] ^= 1 << (bit % 8);
        let status = judge(&changed, Some(sidecar)).status;
        prop_assert!(matches!(status, Status::Findings | Status::Unreadable), "bit {}", bit);
        let status = judge_foreign(&changed).status;
        prop_assert!(matches!(status, Status::Findings | Status::Unreadable), "bit {}", bit);
    }

    #[test]
    fn any_changed_bit_of_the_strong_proofs_is_refused(bit in 0..small_box().1.len() * 8) {
        let (archive, sidecar) = small_box();
        let mut changed = sidecar.clone().into_bytes();
        changed[bit / 8] ^= 1 << (bit % 8);
        let report = verify(&archive[..], Some(&changed), &Options::default(), &|_| ());
        prop_assert_eq!(report.status, Status::Findings);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(12) })]

    #[test]
    fn the_result_is_the_sum_of_the_last_marks(
        marks in proptest::collection::vec((0..4_usize, 0..4_usize, 0..4_usize), 3..9),
        seed in any::<u64>(),
    ) {
        let plan = Plan { questions: 2, voters: 4, seed, ..Plan::default() };
        let mut scene = Scene::sealed(&plan);
        let one = |chosen: usize| (0..4).map(|k| u8::from(k == chosen)).collect::<Vec<u8>>();
        let mut last = std::collections::BTreeMap::new();
        for (voter, first, second) in &marks {
            scene.cast(*voter, &[one(*first), one(*second)]);
            last.insert(*voter, [*first, *second]);
        }
        let mut expected = vec![vec![0_u64; 4]; 2];
        for choice in last.values() {
            expected[0][choice[0]] += 1;
            expected[1][choice[1]] += 1;
        }
        let (steps, sidecar) = scene.opened(&[2, 3]);
        let report = judge(&write(&steps), Some(&sidecar.json()));
        prop_assert_eq!(report.result, Some(expected));
        let enough = last.len() >= 3;
        prop_assert_eq!(report.status == Status::Valid, enough);
    }
}
