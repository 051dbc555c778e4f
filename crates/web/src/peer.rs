//! Wrong passwords, by address and by device.
//!
//! A name must not be guessed, and nobody may lock somebody else out by guessing wrongly. So wrong passwords count
//! against the name *at the address* they come from, and against the address for who tries a few passwords on many
//! names; a device a name has signed in with before (`device.rs`) is counted by itself. (Above all addresses together
//! `pingyi_app`'s log-in counts strangers by name.) Whoever is signed in is not touched by any of it.
//!
//! Only the log-in looks at an address: the guard takes it off every other request, so that nothing on a ballot's way
//! can know one. Addresses are kept in memory alone, as hashes under a key of this process, and forgotten after a
//! quarter of an hour.

use std::collections::HashMap;
use std::net::IpAddr;
use std::sync::{Mutex, PoisonError};

use pingyi_app::AppError;
use sha2::{Digest as _, Sha256};

/// Wrong passwords from one address before it rests. A whole office may share one address.
const MAX_OF_ADDRESS: u32 = 40;
/// Wrong passwords for one name from one address, or from one known device, before it rests.
const MAX_OF_NAME: u32 = 8;
/// Seconds within which they count, and for which the address then rests.
const WINDOW: i64 = 15 * 60;
/// Counts remembered at once; beyond, the oldest go.
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

/// Who tries a password or a code.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Guesser<'a> {
    /// Anybody, from an address.
    Stranger {
        /// Where they are; none is the machine itself, or unknown.
        peer: Option<Peer>,
        /// The name they try; none for the set-up code.
        login: Option<&'a str>,
    },
    /// A device that is known ([`crate::device`]).
    Device(&'a str),
}

/// The wrong passwords of a while.
#[derive(Debug)]
pub(crate) struct Guesses {
    key: [u8; 32],
    counts: Mutex<HashMap<[u8; 32], Count>>,
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
            counts: Mutex::new(HashMap::new()),
        }
    }

    fn hash(&self, what: &str, of: &[u8], at: &[u8]) -> [u8; 32] {
        let hash = Sha256::new()
            .chain_update(self.key)
            .chain_update(what)
            .chain_update(at)
            .chain_update(of);
        hash.finalize().into()
    }

    /// What a wrong guess counts against, and how many each bears.
    fn counted(&self, guesser: Guesser<'_>) -> Vec<([u8; 32], u32)> {
        match guesser {
            Guesser::Device(device) => {
                vec![(self.hash("device", device.as_bytes(), &[]), MAX_OF_NAME)]
            }
            Guesser::Stranger { peer, login } => {
                let household = peer.and_then(Peer::household);
                let address = household.map(|at| (self.hash("address", &[], &at), MAX_OF_ADDRESS));
                let name = login.map(|login| {
                    let login = login.trim().to_lowercase();
                    let at = household.unwrap_or_default();
                    (self.hash("name", login.as_bytes(), &at), MAX_OF_NAME)
                });
                address.into_iter().chain(name).collect()
            }
        }
    }

    /// Refuses who must rest (`now` in seconds since 1970).
    ///
    /// # Errors
    /// [`AppError::TooManyAttempts`].
    pub fn check(&self, guesser: Guesser<'_>, now: i64) -> Result<(), AppError> {
        let map = self.counts.lock().unwrap_or_else(PoisonError::into_inner);
        let rests = |(name, most): ([u8; 32], u32)| {
            let count = map.get(&name)?;
            (count.failures >= most && count.since + WINDOW > now)
                .then_some(count.since + WINDOW - now)
        };
        match self.counted(guesser).into_iter().filter_map(rests).max() {
            Some(seconds) => Err(AppError::TooManyAttempts { seconds }),
            None => Ok(()),
        }
    }

    /// Counts a wrong password; whether that was the last one borne.
    pub fn failed(&self, guesser: Guesser<'_>, now: i64) -> bool {
        let counted = self.counted(guesser);
        let mut map = self.counts.lock().unwrap_or_else(PoisonError::into_inner);
        let mut rests = false;
        for (name, most) in counted {
            let failures = count(&mut map, name, now);
            rests |= failures == most;
        }
        rests
    }
}

/// Counts one more, in bounded memory; how many there are.
fn count(map: &mut HashMap<[u8; 32], Count>, name: [u8; 32], now: i64) -> u32 {
    if map.len() >= MOST {
        map.retain(|_, count| count.since + WINDOW > now);
    }
    if map.len() >= MOST {
        let oldest = map.iter().min_by_key(|(_, count)| count.since);
        if let Some(oldest) = oldest.map(|(name, _)| *name) {
            map.remove(&oldest);
        }
    }
    let fresh = Count {
        failures: 0,
        since: now,
    };
    let count = map.entry(name).or_insert(fresh);
    if count.since + WINDOW <= now {
        *count = fresh;
    }
    count.failures += 1;
    count.failures
}

#[cfg(test)]
mod tests {
    use super::{Guesser, Guesses, MAX_OF_ADDRESS, MAX_OF_NAME, MOST, Peer, WINDOW};

    fn at(text: &str) -> Guesser<'static> {
        Guesser::Stranger {
            peer: Some(Peer(text.parse().expect("an address"))),
            login: None,
        }
    }

    fn name<'a>(text: &str, login: &'a str) -> Guesser<'a> {
        Guesser::Stranger {
            peer: Some(Peer(text.parse().expect("an address"))),
            login: Some(login),
        }
    }

    #[test]
    fn an_address_rests_after_many_wrong_passwords_and_no_other_does() {
        let guesses = Guesses::new([7; 32]);
        for n in 1..=MAX_OF_ADDRESS {
            assert!(guesses.check(at("10.0.0.1"), 1_000).is_ok());
            assert_eq!(guesses.failed(at("10.0.0.1"), 1_000), n == MAX_OF_ADDRESS);
        }
        let refused = guesses.check(at("::ffff:10.0.0.1"), 1_010);
        assert_eq!(
            refused.map_err(|error| error.to_string()),
            Err(format!("too many attempts, wait {} s", WINDOW - 10))
        );
        assert!(guesses.check(at("10.0.0.2"), 1_010).is_ok());
        assert!(guesses.check(at("10.0.0.1"), 1_000 + WINDOW).is_ok());
    }

    #[test]
    fn a_name_rests_where_it_was_guessed_and_nowhere_else() {
        let guesses = Guesses::new([7; 32]);
        let machine = Guesser::Stranger {
            peer: None,
            login: Some("chen"),
        };
        for n in 1..=MAX_OF_NAME {
            let last = n == MAX_OF_NAME;
            assert_eq!(guesses.failed(name("10.0.0.1", "chen"), 0), last);
            assert_eq!(guesses.failed(machine, 0), last);
        }
        assert!(guesses.check(name("10.0.0.1", " Chen"), 1).is_err());
        assert!(guesses.check(machine, 1).is_err());
        assert!(guesses.check(name("10.0.0.1", "li"), 1).is_ok());
        assert!(guesses.check(name("10.0.0.2", "chen"), 1).is_ok());
        assert!(guesses.check(Guesser::Device("a"), 1).is_ok());
    }

    #[test]
    fn a_device_is_counted_by_itself() {
        let guesses = Guesses::new([7; 32]);
        for _ in 0..MAX_OF_NAME {
            guesses.failed(Guesser::Device("a"), 0);
        }
        assert!(guesses.check(Guesser::Device("a"), 1).is_err());
        assert!(guesses.check(Guesser::Device("b"), 1).is_ok());
        assert!(guesses.check(Guesser::Device("a"), WINDOW).is_ok());
    }

    #[test]
    fn an_ipv6_network_counts_as_one_and_the_machine_itself_as_nobody() {
        let guesses = Guesses::new([7; 32]);
        for guess in 0..MAX_OF_ADDRESS {
            guesses.failed(at(&format!("2001:db8:0:1::{guess:x}")), 0);
            guesses.failed(at("127.0.0.1"), 0);
        }
        assert!(guesses.check(at("2001:db8:0:1:ffff::1"), 1).is_err());
        assert!(guesses.check(at("2001:db8:0:2::1"), 1).is_ok());
        assert!(guesses.check(at("127.0.0.1"), 1).is_ok());
    }

    #[test]
    fn no_address_is_kept_in_the_clear_and_memory_is_bounded() {
        let guesses = Guesses::new([7; 32]);
        for n in 0..=u32::try_from(MOST).expect("small") {
            let address = std::net::Ipv4Addr::from(0x0a00_0000 + n);
            let stranger = Guesser::Stranger {
                peer: Some(Peer(address.into())),
                login: None,
            };
            guesses.failed(stranger, i64::from(n));
        }
        let map = guesses.counts.lock().expect("no panic");
        assert!(map.len() <= MOST);
        assert!(!format!("{map:?}").contains("10.0.0"));
    }
}
