//! Vectors of the key ceremony and of decryption, for the browser code to check itself against.
#![allow(clippy::unwrap_used)]

mod toolkit;

use serde_json::json;
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
            "seeds": played.seeds.iter().map(|seed| seed.expose()).collect::<Vec<_>>(),
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
