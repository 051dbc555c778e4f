//! Telling somebody how far a meeting has come.

/// Parts of a meeting that take long enough to be watched.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Stage {
    /// The tellers make the key.
    Ceremony,
    /// Slips are made and put on the rolls.
    Slips,
    /// Ballots are sealed beforehand.
    Sealing,
    /// Ballots are cast.
    Casting,
    /// Raters look up their receipts.
    Receipts,
    /// Tellers check the boards and open the boxes.
    Opening,
    /// Archives are downloaded and verified.
    Verifying,
}

/// Somebody who watches.
pub trait Watch: Send + Sync {
    /// A stage begins that has so many steps.
    fn begin(&self, stage: Stage, steps: u64);
    /// One step is done.
    fn step(&self, stage: Stage);
    /// The stage is over.
    fn end(&self, stage: Stage);
}

/// Nobody watches.
#[derive(Debug, Clone, Copy, Default)]
pub struct Unwatched;

impl Watch for Unwatched {
    fn begin(&self, _: Stage, _: u64) {}
    fn step(&self, _: Stage) {}
    fn end(&self, _: Stage) {}
}
