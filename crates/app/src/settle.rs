//! What follows when boxes close or open, whoever made it so: tally, verification, count.
//!
//! Every step reads outside any transaction, works on the cores set aside for it, and stores what it found only if the
//! board still stands where it stood. So ballots of other meetings never wait for it, it may run twice at once, and a
//! crash loses nothing: the next start goes on.

use std::time::Duration;

use pingyi_domain::AppraisalId;
use pingyi_domain::appraisal::State;
use pingyi_store::repo::{appraisals, boxes};

use crate::appraisal_view::verification_of;
use crate::loaded::Loaded;
use crate::verify_boxes::head_text;
use crate::{App, AppError, Result};

/// How long an answer waits for the work it has set off; small meetings have their result with the answer, large ones
/// hear of it by a live event.
const PATIENCE: Duration = Duration::from_secs(20);

impl App {
    /// Sets [`App::settle`] off and waits for it, not for ever. It goes on when the one who asked has gone.
    pub(crate) async fn settle_soon(&self, id: &AppraisalId) -> Result<()> {
        let (reply, done) = tokio::sync::oneshot::channel();
        let (app, id) = (self.clone(), id.clone());
        self.spawn(async move {
            let settled = app.settle(&id).await;
            if let Err(error) = &settled {
                tracing::error!(code = error.code(), %error, "the count is not finished");
            }
            // Whoever asked may have gone.
            let _ = reply.send(settled);
        });
        match tokio::time::timeout(PATIENCE, done).await {
            Ok(settled) => settled.map_err(|_| AppError::ShuttingDown)?,
            Err(_) => Ok(()),
        }
    }

    /// Tallies every closed box, verifies every opened one as anybody would from its files, and counts the appraisal
    /// when all boxes are done. Safe to call at any time, any number of times.
    pub(crate) async fn settle(&self, id: &AppraisalId) -> Result<()> {
        // Two at once would do the same work twice; other nodes may, which costs time and nothing else.
        let _one = self.0.settling.lock().await;
        let mut view = self.store().read().await?;
        let appraisal = Loaded::read(&mut view, id).await?;
        if !matches!(appraisal.state, State::Closed(_)) {
            return Ok(());
        }
        let rows = boxes::of_appraisal(&mut view, id).await?;
        let (mut closed, mut opened) = (Vec::new(), Vec::new());
        for row in rows {
            let known = verification_of(&mut view, id, &row).await?;
            match row.state.as_str() {
                "closed" => closed.push(row),
                "opened" if known.is_none_or(|line| line.head != head_text(&row)) => {
                    opened.push(row);
                }
                _ => {}
            }
        }
        drop(view);
        for row in &closed {
            self.tally_box(&appraisal, row).await?;
        }
        for row in &opened {
            self.verify_box(id, row).await?;
        }
        self.count(id).await
    }

    /// Goes on with what a stop of the server interrupted. A meeting that cannot be settled does not keep the others
    /// from being served: it is logged, and pressing "verify again" tries anew.
    pub(crate) async fn finish_interrupted(&self) -> Result<()> {
        let mut view = self.store().read().await?;
        let rows = appraisals::all(&mut view).await?;
        drop(view);
        for row in rows.into_iter().filter(|row| row.state == "closed") {
            let id: AppraisalId = row.id.parse().map_err(AppError::internal)?;
            // Logged where it happens.
            let _ = self.settle_soon(&id).await;
        }
        Ok(())
    }
}
