use rand_chacha::ChaCha20Rng;
use rand_core::SeedableRng;

use super::*;
use crate::dkg::{Ceremony, Output, Polynomial, Seed, Teller};
use crate::group::Scalar;

const TWO_OF_THREE: Announced = Announced {
    threshold: 2,
    size: 3,
};

/// A ceremony's outcome; different `seed`, different keys.
fn pedersen(seed: u64) -> ThresholdParameters {
    let rng = &mut ChaCha20Rng::seed_from_u64(seed);
    let ceremony = Ceremony::new(3, 2).unwrap();
    let tellers: Vec<Teller> = (0..3)
        .map(|_| Teller::from_seed(&Seed::generate(rng)))
        .collect();
    let seats = (1..).zip(&tellers);
    let certs = seats
        .map(|(i, teller)| teller.cert(&ceremony.context(i).unwrap(), rng))
        .collect();
    let certified = ceremony.certified(certs).unwrap();
    let polynomials: Vec<Polynomial> = tellers
        .iter()
        .map(|teller| teller.polynomial(&certified, rng).unwrap())
        .collect();
    let outputs: Vec<Output> = (1..)
        .zip(&tellers)
        .map(|(index, teller)| {
            let input = certified.vinput(index, &polynomials).unwrap();
            teller.output(&certified, &input, rng).unwrap()
        })
        .collect();
    let trustees = certified.assemble(&polynomials, &outputs, None).unwrap();
    match &trustees.items()[0] {
        Trustee::Pedersen(parameters) => parameters.clone(),
        Trustee::Single(_) => unreachable!("a ceremony makes a Pedersen item"),
    }
}

fn single(seed: u64) -> TrusteePublicKey {
    let rng = &mut ChaCha20Rng::seed_from_u64(seed);
    SecretKey::generate(rng).public_key(None, rng)
}

fn faults_after(change: impl FnOnce(&mut ThresholdParameters)) -> Vec<TellerError> {
    let mut parameters = pedersen(1);
    change(&mut parameters);
    Trustees::new(vec![Trustee::Pedersen(parameters)]).faults(Some(TWO_OF_THREE))
}

#[test]
fn every_kind_of_list_is_taken() {
    let cases = [
        (vec![Trustee::Single(single(1).into())], 1, 1),
        (
            vec![
                Trustee::Single(single(1).into()),
                Trustee::Single(single(2).into()),
            ],
            2,
            2,
        ),
        (vec![Trustee::Pedersen(pedersen(1))], 2, 3),
        (
            vec![
                Trustee::Single(single(1).into()),
                Trustee::Pedersen(pedersen(1)),
            ],
            3,
            4,
        ),
    ];
    for (items, threshold, size) in cases {
        let trustees = Trustees::parse(Trustees::new(items).json()).unwrap();
        assert_eq!(trustees.faults(Some(Announced { threshold, size })), []);
        let owners: Vec<u32> = trustees
            .groups()
            .iter()
            .flat_map(|group| &group.tellers)
            .map(|key| key.owner)
            .collect();
        assert_eq!(owners, (1..=size).collect::<Vec<_>>());
    }
}

#[test]
fn the_joint_key_is_the_product_of_the_items() {
    let items = vec![
        Trustee::Single(single(1).into()),
        Trustee::Single(single(2).into()),
    ];
    let sum = single(1).public_key + single(2).public_key;
    assert_eq!(Trustees::new(items).joint_key().unwrap(), sum);
}

#[test]
fn the_text_must_be_canonical_and_complete() {
    let good = Trustees::new(vec![Trustee::Single(single(1).into())]);
    let spaced = good.json().replace(',', ", ");
    assert!(matches!(
        Trustees::parse(&spaced),
        Err(TellerError::NotCanonical { .. })
    ));
    for bad in [
        "",
        "{}",
        "[[]]",
        r#"[["Single"]]"#,
        r#"[["Double",{}]]"#,
        &good.json().replace("\"pok\"", "\"more\":1,\"pok\""),
        &good.json().replace("]]", ",1]]"),
    ] {
        assert!(
            matches!(Trustees::parse(bad), Err(TellerError::Malformed { .. })),
            "{bad}"
        );
    }
    let none = Trustees::new(vec![]).faults(None);
    assert!(none.contains(&TellerError::Count {
        what: "tellers",
        expected: 1,
        found: 0
    }));
}

#[test]
fn points_outside_the_subgroup_are_not_even_read() {
    let good = Trustees::new(vec![Trustee::Single(single(1).into())]);
    // The point of order 2 has y = −1.
    let order_two = "7fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffec";
    let bad = good
        .json()
        .replace(&single(1).public_key.to_string(), order_two);
    let error = Trustees::parse(&bad).unwrap_err();
    assert!(error.to_string().contains("subgroup"), "{error}");
    let faults = faults_after(|parameters| {
        let message = parameters.coefexps[0].message.clone();
        let at = message.find(":[\"").unwrap() + 3;
        let bad = message.replace(&message[at..at + 64], order_two);
        parameters.coefexps[0].message = bad;
    });
    assert!(matches!(&faults[0], TellerError::Malformed { text, .. } if text.contains("subgroup")));
    let faults = faults_after(|parameters| {
        let message = &parameters.certs[1].message;
        let keys: CertKeys = parse_exact("", message).unwrap();
        parameters.certs[1].message = message.replace(&keys.encryption.to_string(), order_two);
    });
    assert!(matches!(&faults[0], TellerError::Malformed { text, .. } if text.contains("subgroup")));
}

#[test]
fn single_keys_are_proved_and_not_neutral() {
    let mut key = single(1);
    key.pok = single(2).pok;
    let trustees = Trustees::new(vec![Trustee::Single(key.into())]);
    assert_eq!(trustees.faults(None), [TellerError::KeyProof { owner: 1 }]);
    let rng = &mut ChaCha20Rng::seed_from_u64(1);
    let neutral = SecretKey::from_scalar(Scalar::ZERO).public_key(None, rng);
    let faults = Trustees::new(vec![Trustee::Single(neutral.into())]).faults(None);
    assert!(faults.contains(&TellerError::NeutralKey {
        what: "verification key",
        index: 1
    }));
    assert!(faults.contains(&TellerError::NeutralKey {
        what: "joint key",
        index: 0
    }));
}

#[test]
fn the_same_key_may_not_stand_twice() {
    let key = Trustee::Single(single(1).into());
    let faults =
        Trustees::new(vec![key.clone(), Trustee::Single(single(2).into()), key]).faults(None);
    assert_eq!(
        faults,
        [TellerError::SameKey {
            what: "verification key",
            first: 1,
            second: 3
        }]
    );
}

#[test]
fn two_tellers_of_a_ceremony_may_not_have_the_same_key() {
    let faults = faults_after(|p| p.verification_keys[2] = p.verification_keys[0].clone());
    assert!(faults.contains(&TellerError::SameKey {
        what: "verification key",
        first: 1,
        second: 3
    }));
}

#[test]
fn numbers_are_as_announced() {
    for (threshold, size) in [(2, 4), (3, 3), (1, 3)] {
        let trustees = Trustees::new(vec![Trustee::Pedersen(pedersen(1))]);
        let faults = trustees.faults(Some(Announced { threshold, size }));
        assert!(matches!(
            faults[..],
            [TellerError::NotAsAnnounced {
                threshold: 2,
                size: 3,
                ..
            }]
        ));
    }
}

#[test]
fn nobody_holds_two_seats_of_a_ceremony() {
    let rng = &mut ChaCha20Rng::seed_from_u64(6);
    let teller = Teller::from_seed(&Seed::generate(rng));
    let ceremony = Ceremony::new(3, 2).unwrap();
    let faults = faults_after(|parameters| {
        for index in [1, 3] {
            let context = ceremony.context(index).unwrap();
            parameters.certs[index as usize - 1] = teller.cert(&context, rng);
        }
    });
    assert!(faults.contains(&TellerError::SameKey {
        what: "certified key",
        first: 1,
        second: 3
    }));
}

type Change = Box<dyn FnOnce(&mut ThresholdParameters)>;

#[test]
fn every_part_of_a_ceremony_is_checked() {
    let other = pedersen(2);
    let from = |change: fn(&mut ThresholdParameters, &ThresholdParameters)| -> Change {
        let other = other.clone();
        Box::new(move |parameters| change(parameters, &other))
    };
    let cases: Vec<(Change, TellerError)> = vec![
        (
            from(|p, o| p.certs[0].signature = o.certs[0].signature),
            TellerError::CertSignature { index: 1 },
        ),
        (
            from(|p, _| p.certs.swap(0, 1)),
            TellerError::CertContext { index: 1 },
        ),
        (
            from(|p, _| p.threshold = 3),
            TellerError::CertContext { index: 1 },
        ),
        (
            from(|p, _| p.threshold = 4),
            TellerError::Threshold {
                threshold: 4,
                size: 3,
            },
        ),
        (
            from(|p, _| p.threshold = 0),
            TellerError::Threshold {
                threshold: 0,
                size: 3,
            },
        ),
        (
            from(|p, o| p.coefexps[1].signature = o.coefexps[1].signature),
            TellerError::CommitmentSignature { index: 2 },
        ),
        (
            from(|p, o| p.signatures[2] = o.signatures[2]),
            TellerError::CertsSignature { index: 3 },
        ),
        (
            from(|p, o| p.verification_keys[0].pok = o.verification_keys[0].pok),
            TellerError::KeyProof { owner: 1 },
        ),
        (
            from(|p, _| p.verification_keys[0].signature = None),
            TellerError::KeySignature { owner: 1 },
        ),
        (
            from(|p, o| p.verification_keys[1].signature = o.verification_keys[1].signature),
            TellerError::KeySignature { owner: 2 },
        ),
        (
            from(|p, o| p.verification_keys[1] = o.verification_keys[1].clone()),
            TellerError::KeyMismatch { owner: 2 },
        ),
    ];
    for (change, expected) in cases {
        let faults = faults_after(change);
        assert!(faults.contains(&expected), "{expected:?} not in {faults:?}");
    }
    assert_eq!(faults_after(|_| ()), []);
}

#[test]
fn every_list_of_a_ceremony_has_one_entry_for_each_teller() {
    for (change, what) in [
        (
            (|p| p.coefexps.truncate(2)) as fn(&mut ThresholdParameters),
            "commitments",
        ),
        (
            |p| p.signatures.truncate(2),
            "signatures of the certificates",
        ),
        (|p| p.verification_keys.truncate(2), "verification keys"),
    ] {
        let faults = faults_after(change);
        let expected = TellerError::Count {
            what,
            expected: 3,
            found: 2,
        };
        assert!(faults.contains(&expected), "{faults:?}");
    }
    let faults = faults_after(|p| p.certs.clear());
    assert!(
        faults.contains(&TellerError::Threshold {
            threshold: 2,
            size: 0
        }),
        "{faults:?}"
    );
}

#[test]
fn commitments_of_another_length_are_refused() {
    // Signed by the right teller all the same: only the length is wrong.
    let rng = &mut ChaCha20Rng::seed_from_u64(5);
    let seat = Teller::from_seed(&Seed::generate(rng));
    let context = Context::new(3, 2, 1).unwrap();
    let cert = seat.cert(&context, rng);
    let keys = CertKeys::check(&context, &cert).unwrap();
    let longer = Ceremony::new(3, 3).unwrap();
    let mut certs: Vec<Signed> = vec![seat.cert(&longer.context(1).unwrap(), rng)];
    for index in 2..=3 {
        let teller = Teller::from_seed(&Seed::generate(rng));
        certs.push(teller.cert(&longer.context(index).unwrap(), rng));
    }
    let certified = longer.certified(certs).unwrap();
    let message = seat.polynomial(&certified, rng).unwrap().coefexps;
    assert!(message.verify(&keys.verification));
    let expected = TellerError::CommitmentLength {
        index: 1,
        expected: 2,
        found: 3,
    };
    assert_eq!(parse_coefexps(&message, &keys), Err(expected));
}

#[test]
fn codes_are_stable() {
    assert_eq!(TellerError::Seed.code(), "teller_seed");
    assert_eq!(
        TellerError::KeyProof { owner: 1 }.code(),
        "teller_key_proof"
    );
}
