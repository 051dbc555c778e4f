//! Ballots: checked in batches on all threads, then taken in their order.

use std::collections::{BTreeMap, HashSet};

use rayon::prelude::*;

use super::audit::Data;
use super::report::{Notes, Place};
use super::setup::BoxSetup;
use crate::archive::Hash;
use crate::ballot::{CheckedBallot, Ciphertext, check_all};
use crate::election::Election;
use crate::error::BallotError;
use crate::group::PointHex;
use crate::tally::{EncryptedTally, SizedEncryptedTally, Weight};

/// Ballots checked together: enough to keep every thread busy, few enough to hold in memory (a ballot of
/// 54 × 4 has 130,000 bytes).
const BATCH: usize = 64;
/// Ballots a thread checks together. Of 4, 8 and 16 the first was fastest: with more the points leave the cache.
const TOGETHER: usize = 4;

struct Waiting {
    json: Vec<u8>,
    place: Place,
}

impl AsRef<[u8]> for Waiting {
    fn as_ref(&self) -> &[u8] {
        &self.json
    }
}

/// What counts of a credential: its last ballot.
struct Last {
    answers: Vec<Vec<Ciphertext>>,
    weight: Weight,
}

#[derive(Default)]
pub(super) struct Ballots {
    waiting: Vec<Waiting>,
    seen: HashSet<Hash>,
    last: BTreeMap<PointHex, Last>,
    on_board: u64,
    checked: u64,
}

impl Ballots {
    /// Takes a ballot's record; no ballot may stand on the board twice (trust.md, point 2).
    pub fn take(&mut self, data: Vec<Data>, place: &Place, notes: &mut Notes) {
        for Data { hash, content, .. } in data {
            self.on_board += 1;
            if !self.seen.insert(hash) {
                notes.find(
                    "ballot_repeated",
                    place,
                    "the same ballot stands on the board before",
                );
            }
            self.waiting.push(Waiting {
                json: content,
                place: place.clone(),
            });
        }
    }

    pub fn is_full(&self) -> bool {
        self.waiting.len() >= BATCH
    }

    /// Checks the ballots that wait. Without a setup there is nothing to check them by.
    pub fn flush(&mut self, setup: Option<&BoxSetup>, notes: &mut Notes) {
        let waiting = std::mem::take(&mut self.waiting);
        let Some(setup) = setup else { return };
        let threads = rayon::current_num_threads();
        let together = waiting.len().div_ceil(threads).clamp(1, TOGETHER);
        let verdicts: Vec<Result<CheckedBallot, BallotError>> = waiting
            .par_chunks(together)
            .flat_map_iter(|ballots| check_all(&setup.election, ballots))
            .collect();
        notes.count("ballots", verdicts.len() as u64);
        for (ballot, verdict) in waiting.iter().zip(verdicts) {
            self.checked += 1;
            match verdict {
                Ok(checked) => self.count(setup, checked, &ballot.place, notes),
                Err(error) => notes.find(error.code(), &ballot.place, error.to_string()),
            }
        }
    }

    fn count(&mut self, setup: &BoxSetup, ballot: CheckedBallot, place: &Place, notes: &mut Notes) {
        let credential = *ballot.credential_hex();
        // Without a readable roll the finding is made already, and every credential is taken to count once.
        let weight = setup
            .roll
            .as_ref()
            .map_or(Some(Weight::ONE), |roll| roll.weight_of(&credential));
        match weight {
            Some(weight) => {
                let answers = ballot.into_answers();
                self.last.insert(credential, Last { answers, weight });
            }
            None => notes.find(
                "ballot_not_on_roll",
                place,
                "its credential is not on the roll",
            ),
        }
    }

    /// The tally of the ballots that count, recomputed, with its size.
    pub fn tally(
        &self,
        election: &Election,
    ) -> Result<(EncryptedTally, SizedEncryptedTally), BallotError> {
        let mut tally = EncryptedTally::empty(election);
        for last in self.last.values() {
            tally.add(&last.answers, last.weight)?;
        }
        let sized = SizedEncryptedTally::new(&tally, self.last.values().map(|last| last.weight))?;
        Ok((tally, sized))
    }

    pub const fn on_board(&self) -> u64 {
        self.on_board
    }

    pub const fn checked(&self) -> u64 {
        self.checked
    }

    pub fn counted(&self) -> u64 {
        self.last.len() as u64
    }

    pub fn total_weight(&self) -> u64 {
        self.last.values().map(|last| last.weight.get()).sum()
    }
}
