//! Indicators: what is counted, on both engines to the last row; and what search finds.

use pingyi_domain::record::{Measure, Scope};
use pingyi_store::repo::bulk::{self, Cell};
use pingyi_store::repo::find;
use pingyi_store::repo::indicators::{self, CountRow, Counted, IndicatorRow};
use pingyi_store::repo::search::{self, DocRow};
use pingyi_store::{Store, Tx, row};

use super::units::{id, tree};

macro_rules! row {
    ($($cell:expr),* $(,)?) => { vec![$(Cell::from($cell)),*] };
}

fn entry(n: i64, unit: char, kind: &str, day: &str, state: &str) -> Vec<Cell> {
    let quarter = (kind == "meeting").then_some("2026-Q1");
    let (people, quantity) = (Some(n), (n % 2 == 0).then_some(n * 1000));
    row![
        format!("{n:0>16}"),
        1,
        id(unit).to_string(),
        kind,
        "hall",
        day,
        "x",
        "",
        "",
        people,
        quantity,
        "",
        None::<i64>,
        None::<i64>,
        None::<i64>,
        "",
        quarter,
        None::<&str>,
        None::<&str>,
        state,
        "",
        "system",
        0,
        None::<&str>,
        None::<i64>,
        None::<&str>,
        0,
        ""
    ]
}

fn matter(n: i64, due: &str, state: &str, closed: Option<&str>) -> Vec<Cell> {
    row![
        format!("{n:0>16}"),
        1,
        "problem",
        "x",
        "visit",
        None::<&str>,
        None::<&str>,
        id('b').to_string(),
        "x",
        "",
        "2026-01-01",
        due,
        None::<i64>,
        "",
        state,
        closed.map(|_| "user:a"),
        closed,
        closed.map(|_| "user:b"),
        closed,
        0,
        ""
    ]
}

async fn count(tx: &mut Tx, measure: Measure, kind: &str) -> Vec<(char, String, i64, i64)> {
    let by = Counted {
        kind: kind.into(),
        topic: "hall".into(),
        first: "2026-01-01".into(),
        last: "2026-03-31".into(),
        first_quarter: "2026-Q1".into(),
        last_quarter: "2026-Q1".into(),
    };
    let mut rows = indicators::count(tx, measure, &by).await.unwrap();
    rows.sort_by(|a, b| (&a.unit, &a.bucket).cmp(&(&b.unit, &b.bucket)));
    let short = |row: CountRow| {
        (
            row.unit.chars().next().unwrap(),
            row.bucket,
            row.part,
            row.whole,
        )
    };
    rows.into_iter().map(short).collect()
}

pub async fn figures_are_counted_to_the_last_row(store: Store) {
    let mut tx = store.begin().await.unwrap();
    tree(&mut tx).await;
    let entries = [
        entry(1, 'b', "class", "2026-01-01", "recorded"),
        entry(2, 'b', "class", "2026-03-31", "confirmed"),
        entry(3, 'b', "class", "2026-02-01", "returned"),
        entry(4, 'b', "class", "2026-04-01", "confirmed"),
        entry(5, 'b', "class", "2025-12-31", "confirmed"),
        entry(6, 'd', "class", "2026-02-10", "confirmed"),
        entry(7, 'c', "visit", "2026-02-10", "confirmed"),
        // The meeting of the first quarter, held in the second.
        entry(8, 'c', "meeting", "2026-04-05", "confirmed"),
    ];
    bulk::insert(&mut tx, "entries", &entries).await.unwrap();
    let none = String::new;
    let counted = count(&mut tx, Measure::Entries, "class").await;
    assert_eq!(counted, [('b', none(), 2, 0), ('d', none(), 1, 0)]);
    let people = count(&mut tx, Measure::Headcount, "class").await;
    assert_eq!(people, [('b', none(), 3, 0), ('d', none(), 6, 0)]);
    let much = count(&mut tx, Measure::Quantity, "class").await;
    assert_eq!(much, [('b', none(), 2000, 0), ('d', none(), 6000, 0)]);
    let all = count(&mut tx, Measure::Entries, "").await;
    assert_eq!(
        all.iter().map(|row| row.2).sum::<i64>(),
        4,
        "without a kind all kinds"
    );
    let quarters = count(&mut tx, Measure::Quarters, "meeting").await;
    assert_eq!(quarters, [('c', "2026-Q1".to_owned(), 1, 0)]);
    let months = count(&mut tx, Measure::Quarters, "class").await;
    let months: Vec<_> = months.into_iter().map(|row| (row.0, row.1)).collect();
    assert_eq!(
        months,
        [
            ('b', "2026-01".to_owned()),
            ('b', "2026-03".to_owned()),
            ('d', "2026-02".to_owned())
        ]
    );

    let matters = [
        matter(1, "2026-02-01", "closed", Some("2026-02-01")),
        matter(2, "2026-02-01", "closed", Some("2026-02-02")),
        matter(3, "2026-03-31", "assigned", None),
        matter(4, "2026-04-01", "closed", Some("2026-01-02")),
    ];
    bulk::insert(&mut tx, "matters", &matters).await.unwrap();
    let closed = count(&mut tx, Measure::ClosedInTime, "").await;
    assert_eq!(closed, [('b', none(), 1, 3)]);
    assert!(count(&mut tx, Measure::OrgRate, "").await.is_empty());
}

pub async fn the_newest_count_of_members_is_taken(store: Store) {
    let mut tx = store.begin().await.unwrap();
    tree(&mut tx).await;
    let heads = [
        ("1", 'b', "2025-12-31", 270),
        ("2", 'b', "2026-06-30", 390),
        ("3", 'd', "2026-01-01", 5),
    ];
    for (n, unit, day, total) in heads {
        let head = format!("{n:0>16}");
        let row = row![head.as_str(), 1, id(unit).to_string(), day, "", 0, ""];
        bulk::insert(&mut tx, "headcounts", &[row]).await.unwrap();
        let values = [
            row![head.as_str(), "total", total],
            row![head.as_str(), "internet", 1],
        ];
        bulk::insert(&mut tx, "headcount_values", &values)
            .await
            .unwrap();
    }
    let mut on = async |day: &str| {
        let mut rows: Vec<i64> = indicators::members(&mut tx, day)
            .await
            .unwrap()
            .into_iter()
            .map(|row| row.part)
            .collect();
        rows.sort_unstable();
        rows
    };
    assert_eq!(on("2026-06-29").await, [5, 270]);
    assert_eq!(on("2026-06-30").await, [5, 390]);
    assert!(on("2025-12-30").await.is_empty());
}

pub async fn an_indicator_is_stored_once_per_version(store: Store) {
    let mut tx = store.begin().await.unwrap();
    let mut one = IndicatorRow {
        id: id('i').to_string(),
        version: 1,
        ordinal: 1,
        name: "学习教育场次".into(),
        measure: "entries".into(),
        kind: "class".into(),
        topic: String::new(),
        from_on: "2026-01-01".into(),
        until_on: "2026-12-31".into(),
        weight: 10,
        retired: 0,
        sample: 0,
        targets: vec![(String::new(), 28_000), (id('b').to_string(), 12_500)],
    };
    row::insert(&mut tx, &one).await.unwrap();
    let kept = indicators::all(&mut tx).await.unwrap();
    assert_eq!(kept, [one.clone()], "with both targets");
    one.targets.remove(0);
    assert!(row::update(&mut tx, &one).await.unwrap());
    assert!(
        !row::update(&mut tx, &one).await.unwrap(),
        "somebody was faster"
    );
    let now = row::by_id::<IndicatorRow>(&mut tx, &one.id)
        .await
        .unwrap()
        .unwrap();
    assert_eq!((now.version, &now.targets), (2, &one.targets));
    assert!(
        !row::delete::<IndicatorRow>(&mut tx, &one.id, 1)
            .await
            .unwrap()
    );
    assert!(
        row::delete::<IndicatorRow>(&mut tx, &one.id, 2)
            .await
            .unwrap()
    );
    row::insert(
        &mut tx,
        &IndicatorRow {
            targets: Vec::new(),
            ..one.clone()
        },
    )
    .await
    .unwrap();
    let bare = row::by_id::<IndicatorRow>(&mut tx, &one.id)
        .await
        .unwrap()
        .unwrap();
    assert!(bare.targets.is_empty(), "the targets went with it");
}

pub async fn search_counts_the_pairs_something_holds(store: Store) {
    let mut tx = store.begin().await.unwrap();
    let [_, b, ..] = tree(&mut tx).await;
    for (letter, unit, title) in [
        ('1', 'b', "华南城园区党委"),
        ('2', 'c', "华南农批"),
        ('3', 'c', "海吉星"),
    ] {
        let doc = DocRow {
            kind: "unit".into(),
            id: id(letter).to_string(),
            unit: Some(id(unit).to_string()),
            title: title.into(),
            body: String::new(),
        };
        search::put(&mut tx, &doc).await.unwrap();
    }
    let pairs = ["华南".to_owned(), "南城".to_owned()];
    let under_b = Scope::Under(b.path.parse().unwrap());
    for (scope, kind, missing, titles) in [
        (Scope::All, None, 0, vec!["华南城园区党委"]),
        (
            Scope::All,
            Some("unit"),
            1,
            vec!["华南城园区党委", "华南农批"],
        ),
        (under_b, None, 1, vec!["华南城园区党委"]),
        (Scope::All, Some("firm"), 1, vec![]),
        (Scope::Nothing, None, 1, vec![]),
    ] {
        let hits = find::holding(&mut tx, &scope, kind, &pairs, (missing, 10))
            .await
            .unwrap();
        let found: Vec<String> = hits.into_iter().map(|hit| hit.title).collect();
        assert_eq!(found, titles, "{scope:?} {kind:?} {missing}");
    }
}
