//! Imports under way: how far each is, for everybody who looks, whoever pressed the button.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use serde::Serialize;
use tokio::sync::watch;

use crate::events::{Events, Topic};

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

/// One import under way, for who does the work.
#[derive(Debug, Clone)]
pub(crate) struct Job {
    id: String,
    sender: Arc<watch::Sender<Progress>>,
    events: Events,
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

    fn say(&self, progress: Progress) {
        let before = self.sender.send_replace(progress);
        // Pages look again at every percent, not at every row.
        if before.percent() != progress.percent() || before.step != progress.step {
            self.events.send(&self.id, Topic::Import);
        }
    }
}

/// All imports under way on this node, and those that failed lately.
#[derive(Debug, Default)]
pub(crate) struct Jobs(Mutex<HashMap<String, watch::Receiver<Progress>>>);

impl Jobs {
    fn lock(&self) -> std::sync::MutexGuard<'_, HashMap<String, watch::Receiver<Progress>>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Begins an import; none where it is under way.
    pub fn begin(&self, id: &str, total: usize, events: &Events) -> Option<Job> {
        let mut jobs = self.lock();
        let under_way = |job: &watch::Receiver<Progress>| {
            job.borrow().step != ImportStep::Ended && job.has_changed().is_ok()
        };
        if jobs.get(id).is_some_and(under_way) {
            return None;
        }
        let (sender, receiver) = watch::channel(Progress {
            step: ImportStep::Writing,
            done: 0,
            total,
            failed: None,
        });
        jobs.insert(id.to_owned(), receiver);
        Some(Job {
            id: id.to_owned(),
            sender: Arc::new(sender),
            events: events.clone(),
        })
    }

    /// How far an import is; none where nothing is known of it.
    pub fn progress(&self, id: &str) -> Option<Progress> {
        let jobs = self.lock();
        let job = jobs.get(id)?;
        let progress = *job.borrow();
        Some(progress)
    }

    /// Waits until an import ended.
    pub async fn ended(&self, id: &str) {
        let job = self.lock().get(id).cloned();
        if let Some(mut job) = job {
            // An error means that whoever worked has gone, which is an end too.
            let _ = job.wait_for(|p| p.step == ImportStep::Ended).await;
        }
    }

    /// Forgets an import that ended well: its own row says the rest.
    pub fn forget(&self, id: &str) {
        self.lock().remove(id);
    }
}
