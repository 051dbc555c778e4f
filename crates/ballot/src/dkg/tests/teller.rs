//! What a teller notices in what the server hands them.

use super::*;

#[test]
fn a_teller_finds_a_share_that_is_not_on_the_polynomial() {
    let mut played = play(3, 2);
    let mut input = played.input_of_first();
    let wrong = Share {
        secret: Scalar::from(5),
    };
    let sender = Scalar::from_be_bytes(&[9; 32]);
    let recipient = played.certified.keys()[0].encryption;
    // Not signed by teller 2 …
    input.secrets[1] = send(&sender, &recipient, to_json(&wrong), &mut played.rng);
    assert_eq!(
        played.output_of_first(&input).unwrap_err(),
        TellerError::WrongSender { from: 2 }
    );
    // … and signed by them but false.
    let mut rng = ChaCha20Rng::seed_from_u64(8);
    input.secrets[1] = played.tellers[1].send_for_test(&recipient, &wrong, &mut rng);
    assert_eq!(
        played.output_of_first(&input).unwrap_err(),
        TellerError::WrongShare { from: 2 }
    );
}

#[test]
fn a_teller_finds_messages_that_are_not_for_them_or_changed() {
    let mut played = play(3, 2);
    let good = played.input_of_first();
    let mut input = good.clone();
    input.secrets[1] = played.polynomials[1].secrets[2].clone();
    assert_eq!(
        played.output_of_first(&input).unwrap_err(),
        TellerError::Unreadable { from: 2 }
    );
    let mut input = good.clone();
    input.secrets.pop();
    assert!(matches!(
        played.output_of_first(&input),
        Err(TellerError::Count { .. })
    ));
    let mut input = good.clone();
    input.secrets.swap(1, 2);
    assert_eq!(
        played.output_of_first(&input).unwrap_err(),
        TellerError::WrongSender { from: 2 }
    );
    let mut input = good;
    let last = input.secrets[0].len() - 3;
    let changed = if input.secrets[0].as_bytes()[last] == b'0' {
        "1"
    } else {
        "0"
    };
    input.secrets[0].replace_range(last..=last, changed);
    assert_eq!(
        played.output_of_first(&input).unwrap_err(),
        TellerError::Unreadable { from: 1 }
    );
}

#[test]
fn a_message_readdressed_by_its_recipient_is_not_believed() {
    // Teller 2 opens what teller 3 sent them and seals it again, still signed by 3, to teller 1.
    let mut played = play(3, 2);
    let rng = &mut ChaCha20Rng::seed_from_u64(11);
    let (key, recipient) = (Scalar::from(77), Point::base_mul(&Scalar::from(77)));
    let share = Share {
        secret: Scalar::from(5),
    };
    let wrong_address = played.tellers[2].sealed_to_other_for_test(
        &played.certified.keys()[1].encryption,
        &recipient,
        &share,
        rng,
    );
    let sender = played.certified.keys()[2].verification;
    assert_eq!(
        receive(&key, &sender, 3, &wrong_address).unwrap_err(),
        TellerError::WrongSender { from: 3 }
    );
    played.polynomials.clear();
}

#[test]
fn a_teller_finds_commitments_that_were_changed_on_the_way() {
    let mut played = play(3, 2);
    let again = play_again_with_same_certs(&mut played);
    let good = played.input_of_first();
    // Commitments of another run, properly signed: the shares do not fit them.
    let mut input = good.clone();
    input.coefexps[1] = again[1].coefexps.clone();
    input.signatures[1] = again[1].signature;
    assert_eq!(
        played.output_of_first(&input).unwrap_err(),
        TellerError::WrongShare { from: 2 }
    );
    // The same with this teller's own.
    let mut input = good.clone();
    input.coefexps[0] = again[0].coefexps.clone();
    input.signatures[0] = again[0].signature;
    assert_eq!(
        played.output_of_first(&input).unwrap_err(),
        TellerError::WrongPolynomial
    );
    let mut input = good.clone();
    input.polynomial = again[0].polynomial.clone();
    assert_eq!(
        played.output_of_first(&input).unwrap_err(),
        TellerError::WrongPolynomial
    );
    let mut input = good.clone();
    input.signatures[2] = good.signatures[1];
    assert_eq!(
        played.output_of_first(&input).unwrap_err(),
        TellerError::CertsSignature { index: 3 }
    );
    let mut input = good.clone();
    input.signatures.pop();
    assert!(matches!(
        played.output_of_first(&input),
        Err(TellerError::Count { .. })
    ));
    let mut input = good;
    input.coefexps.pop();
    assert!(matches!(
        played.output_of_first(&input),
        Err(TellerError::Count { .. })
    ));
}

fn play_again_with_same_certs(played: &mut Played) -> Vec<Polynomial> {
    let Played {
        tellers,
        certified,
        rng,
        ..
    } = played;
    tellers
        .iter()
        .map(|teller| teller.polynomial(certified, rng).unwrap())
        .collect()
}

#[test]
fn tellers_shown_different_certificates_notice() {
    // The server shows teller 1 another certificate of teller 3 than it shows the others.
    let mut played = play(3, 2);
    let ceremony = Ceremony::new(3, 2).unwrap();
    let mut certs = played.certified.certs().to_vec();
    let intruder = &tellers(1, &mut played.rng)[0];
    certs[2] = intruder.cert(&ceremony.context(3).unwrap(), &mut played.rng);
    let other_view = ceremony.certified(certs).unwrap();
    let input = played.input_of_first();
    let error = played.tellers[0]
        .output(&other_view, &input, &mut played.rng)
        .unwrap_err();
    assert_eq!(error, TellerError::CertsSignature { index: 1 });
}
