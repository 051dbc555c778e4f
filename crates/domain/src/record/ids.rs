//! Ids of records: sixteen small letters or digits, random, a type for each kind so that none is taken for another.

use std::fmt;
use std::str::FromStr;

use rand_core::CryptoRng;
use serde::{Deserialize, Serialize};

use crate::AppraisalId;
use crate::error::DomainError;

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident;)*) => {$(
        $(#[$doc])*
        #[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(try_from = "String", into = "String")]
        pub struct $name(String);

        impl $name {
            /// A new id with 80 random bits.
            #[must_use]
            pub fn generate(rng: &mut impl CryptoRng) -> Self {
                Self(AppraisalId::generate(rng).into())
            }

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

        impl FromStr for $name {
            type Err = DomainError;

            /// # Errors
            /// [`DomainError::RecordId`] unless sixteen of `[a-z0-9]`.
            fn from_str(text: &str) -> Result<Self, DomainError> {
                match text.parse::<AppraisalId>() {
                    Ok(_) => Ok(Self(text.to_owned())),
                    Err(_) => Err(DomainError::RecordId { text: text.to_owned() }),
                }
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
            fn from(id: $name) -> Self {
                id.0
            }
        }
    )*};
}

ids! {
    /// An organisation.
    UnitId;
    /// A term in a post.
    PostId;
    /// A count of members on a date.
    HeadcountId;
    /// A service centre.
    CentreId;
    /// A pairing of units.
    PairingId;
    /// A Party-member shop.
    ShopId;
    /// An inspection of a shop.
    InspectionId;
    /// A founding check.
    FoundingId;
    /// A drawing on the map.
    AreaId;
    /// A firm.
    FirmId;
    /// A time in which a firm is struck out.
    StrikeId;
    /// A time in which something covers a firm.
    CoverageId;
    /// An import.
    ImportId;
    /// A saved mapping of columns.
    MappingId;
    /// An entry of the ledger.
    EntryId;
    /// A file of evidence.
    EvidenceId;
    /// A paper that was made.
    PaperId;
    /// A scan of a signed paper.
    ScanId;
    /// A matter.
    MatterId;
    /// A change asked for.
    EditId;
    /// An indicator.
    IndicatorId;
    /// A duty report.
    ReportId;
    /// A remark on a report.
    RemarkId;
}

#[cfg(test)]
mod tests {
    use super::*;
    use rand_chacha::ChaCha20Rng;
    use rand_chacha::rand_core::SeedableRng;

    #[test]
    fn an_id_is_read_back_and_anything_else_is_refused() {
        let id = UnitId::generate(&mut ChaCha20Rng::seed_from_u64(1));
        assert_eq!(id.to_string().parse::<UnitId>().unwrap(), id);
        assert_eq!(serde_json::to_value(&id).unwrap(), id.as_str());
        for bad in ["", "short", "ABCDEFGHIJKLMNOP", "abcdefghijklmnop/"] {
            assert!(bad.parse::<UnitId>().is_err(), "{bad}");
        }
    }
}
