//! What a key ceremony leaves behind in public (protocol.md §8.4), and its checks (§8.5).

use serde::{Deserialize, Serialize};

use super::wire::to_json;
use super::{Signed, TellerError, TrusteePublicKey, parse_exact};
use crate::group::{GROUP_NAME, Point, Scalar};
use crate::proof::Proof;

/// The public outcome of a key ceremony, in the structure of Belenios 3.0 and later.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ThresholdParameters {
    /// How many tellers it takes.
    pub threshold: u32,
    /// Certificates in the order of the tellers' indices.
    pub certs: Vec<Signed>,
    /// Signed commitments to each teller's polynomial.
    pub coefexps: Vec<Signed>,
    /// Each teller's signature of all certificates together with their own commitments.
    pub signatures: Vec<Proof>,
    /// Each teller's verification key, proved and signed.
    pub verification_keys: Vec<TrusteePublicKey>,
}

/// For which ceremony and which seat a certificate was made.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Context {
    /// Name of the group: always `Ed25519`.
    pub group: String,
    /// Number of tellers.
    pub size: u32,
    /// How many it takes.
    pub threshold: u32,
    /// This teller's seat, from 1.
    pub index: u32,
}

impl Context {
    /// A seat in a ceremony of `size` tellers of whom `threshold` will be needed.
    ///
    /// # Errors
    /// [`TellerError::Threshold`] unless 1 ≤ threshold ≤ size and 1 ≤ index ≤ size.
    pub fn new(size: u32, threshold: u32, index: u32) -> Result<Self, TellerError> {
        if threshold == 0 || threshold > size || index == 0 || index > size {
            return Err(TellerError::Threshold { threshold, size });
        }
        Ok(Self {
            group: GROUP_NAME.to_owned(),
            size,
            threshold,
            index,
        })
    }
}

/// What a certificate certifies.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct CertKeys {
    pub context: Context,
    pub verification: Point,
    pub encryption: Point,
}

impl CertKeys {
    /// Reads a certificate and checks it against the seat it is found at.
    pub(crate) fn check(context: &Context, cert: &Signed) -> Result<Self, TellerError> {
        let index = context.index;
        let keys: Self = parse_exact("a certificate", &cert.message)?;
        if keys.context != *context {
            return Err(TellerError::CertContext { index });
        }
        let neutral = |what| TellerError::NeutralKey { what, index };
        if keys.verification == Point::identity() {
            return Err(neutral("signing key"));
        }
        if keys.encryption == Point::identity() {
            return Err(neutral("channel key"));
        }
        if cert.verify(&keys.verification) {
            Ok(keys)
        } else {
            Err(TellerError::CertSignature { index })
        }
    }
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Coefexps {
    pub coefexps: Vec<Point>,
}

/// Reads signed commitments; signature and length are checked, membership by reading.
pub(crate) fn parse_coefexps(signed: &Signed, keys: &CertKeys) -> Result<Vec<Point>, TellerError> {
    let (index, expected) = (keys.context.index, keys.context.threshold as usize);
    let message: Coefexps = parse_exact("commitments", &signed.message)?;
    let found = message.coefexps.len();
    if found != expected {
        return Err(TellerError::CommitmentLength {
            index,
            expected,
            found,
        });
    }
    if !signed.verify(&keys.verification) {
        return Err(TellerError::CommitmentSignature { index });
    }
    Ok(message.coefexps)
}

/// The text by which a teller signs the certificates they saw along with their commitments.
pub(crate) fn certs_statement(certs: &[Signed], coefexps: &[Point]) -> String {
    #[derive(Serialize)]
    struct Statement<'a> {
        certs: &'a [Signed],
        coefexps: &'a [Point],
    }
    format!("certs_sig|{}", to_json(&Statement { certs, coefexps }))
}

/// The verification key that teller `index` must have: all commitments at that index, multiplied.
pub(crate) fn expected_key(coefexps: &[Vec<Point>], index: u32) -> Point {
    coefexps.iter().map(|own| commitment_at(own, index)).sum()
}

/// `Π A_k^(j^k)` by Horner's rule: the commitment to the polynomial's value at `index`.
pub(crate) fn commitment_at(coefexps: &[Point], index: u32) -> Point {
    let at = Scalar::from(u64::from(index));
    coefexps
        .iter()
        .rev()
        .fold(Point::identity(), |sum, coefficient| {
            sum.mul(&at) + *coefficient
        })
}
