//! After the count: release or keep, archive, void.

use pingyi_domain::appraisal::VoidReason;
use pingyi_domain::audit::AuditEvent;
use pingyi_domain::{Actor, AppraisalId};
use pingyi_store::repo::boxes;

use crate::events::Topic;
use crate::loaded::{Loaded, ballot_box, id_of, lock_boxes};
use crate::{App, AppraisalView, Result};

impl App {
    /// Makes the result known.
    ///
    /// # Errors
    /// [`crate::AppError::WrongState`], `returned_above_issued`.
    pub async fn release(&self, actor: &Actor, id: &AppraisalId) -> Result<AppraisalView> {
        let mut tx = self.store().begin().await?;
        let mut appraisal = Loaded::lock(&mut tx, id).await?;
        let overdrawn = self.overdrawn(&mut tx, &appraisal).await?;
        let state = appraisal.state.clone().release(overdrawn)?;
        appraisal.move_to(&mut tx, state).await?;
        self.record(&mut tx, actor, id.as_str(), &AuditEvent::ResultReleased {})
            .await?;
        tx.commit().await?;
        self.after(id).await
    }

    /// Keeps the result for the committee.
    ///
    /// # Errors
    /// [`crate::AppError::WrongState`], `already_kept`, `returned_above_issued`.
    pub async fn keep(&self, actor: &Actor, id: &AppraisalId) -> Result<AppraisalView> {
        let mut tx = self.store().begin().await?;
        let mut appraisal = Loaded::lock(&mut tx, id).await?;
        let overdrawn = self.overdrawn(&mut tx, &appraisal).await?;
        let state = appraisal.state.clone().keep(overdrawn)?;
        appraisal.move_to(&mut tx, state).await?;
        self.record(&mut tx, actor, id.as_str(), &AuditEvent::ResultKept {})
            .await?;
        tx.commit().await?;
        self.after(id).await
    }

    /// Puts everything away.
    ///
    /// # Errors
    /// [`crate::AppError::WrongState`], `neither_released_nor_kept`, `returned_above_issued`.
    pub async fn archive(&self, actor: &Actor, id: &AppraisalId) -> Result<AppraisalView> {
        let mut tx = self.store().begin().await?;
        let mut appraisal = Loaded::lock(&mut tx, id).await?;
        let overdrawn = self.overdrawn(&mut tx, &appraisal).await?;
        let state = appraisal.state.clone().archive(overdrawn)?;
        appraisal.move_to(&mut tx, state).await?;
        self.record(
            &mut tx,
            actor,
            id.as_str(),
            &AuditEvent::AppraisalArchived {},
        )
        .await?;
        tx.commit().await?;
        self.after(id).await
    }

    /// Declares the appraisal void; the boards stay as they are.
    ///
    /// # Errors
    /// [`crate::AppError::WrongState`], `reason_missing`, `reason_too_long`.
    pub async fn void(
        &self,
        actor: &Actor,
        id: &AppraisalId,
        reason: &str,
    ) -> Result<AppraisalView> {
        let reason = VoidReason::new(reason)?;
        let mut tx = self.store().begin().await?;
        let mut appraisal = Loaded::lock(&mut tx, id).await?;
        let event = AuditEvent::AppraisalVoided {
            reason: reason.as_str().to_owned(),
        };
        let state = appraisal.state.clone().void(reason)?;
        for row in lock_boxes(&mut tx, id).await? {
            let next = ballot_box(&row, 0, &[])?.void()?;
            boxes::set_state(&mut tx, &id_of(&row), next.name()).await?;
        }
        appraisal.move_to(&mut tx, state).await?;
        self.record(&mut tx, actor, id.as_str(), &event).await?;
        tx.commit().await?;
        self.after(id).await
    }

    async fn after(&self, id: &AppraisalId) -> Result<AppraisalView> {
        self.announce(
            id,
            &[Topic::Appraisal, Topic::Boxes, Topic::Result, Topic::Stage],
        );
        self.appraisal(id).await
    }
}
