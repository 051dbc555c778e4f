//! The Setup event: election, tellers, roll, and what they say about each other.

use serde::Deserialize;

use super::audit::Data;
use super::phase::Phase;
use super::report::{Notes, Place};
use crate::archive::{Hash, Setup};
use crate::credential::Roll;
use crate::election::Election;
use crate::group::Point;
use crate::tally::Weight;
use crate::trustee::{Announced, TellerGroup, Trustees};

/// What was fixed when the box was sealed.
pub(super) struct BoxSetup {
    pub election: Election,
    pub roll: Option<Roll>,
    /// Empty when the list of tellers cannot be read.
    pub groups: Vec<TellerGroup>,
    /// The smallest number of ballots that may be opened; 0 for a foreign archive.
    minimum: u64,
}

/// What our own field in the election binds (contract §2.1), as far as it is checked here.
#[derive(Deserialize)]
struct Bound {
    presenters: Vec<String>,
    items: Vec<String>,
    grades: Vec<String>,
    minimum: u64,
    tellers: Announced,
}

impl BoxSetup {
    /// Reads the four records of the Setup event. None when there is no election to judge by.
    pub fn read(data: &[Data], belenios: bool, place: &Place, notes: &mut Notes) -> Option<Self> {
        let [election, trustees, roll, setup] = data else {
            return None;
        };
        check_hashes(
            &setup.content,
            [election.hash, trustees.hash, roll.hash],
            place,
            notes,
        );
        let trustees = read_trustees(trustees, place, notes);
        let roll = read_roll(roll, belenios, place, notes);
        let election = match Election::parse(election.text(notes)?) {
            Ok(election) => election,
            Err(error) => {
                notes.find("election_malformed", place, error.to_string());
                return None;
            }
        };
        notes.count("setup", 1);
        let bound = if belenios {
            None
        } else {
            read_bound(&election, place, notes)
        };
        let announced = bound.as_ref().map(|bound| bound.tellers);
        let groups = match &trustees {
            Some(trustees) => judge_trustees(trustees, &election, announced, place, notes),
            None => Vec::new(),
        };
        let minimum = bound.map_or(0, |bound| bound.minimum);
        Some(Self {
            election,
            roll,
            groups,
            minimum,
        })
    }

    /// The verification key of a teller, by number from 1.
    pub fn key_of(&self, owner: u32) -> Option<Point> {
        let tellers = self.groups.iter().flat_map(|group| &group.tellers);
        tellers
            .into_iter()
            .find(|teller| teller.owner == owner)
            .map(|teller| teller.key)
    }

    pub fn roll_len(&self) -> u64 {
        self.roll.as_ref().map_or(0, |roll| roll.len() as u64)
    }

    /// A box with fewer ballots than announced may not be opened (trust.md, Opening).
    pub fn check_minimum(&self, counted: u64, phase: Phase, place: &Place, notes: &mut Notes) {
        let opened = matches!(phase, Phase::Opening | Phase::Counted);
        if opened && self.minimum > 0 {
            notes.count("minimum", 1);
            if counted < self.minimum {
                let text = format!(
                    "opened with {counted} ballots, though the minimum is {}",
                    self.minimum
                );
                notes.find("below_minimum", place, text);
            }
        }
    }
}

fn check_hashes(setup: &[u8], hashes: [Hash; 3], place: &Place, notes: &mut Notes) {
    let parsed: Option<Setup> = serde_json::from_slice(setup).ok();
    let Some(parsed) = parsed.filter(|parsed| parsed.json().as_bytes() == setup) else {
        notes.find("setup_malformed", place, "the setup record cannot be read");
        return;
    };
    if [parsed.election, parsed.trustees, parsed.credentials] != hashes {
        notes.find(
            "setup_hashes",
            place,
            "the setup refers to other records than those before it",
        );
    }
}

fn read_trustees(data: &Data, place: &Place, notes: &mut Notes) -> Option<Trustees> {
    match Trustees::parse(data.text(notes)?) {
        Ok(trustees) => Some(trustees),
        Err(error) => {
            notes.find(error.code(), place, error.to_string());
            None
        }
    }
}

fn judge_trustees(
    trustees: &Trustees,
    election: &Election,
    announced: Option<Announced>,
    place: &Place,
    notes: &mut Notes,
) -> Vec<TellerGroup> {
    let groups = trustees.groups();
    notes.count(
        "tellers",
        groups.iter().map(|group| group.tellers.len() as u64).sum(),
    );
    for fault in trustees.faults(announced) {
        notes.find(fault.code(), place, fault.to_string());
    }
    if trustees.joint_key().ok().as_ref() != Some(election.public_key()) {
        notes.find(
            "election_key",
            place,
            "the election's key is not the tellers' joint key",
        );
    }
    groups
}

fn read_roll(data: &Data, belenios: bool, place: &Place, notes: &mut Notes) -> Option<Roll> {
    let roll = match Roll::parse(data.text(notes)?) {
        Ok(roll) => roll,
        Err(error) => {
            notes.find("roll_malformed", place, error.to_string());
            return None;
        }
    };
    notes.count("roll", roll.len() as u64);
    if !belenios && roll.iter().any(|(_, weight)| weight != Weight::ONE) {
        notes.find(
            "roll_weighted",
            place,
            "a credential of this box counts otherwise than once",
        );
    }
    Some(roll)
}

fn read_bound(election: &Election, place: &Place, notes: &mut Notes) -> Option<Bound> {
    let Some(extra) = election.extra("x_pingyi") else {
        notes.find(
            "pingyi_missing",
            place,
            "the election does not say which appraisal it belongs to",
        );
        return None;
    };
    let bound = match Bound::deserialize(extra) {
        Ok(bound) => bound,
        Err(error) => {
            notes.find("pingyi_malformed", place, error.to_string());
            return None;
        }
    };
    let questions = election.questions();
    let asked = questions.len() == bound.presenters.len() * bound.items.len();
    let one_of = questions.iter().all(|question| {
        question.answers.len() == bound.grades.len()
            && !question.blank
            && (question.min, question.max) == (1, 1)
    });
    if !(asked && one_of) {
        let text = "the questions are not one grade for each presenter and item";
        notes.find("election_questions", place, text);
    }
    Some(bound)
}
