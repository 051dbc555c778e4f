//! The JSON of a ballot. Values stay text here, borrowed from the input where possible, so
//! that writing the structure again gives the same bytes exactly when the input was
//! canonical in layout; that the texts themselves are canonical is checked where they are
//! decoded.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};

use crate::error::BallotError;
use crate::group::{PointHex, Scalar};
use crate::proof::Proof;

type Text<'a> = Cow<'a, str>;

// The order of fields is that of the wire format.
/// A ballot.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Ballot<'a> {
    /// The election's identifier.
    #[serde(borrow)]
    pub election_uuid: Text<'a>,
    /// The election's fingerprint φ.
    #[serde(borrow)]
    pub election_hash: Text<'a>,
    /// The public credential.
    #[serde(borrow)]
    pub credential: Text<'a>,
    /// One per question.
    #[serde(borrow)]
    pub answers: Vec<Answer<'a>>,
    /// Left out of what is signed.
    #[serde(borrow, skip_serializing_if = "Option::is_none")]
    pub signature: Option<Signature<'a>>,
}

/// The answer to a question.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Answer<'a> {
    /// One ciphertext per choice.
    #[serde(borrow)]
    pub choices: Vec<CiphertextText<'a>>,
    /// Per choice: it holds 0 or 1.
    #[serde(borrow)]
    pub individual_proofs: Vec<Vec<ProofText<'a>>>,
    /// The sum of the choices is allowed.
    #[serde(borrow)]
    pub overall_proof: Vec<ProofText<'a>>,
    /// Only where a blank is allowed: blank or nothing chosen… or the other way round.
    #[serde(borrow, default, skip_serializing_if = "Option::is_none")]
    pub blank_proof: Option<Vec<ProofText<'a>>>,
}

/// A ciphertext as text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CiphertextText<'a> {
    /// α.
    #[serde(borrow)]
    pub alpha: Text<'a>,
    /// β.
    #[serde(borrow)]
    pub beta: Text<'a>,
}

/// A proof as text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ProofText<'a> {
    /// c.
    #[serde(borrow)]
    pub challenge: Text<'a>,
    /// z.
    #[serde(borrow)]
    pub response: Text<'a>,
}

/// The signature of a ballot.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Signature<'a> {
    /// `B64(SHA256(ballot without signature))`.
    #[serde(borrow)]
    pub hash: Text<'a>,
    /// Proof of knowing the credential, bound to the hash.
    #[serde(borrow)]
    pub proof: ProofText<'a>,
}

impl<'a> Ballot<'a> {
    /// Reads the structure and demands the canonical layout. No value is decoded yet.
    ///
    /// # Errors
    /// `BallotMalformed`, `BallotNotCanonical`.
    pub fn parse(json: &'a str) -> Result<Self, BallotError> {
        let ballot: Self = serde_json::from_str(json)
            .map_err(|error| BallotError::BallotMalformed(error.to_string()))?;
        // Written again piece by piece against the input, so that nothing is allocated.
        let mut expected = Expected(json.as_bytes());
        let same = serde_json::to_writer(&mut expected, &ballot).is_ok() && expected.0.is_empty();
        if same {
            Ok(ballot)
        } else {
            Err(BallotError::BallotNotCanonical)
        }
    }

    /// The compact JSON.
    ///
    /// # Errors
    /// None in practice: strings always serialise.
    pub fn json(&self) -> Result<String, BallotError> {
        serde_json::to_string(self).map_err(|error| BallotError::BallotMalformed(error.to_string()))
    }
}

/// Takes only the bytes it expects.
struct Expected<'a>(&'a [u8]);

impl std::io::Write for Expected<'_> {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        match self.0.strip_prefix(bytes) {
            Some(rest) => {
                self.0 = rest;
                Ok(bytes.len())
            }
            None => Err(std::io::ErrorKind::InvalidData.into()),
        }
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

impl CiphertextText<'_> {
    pub(super) fn of(alpha: &PointHex, beta: &PointHex) -> CiphertextText<'static> {
        CiphertextText {
            alpha: Cow::Owned(alpha.to_string()),
            beta: Cow::Owned(beta.to_string()),
        }
    }
}

impl ProofText<'_> {
    pub(super) fn of(proof: &Proof) -> ProofText<'static> {
        ProofText {
            challenge: Cow::Owned(proof.challenge.to_string()),
            response: Cow::Owned(proof.response.to_string()),
        }
    }

    /// Reads both numbers.
    pub(super) fn decode(&self) -> Result<Proof, BallotError> {
        let challenge: Scalar = self.challenge.parse()?;
        let response: Scalar = self.response.parse()?;
        Ok(Proof {
            challenge,
            response,
        })
    }
}

/// What every proof of a ballot is bound to: `φ|credential` and, for the proofs about a
/// whole question, all its ciphertexts (protocol.md §6).
pub(super) struct Context {
    /// S0.
    pub(super) base: String,
}

impl Context {
    pub(super) fn new(fingerprint: &str, credential: &str) -> Self {
        Self {
            base: format!("{fingerprint}|{credential}"),
        }
    }

    /// S of one question.
    pub(super) fn question(&self, choices: &[CiphertextText]) -> String {
        let mut out = String::with_capacity(self.base.len() + choices.len() * 130);
        out.push_str(&self.base);
        for (index, choice) in choices.iter().enumerate() {
            out.push(if index == 0 { '|' } else { ',' });
            out.push_str(&choice.alpha);
            out.push(',');
            out.push_str(&choice.beta);
        }
        out
    }
}
