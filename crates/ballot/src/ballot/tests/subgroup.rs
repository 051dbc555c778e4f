//! Ciphertexts outside the prime-order subgroup, in one ballot and among many.

use super::*;

/// A valid ballot with a torsion point added to one of its first four ciphertexts, and signed
/// again. Its proofs do not hold either.
fn with_torsion(election: &Election, k: usize) -> String {
    let torsion = curve25519_dalek::constants::EIGHT_TORSION[k].compress();
    let bytes: Vec<u8> = torsion.to_bytes().iter().rev().copied().collect();
    let torsion = Point::from_hex_unchecked_subgroup(&crate::hash::hex(&bytes)).unwrap();
    forged(election, |b| {
        let cell = &mut b.answers[0].choices[k % 4];
        let text = if k > 4 {
            &mut cell.alpha
        } else {
            &mut cell.beta
        };
        *text = (text.parse::<Point>().unwrap() + torsion)
            .to_string()
            .into();
    })
}

#[test]
fn torsion_in_a_ciphertext_is_refused() {
    let election = two_questions();
    for k in 1..8 {
        let error = check(&election, &with_torsion(&election, k)).unwrap_err();
        assert_eq!(error, BallotError::BallotOutsideSubgroup);
    }
}

#[test]
fn together_ballots_get_the_verdicts_they_get_alone() {
    let election = two_questions();
    let rng = &mut rng();
    let marks = [vec![0, 0, 1, 0], vec![1, 0, 0]];
    let mut ballots: Vec<String> = (0..20)
        .map(|_| {
            let credential = Credential::generate(rng);
            let made = seal(&election, &credential, &marks, rng).unwrap();
            made.ballot_json.clone()
        })
        .collect();
    assert_eq!(check_all::<&str>(&election, &[]), []);
    let verdicts = check_all(&election, &ballots);
    assert!(verdicts.iter().all(Result::is_ok));
    // Enough points for a test of all together, and one of them is outside.
    ballots[7] = with_torsion(&election, 4);
    let alone = |json: &String| check(&election, json);
    let verdicts = check_all(&election, &ballots);
    assert_eq!(verdicts, ballots.iter().map(alone).collect::<Vec<_>>());
    assert_eq!(verdicts[7], Err(BallotError::BallotOutsideSubgroup));
    assert_eq!(verdicts.iter().filter(|v| v.is_ok()).count(), 19);
    // What is refused before the points does not hide it.
    ballots[3] = ballots[3].replace("\"credential\"", "\"Credential\"");
    ballots[12] = forged(&election, |b| {
        let response = &mut b.answers[1].overall_proof[0].response;
        *response = plus(response, 1).into();
    });
    let verdicts = check_all(&election, &ballots);
    assert_eq!(verdicts, ballots.iter().map(alone).collect::<Vec<_>>());
    assert_eq!(verdicts.iter().filter(|v| v.is_ok()).count(), 17);
    let verdicts = check_all(&election, &[b"\xff".as_slice(), ballots[0].as_bytes()]);
    assert!(matches!(verdicts[0], Err(BallotError::BallotMalformed(_))));
    assert!(verdicts[1].is_ok());
}
