//! Taking an appraisal away whole: a draft, or a rehearsal. Its audit entries stay.

use crate::{AppraisalId, Conn, Result};

crate::statements::statements! {
    BALLOTS = "DELETE FROM ballots WHERE box IN (SELECT box FROM boxes WHERE appraisal = $1)";
    RECORDS = "DELETE FROM records WHERE box IN (SELECT box FROM boxes WHERE appraisal = $1)";
    SHARES = "DELETE FROM shares WHERE box IN (SELECT box FROM boxes WHERE appraisal = $1)";
    ROLL = "DELETE FROM roll WHERE box IN (SELECT box FROM boxes WHERE appraisal = $1)";
    BOXES = "DELETE FROM boxes WHERE appraisal = $1";
    OPINIONS = "DELETE FROM opinions WHERE appraisal = $1";
    URN = "DELETE FROM urn WHERE appraisal = $1";
    URN_SHARES = "DELETE FROM urn_shares WHERE appraisal = $1";
    EVALUATIONS = "DELETE FROM evaluations WHERE appraisal = $1";
    DECISIONS = "DELETE FROM grade_decisions WHERE appraisal = $1";
    DOCUMENTS = "DELETE FROM documents WHERE appraisal = $1";
    SLIDES = "DELETE FROM slides WHERE appraisal = $1";
    DECK_PHOTOS = "DELETE FROM shown_deck_photos WHERE appraisal = $1";
    DECKS = "DELETE FROM shown_decks WHERE appraisal = $1";
    PAPERS = "DELETE FROM papers WHERE appraisal = $1";
    SCANS = "DELETE FROM scans WHERE appraisal = $1";
    CEREMONY = "DELETE FROM ceremony WHERE appraisal = $1";
    TOKENS = "DELETE FROM tokens WHERE appraisal = $1";
    APPRAISAL = "DELETE FROM appraisals WHERE id = $1";
}

/// Takes everything of an appraisal away, children first.
///
/// # Errors
/// When the database fails.
pub async fn whole(conn: &mut Conn, id: &AppraisalId) -> Result<()> {
    for (_, statement) in STATEMENTS {
        sqlx::query(*statement)
            .bind(id.as_str())
            .execute(&mut *conn)
            .await?;
    }
    Ok(())
}

/// Takes the boxes and their rolls away, when the keys are made again before anything was cast.
///
/// # Errors
/// [`crate::StoreError::Orphan`] when a box has a board.
pub async fn boxes(conn: &mut Conn, id: &AppraisalId) -> Result<()> {
    for statement in [ROLL, BOXES] {
        sqlx::query(statement)
            .bind(id.as_str())
            .execute(&mut *conn)
            .await?;
    }
    Ok(())
}
