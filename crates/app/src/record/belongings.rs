//! What belongs to one unit: headcounts, service centres, pairings and shops are entered, changed and taken away alike.

use std::future::Future;

use pingyi_domain::record::{Belonging, BelongingDraft, FieldProblem, UnitId};
use pingyi_store::repo::units::UnitRow;
use pingyi_store::{Conn, StoreError, Tx};

use super::hand::Hand;
use super::note::About;
use super::settle::{Stored, settle, settle_removal};
use super::units::found;
use crate::{App, AppError, Result};

/// What the store answers; [`StoreError::Orphan`] has a meaning of its own here.
pub type Done<T> = std::result::Result<T, StoreError>;

/// Such a record as pages show it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Held<T> {
    /// Id.
    pub id: String,
    /// Version, to be sent back with a change.
    pub version: i64,
    /// What it is.
    pub what: T,
    /// Whether it was made up for the demo.
    pub sample: bool,
    /// Where a published fact is from.
    pub source: String,
}

/// Where such records are stored.
pub trait Shelf: Belonging {
    /// A new id.
    fn new_id(rng: &mut impl rand_core::CryptoRng) -> String;
    /// Adds it with version 1.
    fn insert(&self, conn: &mut Conn, id: &str) -> impl Future<Output = Done<()>> + Send;
    /// Stores it over this version; false when somebody was faster.
    fn update(
        &self,
        conn: &mut Conn,
        id: &str,
        version: i64,
    ) -> impl Future<Output = Done<bool>> + Send;
    /// Takes it away; false when it has another version.
    fn delete(conn: &mut Conn, id: &str, version: i64) -> impl Future<Output = Done<bool>> + Send;
    /// The one with this id.
    fn by_id(conn: &mut Conn, id: &str) -> impl Future<Output = Result<Option<Held<Self>>>> + Send;
    /// Those of a unit.
    fn of_unit(
        conn: &mut Conn,
        unit: &UnitId,
    ) -> impl Future<Output = Result<Vec<Held<Self>>>> + Send;
    /// Refuses what does not agree with other records.
    fn agrees(&self, conn: &mut Conn, id: &str) -> impl Future<Output = Result<()>> + Send;
}

pub(super) fn refused(field: &str, rule: &str) -> AppError {
    AppError::Fields(vec![FieldProblem {
        field: field.to_owned(),
        rule: rule.to_owned(),
    }])
}

/// A dissolved unit keeps its records, but nothing begins there any more after the day it was dissolved on.
pub(super) fn not_after_end(unit: &UnitRow, field: &str, begins: Option<&str>) -> Result<()> {
    match (&unit.closed_on, begins) {
        (Some(closed), Some(begins)) if begins > closed.as_str() => {
            Err(refused(field, "unit_closed"))
        }
        _ => Ok(()),
    }
}

async fn fits<T: Shelf>(tx: &mut Tx, hand: &Hand, what: &T) -> Result<UnitRow> {
    let (row, place) = found(tx, what.unit()).await?;
    hand.writes(&place)?;
    Ok(row)
}

async fn rules<T: Shelf>(tx: &mut Tx, id: &str, unit: &UnitRow, what: &T) -> Result<()> {
    let (field, begins) = what.begins();
    let begins = begins.map(|day| day.to_string());
    not_after_end(unit, field, begins.as_deref())?;
    what.agrees(tx, id).await
}

impl App {
    /// The records of one kind of a unit.
    ///
    /// # Errors
    /// [`AppError::NotFound`], [`AppError::NotYourUnit`].
    pub async fn belongings<T: Shelf>(&self, hand: &Hand, unit: &UnitId) -> Result<Vec<Held<T>>> {
        let mut view = self.store().read().await?;
        let (_, place) = found(&mut view, unit).await?;
        hand.sees(&place)?;
        T::of_unit(&mut view, unit).await
    }

    /// Enters a record of a unit.
    ///
    /// # Errors
    /// [`AppError::Fields`], [`AppError::NotFound`] without the unit, [`AppError::NotYourUnit`].
    pub async fn add_belonging<D>(&self, hand: &Hand, draft: &D) -> Result<Stored>
    where
        D: BelongingDraft<Of: Shelf> + Sync,
    {
        let what = draft.read(self.today()?)?;
        let id = D::Of::new_id(&mut self.rng());
        let mut tx = self.store().begin().await?;
        let unit = fits(&mut tx, hand, &what).await?;
        rules(&mut tx, &id, &unit, &what).await?;
        what.insert(&mut tx, &id).await?;
        let about = About {
            id: &id,
            unit: Some(what.unit()),
        };
        self.note_added(&mut tx, hand, about, &what).await?;
        tx.commit().await?;
        Ok(Stored { id, version: 1 })
    }

    /// Changes a record of a unit; into another unit both must be writable.
    ///
    /// # Errors
    /// [`AppError::Fields`], [`AppError::NotFound`], [`AppError::NotYourUnit`], [`AppError::Conflict`].
    pub async fn change_belonging<D>(
        &self,
        hand: &Hand,
        id: &str,
        version: i64,
        draft: &D,
    ) -> Result<Stored>
    where
        D: BelongingDraft<Of: Shelf> + Sync,
    {
        let what = draft.read(self.today()?)?;
        let mut tx = self.store().begin().await?;
        let stored = writable::<D::Of>(&mut tx, hand, id).await?;
        let unit = fits(&mut tx, hand, &what).await?;
        let before = (&stored.what, stored.version);
        if !settle(&mut tx, (id, version), before, &what).await? {
            return Ok(Stored {
                id: id.to_owned(),
                version: stored.version,
            });
        }
        rules(&mut tx, id, &unit, &what).await?;
        match what.update(&mut tx, id, stored.version).await {
            Err(StoreError::Orphan) => return Err(AppError::InUse),
            Ok(false) => return Err(AppError::Busy),
            other => other?,
        };
        let version = stored.version + 1;
        let about = About {
            id,
            unit: Some(what.unit()),
        };
        self.note_changed(&mut tx, hand, about, version, (&stored.what, &what))
            .await?;
        tx.commit().await?;
        Ok(Stored {
            id: id.to_owned(),
            version,
        })
    }

    /// Takes a record away that was entered by mistake.
    ///
    /// # Errors
    /// [`AppError::NotFound`], [`AppError::NotYourUnit`], [`AppError::InUse`], [`AppError::OldVersion`].
    pub async fn remove_belonging<T: Shelf>(
        &self,
        hand: &Hand,
        id: &str,
        version: i64,
    ) -> Result<()> {
        let mut tx = self.store().begin().await?;
        let stored = writable::<T>(&mut tx, hand, id).await?;
        settle_removal(version, stored.version)?;
        match T::delete(&mut tx, id, version).await {
            Err(StoreError::Orphan) => return Err(AppError::InUse),
            Ok(false) => return Err(AppError::Busy),
            other => other?,
        };
        let about = About {
            id,
            unit: Some(stored.what.unit()),
        };
        self.note_removed(&mut tx, hand, about, &stored.what)
            .await?;
        tx.commit().await?;
        Ok(())
    }
}

async fn writable<T: Shelf>(tx: &mut Tx, hand: &Hand, id: &str) -> Result<Held<T>> {
    let stored = T::by_id(tx, id).await?.ok_or(AppError::NotFound)?;
    let (_, place) = found(tx, stored.what.unit()).await?;
    hand.writes(&place)?;
    Ok(stored)
}
