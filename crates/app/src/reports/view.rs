//! A report as its page shows it.

use std::collections::{BTreeMap, HashMap};

use pingyi_domain::record::{MatterId, MatterStateName, RemarkId, ReportId};
use pingyi_domain::report::{
    Content, FrozenFigure, Lack, RemarkState, ReportHand, ReportMove, ReportState, ReportStateName,
    SectionSpec, Worked,
};
use pingyi_store::Conn;
use pingyi_store::repo::reports::{self, RemarkRow};

use super::moves::{is_shown, was_seen};
use super::{Kept, figures, kept, last_content, listed};
use crate::record::history::name_of;
use crate::record::{Hand, UnitName};
use crate::{App, AppError, Result};

/// A section.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SectionView {
    /// What is to stand in it.
    pub spec: SectionSpec,
    /// Version of its text; 0 where nothing was written.
    pub version: i64,
    /// Text as typed.
    pub text: String,
    /// Who wrote it last; empty where nobody did.
    pub who: String,
    /// When, in seconds since 1970.
    pub at: i64,
}

/// A line of last year's list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AnswerView {
    /// The matter.
    pub matter: MatterId,
    /// What it is about.
    pub title: String,
    /// What was to be done about it.
    pub measures: String,
    /// The day it was due; empty without one.
    pub due_on: String,
    /// Where it stands; once submitted, where it stood.
    pub state: MatterStateName,
    /// Version of the answer; 0 where there is none.
    pub version: i64,
    /// What is answered.
    pub text: String,
}

/// A figure in the texts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FigureView {
    /// As it is today; none when its kind or topic is gone.
    pub now: Option<Worked>,
    /// As it was when the report was handed in last and nothing was taken up since.
    pub frozen: Option<FrozenFigure>,
}

/// A remark.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RemarkView {
    /// Id.
    pub id: RemarkId,
    /// The version it hangs on.
    pub seq: i64,
    /// Code of the section.
    pub section: String,
    /// The stretch it is about; empty for the whole section.
    pub quote: String,
    /// The words.
    pub text: String,
    /// Where it stands.
    pub state: RemarkState,
    /// Who made it.
    pub who: String,
    /// When, in seconds since 1970.
    pub at: i64,
    /// What the unit answered.
    pub answer: String,
    /// Who answered.
    pub answered_by: String,
}

/// A move.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReportMoveLine {
    /// When, in seconds since 1970.
    pub at: i64,
    /// Who.
    pub who: String,
    /// `begin` or the move on the wire.
    pub step: String,
    /// Where it led.
    pub state: String,
    /// What was said.
    pub text: String,
}

/// A report.
#[allow(
    clippy::struct_excessive_bools,
    reason = "each says whether one part of the page is shown"
)]
#[derive(Debug, Clone)]
pub struct ReportView {
    /// Id.
    pub id: ReportId,
    /// Its unit.
    pub unit: UnitName,
    /// The year reported on.
    pub year: i32,
    /// Where it stands.
    pub state: ReportStateName,
    /// The sections in order.
    pub sections: Vec<SectionView>,
    /// Last year's list.
    pub answers: Vec<AnswerView>,
    /// The figures in the texts, by code.
    pub figures: BTreeMap<String, FigureView>,
    /// Remarks, the first first.
    pub remarks: Vec<RemarkView>,
    /// Moves, the first first.
    pub moves: Vec<ReportMoveLine>,
    /// How often it was handed in.
    pub versions: i64,
    /// SHA-256 of what was handed in last, where it was.
    pub hash: String,
    /// What is wanting before it can be handed in; empty for who does not write.
    pub wanting: Vec<Lack>,
    /// Moves that who looks may make now.
    pub may: Vec<ReportMove>,
    /// Whether they may write now.
    pub may_write: bool,
    /// Whether they may make remarks now.
    pub may_remark: bool,
    /// Whether they may settle remarks and open them again.
    pub may_settle: bool,
    /// Whether approving waits for somebody else, since who looks handed it in.
    pub own_submission: bool,
    /// Those who vote have seen it: it is neither returned nor taken back.
    pub stays: bool,
    /// Whether it was made up for the demo.
    pub sample: bool,
}

async fn remark_view(conn: &mut Conn, row: RemarkRow) -> Result<RemarkView> {
    let answered_by = match &row.answered_by {
        Some(actor) => name_of(conn, actor).await?,
        None => String::new(),
    };
    Ok(RemarkView {
        id: row.id.parse().map_err(AppError::internal)?,
        seq: row.seq,
        section: row.section,
        quote: row.quote,
        text: row.text,
        state: row.state.parse().map_err(AppError::internal)?,
        who: name_of(conn, &row.actor).await?,
        at: row.at,
        answer: row.answer,
        answered_by,
    })
}

async fn sections_of(conn: &mut Conn, stored: &Kept) -> Result<Vec<SectionView>> {
    let rows = reports::sections(conn, stored.id.as_str()).await?;
    let mut rows: HashMap<String, reports::SectionRow> = rows
        .into_iter()
        .map(|row| (row.code.clone(), row))
        .collect();
    let mut sections = Vec::new();
    for spec in &stored.outline.0 {
        let row = rows.remove(&spec.code);
        let who = match &row {
            Some(row) => name_of(conn, &row.actor).await?,
            None => String::new(),
        };
        sections.push(SectionView {
            spec: spec.clone(),
            version: row.as_ref().map_or(0, |row| row.version),
            at: row.as_ref().map_or(0, |row| row.at),
            text: row.map(|row| row.text).unwrap_or_default(),
            who,
        });
    }
    Ok(sections)
}

/// Last year's list as it stands, or as it stood when the report was handed in.
async fn answers_of(
    conn: &mut Conn,
    stored: &Kept,
    frozen: Option<&Content>,
) -> Result<Vec<AnswerView>> {
    let rows = reports::answers(conn, stored.id.as_str()).await?;
    let mut rows: HashMap<String, reports::AnswerRow> = rows
        .into_iter()
        .map(|row| (row.matter.clone(), row))
        .collect();
    let mut answers = Vec::new();
    for matter in listed(conn, stored).await? {
        let row = rows.remove(&matter.id);
        answers.push(AnswerView {
            matter: matter.id.parse().map_err(AppError::internal)?,
            title: matter.title,
            measures: matter.measures,
            due_on: matter.due_on.unwrap_or_default(),
            state: matter.state.parse().map_err(AppError::internal)?,
            version: row.as_ref().map_or(0, |row| row.version),
            text: row.map(|row| row.text).unwrap_or_default(),
        });
    }
    let Some(content) = frozen else {
        return Ok(answers);
    };
    let kept = content.answers.iter().map(|one| {
        let now = answers.iter().find(|answer| answer.matter == one.matter);
        AnswerView {
            matter: one.matter.clone(),
            title: one.title.clone(),
            measures: now.map(|now| now.measures.clone()).unwrap_or_default(),
            due_on: now.map(|now| now.due_on.clone()).unwrap_or_default(),
            state: one.state,
            version: now.map_or(0, |now| now.version),
            text: one.text.clone(),
        }
    });
    Ok(kept.collect())
}

async fn moves_of(conn: &mut Conn, id: &ReportId) -> Result<Vec<ReportMoveLine>> {
    let mut lines = Vec::new();
    for row in reports::moves(conn, id.as_str()).await? {
        lines.push(ReportMoveLine {
            at: row.at,
            who: name_of(conn, &row.actor).await?,
            step: row.step,
            state: row.state,
            text: row.text,
        });
    }
    Ok(lines)
}

/// Whether what was handed in stays: those who vote have it before them.
async fn stays(conn: &mut Conn, stored: &Kept) -> Result<bool> {
    match stored.state.name() {
        ReportStateName::Submitted => was_seen(conn, stored).await,
        ReportStateName::Approved => is_shown(conn, stored).await,
        ReportStateName::Draft | ReportStateName::Returned => Ok(false),
    }
}

/// The moves that who looks may make now.
fn moves_for(hand: &Hand, stored: &Kept, stays: bool) -> Vec<ReportMove> {
    let own =
        |state: &ReportState| matches!(state, ReportState::Submitted { by } if by == hand.actor());
    ReportMove::from(stored.state.name())
        .filter(|step| *step == ReportMove::Approve || !stays)
        .filter(|step| match (step, step.hand()) {
            (ReportMove::Approve, _) => hand.is_office() && !own(&stored.state),
            (ReportMove::Withdraw, _) => hand.may_draft(stored.place()) && own(&stored.state),
            (_, ReportHand::Unit) => hand.may_draft(stored.place()),
            (_, ReportHand::Office) => hand.is_office(),
        })
        .collect()
}

impl App {
    /// One report with what its page shows.
    ///
    /// # Errors
    /// [`AppError::NotFound`], [`AppError::NotYourUnit`].
    pub async fn duty_report(&self, hand: &Hand, id: &ReportId) -> Result<ReportView> {
        let mut view = self.store().read().await?;
        let stored = kept(&mut view, id).await?;
        hand.sees(stored.place())?;
        let state = stored.state.name();
        let last = last_content(&mut view, id).await?;
        let frozen = last.as_ref().map(|(_, content)| content);
        let frozen = frozen.filter(|_| !state.is_open());
        let sections = sections_of(&mut view, &stored).await?;
        let texts = sections.iter().map(|section| &section.text);
        let mut worked = figures::of_texts(self, &mut view, &stored, texts.clone()).await?;
        let mut figures = BTreeMap::new();
        for code in figures::codes_in(texts) {
            let name = code.to_string();
            let one = FigureView {
                now: worked.remove(&name),
                frozen: frozen.and_then(|content| content.figure(&code)).cloned(),
            };
            figures.insert(name, one);
        }
        let mut remarks = Vec::new();
        for row in reports::remarks(&mut view, id.as_str()).await? {
            remarks.push(remark_view(&mut view, row).await?);
        }
        let stays = stays(&mut view, &stored).await?;
        let may_write = state.is_open() && hand.may_draft(stored.place());
        let wanting = if may_write {
            self.wanting(&mut view, &stored).await?
        } else {
            Vec::new()
        };
        Ok(ReportView {
            id: id.clone(),
            year: stored.year,
            answers: answers_of(&mut view, &stored, frozen).await?,
            moves: moves_of(&mut view, id).await?,
            versions: last.as_ref().map_or(0, |(seq, _)| *seq),
            hash: frozen
                .map(|content| content.hash().to_string())
                .unwrap_or_default(),
            may: moves_for(hand, &stored, stays),
            stays,
            may_remark: hand.is_office() && state == ReportStateName::Submitted,
            may_settle: hand.is_office() && state != ReportStateName::Approved,
            own_submission: hand.is_office()
                && matches!(&stored.state, ReportState::Submitted { by } if by == hand.actor()),
            sample: stored.row.sample != 0,
            unit: stored.unit,
            state,
            sections,
            figures,
            remarks,
            wanting,
            may_write,
        })
    }
}
