//! Remarks of the office in the margin, and what becomes of them.

use pingyi_domain::audit::AuditEvent;
use pingyi_domain::record::{Check, FieldProblem, RemarkId, ReportId};
use pingyi_domain::report::{RemarkError, RemarkMove, RemarkState, ReportStateName};
use pingyi_store::repo::reports::{self, RemarkRow};
use serde::Deserialize;

use super::kept;
use crate::record::{Hand, Stored};
use crate::{App, AppError, Result};

/// A remark, as it is sent.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct RemarkForm {
    /// Code of the section.
    pub section: String,
    /// The stretch it is about, up to 400 characters; empty for the whole section.
    pub quote: String,
    /// 1 to 1,000 characters.
    pub text: String,
}

/// What is said with a move of a remark.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct RemarkMoveForm {
    /// With `answer`: up to 1,000 characters.
    pub text: String,
}

impl From<RemarkError> for AppError {
    fn from(error: RemarkError) -> Self {
        match error {
            RemarkError::WrongState { state, .. } => Self::WrongState {
                state: state.to_string(),
            },
            RemarkError::AnswerMissing => Self::Fields(vec![FieldProblem {
                field: "text".to_owned(),
                rule: "missing".to_owned(),
            }]),
        }
    }
}

impl App {
    /// Makes a remark on the version that is with the office.
    ///
    /// # Errors
    /// [`AppError::Fields`], [`AppError::NotFound`], [`AppError::NotYourUnit`] for all but the office,
    /// [`AppError::WrongState`] unless the report is submitted.
    pub async fn remark_report(
        &self,
        hand: &Hand,
        id: &ReportId,
        form: &RemarkForm,
    ) -> Result<Stored> {
        let mut check = Check::default();
        let quote = check.lines("quote", &form.quote, 0..=400);
        let text = check.lines("text", &form.text, 1..=1000);
        check.done(Some(()))?;
        let mut tx = self.store().begin().await?;
        let stored = kept(&mut tx, id).await?;
        hand.decides()?;
        stored
            .outline
            .section(&form.section)
            .ok_or(AppError::NotFound)?;
        if stored.state.name() != ReportStateName::Submitted {
            return Err(AppError::WrongState {
                state: stored.row.state,
            });
        }
        let version = reports::last_version(&mut tx, id.as_str()).await?;
        let version = version.ok_or_else(|| AppError::internal("submitted without a version"))?;
        let remark = RemarkId::generate(&mut self.rng());
        let row = RemarkRow {
            id: remark.to_string(),
            report: id.to_string(),
            seq: version.seq,
            section: form.section.clone(),
            quote,
            text: text.clone(),
            state: RemarkState::Open.to_string(),
            actor: hand.actor().to_string(),
            at: self.now(),
            answer: String::new(),
            answered_by: None,
            answered_at: None,
        };
        reports::add_remark(&mut tx, &row).await?;
        let event = AuditEvent::RemarkMade {
            remark: remark.clone(),
            section: row.section,
            text,
        };
        self.record(&mut tx, hand.actor(), id.as_str(), &event)
            .await?;
        tx.commit().await?;
        Ok(Stored {
            id: remark.into(),
            version: 1,
        })
    }

    /// Answers a remark (the unit, while it writes), settles it or opens it again (the office, until the report is
    /// approved).
    ///
    /// # Errors
    /// [`AppError::Fields`], [`AppError::NotFound`], [`AppError::NotYourUnit`], [`AppError::WrongState`].
    pub async fn move_remark(
        &self,
        hand: &Hand,
        id: &RemarkId,
        step: RemarkMove,
        form: &RemarkMoveForm,
    ) -> Result<()> {
        let mut check = Check::default();
        let text = check.lines("text", &form.text, 0..=1000);
        let text = check.done(Some(text))?;
        let mut tx = self.store().begin().await?;
        let row = reports::remark(&mut tx, id.as_str()).await?;
        let mut row = row.ok_or(AppError::NotFound)?;
        let report: ReportId = row.report.parse().map_err(AppError::internal)?;
        let stored = kept(&mut tx, &report).await?;
        match step {
            RemarkMove::Answer => {
                hand.drafts(stored.place())?;
                stored.is_open()?;
            }
            RemarkMove::Settle | RemarkMove::Open => {
                hand.decides()?;
                if stored.state.name() == ReportStateName::Approved {
                    return Err(AppError::WrongState {
                        state: stored.row.state,
                    });
                }
            }
        }
        let from = row.state.clone();
        let state: RemarkState = from.parse().map_err(AppError::internal)?;
        row.state = state.take(step, !text.is_empty())?.to_string();
        if step == RemarkMove::Answer {
            row.answer.clone_from(&text);
            row.answered_by = Some(hand.actor().to_string());
            row.answered_at = Some(self.now());
        }
        if !reports::put_remark(&mut tx, &from, &row).await? {
            return Err(AppError::Busy);
        }
        let event = AuditEvent::RemarkMoved {
            remark: id.clone(),
            step,
            text,
        };
        self.record(&mut tx, hand.actor(), report.as_str(), &event)
            .await?;
        tx.commit().await?;
        Ok(())
    }
}
