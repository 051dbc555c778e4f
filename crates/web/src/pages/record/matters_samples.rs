//! Samples of the pages of matters, for the gallery and the tests.

use askama::Template;
use pingyi_app::record::MatterDraft;
use pingyi_app::record::matter::{Due, MatterList, MatterMove, MatterStateName};

use super::evidence::Shelf;
use super::matter_board::{BoardCard, BoardColumn, BoardPage};
use super::matter_form::{MatterForm, MatterFormPage};
use super::matter_list::{Asked, MatterRowLine, MattersPage};
use super::matters::{DoneLine, EditLine, MatterPage, SourceLine, StepLine, due_badge, tone};
use super::within::Within;
use super::{FieldLine, unit_choices};
use crate::chrome::Chrome;
use crate::lang::{Lang, Texts};
use crate::lists::{Files, Head, Query};
use crate::pages::sample::{Sample, chrome_in};

fn word(lang: Lang, zh: &str, en: &str) -> String {
    if lang == Lang::Zh { zh } else { en }.to_owned()
}

fn head(text: &'static str, sorted: &'static str) -> Head {
    Head {
        text,
        href: "/matters?sort=x".to_owned(),
        sorted,
        number: false,
    }
}

/// A matter in each state.
fn rows(lang: Lang) -> Vec<MatterRowLine> {
    let rows = MatterStateName::ALL
        .iter()
        .enumerate()
        .map(|(at, state)| MatterRowLine {
            id: format!("m{at}"),
            title: word(
                lang,
                "东都工业区消防通道被占用",
                "Fire lane blocked at Dongdu estate",
            ),
            list: MatterList::ALL[at % 3].as_str(),
            unit: word(lang, "华南城", "China South City"),
            responsible: word(lang, "安监办", "Safety office"),
            raised_on: "2018-10-08".to_owned(),
            due_on: if at == 0 {
                String::new()
            } else {
                "2018-12-10".to_owned()
            },
            due: due_badge([Due::None, Due::Over, Due::Soon, Due::Over, Due::None][at % 5]),
            state: state.as_str(),
            tone: tone(*state),
            progress: if at == 1 {
                "48.2%".to_owned()
            } else {
                String::new()
            },
            sample: at == 2,
        });
    rows.collect()
}

fn board_card(lang: Lang, at: usize, moves: &[MatterMove]) -> Option<BoardCard> {
    let row = rows(lang).into_iter().nth(at);
    row.map(|row| BoardCard {
        row,
        own_report: moves.is_empty(),
        moves: moves.to_vec(),
    })
}

fn board_column(state: MatterStateName, total: u64, cards: Vec<Option<BoardCard>>) -> BoardColumn {
    BoardColumn {
        state: state.as_str(),
        total,
        cards: cards.into_iter().flatten().collect(),
        href: "/matters?state=open".to_owned(),
    }
}

fn columns(lang: Lang) -> Vec<BoardColumn> {
    let card = |at, moves: &[MatterMove]| board_card(lang, at, moves);
    let both = [MatterMove::Close, MatterMove::SendBack];
    let sent_back = card(3, &[MatterMove::Report]);
    let assigned = card(1, &[MatterMove::Report]);
    vec![
        board_column(
            MatterStateName::Raised,
            1,
            vec![card(0, &[MatterMove::Assign])],
        ),
        board_column(MatterStateName::Assigned, 60, vec![sent_back, assigned]),
        board_column(
            MatterStateName::Reported,
            2,
            vec![card(2, &both), card(2, &[])],
        ),
        board_column(
            MatterStateName::Closed,
            1,
            vec![card(4, &[MatterMove::Reopen])],
        ),
    ]
}

fn empty_columns() -> Vec<BoardColumn> {
    [
        MatterStateName::Raised,
        MatterStateName::Assigned,
        MatterStateName::Reported,
        MatterStateName::Closed,
    ]
    .map(|state| board_column(state, 0, vec![]))
    .to_vec()
}

impl BoardPage {
    /// For the gallery and the tests.
    #[must_use]
    pub fn samples(lang: Lang) -> Vec<Sample> {
        let page = |columns, within| {
            Self {
                c: chrome_in(lang, "matters-title", "/matters", &["office"]),
                columns,
                asked: Asked::of(&Query::default()),
                units: unit_choices(lang),
                narrowed: false,
                may_add: true,
                path: "/matters".to_owned(),
                list: "/matters".to_owned(),
                within,
            }
            .render()
        };
        vec![
            Sample::new("matters-board", page(columns(lang), None)),
            Sample::new(
                "matters-board-empty",
                page(empty_columns(), Within::sample(lang, "/matters")),
            ),
        ]
    }
}

impl MattersPage {
    /// For the gallery and the tests.
    #[must_use]
    pub fn samples(lang: Lang) -> Vec<Sample> {
        let rows = rows(lang);
        let page = |rows: Vec<MatterRowLine>, narrowed: bool, within| {
            Self {
                c: chrome_in(lang, "matters-title", "/matters", &["office"]),
                total: rows.len() as u64,
                next: (!rows.is_empty()).then(|| "/matters?after=x".to_owned()),
                title: head("field-matter-title", "none"),
                due: head("field-due_on", "ascending"),
                raised: head("field-raised_on", "none"),
                asked: Asked::of(&Query::default()),
                units: unit_choices(lang),
                over: if rows.is_empty() { 0 } else { 2 },
                soon: u64::from(!rows.is_empty()),
                may_add: true,
                narrowed,
                rows,
                files: Files::sample("matters"),
                path: "/matters".to_owned(),
                board: "/matters?as=board".to_owned(),
                within,
            }
            .render()
        };
        let tab = Within::sample(lang, "/matters");
        vec![
            Sample::new("matters", page(rows.clone(), false, None)),
            Sample::new("unit-matters", page(rows, false, tab)),
            Sample::new("matters-empty", page(vec![], false, None)),
            Sample::new("matters-none", page(vec![], true, None)),
        ]
    }
}

fn steps(lang: Lang) -> Vec<StepLine> {
    let steps = ["raise", "assign", "report", "send_back", "report"]
        .into_iter()
        .zip(["raised", "assigned", "reported", "sent_back", "reported"]);
    let steps = steps.map(|(step, state)| StepLine {
        time: "2018-11-20 10:05".to_owned(),
        who: word(lang, "组织科", "Organisation office"),
        step: format!("matter-did-{step}"),
        state: state.to_owned(),
        text: if step == "send_back" {
            word(lang, "缺移交单", "Hand-over sheet is missing")
        } else {
            String::new()
        },
    });
    steps.collect()
}

fn sources(lang: Lang) -> Vec<SourceLine> {
    let line = |said: String, href: &str| SourceLine {
        appraisal: word(
            lang,
            "2017年园区党委书记述职评议",
            "Duty reports of the park committees' secretaries 2017",
        ),
        post: word(
            lang,
            "华南城园区党委第一书记",
            "First secretary, China South City",
        ),
        said,
        href: href.to_owned(),
    };
    vec![
        line(
            Texts(lang).a("followup-from-item", "item", "推动重点任务落实情况及成效"),
            "/appraisals/a/followup/p1",
        ),
        line(Texts(lang).n("followup-from-opinion", 3), ""),
    ]
}

fn edit(c: &Chrome, state: &str, tone: &'static str) -> EditLine {
    let lang = c.lang;
    let may_decide = state == "asked";
    EditLine {
        id: format!("e-{state}"),
        time: "2018-11-01 09:00".to_owned(),
        asked_by: "jilu".to_owned(),
        why: word(lang, "拆迁延后", "Clearance is delayed"),
        fields: vec![FieldLine {
            label: c.s("field-due_on"),
            from: "2018-12-10".to_owned(),
            to: "2019-03-31".to_owned(),
        }],
        state: state.to_owned(),
        tone,
        decided_by: if may_decide {
            String::new()
        } else {
            "zuzhi".to_owned()
        },
        answer: if may_decide {
            String::new()
        } else {
            word(lang, "太晚", "Too late")
        },
        may_decide,
    }
}

impl MatterPage {
    fn sample(lang: Lang, state: MatterStateName, moves: &[MatterMove]) -> Self {
        let mut c = chrome_in(lang, "matters-title", "/matters/m", &["office"]);
        c.title = word(lang, "土地整备", "Land consolidation");
        Self {
            id: "m".to_owned(),
            title: c.title.clone(),
            state: state.as_str(),
            tone: tone(state),
            due: due_badge(Due::Over),
            facts: vec![
                ("field-matter-list", c.s("value-matter-list-key_task")),
                ("field-due_on", "2018-12-10".to_owned()),
            ],
            measures: word(
                lang,
                "逐户签约，按月移交。",
                "Sign house by house, hand over monthly.",
            ),
            entry: None,
            sources: if state == MatterStateName::Raised {
                vec![]
            } else {
                sources(lang)
            },
            firm: Some(("f".repeat(16), word(lang, "某某有限公司", "Some Company"))),
            responsible: String::new(),
            due_on: "2018-12-10".to_owned(),
            steps: steps(lang),
            quantity: Some(word(lang, "830000 平方米", "830000 m²")),
            done: vec![DoneLine {
                on: "2018-11-30".to_owned(),
                done: "400000".to_owned(),
                share: "48.2%".to_owned(),
                note: String::new(),
            }],
            shelf: Shelf::sample(
                Texts(lang),
                state != MatterStateName::Raised,
                !moves.is_empty() && state != MatterStateName::Reported,
            ),
            edits: vec![edit(&c, "asked", "warn"), edit(&c, "refused", "bad")],
            moves: moves.to_vec(),
            own_report: moves.is_empty(),
            may_edit: !moves.is_empty(),
            may_progress: !moves.is_empty(),
            today: "2018-12-15".to_owned(),
            sample: true,
            source: String::new(),
            past: vec![],
            c,
        }
    }

    /// For the gallery and the tests.
    #[must_use]
    pub fn samples(lang: Lang) -> Vec<Sample> {
        let page = |state, moves: &[MatterMove]| Self::sample(lang, state, moves).render();
        vec![
            Sample::new(
                "matter-raised",
                page(MatterStateName::Raised, &[MatterMove::Assign]),
            ),
            Sample::new(
                "matter-assigned",
                page(MatterStateName::Assigned, &[MatterMove::Report]),
            ),
            Sample::new(
                "matter-reported",
                page(
                    MatterStateName::Reported,
                    &[MatterMove::Close, MatterMove::SendBack],
                ),
            ),
            Sample::new("matter-own", page(MatterStateName::Reported, &[])),
            Sample::new(
                "matter-closed",
                page(MatterStateName::Closed, &[MatterMove::Reopen]),
            ),
        ]
    }
}

impl MatterFormPage {
    /// For the gallery and the tests.
    #[must_use]
    pub fn samples(lang: Lang) -> Vec<Sample> {
        let page = |id: &str, asks| {
            let draft = MatterDraft {
                title: word(lang, "土地整备", "Land consolidation"),
                list: "key_task".to_owned(),
                ..MatterDraft::default()
            };
            let form = MatterForm {
                id: id.to_owned(),
                version: 2,
                asks,
                draft,
                firm: String::new(),
            };
            let c = chrome_in(lang, form.title(), "/matters/new", &["office"]);
            Self::of(c, unit_choices(lang), form).render()
        };
        vec![
            Sample::new("matter-new", page("", false)),
            Sample::new("matter-edit", page("m", false)),
            Sample::new("matter-ask", page("m", true)),
        ]
    }
}
