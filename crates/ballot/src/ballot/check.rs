//! Checking a ballot: everything except whether its credential is on the roll.
//!
//! The order is from cheap to dear, so that garbage costs little: size, structure,
//! canonical form, box, signature (one double-base multiplication), then the points, then
//! the proofs. All commitments of a ballot are computed first and encoded together, which
//! needs one field inversion instead of a thousand.

use std::borrow::Cow;

use super::wire::{Answer, Ballot, CiphertextText, Context, ProofText, Signature};
use super::{Ciphertext, Tracker, proofs, tracker};
use crate::election::{Election, Question};
use crate::error::{BallotError, BallotPlace};
use crate::group::{Point, PointHex, Scalar, VerifyBase};
use crate::hash::{ScalarHasher, b64_compact, sha256};
use crate::proof::Proof;

/// A ballot whose form, signature and proofs have been checked against one election.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CheckedBallot {
    tracker: Tracker,
    fingerprint: String,
    credential: PointHex,
    answers: Vec<Vec<Ciphertext>>,
}

impl CheckedBallot {
    /// The tracker.
    #[must_use]
    pub fn tracker(&self) -> Tracker {
        self.tracker
    }

    /// φ of the election it was checked against.
    #[must_use]
    pub fn election_fingerprint(&self) -> &str {
        &self.fingerprint
    }

    /// The public credential; whether it is on the roll is for the caller to look up.
    #[must_use]
    pub fn credential_hex(&self) -> &PointHex {
        &self.credential
    }

    /// The ciphertexts: questions × choices.
    #[must_use]
    pub fn answers(&self) -> &[Vec<Ciphertext>] {
        &self.answers
    }
}

/// Checks a ballot's exact bytes against the election: size, structure, canonical form,
/// uuid and fingerprint, signature, group membership of all points, all proofs (protocol.md
/// §6). Not checked here: the roll, and whether the same ballot was cast before.
///
/// # Errors
/// The `Ballot…`, `Signature…` and `…Proof` variants say what was refused and where.
pub fn check(election: &Election, json: &str) -> Result<CheckedBallot, BallotError> {
    let ballot = read(election, json)?;
    check_signature(&ballot, json)?;
    check_content(election, &ballot, json)
}

/// Checks everything but the signature's proof, and gives the hash that is to be signed: for
/// ballots that were opened and must never be cast.
pub(crate) fn check_unsigned(
    election: &Election,
    json: &str,
) -> Result<(CheckedBallot, String), BallotError> {
    let ballot = read(election, json)?;
    let hash = check_signed_hash(&ballot, json)?.hash.clone().into_owned();
    // A valid signature would have told that the credential is a group element.
    let _: Point = at(BallotPlace::Credential, ballot.credential.parse())?;
    let checked = check_content(election, &ballot, json)?;
    Ok((checked, hash))
}

/// Size, structure, canonical form, box, shape.
fn read<'a>(election: &Election, json: &'a str) -> Result<Ballot<'a>, BallotError> {
    if json.len() > election.max_ballot_bytes() {
        return Err(BallotError::BallotTooLarge);
    }
    let ballot = Ballot::parse(json)?;
    if ballot.election_uuid != election.uuid().as_str()
        || ballot.election_hash != election.fingerprint()
    {
        return Err(BallotError::BallotWrongElection);
    }
    let questions = election.questions();
    if ballot.answers.len() != questions.len() {
        return Err(BallotError::BallotAnswers {
            expected: questions.len(),
            got: ballot.answers.len(),
        });
    }
    for (index, (question, answer)) in questions.iter().zip(&ballot.answers).enumerate() {
        if !has_shape(question, answer) {
            return Err(BallotError::BallotShape(index));
        }
    }
    Ok(ballot)
}

/// Points and proofs.
fn check_content(
    election: &Election,
    ballot: &Ballot,
    json: &str,
) -> Result<CheckedBallot, BallotError> {
    let answers = decode_ciphertexts(ballot)?;
    let context = Context::new(election.fingerprint(), &ballot.credential);
    let mut claims = Claims::new(election.verify_table());
    let parts = election
        .questions()
        .iter()
        .zip(&ballot.answers)
        .zip(&answers);
    for (index, ((question, answer), cells)) in parts.enumerate() {
        claims.add_question(index, question, answer, cells, &context)?;
    }
    claims.verify()?;
    Ok(CheckedBallot {
        tracker: tracker(json),
        fingerprint: election.fingerprint().to_owned(),
        credential: PointHex::of_text(&ballot.credential)?,
        answers,
    })
}

fn has_shape(question: &Question, answer: &Answer) -> bool {
    let choices = question.choices();
    answer.choices.len() == choices
        && answer.individual_proofs.len() == choices
        && answer.individual_proofs.iter().all(|pair| pair.len() == 2)
        && answer.overall_proof.len() == question.overall_proofs()
        && answer.blank_proof.as_ref().map(Vec::len) == question.blank.then_some(2)
}

fn at<T>(place: BallotPlace, value: Result<T, BallotError>) -> Result<T, BallotError> {
    value.map_err(|fault| BallotError::BallotValue {
        place,
        fault: Box::new(fault),
    })
}

/// The signature, its hash being that of this ballot's content.
fn check_signed_hash<'b, 'a>(
    ballot: &'b Ballot<'a>,
    json: &str,
) -> Result<&'b Signature<'a>, BallotError> {
    let signature = ballot
        .signature
        .as_ref()
        .ok_or_else(|| malformed("the signature is missing"))?;
    // The JSON is canonical, so what was signed is the JSON up to this member.
    let member = serde_json::to_string(signature).map_err(|e| malformed(&e.to_string()))?;
    let signed = json
        .strip_suffix('}')
        .and_then(|text| text.strip_suffix(member.as_str()))
        .and_then(|text| text.strip_suffix(",\"signature\":"))
        .ok_or(BallotError::BallotNotCanonical)?;
    let hash = b64_compact(&sha256(format!("{signed}}}").as_bytes()));
    if signature.hash == hash {
        Ok(signature)
    } else {
        Err(BallotError::SignatureHash)
    }
}

fn check_signature(ballot: &Ballot, json: &str) -> Result<(), BallotError> {
    let signature = check_signed_hash(ballot, json)?;
    let credential: Point = at(BallotPlace::Credential, ballot.credential.parse())?;
    let proof = at(BallotPlace::Signature, signature.proof.decode())?;
    if proof.verify_ballot_signature(&credential, &signature.hash) {
        Ok(())
    } else {
        Err(BallotError::SignatureInvalid)
    }
}

fn malformed(what: &str) -> BallotError {
    BallotError::BallotMalformed(what.to_owned())
}

fn decode_ciphertexts(ballot: &Ballot) -> Result<Vec<Vec<Ciphertext>>, BallotError> {
    let mut points = Vec::new();
    let mut answers = Vec::with_capacity(ballot.answers.len());
    for (q, answer) in ballot.answers.iter().enumerate() {
        let mut row = Vec::with_capacity(answer.choices.len());
        for (c, text) in answer.choices.iter().enumerate() {
            let place = BallotPlace::Ciphertext(q, c);
            let alpha = at(place, Point::from_hex_unchecked_subgroup(&text.alpha))?;
            let beta = at(place, Point::from_hex_unchecked_subgroup(&text.beta))?;
            points.extend([alpha, beta]);
            row.push(Ciphertext { alpha, beta });
        }
        answers.push(row);
    }
    if Point::batch_in_subgroup(&points) {
        Ok(answers)
    } else {
        Err(BallotError::BallotOutsideSubgroup)
    }
}

/// A proof whose commitments have been recomputed and wait to be hashed.
struct Claim {
    hasher: ScalarHasher,
    /// How many of the collected commitments are its own.
    commitments: usize,
    /// Σ c, which the hash must equal.
    challenge: Scalar,
    /// What is wrong when it does not.
    error: BallotError,
}

/// All proofs of a ballot.
struct Claims<'a> {
    key: &'a VerifyBase,
    commitments: Vec<Point>,
    /// Sums whose text goes into a hash before the commitments: claim, α, β.
    waiting: Vec<Claim>,
}

/// A statement "the ciphertext holds M" with its part of the proof, β already divided by g^M.
struct Statement {
    alpha: Point,
    beta: Point,
    proof: Proof,
}

impl<'a> Claims<'a> {
    fn new(key: &'a VerifyBase) -> Self {
        Self {
            key,
            commitments: Vec::new(),
            waiting: Vec::new(),
        }
    }

    fn add(&mut self, hasher: ScalarHasher, statements: &[Statement], error: BallotError) {
        let mut challenge = Scalar::ZERO;
        for Statement { alpha, beta, proof } in statements {
            let Proof {
                challenge: c,
                response: z,
            } = proof;
            self.commitments
                .push(Point::vartime_double_base(c, alpha, z));
            self.commitments
                .push(self.key.vartime_double_base(c, beta, z));
            challenge += *c;
        }
        let commitments = 2 * statements.len();
        self.waiting.push(Claim {
            hasher,
            commitments,
            challenge,
            error,
        });
    }

    fn add_question(
        &mut self,
        index: usize,
        question: &Question,
        answer: &Answer,
        ciphertexts: &[Ciphertext],
        context: &Context,
    ) -> Result<(), BallotError> {
        let parts = answer
            .choices
            .iter()
            .zip(&answer.individual_proofs)
            .zip(ciphertexts);
        for (choice, ((text, pair), cell)) in parts.enumerate() {
            let place = BallotPlace::Individual(index, choice);
            let statements = statements(place, cell, &[0, 1], pair)?;
            let hasher = proofs::prove(&context.base, &text.alpha, &text.beta);
            let error = BallotError::IndividualProof {
                question: index,
                choice,
            };
            self.add(hasher, &statements, error);
        }
        let scope = context.question(&answer.choices);
        let values: Vec<usize> = (question.min..=question.max).collect();
        let place = BallotPlace::Overall(index);
        let error = BallotError::OverallProof(index);
        let Some(blank_proof) = &answer.blank_proof else {
            let sum = total(ciphertexts);
            let texts = sum_text(&sum, answer);
            let hasher = proofs::prove(&scope, &texts.alpha, &texts.beta);
            let statements = statements(place, &sum, &values, &answer.overall_proof)?;
            self.add(hasher, &statements, error);
            return Ok(());
        };
        let (blank, rest) = (&ciphertexts[0], total(&ciphertexts[1..]));
        let mut either = statements(place, blank, &[1], &answer.overall_proof[..1])?;
        either.extend(statements(
            place,
            &rest,
            &values,
            &answer.overall_proof[1..],
        )?);
        self.add(proofs::overall_with_blank(&scope), &either, error);

        let place = BallotPlace::Blank(index);
        let mut either = statements(place, blank, &[0], &blank_proof[..1])?;
        either.extend(statements(place, &rest, &[0], &blank_proof[1..])?);
        self.add(
            proofs::blank(&scope),
            &either,
            BallotError::BlankProof(index),
        );
        Ok(())
    }

    fn verify(self) -> Result<(), BallotError> {
        let texts = Point::to_hex_batch(&self.commitments);
        let mut rest = texts.as_slice();
        for mut claim in self.waiting {
            let (own, others) = rest.split_at(claim.commitments);
            rest = others;
            claim.hasher.points(own);
            if claim.hasher.finish() != claim.challenge {
                return Err(claim.error);
            }
        }
        Ok(())
    }
}

/// The statements that `cell` holds one of `values`, in order, with their proofs.
fn statements(
    place: BallotPlace,
    cell: &Ciphertext,
    values: &[usize],
    proofs: &[ProofText],
) -> Result<Vec<Statement>, BallotError> {
    let mut out = Vec::with_capacity(values.len());
    for (value, text) in values.iter().zip(proofs) {
        let proof = at(place, text.decode())?;
        let beta = match value {
            0 => cell.beta,
            1 => cell.beta - Point::generator(),
            n => cell.beta - Point::base_mul(&Scalar::from(*n as u64)),
        };
        out.push(Statement {
            alpha: cell.alpha,
            beta,
            proof,
        });
    }
    Ok(out)
}

fn total(cells: &[Ciphertext]) -> Ciphertext {
    let alpha = cells.iter().map(|c| c.alpha).sum();
    let beta = cells.iter().map(|c| c.beta).sum();
    Ciphertext { alpha, beta }
}

/// The text of a sum; of a single choice it is at hand.
fn sum_text<'t>(sum: &Ciphertext, answer: &'t Answer) -> CiphertextText<'t> {
    if let [only] = answer.choices.as_slice() {
        return CiphertextText {
            alpha: Cow::Borrowed(&only.alpha),
            beta: Cow::Borrowed(&only.beta),
        };
    }
    let texts = Point::to_hex_batch(&[sum.alpha, sum.beta]);
    CiphertextText::of(&texts[0], &texts[1])
}
