//! The Party-building instructors: their firms, their load, the rhythm of their visits.

use askama::Template;
use pingyi_app::record::{INSTRUCTOR_MOST, InstructedFirm, InstructorLoad, Instructors, UnitName};

use crate::chrome::Chrome;
use crate::lang::Lang;
use crate::lists::{Files, Query};
use crate::pages::sample::{Sample, chrome_in};

/// An instructor.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InstructorLine {
    /// Who.
    pub holder: String,
    /// Id and short name of the unit.
    pub unit: (String, String),
    /// Calls a month.
    pub calls: i64,
    /// Visits a month.
    pub visits: i64,
    /// Whether there are more firms than usual.
    pub over: bool,
    /// Firms whose visits of the month are not kept.
    pub missed: usize,
    /// Firms that are judged for the month.
    pub judged: usize,
    /// The firms.
    pub firms: Vec<InstructedFirm>,
}

/// The instructors.
#[derive(Debug, Clone, Template)]
#[template(path = "record/instructors.html")]
pub struct InstructorsPage {
    /// Frame.
    pub c: Chrome,
    /// The month that is judged, `2018-11`.
    pub month: String,
    /// Firms an instructor usually has at most.
    pub most: usize,
    /// How many have more.
    pub over: usize,
    /// The instructors, the most firms first.
    pub rows: Vec<InstructorLine>,
    /// The list as files.
    pub files: Files,
}

impl InstructorLine {
    fn of(load: InstructorLoad, names: &[UnitName]) -> Self {
        let post = &load.post.post;
        let unit = names.iter().find(|name| name.id == post.unit);
        Self {
            holder: post.holder.clone(),
            unit: (
                post.unit.to_string(),
                unit.map(|name| name.short.clone()).unwrap_or_default(),
            ),
            calls: post.calls,
            visits: post.visits,
            over: load.over(),
            missed: load.missed(),
            judged: load.firms.iter().filter(|firm| firm.kept.is_some()).count(),
            firms: load.firms,
        }
    }
}

impl InstructorsPage {
    /// What was found.
    #[must_use]
    pub fn of(c: Chrome, found: Instructors, names: &[UnitName]) -> Self {
        let first = found.month.0;
        let rows: Vec<InstructorLine> = found
            .rows
            .into_iter()
            .map(|load| InstructorLine::of(load, names))
            .collect();
        Self {
            month: format!("{}-{:02}", first.year(), first.month()),
            most: INSTRUCTOR_MOST,
            over: rows.iter().filter(|row| row.over).count(),
            rows,
            files: Query::default().files("instructors"),
            c,
        }
    }

    /// For the gallery and the tests.
    #[must_use]
    pub fn samples(lang: Lang) -> Vec<Sample> {
        let word = |zh: &str, en: &str| (if lang == Lang::Zh { zh } else { en }).to_owned();
        let firm = |at: usize| InstructedFirm {
            id: format!("f{at}"),
            name: word(
                "深圳市某某电子商务有限公司",
                "Some E-commerce Company Limited",
            ),
            visits: i64::from(at.is_multiple_of(2)),
            last_on: (at != 3).then(|| "2018-11-20".to_owned()),
            kept: [Some(true), Some(false), None][at % 3],
        };
        let line = |firms: usize| InstructorLine {
            holder: word("党建指导员", "Instructor"),
            unit: ("b".repeat(16), word("华南城", "China South City")),
            calls: 4,
            visits: 1,
            over: firms > INSTRUCTOR_MOST,
            missed: firms / 3,
            judged: firms,
            firms: (0..firms).map(firm).collect(),
        };
        let page = |rows: Vec<InstructorLine>| {
            Self {
                c: chrome_in(lang, "instructors-title", "/instructors", &["office"]),
                month: "2018-11".to_owned(),
                most: INSTRUCTOR_MOST,
                over: rows.iter().filter(|row| row.over).count(),
                rows,
                files: Files::sample("instructors"),
            }
            .render()
        };
        vec![
            Sample::new("instructors", page(vec![line(7), line(2), line(0)])),
            Sample::new("instructors-empty", page(vec![])),
        ]
    }
}
