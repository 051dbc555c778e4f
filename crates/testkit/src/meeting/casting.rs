//! Casting: every rater as a task of their own, a given number at the same time.

use std::sync::Arc;
use std::time::{Duration, Instant};

use pingyi_ballot::ballot::SealedBallot;
use rayon::prelude::*;
use serde::Serialize;
use tokio::sync::Semaphore;
use tokio::task::JoinSet;

use super::preparing::unexpected;
use super::{Meeting, Prepared};
use crate::client::rater::{Booth, Cast, Rater};
use crate::error::TestkitError;
use crate::latency::{Latencies, Summary, millis};
use crate::plan::RaterPlan;
use crate::watch::{Stage, Watch};

/// How the raters cast.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Manner {
    /// How many cast at the same time.
    pub at_once: usize,
    /// Whether every ballot is sealed before the first is cast, so that only the server is measured.
    pub presealed: bool,
    /// Pause of each rater before casting.
    pub pace: Duration,
}

/// How the casting went.
#[derive(Debug, Clone, Serialize)]
pub struct CastReport {
    /// Ballots acknowledged.
    pub ballots: usize,
    /// How many raters cast at the same time.
    pub at_once: usize,
    /// Whether sealing was done beforehand.
    pub presealed: bool,
    /// Time to seal everything beforehand, when it was.
    #[serde(serialize_with = "millis", rename = "sealing_ms")]
    pub sealing: Duration,
    /// Time from the first ballot sent to the last acknowledged.
    #[serde(serialize_with = "millis", rename = "casting_ms")]
    pub casting: Duration,
    /// From a ballot sent to its acknowledgement, in milliseconds.
    pub acknowledged: Option<Summary>,
    /// Every receipt.
    #[serde(skip)]
    pub receipts: Vec<Acknowledged>,
}

/// A rater in front of the booth, with what they will cast.
struct Ready {
    rater: Rater,
    plan: RaterPlan,
    sealed: Vec<SealedBallot>,
}

/// A ballot that was acknowledged.
#[derive(Debug, Clone)]
pub struct Acknowledged {
    /// Place of the category in the setting.
    pub category: usize,
    /// The ballot and its receipt.
    pub cast: Cast,
}

/// What a rater has done: the last ballot counts, the one before is replaced.
struct Done {
    category: usize,
    casts: Vec<Cast>,
    rater: Rater,
}

impl Meeting {
    /// Lets everybody cast, then look up their receipts.
    ///
    /// # Errors
    /// The first rater's trouble.
    pub async fn cast_all(&self, prepared: &Prepared) -> Result<CastReport, TestkitError> {
        let mut raters = self.enter(prepared).await?;
        let mut sealing = Duration::ZERO;
        if self.manner.presealed {
            let started = Instant::now();
            raters = seal_all(raters, Arc::clone(&self.watch)).await?;
            sealing = started.elapsed();
        }
        let ballots = raters
            .iter()
            .map(|ready| 1 + usize::from(ready.plan.second_thoughts.is_some()));
        let ballots: usize = ballots.sum();
        self.watch.begin(Stage::Casting, steps(raters.len()));
        let started = Instant::now();
        let done = self.let_cast(&prepared.appraisal, raters).await?;
        let casting = started.elapsed();
        self.watch.end(Stage::Casting);
        let (mut latencies, mut receipts) = (Latencies::default(), Vec::new());
        self.watch.begin(Stage::Receipts, steps(done.len()));
        for done in done {
            self.look_up(&done).await?;
            let category = done.category;
            done.casts.iter().for_each(|cast| latencies.add(cast.took));
            receipts.extend(
                done.casts
                    .into_iter()
                    .map(|cast| Acknowledged { category, cast }),
            );
        }
        self.watch.end(Stage::Receipts);
        Ok(CastReport {
            ballots,
            at_once: self.manner.at_once,
            presealed: self.manner.presealed,
            sealing,
            casting,
            acknowledged: latencies.summary(),
            receipts,
        })
    }

    /// Everybody draws a slip of their category and opens the booth.
    async fn enter(&self, prepared: &Prepared) -> Result<Vec<Ready>, TestkitError> {
        let mut booths = Vec::new();
        for uuid in &prepared.boxes {
            booths.push(Arc::new(Booth::open(&self.http, uuid.as_str()).await?));
        }
        let mut slips: Vec<_> = prepared.slips.iter().map(|slips| slips.iter()).collect();
        let mut raters = Vec::with_capacity(self.plan.raters.len());
        for plan in &self.plan.raters {
            let slip = slips[plan.category].next();
            let slip = slip
                .ok_or_else(|| unexpected("the slips of a category", &"all drawn"))?
                .clone();
            let booth = Arc::clone(&booths[plan.category]);
            let rater = Rater::new(&self.http, booth, slip, self.secrets.stream());
            raters.push(Ready {
                rater,
                plan: plan.clone(),
                sealed: Vec::new(),
            });
        }
        Ok(raters)
    }

    async fn let_cast(
        &self,
        appraisal: &str,
        raters: Vec<Ready>,
    ) -> Result<Vec<Done>, TestkitError> {
        let doors = Arc::new(Semaphore::new(self.manner.at_once.max(1)));
        let appraisal: Arc<str> = appraisal.into();
        let mut tasks = JoinSet::new();
        for ready in raters {
            let (doors, appraisal) = (Arc::clone(&doors), Arc::clone(&appraisal));
            let (pace, watch) = (self.pause(), Arc::clone(&self.watch));
            tasks.spawn(async move {
                let _door = doors.acquire().await.map_err(stopped)?;
                tokio::time::sleep(pace).await;
                let done = one_rater(&appraisal, ready).await;
                watch.step(Stage::Casting);
                done
            });
        }
        let mut all = Vec::with_capacity(tasks.len());
        while let Some(finished) = tasks.join_next().await {
            all.push(finished.map_err(stopped)??);
        }
        Ok(all)
    }

    /// The board must say of every ballot what the rater expects.
    async fn look_up(&self, done: &Done) -> Result<(), TestkitError> {
        for (place, cast) in done.casts.iter().enumerate() {
            let expected = if place + 1 == done.casts.len() {
                "counted"
            } else {
                "replaced"
            };
            let found = done.rater.look_up(&cast.tracker).await?;
            if found.status != expected {
                return Err(unexpected(
                    &format!("a receipt that should be {expected}"),
                    &found.status,
                ));
            }
        }
        self.watch.step(Stage::Receipts);
        Ok(())
    }
}

/// Seals everything that will be cast, on all processors.
async fn seal_all(raters: Vec<Ready>, watch: Arc<dyn Watch>) -> Result<Vec<Ready>, TestkitError> {
    watch.begin(Stage::Sealing, steps(raters.len()));
    let task = tokio::task::spawn_blocking(move || {
        let sealed = raters.into_par_iter().map(|ready| {
            let ready = ready.seal()?;
            watch.step(Stage::Sealing);
            Ok(ready)
        });
        let sealed = sealed.collect::<Result<Vec<_>, TestkitError>>();
        watch.end(Stage::Sealing);
        sealed
    });
    task.await.map_err(stopped)?
}

impl Ready {
    fn seal(mut self) -> Result<Self, TestkitError> {
        if self.sealed.is_empty() {
            for marks in self.plan.second_thoughts.iter().chain([&self.plan.marks]) {
                self.sealed.push(self.rater.seal(marks)?);
            }
        }
        Ok(self)
    }
}

async fn one_rater(appraisal: &str, ready: Ready) -> Result<Done, TestkitError> {
    let sealed = tokio::task::spawn_blocking(move || ready.seal());
    let Ready {
        mut rater,
        plan,
        sealed,
    } = sealed.await.map_err(stopped)??;
    let mut casts = Vec::new();
    for ballot in &sealed {
        let cast = rater.post(ballot).await?;
        if plan.sends_twice && rater.post(ballot).await?.receipt != cast.receipt {
            return Err(unexpected(
                "the receipt of a repeated ballot",
                &cast.receipt,
            ));
        }
        casts.push(cast);
    }
    if let Some(opinions) = &plan.opinions {
        rater.write(appraisal, opinions).await?;
    }
    Ok(Done {
        category: plan.category,
        casts,
        rater,
    })
}

pub(super) fn steps(count: usize) -> u64 {
    u64::try_from(count).unwrap_or(u64::MAX)
}

#[expect(clippy::needless_pass_by_value, reason = "made for map_err")]
pub(super) fn stopped(error: impl ToString) -> TestkitError {
    TestkitError::Worker(error.to_string())
}
