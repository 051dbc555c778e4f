//! Events, their order and head; ballots on the board.

use super::*;

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
