//! What lists and files need beside the rows: entries with who took part, terms and counts of a part of the tree, the
//! firms and visits of instructors, cases of a centre.

use pingyi_domain::record::{Scope, UnitPath};
use pingyi_store::repo::centres::{self, CentreRow};
use pingyi_store::repo::coverages::{self, CoverageRow};
use pingyi_store::repo::entries::{self, BodyRow};
use pingyi_store::repo::headcounts::{self, HeadcountRow};
use pingyi_store::repo::posts::{self, PostRow};
use pingyi_store::repo::units::UnitRow;
use pingyi_store::{Store, StoreError, Tx, row};

use crate::firms::firm;
use crate::ledger::entry;
use crate::units::{id, tree};

fn under(unit: &UnitRow) -> Scope {
    Scope::Under(unit.path.parse::<UnitPath>().unwrap())
}

fn post(letter: char, unit: &UnitRow, kind: &str) -> PostRow {
    PostRow {
        id: id(letter).to_string(),
        version: 1,
        unit: unit.id.clone(),
        kind: kind.into(),
        holder: format!("指导员{letter}"),
        sent_by: String::new(),
        from_on: "2018-01-01".into(),
        until_on: None,
        calls: 4,
        visits: 1,
        note: String::new(),
        sample: 0,
        source: String::new(),
    }
}

pub async fn lists_are_read_whole(store: Store) {
    let mut tx = store.begin().await.unwrap();
    let [_, b, c, d] = tree(&mut tx).await;
    for row in [
        post('p', &b, "secretary"),
        post('q', &d, "instructor"),
        post('r', &c, "instructor"),
    ] {
        row::insert(&mut tx, &row).await.unwrap();
    }
    let ids = async |tx: &mut Tx, scope: &Scope, within: &Scope, kind: Option<&str>| -> Vec<char> {
        let rows = posts::listed(tx, scope, within, kind).await.unwrap();
        rows.iter()
            .filter_map(|row| row.id.chars().next())
            .collect()
    };
    assert_eq!(
        ids(&mut tx, &Scope::All, &Scope::All, None).await,
        ['p', 'q', 'r']
    );
    assert_eq!(
        ids(&mut tx, &under(&b), &Scope::All, None).await,
        ['p', 'q']
    );
    assert_eq!(ids(&mut tx, &Scope::All, &under(&d), None).await, ['q']);
    assert_eq!(
        ids(&mut tx, &under(&b), &Scope::All, Some("instructor")).await,
        ['q']
    );
    assert!(ids(&mut tx, &under(&c), &under(&b), None).await.is_empty());
    assert!(
        ids(&mut tx, &Scope::Nothing, &Scope::All, None)
            .await
            .is_empty()
    );
    for (letter, unit, day, n) in [('h', &b, "2018-12-15", 390), ('i', &c, "2017-12-31", 80)] {
        let row = HeadcountRow {
            id: id(letter).to_string(),
            version: 1,
            unit: unit.id.clone(),
            on_date: day.into(),
            note: String::new(),
            sample: 0,
            source: String::new(),
            parts: vec![("internet".into(), 7), ("total".into(), n)],
        };
        row::insert(&mut tx, &row).await.unwrap();
    }
    let all = headcounts::listed(&mut tx, &Scope::All, &Scope::All).await;
    let totals: Vec<_> = all.unwrap().into_iter().map(|row| row.parts).collect();
    let parts = |n| vec![("internet".to_owned(), 7), ("total".to_owned(), n)];
    assert_eq!(totals, [parts(80), parts(390)]);
    let own = headcounts::listed(&mut tx, &under(&b), &Scope::All).await;
    assert_eq!(own.unwrap().len(), 1);
}

pub async fn entries_bring_who_took_part(store: Store) {
    let mut tx = store.begin().await.unwrap();
    let [_, b, c, _] = tree(&mut tx).await;
    let firm = firm('f', &b);
    row::insert_all(&mut tx, std::slice::from_ref(&firm))
        .await
        .unwrap();
    let body = |role: &str, name: &str| BodyRow {
        role: role.into(),
        unit: None,
        name: name.into(),
    };
    for (letter, unit) in [('e', &b), ('g', &c)] {
        let row = entry(letter, unit, "meeting", "2018-03-20");
        row::insert(&mut tx, &row).await.unwrap();
        let bodies = [body("attended", "团委"), body("partner", "平湖医院")];
        entries::set_bodies(&mut tx, &row.id, &bodies)
            .await
            .unwrap();
    }
    let (e, g) = (id('e').to_string(), id('g').to_string());
    entries::set_firms(&mut tx, &e, std::slice::from_ref(&firm.id))
        .await
        .unwrap();
    let found = entries::bodies_of(&mut tx, &[&e, &g]).await.unwrap();
    assert_eq!(found.len(), 4);
    assert_eq!(
        found[0],
        (e.clone(), "attended".to_owned(), "团委".to_owned())
    );
    // More than one statement takes.
    let many: Vec<&str> = std::iter::repeat_n(e.as_str(), 501).collect();
    assert_eq!(entries::bodies_of(&mut tx, &many).await.unwrap().len(), 4);
    assert!(entries::bodies_of(&mut tx, &[]).await.unwrap().is_empty());
    assert_eq!(
        entries::firms_of(&mut tx, &[&e, &g]).await.unwrap(),
        [(e, firm.name)]
    );
    let like = async |tx: &mut Tx, text: &str, scope: &Scope| -> Vec<String> {
        let places = match scope {
            Scope::Under(path) => (path.to_string(), path.end()),
            _ => (String::new(), "~".to_owned()),
        };
        let places = (places.0.as_str(), places.1.as_str());
        entries::bodies_like(tx, text, places).await.unwrap()
    };
    assert_eq!(like(&mut tx, "平", &Scope::All).await, ["平湖医院"]);
    assert_eq!(like(&mut tx, "平湖", &under(&b)).await, ["平湖医院"]);
    assert!(like(&mut tx, "%", &Scope::All).await.is_empty());
    assert!(like(&mut tx, "湖", &Scope::All).await.is_empty());
}

pub async fn instructors_have_firms_and_visits(store: Store) {
    let mut tx = store.begin().await.unwrap();
    let [_, b, ..] = tree(&mut tx).await;
    let term = post('p', &b, "instructor");
    row::insert(&mut tx, &term).await.unwrap();
    let (kept, struck) = (firm('f', &b), firm('s', &b));
    let struck = pingyi_store::repo::firms::FirmRow {
        struck: 1,
        ..struck
    };
    row::insert_all(&mut tx, &[kept.clone(), struck.clone()])
        .await
        .unwrap();
    let cover = |letter: char, firm: &str, until_on: Option<&str>| CoverageRow {
        id: id(letter).to_string(),
        version: 1,
        firm: firm.to_owned(),
        kind: "instructor".into(),
        unit: None,
        post: Some(term.id.clone()),
        from_on: "2018-02-01".into(),
        until_on: until_on.map(str::to_owned),
        note: String::new(),
    };
    let covers = [cover('k', &kept.id, None), cover('l', &struck.id, None)];
    row::insert_all(&mut tx, &covers).await.unwrap();
    let rows = coverages::instructed(&mut tx, "2018-12-15").await.unwrap();
    assert_eq!(rows.len(), 1, "what is struck out is no load");
    assert_eq!(
        (rows[0].id.as_str(), rows[0].post.as_str()),
        (kept.id.as_str(), term.id.as_str())
    );
    assert!(
        coverages::instructed(&mut tx, "2018-01-31")
            .await
            .unwrap()
            .is_empty()
    );
    for (letter, day, state) in [
        ('u', "2018-11-05", "recorded"),
        ('v', "2018-11-20", "confirmed"),
        ('w', "2018-12-01", "recorded"),
        ('x', "2018-11-21", "returned"),
    ] {
        let mut row = entry(letter, &b, "visit", day);
        row.post = Some(term.id.clone());
        row.state = state.into();
        row::insert(&mut tx, &row).await.unwrap();
        entries::set_firms(&mut tx, &row.id, std::slice::from_ref(&kept.id))
            .await
            .unwrap();
    }
    let visits = coverages::visited(&mut tx, "2018-11-01", "2018-11-30")
        .await
        .unwrap();
    assert_eq!(visits.len(), 1);
    assert_eq!((visits[0].n, visits[0].last_on.as_str()), (2, "2018-12-01"));
    let before = coverages::visited(&mut tx, "2018-10-01", "2018-10-31")
        .await
        .unwrap();
    assert_eq!(before[0].n, 0);
}

pub async fn cases_of_a_quarter_are_replaced(store: Store) {
    let mut tx = store.begin().await.unwrap();
    let [_, b, ..] = tree(&mut tx).await;
    let row = CentreRow {
        id: id('e').to_string(),
        version: 1,
        unit: b.id.clone(),
        kind: "own".into(),
        name: "党群服务中心".into(),
        address: String::new(),
        opened_on: Some("2018-01-01".into()),
        closed_on: None,
        terminals: 2,
        note: String::new(),
        sample: 0,
        source: String::new(),
        covers: vec![],
        services: vec!["guidance".into(), "rights".into()],
    };
    row::insert(&mut tx, &row).await.unwrap();
    let set = async |tx: &mut Tx, quarter: &str, counts: &[(&str, i64)]| {
        centres::set_cases(tx, &row.id, quarter, counts).await
    };
    set(&mut tx, "2018-Q1", &[("guidance", 3), ("rights", 0)])
        .await
        .unwrap();
    set(&mut tx, "2018-Q2", &[("guidance", 9)]).await.unwrap();
    set(&mut tx, "2018-Q1", &[("guidance", 4)]).await.unwrap();
    let cases = centres::cases(&mut tx, &row.id).await.unwrap();
    let line = |quarter: &str, n| ("guidance".to_owned(), quarter.to_owned(), n);
    assert_eq!(cases, [line("2018-Q1", 4), line("2018-Q2", 9)]);
    let error = set(&mut tx, "2018-Q3", &[("clinic", 1)]).await.unwrap_err();
    assert!(matches!(error, StoreError::Orphan), "{error}");
}
