//! Exact non-negative numbers: weights, grade values, means and scores.
//!
//! Everything that decides a result is a fraction of whole numbers (architecture.md rule 6); a decimal is
//! made only when a number is shown, rounded half up.

use std::fmt;
use std::iter::Sum;
use std::ops::{Add, Div, Mul};
use std::str::FromStr;

use num_bigint::BigInt;
use num_rational::BigRational;
use num_traits::{One, Signed, ToPrimitive, Zero};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

use crate::error::NumberError;

/// The longest text read as a number, in characters.
const MAX_TEXT: usize = 40;
/// A JSON number with more significant digits than this may not be what its author wrote.
const MAX_FLOAT_DIGITS: usize = 15;

/// A non-negative exact rational number.
///
/// Text forms: `40`, `33.3`, `1/3`. In JSON a number or a string; written back as a JSON number where it is
/// whole and below 2^53, else as a string, decimal where that ends and a fraction where it does not, so that
/// equal numbers have one spelling and the canonical JSON of a configuration has one hash.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Exact(BigRational);

/// The weight of an item or of a category of raters; only ratios of weights matter.
pub type Weight = Exact;
/// What a grade is worth, in points.
pub type Value = Exact;

impl Exact {
    /// Nought.
    #[must_use]
    pub fn zero() -> Self {
        Self(BigRational::zero())
    }

    /// One.
    #[must_use]
    pub fn one() -> Self {
        Self(BigRational::one())
    }

    /// `numerator ÷ denominator`, or `None` where the denominator is nought.
    #[must_use]
    pub fn ratio(numerator: u64, denominator: u64) -> Option<Self> {
        (denominator != 0).then(|| Self(BigRational::new(numerator.into(), denominator.into())))
    }

    /// Whether this is nought.
    #[must_use]
    pub fn is_zero(&self) -> bool {
        self.0.is_zero()
    }

    /// The quotient, or `None` where `divisor` is nought.
    #[must_use]
    pub fn checked_div(&self, divisor: &Self) -> Option<Self> {
        (!divisor.is_zero()).then(|| Self(&self.0 / &divisor.0))
    }

    /// The difference, or `None` where it would be negative.
    #[must_use]
    pub fn checked_sub(&self, other: &Self) -> Option<Self> {
        (self >= other).then(|| Self(&self.0 - &other.0))
    }

    /// The exact fraction: `34/35`, or `97` where it is whole.
    #[must_use]
    pub fn fraction(&self) -> String {
        if self.0.is_integer() {
            self.0.numer().to_string()
        } else {
            format!("{}/{}", self.0.numer(), self.0.denom())
        }
    }

    /// The decimal with `places` digits after the point, rounded half up (domain.md §8).
    #[must_use]
    pub fn rounded(&self, places: u8) -> String {
        let scale = BigInt::from(10).pow(u32::from(places));
        let scaled = &self.0 * BigRational::from(scale);
        let half = BigRational::new(BigInt::one(), BigInt::from(2));
        let digits = (scaled + half).floor().to_integer().to_string();
        let places = usize::from(places);
        if places == 0 {
            return digits;
        }
        let padded = format!("{digits:0>width$}", width = places + 1);
        let (whole, rest) = padded.split_at(padded.len() - places);
        format!("{whole}.{rest}")
    }

    /// The decimal that is exactly this number, or `None` where it has no end.
    #[must_use]
    pub fn terminating(&self) -> Option<String> {
        let (two, five) = (BigInt::from(2), BigInt::from(5));
        let mut rest = self.0.denom().clone();
        let mut places = [0_u8; 2];
        for (prime, count) in [two, five].iter().zip(&mut places) {
            while (&rest % prime).is_zero() {
                rest /= prime;
                *count = count.checked_add(1)?;
            }
        }
        rest.is_one()
            .then(|| self.rounded(places[0].max(places[1])))
    }

    /// The nearest float, for charts and lengths of bars only: never for a decision.
    #[must_use]
    pub fn approximate(&self) -> f64 {
        self.0.to_f64().unwrap_or(f64::INFINITY)
    }

    /// The whole number below or at this one; the largest there is where it does not fit.
    #[must_use]
    pub fn floor(&self) -> u64 {
        self.0.floor().to_integer().to_u64().unwrap_or(u64::MAX)
    }

    /// The fraction itself.
    #[must_use]
    pub const fn as_ratio(&self) -> &BigRational {
        &self.0
    }

    /// The number as a non-negative 64-bit integer where it is one.
    #[must_use]
    pub fn to_u64(&self) -> Option<u64> {
        self.0
            .is_integer()
            .then(|| self.0.numer().to_u64())
            .flatten()
    }
}

impl From<u64> for Exact {
    fn from(number: u64) -> Self {
        Self(BigRational::from(BigInt::from(number)))
    }
}

impl From<u32> for Exact {
    fn from(number: u32) -> Self {
        Self::from(u64::from(number))
    }
}

impl TryFrom<BigRational> for Exact {
    type Error = NumberError;

    /// # Errors
    /// [`NumberError::Negative`].
    fn try_from(ratio: BigRational) -> Result<Self, NumberError> {
        if ratio.is_negative() {
            Err(NumberError::Negative)
        } else {
            Ok(Self(ratio))
        }
    }
}

impl Add for Exact {
    type Output = Self;
    fn add(self, other: Self) -> Self {
        Self(self.0 + other.0)
    }
}

impl Mul<&Exact> for &Exact {
    type Output = Exact;
    fn mul(self, other: &Exact) -> Exact {
        Exact(&self.0 * &other.0)
    }
}

impl Div<&Exact> for &Exact {
    type Output = Option<Exact>;
    fn div(self, divisor: &Exact) -> Option<Exact> {
        self.checked_div(divisor)
    }
}

impl Sum for Exact {
    fn sum<I: Iterator<Item = Self>>(numbers: I) -> Self {
        numbers.fold(Self::zero(), Add::add)
    }
}

impl fmt::Display for Exact {
    /// The canonical text: the decimal where it ends, else the fraction.
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.terminating().unwrap_or_else(|| self.fraction()))
    }
}

impl FromStr for Exact {
    type Err = NumberError;

    fn from_str(text: &str) -> Result<Self, NumberError> {
        let text = text.trim();
        if text.is_empty() {
            return Err(NumberError::Empty);
        }
        if text.len() > MAX_TEXT {
            return Err(NumberError::TooLong { most: MAX_TEXT });
        }
        if text.starts_with('-') {
            return Err(NumberError::Negative);
        }
        if let Some((numerator, denominator)) = text.split_once('/') {
            let (numerator, denominator) = (whole(numerator.trim())?, whole(denominator.trim())?);
            if denominator.is_zero() {
                return Err(NumberError::ZeroDenominator);
            }
            return Ok(Self(BigRational::new(numerator, denominator)));
        }
        let (before, after) = text.split_once('.').unwrap_or((text, "0"));
        let places =
            u32::try_from(after.len()).map_err(|_| NumberError::TooLong { most: MAX_TEXT })?;
        let scale = BigInt::from(10).pow(places);
        let digits = whole(before)? * &scale + whole(after)?;
        Ok(Self(BigRational::new(digits, scale)))
    }
}

/// ASCII digits only: `+5`, `1e3`, `１` and `1_000` are refused rather than guessed at.
fn whole(digits: &str) -> Result<BigInt, NumberError> {
    if digits.is_empty() || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return Err(NumberError::NotANumber);
    }
    digits.parse().map_err(|_| NumberError::NotANumber)
}

impl Serialize for Exact {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        const LARGEST_EXACT_IN_JSON: u64 = 1 << 53;
        match self.to_u64() {
            Some(number) if number < LARGEST_EXACT_IN_JSON => serializer.serialize_u64(number),
            _ => serializer.collect_str(self),
        }
    }
}

impl<'de> Deserialize<'de> for Exact {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(ExactVisitor)
    }
}

struct ExactVisitor;

impl de::Visitor<'_> for ExactVisitor {
    type Value = Exact;

    fn expecting(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("a non-negative number such as 40, \"33.3\" or \"1/3\"")
    }

    fn visit_u64<E: de::Error>(self, number: u64) -> Result<Exact, E> {
        Ok(Exact::from(number))
    }

    fn visit_i64<E: de::Error>(self, number: i64) -> Result<Exact, E> {
        u64::try_from(number)
            .map(Exact::from)
            .map_err(|_| E::custom(NumberError::Negative))
    }

    fn visit_f64<E: de::Error>(self, number: f64) -> Result<Exact, E> {
        // The shortest decimal that reads back as this float is what was written, up to 15 digits.
        let text = number.to_string();
        if text.bytes().filter(u8::is_ascii_digit).count() > MAX_FLOAT_DIGITS {
            return Err(E::custom(NumberError::InexactFloat));
        }
        text.parse().map_err(E::custom)
    }

    fn visit_str<E: de::Error>(self, text: &str) -> Result<Exact, E> {
        text.parse().map_err(E::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn exact(text: &str) -> Exact {
        text.parse().unwrap()
    }

    #[test]
    fn reads_every_spelling_and_writes_one() {
        for (text, canonical) in [
            ("40", "40"),
            ("40.0", "40"),
            ("33.3", "\"33.3\""),
            ("\"33.30\"", "\"33.3\""),
            ("\"1/3\"", "\"1/3\""),
            ("\"2/8\"", "\"0.25\""),
            ("\" 7 \"", "7"),
            ("0", "0"),
            ("9007199254740991", "9007199254740991"),
            ("9007199254740992", "\"9007199254740992\""),
            ("\"9007199254740993\"", "\"9007199254740993\""),
        ] {
            let number: Exact = serde_json::from_str(text).unwrap();
            assert_eq!(serde_json::to_string(&number).unwrap(), canonical, "{text}");
            let again: Exact = serde_json::from_str(canonical).unwrap();
            assert_eq!(again, number);
        }
    }

    #[test]
    fn refuses_what_is_not_plainly_a_non_negative_number() {
        for text in [
            "-1",
            "-0.5",
            "\"-1\"",
            "\"\"",
            "\"1e3\"",
            "\"+1\"",
            "\"1/0\"",
            "\"1/2/3\"",
            "\"１\"",
            "\".5\"",
            "\"5.\"",
            "33.33333333333333333",
            "1e300",
            "null",
            "true",
            "[1]",
            "\"11111111111111111111111111111111111111111\"",
        ] {
            assert!(
                serde_json::from_str::<Exact>(text).is_err(),
                "{text} was read"
            );
        }
    }

    #[test]
    fn rounds_half_up_only_when_shown() {
        assert_eq!(exact("2.345").rounded(2), "2.35");
        assert_eq!(exact("2.344999").rounded(2), "2.34");
        assert_eq!(exact("0.5").rounded(0), "1");
        assert_eq!(exact("0.005").rounded(2), "0.01");
        assert_eq!(exact("1/3").rounded(6), "0.333333");
        assert_eq!(exact("99.995").rounded(2), "100.00");
        assert_eq!(exact("0").rounded(2), "0.00");
    }

    #[test]
    fn decimals_that_end_are_told_from_those_that_do_not() {
        assert_eq!(exact("1/8").terminating().as_deref(), Some("0.125"));
        assert_eq!(exact("7/20").terminating().as_deref(), Some("0.35"));
        assert_eq!(exact("1/3").terminating(), None);
        assert_eq!(exact("340/7").fraction(), "340/7");
    }

    #[test]
    fn arithmetic_refuses_to_leave_the_non_negative_numbers() {
        assert_eq!(exact("1").checked_sub(&exact("2")), None);
        assert_eq!(exact("1").checked_div(&Exact::zero()), None);
        assert_eq!(exact("3").checked_sub(&exact("1/2")), Some(exact("2.5")));
        assert_eq!(&exact("1") / &exact("3"), Some(exact("1/3")));
        assert_eq!(
            Exact::try_from(BigRational::from(BigInt::from(-1))),
            Err(NumberError::Negative)
        );
    }
}
