//! Samples of the follow-up, for the gallery and the tests.

use askama::Template;
use pingyi_app::followup::{LastYear, LastYearLine, LastYearView};
use pingyi_app::record::matter::{Due, MatterStateName};

use super::digest::{ClosedLine, DigestPage, ProgressTable};
use super::one::{FindingsPage, LowLine, OpinionLine, TickLine};
use super::{FollowUpPage, LastYearPage, MadeLine, PresenterLine};
use crate::lang::{Lang, Texts};
use crate::pages::record::matter_list::MatterRowLine;
use crate::pages::record::matters::{due_badge, tone};
use crate::pages::record::unit_choices;
use crate::pages::sample::{Sample, chrome_in};

fn word(lang: Lang, zh: &str, en: &str) -> String {
    if lang == Lang::Zh { zh } else { en }.to_owned()
}

fn meeting(lang: Lang) -> String {
    word(
        lang,
        "2018年园区党委书记述职评议",
        "Duty reports of the park committees' secretaries 2018",
    )
}

fn post(lang: Lang) -> String {
    word(
        lang,
        "华南城园区党委第一书记",
        "First secretary, China South City",
    )
}

fn made(lang: Lang, state: MatterStateName, due: Due) -> MadeLine {
    MadeLine {
        id: "m".repeat(16),
        title: word(
            lang,
            "小微企业走访不够",
            "Too few visits to small and micro firms",
        ),
        state: state.as_str(),
        tone: tone(state),
        due: due_badge(due),
        due_on: "2019-06-30".to_owned(),
    }
}

impl FollowUpPage {
    /// For the gallery and the tests.
    #[must_use]
    pub fn samples(lang: Lang) -> Vec<Sample> {
        let row = |at: usize| PresenterLine {
            code: format!("p{at}"),
            title: post(lang),
            score: if at == 2 {
                String::new()
            } else {
                "91.40".to_owned()
            },
            low: at % 4,
            opinions: at * 3,
            waiting: usize::from(at == 1),
            comment: at % 2 == 1,
            matters: at % 3,
            closed: at % 2,
        };
        let page = |rows: usize, opinions: bool| {
            Self {
                c: chrome_in(
                    lang,
                    "followup-title",
                    "/appraisals/a/followup",
                    &["office"],
                ),
                id: "a".to_owned(),
                title: meeting(lang),
                rows: (1..=rows).map(row).collect(),
                opinions,
                office: opinions,
            }
            .render()
        };
        vec![
            Sample::new("followup", page(9, true)),
            Sample::new("followup-many", page(100, false)),
        ]
    }
}

fn tick(source: &str, text: String, made: Vec<MadeLine>) -> TickLine {
    TickLine {
        source: source.to_owned(),
        proposed: text.clone(),
        text,
        made,
    }
}

fn low(lang: Lang) -> Vec<LowLine> {
    let label = word(
        lang,
        "推动重点任务落实情况及成效",
        "Carrying out key tasks, and with what effect",
    );
    let listed = vec![made(lang, MatterStateName::Assigned, Due::Later)];
    vec![
        LowLine {
            tick: tick("item:tasks", label.clone(), listed),
            score: "78.50".to_owned(),
            median: "90.25".to_owned(),
            below_median: true,
            below_second: true,
        },
        LowLine {
            tick: tick("item:next", label, vec![]),
            score: "89.00".to_owned(),
            median: "90.00".to_owned(),
            below_median: true,
            below_second: false,
        },
    ]
}

fn opinions(lang: Lang) -> Vec<OpinionLine> {
    let texts = [
        word(lang, "走访企业少，", "Visits few firms. ").repeat(12),
        word(lang, "务实，继续保持。", "Practical; go on like this."),
        word(lang, "（辱骂）", "(abuse)"),
        String::new(),
    ];
    let told = |text: &str, when: bool| if when { text.to_owned() } else { String::new() };
    let lines = (1..).zip(texts).map(|(number, text)| OpinionLine {
        tick: tick(
            &format!("opinion:{number}"),
            text,
            if number == 1 {
                vec![made(lang, MatterStateName::Closed, Due::None)]
            } else {
                vec![]
            },
        ),
        number,
        stands: number < 3,
        waits: number == 3,
        reason: told(&word(lang, "人身攻击", "A personal attack"), number > 2),
        by: told(&word(lang, "组织科", "Organisation office"), number > 2),
        confirmed_by: told(&word(lang, "张副书记", "Deputy secretary"), number > 3),
        own: false,
    });
    lines.collect()
}

impl FindingsPage {
    fn sample(lang: Lang, office: bool, empty: bool) -> Self {
        let mut c = chrome_in(
            lang,
            "followup-title",
            "/appraisals/a/followup/p1",
            &["office"],
        );
        c.title = post(lang);
        let comment = word(
            lang,
            "两个覆盖扎实，小微企业走访要补上。",
            "Both coverages are sound; visits to small firms must catch up.",
        );
        let neighbour = || Some(("p2".to_owned(), post(lang)));
        Self {
            id: "a".to_owned(),
            appraisal: meeting(lang),
            code: "p1".to_owned(),
            title: post(lang),
            score: if empty {
                String::new()
            } else {
                "91.40".to_owned()
            },
            second: (!empty).then(|| (word(lang, "较好", "fair"), "80.00".to_owned())),
            low: if empty { vec![] } else { low(lang) },
            opinions: if empty { vec![] } else { opinions(lang) },
            open: true,
            comment: (!empty).then(|| tick("comment", comment, vec![])),
            matters: if empty {
                vec![]
            } else {
                vec![
                    made(lang, MatterStateName::Assigned, Due::Over),
                    made(lang, MatterStateName::Closed, Due::None),
                ]
            },
            units: unit_choices(lang),
            unit: if empty { String::new() } else { "b".repeat(16) },
            office,
            leader: !office,
            before: if empty { None } else { neighbour() },
            behind: neighbour(),
            c,
        }
    }

    /// For the gallery and the tests.
    #[must_use]
    pub fn samples(lang: Lang) -> Vec<Sample> {
        vec![
            Sample::new("followup-one", Self::sample(lang, true, false).render()),
            Sample::new("followup-leader", Self::sample(lang, false, false).render()),
            Sample::new("followup-none", Self::sample(lang, true, true).render()),
        ]
    }
}

impl LastYearPage {
    /// For the gallery and the tests.
    #[must_use]
    pub fn samples(lang: Lang) -> Vec<Sample> {
        let title = word(
            lang,
            "小微企业走访不够",
            "Too few visits to small and micro firms",
        );
        let line = |day: Option<&str>| LastYearLine {
            title: title.clone(),
            closed_on: day.and_then(|day| day.parse().ok()),
            answer: word(
                lang,
                "走访 45 家，补上台账。",
                "Visited 45 firms and recorded it.",
            ),
        };
        let list = LastYear::of(2017, vec![line(None), line(Some("2018-05-01"))]);
        let row = |code: &str, unit: bool, list: Option<LastYear>| {
            Some(LastYearView {
                code: code.parse().ok()?,
                title: post(lang),
                unit: unit.then(|| "b".repeat(16).parse().ok()).flatten(),
                list,
            })
        };
        let page = |fixed: bool| {
            let rows = [
                row("p1", true, list.clone()),
                row("p2", true, None),
                row("p3", false, None),
            ];
            Self {
                c: chrome_in(
                    lang,
                    "lastyear-title",
                    "/appraisals/a/last-year",
                    &["office"],
                ),
                id: "a".to_owned(),
                title: meeting(lang),
                fixed,
                rows: rows.into_iter().flatten().collect(),
            }
            .render()
        };
        vec![
            Sample::new("last-year", page(false)),
            Sample::new("last-year-fixed", page(true)),
        ]
    }
}

fn matter_row(lang: Lang, state: MatterStateName) -> MatterRowLine {
    MatterRowLine {
        id: "m".repeat(16),
        title: word(
            lang,
            "小微企业走访不够",
            "Too few visits to small and micro firms",
        ),
        list: "rectification",
        unit: word(lang, "华南城", "China South City"),
        responsible: word(lang, "党建办", "Party office"),
        raised_on: "2018-01-20".to_owned(),
        due_on: "2018-10-31".to_owned(),
        due: due_badge(Due::Over),
        state: state.as_str(),
        tone: tone(state),
        progress: String::new(),
        sample: false,
    }
}

impl DigestPage {
    /// For the gallery and the tests.
    #[must_use]
    pub fn samples(lang: Lang) -> Vec<Sample> {
        let page = |full: bool| {
            let mut c = chrome_in(lang, "digest-title", "/digest/2018-11", &["office"]);
            c.title = Texts(lang).a("digest-title-of", "month", "2018-11");
            Self {
                c,
                month: "2018-11".to_owned(),
                until: "2018-11-30".to_owned(),
                running: !full,
                before: "2018-10".to_owned(),
                behind: if full {
                    "2018-12".to_owned()
                } else {
                    String::new()
                },
                table: if full {
                    ProgressTable::example(lang)
                } else {
                    ProgressTable::default()
                },
                closed: if full {
                    vec![ClosedLine {
                        row: matter_row(lang, MatterStateName::Closed),
                        closed_on: "2018-11-20".to_owned(),
                        proof: word(
                            lang,
                            "走访 45 家，附台账。",
                            "Visited 45 firms, see the ledger.",
                        ),
                        files: 2,
                    }]
                } else {
                    vec![]
                },
                overdue: if full {
                    vec![
                        matter_row(lang, MatterStateName::Assigned),
                        matter_row(lang, MatterStateName::SentBack),
                    ]
                } else {
                    vec![]
                },
            }
            .render()
        };
        vec![
            Sample::new("digest", page(true)),
            Sample::new("digest-empty", page(false)),
        ]
    }
}
