//! Samples of the pages of firms.

use askama::Template as _;
use pingyi_app::record::{
    Cover, CoverKind, Coverage, Date, Firm, FirmKind, FirmRow, FirmView, Kept, Quarter, Rates,
    Spell, Strike, UnitId, Word, WordList, default_words,
};

use super::coverage::CoveragePage;
use super::firm_form::{FirmForm, FirmFormPage};
use super::firm_list::{FirmLine, FirmsPage, views};
use super::firms::{FirmPage, WordOption};
use super::units_samples::sample_names;
use super::within::Within;
use super::{Choice, unit_choices};
use crate::lang::Lang;
use crate::lists::{Files, Head, Query};
use crate::pages::sample::{Sample, chrome_in};

fn name(lang: Lang) -> String {
    let names = ["深圳市某某科技有限公司", "Some Technology Co., Ltd."];
    names[usize::from(lang == Lang::En)].to_owned()
}

fn row(lang: Lang, letter: &str, facts: [i64; 4]) -> FirmRow {
    let [struck, own, joint, work] = facts;
    FirmRow {
        id: letter.repeat(16),
        version: 1,
        unit: "b".repeat(16),
        name: format!("{} {}", name(lang), letter),
        name_key: String::new(),
        credit_code: String::new(),
        kind: "non_public".to_owned(),
        sector: "internet".to_owned(),
        employees: Some(120),
        members: (letter != "h").then_some(3),
        address: String::new(),
        lon: None,
        lat: None,
        opened_on: "2016-03-01".to_owned(),
        struck,
        own,
        joint,
        work,
        uncovered: String::new(),
        note: String::new(),
        import: None,
        sample: 1,
        source: String::new(),
    }
}

fn head(text: &'static str, sorted: &'static str) -> Head {
    Head {
        text,
        href: "/firms?sort=name&dir=desc".to_owned(),
        sorted,
        number: false,
    }
}

fn words() -> Vec<Word> {
    let lists = [
        WordList::Sector,
        WordList::StrikeReason,
        WordList::UncoveredReason,
    ];
    lists.into_iter().flat_map(default_words).collect()
}

fn options(list: WordList, lang: Lang) -> Vec<WordOption> {
    let option = |word: Word| WordOption {
        label: word.label(lang == Lang::En).to_owned(),
        value: word.code,
        chosen: false,
    };
    default_words(list).into_iter().map(option).collect()
}

impl FirmsPage {
    /// With firms of every sort, and without any.
    #[must_use]
    pub fn samples(lang: Lang) -> Vec<Sample> {
        let line = |row: FirmRow, reason: &str| FirmLine {
            unit: super::units_samples::sample_names(lang)[1].short.clone(),
            sector: options(WordList::Sector, lang)[0].label.clone(),
            reason: reason.to_owned(),
            row,
        };
        let rows = vec![
            line(row(lang, "e", [0, 1, 1, 0]), ""),
            line(row(lang, "f", [0, 0, 0, 1]), ""),
            line(
                row(lang, "g", [1, 1, 0, 0]),
                &options(WordList::StrikeReason, lang)[0].label,
            ),
            line(
                row(lang, "h", [0, 0, 0, 0]),
                &options(WordList::UncoveredReason, lang)[0].label,
            ),
        ];
        let page = |rows: Vec<FirmLine>, reasons: bool, within| {
            let page = Self {
                c: chrome_in(lang, "firms-title", "/firms", &["office"]),
                total: u64::try_from(rows.len()).unwrap_or(0),
                next: (!rows.is_empty()).then(|| "/firms?after=x".to_owned()),
                rows,
                name: head("field-name", "ascending"),
                opened: head("field-opened_on", "none"),
                units: unit_choices(lang),
                unit: String::new(),
                sectors: options(WordList::Sector, lang),
                no_sector: false,
                kinds: vec![Choice::new("value-firm-kind", "non_public", "")],
                views: views("all"),
                text: String::new(),
                on: String::new(),
                day: "2018-12-15".to_owned(),
                is_today: !reasons,
                reasons,
                narrowed: reasons,
                may_add: true,
                files: Files::sample("firms"),
                path: "/firms".to_owned(),
                within,
            };
            page.render()
        };
        vec![
            Sample::new("firms", page(rows.clone(), false, None)),
            Sample::new(
                "unit-firms",
                page(rows.clone(), false, Within::sample(lang, "/firms")),
            ),
            Sample::new("firms-then", page(rows, true, None)),
            Sample::new("firms-empty", page(vec![], false, None)),
        ]
    }
}

fn day(text: &str) -> Option<Date> {
    text.parse().ok()
}

fn sample_firm(lang: Lang, unit: UnitId) -> Option<Firm> {
    Some(Firm {
        unit,
        name: name(lang),
        credit_code: "91350100M000100Y43".to_owned(),
        kind: FirmKind::NonPublic,
        sector: "internet".to_owned(),
        employees: Some(120),
        members: Some(4),
        address: String::new(),
        lon: None,
        lat: None,
        opened_on: day("2016-03-01")?,
        uncovered: String::new(),
        note: String::new(),
    })
}

fn view(lang: Lang) -> Option<FirmView> {
    let names = sample_names(lang);
    let park = names.get(1)?;
    let firm: pingyi_app::record::FirmId = "e".repeat(16).parse().ok()?;
    let spell = |from: &str, until: &str| {
        Some(Spell {
            from_on: day(from)?,
            until_on: day(until),
        })
    };
    let cover = |kind, unit, spell| Coverage {
        firm: firm.clone(),
        kind,
        unit,
        post: None,
        spell,
        note: String::new(),
    };
    let kept = |letter: &str, record| Kept {
        id: letter.repeat(16),
        version: 1,
        record,
    };
    Some(FirmView {
        id: firm.clone(),
        version: 2,
        firm: sample_firm(lang, park.id.clone())?,
        place: park.path.clone(),
        sample: true,
        source: String::new(),
        strikes: vec![Kept {
            id: "s".repeat(16),
            version: 1,
            record: Strike {
                firm: firm.clone(),
                reason: "dormant".to_owned(),
                spell: spell("2017-06-01", "2018-01-01")?,
                note: String::new(),
            },
        }],
        covers: vec![
            kept(
                "j",
                cover(
                    CoverKind::Joint,
                    Some(park.id.clone()),
                    spell("2017-01-01", "")?,
                ),
            ),
            kept(
                "u",
                cover(CoverKind::Union, None, spell("2016-05-01", "2017-01-01")?),
            ),
        ],
        instructors: vec![],
        history: vec![],
        may_write: true,
    })
}

impl FirmPage {
    /// A firm with spells of all sorts.
    #[must_use]
    pub fn samples(lang: Lang) -> Vec<Sample> {
        let (Some(view), Some(today)) = (view(lang), day("2018-12-15")) else {
            return vec![];
        };
        let c = chrome_in(lang, "firms-title", "/firms/e", &["office"]);
        let posts = [("p".repeat(16), "A".to_owned())];
        let page = Self::of(c, view, today, (&sample_names(lang), &words(), &posts));
        vec![Sample::new("firm", page.render())]
    }
}

impl FirmFormPage {
    /// A new firm, and one that is stored.
    #[must_use]
    pub fn samples(lang: Lang) -> Vec<Sample> {
        let page = |form: FirmForm| {
            let page = Self {
                c: chrome_in(lang, "firms-new", "/firms/new", &["office"]),
                units: unit_choices(lang),
                kinds: vec![Choice::new("value-firm-kind", "non_public", "non_public")],
                sectors: options(WordList::Sector, lang),
                reasons: options(WordList::UncoveredReason, lang),
                form,
            };
            page.render()
        };
        let stored = view(lang)
            .map(|view| FirmForm::of(&view))
            .unwrap_or_default();
        vec![
            Sample::new("firm-new", page(FirmForm::within("b".repeat(16)))),
            Sample::new("firm-edit", page(stored)),
        ]
    }
}

impl CoveragePage {
    /// With two parks and two sectors, and without any firm.
    #[must_use]
    pub fn samples(lang: Lang) -> Vec<Sample> {
        let Some(on) = day("2018-12-15") else {
            return vec![];
        };
        let some = Cover {
            operating: 280,
            struck: 21,
            own: 40,
            organised: 190,
            worked: 251,
        };
        let earlier = Cover {
            organised: 120,
            worked: 200,
            ..some
        };
        let page = |rates: Rates| {
            let c = chrome_in(lang, "coverage-title", "/coverage", &["office"]);
            let sectors = options(WordList::Sector, lang);
            let query = Query::default();
            Self::of(c, &query, rates, (unit_choices(lang), &sectors), true).render()
        };
        let quarters = [
            ("2018-Q2", earlier),
            ("2018-Q3", earlier),
            ("2018-Q4", some),
        ];
        let full = Rates {
            on,
            total: some,
            units: sample_names(lang)
                .into_iter()
                .map(|name| (name, some))
                .collect(),
            sectors: vec![(String::new(), earlier), ("internet".to_owned(), some)],
            quarters: quarters
                .into_iter()
                .filter_map(|(quarter, cover)| Some((quarter.parse::<Quarter>().ok()?, cover)))
                .collect(),
        };
        let empty = Rates {
            on,
            total: Cover::default(),
            units: vec![],
            sectors: vec![],
            quarters: vec![],
        };
        vec![
            Sample::new("coverage", page(full)),
            Sample::new("coverage-empty", page(empty)),
        ]
    }
}
