//! The audit trail.

use pingyi_store::repo::audit::{self, AuditRow};
use pingyi_store::repo::settings;
use pingyi_store::{Store, StoreError};

pub fn entry(seq: i64, subject: &str) -> AuditRow {
    AuditRow {
        seq,
        at: 100 + seq,
        actor: "system".into(),
        action: "set_up".into(),
        subject: subject.into(),
        detail: "{}".into(),
        parent: String::new(),
        hash: format!("h{seq}"),
    }
}

pub async fn the_trail_is_append_only(store: Store) {
    let mut tx = store.begin().await.unwrap();
    let head = audit::lock_head(&mut tx).await.unwrap();
    assert_eq!((head.seq, head.hash.as_str()), (0, ""));
    audit::append(&mut tx, &entry(1, "")).await.unwrap();
    tx.commit().await.unwrap();
    for statement in ["UPDATE audit SET actor = 'x'", "DELETE FROM audit"] {
        let mut tx = store.begin().await.unwrap();
        let error = StoreError::from(sqlx::query(statement).execute(&mut *tx).await.unwrap_err());
        assert!(
            matches!(error, StoreError::Refused(_)),
            "{statement}: {error}"
        );
    }
    if store.engine() == pingyi_store::Engine::Postgres {
        let mut tx = store.begin().await.unwrap();
        let error = StoreError::from(
            sqlx::query("TRUNCATE audit")
                .execute(&mut *tx)
                .await
                .unwrap_err(),
        );
        assert!(matches!(error, StoreError::Refused(_)), "{error}");
    }
    let mut tx = store.begin().await.unwrap();
    let error = audit::append(&mut tx, &entry(1, "")).await.unwrap_err();
    assert!(matches!(error, StoreError::Conflict), "{error}");
    drop(tx);
    let mut view = store.read().await.unwrap();
    let head = audit::head(&mut view).await.unwrap();
    assert_eq!((head.seq, head.at, head.hash.as_str()), (1, 101, "h1"));
    assert_eq!(
        audit::page(&mut view, None, 0, 10).await.unwrap(),
        [entry(1, "")]
    );
}

pub async fn the_trail_is_written_with_what_it_tells_or_not_at_all(store: Store) {
    let mut tx = store.begin().await.unwrap();
    settings::put(&mut tx, "a", "1").await.unwrap();
    audit::append(&mut tx, &entry(1, "")).await.unwrap();
    drop(tx);
    let mut view = store.read().await.unwrap();
    assert_eq!(settings::get(&mut view, "a").await.unwrap(), None);
    assert_eq!(audit::head(&mut view).await.unwrap().seq, 0);
}

pub async fn pages_of_one_subject(store: Store) {
    let mut tx = store.begin().await.unwrap();
    for seq in 1..=6 {
        let subject = if seq % 2 == 0 { "even" } else { "odd" };
        audit::append(&mut tx, &entry(seq, subject)).await.unwrap();
    }
    tx.commit().await.unwrap();
    let mut view = store.read().await.unwrap();
    let seqs = |rows: Vec<AuditRow>| rows.into_iter().map(|row| row.seq).collect::<Vec<_>>();
    assert_eq!(
        seqs(audit::page(&mut view, Some("even"), 2, 10).await.unwrap()),
        [4, 6]
    );
    assert_eq!(
        seqs(audit::page(&mut view, None, 1, 2).await.unwrap()),
        [2, 3]
    );
}
