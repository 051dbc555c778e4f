//! What sort of thing a record is.

/// Makes an enum with one name on the wire for each variant, the same in JSON, in the database and in text ids.
macro_rules! named {
    ($(#[$doc:meta])* $name:ident { $($(#[$inner:meta])* $variant:ident => $wire:literal,)* }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
        pub enum $name {
            $($(#[$inner])* #[serde(rename = $wire)] $variant,)*
        }

        impl $name {
            /// All of them, in order.
            pub const ALL: &[Self] = &[$(Self::$variant,)*];

            /// The name on the wire.
            #[must_use]
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $wire,)* }
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                out.write_str(self.as_str())
            }
        }

        impl std::str::FromStr for $name {
            type Err = crate::error::DomainError;

            /// # Errors
            /// [`crate::DomainError::Name`].
            fn from_str(text: &str) -> Result<Self, Self::Err> {
                Self::ALL
                    .iter()
                    .copied()
                    .find(|one| one.as_str() == text)
                    .ok_or_else(|| crate::error::DomainError::Name {
                        of: stringify!($name),
                        text: text.to_owned(),
                    })
            }
        }
    };
}
pub(crate) use named;

named! {
    /// The kinds of records, as the audit trail and the search index name them.
    Kind {
        /// An organisation.
        Unit => "unit",
        /// A term in a post.
        Post => "post",
        /// A count of members.
        Headcount => "headcount",
        /// A service centre.
        Centre => "centre",
        /// A pairing.
        Pairing => "pairing",
        /// A Party-member shop.
        Shop => "shop",
        /// A founding check.
        Founding => "founding",
        /// A drawing on the map.
        Area => "area",
        /// A firm.
        Firm => "firm",
        /// A time in which a firm is struck out.
        Strike => "strike",
        /// A time in which something covers a firm.
        Coverage => "coverage",
        /// An entry of the ledger.
        Entry => "entry",
        /// A matter.
        Matter => "matter",
        /// The text of a paper.
        Paper => "paper",
        /// An indicator.
        Indicator => "indicator",
        /// A word of the vocabulary.
        Word => "word",
        /// A duty report.
        Report => "report",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_has_one_name_everywhere() {
        for kind in Kind::ALL {
            assert_eq!(serde_json::to_value(kind).unwrap(), kind.as_str());
            assert_eq!(kind.as_str().parse::<Kind>().unwrap(), *kind);
        }
        assert!("dossier".parse::<Kind>().is_err());
    }
}
