//! Words, entries, evidence, joint meetings and matters.

use pingyi_domain::record::Scope;
use pingyi_store::list::{Ask, Cursor};
use pingyi_store::repo::coverages::StrikeRow;
use pingyi_store::repo::entries::{self, BodyRow, EntryFilter, EntryRow};
use pingyi_store::repo::evidence::{self, EvidenceRow};
use pingyi_store::repo::matters::{self, EditRow, MatterFilter, MatterRow, MoveRow, ProgressRow};
use pingyi_store::repo::meetings;
use pingyi_store::repo::units::UnitRow;
use pingyi_store::repo::words::{self, WordRow};
use pingyi_store::{Store, StoreError, Tx, row};

use crate::units::{id, tree};

pub async fn words_are_stored_once_per_version(store: Store) {
    let mut tx = store.begin().await.unwrap();
    let mut word = WordRow {
        list: "topic".into(),
        code: "hall".into(),
        version: 1,
        parent: "class".into(),
        ordinal: 10,
        label_zh: "大讲堂".into(),
        label_en: String::new(),
        retired: 0,
    };
    words::insert(&mut tx, &word).await.unwrap();
    word.retired = 1;
    assert!(words::update(&mut tx, &word).await.unwrap());
    assert!(!words::update(&mut tx, &word).await.unwrap());
    word.version = 2;
    assert_eq!(
        words::by_code(&mut tx, "topic", "hall").await.unwrap(),
        Some(word.clone())
    );
    assert_eq!(words::all(&mut tx).await.unwrap(), [word.clone()]);
    assert!(matches!(
        words::insert(&mut tx, &word).await,
        Err(StoreError::Conflict)
    ));
}

pub fn entry(letter: char, unit: &UnitRow, kind: &str, on_date: &str) -> EntryRow {
    EntryRow {
        id: id(letter).to_string(),
        version: 1,
        unit: unit.id.clone(),
        kind: kind.into(),
        topic: String::new(),
        on_date: on_date.into(),
        title: format!("事项{letter}"),
        place: String::new(),
        summary: String::new(),
        headcount: Some(30),
        quantity: Some(1500),
        measure: "次".into(),
        hours: None,
        cases: None,
        settled: None,
        findings: String::new(),
        quarter: None,
        shop: None,
        post: None,
        state: "recorded".into(),
        reason: String::new(),
        recorded_by: "user:a".into(),
        recorded_at: 7,
        reviewed_by: None,
        reviewed_at: None,
        import: None,
        sample: 0,
        source: String::new(),
    }
}

async fn add_firm(tx: &mut Tx, letter: char, unit: &UnitRow, struck: i64) -> String {
    let firm = id(letter).to_string();
    let sql = "INSERT INTO firms (id, version, unit, name, name_key, credit_code, kind, sector, address, opened_on, struck, own, \
               joint, work, uncovered, note, sample, source) VALUES ($1, 1, $2, $3, $3, '', 'non_public', 'internet', '', \
               '2016-01-01', $4, 0, 0, 0, '', '', 0, '')";
    sqlx::query(sql)
        .bind(firm.as_str())
        .bind(unit.id.as_str())
        .bind(format!("公司{letter}"))
        .bind(struck)
        .execute(&mut **tx)
        .await
        .unwrap();
    firm
}

pub async fn an_entry_is_stored_once_per_version_and_state(store: Store) {
    let mut tx = store.begin().await.unwrap();
    let [_, b, c, _] = tree(&mut tx).await;
    let firm = add_firm(&mut tx, 'f', &b, 0).await;
    let mut row = entry('e', &b, "meeting", "2018-11-20");
    row::insert(&mut tx, &row).await.unwrap();
    let bodies = [
        BodyRow {
            role: "attended".into(),
            unit: Some(c.id.clone()),
            name: c.name.clone(),
        },
        BodyRow {
            role: "partner".into(),
            unit: None,
            name: "派出所".into(),
        },
    ];
    entries::set_bodies(&mut tx, &row.id, &bodies)
        .await
        .unwrap();
    entries::set_bodies(&mut tx, &row.id, &bodies)
        .await
        .unwrap();
    entries::set_firms(&mut tx, &row.id, std::slice::from_ref(&firm))
        .await
        .unwrap();
    assert_eq!(entries::bodies(&mut tx, &row.id).await.unwrap(), bodies);
    assert_eq!(entries::firms(&mut tx, &row.id).await.unwrap()[0].id, firm);
    assert_eq!(
        entries::firms_named(&mut tx, "公司f", "")
            .await
            .unwrap()
            .len(),
        1
    );
    assert_eq!(entries::firms_like(&mut tx, "公司").await.unwrap().len(), 1);
    assert_eq!(entries::firms_like(&mut tx, "工").await.unwrap().len(), 0);
    row.title = "第四季度联席会议".into();
    assert!(
        !row::update_in_state(&mut tx, "confirmed", &row)
            .await
            .unwrap()
    );
    assert!(
        row::update_in_state(&mut tx, "recorded", &row)
            .await
            .unwrap()
    );
    assert!(
        !row::update_in_state(&mut tx, "recorded", &row)
            .await
            .unwrap()
    );
    row.version = 2;
    row.state = "returned".into();
    row.reason = "缺签到".into();
    row.reviewed_by = Some("user:b".into());
    row.reviewed_at = Some(9);
    assert!(entries::review(&mut tx, "recorded", &row).await.unwrap());
    assert!(!entries::review(&mut tx, "recorded", &row).await.unwrap());
    assert_eq!(
        row::by_id::<EntryRow>(&mut tx, &row.id).await.unwrap(),
        Some(row.clone())
    );
    assert!(!row::delete::<EntryRow>(&mut tx, &row.id, 1).await.unwrap());
    assert!(row::delete::<EntryRow>(&mut tx, &row.id, 2).await.unwrap());
}

fn ask(sort: &'static str, descending: bool) -> Ask {
    Ask {
        sort,
        descending,
        after: None,
        limit: 2,
    }
}

pub async fn a_list_of_entries_is_narrowed_and_goes_on(store: Store) {
    let mut tx = store.begin().await.unwrap();
    let [_, b, c, d] = tree(&mut tx).await;
    let firm = add_firm(&mut tx, 'f', &b, 0).await;
    let rows = [
        entry('1', &b, "class", "2018-01-05"),
        entry('2', &d, "class", "2018-02-05"),
        EntryRow {
            state: "returned".into(),
            ..entry('3', &b, "activity", "2018-02-05")
        },
        entry('4', &c, "visit", "2018-03-05"),
    ];
    for row in &rows {
        row::insert(&mut tx, row).await.unwrap();
    }
    entries::set_firms(&mut tx, &rows[1].id, std::slice::from_ref(&firm))
        .await
        .unwrap();
    let mut asked = ask("on_date", true);
    let mut seen = String::new();
    loop {
        let page = entries::page(&mut tx, &Scope::All, &EntryFilter::default(), &asked)
            .await
            .unwrap();
        assert_eq!(page.total, 4);
        seen.extend(page.rows.iter().map(|row| row.id.chars().next().unwrap()));
        let Some(next) = page.next else { break };
        asked.after = Cursor::from_text(&next.to_text());
    }
    assert_eq!(seen, "4321");
    let under = Scope::Under(b.path.parse().unwrap());
    let count = async |tx: &mut Tx, scope: &Scope, filter: EntryFilter| {
        entries::count(tx, scope, &filter).await.unwrap()
    };
    assert_eq!(count(&mut tx, &under, EntryFilter::default()).await, 3);
    for (filter, expected) in [
        (
            EntryFilter {
                kind: Some("class".into()),
                ..EntryFilter::default()
            },
            2,
        ),
        (
            EntryFilter {
                unit: Some(under.clone()),
                ..EntryFilter::default()
            },
            3,
        ),
        (
            EntryFilter {
                counts: true,
                ..EntryFilter::default()
            },
            3,
        ),
        (
            EntryFilter {
                state: Some("returned".into()),
                ..EntryFilter::default()
            },
            1,
        ),
        (
            EntryFilter {
                from: Some("2018-02-05".into()),
                until: Some("2018-02-05".into()),
                ..EntryFilter::default()
            },
            2,
        ),
        (
            EntryFilter {
                firm: Some(firm),
                ..EntryFilter::default()
            },
            1,
        ),
    ] {
        assert_eq!(
            count(&mut tx, &Scope::All, filter.clone()).await,
            expected,
            "{filter:?}"
        );
    }
}

pub async fn meetings_and_classes_are_counted(store: Store) {
    let mut tx = store.begin().await.unwrap();
    let [a, b, c, _] = tree(&mut tx).await;
    let quarter = |row: EntryRow, quarter: &str| EntryRow {
        quarter: Some(quarter.into()),
        ..row
    };
    let held = quarter(entry('1', &b, "meeting", "2018-02-05"), "2018-Q1");
    let back = EntryRow {
        state: "returned".into(),
        ..quarter(entry('2', &b, "meeting", "2018-05-05"), "2018-Q2")
    };
    let later = quarter(entry('3', &b, "meeting", "2019-02-05"), "2019-Q1");
    for row in [&held, &back, &later] {
        row::insert(&mut tx, row).await.unwrap();
    }
    let bodies = ["工会", "团委"].map(|name| BodyRow {
        role: "attended".into(),
        unit: None,
        name: name.into(),
    });
    entries::set_bodies(&mut tx, &held.id, &bodies)
        .await
        .unwrap();
    let raised = MatterRow {
        entry: Some(held.id.clone()),
        ..matter('m', &b, None)
    };
    row::insert(&mut tx, &raised).await.unwrap();
    let rows = meetings::held(&mut tx, "2018-Q1", "2018-Q4").await.unwrap();
    let short: Vec<_> = rows
        .iter()
        .map(|r| (r.quarter.as_str(), r.attended, r.matters, r.open))
        .collect();
    assert_eq!(short, [("2018-Q1", 2, 1, 1)]);

    let mut firms = Vec::new();
    for (letter, unit, struck) in [('f', &b, 0), ('g', &b, 1), ('h', &c, 0), ('i', &b, 0)] {
        firms.push(add_firm(&mut tx, letter, unit, struck).await);
    }
    let strike = StrikeRow {
        id: id('g').to_string(),
        version: 1,
        firm: firms[1].clone(),
        reason: "shell".into(),
        from_on: "2018-12-31".into(),
        until_on: None,
        note: String::new(),
    };
    row::insert(&mut tx, &strike).await.unwrap();
    let topic = |row: EntryRow| EntryRow {
        topic: "hall".into(),
        ..row
    };
    for (row, reached) in [
        (topic(entry('4', &b, "class", "2018-02-05")), &firms[..3]),
        (topic(entry('5', &b, "class", "2018-03-05")), &firms[..1]),
        (entry('6', &b, "activity", "2018-03-05"), &firms[3..]),
        (
            EntryRow {
                state: "returned".into(),
                ..entry('7', &b, "class", "2018-03-05")
            },
            &firms[3..],
        ),
    ] {
        row::insert(&mut tx, &row).await.unwrap();
        entries::set_firms(&mut tx, &row.id, reached).await.unwrap();
    }
    let year = ("2018-01-01", "2018-12-31");
    let (root, park) = (a.path.parse().unwrap(), b.path.parse().unwrap());
    // The struck-out firm is in neither number; the other park's firm only in the whole's.
    let firms = |rows: Vec<meetings::FirmsRow>| -> Vec<(String, i64)> {
        rows.into_iter().map(|row| (row.path, row.firms)).collect()
    };
    let only = |unit: &UnitRow, count| vec![(unit.path.clone(), count)];
    let reached = meetings::reached(&mut tx, year, &park).await.unwrap();
    assert_eq!(firms(reached), only(&b, 1));
    let operating = meetings::operating(&mut tx, year.1, &park).await.unwrap();
    assert_eq!(firms(operating), only(&b, 2));
    let mut reached = firms(meetings::reached(&mut tx, year, &root).await.unwrap());
    reached.sort();
    assert_eq!(reached.iter().map(|(_, count)| count).sum::<i64>(), 2);
    assert!(reached.contains(&(b.path.clone(), 1)));
    let operating = firms(meetings::operating(&mut tx, year.1, &root).await.unwrap());
    assert_eq!(operating.iter().map(|(_, count)| count).sum::<i64>(), 3);
    let operating = meetings::operating(&mut tx, "2018-12-30", &park)
        .await
        .unwrap();
    assert_eq!(firms(operating), only(&b, 3), "struck out a day later");
    let before = meetings::operating(&mut tx, "2015-12-31", &root)
        .await
        .unwrap();
    assert_eq!(before, []);
    let topics = meetings::topics(&mut tx, year, &root).await.unwrap();
    let short: Vec<_> = topics
        .iter()
        .map(|t| (t.topic.as_str(), t.classes, t.people))
        .collect();
    assert_eq!(short, [("hall", 2, 60)]);
}

pub fn matter(letter: char, unit: &UnitRow, due_on: Option<&str>) -> MatterRow {
    MatterRow {
        id: id(letter).to_string(),
        version: 1,
        list: "key_task".into(),
        title: format!("事项{letter}"),
        origin: "superior".into(),
        entry: None,
        firm: None,
        unit: unit.id.clone(),
        responsible: "城建办".into(),
        measures: String::new(),
        raised_on: "2018-01-05".into(),
        due_on: due_on.map(Into::into),
        quantity: Some(830_000_000),
        measure: "平方米".into(),
        state: "raised".into(),
        reported_by: None,
        reported_on: None,
        closed_by: None,
        closed_on: None,
        sample: 0,
        source: String::new(),
    }
}

fn step(matter: &MatterRow, name: &str) -> MoveRow {
    MoveRow {
        matter: matter.id.clone(),
        seq: 0,
        at: 5,
        actor: "user:a".into(),
        step: name.into(),
        state: matter.state.clone(),
        text: "说明".into(),
    }
}

pub async fn a_matter_moves_on_once(store: Store) {
    let mut tx = store.begin().await.unwrap();
    let [_, b, ..] = tree(&mut tx).await;
    let mut row = matter('m', &b, None);
    row::insert(&mut tx, &row).await.unwrap();
    row.due_on = Some("2018-12-31".into());
    assert!(matters::update(&mut tx, &row).await.unwrap());
    assert!(!matters::update(&mut tx, &row).await.unwrap());
    row.version = 2;
    row.state = "assigned".into();
    assert!(matters::set_state(&mut tx, "raised", &row).await.unwrap());
    assert!(!matters::set_state(&mut tx, "raised", &row).await.unwrap());
    assert_eq!(
        row::by_id::<MatterRow>(&mut tx, &row.id).await.unwrap(),
        Some(row.clone())
    );
    assert!(
        !matters::delete(&mut tx, &row.id, 2).await.unwrap(),
        "only what was raised goes"
    );
    for name in ["raise", "assign"] {
        matters::add_move(&mut tx, &step(&row, name)).await.unwrap();
    }
    let moves = matters::moves(&mut tx, &row.id).await.unwrap();
    let short: Vec<_> = moves.iter().map(|m| (m.seq, m.step.as_str())).collect();
    assert_eq!(short, [(1, "raise"), (2, "assign")]);
    assert_eq!(matters::last_move(&mut tx, &row.id).await.unwrap(), 2);
    for (day, done) in [
        ("2018-03-01", 1000),
        ("2018-06-01", 5000),
        ("2018-03-01", 2000),
    ] {
        let progress = ProgressRow {
            matter: row.id.clone(),
            on_date: day.into(),
            done,
            note: String::new(),
        };
        matters::put_progress(&mut tx, &progress).await.unwrap();
    }
    let progress = matters::progress(&mut tx, &row.id).await.unwrap();
    let short: Vec<_> = progress
        .iter()
        .map(|p| (p.on_date.as_str(), p.done))
        .collect();
    assert_eq!(short, [("2018-06-01", 5000), ("2018-03-01", 2000)]);
    let page = matters::page(
        &mut tx,
        &Scope::All,
        &MatterFilter::default(),
        &ask("title", false),
    )
    .await
    .unwrap();
    assert_eq!(page.rows[0].done, Some(5000));
}

pub async fn nobody_closes_what_they_reported(store: Store) {
    let mut tx = store.begin().await.unwrap();
    let [_, b, ..] = tree(&mut tx).await;
    let mut row = matter('m', &b, Some("2018-12-31"));
    row.state = "reported".into();
    row.reported_by = Some("user:a".into());
    row::insert(&mut tx, &row).await.unwrap();
    tx.commit().await.unwrap();
    row.state = "closed".into();
    row.closed_by = Some("user:a".into());
    let mut tx = store.begin().await.unwrap();
    assert!(matters::set_state(&mut tx, "reported", &row).await.is_err());
    drop(tx);
    row.closed_by = Some("user:b".into());
    let mut tx = store.begin().await.unwrap();
    assert!(matters::set_state(&mut tx, "reported", &row).await.unwrap());
}

pub async fn a_list_of_matters_sorts_by_day_with_those_without_at_the_end(store: Store) {
    let mut tx = store.begin().await.unwrap();
    let [_, b, c, d] = tree(&mut tx).await;
    let closed = MatterRow {
        state: "closed".into(),
        ..matter('3', &c, Some("2018-01-31"))
    };
    let rows = [
        matter('1', &b, None),
        matter('2', &d, Some("2018-06-30")),
        closed,
        matter('4', &b, Some("2018-12-31")),
    ];
    for row in &rows {
        row::insert(&mut tx, row).await.unwrap();
    }
    let mut asked = ask("due_key", false);
    let mut seen = String::new();
    loop {
        let page = matters::page(&mut tx, &Scope::All, &MatterFilter::default(), &asked)
            .await
            .unwrap();
        seen.extend(
            page.rows
                .iter()
                .map(|row| row.matter.id.chars().next().unwrap()),
        );
        let Some(next) = page.next else { break };
        asked.after = Cursor::from_text(&next.to_text());
    }
    assert_eq!(seen, "2413", "by day, without a day, closed");
    let under = Scope::Under(b.path.parse().unwrap());
    for (scope, filter, expected) in [
        (&under, MatterFilter::default(), 3),
        (
            &Scope::All,
            MatterFilter {
                unit: Some(under.clone()),
                ..MatterFilter::default()
            },
            3,
        ),
        (
            &Scope::All,
            MatterFilter {
                open: true,
                ..MatterFilter::default()
            },
            3,
        ),
        (
            &Scope::All,
            MatterFilter {
                due_until: Some("2018-06-30".into()),
                ..MatterFilter::default()
            },
            1,
        ),
        (
            &Scope::All,
            MatterFilter {
                due_from: Some("2018-07-01".into()),
                ..MatterFilter::default()
            },
            1,
        ),
        (&Scope::Nothing, MatterFilter::default(), 0),
    ] {
        assert_eq!(
            matters::count(&mut tx, scope, &filter).await.unwrap(),
            expected,
            "{filter:?}"
        );
    }
}

pub async fn a_change_is_decided_once(store: Store) {
    let mut tx = store.begin().await.unwrap();
    let [_, b, ..] = tree(&mut tx).await;
    let row = matter('m', &b, None);
    row::insert(&mut tx, &row).await.unwrap();
    let mut edit = EditRow {
        id: id('q').to_string(),
        matter: row.id.clone(),
        version: 1,
        change: "[]".into(),
        reason: "延期".into(),
        asked_by: "user:a".into(),
        asked_at: 5,
        state: "asked".into(),
        decided_by: None,
        decided_at: None,
        answer: String::new(),
    };
    matters::add_edit(&mut tx, &edit).await.unwrap();
    assert_eq!(matters::asked(&mut tx).await.unwrap(), [edit.clone()]);
    edit.state = "granted".into();
    edit.decided_by = Some("user:b".into());
    edit.decided_at = Some(6);
    edit.answer = "同意".into();
    assert!(matters::decide_edit(&mut tx, &edit).await.unwrap());
    assert!(!matters::decide_edit(&mut tx, &edit).await.unwrap());
    assert_eq!(
        matters::edit(&mut tx, &edit.id).await.unwrap(),
        Some(edit.clone())
    );
    assert_eq!(matters::edits(&mut tx, &row.id).await.unwrap(), [edit]);
    assert_eq!(matters::asked(&mut tx).await.unwrap(), []);
}

pub async fn evidence_of_a_report_stays(store: Store) {
    let mut tx = store.begin().await.unwrap();
    let [_, b, ..] = tree(&mut tx).await;
    let row = matter('m', &b, None);
    row::insert(&mut tx, &row).await.unwrap();
    let file = |letter: char| EvidenceRow {
        id: id(letter).to_string(),
        entry: None,
        matter: Some(row.id.clone()),
        step: None,
        name: "整改后.jpg".into(),
        media: "image/jpeg".into(),
        bytes: 1234,
        sha256: "ab".repeat(32),
        width: Some(2000),
        height: Some(1500),
        actor: "user:a".into(),
        at: 5,
        version: 1,
        caption: String::new(),
        thumb: Some("cd".repeat(32)),
        place: 1,
    };
    evidence::insert(&mut tx, &file('x')).await.unwrap();
    assert_eq!(evidence::report(&mut tx, &row.id, 3).await.unwrap(), 1);
    evidence::insert(&mut tx, &file('y')).await.unwrap();
    assert_eq!(evidence::uses(&mut tx, &"ab".repeat(32)).await.unwrap(), 2);
    assert_eq!(evidence::uses(&mut tx, &"cd".repeat(32)).await.unwrap(), 2);
    assert_eq!(
        evidence::files(&mut tx).await.unwrap(),
        ["ab".repeat(32), "cd".repeat(32)]
    );
    let words = evidence::describe(&mut tx, &file('y').id, 1, "移交现场").await;
    assert!(words.unwrap());
    let old = evidence::describe(&mut tx, &file('y').id, 1, "又一个").await;
    assert!(!old.unwrap(), "somebody else was faster");
    assert!(!evidence::delete(&mut tx, &file('x').id).await.unwrap());
    assert!(evidence::delete(&mut tx, &file('y').id).await.unwrap());
    let left = evidence::of_matter(&mut tx, &row.id).await.unwrap();
    assert_eq!((left.len(), left[0].step), (1, Some(3)));
    assert_eq!(
        evidence::by_id(&mut tx, &file('x').id).await.unwrap(),
        Some(left[0].clone())
    );
    assert_eq!(evidence::of_entry(&mut tx, &row.id).await.unwrap(), []);
}
