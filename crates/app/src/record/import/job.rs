//! How far an import is.

use serde::Serialize;

use crate::events::Topic;
use crate::jobs::Going;

/// One import under way, for who does the work.
pub(super) type Job = crate::jobs::Job<Progress>;

/// What is being done.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum ImportStep {
    /// Rows are written; nothing of them stands before all do.
    Writing,
    /// The rows stand and are being made searchable.
    Indexing,
    /// It ended; the rows stand, or nothing of them does.
    Ended,
}

/// How far an import is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Progress {
    /// What is being done.
    pub step: ImportStep,
    /// Rows done in this step.
    pub done: usize,
    /// Rows of the step.
    pub total: usize,
    /// Why nothing of it stands, where it ended so: the error's code.
    pub failed: Option<&'static str>,
}

impl Progress {
    /// How much of the whole is done, in percent: writing is the first half.
    #[must_use]
    pub fn percent(self) -> usize {
        let share = 50 * self.done.min(self.total) / self.total.max(1);
        match self.step {
            ImportStep::Writing => share,
            ImportStep::Indexing => 50 + share,
            ImportStep::Ended => 100,
        }
    }
}

impl Going for Progress {
    const TOPIC: Topic = Topic::Import;

    fn has_ended(&self) -> bool {
        self.step == ImportStep::Ended
    }

    fn mark(&self) -> usize {
        2 * self.percent() + usize::from(self.step == ImportStep::Indexing)
    }
}

impl Progress {
    /// Nothing done yet.
    pub(super) const fn beginning(total: usize) -> Self {
        Self {
            step: ImportStep::Writing,
            done: 0,
            total,
            failed: None,
        }
    }
}

impl Job {
    /// Says how far it is.
    pub fn tell(&self, step: ImportStep, done: usize, total: usize) {
        self.say(Progress {
            step,
            done,
            total,
            failed: None,
        });
    }

    /// Says that it failed and nothing of it stands.
    pub fn failed(&self, code: &'static str) {
        self.say(Progress {
            step: ImportStep::Ended,
            done: 0,
            total: 0,
            failed: Some(code),
        });
    }
}
