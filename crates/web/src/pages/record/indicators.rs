//! The heat table, an indicator with the rows behind it, its form, and search.

use askama::Template;
use pingyi_app::record::{
    Amount, BehindRow, Figure, Heat, HeatCell, IndicatorView, Measure, Share, Tone,
};

use super::{Choice, UnitChoice};
use crate::chrome::Chrome;
use crate::lang::{Lang, Texts};
use crate::lists::Files;
use crate::pages::sample::{Sample, chrome_in};

/// The head of a column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HeatHead {
    /// Id of the indicator.
    pub id: String,
    /// What it is called.
    pub name: String,
    /// The target of all units, in words; empty without one.
    pub target: String,
    /// Whether it was made up.
    pub sample: bool,
}

/// One figure.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HeatView {
    /// Where the rows behind it are.
    pub href: String,
    /// The figure.
    pub figure: String,
    /// What it is made of, where it is a rate.
    pub made_of: String,
    /// The target, where there is one.
    pub target: String,
    /// How much of it is reached.
    pub reached: String,
    /// `ok`, `warn`, `bad` or `none`.
    pub tone: &'static str,
}

impl HeatView {
    /// Id of the word for the judgement.
    #[must_use]
    pub fn tone_text(&self) -> String {
        format!("indicator-tone-{}", self.tone)
    }
}

/// One unit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HeatLine {
    /// Id of the unit.
    pub id: String,
    /// Its short name.
    pub name: String,
    /// Its figures.
    pub cells: Vec<HeatView>,
    /// Its score.
    pub score: String,
}

/// Units × indicators of a year.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct HeatTable {
    /// The year.
    pub year: i32,
    /// The day it is counted on.
    pub today: String,
    /// Columns.
    pub heads: Vec<HeatHead>,
    /// Rows.
    pub lines: Vec<HeatLine>,
}

fn amount_text(amount: Amount, measure: Measure) -> String {
    if measure.is_rate() {
        format!("{amount}%")
    } else {
        amount.to_string()
    }
}

fn figure_text(figure: Figure) -> (String, String) {
    match figure {
        Figure::Count(count) => (count.to_string(), String::new()),
        Figure::Much(amount) => (amount.to_string(), String::new()),
        Figure::Rate(share) => (share.to_string(), format!("{}/{}", share.part, share.whole)),
        Figure::Missing => ("—".to_owned(), String::new()),
    }
}

impl HeatView {
    fn of(cell: &HeatCell, indicator: &str, unit: &str, measure: Measure) -> Self {
        let (figure, made_of) = figure_text(cell.figure);
        let target = cell.target.map(|target| amount_text(target, measure));
        Self {
            href: format!("/indicators/{indicator}?unit={unit}#behind"),
            figure,
            made_of,
            target: target.unwrap_or_default(),
            reached: cell
                .reached()
                .map(|share| share.to_string())
                .unwrap_or_default(),
            tone: cell.tone.as_str(),
        }
    }
}

impl HeatTable {
    /// As the application counted it.
    #[must_use]
    pub fn of(heat: &Heat, year: i32) -> Self {
        let top = |column: &IndicatorView| HeatHead {
            id: column.id.to_string(),
            name: column.indicator.name.clone(),
            target: column
                .indicator
                .target
                .map(|target| amount_text(target, column.indicator.measure))
                .unwrap_or_default(),
            sample: column.sample,
        };
        let lines = heat.rows.iter().map(|row| HeatLine {
            id: row.unit.id.to_string(),
            name: row.unit.short.clone(),
            cells: heat
                .columns
                .iter()
                .zip(&row.cells)
                .map(|(column, cell)| {
                    let measure = column.indicator.measure;
                    HeatView::of(cell, column.id.as_str(), row.unit.id.as_str(), measure)
                })
                .collect(),
            // A hundredth of a percent is a ten-thousandth.
            score: row.score.map_or_else(
                || "—".to_owned(),
                |part| {
                    Share {
                        part,
                        whole: 10_000,
                    }
                    .to_string()
                },
            ),
        });
        Self {
            year,
            today: heat.today.to_string(),
            heads: heat.columns.iter().map(top).collect(),
            lines: lines.collect(),
        }
    }

    /// Whether anything was made up.
    #[must_use]
    pub fn sample(&self) -> bool {
        self.heads.iter().any(|head| head.sample)
    }

    /// For samples.
    #[must_use]
    pub fn example(lang: Lang) -> Self {
        let words = |zh: &str, en: &str| (if lang == Lang::Zh { zh } else { en }).to_owned();
        let heads = [
            ("每季度召开联席会议", "Joint meetings", "4"),
            ("组织覆盖率", "Organisation coverage", "60%"),
            ("党员净增", "Growth of members", ""),
        ];
        let lines = [
            ("华南城", "Huanancheng", "ok"),
            ("海吉星", "Haijixing", "bad"),
        ];
        let cell = |figure: &str, made_of: &str, target: &str, tone| HeatView {
            href: "/indicators/aaaaaaaaaaaaaaaa?unit=bbbbbbbbbbbbbbbb#behind".to_owned(),
            figure: figure.to_owned(),
            made_of: made_of.to_owned(),
            target: target.to_owned(),
            reached: String::new(),
            tone,
        };
        Self {
            year: 2018,
            today: "2018-12-15".to_owned(),
            heads: heads
                .into_iter()
                .map(|(zh, en, target)| HeatHead {
                    id: "aaaaaaaaaaaaaaaa".to_owned(),
                    name: words(zh, en),
                    target: target.to_owned(),
                    sample: true,
                })
                .collect(),
            lines: lines
                .into_iter()
                .map(|(zh, en, tone)| HeatLine {
                    id: "bbbbbbbbbbbbbbbb".to_owned(),
                    name: words(zh, en),
                    cells: vec![
                        cell("3", "", "4", tone),
                        cell("58.1%", "25/43", "60%", "warn"),
                        cell("—", "", "", Tone::None.as_str()),
                    ],
                    score: "86.0%".to_owned(),
                })
                .collect(),
        }
    }
}

/// All indicators of a year.
#[derive(Debug, Clone, Template)]
#[template(path = "record/indicators.html")]
pub struct IndicatorsPage {
    /// Frame.
    pub c: Chrome,
    /// The table.
    pub heat: HeatTable,
    /// Years that have indicators.
    pub years: Vec<i32>,
    /// Whether who looks may make one.
    pub may_add: bool,
    /// The table as files.
    pub files: Files,
}

impl IndicatorsPage {
    /// For the gallery and the tests.
    #[must_use]
    pub fn samples(lang: Lang) -> Vec<Sample> {
        let page = |heat| {
            Self {
                c: chrome_in(lang, "indicators-title", "/indicators", &["office"]),
                heat,
                years: vec![2018, 2017],
                may_add: true,
                files: Files::sample("indicators"),
            }
            .render()
        };
        let empty = HeatTable {
            year: 2018,
            ..HeatTable::default()
        };
        vec![
            Sample::new("indicators", page(HeatTable::example(lang))),
            Sample::new("indicators-empty", page(empty)),
        ]
    }
}

/// A row behind a figure.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BehindLine {
    /// Where it is; empty where it has no page.
    pub href: String,
    /// What it is called.
    pub title: String,
    /// Its unit.
    pub unit: String,
    /// Its day.
    pub day: String,
    /// People, quantity, quarter or the day it was closed.
    pub said: String,
}

impl BehindLine {
    /// From the application.
    #[must_use]
    pub fn of(row: BehindRow, unit: String, href: String, measure: Measure) -> Self {
        let amount = |thousandths| Amount::from_thousandths(thousandths).map(|a| a.to_string());
        let said = match measure {
            Measure::Headcount => row.headcount.map(|n| n.to_string()),
            Measure::Quantity => row.quantity.and_then(amount),
            Measure::Quarters => row.quarter,
            Measure::ClosedInTime => row.closed_on,
            _ => None,
        };
        Self {
            href,
            title: row.title,
            unit,
            day: row.on_date,
            said: said.unwrap_or_default(),
        }
    }
}

/// One indicator with what is behind it.
#[derive(Debug, Clone, Template)]
#[template(path = "record/indicator.html")]
pub struct IndicatorPage {
    /// Frame.
    pub c: Chrome,
    /// Id.
    pub id: String,
    /// What it is called.
    pub name: String,
    /// Measure on the wire.
    pub measure: Measure,
    /// From when until when.
    pub period: [String; 2],
    /// Its figures: one column.
    pub heat: HeatTable,
    /// The unit whose rows are shown; empty for all.
    pub unit: String,
    /// Rows behind.
    pub behind: Vec<BehindLine>,
    /// How many.
    pub total: u64,
    /// Where the next page is.
    pub next: Option<String>,
    /// Where the firms or members behind are, for a measure without rows of its own here.
    pub elsewhere: String,
    /// Whether who looks may change it.
    pub may_change: bool,
}

impl IndicatorPage {
    /// Id of the text that says how it is counted.
    #[must_use]
    pub fn how(&self) -> String {
        format!("indicator-how-{}", self.measure)
    }

    /// For the gallery and the tests.
    #[must_use]
    pub fn samples(lang: Lang) -> Vec<Sample> {
        let mut heat = HeatTable::example(lang);
        heat.heads.truncate(1);
        for line in &mut heat.lines {
            line.cells.truncate(1);
        }
        let name = heat.heads.first().map(|head| head.name.clone());
        let page = |measure, behind: Vec<BehindLine>, elsewhere: &str| {
            Self {
                c: chrome_in(
                    lang,
                    "indicators-title",
                    "/indicators/aaaaaaaaaaaaaaaa",
                    &["office"],
                ),
                id: "aaaaaaaaaaaaaaaa".to_owned(),
                name: name.clone().unwrap_or_default(),
                measure,
                period: ["2018-01-01".to_owned(), "2018-12-31".to_owned()],
                heat: heat.clone(),
                unit: "华南城".to_owned(),
                total: u64::try_from(behind.len()).unwrap_or(0),
                behind,
                next: None,
                elsewhere: elsewhere.to_owned(),
                may_change: true,
            }
            .render()
        };
        let line = BehindLine {
            href: String::new(),
            title: "2018年第4季度党群共建联席会议".to_owned(),
            unit: "华南城".to_owned(),
            day: "2018-12-15".to_owned(),
            said: "2018-Q4".to_owned(),
        };
        vec![
            Sample::new("indicator", page(Measure::Quarters, vec![line], "")),
            Sample::new("indicator-rate", page(Measure::OrgRate, vec![], "/firms")),
        ]
    }
}

/// What a form of an indicator holds.
#[derive(Debug, Clone, Default)]
pub struct IndicatorForm {
    /// Id; empty for a new one.
    pub id: String,
    /// Version.
    pub version: i64,
    /// What it is called.
    pub name: String,
    /// Place.
    pub ordinal: String,
    /// First day.
    pub from_on: String,
    /// Last day.
    pub until_on: String,
    /// Weight.
    pub weight: String,
    /// Target of all.
    pub target: String,
    /// No longer shown.
    pub retired: bool,
}

/// A word of the vocabulary in a choice.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WordChoice {
    /// Code.
    pub code: String,
    /// What it is called.
    pub label: String,
    /// Whether it is chosen.
    pub chosen: bool,
}

/// The form of an indicator.
#[derive(Debug, Clone, Template)]
#[template(path = "record/indicator_form.html")]
pub struct IndicatorFormPage {
    /// Frame.
    pub c: Chrome,
    /// What it holds.
    pub form: IndicatorForm,
    /// Measures.
    pub measures: Vec<Choice>,
    /// Kinds of entries.
    pub kinds: Vec<WordChoice>,
    /// Topics of entries.
    pub topics: Vec<WordChoice>,
    /// Parks with their own targets.
    pub units: Vec<(UnitChoice, String)>,
}

impl IndicatorFormPage {
    /// For the gallery and the tests.
    #[must_use]
    pub fn samples(lang: Lang) -> Vec<Sample> {
        let page = |form: IndicatorForm| {
            Self {
                c: chrome_in(lang, "indicators-title", "/indicators/new", &["office"]),
                form,
                measures: measures("entries"),
                kinds: vec![WordChoice {
                    code: "class".to_owned(),
                    label: if lang == Lang::Zh {
                        "学习教育"
                    } else {
                        "Class"
                    }
                    .to_owned(),
                    chosen: true,
                }],
                topics: Vec::new(),
                units: super::unit_choices(lang)
                    .into_iter()
                    .map(|unit| (unit, String::new()))
                    .collect(),
            }
            .render()
        };
        let kept = IndicatorForm {
            id: "aaaaaaaaaaaaaaaa".to_owned(),
            version: 2,
            name: if lang == Lang::Zh {
                "学习教育场次"
            } else {
                "Classes"
            }
            .to_owned(),
            from_on: "2018-01-01".to_owned(),
            until_on: "2018-12-31".to_owned(),
            weight: "10".to_owned(),
            target: "28".to_owned(),
            ..IndicatorForm::default()
        };
        vec![
            Sample::new("indicator-new", page(IndicatorForm::default())),
            Sample::new("indicator-edit", page(kept)),
        ]
    }
}

/// The measures, with one chosen.
#[must_use]
pub fn measures(chosen: &str) -> Vec<Choice> {
    let choice =
        |measure: &Measure| Choice::new("value-indicator-measure", measure.as_str(), chosen);
    Measure::ALL.iter().map(choice).collect()
}

/// Something found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FoundLine {
    /// Where it is.
    pub href: String,
    /// Id of the word for its kind.
    pub kind: String,
    /// What it is called.
    pub title: String,
    /// Its unit.
    pub unit: String,
    /// What else is said of it.
    pub body: String,
    /// Whether it is only spelled nearly so.
    pub nearly: bool,
}

/// Search.
#[derive(Debug, Clone, Template)]
#[template(path = "record/search.html")]
pub struct SearchPage {
    /// Frame.
    pub c: Chrome,
    /// The question.
    pub text: String,
    /// Kinds to narrow by.
    pub kinds: Vec<Choice>,
    /// Hits, the best first.
    pub hits: Vec<FoundLine>,
    /// Whether there may be more.
    pub more: bool,
}

impl SearchPage {
    /// For the gallery and the tests.
    #[must_use]
    pub fn samples(lang: Lang) -> Vec<Sample> {
        let page = |text: &str, hits| {
            Self {
                c: chrome_in(lang, "search-title", "/search", &["office"]),
                text: text.to_owned(),
                kinds: vec![Choice::new("record-kind", "unit", "")],
                hits,
                more: false,
            }
            .render()
        };
        let hit = |title: &str, nearly| FoundLine {
            href: "/units/bbbbbbbbbbbbbbbb".to_owned(),
            kind: "record-kind-unit".to_owned(),
            title: title.to_owned(),
            unit: String::new(),
            body: "华南城".to_owned(),
            nearly,
        };
        let hits = vec![hit("华南城园区党委", false), hit("华商城支部", true)];
        vec![
            Sample::new("search", page("华南城", hits)),
            Sample::new("search-empty", page("", vec![])),
            Sample::new("search-none", page("某某", vec![])),
        ]
    }
}

/// The word for a unit in a line: its name, or nothing.
#[must_use]
pub fn all_units(texts: Texts, unit: Option<String>) -> String {
    unit.unwrap_or_else(|| texts.s("indicator-all-units"))
}
