//! Samples of the appraisal's page: one per state and turn of a meeting.

use super::appraisal::{Appraisal, AppraisalPage, BallotBox, ProblemLine, Reconciliation, Teller};
use super::sample::{Sample, chrome_in};
use super::stage::{Presenter, StageNow};
use crate::lang::Lang;
use crate::state::State;

const PARKS: [[&str; 2]; 9] = [
    [
        "华南城园区党委第一书记",
        "First secretary, China South City park",
    ],
    ["海吉星园区党委第一书记", "First secretary, Haijixing park"],
    ["新木园区党委第一书记", "First secretary, Xinmu park"],
    ["山厦园区党委第一书记", "First secretary, Shanxia park"],
    ["辅城坳园区党委第一书记", "First secretary, Fucheng'ao park"],
    ["鹅公岭园区党委第一书记", "First secretary, Egongling park"],
    ["白坭坑园区党委第一书记", "First secretary, Bainikeng park"],
    [
        "良安田园区党委第一书记",
        "First secretary, Liang'antian park",
    ],
    ["平湖园区党委第一书记", "First secretary, Pinghu park"],
];
const CATEGORIES: [(&str, [&str; 2], i64); 3] = [
    ("A", ["街道领导班子", "Leading group"], 20),
    (
        "B",
        [
            "部门、园区和社区党组织",
            "Departments, parks and communities",
        ],
        50,
    ),
    (
        "C",
        ["两代表一委员和支部", "Representatives and branches"],
        30,
    ),
];

const fn at(lang: Lang) -> usize {
    match lang {
        Lang::Zh => 0,
        Lang::En => 1,
    }
}

/// Title of the sample meeting.
pub(super) fn title(lang: Lang) -> &'static str {
    [
        "2018年园区党委书记述职评议",
        "Duty reports and appraisal of the park committees 2018",
    ][at(lang)]
}

/// Titles of the presenters.
pub(super) fn presenters(lang: Lang) -> Vec<String> {
    PARKS.iter().map(|name| name[at(lang)].to_owned()).collect()
}

/// The boxes as they stand in `state`.
pub(super) fn boxes(lang: Lang, state: State) -> Vec<BallotBox> {
    let marked = state >= State::Open;
    let all = CATEGORIES
        .iter()
        .zip(["4TAPAp81i55xTi", "9qKUkP3cVvZr7d", "Fh2mXw6sYbN8Ge"]);
    all.enumerate()
        .map(|(place, ((letter, label, expected), uuid))| BallotBox {
            uuid: uuid.to_owned(),
            category: (*letter).to_owned(),
            label: label[at(lang)].to_owned(),
            expected: *expected,
            minimum: 8,
            phone: if state >= State::Keyed { *expected } else { 0 },
            paper: 0,
            spare: if state >= State::Keyed { 5 } else { 0 },
            ballots: if !marked {
                0
            } else if state >= State::Closed {
                expected - 1
            } else {
                expected / 2
            },
            replaced: i64::from(marked && place == 1),
            head: [
                "5f2c91ab07d34e10a8",
                "c0ffee1290ab77d5e2",
                "77aa01d9be3f4c6612",
            ][place]
                .repeat(3),
            height: if state >= State::Sealed {
                expected + 5
            } else {
                -1
            },
            shares: if state >= State::Counted {
                vec![1, 3]
            } else if state == State::Closed && place < 2 {
                vec![1]
            } else {
                vec![]
            },
            skipped: false,
            result: state >= State::Counted,
            verified: (state >= State::Counted).then_some(true),
            reconciliation: if marked {
                filled(*expected)
            } else {
                Reconciliation::default()
            },
        })
        .collect()
}

fn filled(expected: i64) -> Reconciliation {
    let expected = u32::try_from(expected).unwrap_or(0);
    Reconciliation {
        entitled: Some(expected),
        present: Some(expected - 1),
        issued_phone: Some(expected - 1),
        issued: Some(expected - 1),
        returned: expected,
        mismatches: vec!["mismatch-returned_above_issued".to_owned()],
        ..Reconciliation::default()
    }
}

fn tellers(lang: Lang, state: State) -> Vec<Teller> {
    let names = [
        ["监票人", "Scrutineer"],
        ["计票人一", "First counter"],
        ["计票人二", "Second counter"],
    ];
    let keyed = state >= State::Keyed;
    (1..)
        .zip(names.into_iter().zip([2, 1, 0]))
        .map(|(index, (name, steps))| Teller {
            index,
            name: name[at(lang)].to_owned(),
            joined: keyed || index < 3,
            done: if keyed { 3 } else { steps },
        })
        .collect()
}

/// The sample appraisal in `state`.
pub(super) fn appraisal(lang: Lang, state: State) -> Appraisal {
    let speaking = matches!(state, State::Open | State::Paused);
    let agenda = presenters(lang)
        .into_iter()
        .enumerate()
        .map(|(place, title)| Presenter {
            code: format!("p{}", place + 1),
            unit: title.clone(),
            title,
            done: speaking && place < 3,
            now: speaking && place == 3,
            slides: place % 2 == 1,
            comment: String::new(),
        });
    Appraisal {
        id: "a1".to_owned(),
        version: 7,
        title: title(lang).to_owned(),
        year: 2018,
        state,
        kept: false,
        rehearsal: false,
        problems: vec![],
        tellers: tellers(lang, state),
        threshold: 2,
        threshold_text: crate::pages::build::threshold_text(lang, 2, 3),
        boxes: if state == State::Draft {
            vec![]
        } else {
            boxes(lang, state)
        },
        stage: StageNow {
            scene: if speaking { "speaker" } else { "agenda" }.to_owned(),
            presenter: if speaking { "p4" } else { "" }.to_owned(),
            slide: 3,
            seconds_left: 412,
            running: speaking,
            shown: 2,
        },
        agenda: agenda.collect(),
        by_lot: state > State::Sealed,
        draw: (state > State::Sealed).then(|| "5f2c91ab07d34e10a8c0ffee1290ab77".to_owned()),
        void_reason: None,
        next: vec![],
    }
}

fn page(lang: Lang, name: &'static str, mut a: Appraisal, next: &[&str]) -> Sample {
    a.next = next.iter().map(|action| (*action).to_owned()).collect();
    let mut c = chrome_in(lang, "appraisals-title", "/appraisals/a1", &["office"]);
    c.title.clone_from(&a.title);
    c.rehearsal = a.rehearsal;
    c.events = Some("/api/appraisals/a1/events".to_owned());
    let page = AppraisalPage {
        c,
        a,
        organiser: true,
        converts: name != "sealed-draw",
        may_comment: true,
        evaluates: false,
        config_json: "{}".to_owned(),
        units_json: "[]".to_owned(),
        problems_json: "[]".to_owned(),
    };
    Sample::new(name, askama::Template::render(&page))
}

/// The sample appraisal in `state`, changed.
fn with(lang: Lang, state: State, change: impl Fn(&mut Appraisal)) -> Appraisal {
    let mut made = appraisal(lang, state);
    change(&mut made);
    made
}

/// One page per state and turn.
pub(super) fn pages(lang: Lang) -> Vec<Sample> {
    let mut all = prepared(lang);
    all.extend(held(lang));
    all
}

/// Until the boxes open.
fn prepared(lang: Lang) -> Vec<Sample> {
    let problem = |text: [&str; 2]| ProblemLine {
        path: "categories[0].weight".to_owned(),
        code: "weight_zero".to_owned(),
        message: text[at(lang)].to_owned(),
    };
    let faulty = with(lang, State::Draft, |a| {
        a.problems = vec![
            problem(["A 类的权重是 0。", "The weight of category A is 0."]),
            problem(["还没有述职人。", "There is no presenter yet."]),
        ];
    });
    let unprinted = with(lang, State::Keyed, |a| {
        for b in &mut a.boxes {
            (b.phone, b.spare) = (0, 0);
        }
    });
    let rehearsal = with(lang, State::Keyed, |a| a.rehearsal = true);
    let sealed = appraisal(lang, State::Sealed);
    vec![
        page(lang, "draft-problems", faulty, &["delete"]),
        page(
            lang,
            "draft-keys",
            appraisal(lang, State::Draft),
            &["delete", "reset_keys"],
        ),
        page(lang, "keyed-slips", unprinted, &["reset_keys"]),
        page(lang, "keyed-seal", rehearsal, &["seal"]),
        page(
            lang,
            "sealed-draw",
            with(lang, State::Sealed, |a| a.by_lot = true),
            &["open", "void"],
        ),
        page(lang, "sealed-open", sealed, &["open", "void"]),
    ]
}

/// From the opening of the boxes on.
fn held(lang: Lang) -> Vec<Sample> {
    let running = appraisal(lang, State::Open);
    let paused = with(lang, State::Paused, |a| a.stage.seconds_left = -75);
    let counted = appraisal(lang, State::Counted);
    let kept = with(lang, State::Counted, |a| a.kept = true);
    let voided = with(lang, State::Voided, |a| {
        let reason = [
            "发出的票数对不上。",
            "The number of slips given out does not add up.",
        ];
        a.void_reason = Some(reason[at(lang)].to_owned());
    });
    vec![
        page(lang, "open", running, &["pause", "close", "void"]),
        page(lang, "paused", paused, &["resume", "close", "void"]),
        page(lang, "closed", appraisal(lang, State::Closed), &["void"]),
        page(
            lang,
            "counted",
            counted,
            &["release", "keep", "count_check", "void"],
        ),
        page(lang, "kept", kept, &["release", "archive", "void"]),
        page(
            lang,
            "released",
            appraisal(lang, State::Released),
            &["archive"],
        ),
        page(lang, "archived", appraisal(lang, State::Archived), &[]),
        page(lang, "voided", voided, &[]),
    ]
}
