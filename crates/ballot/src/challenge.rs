//! Challenging the device (contract §5): a sealed ballot is opened by revealing its
//! randomness, and whoever holds the file sees which marks the device had sealed.

use std::str::FromStr;

use serde::{Deserialize, Serialize};

use crate::ballot::{CheckedBallot, Ciphertext, SealedBallot, check_unsigned, tracker};
use crate::election::Election;
use crate::error::BallotError;
use crate::group::{FixedBase, Point, Scalar};

/// The largest challenge file read, in bytes.
const MAX_FILE_BYTES: usize = 16 << 20;

/// What a device reveals about one ballot.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Opening {
    /// φ.
    pub election: String,
    /// Tracker of the ballot's JSON.
    pub ballot: String,
    /// The public credential.
    pub credential: String,
    /// r of every ciphertext: questions × choices.
    pub randomness: Vec<Vec<Scalar>>,
}

impl Opening {
    /// Opens a ballot sealed here.
    #[must_use]
    pub fn of(election: &Election, sealed: &SealedBallot, credential: &Point) -> Self {
        Self {
            election: election.fingerprint().to_owned(),
            ballot: sealed.tracker().b64(),
            credential: credential.to_string(),
            randomness: sealed.randomness.clone(),
        }
    }
}

/// The file a rater saves from the booth: everything needed to check, without network.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ChallengeFile {
    /// Always `challenge`.
    pub pingyi: String,
    /// The exact election JSON.
    pub election: String,
    /// The exact ballot JSON, its signature's proof empty or not.
    pub ballot: String,
    /// Its opening.
    pub opening: Opening,
}

/// What was found in a challenged ballot.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Opened {
    /// The code that stood on the device before the rater chose to challenge: the hash of
    /// everything but the signature.
    pub commitment: String,
    /// The marks, 0 or 1: questions × choices.
    pub choices: Vec<Vec<u8>>,
}

impl ChallengeFile {
    /// The file for a ballot sealed here.
    #[must_use]
    pub fn new(election: &Election, sealed: &SealedBallot, credential: &Point) -> Self {
        Self {
            pingyi: "challenge".to_owned(),
            election: election.json().to_owned(),
            ballot: sealed.ballot_json.clone(),
            opening: Opening::of(election, sealed, credential),
        }
    }

    /// Checks the file on its own: which election it speaks of and what the ballot held.
    ///
    /// # Errors
    /// Those of [`Election::parse`] and [`check_opening`].
    pub fn check(&self) -> Result<(Election, Opened), BallotError> {
        let election = Election::parse(&self.election)?;
        let opened = check_opening(&election, &self.ballot, &self.opening)?;
        Ok((election, opened))
    }
}

impl FromStr for ChallengeFile {
    type Err = BallotError;

    /// Reads the file's JSON.
    fn from_str(text: &str) -> Result<Self, BallotError> {
        if text.len() > MAX_FILE_BYTES {
            return Err(BallotError::OpeningMalformed(
                "the file is too large".to_owned(),
            ));
        }
        let file: Self = serde_json::from_str(text)
            .map_err(|error| BallotError::OpeningMalformed(error.to_string()))?;
        if file.pingyi == "challenge" {
            Ok(file)
        } else {
            Err(BallotError::OpeningMalformed(
                "not a challenge file".to_owned(),
            ))
        }
    }
}

/// Checks that the opening is of this ballot and says what the ballot holds.
///
/// The ballot must be valid in everything but its signature's proof, which a challenged
/// ballot need not have: it must never be cast.
///
/// # Errors
/// Those of [`crate::ballot::check`] except `SignatureInvalid`; `OpeningOther` when the
/// opening names another election, ballot or credential; `OpeningShape`;
/// `OpeningWrong` naming the ciphertext that the revealed number does not make.
pub fn check_opening(
    election: &Election,
    ballot_json: &str,
    opening: &Opening,
) -> Result<Opened, BallotError> {
    let (ballot, commitment) = check_unsigned(election, ballot_json)?;
    if opening.election != election.fingerprint()
        || opening.ballot != tracker(ballot_json).b64()
        || opening.credential != ballot.credential_hex().as_str()
    {
        return Err(BallotError::OpeningOther);
    }
    let choices = open(election.seal_table(), &ballot, &opening.randomness)?;
    Ok(Opened {
        commitment,
        choices,
    })
}

fn open(
    key: &FixedBase,
    ballot: &CheckedBallot,
    randomness: &[Vec<Scalar>],
) -> Result<Vec<Vec<u8>>, BallotError> {
    let answers = ballot.answers();
    if !answers
        .iter()
        .map(Vec::len)
        .eq(randomness.iter().map(Vec::len))
    {
        return Err(BallotError::OpeningShape);
    }
    let mut choices = Vec::with_capacity(answers.len());
    for (question, (cells, numbers)) in answers.iter().zip(randomness).enumerate() {
        let marks: Option<Vec<u8>> = cells
            .iter()
            .zip(numbers)
            .map(|(cell, r)| mark(key, cell, r))
            .collect();
        choices.push(marks.ok_or(BallotError::OpeningWrong(question))?);
    }
    Ok(choices)
}

/// 0 or 1 when r makes the ciphertext of that mark.
fn mark(key: &FixedBase, cell: &Ciphertext, r: &Scalar) -> Option<u8> {
    if cell.alpha != Point::base_mul(r) {
        return None;
    }
    let plain = cell.beta - key.mul(r);
    if plain == Point::identity() {
        Some(0)
    } else if plain == Point::generator() {
        Some(1)
    } else {
        None
    }
}

#[cfg(test)]
mod tests;
