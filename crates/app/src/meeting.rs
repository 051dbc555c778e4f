//! Opening, pausing, resuming and closing the boxes.

use pingyi_ballot::archive::EventType;
use pingyi_domain::appraisal::{State, TransitionError};
use pingyi_domain::audit::{AuditEvent, BoxHead};
use pingyi_domain::ballot_box::{BallotBox, BoxError};
use pingyi_domain::{Actor, AppraisalId};
use pingyi_store::Tx;
use pingyi_store::repo::boxes::BoxRow;
use pingyi_store::repo::{boxes, opinions};
use rand_core::Rng;

use crate::board_records::append;
use crate::events::Topic;
use crate::loaded::{Loaded, ballot_box, category_of, id_of, lock_boxes, minimum_of};
use crate::{App, AppError, AppraisalView, Result};

impl App {
    /// Sealed → Open.
    ///
    /// # Errors
    /// [`AppError::WrongState`].
    pub async fn open_boxes(&self, actor: &Actor, id: &AppraisalId) -> Result<AppraisalView> {
        self.turn(
            actor,
            id,
            State::open,
            BallotBox::open,
            &AuditEvent::AppraisalOpened {},
        )
        .await
    }

    /// Open → Paused.
    ///
    /// # Errors
    /// [`AppError::WrongState`].
    pub async fn pause(&self, actor: &Actor, id: &AppraisalId) -> Result<AppraisalView> {
        self.turn(
            actor,
            id,
            State::pause,
            BallotBox::pause,
            &AuditEvent::AppraisalPaused {},
        )
        .await
    }

    /// Paused → Open.
    ///
    /// # Errors
    /// [`AppError::WrongState`].
    pub async fn resume(&self, actor: &Actor, id: &AppraisalId) -> Result<AppraisalView> {
        self.turn(
            actor,
            id,
            State::resume,
            BallotBox::resume,
            &AuditEvent::AppraisalResumed {},
        )
        .await
    }

    async fn turn(
        &self,
        actor: &Actor,
        id: &AppraisalId,
        appraisal_step: fn(State) -> std::result::Result<State, TransitionError>,
        box_step: fn(BallotBox) -> std::result::Result<BallotBox, BoxError>,
        event: &AuditEvent,
    ) -> Result<AppraisalView> {
        let mut tx = self.store().begin().await?;
        let mut appraisal = Loaded::lock(&mut tx, id).await?;
        let state = appraisal_step(appraisal.state.clone())?;
        for row in lock_boxes(&mut tx, id).await? {
            let next = box_step(ballot_box(&row, 0, &[])?)?;
            boxes::set_state(&mut tx, &id_of(&row), next.name()).await?;
        }
        appraisal.move_to(&mut tx, state).await?;
        self.record(&mut tx, actor, id.as_str(), event).await?;
        tx.commit().await?;
        self.announce(id, &[Topic::Appraisal, Topic::Boxes, Topic::Turnout]);
        self.appraisal(id).await
    }

    /// Open or Paused → Closed: every board ends its ballots; those that have enough get their encrypted tally right
    /// after (`tally_box.rs`), when no writer waits for it.
    ///
    /// A ballot is either on the board before this or refused: both hold the lock of the box.
    ///
    /// # Errors
    /// [`AppError::WrongState`], also for the second of two who close at once.
    pub async fn close(&self, actor: &Actor, id: &AppraisalId) -> Result<AppraisalView> {
        let mut tx = self.store().begin().await?;
        let mut appraisal = Loaded::lock(&mut tx, id).await?;
        let state = appraisal.state.clone().close()?;
        let mut heads = Vec::new();
        let mut skipped = Vec::new();
        for mut row in lock_boxes(&mut tx, id).await? {
            let minimum = minimum_of(&appraisal, &row)?;
            let end = self.close_box(&mut tx, &mut row, minimum).await?;
            if let BallotBox::Skipped { ballots, minimum } = end {
                skipped.push(AuditEvent::BoxSkipped {
                    category: category_of(&row)?,
                    ballots,
                    minimum,
                });
            }
            heads.push(head_mark(&row)?);
        }
        let mut arrived = opinions::shut(&mut tx, id).await?;
        shuffle(&mut arrived, &mut self.rng());
        opinions::remove(&mut tx, id, &arrived).await?;
        appraisal.move_to(&mut tx, state).await?;
        self.record(
            &mut tx,
            actor,
            id.as_str(),
            &AuditEvent::AppraisalClosed { boxes: heads },
        )
        .await?;
        for event in &skipped {
            self.record(&mut tx, &Actor::System, id.as_str(), event)
                .await?;
        }
        tx.commit().await?;
        self.forget_deleted().await;
        self.announce(id, &Topic::ALL);
        self.settle_soon(id).await?;
        self.appraisal(id).await
    }

    async fn close_box(&self, tx: &mut Tx, row: &mut BoxRow, minimum: u32) -> Result<BallotBox> {
        let ballots = u32::try_from(row.voters).map_err(AppError::internal)?;
        let closed = ballot_box(row, minimum, &[])?.close(ballots)?;
        let end = match closed.clone().tally_or_skip(minimum)? {
            skipped @ BallotBox::Skipped { .. } => skipped,
            _ => closed,
        };
        let before = row.records;
        append(tx, row, EventType::EndBallots, &[]).await?;
        boxes::advance(tx, before, row).await?;
        boxes::set_state(tx, &id_of(row), end.name()).await?;
        Ok(end)
    }
}

/// The head of a board for the audit trail.
pub(crate) fn head_mark(row: &BoxRow) -> Result<BoxHead> {
    Ok(BoxHead {
        category: category_of(row)?,
        height: u64::try_from(row.height).map_err(AppError::internal)?,
        head: row.head.parse().map_err(AppError::internal)?,
        ballots: u32::try_from(row.voters).map_err(AppError::internal)?,
    })
}

/// Fisher and Yates; the remainder's bias is below one in 2^40 for any urn.
fn shuffle(list: &mut [String], rng: &mut impl Rng) {
    for last in (1..list.len()).rev() {
        // Both fit: a list has fewer than 2^64 entries, and the remainder is below its length.
        let places = u64::try_from(last).unwrap_or(u64::MAX).saturating_add(1);
        let chosen = usize::try_from(rng.next_u64() % places).unwrap_or(last);
        list.swap(last, chosen);
    }
}
