use rand_chacha::ChaCha20Rng;
use rand_core::SeedableRng;

use super::{Branch, Proof, prove_one_of};
use crate::group::{FixedBase, Point, Scalar};
use crate::hash::{ScalarHasher, hash_to_scalar};

fn rng() -> ChaCha20Rng {
    ChaCha20Rng::seed_from_u64(1)
}

#[test]
fn signatures_and_key_proofs() {
    let rng = &mut rng();
    let secret = Scalar::random(rng);
    let public = Point::base_mul(&secret);
    let other = Point::base_mul(&Scalar::random(rng));

    let pok = Proof::of_key(&secret, &public, rng);
    assert!(pok.verify_key(&public));
    assert!(!pok.verify_key(&other));

    let signature = Proof::sign(&secret, "one", rng);
    assert!(signature.verify_signature(&public, "one"));
    assert!(!signature.verify_signature(&public, "two"));
    assert!(!signature.verify_signature(&other, "one"));
    assert!(!signature.verify_ballot_signature(&public, "one"));

    let signature = Proof::sign_ballot(&secret, "h", rng);
    assert!(signature.verify_ballot_signature(&public, "h"));
    let bent = Proof {
        response: signature.response + Scalar::ONE,
        ..signature
    };
    assert!(!bent.verify_ballot_signature(&public, "h"));
    let bent = Proof {
        challenge: signature.challenge + Scalar::ONE,
        ..signature
    };
    assert!(!bent.verify_ballot_signature(&public, "h"));
}

#[test]
fn equality_of_logarithms() {
    let rng = &mut rng();
    let x = Scalar::random(rng);
    let public = Point::base_mul(&x);
    let alpha = Point::base_mul(&Scalar::random(rng));
    let factor = alpha.mul(&x);
    let proof = Proof::equality(&x, &alpha, "p|", rng);
    assert!(proof.verify_equality(&public, &alpha, &factor, "p|"));
    assert!(!proof.verify_equality(&public, &alpha, &factor, "q|"));
    let g = Point::generator();
    assert!(!proof.verify_equality(&(public + g), &alpha, &factor, "p|"));
    assert!(!proof.verify_equality(&public, &(alpha + g), &factor, "p|"));
    assert!(!proof.verify_equality(&public, &alpha, &(factor + g), "p|"));
}

/// The verifier's formulas of protocol.md §6.2, written directly.
fn holds_one_of(y: &Point, alpha: &Point, beta: &Point, values: &[u64], proofs: &[Proof]) -> bool {
    let mut commitments = Vec::new();
    for (value, proof) in values.iter().zip(proofs) {
        let (c, z) = (proof.challenge, proof.response);
        let beta = *beta - Point::base_mul(&Scalar::from(*value));
        commitments.push(Point::base_mul(&z) + alpha.mul(&c));
        commitments.push(y.mul(&z) + beta.mul(&c));
    }
    let sum: Scalar = proofs.iter().map(|p| p.challenge).sum();
    values.len() == proofs.len() && hash_to_scalar("prefix|", &commitments) == sum
}

#[test]
fn disjunctions_hold_exactly_for_the_claimed_values() {
    let rng = &mut rng();
    let y = Point::base_mul(&Scalar::random(rng));
    let key = FixedBase::new(&y);
    let values = [2_u64, 3, 4];
    for m in 0..6_u64 {
        let r = Scalar::random(rng);
        let (alpha, beta) = (
            Point::base_mul(&r),
            y.mul(&r) + Point::base_mul(&Scalar::from(m)),
        );
        let branches: Vec<Branch> = values
            .iter()
            .map(|v| Branch {
                randomness: r,
                difference: Scalar::from(m) - Scalar::from(*v),
            })
            .collect();
        let mut hasher = ScalarHasher::new();
        hasher.text("prefix|");
        let proofs = prove_one_of(&key, hasher, &branches, rng);
        assert_eq!(
            holds_one_of(&y, &alpha, &beta, &values, &proofs),
            values.contains(&m),
            "{m}"
        );
        assert!(!holds_one_of(&y, &alpha, &beta, &values[1..], &proofs[1..]));
    }
}
