//! The indicators of a year, and one of them with what is behind it.

use askama::Template;
use pingyi_app::record::{Amount, BehindRow, Measure};

use super::heat::HeatTable;
use super::indicator_history::HistoryTable;
use crate::chrome::Chrome;
use crate::lang::{Lang, Texts};
use crate::lists::Files;
use crate::pages::sample::{Sample, chrome_in};

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
    /// Its figures over time.
    pub history: HistoryTable,
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
    /// Whether it counts entries, which may not be confirmed yet.
    #[must_use]
    pub fn confirms(&self) -> bool {
        self.heat
            .lines
            .iter()
            .any(|line| line.unconfirmed.is_some())
    }

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
        if let Some(first) = heat.lines.first_mut() {
            first.unconfirmed = Some(2);
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
                history: HistoryTable::example(lang),
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

/// The word for a unit in a line: its name, or nothing.
#[must_use]
pub fn all_units(texts: Texts, unit: Option<String>) -> String {
    unit.unwrap_or_else(|| texts.s("indicator-all-units"))
}
