//! The result: what the opened cells hold.

use serde::{Deserialize, Serialize};

use super::combine::Shares;
use super::{DecryptError, DiscreteLogs, Place, combine};
use crate::election::{Election, Question};
use crate::group::{Point, Scalar};
use crate::tally::{EncryptedTally, Weight};
use crate::trustee::TellerGroup;

/// `{"result":[[n,…],…]}`: rows are questions, columns answers (with a blank first where allowed).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ElectionResult {
    /// How often each answer was marked, weights included.
    pub result: Vec<Vec<Weight>>,
}

impl ElectionResult {
    /// Opens a tally with shares whose proofs have been checked.
    ///
    /// # Errors
    /// [`DecryptError::TooFew`], [`DecryptError::NoNumber`].
    pub fn compute(
        tally: &EncryptedTally,
        total: Weight,
        groups: &[TellerGroup],
        shares: &Shares,
    ) -> Result<Self, DecryptError> {
        let opened = opened(tally, groups, shares)?;
        let logs = DiscreteLogs::new(total.get());
        let mut rows: Vec<Vec<Weight>> = tally
            .cells()
            .iter()
            .map(|row| Vec::with_capacity(row.len()))
            .collect();
        for (place, point) in opened {
            let number = logs
                .find(&point)
                .and_then(|number| Weight::new(number).ok());
            let bound = total.get();
            let number = number.ok_or(DecryptError::NoNumber { place, bound })?;
            rows[place.0].push(number);
        }
        Ok(Self { result: rows })
    }

    /// Everything in which this result contradicts the opened tally: each cell must satisfy β/F = g^n,
    /// n must not exceed the total, and rows of one-of-n questions must add up to it (trust.md, point 5).
    #[must_use]
    pub fn faults(
        &self,
        election: &Election,
        tally: &EncryptedTally,
        total: Weight,
        groups: &[TellerGroup],
        shares: &Shares,
    ) -> Vec<DecryptError> {
        let shape = |rows: &[Vec<Weight>]| rows.iter().map(Vec::len).collect::<Vec<_>>();
        let expected: Vec<usize> = tally.cells().iter().map(Vec::len).collect();
        if shape(&self.result) != expected {
            let found = self.result.iter().map(Vec::len).sum();
            let expected = expected.iter().sum();
            return vec![DecryptError::Shape {
                owner: 0,
                what: "numbers in the result",
                expected,
                found,
            }];
        }
        let opened = match opened(tally, groups, shares) {
            Ok(opened) => opened,
            Err(error) => return vec![error],
        };
        let mut faults = Vec::new();
        for ((place, point), number) in opened.iter().zip(self.result.iter().flatten()) {
            if *number > total {
                faults.push(DecryptError::NoNumber {
                    place: *place,
                    bound: total.get(),
                });
            } else if Point::base_mul(&Scalar::from(number.get())) != *point {
                faults.push(DecryptError::WrongResult { place: *place });
            }
        }
        faults.extend(self.row_sum_faults(election.questions(), total));
        faults
    }

    /// Rows that do not add up although every ballot marks exactly one of their answers.
    #[must_use]
    pub fn row_sum_faults(&self, questions: &[Question], total: Weight) -> Vec<DecryptError> {
        let sum = |row: &[Weight]| row.iter().map(|number| number.get()).sum::<u64>();
        questions
            .iter()
            .zip(&self.result)
            .enumerate()
            .filter(|(_, (question, _))| !question.blank && question.min == 1 && question.max == 1)
            .map(|(question, (_, row))| (question, sum(row)))
            .filter(|(_, found)| *found != total.get())
            .map(|(question, found)| DecryptError::RowSum {
                question,
                expected: total.get(),
                found,
            })
            .collect()
    }

    /// The exact text as it is stored.
    ///
    /// # Panics
    /// Never: it holds only numbers.
    #[must_use]
    pub fn json(&self) -> String {
        serde_json::to_string(self).expect("a result holds only numbers")
    }

    /// Reads the text; only its canonical form is taken.
    ///
    /// # Errors
    /// [`DecryptError::Malformed`], [`DecryptError::NotCanonical`].
    pub fn parse(json: &str) -> Result<Self, DecryptError> {
        let what = "the result";
        let result: Self = serde_json::from_str(json).map_err(|error| DecryptError::Malformed {
            what,
            text: error.to_string(),
        })?;
        if result.json() == json {
            Ok(result)
        } else {
            Err(DecryptError::NotCanonical { what })
        }
    }
}

/// β/F of every cell.
fn opened(
    tally: &EncryptedTally,
    groups: &[TellerGroup],
    shares: &Shares,
) -> Result<Vec<(Place, Point)>, DecryptError> {
    let cells: Vec<(Place, Point)> = tally
        .cells()
        .iter()
        .enumerate()
        .flat_map(|(question, row)| {
            row.iter()
                .enumerate()
                .map(move |(answer, cell)| (Place(question, answer), cell.beta))
        })
        .collect();
    let factors = combine(groups, shares, cells.len())?;
    Ok(cells
        .into_iter()
        .zip(factors)
        .map(|((place, beta), factor)| (place, beta - factor))
        .collect())
}
