//! Writing a group of ballots onto the board of one box, inside a transaction.

use pingyi_ballot::archive::EventType;
use pingyi_store::repo::ballots::{self, BallotRow};
use pingyi_store::repo::boxes::{self, BoxRow};
use pingyi_store::repo::roll;
use pingyi_store::{BoxId, Tx};

use super::{Checked, Waiting};
use crate::board_records::append;
use crate::{AppError, Receipt, Result};

/// What became of a group; valid once the transaction is committed.
pub(super) struct Written {
    /// The appraisal, when anything was added.
    pub appraisal: Option<String>,
    /// One per ballot of the group.
    pub answers: Vec<Result<Receipt>>,
}

/// Puts the ballots of a group onto the board, each if the box is open, its credential is on the roll and the
/// same ballot is not there yet.
///
/// # Errors
/// Only what concerns the whole transaction.
pub(super) async fn write_box(tx: &mut Tx, id: &BoxId, group: &[Waiting]) -> Result<Written> {
    let Some(mut row) = boxes::lock(tx, id).await? else {
        return Ok(Written {
            appraisal: None,
            answers: group.iter().map(|_| Err(AppError::NotFound)).collect(),
        });
    };
    let before = row.records;
    let mut answers = Vec::with_capacity(group.len());
    for waiting in group {
        answers.push(write_one(tx, id, &mut row, &waiting.ballot).await?);
    }
    let added = row.records > before;
    if added {
        boxes::advance(tx, before, &row).await?;
    }
    Ok(Written {
        appraisal: added.then_some(row.appraisal),
        answers,
    })
}

async fn write_one(
    tx: &mut Tx,
    id: &BoxId,
    row: &mut BoxRow,
    ballot: &Checked,
) -> Result<Result<Receipt>> {
    // The same ballot again: the same receipt, whatever the box does now.
    if let Some(known) = ballots::by_tracker(tx, id, &ballot.tracker).await? {
        return Ok(Ok(receipt(ballot.tracker_b64.clone(), known, false)));
    }
    if let Err(refusal) = takes_ballots(row) {
        return Ok(Err(refusal));
    }
    if !roll::has(tx, id, &ballot.credential).await? {
        return Ok(Err(AppError::Ballot {
            code: "ballot_not_on_roll",
        }));
    }
    let first = ballots::last_of(tx, id, &ballot.credential)
        .await?
        .is_none();
    let event = append(tx, row, EventType::Ballot, &[&ballot.json]).await?;
    let entry = BallotRow {
        tracker: ballot.tracker.clone(),
        credential: ballot.credential.clone(),
        height: row.height,
        event: event.hash().hex(),
    };
    ballots::insert(tx, id, &entry).await?;
    row.ballots += 1;
    row.voters += i64::from(first);
    Ok(Ok(receipt(ballot.tracker_b64.clone(), entry, true)))
}

/// Whether a box takes ballots now.
pub(crate) fn takes_ballots(row: &BoxRow) -> Result<()> {
    match row.state.as_str() {
        "open" => Ok(()),
        "paused" => Err(AppError::BoxPaused),
        _ => Err(AppError::BoxNotOpen),
    }
}

/// The receipt of a ballot on the board.
pub(crate) fn receipt(tracker: String, row: BallotRow, fresh: bool) -> Receipt {
    Receipt {
        tracker,
        height: row.height,
        event: row.event,
        fresh,
    }
}
