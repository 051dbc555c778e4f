//! Casting a ballot: the rater's one act.

use pingyi_ballot::ballot::tracker;
use pingyi_store::BoxId;
use pingyi_store::repo::{ballots, boxes};

use crate::casting::group::{receipt, takes_ballots};
use crate::{App, AppError, Receipt, Result};

/// The most bytes of a ballot (contract §3.5).
pub const MAX_BALLOT_BYTES: usize = 2_000_000;

impl App {
    /// Puts a ballot onto the board of its box and answers when it is durable. The same ballot again gets the
    /// same receipt, also after closing; another ballot with the same credential replaces the first in the count.
    ///
    /// # Errors
    /// [`AppError::Ballot`] with a code of contract §3.5, [`AppError::BoxNotOpen`], [`AppError::BoxPaused`],
    /// [`AppError::Busy`] (nothing was stored; try again), [`AppError::DiskFull`], [`AppError::NotFound`].
    pub async fn cast_ballot(&self, id: &BoxId, body: Vec<u8>) -> Result<Receipt> {
        if body.len() > MAX_BALLOT_BYTES {
            return Err(AppError::Ballot {
                code: "ballot_too_large",
            });
        }
        let room = self.0.caster.room_for(body.len())?;
        let json = String::from_utf8(body).map_err(|_| AppError::Ballot {
            code: "ballot_malformed",
        })?;
        let mark = tracker(&json);
        // What needs no proof to be checked is answered first and cheaply.
        let mut view = self.store().read().await?;
        let row = boxes::by_id(&mut view, id)
            .await?
            .ok_or(AppError::NotFound)?;
        if let Some(known) = ballots::by_tracker(&mut view, id, &mark.hex()).await? {
            return Ok(receipt(mark.b64(), known, false));
        }
        takes_ballots(&row)?;
        let election = self
            .election(&mut view, id)
            .await?
            .ok_or(AppError::BoxNotOpen)?;
        drop(view);
        let ballot = self.0.caster.check(election, id.clone(), json).await?;
        self.0.caster.write(ballot, room).await
    }
}
