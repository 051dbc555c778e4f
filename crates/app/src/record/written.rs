//! Entering, changing and taking away a record: the one way for all that have a version (docs/record-contract.md §3).
//! What differs between kinds is their [`Written`].

use std::future::Future;

use pingyi_domain::DomainError;
use pingyi_domain::record::{Date, FirmId, Record, UnitId};
use pingyi_store::repo::units::UnitRow;
use pingyi_store::row::{self, Columns as _, Row};
use pingyi_store::{Conn, StoreError, Tx};

use super::belongings::{not_after_end, refused};
use super::firms::found_firm;
use super::hand::Hand;
use super::note::About;
use super::settle::{Stored, settle, settle_removal};
use super::units::found;
use crate::{App, AppError, Result};

/// What was read from a row.
pub type Read<T> = std::result::Result<T, DomainError>;

/// What a record belongs to, whose writers may write it.
#[derive(Debug, Clone, Copy)]
pub enum Home<'a> {
    /// A unit.
    Unit(&'a UnitId),
    /// A unit that the form lets choose: one that is not there is a problem of its field.
    Chosen(&'a UnitId),
    /// The unit of a firm.
    Firm(&'a FirmId),
    /// The office alone.
    Office,
}

/// What a record is checked against before it is stored.
#[derive(Debug)]
pub struct Around<'a, T> {
    /// Its id.
    pub id: &'a str,
    /// The unit it belongs to; none where it belongs to the office.
    pub home: Option<&'a UnitRow>,
    /// What is stored now.
    pub before: Option<&'a T>,
    /// The day.
    pub today: Date,
}

/// A record that is stored in a row, and what must hold before it is.
pub trait Written: Record + Send + Sync + Sized + 'static {
    /// Its row.
    type Row: Row;

    /// A new id.
    fn new_id(rng: &mut impl rand_core::CryptoRng) -> String;

    /// What a row holds.
    ///
    /// # Errors
    /// When the row holds what no form lets in.
    fn of(row: &Self::Row) -> Read<Self>;

    /// The row of this version, without what only a new one stores.
    fn to_row(&self, id: &str, version: i64) -> Self::Row;

    /// What it belongs to.
    fn home(&self) -> Home<'_>;

    /// The field of its first day, and the day where it is known: nothing begins after its unit was dissolved.
    fn first_day(&self) -> (&'static str, Option<Date>) {
        ("", None)
    }

    /// Refuses what does not agree with other records.
    fn agrees(
        &self,
        conn: &mut Conn,
        around: Around<'_, Self>,
    ) -> impl Future<Output = Result<()>> + Send;

    /// Brings along what follows from it elsewhere, after it was stored or taken away.
    fn follow(&self, _: &mut Tx, _today: Date) -> impl Future<Output = Result<()>> + Send {
        async { Ok(()) }
    }
}

/// The unit a record belongs to, where this hand may write there; none for the office's.
async fn writable<T: Written>(tx: &mut Tx, hand: &Hand, record: &T) -> Result<Option<UnitRow>> {
    let (unit, place) = match record.home() {
        Home::Unit(unit) => found(tx, unit).await?,
        Home::Chosen(unit) => match found(tx, unit).await {
            Err(AppError::NotFound) => return Err(refused("unit", "unit")),
            other => other?,
        },
        Home::Firm(firm) => {
            let (firm, _) = found_firm(tx, firm).await?;
            found(tx, &firm.unit.parse().map_err(AppError::internal)?).await?
        }
        Home::Office => {
            hand.decides()?;
            return Ok(None);
        }
    };
    hand.writes(&place)?;
    Ok(Some(unit))
}

async fn fits<T: Written>(tx: &mut Tx, record: &T, around: Around<'_, T>) -> Result<()> {
    if let (Some(unit), (field, Some(day))) = (around.home, record.first_day()) {
        not_after_end(unit, field, Some(&day.to_string()))?;
    }
    record.agrees(tx, around).await
}

/// The stored record with its version.
async fn stored<T: Written>(tx: &mut Tx, id: &str) -> Result<(T, i64)> {
    let row: Option<T::Row> = row::by_id(tx, id).await?;
    let row = row.ok_or(AppError::NotFound)?;
    let record = T::of(&row).map_err(AppError::internal)?;
    Ok((record, row.stamp().1))
}

/// The store's answer: what refers to it, or somebody who was faster, stops it.
fn done(answer: std::result::Result<bool, StoreError>) -> Result<()> {
    match answer {
        Err(StoreError::Orphan) => Err(AppError::InUse),
        // Somebody took what may be there once only, a credit code, between the check and now.
        Err(StoreError::Conflict) => Err(AppError::OldVersion),
        Ok(false) => Err(AppError::Busy),
        other => Ok(other.map(|_| ())?),
    }
}

fn unit_of(home: Option<&UnitRow>) -> Result<Option<UnitId>> {
    let id = home.map(|unit| unit.id.parse()).transpose();
    id.map_err(AppError::internal)
}

impl App {
    /// Enters a record.
    ///
    /// # Errors
    /// [`AppError::Fields`], [`AppError::NotFound`] without the unit, [`AppError::NotYourUnit`].
    pub(super) async fn enter<T: Written>(&self, hand: &Hand, record: T) -> Result<Stored> {
        let id = T::new_id(&mut self.rng());
        let mut tx = self.store().begin().await?;
        let home = writable(&mut tx, hand, &record).await?;
        let around = Around {
            id: &id,
            home: home.as_ref(),
            before: None,
            today: self.today()?,
        };
        fits(&mut tx, &record, around).await?;
        match row::insert(&mut tx, &record.to_row(&id, 1)).await {
            Err(StoreError::Conflict) => return Err(AppError::OldVersion),
            other => other?,
        }
        record.follow(&mut tx, self.today()?).await?;
        let unit = unit_of(home.as_ref())?;
        let about = About {
            id: &id,
            unit: unit.as_ref(),
        };
        self.note_added(&mut tx, hand, about, &record).await?;
        tx.commit().await?;
        Ok(Stored { id, version: 1 })
    }

    /// Changes a record; into another unit both must be writable.
    ///
    /// # Errors
    /// [`AppError::Fields`], [`AppError::NotFound`], [`AppError::NotYourUnit`], [`AppError::Conflict`].
    pub(super) async fn amend<T: Written>(
        &self,
        hand: &Hand,
        (id, version): (&str, i64),
        record: T,
    ) -> Result<Stored> {
        let answer = |version| Stored {
            id: id.to_owned(),
            version,
        };
        let mut tx = self.store().begin().await?;
        let (before, stored) = stored::<T>(&mut tx, id).await?;
        writable(&mut tx, hand, &before).await?;
        let home = writable(&mut tx, hand, &record).await?;
        if !settle(&mut tx, (id, version), (&before, stored), &record).await? {
            return Ok(answer(stored));
        }
        let around = Around {
            id,
            home: home.as_ref(),
            before: Some(&before),
            today: self.today()?,
        };
        fits(&mut tx, &record, around).await?;
        done(row::update(&mut tx, &record.to_row(id, stored)).await)?;
        record.follow(&mut tx, self.today()?).await?;
        let unit = unit_of(home.as_ref())?;
        let about = About {
            id,
            unit: unit.as_ref(),
        };
        self.note_changed(&mut tx, hand, about, stored + 1, (&before, &record))
            .await?;
        tx.commit().await?;
        Ok(answer(stored + 1))
    }

    /// Takes a record away that was entered by mistake; what ends in real life gets an end date instead.
    ///
    /// # Errors
    /// [`AppError::NotFound`], [`AppError::NotYourUnit`], [`AppError::InUse`], [`AppError::OldVersion`].
    pub(super) async fn erase<T: Written>(
        &self,
        hand: &Hand,
        (id, version): (&str, i64),
    ) -> Result<()> {
        let mut tx = self.store().begin().await?;
        let (record, stored) = stored::<T>(&mut tx, id).await?;
        let home = writable(&mut tx, hand, &record).await?;
        settle_removal(version, stored)?;
        done(row::delete::<T::Row>(&mut tx, id, version).await)?;
        record.follow(&mut tx, self.today()?).await?;
        let unit = unit_of(home.as_ref())?;
        let about = About {
            id,
            unit: unit.as_ref(),
        };
        self.note_removed(&mut tx, hand, about, &record).await?;
        tx.commit().await?;
        Ok(())
    }
}
