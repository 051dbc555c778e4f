//! Running the meeting: what the hall shows, the lots, comments, reconciliation.

use pingyi_domain::audit::AuditEvent;
use pingyi_domain::config::OrderRule;
use pingyi_domain::order::draw as lots;
use pingyi_domain::stage::StageOrder;
use pingyi_domain::{Actor, AppraisalId, PresenterCode};
use pingyi_store::Tx;
use pingyi_store::repo::boxes;
use pingyi_store::repo::documents::{self, Kind};

use crate::appraisal_view::{draw_of, sheet, stage_of};
use crate::events::Topic;
use crate::loaded::Loaded;
use crate::reports::{bring_own_slides, fix_deck};
use crate::{App, AppError, AppraisalView, Draw, ReconciliationIn, Result};

/// The most characters of a comment.
const MAX_COMMENT: usize = 4_000;

impl App {
    /// Changes what the hall screen shows. Whoever gets the stage before the boxes close has their slides fixed; they may
    /// be called again, and later there is nothing left to fix.
    ///
    /// # Errors
    /// [`AppError::Stage`], [`AppError::WrongState`] once archived or void.
    pub async fn set_stage(
        &self,
        actor: &Actor,
        id: &AppraisalId,
        order: &StageOrder,
    ) -> Result<AppraisalView> {
        let mut tx = self.store().begin().await?;
        let appraisal = Loaded::lock(&mut tx, id).await?;
        still_written(&appraisal)?;
        let before = stage_of(&mut tx, &appraisal).await?;
        let scene_or_speaker = (before.scene, before.presenter.clone());
        let stage = before.ordered(
            order,
            &appraisal.config,
            appraisal.state.shows_result(),
            self.millis(),
        )?;
        documents::put(
            &mut tx,
            id,
            Kind::Stage,
            "",
            &serde_json::to_string(&stage)?,
        )
        .await?;
        if let Some(code) = &stage.presenter
            && scene_or_speaker.1.as_ref() != Some(code)
            && appraisal.state.is_before_closing()
        {
            bring_own_slides(self, &mut tx, actor, (&appraisal, code)).await?;
            fix_deck(self, &mut tx, actor, (&appraisal, code)).await?;
        }
        // Turning a page or starting the clock is no business of the audit trail.
        if scene_or_speaker != (stage.scene, stage.presenter.clone()) {
            let scene = serde_json::to_value(stage.scene)?
                .as_str()
                .unwrap_or_default()
                .to_owned();
            let event = AuditEvent::StageSet {
                scene,
                presenter: stage.presenter,
            };
            self.record(&mut tx, actor, id.as_str(), &event).await?;
        }
        tx.commit().await?;
        self.announce(id, &[Topic::Stage]);
        self.appraisal(id).await
    }

    /// Draws the order by lot, once, from the heads that sealing gave the boards: nobody can choose the seed, and
    /// anybody can repeat the draw.
    ///
    /// # Errors
    /// [`AppError::WrongState`] before sealing, [`AppError::AlreadyDrawn`], [`AppError::Invalid`] when the
    /// order is not by lot.
    pub async fn draw(&self, actor: &Actor, id: &AppraisalId) -> Result<AppraisalView> {
        let mut tx = self.store().begin().await?;
        let appraisal = Loaded::lock(&mut tx, id).await?;
        if appraisal.config.order != OrderRule::Lot {
            return Err(AppError::Invalid {
                field: "order",
                rule: "not_by_lot",
            });
        }
        if appraisal.state.frozen().is_none() || appraisal.state.counted().is_some() {
            return appraisal.wrong_state();
        }
        if draw_of(&mut tx, id).await?.is_some() {
            return Err(AppError::AlreadyDrawn);
        }
        let draw = self.draw_lots(&mut tx, &appraisal).await?;
        documents::put(&mut tx, id, Kind::Draw, "", &serde_json::to_string(&draw)?).await?;
        let event = AuditEvent::OrderDrawn {
            seed: draw.seed,
            order: draw.order,
        };
        self.record(&mut tx, actor, id.as_str(), &event).await?;
        tx.commit().await?;
        self.announce(id, &[Topic::Stage, Topic::Appraisal]);
        self.appraisal(id).await
    }

    async fn draw_lots(&self, tx: &mut Tx, appraisal: &Loaded) -> Result<Draw> {
        let rows = boxes::of_appraisal(tx, &appraisal.id).await?;
        let heads = crate::order::sealed_heads(tx, &rows).await?;
        lots(&appraisal.id, &heads, &appraisal.config.order_as_entered())
            .map_err(AppError::internal)
    }

    /// Stores the leader's comment on a presenter; an empty text takes it away.
    ///
    /// # Errors
    /// [`AppError::NotFound`] for an unknown presenter, [`AppError::Invalid`] when it is too long,
    /// [`AppError::WrongState`] once archived or void.
    pub async fn comment(
        &self,
        actor: &Actor,
        id: &AppraisalId,
        presenter: &PresenterCode,
        text: &str,
    ) -> Result<AppraisalView> {
        let text = text.trim();
        if text.chars().count() > MAX_COMMENT {
            return Err(AppError::Invalid {
                field: "text",
                rule: "too_long",
            });
        }
        let mut tx = self.store().begin().await?;
        let appraisal = Loaded::lock(&mut tx, id).await?;
        still_written(&appraisal)?;
        appraisal
            .config
            .presenter(presenter)
            .ok_or(AppError::NotFound)?;
        if text.is_empty() {
            documents::remove(&mut tx, id, Kind::Comment, presenter.as_str()).await?;
        } else {
            let body = serde_json::to_string(text)?;
            documents::put(&mut tx, id, Kind::Comment, presenter.as_str(), &body).await?;
        }
        let event = AuditEvent::CommentWritten {
            presenter: presenter.clone(),
        };
        self.record(&mut tx, actor, id.as_str(), &event).await?;
        tx.commit().await?;
        self.announce(id, &[Topic::Appraisal]);
        self.appraisal(id).await
    }

    /// Stores what was counted by hand in a category.
    ///
    /// # Errors
    /// [`AppError::NotFound`] for an unknown category, [`AppError::WrongState`] once released.
    pub async fn reconcile(
        &self,
        actor: &Actor,
        id: &AppraisalId,
        input: &ReconciliationIn,
    ) -> Result<AppraisalView> {
        let mut tx = self.store().begin().await?;
        let appraisal = Loaded::lock(&mut tx, id).await?;
        appraisal
            .config
            .category(input.category)
            .ok_or(AppError::NotFound)?;
        still_written(&appraisal)?;
        if appraisal.state.shows_result() {
            return appraisal.wrong_state();
        }
        let counted = input.counted();
        let body = serde_json::to_string(&counted)?;
        documents::put(
            &mut tx,
            id,
            Kind::Reconciliation,
            &input.category.to_string(),
            &body,
        )
        .await?;
        let event = AuditEvent::ReconciliationSet {
            category: input.category,
            numbers: serde_json::to_value(&counted)?,
        };
        self.record(&mut tx, actor, id.as_str(), &event).await?;
        tx.commit().await?;
        self.announce(id, &[Topic::Appraisal, Topic::Turnout]);
        self.appraisal(id).await
    }

    /// Categories in which more came back than went out.
    pub(crate) async fn overdrawn(
        &self,
        tx: &mut Tx,
        appraisal: &Loaded,
    ) -> Result<Vec<pingyi_domain::CategoryCode>> {
        let rows = boxes::of_appraisal(tx, &appraisal.id).await?;
        Ok(sheet(tx, appraisal, &rows).await?.overdrawn())
    }
}

fn still_written(appraisal: &Loaded) -> Result<()> {
    use pingyi_domain::appraisal::State;
    match appraisal.state {
        State::Archived(_) | State::Voided(_) => appraisal.wrong_state(),
        _ => Ok(()),
    }
}
