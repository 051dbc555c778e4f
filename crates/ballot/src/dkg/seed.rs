//! The only secret a teller keeps: 22 characters.

use std::fmt;
use std::str::FromStr;

use rand_core::CryptoRng;
use sha2::{Digest, Sha256};
use zeroize::{Zeroize, Zeroizing};

use crate::credential::{is_base58, random_base58};
use crate::group::Scalar;
use crate::trustee::TellerError;

const LENGTH: usize = 22;
/// Where the printed form has dashes: `XXXXX-XXXXXX-XXXXX-XXXXXX`.
const GROUPS: [usize; 4] = [5, 6, 5, 6];

/// A teller's seed: 22 base-58 characters, about 128 bits. Wiped when dropped, never shown by `Debug`.
#[derive(Clone, PartialEq, Eq)]
pub struct Seed(String);

impl Seed {
    /// A fresh seed.
    pub fn generate<R: CryptoRng + ?Sized>(rng: &mut R) -> Self {
        Self(random_base58(LENGTH, rng))
    }

    /// The 22 characters, to be put into the key file.
    #[must_use]
    pub fn expose(&self) -> &str {
        &self.0
    }

    /// As printed on the backup: `XXXXX-XXXXXX-XXXXX-XXXXXX`.
    #[must_use]
    pub fn printed(&self) -> Zeroizing<String> {
        let mut rest = self.0.as_str();
        let parts = GROUPS.map(|length| {
            let (part, tail) = rest.split_at(length);
            rest = tail;
            part
        });
        Zeroizing::new(parts.join("-"))
    }

    /// SHA256(label ‖ "|" ‖ seed) mod q: the signing key for `sk`, the channel key for `dk`.
    pub(super) fn derive(&self, label: &str) -> Scalar {
        let mut digest: [u8; 32] = Sha256::new()
            .chain_update(label)
            .chain_update("|")
            .chain_update(&self.0)
            .finalize()
            .into();
        let scalar = Scalar::from_be_bytes(&digest);
        digest.zeroize();
        scalar
    }
}

impl FromStr for Seed {
    type Err = TellerError;

    /// Takes the 22 characters with or without the dashes of the printed form.
    fn from_str(text: &str) -> Result<Self, TellerError> {
        let bare: String = text.chars().filter(|c| *c != '-').collect();
        let seed = Self(bare);
        let right = seed.0.len() == LENGTH && seed.0.bytes().all(is_base58);
        let dashes = text.len() == LENGTH || (right && *seed.printed() == text);
        if right && dashes {
            Ok(seed)
        } else {
            Err(TellerError::Seed)
        }
    }
}

impl Drop for Seed {
    fn drop(&mut self) {
        self.0.zeroize();
    }
}

impl fmt::Debug for Seed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Seed(…)")
    }
}
