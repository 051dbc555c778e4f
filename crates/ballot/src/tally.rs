//! Adding up sealed ballots without opening them (protocol.md §9).

mod weight;

pub use weight::Weight;

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::ballot::{CheckedBallot, Ciphertext};
use crate::election::Election;
use crate::error::BallotError;
use crate::group::{Point, PointHex, Scalar};
use crate::hash::sha256_hex;

/// The product of all counted ballots: questions × choices.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct EncryptedTally(Vec<Vec<Ciphertext>>);

impl EncryptedTally {
    /// The tally of no ballots: every ciphertext is (1, 1).
    #[must_use]
    pub fn empty(election: &Election) -> Self {
        let nothing = Ciphertext {
            alpha: Point::identity(),
            beta: Point::identity(),
        };
        Self(
            election
                .questions()
                .iter()
                .map(|q| vec![nothing; q.choices()])
                .collect(),
        )
    }

    /// The tally of the ballots, each with its weight. Order does not matter.
    ///
    /// # Errors
    /// `TallyShape` when a ballot was checked against another election.
    pub fn of<'a>(
        election: &Election,
        ballots: impl IntoIterator<Item = (&'a CheckedBallot, Weight)>,
    ) -> Result<Self, BallotError> {
        let mut tally = Self::empty(election);
        for (ballot, weight) in ballots {
            if ballot.election_fingerprint() != election.fingerprint() {
                return Err(BallotError::TallyShape);
            }
            tally.add(ballot.answers(), weight)?;
        }
        Ok(tally)
    }

    /// Adds the ciphertexts of one ballot `weight` times.
    ///
    /// # Errors
    /// `TallyShape` when they are not of the tally's shape.
    pub fn add(&mut self, answers: &[Vec<Ciphertext>], weight: Weight) -> Result<(), BallotError> {
        self.combine(answers, |sum, cell| *sum += cell.times(weight))
    }

    /// Takes the ciphertexts of one ballot out again: what a later ballot of the same
    /// credential does when ballots are added as they come.
    ///
    /// # Errors
    /// `TallyShape` when they are not of the tally's shape.
    pub fn remove(
        &mut self,
        answers: &[Vec<Ciphertext>],
        weight: Weight,
    ) -> Result<(), BallotError> {
        self.combine(answers, |sum, cell| *sum -= cell.times(weight))
    }

    /// Adds another tally of the same election, such as one made by another thread.
    ///
    /// # Errors
    /// `TallyShape` when the shapes differ.
    pub fn merge(&mut self, other: &Self) -> Result<(), BallotError> {
        self.combine(&other.0, |sum, cell| *sum += *cell)
    }

    fn combine(
        &mut self,
        other: &[Vec<Ciphertext>],
        step: impl Fn(&mut Ciphertext, &Ciphertext),
    ) -> Result<(), BallotError> {
        let same_shape = self.0.iter().map(Vec::len).eq(other.iter().map(Vec::len));
        if !same_shape {
            return Err(BallotError::TallyShape);
        }
        for (sums, cells) in self.0.iter_mut().zip(other) {
            for (sum, cell) in sums.iter_mut().zip(cells) {
                step(sum, cell);
            }
        }
        Ok(())
    }

    /// The ciphertexts: questions × choices.
    #[must_use]
    pub fn cells(&self) -> &[Vec<Ciphertext>] {
        &self.0
    }

    /// The compact JSON, as it is stored and hashed.
    #[must_use]
    pub fn json(&self) -> String {
        let points: Vec<Point> = self
            .0
            .iter()
            .flatten()
            .flat_map(|c| [c.alpha, c.beta])
            .collect();
        let mut texts = Point::to_hex_batch(&points).into_iter();
        let mut out = String::with_capacity(points.len() * 80 + 2 * self.0.len() + 2);
        out.push('[');
        for (index, row) in self.0.iter().enumerate() {
            out.push_str(if index == 0 { "[" } else { ",[" });
            // As many texts as points were made above, two for each cell.
            for (place, (alpha, beta)) in row
                .iter()
                .filter_map(|_| texts.next().zip(texts.next()))
                .enumerate()
            {
                let comma = if place == 0 { "" } else { "," };
                out.push_str(comma);
                out.push_str("{\"alpha\":\"");
                out.push_str(alpha.as_str());
                out.push_str("\",\"beta\":\"");
                out.push_str(beta.as_str());
                out.push_str("\"}");
            }
            out.push(']');
        }
        out.push(']');
        out
    }

    /// Reads a stored tally; every point is checked, the shape must be the election's, and
    /// the bytes must be the canonical ones.
    ///
    /// # Errors
    /// `TallyMalformed`, `TallyShape`.
    pub fn parse(election: &Election, json: &str) -> Result<Self, BallotError> {
        let tally: Self = serde_json::from_str(json)
            .map_err(|error| BallotError::TallyMalformed(error.to_string()))?;
        let expected = election
            .questions()
            .iter()
            .map(super::election::Question::choices);
        if !tally.0.iter().map(Vec::len).eq(expected) {
            return Err(BallotError::TallyShape);
        }
        if tally.json() != json {
            return Err(BallotError::TallyMalformed(
                "not in canonical form".to_owned(),
            ));
        }
        Ok(tally)
    }
}

/// What the archive says about the size of a tally.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SizedEncryptedTally {
    /// Ballots counted.
    pub num_tallied: u64,
    /// The sum of their weights.
    pub total_weight: Weight,
    /// SHA-256 of the tally's JSON, hexadecimal.
    pub encrypted_tally: String,
}

impl SizedEncryptedTally {
    /// Describes a tally of ballots of the given weights.
    ///
    /// # Errors
    /// `WeightTooLarge`.
    pub fn new(
        tally: &EncryptedTally,
        weights: impl IntoIterator<Item = Weight>,
    ) -> Result<Self, BallotError> {
        let mut num_tallied = 0;
        let total_weight = Weight::total(weights.into_iter().inspect(|_| num_tallied += 1))?;
        let encrypted_tally = sha256_hex(tally.json().as_bytes());
        Ok(Self {
            num_tallied,
            total_weight,
            encrypted_tally,
        })
    }
}

/// The ballots that count: of each credential the last in the order given (protocol.md
/// §6.6), in that order.
#[must_use]
pub fn counted<'a>(ballots: impl IntoIterator<Item = &'a CheckedBallot>) -> Vec<&'a CheckedBallot> {
    let all: Vec<&CheckedBallot> = ballots.into_iter().collect();
    let last: BTreeMap<&PointHex, usize> = all
        .iter()
        .enumerate()
        .map(|(index, ballot)| (ballot.credential_hex(), index))
        .collect();
    all.iter()
        .enumerate()
        .filter(|(index, ballot)| last.get(ballot.credential_hex()) == Some(index))
        .map(|(_, ballot)| *ballot)
        .collect()
}

impl Ciphertext {
    fn times(&self, weight: Weight) -> Self {
        if weight == Weight::ONE {
            return *self;
        }
        let (s, zero) = (Scalar::from(weight.get()), Scalar::ZERO);
        Self {
            alpha: Point::vartime_double_base(&s, &self.alpha, &zero),
            beta: Point::vartime_double_base(&s, &self.beta, &zero),
        }
    }
}

#[cfg(test)]
mod tests;
