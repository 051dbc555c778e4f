//! Codes and ids: texts with rules, as types that can only be made valid (architecture.md rule 4).

use std::fmt;
use std::str::FromStr;

use rand_core::CryptoRng;
use serde::{Deserialize, Serialize};

use crate::error::DomainError;

/// The most characters of an item's, grade's or presenter's code.
const MAX_CODE: usize = 16;
/// The characters of an appraisal's id.
const ID_LENGTH: usize = 16;
/// What new ids are made of: no letter that is easily taken for another. 32 letters, so 5 bits each.
const ID_LETTERS: &[u8; 32] = b"abcdefghijkmnpqrstuvwxyz23456789";

/// What `code_type!` makes shares: text in, text out, refusal of anything else.
macro_rules! text_type {
    ($name:ident) => {
        impl $name {
            /// The text itself.
            #[must_use]
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }
        impl fmt::Display for $name {
            fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
                out.write_str(&self.0)
            }
        }
        impl AsRef<str> for $name {
            fn as_ref(&self) -> &str {
                &self.0
            }
        }
        impl TryFrom<String> for $name {
            type Error = DomainError;
            fn try_from(text: String) -> Result<Self, DomainError> {
                text.parse()
            }
        }
        impl From<$name> for String {
            fn from(text: $name) -> Self {
                text.0
            }
        }
    };
}

macro_rules! code_type {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(try_from = "String", into = "String")]
        pub struct $name(String);

        text_type!($name);

        impl FromStr for $name {
            type Err = DomainError;

            /// # Errors
            /// [`DomainError::Code`] unless `[a-z][a-z0-9_]{0,15}`.
            fn from_str(text: &str) -> Result<Self, DomainError> {
                if is_code(text) {
                    Ok(Self(text.to_owned()))
                } else {
                    Err(DomainError::Code { text: text.to_owned() })
                }
            }
        }
    };
}

code_type! {
    /// The code of a row of the form, such as `overall`.
    ItemCode
}
code_type! {
    /// The code of a grade, such as `good`.
    GradeCode
}
code_type! {
    /// The code of a presenter, such as `p1`.
    PresenterCode
}

fn is_code(text: &str) -> bool {
    let mut bytes = text.bytes();
    text.len() <= MAX_CODE
        && bytes.next().is_some_and(|first| first.is_ascii_lowercase())
        && bytes.all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_')
}

/// The letter of a category of raters and of its ballot box: A 票, B 票, C 票.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct CategoryCode(char);

impl CategoryCode {
    /// The letter.
    #[must_use]
    pub const fn letter(self) -> char {
        self.0
    }
}

impl fmt::Display for CategoryCode {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{}", self.0)
    }
}

impl FromStr for CategoryCode {
    type Err = DomainError;

    /// # Errors
    /// [`DomainError::Category`] unless one letter from A to Z.
    fn from_str(text: &str) -> Result<Self, DomainError> {
        let mut letters = text.chars();
        match (letters.next(), letters.next()) {
            (Some(letter @ 'A'..='Z'), None) => Ok(Self(letter)),
            _ => Err(DomainError::Category {
                text: text.to_owned(),
            }),
        }
    }
}

impl TryFrom<String> for CategoryCode {
    type Error = DomainError;
    fn try_from(text: String) -> Result<Self, DomainError> {
        text.parse()
    }
}

impl From<CategoryCode> for String {
    fn from(code: CategoryCode) -> Self {
        code.0.to_string()
    }
}

/// The id of an appraisal: sixteen small letters or digits, public, in addresses and in `election.json`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct AppraisalId(String);

text_type!(AppraisalId);

impl AppraisalId {
    /// A new id with 80 random bits, so that two never meet and none can be guessed from another.
    #[must_use]
    pub fn generate(rng: &mut impl CryptoRng) -> Self {
        let mut bytes = [0_u8; ID_LENGTH];
        rng.fill_bytes(&mut bytes);
        Self(
            bytes
                .iter()
                .map(|byte| char::from(ID_LETTERS[usize::from(byte % 32)]))
                .collect(),
        )
    }
}

impl FromStr for AppraisalId {
    type Err = DomainError;

    /// # Errors
    /// [`DomainError::AppraisalId`] unless sixteen of `[a-z0-9]`.
    fn from_str(text: &str) -> Result<Self, DomainError> {
        let letters = text
            .bytes()
            .all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit());
        if text.len() == ID_LENGTH && letters {
            Ok(Self(text.to_owned()))
        } else {
            Err(DomainError::AppraisalId {
                text: text.to_owned(),
            })
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use rand_chacha::ChaCha20Rng;
    use rand_chacha::rand_core::SeedableRng;

    #[test]
    fn codes_are_refused_unless_they_follow_the_rule() {
        for good in ["a", "overall", "p1", "item_2", "abcdefghijklmnop"] {
            assert_eq!(good.parse::<ItemCode>().unwrap().as_str(), good);
        }
        for bad in ["", "1a", "_a", "A", "p-1", "p 1", "项", "abcdefghijklmnopq"] {
            assert!(bad.parse::<PresenterCode>().is_err(), "{bad}");
            assert!(
                serde_json::from_value::<GradeCode>(bad.into()).is_err(),
                "{bad}"
            );
        }
    }

    #[test]
    fn a_category_is_one_capital_letter() {
        assert_eq!("A".parse::<CategoryCode>().unwrap().letter(), 'A');
        for bad in ["", "a", "AB", "1", "Ａ"] {
            assert!(bad.parse::<CategoryCode>().is_err(), "{bad}");
        }
    }

    #[test]
    fn new_ids_are_valid_and_differ() {
        let mut rng = ChaCha20Rng::seed_from_u64(1);
        let (one, two) = (
            AppraisalId::generate(&mut rng),
            AppraisalId::generate(&mut rng),
        );
        assert_ne!(one, two);
        assert_eq!(one.as_str().parse::<AppraisalId>().unwrap(), one);
        assert!("short".parse::<AppraisalId>().is_err());
        assert!("ABCDEFGHIJKLMNOP".parse::<AppraisalId>().is_err());
    }
}
