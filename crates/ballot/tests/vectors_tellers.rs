//! Vectors of the key ceremony and of decryption, for the browser code to check itself against.
#![allow(clippy::unwrap_used)]

mod toolkit;

use pingyi_ballot::archive::EventType;
use pingyi_ballot::dkg::Seed;
use serde_json::json;
use toolkit::scene::{Plan, Scene, write_with_head};
use toolkit::{play_ceremony, rng, vectors};

#[test]
fn key_ceremony() {
    let played = play_ceremony(3, 2, &mut rng(2018));
    let inputs: Vec<_> = (1..=3)
        .map(|index| played.certified.vinput(index, &played.polynomials).unwrap())
        .collect();
    vectors::keep(
        "dkg.json",
        &json!({
            "about": "A key ceremony, threshold 2 of 3. trustees and the sealed messages are exact texts.",
            "size": 3,
            "threshold": 2,
            "seeds": played.seeds.iter().map(Seed::expose).collect::<Vec<_>>(),
            "seeds_printed": played.seeds.iter().map(|seed| seed.printed().to_string()).collect::<Vec<_>>(),
            "certs": played.certified.certs(),
            "polynomials": played.polynomials,
            "vinputs": inputs,
            "outputs": played.outputs,
            "decryption_keys": played.keys.iter().map(|key| key.scalar().to_string()).collect::<Vec<_>>(),
            "trustees": played.trustees.json(),
            "joint_key": played.trustees.joint_key().unwrap(),
        }),
    );
}

#[test]
fn decryption() {
    let mut scene = Scene::voted(&Plan {
        questions: 2,
        voters: 4,
        tellers: (2, 3),
        seed: 2019,
    });
    let (steps, sidecar) = scene.opened(&[1, 2, 3]);
    let keys: Vec<String> = scene
        .keys
        .iter()
        .map(|key| key.scalar().to_string())
        .collect();
    let shares: Vec<&str> = steps
        .iter()
        .filter(|step| step.kind == EventType::PartialDecryption)
        .map(|step| step.data[0].as_str())
        .collect();
    let tally = steps
        .iter()
        .find(|step| step.kind == EventType::EncryptedTally)
        .unwrap();
    vectors::keep(
        "decrypt.json",
        &json!({
            "about": "A box opened by all of its three tellers, threshold 2. Every value is an exact text.",
            "election": scene.election.json(),
            "fingerprint": scene.election.fingerprint(),
            "trustees": scene.trustees.json(),
            "roll": scene.roll.json(),
            "ballots": scene.ballots,
            "decryption_keys": keys,
            "encrypted_tally": tally.data[0],
            "sized_encrypted_tally": tally.data[1],
            "partial_decryptions": shares,
            "sidecar": sidecar.json(),
            "result": steps.last().unwrap().data[0],
        }),
    );
    // The archive of the same box, to be read record by record.
    let (archive, head) = write_with_head(&steps);
    vectors::keep_file("archive.bel", &archive);
    vectors::keep(
        "archive.json",
        &json!({ "head": head, "length": archive.len() }),
    );
}
