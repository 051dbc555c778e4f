//! Tables out and in again.

use std::collections::{BTreeMap, BTreeSet};

use pingyi_store::repo::documents::{self, Kind};
use pingyi_store::repo::{audit, boxes, opinions, slides, users};
use pingyi_store::{Engine, Store, StoreError, StoreOptions, TABLES};

use crate::fixture::{appraisal_id, box_id, cast_alone, open_box};

async fn dump(store: &Store) -> BTreeMap<&'static str, Vec<u8>> {
    let mut view = store.read().await.unwrap();
    let mut all = BTreeMap::new();
    for table in TABLES.iter() {
        let mut out = Vec::new();
        let dump = table.dump(&mut view, &mut out).await.unwrap();
        assert_eq!(dump.bytes, u64::try_from(out.len()).unwrap());
        all.insert(table.name, out);
    }
    all
}

/// What the database has and a backup has not would be lost.
pub async fn every_table_and_column_is_in_a_backup(store: Store) {
    let columns = match store.engine() {
        Engine::Sqlite => {
            "SELECT m.name, p.name FROM sqlite_master m, pragma_table_info(m.name) p \
             WHERE m.type = 'table' AND m.name NOT LIKE 'sqlite_%'"
        }
        Engine::Postgres => {
            "SELECT table_name::text, column_name::text FROM information_schema.columns \
             WHERE table_schema = 'public'"
        }
    };
    let mut view = store.read().await.unwrap();
    let found: Vec<(String, String)> = sqlx::query_as(columns).fetch_all(&mut *view).await.unwrap();
    // Nobody signs in with a stolen backup, and the schema is made by the program that restores.
    let left_out = ["sessions", "login_attempts", "migrations"];
    let found: BTreeSet<(String, String)> = found
        .into_iter()
        .filter(|(table, _)| !left_out.contains(&table.as_str()))
        .collect();
    let kept: BTreeSet<(String, String)> = TABLES
        .iter()
        .flat_map(|table| {
            let columns = table.column_names();
            columns.map(|column| (table.name.to_owned(), column.to_owned()))
        })
        .collect();
    assert_eq!(found, kept);
}

async fn filled(store: &Store) {
    open_box(store).await;
    let id = appraisal_id();
    cast_alone(store, "t1", "c1").await.unwrap();
    let mut tx = store.begin().await.unwrap();
    let user = users::UserRow {
        id: "u".into(),
        login: "l".into(),
        name: "引号\"\n换行\u{1}".into(),
        password_hash: "p".into(),
        roles: "admin".into(),
        created_at: -5,
        disabled_at: Some(3),
        unit: None,
    };
    users::insert(&mut tx, &user).await.unwrap();
    opinions::insert(&mut tx, &id, "00", "x").await.unwrap();
    documents::put(&mut tx, &id, Kind::Stage, "", "{}")
        .await
        .unwrap();
    slides::put(&mut tx, &id, "p1", ("h", vec![0, 255, 10, 13]), true)
        .await
        .unwrap();
    audit::append(&mut tx, &crate::audit::entry(1, ""))
        .await
        .unwrap();
    boxes::set_state(&mut tx, &box_id(), "closed")
        .await
        .unwrap();
    tx.commit().await.unwrap();
}

/// From either engine into `SQLite`; the case runs on both, so both can be read.
pub async fn tables_come_out_and_go_in_unchanged(store: Store) {
    filled(&store).await;
    let before = dump(&store).await;
    let folder = tempfile::tempdir().unwrap();
    let other = Store::open(&StoreOptions::sqlite(&folder.path().join("other.sqlite")))
        .await
        .unwrap();
    restore(&other, &before).await;
    assert_eq!(dump(&other).await, before);
    // The triggers are awake again.
    assert!(matches!(
        cast_alone(&other, "t2", "c2").await.unwrap_err(),
        StoreError::Refused(_)
    ));
    other.close().await;
}

async fn restore(store: &Store, files: &BTreeMap<&'static str, Vec<u8>>) {
    let mut tx = store.begin_restore().await.unwrap();
    for table in TABLES.iter() {
        table
            .load(&mut tx, &mut files[table.name].as_slice())
            .await
            .unwrap();
    }
    store
        .finish_restore(tx, &mut files["boxes"].as_slice())
        .await
        .unwrap();
}

/// Into the engine under test: taken out, put into a fresh database is done by the case above for `SQLite`; here
/// a used database refuses, and a line that is no row is refused.
pub async fn a_restore_into_a_used_database_is_refused(store: Store) {
    let mut tx = store.begin_restore().await.unwrap();
    let settings = TABLES
        .iter()
        .find(|table| table.name == "settings")
        .unwrap();
    for line in ["[1]\n", "nonsense\n", "[1,2]\n", "[\"a\",null]\n"] {
        let error = settings
            .load(&mut tx, &mut line.as_bytes())
            .await
            .unwrap_err();
        assert!(
            matches!(
                error,
                StoreError::Corrupt {
                    table: "settings",
                    ..
                }
            ),
            "{line}: {error}"
        );
    }
    drop(tx);
    let empty = dump(&store).await;
    restore(&store, &empty).await;
    filled(&store).await;
    let error = store.begin_restore().await.err();
    assert!(matches!(error, Some(StoreError::Conflict)));
}
