//! Writing and finding the records of a board.
//!
//! A board begins with four data records (election, trustees, credentials, setup) and the Setup event; each
//! ballot adds one data record and its event. The head of the archive file is made when it is read.

use pingyi_ballot::archive::{Event, EventType, Hash, Head, Setup, next_event};
use pingyi_store::repo::board::{self, RecordRow};
use pingyi_store::repo::boxes::BoxRow;
use pingyi_store::{BoxId, Conn, Tx};

use crate::loaded::id_of;
use crate::{AppError, Result};

const ELECTION_SEQ: i64 = 0;
const TRUSTEES_SEQ: i64 = 1;

/// The end of a board's chain; none before the first event.
pub(crate) fn head_of(row: &BoxRow) -> Result<Option<Head>> {
    let Ok(height) = u64::try_from(row.height) else {
        return Ok(None);
    };
    Ok(Some(Head {
        timestamp: u64::try_from(row.stamp).map_err(AppError::internal)?,
        height,
        hash: row.head.parse().map_err(AppError::internal)?,
    }))
}

/// Appends data records and the event they belong to, and moves the head kept in `row` (which must be locked;
/// the caller stores it by [`pingyi_store::repo::boxes::advance`]).
pub(crate) async fn append(
    tx: &mut Tx,
    row: &mut BoxRow,
    kind: EventType,
    data: &[&str],
) -> Result<Event> {
    let id = id_of(row);
    let payload = data.last().map(|content| Hash::of(content.as_bytes()));
    let event = next_event(head_of(row)?.as_ref(), kind, payload);
    for content in data {
        let name = format!("{}.data.json", Hash::of(content.as_bytes()));
        put(tx, &id, row, name, (*content).to_owned()).await?;
    }
    let (json, hash) = (event.json(), event.hash());
    put(tx, &id, row, format!("{hash}.event.json"), json).await?;
    row.height = i64::try_from(event.height).map_err(AppError::internal)?;
    row.head = hash.hex();
    Ok(event)
}

async fn put(
    tx: &mut Tx,
    id: &BoxId,
    row: &mut BoxRow,
    name: String,
    content: String,
) -> Result<()> {
    board::insert(
        tx,
        id,
        &RecordRow {
            seq: row.records,
            name,
            content,
        },
    )
    .await?;
    row.records += 1;
    Ok(())
}

/// Appends the Setup event.
pub(crate) async fn append_setup(
    tx: &mut Tx,
    row: &mut BoxRow,
    election: &str,
    trustees: &str,
    credentials: &str,
) -> Result<Event> {
    let setup = Setup::of(
        election.as_bytes(),
        trustees.as_bytes(),
        credentials.as_bytes(),
    )
    .json();
    append(
        tx,
        row,
        EventType::Setup,
        &[election, trustees, credentials, &setup],
    )
    .await
}

async fn at(conn: &mut Conn, id: &BoxId, seq: i64) -> Result<Option<String>> {
    Ok(board::page(conn, id, seq, seq + 1)
        .await?
        .pop()
        .map(|record| record.content))
}

/// Exact `election.json`; none before the box is sealed.
pub(crate) async fn election_json(conn: &mut Conn, id: &BoxId) -> Result<Option<String>> {
    at(conn, id, ELECTION_SEQ).await
}

/// Exact `trustees.json` as on the board.
pub(crate) async fn trustees_json(conn: &mut Conn, id: &BoxId) -> Result<Option<String>> {
    at(conn, id, TRUSTEES_SEQ).await
}

/// The encrypted tally and its size as on the board.
pub(crate) async fn tally_json(conn: &mut Conn, row: &BoxRow) -> Result<Option<(String, String)>> {
    if row.tally < 0 {
        return Ok(None);
    }
    let id = id_of(row);
    let tally = at(conn, &id, row.tally).await?;
    let sized = at(conn, &id, row.tally + 1).await?;
    Ok(tally.zip(sized))
}

/// The result as on the board: the record before the last event of an opened box.
pub(crate) async fn result_json(conn: &mut Conn, row: &BoxRow) -> Result<Option<String>> {
    at(conn, &id_of(row), row.records - 2).await
}
