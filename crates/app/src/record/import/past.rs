//! Imports that were made: seeing them, what is in the way of undoing one; kept mappings.

use pingyi_domain::record::{Check, ImportId, Kind, MappingId};
use pingyi_store::Conn;
use pingyi_store::repo::imports::{self, ImportRow, MappingRow};

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

    /// Kind and file name of an import that waits or was made.
    ///
    /// # Errors
    /// [`AppError::NotFound`], [`AppError::NotYourUnit`] for one somebody else sent.
    pub async fn import_head(&self, hand: &Hand, id: &ImportId) -> Result<(Kind, String)> {
        let mut view = self.store().read().await?;
        let head = if let Some(waiting) = imports::upload_head(&mut view, id.as_str()).await? {
            waiting
        } else {
            let row = imports::by_id(&mut view, id.as_str()).await?;
            let row = row.ok_or(AppError::NotFound)?;
            (row.kind, row.actor, row.file_name)
        };
        if head.1 != hand.actor().to_string() && !hand.is_office() {
            return Err(AppError::NotYourUnit);
        }
        Ok((head.0.parse().map_err(AppError::internal)?, head.2))
    }

    /// The latest imports somebody may see.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn imports(&self, hand: &Hand, kind: Kind) -> Result<Vec<ImportRow>> {
        let mut view = self.store().read().await?;
        let rows = imports::latest(&mut view, kind.as_str()).await?;
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
        let row = owned(&mut view, hand, id).await?;
        still_theirs(&mut view, hand, id).await?;
        let kind = row.kind.parse().map_err(AppError::internal)?;
        let (changed, used) = imports::in_the_way(&mut view, kind, id.as_str()).await?;
        Ok(InTheWay { changed, used })
    }

    /// Keeps a mapping under a name.
    ///
    /// # Errors
    /// [`AppError::Fields`], [`AppError::NotYourUnit`] for who writes nothing.
    pub async fn keep_mapping(
        &self,
        hand: &Hand,
        kind: Kind,
        name: &str,
        mapping: &Mapping,
    ) -> Result<()> {
        let mut check = Check::default();
        let name = check.text("name", name, 1..=40);
        let name = check.done(Some(name))?;
        if !hand.writes_somewhere() {
            return Err(AppError::NotYourUnit);
        }
        let row = MappingRow {
            id: MappingId::generate(&mut self.rng()).to_string(),
            kind: kind.to_string(),
            name,
            columns: serde_json::to_string(mapping)?,
        };
        let mut tx = self.store().begin().await?;
        imports::put_mapping(&mut tx, &row).await?;
        tx.commit().await?;
        Ok(())
    }

    /// The mappings that are kept for a kind of record, by name.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn mappings(&self, kind: Kind) -> Result<Vec<(String, Mapping)>> {
        let mut view = self.store().read().await?;
        let rows = imports::mappings(&mut view, kind.as_str()).await?;
        let read = rows
            .into_iter()
            .map(|row| Ok((row.name, serde_json::from_str(&row.columns)?)));
        read.collect()
    }
}

/// Who made an import may have come to another unit since, or what it made may stand there now: then it is no longer theirs
/// to undo.
///
/// # Errors
/// [`AppError::NotYourUnit`].
pub(super) async fn still_theirs(conn: &mut Conn, hand: &Hand, id: &ImportId) -> Result<()> {
    for place in imports::places(conn, id.as_str()).await? {
        hand.writes(&place.parse().map_err(AppError::internal)?)?;
    }
    Ok(())
}

pub(super) async fn owned(conn: &mut Conn, hand: &Hand, id: &ImportId) -> Result<ImportRow> {
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
