//! The proofs of the protocol, all of "challenge, response" form with
//! commitment = g^response · X^challenge (protocol.md §3.1, §6, §9).

mod disjunction;

pub use disjunction::{Branch, prove_one_of};

use rand_core::CryptoRng;
use serde::{Deserialize, Serialize};
use zeroize::Zeroize;

use crate::group::{GROUP_NAME, Point, Scalar};
use crate::hash::hash_to_scalar;

/// A challenge and its response.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Proof {
    /// c.
    pub challenge: Scalar,
    /// z = w − secret·c.
    pub response: Scalar,
}

impl Proof {
    /// Proves knowledge of `secret`, the challenge being `Hq(prefix; A)`.
    pub fn knowledge<R: CryptoRng + ?Sized>(secret: &Scalar, prefix: &str, rng: &mut R) -> Self {
        let mut w = Scalar::random(rng);
        let challenge = hash_to_scalar(prefix, &[Point::base_mul(&w)]);
        let response = w - *secret * challenge;
        w.zeroize();
        Self {
            challenge,
            response,
        }
    }

    /// Whether this proves knowledge of the logarithm of `public` under `prefix`.
    #[must_use]
    pub fn verify_knowledge(&self, public: &Point, prefix: &str) -> bool {
        let commitment = Point::vartime_double_base(&self.challenge, public, &self.response);
        hash_to_scalar(prefix, &[commitment]) == self.challenge
    }

    /// A teller's proof of knowing the key behind `public` (`pok|<group>|<X>|`).
    pub fn of_key<R: CryptoRng + ?Sized>(secret: &Scalar, public: &Point, rng: &mut R) -> Self {
        Self::knowledge(secret, &key_prefix(public), rng)
    }

    /// Checks [`Proof::of_key`].
    #[must_use]
    pub fn verify_key(&self, public: &Point) -> bool {
        self.verify_knowledge(public, &key_prefix(public))
    }

    /// Signs a message (`sigmsg|<message>|`).
    pub fn sign<R: CryptoRng + ?Sized>(secret: &Scalar, message: &str, rng: &mut R) -> Self {
        Self::knowledge(secret, &format!("sigmsg|{message}|"), rng)
    }

    /// Checks [`Proof::sign`] against the signer's public key.
    #[must_use]
    pub fn verify_signature(&self, public: &Point, message: &str) -> bool {
        self.verify_knowledge(public, &format!("sigmsg|{message}|"))
    }

    /// Signs the hash of a ballot (`sig|<hash>|`).
    pub fn sign_ballot<R: CryptoRng + ?Sized>(secret: &Scalar, hash: &str, rng: &mut R) -> Self {
        Self::knowledge(secret, &format!("sig|{hash}|"), rng)
    }

    /// Checks [`Proof::sign_ballot`] against the public credential.
    #[must_use]
    pub fn verify_ballot_signature(&self, credential: &Point, hash: &str) -> bool {
        self.verify_knowledge(credential, &format!("sig|{hash}|"))
    }

    /// Proves that `log_g X = log_α F = secret`: A = g^w, B = α^w, challenge
    /// `Hq(prefix; A, B)`. The prefix says what is proved; for the published format that is
    /// `decrypt|φ|X|`, for strong proofs the whole statement (contract §1.1).
    pub fn equality<R: CryptoRng + ?Sized>(
        secret: &Scalar,
        alpha: &Point,
        prefix: &str,
        rng: &mut R,
    ) -> Self {
        let mut w = Scalar::random(rng);
        let challenge = hash_to_scalar(prefix, &[Point::base_mul(&w), alpha.mul(&w)]);
        let response = w - *secret * challenge;
        w.zeroize();
        Self {
            challenge,
            response,
        }
    }

    /// Checks [`Proof::equality`]: A = g^z·X^c, B = α^z·F^c.
    #[must_use]
    pub fn verify_equality(
        &self,
        public: &Point,
        alpha: &Point,
        factor: &Point,
        prefix: &str,
    ) -> bool {
        let a = Point::vartime_double_base(&self.challenge, public, &self.response);
        let b = Point::vartime_sum(&[(self.response, *alpha), (self.challenge, *factor)]);
        hash_to_scalar(prefix, &[a, b]) == self.challenge
    }
}

fn key_prefix(public: &Point) -> String {
    format!("pok|{GROUP_NAME}|{public}|")
}

#[cfg(test)]
mod tests;
