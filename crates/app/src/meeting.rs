//! Opening, pausing, resuming and closing the boxes.

use std::collections::HashSet;

use pingyi_ballot::archive::EventType;
use pingyi_ballot::ballot::Ciphertext;
use pingyi_ballot::tally::{EncryptedTally, SizedEncryptedTally, Weight};
use pingyi_domain::appraisal::{State, TransitionError};
use pingyi_domain::audit::{AuditEvent, BoxHead};
use pingyi_domain::ballot_box::{BallotBox, BoxError};
use pingyi_domain::{Actor, AppraisalId};
use pingyi_store::Tx;
use pingyi_store::repo::boxes::BoxRow;
use pingyi_store::repo::{ballots, board, boxes, opinions};

use crate::board_records::append;
use crate::events::Topic;
use crate::loaded::{Loaded, ballot_box, category_of, id_of, lock_boxes, minimum_of};
use crate::seal::ciphertexts;
use crate::{App, AppError, AppraisalView, Result};

/// Records read at a time: a ballot of 54 × 4 has about 130 kB.
const PAGE: i64 = 128;

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

    /// Open or Paused → Closed: every board ends its ballots and, when it has enough, gets its encrypted tally.
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
        opinions::rewrite(&mut tx, id).await?;
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
        if let Err(error) = self.store().tidy_urn().await {
            tracing::warn!(%error, "the urn's old rows are still there");
        }
        self.announce(id, &Topic::ALL);
        self.settle(id).await?;
        self.appraisal(id).await
    }

    async fn close_box(&self, tx: &mut Tx, row: &mut BoxRow, minimum: u32) -> Result<BallotBox> {
        let id = id_of(row);
        let ballots = u32::try_from(row.voters).map_err(AppError::internal)?;
        let end = ballot_box(row, minimum, &[])?
            .close(ballots)?
            .tally_or_skip(minimum)?;
        let before = row.records;
        append(tx, row, EventType::EndBallots, &[]).await?;
        if matches!(end, BallotBox::Tallied { .. }) {
            let (tally, sized) = self.tally(tx, row).await?;
            row.tally = row.records;
            append(tx, row, EventType::EncryptedTally, &[&tally, &sized]).await?;
        }
        boxes::advance(tx, before, row).await?;
        boxes::set_state(tx, &id, end.name()).await?;
        Ok(end)
    }

    /// Multiplies the ballots that count, page by page so that memory stays small.
    async fn tally(&self, tx: &mut Tx, row: &BoxRow) -> Result<(String, String)> {
        let id = id_of(row);
        let election = self
            .election(tx, &id)
            .await?
            .ok_or(AppError::internal("a box without election"))?;
        let counted = ballots::counted(tx, &id).await?;
        let weights = vec![Weight::ONE; counted.len()];
        let names: HashSet<String> = counted
            .into_iter()
            .map(|tracker| format!("{tracker}.data.json"))
            .collect();
        let mut tally = EncryptedTally::empty(&election);
        let mut found = 0;
        let mut from = 0;
        while from < row.records {
            let page = board::page(tx, &id, from, from + PAGE).await?;
            let texts: Vec<String> = page
                .into_iter()
                .filter(|record| names.contains(&record.name))
                .map(|record| record.content)
                .collect();
            found += texts.len();
            let part = self.0.caster.run(move || read_all(&texts)).await??;
            for answers in &part {
                tally
                    .add(answers, Weight::ONE)
                    .map_err(AppError::internal)?;
            }
            from += PAGE;
        }
        if found != names.len() {
            return Err(AppError::internal(
                "the board and the index of ballots differ",
            ));
        }
        let sized = SizedEncryptedTally::new(&tally, weights).map_err(AppError::internal)?;
        Ok((tally.json(), serde_json::to_string(&sized)?))
    }
}

fn read_all(texts: &[String]) -> Result<Vec<Vec<Vec<Ciphertext>>>> {
    use rayon::prelude::*;
    texts.par_iter().map(|text| ciphertexts(text)).collect()
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
