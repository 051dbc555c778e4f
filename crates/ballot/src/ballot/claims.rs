//! The proofs of a ballot as claims "these recomputed commitments hash to the sum of these
//! challenges". Commitments are collected over several questions and encoded together, which
//! needs one field inversion instead of hundreds.

use super::wire::{Answer, Context, ProofText};
use super::{Ciphertext, proofs};
use crate::election::Question;
use crate::error::{BallotError, BallotPlace};
use crate::group::{Point, PointHex, Scalar, VerifyBase};
use crate::hash::ScalarHasher;
use crate::proof::Proof;

/// Commitments collected before they are encoded: enough to make the inversion cheap, few
/// enough to stay in the processor's cache.
const FULL: usize = 256;

/// A proof whose commitments have been recomputed and wait to be hashed.
struct Claim {
    /// Has taken in the prefix.
    hasher: ScalarHasher,
    /// How many of the collected commitments are its own.
    commitments: usize,
    /// Σ c, which the hash must equal.
    challenge: Scalar,
    /// What is wrong when it does not.
    error: BallotError,
}

/// A statement "the ciphertext holds M" with its part of the proof, β already divided by g^M.
struct Statement {
    alpha: Point,
    beta: Point,
    proof: Proof,
}

/// A question of a ballot with everything its proofs speak of.
pub(super) struct Answered<'b, 'a> {
    /// Counted from 0.
    pub(super) index: usize,
    pub(super) question: &'b Question,
    pub(super) answer: &'b Answer<'a>,
    pub(super) cells: &'b [Ciphertext],
    /// The product of all choices but the blank, and its text.
    pub(super) sum: &'b Ciphertext,
    pub(super) sum_text: &'b [PointHex],
}

/// Claims that have not been verified yet.
pub(super) struct Claims<'a> {
    key: &'a VerifyBase,
    commitments: Vec<Point>,
    waiting: Vec<Claim>,
}

impl<'a> Claims<'a> {
    pub(super) fn new(key: &'a VerifyBase) -> Self {
        let commitments = Vec::with_capacity(2 * FULL);
        Self {
            key,
            commitments,
            waiting: Vec::with_capacity(FULL),
        }
    }

    /// Recomputes the commitments of all proofs of a question.
    pub(super) fn add_question(
        &mut self,
        context: &Context,
        part: &Answered,
    ) -> Result<(), BallotError> {
        let Answered {
            index,
            question,
            answer,
            cells,
            sum,
            sum_text,
        } = part;
        let index = *index;
        let pairs = answer
            .choices
            .iter()
            .zip(&answer.individual_proofs)
            .zip(*cells);
        for (choice, ((text, pair), cell)) in pairs.enumerate() {
            let place = BallotPlace::Individual(index, choice);
            let hasher = proofs::prove(&context.base, &text.alpha, &text.beta);
            let error = BallotError::IndividualProof {
                question: index,
                choice,
            };
            self.add(hasher, statements(place, cell, 0..=1, pair)?, error);
        }
        let scope = context.question(&answer.choices);
        let values = question.min..=question.max;
        let place = BallotPlace::Overall(index);
        let error = BallotError::OverallProof(index);
        let Some(blank_proof) = &answer.blank_proof else {
            let hasher = proofs::prove(&scope, sum_text[0].as_str(), sum_text[1].as_str());
            self.add(
                hasher,
                statements(place, sum, values, &answer.overall_proof)?,
                error,
            );
            return self.verify_if_full();
        };
        let blank = &cells[0];
        let (first, rest) = answer.overall_proof.split_at(1);
        let mut either = statements(place, blank, 1..=1, first)?;
        either.extend(statements(place, sum, values, rest)?);
        self.add(proofs::overall_with_blank(&scope), either, error);

        let place = BallotPlace::Blank(index);
        let (first, rest) = blank_proof.split_at(1);
        let mut either = statements(place, blank, 0..=0, first)?;
        either.extend(statements(place, sum, 0..=0, rest)?);
        self.add(
            proofs::blank(&scope),
            either,
            BallotError::BlankProof(index),
        );
        self.verify_if_full()
    }

    fn add(&mut self, hasher: ScalarHasher, statements: Vec<Statement>, error: BallotError) {
        let commitments = 2 * statements.len();
        let mut challenge = Scalar::ZERO;
        for Statement { alpha, beta, proof } in statements {
            let (c, z) = (&proof.challenge, &proof.response);
            self.commitments
                .push(Point::vartime_double_base(c, &alpha, z));
            self.commitments
                .push(self.key.vartime_double_base(c, &beta, z));
            challenge += *c;
        }
        self.waiting.push(Claim {
            hasher,
            commitments,
            challenge,
            error,
        });
    }

    fn verify_if_full(&mut self) -> Result<(), BallotError> {
        if self.commitments.len() < FULL {
            Ok(())
        } else {
            self.verify()
        }
    }

    /// Hashes what has been collected and compares.
    pub(super) fn verify(&mut self) -> Result<(), BallotError> {
        let texts = Point::to_hex_batch(&self.commitments);
        let mut rest = texts.as_slice();
        for mut claim in self.waiting.drain(..) {
            let (own, others) = rest.split_at(claim.commitments);
            rest = others;
            claim.hasher.points(own);
            if claim.hasher.finish() != claim.challenge {
                return Err(claim.error);
            }
        }
        self.commitments.clear();
        Ok(())
    }
}

/// The statements that `cell` holds one of `values`, in order, with their proofs.
fn statements(
    place: BallotPlace,
    cell: &Ciphertext,
    values: std::ops::RangeInclusive<usize>,
    proofs: &[ProofText],
) -> Result<Vec<Statement>, BallotError> {
    let mut out = Vec::with_capacity(proofs.len());
    for (value, text) in values.zip(proofs) {
        let proof = text.decode().map_err(|fault| fault.at(place))?;
        let beta = match value {
            0 => cell.beta,
            1 => cell.beta - Point::generator(),
            n => cell.beta - Point::base_mul(&Scalar::from(n as u64)),
        };
        out.push(Statement {
            alpha: cell.alpha,
            beta,
            proof,
        });
    }
    Ok(out)
}
