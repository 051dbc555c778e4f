//! After closing: the tally, the tellers' shares with both kinds of proofs, the result.

mod strong;

use std::collections::BTreeMap;

use super::audit::Data;
use super::ballots::Ballots;
use super::report::{Notes, Place};
use super::setup::BoxSetup;
use crate::archive::Hash;
use crate::decrypt::{
    DecryptError, ElectionResult, Owned, PartialDecryption, Shares, Task, inconsistencies,
};
use crate::tally::{EncryptedTally, SizedEncryptedTally, Weight};

#[derive(Default)]
pub(super) struct Opening {
    tally: Option<Tally>,
    shares: BTreeMap<u32, Share>,
    /// Every teller who opened, also with a share that does not hold.
    openers: Vec<u32>,
    result: Option<(ElectionResult, Place)>,
    strong_proofs: bool,
}

/// The tally as it stands in the archive.
struct Tally {
    stored: EncryptedTally,
    hash: Hash,
    /// Recomputed total weight.
    total: Weight,
    task: Task,
}

struct Share {
    share: PartialDecryption,
    place: Place,
}

impl Opening {
    /// The stored tally must be the recomputed one, and so must its counts (trust.md, point 3).
    pub fn tally(
        &mut self,
        setup: &BoxSetup,
        ballots: &Ballots,
        data: &[Data],
        place: &Place,
        notes: &mut Notes,
    ) {
        let [tally, sized] = data else { return };
        let (own, own_size) = match ballots.tally(&setup.election) {
            Ok(own) => own,
            Err(error) => return notes.find("tally_impossible", place, error.to_string()),
        };
        notes.count(
            "tally_cells",
            own.cells().iter().map(|row| row.len() as u64).sum(),
        );
        if tally.content != own.json().as_bytes() {
            let text = "the stored tally is not the product of the counted ballots";
            notes.find("tally_wrong", place, text);
        }
        check_size(&sized.content, &own_size, tally.hash, place, notes);
        let Some(text) = tally.text(notes) else {
            return;
        };
        match EncryptedTally::parse(&setup.election, text) {
            Ok(stored) => {
                let task = Task::new(&setup.election, &stored);
                let (hash, total) = (tally.hash, own_size.total_weight);
                self.tally.get_or_insert(Tally {
                    stored,
                    hash,
                    total,
                    task,
                });
            }
            Err(error) => notes.find("tally_malformed", place, error.to_string()),
        }
    }

    /// One teller's share with the proofs of the published format.
    pub fn share(
        &mut self,
        setup: &BoxSetup,
        data: &[Data],
        belenios: bool,
        place: &Place,
        notes: &mut Notes,
    ) {
        let [share, reference] = data else { return };
        let (Some(share_text), Some(owned_text)) = (share.text(notes), reference.text(notes))
        else {
            return;
        };
        let Owned { owner, payload } = match Owned::parse(owned_text) {
            Ok(owned) => owned,
            Err(error) => return find(notes, place, &error),
        };
        if payload != share.hash {
            notes.find(
                "share_reference",
                place,
                "the owner's record refers to another share",
            );
        }
        // In the published format a second share of the same teller replaces the first.
        if self.openers.contains(&owner) && !belenios {
            notes.find(
                "share_repeated",
                place,
                format!("teller {owner} has opened before"),
            );
        }
        self.openers.push(owner);
        let Some(key) = setup.key_of(owner) else {
            return find(notes, place, &DecryptError::NoSuchTeller { owner });
        };
        let share = match PartialDecryption::parse(share_text) {
            Ok(share) => share,
            Err(error) => return find(notes, place, &error),
        };
        let Some(tally) = &self.tally else { return };
        notes.count("decryption_proofs", tally.task.len() as u64);
        let faults = tally.task.check_published(owner, &key, &share);
        for fault in &faults {
            find(notes, place, fault);
        }
        if faults.is_empty() {
            self.shares.insert(
                owner,
                Share {
                    share,
                    place: place.clone(),
                },
            );
        }
    }

    /// The published result; judged at the end, when all shares are known.
    pub fn result(&mut self, data: &[Data], place: &Place, notes: &mut Notes) {
        let [result] = data else { return };
        let Some(text) = result.text(notes) else {
            return;
        };
        match ElectionResult::parse(text) {
            Ok(result) => self.result = self.result.take().or(Some((result, place.clone()))),
            Err(error) => find(notes, place, &error),
        }
    }

    /// Strong proofs, surplus shares and the result.
    pub fn finish(
        &mut self,
        setup: &BoxSetup,
        sidecar: Option<&[u8]>,
        strict: bool,
        counted: bool,
        notes: &mut Notes,
    ) {
        self.check_strong(setup, sidecar, strict, counted, notes);
        let Some(tally) = &self.tally else { return };
        let shares: Shares = self
            .shares
            .iter()
            .map(|(owner, share)| (*owner, share.share.decryption_factors.concat()))
            .collect();
        let places: Vec<_> = tally.task.places().collect();
        notes.count("share_consistency", shares.len() as u64);
        for fault in inconsistencies(&setup.groups, &shares, &places) {
            find(notes, &Place::default(), &fault);
        }
        if let Some((result, place)) = &self.result {
            notes.count("result_cells", tally.task.len() as u64);
            let faults = result.faults(
                &setup.election,
                &tally.stored,
                tally.total,
                &setup.groups,
                &shares,
            );
            for fault in &faults {
                find(notes, place, fault);
            }
        }
    }

    /// Tellers who opened, in their order, each once.
    pub fn openers(&self) -> Vec<u32> {
        let mut openers = self.openers.clone();
        openers.sort_unstable();
        openers.dedup();
        openers
    }

    pub const fn strong_proofs(&self) -> bool {
        self.strong_proofs
    }

    pub fn published_result(&self) -> Option<Vec<Vec<u64>>> {
        let (result, _) = self.result.as_ref()?;
        Some(
            result
                .result
                .iter()
                .map(|row| row.iter().map(|number| number.get()).collect())
                .collect(),
        )
    }
}

fn find(notes: &mut Notes, place: &Place, error: &DecryptError) {
    notes.find(error.code(), place, error.to_string());
}

fn check_size(
    sized: &[u8],
    own: &SizedEncryptedTally,
    stored: Hash,
    place: &Place,
    notes: &mut Notes,
) {
    let parsed: Option<SizedEncryptedTally> = serde_json::from_slice(sized).ok();
    let Some(parsed) =
        parsed.filter(|parsed| serde_json::to_vec(parsed).is_ok_and(|json| json == sized))
    else {
        return notes.find(
            "tally_size_malformed",
            place,
            "the tally's size cannot be read",
        );
    };
    if parsed.num_tallied != own.num_tallied || parsed.total_weight != own.total_weight {
        let text = format!(
            "the tally is said to hold {} ballots of weight {} instead of {} of weight {}",
            parsed.num_tallied, parsed.total_weight, own.num_tallied, own.total_weight
        );
        notes.find("tally_size_wrong", place, text);
    }
    if parsed.encrypted_tally != stored.hex() {
        notes.find(
            "tally_reference",
            place,
            "the tally's size refers to another tally",
        );
    }
}
