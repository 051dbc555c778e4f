//! Undoing an import: what it made is taken away, what it changed is as it was.

use pingyi_domain::audit::AuditEvent;
use pingyi_domain::record::{FirmDraft, FirmId, ImportId, Kind};
use pingyi_store::repo::imports;
use pingyi_store::{StoreError, Tx};

use super::bring::AT_ONCE;
use super::firms_changed::{Change, stored};
use super::past::{owned, still_theirs};
use crate::record::coverage::keep_today;
use crate::record::firms::{firm_of, refused};
use crate::record::hand::Hand;
use crate::{App, AppError, Result};

impl App {
    /// Undoes a whole import, in one transaction; the search index follows in the background.
    ///
    /// # Errors
    /// [`AppError::NotFound`], [`AppError::NotYourUnit`] (also for who no longer writes all it touched), [`AppError::InUse`] with what [`App::in_the_way`] names,
    /// [`AppError::OldVersion`] when it was undone, [`AppError::Fields`] with `import` `import_indexing` while it is still
    /// being made searchable.
    pub async fn undo_import(&self, hand: &Hand, id: &ImportId) -> Result<()> {
        let mut tx = self.begin_long().await?;
        let row = owned(&mut tx, hand, id).await?;
        still_theirs(&mut tx, hand, id).await?;
        if !imports::set_undone(&mut tx, id.as_str(), self.now()).await? {
            return Err(AppError::OldVersion);
        }
        if row.indexing != 0 {
            return Err(AppError::Fields(vec![refused("import", "import_indexing")]));
        }
        let kind: Kind = row.kind.parse().map_err(AppError::internal)?;
        let (changed, used) = imports::in_the_way(&mut tx, kind, id.as_str()).await?;
        if !changed.is_empty() || !used.is_empty() {
            return Err(AppError::InUse);
        }
        let covered = imports::covered(&mut tx, id.as_str()).await?;
        self.put_back(&mut tx, hand, id).await?;
        match imports::remove(&mut tx, kind, id.as_str()).await {
            Err(StoreError::Orphan) => return Err(AppError::InUse),
            other => other?,
        }
        for firm in covered {
            let firm: FirmId = firm.parse().map_err(AppError::internal)?;
            keep_today(&mut tx, &firm, self.today()?).await?;
        }
        imports::set_indexed(&mut tx, id.as_str(), 2, "").await?;
        let rows = row.added.saturating_add(row.changed);
        let event = AuditEvent::ImportUndone {
            kind,
            rows: u64::try_from(rows).map_err(AppError::internal)?,
        };
        self.record(&mut tx, hand.actor(), id.as_str(), &event)
            .await?;
        tx.commit().await?;
        let (app, id) = (self.clone(), id.clone());
        self.spawn(async move {
            if let Err(error) = app.index_import(&id, None).await {
                tracing::error!(code = error.code(), %error, "what was undone is still in the search index");
            }
        });
        Ok(())
    }

    /// Makes what an import changed as it was before.
    async fn put_back(&self, tx: &mut Tx, hand: &Hand, id: &ImportId) -> Result<()> {
        let today = self.today()?;
        for some in imports::changed(tx, id.as_str()).await?.chunks(AT_ONCE) {
            let ids: Vec<&str> = some.iter().map(|row| row.record.as_str()).collect();
            let mut rows = stored(tx, &ids).await?;
            let mut all = Vec::with_capacity(some.len());
            for row in some {
                let stored = rows.remove(&row.record).ok_or(AppError::NotFound)?;
                let draft: FirmDraft = serde_json::from_str(&row.before)?;
                all.push(Change {
                    before: firm_of(&stored)?,
                    after: draft.read(today)?,
                    stored,
                });
            }
            self.change_many(tx, hand, all).await?;
        }
        Ok(())
    }
}
