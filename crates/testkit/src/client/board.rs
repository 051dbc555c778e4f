//! A teller's own reading of a board before opening it: chain, roll, every ballot, and the tally computed anew.
//! Nothing the server says about the tally is believed (trust.md, "Opening").

use std::collections::HashSet;

use pingyi_ballot::archive::{ArchiveReader, Entry, Event, EventType, Hash};
use pingyi_ballot::ballot::{CheckedBallot, check};
use pingyi_ballot::credential::Roll;
use pingyi_ballot::election::Election;
use pingyi_ballot::tally::{EncryptedTally, Weight, counted};
use pingyi_ballot::trustee::Trustees;
use rayon::prelude::*;

use super::ceremony::distrust;
use crate::error::TestkitError;

/// A closed board that holds.
pub struct Board {
    /// The election.
    pub election: Election,
    /// The tellers.
    pub trustees: Trustees,
    /// The tally of the ballots that count, computed here.
    pub tally: EncryptedTally,
    /// How many ballots count.
    pub counted: usize,
}

/// What a board holds, in order, with the chain checked.
struct Chain {
    setup: Vec<Vec<u8>>,
    ballots: Vec<Vec<u8>>,
    closed: bool,
}

impl Board {
    /// Reads and checks a downloaded archive. Heavy computing.
    ///
    /// # Errors
    /// [`TestkitError::Distrust`] with the first thing that does not hold.
    pub fn read(archive: &[u8]) -> Result<Self, TestkitError> {
        let chain = Chain::read(archive)?;
        if !chain.closed {
            return Err(distrust("the box is not closed"));
        }
        let [election, trustees, roll, _setup] = chain.setup.as_slice() else {
            return Err(distrust(
                "the board does not begin with election, tellers and roll",
            ));
        };
        let election = Election::parse(text(election)?).map_err(distrust)?;
        let trustees = Trustees::parse(text(trustees)?).map_err(distrust)?;
        trustees.check(None).map_err(distrust)?;
        if trustees.joint_key().map_err(distrust)? != *election.public_key() {
            return Err(distrust("the ballots are not sealed to the tellers' key"));
        }
        let roll = Roll::parse(text(roll)?).map_err(distrust)?;
        let ballots = chain
            .ballots
            .par_iter()
            .map(|ballot| checked(&election, &roll, ballot));
        let ballots = ballots.collect::<Result<Vec<_>, _>>()?;
        let different: HashSet<_> = ballots.iter().map(CheckedBallot::tracker).collect();
        if different.len() != ballots.len() {
            return Err(distrust("a ballot is on the board twice"));
        }
        let counted = counted(&ballots);
        let tally = EncryptedTally::of(
            &election,
            counted.iter().map(|ballot| (*ballot, Weight::ONE)),
        );
        let tally = tally.map_err(distrust)?;
        Ok(Self {
            counted: counted.len(),
            election,
            trustees,
            tally,
        })
    }
}

fn checked(election: &Election, roll: &Roll, ballot: &[u8]) -> Result<CheckedBallot, TestkitError> {
    let ballot = check(election, text(ballot)?).map_err(distrust)?;
    match roll.weight_of(ballot.credential_hex()) {
        Some(Weight::ONE) => Ok(ballot),
        Some(_) => Err(distrust("a credential has a weight of its own")),
        None => Err(distrust("a ballot is from nobody on the roll")),
    }
}

impl Chain {
    fn read(archive: &[u8]) -> Result<Self, TestkitError> {
        let mut chain = Self {
            setup: Vec::new(),
            ballots: Vec::new(),
            closed: false,
        };
        let mut data: Vec<(Hash, Vec<u8>)> = Vec::new();
        let mut last: Option<Event> = None;
        for record in ArchiveReader::new(archive).map_err(distrust)? {
            let record = record
                .and_then(pingyi_ballot::archive::Record::sound)
                .map_err(distrust)?;
            match record.entry {
                Entry::Event(event) => {
                    follows(last.as_ref(), &event, &data)?;
                    chain.take(&event, std::mem::take(&mut data))?;
                    last = Some(event);
                }
                _ => data.push((record.hash, record.content)),
            }
        }
        Ok(chain)
    }

    fn take(&mut self, event: &Event, data: Vec<(Hash, Vec<u8>)>) -> Result<(), TestkitError> {
        let mut contents = data.into_iter().map(|(_, content)| content);
        match event.kind {
            EventType::Setup if event.height == 0 => self.setup = contents.collect(),
            EventType::Ballot if !self.closed => self.ballots.extend(contents.next()),
            EventType::EndBallots if !self.closed => self.closed = true,
            EventType::EncryptedTally | EventType::PartialDecryption | EventType::Result
                if self.closed => {}
            other => return Err(distrust(format!("{other} stands where it must not"))),
        }
        Ok(())
    }
}

/// The event must name the one before it and the last record before itself.
fn follows(
    last: Option<&Event>,
    event: &Event,
    data: &[(Hash, Vec<u8>)],
) -> Result<(), TestkitError> {
    let linked = event.parent == last.map(Event::hash)
        && event.height == last.map_or(0, |last| last.height + 1);
    let records = match event.kind {
        EventType::Setup => 4,
        EventType::EndBallots => 0,
        EventType::Ballot | EventType::Result => 1,
        _ => 2,
    };
    let payload = data.last().map(|(hash, _)| *hash);
    if linked && data.len() == records && event.payload == payload {
        Ok(())
    } else {
        Err(distrust(format!(
            "the chain is broken at height {}",
            event.height
        )))
    }
}

fn text(bytes: &[u8]) -> Result<&str, TestkitError> {
    std::str::from_utf8(bytes).map_err(distrust)
}
