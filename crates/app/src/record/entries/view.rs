//! An entry as lists and its page show it.

use pingyi_domain::record::{Entry, EntryId, EntryState};
use pingyi_store::repo::entries::EntryRow;
use pingyi_store::repo::evidence::{self, EvidenceRow};
use pingyi_store::repo::matters;
use pingyi_store::repo::units::UnitRow;
use pingyi_store::row;

use super::{entry_of, kept};
use crate::record::Hand;
use crate::record::history::{self, HistoryLine, name_of};
use crate::{App, AppError, Result};

/// A line of a list; without who took part.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EntryLine {
    /// Id.
    pub id: EntryId,
    /// What it is.
    pub entry: Entry,
    /// Where it stands.
    pub state: EntryState,
    /// Whether it was made up for the demo.
    pub sample: bool,
}

impl EntryLine {
    pub(super) fn of(row: &EntryRow) -> Result<Self> {
        let (entry, state) = entry_of(row)?;
        Ok(Self {
            id: row.id.parse().map_err(AppError::internal)?,
            entry,
            state,
            sample: row.sample != 0,
        })
    }
}

/// An entry with what its page shows.
#[allow(
    clippy::struct_excessive_bools,
    reason = "each says whether one button is shown"
)]
#[derive(Debug, Clone)]
pub struct EntryView {
    /// Id.
    pub id: EntryId,
    /// Version, to be sent back with a change.
    pub version: i64,
    /// What it is.
    pub entry: Entry,
    /// Where it stands.
    pub state: EntryState,
    /// Why it was given back.
    pub reason: String,
    /// Name of the unit.
    pub unit: String,
    /// Who wrote it down.
    pub recorded_by: String,
    /// Seconds since 1970.
    pub recorded_at: i64,
    /// Who reviewed it; empty before.
    pub reviewed_by: String,
    /// Files.
    pub files: Vec<EvidenceRow>,
    /// Matters raised in it: id, title, state on the wire.
    pub matters: Vec<(String, String, String)>,
    /// Whether who looks may edit it, and add files, now.
    pub may_edit: bool,
    /// Whether who looks may confirm it now.
    pub may_confirm: bool,
    /// Whether who looks may give it back now.
    pub may_return: bool,
    /// Whether confirming waits for somebody else, since who looks recorded it.
    pub own: bool,
    /// Whether it was made up for the demo.
    pub sample: bool,
    /// Where a published fact is from.
    pub source: String,
    /// What was done to it.
    pub history: Vec<HistoryLine>,
}

impl App {
    /// One entry with what its page shows.
    ///
    /// # Errors
    /// [`AppError::NotFound`], [`AppError::NotYourUnit`].
    pub async fn entry(&self, hand: &Hand, id: &EntryId) -> Result<EntryView> {
        let mut view = self.store().read().await?;
        let stored = kept(&mut view, id).await?;
        hand.sees(&stored.place)?;
        let unit = row::by_id::<UnitRow>(&mut view, stored.entry.unit.as_str()).await?;
        let own = stored.row.recorded_by == hand.actor().to_string();
        let may_write = hand.may_write(&stored.place);
        let raised = matters::of_entry(&mut view, id.as_str()).await?;
        let reviewed_by = match &stored.row.reviewed_by {
            Some(actor) => name_of(&mut view, actor).await?,
            None => String::new(),
        };
        let office = hand.is_office();
        Ok(EntryView {
            id: id.clone(),
            version: stored.row.version,
            unit: unit.map(|unit| unit.name).unwrap_or_default(),
            recorded_by: name_of(&mut view, &stored.row.recorded_by).await?,
            recorded_at: stored.row.recorded_at,
            reviewed_by,
            files: evidence::of_entry(&mut view, id.as_str()).await?,
            matters: raised
                .into_iter()
                .map(|row| (row.id, row.title, row.state))
                .collect(),
            may_edit: may_write && stored.state.edit(office).is_ok(),
            may_confirm: office && stored.state.confirm(own).is_ok(),
            may_return: office && stored.state != EntryState::Returned,
            own: office && own && stored.state == EntryState::Recorded,
            sample: stored.row.sample != 0,
            history: history::of(&mut view, id.as_str()).await?,
            reason: stored.row.reason,
            source: stored.row.source,
            entry: stored.entry,
            state: stored.state,
        })
    }
}
