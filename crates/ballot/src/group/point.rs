//! Points, their hexadecimal form and the multiplications of the protocol.

use std::fmt;
use std::ops::{Add, AddAssign, Neg, Sub};
use std::str::FromStr;

use curve25519_dalek::constants::ED25519_BASEPOINT_POINT;
use curve25519_dalek::edwards::{
    CompressedEdwardsY, EdwardsBasepointTable, EdwardsPoint, VartimeEdwardsPrecomputation,
};
use curve25519_dalek::traits::{
    BasepointTable, Identity, VartimeMultiscalarMul, VartimePrecomputedMultiscalarMul,
};
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use subtle::{Choice, ConditionallySelectable};

use super::{Scalar, codec, subgroup};
use crate::error::BallotError;

/// A group element. Parsed from text it is always of prime order (or the identity).
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Point(pub(super) EdwardsPoint);

/// The 64 hexadecimal digits of a point: what proofs hash and JSON carries.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct PointHex([u8; 64]);

impl PointHex {
    /// The digits as text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        // The digits are ASCII, so this never falls back.
        std::str::from_utf8(&self.0).unwrap_or_default()
    }

    /// Takes the text of a point without decoding it: 64 lower-case hexadecimal digits.
    /// Use it only beside [`Point::from_hex_unchecked_subgroup`] or as a key to look up.
    ///
    /// # Errors
    /// `PointSyntax`.
    pub fn of_text(text: &str) -> Result<Self, BallotError> {
        codec::hex_to_bytes(text).map(|bytes| Self(codec::bytes_to_hex(&bytes)))
    }

    /// The digits as bytes.
    #[must_use]
    pub fn as_bytes(&self) -> &[u8; 64] {
        &self.0
    }
}

impl fmt::Display for PointHex {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl fmt::Debug for PointHex {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl Point {
    /// The generator g.
    #[must_use]
    pub fn generator() -> Self {
        Self(ED25519_BASEPOINT_POINT)
    }

    /// The neutral element.
    #[must_use]
    pub fn identity() -> Self {
        Self(EdwardsPoint::identity())
    }

    /// s·G in constant time.
    #[must_use]
    pub fn base_mul(s: &Scalar) -> Self {
        Self(EdwardsPoint::mul_base(&s.0))
    }

    /// s·P in constant time.
    #[must_use]
    pub fn mul(&self, s: &Scalar) -> Self {
        Self(self.0 * s.0)
    }

    /// z·G + c·X, not in constant time: public data only.
    #[must_use]
    pub fn vartime_double_base(c: &Scalar, x: &Point, z: &Scalar) -> Self {
        Self(EdwardsPoint::vartime_double_scalar_mul_basepoint(
            &c.0, &x.0, &z.0,
        ))
    }

    /// Σ s·P over pairs, not in constant time: public data only.
    #[must_use]
    pub fn vartime_sum(terms: &[(Scalar, Point)]) -> Self {
        Self(EdwardsPoint::vartime_multiscalar_mul(
            terms.iter().map(|(s, _)| s.0),
            terms.iter().map(|(_, p)| p.0),
        ))
    }

    /// The hexadecimal form. For many points [`Point::to_hex_batch`] is far cheaper.
    #[must_use]
    pub fn to_hex(&self) -> PointHex {
        PointHex(codec::bytes_to_hex(self.0.compress().as_bytes()))
    }

    /// The hexadecimal forms of many points with one field inversion.
    #[must_use]
    pub fn to_hex_batch(points: &[Point]) -> Vec<PointHex> {
        let inner: Vec<EdwardsPoint> = points.iter().map(|p| p.0).collect();
        EdwardsPoint::compress_batch_alloc(&inner)
            .iter()
            .map(|c| PointHex(codec::bytes_to_hex(c.as_bytes())))
            .collect()
    }

    /// Reads a canonical encoding and checks that it is on the curve, **but not that it is
    /// in the prime-order subgroup**: the caller must do so with
    /// [`Point::batch_in_subgroup`] before anything is concluded from the point.
    ///
    /// # Errors
    /// `PointSyntax`, `PointNotCanonical`, `PointNotOnCurve`.
    pub fn from_hex_unchecked_subgroup(text: &str) -> Result<Self, BallotError> {
        let bytes = codec::hex_to_bytes(text)?;
        if !codec::is_canonical_y(&bytes) {
            return Err(BallotError::PointNotCanonical);
        }
        CompressedEdwardsY(bytes)
            .decompress()
            .map(Self)
            .ok_or(BallotError::PointNotOnCurve)
    }

    /// Whether the point is in the prime-order subgroup. The identity is.
    #[must_use]
    pub fn is_in_subgroup(&self) -> bool {
        subgroup::contains(self)
    }

    /// Whether all points are in the prime-order subgroup. Good points always pass; a set
    /// with bad ones passes with probability at most 2^-66 (the `subgroup` module has the
    /// argument). Deterministic.
    #[must_use]
    pub fn batch_in_subgroup(points: &[Point]) -> bool {
        subgroup::contains_all(points, || subgroup::seed_of(points))
    }

    /// The same where a hash that covers the encodings of all points is at hand.
    pub(crate) fn batch_in_subgroup_hashed(points: &[Point], hash: &[u8; 32]) -> bool {
        subgroup::contains_all(points, || *hash)
    }
}

impl Add for Point {
    type Output = Self;
    fn add(self, other: Self) -> Self {
        Self(self.0 + other.0)
    }
}

impl AddAssign for Point {
    fn add_assign(&mut self, other: Self) {
        self.0 += other.0;
    }
}

impl Sub for Point {
    type Output = Self;
    fn sub(self, other: Self) -> Self {
        Self(self.0 - other.0)
    }
}

impl Neg for Point {
    type Output = Self;
    fn neg(self) -> Self {
        Self(-self.0)
    }
}

impl ConditionallySelectable for Point {
    fn conditional_select(a: &Self, b: &Self, choice: Choice) -> Self {
        Self(EdwardsPoint::conditional_select(&a.0, &b.0, choice))
    }
}

impl std::iter::Sum for Point {
    fn sum<I: Iterator<Item = Self>>(iter: I) -> Self {
        iter.fold(Self::identity(), Add::add)
    }
}

impl fmt::Display for Point {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.to_hex().as_str())
    }
}

impl fmt::Debug for Point {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Point({self})")
    }
}

impl FromStr for Point {
    type Err = BallotError;

    /// Reads and fully checks a point.
    fn from_str(text: &str) -> Result<Self, BallotError> {
        let point = Self::from_hex_unchecked_subgroup(text)?;
        if point.is_in_subgroup() {
            Ok(point)
        } else {
            Err(BallotError::PointOutsideSubgroup)
        }
    }
}

impl Serialize for Point {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.to_hex().as_str())
    }
}

impl<'de> Deserialize<'de> for Point {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserialize_text(deserializer)
    }
}

/// Deserialises anything that has a text form from a JSON string.
pub(super) fn deserialize_text<'de, D, T>(deserializer: D) -> Result<T, D::Error>
where
    D: Deserializer<'de>,
    T: FromStr<Err = BallotError>,
{
    let text = std::borrow::Cow::<'de, str>::deserialize(deserializer)?;
    text.parse().map_err(serde::de::Error::custom)
}

/// Multiples of one public point (the election key) for secret scalars, in constant time.
pub struct FixedBase(Box<EdwardsBasepointTable>);

impl FixedBase {
    /// The table (30 KiB) for `base`.
    #[must_use]
    pub fn new(base: &Point) -> Self {
        Self(Box::new(EdwardsBasepointTable::create(&base.0)))
    }

    /// s·base in constant time.
    #[must_use]
    pub fn mul(&self, s: &Scalar) -> Point {
        Point(self.0.mul_base(&s.0))
    }
}

/// Multiples of one public point (the election key) for verification.
pub struct VerifyBase(VartimeEdwardsPrecomputation);

impl VerifyBase {
    /// The table for `base`.
    #[must_use]
    pub fn new(base: &Point) -> Self {
        Self(VartimeEdwardsPrecomputation::new([base.0]))
    }

    /// z·base + c·X, not in constant time: public data only.
    #[must_use]
    pub fn vartime_double_base(&self, c: &Scalar, x: &Point, z: &Scalar) -> Point {
        Point(self.0.vartime_mixed_multiscalar_mul([z.0], [c.0], [x.0]))
    }
}
