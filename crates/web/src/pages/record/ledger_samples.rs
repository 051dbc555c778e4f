//! Samples of the pages of the ledger, for the gallery and the tests.

use askama::Template;
use pingyi_app::record::{EntryDraft, EntryState, WordList, default_words};

use super::entry_form::{EntryForm, EntryFormPage};
use super::evidence::Shelf;
use super::gatherings::{
    ClassesPage, HeldLine, MeetingsPage, ParkLine, QuarterCell, ReachLine, TopicLine,
};
use super::ledger::{Asked, EntryPage, EntryRowLine, LedgerPage, RaisedLine, Words, tone};
use super::unit_choices;
use super::within::Within;
use crate::lang::{Lang, Texts};
use crate::lists::{Files, Head, Query};
use crate::pages::sample::{Sample, chrome_in};

fn word(lang: Lang, zh: &str, en: &str) -> String {
    if lang == Lang::Zh { zh } else { en }.to_owned()
}

fn words(lang: Lang) -> Words {
    Words {
        kinds: default_words(WordList::EntryKind),
        topics: default_words(WordList::Topic),
        lang,
    }
}

fn head(text: &'static str, sorted: &'static str) -> Head {
    Head {
        text,
        href: "/ledger?sort=x".to_owned(),
        sorted,
        number: false,
    }
}

impl LedgerPage {
    /// For the gallery and the tests.
    #[must_use]
    pub fn samples(lang: Lang) -> Vec<Sample> {
        let rows = EntryState::ALL
            .iter()
            .enumerate()
            .map(|(at, state)| EntryRowLine {
                id: format!("e{at}"),
                date: "2018-11-20".to_owned(),
                title: word(lang, "红色经典诵读会", "Reading of red classics"),
                kind: word(
                    lang,
                    "活动 · 红色经典诵读会",
                    "Activity · Reading of red classics",
                ),
                unit: word(lang, "华南城", "China South City"),
                headcount: if at == 2 {
                    String::new()
                } else {
                    "56".to_owned()
                },
                state: state.as_str(),
                tone: tone(*state),
                sample: at == 1,
                may_confirm: *state == EntryState::Recorded,
            });
        let rows: Vec<EntryRowLine> = rows.collect();
        let page = |rows: Vec<EntryRowLine>, narrowed: bool, within| {
            Self {
                c: chrome_in(lang, "ledger-title", "/ledger", &["office"]),
                total: rows.len() as u64,
                next: (!rows.is_empty()).then(|| "/ledger?after=x".to_owned()),
                date: head("field-on_date", "descending"),
                title: head("field-title", "none"),
                asked: Asked::of(&Query::default(), &words(lang)),
                units: unit_choices(lang),
                waiting: u64::from(!rows.is_empty()),
                may_add: true,
                is_office: true,
                narrowed,
                rows,
                files: Files::sample("entries"),
                path: "/ledger".to_owned(),
                within,
            }
            .render()
        };
        let tab = Within::sample(lang, "/ledger");
        vec![
            Sample::new("ledger", page(rows.clone(), false, None)),
            Sample::new("unit-ledger", page(rows, false, tab)),
            Sample::new("ledger-empty", page(vec![], false, None)),
            Sample::new("ledger-none", page(vec![], true, None)),
        ]
    }
}

impl EntryPage {
    fn sample(lang: Lang, state: EntryState, own: bool) -> Self {
        let mut c = chrome_in(lang, "ledger-title", "/ledger/e", &["office"]);
        c.title = word(
            lang,
            "第四季度党群共建联席会议",
            "Joint meeting of the fourth quarter",
        );
        let raised = RaisedLine {
            id: "m".to_owned(),
            title: word(lang, "消防通道被占用", "Fire lane blocked"),
            state: "raised".to_owned(),
        };
        Self {
            id: "e".to_owned(),
            title: c.title.clone(),
            state: state.as_str(),
            tone: tone(state),
            reason: if state == EntryState::Returned {
                word(lang, "缺签到表", "The sign-in sheet is missing")
            } else {
                String::new()
            },
            facts: vec![
                ("field-on_date".to_owned(), "2018-11-20".to_owned()),
                (
                    "field-attended".to_owned(),
                    word(
                        lang,
                        "工会、团委、妇联",
                        "Union, Youth League, Women's Federation",
                    ),
                ),
            ],
            shelf: Shelf::sample(
                Texts(lang),
                state != EntryState::Recorded || own,
                state != EntryState::Confirmed,
            ),
            summary: word(lang, "研究园区消防安全。", "Fire safety of the park."),
            findings: String::new(),
            matters: if state == EntryState::Confirmed {
                vec![raised]
            } else {
                vec![]
            },
            unit: "b".repeat(16),
            may_raise: true,
            may_edit: true,
            may_confirm: state == EntryState::Recorded && !own,
            may_return: state != EntryState::Returned,
            own,
            sample: true,
            source: String::new(),
            past: vec![],
            c,
        }
    }

    /// For the gallery and the tests.
    #[must_use]
    pub fn samples(lang: Lang) -> Vec<Sample> {
        vec![
            Sample::new(
                "entry",
                Self::sample(lang, EntryState::Recorded, false).render(),
            ),
            Sample::new(
                "entry-own",
                Self::sample(lang, EntryState::Recorded, true).render(),
            ),
            Sample::new(
                "entry-confirmed",
                Self::sample(lang, EntryState::Confirmed, false).render(),
            ),
            Sample::new(
                "entry-returned",
                Self::sample(lang, EntryState::Returned, false).render(),
            ),
        ]
    }
}

impl EntryFormPage {
    /// For the gallery and the tests.
    #[must_use]
    pub fn samples(lang: Lang) -> Vec<Sample> {
        let page = |id: &str| {
            let draft = EntryDraft {
                title: word(lang, "义诊", "Free clinic"),
                kind: "meeting".to_owned(),
                on_date: "2018-11-20".to_owned(),
                ..EntryDraft::default()
            };
            let form = EntryForm {
                id: id.to_owned(),
                version: 2,
                draft,
            };
            let c = chrome_in(lang, form.title(), "/ledger/new", &["office"]);
            let kept = (vec![], vec![]);
            Self::of(c, unit_choices(lang), &words(lang), kept, form).render()
        };
        vec![
            Sample::new("entry-new", page("")),
            Sample::new("entry-edit", page("e")),
        ]
    }
}

impl MeetingsPage {
    /// For the gallery and the tests.
    #[must_use]
    pub fn samples(lang: Lang) -> Vec<Sample> {
        let held = HeldLine {
            id: "e".to_owned(),
            date: "2018-02-05".to_owned(),
            attended: 9,
            matters: 3,
            open: 1,
        };
        let cell = |tone, text, held: Vec<HeldLine>, add: Option<&str>| QuarterCell {
            tone,
            text,
            held,
            add: add.map(str::to_owned),
        };
        let row = |name: String| ParkLine {
            id: "b".repeat(16),
            name,
            cells: vec![
                cell("ok", "meetings-held", vec![held.clone()], None),
                cell(
                    "bad",
                    "meetings-missing",
                    vec![],
                    Some("/ledger/new?kind=meeting"),
                ),
                cell(
                    "warn",
                    "meetings-open",
                    vec![],
                    Some("/ledger/new?kind=meeting"),
                ),
                cell("", "meetings-ahead", vec![], None),
            ],
        };
        let page = |rows: Vec<ParkLine>| {
            let c = chrome_in(lang, "meetings-title", "/meetings", &["office"]);
            Self {
                c,
                year: 2018,
                missing: rows.len(),
                held: rows.len(),
                rows,
                files: Files::sample("meetings"),
            }
            .render()
        };
        let rows = vec![
            row(word(lang, "华南城", "China South City")),
            row(word(lang, "海吉星", "Hiji Star")),
        ];
        vec![
            Sample::new("meetings", page(rows)),
            Sample::new("meetings-empty", page(vec![])),
        ]
    }
}

impl ClassesPage {
    /// For the gallery and the tests.
    #[must_use]
    pub fn samples(lang: Lang) -> Vec<Sample> {
        let line = |name: String, part, whole, share: &str| ReachLine {
            name,
            part,
            whole,
            share: share.to_owned(),
            href: "/ledger?kind=class".to_owned(),
        };
        let topic = TopicLine {
            label: word(lang, "新时代大讲堂", "New-era lecture hall"),
            classes: 12,
            people: 640,
            href: "/ledger?kind=class&topic=hall".to_owned(),
        };
        let page = |topics: Vec<TopicLine>, reach: Vec<ReachLine>| {
            let c = chrome_in(lang, "classes-title", "/classes", &["office"]);
            Self {
                c,
                year: 2018,
                topics,
                reach,
            }
            .render()
        };
        let reach = vec![
            line(String::new(), 410, 2980, "13.8%"),
            line(word(lang, "华南城", "China South City"), 0, 0, "—"),
        ];
        vec![
            Sample::new("classes", page(vec![topic], reach)),
            Sample::new("classes-empty", page(vec![], vec![])),
        ]
    }
}
