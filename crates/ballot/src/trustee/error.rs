//! What can be wrong with tellers' keys and messages. Indices count from 1.

use thiserror::Error;

/// Everything refused in keys, key ceremony and channels, each with a stable code.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum TellerError {
    /// Not JSON of the right shape, or with a point or number that is not allowed.
    #[error("{what} cannot be read: {text}")]
    Malformed {
        /// Which message.
        what: &'static str,
        /// What the parser met.
        text: String,
    },
    /// The same content would be written differently.
    #[error("{what} is not in its canonical form")]
    NotCanonical {
        /// Which message.
        what: &'static str,
    },
    /// A list does not have one entry for each teller.
    #[error("{what}: {found} entries instead of {expected}")]
    Count {
        /// Which list.
        what: &'static str,
        /// How many there should be.
        expected: usize,
        /// How many there are.
        found: usize,
    },
    /// The threshold is not between 1 and the number of tellers.
    #[error("threshold {threshold} of {size} tellers is impossible")]
    Threshold {
        /// The threshold.
        threshold: u32,
        /// Number of tellers.
        size: u32,
    },
    /// Threshold or number of tellers differ from what was announced.
    #[error(
        "{threshold} of {size} tellers instead of the announced {announced_threshold} of {announced_size}"
    )]
    NotAsAnnounced {
        /// The threshold found.
        threshold: u32,
        /// The number of tellers found.
        size: u32,
        /// The threshold announced.
        announced_threshold: u32,
        /// The number of tellers announced.
        announced_size: u32,
    },
    /// A certificate is not signed by the key in it.
    #[error("the certificate of teller {index} is not signed by its own key")]
    CertSignature {
        /// The teller.
        index: u32,
    },
    /// A certificate was made for another ceremony or another seat.
    #[error("the certificate of teller {index} is for another ceremony or another seat")]
    CertContext {
        /// The seat it was found at.
        index: u32,
    },
    /// Commitments to a polynomial without the teller's signature.
    #[error("the commitments of teller {index} are not signed by them")]
    CommitmentSignature {
        /// The teller.
        index: u32,
    },
    /// A polynomial of another degree than the threshold says.
    #[error("teller {index} committed to {found} coefficients instead of {expected}")]
    CommitmentLength {
        /// The teller.
        index: u32,
        /// The threshold.
        expected: usize,
        /// Coefficients committed to.
        found: usize,
    },
    /// A teller did not sign the list of certificates that the others saw.
    #[error("teller {index} did not sign these certificates")]
    CertsSignature {
        /// The teller.
        index: u32,
    },
    /// No proof that the key's owner knows its secret.
    #[error("the key of teller {owner} comes without a valid proof of knowledge")]
    KeyProof {
        /// The teller.
        owner: u32,
    },
    /// A key of a ceremony without its owner's signature.
    #[error("the key of teller {owner} is not signed by them")]
    KeySignature {
        /// The teller.
        owner: u32,
    },
    /// A key does not follow from the commitments.
    #[error("the key of teller {owner} does not follow from the commitments")]
    KeyMismatch {
        /// The teller.
        owner: u32,
    },
    /// Two keys that must differ are the same.
    #[error("tellers {first} and {second} have the same {what}")]
    SameKey {
        /// Which kind of key.
        what: &'static str,
        /// The teller listed first.
        first: u32,
        /// The other one.
        second: u32,
    },
    /// The neutral element as a key: everybody knows its logarithm.
    #[error("the {what} of teller {index} is the neutral element")]
    NeutralKey {
        /// Which kind of key.
        what: &'static str,
        /// The teller.
        index: u32,
    },
    /// Not 22 characters of base 58.
    #[error("a teller's key is 22 characters, as printed on the backup")]
    Seed,
    /// None of the certificates belongs to this seed.
    #[error("none of the certificates was made with this key")]
    NotATeller,
    /// A sealed message cannot be opened with this key, or was changed.
    #[error("the message of teller {from} cannot be opened")]
    Unreadable {
        /// Who is said to have sent it.
        from: u32,
    },
    /// A message signed by somebody else, or meant for somebody else.
    #[error("the message of teller {from} was not written by them to this teller")]
    WrongSender {
        /// Who is said to have sent it.
        from: u32,
    },
    /// A share that does not lie on the polynomial its sender committed to.
    #[error("the share sent by teller {from} contradicts their commitments")]
    WrongShare {
        /// The sender.
        from: u32,
    },
    /// The polynomial that came back is not the one this teller committed to.
    #[error("the polynomial that came back is not the one this teller committed to")]
    WrongPolynomial,
}

impl TellerError {
    /// A stable code for the wire and for reports.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Malformed { .. } => "teller_malformed",
            Self::NotCanonical { .. } => "teller_not_canonical",
            Self::Count { .. } => "teller_count",
            Self::Threshold { .. } => "teller_threshold",
            Self::NotAsAnnounced { .. } => "teller_not_as_announced",
            Self::CertSignature { .. } => "teller_cert_signature",
            Self::CertContext { .. } => "teller_cert_context",
            Self::CommitmentSignature { .. } => "teller_commitment_signature",
            Self::CommitmentLength { .. } => "teller_commitment_length",
            Self::CertsSignature { .. } => "teller_certs_signature",
            Self::KeyProof { .. } => "teller_key_proof",
            Self::KeySignature { .. } => "teller_key_signature",
            Self::KeyMismatch { .. } => "teller_key_mismatch",
            Self::SameKey { .. } => "teller_same_key",
            Self::NeutralKey { .. } => "teller_neutral_key",
            Self::Seed => "teller_seed",
            Self::NotATeller => "teller_not_a_teller",
            Self::Unreadable { .. } => "teller_unreadable",
            Self::WrongSender { .. } => "teller_wrong_sender",
            Self::WrongShare { .. } => "teller_wrong_share",
            Self::WrongPolynomial => "teller_wrong_polynomial",
        }
    }
}
