//! Joint meetings by quarter; classes and their reach.

use askama::Template;
use pingyi_app::record::entry::{CLASS, MEETING};
use pingyi_app::record::{Classes, MeetingCell, MeetingRow};

use super::ledger::Words;
use crate::chrome::Chrome;
use crate::lists::Files;

/// What is known of a quarter: tone, text, and where it leads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct QuarterCell {
    /// Tone; empty for none.
    pub tone: &'static str,
    /// Id of the text.
    pub text: &'static str,
    /// The meetings held.
    pub held: Vec<HeldLine>,
    /// Where a meeting that is missing is written down.
    pub add: Option<String>,
}

/// A meeting held.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HeldLine {
    /// Id of the entry.
    pub id: String,
    /// Day.
    pub date: String,
    /// Bodies attending.
    pub attended: i64,
    /// Matters raised.
    pub matters: i64,
    /// Those not closed.
    pub open: i64,
}

/// A park and its quarters.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ParkLine {
    /// Id.
    pub id: String,
    /// Name.
    pub name: String,
    /// The four quarters.
    pub cells: Vec<QuarterCell>,
}

/// Joint meetings of a year.
#[derive(Debug, Clone, Template)]
#[template(path = "record/meetings.html")]
pub struct MeetingsPage {
    /// Frame.
    pub c: Chrome,
    /// The year.
    pub year: i32,
    /// The parks.
    pub rows: Vec<ParkLine>,
    /// How many quarters are missing.
    pub missing: usize,
    /// How many were held.
    pub held: usize,
    /// The table as files.
    pub files: Files,
}

impl MeetingsPage {
    /// The parks × the quarters, for who may write or not; the table as files.
    #[must_use]
    pub fn of(c: Chrome, rows: Vec<MeetingRow>, year: i32, (writes, files): (bool, Files)) -> Self {
        let count = |wanted: fn(&MeetingCell) -> bool| {
            rows.iter()
                .flat_map(|row| &row.cells)
                .filter(|cell| wanted(cell))
                .count()
        };
        let missing = count(|cell| *cell == MeetingCell::Missing);
        let held = count(|cell| matches!(cell, MeetingCell::Held(_)));
        let rows = rows.into_iter().map(|row| {
            let unit = row.unit.to_string();
            let cells = row
                .cells
                .into_iter()
                .zip(1..)
                .map(|(cell, number): (MeetingCell, u8)| {
                    let add =
                        format!("/ledger/new?kind={MEETING}&unit={unit}&quarter={year}-Q{number}");
                    quarter_cell(cell, writes.then_some(add))
                });
            ParkLine {
                cells: cells.collect(),
                name: row.name,
                id: unit.clone(),
            }
        });
        Self {
            rows: rows.collect(),
            c,
            year,
            missing,
            held,
            files,
        }
    }
}

fn quarter_cell(cell: MeetingCell, add: Option<String>) -> QuarterCell {
    let plain = |tone, text, add| QuarterCell {
        tone,
        text,
        held: vec![],
        add,
    };
    match cell {
        MeetingCell::Missing => plain("bad", "meetings-missing", add),
        MeetingCell::Open => plain("warn", "meetings-open", add),
        MeetingCell::Ahead => plain("", "meetings-ahead", None),
        MeetingCell::NoPark => plain("", "meetings-no-park", None),
        MeetingCell::Held(rows) => QuarterCell {
            tone: "ok",
            text: "meetings-held",
            add: None,
            held: rows
                .into_iter()
                .map(|row| HeldLine {
                    id: row.id,
                    date: row.on_date,
                    attended: row.attended,
                    matters: row.matters,
                    open: row.open,
                })
                .collect(),
        },
    }
}

/// The classes of a topic.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TopicLine {
    /// What it is called.
    pub label: String,
    /// Classes.
    pub classes: i64,
    /// People.
    pub people: i64,
    /// The entries behind it.
    pub href: String,
}

/// How far classes reached in a park.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReachLine {
    /// Name; empty for all together.
    pub name: String,
    /// Firms reached.
    pub part: i64,
    /// Operating firms.
    pub whole: i64,
    /// The rate.
    pub share: String,
    /// The entries behind it.
    pub href: String,
}

/// Classes of a year.
#[derive(Debug, Clone, Template)]
#[template(path = "record/classes.html")]
pub struct ClassesPage {
    /// Frame.
    pub c: Chrome,
    /// The year.
    pub year: i32,
    /// By topic.
    pub topics: Vec<TopicLine>,
    /// By park, all together first.
    pub reach: Vec<ReachLine>,
}

impl ClassesPage {
    /// What was found.
    #[must_use]
    pub fn of(c: Chrome, found: Classes, year: i32, words: &Words) -> Self {
        let behind = |more: &str| {
            format!("/ledger?kind={CLASS}&counts=1&from={year}-01-01&until={year}-12-31{more}")
        };
        let topics = found.topics.into_iter().map(|row| TopicLine {
            label: if row.topic.is_empty() {
                "—".to_owned()
            } else {
                words.label(&words.topics, &row.topic)
            },
            classes: row.classes,
            people: row.people,
            href: behind(&if row.topic.is_empty() {
                String::new()
            } else {
                format!("&topic={}", row.topic)
            }),
        });
        let reach = found.reach.into_iter().map(|row| ReachLine {
            name: row.name,
            part: row.reach.part,
            whole: row.reach.whole,
            share: row.reach.to_string(),
            href: behind(
                &row.unit
                    .map(|unit| format!("&unit={unit}"))
                    .unwrap_or_default(),
            ),
        });
        Self {
            topics: topics.collect(),
            reach: reach.collect(),
            year,
            c,
        }
    }
}
