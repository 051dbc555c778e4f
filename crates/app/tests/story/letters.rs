//! Feedback letters of all presenters in the background, what stands in them, and what an appraisal leaves in the record.

use std::time::Duration;

use pingyi_app::papers::*;
use pingyi_app::record::UnitId;
use pingyi_app::*;
use serde_json::{Value, json};

use crate::bundle_beside::whole;
use crate::grades::{
    BAD, FAIR, GOOD, count, leader, opened, points, record, three, vote, whole_scheme,
};
use crate::papers::{office, stand_in};
use crate::support::*;
use crate::units::Year;

/// A character that no font has, as the stand-in for the program says.
const RARE: char = '\u{2A6A5}';

/// Many presenters, or one, marked on a single item by three people.
async fn counted(presenters: usize, comment: Option<(&str, &str)>) -> Meeting {
    let mut config: Value = serde_json::from_str(&config()).unwrap();
    let one = |n: usize| json!({"code": format!("p{n}"), "title": format!("第{n}园区党委第一书记"), "unit": ""});
    config["presenters"] = (1..=presenters).map(one).collect();
    config["order"] = "fixed".into();
    config["form"]["opinions"] = false.into();
    config["form"]["items"] = json!([{"code": "overall", "label": "总体评价", "weight": 1}]);
    config["categories"] =
        json!([{"code": "A", "label": "领导", "weight": 100, "expected": 3, "minimum": 3}]);
    let folder = tempfile::tempdir().unwrap();
    let (mut settings, clock) = settings(folder.path());
    settings.printing.program = Some(stand_in());
    let app = App::open(settings).await.unwrap();
    let mut meeting = Meeting::keyed(app.clone(), clock, &config.to_string()).await;
    meeting.folder = Some(folder);
    meeting.issue(&[3]).await;
    app.seal(&actor(), &meeting.id).await.unwrap();
    app.open_boxes(&actor(), &meeting.id).await.unwrap();
    for slip in 0..3 {
        meeting.cast(0, slip, slip % 2).await;
    }
    if let Some((code, text)) = comment {
        app.comment(&actor(), &meeting.id, &code.parse().unwrap(), text)
            .await
            .unwrap();
    }
    meeting.close().await;
    for teller in 0..2 {
        meeting.give_share(teller, 0).await.unwrap();
    }
    meeting
}

async fn over(app: &App, id: &AppraisalId) -> LettersRun {
    loop {
        let run = app.make_letters(&office(), id).await.unwrap();
        if run.over {
            return run;
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_hundred_letters_are_made_and_the_one_that_cannot_says_why() {
    let text = format!("名字里有{RARE}字");
    let meeting = counted(100, Some(("p7", &text))).await;
    let (app, id) = (&meeting.app, &meeting.id);
    let hand = office();
    // Two who press at once see one run.
    let (first, second) = tokio::join!(app.make_letters(&hand, id), app.make_letters(&hand, id));
    assert_eq!((first.unwrap().total, second.unwrap().total), (100, 100));
    let seen = app.letters_run(id).unwrap();
    assert!(seen.percent() <= 100 && seen.done <= 100);
    while !app.letters_run(id).unwrap().over {
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    let run = app.letters_run(id).unwrap();
    assert_eq!((run.done, run.failed.len()), (100, 1));
    assert_eq!(run.failed[0].presenter.as_str(), "p7");
    assert_eq!(run.failed[0].why.code(), "missing_glyphs");
    let rows = app.papers_of(&office(), id).await.unwrap();
    assert_eq!(rows.len(), 99, "all or nothing, letter by letter");
    assert!(rows.iter().all(|row| row.presenter != "p7"));
    // Again: the same rows, the same one that cannot.
    let again = over(app, id).await;
    assert_eq!(again.failed.len(), 1);
    assert_eq!(app.papers_of(&office(), id).await.unwrap().len(), 99);
}

#[tokio::test(flavor = "multi_thread")]
async fn one_letter_is_done_with_the_answer_and_says_no_median() {
    let meeting = counted(1, None).await;
    let (app, id) = (&meeting.app, &meeting.id);
    let run = over(app, id).await;
    assert_eq!((run.done, run.total, run.failed.len()), (1, 1, 0));
    let rows = app.papers_of(&office(), id).await.unwrap();
    let Paper::FeedbackLetter(letter) = Paper::from_json(&rows[0].input).unwrap() else {
        panic!("no letter");
    };
    assert!(letter.score.is_some() && letter.median.is_none());
}

#[tokio::test(flavor = "multi_thread")]
async fn letters_are_refused_before_the_count_without_the_program_and_to_others() {
    let open = Meeting::open().await;
    let early = open.app.make_letters(&office(), &open.id).await;
    assert_eq!(code(early), "wrong_state");
    let meeting = crate::papers::counted(false).await;
    let (app, id) = (&meeting.app, &meeting.id);
    assert_eq!(code(app.make_letters(&office(), id).await), "papers_absent");
    assert!(app.letters_run(id).is_none(), "nothing was begun");
    let user = leader(app, "zhang").await;
    let hand = app.hand(&user).await.unwrap();
    assert_eq!(code(app.make_letters(&hand, id).await), "not_your_unit");
}

async fn letter(app: &App, id: &AppraisalId, code: &str) -> FeedbackLetter {
    let wanted = Wanted::Of(id.clone(), Sheet::Letter(code.parse().unwrap()));
    match app.paper(&office(), &wanted).await.unwrap().paper {
        Paper::FeedbackLetter(letter) => letter,
        other => panic!("{other:?}"),
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_letter_says_the_confirmed_grade_and_no_other() {
    let (meeting, _) = whole().await;
    let (app, id) = (&meeting.app, &meeting.id);
    let view = app.grades(id).await.unwrap();
    let worked = view.worked.as_ref().unwrap();
    let confirmed = worked.proposed(0).unwrap();
    assert_eq!(letter(app, id, "p1").await.grade, Some(confirmed));
    // Entered and not confirmed, and proposed: neither is told.
    assert!(worked.proposed(1).is_some() && view.decisions[1].grade.is_some());
    assert_eq!(letter(app, id, "p2").await.grade, None);
}

#[tokio::test(flavor = "multi_thread")]
async fn with_three_sources_the_sheets_say_the_composite_and_letters_only_their_own() {
    let year = Year::begin().await;
    record(&year).await;
    let app = &year.app;
    let zhang = leader(app, "zhang").await;
    let meeting = opened(&year, &three(&year, &whole_scheme())).await;
    let id = &meeting.id;
    vote(&meeting, [GOOD, GOOD, FAIR], [GOOD, FAIR, BAD]).await;
    let given = points(&[("p1", "90"), ("p2", "70"), ("p3", "99")]);
    app.evaluate(&zhang, id, &given).await.unwrap();
    meeting.close().await;
    count(&meeting).await;
    let view = app.grades(id).await.unwrap();
    let worked = view.worked.unwrap();
    let composite = |n: usize| {
        worked.presenters[n]
            .composite
            .as_ref()
            .unwrap()
            .shown
            .clone()
    };
    let wanted = Wanted::Of(id.clone(), Sheet::Summary);
    let Paper::SummaryTable(table) = app.paper(&office(), &wanted).await.unwrap().paper else {
        panic!("no table");
    };
    for row in &table.rows {
        let n = worked
            .presenters
            .iter()
            .position(|one| one.title == row.presenter);
        let n = n.unwrap();
        assert_eq!(row.composite, Some(composite(n)));
        assert!(row.ballot.is_some() && row.leaders.is_some());
        let counts = worked.presenters[n].sources.len();
        assert_eq!(
            row.indicators.is_some(),
            counts == 3,
            "p3 is tied to no unit"
        );
    }
    for n in 0..3 {
        let own = letter(app, id, &format!("p{}", n + 1)).await;
        let text = serde_json::to_string(&own).unwrap();
        for other in (0..3).filter(|other| *other != n) {
            assert!(!text.contains(&format!("\"{}\"", composite(other))));
        }
        assert_eq!(own.grade, None, "nothing is decided");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_appraisal_leaves_lists_a_line_in_the_year_book_and_a_count_in_the_brief() {
    let (meeting, _) = whole().await;
    let (app, id) = (&meeting.app, &meeting.id);
    for sheet in Sheet::LISTS {
        let wanted = Wanted::Of(id.clone(), sheet);
        let Paper::FollowUpList(list) = app.paper(&office(), &wanted).await.unwrap().paper else {
            panic!("no list");
        };
        let problems: Vec<&str> = list.rows.iter().map(|row| row.problem.as_str()).collect();
        assert_eq!(
            problems,
            ["走访企业偏少"],
            "and not what lies in the record beside"
        );
        assert_eq!(list.about, "2026年园区党委书记述职评议");
    }
    let brief = Wanted::Of(id.clone(), Sheet::Brief);
    let brief = app.paper(&office(), &brief).await.unwrap().paper;
    let said = serde_json::to_string(&brief).unwrap();
    assert!(said.contains("1个问题列入整改清单"), "{said}");
    let config = app.appraisal(id).await.unwrap().config;
    let unit = |place: usize| config.presenters[place].unit_id.clone().unwrap();
    let book = async |unit: UnitId, year: i32| {
        let wanted = Wanted::YearBook(unit, year);
        match app.paper(&office(), &wanted).await.unwrap().paper {
            Paper::YearBook(book) => book.appraisals,
            other => panic!("{other:?}"),
        }
    };
    let own = book(unit(0), 2023).await;
    assert_eq!((own.len(), own[0].year), (1, 2023));
    assert!(own[0].score.is_some() && own[0].grade.is_some());
    assert!(
        own[0].title.contains("名"),
        "released, so the place too: {own:?}"
    );
    let other = book(unit(1), 2023).await;
    assert_eq!(other[0].grade, None, "not confirmed");
    assert!(book(unit(0), 2022).await.is_empty(), "not of years before");
}

/// What was counted and not announced is in no year book; kept for the committee, the grade is and the score is not.
#[tokio::test(flavor = "multi_thread")]
async fn a_year_book_tells_nothing_before_the_announcement() {
    let year = Year::begin().await;
    record(&year).await;
    let app = &year.app;
    let meeting = opened(&year, &three(&year, &whole_scheme())).await;
    let id = &meeting.id;
    vote(&meeting, [GOOD, GOOD, FAIR], [GOOD, FAIR, BAD]).await;
    meeting.close().await;
    count(&meeting).await;
    let wanted = Wanted::YearBook(year.parks[0].clone(), 2026);
    let book = async || match app.paper(&office(), &wanted).await {
        Ok(PaperView {
            paper: Paper::YearBook(book),
            ..
        }) => book.appraisals,
        other => panic!("{other:?}"),
    };
    year.clock
        .0
        .fetch_add(3 * 365 * 86_400_000, std::sync::atomic::Ordering::Relaxed);
    assert!(book().await.is_empty(), "counted");
    app.keep(&actor(), id).await.unwrap();
    assert!(book().await.is_empty(), "kept, and nothing decided");
    let decided = DecisionsDraft {
        version: 0,
        decisions: [(
            "p1".to_owned(),
            DecisionDraft {
                grade: "0".into(),
                reason: "综合研究".into(),
            },
        )]
        .into(),
    };
    app.decide_grades(&actor(), id, &decided).await.unwrap();
    assert!(book().await.is_empty(), "entered, and not confirmed");
    let zhang = Actor::User(leader(app, "zhang").await.id);
    app.confirm_grades(&zhang, id, 1).await.unwrap();
    let told = book().await;
    assert_eq!(told.len(), 1);
    assert_eq!(told[0].grade.as_deref(), Some("优秀"));
    assert!(told[0].score.is_none() && !told[0].title.contains("名"));
}
