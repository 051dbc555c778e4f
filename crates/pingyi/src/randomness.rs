//! The one place of the program where randomness comes from the system.

use pingyi_app::{Randomness as _, SystemRandomness};
use pingyi_ballot::credential::random_base58;
use rand_chacha::ChaCha20Rng;
use rand_core::SeedableRng as _;

/// 32 fresh bytes.
#[must_use]
pub fn seed() -> [u8; 32] {
    let mut seed = [0; 32];
    SystemRandomness.fill(&mut seed);
    seed
}

/// A generator fit for keys.
#[must_use]
pub fn generator() -> ChaCha20Rng {
    ChaCha20Rng::from_seed(seed())
}

/// A fresh password that can be typed from paper: `xxxx-xxxx-xxxx`, 70 bits.
#[must_use]
pub fn words() -> String {
    let text = random_base58(12, &mut generator());
    let (first, rest) = text.split_at(4);
    let (second, third) = rest.split_at(4);
    format!("{first}-{second}-{third}")
}
