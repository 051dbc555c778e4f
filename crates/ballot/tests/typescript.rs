//! What the browser code wrote (`frontend/test/fixtures`, made by `npm test` from fixed
//! seeds) must satisfy this crate: ballots, challenges, key ceremonies, shares, opinions.
#![allow(clippy::unwrap_used)]

use std::collections::BTreeMap;
use std::path::PathBuf;

use pingyi_ballot::ballot::{check, tracker};
use pingyi_ballot::challenge::ChallengeFile;
use pingyi_ballot::credential::{Credential, Uuid};
use pingyi_ballot::decrypt::{ElectionResult, Task, TellerShare, combine};
use pingyi_ballot::dkg::{Ceremony, Output, Polynomial, Seed, Teller, VerifierInput};
use pingyi_ballot::election::Election;
use pingyi_ballot::group::Point;
use pingyi_ballot::opinion::{Urn, UrnContext, UrnShare};
use pingyi_ballot::tally::{EncryptedTally, Weight};
use pingyi_ballot::trustee::{Announced, Signed, TellerGroup, TellerKey, Trustees};
use serde::de::DeserializeOwned;
use serde_json::Value;

fn fixture(name: &str) -> Value {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../frontend/test/fixtures");
    serde_json::from_str(&std::fs::read_to_string(path.join(name)).unwrap()).unwrap()
}

fn text<'a>(value: &'a Value, name: &str) -> &'a str {
    value[name].as_str().unwrap()
}

fn read<T: DeserializeOwned>(value: &Value) -> T {
    serde_json::from_value(value.clone()).unwrap()
}

/// The tellers of `opening.json` by their verification keys, two of them needed.
fn tellers(keys: &[Point]) -> Vec<TellerGroup> {
    let tellers = (1..)
        .zip(keys)
        .map(|(owner, key)| TellerKey {
            owner,
            key: *key,
            name: None,
        })
        .collect();
    vec![TellerGroup {
        threshold: 2,
        tellers,
    }]
}

#[test]
fn a_ballot_sealed_in_the_browser_is_valid() {
    let found = fixture("ballot.json");
    let election = Election::parse(text(&found, "election")).unwrap();
    assert_eq!(election.fingerprint(), text(&found, "fingerprint"));
    let uuid: Uuid = "eu7vLfTG49KXk9".parse().unwrap();
    let credential: Credential = text(&found, "credential").parse().unwrap();
    assert_eq!(
        credential.public(&uuid).to_string(),
        text(&found, "public_credential")
    );
    let json = text(&found, "ballot");
    let ballot = check(&election, json).unwrap();
    assert_eq!(
        ballot.credential_hex().to_string(),
        text(&found, "public_credential")
    );
    assert_eq!(tracker(json).b64(), text(&found, "tracker"));
}

#[test]
fn a_challenge_of_the_browser_opens_to_the_marks_and_cannot_be_cast() {
    let found = fixture("ballot.json");
    let file: ChallengeFile = text(&found, "challenge").parse().unwrap();
    let (election, opened) = file.check().unwrap();
    assert_eq!(opened.commitment, text(&found, "commitment"));
    let marks: Vec<usize> = read(&found["choices"]);
    for (row, mark) in opened.choices.iter().zip(&marks) {
        let expected: Vec<u8> = (0..row.len()).map(|i| u8::from(i == *mark)).collect();
        assert_eq!(*row, expected);
    }
    assert_eq!(opened.choices.len(), marks.len());
    assert!(check(&election, &file.ballot).is_err());
}

#[test]
fn a_key_ceremony_of_three_browsers_is_accepted() {
    let found = fixture("ceremony.json");
    let certs: Vec<Signed> = read(&found["certs"]);
    let polynomials: Vec<Polynomial> = read(&found["polynomials"]);
    let vinputs: Vec<VerifierInput> = read(&found["vinputs"]);
    let outputs: Vec<Output> = read(&found["outputs"]);
    let ceremony = Ceremony::new(3, 2).unwrap();
    for (index, cert) in (1..).zip(&certs) {
        ceremony.check_cert(index, cert).unwrap();
    }
    let certified = ceremony.certified(certs).unwrap();
    for (index, polynomial) in (1..).zip(&polynomials) {
        certified.check_polynomial(index, polynomial).unwrap();
    }
    for (index, output) in (1..).zip(&outputs) {
        certified.check_output(index, &polynomials, output).unwrap();
        let routed = certified.vinput(index, &polynomials).unwrap();
        assert_eq!(
            serde_json::to_value(routed).unwrap(),
            serde_json::to_value(&vinputs[usize::try_from(index).unwrap() - 1]).unwrap()
        );
    }
    let trustees = certified.assemble(&polynomials, &outputs, None).unwrap();
    assert_eq!(trustees.json(), text(&found, "trustees"));
    let announced = Announced {
        threshold: 2,
        size: 3,
    };
    let parsed = Trustees::parse(text(&found, "trustees")).unwrap();
    parsed.check(Some(announced)).unwrap();
    assert_eq!(
        parsed.joint_key().unwrap().to_string(),
        text(&found, "public_key")
    );
}

#[test]
fn a_teller_of_this_crate_reads_what_browsers_sent() {
    let found = fixture("ceremony.json");
    let certs: Vec<Signed> = read(&found["certs"]);
    let vinputs: Vec<VerifierInput> = read(&found["vinputs"]);
    let outputs: Vec<Output> = read(&found["outputs"]);
    let seeds: Vec<String> = read(&found["seeds"]);
    let certified = Ceremony::new(3, 2).unwrap().certified(certs).unwrap();
    let mut rng = <rand_chacha::ChaCha20Rng as rand_core::SeedableRng>::seed_from_u64(1);
    for ((seed, input), output) in seeds.iter().zip(&vinputs).zip(&outputs) {
        let seed: Seed = seed.parse().unwrap();
        let teller = Teller::from_seed(&seed);
        let own = teller.output(&certified, input, &mut rng).unwrap();
        let key = output.public_key.public_key;
        assert_eq!(own.public_key.public_key, key);
        let opened = teller.decryption_key(&output.private_key, &key).unwrap();
        assert_eq!(opened.public(), key);
    }
}

#[test]
fn shares_made_in_browsers_open_the_tally() {
    let found = fixture("opening.json");
    let election = Election::parse(text(&found, "election")).unwrap();
    let ballots: Vec<String> = read(&found["ballots"]);
    let one = Weight::new(1).unwrap();
    let mut tally = EncryptedTally::empty(&election);
    for json in &ballots {
        tally
            .add(check(&election, json).unwrap().answers(), one)
            .unwrap();
    }
    assert_eq!(tally.json(), text(&found, "tally"));

    let keys: Vec<Point> = read(&found["verification_keys"]);
    let shares: Vec<TellerShare> = read(&found["shares"]);
    let task = Task::new(&election, &tally);
    for ((owner, key), share) in (1..).zip(&keys).zip(&shares) {
        assert_eq!(task.check_share(owner, key, share), []);
    }
    let groups = tellers(&keys);
    let expected: Vec<Vec<u64>> = read(&found["result"]);
    for pair in [[1_u32, 2], [1, 3], [2, 3]] {
        let used: BTreeMap<u32, Vec<Point>> = (1..)
            .zip(&shares)
            .filter(|(owner, _)| pair.contains(owner))
            .map(|(owner, share)| (owner, share.partial_decryption.decryption_factors.concat()))
            .collect();
        let total = Weight::new(3).unwrap();
        let result = ElectionResult::compute(&tally, total, &groups, &used).unwrap();
        let counts: Vec<Vec<u64>> = result
            .result
            .iter()
            .map(|row| row.iter().map(|n| n.get()).collect())
            .collect();
        assert_eq!(counts, expected);
    }
}

#[test]
fn an_urn_filled_and_opened_by_browsers_opens_here() {
    let found = fixture("opening.json");
    let election = Election::parse(text(&found, "election")).unwrap();
    let urn = &found["urn"];
    let context = UrnContext::new("a1", election.public_key());
    assert_eq!(context.as_str(), text(urn, "context"));
    let wires: Vec<String> = read(&urn["entries"]);
    let opened = Urn::new(context, wires.iter().map(String::as_str)).unwrap();
    let order: Vec<&str> = opened
        .entries()
        .iter()
        .map(pingyi_ballot::opinion::Entry::wire)
        .collect();
    assert_eq!(order, wires);

    let keys: Vec<Point> = read(&found["verification_keys"]);
    let shares: Vec<UrnShare> = read(&urn["shares"]);
    for ((owner, key), share) in (1..).zip(&keys).zip(&shares) {
        opened.check_share(owner, key, share).unwrap();
    }
    let used: BTreeMap<u32, Vec<Point>> = (1..)
        .zip(&shares)
        .skip(1)
        .map(|(owner, share)| (owner, share.factors.clone()))
        .collect();
    let combined = combine(&tellers(&keys), &used, wires.len()).unwrap();
    let held = opened.open(&combined).unwrap();
    assert_eq!((held.empty, held.unreadable), (1, 0));
    let mut texts: Vec<&str> = held.opinions.iter().map(|o| o.text.as_str()).collect();
    texts.sort_by_key(|text| text.len());
    let longest = "评".repeat(394);
    assert_eq!(texts, ["脚踏实地", longest.as_str()]);
}
