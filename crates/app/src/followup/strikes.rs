//! Opinions struck as abusive: by the office, with a reason, and seen by a second pair of eyes. The opened urn and the
//! archive stay as they are; what is struck is no longer shown.

use pingyi_domain::audit::AuditEvent;
use pingyi_domain::record::{Check, FieldProblem};
use pingyi_domain::{Actor, AppraisalId, PresenterCode};
use pingyi_store::repo::followups::{self, OpinionStrikeRow};
use pingyi_store::{StoreError, Tx};

use super::followed_locked;
use crate::opinions::opened;
use crate::{App, AppError, Result};

/// One opinion of an appraisal.
#[derive(Debug, Clone, Copy)]
struct Which<'a> {
    id: &'a AppraisalId,
    presenter: &'a PresenterCode,
    number: u32,
}

fn reason(text: &str, least: usize) -> std::result::Result<String, Vec<FieldProblem>> {
    let mut check = Check::default();
    let reason = check.lines("reason", text, least..=400);
    check.done(Some(reason))
}

impl App {
    /// The appraisals with opinions that wait for a leader, and how many of each.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn strikes_waiting(&self) -> Result<Vec<(AppraisalId, i64)>> {
        let mut view = self.store().read().await?;
        let rows = followups::waiting(&mut view).await?;
        rows.into_iter()
            .map(|(id, number)| Ok((id.parse().map_err(AppError::internal)?, number)))
            .collect()
    }

    /// Strikes an opinion as abusive; it waits for a leader.
    ///
    /// # Errors
    /// [`AppError::Fields`] without a reason, [`AppError::NotFound`], [`AppError::WrongState`],
    /// [`AppError::OfRehearsal`], [`AppError::AlreadyStruck`].
    pub async fn strike_opinion(
        &self,
        actor: &Actor,
        id: &AppraisalId,
        presenter: &PresenterCode,
        number: u32,
        why: &str,
    ) -> Result<()> {
        let reason = reason(why, 1)?;
        let which = Which {
            id,
            presenter,
            number,
        };
        let mut tx = self.store().begin().await?;
        exists(&mut tx, which).await?;
        let row = OpinionStrikeRow {
            appraisal: id.to_string(),
            presenter: presenter.to_string(),
            number: number.into(),
            reason: reason.clone(),
            struck_by: actor.to_string(),
            struck_at: self.now(),
            confirmed_by: None,
            confirmed_at: None,
        };
        match followups::strike(&mut tx, &row).await {
            Err(StoreError::Conflict) => return Err(AppError::AlreadyStruck),
            other => other?,
        }
        let event = AuditEvent::OpinionStruck {
            presenter: presenter.clone(),
            number,
            reason,
        };
        self.record(&mut tx, actor, id.as_str(), &event).await?;
        tx.commit().await?;
        Ok(())
    }

    /// A leader says whether an opinion is struck. What is not stands again as before.
    ///
    /// # Errors
    /// [`AppError::NotFound`] when it does not wait, [`AppError::SamePerson`] when who struck it would confirm it,
    /// [`AppError::Fields`] when it is not confirmed without saying why.
    pub async fn decide_strike(
        &self,
        actor: &Actor,
        id: &AppraisalId,
        presenter: &PresenterCode,
        number: u32,
        (struck, why): (bool, &str),
    ) -> Result<()> {
        let answer = reason(why, usize::from(!struck))?;
        let which = Which {
            id,
            presenter,
            number,
        };
        let mut tx = self.store().begin().await?;
        let mut row = waiting(&mut tx, which).await?;
        if struck && row.struck_by == actor.to_string() {
            return Err(AppError::SamePerson);
        }
        (row.confirmed_by, row.confirmed_at) = (Some(actor.to_string()), Some(self.now()));
        let done = if struck {
            followups::confirm(&mut tx, &row).await?
        } else {
            followups::unstrike(&mut tx, &row).await?
        };
        if !done {
            return Err(AppError::Busy);
        }
        let event = AuditEvent::StrikeDecided {
            presenter: presenter.clone(),
            number,
            struck,
            answer,
        };
        self.record(&mut tx, actor, id.as_str(), &event).await?;
        tx.commit().await?;
        Ok(())
    }
}

/// The opinion is there.
async fn exists(tx: &mut Tx, which: Which<'_>) -> Result<()> {
    let appraisal = followed_locked(tx, which.id).await?;
    let sheet = opened(tx, &appraisal).await?.ok_or(AppError::NotFound)?;
    let texts = sheet
        .presenters
        .iter()
        .find(|of| of.code == *which.presenter)
        .map_or(0, |of| of.texts.len());
    let place = usize::try_from(which.number).map_err(AppError::internal)?;
    if place == 0 || place > texts {
        return Err(AppError::NotFound);
    }
    Ok(())
}

/// The strike that waits for a leader.
async fn waiting(tx: &mut Tx, which: Which<'_>) -> Result<OpinionStrikeRow> {
    followed_locked(tx, which.id).await?;
    let all = followups::strikes(tx, which.id).await?;
    let found = all.into_iter().find(|row| {
        row.presenter == which.presenter.as_str()
            && row.number == i64::from(which.number)
            && row.confirmed_by.is_none()
    });
    found.ok_or(AppError::NotFound)
}
