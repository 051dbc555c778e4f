//! Moving a matter on: assign, report, close, send back, reopen; and how far a key task is.

use pingyi_domain::audit::AuditEvent;
use pingyi_domain::record::matter::{MatterError, MatterHand, MatterMove, MatterState};
use pingyi_domain::record::{Amount, Check, Date, MatterDraft, MatterId};
use pingyi_store::Tx;
use pingyi_store::repo::evidence;
use pingyi_store::repo::matters::{self, MatterRow, ProgressRow};
use serde::Deserialize;

use super::{Kept, kept};
use crate::record::Hand;
use crate::record::settle::Stored;
use crate::{App, AppError, Result};

/// What is said with a move.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct MoveForm {
    /// Proof, remark or reason, up to 4,000 characters.
    pub text: String,
    /// With `assign`: who answers for it; as it stands where empty.
    pub responsible: String,
    /// With `assign`: the day it is due; as it stands where empty.
    pub due_on: String,
}

impl MoveForm {
    fn said(&self) -> Result<String> {
        let mut check = Check::default();
        let text = check.lines("text", &self.text, 0..=4000);
        Ok(check.done(Some(text))?)
    }
}

impl From<MatterError> for AppError {
    fn from(error: MatterError) -> Self {
        let fields = |field: &str, rule: &str| super::refused(field, rule);
        match error {
            MatterError::WrongState { state, .. } => Self::WrongState {
                state: state.to_string(),
            },
            MatterError::Unassigned => fields("responsible", "unassigned"),
            MatterError::ProofMissing => fields("text", "proof_missing"),
            MatterError::ReasonMissing => fields("text", "reason_missing"),
            MatterError::SamePerson => Self::SamePerson,
        }
    }
}

impl App {
    /// Moves a matter on.
    ///
    /// # Errors
    /// [`AppError::Fields`], [`AppError::NotFound`], [`AppError::NotYourUnit`], [`AppError::WrongState`],
    /// [`AppError::SamePerson`] when who reported it would close it.
    pub async fn move_matter(
        &self,
        hand: &Hand,
        id: &MatterId,
        step: MatterMove,
        form: &MoveForm,
    ) -> Result<Stored> {
        let text = form.said()?;
        let mut tx = self.store().begin().await?;
        let mut stored = kept(&mut tx, id).await?;
        match step.hand() {
            MatterHand::Unit => hand.writes(&stored.place)?,
            MatterHand::Office => hand.decides()?,
        }
        let mut files = 0;
        let state = stored.state.clone();
        let next = match step {
            MatterMove::Assign => {
                if stored.state == MatterState::Raised {
                    stored = self
                        .name_responsible(&mut tx, hand, id, stored, form)
                        .await?;
                }
                let named = !stored.matter.responsible.is_empty() && stored.matter.due_on.is_some();
                state.assign(named)?
            }
            MatterMove::Report => {
                let all = evidence::of_matter(&mut tx, id.as_str()).await?;
                files = all.iter().filter(|file| file.step.is_none()).count();
                state.report(hand.actor().clone(), files > 0 || !text.is_empty())?
            }
            MatterMove::Close => state.close(hand.actor().clone())?,
            MatterMove::SendBack => state.send_back(&text)?,
            MatterMove::Reopen => state.reopen(&text)?,
        };
        let row = self
            .take_step(&mut tx, hand, stored.row, (step, &next, &text))
            .await?;
        if files > 0 {
            let seq = matters::last_move(&mut tx, id.as_str()).await?;
            evidence::report(&mut tx, id.as_str(), seq).await?;
        }
        self.tell_step(&mut tx, hand, &row, (step, &next, text))
            .await?;
        tx.commit().await?;
        Ok(Stored {
            id: id.to_string(),
            version: row.version,
        })
    }

    /// Stores the state a move led to, and the move.
    async fn take_step(
        &self,
        tx: &mut Tx,
        hand: &Hand,
        row: MatterRow,
        (step, next, text): (MatterMove, &MatterState, &str),
    ) -> Result<MatterRow> {
        let from = row.state.clone();
        let row = with_state(row, next, self.today()?);
        if !matters::set_state(tx, &from, &row).await? {
            return Err(AppError::Busy);
        }
        self.add_move(tx, hand, &row, step.as_str(), text).await?;
        Ok(row)
    }

    /// Tells the trail of a move; the last thing before the commit.
    async fn tell_step(
        &self,
        tx: &mut Tx,
        hand: &Hand,
        row: &MatterRow,
        (step, next, text): (MatterMove, &MatterState, String),
    ) -> Result<()> {
        let state = next.name();
        let event = AuditEvent::MatterMoved { step, state, text };
        self.record(tx, hand.actor(), &row.id, &event).await
    }

    /// Assigns a matter that was raised in this transaction with somebody who answers for it and a day.
    pub(crate) async fn assign_raised(
        &self,
        tx: &mut Tx,
        hand: &Hand,
        id: &MatterId,
    ) -> Result<()> {
        hand.decides()?;
        let stored = kept(tx, id).await?;
        let named = !stored.matter.responsible.is_empty() && stored.matter.due_on.is_some();
        let next = stored.state.assign(named)?;
        let step = MatterMove::Assign;
        let row = self
            .take_step(tx, hand, stored.row, (step, &next, ""))
            .await?;
        self.tell_step(tx, hand, &row, (step, &next, String::new()))
            .await
    }

    /// Puts down who answers for a matter and by when, where the form says so.
    async fn name_responsible(
        &self,
        tx: &mut Tx,
        hand: &Hand,
        id: &MatterId,
        mut stored: Kept,
        form: &MoveForm,
    ) -> Result<Kept> {
        let mut draft = MatterDraft::from(&stored.matter);
        for (field, given) in [
            (&mut draft.responsible, &form.responsible),
            (&mut draft.due_on, &form.due_on),
        ] {
            if !given.trim().is_empty() {
                field.clone_from(given);
            }
        }
        let matter = draft.read(self.today()?)?;
        if matter != stored.matter {
            stored.row.version = self.store_fields(tx, hand, id, &stored, &matter).await?;
            stored.matter = matter;
        }
        Ok(stored)
    }

    /// Writes down how much of a key task was done by a day; the same day again corrects it.
    ///
    /// # Errors
    /// [`AppError::Fields`], [`AppError::NotFound`], [`AppError::NotYourUnit`], [`AppError::WrongState`].
    pub async fn progress_matter(
        &self,
        hand: &Hand,
        id: &MatterId,
        on: &str,
        done: &str,
        note: &str,
    ) -> Result<()> {
        let today = self.today()?;
        let mut check = Check::default();
        let day = check.past_day("on_date", on, today).unwrap_or(today);
        let amount: Option<Amount> = check.needed("done", done, "amount");
        let note = check.text("note", note, 0..=400);
        let amount = check.done(amount)?;
        let mut tx = self.store().begin().await?;
        let stored = kept(&mut tx, id).await?;
        hand.writes(&stored.place)?;
        if matches!(stored.state, MatterState::Closed { .. }) {
            return Err(AppError::WrongState {
                state: stored.row.state,
            });
        }
        if stored.matter.quantity.is_none() {
            return Err(super::refused("done", "quantity_none"));
        }
        let row = ProgressRow {
            matter: id.to_string(),
            on_date: day.to_string(),
            done: amount.thousandths(),
            note,
        };
        matters::put_progress(&mut tx, &row).await?;
        let event = AuditEvent::MatterProgressed {
            on: day,
            done: amount,
        };
        self.record(&mut tx, hand.actor(), id.as_str(), &event)
            .await?;
        tx.commit().await?;
        Ok(())
    }
}

/// The row in its new state; who reported and who closed stand in it as long as that is so.
fn with_state(mut row: MatterRow, next: &MatterState, today: Date) -> MatterRow {
    row.state = next.name().to_string();
    let today = Some(today.to_string());
    match next {
        MatterState::Reported { by } => {
            (row.reported_by, row.reported_on) = (Some(by.to_string()), today);
        }
        MatterState::Closed { reported_by, by } => {
            row.reported_by = Some(reported_by.to_string());
            (row.closed_by, row.closed_on) = (Some(by.to_string()), today);
        }
        MatterState::Raised | MatterState::Assigned | MatterState::SentBack => {
            (row.reported_by, row.reported_on) = (None, None);
            (row.closed_by, row.closed_on) = (None, None);
        }
    }
    row
}
