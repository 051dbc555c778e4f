//! The one task that writes ballots.

use std::collections::BTreeMap;

use pingyi_store::{BoxId, Engine, Store};
use tokio::sync::mpsc::UnboundedReceiver;
use tokio::task::JoinSet;

use super::Waiting;
use super::group::{Written, write_box};
use crate::events::{Events, Topic};
use crate::{AppError, Result};

/// The most ballots of one transaction: bounds how long the first of them waits.
const MOST: usize = 256;

/// Ballots of one box, in the order in which they were checked.
type Group = (BoxId, Vec<Waiting>);

/// Writes until the queue is closed and empty.
pub(super) async fn run(store: Store, events: Events, mut queue: UnboundedReceiver<Waiting>) {
    let mut batch = Vec::with_capacity(MOST);
    while queue.recv_many(&mut batch, MOST).await > 0 {
        let mut groups: BTreeMap<BoxId, Vec<Waiting>> = BTreeMap::new();
        for waiting in batch.drain(..) {
            groups
                .entry(waiting.ballot.r#box.clone())
                .or_default()
                .push(waiting);
        }
        // In the order of the ids, so that two nodes never wait for each other.
        let groups: Vec<Group> = groups.into_iter().collect();
        match store.engine() {
            // One writer, so one transaction and one sync of the disk for all boxes.
            Engine::Sqlite => write(&store, &events, groups).await,
            // No transaction reaches beyond one box, so that boxes may live on different shards.
            Engine::Postgres => {
                let mut tasks = JoinSet::new();
                for group in groups {
                    let (store, events) = (store.clone(), events.clone());
                    tasks.spawn(async move { write(&store, &events, vec![group]).await });
                }
                while tasks.join_next().await.is_some() {}
            }
        }
    }
}

async fn write(store: &Store, events: &Events, groups: Vec<Group>) {
    match commit(store, &groups).await {
        Ok(written) => {
            for ((_, group), written) in groups.into_iter().zip(written) {
                if let Some(appraisal) = written.appraisal {
                    events.send(&appraisal, Topic::Turnout);
                }
                for (waiting, answer) in group.into_iter().zip(written.answers) {
                    let _ = waiting.reply.send(answer);
                }
            }
        }
        Err(error) => {
            // Nothing of the transaction remains, so nothing is acknowledged.
            tracing::error!(code = error.code(), "ballots could not be written");
            for waiting in groups.into_iter().flat_map(|(_, group)| group) {
                let _ = waiting.reply.send(Err(again(&error)));
            }
        }
    }
}

/// The same failure for each of the group.
fn again(error: &AppError) -> AppError {
    match error {
        AppError::DiskFull => AppError::DiskFull,
        AppError::Busy => AppError::Busy,
        other => AppError::Internal(other.to_string()),
    }
}

async fn commit(store: &Store, groups: &[Group]) -> Result<Vec<Written>> {
    let mut tx = store.begin().await?;
    let mut all = Vec::with_capacity(groups.len());
    for (id, group) in groups {
        all.push(write_box(&mut tx, id, group).await?);
    }
    tx.commit().await?;
    Ok(all)
}
