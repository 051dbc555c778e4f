//! An indicator quarter by quarter and year by year: a table, and a line in each row.

use pingyi_app::record::{Figure, IndicatorHistory};

use super::heat::figure_text;
use super::spark::Sparkline;
use crate::lang::Lang;

/// A figure of a quarter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PastCell {
    /// In words.
    pub text: String,
    /// What a rate is made of.
    pub made_of: String,
    /// As a number for the chart; empty where it is missing.
    pub number: String,
}

/// A unit over time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PastRow {
    /// Id of the unit.
    pub id: String,
    /// Its short name.
    pub name: String,
    /// By quarter.
    pub quarters: Vec<PastCell>,
    /// By year.
    pub years: Vec<String>,
    /// The quarters as a line.
    pub line: Option<Sparkline>,
    /// Whether the chart shows it: what stands above the others, or the unit that was asked for.
    pub drawn: bool,
}

/// The table.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct HistoryTable {
    /// Quarters.
    pub quarters: Vec<String>,
    /// Years, or from day to day.
    pub years: Vec<String>,
    /// Units.
    pub rows: Vec<PastRow>,
}

/// A figure as thousandths, for lines; none where it is missing.
fn thousandths(figure: Figure) -> Option<i64> {
    match figure {
        Figure::Count(count) => count.checked_mul(1000),
        Figure::Much(amount) => Some(amount.thousandths()),
        Figure::Rate(share) => share.tenths_of_percent().map(|tenths| tenths * 100),
        Figure::Missing => None,
    }
}

fn cell(figure: Figure) -> PastCell {
    let (text, made_of) = figure_text(figure);
    let number = thousandths(figure).map(|n| {
        let sign = if n < 0 { "-" } else { "" };
        format!("{sign}{}.{:03}", n.abs() / 1000, n.abs() % 1000)
    });
    PastCell {
        text,
        made_of,
        number: number.unwrap_or_default(),
    }
}

impl HistoryTable {
    /// From the application; `asked` is the unit the page is about.
    #[must_use]
    pub fn of(history: &IndicatorHistory, asked: Option<&str>) -> Self {
        let years = history.years.iter().map(|period| {
            let (first, last) = (period.first(), period.last());
            let whole = first.month() == 1 && first.day() == 1 && first.year() == last.year();
            if whole && last.month() == 12 && last.day() == 31 {
                first.year().to_string()
            } else {
                format!("{first} – {last}")
            }
        });
        let rows = history.rows.iter().enumerate().map(|(at, past)| {
            let cells: Vec<PastCell> = past.quarters.iter().copied().map(cell).collect();
            let values: Vec<Option<i64>> = past.quarters.iter().copied().map(thousandths).collect();
            let known: Vec<&str> = cells
                .iter()
                .filter(|cell| !cell.number.is_empty())
                .map(|cell| cell.text.as_str())
                .collect();
            let spoken = match known.as_slice() {
                [first, .., last] => format!("{first} → {last}"),
                _ => String::new(),
            };
            let id = past.unit.id.to_string();
            PastRow {
                drawn: asked.map_or(at == 0, |asked| asked == id),
                id,
                name: past.unit.short.clone(),
                line: Sparkline::of(&values, spoken),
                years: past.years.iter().map(|f| figure_text(*f).0).collect(),
                quarters: cells,
            }
        });
        Self {
            quarters: history.quarters.iter().map(ToString::to_string).collect(),
            years: years.collect(),
            rows: rows.collect(),
        }
    }

    /// For samples.
    #[must_use]
    pub fn example(lang: Lang) -> Self {
        let name = if lang == Lang::Zh {
            "平湖街道"
        } else {
            "Pinghu"
        };
        let figures = [Some(1), Some(2), None, Some(4)];
        Self {
            quarters: (1..=4).map(|n| format!("2018-Q{n}")).collect(),
            years: vec!["2017".to_owned(), "2018".to_owned()],
            rows: vec![PastRow {
                id: "bbbbbbbbbbbbbbbb".to_owned(),
                name: name.to_owned(),
                quarters: figures
                    .iter()
                    .map(|n| cell(n.map_or(Figure::Missing, Figure::Count)))
                    .collect(),
                years: vec!["5".to_owned(), "7".to_owned()],
                line: Sparkline::of(&figures, "1 → 4".to_owned()),
                drawn: true,
            }],
        }
    }
}

#[cfg(test)]
mod tests {
    use pingyi_app::record::Share;

    use super::*;

    #[test]
    fn a_rate_is_drawn_in_percent_and_what_is_missing_is_not() {
        let number = |figure| cell(figure).number;
        assert_eq!(
            number(Figure::Rate(Share {
                part: 25,
                whole: 43
            })),
            "58.100"
        );
        assert_eq!(number(Figure::Count(-3)), "-3.000");
        assert_eq!(number(Figure::Rate(Share { part: 0, whole: 0 })), "");
        assert_eq!(number(Figure::Missing), "");
    }
}
