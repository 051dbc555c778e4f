//! Units, terms in posts, the search index, and lists by pages.

use pingyi_domain::record::{Scope, UnitId, UnitPath};
use pingyi_store::list::{Ask, Cursor, Select};
use pingyi_store::repo::posts::{self, PostRow};
use pingyi_store::repo::search::{self, DocRow};
use pingyi_store::repo::units::{self, UnitFilter, UnitRow};
use pingyi_store::{Store, StoreError, Tx, row};

pub fn id(letter: char) -> UnitId {
    letter.to_string().repeat(16).parse().unwrap()
}

/// A unit whose id is one letter sixteen times.
pub fn unit(letter: char, above: Option<&UnitRow>) -> UnitRow {
    let parent = above.map(|row| row.path.parse::<UnitPath>().unwrap());
    UnitRow {
        id: id(letter).to_string(),
        version: 1,
        parent: above.map(|row| row.id.clone()),
        path: UnitPath::of(parent.as_ref(), &id(letter)).to_string(),
        ordinal: 0,
        kind: if above.is_some() {
            "park"
        } else {
            "working_committee"
        }
        .into(),
        name: format!("华南城{letter}"),
        short_name: String::new(),
        founded_on: Some("2016-12-30".into()),
        founding_mode: None,
        closed_on: None,
        address: String::new(),
        note: String::new(),
        sample: 0,
        source: String::new(),
        created_at: 7,
    }
}

/// `a` with `b` and `c` below, `d` below `b`.
pub async fn tree(tx: &mut Tx) -> [UnitRow; 4] {
    let a = unit('a', None);
    let (b, c) = (unit('b', Some(&a)), unit('c', Some(&a)));
    let d = unit('d', Some(&b));
    for row in [&a, &b, &c, &d] {
        row::insert(tx, row).await.unwrap();
    }
    [a, b, c, d]
}

pub async fn a_unit_is_stored_once_per_version(store: Store) {
    let mut tx = store.begin().await.unwrap();
    let [a, b, ..] = tree(&mut tx).await;
    assert!(matches!(
        row::insert(&mut tx, &a).await.unwrap_err(),
        StoreError::Conflict
    ));
    drop(tx);
    let mut tx = store.begin().await.unwrap();
    tree(&mut tx).await;
    let mut changed = UnitRow {
        name: "白坭坑海吉星园区党委".into(),
        closed_on: Some("2018-01-01".into()),
        ..b.clone()
    };
    assert!(row::update(&mut tx, &changed).await.unwrap());
    assert!(
        !row::update(&mut tx, &changed).await.unwrap(),
        "the version is spent"
    );
    changed.version = 2;
    assert_eq!(
        row::by_id::<UnitRow>(&mut tx, &b.id).await.unwrap(),
        Some(changed)
    );
    assert_eq!(units::roots(&mut tx).await.unwrap(), 1);
    assert_eq!(row::by_id::<UnitRow>(&mut tx, "none").await.unwrap(), None);
}

pub async fn what_lies_below_moves_along(store: Store) {
    let mut tx = store.begin().await.unwrap();
    let [_, b, c, d] = tree(&mut tx).await;
    let (old, below): (UnitPath, UnitPath) = (b.path.parse().unwrap(), c.path.parse().unwrap());
    let new = UnitPath::of(Some(&below), &id('b'));
    let moved = UnitRow {
        parent: Some(c.id.clone()),
        path: new.to_string(),
        ..b
    };
    assert!(row::update(&mut tx, &moved).await.unwrap());
    units::move_below(&mut tx, &old, &new).await.unwrap();
    let paths: Vec<String> = units::all(&mut tx)
        .await
        .unwrap()
        .into_iter()
        .map(|row| row.path)
        .collect();
    assert_eq!(
        paths[1..],
        [c.path, new.to_string(), format!("{new}{}/", d.id)]
    );
}

pub async fn a_unit_in_use_stays(store: Store) {
    let mut tx = store.begin().await.unwrap();
    let [.., c, d] = tree(&mut tx).await;
    assert!(
        !row::delete::<UnitRow>(&mut tx, &d.id, 2).await.unwrap(),
        "another version"
    );
    assert!(row::delete::<UnitRow>(&mut tx, &d.id, 1).await.unwrap());
    row::insert(&mut tx, &post('p', &c)).await.unwrap();
    tx.commit().await.unwrap();
    let mut tx = store.begin().await.unwrap();
    let error = row::delete::<UnitRow>(&mut tx, &c.id, 1).await.unwrap_err();
    assert!(matches!(error, StoreError::Orphan), "{error}");
    drop(tx);
    let mut tx = store.begin().await.unwrap();
    let error = row::insert(&mut tx, &unit('e', Some(&unit('f', None))))
        .await
        .unwrap_err();
    assert!(matches!(error, StoreError::Orphan), "{error}");
}

pub async fn a_list_goes_on_where_the_page_ended(store: Store) {
    let mut tx = store.begin().await.unwrap();
    let [a, b, c, d] = tree(&mut tx).await;
    let twin = UnitRow {
        name: b.name.clone(),
        ..unit('e', Some(&a))
    };
    row::insert(&mut tx, &twin).await.unwrap();
    for (descending, expected) in [
        (false, [&a, &b, &twin, &c, &d]),
        (true, [&d, &c, &twin, &b, &a]),
    ] {
        let mut ask = Ask {
            sort: "name",
            descending,
            after: None,
            limit: 2,
        };
        let mut seen = Vec::new();
        loop {
            let page = units::page(&mut tx, &Scope::All, &UnitFilter::default(), &ask)
                .await
                .unwrap();
            assert_eq!(page.total, 5);
            seen.extend(page.rows.into_iter().map(|row| row.id));
            let Some(next) = page.next else { break };
            ask.after = Cursor::from_text(&next.to_text());
        }
        let expected: Vec<&str> = expected.iter().map(|row| row.id.as_str()).collect();
        assert_eq!(seen, expected);
    }
    let ask = Ask {
        sort: "path",
        descending: false,
        after: None,
        limit: 10,
    };
    let under = Scope::Under(b.path.parse().unwrap());
    let page = units::page(&mut tx, &under, &UnitFilter::default(), &ask)
        .await
        .unwrap();
    let ids: Vec<String> = page.rows.into_iter().map(|row| row.id).collect();
    assert_eq!(ids, [b.id, d.id]);
    let none = units::page(&mut tx, &Scope::Nothing, &UnitFilter::default(), &ask)
        .await
        .unwrap();
    assert_eq!((none.total, none.rows.len()), (0, 0));
    // Numbers sort as numbers.
    let by_number = Ask {
        sort: "ordinal",
        descending: true,
        after: Some(Cursor::after(1, "")),
        limit: 1,
    };
    let rows: Vec<UnitRow> = Select::new("*", "units")
        .rows(&mut tx, &by_number, |row: &UnitRow| {
            Cursor::after(row.ordinal, row.id.as_str())
        })
        .await
        .unwrap()
        .0;
    assert_eq!(rows.len(), 1);
}

pub fn post(letter: char, unit: &UnitRow) -> PostRow {
    PostRow {
        id: id(letter).to_string(),
        version: 1,
        unit: unit.id.clone(),
        kind: "first_secretary".into(),
        holder: "第一书记".into(),
        sent_by: "街道党工委".into(),
        from_on: "2016-12-30".into(),
        until_on: None,
        calls: 0,
        visits: 0,
        note: String::new(),
        sample: 1,
        source: String::new(),
    }
}

pub async fn terms_are_stored_once_per_version(store: Store) {
    let mut tx = store.begin().await.unwrap();
    let [_, b, c, _] = tree(&mut tx).await;
    let (p, q) = (
        post('p', &b),
        PostRow {
            from_on: "2018-01-01".into(),
            ..post('q', &b)
        },
    );
    for row in [&p, &q, &post('r', &c)] {
        row::insert(&mut tx, row).await.unwrap();
    }
    let mut ended = PostRow {
        until_on: Some("2018-01-01".into()),
        ..p.clone()
    };
    assert!(row::update(&mut tx, &ended).await.unwrap());
    assert!(!row::update(&mut tx, &ended).await.unwrap());
    ended.version = 2;
    assert_eq!(
        posts::of_unit(&mut tx, &b.id).await.unwrap(),
        [q, ended.clone()]
    );
    assert_eq!(
        row::by_id::<PostRow>(&mut tx, &p.id).await.unwrap(),
        Some(ended)
    );
    assert!(!row::delete::<PostRow>(&mut tx, &p.id, 1).await.unwrap());
    assert!(row::delete::<PostRow>(&mut tx, &p.id, 2).await.unwrap());
}

pub async fn search_finds_what_is_in_the_index(store: Store) {
    let mut tx = store.begin().await.unwrap();
    let [_, b, ..] = tree(&mut tx).await;
    let mut doc = DocRow {
        kind: "unit".into(),
        id: b.id.clone(),
        unit: Some(b.id.clone()),
        title: b.name.clone(),
        body: "平湖 Logistics Park ".repeat(300) + &('\u{4e00}'..'\u{5a00}').collect::<String>(),
    };
    search::put(&mut tx, &doc).await.unwrap();
    search::put(&mut tx, &doc).await.unwrap();
    let find = async |tx: &mut Tx, text: &str| {
        let filter = UnitFilter {
            text: Some(text.into()),
            ..UnitFilter::default()
        };
        let ask = Ask {
            sort: "name",
            descending: false,
            after: None,
            limit: 10,
        };
        units::page(tx, &Scope::All, &filter, &ask)
            .await
            .unwrap()
            .total
    };
    for (text, found) in [
        ("南城", 1),
        ("ＬＯＧｉｓ", 1),
        ("城", 1),
        ("海吉星", 0),
        ("南湖", 0),
        ("南 湖", 1),
        ("城 logi 平湖", 1),
    ] {
        assert_eq!(find(&mut tx, text).await, found, "{text}");
    }
    doc.title = "海吉星".into();
    doc.body = String::new();
    search::put(&mut tx, &doc).await.unwrap();
    assert_eq!(
        (find(&mut tx, "海吉星").await, find(&mut tx, "南城").await),
        (1, 0)
    );
    search::remove(&mut tx, "unit", &b.id).await.unwrap();
    assert_eq!(find(&mut tx, "海吉星").await, 0);
}
