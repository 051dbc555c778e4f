//! The reports of a year.

use askama::Template;
use pingyi_app::reports::Reports;

use super::tone;
use crate::chrome::Chrome;
use crate::words::time_text;

/// A unit with its report.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReportRow {
    /// Id of the unit.
    pub unit: String,
    /// Name of the unit.
    pub name: String,
    /// Id of its report; empty without one.
    pub report: String,
    /// State on the wire.
    pub state: &'static str,
    /// Its tone.
    pub tone: &'static str,
    /// Sections written.
    pub written: i64,
    /// Sections in all.
    pub sections: usize,
    /// Remarks that wait.
    pub open_remarks: i64,
    /// When somebody wrote last.
    pub at: String,
    /// Whether who looks may begin it.
    pub may_begin: bool,
    /// Whether it was made up.
    pub sample: bool,
}

/// The reports of a year.
#[derive(Debug, Clone, Template)]
#[template(path = "report/list.html")]
pub struct ReportsPage {
    /// Frame.
    pub c: Chrome,
    /// The year.
    pub year: String,
    /// The years to choose from.
    pub years: Vec<String>,
    /// The units.
    pub rows: Vec<ReportRow>,
    /// How many are approved.
    pub approved: usize,
    /// Whether who looks is the office.
    pub is_office: bool,
}

impl ReportsPage {
    /// What is shown of a year.
    #[must_use]
    pub fn of(c: Chrome, found: Reports, is_office: bool) -> Self {
        let rows: Vec<ReportRow> = found
            .lines
            .into_iter()
            .map(|line| {
                let report = line.report.as_ref();
                ReportRow {
                    unit: line.unit.id.to_string(),
                    name: line.unit.name.clone(),
                    report: report.map(|one| one.id.to_string()).unwrap_or_default(),
                    state: report.map_or("none", |one| one.state.as_str()),
                    tone: report.map_or("", |one| tone(one.state)),
                    written: report.map_or(0, |one| one.written),
                    sections: report.map_or(0, |one| one.sections),
                    open_remarks: report.map_or(0, |one| one.open_remarks),
                    at: report.map(|one| time_text(one.at)).unwrap_or_default(),
                    sample: report.is_some_and(|one| one.sample),
                    may_begin: line.may_begin,
                }
            })
            .collect();
        Self {
            approved: rows.iter().filter(|row| row.state == "approved").count(),
            year: found.year.to_string(),
            years: found.years.iter().map(ToString::to_string).collect(),
            rows,
            is_office,
            c,
        }
    }
}
