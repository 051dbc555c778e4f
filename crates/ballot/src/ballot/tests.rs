use rand_chacha::ChaCha20Rng;
use rand_core::SeedableRng;

use super::seal::seal_as_given;
use super::{Ballot, Tracker, check, check_all, seal, tracker};
use crate::credential::Credential;
use crate::election::{Election, ElectionBuilder, Question};
use crate::error::{BallotError, BallotPlace};
use crate::group::{Point, Scalar};

mod subgroup;

fn election(questions: Vec<Question>) -> Election {
    ElectionBuilder {
        description: "d".to_owned(),
        name: "n".to_owned(),
        public_key: Point::base_mul(&Scalar::from(123_456_789)),
        questions,
        uuid: "eu7vLfTG49KXk9".parse().unwrap(),
        administrator: None,
        credential_authority: None,
        extra: serde_json::Map::new(),
    }
    .build()
    .unwrap()
}

fn question(n: usize, blank: bool, min: usize, max: usize) -> Question {
    let answers = (0..n).map(|k| k.to_string()).collect();
    Question {
        answers,
        blank,
        min,
        max,
        question: "q".to_owned(),
    }
}

fn two_questions() -> Election {
    election(vec![question(4, false, 1, 1), question(2, true, 0, 2)])
}

fn rng() -> ChaCha20Rng {
    ChaCha20Rng::seed_from_u64(5)
}

fn sealed(election: &Election, marks: &[Vec<u8>]) -> String {
    let rng = &mut rng();
    let credential = Credential::generate(rng);
    seal_as_given(election, &credential, marks, rng)
        .unwrap()
        .ballot_json
        .clone()
}

fn all_marks(n: usize) -> impl Iterator<Item = Vec<u8>> {
    (0..1_u32 << n).map(move |bits| (0..n).map(|k| u8::from(bits >> k & 1 == 1)).collect())
}

#[test]
fn exactly_the_admitted_marks_can_be_sealed_validly() {
    for (blank, min, max) in [
        (false, 1, 1),
        (false, 0, 1),
        (false, 0, 0),
        (false, 2, 3),
        (false, 3, 5),
        (true, 1, 1),
        (true, 0, 3),
        (true, 2, 2),
    ] {
        let q = question(3, blank, min, max);
        let election = election(vec![q.clone()]);
        for marks in all_marks(q.choices()) {
            let admitted = q.admits(&marks);
            let json = sealed(&election, std::slice::from_ref(&marks));
            assert_eq!(check(&election, &json).is_ok(), admitted, "{q:?} {marks:?}");
            let rng = &mut rng();
            let credential = Credential::generate(rng);
            let refused = seal(&election, &credential, &[marks], rng).err();
            assert_eq!(refused, (!admitted).then_some(BallotError::MarksInvalid(0)));
        }
    }
}

#[test]
fn the_checked_ballot_holds_what_was_sealed() {
    let election = two_questions();
    let rng = &mut rng();
    let credential = Credential::generate(rng);
    let marks = [vec![0, 0, 1, 0], vec![0, 1, 1]];
    let made = seal(&election, &credential, &marks, rng).unwrap();
    let checked = check(&election, &made.ballot_json).unwrap();
    assert_eq!(
        checked.credential_hex(),
        &credential.public(election.uuid()).to_hex()
    );
    assert_eq!(checked.tracker(), tracker(&made.ballot_json));
    assert_eq!(checked.tracker(), made.tracker());
    assert_eq!(checked.election_fingerprint(), election.fingerprint());
    for (cell, (r, m)) in checked
        .answers()
        .iter()
        .flatten()
        .zip(made.randomness.iter().flatten().zip(marks.iter().flatten()))
    {
        assert_eq!(cell.alpha, Point::base_mul(r));
        let y_r = election.public_key().mul(r);
        assert_eq!(
            cell.beta,
            y_r + Point::base_mul(&Scalar::from(u64::from(*m)))
        );
    }
    assert!(!format!("{made:?}").contains("alpha"));
}

#[test]
fn sealing_wants_marks_for_every_question() {
    let election = two_questions();
    let rng = &mut rng();
    let credential = Credential::generate(rng);
    assert_eq!(
        seal(&election, &credential, &[vec![0, 0, 1, 0]], rng).err(),
        Some(BallotError::MarksCount {
            expected: 2,
            got: 1
        })
    );
}

/// Changes a valid ballot and signs it again with its own credential.
fn forged(election: &Election, change: impl FnOnce(&mut Ballot)) -> String {
    let rng = &mut rng();
    let credential = Credential::generate(rng);
    let marks = [vec![0, 0, 1, 0], vec![1, 0, 0]];
    let made = seal(election, &credential, &marks, rng).unwrap();
    let mut ballot = Ballot::parse(&made.ballot_json).unwrap();
    change(&mut ballot);
    ballot.signature = None;
    let hash = crate::hash::b64_compact(&crate::hash::sha256(ballot.json().unwrap().as_bytes()));
    let secret = credential.secret(election.uuid());
    let proof = crate::proof::Proof::sign_ballot(&secret, &hash, rng);
    let proof = super::ProofText::of(&proof);
    ballot.signature = Some(super::Signature {
        hash: hash.into(),
        proof,
    });
    ballot.json().unwrap()
}

fn refused(change: impl FnOnce(&mut Ballot)) -> BallotError {
    let election = two_questions();
    check(&election, &forged(&election, change)).unwrap_err()
}

fn plus(text: &str, n: u64) -> String {
    (text.parse::<Scalar>().unwrap() + Scalar::from(n)).to_string()
}

#[test]
fn the_unchanged_forgery_is_valid() {
    let election = two_questions();
    assert!(check(&election, &forged(&election, |_| ())).is_ok());
}

#[test]
fn every_proof_is_checked() {
    for choice in 0..4 {
        for half in 0..2 {
            let error = refused(|b| {
                let proof = &mut b.answers[0].individual_proofs[choice][half];
                proof.response = plus(&proof.response, 1).into();
            });
            assert_eq!(
                error,
                BallotError::IndividualProof {
                    question: 0,
                    choice
                }
            );
        }
    }
    let error = refused(|b| {
        let proof = &mut b.answers[0].overall_proof[0];
        proof.challenge = plus(&proof.challenge, 1).into();
    });
    assert_eq!(error, BallotError::OverallProof(0));
    for k in 0..4 {
        let error = refused(|b| {
            let proof = &mut b.answers[1].overall_proof[k];
            proof.response = plus(&proof.response, 1).into();
        });
        assert_eq!(error, BallotError::OverallProof(1));
    }
    for k in 0..2 {
        let error = refused(|b| {
            let proof = &mut b.answers[1].blank_proof.as_mut().unwrap()[k];
            proof.response = plus(&proof.response, 1).into();
        });
        assert_eq!(error, BallotError::BlankProof(1));
    }
    // Two challenges moved against each other keep their sum.
    let error = refused(|b| {
        let pair = &mut b.answers[0].individual_proofs[1];
        pair[0].challenge = plus(&pair[0].challenge, 1).into();
        let less = pair[1].challenge.parse::<Scalar>().unwrap() - Scalar::ONE;
        pair[1].challenge = less.to_string().into();
    });
    assert_eq!(
        error,
        BallotError::IndividualProof {
            question: 0,
            choice: 1
        }
    );
}

#[test]
fn uuid_and_fingerprint_are_both_checked() {
    let error = refused(|b| b.election_uuid = "fu7vLfTG49KXk9".into());
    assert_eq!(error, BallotError::BallotWrongElection);
    let error = refused(|b| b.election_hash = "0".repeat(43).into());
    assert_eq!(error, BallotError::BallotWrongElection);
}

#[test]
fn ciphertexts_cannot_be_swapped_or_replaced() {
    // Two where one was sealed.
    let error = refused(|b| {
        let beta = &mut b.answers[0].choices[2].beta;
        *beta = (beta.parse::<Point>().unwrap() + Point::generator())
            .to_string()
            .into();
    });
    assert_eq!(
        error,
        BallotError::IndividualProof {
            question: 0,
            choice: 2
        }
    );
    let error = refused(|b| b.answers[0].choices.swap(0, 1));
    assert!(matches!(
        error,
        BallotError::IndividualProof { question: 0, .. }
    ));
    let error = refused(|b| {
        b.answers[0].choices.swap(0, 1);
        b.answers[0].individual_proofs.swap(0, 1);
    });
    assert_eq!(error, BallotError::OverallProof(0));
}

#[test]
fn shapes_are_checked() {
    let error = refused(|b| drop(b.answers[0].choices.pop()));
    assert_eq!(error, BallotError::BallotShape(0));
    let error = refused(|b| drop(b.answers[0].individual_proofs.pop()));
    assert_eq!(error, BallotError::BallotShape(0));
    let error = refused(|b| drop(b.answers[0].individual_proofs[2].pop()));
    assert_eq!(error, BallotError::BallotShape(0));
    let error = refused(|b| drop(b.answers[1].overall_proof.pop()));
    assert_eq!(error, BallotError::BallotShape(1));
    let error = refused(|b| b.answers[1].blank_proof = None);
    assert_eq!(error, BallotError::BallotShape(1));
    let error = refused(|b| drop(b.answers[1].blank_proof.as_mut().unwrap().pop()));
    assert_eq!(error, BallotError::BallotShape(1));
    let error = refused(|b| b.answers[0].blank_proof = Some(Vec::new()));
    assert_eq!(error, BallotError::BallotShape(0));
    let error = refused(|b| drop(b.answers.pop()));
    assert_eq!(
        error,
        BallotError::BallotAnswers {
            expected: 2,
            got: 1
        }
    );
}

#[test]
fn values_are_checked() {
    let value = |place, fault| BallotError::BallotValue {
        place,
        fault: Box::new(fault),
    };
    let error = refused(|b| {
        let text = b.answers[0].choices[1].beta.to_uppercase();
        b.answers[0].choices[1].beta = text.into();
    });
    assert_eq!(
        error,
        value(BallotPlace::Ciphertext(0, 1), BallotError::PointSyntax)
    );
    let error = refused(|b| {
        let proof = &mut b.answers[0].individual_proofs[3][1];
        proof.challenge = format!("0{}", proof.challenge).into();
    });
    assert_eq!(
        error,
        value(BallotPlace::Individual(0, 3), BallotError::ScalarSyntax)
    );
    let order = "7237005577332262213973186563042994240857116359379907606001950938285454250989";
    let error = refused(|b| b.answers[0].overall_proof[0].response = order.into());
    assert_eq!(
        error,
        value(BallotPlace::Overall(0), BallotError::ScalarOutOfRange)
    );
    let error = refused(|b| {
        b.answers[1].blank_proof.as_mut().unwrap()[1].response = "-1".into();
    });
    assert_eq!(
        error,
        value(BallotPlace::Blank(1), BallotError::ScalarSyntax)
    );
}

#[test]
fn the_signature_binds_content_and_credential() {
    let election = two_questions();
    let json = forged(&election, |_| ());
    let other = Credential::generate(&mut ChaCha20Rng::seed_from_u64(99));
    let mut ballot = Ballot::parse(&json).unwrap();
    ballot.credential = other.public(election.uuid()).to_string().into();
    let stolen = ballot.json().unwrap();
    assert_eq!(
        check(&election, &stolen).err(),
        Some(BallotError::SignatureHash)
    );
    // With the hash repaired the proof is still of another key.
    let mut signature = ballot.signature.take().unwrap();
    let digest = crate::hash::sha256(ballot.json().unwrap().as_bytes());
    signature.hash = crate::hash::b64_compact(&digest).into();
    ballot.signature = Some(signature);
    let stolen = ballot.json().unwrap();
    assert_eq!(
        check(&election, &stolen).err(),
        Some(BallotError::SignatureInvalid)
    );
    ballot.signature = None;
    let unsigned = ballot.json().unwrap();
    assert!(matches!(
        check(&election, &unsigned),
        Err(BallotError::BallotMalformed(_))
    ));
    // Proofs of one credential do not serve another.
    let stolen = other.public(election.uuid()).to_string();
    assert_eq!(
        refused(|b| b.credential = stolen.into()),
        BallotError::SignatureInvalid
    );
    let copied = check_copy(&election, &other);
    assert_eq!(
        copied,
        BallotError::IndividualProof {
            question: 0,
            choice: 0
        }
    );
}

/// Another rater's ciphertexts and proofs under one's own credential and signature.
fn check_copy(election: &Election, thief: &Credential) -> BallotError {
    let json = forged(election, |_| ());
    let mut ballot = Ballot::parse(&json).unwrap();
    ballot.credential = thief.public(election.uuid()).to_string().into();
    ballot.signature = None;
    let hash = crate::hash::b64_compact(&crate::hash::sha256(ballot.json().unwrap().as_bytes()));
    let secret = thief.secret(election.uuid());
    let proof = crate::proof::Proof::sign_ballot(&secret, &hash, &mut rng());
    ballot.signature = Some(super::Signature {
        hash: hash.into(),
        proof: super::ProofText::of(&proof),
    });
    check(election, &ballot.json().unwrap()).unwrap_err()
}

#[test]
fn only_the_canonical_bytes_of_this_box_are_a_ballot() {
    let election = two_questions();
    let json = forged(&election, |_| ());
    for (from, to) in [
        (":", ": "),
        ("{", "{ "),
        ("\"alpha\"", "\"\\u0061lpha\""),
        ("\"credential\":\"", "\"credential\":\"\\u0030"),
    ] {
        let error = check(&election, &json.replacen(from, to, 1)).unwrap_err();
        assert!(
            matches!(
                error,
                BallotError::BallotNotCanonical | BallotError::SignatureHash
            ),
            "{error:?}"
        );
    }
    for changed in [format!("{json}\n"), format!(" {json}")] {
        assert_eq!(
            check(&election, &changed).err(),
            Some(BallotError::BallotNotCanonical)
        );
    }
    for changed in [
        json.replacen('{', "{\"extra\":1,", 1),
        json[..json.len() - 1].to_owned(),
        String::new(),
        "null".to_owned(),
        "[".repeat(5000),
        json.replacen("\"alpha\":\"", "\"alpha\":7,\"x\":\"", 1),
    ] {
        let error = check(&election, &changed).unwrap_err();
        assert!(
            matches!(error, BallotError::BallotMalformed(_)),
            "{error:?}"
        );
    }
    let long = " ".repeat(election.max_ballot_bytes() + 1);
    assert_eq!(
        check(&election, &long).err(),
        Some(BallotError::BallotTooLarge)
    );
    let other = Election::parse(&election.json().replacen("\"n\"", "\"m\"", 1)).unwrap();
    assert_eq!(
        check(&other, &json).err(),
        Some(BallotError::BallotWrongElection)
    );
}

#[test]
fn the_size_bound_is_above_every_real_ballot() {
    for (n, blank, count) in [(1, false, 1), (4, false, 54), (3, true, 10)] {
        let election = election(vec![question(n, blank, 1, 1); count]);
        let marks: Vec<u8> = (0..n + usize::from(blank))
            .map(|k| u8::from(k == n - 1))
            .collect();
        let json = sealed(&election, &vec![marks; count]);
        assert!(check(&election, &json).is_ok());
        assert!(json.len() <= election.max_ballot_bytes(), "{n} {count}");
        assert!(
            json.len() * 5 / 4 > election.max_ballot_bytes() || count == 1,
            "{n} {count}"
        );
    }
}

#[test]
fn trackers_read_both_forms() {
    let made = tracker("{}");
    assert_eq!(made.hex().parse::<Tracker>().unwrap(), made);
    assert_eq!(made.b64().parse::<Tracker>().unwrap(), made);
    assert_eq!(
        made.to_string(),
        "RBNvo1WzZ4oRRq0W9+hknpT7T8If536DEMBg9hyq/4o"
    );
    for text in [
        "",
        "RBNv",
        &made.hex().to_uppercase(),
        &format!("{}=", made.b64()),
    ] {
        assert_eq!(text.parse::<Tracker>(), Err(BallotError::TrackerSyntax));
    }
}
