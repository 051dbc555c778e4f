use rand_chacha::ChaCha20Rng;
use rand_core::SeedableRng;

use super::channel::{receive, send};
use super::message::Share;
use super::*;
use crate::group::{Point, Scalar};
use crate::proof::Proof;
use crate::trustee::{Announced, Context, SecretKey, Signed, TellerError, Trustees, to_json};

mod teller;

struct Played {
    tellers: Vec<Teller>,
    certified: Certified,
    polynomials: Vec<Polynomial>,
    outputs: Vec<Output>,
    rng: ChaCha20Rng,
}

fn tellers(size: u32, rng: &mut ChaCha20Rng) -> Vec<Teller> {
    (0..size)
        .map(|_| Teller::from_seed(&Seed::generate(rng)))
        .collect()
}

fn play(size: u32, threshold: u32) -> Played {
    let mut rng = ChaCha20Rng::seed_from_u64(7);
    let ceremony = Ceremony::new(size, threshold).unwrap();
    let tellers = tellers(size, &mut rng);
    let certs: Vec<Signed> = (1..)
        .zip(&tellers)
        .map(|(index, teller)| teller.cert(&ceremony.context(index).unwrap(), &mut rng))
        .collect();
    for (index, cert) in (1..).zip(&certs) {
        ceremony.check_cert(index, cert).unwrap();
    }
    let certified = ceremony.certified(certs).unwrap();
    let polynomials: Vec<Polynomial> = tellers
        .iter()
        .map(|teller| teller.polynomial(&certified, &mut rng).unwrap())
        .collect();
    let mut outputs = Vec::new();
    for (index, teller) in (1..).zip(&tellers) {
        certified
            .check_polynomial(index, &polynomials[index as usize - 1])
            .unwrap();
        let input = certified.vinput(index, &polynomials).unwrap();
        let output = teller.output(&certified, &input, &mut rng).unwrap();
        certified
            .check_output(index, &polynomials, &output)
            .unwrap();
        outputs.push(output);
    }
    Played {
        tellers,
        certified,
        polynomials,
        outputs,
        rng,
    }
}

impl Played {
    fn output_of_first(&mut self, input: &VerifierInput) -> Result<Output, TellerError> {
        self.tellers[0].output(&self.certified, input, &mut self.rng)
    }

    fn input_of_first(&self) -> VerifierInput {
        self.certified.vinput(1, &self.polynomials).unwrap()
    }
}

#[test]
fn a_ceremony_ends_in_keys_that_verify() {
    for (size, threshold) in [(1, 1), (2, 2), (3, 2), (3, 3), (5, 3)] {
        let played = play(size, threshold);
        let names: Vec<String> = (1..=size).map(|index| format!("监票人{index}")).collect();
        let trustees = played
            .certified
            .assemble(&played.polynomials, &played.outputs, Some(&names))
            .unwrap();
        let again = Trustees::parse(trustees.json()).unwrap();
        assert_eq!(again, trustees);
        assert!(again.faults(Some(Announced { threshold, size })).is_empty());
        assert_eq!(
            again.groups()[0].tellers[0].name.as_deref(),
            Some("监票人1")
        );
    }
}

#[test]
fn the_shares_lie_on_one_polynomial_whose_constant_is_the_joint_key() {
    let played = play(3, 2);
    let trustees = played
        .certified
        .assemble(&played.polynomials, &played.outputs, None)
        .unwrap();
    let keys: Vec<Scalar> = played
        .tellers
        .iter()
        .zip(&played.outputs)
        .map(|(teller, output)| {
            let public = output.public_key.public_key;
            *teller
                .decryption_key(&output.private_key, &public)
                .unwrap()
                .scalar()
        })
        .collect();
    // f(0) = 2·f(1) − f(2) = (3·f(1) − f(3))/2 for a line.
    let from_two = keys[0] + keys[0] - keys[1];
    assert_eq!(Point::base_mul(&from_two), trustees.joint_key().unwrap());
    let doubled = Scalar::from(3) * keys[0] - keys[2];
    assert_eq!(from_two + from_two, doubled);
}

#[test]
fn seeds_are_read_with_and_without_dashes() {
    let seed = Seed::generate(&mut ChaCha20Rng::seed_from_u64(1));
    assert_eq!(seed.expose().len(), 22);
    assert_eq!(seed.expose().parse::<Seed>().unwrap(), seed);
    assert_eq!(seed.printed().parse::<Seed>().unwrap(), seed);
    assert_eq!(seed.printed().len(), 25);
    let bare = seed.expose().to_owned();
    for wrong in [
        &bare[1..],
        &format!("{bare}1"),
        &format!("0{}", &bare[1..]),
        "",
        &format!("-{bare}"),
    ] {
        assert_eq!(wrong.parse::<Seed>(), Err(TellerError::Seed), "{wrong}");
    }
    assert!(!format!("{seed:?}").contains(&bare[..5]));
}

#[test]
fn impossible_ceremonies_are_refused() {
    for (size, threshold) in [(0, 0), (3, 0), (3, 4), (3, 1)] {
        assert!(matches!(
            Ceremony::new(size, threshold),
            Err(TellerError::Threshold { .. })
        ));
    }
    let ceremony = Ceremony::new(3, 2).unwrap();
    for index in [0, 4] {
        assert!(matches!(
            ceremony.context(index),
            Err(TellerError::Threshold { .. })
        ));
    }
}

#[test]
fn a_certificate_is_for_one_seat_of_one_ceremony() {
    let rng = &mut ChaCha20Rng::seed_from_u64(2);
    let ceremony = Ceremony::new(3, 2).unwrap();
    let teller = &tellers(1, rng)[0];
    for other in [
        Context::new(3, 2, 2).unwrap(),
        Context::new(4, 2, 1).unwrap(),
        Context::new(3, 3, 1).unwrap(),
        Context {
            group: "BELENIOS-2048".into(),
            ..Context::new(3, 2, 1).unwrap()
        },
    ] {
        let cert = teller.cert(&other, rng);
        assert_eq!(
            ceremony.check_cert(1, &cert),
            Err(TellerError::CertContext { index: 1 })
        );
    }
}

#[test]
fn a_certificate_is_signed_by_the_key_in_it() {
    let rng = &mut ChaCha20Rng::seed_from_u64(3);
    let ceremony = Ceremony::new(3, 2).unwrap();
    let pair = tellers(2, rng);
    let context = ceremony.context(1).unwrap();
    let mut cert = pair[0].cert(&context, rng);
    cert.signature = pair[1].cert(&context, rng).signature;
    assert_eq!(
        ceremony.check_cert(1, &cert),
        Err(TellerError::CertSignature { index: 1 })
    );
}

#[test]
fn neutral_keys_are_refused_in_certificates() {
    let rng = &mut ChaCha20Rng::seed_from_u64(3);
    let ceremony = Ceremony::new(3, 2).unwrap();
    let context = ceremony.context(1).unwrap();
    let teller = &tellers(1, rng)[0];
    let message = teller.cert(&context, rng).message;
    let keys: serde_json::Value = serde_json::from_str(&message).unwrap();
    for field in ["verification", "encryption"] {
        let neutral = Point::identity().to_string();
        let changed = message.replace(keys[field].as_str().unwrap(), &neutral);
        // With the neutral element as key the signature of secret 0 is valid.
        let cert = Signed::sign(&Scalar::ZERO, changed, rng);
        assert!(
            matches!(
                ceremony.check_cert(1, &cert),
                Err(TellerError::NeutralKey { .. })
            ),
            "{field}"
        );
    }
}

#[test]
fn nobody_sits_on_two_seats() {
    let rng = &mut ChaCha20Rng::seed_from_u64(4);
    let ceremony = Ceremony::new(2, 2).unwrap();
    let teller = &tellers(1, rng)[0];
    let certs = (1..=2)
        .map(|i| teller.cert(&ceremony.context(i).unwrap(), rng))
        .collect();
    assert!(matches!(
        ceremony.certified(certs),
        Err(TellerError::SameKey {
            first: 1,
            second: 2,
            ..
        })
    ));
    assert!(matches!(
        ceremony.certified(vec![]),
        Err(TellerError::Count { expected: 2, .. })
    ));
}

#[test]
fn a_stranger_has_no_seat() {
    let mut played = play(3, 2);
    let stranger = &tellers(1, &mut played.rng)[0];
    assert_eq!(
        stranger.index(&played.certified),
        Err(TellerError::NotATeller)
    );
    assert_eq!(played.tellers[2].index(&played.certified), Ok(3));
    let input = played.input_of_first();
    assert_eq!(
        stranger
            .output(&played.certified, &input, &mut played.rng)
            .unwrap_err(),
        TellerError::NotATeller
    );
}

#[test]
fn the_server_refuses_a_bad_polynomial() {
    let mut played = play(3, 2);
    let other = play(3, 3);
    let good = played.polynomials[0].clone();
    let check = |message: &Polynomial| played.certified.check_polynomial(1, message).unwrap_err();
    let message = Polynomial {
        coefexps: played.polynomials[1].coefexps.clone(),
        ..good.clone()
    };
    assert_eq!(
        check(&message),
        TellerError::CommitmentSignature { index: 1 }
    );
    let message = Polynomial {
        signature: played.polynomials[1].signature,
        ..good.clone()
    };
    assert_eq!(check(&message), TellerError::CertsSignature { index: 1 });
    let message = Polynomial {
        coefexps: other.polynomials[0].coefexps.clone(),
        ..good.clone()
    };
    assert!(matches!(
        check(&message),
        TellerError::CommitmentLength { found: 3, .. }
    ));
    let message = Polynomial {
        secrets: good.secrets[..2].to_vec(),
        ..good.clone()
    };
    assert!(matches!(
        check(&message),
        TellerError::Count { found: 2, .. }
    ));
    for bad in [
        "nothing".to_owned(),
        good.polynomial.replace("AES-GCM", "AES-CCM"),
        good.polynomial.replace("\"}", "0\"}"),
        good.polynomial.replace("\"data\":\"", "\"data\":\"XY"),
    ] {
        let message = Polynomial {
            polynomial: bad.clone(),
            ..good.clone()
        };
        assert!(matches!(check(&message), TellerError::Malformed { .. }));
        let mut message = good.clone();
        message.secrets[1] = bad;
        assert!(matches!(check(&message), TellerError::Malformed { .. }));
    }
    let spaced = Polynomial {
        polynomial: format!(" {}", good.polynomial),
        ..good
    };
    assert!(matches!(check(&spaced), TellerError::NotCanonical { .. }));
    played.rng = ChaCha20Rng::seed_from_u64(0);
}

#[test]
fn the_server_refuses_a_bad_output() {
    let mut played = play(3, 2);
    let good = played.outputs[0].clone();
    let second = played.outputs[1].clone();
    let check = |output: &Output| {
        played
            .certified
            .check_output(1, &played.polynomials, output)
            .unwrap_err()
    };
    assert_eq!(check(&second), TellerError::KeyMismatch { owner: 1 });
    let mut output = good.clone();
    output.public_key.pok = second.public_key.pok;
    assert_eq!(check(&output), TellerError::KeyProof { owner: 1 });
    for signature in [None, second.public_key.signature] {
        let mut output = good.clone();
        output.public_key.signature = signature;
        assert_eq!(check(&output), TellerError::KeySignature { owner: 1 });
    }
    let output = Output {
        private_key: "{}".into(),
        ..good.clone()
    };
    assert!(matches!(check(&output), TellerError::Malformed { .. }));
    let error =
        played
            .certified
            .assemble(&played.polynomials, &[good, second.clone(), second], None);
    assert!(matches!(
        error,
        Err(TellerError::SameKey { .. } | TellerError::KeyMismatch { .. })
    ));
    let error = played
        .certified
        .assemble(&played.polynomials, &played.outputs[1..], None);
    let count = |what| TellerError::Count {
        what,
        expected: 3,
        found: 2,
    };
    assert_eq!(error, Err(count("outputs")));
    played.polynomials.pop();
    let error = played
        .certified
        .assemble(&played.polynomials, &played.outputs, None);
    assert_eq!(error, Err(count("polynomials")));
    let error = played
        .certified
        .check_output(1, &played.polynomials, &played.outputs[0]);
    assert!(matches!(error, Err(TellerError::Count { .. })));
    assert!(matches!(
        played.certified.vinput(1, &played.polynomials),
        Err(TellerError::Count { .. })
    ));
}

#[test]
fn the_server_refuses_the_neutral_key() {
    // The only teller committed to the polynomial 0; everything follows and is signed.
    let rng = &mut ChaCha20Rng::seed_from_u64(12);
    let seed = Seed::generate(rng);
    let teller = Teller::from_seed(&seed);
    let ceremony = Ceremony::new(1, 1).unwrap();
    let cert = teller.cert(&ceremony.context(1).unwrap(), rng);
    let certified = ceremony.certified(vec![cert]).unwrap();
    let honest = teller.polynomial(&certified, rng).unwrap();
    let signing = seed.derive("sk");
    let neutral = Point::identity();
    let commitments = format!(r#"{{"coefexps":["{neutral}"]}}"#);
    let input = certified.vinput(1, std::slice::from_ref(&honest)).unwrap();
    let polynomial = Polynomial {
        coefexps: Signed::sign(&signing, commitments, rng),
        ..honest
    };
    let mut output = teller.output(&certified, &input, rng).unwrap();
    output.public_key = SecretKey::from_scalar(Scalar::ZERO).public_key(None, rng);
    output.public_key.signature = Some(Proof::sign(&signing, &neutral.to_string(), rng));
    assert_eq!(
        certified.check_output(1, &[polynomial], &output),
        Err(TellerError::NeutralKey {
            what: "verification key",
            index: 1
        })
    );
}

#[test]
fn a_decryption_key_opens_only_for_its_owner() {
    let played = play(3, 2);
    let output = &played.outputs[0];
    let public = output.public_key.public_key;
    let own = played.tellers[0]
        .decryption_key(&output.private_key, &public)
        .unwrap();
    assert_eq!(own.public(), public);
    assert!(!format!("{own:?}").contains(char::is_numeric));
    let error = played.tellers[1]
        .decryption_key(&output.private_key, &public)
        .unwrap_err();
    assert_eq!(error, TellerError::Unreadable { from: 0 });
    let other = played.outputs[1].public_key.public_key;
    let error = played.tellers[0]
        .decryption_key(&output.private_key, &other)
        .unwrap_err();
    assert_eq!(error, TellerError::KeyMismatch { owner: 0 });
}
