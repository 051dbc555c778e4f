//! What a clerk keeps beside the lists: inspections of shops, cases of centres, the load of instructors; a unit that is
//! dissolved; the board of matters.

#![allow(clippy::too_many_lines, reason = "a story is told in order")]

use pingyi_app::record::matter::{MatterDraft, MatterMove, MatterStateName};
use pingyi_app::record::*;
use pingyi_app::*;
use pingyi_domain::record::{
    CasesDraft, CentreDraft, CoverageDraft, EntryDraft, FirmDraft, InspectionDraft, Many, Numbers,
    PostDraft, ShopDraft, StrikeDraft, UnitDraft,
};

use crate::support::*;
use crate::units::{Year, draft};

fn said<T: std::fmt::Debug>(result: Result<T>) -> String {
    match result.unwrap_err() {
        AppError::Fields(problems) => problems
            .into_iter()
            .map(|p| format!("{} {}", p.field, p.rule))
            .collect::<Vec<_>>()
            .join(", "),
        other => other.code().to_owned(),
    }
}

fn shop(unit: &UnitId, firm: &str) -> ShopDraft {
    ShopDraft {
        unit: unit.to_string(),
        name: "水果店".into(),
        firm: firm.into(),
        given_on: "2023-06-01".into(),
        ..ShopDraft::default()
    }
}

async fn firm(year: &Year, park: &UnitId, name: &str) -> FirmId {
    let draft = FirmDraft {
        unit: park.to_string(),
        name: name.into(),
        kind: "non_public".into(),
        opened_on: "2020-01-01".into(),
        ..FirmDraft::default()
    };
    let stored = year.app.add_firm(&year.office, &draft).await.unwrap();
    stored.id.parse().unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_shop_is_a_firm_of_its_park_and_is_inspected_while_its_plaque_hangs() {
    let year = Year::begin().await;
    let (app, office, park) = (&year.app, &year.office, &year.parks[0]);
    let own = firm(&year, park, "华南城水果公司").await;
    let elsewhere = firm(&year, &year.parks[1], "海吉星水果公司").await;
    let add = async |firm: &str| app.add_belonging(office, &shop(park, firm)).await;
    assert_eq!(said(add("水果").await), "firm no_firm");
    assert_eq!(said(add(&"z".repeat(16)).await), "firm no_firm");
    assert_eq!(said(add(elsewhere.as_str()).await), "firm firm_elsewhere");
    let stored = add(own.as_str()).await.unwrap();
    let id: ShopId = stored.id.parse().unwrap();
    let inspect = async |hand: &Hand, on: &str, passed: &str, finding: &str| {
        let draft = InspectionDraft {
            on_date: on.into(),
            passed: passed.into(),
            finding: finding.into(),
        };
        app.inspect_shop(hand, &id, &draft).await
    };
    assert_eq!(
        said(inspect(office, "2023-05-31", "no", "").await),
        "on_date plaque_not_hung, finding missing"
    );
    inspect(office, "2023-07-01", "yes", "").await.unwrap();
    let bad = inspect(office, "2023-08-01", "no", "价签不齐")
        .await
        .unwrap();
    let (own_hand, other) = (
        year.somebody("jilu", Role::Recorder, Some(park)).await,
        year.somebody("bieren", Role::Recorder, Some(&year.parks[1]))
            .await,
    );
    inspect(&own_hand, "2023-09-01", "yes", "").await.unwrap();
    assert_eq!(
        said(inspect(&other, "2023-09-01", "yes", "").await),
        "not_your_unit"
    );
    assert_eq!(said(app.shop(&other, &id).await), "not_your_unit");
    let bad: InspectionId = bad.id.parse().unwrap();
    assert_eq!(
        said(app.remove_inspection(&other, &bad).await),
        "not_your_unit"
    );
    let seen = app.shop(office, &id).await.unwrap();
    let days: Vec<_> = seen
        .inspections
        .iter()
        .map(|row| (row.on_date.as_str(), row.passed, row.finding.as_str()))
        .collect();
    assert_eq!(
        days,
        [
            ("2023-09-01", 1, ""),
            ("2023-08-01", 0, "价签不齐"),
            ("2023-07-01", 1, "")
        ]
    );
    assert_eq!(
        (seen.firm.as_str(), seen.unit.as_str()),
        ("华南城水果公司", "华南城园区党委")
    );
    app.remove_inspection(office, &bad).await.unwrap();
    assert_eq!(said(app.remove_inspection(office, &bad).await), "not_found");
    assert_eq!(
        said(app.remove_belonging::<Shop>(office, id.as_str(), 1).await),
        "in_use",
        "what was inspected stays"
    );
    let (firms, inspected) = app.shops_around(park).await.unwrap();
    assert_eq!(firms, [(own, "华南城水果公司".to_owned())]);
    assert_eq!(inspected, [(id.to_string(), "2023-09-01".to_owned())]);
    let withdrawn = ShopDraft {
        withdrawn_on: "2023-10-01".into(),
        withdrawn_reason: "停业".into(),
        ..shop(park, "")
    };
    app.change_belonging(office, id.as_str(), 1, &withdrawn)
        .await
        .unwrap();
    assert_eq!(
        said(inspect(office, "2023-10-02", "yes", "").await),
        "on_date plaque_not_hung"
    );
    assert!(app.shop_names(office, "").await.unwrap().is_empty());
    assert_eq!(app.shop_names(office, id.as_str()).await.unwrap().len(), 1);
    assert!(app.check_audit().await.unwrap().faults.is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn the_cases_of_a_centre_are_counted_by_quarter_and_service() {
    let year = Year::begin().await;
    let (app, office, park) = (&year.app, &year.office, &year.parks[0]);
    let centre = CentreDraft {
        unit: park.to_string(),
        kind: "joint".into(),
        name: "联合党群服务中心".into(),
        opened_on: "2023-02-01".into(),
        covers: Many::List(vec![year.parks[1].to_string()]),
        services: Many::List(vec!["mediation".into(), "rights".into()]),
        ..CentreDraft::default()
    };
    let stored = app.add_belonging(office, &centre).await.unwrap();
    let id: CentreId = stored.id.parse().unwrap();
    let count = async |hand: &Hand, quarter: &str, cases: &str| {
        let draft = CasesDraft {
            quarter: quarter.into(),
            cases: Numbers::Text(cases.into()),
        };
        app.count_cases(hand, &id, &draft).await
    };
    count(office, "2023-Q1", "mediation=12 rights=3")
        .await
        .unwrap();
    count(office, "2023-Q2", "mediation=40").await.unwrap();
    count(office, "2023-Q1", "mediation=13").await.unwrap();
    count(office, "2023-Q1", "mediation=13").await.unwrap();
    assert_eq!(
        said(count(office, "2022-Q4", "fines=1").await),
        "quarter centre_shut, cases word"
    );
    let neighbour = year
        .somebody("jilu", Role::Recorder, Some(&year.parks[1]))
        .await;
    assert_eq!(
        said(count(&neighbour, "2023-Q1", "mediation=1").await),
        "not_your_unit",
        "who stands in a centre reads it and does not keep it"
    );
    let seen = app.centre(&neighbour, &id).await.unwrap();
    assert!(!seen.may_write);
    let cases: Vec<_> = seen
        .cases
        .iter()
        .map(|(quarter, counts)| format!("{quarter} {counts:?}"))
        .collect();
    assert_eq!(
        cases,
        ["2023-Q1 {\"mediation\": 13}", "2023-Q2 {\"mediation\": 40}"]
    );
    let counted = seen
        .history
        .iter()
        .filter(|line| matches!(line.event, AuditEvent::CasesCounted { .. }));
    assert_eq!(counted.count(), 3, "the same again is nothing new");
    let other = year
        .somebody("zhibu", Role::Recorder, Some(&year.branch))
        .await;
    assert_eq!(said(app.centre(&other, &id).await), "not_your_unit");
    let fewer = CentreDraft {
        services: Many::List(vec!["rights".into()]),
        ..centre
    };
    assert_eq!(
        said(app.change_belonging(office, id.as_str(), 1, &fewer).await),
        "in_use",
        "a service with cases stays"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn an_instructor_over_the_load_is_seen_and_the_rhythm_is_read_from_the_ledger() {
    let year = Year::begin().await;
    let (app, office, park) = (&year.app, &year.office, &year.parks[0]);
    let post = PostDraft {
        unit: park.to_string(),
        kind: "instructor".into(),
        holder: "指导员甲".into(),
        from_on: "2022-01-01".into(),
        ..PostDraft::default()
    };
    let id = app.add_post(office, &post).await.unwrap().id;
    let mut firms = Vec::new();
    for at in 0..6 {
        let name = format!("华南城第{at}企业");
        let firm = firm(&year, park, &name).await;
        let cover = CoverageDraft {
            firm: firm.to_string(),
            kind: "instructor".into(),
            post: id.clone(),
            // Today is 2023-11-15; the last was taken over after the month that is judged had begun.
            from_on: if at == 5 { "2023-10-20" } else { "2023-01-01" }.into(),
            ..CoverageDraft::default()
        };
        app.add_coverage(office, &cover).await.unwrap();
        firms.push((firm, name));
    }
    let visit = async |on: &str, names: &str, post: &str| {
        let entry = EntryDraft {
            unit: park.to_string(),
            kind: "visit".into(),
            on_date: on.into(),
            title: "走访".into(),
            firms: names.into(),
            post: post.into(),
            ..EntryDraft::default()
        };
        app.add_entry(office, &entry).await
    };
    visit("2023-10-10", "华南城第0企业、华南城第1企业", &id)
        .await
        .unwrap();
    visit("2023-09-10", "华南城第2企业", &id).await.unwrap();
    visit("2023-10-11", "华南城第3企业", "").await.unwrap();
    assert_eq!(
        said(visit("2023-10-11", "", &"z".repeat(16)).await),
        "post post"
    );
    let found = app.instructor_loads(office).await.unwrap();
    assert_eq!(
        (found.month.0.to_string(), found.month.1.to_string()),
        ("2023-10-01".to_owned(), "2023-10-31".to_owned())
    );
    let [one] = &found.rows[..] else {
        panic!("{:?}", found.rows)
    };
    assert!(one.over(), "six are more than five");
    let kept: Vec<_> = one
        .firms
        .iter()
        .map(|firm| (firm.visits, firm.last_on.as_deref(), firm.kept))
        .collect();
    assert_eq!(
        kept,
        [
            (1, Some("2023-10-10"), Some(true)),
            (1, Some("2023-10-10"), Some(true)),
            (0, Some("2023-09-10"), Some(false)),
            (0, None, Some(false)),
            (0, None, Some(false)),
            (0, None, None),
        ]
    );
    assert_eq!(one.missed(), 3);
    let strike = pingyi_domain::record::StrikeDraft {
        firm: firms[4].0.to_string(),
        reason: "shell".into(),
        from_on: "2023-11-01".into(),
        ..Default::default()
    };
    app.add_strike(office, &strike).await.unwrap();
    let found = app.instructor_loads(office).await.unwrap();
    assert!(!found.rows[0].over(), "what is struck out is no load");
    let other = year
        .somebody("bieren", Role::Recorder, Some(&year.parks[1]))
        .await;
    assert!(app.instructor_loads(&other).await.unwrap().rows.is_empty());
    assert!(app.instructor_names(&other, &id).await.unwrap().is_empty());
    assert_eq!(app.offer_firms(office, "第3").await.unwrap().len(), 1);
    assert!(app.offer_firms(&other, "第3").await.unwrap().is_empty());
    assert!(app.offer_firms(office, "  ").await.unwrap().is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn names_of_bodies_are_offered_from_units_and_from_the_ledger() {
    let year = Year::begin().await;
    let (app, office, park) = (&year.app, &year.office, &year.parks[0]);
    let entry = EntryDraft {
        unit: park.to_string(),
        kind: "activity".into(),
        on_date: "2023-10-11".into(),
        title: "义诊".into(),
        partners: "华中医院、平湖医院、100%工会".into(),
        ..EntryDraft::default()
    };
    app.add_entry(office, &entry).await.unwrap();
    let names = async |hand: &Hand, text: &str| -> Vec<String> {
        let offered = app.offer_bodies(hand, text).await.unwrap();
        offered.into_iter().map(|one| one.name).collect()
    };
    assert_eq!(
        names(office, "华").await,
        ["华南城园区党委", "华南城第一支部", "华中医院"]
    );
    assert_eq!(names(office, "100%").await, ["100%工会"]);
    assert!(names(office, "%").await.is_empty() && names(office, "").await.is_empty());
    let other = year
        .somebody("bieren", Role::Recorder, Some(&year.parks[1]))
        .await;
    assert_eq!(
        names(&other, "华").await,
        ["华南城园区党委", "华南城第一支部"],
        "names of units are known to all, what others wrote is not"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_unit_is_not_dissolved_before_what_belongs_to_it_has_begun() {
    let year = Year::begin().await;
    let (app, office, park) = (&year.app, &year.office, &year.parks[0]);
    let entry = EntryDraft {
        unit: park.to_string(),
        kind: "activity".into(),
        on_date: "2023-10-11".into(),
        title: "义诊".into(),
        ..EntryDraft::default()
    };
    app.add_entry(office, &entry).await.unwrap();
    app.add_belonging(office, &shop(park, "")).await.unwrap();
    let close =
        async |id: &UnitId, version: i64, on: &str, kind: &str, name: &str, above: &UnitId| {
            let draft = UnitDraft {
                closed_on: on.into(),
                ..draft(kind, name, Some(above))
            };
            app.change_unit(office, id, version, &draft).await
        };
    let (name, root) = ("华南城园区党委", &year.root);
    let later = match close(park, 1, "2023-05-01", "park", name, root).await {
        Err(AppError::LaterRecords(later)) => later,
        other => panic!("{other:?}"),
    };
    let later: Vec<_> = later
        .iter()
        .map(|row| (row.kind.as_str(), row.on_day.as_str(), row.title.as_str()))
        .collect();
    assert_eq!(
        later,
        [
            ("entry", "2023-10-11", "义诊"),
            ("shop", "2023-06-01", "水果店"),
            ("unit", "", "华南城第一支部"),
        ]
    );
    close(
        &year.branch,
        1,
        "2023-06-01",
        "branch",
        "华南城第一支部",
        park,
    )
    .await
    .unwrap();
    let on_the_day = close(park, 1, "2023-10-11", "park", name, root).await;
    assert_eq!(
        said(on_the_day),
        "later_records",
        "an entry of the day itself"
    );
    close(park, 1, "2023-10-12", "park", name, root)
        .await
        .unwrap();
    let change = UnitDraft {
        address: "一号".into(),
        closed_on: "2023-10-12".into(),
        ..draft("park", name, Some(root))
    };
    app.change_unit(office, park, 2, &change).await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn the_reach_of_a_past_year_is_of_the_firms_that_operated_then() {
    let year = Year::begin().await;
    let (app, office, park) = (&year.app, &year.office, &year.parks[0]);
    let name = "深圳甲科技有限公司";
    let firm = firm(&year, park, name).await;
    let class = |on: &str| EntryDraft {
        unit: park.to_string(),
        kind: "class".into(),
        on_date: on.into(),
        title: "第一讲".into(),
        firms: name.into(),
        ..EntryDraft::default()
    };
    for day in ["2022-05-01", "2023-05-01"] {
        app.add_entry(office, &class(day)).await.unwrap();
    }
    let strike = StrikeDraft {
        firm: firm.to_string(),
        reason: "dissolved".into(),
        from_on: "2023-06-01".into(),
        ..StrikeDraft::default()
    };
    app.add_strike(office, &strike).await.unwrap();
    let reach = async |of: i32| {
        let share = app.classes(office, of).await.unwrap().reach[0].reach;
        (share.part, share.whole)
    };
    assert_eq!(
        reach(2022).await,
        (1, 1),
        "as it was at the end of the year"
    );
    assert_eq!(reach(2023).await, (0, 0), "struck out in the middle of it");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_instructor_who_left_looks_after_no_firm() {
    let year = Year::begin().await;
    let (app, office, park) = (&year.app, &year.office, &year.parks[0]);
    let firm = firm(&year, park, "深圳甲科技有限公司").await;
    let term = |until: &str| PostDraft {
        unit: park.to_string(),
        kind: "instructor".into(),
        holder: "指导员甲".into(),
        from_on: "2022-01-01".into(),
        until_on: until.into(),
        ..PostDraft::default()
    };
    let post = app.add_post(office, &term("")).await.unwrap();
    let cover = |until: &str| CoverageDraft {
        firm: firm.to_string(),
        kind: "instructor".into(),
        post: post.id.clone(),
        from_on: "2022-06-01".into(),
        until_on: until.into(),
        ..CoverageDraft::default()
    };
    let covers = app.add_coverage(office, &cover("")).await.unwrap();
    let id = post.id.parse().unwrap();
    // A term that will end covers as long as it runs.
    app.change_post(office, &id, 1, &term("2025-01-01"))
        .await
        .unwrap();
    let left = app.change_post(office, &id, 2, &term("2023-09-01")).await;
    assert_eq!(said(left), "until_on term_covers");
    let covered = covers.id.parse().unwrap();
    app.change_coverage(office, &covered, 1, &cover("2023-09-01"))
        .await
        .unwrap();
    app.change_post(office, &id, 2, &term("2023-09-01"))
        .await
        .unwrap();
    let again = CoverageDraft {
        from_on: "2023-09-02".into(),
        ..cover("")
    };
    assert_eq!(
        said(app.add_coverage(office, &again).await),
        "post instructor_gone"
    );
    let rates = app.rates(office, None, None).await.unwrap().total;
    assert_eq!(rates.work_rate().part, 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_dissolved_organisation_covers_no_firm() {
    let year = Year::begin().await;
    let (app, office, park) = (&year.app, &year.office, &year.parks[0]);
    let firm = firm(&year, park, "深圳甲科技有限公司").await;
    let cover = |until: &str| CoverageDraft {
        firm: firm.to_string(),
        kind: "joint".into(),
        unit: year.branch.to_string(),
        from_on: "2020-06-01".into(),
        until_on: until.into(),
        ..CoverageDraft::default()
    };
    let covers = app.add_coverage(office, &cover("")).await.unwrap();
    let dissolved = UnitDraft {
        closed_on: "2023-06-01".into(),
        ..draft("branch", "华南城第一支部", Some(park))
    };
    let later = match app.change_unit(office, &year.branch, 1, &dissolved).await {
        Err(AppError::LaterRecords(later)) => later,
        other => panic!("{other:?}: the firm would be covered by nobody and counted"),
    };
    let later: Vec<_> = later
        .iter()
        .map(|row| (row.kind.as_str(), row.on_day.as_str(), row.title.as_str()))
        .collect();
    assert_eq!(later, [("coverage", "", "深圳甲科技有限公司")]);
    let id = covers.id.parse().unwrap();
    app.change_coverage(office, &id, 1, &cover("2023-06-01"))
        .await
        .unwrap();
    app.change_unit(office, &year.branch, 1, &dissolved)
        .await
        .unwrap();
    let again = CoverageDraft {
        from_on: "2023-06-01".into(),
        ..cover("")
    };
    assert_eq!(
        said(app.add_coverage(office, &again).await),
        "unit unit_closed"
    );
    let rates = app.rates(office, None, None).await.unwrap().total;
    assert_eq!(rates.organisation_rate().part, 0);
    let then = app.rates(office, "2023-05-31".parse().ok(), None).await;
    assert_eq!(then.unwrap().total.organisation_rate().part, 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_board_has_a_column_for_each_state_and_each_card_its_moves() {
    let year = Year::begin().await;
    let (app, office) = (&year.app, &year.office);
    let own = year
        .somebody("jilu", Role::Recorder, Some(&year.parks[0]))
        .await;
    let raise = async |park: &UnitId, title: &str| -> MatterId {
        let draft = MatterDraft {
            list: "problem".into(),
            title: title.into(),
            origin: "visit".into(),
            unit: park.to_string(),
            raised_on: "2023-01-01".into(),
            ..MatterDraft::default()
        };
        let stored = app.add_matter(office, &draft).await.unwrap();
        stored.id.parse().unwrap()
    };
    let go = async |hand: &Hand, id: &MatterId, step: MatterMove| {
        let form = MoveForm {
            text: "如实".into(),
            responsible: "安监办".into(),
            due_on: "2023-06-01".into(),
        };
        app.move_matter(hand, id, step, &form).await.unwrap();
    };
    raise(&year.parks[1], "别处的").await;
    raise(&year.parks[0], "新提的").await;
    let assigned = raise(&year.parks[0], "交办的").await;
    let back = raise(&year.parks[0], "退回的").await;
    let reported = raise(&year.parks[0], "报结的").await;
    for id in [&assigned, &back, &reported] {
        go(office, id, MatterMove::Assign).await;
    }
    for id in [&back, &reported] {
        go(&own, id, MatterMove::Report).await;
    }
    go(office, &back, MatterMove::SendBack).await;
    let board = async |hand: &Hand, filter: MatterFilter| -> Vec<String> {
        let columns = app.matter_board(hand, &filter).await.unwrap();
        let cards = columns.iter().flat_map(|column| {
            let state: MatterStateName = column.state;
            column.cards.iter().map(move |card| {
                let may: Vec<_> = card.may.iter().map(|step| step.as_str()).collect();
                format!("{state}: {} {}", card.line.matter.title, may.join(" "))
            })
        });
        cards.collect()
    };
    assert_eq!(
        board(&own, MatterFilter::default()).await,
        [
            "raised: 新提的 ",
            "sent_back: 退回的 report",
            "assigned: 交办的 report",
            "reported: 报结的 "
        ]
    );
    let office_sees = board(office, MatterFilter::default()).await;
    assert_eq!(office_sees.len(), 5);
    assert!(office_sees.contains(&"reported: 报结的 close send_back".to_owned()));
    let overdue = MatterFilter {
        due_until: Some("2023-06-01".into()),
        state: Some("raised".into()),
        ..MatterFilter::default()
    };
    let overdue = board(office, overdue).await;
    assert_eq!(
        overdue.len(),
        3,
        "filters hold, the state is the column's: {overdue:?}"
    );
    let reported_by_office = raise(&year.parks[1], "自己报的").await;
    go(office, &reported_by_office, MatterMove::Assign).await;
    go(office, &reported_by_office, MatterMove::Report).await;
    let columns = app
        .matter_board(office, &MatterFilter::default())
        .await
        .unwrap();
    let mine = columns
        .iter()
        .flat_map(|column| &column.cards)
        .find(|card| card.line.id == reported_by_office)
        .unwrap();
    assert!(mine.own_report && mine.may == [MatterMove::SendBack]);
    assert_eq!(
        code(app.matter(&own, &reported_by_office).await),
        "not_your_unit"
    );
}
