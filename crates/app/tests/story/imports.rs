//! Imports of entries, of what covers firms, two at once, and a server that stops in the middle.

#![allow(clippy::too_many_lines, reason = "a story is told in order")]

use std::fmt::Write as _;

use pingyi_app::list::Ask;
use pingyi_app::record::entry::EntryMove;
use pingyi_app::record::{
    Cover, EntryFilter, FirmFilter, FirmsShown, ImportChoice, ImportId, ImportOrder, Imported,
    Kind, Like, Preview,
};
use pingyi_app::*;

use crate::support::*;
use crate::units::Year;

fn rules<T: std::fmt::Debug>(result: Result<T>) -> String {
    match result.unwrap_err() {
        AppError::Fields(problems) => problems
            .into_iter()
            .map(|p| format!("{} {}", p.field, p.rule))
            .collect::<Vec<_>>()
            .join(", "),
        other => other.code().to_owned(),
    }
}

fn ask(sort: &'static str) -> Ask {
    Ask {
        sort,
        descending: false,
        after: None,
        limit: 50,
    }
}

async fn sent(year: &Year, hand: &Hand, kind: Kind, text: &str) -> (ImportId, Preview) {
    let bytes = text.as_bytes().to_vec();
    let id = year.app.send_import(hand, kind, "表.csv", bytes).await;
    let id = id.unwrap();
    let seen = year.app.preview_import(hand, &id, None).await.unwrap();
    (id, seen)
}

fn good(seen: &Preview, rest: Option<ImportChoice>) -> ImportOrder {
    ImportOrder {
        mapping: seen.mapping.clone(),
        good_rows: true,
        rest,
        ..ImportOrder::default()
    }
}

async fn firms(year: &Year, view: FirmsShown) -> Vec<String> {
    let filter = FirmFilter {
        view,
        on: year.app.today().unwrap().to_string(),
        is_today: true,
        ..FirmFilter::default()
    };
    let page = year.app.firms(&year.office, &filter, &ask("name")).await;
    page.unwrap().rows.into_iter().map(|row| row.name).collect()
}

async fn found(year: &Year, text: &str) -> u64 {
    let filter = FirmFilter {
        text: Some(text.into()),
        ..FirmFilter::default()
    };
    let page = year.app.firms(&year.office, &filter, &ask("name")).await;
    page.unwrap().total
}

#[tokio::test(flavor = "multi_thread")]
async fn entries_come_from_a_file_within_the_recorders_unit() {
    let year = Year::begin().await;
    let app = &year.app;
    let recorder = year
        .somebody("jilu", Role::Recorder, Some(&year.parks[0]))
        .await;
    let (firm, _) = sent(
        &year,
        &year.office,
        Kind::Firm,
        "企业名称,所属园区,入驻日期\n甲科技有限公司,华南城园区党委,2017-03-01\n",
    )
    .await;
    let seen = app.preview_import(&year.office, &firm, None).await.unwrap();
    app.run_import(&year.office, &firm, good(&seen, None))
        .await
        .unwrap();
    let text = "日期,类别,主题,事项,组织,人数,企业,共同参与\n\
        2023-03-01,学习教育,新时代大讲堂,第一讲,华南城园区党委,56,甲科技,工会、团委\n\
        2023年3月2日,活动,,诵读会,华南城第一支部,\"1,200\",,\n\
        2023-03-03,活动,,别人的,白坭坑海吉星园区党委,1,,\n\
        2023-03-04,郊游,,登山,华南城园区党委,1,,\n\
        2023-03-05,活动,新时代大讲堂,不合,华南城园区党委,1,,\n\
        2023-03-06,走访调研,,走访,华南城园区党委,x,没有这家,\n\
        2023-03-01,学习教育,新时代大讲堂,第一讲,华南城园区党委,56,,\n";
    let (id, seen) = sent(&year, &recorder, Kind::Entry, text).await;
    assert_eq!((seen.rows, seen.good, seen.refused_rows), (7, 2, 5));
    let said: Vec<String> = seen
        .refused
        .iter()
        .map(|one| format!("{} {} {}", one.row, one.column, one.code))
        .collect();
    assert_eq!(
        said,
        [
            "4 组织 not_your_unit",
            "5 类别 unknown_word",
            "6 主题 topic",
            "7 人数 wrong_type",
            "7 企业 firm_unknown",
            "8  twice",
        ]
    );
    assert_eq!(seen.warnings, ["date_as_text"]);
    let done = app
        .run_import(&recorder, &id, good(&seen, None))
        .await
        .unwrap();
    let done = done.unwrap();
    assert_eq!((done.added, done.changed, done.left_out), (2, 0, 5));
    let listed = app
        .entries(&recorder, &EntryFilter::default(), &ask("on_date"))
        .await
        .unwrap();
    let entry = app.entry(&recorder, &listed.rows[0].id).await.unwrap();
    assert_eq!(entry.entry.firms, ["甲科技有限公司"]);
    assert_eq!(entry.entry.partners, ["工会", "团委"]);
    assert_eq!(entry.recorded_by, "jilu");
    let by_text = EntryFilter {
        text: Some("诵读".into()),
        ..EntryFilter::default()
    };
    assert_eq!(app.entries_count(&recorder, &by_text).await.unwrap(), 1);
    // The same file again: both rows are there already; they are not changed by a file.
    let (again, seen) = sent(&year, &recorder, Kind::Entry, text).await;
    let likes: Vec<_> = seen.alike.iter().map(|one| (one.row, one.like)).collect();
    assert_eq!(likes, [(2, Like::Same), (3, Like::Same)]);
    assert_eq!(
        rules(
            app.run_import(&recorder, &again, good(&seen, Some(ImportChoice::Update)))
                .await
        ),
        "choice-2 choice_update, choice-3 choice_update"
    );
    let skipped = app
        .run_import(&recorder, &again, good(&seen, Some(ImportChoice::Skip)))
        .await
        .unwrap();
    assert_eq!(skipped.unwrap().left_out, 7);
    // What was confirmed since is in the way of undoing.
    app.review_entry(&year.office, &listed.rows[0].id, EntryMove::Confirm, "")
        .await
        .unwrap();
    assert_eq!(
        app.in_the_way(&recorder, &id).await.unwrap().changed,
        ["第一讲"]
    );
    assert_eq!(code(app.undo_import(&recorder, &id).await), "in_use");
    app.review_entry(
        &year.office,
        &listed.rows[0].id,
        EntryMove::Return,
        "缺照片",
    )
    .await
    .unwrap();
    assert_eq!(code(app.undo_import(&recorder, &id).await), "in_use");
    app.undo_import(&recorder, &again).await.unwrap();
    assert_eq!(
        app.entries_count(&recorder, &EntryFilter::default())
            .await
            .unwrap(),
        2
    );
    // One that nobody touched is undone whole.
    let (third, seen) = sent(
        &year,
        &recorder,
        Kind::Entry,
        "日期,类别,事项,组织\n2023-04-01,活动,义诊,华南城园区党委\n",
    )
    .await;
    app.run_import(&recorder, &third, good(&seen, None))
        .await
        .unwrap();
    assert_eq!(app.imports(&recorder, Kind::Entry).await.unwrap().len(), 3);
    // Who was given another unit since undoes nothing in the old one.
    let id = recorder.actor().to_string().replace("user:", "");
    year.somebody("guanli", Role::Admin, None).await;
    let moved = UserChange {
        unit: Some(year.parks[1].to_string()),
        ..UserChange::default()
    };
    let elsewhere = app.change_user(&actor(), &id, moved).await.unwrap();
    let elsewhere = app.hand(&elsewhere).await.unwrap();
    assert_eq!(
        code(app.undo_import(&elsewhere, &third).await),
        "not_your_unit"
    );
    assert_eq!(
        code(app.in_the_way(&elsewhere, &third).await),
        "not_your_unit"
    );
    app.undo_import(&recorder, &third).await.unwrap();
    assert_eq!(
        app.entries_count(&recorder, &EntryFilter::default())
            .await
            .unwrap(),
        2
    );
    assert!(app.check_audit().await.unwrap().faults.is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn what_covers_firms_comes_with_them_and_goes_with_an_undo() {
    let year = Year::begin().await;
    let (app, office) = (&year.app, &year.office);
    let text = "企业名称,所属园区,入驻日期,单独组建,单独组建日期,工会,剔除原因,剔除日期\n\
        甲,华南城园区党委,2017-01-01,华南城第一支部,2018-01-01,,,\n\
        乙,华南城园区党委,2017-01-01,,,2019-05-01,,\n\
        丙,华南城园区党委,2017-01-01,,,,停业,2020-01-01\n\
        丁,华南城园区党委,2017-01-01,,,,,\n";
    let (first, seen) = sent(&year, office, Kind::Firm, text).await;
    assert_eq!((seen.good, seen.refused_rows), (4, 0));
    app.run_import(office, &first, good(&seen, None))
        .await
        .unwrap();
    let total = |cover: Cover| {
        (
            cover.operating,
            cover.struck,
            cover.own,
            cover.organised,
            cover.worked,
        )
    };
    let rates = async || total(app.rates(office, None, None).await.unwrap().total);
    assert_eq!(rates().await, (3, 1, 1, 1, 2));
    assert_eq!(firms(&year, FirmsShown::Unworked).await, ["丁"]);
    // A later file knows more of two of them; what is there already stays once.
    let more = "企业名称,所属园区,入驻日期,职工数,联合组建,联合组建日期,工会\n\
        甲,华南城园区党委,2017-01-01,20,,,\n\
        乙,华南城园区党委,2017-01-01,,,,2019-05-01\n\
        丁,华南城园区党委,2017-01-01,,华南城第一支部,2021-01-01,\n";
    let (second, seen) = sent(&year, office, Kind::Firm, more).await;
    let done = app
        .run_import(office, &second, good(&seen, Some(ImportChoice::Update)))
        .await
        .unwrap();
    let done = done.unwrap();
    assert_eq!((done.added, done.changed, done.left_out), (0, 2, 1));
    assert_eq!(rates().await, (3, 1, 1, 2, 3));
    // The first cannot go while the second stands on it; the second can.
    assert_eq!(code(app.undo_import(office, &first).await), "in_use");
    app.undo_import(office, &second).await.unwrap();
    assert_eq!(rates().await, (3, 1, 1, 1, 2));
    assert_eq!(firms(&year, FirmsShown::Unworked).await, ["丁"]);
    assert!(app.check_audit().await.unwrap().faults.is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn two_at_once_bring_each_firm_in_once() {
    let year = Year::begin().await;
    let (app, office) = (&year.app, &year.office);
    let mut text = String::from("企业名称,所属园区,入驻日期\n");
    for n in 0..300 {
        writeln!(text, "第{n}家物流,华南城园区党委,2017-03-01").unwrap();
    }
    let (one, seen) = sent(&year, office, Kind::Firm, &text).await;
    let (two, _) = sent(&year, office, Kind::Firm, &text).await;
    let order = good(&seen, None);
    let (a, b, c) = tokio::join!(
        app.run_import(office, &one, order.clone()),
        app.run_import(office, &one, order.clone()),
        app.run_import(office, &two, order)
    );
    app.import_ended(&one).await;
    app.import_ended(&two).await;
    let all = [a, b, c];
    let refused: Vec<&str> = all
        .iter()
        .filter_map(|result| result.as_ref().err().map(AppError::code))
        .collect();
    // Who came second with the other file is told, whether before or after the rows stood.
    assert!(
        refused
            .iter()
            .all(|code| ["old_version", "fields"].contains(code)),
        "{refused:?}"
    );
    assert_eq!(found(&year, "物流").await, 300);
    let made: Vec<Imported> = all.into_iter().filter_map(|r| r.ok().flatten()).collect();
    assert!(made.iter().all(|one| one.added == 300), "{made:?}");
    assert_eq!(app.imports(office, Kind::Firm).await.unwrap().len(), 1);
    assert!(app.check_audit().await.unwrap().faults.is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_server_that_stops_leaves_all_of_it_or_nothing() {
    let mut year = Year::begin().await;
    let mut text = String::from("企业名称,所属园区,入驻日期\n");
    for n in 0..4_000 {
        writeln!(text, "深圳市第{n}家物流有限公司,华南城园区党委,2017-03-01").unwrap();
    }
    let office = year.office.clone();
    let (id, seen) = sent(&year, &office, Kind::Firm, &text).await;
    let order = good(&seen, None);
    let running = {
        let (app, office, id, order) =
            (year.app.clone(), office.clone(), id.clone(), order.clone());
        tokio::spawn(async move { app.run_import(&office, &id, order).await })
    };
    // Somewhere in the middle of it.
    while year.app.import_progress(&id).is_none() && !running.is_finished() {
        tokio::time::sleep(std::time::Duration::from_millis(5)).await;
    }
    tokio::time::sleep(std::time::Duration::from_millis(150)).await;
    running.abort();
    let _ = running.await;
    year = year.again().await;
    let count = firms(&year, FirmsShown::All).await.len();
    assert!(
        count == 0 || count == 50,
        "a page of them, or none: {count}"
    );
    if count == 0 {
        // The file still waits.
        year.app.run_import(&year.office, &id, order).await.unwrap();
    }
    // What was not searchable yet becomes so by itself.
    for _ in 0..600 {
        let row = year.app.import(&year.office, &id).await;
        if row.is_ok_and(|row| row.indexing == 0) {
            break;
        }
        tokio::time::sleep(std::time::Duration::from_millis(100)).await;
    }
    assert_eq!(found(&year, "第3012家物流").await, 1);
    assert_eq!(found(&year, "物流").await, 4_000);
    year.app.undo_import(&year.office, &id).await.unwrap();
    assert_eq!(found(&year, "物流").await, 0);
    assert!(year.app.check_audit().await.unwrap().faults.is_empty());
}
