//! Drawings, founding checks, the firms they are made of, and what a year came to.

use pingyi_domain::record::UnitPath;
use pingyi_store::repo::areas::{self, AreaRow};
use pingyi_store::repo::bulk::{self, Cell};
use pingyi_store::repo::foundings::{self, FoundingRow};
use pingyi_store::repo::indicators::Counted;
use pingyi_store::repo::year::{self, MattersRow};
use pingyi_store::{Store, StoreError, Tx, row};

use crate::units::{id, tree};

pub async fn a_drawing_is_stored_once_per_version(store: Store) {
    let mut tx = store.begin().await.unwrap();
    let [_, b, ..] = tree(&mut tx).await;
    let row = AreaRow {
        id: id('m').to_string(),
        version: 1,
        unit: Some(b.id.clone()),
        name: "华南城".into(),
        geojson: "{}".into(),
        sample: 1,
        source: String::new(),
    };
    let outline = AreaRow {
        id: id('n').to_string(),
        unit: None,
        name: "平湖".into(),
        ..row.clone()
    };
    row::insert(&mut tx, &row).await.unwrap();
    row::insert(&mut tx, &outline).await.unwrap();
    assert_eq!(
        areas::all(&mut tx).await.unwrap(),
        [row.clone(), outline.clone()]
    );
    let mut changed = AreaRow {
        geojson: "[]".into(),
        sample: 0,
        ..row
    };
    assert!(row::update(&mut tx, &changed).await.unwrap());
    assert!(!row::update(&mut tx, &changed).await.unwrap());
    changed.version = 2;
    assert_eq!(
        row::by_id::<AreaRow>(&mut tx, &changed.id).await.unwrap(),
        Some(changed.clone())
    );
    assert!(
        !row::delete::<AreaRow>(&mut tx, &changed.id, 1)
            .await
            .unwrap()
    );
    assert!(
        row::delete::<AreaRow>(&mut tx, &changed.id, 2)
            .await
            .unwrap()
    );
    let lost = AreaRow {
        unit: Some(id('z').to_string()),
        id: id('o').to_string(),
        ..outline
    };
    let error = row::insert(&mut tx, &lost).await.unwrap_err();
    assert!(matches!(error, StoreError::Orphan), "{error}");
}

pub async fn a_check_keeps_its_figures(store: Store) {
    let mut tx = store.begin().await.unwrap();
    let [_, b, ..] = tree(&mut tx).await;
    let row = FoundingRow {
        id: id('g').to_string(),
        version: 1,
        unit: None,
        title: "物流园区".into(),
        on_date: "2018-12-15".into(),
        figures: "{\"firms\":52}".into(),
        thresholds: "{\"firms\":50}".into(),
        mode: None,
        met: 1,
        note: String::new(),
        sample: 0,
    };
    row::insert(&mut tx, &row).await.unwrap();
    let decided = FoundingRow {
        unit: Some(b.id.clone()),
        mode: Some("gather".into()),
        figures: "{\"firms\":1}".into(),
        ..row.clone()
    };
    assert!(row::update(&mut tx, &decided).await.unwrap());
    assert!(!row::update(&mut tx, &decided).await.unwrap());
    let kept = FoundingRow {
        version: 2,
        figures: row.figures,
        ..decided
    };
    assert_eq!(
        foundings::of_unit(&mut tx, &b.id).await.unwrap(),
        std::slice::from_ref(&kept)
    );
    assert_eq!(
        foundings::all(&mut tx).await.unwrap(),
        std::slice::from_ref(&kept)
    );
    assert_eq!(
        row::by_id::<FoundingRow>(&mut tx, &kept.id).await.unwrap(),
        Some(kept.clone())
    );
    assert!(
        !row::delete::<FoundingRow>(&mut tx, &kept.id, 1)
            .await
            .unwrap()
    );
    assert!(
        row::delete::<FoundingRow>(&mut tx, &kept.id, 2)
            .await
            .unwrap()
    );
}

/// Text, number or nothing.
fn cells(values: &[&str]) -> Vec<Cell> {
    values
        .iter()
        .map(|value| match value.strip_prefix('#') {
            _ if *value == "-" => Cell::Null,
            Some(number) => Cell::from(number.parse::<i64>().unwrap()),
            None => Cell::from(*value),
        })
        .collect()
}

async fn firm(tx: &mut Tx, letter: char, unit: &str, opened: &str) {
    let key = id(letter).to_string();
    let row = cells(&[
        &key,
        "#1",
        unit,
        "某企业",
        "某企业",
        "",
        "non_public",
        "",
        "-",
        "#3",
        "",
        "#114100000",
        "#22700000",
        opened,
        "#0",
        "#1",
        "#0",
        "#0",
        "",
        "",
        "-",
        "#0",
        "",
    ]);
    bulk::insert(tx, "firms", &[row]).await.unwrap();
}

async fn cover(tx: &mut Tx, letter: char, firm: char, unit: &str, (from, until): (&str, &str)) {
    let (key, firm) = (id(letter).to_string(), id(firm).to_string());
    let row = cells(&[&key, "#1", &firm, "own", unit, "-", from, until, ""]);
    bulk::insert(tx, "coverages", &[row]).await.unwrap();
}

pub async fn firms_of_a_check_had_opened_and_stand_below(store: Store) {
    let mut tx = store.begin().await.unwrap();
    let [_, b, c, d] = tree(&mut tx).await;
    firm(&mut tx, 'p', &b.id, "2018-01-01").await;
    firm(&mut tx, 'q', &c.id, "2018-01-01").await;
    firm(&mut tx, 'r', &b.id, "2019-01-01").await;
    let place: UnitPath = b.path.parse().unwrap();
    let found = foundings::briefs(&mut tx, "2018-12-15", &place)
        .await
        .unwrap();
    let ids: Vec<&str> = found.iter().map(|firm| firm.id.as_str()).collect();
    assert_eq!(ids, [id('p').as_str()]);
    assert_eq!(
        (found[0].members, found[0].lon, found[0].own),
        (Some(3), Some(114_100_000), 1)
    );
    cover(&mut tx, 's', 'p', &d.id, ("2018-01-01", "-")).await;
    cover(&mut tx, 't', 'p', &d.id, ("2017-01-01", "2018-12-15")).await;
    cover(&mut tx, 'u', 'q', &c.id, ("2018-12-16", "-")).await;
    assert_eq!(
        foundings::covered_by(&mut tx, "2018-12-15").await.unwrap(),
        [(id('p').to_string(), d.id)]
    );
}

async fn entry(tx: &mut Tx, letter: char, unit: &str, kind: &str, day: &str, state: &str) {
    let key = id(letter).to_string();
    let row = cells(&[
        &key, "#1", unit, kind, "", day, "某事", "", "", "#10", "-", "", "-", "-", "-", "", "-",
        "-", "-", state, "", "user:a", "#1", "-", "-", "-", "#0", "",
    ]);
    bulk::insert(tx, "entries", &[row]).await.unwrap();
}

pub async fn a_year_counts_what_is_not_given_back(store: Store) {
    let mut tx = store.begin().await.unwrap();
    let [_, b, c, _] = tree(&mut tx).await;
    entry(&mut tx, '1', &b.id, "class", "2018-01-01", "confirmed").await;
    entry(&mut tx, '2', &b.id, "class", "2018-01-31", "recorded").await;
    entry(&mut tx, '3', &b.id, "class", "2018-02-01", "returned").await;
    entry(&mut tx, '4', &b.id, "visit", "2018-12-31", "recorded").await;
    entry(&mut tx, '5', &b.id, "class", "2019-01-01", "recorded").await;
    entry(&mut tx, '6', &c.id, "class", "2018-01-01", "recorded").await;
    let place: UnitPath = b.path.parse().unwrap();
    let days = ("2018-01-01", "2018-12-31");
    let mut kinds = year::kinds(&mut tx, days, &place).await.unwrap();
    kinds.sort_by(|a, b| a.kind.cmp(&b.kind));
    let said: Vec<_> = kinds
        .iter()
        .map(|k| {
            (
                k.kind.as_str(),
                k.month.as_str(),
                k.entries,
                k.unconfirmed,
                k.people,
            )
        })
        .collect();
    assert_eq!(
        said,
        [
            ("class", "2018-01", 2, 1, 20),
            ("visit", "2018-12", 1, 1, 10)
        ]
    );
    let by = Counted {
        kind: "class".into(),
        topic: String::new(),
        first: days.0.into(),
        last: days.1.into(),
        first_quarter: "2018-Q1".into(),
        last_quarter: "2018-Q4".into(),
    };
    for by_quarter in [false, true] {
        let mut open = year::unconfirmed(&mut tx, &by, by_quarter).await.unwrap();
        open.sort();
        let mut expected = [(b.id.clone(), 1), (c.id.clone(), 1)];
        expected.sort();
        assert_eq!(open, expected);
    }
}

async fn matter(tx: &mut Tx, letter: char, unit: &str, days: [&str; 3]) {
    let key = id(letter).to_string();
    let [raised, due, closed] = days;
    let (state, reporter, by) = if closed == "-" {
        ("assigned", "-", "-")
    } else {
        ("closed", "user:a", "user:b")
    };
    let row = cells(&[
        &key,
        "#1",
        "problem",
        "某事项",
        "visit",
        "-",
        "-",
        unit,
        "某人",
        "",
        raised,
        due,
        "-",
        "",
        state,
        reporter,
        closed,
        by,
        closed,
        "#0",
        "",
    ]);
    bulk::insert(tx, "matters", &[row]).await.unwrap();
}

pub async fn a_matter_is_open_until_the_day_it_is_closed(store: Store) {
    let mut tx = store.begin().await.unwrap();
    let [_, b, c, _] = tree(&mut tx).await;
    matter(
        &mut tx,
        '1',
        &b.id,
        ["2017-05-01", "2018-01-01", "2018-03-01"],
    )
    .await;
    matter(&mut tx, '2', &b.id, ["2018-05-01", "2018-12-31", "-"]).await;
    matter(
        &mut tx,
        '3',
        &b.id,
        ["2018-05-01", "2018-12-30", "2019-01-05"],
    )
    .await;
    matter(&mut tx, '4', &b.id, ["2019-01-01", "2019-02-01", "-"]).await;
    matter(&mut tx, '5', &c.id, ["2018-05-01", "-", "-"]).await;
    let place: UnitPath = b.path.parse().unwrap();
    let of = year::matters(&mut tx, ("2018-01-01", "2018-12-31"), &place);
    assert_eq!(
        of.await.unwrap(),
        MattersRow {
            raised: 2,
            closed: 1,
            open: 2,
            overdue: 1
        }
    );
    let nothing = year::matters(&mut tx, ("1990-01-01", "1990-12-31"), &place);
    assert_eq!(nothing.await.unwrap(), MattersRow::default());
}
