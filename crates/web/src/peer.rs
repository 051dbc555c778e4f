//! Wrong passwords from one address.
//!
//! An account rests after eight wrong passwords (`pingyi_app`'s log-in); this bounds who tries a few passwords on many
//! accounts. Only the log-in looks at an address: the guard takes it off every other request, so that nothing on a
//! ballot's way can know one. Addresses are kept in memory alone, as hashes under a key of this process, and forgotten
//! after a quarter of an hour.

use std::collections::HashMap;
use std::net::IpAddr;
use std::sync::{Mutex, PoisonError};

use pingyi_app::AppError;
use sha2::{Digest as _, Sha256};

/// Wrong passwords from one address before it rests. A whole office may share one address.
const MAX_FAILURES: u32 = 40;
/// Seconds within which they count, and for which the address then rests.
const WINDOW: i64 = 15 * 60;
/// Addresses remembered at once; beyond, the oldest go.
const MOST: usize = 10_000;

/// Where a connection comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Peer(pub IpAddr);

impl Peer {
    /// What belongs to one household: an IPv6 network of 64 bits, an IPv4 address. The machine itself is nobody: behind
    /// a proxy on it everybody would share its address.
    fn household(self) -> Option<[u8; 8]> {
        let mut bytes = [0; 8];
        match self.0.to_canonical() {
            address if address.is_loopback() => return None,
            IpAddr::V4(address) => bytes[..4].copy_from_slice(&address.octets()),
            IpAddr::V6(address) => bytes.copy_from_slice(&address.octets()[..8]),
        }
        Some(bytes)
    }
}

/// The wrong passwords of a while.
#[derive(Debug)]
pub(crate) struct Guesses {
    key: [u8; 32],
    by_address: Mutex<HashMap<[u8; 32], Count>>,
}

#[derive(Debug, Clone, Copy)]
struct Count {
    failures: u32,
    since: i64,
}

impl Guesses {
    pub fn new(key: [u8; 32]) -> Self {
        Self {
            key,
            by_address: Mutex::new(HashMap::new()),
        }
    }

    fn name(&self, peer: Peer) -> Option<[u8; 32]> {
        let household = peer.household()?;
        let hash = Sha256::new()
            .chain_update(self.key)
            .chain_update(household)
            .finalize();
        Some(hash.into())
    }

    /// Refuses an address that must rest (`now` in seconds since 1970).
    ///
    /// # Errors
    /// [`AppError::TooManyAttempts`].
    pub fn check(&self, peer: impl Into<Option<Peer>>, now: i64) -> Result<(), AppError> {
        let Some(name) = peer.into().and_then(|peer| self.name(peer)) else {
            return Ok(());
        };
        let map = self
            .by_address
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        match map.get(&name) {
            Some(count) if count.failures >= MAX_FAILURES && count.since + WINDOW > now => {
                Err(AppError::TooManyAttempts {
                    seconds: count.since + WINDOW - now,
                })
            }
            _ => Ok(()),
        }
    }

    /// Counts a wrong password.
    pub fn failed(&self, peer: impl Into<Option<Peer>>, now: i64) {
        let Some(name) = peer.into().and_then(|peer| self.name(peer)) else {
            return;
        };
        let mut map = self
            .by_address
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        if map.len() >= MOST {
            map.retain(|_, count| count.since + WINDOW > now);
        }
        if map.len() >= MOST {
            let oldest = map.iter().min_by_key(|(_, count)| count.since);
            if let Some(oldest) = oldest.map(|(name, _)| *name) {
                map.remove(&oldest);
            }
        }
        let count = map.entry(name).or_insert(Count {
            failures: 0,
            since: now,
        });
        if count.since + WINDOW <= now {
            *count = Count {
                failures: 0,
                since: now,
            };
        }
        count.failures += 1;
    }
}

#[cfg(test)]
mod tests {
    use super::{Guesses, MAX_FAILURES, MOST, Peer, WINDOW};

    fn peer(text: &str) -> impl Into<Option<Peer>> {
        Peer(text.parse().expect("an address"))
    }

    #[test]
    fn an_address_rests_after_many_wrong_passwords_and_no_other_does() {
        let guesses = Guesses::new([7; 32]);
        for _ in 0..MAX_FAILURES {
            assert!(guesses.check(peer("10.0.0.1"), 1_000).is_ok());
            guesses.failed(peer("10.0.0.1"), 1_000);
        }
        let refused = guesses.check(peer("::ffff:10.0.0.1"), 1_010);
        assert_eq!(
            refused.map_err(|error| error.to_string()),
            Err(format!("too many attempts, wait {} s", WINDOW - 10))
        );
        assert!(guesses.check(peer("10.0.0.2"), 1_010).is_ok());
        assert!(guesses.check(None, 1_010).is_ok());
        assert!(guesses.check(peer("10.0.0.1"), 1_000 + WINDOW).is_ok());
    }

    #[test]
    fn an_ipv6_network_counts_as_one_and_the_machine_itself_as_nobody() {
        let guesses = Guesses::new([7; 32]);
        for guess in 0..MAX_FAILURES {
            guesses.failed(peer(&format!("2001:db8:0:1::{guess:x}")), 0);
            guesses.failed(peer("127.0.0.1"), 0);
        }
        assert!(guesses.check(peer("2001:db8:0:1:ffff::1"), 1).is_err());
        assert!(guesses.check(peer("2001:db8:0:2::1"), 1).is_ok());
        assert!(guesses.check(peer("127.0.0.1"), 1).is_ok());
    }

    #[test]
    fn no_address_is_kept_in_the_clear_and_memory_is_bounded() {
        let guesses = Guesses::new([7; 32]);
        for n in 0..=u32::try_from(MOST).expect("small") {
            let address = std::net::Ipv4Addr::from(0x0a00_0000 + n);
            guesses.failed(Peer(address.into()), i64::from(n));
        }
        let map = guesses.by_address.lock().expect("no panic");
        assert!(map.len() <= MOST);
        assert!(!format!("{map:?}").contains("10.0.0"));
    }
}
