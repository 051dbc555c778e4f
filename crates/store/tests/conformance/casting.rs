//! What must hold on the casting path whatever the application does.

use std::collections::HashSet;

use pingyi_store::repo::{ballots, board, boxes};
use pingyi_store::{Store, StoreError};

use crate::fixture::{box_id, cast, cast_alone, open_box};

pub async fn a_ballot_is_on_the_board_and_in_the_index(store: Store) {
    open_box(&store).await;
    assert_eq!(cast_alone(&store, "t1", "c1").await.unwrap(), 0);
    assert_eq!(cast_alone(&store, "t2", "c9").await.unwrap(), 1);
    let mut view = store.read().await.unwrap();
    let row = boxes::by_id(&mut view, &box_id()).await.unwrap().unwrap();
    assert_eq!(
        (row.records, row.height, row.head.as_str()),
        (4, 1, ">t1>t2")
    );
    assert_eq!((row.ballots, row.voters), (2, 2));
    let names: Vec<String> = board::page(&mut view, &box_id(), 1, 3)
        .await
        .unwrap()
        .into_iter()
        .map(|record| record.name)
        .collect();
    assert_eq!(names, ["t1.event.json", "t2.data.json"]);
    let content = board::by_name(&mut view, &box_id(), "t2.data.json")
        .await
        .unwrap();
    assert_eq!(content.as_deref(), Some("{\"of\":\"t2\"}"));
    let found = ballots::by_tracker(&mut view, &box_id(), "t2")
        .await
        .unwrap()
        .unwrap();
    assert_eq!((found.credential.as_str(), found.height), ("c9", 1));
    assert_eq!(
        ballots::from_kind(&mut view, &box_id(), "paper")
            .await
            .unwrap(),
        1
    );
}

pub async fn the_same_ballot_twice_conflicts(store: Store) {
    open_box(&store).await;
    cast_alone(&store, "t1", "c1").await.unwrap();
    let error = cast_alone(&store, "t1", "c1").await.unwrap_err();
    assert!(matches!(error, StoreError::Conflict), "{error}");
    let mut view = store.read().await.unwrap();
    assert_eq!(ballots::count(&mut view, &box_id()).await.unwrap(), 1);
}

pub async fn a_revote_leaves_the_last_one(store: Store) {
    open_box(&store).await;
    for (tracker, credential) in [("t1", "c1"), ("t2", "c2"), ("t3", "c1")] {
        cast_alone(&store, tracker, credential).await.unwrap();
    }
    let mut view = store.read().await.unwrap();
    assert_eq!(
        ballots::counted(&mut view, &box_id()).await.unwrap(),
        ["t2", "t3"]
    );
    assert_eq!(
        ballots::last_of(&mut view, &box_id(), "c1")
            .await
            .unwrap()
            .unwrap()
            .tracker,
        "t3"
    );
    let row = boxes::by_id(&mut view, &box_id()).await.unwrap().unwrap();
    assert_eq!((row.ballots, row.voters), (3, 2));
}

pub async fn a_credential_off_the_roll_is_refused(store: Store) {
    open_box(&store).await;
    let error = cast_alone(&store, "t1", "stranger").await.unwrap_err();
    assert!(matches!(error, StoreError::Orphan), "{error}");
    empty_board(&store).await;
}

pub async fn a_ballot_after_close_is_refused(store: Store) {
    for state in ["closed", "paused", "sealed", "void"] {
        if state == "closed" {
            open_box(&store).await;
        }
        let mut tx = store.begin().await.unwrap();
        boxes::set_state(&mut tx, &box_id(), state).await.unwrap();
        tx.commit().await.unwrap();
        let error = cast_alone(&store, "t1", "c1").await.unwrap_err();
        assert!(matches!(error, StoreError::Refused(_)), "{state}: {error}");
        empty_board(&store).await;
    }
    let mut tx = store.begin().await.unwrap();
    let error = boxes::set_state(&mut tx, &box_id(), "ajar")
        .await
        .unwrap_err();
    assert!(matches!(error, StoreError::Refused(_)), "{error}");
}

async fn empty_board(store: &Store) {
    let mut view = store.read().await.unwrap();
    let row = boxes::by_id(&mut view, &box_id()).await.unwrap().unwrap();
    assert_eq!(
        (row.records, row.height, row.ballots, row.voters),
        (0, -1, 0, 0)
    );
    assert_eq!(board::page(&mut view, &box_id(), 0, 99).await.unwrap(), []);
    assert_eq!(ballots::count(&mut view, &box_id()).await.unwrap(), 0);
}

pub async fn roll_back_leaves_nothing(store: Store) {
    open_box(&store).await;
    let mut tx = store.begin().await.unwrap();
    cast(&mut tx, "t1", "c1").await.unwrap();
    tx.rollback().await.unwrap();
    empty_board(&store).await;
    // And the writer is free again.
    cast_alone(&store, "t1", "c1").await.unwrap();
}

pub async fn a_dropped_transaction_leaves_nothing(store: Store) {
    open_box(&store).await;
    {
        let mut tx = store.begin().await.unwrap();
        cast(&mut tx, "t1", "c1").await.unwrap();
    }
    empty_board(&store).await;
    cast_alone(&store, "t1", "c1").await.unwrap();
}

pub async fn two_closers_take_turns(store: Store) {
    open_box(&store).await;
    let closers: Vec<_> = (0..2)
        .map(|_| {
            let store = store.clone();
            tokio::spawn(async move {
                let mut tx = store.begin().await.unwrap();
                let row = boxes::lock(&mut tx, &box_id()).await.unwrap().unwrap();
                let first = row.state == "open";
                tokio::time::sleep(std::time::Duration::from_millis(50)).await;
                if first {
                    boxes::set_state(&mut tx, &box_id(), "closed")
                        .await
                        .unwrap();
                }
                tx.commit().await.unwrap();
                first
            })
        })
        .collect();
    let mut firsts = 0;
    for closer in closers {
        firsts += u32::from(closer.await.unwrap());
    }
    assert_eq!(firsts, 1);
}

pub async fn many_casters_make_one_chain(store: Store) {
    open_box(&store).await;
    let casters: Vec<_> = (0..40)
        .map(|n| {
            let store = store.clone();
            tokio::spawn(async move {
                cast_alone(&store, &format!("t{n}"), &format!("c{}", n % 10))
                    .await
                    .unwrap()
            })
        })
        .collect();
    let mut heights = HashSet::new();
    for caster in casters {
        heights.insert(caster.await.unwrap());
    }
    assert_eq!(heights, (0..40).collect());
    let mut view = store.read().await.unwrap();
    let row = boxes::by_id(&mut view, &box_id()).await.unwrap().unwrap();
    assert_eq!((row.records, row.ballots, row.voters), (80, 40, 10));
    assert_eq!(row.head.matches('>').count(), 40);
    assert_eq!(
        board::page(&mut view, &box_id(), 0, 100)
            .await
            .unwrap()
            .len(),
        80
    );
}

pub async fn a_stale_head_cannot_advance(store: Store) {
    open_box(&store).await;
    let mut tx = store.begin().await.unwrap();
    let stale = boxes::lock(&mut tx, &box_id()).await.unwrap().unwrap();
    drop(tx);
    cast_alone(&store, "t1", "c1").await.unwrap();
    let mut tx = store.begin().await.unwrap();
    let error = boxes::advance(&mut tx, stale.records, &stale)
        .await
        .unwrap_err();
    assert!(matches!(error, StoreError::Conflict), "{error}");
}

pub async fn a_board_is_append_only(store: Store) {
    open_box(&store).await;
    cast_alone(&store, "t1", "c1").await.unwrap();
    for statement in [
        "UPDATE records SET content = 'x'",
        "UPDATE ballots SET height = 7",
    ] {
        let mut tx = store.begin().await.unwrap();
        let error = StoreError::from(sqlx::query(statement).execute(&mut *tx).await.unwrap_err());
        assert!(
            matches!(error, StoreError::Refused(_)),
            "{statement}: {error}"
        );
    }
}

pub async fn readers_see_one_moment(store: Store) {
    open_box(&store).await;
    let mut view = store.read().await.unwrap();
    assert_eq!(ballots::count(&mut view, &box_id()).await.unwrap(), 0);
    cast_alone(&store, "t1", "c1").await.unwrap();
    assert_eq!(ballots::count(&mut view, &box_id()).await.unwrap(), 0);
    assert_eq!(
        boxes::by_id(&mut view, &box_id())
            .await
            .unwrap()
            .unwrap()
            .ballots,
        0
    );
    drop(view);
    let mut view = store.read().await.unwrap();
    assert_eq!(ballots::count(&mut view, &box_id()).await.unwrap(), 1);
    let error = boxes::set_state(&mut view, &box_id(), "closed").await;
    assert!(error.is_err(), "a reader must not write");
}
