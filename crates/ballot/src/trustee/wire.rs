//! The shapes of `trustees.json`, field by field in the order they are written.

use std::fmt;

use rand_core::CryptoRng;
use serde::de::{DeserializeOwned, Error as _, SeqAccess, Visitor};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::{TellerError, ThresholdParameters};
use crate::group::{Point, Scalar};
use crate::proof::Proof;

/// A teller's public key with the proof that somebody knows its secret.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TrusteePublicKey {
    /// Proof of knowledge of the secret.
    pub pok: Proof,
    /// X.
    pub public_key: Point,
    /// Signature of X by the teller's certified key; only in a key ceremony.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub signature: Option<Proof>,
    /// Name of the teller.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
}

/// A text and the signature of it (`sigmsg|<message>|`).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Signed {
    /// The text, byte for byte as it was signed.
    pub message: String,
    /// The signature.
    pub signature: Proof,
}

impl Signed {
    /// Signs a text.
    pub fn sign<R: CryptoRng + ?Sized>(secret: &Scalar, message: String, rng: &mut R) -> Self {
        let signature = Proof::sign(secret, &message, rng);
        Self { message, signature }
    }

    /// Whether the owner of this key signed it.
    #[must_use]
    pub fn verify(&self, key: &Point) -> bool {
        self.signature.verify_signature(key, &self.message)
    }
}

/// One item of `trustees.json`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Trustee {
    /// A teller who must take part.
    Single(Box<TrusteePublicKey>),
    /// Tellers who made a key together, of whom a threshold must take part.
    Pedersen(ThresholdParameters),
}

impl Serialize for Trustee {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Single(key) => ("Single", key).serialize(serializer),
            Self::Pedersen(parameters) => ("Pedersen", parameters).serialize(serializer),
        }
    }
}

impl<'de> Deserialize<'de> for Trustee {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_tuple(2, TrusteeVisitor)
    }
}

struct TrusteeVisitor;

impl<'de> Visitor<'de> for TrusteeVisitor {
    type Value = Trustee;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(r#"["Single", key] or ["Pedersen", parameters]"#)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Trustee, A::Error> {
        let kind: String = seq
            .next_element()?
            .ok_or_else(|| A::Error::invalid_length(0, &self))?;
        let item = match kind.as_str() {
            "Single" => seq.next_element()?.map(Trustee::Single),
            "Pedersen" => seq.next_element()?.map(Trustee::Pedersen),
            other => return Err(A::Error::unknown_variant(other, &["Single", "Pedersen"])),
        };
        item.ok_or_else(|| A::Error::invalid_length(1, &self))
    }
}

/// The whole file, with the exact text it came from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Trustees {
    items: Vec<Trustee>,
    json: String,
}

impl Trustees {
    /// Puts items together as they are; [`Trustees::check`] judges them.
    #[must_use]
    pub fn new(items: Vec<Trustee>) -> Self {
        let json = to_json(&items);
        Self { items, json }
    }

    /// Reads the file; only its canonical text is taken. Says nothing about proofs yet.
    ///
    /// # Errors
    /// [`TellerError::Malformed`], [`TellerError::NotCanonical`].
    pub fn parse(json: &str) -> Result<Self, TellerError> {
        let items = parse_exact("the list of tellers", json)?;
        Ok(Self {
            items,
            json: json.to_owned(),
        })
    }

    /// The exact text that the archive stores.
    #[must_use]
    pub fn json(&self) -> &str {
        &self.json
    }

    /// The items in their order.
    #[must_use]
    pub fn items(&self) -> &[Trustee] {
        &self.items
    }
}

/// The compact text of a message of ours.
///
/// # Panics
/// Never: the messages hold only texts, numbers and lists of these.
pub(crate) fn to_json<T: Serialize>(value: &T) -> String {
    serde_json::to_string(value).expect("messages hold only texts, numbers and lists")
}

/// Reads a message whose text must be exactly what [`to_json`] would write.
pub(crate) fn parse_exact<T: DeserializeOwned + Serialize>(
    what: &'static str,
    json: &str,
) -> Result<T, TellerError> {
    let value = serde_json::from_str(json).map_err(|error| TellerError::Malformed {
        what,
        text: error.to_string(),
    })?;
    if to_json(&value) == json {
        Ok(value)
    } else {
        Err(TellerError::NotCanonical { what })
    }
}
