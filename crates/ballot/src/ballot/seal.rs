//! Sealing: encryption, proofs, signature. Only multiples of g and of the election key
//! occur, from tables, in constant time.

use std::borrow::Cow;

use rand_core::CryptoRng;
use subtle::ConditionallySelectable;
use zeroize::{Zeroize, ZeroizeOnDrop};

use super::wire::{Answer, Ballot, CiphertextText, Context, ProofText, Signature};
use super::{Tracker, proofs, tracker};
use crate::credential::Credential;
use crate::election::{Election, Question};
use crate::error::BallotError;
use crate::group::{Point, Scalar};
use crate::hash::{b64_compact, sha256};
use crate::proof::{Branch, Proof, prove_one_of};

/// A ballot ready to cast, and what would open it.
#[derive(Clone, Zeroize, ZeroizeOnDrop)]
pub struct SealedBallot {
    /// The exact bytes to cast.
    pub ballot_json: String,
    /// r of every ciphertext: questions × choices. Secret; revealed only to challenge the
    /// device, and then the ballot is never cast.
    pub randomness: Vec<Vec<Scalar>>,
}

impl SealedBallot {
    /// The tracker.
    #[must_use]
    pub fn tracker(&self) -> Tracker {
        tracker(&self.ballot_json)
    }
}

impl std::fmt::Debug for SealedBallot {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("SealedBallot")
            .field("tracker", &self.tracker())
            .finish_non_exhaustive()
    }
}

/// Seals the marks: per question one 0 or 1 per choice (with `blank`, choice 0 is the blank).
///
/// Draws from `rng`, 64 bytes each, in this order: per question r of each choice, then per
/// choice the pairs of its proof, then the pairs of the overall proof, then those of the
/// blank proof (see [`prove_one_of`]); at the end the signature's w.
///
/// # Errors
/// `MarksCount`, `MarksInvalid`.
pub fn seal<R: CryptoRng + ?Sized>(
    election: &Election,
    credential: &Credential,
    choices: &[Vec<u8>],
    rng: &mut R,
) -> Result<SealedBallot, BallotError> {
    let questions = election.questions();
    if choices.len() != questions.len() {
        return Err(BallotError::MarksCount {
            expected: questions.len(),
            got: choices.len(),
        });
    }
    for (index, (question, marks)) in questions.iter().zip(choices).enumerate() {
        if !question.admits(marks) {
            return Err(BallotError::MarksInvalid(index));
        }
    }
    seal_as_given(election, credential, choices, rng)
}

/// Seals without asking whether the marks are allowed (tests make false ballots with it).
pub(super) fn seal_as_given<R: CryptoRng + ?Sized>(
    election: &Election,
    credential: &Credential,
    choices: &[Vec<u8>],
    rng: &mut R,
) -> Result<SealedBallot, BallotError> {
    let mut secret = credential.secret(election.uuid());
    let public = Point::base_mul(&secret).to_string();
    let context = Context::new(election.fingerprint(), &public);
    let mut randomness = Vec::with_capacity(choices.len());
    let mut answers = Vec::with_capacity(choices.len());
    for (question, marks) in election.questions().iter().zip(choices) {
        let (answer, r) = seal_question(election, &context, question, marks, rng);
        answers.push(answer);
        randomness.push(r);
    }
    let mut ballot = Ballot {
        election_uuid: Cow::Borrowed(election.uuid().as_str()),
        election_hash: Cow::Borrowed(election.fingerprint()),
        credential: Cow::Owned(public),
        answers,
        signature: None,
    };
    let hash = b64_compact(&sha256(ballot.json()?.as_bytes()));
    let proof = ProofText::of(&Proof::sign_ballot(&secret, &hash, rng));
    secret.zeroize();
    ballot.signature = Some(Signature {
        hash: Cow::Owned(hash),
        proof,
    });
    Ok(SealedBallot {
        ballot_json: ballot.json()?,
        randomness,
    })
}

fn seal_question<R: CryptoRng + ?Sized>(
    election: &Election,
    context: &Context,
    question: &Question,
    marks: &[u8],
    rng: &mut R,
) -> (Answer<'static>, Vec<Scalar>) {
    let key = election.seal_table();
    let randomness: Vec<Scalar> = marks.iter().map(|_| Scalar::random(rng)).collect();
    let mut points = Vec::with_capacity(2 * marks.len());
    for (r, mark) in randomness.iter().zip(marks) {
        points.push(Point::base_mul(r));
        points.push(key.mul(r) + Point::generator_if(*mark));
    }
    let choices: Vec<CiphertextText> = Point::to_hex_batch(&points)
        .chunks_exact(2)
        .map(|pair| CiphertextText::of(&pair[0], &pair[1]))
        .collect();

    let mut individual_proofs = Vec::with_capacity(marks.len());
    for ((r, mark), text) in randomness.iter().zip(marks).zip(&choices) {
        let hasher = proofs::prove(&context.base, &text.alpha, &text.beta);
        let m = Scalar::from(u64::from(*mark));
        let branches = [Scalar::ZERO, Scalar::ONE].map(|value| Branch {
            randomness: *r,
            difference: m - value,
        });
        individual_proofs.push(texts(&prove_one_of(key, hasher, &branches, rng)));
    }
    let sealed = SealedQuestion {
        question,
        marks,
        randomness: &randomness,
        points: &points,
    };
    let scope = context.question(&choices);
    let (overall_proof, blank_proof) = if question.blank {
        sealed.prove_with_blank(election, &scope, rng)
    } else {
        (sealed.prove_sum(election, &scope, rng), None)
    };
    (
        Answer {
            choices,
            individual_proofs,
            overall_proof,
            blank_proof,
        },
        randomness,
    )
}

fn texts(proofs: &[Proof]) -> Vec<ProofText<'static>> {
    proofs.iter().map(ProofText::of).collect()
}

/// A question with its marks sealed, the proofs about their sum still to be made.
struct SealedQuestion<'a> {
    question: &'a Question,
    marks: &'a [u8],
    randomness: &'a [Scalar],
    /// α and β in turn.
    points: &'a [Point],
}

impl SealedQuestion<'_> {
    /// The statements "the sum of the choices from `skip` on is M" for min ≤ M ≤ max.
    fn sum_branches(&self, skip: usize) -> Vec<Branch> {
        let r: Scalar = self.randomness[skip..].iter().copied().sum();
        let m: u64 = self.marks[skip..].iter().map(|m| u64::from(*m)).sum();
        (self.question.min..=self.question.max)
            .map(|value| Branch {
                randomness: r,
                difference: Scalar::from(m) - Scalar::from(value as u64),
            })
            .collect()
    }

    fn prove_sum<R: CryptoRng + ?Sized>(
        &self,
        election: &Election,
        scope: &str,
        rng: &mut R,
    ) -> Vec<ProofText<'static>> {
        let alpha: Point = self.points.iter().step_by(2).copied().sum();
        let beta: Point = self.points.iter().skip(1).step_by(2).copied().sum();
        let sums = Point::to_hex_batch(&[alpha, beta]);
        let hasher = proofs::prove(scope, sums[0].as_str(), sums[1].as_str());
        texts(&prove_one_of(
            election.seal_table(),
            hasher,
            &self.sum_branches(0),
            rng,
        ))
    }

    /// The overall proof "blank, or an allowed sum" and the blank proof "not blank, or
    /// nothing chosen".
    #[allow(clippy::type_complexity)]
    fn prove_with_blank<R: CryptoRng + ?Sized>(
        &self,
        election: &Election,
        scope: &str,
        rng: &mut R,
    ) -> (Vec<ProofText<'static>>, Option<Vec<ProofText<'static>>>) {
        let key = election.seal_table();
        let (r0, m0) = (self.randomness[0], Scalar::from(u64::from(self.marks[0])));
        let r_sum: Scalar = self.randomness[1..].iter().copied().sum();
        let m_sum: u64 = self.marks[1..].iter().map(|m| u64::from(*m)).sum();

        let mut branches = vec![Branch {
            randomness: r0,
            difference: m0 - Scalar::ONE,
        }];
        branches.extend(self.sum_branches(1));
        let overall = prove_one_of(key, proofs::overall_with_blank(scope), &branches, rng);

        let branches = [
            Branch {
                randomness: r0,
                difference: m0,
            },
            Branch {
                randomness: r_sum,
                difference: Scalar::from(m_sum),
            },
        ];
        let blank = prove_one_of(key, proofs::blank(scope), &branches, rng);
        (texts(&overall), Some(texts(&blank)))
    }
}

impl Point {
    /// g when the mark is 1, the identity when it is 0, in constant time.
    fn generator_if(mark: u8) -> Self {
        Self::conditional_select(&Self::identity(), &Self::generator(), (mark & 1).into())
    }
}
