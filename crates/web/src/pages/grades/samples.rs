//! Samples of the pages from the result to the grade.

use pingyi_app::{EvaluationLine, EvaluationView};

use super::compare::{CompareModel, ComparePage, CompareRow, Pair};
use super::evaluation::EvaluationPage;
use super::what_if::{MovedRow, NumberField, NumberGroup, WhatIfModel, WhatIfPage};
use super::{GradeRow, GradesModel, GradesPage};
use crate::lang::{Lang, Texts};
use crate::pages::appraisal_samples::{presenters, title};
use crate::pages::record::{FieldLine, PastLine};
use crate::pages::sample::{Sample, chrome_in};

use askama::Template;

const ID: &str = "crecy9ufkg44pd2a";

pub(super) fn pages(lang: Lang) -> Vec<Sample> {
    let c = |text: &str, page: &str| {
        chrome_in(lang, text, &format!("/appraisals/{ID}/{page}"), &["office"])
    };
    let grades = |name, g, organiser, leader| {
        let page = GradesPage {
            c: c("grades-title", "grades"),
            g,
            organiser,
            leader,
        };
        Sample::new(name, page.render())
    };
    let what_if = |name, w| {
        let page = WhatIfPage {
            c: c("what-if-title", "what-if"),
            w,
        };
        Sample::new(name, page.render())
    };
    let compare = |name, m| {
        let page = ComparePage {
            c: c("compare-title", "compare"),
            m,
        };
        Sample::new(name, page.render())
    };
    let evaluation = |name, open, used| {
        let page = EvaluationPage {
            c: c("evaluation-title", "evaluation"),
            e: evaluated(lang, open, used),
        };
        Sample::new(name, page.render())
    };
    vec![
        grades("grades-office", model(lang), true, false),
        grades("grades-leader", model(lang), false, true),
        grades("grades-before", before(lang), true, false),
        evaluation("evaluation-open", true, true),
        evaluation("evaluation-closed", false, false),
        what_if("what-if", tried(lang)),
        what_if("what-if-none", untried(lang)),
        compare("compare", compared(lang)),
        compare("compare-none", alone(lang)),
    ]
}

fn word(lang: Lang, zh: &str, en: &str) -> String {
    match lang {
        Lang::Zh => zh.to_owned(),
        Lang::En => en.to_owned(),
    }
}

fn before(lang: Lang) -> GradesModel {
    GradesModel {
        seen: false,
        counted: false,
        statements: Vec::new(),
        notes: Vec::new(),
        rows: Vec::new(),
        past: Vec::new(),
        waiting: 0,
        ..model(lang)
    }
}

fn model(lang: Lang) -> GradesModel {
    let texts = Texts(lang);
    let names = presenters(lang);
    let source = |name: &str| texts.s(&format!("grades-source-{name}"));
    GradesModel {
        id: ID.to_owned(),
        title: title(lang).to_owned(),
        seen: true,
        counted: true,
        rules: vec![
            texts.a("grades-rule-composite", "parts", "60, 25, 15"),
            texts.s("grades-rule-ties-open"),
        ],
        leaders: Some(texts.with("grades-leaders-done", [("a", 2.into()), ("b", 3.into())])),
        statements: vec![texts.with_map(
            "grades-said-source-missing-for",
            [
                ("presenter", names[8].as_str()),
                ("source", &source("indicators")),
                ("weight", "25"),
            ],
        )],
        notes: vec![texts.with_map(
            "grades-cap",
            [
                ("places", "3"),
                ("of", "9"),
                ("reached", "4"),
                ("given", "2"),
            ],
        )],
        sources: [("ballot", "60"), ("indicators", "25"), ("leaders", "15")]
            .map(|(name, weight)| (source(name), weight.to_owned()))
            .to_vec(),
        rows: (0..names.len())
            .map(|place| row(lang, place, &names[place]))
            .collect(),
        grades: [
            ("好", "Good"),
            ("较好", "Fairly good"),
            ("一般", "Average"),
            ("差", "Poor"),
        ]
        .map(|(zh, en)| word(lang, zh, en))
        .into_iter()
        .enumerate()
        .collect(),
        version: 9,
        decidable: true,
        confirmable: true,
        waiting: 2,
        past: vec![past(lang, &names[1])],
    }
}

fn past(lang: Lang, name: &str) -> PastLine {
    let texts = Texts(lang);
    PastLine {
        time: "2018-12-20 10:02:11 UTC".to_owned(),
        who: word(lang, "组织科", "Organisation office"),
        action: texts.s("audit-do-grade_decided"),
        changed: false,
        fields: vec![FieldLine {
            label: name.to_owned(),
            from: String::new(),
            to: texts.with_map(
                "grades-past-decided",
                [("decided", "好"), ("proposed", "较好")],
            ),
        }],
    }
}

fn row(lang: Lang, place: usize, name: &str) -> GradeRow {
    let texts = Texts(lang);
    let good = place < 2;
    let grade = if good {
        word(lang, "好", "Good")
    } else {
        word(lang, "较好", "Fairly good")
    };
    let score = format!("{}.{:02}", 93 - place, 59 - place * 4);
    let cut = [("score", score.as_str()), ("from", "90"), ("grade", &grade)];
    let first = texts.with_map("grades-step-cut", cut);
    let step = if place == 2 || place == 3 {
        texts.with_map(
            "grades-step-tied-open",
            [("tied", "2"), ("left", "1"), ("grade", &grade)],
        )
    } else {
        first.clone()
    };
    let composite = format!("(60 × 9838/105 + 25 × 175/2 + 15 × 90) ÷ 100 = {score}");
    GradeRow {
        code: format!("p{}", place + 1),
        title: name.to_owned(),
        rank: if place == 3 {
            texts.a("grades-tie", "rank", "3")
        } else {
            (place + 1).to_string()
        },
        range: format!("{}–{}", place.max(1), (place + 3).min(9)),
        fraction: format!("128229/1400 = {score}0000"),
        points: vec![
            score.clone(),
            "87.50".to_owned(),
            if place == 8 { "—" } else { "90.00" }.to_owned(),
        ],
        score,
        proposed: grade.clone(),
        rule: step.clone(),
        steps: vec![first, step],
        working: vec![texts.with_map(
            "working-line",
            [
                ("name", texts.s("grades-working-composite").as_str()),
                ("value", &composite),
            ],
        )],
        decided: (place < 6).then_some(usize::from(!good)),
        decided_label: if place < 6 { grade } else { "—".to_owned() },
        reason: if place == 5 {
            word(lang, "考察组意见", "As the committee found on its visit")
        } else {
            String::new()
        },
        entered_by: word(lang, "组织科", "Organisation office"),
        confirmed_by: (place < 4).then(|| word(lang, "点评领导", "Leader")),
    }
}

fn evaluated(lang: Lang, open: bool, used: bool) -> EvaluationView {
    let lines = presenters(lang).into_iter().enumerate();
    EvaluationView {
        id: ID.parse().unwrap_or_else(|_| unreachable!("a sound id")),
        title: title(lang).to_owned(),
        state: "open".to_owned(),
        rehearsal: false,
        open,
        used,
        lines: lines
            .filter_map(|(place, title)| {
                Some(EvaluationLine {
                    code: format!("p{}", place + 1).parse().ok()?,
                    title,
                    unit: String::new(),
                    points: if place % 3 == 0 {
                        "92.5".to_owned()
                    } else {
                        String::new()
                    },
                })
            })
            .collect(),
    }
}

fn untried(lang: Lang) -> WhatIfModel {
    WhatIfModel {
        id: ID.to_owned(),
        title: title(lang).to_owned(),
        bases: Vec::new(),
        basis: None,
        groups: Vec::new(),
        problems: Vec::new(),
        rows: Vec::new(),
        finding: String::new(),
        has_grades: false,
    }
}

fn tried(lang: Lang) -> WhatIfModel {
    let texts = Texts(lang);
    let field = |name: &str, label: String, value: &str, error: String| NumberField {
        name: name.to_owned(),
        label,
        value: value.to_owned(),
        choices: Vec::new(),
        was: "40".to_owned(),
        error,
        most: Some("100"),
    };
    let rows = presenters(lang).into_iter().enumerate();
    WhatIfModel {
        bases: vec![(ID.to_owned(), title(lang).to_owned(), true)],
        basis: Some(title(lang).to_owned()),
        groups: vec![
            NumberGroup {
                name: "composite",
                fields: vec![
                    field(
                        "composite.ballot",
                        texts.s("grades-source-ballot"),
                        "60",
                        String::new(),
                    ),
                    field(
                        "composite.leaders",
                        texts.s("grades-source-leaders"),
                        "四十",
                        texts.s("rule-exact"),
                    ),
                ],
            },
            NumberGroup {
                name: "cap",
                fields: vec![field("cap", texts.s("what-if-cap"), "1/3", String::new())],
            },
            NumberGroup {
                name: "ties",
                fields: vec![NumberField {
                    choices: ["open", "all-in"]
                        .map(|name| (name, texts.s(&format!("what-if-ties-{name}"))))
                        .into(),
                    ..field("ties", texts.s("what-if-ties"), "open", String::new())
                }],
            },
        ],
        rows: rows
            .map(|(place, title)| moved(lang, place, title))
            .collect(),
        finding: texts.with("what-if-moves", [("a", 1.into()), ("b", 1.into())]),
        has_grades: true,
        ..untried(lang)
    }
}

fn moved(lang: Lang, place: usize, title: String) -> MovedRow {
    MovedRow {
        title,
        score_before: format!("{}.50", 95 - place),
        score_after: format!("{}.25", 95 - place),
        rank_before: (place + 1).to_string(),
        rank_after: if place == 2 {
            "4".to_owned()
        } else {
            (place + 1).to_string()
        },
        rank_moves: place == 2,
        grade_before: word(lang, "好", "Good"),
        grade_after: if place == 2 {
            word(lang, "较好", "Fairly good")
        } else {
            word(lang, "好", "Good")
        },
        grade_moves: place == 2,
    }
}

fn alone(lang: Lang) -> CompareModel {
    CompareModel {
        id: ID.to_owned(),
        title: title(lang).to_owned(),
        year: 2018,
        bases: Vec::new(),
        before: None,
        warnings: Vec::new(),
        gone: String::new(),
        items: Vec::new(),
        categories: Vec::new(),
        rows: Vec::new(),
    }
}

fn compared(lang: Lang) -> CompareModel {
    let texts = Texts(lang);
    let item = word(lang, "总体评价", "Overall");
    let pair = |change: &str, went| Pair {
        now: "93.70".to_owned(),
        before: if change.is_empty() { "—" } else { "92.50" }.to_owned(),
        change: change.to_owned(),
        went,
    };
    let rows = presenters(lang).into_iter().enumerate();
    CompareModel {
        bases: vec![(ID.to_owned(), title(lang).to_owned(), true)],
        before: Some(2017),
        warnings: vec![
            texts.a("compare-items-added", "names", &item),
            texts.s("compare-composite"),
        ],
        gone: presenters(lang)[8].clone(),
        items: vec![item],
        categories: vec![word(lang, "街道领导班子", "Leading group")],
        rows: rows
            .map(|(place, title)| {
                let (change, went) = [("+1.20", "up"), ("−0.50", "down"), ("=", "same")][place % 3];
                CompareRow {
                    title,
                    unit: String::new(),
                    known: place != 5,
                    rank_before: if place == 5 {
                        "—".to_owned()
                    } else {
                        (9 - place).to_string()
                    },
                    rank: (place + 1).to_string(),
                    score: pair(change, went),
                    ballot: pair(change, went),
                    items: vec![pair(if place == 5 { "" } else { change }, went)],
                    categories: vec![pair(change, went)],
                }
            })
            .collect(),
        ..alone(lang)
    }
}
