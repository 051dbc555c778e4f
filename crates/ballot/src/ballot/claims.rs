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

/// Statements collected before their commitments are computed and encoded: enough to make the
/// inversion cheap, few enough to stay in the processor's cache.
const FULL: usize = 128;

/// A statement "the ciphertext holds M" with its part of the proof.
struct Statement {
    alpha: Point,
    /// β / g^M.
    beta: Point,
    proof: Proof,
}

/// A proof whose commitments wait to be recomputed and hashed.
struct Claim {
    /// Has taken in the prefix.
    hasher: ScalarHasher,
    /// How many of the collected statements are its own.
    statements: usize,
    /// Σ c, which the hash must equal.
    challenge: Scalar,
    /// What is wrong when it does not.
    error: BallotError,
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
    statements: Vec<Statement>,
    waiting: Vec<Claim>,
}

impl<'a> Claims<'a> {
    pub(super) fn new(key: &'a VerifyBase) -> Self {
        let statements = Vec::with_capacity(2 * FULL);
        Self {
            key,
            statements,
            waiting: Vec::with_capacity(FULL),
        }
    }

    /// Takes in all proofs of a question and checks what has been collected now and then.
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
            let error = BallotError::IndividualProof {
                question: index,
                choice,
            };
            self.begin(proofs::prove(&context.base, &text.alpha, &text.beta), error);
            self.add_all(place, cell, 0..=1, pair)?;
        }
        let scope = context.question(&answer.choices);
        let values = question.min..=question.max;
        let place = BallotPlace::Overall(index);
        let error = BallotError::OverallProof(index);
        let Some(blank_proof) = &answer.blank_proof else {
            let hasher = proofs::prove(&scope, sum_text[0].as_str(), sum_text[1].as_str());
            self.begin(hasher, error);
            self.add_all(place, sum, values, &answer.overall_proof)?;
            return self.verify_if_full();
        };
        let blank = &cells[0];
        let (first, rest) = answer.overall_proof.split_at(1);
        self.begin(proofs::overall_with_blank(&scope), error);
        self.add_all(place, blank, 1..=1, first)?;
        self.add_all(place, sum, values, rest)?;

        let place = BallotPlace::Blank(index);
        let (first, rest) = blank_proof.split_at(1);
        self.begin(proofs::blank(&scope), BallotError::BlankProof(index));
        self.add_all(place, blank, 0..=0, first)?;
        self.add_all(place, sum, 0..=0, rest)?;
        self.verify_if_full()
    }

    /// Begins a claim without statements; `hasher` has taken in the prefix.
    fn begin(&mut self, hasher: ScalarHasher, error: BallotError) {
        let challenge = Scalar::ZERO;
        self.waiting.push(Claim {
            hasher,
            statements: 0,
            challenge,
            error,
        });
    }

    /// Adds to the last claim the statements that `cell` holds one of `values`, in order,
    /// with their proofs.
    fn add_all(
        &mut self,
        place: BallotPlace,
        cell: &Ciphertext,
        values: std::ops::RangeInclusive<usize>,
        proofs: &[ProofText],
    ) -> Result<(), BallotError> {
        for (value, text) in values.zip(proofs) {
            let proof = text.decode().map_err(|fault| fault.at(place))?;
            let beta = match value {
                0 => cell.beta,
                1 => cell.beta - Point::generator(),
                n => cell.beta - Point::base_mul(&Scalar::from(n as u64)),
            };
            self.statements.push(Statement {
                alpha: cell.alpha,
                beta,
                proof,
            });
            if let Some(claim) = self.waiting.last_mut() {
                claim.statements += 1;
                claim.challenge += proof.challenge;
            }
        }
        Ok(())
    }

    fn verify_if_full(&mut self) -> Result<(), BallotError> {
        if self.statements.len() < FULL {
            Ok(())
        } else {
            self.verify()
        }
    }

    /// Recomputes the commitments of what has been collected, hashes and compares.
    pub(super) fn verify(&mut self) -> Result<(), BallotError> {
        // All A before all B, so that only one table of multiples is in use at a time.
        let of_alpha = self
            .statements
            .iter()
            .map(|s| Point::vartime_double_base(&s.proof.challenge, &s.alpha, &s.proof.response));
        let of_beta = self.statements.iter().map(|s| {
            self.key
                .vartime_double_base(&s.proof.challenge, &s.beta, &s.proof.response)
        });
        let commitments: Vec<Point> = of_alpha.chain(of_beta).collect();
        let texts = Point::to_hex_batch(&commitments);
        let (a, b) = texts.split_at(self.statements.len());
        let pairs: Vec<PointHex> = a.iter().zip(b).flat_map(|(a, b)| [*a, *b]).collect();
        let mut rest = pairs.as_slice();
        for mut claim in self.waiting.drain(..) {
            let (own, others) = rest.split_at(2 * claim.statements);
            rest = others;
            claim.hasher.points(own);
            if claim.hasher.finish() != claim.challenge {
                return Err(claim.error);
            }
        }
        self.statements.clear();
        Ok(())
    }
}
