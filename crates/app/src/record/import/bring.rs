//! Bringing a file in, in the background: one short transaction that writes all of it or nothing, then the search index
//! piece by piece (docs/decisions/0017-imports.md).

use std::collections::HashMap;
use std::time::Duration;

use pingyi_domain::audit::AuditEvent;
use pingyi_domain::record::{ImportId, Kind};
use pingyi_store::repo::imports::{self, ImportRow, TouchedRow, UploadRow};
use pingyi_store::repo::search::{self, DocRow};
use pingyi_store::{StoreError, Tx};

use super::job::{ImportStep, Job, Progress};
use super::settled::settled;
use super::{Choice, ImportOrder, Imported, Mapping, Planned, Preview};
use crate::record::hand::Hand;
use crate::{App, AppError, Result};

/// How long an answer waits for the import it has set off; small ones are done with the answer, large ones show how far
/// they are on their page.
const PATIENCE: Duration = Duration::from_secs(2);
/// Rows written between two looks at the clock of the page.
pub(super) const AT_ONCE: usize = 500;

/// What is to be done.
pub(super) struct Work {
    pub hand: Hand,
    pub id: ImportId,
    pub upload: UploadRow,
    pub preview: Preview,
    pub planned: Planned,
    /// What to do with rows that may be there already, and the record each is like.
    pub chosen: HashMap<u32, (Choice, String)>,
}

/// What was done to the record.
#[derive(Default)]
pub(super) struct Done {
    pub added: usize,
    pub changed: usize,
    pub skipped: usize,
    pub touched: Vec<TouchedRow>,
    pub docs: Vec<DocRow>,
}

impl App {
    /// Brings a file in: all of it, or the good rows. It goes on when the one who asked has gone; the answer is what was
    /// done, or nothing while it goes on. Who asks again while it goes on waits for the same.
    ///
    /// # Errors
    /// [`AppError::NotFound`], [`AppError::NotYourUnit`], [`AppError::Fields`] with `file` and the refusal's code, with
    /// `rows` `import_refused` when rows are refused and all was wanted, or with `choices` `choice_missing`,
    /// `choice_code` and `choice_twice`; [`AppError::OldVersion`] when the record changed so that rows look different now.
    pub async fn run_import(
        &self,
        hand: &Hand,
        id: &ImportId,
        order: ImportOrder,
    ) -> Result<Option<Imported>> {
        // The long reading is done before the transaction: nobody waits for it.
        let mut view = self.store().read().await?;
        let upload = match self.waiting(&mut view, hand, id).await {
            // Pressed twice: the first was quicker than the second's way here.
            Err(AppError::NotFound) if imports::by_id(&mut view, id.as_str()).await?.is_some() => {
                drop(view);
                return self.done_by(hand, id).await;
            }
            other => other?,
        };
        let mapping = Some(order.mapping.clone());
        let (preview, planned) = self
            .worked_out(&mut view, hand, id, &upload, mapping)
            .await?;
        drop(view);
        let chosen = settled(&preview, &order)?;
        let Some(job) = self.0.jobs.begin(
            id.as_str(),
            Progress::beginning(preview.good),
            &self.0.events,
        ) else {
            let _ = tokio::time::timeout(PATIENCE, self.0.jobs.ended(id.as_str())).await;
            return self.done_by(hand, id).await;
        };
        let work = Work {
            hand: hand.clone(),
            id: id.clone(),
            upload,
            preview,
            planned,
            chosen,
        };
        let (reply, done) = tokio::sync::oneshot::channel();
        let app = self.clone();
        self.spawn(async move {
            // Whoever asked may have gone.
            let _ = reply.send(app.work(work, &job).await);
        });
        match tokio::time::timeout(PATIENCE, done).await {
            Ok(worked) => worked.map_err(|_| AppError::ShuttingDown)?.map(Some),
            Err(_) => Ok(None),
        }
    }

    /// What an import did, where it is done.
    async fn done_by(&self, hand: &Hand, id: &ImportId) -> Result<Option<Imported>> {
        let row = match self.import(hand, id).await {
            Err(AppError::NotFound) => return Ok(None),
            other => other?,
        };
        let number = |n: i64| usize::try_from(n).map_err(AppError::internal);
        Ok(Some(Imported {
            id: row.id,
            added: number(row.added)?,
            changed: number(row.changed)?,
            left_out: number(row.refused)?,
        }))
    }

    /// How far an import is that is under way or failed lately; whoever may see it asks [`App::import`] or
    /// [`App::preview_import`] first.
    #[must_use]
    pub fn import_progress(&self, id: &ImportId) -> Option<Progress> {
        self.0.jobs.progress(id.as_str())
    }

    /// Waits until an import ended that is under way.
    pub async fn import_ended(&self, id: &ImportId) {
        self.0.jobs.ended(id.as_str()).await;
    }

    async fn work(&self, work: Work, job: &Job) -> Result<Imported> {
        let id = work.id.clone();
        match self.bring_in(work, job).await {
            Ok(imported) => {
                if let Err(error) = self.index_import(&id, Some(job)).await {
                    tracing::error!(code = error.code(), %error, "an import is not searchable yet");
                }
                job.tell(ImportStep::Ended, 0, 0);
                self.0.jobs.forget(id.as_str());
                Ok(imported)
            }
            Err(error) => {
                tracing::warn!(code = error.code(), %error, "an import failed");
                job.failed(error.code());
                Err(error)
            }
        }
    }

    async fn bring_in(&self, work: Work, job: &Job) -> Result<Imported> {
        let mut tx = self.begin_long().await?;
        // The row of the import first: what comes with it refers to it.
        let row = self.import_row(&work)?;
        match imports::insert(&mut tx, &row).await {
            Err(StoreError::Conflict) => return Err(AppError::NotFound),
            other => other?,
        }
        if !imports::drop_upload(&mut tx, work.id.as_str()).await? {
            return Err(AppError::NotFound);
        }
        let done = match &work.planned {
            Planned::Nothing => Done::default(),
            Planned::Firms(good, pulse) => {
                self.bring_firms(&mut tx, &work, (good, *pulse), job)
                    .await?
            }
            Planned::Entries(good) => self.bring_entries(&mut tx, &work, good, job).await?,
        };
        search::put_lines(&mut tx, work.preview.kind.as_str(), &done.docs).await?;
        imports::touch(&mut tx, work.id.as_str(), &done.touched).await?;
        let imported = Imported {
            id: work.id.to_string(),
            added: done.added,
            changed: done.changed,
            left_out: work.preview.refused_rows + done.skipped,
        };
        self.note_import(&mut tx, &work, &imported).await?;
        tx.commit().await?;
        Ok(imported)
    }

    /// Waits longer for the only writer than a form would.
    pub(super) async fn begin_long(&self) -> Result<Tx> {
        let mut tries = 0;
        loop {
            match self.store().begin().await {
                Err(StoreError::Busy) if tries < 8 => tries += 1,
                other => return Ok(other?),
            }
        }
    }

    fn import_row(&self, work: &Work) -> Result<ImportRow> {
        let upload = &work.upload;
        Ok(ImportRow {
            id: upload.id.clone(),
            kind: upload.kind.clone(),
            unit: None,
            file_name: upload.file_name.clone(),
            sha256: upload.sha256.clone(),
            mapping: mapping_text(&work.preview.mapping)?,
            actor: work.hand.actor().to_string(),
            at: self.now(),
            added: 0,
            changed: 0,
            refused: 0,
            undone_at: None,
            indexing: 1,
            indexed_to: String::new(),
        })
    }

    /// Keeps what the import did, and tells the audit trail.
    async fn note_import(&self, tx: &mut Tx, work: &Work, imported: &Imported) -> Result<()> {
        let number = |n: usize| i64::try_from(n).unwrap_or(i64::MAX);
        let counts = [imported.added, imported.changed, imported.left_out].map(number);
        imports::set_counts(tx, &imported.id, counts).await?;
        let count = |n: usize| u64::try_from(n).unwrap_or(u64::MAX);
        let kind: Kind = work.preview.kind;
        let event = AuditEvent::RecordsImported {
            kind,
            added: count(imported.added),
            changed: count(imported.changed),
            file: work.upload.sha256.parse().map_err(AppError::internal)?,
        };
        self.record(tx, work.hand.actor(), &imported.id, &event)
            .await
    }
}

fn mapping_text(mapping: &Mapping) -> Result<String> {
    Ok(serde_json::to_string(mapping)?)
}
