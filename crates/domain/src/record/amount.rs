//! Quantities with up to three decimals, exact.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use crate::decimal;
use crate::error::DomainError;

/// A quantity from 0 up, in thousandths; written `83.5`, without noughts at the end.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
#[serde(try_from = "String", into = "String")]
pub struct Amount(i64);

impl Amount {
    /// The most: a trillion.
    pub const MOST: Self = Self(1_000_000_000_000_000);

    /// From thousandths; none below 0 or above [`Amount::MOST`].
    #[must_use]
    pub fn from_thousandths(thousandths: i64) -> Option<Self> {
        (0..=Self::MOST.0)
            .contains(&thousandths)
            .then_some(Self(thousandths))
    }

    /// In thousandths.
    #[must_use]
    pub const fn thousandths(self) -> i64 {
        self.0
    }
}

impl fmt::Display for Amount {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        decimal::write(out, self.0, 3)
    }
}

impl FromStr for Amount {
    type Err = DomainError;

    /// # Errors
    /// [`DomainError::Amount`] unless digits with at most three decimals, at most a trillion.
    fn from_str(text: &str) -> Result<Self, DomainError> {
        decimal::read(text, (13, 3))
            .and_then(Self::from_thousandths)
            .ok_or_else(|| DomainError::Amount {
                text: text.to_owned(),
            })
    }
}

impl TryFrom<String> for Amount {
    type Error = DomainError;
    fn try_from(text: String) -> Result<Self, DomainError> {
        text.parse()
    }
}

impl From<Amount> for String {
    fn from(amount: Amount) -> Self {
        amount.to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_are_exact() {
        for (text, thousandths) in [
            ("0", 0),
            ("830000", 830_000_000),
            ("83.5", 83_500),
            ("0.001", 1),
        ] {
            let amount: Amount = text.parse().unwrap();
            assert_eq!(
                (amount.thousandths(), amount.to_string().as_str()),
                (thousandths, text)
            );
        }
        assert_eq!("1.50".parse::<Amount>().unwrap().to_string(), "1.5");
        for bad in [
            "",
            "-1",
            "1.",
            ".5",
            "1.2345",
            "1e3",
            "1,000",
            "10000000000000",
            "１",
        ] {
            assert!(bad.parse::<Amount>().is_err(), "{bad}");
        }
    }
}
