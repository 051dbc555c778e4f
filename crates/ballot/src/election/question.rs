//! Questions of the homomorphic kind: choose between `min` and `max` of the answers, or,
//! where allowed, hand in a blank.

use serde::{Deserialize, Serialize};

use crate::error::BallotError;

/// The most answers of a question and the largest `max`.
pub const MAX_ANSWERS: usize = 1_000;

// Field order is that of the wire format.
/// One question.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Question {
    /// Labels, in the order of the ciphertexts.
    pub answers: Vec<String>,
    /// Whether a blank may be handed in (then choice 0 is "blank").
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub blank: bool,
    /// The fewest answers to choose.
    pub min: usize,
    /// The most answers to choose.
    pub max: usize,
    /// The text.
    pub question: String,
}

impl Question {
    /// One of the given answers, the only kind we make ourselves.
    #[must_use]
    pub fn one_of(question: impl Into<String>, answers: Vec<String>) -> Self {
        Self {
            answers,
            blank: false,
            min: 1,
            max: 1,
            question: question.into(),
        }
    }

    /// Ciphertexts in a ballot: one per answer, and one for the blank where allowed.
    #[must_use]
    pub fn choices(&self) -> usize {
        self.answers.len() + usize::from(self.blank)
    }

    /// Proofs in the overall proof.
    #[must_use]
    pub fn overall_proofs(&self) -> usize {
        self.max - self.min + 1 + usize::from(self.blank)
    }

    /// Whether the marks, 0 or 1 per choice, are a valid answer.
    #[must_use]
    pub fn admits(&self, marks: &[u8]) -> bool {
        if marks.len() != self.choices() || marks.iter().any(|m| *m > 1) {
            return false;
        }
        let (blank, rest) = if self.blank {
            marks.split_at(1)
        } else {
            marks.split_at(0)
        };
        let sum = rest.iter().map(|m| usize::from(*m)).sum();
        if blank == [1] {
            sum == 0
        } else {
            (self.min..=self.max).contains(&sum)
        }
    }

    /// `index` counts from 0 and only names the place in the error.
    pub(super) fn check(&self, index: usize) -> Result<(), BallotError> {
        if self.min > self.max || self.answers.is_empty() {
            return Err(BallotError::QuestionBounds(index));
        }
        if self.answers.len() > MAX_ANSWERS || self.max > MAX_ANSWERS {
            return Err(BallotError::QuestionTooLarge(index));
        }
        Ok(())
    }
}
