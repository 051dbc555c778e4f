use rand_chacha::ChaCha20Rng;
use rand_core::SeedableRng;

use super::{ChallengeFile, Opening, check_opening};
use crate::ballot::{Ballot, SealedBallot, seal, tracker};
use crate::credential::Credential;
use crate::election::{Election, ElectionBuilder, Question};
use crate::error::{BallotError, BallotPlace};
use crate::group::{Point, Scalar};
use crate::hash::{b64_compact, sha256};

struct Case {
    election: Election,
    sealed: SealedBallot,
    public: Point,
}

fn marks() -> Vec<Vec<u8>> {
    vec![vec![0, 1, 0], vec![0, 1, 1]]
}

fn case() -> Case {
    let rng = &mut ChaCha20Rng::seed_from_u64(11);
    let answers: Vec<String> = ["a", "b", "c"].map(str::to_owned).to_vec();
    let election = ElectionBuilder {
        description: String::new(),
        name: "n".to_owned(),
        public_key: Point::base_mul(&Scalar::random(rng)),
        questions: vec![
            Question::one_of("1", answers.clone()),
            Question {
                answers: answers[..2].to_vec(),
                blank: true,
                min: 0,
                max: 2,
                question: "2".into(),
            },
        ],
        uuid: "eu7vLfTG49KXk9".parse().unwrap(),
        administrator: None,
        credential_authority: None,
        extra: serde_json::Map::new(),
    }
    .build()
    .unwrap();
    let credential = Credential::generate(rng);
    let sealed = seal(&election, &credential, &marks(), rng).unwrap();
    Case {
        public: credential.public(election.uuid()),
        election,
        sealed,
    }
}

#[test]
fn an_honest_device_is_seen_to_be_honest() {
    let case = case();
    let file = ChallengeFile::new(&case.election, &case.sealed, &case.public);
    let text = serde_json::to_string(&file).unwrap();
    let (election, opened) = text.parse::<ChallengeFile>().unwrap().check().unwrap();
    assert_eq!(election, case.election);
    assert_eq!(opened.choices, marks());
    assert!(
        case.sealed
            .ballot_json
            .contains(&format!("\"hash\":\"{}\"", opened.commitment))
    );
}

#[test]
fn a_spoiled_ballot_opens_without_a_signature() {
    let case = case();
    let json = &case.sealed.ballot_json;
    let at = json.find(",\"proof\":").unwrap();
    let spoiled = format!(
        "{},\"proof\":{{\"challenge\":\"0\",\"response\":\"0\"}}}}}}",
        &json[..at]
    );
    let mut opening = Opening::of(&case.election, &case.sealed, &case.public);
    opening.ballot = tracker(&spoiled).b64();
    let opened = check_opening(&case.election, &spoiled, &opening).unwrap();
    assert_eq!(opened.choices, marks());
    assert_eq!(
        crate::ballot::check(&case.election, &spoiled).err(),
        Some(BallotError::SignatureInvalid)
    );
}

fn refused(change: impl FnOnce(&mut Opening)) -> BallotError {
    let case = case();
    let mut opening = Opening::of(&case.election, &case.sealed, &case.public);
    change(&mut opening);
    check_opening(&case.election, &case.sealed.ballot_json, &opening).unwrap_err()
}

#[test]
fn each_field_of_the_opening_matters() {
    assert_eq!(
        refused(|o| o.election.replace_range(..1, "_")),
        BallotError::OpeningOther
    );
    assert_eq!(
        refused(|o| o.ballot.replace_range(..1, "_")),
        BallotError::OpeningOther
    );
    let other = Point::generator().to_string();
    assert_eq!(refused(|o| o.credential = other), BallotError::OpeningOther);
    for (question, choice) in [(0, 0), (0, 1), (1, 0), (1, 2)] {
        let error = refused(|o| o.randomness[question][choice] += Scalar::ONE);
        assert_eq!(error, BallotError::OpeningWrong(question));
    }
    assert_eq!(
        refused(|o| o.randomness[0].swap(0, 1)),
        BallotError::OpeningWrong(0)
    );
    assert_eq!(
        refused(|o| drop(o.randomness.pop())),
        BallotError::OpeningShape
    );
    assert_eq!(
        refused(|o| o.randomness[1].truncate(2)),
        BallotError::OpeningShape
    );
    assert_eq!(
        refused(|o| o.randomness[1].push(Scalar::ONE)),
        BallotError::OpeningShape
    );
}

#[test]
fn whoever_knows_the_key_cannot_open_a_ballot_to_another_mark() {
    // r' = r + (m − m')/x makes β that of the other mark; α gives it away.
    let secret = Scalar::random(&mut ChaCha20Rng::seed_from_u64(11));
    let shift = secret.invert().unwrap();
    assert_eq!(case().election.public_key(), &Point::base_mul(&secret));
    let error = refused(|o| {
        o.randomness[0][0] = o.randomness[0][0] - shift;
        o.randomness[0][1] += shift;
    });
    assert_eq!(error, BallotError::OpeningWrong(0));
}

/// The refusal of a spoiled ballot that was changed and its hash made to fit.
fn refused_ballot(change: impl FnOnce(&mut Ballot)) -> BallotError {
    let case = case();
    let mut ballot = Ballot::parse(&case.sealed.ballot_json).unwrap();
    change(&mut ballot);
    let mut signature = ballot.signature.take().unwrap();
    let signed = sha256(ballot.json().unwrap().as_bytes());
    signature.hash = b64_compact(&signed).into();
    ballot.signature = Some(signature);
    let opening = Opening::of(&case.election, &case.sealed, &case.public);
    check_opening(&case.election, &ballot.json().unwrap(), &opening).unwrap_err()
}

#[test]
fn credential_and_ciphertexts_of_a_spoiled_ballot_are_group_elements() {
    let error = refused_ballot(|ballot| ballot.credential = "f".repeat(64).into());
    assert!(matches!(
        error,
        BallotError::BallotValue {
            place: BallotPlace::Credential,
            ..
        }
    ));
    // The point of order 2 has y = −1.
    let order_two = format!("7{}ec", "f".repeat(61));
    let order_two = Point::from_hex_unchecked_subgroup(&order_two).unwrap();
    let error = refused_ballot(|ballot| {
        let alpha = &mut ballot.answers[0].choices[0].alpha;
        *alpha = (alpha.parse::<Point>().unwrap() + order_two)
            .to_string()
            .into();
    });
    assert_eq!(error, BallotError::BallotOutsideSubgroup);
}

#[test]
fn the_ballot_itself_is_checked() {
    let case = case();
    let opening = Opening::of(&case.election, &case.sealed, &case.public);
    let json = case
        .sealed
        .ballot_json
        .replacen("\"hash\":\"", "\"hash\":\"x", 1);
    assert_eq!(
        check_opening(&case.election, &json, &opening).err(),
        Some(BallotError::SignatureHash)
    );
    let json = format!("{} ", case.sealed.ballot_json);
    assert_eq!(
        check_opening(&case.election, &json, &opening).err(),
        Some(BallotError::BallotNotCanonical)
    );
}

#[test]
fn files_of_another_kind_are_refused() {
    let case = case();
    let file = ChallengeFile::new(&case.election, &case.sealed, &case.public);
    let text = serde_json::to_string(&file).unwrap();
    for changed in [
        text.replacen("\"challenge\"", "\"teller-key\"", 1),
        text.replacen("{\"pingyi\"", "{\"more\":1,\"pingyi\"", 1),
        text[1..].to_owned(),
        // Readable but for its size.
        text.clone() + &" ".repeat(super::MAX_FILE_BYTES),
    ] {
        let error = changed.parse::<ChallengeFile>().unwrap_err();
        assert!(matches!(error, BallotError::OpeningMalformed(_)));
    }
}
