//! What must hold for every ballot: sealing, checking and adding up gives the sum of the
//! marks; no changed bit is accepted; the order of raters does not matter.

#![allow(clippy::unwrap_used)]

use pingyi_ballot::BallotError;
use pingyi_ballot::ballot::{CheckedBallot, Ciphertext, check, seal};
use pingyi_ballot::challenge::{ChallengeFile, Opening};
use pingyi_ballot::credential::{Credential, Roll};
use pingyi_ballot::election::{Election, ElectionBuilder, Question};
use pingyi_ballot::group::{Point, Scalar};
use pingyi_ballot::tally::{EncryptedTally, Weight, counted};
use proptest::prelude::*;
use rand_chacha::ChaCha20Rng;
use rand_core::SeedableRng;

const KEY: u64 = 20_181_231;

fn rng(seed: u64) -> ChaCha20Rng {
    ChaCha20Rng::seed_from_u64(seed)
}

fn election(questions: Vec<Question>) -> Election {
    ElectionBuilder {
        description: String::new(),
        name: "properties".to_owned(),
        public_key: Point::base_mul(&Scalar::from(KEY)),
        questions,
        uuid: "eu7vLfTG49KXk9".parse().unwrap(),
        administrator: None,
        credential_authority: None,
        extra: serde_json::Map::new(),
    }
    .build()
    .unwrap()
}

fn cast(election: &Election, rater: u64, marks: &[Vec<u8>]) -> CheckedBallot {
    let credential = Credential::generate(&mut rng(rater));
    let sealed = seal(election, &credential, marks, &mut rng(rater + 1_000_000)).unwrap();
    check(election, &sealed.ballot_json).unwrap()
}

/// What a cell holds, opened with the test key.
fn opened(cell: &Ciphertext) -> Option<u64> {
    let plain = cell.beta - cell.alpha.mul(&Scalar::from(KEY));
    (0..=4000).find(|n| Point::base_mul(&Scalar::from(*n)) == plain)
}

fn question() -> impl Strategy<Value = Question> {
    (1..4_usize, any::<bool>(), 0..3_usize, 0..3_usize).prop_map(|(n, blank, min, more)| {
        let answers = (0..n).map(|k| format!("答{k}")).collect();
        let min = min.min(n);
        Question {
            answers,
            blank,
            min,
            max: (min + more).min(n),
            question: "问".to_owned(),
        }
    })
}

/// Admitted marks for each question, chosen by a number.
fn marks(questions: &[Question], choice: usize) -> Vec<Vec<u8>> {
    let of = |(index, question): (usize, &Question)| {
        let n = question.choices();
        let admitted: Vec<Vec<u8>> = (0..1_u32 << n)
            .map(|bits| (0..n).map(|k| u8::from(bits >> k & 1 == 1)).collect())
            .filter(|marks: &Vec<u8>| question.admits(marks))
            .collect();
        admitted[(choice + 7 * index) % admitted.len()].clone()
    };
    questions.iter().enumerate().map(of).collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn the_tally_holds_the_sum_of_the_marks(
        questions in prop::collection::vec(question(), 1..4),
        raters in prop::collection::vec((any::<usize>(), 0..600_u64), 1..5),
    ) {
        let election = election(questions.clone());
        let mut expected: Vec<Vec<u64>> =
            questions.iter().map(|q| vec![0; q.choices()]).collect();
        let mut ballots = Vec::new();
        for (rater, (choice, weight)) in raters.into_iter().enumerate() {
            let marks = marks(&questions, choice % 1000);
            for (sums, row) in expected.iter_mut().zip(&marks) {
                for (sum, mark) in sums.iter_mut().zip(row) {
                    *sum += weight * u64::from(*mark);
                }
            }
            ballots.push((cast(&election, rater as u64, &marks), Weight::new(weight).unwrap()));
        }
        let weighed = || ballots.iter().map(|(ballot, weight)| (ballot, *weight));
        let tally = EncryptedTally::of(&election, weighed()).unwrap();
        for (cells, sums) in tally.cells().iter().zip(&expected) {
            for (cell, sum) in cells.iter().zip(sums) {
                prop_assert_eq!(opened(cell), Some(*sum));
            }
        }
        // Order of raters does not matter.
        let mut turned: Vec<_> = weighed().collect();
        turned.reverse();
        let middle = turned.len() / 2;
        turned.rotate_left(middle);
        prop_assert_eq!(EncryptedTally::of(&election, turned).unwrap().json(), tally.json());
        prop_assert_eq!(EncryptedTally::parse(&election, &tally.json()).unwrap(), tally);
    }

    #[test]
    fn of_each_rater_the_last_counts_in_whatever_order_the_others_came(
        turns in prop::collection::vec((0..3_u64, 0..4_usize), 1..7),
        split in any::<prop::sample::Index>(),
    ) {
        let questions = vec![Question::one_of("q", (0..4).map(|k| k.to_string()).collect())];
        let election = election(questions.clone());
        let ballots: Vec<CheckedBallot> = turns
            .iter()
            .map(|(rater, choice)| cast(&election, *rater, &marks(&questions, *choice)))
            .collect();
        let tally = |ballots: &[&CheckedBallot]| {
            let last = counted(ballots.iter().copied());
            EncryptedTally::of(&election, last.into_iter().map(|b| (b, Weight::ONE))).unwrap()
        };
        let mut expected = [0_u64; 4];
        for rater in 0..3 {
            if let Some((_, choice)) = turns.iter().rev().find(|(who, _)| *who == rater) {
                let chosen = marks(&questions, *choice)[0].iter().position(|m| *m == 1);
                expected[chosen.unwrap()] += 1;
            }
        }
        let all: Vec<&CheckedBallot> = ballots.iter().collect();
        let sums = tally(&all);
        let found: Vec<Option<u64>> = sums.cells()[0].iter().map(opened).collect();
        prop_assert_eq!(found, expected.map(Some).to_vec());
        // One rater's ballots moved behind all others keep their own order.
        let mover = turns[split.index(turns.len())].0;
        let (theirs, others): (Vec<_>, Vec<_>) =
            all.into_iter().zip(&turns).partition(|(_, (rater, _))| *rater == mover);
        let moved: Vec<&CheckedBallot> =
            others.into_iter().chain(theirs).map(|(ballot, _)| ballot).collect();
        prop_assert_eq!(tally(&moved), sums);
    }

    #[test]
    fn parsers_never_panic(text in ".{0,400}", bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        let election = election(vec![Question::one_of("q", vec!["a".to_owned()])]);
        for text in [text.as_str(), &String::from_utf8_lossy(&bytes)] {
            prop_assert!(check(&election, text).is_err());
            prop_assert!(Election::parse(text).is_err());
            prop_assert!(text.parse::<ChallengeFile>().is_err());
            prop_assert!(EncryptedTally::parse(&election, text).is_err());
            let _ = (text.parse::<Point>(), text.parse::<Scalar>(), text.parse::<Credential>());
            let _ = (Roll::parse(text), text.parse::<Weight>());
        }
    }
}

fn one_ballot() -> (Election, String) {
    let questions = vec![
        Question::one_of("q", vec!["a".to_owned(), "b".to_owned()]),
        Question {
            answers: vec!["a".to_owned()],
            blank: true,
            min: 0,
            max: 1,
            question: "r".to_owned(),
        },
    ];
    let election = election(questions);
    let credential = Credential::generate(&mut rng(1));
    let made = seal(
        &election,
        &credential,
        &[vec![1, 0], vec![0, 1]],
        &mut rng(2),
    )
    .unwrap();
    (election, made.ballot_json.clone())
}

/// Every bit of a whole ballot, one by one: more than a sample.
#[test]
fn no_changed_bit_is_accepted() {
    let (election, json) = one_ballot();
    assert!(check(&election, &json).is_ok());
    let mut bytes = json.into_bytes();
    for place in 0..bytes.len() {
        for bit in 0..8 {
            bytes[place] ^= 1 << bit;
            if let Ok(text) = std::str::from_utf8(&bytes) {
                assert!(check(&election, text).is_err(), "byte {place}, bit {bit}");
            }
            bytes[place] ^= 1 << bit;
        }
    }
}

#[test]
fn no_shortened_or_lengthened_ballot_is_accepted() {
    let (election, json) = one_ballot();
    for length in 0..json.len() {
        assert!(check(&election, &json[..length]).is_err());
    }
    for tail in ["0", " ", "\n", "}", "\0"] {
        let error = check(&election, &format!("{json}{tail}")).unwrap_err();
        assert!(matches!(
            error,
            BallotError::BallotMalformed(_) | BallotError::BallotNotCanonical
        ));
    }
}

#[test]
fn an_opening_of_another_ballot_is_refused() {
    let (election, json) = one_ballot();
    let credential = Credential::generate(&mut rng(1));
    let other = seal(
        &election,
        &credential,
        &[vec![1, 0], vec![0, 1]],
        &mut rng(3),
    )
    .unwrap();
    let public = credential.public(election.uuid());
    let mut opening = Opening::of(&election, &other, &public);
    let refused = pingyi_ballot::challenge::check_opening(&election, &json, &opening);
    assert_eq!(refused, Err(BallotError::OpeningOther));
    opening.ballot = pingyi_ballot::ballot::tracker(&json).b64();
    let refused = pingyi_ballot::challenge::check_opening(&election, &json, &opening);
    assert_eq!(refused, Err(BallotError::OpeningWrong(0)));
}
