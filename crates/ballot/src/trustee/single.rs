//! A key that one teller holds whole.

use rand_core::CryptoRng;
use zeroize::Zeroize;

use super::TrusteePublicKey;
use crate::group::{Point, Scalar};
use crate::proof::Proof;

/// A teller's secret: a whole key, or the share of one. Wiped when dropped, never shown.
pub struct SecretKey(Scalar);

impl SecretKey {
    /// A fresh key.
    pub fn generate<R: CryptoRng + ?Sized>(rng: &mut R) -> Self {
        Self(Scalar::random(rng))
    }

    /// Takes over a number, for instance read from a `.privkey` file.
    #[must_use]
    pub const fn from_scalar(secret: Scalar) -> Self {
        Self(secret)
    }

    /// The number itself: only to compute with.
    #[must_use]
    pub const fn scalar(&self) -> &Scalar {
        &self.0
    }

    /// X = g^x.
    #[must_use]
    pub fn public(&self) -> Point {
        Point::base_mul(&self.0)
    }

    /// The public key with its proof of knowledge.
    pub fn public_key<R: CryptoRng + ?Sized>(
        &self,
        name: Option<String>,
        rng: &mut R,
    ) -> TrusteePublicKey {
        let public_key = self.public();
        let pok = Proof::of_key(&self.0, &public_key, rng);
        TrusteePublicKey {
            pok,
            public_key,
            signature: None,
            name,
        }
    }
}

impl Drop for SecretKey {
    fn drop(&mut self) {
        self.0.zeroize();
    }
}

impl std::fmt::Debug for SecretKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("SecretKey(…)")
    }
}
