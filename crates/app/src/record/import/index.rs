//! The search index of an import, in short transactions one after another, so that whoever saves something meanwhile
//! waits for one of them at most. A stop of the server loses nothing: the next start goes on where it stood.

use std::collections::HashMap;

use pingyi_domain::record::{ImportId, Kind, pair_text};
use pingyi_store::repo::imports::{self, ImportRow};
use pingyi_store::repo::search::{self, DocRow};

use super::job::{ImportStep, Job, Progress};
use crate::{App, AppError, Result};

/// Pairs of one transaction.
const AT_ONCE: usize = 40_000;

impl App {
    /// Goes on with the search index of imports that a stop of the server interrupted.
    pub(crate) async fn finish_imports(&self) -> Result<()> {
        let mut view = self.store().read().await?;
        let left = imports::unindexed(&mut view).await?;
        drop(view);
        if left.is_empty() {
            return Ok(());
        }
        let app = self.clone();
        self.spawn(async move {
            for id in left {
                let job = app.0.jobs.begin(&id, Progress::beginning(0), &app.0.events);
                let done = match id.parse() {
                    Ok(id) => app.index_import(&id, job.as_ref()).await,
                    Err(error) => Err(AppError::internal(error)),
                };
                if let Some(job) = job {
                    job.tell(ImportStep::Ended, 0, 0);
                    app.0.jobs.forget(&id);
                }
                if let Err(error) = done {
                    tracing::error!(code = error.code(), %error, "an import is not searchable yet");
                }
            }
        });
        Ok(())
    }

    /// Does what is left of the search index of an import: puts in what it made, or takes out what it had made.
    pub(super) async fn index_import(&self, id: &ImportId, job: Option<&Job>) -> Result<()> {
        // One at a time: two would only be in each other's way.
        let _one = self.0.indexing.lock().await;
        let mut view = self.store().read().await?;
        let Some(row) = imports::by_id(&mut view, id.as_str()).await? else {
            return Ok(());
        };
        match row.indexing {
            1 => {
                let docs = imports::made(&mut view, &row.id).await?;
                drop(view);
                self.put_pairs(&row, docs, job).await
            }
            2 => {
                drop(view);
                self.sweep_pairs(&row).await
            }
            _ => Ok(()),
        }
    }

    async fn put_pairs(&self, row: &ImportRow, docs: Vec<DocRow>, job: Option<&Job>) -> Result<()> {
        let begun = row.indexed_to.clone();
        let sorted = tokio::task::spawn_blocking(move || {
            let mut pairs = search::pairs_of(&docs);
            let done = pairs.partition_point(|(pair, _)| pair_text(*pair) < begun);
            pairs.drain(..done);
            (docs, pairs)
        });
        let (docs, pairs) = sorted.await.map_err(AppError::internal)?;
        let mut written = 0;
        for some in pairs.chunks(AT_ONCE) {
            let mut all = Vec::with_capacity(some.len());
            for (pair, at) in some {
                let at = usize::try_from(*at).map_err(AppError::internal)?;
                all.push((*pair, docs[at].id.as_str()));
            }
            let last = some.last().map(|(pair, _)| pair_text(*pair));
            let mut tx = self.begin_long().await?;
            search::add(&mut tx, &row.kind, &all).await?;
            imports::set_indexed(&mut tx, &row.id, 1, &last.unwrap_or_default()).await?;
            tx.commit().await?;
            written += some.len();
            if let Some(job) = job {
                let rows = docs.len() * written / pairs.len().max(1);
                job.tell(ImportStep::Indexing, rows, docs.len());
            }
        }
        let mut tx = self.begin_long().await?;
        // Whoever changed a name meanwhile put the new one into the index, and this took in the old one after that.
        let now = imports::made(&mut tx, &row.id).await?;
        let now: HashMap<&str, &DocRow> = now.iter().map(|doc| (doc.id.as_str(), doc)).collect();
        for doc in &docs {
            let there = now.get(doc.id.as_str());
            if there != Some(&doc) {
                let keep = there.map(|now| now.pairs()).unwrap_or_default();
                let mut gone = doc.pairs();
                gone.retain(|pair| keep.binary_search(pair).is_err());
                search::take(&mut tx, (&row.kind, &doc.id), &gone).await?;
            }
        }
        imports::set_indexed(&mut tx, &row.id, 0, "").await?;
        tx.commit().await?;
        Ok(())
    }

    async fn sweep_pairs(&self, row: &ImportRow) -> Result<()> {
        let kind: Kind = row.kind.parse().map_err(AppError::internal)?;
        let mut after = row.indexed_to.clone();
        loop {
            let mut tx = self.begin_long().await?;
            let further = search::sweep(&mut tx, (kind.as_str(), &row.id), &after).await?;
            let state = if further.is_some() { 2 } else { 0 };
            let to = further.clone().unwrap_or_default();
            imports::set_indexed(&mut tx, &row.id, state, &to).await?;
            tx.commit().await?;
            match further {
                Some(further) => after = further,
                None => return Ok(()),
            }
        }
    }
}
