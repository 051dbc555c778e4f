//! What can be wrong with shares, proofs and results. Owners count from 1, questions and answers from 0.

use std::fmt;

use thiserror::Error;

/// A cell of the tally: question and answer, both from 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Place(pub usize, pub usize);

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "question {}, answer {}", self.0, self.1)
    }
}

/// Everything refused in opening a tally.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum DecryptError {
    /// Not JSON of the right shape, or with a point or number that is not allowed.
    #[error("{what} cannot be read: {text}")]
    Malformed {
        /// Which message.
        what: &'static str,
        /// What the parser met.
        text: String,
    },
    /// The same content would be written differently.
    #[error("{what} is not in its canonical form")]
    NotCanonical {
        /// Which message.
        what: &'static str,
    },
    /// Not one factor and one proof for each ciphertext.
    #[error("teller {owner} gave {found} {what} instead of {expected}")]
    Shape {
        /// The teller.
        owner: u32,
        /// Factors or proofs.
        what: &'static str,
        /// Ciphertexts.
        expected: usize,
        /// How many were given.
        found: usize,
    },
    /// The proof of the published format does not hold.
    #[error("teller {owner}, {place}: the decryption proof is wrong")]
    Proof {
        /// The teller.
        owner: u32,
        /// The ciphertext.
        place: Place,
    },
    /// The strong proof does not hold.
    #[error("teller {owner}, {place}: the strong decryption proof is wrong")]
    StrongProof {
        /// The teller.
        owner: u32,
        /// The ciphertext.
        place: Place,
    },
    /// There is no such teller.
    #[error("there is no teller {owner}")]
    NoSuchTeller {
        /// The number given.
        owner: u32,
    },
    /// Not enough tellers have opened.
    #[error("{found} shares of {needed} that are needed")]
    TooFew {
        /// The threshold of the group of tellers.
        needed: u32,
        /// How many of them are there.
        found: usize,
    },
    /// More tellers than needed have opened, and their shares do not lie on one polynomial.
    #[error("teller {owner}, {place}: the share contradicts those of the others")]
    Inconsistent {
        /// The surplus teller.
        owner: u32,
        /// The ciphertext.
        place: Place,
    },
    /// No number up to the total weight is what the cell holds.
    #[error("{place} does not hold a number up to {bound}")]
    NoNumber {
        /// The ciphertext.
        place: Place,
        /// The total weight.
        bound: u64,
    },
    /// The result says something else than the opened cell.
    #[error("{place}: the result does not follow from the shares")]
    WrongResult {
        /// The ciphertext.
        place: Place,
    },
    /// Where every ballot marks exactly one answer, the marks must add up to the ballots.
    #[error("question {question}: the marks add up to {found} instead of {expected}")]
    RowSum {
        /// The question.
        question: usize,
        /// The total weight of the ballots.
        expected: u64,
        /// The sum of the row.
        found: u64,
    },
    /// The strong proofs speak of another election or another tally.
    #[error("the strong proofs are for another {what}")]
    OtherStatement {
        /// Election or tally.
        what: &'static str,
    },
}

impl DecryptError {
    /// A stable code for the wire and for reports.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Malformed { .. } => "share_malformed",
            Self::NotCanonical { .. } => "share_not_canonical",
            Self::Shape { .. } => "share_shape",
            Self::Proof { .. } => "share_bad_proof",
            Self::StrongProof { .. } => "share_bad_strong_proof",
            Self::NoSuchTeller { .. } => "share_no_such_teller",
            Self::TooFew { .. } => "share_too_few",
            Self::Inconsistent { .. } => "share_inconsistent",
            Self::NoNumber { .. } => "result_no_number",
            Self::WrongResult { .. } => "result_wrong",
            Self::RowSum { .. } => "result_row_sum",
            Self::OtherStatement { .. } => "strong_other_statement",
        }
    }
}
