//! From result to grade: composites worked out by hand, two people who decide, what-if, year over year.

#![allow(clippy::too_many_lines, reason = "a story is told in order")]

use std::collections::BTreeMap;
use std::sync::atomic::Ordering;

use pingyi_app::record::{Filling, IndicatorDraft};
use pingyi_app::*;
use pingyi_ballot::ballot::seal;
use pingyi_domain::audit::AuditEvent;
use serde_json::{Value, json};

use super::indicators::{draft, entry};
use super::units::Year;
use crate::support::*;

/// Grades of the form.
pub const GOOD: usize = 0;
pub const FAIR: usize = 1;
pub const BAD: usize = 2;

/// Three presenters, of whom the first two are tied to the parks.
pub fn three(year: &Year, scheme: &Value) -> String {
    let mut config: Value = serde_json::from_str(&config()).unwrap();
    config["presenters"] = json!([
        {"code": "p1", "title": "华南城园区党委第一书记", "unit": "华南城", "unit_id": year.parks[0].as_str()},
        {"code": "p2", "title": "海吉星园区党委第一书记", "unit": "海吉星", "unit_id": year.parks[1].as_str()},
        {"code": "p3", "title": "山厦园区党委第一书记", "unit": "山厦"}]);
    config["scheme"] = scheme.clone();
    config["order"] = json!("fixed");
    config["form"]["opinions"] = json!(false);
    config.to_string()
}

/// Uneven weights, a cap of one, two floors.
pub fn whole_scheme() -> Value {
    json!({
        "places": 2, "quorum": [2, 3],
        "composite": {"ballot": 60, "indicators": 25, "leaders": 15, "indicators_year": 2023},
        "cuts": [{"label": "优秀", "from": 80}, {"label": "称职", "from": 70},
                 {"label": "基本称职", "from": 60}, {"label": "不称职", "from": 0}],
        "cap": {"number": 1},
        "floors": [
            {"kind": "marks", "best": 1, "below": "1/2", "at_most": "基本称职"},
            {"kind": "points", "source": "leaders", "below": 75, "at_most": "称职"}]
    })
}

pub async fn leader(app: &App, login: &str) -> UserView {
    let new = NewUser {
        login: login.into(),
        name: login.into(),
        roles: [Role::Leader].into_iter().collect(),
        password: "correct horse 9".into(),
        unit: None,
    };
    app.create_user(&actor(), new).await.unwrap()
}

/// The meeting sealed and open.
pub async fn opened(year: &Year, config: &str) -> Meeting {
    let mut meeting = Meeting::keyed(year.app.clone(), year.clock.clone(), config).await;
    meeting.issue(&[4, 5, 4]).await;
    meeting.app.seal(&actor(), &meeting.id).await.unwrap();
    meeting.app.open_boxes(&actor(), &meeting.id).await.unwrap();
    meeting
}

/// One ballot: a grade for each presenter, on every item.
async fn cast(meeting: &Meeting, place: usize, slip: usize, grades: &[usize]) {
    let election = meeting.election(place).await;
    let questions = election.questions();
    let items = questions.len() / grades.len();
    let marks: Vec<Vec<u8>> = questions
        .iter()
        .enumerate()
        .map(|(question, asked)| {
            let grade = grades[question / items];
            (0..asked.answers.len())
                .map(|answer| u8::from(answer == grade))
                .collect()
        })
        .collect();
    let ballot = seal(&election, &meeting.slips[place][slip], &marks, &mut rng()).unwrap();
    meeting.post(place, &ballot.ballot_json).await.unwrap();
}

/// A: four ballots, B: four, C: two and so not opened.
pub async fn vote(meeting: &Meeting, a: [usize; 3], b: [usize; 3]) {
    for slip in 0..4 {
        cast(meeting, 0, slip, &a).await;
        cast(meeting, 1, slip, &b).await;
    }
    for slip in 0..2 {
        cast(meeting, 2, slip, &a).await;
    }
}

pub async fn count(meeting: &Meeting) {
    for place in 0..2 {
        for teller in 0..2 {
            meeting.give_share(teller, place).await.unwrap();
        }
    }
    assert_eq!(meeting.state().await, "counted");
}

pub fn points(given: &[(&str, &str)]) -> EvaluationDraft {
    EvaluationDraft {
        points: given
            .iter()
            .map(|(code, text)| ((*code).to_owned(), (*text).to_owned()))
            .collect(),
    }
}

fn decisions(version: i64, lines: &[(&str, &str, &str)]) -> DecisionsDraft {
    let line = |(code, grade, reason): &(&str, &str, &str)| {
        let line = DecisionDraft {
            grade: (*grade).to_owned(),
            reason: (*reason).to_owned(),
        };
        ((*code).to_owned(), line)
    };
    DecisionsDraft {
        version,
        decisions: lines.iter().map(line).collect(),
    }
}

/// What was proposed, with the codes of the steps.
fn proposals(view: &GradesView) -> Vec<(String, Vec<&str>)> {
    let worked = view.worked.as_ref().unwrap();
    let tables = worked.presenters.iter().enumerate();
    tables
        .map(|(place, table)| {
            let steps = table.steps.iter().map(|step| step.code.as_str()).collect();
            (worked.proposed(place).unwrap_or_default(), steps)
        })
        .collect()
}

fn composites(view: &GradesView) -> Vec<&str> {
    let worked = view.worked.as_ref().unwrap();
    let scores = worked.presenters.iter();
    scores
        .map(|table| {
            table
                .composite
                .as_ref()
                .map_or("", |score| score.fraction.as_str())
        })
        .collect()
}

/// Classes weigh 10 with target 4, volunteering 30 with target 3. Park one: 2 and 1; park two: 8 and 3.
pub async fn record(year: &Year) {
    let (one, two) = (year.parks[0].as_str(), year.parks[1].as_str());
    let mut entries = Vec::new();
    let mut add = |unit: &str, kind: &str, times: i64| {
        for _ in 0..times {
            let next = i64::try_from(entries.len()).unwrap() + 1;
            entries.push(entry(next, unit, kind, "2023-03-01", "confirmed"));
        }
    };
    add(one, "class", 2);
    add(one, "volunteering", 1);
    add(two, "class", 8);
    add(two, "volunteering", 3);
    let filling = Filling {
        tables: vec![("entries", entries)],
        docs: vec![],
    };
    year.app.fill_record(&year.office, &filling).await.unwrap();
    for (name, kind, target, weight) in [
        ("学习", "class", "4", "10"),
        ("志愿", "volunteering", "3", "30"),
    ] {
        let form = IndicatorDraft {
            weight: weight.into(),
            ..draft(name, "entries", kind, target)
        };
        year.app.add_indicator(&year.office, &form).await.unwrap();
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_composite_of_three_sources_becomes_a_grade_that_two_people_decide() {
    let year = Year::begin().await;
    record(&year).await;
    let app = &year.app;
    let (zhang, li) = (leader(app, "zhang").await, leader(app, "li").await);
    let meeting = opened(&year, &three(&year, &whole_scheme())).await;
    let id = &meeting.id;
    vote(&meeting, [GOOD, GOOD, FAIR], [GOOD, FAIR, BAD]).await;

    // Each leader sees their own points and nobody else's.
    let wrong = points(&[("p1", "100.01"), ("p9", "5"), ("p2", "八十")]);
    let refused = app.evaluate(&zhang, id, &wrong).await.unwrap_err();
    assert!(
        matches!(&refused, AppError::Fields(all) if all.len() == 3),
        "{refused:?}"
    );
    let given = points(&[("p1", "90"), ("p2", "70"), ("p3", "100")]);
    app.evaluate(&zhang, id, &given).await.unwrap();
    app.evaluate(
        &li,
        id,
        &points(&[("p1", "80.5"), ("p2", "1"), ("p3", "99.99")]),
    )
    .await
    .unwrap();
    app.evaluate(&li, id, &points(&[("p2", "")])).await.unwrap();
    let own = app.evaluation(&li, id).await.unwrap();
    let own: Vec<&str> = own.lines.iter().map(|line| line.points.as_str()).collect();
    assert_eq!(own, ["80.5", "", "99.99"]);
    let before = app.grades(id).await.unwrap();
    assert!(before.worked.is_none(), "nothing is known before the count");
    assert_eq!(before.leaders, (2, 1));

    meeting.close().await;
    // What was done after the day of closing does not count, whenever the tellers come.
    year.clock.0.fetch_add(3 * 86_400_000, Ordering::Relaxed);
    let late = Filling {
        tables: vec![(
            "entries",
            vec![entry(
                99,
                year.parks[0].as_str(),
                "class",
                "2023-11-17",
                "confirmed",
            )],
        )],
        docs: vec![],
    };
    app.fill_record(&year.office, &late).await.unwrap();
    count(&meeting).await;
    assert_eq!(
        code(app.evaluate(&li, id, &points(&[("p2", "60")])).await),
        "wrong_state"
    );

    let view = app.grades(id).await.unwrap();
    let worked = view.worked.clone().unwrap();
    assert_eq!(worked.on.unwrap().to_string(), "2023-11-15");
    // p1: 100, 3/8, (90 + 80.5) ÷ 2; p2: 580/7, 1, 70; p3: 360/7, no unit, (100 + 99.99) ÷ 2.
    let parts = worked.presenters[0].beside.indicators.clone().unwrap();
    assert_eq!(parts.score().unwrap().fraction(), "3/8");
    let leaders = worked.presenters[0].beside.leaders.unwrap();
    assert_eq!((leaders.count, leaders.hundredths), (2, 17_050));
    assert_eq!(
        composites(&view),
        ["13146/160", "1193/14", "427993/7000"].map(reduced)
    );
    assert_eq!(
        proposals(&view),
        [
            ("优秀".to_owned(), vec!["cut"]),
            // Half of the marks are good, which is not below a half; the leaders' 70 is below 75.
            ("称职".to_owned(), vec!["cut", "floor"]),
            ("基本称职".to_owned(), vec!["cut"]),
        ]
    );
    let said: Vec<&str> = worked
        .statements
        .iter()
        .map(|said| said.code.as_str())
        .collect();
    assert_eq!(said, ["source_missing_for", "redistributed_sources_for"]);
    let cap = worked.cap.unwrap();
    assert_eq!((cap.places, cap.reached, cap.given), (1, 1, 1));
    // The result page proposes the same grade, from the composite.
    let result = app.result(id).await.unwrap();
    assert_eq!(result.tables[1].proposed.as_deref(), Some("称职"));
    let stored = serde_json::to_string(&view.worked).unwrap();
    assert!(
        !stored.contains("8050") && !stored.contains("80.5"),
        "who gave what stays with the leader"
    );

    two_people(&year, &meeting, (&zhang, &li)).await;
}

/// The fraction in its lowest terms.
fn reduced(text: &str) -> String {
    text.parse::<Exact>().unwrap().fraction()
}

async fn two_people(year: &Year, meeting: &Meeting, (zhang, li): (&UserView, &UserView)) {
    let (app, id) = (&year.app, &meeting.id);
    let office = &actor();
    // Everything wrong at once; nothing is stored.
    let wrong = decisions(0, &[("p1", "1", ""), ("p2", "7", ""), ("p3", "2", "")]);
    let refused = app.decide_grades(office, id, &wrong).await.unwrap_err();
    let AppError::Fields(problems) = refused else {
        panic!("{refused:?}")
    };
    let said: Vec<String> = problems
        .iter()
        .map(|p| format!("{} {}", p.field, p.rule))
        .collect();
    assert_eq!(
        said,
        [
            "decisions.p1.reason grade_reason_missing",
            "decisions.p2.grade grade"
        ]
    );
    assert_eq!(app.grades(id).await.unwrap().version, 0);

    let first = decisions(0, &[("p1", "0", ""), ("p2", "0", "考察组意见")]);
    app.decide_grades(office, id, &first).await.unwrap();
    assert_eq!(
        code(app.decide_grades(office, id, &first).await),
        "old_version"
    );
    let view = app.grades(id).await.unwrap();
    assert_eq!(
        view.findings,
        [
            Finding::AboveCap {
                places: 1,
                given: 2
            },
            Finding::Undecided { presenter: 2 }
        ]
    );
    // A leader confirms once the committee has the result, and only what was read.
    assert_eq!(
        code(app.confirm_grades(&zhang.actor(), id, view.version).await),
        "wrong_state"
    );
    app.keep(office, id).await.unwrap();
    assert_eq!(
        code(
            app.confirm_grades(&zhang.actor(), id, view.version - 1)
                .await
        ),
        "old_version"
    );
    assert_eq!(
        code(app.confirm_grades(office, id, view.version).await),
        "same_person"
    );
    app.confirm_grades(&zhang.actor(), id, view.version)
        .await
        .unwrap();
    let view = app.grades(id).await.unwrap();
    let stands: Vec<(Option<usize>, Option<&str>)> = view
        .decisions
        .iter()
        .map(|line| (line.grade, line.confirmed_by.as_deref()))
        .collect();
    assert_eq!(
        stands,
        [
            (Some(0), Some("zhang")),
            (Some(0), Some("zhang")),
            (None, None)
        ]
    );

    // What changes is confirmed anew; what stays is not.
    let second = decisions(
        view.version,
        &[("p1", "0", ""), ("p2", "1", ""), ("p3", "2", "")],
    );
    app.decide_grades(&zhang.actor(), id, &second)
        .await
        .unwrap();
    let view = app.grades(id).await.unwrap();
    assert_eq!(
        code(app.confirm_grades(&zhang.actor(), id, view.version).await),
        "same_person"
    );
    app.confirm_grades(&li.actor(), id, view.version)
        .await
        .unwrap();
    let view = app.grades(id).await.unwrap();
    let by: Vec<Option<&str>> = view
        .decisions
        .iter()
        .map(|line| line.confirmed_by.as_deref())
        .collect();
    assert_eq!(by, [Some("zhang"), Some("li"), Some("li")]);
    assert!(view.findings.is_empty());
    let events: Vec<&str> = view
        .history
        .iter()
        .rev()
        .map(|line| line.event.action())
        .collect();
    let (given, decided, confirmed) = ("evaluation_given", "grade_decided", "grades_confirmed");
    assert_eq!(
        events,
        [
            given, given, given, decided, decided, confirmed, decided, decided, confirmed
        ]
    );
    let told = |event: &AuditEvent| serde_json::to_string(event).unwrap().contains("80.5");
    assert!(
        !view.history.iter().any(|line| told(&line.event)),
        "points are in no trail"
    );

    app.archive(office, id).await.unwrap();
    let late = decisions(view.version, &[("p3", "3", "x")]);
    assert_eq!(
        code(app.decide_grades(office, id, &late).await),
        "wrong_state"
    );
    assert_eq!(app.check_audit().await.unwrap().faults, []);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_tie_at_the_cap_is_left_to_the_committee_and_missing_parts_give_their_weight() {
    let year = Year::begin().await;
    let scheme = json!({
        "places": 2, "quorum": [2, 3],
        "composite": {"ballot": 60, "indicators": 25, "leaders": 15},
        "cuts": [{"label": "好", "from": 80}, {"label": "较好", "from": 60}, {"label": "一般", "from": 0}],
        "cap": {"share": "1/3"}
    });
    let meeting = opened(&year, &three(&year, &scheme)).await;
    vote(&meeting, [GOOD, GOOD, FAIR], [GOOD, GOOD, BAD]).await;
    meeting.close().await;
    count(&meeting).await;
    let view = year.app.grades(&meeting.id).await.unwrap();
    assert_eq!(composites(&view), ["100", "100", "360/7"]);
    assert_eq!(
        proposals(&view),
        [
            ("较好".to_owned(), vec!["cut", "tied_open"]),
            ("较好".to_owned(), vec!["cut", "tied_open"]),
            ("一般".to_owned(), vec!["cut"]),
        ]
    );
    let worked = view.worked.unwrap();
    let said: Vec<&str> = worked
        .statements
        .iter()
        .map(|said| said.code.as_str())
        .collect();
    assert_eq!(
        said,
        ["source_missing", "source_missing", "redistributed_sources"]
    );
    assert_eq!(worked.cap.unwrap().tied.len(), 2);
    assert_eq!(worked.presenters[0].shared_by, 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn weights_are_tried_before_sealing_and_years_are_compared() {
    let year = Year::begin().await;
    let app = &year.app;
    let plain = json!({"places": 2, "quorum": [2, 3],
        "cuts": [{"label": "好", "from": 80}, {"label": "较好", "from": 60}, {"label": "一般", "from": 0}]});
    let earlier = three(&year, &plain).replace(r#""year":2026"#, r#""year":2025"#);
    let first = opened(&year, &earlier).await;
    vote(&first, [GOOD, FAIR, FAIR], [BAD, GOOD, FAIR]).await;
    first.close().await;
    count(&first).await;
    app.release(&actor(), &first.id).await.unwrap();

    // Draft of the year after: one item less, other weights.
    let mut next: Value = serde_json::from_str(&three(&year, &plain)).unwrap();
    next["form"]["items"].as_array_mut().unwrap().pop();
    next["categories"][0]["weight"] = json!(60);
    let second = Meeting::keyed(app.clone(), year.clock.clone(), &next.to_string()).await;
    let none = WhatIfAsk::new();
    let tried = app.what_if(&second.id, &none).await.unwrap().tried.unwrap();
    assert_eq!(tried.basis.id, first.id);
    let scores = |tried: &Tried| -> Vec<(String, String)> {
        let text = |standing: &Standing| standing.score.as_ref().unwrap().fraction();
        let moves = tried.moves.iter();
        moves
            .map(|one| (text(&one.before), text(&one.after)))
            .collect()
    };
    // A 40, B 30: p1 (4000 + 1200) ÷ 70, p2 (2400 + 3000) ÷ 70. A 60, B 30: p1 (6000 + 1200) ÷ 90, p2 (3600 + 3000) ÷ 90.
    let expected = [("520/7", "80"), ("540/7", "220/3"), ("60", "60")];
    assert_eq!(
        scores(&tried),
        expected.map(|(was, then)| (was.to_owned(), then.to_owned()))
    );
    assert_eq!(tried.moves[0].grade_before.as_deref(), Some("较好"));
    assert_eq!(tried.moves[0].grade_after.as_deref(), Some("好"));

    let ask: WhatIfAsk = [
        ("category.A", "0"),
        ("value.fair", "50"),
        ("cap", "1/3"),
        ("cut.0", "五十"),
    ]
    .map(|(name, text)| (name.to_owned(), text.to_owned()))
    .into_iter()
    .collect::<BTreeMap<_, _>>();
    let tried = app.what_if(&second.id, &ask).await.unwrap().tried.unwrap();
    let after: Vec<String> = scores(&tried).into_iter().map(|(_, then)| then).collect();
    assert_eq!(after, ["40", "100", "50"]);
    let wrong: Vec<&str> = tried.problems.iter().map(|p| p.field.as_str()).collect();
    assert_eq!(wrong, ["cut.0"]);

    floors_and_ties(app, &second).await;
    let mut second = second;
    second.issue(&[4, 5, 4]).await;
    app.seal(&actor(), &second.id).await.unwrap();
    let closed = app.what_if(&second.id, &none).await.unwrap_err();
    assert_eq!((closed.code(), closed.status()), ("what_if_closed", 409));
    app.open_boxes(&actor(), &second.id).await.unwrap();
    vote(&second, [GOOD, FAIR, FAIR], [GOOD, GOOD, FAIR]).await;
    second.close().await;
    count(&second).await;

    let view = app.compare_years(&second.id, None).await.unwrap();
    let years = view.years.unwrap();
    assert_eq!(years.before.id, first.id);
    assert_eq!(
        years.warnings,
        [
            Warning::Items {
                added: vec![],
                removed: vec!["抓党建".into()]
            },
            Warning::ItemWeights {
                items: vec!["总体评价".into()]
            },
            Warning::CategoryWeights {
                categories: ["领导", "部门", "支部"].map(str::to_owned).to_vec()
            },
        ]
    );
    let line = &years.presenters[0];
    // 100 after 520/7.
    assert_eq!(line.score.change, Some(Went::Up("180/7".parse().unwrap())));
    assert_eq!(line.items[0].before.as_ref().unwrap().fraction(), "520/7");
    assert_eq!(
        line.categories[1].change,
        Some(Went::Up("60".parse().unwrap()))
    );
    assert_eq!(years.presenters[2].ballot.change, Some(Went::Same));
    assert!(
        app.compare_years(&first.id, None)
            .await
            .unwrap()
            .years
            .is_none()
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_presenter_is_tied_to_a_unit_that_is_there_and_stays() {
    let year = Year::begin().await;
    let app = &year.app;
    let config = three(&year, &json!({"places": 2, "quorum": [2, 3]}));
    let unknown = config.replace(year.parks[1].as_str(), "zzzzzzzzzzzzzzzz");
    let refused = app.create_appraisal(&actor(), &unknown).await.unwrap_err();
    let AppError::Problems(problems) = refused else {
        panic!("{refused:?}")
    };
    assert_eq!(problems[0].path, "presenters[1].unit_id");
    let id = app.create_appraisal(&actor(), &config).await.unwrap();
    assert_eq!(
        code(app.edit_config(&actor(), &id, 1, &unknown).await),
        "problems"
    );
    assert_eq!(
        code(app.remove_unit(&year.office, &year.parks[1], 1).await),
        "in_use"
    );
    app.delete_appraisal(&actor(), &id).await.unwrap();
    app.remove_unit(&year.office, &year.parks[1], 1)
        .await
        .unwrap();
}

/// A floor on the marks and one on the points, and two who tie at a cap of one: each is tried by its own box.
async fn floors_and_ties(app: &App, draft: &Meeting) {
    let config = app.appraisal(&draft.id).await.unwrap().config;
    let mut changed = serde_json::to_value(&config).unwrap();
    changed["scheme"]["cap"] = json!({"number": 1});
    changed["scheme"]["floors"] = json!([
        {"kind": "marks", "best": 1, "below": "1/2", "at_most": "一般"},
        {"kind": "points", "source": "ballot", "below": 10, "at_most": "一般"}]);
    let version = app.appraisal(&draft.id).await.unwrap().version;
    app.edit_config(&actor(), &draft.id, version, &changed.to_string())
        .await
        .unwrap();
    let ask = |pairs: &[(&str, &str)]| -> WhatIfAsk {
        let pairs = pairs.iter();
        pairs
            .map(|(name, text)| ((*name).to_owned(), (*text).to_owned()))
            .collect()
    };
    let grades = async |pairs: &[(&str, &str)]| -> (Vec<String>, Vec<String>) {
        let tried = app.what_if(&draft.id, &ask(pairs)).await.unwrap().tried;
        let tried = tried.unwrap();
        let moves = tried.moves.iter();
        let after = moves.map(|one| one.grade_after.clone().unwrap_or_default());
        let wrong = tried.problems.iter().map(|problem| problem.field.clone());
        (after.collect(), wrong.collect())
    };
    let as_drafted = grades(&[]).await.0;
    // p3 has no mark in the best grade, and so has p2 of A: without the floor the cut decides.
    assert_eq!(as_drafted[2], "一般", "{as_drafted:?}");
    let without = grades(&[("floor.0", "")]).await.0;
    assert_eq!(without[2], "较好", "{without:?}");
    let (kept, wrong) = grades(&[("floor.0", "一半"), ("ties", "some")]).await;
    assert_eq!(kept, as_drafted, "what cannot be read keeps the draft's");
    assert_eq!(wrong, ["ties", "floor.0"]);
    let points = grades(&[("floor.0", ""), ("floor.1", "70")]).await.0;
    assert_eq!(points[2], "一般", "{points:?}");
    // A and B alike: both have 70.
    let alike = [
        ("category.A", "1"),
        ("category.B", "1"),
        ("cut.0", "60"),
        ("cut.1", "50"),
        ("floor.0", ""),
        ("value.fair", "40"),
        ("value.bad", "40"),
    ];
    let open = grades(&alike).await.0;
    let mut all_in = alike.to_vec();
    all_in.push(("ties", "all_in"));
    let in_ = grades(&all_in).await.0;
    assert_eq!(
        (&*open[0], &*open[1]),
        ("较好", "较好"),
        "the committee decides"
    );
    assert_eq!((&*in_[0], &*in_[1]), ("好", "好"), "both are proposed");
}
