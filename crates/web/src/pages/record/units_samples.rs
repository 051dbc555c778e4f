//! Samples of the pages of units.

use askama::Template as _;
use pingyi_app::record::{MemberLines, UnitKind, UnitName, UnitPath};

use super::units::{
    TermLine, UnitForm, UnitFormPage, UnitLine, UnitPage, UnitsPage, post_kinds, unit_links,
};
use super::{Choice, FieldLine, PastLine, unit_choices};
use crate::lang::{Lang, Texts};
use crate::lists::{Files, Head};
use crate::pages::sample::{Sample, chrome_in};

/// Names for samples: the working committee, two parks and a branch.
#[must_use]
pub fn sample_names(lang: Lang) -> Vec<UnitName> {
    let word = |zh: &str, en: &str| {
        if lang == Lang::Zh {
            zh.to_owned()
        } else {
            en.to_owned()
        }
    };
    let rows = [
        (
            "a",
            UnitKind::WorkingCommittee,
            word("平湖街道党工委", "Pinghu working committee"),
        ),
        (
            "ab",
            UnitKind::Park,
            word("华南城园区党委", "China South City park committee"),
        ),
        (
            "abc",
            UnitKind::Branch,
            word("华南城第一支部", "China South City first branch"),
        ),
        (
            "ad",
            UnitKind::Park,
            word("白坭坑海吉星园区党委", "Hiji Star park committee"),
        ),
    ];
    let mut names = Vec::new();
    for (letters, kind, name) in rows {
        let text: String = letters
            .chars()
            .map(|c| c.to_string().repeat(16) + "/")
            .collect();
        let last: String = letters
            .chars()
            .last()
            .into_iter()
            .collect::<String>()
            .repeat(16);
        if let (Ok(path), Ok(id)) = (text.parse::<UnitPath>(), last.parse()) {
            names.push(UnitName {
                id,
                path,
                kind,
                short: name.clone(),
                name,
                closed: false,
            });
        }
    }
    names
}

/// Members of the first park over four quarters.
fn sample_members() -> MemberLines {
    let mut lines = MemberLines::default();
    if let Ok(id) = "b".repeat(16).parse() {
        let values = vec![Some(270), None, Some(300), Some(390)];
        lines.of.insert(id, values);
    }
    lines
}

impl UnitsPage {
    /// For the gallery and the tests.
    #[must_use]
    pub fn samples(lang: Lang) -> Vec<Sample> {
        let page = |rows: Vec<UnitLine>, narrowed: bool, next: Option<String>| {
            Self {
                c: chrome_in(lang, "units-title", "/units", &["office"]),
                total: rows.len() as u64,
                name: Head {
                    text: "field-name",
                    href: "/units?sort=name".to_owned(),
                    sorted: if narrowed { "ascending" } else { "none" },
                    number: false,
                },
                kinds: UnitKind::ALL
                    .iter()
                    .map(|k| Choice::new("value-unit-kind", k.as_str(), ""))
                    .collect(),
                text: String::new(),
                closed: false,
                may_add: true,
                sheets: vec![
                    ("units-title", Files::sample("units")),
                    ("unit-posts", Files::sample("posts")),
                ],
                links: unit_links(true),
                narrowed,
                rows,
                next,
            }
            .render()
        };
        let lines = |top| {
            sample_names(lang)
                .into_iter()
                .map(|n| UnitLine::of_name(n, top).with_members(Texts(lang), &sample_members()))
                .collect()
        };
        vec![
            Sample::new("units", page(lines(0), false, None)),
            Sample::new(
                "units-list",
                page(lines(0), true, Some("/units?after=x".to_owned())),
            ),
            Sample::new("units-empty", page(vec![], false, None)),
            Sample::new("units-none", page(vec![], true, None)),
        ]
    }
}

/// An instructor and a secretary beside a first secretary.
fn sample_terms(lang: Lang) -> Vec<TermLine> {
    let texts = Texts(lang);
    let posts = ["first_secretary", "instructor", "secretary"]
        .into_iter()
        .enumerate();
    let posts = posts.map(|(at, kind)| TermLine {
        id: format!("p{at}"),
        version: 1,
        kind: kind.to_owned(),
        holder: texts.s(&format!("value-post-kind-{kind}")),
        sent_by: String::new(),
        from_on: "2016-12-30".to_owned(),
        until_on: if at == 2 {
            "2018-01-01".to_owned()
        } else {
            String::new()
        },
        calls: 4,
        visits: 1,
        note: String::new(),
        now: at != 2,
        sample: true,
        kinds: post_kinds(kind),
        bar: if at == 2 { (0, 520) } else { (0, 1000) },
    });
    posts.collect()
}

fn sample_past(texts: Texts) -> PastLine {
    PastLine {
        time: "2018-12-15 09:31".to_owned(),
        who: "jilu".to_owned(),
        action: texts.s("audit-do-record_changed"),
        changed: true,
        fields: vec![FieldLine {
            label: texts.s("field-address"),
            from: texts.s("record-empty"),
            to: "1".to_owned(),
        }],
    }
}

impl UnitPage {
    /// For the gallery and the tests.
    #[must_use]
    pub fn samples(lang: Lang) -> Vec<Sample> {
        let names = sample_names(lang);
        let line = |at: usize| {
            names
                .get(at)
                .cloned()
                .map(|name| UnitLine::of_name(name, 0))
        };
        let texts = Texts(lang);
        let posts = sample_terms(lang);
        let page = |posts: Vec<TermLine>, may_write| {
            let mut c = chrome_in(lang, "units-title", "/units/bbbbbbbbbbbbbbbb", &["office"]);
            let name = names
                .get(1)
                .map(|name| name.name.clone())
                .unwrap_or_default();
            c.title.clone_from(&name);
            Self {
                c,
                files: Files::sample("posts"),
                since: "2016-12-30".to_owned(),
                id: "b".repeat(16),
                version: 3,
                name,
                tabs: super::belongings::tabs(""),
                above: line(0).into_iter().collect(),
                below: line(2).into_iter().collect(),
                facts: vec![
                    ("field-unit-kind", texts.s("value-unit-kind-park")),
                    ("field-founded_on", "2016-12-30".to_owned()),
                    (
                        "field-founding_mode",
                        texts.s("value-unit-founding_mode-radiate"),
                    ),
                ],
                note: String::new(),
                sample: false,
                source: texts.s("units-title"),
                founds: true,
                foundings: vec![],
                year: 2018,
                posts,
                kinds: post_kinds(""),
                past: vec![sample_past(texts)],
                may_write,
            }
            .render()
        };
        vec![
            Sample::new("unit", page(posts, true)),
            Sample::new("unit-reader", page(vec![], false)),
        ]
    }
}

impl UnitFormPage {
    /// For the gallery and the tests.
    #[must_use]
    pub fn samples(lang: Lang) -> Vec<Sample> {
        let page = |form: UnitForm| {
            let title = if form.id.is_empty() {
                "units-new"
            } else {
                "units-edit"
            };
            let kinds = UnitKind::ALL
                .iter()
                .map(|k| Choice::new("value-unit-kind", k.as_str(), &form.kind));
            Self {
                c: chrome_in(lang, title, "/units/new", &["office"]),
                parents: unit_choices(lang),
                kinds: kinds.collect(),
                modes: vec![],
                form,
            }
            .render()
        };
        let stored = UnitForm {
            id: "b".repeat(16),
            version: 3,
            name: "华南城".to_owned(),
            ..UnitForm::below("a".repeat(16))
        };
        vec![
            Sample::new("unit-new", page(UnitForm::below("a".repeat(16)))),
            Sample::new("unit-edit", page(stored)),
        ]
    }
}
