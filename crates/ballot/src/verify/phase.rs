//! The grammar of events: exactly `Setup Ballot* EndBallots EncryptedTally PartialDecryption+ Result`.

use crate::archive::EventType;

/// How far the box has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Phase {
    /// Nothing yet.
    Empty,
    /// Set up; ballots are taken.
    Voting,
    /// No more ballots.
    Closed,
    /// Added up.
    Tallied,
    /// At least one share.
    Opening,
    /// The result is there.
    Counted,
}

impl Phase {
    /// The phase after this event; none when the event may not come now.
    pub const fn after(self, event: EventType) -> Option<Self> {
        match (self, event) {
            (Self::Empty, EventType::Setup) | (Self::Voting, EventType::Ballot) => {
                Some(Self::Voting)
            }
            (Self::Voting, EventType::EndBallots) => Some(Self::Closed),
            (Self::Closed, EventType::EncryptedTally) => Some(Self::Tallied),
            (Self::Tallied | Self::Opening, EventType::PartialDecryption) => Some(Self::Opening),
            (Self::Opening, EventType::Result) => Some(Self::Counted),
            _ => None,
        }
    }
}

/// How many data records stand before an event.
pub(super) const fn data_of(event: EventType) -> usize {
    match event {
        EventType::Setup => 4,
        EventType::EndBallots | EventType::EndShuffles => 0,
        EventType::EncryptedTally | EventType::PartialDecryption | EventType::Shuffle => 2,
        EventType::Ballot | EventType::Result => 1,
    }
}
