//! What can be wrong, in the words of the domain: one enum for the crate.

use thiserror::Error;

/// Everything this crate refuses, and why.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum BallotError {
    // --- group and numbers (protocol.md §2) ---
    /// Not 64 lower-case hexadecimal digits.
    #[error("a point is 64 lower-case hexadecimal digits")]
    PointSyntax,
    /// A coordinate that is not reduced, or a negative zero.
    #[error("the point is not in its canonical encoding")]
    PointNotCanonical,
    /// No curve point has this encoding.
    #[error("the point is not on the curve")]
    PointNotOnCurve,
    /// On the curve but outside the subgroup of prime order.
    #[error("the point is outside the prime-order subgroup")]
    PointOutsideSubgroup,
    /// Not a decimal number without sign and leading zeros.
    #[error("a number is decimal, without sign or leading zeros")]
    ScalarSyntax,
    /// Not below the group order.
    #[error("the number is not below the group order")]
    ScalarOutOfRange,

    // --- credentials, uuids, the roll (protocol.md §5) ---
    /// Not 22 base-58 characters written 5-6-5-6.
    #[error("a credential is 22 characters in groups of 5, 6, 5 and 6")]
    CredentialSyntax,
    /// Not 14 to 64 base-58 characters.
    #[error("an election identifier has 14 to 64 base-58 characters")]
    UuidSyntax,
    /// Not a JSON array of public credentials.
    #[error("the roll is not a list of public credentials")]
    RollMalformed,
    /// A public credential stands on the roll twice.
    #[error("the public credential {0} stands on the roll twice")]
    RollDuplicate(String),
    /// Not a decimal number without leading zeros.
    #[error("a weight is a whole number without sign or leading zeros")]
    WeightSyntax,
    /// A weight, or the sum of weights, is beyond what can be counted.
    #[error("the weight is too large")]
    WeightTooLarge,

    // --- election.json (protocol.md §4) ---
    /// Not JSON of the right shape; the text says where.
    #[error("the election is malformed: {0}")]
    ElectionMalformed(String),
    /// Another version of the protocol.
    #[error("the election is of protocol version {0}, not 1")]
    ElectionVersion(u64),
    /// Another group.
    #[error("the election uses the group {0}, not Ed25519")]
    ElectionGroup(String),
    /// Too many bytes or questions.
    #[error("the election is too large")]
    ElectionTooLarge,
    /// No answers, or min above max.
    #[error("question {0} has no answers or its least choice is above its greatest")]
    QuestionBounds(usize),
    /// Too many answers.
    #[error("question {0} has too many answers")]
    QuestionTooLarge(usize),

    // --- ballots (protocol.md §6); questions and choices count from 0 ---
    /// The marks to seal do not fit the questions.
    #[error("the marks for question {0} do not fit it")]
    MarksInvalid(usize),
    /// As many lists of marks as questions are needed.
    #[error("marks for {got} questions were given, {expected} are needed")]
    MarksCount {
        /// Questions of the election.
        expected: usize,
        /// Lists of marks given.
        got: usize,
    },
    /// More bytes than any valid ballot of this election has.
    #[error("the ballot is too large")]
    BallotTooLarge,
    /// Not JSON of the right shape.
    #[error("the ballot is malformed: {0}")]
    BallotMalformed(String),
    /// Its JSON is not the one canonical form.
    #[error("the ballot is not in canonical form")]
    BallotNotCanonical,
    /// It belongs to another election.
    #[error("the ballot belongs to another ballot box")]
    BallotWrongElection,
    /// A list in it has the wrong length, or a blank proof is missing or superfluous.
    #[error("the ballot does not answer question {0} in the form asked for")]
    BallotShape(usize),
    /// It does not have as many answers as there are questions.
    #[error("the ballot has answers to {got} questions instead of {expected}")]
    BallotAnswers {
        /// Questions of the election.
        expected: usize,
        /// Answers of the ballot.
        got: usize,
    },
    /// A point or number in it is invalid.
    #[error("{place} of the ballot: {fault}")]
    BallotValue {
        /// Where.
        place: BallotPlace,
        /// What is wrong with it.
        fault: Box<BallotError>,
    },
    /// A ciphertext has a point outside the prime-order subgroup.
    #[error("a ciphertext of the ballot is outside the prime-order subgroup")]
    BallotOutsideSubgroup,
    /// The signature is over other content.
    #[error("the ballot's signature is over other content")]
    SignatureHash,
    /// The signature is not of the credential's holder.
    #[error("the ballot's signature is not valid")]
    SignatureInvalid,
    /// The proof that one choice holds 0 or 1 is wrong.
    #[error("question {question}, choice {choice}: the proof of 0 or 1 is not valid")]
    IndividualProof {
        /// Counted from 0.
        question: usize,
        /// Counted from 0.
        choice: usize,
    },
    /// The proof about the sum of a question's choices is wrong.
    #[error("question {0}: the proof of the number of choices is not valid")]
    OverallProof(usize),
    /// The proof that a blank holds no choice is wrong.
    #[error("question {0}: the proof of the blank is not valid")]
    BlankProof(usize),

    /// Not 64 hexadecimal or 43 base-64 characters.
    #[error("a tracker has 43 base-64 or 64 hexadecimal characters")]
    TrackerSyntax,

    // --- tally (protocol.md §9) ---
    /// Not JSON of the right shape.
    #[error("the encrypted tally is malformed: {0}")]
    TallyMalformed(String),
    /// Not of the shape of the election's questions.
    #[error("the encrypted tally and the election have different shapes")]
    TallyShape,

    // --- challenge of the device (contract §5) ---
    /// Not a challenge file.
    #[error("the challenge is malformed: {0}")]
    OpeningMalformed(String),
    /// It names another election, ballot or credential.
    #[error("the opening belongs to another ballot")]
    OpeningOther,
    /// Not one number per ciphertext.
    #[error("the opening does not have one number per choice")]
    OpeningShape,
    /// A revealed number does not make the ciphertext: the device did not seal this.
    #[error("question {0}: the revealed numbers do not make the ballot")]
    OpeningWrong(usize),

    // --- sealed opinions (contract §6) ---
    /// More than 1,200 bytes.
    #[error("the opinion is too long")]
    OpinionTooLong,
    /// Not an entry of the urn.
    #[error("the sealed opinion is malformed")]
    OpinionMalformed,
    /// Its maker does not prove to know how it was made.
    #[error("the sealed opinion's proof is not valid")]
    OpinionProof,
    /// The same entry was put in again.
    #[error("a sealed opinion is in the urn twice")]
    OpinionTwice,
    /// Not one factor and proof per entry.
    #[error("the teller's share does not fit the urn")]
    UrnShareShape,
    /// A factor's proof is wrong.
    #[error("entry {0}: the proof of the teller's factor is not valid")]
    UrnShareProof(usize),
}

/// A place in a ballot; numbers count from 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BallotPlace {
    /// The public credential.
    Credential,
    /// A ciphertext: question, choice.
    Ciphertext(usize, usize),
    /// A proof of a choice: question, choice.
    Individual(usize, usize),
    /// The overall proof of a question.
    Overall(usize),
    /// The blank proof of a question.
    Blank(usize),
    /// The signature.
    Signature,
}

impl std::fmt::Display for BallotPlace {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Credential => f.write_str("the credential"),
            Self::Ciphertext(q, c) => write!(f, "question {q}, choice {c}, the ciphertext"),
            Self::Individual(q, c) => write!(f, "question {q}, choice {c}, the proof"),
            Self::Overall(q) => write!(f, "question {q}, the overall proof"),
            Self::Blank(q) => write!(f, "question {q}, the blank proof"),
            Self::Signature => f.write_str("the signature"),
        }
    }
}

impl BallotError {
    /// This fault of a value, found at a place of a ballot.
    #[must_use]
    pub(crate) fn at(self, place: BallotPlace) -> Self {
        Self::BallotValue {
            place,
            fault: Box::new(self),
        }
    }

    /// The stable code of the casting interface (contract §3.5) for what [`crate::ballot::check`]
    /// refuses.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::BallotTooLarge => "ballot_too_large",
            Self::BallotNotCanonical => "ballot_not_canonical",
            Self::BallotWrongElection => "ballot_wrong_box",
            Self::SignatureHash | Self::SignatureInvalid => "ballot_bad_signature",
            Self::IndividualProof { .. }
            | Self::OverallProof(_)
            | Self::BlankProof(_)
            | Self::BallotOutsideSubgroup => "ballot_bad_proof",
            _ => "ballot_malformed",
        }
    }
}
