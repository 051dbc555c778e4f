//! Tellers, election and roll.

use super::*;

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
    assert!(!codes(&judge_foreign(&write(&steps))).contains(&"roll_weighted"));
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
