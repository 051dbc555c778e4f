//! The sidecar: for each cell and teller a proof of the whole statement (trust.md, point 6).

use super::super::report::{Notes, Place};
use super::super::setup::BoxSetup;
use super::{Opening, Share, find};
use crate::decrypt::{DecryptError, Sidecar, Task};

impl Opening {
    /// Judges the strong proofs, or their absence. An archive that is not counted yet has none.
    pub(super) fn check_strong(
        &mut self,
        setup: &BoxSetup,
        sidecar: Option<&[u8]>,
        strict: bool,
        counted: bool,
        notes: &mut Notes,
    ) {
        let place = Place {
            sidecar: true,
            ..Place::default()
        };
        let Some(bytes) = sidecar else {
            let text = "there are no strong decryption proofs: the published ones do not cover the statement";
            match (counted, strict) {
                (true, true) => notes.find("strong_missing", &place, text),
                (_, _) if !self.openers.is_empty() => notes.reserve("strong_absent", text),
                _ => {}
            }
            return;
        };
        let sidecar = match read_sidecar(bytes) {
            Ok(sidecar) => sidecar,
            Err(error) => return notes.find("strong_malformed", &place, error.to_string()),
        };
        let Some(tally) = &self.tally else {
            let text = "strong proofs for a tally that is not there";
            return notes.find("strong_unexpected", &place, text);
        };
        if let Err(error) = sidecar.is_for(setup.election.fingerprint(), &tally.hash) {
            return find(notes, &place, &error);
        }
        check_owners(&sidecar, &self.openers, &place, notes);
        let mut holding = 0;
        for (owner, share) in &self.shares {
            holding += usize::from(share.is_strong(*owner, setup, &sidecar, &tally.task, notes));
        }
        self.strong_proofs = holding > 0 && holding == self.openers().len();
    }
}

impl Share {
    /// Whether the sidecar's proofs of this share hold.
    fn is_strong(
        &self,
        owner: u32,
        setup: &BoxSetup,
        sidecar: &Sidecar,
        task: &Task,
        notes: &mut Notes,
    ) -> bool {
        let place = Place {
            sidecar: true,
            ..self.place.clone()
        };
        let (Some(key), Some(proofs)) = (setup.key_of(owner), sidecar.proofs_of(owner)) else {
            let text = format!("teller {owner} gave no strong proofs");
            notes.find("strong_missing", &place, text);
            return false;
        };
        notes.count("strong_proofs", task.len() as u64);
        let faults = task.check_strong(owner, &key, &self.share, proofs);
        for fault in &faults {
            find(notes, &place, fault);
        }
        faults.is_empty()
    }
}

fn read_sidecar(bytes: &[u8]) -> Result<Sidecar, DecryptError> {
    let text = std::str::from_utf8(bytes).map_err(|error| DecryptError::Malformed {
        what: "the strong proofs",
        text: error.to_string(),
    })?;
    Sidecar::parse(text)
}

/// The sidecar has one entry for each teller who opened, and no other.
fn check_owners(sidecar: &Sidecar, openers: &[u32], place: &Place, notes: &mut Notes) {
    for (position, share) in sidecar.shares.iter().enumerate() {
        let owner = share.owner;
        if sidecar.shares[..position]
            .iter()
            .any(|earlier| earlier.owner == owner)
        {
            notes.find(
                "strong_repeated",
                place,
                format!("teller {owner} stands there twice"),
            );
        }
        if !openers.contains(&owner) {
            notes.find(
                "strong_unexpected",
                place,
                format!("teller {owner} has not opened"),
            );
        }
    }
}
