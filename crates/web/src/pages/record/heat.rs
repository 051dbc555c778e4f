//! The heat table: units × indicators of a year, a figure and a word in every cell.

use pingyi_app::record::{Amount, Figure, Heat, HeatCell, IndicatorView, Measure, Share, Tone};

use crate::lang::Lang;

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
    /// How many of the entries counted are not confirmed, where entries are counted and somebody asked.
    pub unconfirmed: Option<i64>,
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

pub(super) fn amount_text(amount: Amount, measure: Measure) -> String {
    if measure.is_rate() {
        format!("{amount}%")
    } else {
        amount.to_string()
    }
}

pub(super) fn figure_text(figure: Figure) -> (String, String) {
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
            unconfirmed: None,
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
                    unconfirmed: None,
                })
                .collect(),
        }
    }
}
