//! From result to grade: evaluations, decisions by two people, records that a configuration names.

use pingyi_store::repo::appraisals::{self, AppraisalRow};
use pingyi_store::repo::decisions;
use pingyi_store::repo::evaluations::{self, EvaluationRow};
use pingyi_store::repo::users;
use pingyi_store::{Store, StoreError, Tx};

use crate::fixture::{appraisal_id, appraisal_row};
use crate::rows::user;

/// A draft and two leaders.
async fn leaders(store: &Store) -> Tx {
    let mut tx = store.begin().await.unwrap();
    appraisals::insert(&mut tx, &appraisal_row()).await.unwrap();
    for (id, login) in [("u1", "zhang"), ("u2", "li")] {
        users::insert(&mut tx, &user(id, login)).await.unwrap();
    }
    tx
}

pub fn points(leader: &str, presenter: &str, points: i64) -> EvaluationRow {
    EvaluationRow {
        leader: leader.into(),
        presenter: presenter.into(),
        points,
    }
}

pub async fn an_evaluation_is_replaced_and_taken_back(store: Store) {
    let mut tx = leaders(&store).await;
    let id = appraisal_id();
    for row in [
        points("u1", "p2", 8000),
        points("u1", "p1", 9000),
        points("u2", "p1", 10_000),
        points("u1", "p1", 9525),
    ] {
        evaluations::put(&mut tx, &id, &row).await.unwrap();
    }
    assert_eq!(
        evaluations::all(&mut tx, &id).await.unwrap(),
        [
            points("u1", "p1", 9525),
            points("u2", "p1", 10_000),
            points("u1", "p2", 8000)
        ]
    );
    assert!(evaluations::remove(&mut tx, &id, "u1", "p2").await.unwrap());
    assert!(!evaluations::remove(&mut tx, &id, "u1", "p2").await.unwrap());
    assert_eq!(
        evaluations::of_leader(&mut tx, &id, "u1").await.unwrap(),
        [points("u1", "p1", 9525)]
    );
    tx.commit().await.unwrap();
    for (row, orphan) in [
        (points("u3", "p1", 1), true),
        (points("u1", "p1", 10_001), false),
        (points("u1", "p1", -1), false),
    ] {
        let mut tx = store.begin().await.unwrap();
        let error = evaluations::put(&mut tx, &id, &row).await.unwrap_err();
        assert_eq!(matches!(error, StoreError::Orphan), orphan, "{error}");
    }
}

pub async fn nobody_confirms_what_they_entered(store: Store) {
    let mut tx = leaders(&store).await;
    let id = appraisal_id();
    decisions::put(&mut tx, &id, "p1", (Some(1), "意见"), "user:u1")
        .await
        .unwrap();
    decisions::put(&mut tx, &id, "p2", (None, ""), "user:u1")
        .await
        .unwrap();
    tx.commit().await.unwrap();
    // Who entered it, and what was never decided.
    for (presenter, by) in [("p1", "user:u1"), ("p2", "user:u2")] {
        let mut tx = store.begin().await.unwrap();
        let refused = decisions::confirm(&mut tx, &id, presenter, by).await;
        assert!(refused.is_err(), "{presenter} {by}");
    }
    let mut tx = store.begin().await.unwrap();
    assert!(
        decisions::confirm(&mut tx, &id, "p1", "user:u2")
            .await
            .unwrap()
    );
    assert!(
        !decisions::confirm(&mut tx, &id, "p1", "user:u2")
            .await
            .unwrap()
    );
    assert!(
        !decisions::confirm(&mut tx, &id, "p9", "user:u2")
            .await
            .unwrap()
    );
    let rows = decisions::all(&mut tx, &id).await.unwrap();
    let said: Vec<_> = rows
        .iter()
        .map(|row| (row.grade, row.version, row.confirmed_by.as_deref()))
        .collect();
    assert_eq!(said, [(Some(1), 2, Some("user:u2")), (None, 1, None)]);
}

pub async fn a_changed_decision_is_confirmed_anew(store: Store) {
    let mut tx = leaders(&store).await;
    let id = appraisal_id();
    decisions::put(&mut tx, &id, "p1", (Some(0), ""), "user:u1")
        .await
        .unwrap();
    decisions::confirm(&mut tx, &id, "p1", "user:u2")
        .await
        .unwrap();
    decisions::put(&mut tx, &id, "p1", (Some(1), "复核"), "user:u2")
        .await
        .unwrap();
    let [row] = &decisions::all(&mut tx, &id).await.unwrap()[..] else {
        panic!("one decision");
    };
    assert_eq!(
        (row.version, row.grade, row.reason.as_str()),
        (3, Some(1), "复核")
    );
    assert_eq!(
        (row.entered_by.as_str(), row.confirmed_by.as_deref()),
        ("user:u2", None)
    );
}

pub async fn a_record_that_a_configuration_names_is_found(store: Store) {
    let mut tx = store.begin().await.unwrap();
    let row = AppraisalRow {
        config: r#"{"presenters":[{"unit_id":"aaaaaaaaaaaaaaaa"}]}"#.into(),
        ..appraisal_row()
    };
    appraisals::insert(&mut tx, &row).await.unwrap();
    for (id, named) in [
        ("aaaaaaaaaaaaaaaa", true),
        ("aaaaaaaaaaaaaaab", false),
        ("aaaa", false),
    ] {
        assert_eq!(appraisals::names(&mut tx, id).await.unwrap(), named, "{id}");
    }
}
