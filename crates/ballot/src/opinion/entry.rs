//! One sealed opinion.

use chacha20poly1305::aead::{Aead, KeyInit, Payload};
use chacha20poly1305::{Key, XChaCha20Poly1305, XNonce};
use rand_core::CryptoRng;
use serde::{Deserialize, Serialize};
use zeroize::{Zeroize, Zeroizing};

use super::{MAX_OPINION_BYTES, PADDED, UrnContext};
use crate::error::BallotError;
use crate::group::{Point, PointHex, Scalar};
use crate::hash::{b64_compact, b64_compact_decode, hex, hex_decode, sha256, sha256_hex};
use crate::proof::Proof;

/// Bytes of the authentication tag.
const TAG: usize = 16;
/// Base-64 characters of ciphertext and tag.
const DATA_LENGTH: usize = ((PADDED + TAG) * 4).div_ceil(3);
/// Characters of every entry: α, c, z, data and the dots between.
pub const WIRE_LENGTH: usize = 3 * 65 + DATA_LENGTH;

/// A text about a presenter.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Opinion {
    /// The presenter's code.
    #[serde(rename = "p")]
    pub presenter: String,
    /// The text; empty where the rater wrote nothing.
    #[serde(rename = "t")]
    pub text: String,
}

impl Opinion {
    /// Length byte pair, JSON, zeros.
    fn padded(&self) -> Result<Zeroizing<Vec<u8>>, BallotError> {
        let json = Zeroizing::new(serde_json::to_vec(self).unwrap_or_default());
        let length = u16::try_from(json.len())
            .ok()
            .filter(|_| json.len() <= MAX_OPINION_BYTES)
            .ok_or(BallotError::OpinionTooLong)?;
        let mut out = Zeroizing::new(Vec::with_capacity(PADDED));
        out.extend_from_slice(&length.to_be_bytes());
        out.extend_from_slice(&json);
        out.resize(PADDED, 0);
        Ok(out)
    }

    /// The inverse of [`Opinion::padded`]; none for anything else.
    fn from_padded(bytes: &[u8]) -> Option<Self> {
        let (length, rest) = bytes.split_first_chunk::<2>()?;
        let length = usize::from(u16::from_be_bytes(*length));
        let (json, padding) = rest.split_at_checked(length)?;
        let clean = length <= MAX_OPINION_BYTES && padding.iter().all(|b| *b == 0);
        clean.then(|| serde_json::from_slice(json).ok()).flatten()
    }
}

/// Whether an opinion is short enough to be sealed.
#[must_use]
pub fn fits(opinion: &Opinion) -> bool {
    opinion.padded().is_ok()
}

/// An entry of the urn that has been read and whose proof holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    wire: String,
    alpha: Point,
    data: Vec<u8>,
}

/// Seals one opinion; draws r, then the proof's w.
///
/// # Errors
/// `OpinionTooLong`.
pub fn seal<R: CryptoRng + ?Sized>(
    context: &UrnContext,
    opinion: &Opinion,
    rng: &mut R,
) -> Result<String, BallotError> {
    seal_padded(context, &opinion.padded()?, rng)
}

/// Seals bytes of the padded length (tests seal such as are no opinion).
pub(super) fn seal_padded<R: CryptoRng + ?Sized>(
    context: &UrnContext,
    padded: &[u8],
    rng: &mut R,
) -> Result<String, BallotError> {
    let mut r = Scalar::random(rng);
    let alpha = Point::base_mul(&r).to_hex();
    let (cipher, nonce) = cipher(context, &alpha, &context.key().mul(&r));
    let payload = Payload {
        msg: padded,
        aad: context.as_str().as_bytes(),
    };
    let data = cipher
        .encrypt(&nonce, payload)
        .map_err(|_| BallotError::OpinionTooLong)?;
    let data = b64_compact(&data);
    let proof = Proof::knowledge(&r, &knowledge_prefix(context, &alpha, &data), rng);
    r.zeroize();
    Ok(format!(
        "{alpha}.{}.{}.{data}",
        scalar_hex(&proof.challenge),
        scalar_hex(&proof.response)
    ))
}

impl Entry {
    /// Reads an entry of the urn `context` and checks its proof of knowledge.
    ///
    /// # Errors
    /// `OpinionMalformed`, `OpinionProof`, or the fault of the point.
    pub fn parse(context: &UrnContext, wire: &str) -> Result<Self, BallotError> {
        if wire.len() != WIRE_LENGTH {
            return Err(BallotError::OpinionMalformed);
        }
        let parts: Vec<&str> = wire.split('.').collect();
        let [alpha, challenge, response, text] = parts.as_slice() else {
            return Err(BallotError::OpinionMalformed);
        };
        let point: Point = alpha.parse()?;
        let data = b64_compact_decode(text).ok_or(BallotError::OpinionMalformed)?;
        if data.len() != PADDED + TAG {
            return Err(BallotError::OpinionMalformed);
        }
        let proof = Proof {
            challenge: scalar_of_hex(challenge)?,
            response: scalar_of_hex(response)?,
        };
        let prefix = knowledge_prefix(context, &point.to_hex(), text);
        if !proof.verify_knowledge(&point, &prefix) {
            return Err(BallotError::OpinionProof);
        }
        Ok(Self {
            wire: wire.to_owned(),
            alpha: point,
            data,
        })
    }

    /// The exact text.
    #[must_use]
    pub fn wire(&self) -> &str {
        &self.wire
    }

    /// α.
    #[must_use]
    pub fn alpha(&self) -> &Point {
        &self.alpha
    }

    /// Opens the entry with K = α^x, the tellers' combined factor; none when what is inside
    /// is not an opinion.
    #[must_use]
    pub fn open(&self, context: &UrnContext, shared: &Point) -> Option<Opinion> {
        let (cipher, nonce) = cipher(context, &self.alpha.to_hex(), shared);
        let payload = Payload {
            msg: self.data.as_slice(),
            aad: context.as_str().as_bytes(),
        };
        let padded = Zeroizing::new(cipher.decrypt(&nonce, payload).ok()?);
        Opinion::from_padded(&padded)
    }
}

fn cipher(context: &UrnContext, alpha: &PointHex, shared: &Point) -> (XChaCha20Poly1305, XNonce) {
    let shared = Zeroizing::new(shared.to_hex().as_bytes().to_vec());
    let mut input =
        Zeroizing::new(format!("pingyi-opinion-key-v1|{context}|{alpha}|").into_bytes());
    input.extend_from_slice(&shared);
    let mut key = sha256(&input);
    let cipher = XChaCha20Poly1305::new(&Key::from(key));
    key.zeroize();
    let digest = sha256(format!("pingyi-opinion-nonce-v1|{alpha}|{context}").as_bytes());
    let mut nonce = [0_u8; 24];
    nonce.copy_from_slice(&digest[..24]);
    (cipher, XNonce::from(nonce))
}

fn knowledge_prefix(context: &UrnContext, alpha: &PointHex, data: &str) -> String {
    format!(
        "pingyi-opinion-pok-v1|{context}|{alpha}|{}|",
        sha256_hex(data.as_bytes())
    )
}

/// 64 digits, so that every entry has the same length.
fn scalar_hex(scalar: &Scalar) -> String {
    let mut bytes = scalar.to_le_bytes();
    bytes.reverse();
    hex(&bytes)
}

fn scalar_of_hex(text: &str) -> Result<Scalar, BallotError> {
    let bytes: [u8; 32] = hex_decode(text)
        .and_then(|bytes| bytes.try_into().ok())
        .ok_or(BallotError::OpinionMalformed)?;
    let scalar = Scalar::from_be_bytes(&bytes);
    // Only the reduced form, so that there is one text per proof.
    if scalar_hex(&scalar) == text {
        Ok(scalar)
    } else {
        Err(BallotError::ScalarOutOfRange)
    }
}
