//! Work under way: how far it is, for everybody who looks, whoever pressed the button.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use tokio::sync::watch;

use crate::events::{Events, Topic};

/// How far a piece of work is.
pub(crate) trait Going: Clone + Send + Sync + 'static {
    /// What pages that show it listen to.
    const TOPIC: Topic;

    /// Whether it ended, well or not.
    fn has_ended(&self) -> bool;

    /// What pages look again for when it changes: not every row of an import, but every percent.
    fn mark(&self) -> usize;
}

/// One piece of work under way, for who does it.
#[derive(Debug, Clone)]
pub(crate) struct Job<P> {
    id: String,
    sender: Arc<watch::Sender<P>>,
    events: Events,
}

impl<P: Going> Job<P> {
    /// Says how far it is.
    pub fn say(&self, progress: P) {
        let mark = progress.mark();
        let before = self.sender.send_replace(progress);
        if before.mark() != mark {
            self.events.send(&self.id, P::TOPIC);
        }
    }
}

/// All work of one sort under way on this node, and what ended lately and is still told.
#[derive(Debug)]
pub(crate) struct Jobs<P>(Mutex<HashMap<String, watch::Receiver<P>>>);

impl<P> Default for Jobs<P> {
    fn default() -> Self {
        Self(Mutex::default())
    }
}

impl<P: Going> Jobs<P> {
    fn lock(&self) -> std::sync::MutexGuard<'_, HashMap<String, watch::Receiver<P>>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Begins a piece of work; none where it is under way.
    pub fn begin(&self, id: &str, first: P, events: &Events) -> Option<Job<P>> {
        let mut jobs = self.lock();
        let under_way =
            |job: &watch::Receiver<P>| !job.borrow().has_ended() && job.has_changed().is_ok();
        if jobs.get(id).is_some_and(under_way) {
            return None;
        }
        let (sender, receiver) = watch::channel(first);
        jobs.insert(id.to_owned(), receiver);
        Some(Job {
            id: id.to_owned(),
            sender: Arc::new(sender),
            events: events.clone(),
        })
    }

    /// How far it is; none where nothing is known of it.
    pub fn progress(&self, id: &str) -> Option<P> {
        let jobs = self.lock();
        let job = jobs.get(id)?;
        let progress = job.borrow().clone();
        Some(progress)
    }

    /// Waits until it ended.
    pub async fn ended(&self, id: &str) {
        let job = self.lock().get(id).cloned();
        if let Some(mut job) = job {
            // An error means that whoever worked has gone, which is an end too.
            let _ = job.wait_for(P::has_ended).await;
        }
    }

    /// Forgets what ended and is told elsewhere.
    pub fn forget(&self, id: &str) {
        self.lock().remove(id);
    }
}
