//! Reading and writing rows.

use pingyi_store::repo::documents::{self, Kind};
use pingyi_store::repo::users::{self, UserRow};
use pingyi_store::repo::{
    appraisals, attempts, audit, boxes, ceremony, decisions, opinions, sessions, settings, slides,
    tokens, wipe,
};
use pingyi_store::{Store, StoreError, all_statements};
use sqlx::{Executor, SqlSafeStr};

use crate::fixture::{appraisal_id, appraisal_row, box_id, cast_alone, open_box};

pub async fn every_statement_can_be_prepared(store: Store) {
    let mut view = store.read().await.unwrap();
    let all = all_statements();
    assert!(all.len() > 80, "{} statements", all.len());
    for (name, sql) in all {
        let prepared = (&mut *view).prepare(sql.into_sql_str()).await;
        assert!(prepared.is_ok(), "{name}: {sql}: {:?}", prepared.err());
    }
    for sql in pingyi_store::all_built() {
        let text = sqlx::AssertSqlSafe(sql.clone()).into_sql_str();
        let prepared = (&mut *view).prepare(text).await;
        assert!(prepared.is_ok(), "{sql}: {:?}", prepared.err());
    }
}

pub fn user(id: &str, login: &str) -> UserRow {
    UserRow {
        id: id.into(),
        login: login.into(),
        name: "张三".into(),
        password_hash: "$argon2id$".into(),
        roles: "admin organiser".into(),
        created_at: 1,
        disabled_at: None,
        unit: None,
    }
}

pub async fn users_are_stored_and_log_ins_are_unique(store: Store) {
    let mut tx = store.begin().await.unwrap();
    users::insert(&mut tx, &user("u1", "zhang")).await.unwrap();
    let mut changed = user("u1", "zhang");
    changed.disabled_at = Some(9);
    changed.name = "李四".into();
    users::update(&mut tx, &changed).await.unwrap();
    tx.commit().await.unwrap();
    let mut tx = store.begin().await.unwrap();
    let error = users::insert(&mut tx, &user("u2", "zhang"))
        .await
        .unwrap_err();
    assert!(matches!(error, StoreError::Conflict), "{error}");
    drop(tx);
    let mut view = store.read().await.unwrap();
    assert_eq!(users::all(&mut view).await.unwrap(), [changed.clone()]);
    assert_eq!(
        users::by_login(&mut view, "zhang").await.unwrap(),
        Some(changed.clone())
    );
    assert_eq!(users::by_id(&mut view, "u1").await.unwrap(), Some(changed));
    assert_eq!(users::by_id(&mut view, "u2").await.unwrap(), None);
    assert_eq!(users::count(&mut view).await.unwrap(), 1);
}

pub async fn sessions_expire(store: Store) {
    let mut tx = store.begin().await.unwrap();
    sessions::create(&mut tx, "s1", "one", 100).await.unwrap();
    sessions::save(&mut tx, "s1", "two", 100).await.unwrap();
    sessions::save(&mut tx, "s2", "other", 200).await.unwrap();
    assert_eq!(
        sessions::load(&mut tx, "s1", 99).await.unwrap().as_deref(),
        Some("two")
    );
    assert_eq!(sessions::load(&mut tx, "s1", 100).await.unwrap(), None);
    assert_eq!(sessions::delete_expired(&mut tx, 100).await.unwrap(), 1);
    sessions::delete(&mut tx, "s2").await.unwrap();
    assert_eq!(sessions::load(&mut tx, "s2", 0).await.unwrap(), None);
    sessions::create(&mut tx, "s3", "x", 1).await.unwrap();
    let error = sessions::create(&mut tx, "s3", "y", 1).await.unwrap_err();
    assert!(matches!(error, StoreError::Conflict), "{error}");
}

pub async fn failed_log_ins_count_within_their_window(store: Store) {
    let mut tx = store.begin().await.unwrap();
    for now in [100, 110, 120] {
        attempts::add(&mut tx, "zhang", now, now - 900)
            .await
            .unwrap();
    }
    let row = attempts::get(&mut tx, "zhang").await.unwrap().unwrap();
    assert_eq!((row.failures, row.since), (3, 100));
    attempts::add(&mut tx, "zhang", 1000, 100).await.unwrap();
    let row = attempts::get(&mut tx, "zhang").await.unwrap().unwrap();
    assert_eq!((row.failures, row.since), (1, 1000));
    attempts::clear(&mut tx, "zhang").await.unwrap();
    assert_eq!(attempts::get(&mut tx, "zhang").await.unwrap(), None);
}

pub async fn a_setting_is_removed_once(store: Store) {
    let mut tx = store.begin().await.unwrap();
    settings::put(&mut tx, "code", "a").await.unwrap();
    settings::put(&mut tx, "code", "b").await.unwrap();
    assert_eq!(
        settings::get(&mut tx, "code").await.unwrap().as_deref(),
        Some("b")
    );
    assert!(settings::remove(&mut tx, "code").await.unwrap());
    assert!(!settings::remove(&mut tx, "code").await.unwrap());
}

pub async fn appraisals_keep_version_and_pulse(store: Store) {
    open_box(&store).await;
    let id = appraisal_id();
    let mut tx = store.begin().await.unwrap();
    assert_eq!(
        appraisals::lock(&mut tx, &id).await.unwrap().unwrap().pulse,
        2
    );
    appraisals::set_config(&mut tx, &id, "新", 2027, "{\"a\":1}")
        .await
        .unwrap();
    appraisals::set_state(&mut tx, &id, "keyed", "{\"b\":2}")
        .await
        .unwrap();
    tx.commit().await.unwrap();
    cast_alone(&store, "t1", "c1").await.unwrap();
    let mut view = store.read().await.unwrap();
    let row = appraisals::by_id(&mut view, &id).await.unwrap().unwrap();
    let expected = appraisals::AppraisalRow {
        version: 2,
        pulse: 2,
        state: "keyed".into(),
        title: "新".into(),
        year: 2027,
        config: "{\"a\":1}".into(),
        detail: "{\"b\":2}".into(),
        ..appraisal_row()
    };
    assert_eq!(row, expected);
    assert_eq!(appraisals::all(&mut view).await.unwrap(), [expected]);
    let pulses = appraisals::pulses(&mut view).await.unwrap();
    assert_eq!((pulses[0].pulse, pulses[0].heights), (2, 0));
}

pub async fn ceremony_takes_each_message_once(store: Store) {
    open_box(&store).await;
    let id = appraisal_id();
    let mut tx = store.begin().await.unwrap();
    ceremony::insert(&mut tx, &id, "cert", 1, "one")
        .await
        .unwrap();
    ceremony::insert(&mut tx, &id, "cert", 2, "two")
        .await
        .unwrap();
    assert_eq!(
        ceremony::get(&mut tx, &id, "cert", 2)
            .await
            .unwrap()
            .as_deref(),
        Some("two")
    );
    assert_eq!(ceremony::all(&mut tx, &id).await.unwrap().len(), 2);
    tx.commit().await.unwrap();
    let mut tx = store.begin().await.unwrap();
    let error = ceremony::insert(&mut tx, &id, "cert", 1, "other")
        .await
        .unwrap_err();
    assert!(matches!(error, StoreError::Conflict), "{error}");
    drop(tx);
    let mut tx = store.begin().await.unwrap();
    ceremony::clear(&mut tx, &id).await.unwrap();
    assert_eq!(ceremony::all(&mut tx, &id).await.unwrap(), []);
}

pub async fn a_new_token_kills_the_old_one(store: Store) {
    open_box(&store).await;
    let id = appraisal_id();
    let mut tx = store.begin().await.unwrap();
    tokens::put(&mut tx, &id, "teller", 1, "h1").await.unwrap();
    assert!(tokens::join(&mut tx, &id, "teller", 1).await.unwrap());
    assert!(!tokens::join(&mut tx, &id, "teller", 1).await.unwrap());
    assert_eq!(
        tokens::by_hash(&mut tx, "h1")
            .await
            .unwrap()
            .unwrap()
            .joined,
        1
    );
    tokens::put(&mut tx, &id, "teller", 1, "h2").await.unwrap();
    assert_eq!(tokens::by_hash(&mut tx, "h1").await.unwrap(), None);
    let row = tokens::by_hash(&mut tx, "h2").await.unwrap().unwrap();
    assert_eq!((row.seat, row.joined), (1, 0));
    tokens::clear(&mut tx, &id, "teller").await.unwrap();
    assert_eq!(tokens::all(&mut tx, &id).await.unwrap(), []);
}

pub async fn documents_are_replaced(store: Store) {
    open_box(&store).await;
    let id = appraisal_id();
    let mut tx = store.begin().await.unwrap();
    documents::put(&mut tx, &id, Kind::Comment, "p2", "1")
        .await
        .unwrap();
    documents::put(&mut tx, &id, Kind::Comment, "p1", "2")
        .await
        .unwrap();
    documents::put(&mut tx, &id, Kind::Comment, "p1", "3")
        .await
        .unwrap();
    documents::put(&mut tx, &id, Kind::Stage, "", "4")
        .await
        .unwrap();
    let parts = documents::of_kind(&mut tx, &id, Kind::Comment)
        .await
        .unwrap();
    let parts: Vec<_> = parts
        .iter()
        .map(|part| (part.part.as_str(), part.body.as_str()))
        .collect();
    assert_eq!(parts, [("p1", "3"), ("p2", "1")]);
    documents::remove(&mut tx, &id, Kind::Comment, "p1")
        .await
        .unwrap();
    assert_eq!(
        documents::get(&mut tx, &id, Kind::Comment, "p1")
            .await
            .unwrap(),
        None
    );
    assert_eq!(
        documents::get(&mut tx, &id, Kind::Stage, "")
            .await
            .unwrap()
            .as_deref(),
        Some("4")
    );
}

pub async fn slides_are_bytes(store: Store) {
    open_box(&store).await;
    let id = appraisal_id();
    let file: Vec<u8> = (0..=255).cycle().take(300_000).collect();
    let mut tx = store.begin().await.unwrap();
    slides::put(&mut tx, &id, "p1", ("x", vec![1]), true)
        .await
        .unwrap();
    assert_eq!(
        slides::head(&mut tx, &id, "p1").await.unwrap(),
        Some(("x".to_owned(), true))
    );
    slides::put(&mut tx, &id, "p1", ("y", file.clone()), false)
        .await
        .unwrap();
    assert_eq!(slides::get(&mut tx, &id, "p1").await.unwrap(), Some(file));
    assert_eq!(
        slides::head(&mut tx, &id, "p1").await.unwrap(),
        Some(("y".to_owned(), false))
    );
    assert_eq!(slides::codes(&mut tx, &id).await.unwrap(), ["p1"]);
    assert!(slides::remove(&mut tx, &id, "p1").await.unwrap());
    assert!(!slides::remove(&mut tx, &id, "p1").await.unwrap());
}

pub async fn opinions_come_back_in_the_order_of_their_hash(store: Store) {
    open_box(&store).await;
    let id = appraisal_id();
    let mut tx = store.begin().await.unwrap();
    assert!(opinions::insert(&mut tx, &id, "ff", "last").await.unwrap());
    assert!(opinions::insert(&mut tx, &id, "00", "first").await.unwrap());
    assert!(!opinions::insert(&mut tx, &id, "00", "first").await.unwrap());
    let digests = opinions::shut(&mut tx, &id).await.unwrap();
    assert_eq!(digests, ["00", "ff"]);
    opinions::remove(&mut tx, &id, &digests).await.unwrap();
    tx.commit().await.unwrap();
    store.forget_deleted().await.unwrap();
    let mut view = store.read().await.unwrap();
    assert_eq!(
        opinions::all(&mut view, &id).await.unwrap(),
        ["first", "last"]
    );
    assert_eq!(opinions::count(&mut view, &id).await.unwrap(), 2);
}

pub async fn wiping_leaves_nothing_but_the_audit_trail(store: Store) {
    open_box(&store).await;
    let id = appraisal_id();
    cast_alone(&store, "t1", "c1").await.unwrap();
    let mut tx = store.begin().await.unwrap();
    opinions::insert(&mut tx, &id, "00", "x").await.unwrap();
    documents::put(&mut tx, &id, Kind::Stage, "", "4")
        .await
        .unwrap();
    decisions::put(&mut tx, &id, "p1", (Some(0), ""), "user:u1")
        .await
        .unwrap();
    audit::append(&mut tx, &crate::audit::entry(1, id.as_str()))
        .await
        .unwrap();
    tx.commit().await.unwrap();
    let mut tx = store.begin().await.unwrap();
    wipe::whole(&mut tx, &id).await.unwrap();
    tx.commit().await.unwrap();
    let mut view = store.read().await.unwrap();
    for table in pingyi_store::TABLES.iter() {
        let mut out = Vec::new();
        let rows = table.dump(&mut view, &mut out).await.unwrap().rows;
        if table.name == "vocabulary" {
            continue; // comes with the migrations
        }
        let expected = u64::from(matches!(table.name, "audit" | "audit_head"));
        assert_eq!(rows, expected, "{}", table.name);
    }
}

pub async fn deleting_boxes_with_a_board_is_refused(store: Store) {
    open_box(&store).await;
    cast_alone(&store, "t1", "c1").await.unwrap();
    let mut tx = store.begin().await.unwrap();
    let error = wipe::boxes(&mut tx, &appraisal_id()).await.unwrap_err();
    assert!(matches!(error, StoreError::Orphan), "{error}");
    drop(tx);
    let mut view = store.read().await.unwrap();
    assert!(boxes::by_id(&mut view, &box_id()).await.unwrap().is_some());
}
