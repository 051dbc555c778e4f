//! Firms: the register, what covers them, the rates, imports and their undoing.

#![allow(clippy::too_many_lines, reason = "a story is told in order")]

use std::collections::BTreeMap;

use pingyi_app::list::Ask;
use pingyi_app::record::{
    Cover, CoverageDraft, FirmDraft, FirmFilter, FirmsShown, ImportChoice, ImportOrder, Kind, Like,
    StrikeDraft, UnitDraft,
};
use pingyi_app::*;
use pingyi_domain::record::{FirmId, UnitId, UnitPath};

use crate::support::*;
use crate::units::Year;

fn draft(unit: &UnitId, name: &str) -> FirmDraft {
    FirmDraft {
        unit: unit.to_string(),
        name: name.into(),
        kind: "non_public".into(),
        sector: "internet".into(),
        opened_on: "2016-01-01".into(),
        ..FirmDraft::default()
    }
}

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

async fn add(year: &Year, unit: &UnitId, name: &str) -> FirmId {
    let stored = year.app.add_firm(&year.office, &draft(unit, name)).await;
    stored.unwrap().id.parse().unwrap()
}

fn cover(firm: &FirmId, kind: &str, unit: Option<&UnitId>) -> CoverageDraft {
    CoverageDraft {
        firm: firm.to_string(),
        kind: kind.into(),
        unit: unit.map(ToString::to_string).unwrap_or_default(),
        from_on: "2017-01-01".into(),
        ..CoverageDraft::default()
    }
}

fn strike(firm: &FirmId, from: &str, until: &str) -> StrikeDraft {
    StrikeDraft {
        firm: firm.to_string(),
        reason: "shell".into(),
        from_on: from.into(),
        until_on: until.into(),
        ..StrikeDraft::default()
    }
}

fn ask() -> Ask {
    Ask {
        sort: "name",
        descending: false,
        after: None,
        limit: 50,
    }
}

async fn names(year: &Year, hand: &Hand, view: FirmsShown) -> Vec<String> {
    let filter = FirmFilter {
        view,
        on: year.app.today().unwrap().to_string(),
        is_today: true,
        ..FirmFilter::default()
    };
    let page = year.app.firms(hand, &filter, &ask()).await.unwrap();
    page.rows.into_iter().map(|row| row.name).collect()
}

/// The total of every list is the number of its rows, on any day, however it is narrowed.
async fn totals_agree(year: &Year, hand: &Hand) {
    let today = year.app.today().unwrap().to_string();
    let root = UnitPath::of(None, &year.root);
    let path = |unit: &UnitId| UnitPath::of(Some(&root), unit);
    for (_, view) in FirmsShown::ALL {
        for on in ["2015-12-31", "2017-12-31", "2018-05-31", today.as_str()] {
            for sector in [None, Some("internet"), Some("")] {
                for under in [None, Some(path(&year.parks[0]))] {
                    let filter = FirmFilter {
                        view: *view,
                        on: on.to_owned(),
                        is_today: on == today,
                        sector: sector.map(str::to_owned),
                        under,
                        ..FirmFilter::default()
                    };
                    let page = year.app.firms(hand, &filter, &ask()).await.unwrap();
                    let rows = u64::try_from(page.rows.len()).unwrap();
                    assert_eq!(page.total, rows, "{filter:?}");
                }
            }
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn rates_follow_what_is_entered() {
    let year = Year::begin().await;
    let (app, office, [one, two]) = (&year.app, &year.office, &year.parks);
    let (a, b, c) = (
        add(&year, one, "甲").await,
        add(&year, one, "乙").await,
        add(&year, two, "丙").await,
    );
    add(&year, two, "丁").await;
    // Own and joint: once. A union beside its own: once. Struck out with cover: nowhere.
    app.add_coverage(office, &cover(&a, "own", Some(&year.branch)))
        .await
        .unwrap();
    app.add_coverage(office, &cover(&a, "joint", Some(one)))
        .await
        .unwrap();
    app.add_coverage(office, &cover(&a, "union", None))
        .await
        .unwrap();
    app.add_coverage(office, &cover(&b, "joint", Some(one)))
        .await
        .unwrap();
    app.add_coverage(office, &cover(&c, "youth", None))
        .await
        .unwrap();
    let struck = app
        .add_strike(office, &strike(&b, "2018-01-01", ""))
        .await
        .unwrap();
    totals_agree(&year, office).await;
    let rates = app.rates(office, None, None).await.unwrap();
    let expected = Cover {
        operating: 3,
        struck: 1,
        own: 1,
        organised: 1,
        worked: 2,
    };
    assert_eq!(rates.total, expected);
    let of = |rates: &pingyi_app::record::Rates, unit: &UnitId| {
        rates
            .units
            .iter()
            .find(|(name, _)| name.id == *unit)
            .map(|(_, cover)| *cover)
    };
    assert_eq!(
        of(&rates, one),
        Some(Cover {
            operating: 1,
            struck: 1,
            own: 1,
            organised: 1,
            worked: 1
        })
    );
    assert_eq!(of(&rates, &year.root), Some(expected));
    assert_eq!(of(&rates, &year.branch), None);
    assert_eq!(rates.sectors, [("internet".to_owned(), expected)]);
    assert_eq!(rates.quarters.last().unwrap().1, expected);
    assert_eq!(names(&year, office, FirmsShown::Covered).await, ["甲"]);
    assert_eq!(names(&year, office, FirmsShown::Struck).await, ["乙"]);
    assert_eq!(names(&year, office, FirmsShown::Unworked).await, ["丁"]);
    // Before the strike it counted; when the strike ends it counts again.
    let before = app
        .rates(office, "2017-12-31".parse().ok(), None)
        .await
        .unwrap();
    assert_eq!(
        before.total,
        Cover {
            operating: 4,
            struck: 0,
            own: 1,
            organised: 2,
            worked: 3
        }
    );
    let id = struck.id.parse().unwrap();
    let ended = strike(&b, "2018-01-01", "2018-06-01");
    assert_eq!(
        rules(
            app.change_strike(office, &id, 1, &strike(&a, "2018-01-01", ""))
                .await
        ),
        "firm firm"
    );
    app.change_strike(office, &id, 1, &ended).await.unwrap();
    totals_agree(&year, office).await;
    assert_eq!(
        app.rates(office, None, None).await.unwrap().total,
        before.total
    );
    assert_eq!(
        rules(app.add_strike(office, &strike(&b, "2018-05-31", "")).await),
        "from_on strike_overlap"
    );
    assert_eq!(
        rules(
            app.add_coverage(office, &cover(&b, "joint", Some(one)))
                .await
        ),
        "from_on cover_overlap"
    );
    app.remove_strike(office, &id, 2).await.unwrap();
    assert_eq!(code(app.remove_firm(office, &b, 1).await), "in_use");
    let view = app.firm(office, &a).await.unwrap();
    assert_eq!(
        (view.covers.len(), view.strikes.len(), view.history.len()),
        (3, 0, 4)
    );
    assert!(app.check_audit().await.unwrap().faults.is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_recorder_keeps_the_firms_of_the_own_park() {
    let year = Year::begin().await;
    let (app, office, [one, two]) = (&year.app, &year.office, &year.parks);
    let recorder = year.somebody("jilu", Role::Recorder, Some(one)).await;
    let own = app.add_firm(&recorder, &draft(one, "甲")).await.unwrap();
    let own: FirmId = own.id.parse().unwrap();
    let other = add(&year, two, "乙").await;
    assert_eq!(code(app.firm(&recorder, &other).await), "not_your_unit");
    assert_eq!(
        code(app.add_firm(&recorder, &draft(two, "丙")).await),
        "not_your_unit"
    );
    assert_eq!(
        code(app.change_firm(&recorder, &own, 1, &draft(two, "甲")).await),
        "not_your_unit"
    );
    assert_eq!(
        code(
            app.change_firm(&recorder, &other, 1, &draft(one, "乙"))
                .await
        ),
        "not_your_unit"
    );
    assert_eq!(
        code(app.remove_firm(&recorder, &other, 1).await),
        "not_your_unit"
    );
    assert_eq!(
        code(
            app.add_strike(&recorder, &strike(&other, "2018-01-01", ""))
                .await
        ),
        "not_your_unit"
    );
    assert_eq!(
        code(
            app.add_coverage(&recorder, &cover(&other, "union", None))
                .await
        ),
        "not_your_unit"
    );
    assert_eq!(names(&year, &recorder, FirmsShown::All).await, ["甲"]);
    totals_agree(&year, &recorder).await;
    assert_eq!(
        app.rates(&recorder, None, None)
            .await
            .unwrap()
            .total
            .operating,
        1
    );
    let filter = FirmFilter::default();
    assert_eq!(
        app.all_firms(&recorder, &filter, &ask())
            .await
            .unwrap()
            .len(),
        1
    );
    assert_eq!(
        app.all_firms(office, &filter, &ask()).await.unwrap().len(),
        2
    );
    let coded = FirmDraft {
        credit_code: "91350100M000100Y43".into(),
        ..draft(one, "丁")
    };
    app.add_firm(office, &coded).await.unwrap();
    let twice = FirmDraft {
        name: "戊".into(),
        sector: "guild".into(),
        ..coded
    };
    assert_eq!(
        rules(app.add_firm(office, &twice).await),
        "credit_code code_taken, sector word"
    );
}

fn file(rows: &[[&str; 4]]) -> Vec<u8> {
    let mut text = String::from("企业名称,所属园区,统一社会信用代码,党员数\n");
    for row in rows {
        text.push_str(&row.join(","));
        text.push('\n');
    }
    text.into_bytes()
}

fn order(preview: &pingyi_app::record::Preview, choices: &[(u32, ImportChoice)]) -> ImportOrder {
    let otherwise = [("kind", "non_public"), ("opened_on", "2018-01-01")];
    let mut mapping = preview.mapping.clone();
    mapping.otherwise = otherwise
        .map(|(field, text)| (field.to_owned(), text.to_owned()))
        .into();
    ImportOrder {
        mapping,
        good_rows: false,
        choices: choices.iter().copied().collect::<BTreeMap<_, _>>(),
        rest: None,
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_import_is_seen_before_chosen_and_undone() {
    let year = Year::begin().await;
    let (app, office, [one, two]) = (&year.app, &year.office, &year.parks);
    let known = FirmDraft {
        credit_code: "91350100M000100Y43".into(),
        ..draft(one, "深圳甲科技有限公司")
    };
    let known: FirmId = app
        .add_firm(office, &known)
        .await
        .unwrap()
        .id
        .parse()
        .unwrap();
    add(&year, one, "深圳华南科技有限公司").await;
    let bytes = file(&[
        ["甲科技", "华南城园区党委", "91350100M000100Y43", "3"],
        ["深圳华南科技有限责任公司", "华南城园区党委", "", ""],
        ["深圳华男科技", "华南城园区党委", "", ""],
        ["新来的", "白坭坑海吉星园区党委", "", "2"],
        ["坏的", "不知何处", "", ""],
    ]);
    let id = app
        .send_import(office, Kind::Firm, "企业.csv", bytes.clone())
        .await
        .unwrap();
    let seen = app.preview_import(office, &id, None).await.unwrap();
    let mapped = order(&seen, &[]);
    let seen = app
        .preview_import(office, &id, Some(mapped.mapping.clone()))
        .await
        .unwrap();
    assert_eq!((seen.rows, seen.good, seen.refused_rows), (5, 4, 1));
    let likes: Vec<_> = seen
        .alike
        .iter()
        .map(|alike| (alike.row, alike.like))
        .collect();
    assert_eq!(likes, [(2, Like::Code), (3, Like::Name), (4, Like::Near)]);
    // All or nothing while a row is refused; nothing without a choice; a code is nobody else's.
    assert_eq!(
        rules(app.run_import(office, &id, mapped.clone()).await),
        "rows import_refused"
    );
    let good = ImportOrder {
        good_rows: true,
        ..mapped
    };
    assert_eq!(
        rules(app.run_import(office, &id, good.clone()).await),
        "choice-2 choice_missing, choice-3 choice_missing, choice-4 choice_missing"
    );
    let choose = |first| ImportOrder {
        choices: [(2, first), (3, ImportChoice::Skip), (4, ImportChoice::Add)].into(),
        ..good.clone()
    };
    assert_eq!(
        rules(app.run_import(office, &id, choose(ImportChoice::Add)).await),
        "choice-2 choice_code"
    );
    let recorder = year.somebody("jilu", Role::Recorder, Some(two)).await;
    assert_eq!(
        code(app.preview_import(&recorder, &id, None).await),
        "not_your_unit"
    );
    let done = app
        .run_import(office, &id, choose(ImportChoice::Update))
        .await
        .unwrap()
        .unwrap();
    assert_eq!((done.added, done.changed, done.left_out), (2, 1, 2));
    let all = names(&year, office, FirmsShown::All).await;
    assert_eq!(
        all,
        ["新来的", "深圳华南科技有限公司", "深圳华男科技", "甲科技"]
    );
    let changed = app.firm(office, &known).await.unwrap();
    assert_eq!(
        (
            changed.firm.name.as_str(),
            changed.firm.members,
            changed.version
        ),
        ("甲科技", Some(3), 2)
    );
    let again = app
        .run_import(office, &id, choose(ImportChoice::Update))
        .await
        .unwrap();
    assert_eq!(again, Some(done), "pressed twice, done once");
    assert_eq!(code(app.undo_import(&recorder, &id).await), "not_your_unit");
    // What was changed since is in the way, by name.
    let again = FirmDraft {
        name: "甲科技".into(),
        members: "4".into(),
        ..draft(one, "")
    };
    app.change_firm(office, &known, 2, &again).await.unwrap();
    assert_eq!(
        app.in_the_way(office, &id).await.unwrap().changed,
        ["甲科技"]
    );
    assert_eq!(code(app.undo_import(office, &id).await), "in_use");
    assert_eq!(
        names(&year, office, FirmsShown::All).await.len(),
        4,
        "nothing was undone"
    );
    let second = app
        .send_import(
            office,
            Kind::Firm,
            "企业.csv",
            file(&[["又来的", "华南城园区党委", "", ""]]),
        )
        .await
        .unwrap();
    let seen = app.preview_import(office, &second, None).await.unwrap();
    app.run_import(office, &second, order(&seen, &[]))
        .await
        .unwrap();
    assert_eq!(names(&year, office, FirmsShown::All).await.len(), 5);
    app.undo_import(office, &second).await.unwrap();
    assert_eq!(names(&year, office, FirmsShown::All).await.len(), 4);
    assert_eq!(code(app.undo_import(office, &second).await), "old_version");
    app.keep_mapping(office, Kind::Firm, "工商", &seen.mapping)
        .await
        .unwrap();
    assert_eq!(
        app.mappings(Kind::Firm).await.unwrap(),
        [("工商".to_owned(), seen.mapping)]
    );
    assert_eq!(app.imports(office, Kind::Firm).await.unwrap().len(), 2);
    assert!(app.imports(&recorder, Kind::Firm).await.unwrap().is_empty());
    assert!(app.check_audit().await.unwrap().faults.is_empty());
}

fn draft_unit(name: &str, parent: &UnitId) -> UnitDraft {
    UnitDraft {
        kind: "branch".into(),
        name: name.into(),
        parent: parent.to_string(),
        ..UnitDraft::default()
    }
}

/// Figures for docs/performance.md: `cargo test --release -p pingyi-app --test story -- --ignored --nocapture hundred`.
#[tokio::test(flavor = "multi_thread")]
#[ignore = "takes a minute; prints figures"]
async fn a_hundred_thousand_firms() {
    use std::fmt::Write as _;
    use std::time::Instant;

    const FIRMS: usize = 100_000;
    let year = Year::begin().await;
    let (app, office) = (&year.app, &year.office);
    let words: Vec<char> = ('\u{4e00}'..'\u{5200}').collect();
    let mut text = String::from("企业名称,所属园区,入驻日期,行业\n");
    for n in 0..FIRMS {
        let name: String = [n * 7919, n * 104_729 + 13, n / words.len(), n]
            .iter()
            .map(|k| words[k % words.len()])
            .collect();
        let park = ["华南城园区党委", "白坭坑海吉星园区党委"][n % 2];
        writeln!(
            text,
            "深圳市{name}科技有限公司,{park},2017-03-{:02},电子商务",
            n % 28 + 1
        )
        .unwrap();
    }
    let start = Instant::now();
    let id = app
        .send_import(office, Kind::Firm, "企业.csv", text.into_bytes())
        .await
        .unwrap();
    let seen = app.preview_import(office, &id, None).await.unwrap();
    println!(
        "preview {:?}: {} good, {} refused, {} alike",
        start.elapsed(),
        seen.good,
        seen.refused_rows,
        seen.alike.len()
    );
    let start = Instant::now();
    let mut wanted = order(&seen, &[]);
    wanted.good_rows = true;
    app.run_import(office, &id, wanted.clone()).await.unwrap();
    // Somebody else saves something every now and then, and waits.
    let saving = async {
        let (mut waits, mut refused) = (Vec::new(), 0);
        while let Some(progress) = app.import_progress(&id) {
            let begun = Instant::now();
            let unit = draft_unit(&format!("支部{}", waits.len()), &year.parks[0]);
            match app.add_unit(office, &unit).await {
                Ok(_) => waits.push(begun.elapsed()),
                Err(AppError::Busy) => refused += 1,
                Err(other) => panic!("{other}"),
            }
            println!("  at {:?}: {progress:?}", start.elapsed());
            tokio::time::sleep(std::time::Duration::from_millis(500)).await;
        }
        (waits, refused)
    };
    let ((waits, refused), ()) = tokio::join!(saving, app.import_ended(&id));
    let done = app.run_import(office, &id, wanted).await.unwrap().unwrap();
    println!(
        "import {:?}: {} added; {} saves of somebody else wait at most {:?}, {refused} refused",
        start.elapsed(),
        done.added,
        waits.len(),
        waits.iter().max()
    );
    let today = app.today().unwrap().to_string();
    for (what, view, text, is_today) in [
        ("all", FirmsShown::All, None, true),
        ("uncovered", FirmsShown::Uncovered, None, true),
        ("uncovered on a day", FirmsShown::Uncovered, None, false),
        ("search", FirmsShown::All, Some("科技"), true),
        ("search of one", FirmsShown::All, Some("一丁科"), true),
    ] {
        let filter = FirmFilter {
            view,
            text: text.map(str::to_owned),
            on: today.clone(),
            is_today,
            ..FirmFilter::default()
        };
        let mut times = Vec::new();
        let mut asked = ask();
        for _ in 0..40 {
            let start = Instant::now();
            let page = app.firms(office, &filter, &asked).await.unwrap();
            times.push(start.elapsed());
            asked.after = page.next;
        }
        times.sort();
        println!("list {what}: p50 {:?}, p95 {:?}", times[20], times[38]);
    }
    let start = Instant::now();
    let rates = app.rates(office, None, None).await.unwrap();
    println!("coverage page {:?}: {:?}", start.elapsed(), rates.total);
    let start = Instant::now();
    app.undo_import(office, &id).await.unwrap();
    println!("undo {:?}", start.elapsed());
    assert!(names(&year, office, FirmsShown::All).await.is_empty());
}
