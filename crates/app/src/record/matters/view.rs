//! A matter as lists and its page show it.

use pingyi_domain::record::matter::{Due, Matter, MatterMove, MatterStateName, progress};
use pingyi_domain::record::{Amount, Date, MatterId, Share};
use pingyi_store::Conn;
use pingyi_store::repo::entries::EntryRow;
use pingyi_store::repo::evidence::{self, EvidenceRow};
use pingyi_store::repo::firms::FirmRow;
use pingyi_store::repo::matters::{self, ListedMatter};
use pingyi_store::repo::units::UnitRow;
use pingyi_store::row;

use super::board::moves_for;
use super::edits::{EditView, edits_of};
use super::{kept, matter_of};
use crate::followup::{MatterSource, sources_of};
use crate::record::Hand;
use crate::record::evidence::takes_files;
use crate::record::history::{self, HistoryLine, name_of};
use crate::{App, AppError, Result};

/// A line of a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MatterLine {
    /// Id.
    pub id: MatterId,
    /// What it is.
    pub matter: Matter,
    /// Where it stands.
    pub state: MatterStateName,
    /// How it stands to its day.
    pub due: Due,
    /// How much of a key task is done, the newest.
    pub done: Option<Amount>,
    /// How far it is, where there is a quantity.
    pub progress: Option<Share>,
    /// Day it was reported done; empty while it is not.
    pub reported_on: String,
    /// Day it was closed; empty while it is not.
    pub closed_on: String,
    /// Whether it was made up for the demo.
    pub sample: bool,
}

impl MatterLine {
    pub(crate) fn of(row: &ListedMatter, today: Date) -> Result<Self> {
        let (matter, state) = matter_of(&row.matter)?;
        let done = row.done.and_then(Amount::from_thousandths);
        Ok(Self {
            id: row.matter.id.parse().map_err(AppError::internal)?,
            due: Due::of(state.name(), matter.due_on, today),
            progress: matter.quantity.map(|quantity| progress(done, quantity)),
            done: done.filter(|_| matter.quantity.is_some()),
            reported_on: row.matter.reported_on.clone().unwrap_or_default(),
            closed_on: row.matter.closed_on.clone().unwrap_or_default(),
            state: state.name(),
            matter,
            sample: row.matter.sample != 0,
        })
    }
}

/// One move.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MoveLine {
    /// Number, from 1.
    pub seq: i64,
    /// Seconds since 1970.
    pub at: i64,
    /// Who.
    pub who: String,
    /// `raise` or the move on the wire.
    pub step: String,
    /// Where it led.
    pub state: String,
    /// What was said.
    pub text: String,
}

/// How much was done by a day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProgressLine {
    /// Day.
    pub on: Date,
    /// So much.
    pub done: Amount,
    /// Of the whole.
    pub share: Share,
    /// Note.
    pub note: String,
}

/// A matter with what its page shows.
#[allow(
    clippy::struct_excessive_bools,
    reason = "each says whether one button is shown"
)]
#[derive(Debug, Clone)]
pub struct MatterView {
    /// Id.
    pub id: MatterId,
    /// Version, to be sent back with a change.
    pub version: i64,
    /// What it is.
    pub matter: Matter,
    /// Where it stands.
    pub state: MatterStateName,
    /// How it stands to its day.
    pub due: Due,
    /// Name of the unit.
    pub unit: String,
    /// Title of the entry it was raised in.
    pub entry: String,
    /// Name of the firm it is about.
    pub firm: String,
    /// What of an appraisal it is made of.
    pub sources: Vec<MatterSource>,
    /// All moves, the first first.
    pub moves: Vec<MoveLine>,
    /// How far it is, the latest first.
    pub progress: Vec<ProgressLine>,
    /// Changes asked for, the latest first.
    pub edits: Vec<EditView>,
    /// Files.
    pub files: Vec<EvidenceRow>,
    /// Moves that who looks may make now.
    pub may: Vec<MatterMove>,
    /// Whether closing waits for somebody else, since who looks reported it.
    pub own_report: bool,
    /// Whether who looks may write for the unit.
    pub may_write: bool,
    /// Whether they may add files now.
    pub may_attach: bool,
    /// Whether it was made up for the demo.
    pub sample: bool,
    /// Where a published fact is from.
    pub source: String,
    /// What was done to its fields.
    pub history: Vec<HistoryLine>,
}

async fn moves_of(conn: &mut Conn, id: &MatterId) -> Result<Vec<MoveLine>> {
    let mut lines = Vec::new();
    for row in matters::moves(conn, id.as_str()).await? {
        lines.push(MoveLine {
            who: name_of(conn, &row.actor).await?,
            seq: row.seq,
            at: row.at,
            step: row.step,
            state: row.state,
            text: row.text,
        });
    }
    Ok(lines)
}

async fn progress_of(conn: &mut Conn, id: &MatterId, matter: &Matter) -> Result<Vec<ProgressLine>> {
    let mut lines = Vec::new();
    let Some(quantity) = matter.quantity else {
        return Ok(lines);
    };
    for row in matters::progress(conn, id.as_str()).await? {
        let done = Amount::from_thousandths(row.done).unwrap_or_default();
        lines.push(ProgressLine {
            on: row.on_date.parse().map_err(AppError::internal)?,
            share: progress(Some(done), quantity),
            done,
            note: row.note,
        });
    }
    Ok(lines)
}

impl App {
    /// One matter with what its page shows.
    ///
    /// # Errors
    /// [`AppError::NotFound`], [`AppError::NotYourUnit`].
    pub async fn matter(&self, hand: &Hand, id: &MatterId) -> Result<MatterView> {
        let today = self.today()?;
        let mut view = self.store().read().await?;
        let stored = kept(&mut view, id).await?;
        hand.sees(&stored.place)?;
        let may_write = hand.may_write(&stored.place);
        let state = stored.state.name();
        let (may, own_report) = moves_for(hand, may_write, &stored.state);
        let unit = row::by_id::<UnitRow>(&mut view, stored.matter.unit.as_str()).await?;
        let entry = match &stored.matter.entry {
            Some(entry) => row::by_id::<EntryRow>(&mut view, entry.as_str()).await?,
            None => None,
        };
        let firm = match &stored.matter.firm {
            Some(firm) => row::by_id::<FirmRow>(&mut view, firm.as_str()).await?,
            None => None,
        };
        Ok(MatterView {
            firm: firm.map(|firm| firm.name).unwrap_or_default(),
            id: id.clone(),
            version: stored.row.version,
            state,
            due: Due::of(state, stored.matter.due_on, today),
            unit: unit.map(|unit| unit.name).unwrap_or_default(),
            entry: entry.map(|entry| entry.title).unwrap_or_default(),
            sources: sources_of(&mut view, id).await?,
            moves: moves_of(&mut view, id).await?,
            progress: progress_of(&mut view, id, &stored.matter).await?,
            edits: edits_of(&mut view, hand, id).await?,
            files: evidence::of_matter(&mut view, id.as_str()).await?,
            own_report,
            may_attach: may_write && takes_files(&stored.state),
            may,
            may_write,
            sample: stored.row.sample != 0,
            source: stored.row.source,
            history: history::of(&mut view, id.as_str()).await?,
            matter: stored.matter,
        })
    }
}
