//! Vectors of the sealed ballot for the browser code to check itself against: fixed seeds,
//! committed results, compared at every run.

#![allow(clippy::unwrap_used)]

#[allow(dead_code)] // Shared with tests that keep more kinds of files.
#[path = "toolkit/vectors.rs"]
mod vectors;

use std::convert::Infallible;

use pingyi_ballot::ballot::{Ballot, check, seal, tracker};
use pingyi_ballot::challenge::ChallengeFile;
use pingyi_ballot::credential::{Credential, Roll, RollEntry, Uuid};
use pingyi_ballot::election::{Election, ElectionBuilder, Question};
use pingyi_ballot::group::{Point, Scalar};
use pingyi_ballot::hash::{b64_compact, hash_to_scalar, hex, sha256};
use pingyi_ballot::opinion::{self, Entry, Opinion, Urn, UrnContext};
use pingyi_ballot::proof::Proof;
use pingyi_ballot::tally::{EncryptedTally, SizedEncryptedTally, Weight};
use rand_chacha::ChaCha20Rng;
use rand_core::{Rng, SeedableRng, TryCryptoRng, TryRng};
use serde_json::{Value, json};

/// A generator that remembers what it gave, so that others can seal with the same numbers.
struct Recorder {
    inner: ChaCha20Rng,
    drawn: Vec<String>,
}

impl Recorder {
    fn new(seed: u64) -> Self {
        Self {
            inner: ChaCha20Rng::seed_from_u64(seed),
            drawn: Vec::new(),
        }
    }

    /// Every draw so far: of 64 bytes the number mod q (read little-endian) in decimal.
    fn take(&mut self) -> Vec<String> {
        std::mem::take(&mut self.drawn)
    }
}

impl TryRng for Recorder {
    type Error = Infallible;
    fn try_next_u32(&mut self) -> Result<u32, Infallible> {
        Ok(self.inner.next_u32())
    }
    fn try_next_u64(&mut self) -> Result<u64, Infallible> {
        Ok(self.inner.next_u64())
    }
    fn try_fill_bytes(&mut self, bytes: &mut [u8]) -> Result<(), Infallible> {
        self.inner.fill_bytes(bytes);
        if let Ok(mut wide) = <[u8; 64]>::try_from(&*bytes) {
            wide.reverse();
            self.drawn
                .push(Scalar::from_wide_be_bytes(&wide).to_string());
        }
        Ok(())
    }
}

impl TryCryptoRng for Recorder {}

fn uuid() -> Uuid {
    "eu7vLfTG49KXk9".parse().unwrap()
}

fn secret_key() -> Scalar {
    Scalar::random(&mut ChaCha20Rng::seed_from_u64(1))
}

fn election() -> Election {
    let answers = ["好", "较好", "一般", "差"].map(str::to_owned).to_vec();
    let extra = json!({"x_pingyi": {
        "appraisal": "a1", "category": "A", "presenters": ["p1", "p2"], "items": ["overall"],
        "grades": ["good", "fair", "plain", "poor"], "scheme": "00".repeat(32), "minimum": 2,
        "rehearsal": false, "tellers": {"threshold": 2, "size": 3},
    }});
    ElectionBuilder {
        description: "园区党委书记述职测评表".to_owned(),
        name: "述职评议 · 街道领导班子".to_owned(),
        public_key: Point::base_mul(&secret_key()),
        questions: ["甲园区党委第一书记", "乙园区党委第一书记"]
            .map(|text| Question::one_of(text, answers.clone()))
            .to_vec(),
        uuid: uuid(),
        administrator: Some("Pingyi".to_owned()),
        credential_authority: Some("issuer".to_owned()),
        extra: extra.as_object().unwrap().clone(),
    }
    .build()
    .unwrap()
}

fn credential(seed: u64) -> Credential {
    Credential::generate(&mut ChaCha20Rng::seed_from_u64(seed))
}

#[test]
fn group_and_hash() {
    let g = Point::generator();
    let multiples: Vec<Value> = ["0", "1", "2", "3", "8", "1000000007"]
        .into_iter()
        .chain(["7237005577332262213973186563042994240857116359379907606001950938285454250988"])
        .map(|n| json!([n, Point::base_mul(&n.parse().unwrap())]))
        .collect();
    let refused = [
        ("upper case", g.to_string().to_uppercase().replace('6', "A")),
        ("negative zero", format!("8{}1", "0".repeat(62))),
        ("y not reduced", format!("7{}ee", "f".repeat(61))),
        ("not on the curve", format!("{}2", "0".repeat(63))),
        ("order 2", format!("7{}ec", "f".repeat(61))),
        ("order 4", "0".repeat(64)),
        ("63 digits", g.to_string()[1..].to_owned()),
    ];
    for (what, text) in &refused {
        assert!(text.parse::<Point>().is_err(), "{what}");
    }
    let (x, y) = (
        Point::base_mul(&Scalar::from(5)),
        Point::base_mul(&Scalar::from(7)),
    );
    let prefixes = [
        format!("pok|Ed25519|{x}|"),
        format!("prove|φ|{x}|{x},{y}|"),
        format!("bproof0|φ|{x}|"),
        format!("bproof1|φ|{x}|"),
        "sig|h|".to_owned(),
        "sigmsg|信息 \"m\"|".to_owned(),
        format!("decrypt|φ|{x}|"),
        format!("pingyi-dec-v1|φ|h|1|0|3|{x}|{y}|{x}|"),
        format!("pingyi-opinion-pok-v1|pingyi-urn-v1|a1|{y}|{x}|h|"),
        format!("pingyi-urn-dec-v1|pingyi-urn-v1|a1|{y}|h|1|0|{x}|{y}|{x}|"),
    ];
    let hashes: Vec<Value> = prefixes
        .iter()
        .flat_map(|prefix| [vec![], vec![x], vec![x, y, g]].map(|points| (prefix, points)))
        .map(|(prefix, points)| {
            json!({"prefix": prefix, "points": points, "scalar": hash_to_scalar(prefix, &points)})
        })
        .collect();
    let compact = ["", "f", "fo", "foo"]
        .map(|text| json!([hex(text.as_bytes()), b64_compact(text.as_bytes())]));
    vectors::keep(
        "group.json",
        &json!({
            "about": "Points as text, texts that must be refused, Hq(prefix; points).",
            "multiples_of_g": multiples,
            "refused_points": refused.map(|(what, text)| json!({"why": what, "text": text})),
            "hash_to_scalar": hashes,
            "base64_compact": compact,
        }),
    );
}

#[test]
fn credentials() {
    let known: Credential = "AwyxG-dyzbUs-D8UGW-m4E8Aw".parse().unwrap();
    let cases: Vec<Value> = [(uuid(), known), (uuid(), credential(2)), {
        (
            Uuid::generate(&mut ChaCha20Rng::seed_from_u64(3)),
            credential(4),
        )
    }]
    .iter()
    .map(|(uuid, credential)| {
        json!({
            "uuid": uuid, "credential": credential.expose(),
            "secret": credential.secret(uuid), "public": credential.public(uuid),
        })
    })
    .collect();
    let entries: Vec<RollEntry> = [(5, 1), (6, 1), (7, 3), (8, 0)]
        .map(|(seed, weight)| RollEntry {
            credential: credential(seed).public(&uuid()),
            weight: Weight::new(weight).unwrap(),
        })
        .to_vec();
    let roll = Roll::new(&entries).unwrap();
    vectors::keep(
        "credential.json",
        &json!({
            "about": "Derivation of Belenios 2.4 and later; a roll with weights (contract §2, protocol.md §5).",
            "cases": cases,
            "roll": roll.json(),
            "roll_fingerprint": roll.fingerprint(),
        }),
    );
}

#[test]
fn sealed_ballot_and_challenge() {
    let election = election();
    let credential = credential(9);
    let rng = &mut Recorder::new(10);
    let marks = [vec![0, 0, 1, 0], vec![1, 0, 0, 0]];
    let sealed = seal(&election, &credential, &marks, rng).unwrap();
    let checked = check(&election, &sealed.ballot_json).unwrap();
    let ballot = Ballot::parse(&sealed.ballot_json).unwrap();
    let public = credential.public(election.uuid());
    let tally = EncryptedTally::of(&election, [(&checked, Weight::ONE)]).unwrap();
    let sized = SizedEncryptedTally::new(&tally, [Weight::ONE]).unwrap();
    vectors::keep(
        "ballot.json",
        &json!({
            "about": "election, ballot, tally and sized_tally are exact texts. drawn: all random numbers \
                      in the order of crates/ballot/src/ballot/seal.rs (per question r of each choice; per \
                      choice twice c, t; overall c, t; at the end the signature's w).",
            "secret_key": secret_key(),
            "election": election.json(),
            "fingerprint": election.fingerprint(),
            "credential": credential.expose(),
            "public_credential": public,
            "choices": [2, 0],
            "drawn": rng.take(),
            "ballot": sealed.ballot_json,
            "signed_hash": ballot.signature.unwrap().hash,
            "tracker": tracker(&sealed.ballot_json).b64(),
            "tracker_hex": tracker(&sealed.ballot_json).hex(),
            "challenge_file": serde_json::to_string(&ChallengeFile::new(&election, &sealed, &public)).unwrap(),
            "tally": tally.json(),
            "sized_tally": serde_json::to_string(&sized).unwrap(),
        }),
    );
}

#[test]
fn signatures() {
    let secret = secret_key();
    let public = Point::base_mul(&secret);
    let rng = &mut Recorder::new(11);
    let key = Proof::of_key(&secret, &public, rng);
    let message = Proof::sign(&secret, "信息 \"m\"", rng);
    let ballot = Proof::sign_ballot(&secret, &b64_compact(&sha256(b"x")), rng);
    let alpha = Point::base_mul(&Scalar::from(12));
    let equality = Proof::equality(&secret, &alpha, "decrypt|φ|X|", rng);
    vectors::keep(
        "proofs.json",
        &json!({
            "about": "Each proof draws its w from drawn, in order.",
            "secret": secret, "public": public, "drawn": rng.take(),
            "of_key": key,
            "message": {"text": "信息 \"m\"", "proof": message},
            "ballot_hash": {"hash": b64_compact(&sha256(b"x")), "proof": ballot},
            "equality": {
                "alpha": alpha, "factor": alpha.mul(&secret), "prefix": "decrypt|φ|X|", "proof": equality,
            },
        }),
    );
}

#[test]
fn opinions() {
    let secret = secret_key();
    let context = UrnContext::new("a1", &Point::base_mul(&secret));
    let rng = &mut Recorder::new(12);
    let sealed: Vec<Value> = [
        ("p1", "路灯夜里不亮。\n\"请修\""),
        ("p2", ""),
        ("p1", "good"),
    ]
    .iter()
    .map(|(presenter, text)| {
        let (presenter, text) = ((*presenter).to_owned(), (*text).to_owned());
        let opinion = Opinion { presenter, text };
        let wire = opinion::seal(&context, &opinion, rng).unwrap();
        let entry = Entry::parse(&context, &wire).unwrap();
        let shared = entry.alpha().mul(&secret);
        assert_eq!(entry.open(&context, &shared), Some(opinion.clone()));
        json!({
            "presenter": opinion.presenter, "text": opinion.text, "wire": wire,
            "shared": shared, "drawn": rng.take(),
        })
    })
    .collect();
    let wires: Vec<&str> = sealed.iter().map(|s| s["wire"].as_str().unwrap()).collect();
    let urn = Urn::new(context.clone(), wires).unwrap();
    let share = urn.share(1, &secret, rng);
    let order: Vec<&str> = urn.entries().iter().map(Entry::wire).collect();
    vectors::keep(
        "opinion.json",
        &json!({
            "about": "An urn whose whole key is secret_key. drawn of an entry: r, then the proof's w; of the share: w of each entry.",
            "secret_key": secret,
            "appraisal": "a1",
            "context": context.as_str(),
            "sealed": sealed,
            "order": order,
            "urn_hash": urn.hash(),
            "share": {"owner": 1, "drawn": rng.take(), "body": share},
        }),
    );
}
