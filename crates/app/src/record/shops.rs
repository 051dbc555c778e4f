//! A Party-member shop with its inspections.

use pingyi_domain::audit::AuditEvent;
use pingyi_domain::record::{FirmId, InspectionDraft, InspectionId, Shop, ShopId, UnitId};
use pingyi_store::repo::firms::FirmRow;
use pingyi_store::repo::shops::{self, InspectionRow, NamedShop, ShopRow};
use pingyi_store::repo::units::UnitRow;
use pingyi_store::{Conn, Tx, row};

use super::belongings::{self, Held};
use super::hand::Hand;
use super::history::{self, HistoryLine};
use super::settle::Stored;
use super::units::found;
use crate::{App, AppError, Result};

/// A shop with what its page shows.
#[derive(Debug, Clone)]
pub struct ShopView {
    /// The shop.
    pub held: Held<Shop>,
    /// Name of its unit.
    pub unit: String,
    /// Name of the firm it is; empty for none.
    pub firm: String,
    /// Its inspections, the latest first.
    pub inspections: Vec<InspectionRow>,
    /// What was done to it, the oldest first.
    pub history: Vec<HistoryLine>,
    /// Whether who looks may write.
    pub may_write: bool,
}

async fn kept(conn: &mut Conn, id: &str) -> Result<Held<Shop>> {
    let row = row::by_id::<ShopRow>(conn, id).await?;
    belongings::held(&row.ok_or(AppError::NotFound)?).map_err(AppError::internal)
}

async fn writable(tx: &mut Tx, hand: &Hand, id: &str) -> Result<Held<Shop>> {
    let held = kept(tx, id).await?;
    let (_, place) = found(tx, &held.what.unit).await?;
    hand.writes(&place)?;
    Ok(held)
}

impl App {
    /// One shop with what its page shows.
    ///
    /// # Errors
    /// [`AppError::NotFound`], [`AppError::NotYourUnit`].
    pub async fn shop(&self, hand: &Hand, id: &ShopId) -> Result<ShopView> {
        let mut view = self.store().read().await?;
        let held = kept(&mut view, id.as_str()).await?;
        let (_, place) = found(&mut view, &held.what.unit).await?;
        hand.sees(&place)?;
        let unit = row::by_id::<UnitRow>(&mut view, held.what.unit.as_str()).await?;
        let firm = match &held.what.firm {
            Some(firm) => row::by_id::<FirmRow>(&mut view, firm.as_str()).await?,
            None => None,
        };
        Ok(ShopView {
            unit: unit.map(|unit| unit.name).unwrap_or_default(),
            firm: firm.map(|firm| firm.name).unwrap_or_default(),
            inspections: shops::inspections(&mut view, id.as_str()).await?,
            history: history::of(&mut view, id.as_str()).await?,
            may_write: hand.may_write(&place),
            held,
        })
    }

    /// Writes an inspection of a shop down.
    ///
    /// # Errors
    /// [`AppError::Fields`], [`AppError::NotFound`], [`AppError::NotYourUnit`].
    pub async fn inspect_shop(
        &self,
        hand: &Hand,
        id: &ShopId,
        draft: &InspectionDraft,
    ) -> Result<Stored> {
        let today = self.today()?;
        let inspection = InspectionId::generate(&mut self.rng());
        let mut tx = self.store().begin().await?;
        let held = writable(&mut tx, hand, id.as_str()).await?;
        let read = draft.read(&held.what, today)?;
        let row = InspectionRow {
            id: inspection.to_string(),
            shop: id.to_string(),
            on_date: read.on_date.to_string(),
            passed: i64::from(read.passed),
            finding: read.finding.clone(),
        };
        shops::inspect(&mut tx, &row).await?;
        let event = AuditEvent::ShopInspected {
            inspection,
            on: read.on_date,
            passed: read.passed,
            finding: read.finding,
        };
        self.record(&mut tx, hand.actor(), id.as_str(), &event)
            .await?;
        tx.commit().await?;
        Ok(Stored {
            id: row.id,
            version: 1,
        })
    }

    /// Takes an inspection away that was written down by mistake.
    ///
    /// # Errors
    /// [`AppError::NotFound`], [`AppError::NotYourUnit`].
    pub async fn remove_inspection(&self, hand: &Hand, id: &InspectionId) -> Result<()> {
        let mut tx = self.store().begin().await?;
        let inspection = shops::inspection(&mut tx, id.as_str()).await?;
        let inspection = inspection.ok_or(AppError::NotFound)?;
        writable(&mut tx, hand, &inspection.shop).await?;
        if !shops::drop_inspection(&mut tx, id.as_str()).await? {
            return Err(AppError::Busy);
        }
        let event = AuditEvent::InspectionRemoved {
            inspection: id.clone(),
            on: inspection.on_date.parse().map_err(AppError::internal)?,
        };
        self.record(&mut tx, hand.actor(), &inspection.shop, &event)
            .await?;
        tx.commit().await?;
        Ok(())
    }

    /// The firms that shops of a unit are (id, name), and the day each shop was inspected last (id of the shop, day).
    ///
    /// # Errors
    /// When the database fails.
    pub async fn shops_around(
        &self,
        unit: &UnitId,
    ) -> Result<(Vec<(FirmId, String)>, Vec<(String, String)>)> {
        let mut view = self.store().read().await?;
        let mut named = Vec::new();
        for (id, name) in shops::firms_of_unit(&mut view, unit.as_str()).await? {
            named.push((id.parse().map_err(AppError::internal)?, name));
        }
        let inspected = shops::last_inspected(&mut view, unit.as_str()).await?;
        Ok((named, inspected))
    }

    /// The shops somebody may see whose plaques hang, and the one with the id `also`, for a choice.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn shop_names(&self, hand: &Hand, also: &str) -> Result<Vec<NamedShop>> {
        let mut view = self.store().read().await?;
        Ok(shops::named(&mut view, hand.scope(), also).await?)
    }
}
