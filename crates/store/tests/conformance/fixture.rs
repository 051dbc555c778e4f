//! Small things the cases need.

use pingyi_store::repo::appraisals::{self, AppraisalRow};
use pingyi_store::repo::ballots::{self, BallotRow};
use pingyi_store::repo::board::{self, RecordRow};
use pingyi_store::repo::{boxes, roll};
use pingyi_store::{AppraisalId, BoxId, Result, Store, Tx};

pub fn appraisal_id() -> AppraisalId {
    "abcdefghabcdefgh".parse().unwrap()
}

pub fn box_id() -> BoxId {
    BoxId::new("11111111111111")
}

pub fn appraisal_row() -> AppraisalRow {
    AppraisalRow {
        id: appraisal_id().to_string(),
        version: 1,
        pulse: 1,
        state: "draft".into(),
        rehearsal_of: None,
        title: "述职评议".into(),
        year: 2026,
        config: "{}".into(),
        detail: "{}".into(),
        created_at: 7,
    }
}

/// An appraisal with one open box and the credentials `c0` … `c9` on its roll.
pub async fn open_box(store: &Store) {
    let mut tx = store.begin().await.unwrap();
    appraisals::insert(&mut tx, &appraisal_row()).await.unwrap();
    boxes::insert(&mut tx, &box_id(), &appraisal_id(), 0, "A")
        .await
        .unwrap();
    for n in 0..10 {
        roll::insert(
            &mut tx,
            &box_id(),
            &format!("c{n}"),
            if n < 8 { "phone" } else { "paper" },
        )
        .await
        .unwrap();
    }
    boxes::set_state(&mut tx, &box_id(), "open").await.unwrap();
    tx.commit().await.unwrap();
}

/// What the application does for a ballot, reduced to rows: lock, look, add, advance.
pub async fn cast(tx: &mut Tx, tracker: &str, credential: &str) -> Result<i64> {
    let mut row = boxes::lock(tx, &box_id()).await?.unwrap();
    let before = row.records;
    for name in [
        format!("{tracker}.data.json"),
        format!("{tracker}.event.json"),
    ] {
        let record = RecordRow {
            seq: row.records,
            name,
            content: format!("{{\"of\":\"{tracker}\"}}"),
        };
        board::insert(tx, &box_id(), &record).await?;
        row.records += 1;
    }
    row.height += 1;
    row.head = format!("{}>{tracker}", row.head);
    row.ballots += 1;
    row.voters += i64::from(ballots::last_of(tx, &box_id(), credential).await?.is_none());
    let ballot = BallotRow {
        tracker: tracker.into(),
        credential: credential.into(),
        height: row.height,
        event: format!("event of {tracker}"),
    };
    ballots::insert(tx, &box_id(), &ballot).await?;
    boxes::advance(tx, before, &row).await?;
    Ok(row.height)
}

pub async fn cast_alone(store: &Store, tracker: &str, credential: &str) -> Result<i64> {
    let mut tx = store.begin().await?;
    let height = cast(&mut tx, tracker, credential).await?;
    tx.commit().await?;
    Ok(height)
}
