//! What belongs to one unit: headcounts, service centres, pairings and shops are entered, changed and taken away alike.

use std::future::Future;

use pingyi_domain::record::{Belonging, BelongingDraft, FieldProblem, UnitId};
use pingyi_store::Conn;
use pingyi_store::repo::units::UnitRow;
use pingyi_store::row::Columns as _;

use super::hand::Hand;
use super::settle::Stored;
use super::units::found;
use super::written::{Read, Written};
use crate::{App, AppError, Result};

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

/// The records of one kind that belong to a unit.
pub trait Shelf: Belonging + Written {
    /// Those of a unit.
    fn of_unit(
        conn: &mut Conn,
        unit: &UnitId,
    ) -> impl Future<Output = Result<Vec<Self::Row>>> + Send;

    /// 1 for what was made up, and where a published fact is from.
    fn origin(row: &Self::Row) -> (i64, &str);
}

/// A row as pages show it.
pub(super) fn held<T: Shelf>(row: &T::Row) -> Read<Held<T>> {
    let ((id, version), (sample, source)) = (row.stamp(), T::origin(row));
    Ok(Held {
        id: id.to_owned(),
        version,
        what: T::of(row)?,
        sample: sample != 0,
        source: source.to_owned(),
    })
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

impl App {
    /// The records of one kind of a unit.
    ///
    /// # Errors
    /// [`AppError::NotFound`], [`AppError::NotYourUnit`].
    pub async fn belongings<T: Shelf>(&self, hand: &Hand, unit: &UnitId) -> Result<Vec<Held<T>>> {
        let mut view = self.store().read().await?;
        let (_, place) = found(&mut view, unit).await?;
        hand.sees(&place)?;
        let rows = T::of_unit(&mut view, unit).await?;
        let all: Read<Vec<Held<T>>> = rows.iter().map(held).collect();
        all.map_err(AppError::internal)
    }

    /// Enters a record of a unit.
    ///
    /// # Errors
    /// [`AppError::Fields`], [`AppError::NotFound`] without the unit, [`AppError::NotYourUnit`].
    pub async fn add_belonging<D>(&self, hand: &Hand, draft: &D) -> Result<Stored>
    where
        D: BelongingDraft<Of: Shelf>,
    {
        let what = draft.read(self.today()?)?;
        self.enter(hand, what).await
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
        D: BelongingDraft<Of: Shelf>,
    {
        let what = draft.read(self.today()?)?;
        self.amend(hand, (id, version), what).await
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
        self.erase::<T>(hand, (id, version)).await
    }
}
