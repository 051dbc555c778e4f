//! The tally, the shares with their proofs, the result.

use super::*;

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
    let mut again = steps.clone();
    again.insert(place, steps[place].clone());
    finds_only(&again, &sidecar, "share_repeated");
    assert_eq!(judge_foreign(&write(&again)).findings, []);
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
    // No share, no proof: nothing to vouch for.
    let tallied = &steps[..at(&steps, EventType::PartialDecryption)];
    let none = with(&|s| s.shares.clear());
    let report = judge(&write(tallied), Some(&none.json()));
    assert_eq!(
        (report.status, report.strong_proofs),
        (Status::ValidOpen, false)
    );
    let early = judge(&write(&steps[..3]), Some(&sidecar.json()));
    assert_eq!(codes(&early), ["strong_unexpected"]);
    drop(scene);
}
