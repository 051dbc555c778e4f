//! Closed → Counted: the result is worked out once and kept.

use pingyi_domain::appraisal::{BoxOutcome, State};
use pingyi_domain::audit::AuditEvent;
use pingyi_domain::{Actor, AppraisalId, CategoryCode};
use pingyi_store::Conn;
use pingyi_store::repo::boxes;
use pingyi_store::repo::documents::{self, Kind};

use crate::appraisal_view::verification_of;
use crate::events::Topic;
use crate::loaded::{Loaded, ballot_box, category_of};
use crate::result_tables::WorkedOut;
use crate::seal::trail_head;
use crate::work_out::Counted;
use crate::{App, Result, ResultView};

impl App {
    /// Closed → Counted when every box is skipped, or opened and found valid. The scores and rank ranges, which take
    /// seconds for tens of thousands of raters, are worked out outside the transaction; they follow from the boards
    /// alone, so whoever comes second stores nothing.
    pub(crate) async fn count(&self, id: &AppraisalId) -> Result<()> {
        loop {
            let mut view = self.store().read().await?;
            let appraisal = Loaded::read(&mut view, id).await?;
            if !matches!(appraisal.state, State::Closed(_)) {
                return Ok(());
            }
            let outcomes = outcomes(&mut view, &appraisal).await?;
            if appraisal.state.clone().count(&outcomes).is_err() {
                return Ok(());
            }
            let counted = Counted::read(&mut view, &appraisal).await?;
            let ground = self.ground(&mut view, &appraisal).await?;
            drop(view);
            let worked = self.work_out(counted.clone(), ground).await?;
            if self.store_count(id, &counted, &worked).await? {
                return Ok(());
            }
        }
    }

    /// Stores result and grades; false when the lots were drawn meanwhile, which changes the order of the tables, or a
    /// leader evaluated somebody.
    async fn store_count(
        &self,
        id: &AppraisalId,
        counted: &Counted,
        worked: &WorkedOut,
    ) -> Result<bool> {
        let mut tx = self.store().begin().await?;
        let mut appraisal = Loaded::lock(&mut tx, id).await?;
        if !matches!(appraisal.state, State::Closed(_)) {
            return Ok(true);
        }
        if Counted::read(&mut tx, &appraisal).await? != *counted {
            return Ok(false);
        }
        let outcomes = outcomes(&mut tx, &appraisal).await?;
        let Ok(state) = appraisal.state.clone().count(&outcomes) else {
            return Ok(true);
        };
        let skipped = state
            .counted()
            .map(|counted| counted.skipped.clone())
            .unwrap_or_default();
        appraisal.move_to(&mut tx, state).await?;
        let event = AuditEvent::AppraisalCounted { skipped };
        self.record(&mut tx, &Actor::System, id.as_str(), &event)
            .await?;
        // On the signed sheet, where nobody who can write to the database reaches it.
        let result = ResultView {
            trail: Some(trail_head(&mut tx).await?),
            ..worked.result.clone()
        };
        let result = serde_json::to_string(&result)?;
        documents::put(&mut tx, id, Kind::Result, "", &result).await?;
        let grades = serde_json::to_string(&worked.grades)?;
        documents::put(&mut tx, id, Kind::Grades, "", &grades).await?;
        tx.commit().await?;
        self.announce(id, &[Topic::Appraisal, Topic::Boxes, Topic::Result]);
        Ok(true)
    }
}

/// A box with findings stays pending: its result is not announced.
async fn outcomes(conn: &mut Conn, appraisal: &Loaded) -> Result<Vec<(CategoryCode, BoxOutcome)>> {
    let mut outcomes = Vec::new();
    for row in boxes::of_appraisal(conn, &appraisal.id).await? {
        let outcome = ballot_box(&row, 0, &[])?.outcome();
        let verified = verification_of(conn, &appraisal.id, &row).await?;
        let valid = verified.is_some_and(|line| line.status == "valid");
        let outcome = if outcome == BoxOutcome::Opened && !valid {
            BoxOutcome::Pending
        } else {
            outcome
        };
        outcomes.push((category_of(&row)?, outcome));
    }
    Ok(outcomes)
}
