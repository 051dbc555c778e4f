//! Weights of credentials: whole numbers, zero allowed (protocol.md §5.4).

use std::fmt;
use std::str::FromStr;

use serde::de::{self, Visitor};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::error::BallotError;

/// The format writes numbers up to here as JSON numbers and larger ones as strings.
const JSON_NUMBER_MAX: u64 = (1 << 30) - 1;

/// How often a ballot counts, or a sum of such. At most 2^40, far above any meeting and
/// still within reach of the discrete logarithm that reads the result.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Weight(u64);

impl Weight {
    /// No weight: the ballot is on the board and counts nothing.
    pub const ZERO: Self = Self(0);
    /// The usual weight.
    pub const ONE: Self = Self(1);
    /// The largest.
    pub const MAX: Self = Self(1 << 40);

    /// A weight.
    ///
    /// # Errors
    /// `WeightTooLarge` above [`Weight::MAX`].
    pub fn new(n: u64) -> Result<Self, BallotError> {
        if n <= Self::MAX.0 {
            Ok(Self(n))
        } else {
            Err(BallotError::WeightTooLarge)
        }
    }

    /// The number.
    #[must_use]
    pub fn get(self) -> u64 {
        self.0
    }

    /// The sum.
    ///
    /// # Errors
    /// `WeightTooLarge` above [`Weight::MAX`].
    pub fn total(weights: impl IntoIterator<Item = Self>) -> Result<Self, BallotError> {
        weights
            .into_iter()
            .try_fold(Self::ZERO, |sum, w| Self::new(sum.0 + w.0))
    }
}

impl fmt::Display for Weight {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl FromStr for Weight {
    type Err = BallotError;
    fn from_str(text: &str) -> Result<Self, BallotError> {
        let canonical = !text.is_empty()
            && text.bytes().all(|c| c.is_ascii_digit())
            && (text == "0" || !text.starts_with('0'));
        if !canonical {
            return Err(BallotError::WeightSyntax);
        }
        text.parse()
            .map_err(|_| BallotError::WeightTooLarge)
            .and_then(Self::new)
    }
}

impl Serialize for Weight {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if self.0 <= JSON_NUMBER_MAX {
            serializer.serialize_u64(self.0)
        } else {
            serializer.collect_str(&self.0)
        }
    }
}

impl<'de> Deserialize<'de> for Weight {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Either;
        impl Visitor<'_> for Either {
            type Value = Weight;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a whole number, or a string of one from 2^30")
            }
            fn visit_u64<E: de::Error>(self, n: u64) -> Result<Weight, E> {
                if n > JSON_NUMBER_MAX {
                    return Err(E::custom(BallotError::WeightSyntax));
                }
                Ok(Weight(n))
            }
            fn visit_str<E: de::Error>(self, text: &str) -> Result<Weight, E> {
                let weight: Weight = text.parse().map_err(E::custom)?;
                if weight.0 <= JSON_NUMBER_MAX {
                    return Err(E::custom(BallotError::WeightSyntax));
                }
                Ok(weight)
            }
        }
        deserializer.deserialize_any(Either)
    }
}
