//! The shapes of shares and of the sidecar, field by field in the order written.

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use super::DecryptError;
use crate::archive::Hash;
use crate::group::Point;
use crate::proof::Proof;

/// What a teller publishes in the archive: rows are questions, columns answers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PartialDecryption {
    /// F = α^x.
    pub decryption_factors: Vec<Vec<Point>>,
    /// The published format's proof of each.
    pub decryption_proofs: Vec<Vec<Proof>>,
}

/// What a teller sends: the share for the archive and its strong proofs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TellerShare {
    /// For the archive.
    pub partial_decryption: PartialDecryption,
    /// For the sidecar.
    pub strong: Vec<Vec<Proof>>,
}

/// The archive's word on whose share a partial decryption is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Owned {
    /// The teller, from 1.
    pub owner: u32,
    /// Hash of the partial decryption's text.
    pub payload: Hash,
}

/// `UUID.proofs.json`: the strong proofs beside an archive (contract §1.1).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Sidecar {
    /// 1.
    pub version: u32,
    /// Fingerprint of the election.
    pub election: String,
    /// Hash of the encrypted tally's text.
    pub tally: Hash,
    /// One entry for each teller who opened.
    pub shares: Vec<StrongShare>,
}

/// One teller's strong proofs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct StrongShare {
    /// The teller, from 1.
    pub owner: u32,
    /// Rows are questions, columns answers.
    pub proofs: Vec<Vec<Proof>>,
}

macro_rules! exact_text {
    ($type:ty, $what:literal) => {
        impl $type {
            /// The exact text as it is stored and sent.
            ///
            /// # Panics
            /// Never: it holds only texts, numbers and lists of these.
            #[must_use]
            pub fn json(&self) -> String {
                serde_json::to_string(self).expect("it holds only texts, numbers and lists")
            }

            /// Reads the text; only its canonical form is taken.
            ///
            /// # Errors
            /// [`DecryptError::Malformed`], [`DecryptError::NotCanonical`].
            pub fn parse(json: &str) -> Result<Self, DecryptError> {
                let value = read($what, json)?;
                if Self::json(&value) == json {
                    Ok(value)
                } else {
                    Err(DecryptError::NotCanonical { what: $what })
                }
            }
        }
    };
}

exact_text!(PartialDecryption, "a partial decryption");
exact_text!(Owned, "the owner of a partial decryption");
exact_text!(Sidecar, "the file of strong proofs");

fn read<T: DeserializeOwned>(what: &'static str, json: &str) -> Result<T, DecryptError> {
    serde_json::from_str(json).map_err(|error| DecryptError::Malformed {
        what,
        text: error.to_string(),
    })
}

impl Sidecar {
    /// The file for a tally, without shares yet.
    #[must_use]
    pub fn new(fingerprint: &str, tally: Hash) -> Self {
        Self {
            version: 1,
            election: fingerprint.to_owned(),
            tally,
            shares: Vec::new(),
        }
    }

    /// Whether it speaks of this election and this tally.
    ///
    /// # Errors
    /// [`DecryptError::OtherStatement`].
    pub fn is_for(&self, fingerprint: &str, tally: &Hash) -> Result<(), DecryptError> {
        if self.version != 1 {
            return Err(DecryptError::OtherStatement { what: "version" });
        }
        if self.election != fingerprint {
            return Err(DecryptError::OtherStatement { what: "election" });
        }
        if self.tally == *tally {
            Ok(())
        } else {
            Err(DecryptError::OtherStatement { what: "tally" })
        }
    }

    /// The strong proofs of a teller.
    #[must_use]
    pub fn proofs_of(&self, owner: u32) -> Option<&[Vec<Proof>]> {
        self.shares
            .iter()
            .find(|share| share.owner == owner)
            .map(|share| share.proofs.as_slice())
    }
}
