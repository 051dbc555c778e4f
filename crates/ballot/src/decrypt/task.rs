//! What is to be opened, and the factors and proofs a teller gives for it.

use rand_core::CryptoRng;
use rayon::prelude::*;

use super::{DecryptError, PartialDecryption, Place, TellerShare};
use crate::election::Election;
use crate::group::{Point, Scalar};
use crate::hash::sha256_hex;
use crate::proof::Proof;
use crate::tally::EncryptedTally;
use crate::trustee::SecretKey;

/// The cells of a tally to be opened by the tellers, and the statement that their strong proofs are bound to.
#[derive(Debug, Clone)]
pub struct Task {
    fingerprint: String,
    /// SHA-256 of the tally's text, hexadecimal.
    tally: String,
    /// Lengths of the tally's rows.
    rows: Vec<usize>,
    alphas: Vec<(Place, Point)>,
}

impl Task {
    /// The cells of a tally. Whoever makes a share must have recomputed the tally first.
    #[must_use]
    pub fn new(election: &Election, tally: &EncryptedTally) -> Self {
        let cells = tally
            .cells()
            .iter()
            .enumerate()
            .flat_map(|(question, row)| {
                row.iter()
                    .enumerate()
                    .map(move |(answer, cell)| (Place(question, answer), cell.alpha))
            });
        Self {
            fingerprint: election.fingerprint().to_owned(),
            tally: sha256_hex(tally.json().as_bytes()),
            rows: tally.cells().iter().map(Vec::len).collect(),
            alphas: cells.collect(),
        }
    }

    /// The ciphertexts' places, row by row.
    pub fn places(&self) -> impl Iterator<Item = Place> {
        self.alphas.iter().map(|(place, _)| *place)
    }

    /// How many ciphertexts there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.alphas.len()
    }

    /// Whether there is nothing to open.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.alphas.is_empty()
    }

    /// Factors, published proofs and strong proofs of one teller for a tally.
    pub fn share<R: CryptoRng + ?Sized>(
        &self,
        owner: u32,
        key: &SecretKey,
        rng: &mut R,
    ) -> TellerShare {
        let factors = self.factors(key);
        let proofs = self.prove_published(key, rng);
        let strong = self.prove(owner, key, &factors, rng);
        TellerShare {
            partial_decryption: PartialDecryption {
                decryption_factors: self.in_rows(factors),
                decryption_proofs: self.in_rows(proofs),
            },
            strong: self.in_rows(strong),
        }
    }

    /// Judges both kinds of proofs of a teller with verification key `key`; all faults are returned.
    #[must_use]
    pub fn check_share(&self, owner: u32, key: &Point, share: &TellerShare) -> Vec<DecryptError> {
        let mut faults = self.check_published(owner, key, &share.partial_decryption);
        if faults
            .iter()
            .any(|fault| matches!(fault, DecryptError::Shape { .. }))
        {
            return faults;
        }
        faults.extend(self.check_strong(owner, key, &share.partial_decryption, &share.strong));
        faults
    }

    /// Judges the published proofs.
    #[must_use]
    pub fn check_published(
        &self,
        owner: u32,
        key: &Point,
        share: &PartialDecryption,
    ) -> Vec<DecryptError> {
        let (factors, proofs) = (&share.decryption_factors, &share.decryption_proofs);
        let faults = [
            self.row_faults(owner, "factors", factors),
            self.row_faults(owner, "proofs", proofs),
        ]
        .concat();
        if !faults.is_empty() {
            return faults;
        }
        let prefix = self.published_prefix(key);
        let (factors, proofs) = (factors.concat(), proofs.concat());
        self.faults(&factors, &proofs, key, |_, _| prefix.clone())
            .map(|place| DecryptError::Proof { owner, place })
            .collect()
    }

    /// Judges the strong proofs of factors whose shape has been checked.
    #[must_use]
    pub fn check_strong(
        &self,
        owner: u32,
        key: &Point,
        share: &PartialDecryption,
        strong: &[Vec<Proof>],
    ) -> Vec<DecryptError> {
        let mut faults = self.row_faults(owner, "factors", &share.decryption_factors);
        faults.extend(self.row_faults(owner, "strong proofs", strong));
        if faults.is_empty() {
            faults = self.strong_faults(
                owner,
                key,
                &share.decryption_factors.concat(),
                &strong.concat(),
            );
        }
        faults
    }

    /// F = α^x for every ciphertext.
    fn factors(&self, key: &SecretKey) -> Vec<Point> {
        self.alphas
            .iter()
            .map(|(_, alpha)| alpha.mul(key.scalar()))
            .collect()
    }

    /// The published proof of each factor: its challenge knows neither α nor F.
    fn prove_published<R: CryptoRng + ?Sized>(&self, key: &SecretKey, rng: &mut R) -> Vec<Proof> {
        let prefix = self.published_prefix(&key.public());
        self.alphas
            .iter()
            .map(|(_, alpha)| Proof::equality(key.scalar(), alpha, &prefix, rng))
            .collect()
    }

    fn published_prefix(&self, key: &Point) -> String {
        format!("decrypt|{}|{key}|", self.fingerprint)
    }

    /// The strong proof of each factor.
    fn prove<R: CryptoRng + ?Sized>(
        &self,
        owner: u32,
        key: &SecretKey,
        factors: &[Point],
        rng: &mut R,
    ) -> Vec<Proof> {
        let public = key.public();
        let secret: &Scalar = key.scalar();
        self.alphas
            .iter()
            .zip(factors)
            .map(|((place, alpha), factor)| {
                let prefix = self.strong_prefix(owner, *place, &public, alpha, factor);
                Proof::equality(secret, alpha, &prefix, rng)
            })
            .collect()
    }

    fn strong_faults(
        &self,
        owner: u32,
        key: &Point,
        factors: &[Point],
        proofs: &[Proof],
    ) -> Vec<DecryptError> {
        self.faults(factors, proofs, key, |index, factor| {
            let (place, alpha) = &self.alphas[index];
            self.strong_prefix(owner, *place, key, alpha, factor)
        })
        .map(|place| DecryptError::StrongProof { owner, place })
        .collect()
    }

    /// The whole statement of one factor (contract §1.1).
    fn strong_prefix(
        &self,
        owner: u32,
        place: Place,
        key: &Point,
        alpha: &Point,
        factor: &Point,
    ) -> String {
        let Self {
            fingerprint, tally, ..
        } = self;
        let Place(question, answer) = place;
        let points = Point::to_hex_batch(&[*key, *alpha, *factor]);
        let points = format!("{}|{}|{}", points[0], points[1], points[2]);
        format!("pingyi-dec-v1|{fingerprint}|{tally}|{owner}|{question}|{answer}|{points}|")
    }

    /// Places whose proof does not hold; lists as long as the ciphertexts.
    fn faults(
        &self,
        factors: &[Point],
        proofs: &[Proof],
        key: &Point,
        prefix: impl Fn(usize, &Point) -> String + Sync,
    ) -> impl Iterator<Item = Place> {
        let bad: Vec<Place> = self
            .alphas
            .par_iter()
            .enumerate()
            .filter(|(index, (_, alpha))| {
                let factor = &factors[*index];
                !proofs[*index].verify_equality(key, alpha, factor, &prefix(*index, factor))
            })
            .map(|(_, (place, _))| *place)
            .collect();
        bad.into_iter()
    }

    /// The given list must have the tally's rows.
    fn row_faults<T>(&self, owner: u32, what: &'static str, rows: &[Vec<T>]) -> Vec<DecryptError> {
        if rows.iter().map(Vec::len).eq(self.rows.iter().copied()) {
            return Vec::new();
        }
        let found = rows.iter().map(Vec::len).sum();
        vec![DecryptError::Shape {
            owner,
            what,
            expected: self.len(),
            found,
        }]
    }

    fn in_rows<T>(&self, list: Vec<T>) -> Vec<Vec<T>> {
        let mut list = list.into_iter();
        self.rows
            .iter()
            .map(|length| list.by_ref().take(*length).collect())
            .collect()
    }
}
