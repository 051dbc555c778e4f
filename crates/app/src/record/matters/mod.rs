//! Matters: raising them, lists, changing what nobody answers for yet, taking it away.

mod board;
mod edits;
mod moves;
mod view;

pub use board::{MatterCard, MatterColumn};
pub use edits::{EditView, EditWish};
pub use moves::MoveForm;
pub use view::{MatterLine, MatterView, MoveLine, ProgressLine};

use pingyi_domain::record::matter::{Matter, MatterDraft, MatterState, MatterStateName};
use pingyi_domain::record::{MatterId, Record, UnitId, UnitPath};
use pingyi_domain::{Actor, DomainError};
use pingyi_store::list::{Ask, Page};
use pingyi_store::repo::entries::EntryRow;
use pingyi_store::repo::matters::{self, MatterFilter, MatterRow, MoveRow};
use pingyi_store::repo::units::UnitRow;
use pingyi_store::row;
use pingyi_store::{Conn, StoreError, Tx};

use super::hand::Hand;
use super::note::About;
use super::settle::{Stored, settle, settle_removal};
use super::units::found;
use crate::{App, AppError, Result};

/// A matter as it is stored, read.
pub(super) struct Kept {
    pub row: MatterRow,
    pub matter: Matter,
    pub state: MatterState,
    pub place: UnitPath,
}

/// Reads a row.
pub(crate) fn matter_of(row: &MatterRow) -> Result<(Matter, MatterState)> {
    let read = || {
        let actor = |text: &Option<String>| -> std::result::Result<Actor, DomainError> {
            text.as_deref().unwrap_or_default().parse()
        };
        let state = match row.state.parse()? {
            MatterStateName::Raised => MatterState::Raised,
            MatterStateName::Assigned => MatterState::Assigned,
            MatterStateName::SentBack => MatterState::SentBack,
            MatterStateName::Reported => MatterState::Reported {
                by: actor(&row.reported_by)?,
            },
            MatterStateName::Closed => MatterState::Closed {
                reported_by: actor(&row.reported_by)?,
                by: actor(&row.closed_by)?,
            },
        };
        let matter = Matter {
            list: row.list.parse()?,
            title: row.title.clone(),
            origin: row.origin.parse()?,
            entry: row.entry.as_deref().map(str::parse).transpose()?,
            firm: row.firm.as_deref().map(str::parse).transpose()?,
            unit: row.unit.parse()?,
            responsible: row.responsible.clone(),
            measures: row.measures.clone(),
            raised_on: row.raised_on.parse()?,
            due_on: row.due_on.as_deref().map(str::parse).transpose()?,
            quantity: row
                .quantity
                .and_then(pingyi_domain::record::Amount::from_thousandths),
            measure: row.measure.clone(),
        };
        Ok::<_, DomainError>((matter, state))
    };
    read().map_err(AppError::internal)
}

fn row_of(id: &MatterId, version: i64, matter: &Matter, state: MatterStateName) -> MatterRow {
    MatterRow {
        id: id.to_string(),
        version,
        list: matter.list.to_string(),
        title: matter.title.clone(),
        origin: matter.origin.to_string(),
        entry: matter.entry.as_ref().map(ToString::to_string),
        firm: matter.firm.as_ref().map(ToString::to_string),
        unit: matter.unit.to_string(),
        responsible: matter.responsible.clone(),
        measures: matter.measures.clone(),
        raised_on: matter.raised_on.to_string(),
        due_on: matter.due_on.map(|day| day.to_string()),
        quantity: matter
            .quantity
            .map(pingyi_domain::record::Amount::thousandths),
        measure: matter.measure.clone(),
        state: state.to_string(),
        reported_by: None,
        reported_on: None,
        closed_by: None,
        closed_on: None,
        sample: 0,
        source: String::new(),
    }
}

/// The matter with this id, and the place of its unit.
///
/// # Errors
/// [`AppError::NotFound`].
pub(super) async fn kept(conn: &mut Conn, id: &MatterId) -> Result<Kept> {
    let row = row::by_id::<MatterRow>(conn, id.as_str()).await?;
    let row = row.ok_or(AppError::NotFound)?;
    let (matter, state) = matter_of(&row)?;
    let (_, place) = found(conn, &matter.unit).await?;
    Ok(Kept {
        row,
        matter,
        state,
        place,
    })
}

fn about<'a>(id: &'a MatterId, unit: &'a UnitId) -> About<'a> {
    About {
        id: id.as_str(),
        unit: Some(unit),
    }
}

fn refused(field: &str, rule: &str) -> AppError {
    AppError::Fields(vec![pingyi_domain::record::FieldProblem {
        field: field.to_owned(),
        rule: rule.to_owned(),
    }])
}

/// The unit of a matter can be written, and the entry it names is of a unit that can be seen.
async fn fits(tx: &mut Tx, hand: &Hand, matter: &Matter) -> Result<()> {
    let row = row::by_id::<UnitRow>(tx, matter.unit.as_str()).await?;
    if row.is_none() {
        return Err(refused("unit", "unit"));
    }
    let (_, place) = found(tx, &matter.unit).await?;
    hand.writes(&place)?;
    if let Some(id) = &matter.entry {
        let entry = row::by_id::<EntryRow>(tx, id.as_str()).await?;
        let entry = entry.ok_or_else(|| refused("entry", "entry"))?;
        let unit = entry.unit.parse().map_err(AppError::internal)?;
        let (_, place) = found(tx, &unit).await?;
        hand.sees(&place)?;
    }
    Ok(())
}

impl App {
    /// A page of the matters somebody may see.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn matters(
        &self,
        hand: &Hand,
        filter: &MatterFilter,
        ask: &Ask,
    ) -> Result<Page<MatterLine>> {
        let today = self.today()?;
        let mut view = self.store().read().await?;
        let page = matters::page(&mut view, hand.scope(), filter, ask).await?;
        let mut rows = Vec::with_capacity(page.rows.len());
        for row in &page.rows {
            rows.push(MatterLine::of(row, today)?);
        }
        Ok(Page {
            rows,
            next: page.next,
            total: page.total,
        })
    }

    /// How many matters somebody may see fit the filter.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn matters_count(&self, hand: &Hand, filter: &MatterFilter) -> Result<u64> {
        let mut view = self.store().read().await?;
        Ok(matters::count(&mut view, hand.scope(), filter).await?)
    }

    /// Raises a matter.
    ///
    /// # Errors
    /// [`AppError::Fields`], [`AppError::NotYourUnit`].
    pub async fn add_matter(&self, hand: &Hand, draft: &MatterDraft) -> Result<Stored> {
        let matter = draft.read(self.today()?)?;
        let mut tx = self.store().begin().await?;
        let stored = self.raise_matter(&mut tx, hand, &matter).await?;
        tx.commit().await?;
        Ok(stored)
    }

    /// Raises a matter in the transaction of what it comes from.
    ///
    /// # Errors
    /// [`AppError::Fields`], [`AppError::NotYourUnit`].
    pub(crate) async fn raise_matter(
        &self,
        tx: &mut Tx,
        hand: &Hand,
        matter: &Matter,
    ) -> Result<Stored> {
        let id = MatterId::generate(&mut self.rng());
        fits(tx, hand, matter).await?;
        let row = row_of(&id, 1, matter, MatterStateName::Raised);
        match row::insert(tx, &row).await {
            Err(StoreError::Orphan) => return Err(refused("firm", "no_firm")),
            other => other?,
        }
        self.add_move(tx, hand, &row, "raise", "").await?;
        self.note_added(tx, hand, about(&id, &matter.unit), matter)
            .await?;
        Ok(Stored {
            id: id.into(),
            version: 1,
        })
    }

    /// Changes a matter that nobody answers for yet; later its fields change by request and approval.
    ///
    /// # Errors
    /// [`AppError::Fields`], [`AppError::NotFound`], [`AppError::NotYourUnit`], [`AppError::WrongState`],
    /// [`AppError::Conflict`].
    pub async fn change_matter(
        &self,
        hand: &Hand,
        id: &MatterId,
        version: i64,
        draft: &MatterDraft,
    ) -> Result<Stored> {
        let matter = draft.read(self.today()?)?;
        let mut tx = self.store().begin().await?;
        let stored = kept(&mut tx, id).await?;
        hand.writes(&stored.place)?;
        if stored.state != MatterState::Raised {
            return Err(AppError::WrongState {
                state: stored.row.state,
            });
        }
        fits(&mut tx, hand, &matter).await?;
        let before = (&stored.matter, stored.row.version);
        if !settle(&mut tx, (id.as_str(), version), before, &matter).await? {
            return Ok(Stored {
                id: id.to_string(),
                version: stored.row.version,
            });
        }
        let version = self
            .store_fields(&mut tx, hand, id, &stored, &matter)
            .await?;
        tx.commit().await?;
        Ok(Stored {
            id: id.to_string(),
            version,
        })
    }

    /// Stores the fields of a matter and tells the trail; the new version.
    async fn store_fields(
        &self,
        tx: &mut Tx,
        hand: &Hand,
        id: &MatterId,
        stored: &Kept,
        matter: &Matter,
    ) -> Result<i64> {
        let row = row_of(id, stored.row.version, matter, stored.state.name());
        match matters::update(tx, &row).await {
            Err(StoreError::Orphan) => return Err(refused("firm", "no_firm")),
            Ok(false) => return Err(AppError::Busy),
            other => other?,
        };
        let version = stored.row.version + 1;
        let about = about(id, &matter.unit);
        self.note_changed(tx, hand, about, version, (&stored.matter, matter))
            .await?;
        Ok(version)
    }

    /// Takes a matter away that was raised by mistake.
    ///
    /// # Errors
    /// [`AppError::NotFound`], [`AppError::NotYourUnit`], [`AppError::WrongState`], [`AppError::OldVersion`],
    /// [`AppError::InUse`].
    pub async fn remove_matter(&self, hand: &Hand, id: &MatterId, version: i64) -> Result<()> {
        let mut tx = self.store().begin().await?;
        let stored = kept(&mut tx, id).await?;
        hand.writes(&stored.place)?;
        if stored.state != MatterState::Raised {
            return Err(AppError::WrongState {
                state: stored.row.state,
            });
        }
        settle_removal(version, stored.row.version)?;
        match matters::delete(&mut tx, id.as_str(), version).await {
            Err(StoreError::Orphan) => return Err(AppError::InUse),
            Ok(false) => return Err(AppError::Busy),
            other => other?,
        };
        self.note_removed(
            &mut tx,
            hand,
            about(id, &stored.matter.unit),
            &stored.matter,
        )
        .await?;
        tx.commit().await?;
        Ok(())
    }

    async fn add_move(
        &self,
        tx: &mut Tx,
        hand: &Hand,
        row: &MatterRow,
        step: &str,
        text: &str,
    ) -> Result<()> {
        let step = MoveRow {
            matter: row.id.clone(),
            seq: 0,
            at: self.now(),
            actor: hand.actor().to_string(),
            step: step.to_owned(),
            state: row.state.clone(),
            text: text.to_owned(),
        };
        Ok(matters::add_move(tx, &step).await?)
    }
}

impl MatterView {
    /// What it is called.
    #[must_use]
    pub fn title(&self) -> String {
        self.matter.title()
    }
}
