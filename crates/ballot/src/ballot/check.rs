//! Checking a ballot: everything except whether its credential is on the roll.
//!
//! The order is from cheap to dear, so that garbage costs little: size, structure,
//! canonical form, box, signature (one double-base multiplication), then the points, then
//! the proofs.

use sha2::{Digest, Sha256};

use super::claims::{Answered, Claims};
use super::wire::{Answer, Ballot, Context, Signature};
use super::{Ciphertext, Tracker};
use crate::election::{Election, Question};
use crate::error::{BallotError, BallotPlace};
use crate::group::{Point, PointHex};
use crate::hash::b64_compact;

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

    /// The ciphertexts alone, for those who keep nothing else.
    #[must_use]
    pub fn into_answers(self) -> Vec<Vec<Ciphertext>> {
        self.answers
    }
}

/// Checks a ballot's exact bytes against the election: size, structure, canonical form,
/// uuid and fingerprint, signature, group membership of all points, all proofs (protocol.md
/// §6). Not checked here: the roll, and whether the same ballot was cast before.
///
/// # Errors
/// The `Ballot…`, `Signature…` and `…Proof` variants say what was refused and where.
pub fn check(election: &Election, json: &str) -> Result<CheckedBallot, BallotError> {
    let ballot = Decoded::signed(election, json)?;
    ballot.check_subgroup()?;
    ballot.check_proofs(election)
}

/// Checks many ballots with the same verdicts as [`check`], in their order. Their points are
/// tested for the subgroup together, which makes four together some 5 % cheaper; if that test
/// fails, each ballot is tested alone. Takes bytes, as they stand in an archive.
pub fn check_all<B: AsRef<[u8]>>(
    election: &Election,
    ballots: &[B],
) -> Vec<Result<CheckedBallot, BallotError>> {
    let decoded: Vec<Result<Decoded, BallotError>> = ballots
        .iter()
        .map(|bytes| {
            let json = std::str::from_utf8(bytes.as_ref());
            Decoded::signed(election, json.map_err(|e| malformed(&e.to_string()))?)
        })
        .collect();
    let all_good = are_in_subgroup(decoded.iter().flatten());
    let verdict = |ballot: Decoded| {
        if !all_good {
            ballot.check_subgroup()?;
        }
        ballot.check_proofs(election)
    };
    decoded
        .into_iter()
        .map(|ballot| ballot.and_then(verdict))
        .collect()
}

/// Checks everything but the signature's proof, and gives the hash that is to be signed: for
/// ballots that were opened and must never be cast.
pub(crate) fn check_unsigned(
    election: &Election,
    json: &str,
) -> Result<(CheckedBallot, String), BallotError> {
    let parsed = Parsed::read(election, json)?;
    parsed.credential()?;
    let hash = parsed.signature.hash.clone().into_owned();
    let ballot = Decoded::of(parsed)?;
    ballot.check_subgroup()?;
    Ok((ballot.check_proofs(election)?, hash))
}

/// A ballot of the right form for the election, its values not decoded yet.
struct Parsed<'a> {
    ballot: Ballot<'a>,
    signature: Signature<'a>,
    tracker: Tracker,
}

impl<'a> Parsed<'a> {
    /// Size, structure, canonical form, box, shape, hash of what is signed.
    fn read(election: &Election, json: &'a str) -> Result<Self, BallotError> {
        if json.len() > election.max_ballot_bytes() {
            return Err(BallotError::BallotTooLarge);
        }
        let mut ballot = Ballot::parse(json)?;
        if ballot.election_uuid != election.uuid().as_str()
            || ballot.election_hash != election.fingerprint()
        {
            return Err(BallotError::BallotWrongElection);
        }
        check_shapes(election.questions(), &ballot.answers)?;
        let signature = ballot
            .signature
            .take()
            .ok_or_else(|| malformed("the signature is missing"))?;
        // The JSON is canonical, so what is signed is the JSON up to this member.
        let member = serde_json::to_string(&signature).map_err(|e| malformed(&e.to_string()))?;
        let tail = ",\"signature\":".len() + member.len() + "}".len();
        let (signed, rest) = json
            .len()
            .checked_sub(tail)
            .and_then(|at| json.split_at_checked(at))
            .ok_or(BallotError::BallotNotCanonical)?;
        let hasher = Sha256::new_with_prefix(signed);
        let signed = hasher.clone().chain_update(b"}").finalize();
        if signature.hash != b64_compact(&signed) {
            return Err(BallotError::SignatureHash);
        }
        let tracker = Tracker(hasher.chain_update(rest).finalize().into());
        Ok(Self {
            ballot,
            signature,
            tracker,
        })
    }

    fn credential(&self) -> Result<Point, BallotError> {
        self.ballot
            .credential
            .parse()
            .map_err(|fault: BallotError| fault.at(BallotPlace::Credential))
    }

    fn check_signature(&self) -> Result<(), BallotError> {
        let credential = self.credential()?;
        let proof = self
            .signature
            .proof
            .decode()
            .map_err(|fault| fault.at(BallotPlace::Signature))?;
        if proof.verify_ballot_signature(&credential, &self.signature.hash) {
            Ok(())
        } else {
            Err(BallotError::SignatureInvalid)
        }
    }
}

/// A ballot whose ciphertexts are points of the curve. Nothing may be concluded from it
/// before they are known to be in the subgroup.
struct Decoded<'a> {
    parsed: Parsed<'a>,
    answers: Vec<Vec<Ciphertext>>,
}

impl<'a> Decoded<'a> {
    /// Everything before the subgroup, the signature first.
    fn signed(election: &Election, json: &'a str) -> Result<Self, BallotError> {
        let parsed = Parsed::read(election, json)?;
        parsed.check_signature()?;
        Self::of(parsed)
    }

    fn of(parsed: Parsed<'a>) -> Result<Self, BallotError> {
        let mut answers = Vec::with_capacity(parsed.ballot.answers.len());
        for (q, answer) in parsed.ballot.answers.iter().enumerate() {
            let mut row = Vec::with_capacity(answer.choices.len());
            for (c, text) in answer.choices.iter().enumerate() {
                let decode = |text: &str| {
                    Point::from_hex_unchecked_subgroup(text)
                        .map_err(|fault| fault.at(BallotPlace::Ciphertext(q, c)))
                };
                let (alpha, beta) = (decode(&text.alpha)?, decode(&text.beta)?);
                row.push(Ciphertext { alpha, beta });
            }
            answers.push(row);
        }
        Ok(Self { parsed, answers })
    }

    fn check_subgroup(&self) -> Result<(), BallotError> {
        if are_in_subgroup([self]) {
            Ok(())
        } else {
            Err(BallotError::BallotOutsideSubgroup)
        }
    }

    fn check_proofs(self, election: &Election) -> Result<CheckedBallot, BallotError> {
        let Self { parsed, answers } = self;
        let ballot = &parsed.ballot;
        let sums: Vec<Ciphertext> = election
            .questions()
            .iter()
            .zip(&answers)
            .map(|(question, cells)| total(&cells[usize::from(question.blank)..]))
            .collect();
        let points: Vec<Point> = sums.iter().flat_map(|sum| [sum.alpha, sum.beta]).collect();
        let texts = Point::to_hex_batch(&points);
        let context = Context::new(election.fingerprint(), &ballot.credential);
        let mut claims = Claims::new(election.verify_table());
        for (index, question) in election.questions().iter().enumerate() {
            let part = Answered {
                index,
                question,
                answer: &ballot.answers[index],
                cells: &answers[index],
                sum: &sums[index],
                sum_text: &texts[2 * index..2 * index + 2],
            };
            claims.add_question(&context, &part)?;
        }
        claims.verify()?;
        Ok(CheckedBallot {
            tracker: parsed.tracker,
            fingerprint: election.fingerprint().to_owned(),
            credential: PointHex::of_text(&ballot.credential)?,
            answers,
        })
    }
}

/// Whether all ciphertexts of these ballots are in the prime-order subgroup.
fn are_in_subgroup<'d, 'a: 'd>(ballots: impl IntoIterator<Item = &'d Decoded<'a>>) -> bool {
    let mut points = Vec::new();
    // A tracker is a hash over the whole ballot, all encodings included.
    let mut hasher = Sha256::new();
    for ballot in ballots {
        hasher.update(ballot.parsed.tracker.bytes());
        let cells = ballot.answers.iter().flatten();
        points.extend(cells.flat_map(|cell| [cell.alpha, cell.beta]));
    }
    Point::batch_in_subgroup_hashed(&points, &hasher.finalize().into())
}

fn check_shapes(questions: &[Question], answers: &[Answer]) -> Result<(), BallotError> {
    if answers.len() != questions.len() {
        return Err(BallotError::BallotAnswers {
            expected: questions.len(),
            got: answers.len(),
        });
    }
    let has_shape = |(question, answer): (&Question, &Answer)| {
        let choices = question.choices();
        answer.choices.len() == choices
            && answer.individual_proofs.len() == choices
            && answer.individual_proofs.iter().all(|pair| pair.len() == 2)
            && answer.overall_proof.len() == question.overall_proofs()
            && answer.blank_proof.as_ref().map(Vec::len) == question.blank.then_some(2)
    };
    match questions
        .iter()
        .zip(answers)
        .position(|pair| !has_shape(pair))
    {
        Some(index) => Err(BallotError::BallotShape(index)),
        None => Ok(()),
    }
}

fn malformed(what: &str) -> BallotError {
    BallotError::BallotMalformed(what.to_owned())
}

fn total(cells: &[Ciphertext]) -> Ciphertext {
    let alpha = cells.iter().map(|c| c.alpha).sum();
    let beta = cells.iter().map(|c| c.beta).sum();
    Ciphertext { alpha, beta }
}
