//! Randomness of the people in a meeting: one root, one independent stream for each of them.

use std::sync::atomic::{AtomicU64, Ordering};

use rand_chacha::ChaCha20Rng;
use rand_core::SeedableRng as _;

/// The root of everybody's randomness. The program draws it from the system; a test gives a fixed one.
pub struct Secrets {
    root: [u8; 32],
    next: AtomicU64,
}

impl Secrets {
    /// Streams from this root.
    #[must_use]
    pub fn new(root: [u8; 32]) -> Self {
        Self {
            root,
            next: AtomicU64::new(0),
        }
    }

    /// A stream nobody else has.
    #[must_use]
    pub fn stream(&self) -> ChaCha20Rng {
        let mut rng = ChaCha20Rng::from_seed(self.root);
        rng.set_stream(self.next.fetch_add(1, Ordering::Relaxed));
        rng
    }
}

#[cfg(test)]
mod tests {
    use rand_core::Rng as _;

    use super::*;

    #[test]
    fn streams_differ_and_repeat_with_the_root() {
        let secrets = Secrets::new([7; 32]);
        let (mut first, mut second) = (secrets.stream(), secrets.stream());
        let (a, b) = (first.next_u64(), second.next_u64());
        assert_ne!(a, b);
        assert_eq!(Secrets::new([7; 32]).stream().next_u64(), a);
    }
}
