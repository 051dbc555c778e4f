use rand_chacha::ChaCha20Rng;
use rand_core::SeedableRng;

use super::{EncryptedTally, SizedEncryptedTally, Weight, counted};
use crate::ballot::{CheckedBallot, check, seal};
use crate::credential::Credential;
use crate::election::{Election, ElectionBuilder, Question};
use crate::error::BallotError;
use crate::group::{Point, Scalar};

const KEY: u64 = 987_654_321;

fn election(name: &str) -> Election {
    let answers: Vec<String> = ["a", "b", "c"].map(str::to_owned).to_vec();
    ElectionBuilder {
        description: String::new(),
        name: name.to_owned(),
        public_key: Point::base_mul(&Scalar::from(KEY)),
        questions: vec![
            Question::one_of("1", answers.clone()),
            Question {
                answers,
                blank: true,
                min: 0,
                max: 3,
                question: "2".to_owned(),
            },
        ],
        uuid: "eu7vLfTG49KXk9".parse().unwrap(),
        administrator: None,
        credential_authority: None,
        extra: serde_json::Map::new(),
    }
    .build()
    .unwrap()
}

fn ballot(election: &Election, credential: u64, marks: [&[u8]; 2]) -> CheckedBallot {
    let credential = Credential::generate(&mut ChaCha20Rng::seed_from_u64(credential));
    let rng = &mut ChaCha20Rng::seed_from_u64(8);
    let marks = marks.map(<[u8]>::to_vec);
    let made = seal(election, &credential, &marks, rng).unwrap();
    check(election, &made.ballot_json).unwrap()
}

/// Opens the tally with the key, for small sums.
fn opened(tally: &EncryptedTally) -> Vec<Vec<u64>> {
    let open = |cell: &crate::ballot::Ciphertext| {
        let plain = cell.beta - cell.alpha.mul(&Scalar::from(KEY));
        (0..10_000)
            .find(|n| Point::base_mul(&Scalar::from(*n)) == plain)
            .unwrap()
    };
    tally
        .cells()
        .iter()
        .map(|row| row.iter().map(open).collect())
        .collect()
}

#[test]
fn sums_with_weights() {
    let election = election("x");
    let ballots = [
        ballot(&election, 1, [&[1, 0, 0], &[0, 1, 1, 1]]),
        ballot(&election, 2, [&[0, 1, 0], &[1, 0, 0, 0]]),
        ballot(&election, 3, [&[0, 1, 0], &[0, 0, 0, 1]]),
    ];
    let weights = [1, 0, 500].map(|w| Weight::new(w).unwrap());
    let tally = EncryptedTally::of(&election, ballots.iter().zip(weights)).unwrap();
    assert_eq!(opened(&tally), [vec![1, 500, 0], vec![0, 1, 1, 501]]);

    let sized = SizedEncryptedTally::new(&tally, weights).unwrap();
    assert_eq!((sized.num_tallied, sized.total_weight.get()), (3, 501));
    assert_eq!(
        sized.encrypted_tally,
        crate::hash::sha256_hex(tally.json().as_bytes())
    );
}

#[test]
fn adding_and_removing_and_merging_agree_with_one_pass() {
    let election = election("x");
    let all: Vec<_> = (1..5)
        .map(|n| ballot(&election, n, [&[0, 0, 1], &[0, 1, 0, 1]]))
        .collect();
    let once = |range: &[CheckedBallot]| {
        EncryptedTally::of(&election, range.iter().map(|b| (b, Weight::ONE))).unwrap()
    };
    let mut halves = once(&all[..2]);
    halves.merge(&once(&all[2..])).unwrap();
    assert_eq!(halves, once(&all));
    assert_eq!(halves.json(), once(&all).json());
    let heavy = Weight::new(7).unwrap();
    halves.add(all[0].answers(), heavy).unwrap();
    assert_ne!(halves, once(&all));
    halves.remove(all[0].answers(), heavy).unwrap();
    assert_eq!(halves, once(&all));
}

#[test]
fn the_last_ballot_of_a_credential_counts() {
    let election = election("x");
    let first = ballot(&election, 1, [&[1, 0, 0], &[1, 0, 0, 0]]);
    let other = ballot(&election, 2, [&[0, 1, 0], &[1, 0, 0, 0]]);
    let second = ballot(&election, 1, [&[0, 0, 1], &[0, 0, 0, 0]]);
    assert_eq!(counted([&first, &other, &second]), [&other, &second]);
    assert_eq!(counted([&second, &other, &first]), [&other, &first]);
    assert!(counted([]).is_empty());
}

#[test]
fn json_is_canonical_and_of_the_right_shape() {
    let election = election("x");
    let empty = EncryptedTally::empty(&election);
    let one = format!("{}1", "0".repeat(63));
    let cell = format!("{{\"alpha\":\"{one}\",\"beta\":\"{one}\"}}");
    let row = |n| format!("[{}]", vec![cell.as_str(); n].join(","));
    let expected = format!("[{},{}]", row(3), row(4));
    assert_eq!(empty.json(), expected);
    assert_eq!(serde_json::to_string(&empty).unwrap(), expected);
    assert_eq!(EncryptedTally::parse(&election, &expected).unwrap(), empty);
    let shape = format!("[{},{}]", row(4), row(3));
    assert_eq!(
        EncryptedTally::parse(&election, &shape).err(),
        Some(BallotError::TallyShape)
    );
    for json in [
        format!("{expected} "),
        expected.replace("01\"}]]", "00\"}]]"),
        String::new(),
    ] {
        let error = EncryptedTally::parse(&election, &json).unwrap_err();
        assert!(matches!(error, BallotError::TallyMalformed(_)), "{error:?}");
    }
}

#[test]
fn ballots_of_another_election_are_not_added() {
    let (this, other) = (election("x"), election("y"));
    let stranger = ballot(&other, 1, [&[1, 0, 0], &[1, 0, 0, 0]]);
    let refused = EncryptedTally::of(&this, [(&stranger, Weight::ONE)]);
    assert_eq!(refused.err(), Some(BallotError::TallyShape));
    let mut tally = EncryptedTally::empty(&this);
    assert_eq!(
        tally.add(&[], Weight::ONE).err(),
        Some(BallotError::TallyShape)
    );
}

#[test]
fn weights_in_json() {
    for (n, json) in [
        (0, "0"),
        (1_073_741_823, "1073741823"),
        (1_073_741_824, "\"1073741824\""),
    ] {
        let weight = Weight::new(n).unwrap();
        assert_eq!(serde_json::to_string(&weight).unwrap(), json);
        assert_eq!(serde_json::from_str::<Weight>(json).unwrap(), weight);
    }
    for json in [
        "1073741824",
        "\"1\"",
        "-1",
        "1.0",
        "\"01073741824\"",
        "null",
        "\"1e30\"",
    ] {
        assert!(serde_json::from_str::<Weight>(json).is_err(), "{json}");
    }
    assert_eq!(
        Weight::new(u64::MAX).err(),
        Some(BallotError::WeightTooLarge)
    );
    assert_eq!(
        Weight::total([Weight::MAX, Weight::ONE]).err(),
        Some(BallotError::WeightTooLarge)
    );
}
