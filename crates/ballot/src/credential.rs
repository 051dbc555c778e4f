//! Voting credentials (protocol.md §5.3, the derivation of Belenios 2.4 and later) and
//! the identifiers of ballot boxes.

mod roll;

pub use roll::{Roll, RollEntry};

use std::fmt;
use std::str::FromStr;

use rand_core::CryptoRng;
use serde::{Deserialize, Serialize};
use zeroize::{Zeroize, ZeroizeOnDrop, Zeroizing};

use crate::error::BallotError;
use crate::group::{Point, Scalar};

/// The 58 characters: no 0, O, I, l.
pub(crate) const BASE58: &[u8; 58] = b"123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";

/// Lengths of the groups of a credential between its dashes.
const GROUPS: [usize; 4] = [5, 6, 5, 6];
const CREDENTIAL_LENGTH: usize = 22 + 3;

const UUID_MIN: usize = 14;
/// Ours; the format gives no upper limit. Uuids are names of files and parts of addresses.
const UUID_MAX: usize = 64;

pub(crate) fn is_base58(c: u8) -> bool {
    BASE58.contains(&c)
}

/// `n` uniform base-58 characters, by rejection of the top of the byte range.
pub fn random_base58<R: CryptoRng + ?Sized>(n: usize, rng: &mut R) -> String {
    let mut out = String::with_capacity(n);
    let mut byte = [0_u8; 1];
    while out.len() < n {
        rng.fill_bytes(&mut byte);
        // 232 = 4 · 58.
        if byte[0] < 232 {
            out.push(char::from(BASE58[usize::from(byte[0] % 58)]));
        }
    }
    byte.zeroize();
    out
}

/// A private credential: 22 base-58 characters (129 bits) written 5-6-5-6. It exists only
/// in this valid form, is wiped from memory when dropped and never shown by `Debug`.
#[derive(Clone, PartialEq, Eq, Zeroize, ZeroizeOnDrop)]
pub struct Credential(String);

impl Credential {
    /// A fresh one.
    pub fn generate<R: CryptoRng + ?Sized>(rng: &mut R) -> Self {
        let digits = Zeroizing::new(random_base58(GROUPS.iter().sum(), rng));
        let mut text = String::with_capacity(CREDENTIAL_LENGTH);
        let mut rest = digits.as_str();
        for length in GROUPS {
            let (head, tail) = rest.split_at(length);
            if !text.is_empty() {
                text.push('-');
            }
            text.push_str(head);
            rest = tail;
        }
        Self(text)
    }

    /// The text with its dashes: for the slip, never for a log or a request.
    #[must_use]
    pub fn expose(&self) -> &str {
        &self.0
    }

    /// The signing key in the box `uuid`: two SHA-256 digests over the credential, read as
    /// one 512-bit number mod q.
    #[must_use]
    pub fn secret(&self, uuid: &Uuid) -> Scalar {
        let mut wide = Zeroizing::new([0_u8; 64]);
        for (index, half) in wide.chunks_exact_mut(32).enumerate() {
            let text = Zeroizing::new(format!(
                "derive_credential|{uuid}|{index}|{}",
                self.expose()
            ));
            half.copy_from_slice(&crate::hash::sha256(text.as_bytes()));
        }
        Scalar::from_wide_be_bytes(&wide)
    }

    /// The public credential in the box `uuid`, as it stands on the roll.
    #[must_use]
    pub fn public(&self, uuid: &Uuid) -> Point {
        Point::base_mul(&self.secret(uuid))
    }
}

impl FromStr for Credential {
    type Err = BallotError;

    /// Accepts exactly the written form, dashes included: they are part of what is hashed.
    fn from_str(text: &str) -> Result<Self, BallotError> {
        let well_formed = text.len() == CREDENTIAL_LENGTH
            && text.bytes().all(|c| c == b'-' || is_base58(c))
            && text.split('-').map(str::len).eq(GROUPS);
        if well_formed {
            Ok(Self(text.to_owned()))
        } else {
            Err(BallotError::CredentialSyntax)
        }
    }
}

impl fmt::Debug for Credential {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Credential(…)")
    }
}

/// The identifier of an election, for us of one ballot box: 14 to 64 base-58 characters.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Uuid(String);

impl Uuid {
    /// A fresh one of 14 characters (82 bits).
    pub fn generate<R: CryptoRng + ?Sized>(rng: &mut R) -> Self {
        Self(random_base58(UUID_MIN, rng))
    }

    /// The characters.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for Uuid {
    type Err = BallotError;
    fn from_str(text: &str) -> Result<Self, BallotError> {
        if (UUID_MIN..=UUID_MAX).contains(&text.len()) && text.bytes().all(is_base58) {
            Ok(Self(text.to_owned()))
        } else {
            Err(BallotError::UuidSyntax)
        }
    }
}

impl TryFrom<String> for Uuid {
    type Error = BallotError;
    fn try_from(text: String) -> Result<Self, BallotError> {
        text.parse()
    }
}

impl From<Uuid> for String {
    fn from(uuid: Uuid) -> Self {
        uuid.0
    }
}

impl fmt::Display for Uuid {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests;
