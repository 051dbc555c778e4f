//! Proving that one of several statements "this ciphertext holds M" is true, without
//! telling which (protocol.md §6.2, §6.4).

use rand_core::CryptoRng;
use subtle::{ConditionallySelectable, ConstantTimeEq};
use zeroize::{Zeroize, Zeroizing};

use super::Proof;
use crate::group::{FixedBase, Point, Scalar};
use crate::hash::ScalarHasher;

/// One statement of a disjunction as its prover sees it: the ciphertext
/// (g^r, y^r·g^m) is claimed to hold M.
pub struct Branch {
    /// r.
    pub randomness: Scalar,
    /// m − M: zero in the true statement.
    pub difference: Scalar,
}

impl Drop for Branch {
    fn drop(&mut self) {
        self.randomness.zeroize();
        self.difference.zeroize();
    }
}

/// Proves the disjunction. `hasher` has taken in the prefix; the commitments
/// A0,B0,A1,B1,… are added here.
///
/// The prover knows r, so the simulated commitments need no other base than g and y:
/// for every branch draw c and t (in this order, 64 bytes each, also where the branch is
/// the true one, whose c is then replaced), A = g^t, B = y^t·g^{c(m−M)}, z = t − c·r.
/// In a false branch that equals g^z·α^c and y^z·(β/g^M)^c. Every branch takes the same
/// steps, so the time tells nothing about which one is true. If several are true the
/// first is taken; if none is, the proof made is not valid.
pub fn prove_one_of<R: CryptoRng + ?Sized>(
    key: &FixedBase,
    mut hasher: ScalarHasher,
    branches: &[Branch],
    rng: &mut R,
) -> Vec<Proof> {
    let mut drawn: Vec<Zeroizing<(Scalar, Scalar)>> = Vec::with_capacity(branches.len());
    let mut commitments = Vec::with_capacity(2 * branches.len());
    let mut others = Scalar::ZERO;
    let mut found = subtle::Choice::from(0);
    let mut truth = Vec::with_capacity(branches.len());
    for branch in branches {
        let (c, t) = (Scalar::random(rng), Scalar::random(rng));
        commitments.push(Point::base_mul(&t));
        commitments.push(key.mul(&t) + Point::base_mul(&(c * branch.difference)));
        let is_true = branch.difference.ct_eq(&Scalar::ZERO) & !found;
        found |= is_true;
        others += Scalar::conditional_select(&c, &Scalar::ZERO, is_true);
        truth.push(is_true);
        drawn.push(Zeroizing::new((c, t)));
    }
    hasher.points(&Point::to_hex_batch(&commitments));
    let open = hasher.finish() - others;
    let mut proofs = Vec::with_capacity(branches.len());
    for ((branch, pair), is_true) in branches.iter().zip(&drawn).zip(truth) {
        let challenge = Scalar::conditional_select(&pair.0, &open, is_true);
        let response = pair.1 - challenge * branch.randomness;
        proofs.push(Proof {
            challenge,
            response,
        });
    }
    proofs
}
