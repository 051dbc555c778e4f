//! What goes between tellers and server, field by field in the order written.

use serde::{Deserialize, Serialize};
use zeroize::Zeroize;

use crate::group::Scalar;
use crate::proof::Proof;
use crate::trustee::{Signed, TrusteePublicKey};

/// Step 2: a teller's polynomial, sealed to themselves; their shares, sealed to each teller; commitments.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Polynomial {
    /// The coefficients, sealed to their owner.
    pub polynomial: String,
    /// The value at 1, 2, …, each sealed to that teller.
    pub secrets: Vec<String>,
    /// Signed commitments to the coefficients.
    pub coefexps: Signed,
    /// Signature of all certificates with the commitments.
    pub signature: Proof,
}

/// Step 3: what the server hands to one teller (`vinput`).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct VerifierInput {
    /// The teller's own coefficients, back again.
    pub polynomial: String,
    /// The share each teller sealed to this one.
    pub secrets: Vec<String>,
    /// Everybody's commitments.
    pub coefexps: Vec<Signed>,
    /// Everybody's signature of the certificates with their commitments.
    pub signatures: Vec<Proof>,
}

/// Step 4: what a teller gives back (`voutput`).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Output {
    /// The teller's share of the key, sealed to themselves.
    pub private_key: String,
    /// The verification key, proved and signed.
    pub public_key: TrusteePublicKey,
}

/// Inside `polynomial`.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Coefficients {
    pub polynomial: Vec<Scalar>,
}

impl Drop for Coefficients {
    fn drop(&mut self) {
        self.polynomial.zeroize();
    }
}

/// Inside `secrets`.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Share {
    pub secret: Scalar,
}

impl Drop for Share {
    fn drop(&mut self) {
        self.secret.zeroize();
    }
}

/// Inside `private_key`.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct DecryptionKey {
    pub decryption_key: Scalar,
}

impl Drop for DecryptionKey {
    fn drop(&mut self) {
        self.decryption_key.zeroize();
    }
}
