//! Imports that were made: seeing them, what is in the way of undoing one, undoing it; kept mappings.

use pingyi_domain::audit::AuditEvent;
use pingyi_domain::record::{Check, FirmDraft, FirmId, ImportId, Kind, MappingId};
use pingyi_store::repo::imports::{self, ImportRow, MappingRow};
use pingyi_store::{Conn, StoreError};

use super::super::firms::{firm_of, found_firm};
use super::super::hand::Hand;
use super::Mapping;
use crate::{App, AppError, Result};

/// What is in the way of an undo, by name.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct InTheWay {
    /// Changed since.
    pub changed: Vec<String>,
    /// Something refers to it.
    pub used: Vec<String>,
}

impl App {
    /// An import that was made.
    ///
    /// # Errors
    /// [`AppError::NotFound`], [`AppError::NotYourUnit`] for one somebody else made.
    pub async fn import(&self, hand: &Hand, id: &ImportId) -> Result<ImportRow> {
        let mut view = self.store().read().await?;
        owned(&mut view, hand, id).await
    }

    /// The latest imports somebody may see.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn imports(&self, hand: &Hand) -> Result<Vec<ImportRow>> {
        let mut view = self.store().read().await?;
        let rows = imports::latest(&mut view, Kind::Firm.as_str()).await?;
        let own = hand.actor().to_string();
        Ok(rows
            .into_iter()
            .filter(|row| hand.is_office() || row.actor == own)
            .collect())
    }

    /// What is in the way of undoing an import.
    ///
    /// # Errors
    /// [`AppError::NotFound`], [`AppError::NotYourUnit`].
    pub async fn in_the_way(&self, hand: &Hand, id: &ImportId) -> Result<InTheWay> {
        let mut view = self.store().read().await?;
        owned(&mut view, hand, id).await?;
        let (changed, used) = imports::firms_in_the_way(&mut view, id.as_str()).await?;
        Ok(InTheWay { changed, used })
    }

    /// Undoes a whole import: what it made is taken away, what it changed is as it was.
    ///
    /// # Errors
    /// [`AppError::NotFound`], [`AppError::NotYourUnit`], [`AppError::InUse`] with what [`App::in_the_way`] names,
    /// [`AppError::OldVersion`] when it was undone.
    pub async fn undo_import(&self, hand: &Hand, id: &ImportId) -> Result<()> {
        let today = self.today()?;
        let mut tx = self.store().begin().await?;
        owned(&mut tx, hand, id).await?;
        if !imports::set_undone(&mut tx, id.as_str(), self.now()).await? {
            return Err(AppError::OldVersion);
        }
        let (changed, used) = imports::firms_in_the_way(&mut tx, id.as_str()).await?;
        if !changed.is_empty() || !used.is_empty() {
            return Err(AppError::InUse);
        }
        let touched = imports::touched(&mut tx, id.as_str()).await?;
        for row in touched.iter().filter(|row| !row.before.is_empty()) {
            let firm: FirmId = row.record.parse().map_err(AppError::internal)?;
            let (stored, _) = found_firm(&mut tx, &firm).await?;
            let draft: FirmDraft = serde_json::from_str(&row.before)?;
            let was = draft.read(today)?;
            let now = firm_of(&stored)?;
            self.stored_anew(&mut tx, hand, (&firm, stored.version), (&now, &was))
                .await?;
        }
        match imports::remove_firms(&mut tx, id.as_str()).await {
            Err(StoreError::Orphan) => return Err(AppError::InUse),
            other => other?,
        }
        let event = AuditEvent::ImportUndone {
            kind: Kind::Firm,
            rows: u64::try_from(touched.len()).unwrap_or(u64::MAX),
        };
        self.record(&mut tx, hand.actor(), id.as_str(), &event)
            .await?;
        tx.commit().await?;
        Ok(())
    }

    /// Keeps a mapping under a name.
    ///
    /// # Errors
    /// [`AppError::Fields`], [`AppError::NotYourUnit`] for who writes nothing.
    pub async fn keep_mapping(&self, hand: &Hand, name: &str, mapping: &Mapping) -> Result<()> {
        let mut check = Check::default();
        let name = check.text("name", name, 1..=40);
        let name = check.done(Some(name))?;
        if !hand.writes_somewhere() {
            return Err(AppError::NotYourUnit);
        }
        let row = MappingRow {
            id: MappingId::generate(&mut self.rng()).to_string(),
            kind: Kind::Firm.to_string(),
            name,
            columns: serde_json::to_string(mapping)?,
        };
        let mut tx = self.store().begin().await?;
        imports::put_mapping(&mut tx, &row).await?;
        tx.commit().await?;
        Ok(())
    }

    /// The mappings that are kept, by name.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn mappings(&self) -> Result<Vec<(String, Mapping)>> {
        let mut view = self.store().read().await?;
        let rows = imports::mappings(&mut view, Kind::Firm.as_str()).await?;
        let read = rows
            .into_iter()
            .map(|row| Ok((row.name, serde_json::from_str(&row.columns)?)));
        read.collect()
    }
}

async fn owned(conn: &mut Conn, hand: &Hand, id: &ImportId) -> Result<ImportRow> {
    let Some(row) = imports::by_id(conn, id.as_str()).await? else {
        // One that only waits is nobody else's business either.
        let upload = imports::upload(conn, id.as_str()).await?;
        let foreign = |actor: &str| actor != hand.actor().to_string() && !hand.is_office();
        let is_foreign = upload.is_some_and(|upload| foreign(&upload.actor));
        return Err(if is_foreign {
            AppError::NotYourUnit
        } else {
            AppError::NotFound
        });
    };
    if row.actor != hand.actor().to_string() && !hand.is_office() {
        return Err(AppError::NotYourUnit);
    }
    Ok(row)
}
