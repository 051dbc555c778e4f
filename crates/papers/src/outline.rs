//! What a paper says, block by block, for a page that shows and prints it without the PDF.

mod record;
mod sheets;
mod writing;

use pingyi_domain::record::Date;

use crate::paper::Paper;
use crate::{Head, Place, Signature};

/// A piece of a paper.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Block {
    /// A heading below the title.
    Heading(String),
    /// A paragraph.
    Text(String),
    /// A table; every row is as wide as its head.
    Table {
        /// The heads of the columns.
        head: Vec<String>,
        /// The rows.
        rows: Vec<Vec<String>>,
    },
    /// Points, each in its line.
    Points(Vec<String>),
    /// Lines to sign on.
    Signatures(Vec<String>),
}

/// Which columns of a table say nothing but numbers, so that these stand below each other by their last digit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NumberColumns(Vec<bool>);

impl NumberColumns {
    /// Of these rows; the first column names its row and is none, and a dash stands for no number.
    #[must_use]
    pub fn of(rows: &[Vec<String>]) -> Self {
        let number = |cell: &String| {
            cell.chars()
                .all(|c| c.is_ascii_digit() || "+−.%".contains(c))
        };
        let all = |column| {
            let mut cells = rows.iter().filter_map(|row| row.get(column));
            column > 0 && cells.all(|cell| cell == DASH || number(cell))
        };
        Self((0..rows.first().map_or(0, Vec::len)).map(all).collect())
    }

    /// Whether this column is one, counted from 0.
    #[must_use]
    pub fn has(&self, column: &usize) -> bool {
        self.0.get(*column).is_some_and(|is| *is)
    }
}

use Block::{Heading, Signatures, Text};
use record::{coverage, digest, list, year_book};
use sheets::{letter, result_sheet, summary_table};
use writing::{circular, duty_report, minutes};

const DASH: &str = "—";

fn heading(text: &str) -> Block {
    Heading(text.to_owned())
}

fn cells<const N: usize>(texts: [&str; N]) -> Vec<String> {
    texts.into_iter().map(str::to_owned).collect()
}

fn shown<T: ToString>(value: Option<T>) -> String {
    value.map_or_else(|| DASH.to_owned(), |value| value.to_string())
}

fn or_dash(text: &str) -> String {
    if text.trim().is_empty() {
        DASH.to_owned()
    } else {
        text.to_owned()
    }
}

/// `2018年12月15日`
fn day(date: Date) -> String {
    format!("{}年{}月{}日", date.year(), date.month(), date.day())
}

fn texts(paragraphs: &[String]) -> impl Iterator<Item = Block> + '_ {
    paragraphs.iter().cloned().map(Text)
}

fn signs(list: &[Signature]) -> Block {
    let lines = list.iter().map(|one| {
        let (role, name) = (&one.role, &one.name);
        if name.is_empty() {
            role.clone()
        } else {
            format!("{role}（{name}）")
        }
    });
    Signatures(lines.collect())
}

fn place(place: Option<Place>) -> String {
    let Some(place) = place else {
        return DASH.to_owned();
    };
    let range = if place.from == place.to {
        String::new()
    } else {
        format!("（{}–{}）", place.from, place.to)
    };
    let tie = if place.shared_by > 1 { " 并列" } else { "" };
    format!("{}{tie}{range}", place.place)
}

impl Paper {
    /// What it says, block by block, below its title. A deck is shown as slides and has none.
    #[must_use]
    pub fn outline(&self) -> Vec<Block> {
        match self {
            Self::ResultSheet(paper) => result_sheet(paper),
            Self::SummaryTable(paper) => summary_table(paper),
            Self::FeedbackLetter(paper) => letter(paper),
            Self::FollowUpList(paper) => list(paper),
            Self::Coverage(paper) => coverage(paper),
            Self::Minutes(paper) => minutes(paper),
            Self::Circular(paper) => circular(paper),
            Self::PressBrief(paper) => {
                let sent = (!paper.sent_to.is_empty()).then(|| format!("发送：{}", paper.sent_to));
                let series = format!("{} {}", paper.series, paper.issue);
                std::iter::once(Text(series.trim_end().to_owned()))
                    .chain(texts(&paper.paragraphs))
                    .chain(sent.map(Text))
                    .collect()
            }
            Self::YearBook(paper) => year_book(paper),
            Self::DutyReport(paper) => duty_report(paper),
            Self::Deck(_) => Vec::new(),
            Self::Digest(paper) => digest(paper),
        }
    }
}

impl Head {
    /// What stands below every paper: who made it, and when.
    #[must_use]
    pub fn made(&self) -> String {
        format!("{} {}", self.office, day(self.made_on))
    }
}

#[cfg(test)]
mod tests {
    use super::Block::Table;
    use super::writing::chinese;
    use super::*;
    use crate::paper::PaperKind;

    #[test]
    fn every_paper_says_something_and_its_tables_are_as_wide_as_their_heads() {
        for kind in PaperKind::ALL {
            let blocks = Paper::sample(kind).unwrap().outline();
            assert_eq!(blocks.is_empty(), kind == PaperKind::Deck, "{kind:?}");
            for block in blocks {
                if let Table { head, rows } = block {
                    assert!(rows.iter().all(|row| row.len() == head.len()), "{kind:?}");
                }
            }
        }
    }

    #[test]
    fn columns_of_numbers_are_known_by_all_of_their_cells() {
        let rows = [
            ["1", "93.70", "−1.5%", "4（2–5）", "12"],
            ["2", "—", "+3", "5", "十二"],
        ]
        .map(cells);
        let numbers = NumberColumns::of(&rows);
        let known: Vec<bool> = (0..6).map(|column| numbers.has(&column)).collect();
        assert_eq!(known, [false, true, true, false, false, false]);
        assert_eq!(NumberColumns::of(&[]), NumberColumns(Vec::new()));
    }

    #[test]
    fn headings_are_numbered_in_chinese() {
        let said: Vec<String> = [1, 9, 10, 11, 20, 21].map(chinese).into();
        assert_eq!(said, ["一", "九", "十", "十一", "二十", "二十一"]);
    }
}
