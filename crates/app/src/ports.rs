//! What the application needs from outside: the time and randomness (architecture.md rule 5).

use std::sync::Arc;

use rand_chacha::ChaCha20Rng;
use rand_core::SeedableRng as _;

/// The time.
pub trait Clock: Send + Sync + 'static {
    /// Milliseconds since 1970-01-01 UTC.
    fn millis(&self) -> i64;
}

/// Randomness fit for keys.
pub trait Randomness: Send + Sync + 'static {
    /// Fills the bytes.
    fn fill(&self, bytes: &mut [u8]);
}

/// The machine's clock.
#[derive(Debug, Clone, Copy, Default)]
pub struct SystemClock;

impl Clock for SystemClock {
    #[allow(
        clippy::disallowed_methods,
        reason = "the one place where the real clock is read"
    )]
    fn millis(&self) -> i64 {
        let now = time::OffsetDateTime::now_utc();
        now.unix_timestamp() * 1000 + i64::from(now.millisecond())
    }
}

/// The operating system's randomness.
#[derive(Debug, Clone, Copy, Default)]
pub struct SystemRandomness;

impl Randomness for SystemRandomness {
    #[allow(
        clippy::disallowed_methods,
        reason = "the one place where the real randomness is read"
    )]
    fn fill(&self, bytes: &mut [u8]) {
        // Without randomness nothing here is safe, so the process must not go on.
        getrandom::fill(bytes).expect("the operating system gives randomness");
    }
}

/// A generator seeded freshly, for functions that take one.
pub(crate) fn generator(source: &Arc<dyn Randomness>) -> ChaCha20Rng {
    let mut seed = [0_u8; 32];
    source.fill(&mut seed);
    ChaCha20Rng::from_seed(seed)
}
