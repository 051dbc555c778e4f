//! Numbers mod the group order q.

use std::fmt;
use std::ops::{Add, AddAssign, Mul, Neg, Sub};
use std::str::FromStr;

use curve25519_dalek::scalar::Scalar as Inner;
use rand_core::CryptoRng;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use zeroize::Zeroize;

use super::codec;
use crate::error::BallotError;

/// A number in [0, q). Its text form is decimal, in JSON a string.
///
/// `Debug` does not show the value, because many of them are secret.
#[derive(Clone, Copy, PartialEq, Eq, Default)]
pub struct Scalar(pub(super) Inner);

impl Scalar {
    /// 0.
    pub const ZERO: Self = Self(Inner::ZERO);
    /// 1.
    pub const ONE: Self = Self(Inner::ONE);

    /// A uniform number: 64 random bytes reduced mod q (bias below 2^-250).
    pub fn random<R: CryptoRng + ?Sized>(rng: &mut R) -> Self {
        let mut wide = [0_u8; 64];
        rng.fill_bytes(&mut wide);
        let scalar = Inner::from_bytes_mod_order_wide(&wide);
        wide.zeroize();
        Self(scalar)
    }

    /// The 32 bytes read as a big-endian number, mod q.
    #[must_use]
    pub fn from_be_bytes(bytes: &[u8; 32]) -> Self {
        let mut little = *bytes;
        little.reverse();
        Self(Inner::from_bytes_mod_order(little))
    }

    /// The 64 bytes read as a big-endian number, mod q.
    #[must_use]
    pub fn from_wide_be_bytes(bytes: &[u8; 64]) -> Self {
        let mut little = *bytes;
        little.reverse();
        let scalar = Inner::from_bytes_mod_order_wide(&little);
        little.zeroize();
        Self(scalar)
    }

    /// The inverse mod q, none for 0.
    #[must_use]
    pub fn invert(&self) -> Option<Self> {
        (*self != Self::ZERO).then(|| Self(self.0.invert()))
    }

    /// The number as 32 bytes, little-endian.
    #[must_use]
    pub fn to_le_bytes(&self) -> [u8; 32] {
        self.0.to_bytes()
    }
}

impl From<u64> for Scalar {
    fn from(n: u64) -> Self {
        Self(Inner::from(n))
    }
}

impl Add for Scalar {
    type Output = Self;
    fn add(self, other: Self) -> Self {
        Self(self.0 + other.0)
    }
}

impl AddAssign for Scalar {
    fn add_assign(&mut self, other: Self) {
        self.0 += other.0;
    }
}

impl Sub for Scalar {
    type Output = Self;
    fn sub(self, other: Self) -> Self {
        Self(self.0 - other.0)
    }
}

impl Mul for Scalar {
    type Output = Self;
    fn mul(self, other: Self) -> Self {
        Self(self.0 * other.0)
    }
}

impl Neg for Scalar {
    type Output = Self;
    fn neg(self) -> Self {
        Self(-self.0)
    }
}

impl std::iter::Sum for Scalar {
    fn sum<I: Iterator<Item = Self>>(iter: I) -> Self {
        iter.fold(Self::ZERO, Add::add)
    }
}

impl fmt::Display for Scalar {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&codec::bytes_to_decimal(&self.0.to_bytes()))
    }
}

impl fmt::Debug for Scalar {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Scalar(…)")
    }
}

impl FromStr for Scalar {
    type Err = BallotError;

    /// Reads a decimal number below q without sign or leading zeros.
    fn from_str(text: &str) -> Result<Self, BallotError> {
        let bytes = codec::decimal_to_bytes(text)?;
        Option::from(Inner::from_canonical_bytes(bytes))
            .map(Self)
            .ok_or(BallotError::ScalarOutOfRange)
    }
}

impl Serialize for Scalar {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Scalar {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        super::point::deserialize_text(deserializer)
    }
}

impl Zeroize for Scalar {
    fn zeroize(&mut self) {
        self.0.zeroize();
    }
}

impl subtle::ConstantTimeEq for Scalar {
    fn ct_eq(&self, other: &Self) -> subtle::Choice {
        self.0.ct_eq(&other.0)
    }
}

impl subtle::ConditionallySelectable for Scalar {
    fn conditional_select(a: &Self, b: &Self, choice: subtle::Choice) -> Self {
        Self(Inner::conditional_select(&a.0, &b.0, choice))
    }
}
