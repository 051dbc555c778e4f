//! Ballot boxes: state, and the head of each board's chain.

use crate::{AppraisalId, BoxId, Conn, Result};

/// One box.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct BoxRow {
    /// Uuid of its election.
    pub r#box: String,
    /// Its appraisal.
    pub appraisal: String,
    /// Place among the boxes of the appraisal, from 0.
    pub ordinal: i64,
    /// Letter of the category.
    pub category: String,
    /// `new sealed open paused closed tallied opened skipped void`.
    pub state: String,
    /// Seconds since 1970 in the head of the archive: when the box was sealed; one time for the whole box.
    pub stamp: i64,
    /// How many records the board has.
    pub records: i64,
    /// Height of the last event, -1 before the first.
    pub height: i64,
    /// Hash of the last event, empty before the first.
    pub head: String,
    /// Ballots on the board, replaced ones included.
    pub ballots: i64,
    /// Credentials that cast at least one ballot: the ballots that count.
    pub voters: i64,
    /// Place of the record with the encrypted tally, -1 while there is none.
    pub tally: i64,
}

crate::statements::statements! {
    INSERT = "INSERT INTO boxes (box, appraisal, ordinal, category, state, stamp, records, height, head, ballots, voters, tally) \
              VALUES ($1, $2, $3, $4, 'new', 0, 0, -1, '', 0, 0, -1)";
    BY_ID = "SELECT box, appraisal, ordinal, category, state, stamp, records, height, head, ballots, voters, tally \
             FROM boxes WHERE box = $1";
    LOCK = "UPDATE boxes SET state = state WHERE box = $1 \
            RETURNING box, appraisal, ordinal, category, state, stamp, records, height, head, ballots, voters, tally";
    OF_APPRAISAL = "SELECT box, appraisal, ordinal, category, state, stamp, records, height, head, ballots, voters, tally \
                    FROM boxes WHERE appraisal = $1 ORDER BY ordinal";
    SET_STATE = "UPDATE boxes SET state = $2 WHERE box = $1";
    SET_STAMP = "UPDATE boxes SET stamp = $2 WHERE box = $1";
    ADVANCE = "UPDATE boxes SET records = $3, height = $4, head = $5, ballots = $6, voters = $7, tally = $8 \
               WHERE box = $1 AND records = $2";
}

/// Adds an empty box.
///
/// # Errors
/// [`crate::StoreError::Conflict`] when the uuid is taken.
pub async fn insert(
    conn: &mut Conn,
    id: &BoxId,
    appraisal: &AppraisalId,
    ordinal: i64,
    category: &str,
) -> Result<()> {
    sqlx::query(INSERT)
        .bind(id.as_str())
        .bind(appraisal.as_str())
        .bind(ordinal)
        .bind(category)
        .execute(conn)
        .await?;
    Ok(())
}

/// The box as it is.
///
/// # Errors
/// When the database fails.
pub async fn by_id(conn: &mut Conn, id: &BoxId) -> Result<Option<BoxRow>> {
    Ok(sqlx::query_as(BY_ID)
        .bind(id.as_str())
        .fetch_optional(conn)
        .await?)
}

/// Locks the box until the transaction ends and gives it as it then is. Whoever writes on its board
/// begins with this: that is what orders the chain between tasks and between nodes.
///
/// # Errors
/// [`crate::StoreError::Busy`] when somebody else holds it for too long.
pub async fn lock(conn: &mut Conn, id: &BoxId) -> Result<Option<BoxRow>> {
    Ok(sqlx::query_as(LOCK)
        .bind(id.as_str())
        .fetch_optional(conn)
        .await?)
}

/// The boxes of an appraisal in order.
///
/// # Errors
/// When the database fails.
pub async fn of_appraisal(conn: &mut Conn, id: &AppraisalId) -> Result<Vec<BoxRow>> {
    Ok(sqlx::query_as(OF_APPRAISAL)
        .bind(id.as_str())
        .fetch_all(conn)
        .await?)
}

/// Stores the state of a box.
///
/// # Errors
/// [`crate::StoreError::Refused`] for a state that does not exist.
pub async fn set_state(conn: &mut Conn, id: &BoxId, state: &str) -> Result<()> {
    sqlx::query(SET_STATE)
        .bind(id.as_str())
        .bind(state)
        .execute(conn)
        .await?;
    Ok(())
}

/// Stores the one time of the archive.
///
/// # Errors
/// When the database fails.
pub async fn set_stamp(conn: &mut Conn, id: &BoxId, stamp: i64) -> Result<()> {
    sqlx::query(SET_STAMP)
        .bind(id.as_str())
        .bind(stamp)
        .execute(conn)
        .await?;
    Ok(())
}

/// Stores the new head of the board after records were added to the `before` records it had.
///
/// # Errors
/// [`crate::StoreError::Conflict`] when the board is not at `before` records any more.
pub async fn advance(conn: &mut Conn, before: i64, row: &BoxRow) -> Result<()> {
    let done = sqlx::query(ADVANCE)
        .bind(row.r#box.as_str())
        .bind(before)
        .bind(row.records)
        .bind(row.height)
        .bind(row.head.as_str())
        .bind(row.ballots)
        .bind(row.voters)
        .bind(row.tally)
        .execute(conn)
        .await?;
    if done.rows_affected() == 1 {
        Ok(())
    } else {
        Err(crate::StoreError::Conflict)
    }
}
