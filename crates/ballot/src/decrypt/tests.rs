use rand_chacha::ChaCha20Rng;
use rand_core::SeedableRng;

use super::*;
use crate::ballot::Ciphertext;
use crate::election::{Election, ElectionBuilder, Question};
use crate::group::{Point, Scalar};
use crate::proof::Proof;
use crate::tally::{EncryptedTally, Weight};
use crate::trustee::{SecretKey, TellerGroup, TellerKey};

const MARKS: [[u64; 3]; 2] = [[2, 0, 5], [7, 0, 0]];
const TOTAL: u64 = 7;

/// Keys on the line f(x) = 1000 + 7x for three tellers, two needed, after one who must take part.
struct Scene {
    election: Election,
    tally: EncryptedTally,
    task: Task,
    keys: Vec<SecretKey>,
    groups: Vec<TellerGroup>,
    rng: ChaCha20Rng,
}

fn scene() -> Scene {
    let mut rng = ChaCha20Rng::seed_from_u64(3);
    let numbers = [50_u64, 1007, 1014, 1021];
    let keys: Vec<SecretKey> = numbers
        .iter()
        .map(|n| SecretKey::from_scalar(Scalar::from(*n)))
        .collect();
    let y = Point::base_mul(&Scalar::from(1050));
    let election = election(y);
    let rows: Vec<Vec<Ciphertext>> = MARKS
        .iter()
        .map(|row| row.iter().map(|n| encrypt(&y, *n, &mut rng)).collect())
        .collect();
    let tally = EncryptedTally::parse(&election, &serde_json::to_string(&rows).unwrap()).unwrap();
    let task = Task::new(&election, &tally);
    let teller = |owner: u32| TellerKey {
        owner,
        key: keys[owner as usize - 1].public(),
        name: None,
    };
    let groups = vec![
        TellerGroup {
            threshold: 1,
            tellers: vec![teller(1)],
        },
        TellerGroup {
            threshold: 2,
            tellers: vec![teller(2), teller(3), teller(4)],
        },
    ];
    Scene {
        election,
        tally,
        task,
        keys,
        groups,
        rng,
    }
}

fn election(public_key: Point) -> Election {
    let answers: Vec<String> = ["好", "较好", "差"].map(str::to_owned).to_vec();
    ElectionBuilder {
        description: String::new(),
        name: "评议".into(),
        public_key,
        questions: vec![
            Question::one_of("甲", answers.clone()),
            Question::one_of("乙", answers),
        ],
        uuid: "eu7vLfTG49KXk9".parse().unwrap(),
        administrator: None,
        credential_authority: None,
        extra: serde_json::Map::new(),
    }
    .build()
    .unwrap()
}

fn encrypt(y: &Point, n: u64, rng: &mut ChaCha20Rng) -> Ciphertext {
    let r = Scalar::random(rng);
    Ciphertext {
        alpha: Point::base_mul(&r),
        beta: y.mul(&r) + Point::base_mul(&Scalar::from(n)),
    }
}

impl Scene {
    fn share(&mut self, owner: u32) -> TellerShare {
        self.task
            .share(owner, &self.keys[owner as usize - 1], &mut self.rng)
    }

    fn factors(&mut self, owners: &[u32]) -> Shares {
        owners
            .iter()
            .map(|owner| {
                (
                    *owner,
                    self.share(*owner)
                        .partial_decryption
                        .decryption_factors
                        .concat(),
                )
            })
            .collect()
    }

    fn key(&self, owner: u32) -> Point {
        self.keys[owner as usize - 1].public()
    }

    fn result(&mut self, owners: &[u32]) -> Result<ElectionResult, DecryptError> {
        let shares = self.factors(owners);
        ElectionResult::compute(&self.tally, total(), &self.groups, &shares)
    }

    fn faults(&mut self, result: &ElectionResult, owners: &[u32]) -> Vec<DecryptError> {
        let shares = self.factors(owners);
        result.faults(&self.election, &self.tally, total(), &self.groups, &shares)
    }
}

fn total() -> Weight {
    Weight::new(TOTAL).unwrap()
}

fn expected() -> ElectionResult {
    ElectionResult {
        result: MARKS
            .map(|row| row.map(|n| Weight::new(n).unwrap()).to_vec())
            .to_vec(),
    }
}

#[test]
fn any_sufficient_set_of_tellers_opens_the_same_result() {
    let mut scene = scene();
    for owners in [&[1, 2, 3][..], &[1, 2, 4], &[1, 3, 4], &[1, 2, 3, 4]] {
        let result = scene.result(owners).unwrap();
        assert_eq!(result, expected());
        assert_eq!(scene.faults(&result, owners), []);
    }
}

#[test]
fn too_few_tellers_open_nothing() {
    let mut scene = scene();
    for owners in [&[][..], &[1], &[1, 2], &[2, 3, 4]] {
        assert!(
            matches!(scene.result(owners), Err(DecryptError::TooFew { .. })),
            "{owners:?}"
        );
        assert!(matches!(
            scene.faults(&expected(), owners)[..],
            [DecryptError::TooFew { .. }]
        ));
    }
}

#[test]
fn honest_shares_are_accepted_and_bound_to_their_owner() {
    let mut scene = scene();
    let share = scene.share(2);
    assert_eq!(scene.task.check_share(2, &scene.key(2), &share), []);
    // The same share said to be teller 3's, or judged by another key.
    let faults = scene.task.check_share(3, &scene.key(2), &share);
    assert_eq!(faults.len(), 6);
    assert!(
        faults
            .iter()
            .all(|fault| matches!(fault, DecryptError::StrongProof { owner: 3, .. }))
    );
    assert_eq!(scene.task.check_share(2, &scene.key(3), &share).len(), 12);
}

#[test]
fn a_wrong_factor_is_found_by_both_proofs() {
    let mut scene = scene();
    let mut share = scene.share(2);
    share.partial_decryption.decryption_factors[1][2] += Point::generator();
    let place = Place(1, 2);
    assert_eq!(
        scene.task.check_share(2, &scene.key(2), &share),
        [
            DecryptError::Proof { owner: 2, place },
            DecryptError::StrongProof { owner: 2, place }
        ]
    );
}

#[test]
fn a_factor_forged_under_the_weak_challenge_is_found_by_the_strong_proof() {
    // The published challenge covers neither α nor F, so a teller who chooses the commitment B first
    // can solve for a false F. The published proof then holds; nothing but the strong one can tell.
    let mut scene = scene();
    let mut share = scene.share(2);
    let (place, alpha) = (Place(0, 0), scene.tally.cells()[0][0].alpha);
    let secret = *scene.keys[1].scalar();
    let prefix = format!("decrypt|{}|{}|", scene.election.fingerprint(), scene.key(2));
    let w = Scalar::random(&mut scene.rng);
    let b = Point::base_mul(&Scalar::random(&mut scene.rng));
    let challenge = crate::hash::hash_to_scalar(&prefix, &[Point::base_mul(&w), b]);
    let response = w - secret * challenge;
    let forged = (b - alpha.mul(&response)).mul(&challenge.invert().unwrap());
    assert_ne!(forged, share.partial_decryption.decryption_factors[0][0]);
    share.partial_decryption.decryption_factors[0][0] = forged;
    share.partial_decryption.decryption_proofs[0][0] = Proof {
        challenge,
        response,
    };
    let published = scene
        .task
        .check_published(2, &scene.key(2), &share.partial_decryption);
    assert_eq!(published, []);
    let all = scene.task.check_share(2, &scene.key(2), &share);
    assert_eq!(all, [DecryptError::StrongProof { owner: 2, place }]);
}

#[test]
fn strong_proofs_are_bound_to_cell_tally_and_election() {
    let mut scene = scene();
    let share = scene.share(2);
    let mut swapped = share.clone();
    swapped.strong[0].swap(0, 1);
    assert_eq!(scene.task.check_share(2, &scene.key(2), &swapped).len(), 2);
    let other = Task::new(&election(Point::generator()), &scene.tally);
    let strong = |task: &Task, share: &TellerShare| {
        task.check_strong(2, &scene.key(2), &share.partial_decryption, &share.strong)
            .len()
    };
    assert_eq!(strong(&other, &share), 6);
    // Another tally with the same α in five cells.
    let mut cells = scene.tally.cells().to_vec();
    cells[1][2].beta += Point::generator();
    let json = serde_json::to_string(&cells).unwrap();
    let other = EncryptedTally::parse(&scene.election, &json).unwrap();
    assert_eq!(strong(&Task::new(&scene.election, &other), &share), 6);
    assert_eq!(strong(&scene.task, &share), 0);
}

#[test]
fn shares_have_one_factor_and_proof_for_each_cell() {
    let mut scene = scene();
    let good = scene.share(2);
    let changes: [fn(&mut TellerShare); 5] = [
        |share| share.partial_decryption.decryption_factors[0].truncate(2),
        |share| share.partial_decryption.decryption_proofs[1].truncate(1),
        |share| share.partial_decryption.decryption_factors.push(vec![]),
        |share| share.strong.truncate(1),
        |share| {
            let moved = share.strong[0].pop().unwrap();
            share.strong[1].push(moved);
        },
    ];
    for change in changes {
        let mut share = good.clone();
        change(&mut share);
        let faults = scene.task.check_share(2, &scene.key(2), &share);
        assert!(
            matches!(faults[..], [DecryptError::Shape { owner: 2, .. }]),
            "{faults:?}"
        );
    }
}

#[test]
fn a_surplus_share_off_the_polynomial_is_found() {
    let mut scene = scene();
    let places: Vec<Place> = scene.task.places().collect();
    let mut shares = scene.factors(&[1, 2, 3, 4]);
    assert_eq!(inconsistencies(&scene.groups, &shares, &places), []);
    shares.get_mut(&4).unwrap()[3] += Point::generator();
    let found = inconsistencies(&scene.groups, &shares, &places);
    assert_eq!(
        found,
        [DecryptError::Inconsistent {
            owner: 4,
            place: Place(1, 0)
        }]
    );
    // A false share among those used shows in the surplus one.
    let mut shares = scene.factors(&[1, 2, 3, 4]);
    shares.get_mut(&2).unwrap()[0] += Point::generator();
    let found = inconsistencies(&scene.groups, &shares, &places);
    assert_eq!(
        found,
        [DecryptError::Inconsistent {
            owner: 4,
            place: Place(0, 0)
        }]
    );
}

#[test]
fn a_false_result_is_found_cell_by_cell() {
    let mut scene = scene();
    let number = |n| Weight::new(n).unwrap();
    let mut result = expected();
    result.result[0] = vec![number(3), number(0), number(4)];
    let wrong = |answer| DecryptError::WrongResult {
        place: Place(0, answer),
    };
    assert_eq!(scene.faults(&result, &[1, 2, 3]), [wrong(0), wrong(2)]);
    let mut result = expected();
    result.result[1][1] = number(1);
    assert_eq!(
        scene.faults(&result, &[1, 2, 3]),
        [
            DecryptError::WrongResult { place: Place(1, 1) },
            DecryptError::RowSum {
                question: 1,
                expected: 7,
                found: 8
            }
        ]
    );
    let mut result = expected();
    result.result[1][1] = number(8);
    let faults = scene.faults(&result, &[1, 2, 3]);
    assert!(matches!(faults[0], DecryptError::NoNumber { bound: 7, .. }));
    let mut result = expected();
    result.result[1].pop();
    assert!(matches!(
        scene.faults(&result, &[1, 2, 3])[..],
        [DecryptError::Shape { .. }]
    ));
}

#[test]
fn row_sums_speak_only_where_each_ballot_marks_one_answer() {
    let answers = vec!["a".to_owned(), "b".to_owned(), "c".to_owned()];
    let one = Question::one_of("q", answers.clone());
    let several = Question {
        max: 2,
        ..one.clone()
    };
    let none = Question {
        min: 0,
        ..one.clone()
    };
    let blank = Question {
        blank: true,
        answers: answers[..2].to_vec(),
        ..one.clone()
    };
    let result = expected();
    let eight = Weight::new(8).unwrap();
    let questions = |question: &Question| vec![question.clone(), question.clone()];
    assert_eq!(result.row_sum_faults(&questions(&one), total()), []);
    assert_eq!(result.row_sum_faults(&questions(&one), eight).len(), 2);
    for question in [several, none, blank] {
        assert_eq!(result.row_sum_faults(&questions(&question), eight), []);
    }
}

#[test]
fn a_cell_beyond_the_total_is_found() {
    let mut scene = scene();
    let shares = scene.factors(&[1, 2, 3]);
    let six = Weight::new(6).unwrap();
    let error = ElectionResult::compute(&scene.tally, six, &scene.groups, &shares);
    assert_eq!(
        error,
        Err(DecryptError::NoNumber {
            place: Place(1, 0),
            bound: 6
        })
    );
}

#[test]
fn discrete_logarithms_up_to_the_bound() {
    for bound in [0, 1, 2, 255, 256, 257, 1000, 70_000] {
        let logs = DiscreteLogs::new(bound);
        for n in [0, 1, bound / 3, bound / 2, bound.saturating_sub(1), bound] {
            if n <= bound {
                assert_eq!(
                    logs.find(&Point::base_mul(&Scalar::from(n))),
                    Some(n),
                    "{n} of {bound}"
                );
            }
        }
        for beyond in [
            Scalar::from(bound + 1),
            Scalar::from(bound + 300),
            -Scalar::ONE,
        ] {
            assert_eq!(logs.find(&Point::base_mul(&beyond)), None);
        }
    }
    let large = DiscreteLogs::new(1 << 40);
    let n = (1 << 40) - 12_345;
    assert_eq!(large.find(&Point::base_mul(&Scalar::from(n))), Some(n));
}

#[test]
fn texts_are_canonical() {
    let mut scene = scene();
    let share = scene.share(2).partial_decryption;
    assert_eq!(PartialDecryption::parse(&share.json()).unwrap(), share);
    let spaced = share.json().replace(',', ", ");
    assert!(matches!(
        PartialDecryption::parse(&spaced),
        Err(DecryptError::NotCanonical { .. })
    ));
    assert!(matches!(
        PartialDecryption::parse("{}"),
        Err(DecryptError::Malformed { .. })
    ));
    let hash = crate::archive::Hash::of(b"x");
    let owned = Owned {
        owner: 2,
        payload: hash,
    };
    assert_eq!(owned.json(), format!(r#"{{"owner":2,"payload":"{hash}"}}"#));
    assert_eq!(Owned::parse(&owned.json()).unwrap(), owned);
    let result = ElectionResult {
        result: vec![vec![
            Weight::new((1 << 30) - 1).unwrap(),
            Weight::new(1 << 30).unwrap(),
        ]],
    };
    assert_eq!(result.json(), r#"{"result":[[1073741823,"1073741824"]]}"#);
    assert_eq!(ElectionResult::parse(&result.json()).unwrap(), result);
    assert!(matches!(
        ElectionResult::parse(r#"{"result": [[5]]}"#),
        Err(DecryptError::NotCanonical { .. })
    ));
    assert!(ElectionResult::parse(r#"{"result":[["5"]]}"#).is_err());
    assert!(ElectionResult::parse(r#"{"result":[[-5]]}"#).is_err());
}

#[test]
fn the_sidecar_says_what_it_is_for() {
    let mut scene = scene();
    let hash = crate::archive::Hash::of(scene.tally.json().as_bytes());
    let fingerprint = scene.election.fingerprint().to_owned();
    let mut sidecar = Sidecar::new(&fingerprint, hash);
    let proofs = scene.share(2).strong;
    sidecar.shares.push(StrongShare {
        owner: 2,
        proofs: proofs.clone(),
    });
    let sidecar = Sidecar::parse(&sidecar.json()).unwrap();
    assert_eq!(sidecar.is_for(&fingerprint, &hash), Ok(()));
    assert_eq!(sidecar.proofs_of(2), Some(&proofs[..]));
    assert_eq!(sidecar.proofs_of(3), None);
    let other = |what| Err(DecryptError::OtherStatement { what });
    assert_eq!(sidecar.is_for("x", &hash), other("election"));
    assert_eq!(
        sidecar.is_for(&fingerprint, &crate::archive::Hash::of(b"x")),
        other("tally")
    );
    let newer = Sidecar {
        version: 2,
        ..sidecar
    };
    assert_eq!(newer.is_for(&fingerprint, &hash), other("version"));
}
