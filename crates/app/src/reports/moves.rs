//! Moving a report on: hand in, give back, approve, take back, take up again.

use std::collections::BTreeMap;

use pingyi_domain::Digest;
use pingyi_domain::appraisal::StateName;
use pingyi_domain::audit::AuditEvent;
use pingyi_domain::record::{Check, FieldProblem, MatterId, ReportId};
use pingyi_domain::report::{
    Content, FrozenFigure, Lack, RemarkState, ReportError, ReportHand, ReportMove, ReportState,
    lacks,
};
use pingyi_domain::{AppraisalConfig, AppraisalId, PresenterCode, canonical_json};
use pingyi_store::repo::appraisals;
use pingyi_store::repo::decks;
use pingyi_store::repo::matters::{self, MoveRow};
use pingyi_store::repo::reports::{self, ReportMoveRow, ReportRow, VersionRow};
use pingyi_store::{Conn, Tx, row};
use serde::Deserialize;

use super::{Kept, figures, kept, last_content, slides, texts_of, written};
use crate::record::{Hand, Stored};
use crate::{App, AppError, Result};

/// What is said with a move.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct ReportForm {
    /// Reason, up to 1,000 characters.
    pub text: String,
}

impl From<ReportError> for AppError {
    fn from(error: ReportError) -> Self {
        let field = |rule: &str| {
            Self::Fields(vec![FieldProblem {
                field: "text".to_owned(),
                rule: rule.to_owned(),
            }])
        };
        match error {
            ReportError::WrongState { state, .. } => Self::WrongState {
                state: state.to_string(),
            },
            ReportError::NothingSaid => field("report_nothing_said"),
            ReportError::ReasonMissing => field("reason_missing"),
            ReportError::SamePerson | ReportError::OtherPerson => Self::SamePerson,
            ReportError::RemarkOpen => field("report_remark_open"),
            ReportError::LookedAt => field("report_looked_at"),
            ReportError::Shown => field("report_shown"),
        }
    }
}

/// What is handed in, with all that is wanting.
async fn content(app: &App, conn: &mut Conn, stored: &Kept) -> Result<(Content, Vec<Lack>)> {
    let mut content = written(conn, stored).await?;
    let texts = texts_of(conn, &stored.id).await?;
    let worked = figures::of_texts(app, conn, stored, texts.values()).await?;
    let list: Vec<(MatterId, String, String)> = content
        .answers
        .iter()
        .map(|one| (one.matter.clone(), one.title.clone(), one.text.clone()))
        .collect();
    let shown = |code: &pingyi_domain::report::FigureCode| {
        worked.get(&code.to_string()).map(|one| one.shown.clone())
    };
    let wanting = lacks(&stored.outline, &texts, shown, &list);
    let today = app.today()?;
    for code in figures::codes_in(texts.values()) {
        if let Some(one) = worked.get(&code.to_string()) {
            let rows = figures::behind(conn, (&stored.unit, stored.year, today), &code).await?;
            content.figures.push(FrozenFigure::of(&code, one, rows));
        }
    }
    Ok((content, wanting))
}

/// The appraisals of the year, open or over, that have the unit among their presenters; with its code there.
async fn meetings_of(
    conn: &mut Conn,
    stored: &Kept,
) -> Result<Vec<(AppraisalId, StateName, PresenterCode)>> {
    let mut found = Vec::new();
    for row in appraisals::all(conn).await? {
        let state: StateName = row.state.parse().map_err(AppError::internal)?;
        let before = matches!(
            state,
            StateName::Draft | StateName::Keyed | StateName::Sealed | StateName::Voided
        );
        if before || row.rehearsal_of.is_some() || row.year != i64::from(stored.year) {
            continue;
        }
        let config: AppraisalConfig = serde_json::from_str(&row.config)?;
        // Appraisals of before presenters were tied to units name theirs in words.
        let named = |name: &str| name == stored.unit.name || name == stored.unit.short;
        let in_words = || config.presenters.iter().find(|one| named(one.unit.trim()));
        if let Some(presenter) = config.presenter_of(&stored.unit.id).or_else(in_words) {
            let id = row.id.parse().map_err(AppError::internal)?;
            found.push((id, state, presenter.code.clone()));
        }
    }
    Ok(found)
}

/// Whether an appraisal of the year that has the unit among its presenters is open or was.
pub(super) async fn is_shown(conn: &mut Conn, stored: &Kept) -> Result<bool> {
    Ok(!meetings_of(conn, stored).await?.is_empty())
}

/// Whether those who vote have seen what was handed in: its slides had the stage of an open meeting, or one is over.
pub(super) async fn was_seen(conn: &mut Conn, stored: &Kept) -> Result<bool> {
    for (id, state, code) in meetings_of(conn, stored).await? {
        let open = matches!(state, StateName::Open | StateName::Paused);
        if !open || decks::shown(conn, &id, code.as_str()).await?.is_some() {
            return Ok(true);
        }
    }
    Ok(false)
}

impl App {
    /// Moves a report on.
    ///
    /// # Errors
    /// [`AppError::Fields`], [`AppError::NotFound`], [`AppError::NotYourUnit`], [`AppError::WrongState`],
    /// [`AppError::SamePerson`] when who submitted it would approve it or somebody else take it back,
    /// [`AppError::NotReady`] with everything that is wanting.
    pub async fn move_report(
        &self,
        hand: &Hand,
        id: &ReportId,
        step: ReportMove,
        form: &ReportForm,
    ) -> Result<Stored> {
        let mut check = Check::default();
        let text = check.lines("text", &form.text, 0..=1000);
        let text = check.done(Some(text))?;
        let mut tx = self.store().begin().await?;
        let stored = kept(&mut tx, id).await?;
        match step.hand() {
            ReportHand::Unit => hand.drafts(stored.place())?,
            ReportHand::Office => hand.decides()?,
        }
        let (next, hash) = self
            .next_state(&mut tx, hand, &stored, (step, &text))
            .await?;
        let row = with_state(stored.row, &next, self.now());
        if !row::update(&mut tx, &row).await? {
            return Err(AppError::Busy);
        }
        let moved = ReportMoveRow {
            report: id.to_string(),
            seq: 0,
            at: self.now(),
            actor: hand.actor().to_string(),
            step: step.to_string(),
            state: row.state.clone(),
            text: text.clone(),
        };
        reports::add_move(&mut tx, &moved).await?;
        if step == ReportMove::Approve {
            self.tell_matters(&mut tx, hand, id).await?;
        }
        let event = AuditEvent::ReportMoved {
            step,
            state: next.name(),
            text,
            content: hash
                .map(|hash| hash.parse::<Digest>())
                .transpose()
                .map_err(AppError::internal)?,
        };
        self.record(&mut tx, hand.actor(), id.as_str(), &event)
            .await?;
        tx.commit().await?;
        Ok(Stored {
            id: id.to_string(),
            version: row.version + 1,
        })
    }

    /// Where a move leads, and the hash of the version it is about.
    async fn next_state(
        &self,
        tx: &mut Tx,
        hand: &Hand,
        stored: &Kept,
        (step, text): (ReportMove, &str),
    ) -> Result<(ReportState, Option<String>)> {
        let remarks = reports::remarks(tx, stored.id.as_str()).await?;
        let open = remarks
            .iter()
            .filter(|row| row.state == RemarkState::Open.as_str())
            .count();
        let last = reports::last_version(tx, stored.id.as_str()).await?;
        let seq = last.as_ref().map_or(0, |row| row.seq);
        let hash = last.map(|row| row.hash);
        let (state, by) = (stored.state.clone(), hand.actor().clone());
        let next = match step {
            ReportMove::Submit => {
                let next = state.submit(by)?;
                return Ok((next, Some(self.keep_version(tx, hand, stored).await?)));
            }
            ReportMove::Return => state.give_back(open, text, was_seen(tx, stored).await?)?,
            ReportMove::Approve => state.approve(by, open)?,
            ReportMove::Withdraw => {
                let looked_at = remarks.iter().any(|row| row.seq == seq);
                state.withdraw(&by, looked_at, was_seen(tx, stored).await?)?
            }
            ReportMove::Reopen => state.reopen(text, is_shown(tx, stored).await?)?,
        };
        Ok((next, hash))
    }

    /// Keeps what is handed in, with its figures frozen; its hash.
    async fn keep_version(&self, tx: &mut Tx, hand: &Hand, stored: &Kept) -> Result<String> {
        let (content, wanting) = content(self, tx, stored).await?;
        if !wanting.is_empty() {
            return Err(AppError::NotReady(wanting));
        }
        let last = reports::last_version(tx, stored.id.as_str()).await?;
        let row = VersionRow {
            report: stored.id.to_string(),
            seq: last.map_or(0, |row| row.seq) + 1,
            at: self.now(),
            actor: hand.actor().to_string(),
            content: canonical_json(&content),
            hash: content.hash().to_string(),
        };
        reports::add_version(tx, &row).await?;
        slides::freeze(self, tx, stored, row.seq).await?;
        Ok(row.hash)
    }

    /// What was answered goes into the histories of the matters.
    async fn tell_matters(&self, tx: &mut Tx, hand: &Hand, id: &ReportId) -> Result<()> {
        let Some((_, content)) = last_content(tx, id).await? else {
            return Ok(());
        };
        let all: Vec<&str> = content
            .answers
            .iter()
            .map(|one| one.matter.as_str())
            .collect();
        let rows: Vec<matters::MatterRow> = row::by_ids(tx, &all).await?;
        let states: BTreeMap<&str, &str> = rows
            .iter()
            .map(|row| (row.id.as_str(), row.state.as_str()))
            .collect();
        for one in &content.answers {
            let Some(state) = states.get(one.matter.as_str()) else {
                continue;
            };
            let step = MoveRow {
                matter: one.matter.to_string(),
                seq: 0,
                at: self.now(),
                actor: hand.actor().to_string(),
                step: "answer".to_owned(),
                state: (*state).to_owned(),
                text: one.text.clone(),
            };
            matters::add_move(tx, &step).await?;
        }
        Ok(())
    }

    /// What a report would lack if it were handed in now: for its page.
    pub(super) async fn wanting(&self, conn: &mut Conn, stored: &Kept) -> Result<Vec<Lack>> {
        Ok(content(self, conn, stored).await?.1)
    }
}

/// The row in its new state; who handed it in and who approved it stand in it as long as that is so.
fn with_state(mut row: ReportRow, next: &ReportState, now: i64) -> ReportRow {
    row.state = next.name().to_string();
    match next {
        ReportState::Submitted { by } => {
            (row.submitted_by, row.submitted_at) = (Some(by.to_string()), Some(now));
            (row.approved_by, row.approved_at) = (None, None);
        }
        ReportState::Approved { submitted_by, by } => {
            row.submitted_by = Some(submitted_by.to_string());
            (row.approved_by, row.approved_at) = (Some(by.to_string()), Some(now));
        }
        ReportState::Draft | ReportState::Returned => {
            (row.submitted_by, row.submitted_at) = (None, None);
            (row.approved_by, row.approved_at) = (None, None);
        }
    }
    row
}
