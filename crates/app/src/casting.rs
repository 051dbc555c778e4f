//! The way of a ballot onto the board: checked on all cores, written in groups, answered when durable.
//!
//! Checking needs no database and runs in a pool of its own. One writer task per process takes whatever has
//! been checked meanwhile and puts it into one transaction, so that a hundred raters who press at once cost
//! one sync of the disk and not a hundred. The order of the chain is given there, under the lock of the box.

pub(crate) mod group;
mod writer;

use std::collections::VecDeque;
use std::sync::{Arc, Mutex, PoisonError};

use pingyi_ballot::ballot::check_all;
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

/// A ballot that waits to be checked.
struct Unchecked {
    election: Arc<Election>,
    r#box: BoxId,
    json: String,
    reply: oneshot::Sender<Result<Checked>>,
}

/// Ballots of one box checked together: their points share the test for the subgroup. More would leave the cache
/// (docs/performance.md).
const TOGETHER: usize = 4;

/// The casting of one process.
pub(crate) struct Caster {
    pool: rayon::ThreadPool,
    unchecked: Arc<Mutex<VecDeque<Unchecked>>>,
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
            unchecked: Arc::default(),
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

    /// Checks a ballot in the pool, together with others of its box that wait: nobody waits for company.
    pub async fn check(&self, election: Arc<Election>, id: BoxId, json: String) -> Result<Checked> {
        let (reply, answer) = oneshot::channel();
        lock(&self.unchecked).push_back(Unchecked {
            election,
            r#box: id,
            json,
            reply,
        });
        let (unchecked, threads) = (Arc::clone(&self.unchecked), self.pool.current_num_threads());
        self.pool.spawn(move || {
            let some = take(&mut lock(&unchecked), threads, |a, b| a.r#box == b.r#box);
            check_together(some);
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

fn lock<T>(mutex: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// The next ballots of one box for one thread: its share of what waits, so that no other thread stands idle.
fn take<T>(waiting: &mut VecDeque<T>, threads: usize, alike: impl Fn(&T, &T) -> bool) -> Vec<T> {
    let share = waiting.len().div_ceil(threads.max(1)).min(TOGETHER);
    let mut some: Vec<T> = Vec::with_capacity(share);
    while some.len() < share
        && let Some(next) = waiting.front()
        && some.first().is_none_or(|first| alike(first, next))
    {
        some.extend(waiting.pop_front());
    }
    some
}

fn check_together(some: Vec<Unchecked>) {
    let Some(first) = some.first() else {
        return;
    };
    let election = Arc::clone(&first.election);
    let texts: Vec<&str> = some.iter().map(|one| one.json.as_str()).collect();
    let verdicts = check_all(&election, &texts);
    for (one, verdict) in some.into_iter().zip(verdicts) {
        let checked = verdict
            .map(|ballot| Checked {
                r#box: one.r#box,
                tracker: ballot.tracker().hex(),
                tracker_b64: ballot.tracker().b64(),
                credential: ballot.credential_hex().to_string(),
                json: one.json,
            })
            .map_err(|error| AppError::Ballot { code: error.code() });
        // The rater may have gone.
        let _ = one.reply.send(checked);
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

#[cfg(test)]
mod tests {
    use super::take;

    #[test]
    fn each_thread_takes_its_share_of_one_box() {
        let taken = |boxes: &str, threads| {
            let mut waiting = boxes.chars().collect();
            let some: String = take(&mut waiting, threads, |a, b| a == b).iter().collect();
            (some, waiting.into_iter().collect::<String>())
        };
        let both = |some: &str, left: &str| (some.to_owned(), left.to_owned());
        assert_eq!(taken("", 2), both("", ""));
        assert_eq!(taken("A", 2), both("A", ""), "nobody waits for company");
        assert_eq!(taken("AAA", 2), both("AA", "A"), "the other thread has one");
        assert_eq!(taken("AAAAAAAAAAAA", 2), both("AAAA", "AAAAAAAA"));
        assert_eq!(taken("AABA", 1), both("AA", "BA"), "one box at a time");
    }
}
