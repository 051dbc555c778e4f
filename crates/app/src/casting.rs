//! The way of a ballot onto the board: checked on all cores, written in groups, answered when durable.
//!
//! Checking needs no database and runs in a pool of its own. One writer task per process takes whatever has
//! been checked meanwhile and puts it into one transaction, so that a hundred raters who press at once cost
//! one sync of the disk and not a hundred. The order of the chain is given there, under the lock of the box.

pub(crate) mod group;
mod writer;

use std::sync::{Arc, Mutex, PoisonError};

use pingyi_ballot::ballot::check;
use pingyi_ballot::election::Election;
use pingyi_store::{BoxId, Store};
use tokio::sync::{OwnedSemaphorePermit, Semaphore, mpsc, oneshot};
use tokio::task::JoinHandle;

use crate::events::Events;
use crate::{AppError, Receipt, Result};

/// A ballot that has been checked, waiting to be written.
pub(crate) struct Checked {
    pub r#box: BoxId,
    pub tracker: String,
    pub tracker_b64: String,
    pub credential: String,
    pub json: String,
}

pub(crate) struct Waiting {
    pub ballot: Checked,
    pub reply: oneshot::Sender<Result<Receipt>>,
    /// Room for its bytes, given back when it is written or refused.
    _room: OwnedSemaphorePermit,
}

/// The casting of one process.
pub(crate) struct Caster {
    pool: rayon::ThreadPool,
    /// Tallies, verifications and rank ranges may take minutes; they leave the pool above to the raters.
    long: rayon::ThreadPool,
    room: Arc<Semaphore>,
    kilobytes: usize,
    queue: Mutex<Option<mpsc::UnboundedSender<Waiting>>>,
    writer: Mutex<Option<JoinHandle<()>>>,
}

impl Caster {
    /// Starts the writer. At most `bytes` of ballots wait at any time.
    pub fn start(store: Store, events: Events, bytes: usize) -> Result<Self> {
        let (pool, long) = (threads("ballot-check")?, threads("board-work")?);
        let kilobytes = (bytes / 1024).max(1);
        // The room bounds the queue.
        let (sender, receiver) = mpsc::unbounded_channel();
        let writer = tokio::spawn(writer::run(store, events, receiver));
        Ok(Self {
            pool,
            long,
            room: Arc::new(Semaphore::new(kilobytes)),
            kilobytes,
            queue: Mutex::new(Some(sender)),
            writer: Mutex::new(Some(writer)),
        })
    }

    /// Takes no more ballots and waits until all that were taken are written.
    pub async fn stop(&self) {
        self.queue
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .take();
        let writer = self
            .writer
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .take();
        if let Some(writer) = writer {
            // A writer that panicked has been reported by the runtime.
            let _ = writer.await;
        }
    }

    /// Room for a ballot of so many bytes, or `busy` at once: a rater's phone tries again by itself.
    pub fn room_for(&self, bytes: usize) -> Result<OwnedSemaphorePermit> {
        let need =
            u32::try_from((bytes / 1024 + 1).min(self.kilobytes)).map_err(AppError::internal)?;
        self.room
            .clone()
            .try_acquire_many_owned(need)
            .map_err(|_| AppError::Busy)
    }

    /// Checks a ballot in the pool.
    pub async fn check(&self, election: Arc<Election>, id: BoxId, json: String) -> Result<Checked> {
        let (reply, answer) = oneshot::channel();
        self.pool.spawn(move || {
            let checked = check(&election, &json)
                .map(|ballot| Checked {
                    r#box: id,
                    tracker: ballot.tracker().hex(),
                    tracker_b64: ballot.tracker().b64(),
                    credential: ballot.credential_hex().to_string(),
                    json,
                })
                .map_err(|error| AppError::Ballot { code: error.code() });
            // The rater may have gone.
            let _ = reply.send(checked);
        });
        answer
            .await
            .map_err(|_| AppError::internal("the check of a ballot ended without an answer"))?
    }

    /// Runs short work for raters beside the checks of ballots.
    pub async fn run<T: Send + 'static>(
        &self,
        work: impl FnOnce() -> T + Send + 'static,
    ) -> Result<T> {
        on(&self.pool, work).await
    }

    /// Runs work on whole boards, which no rater waits for.
    pub async fn run_long<T: Send + 'static>(
        &self,
        work: impl FnOnce() -> T + Send + 'static,
    ) -> Result<T> {
        on(&self.long, work).await
    }

    /// Hands a checked ballot to the writer and waits until it is durable.
    pub async fn write(&self, ballot: Checked, room: OwnedSemaphorePermit) -> Result<Receipt> {
        let (reply, answer) = oneshot::channel();
        {
            let queue = self.queue.lock().unwrap_or_else(PoisonError::into_inner);
            let queue = queue.as_ref().ok_or(AppError::ShuttingDown)?;
            queue
                .send(Waiting {
                    ballot,
                    reply,
                    _room: room,
                })
                .map_err(|_| AppError::ShuttingDown)?;
        }
        answer.await.map_err(|_| AppError::ShuttingDown)?
    }
}

fn threads(name: &'static str) -> Result<rayon::ThreadPool> {
    rayon::ThreadPoolBuilder::new()
        .thread_name(move |n| format!("{name}-{n}"))
        .build()
        .map_err(AppError::internal)
}

async fn on<T: Send + 'static>(
    pool: &rayon::ThreadPool,
    work: impl FnOnce() -> T + Send + 'static,
) -> Result<T> {
    let (reply, answer) = oneshot::channel();
    pool.spawn(move || {
        let _ = reply.send(work());
    });
    answer
        .await
        .map_err(|_| AppError::internal("work on a board ended without an answer"))
}
