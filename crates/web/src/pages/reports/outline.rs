//! The outline of the reports: a form of the office.

use askama::Template;
use pingyi_app::reports::{FIXED_SECTIONS, LAST_YEAR, OutlineView, SectionDraft};

use crate::chrome::Chrome;

/// A section of the form.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct OutlineRow {
    /// Its place from 0.
    pub at: String,
    /// Its fields.
    pub section: SectionDraft,
    /// Whether its meaning is fixed.
    pub fixed: bool,
    /// Whether it cannot be left out.
    pub stays: bool,
}

/// The outline.
#[derive(Debug, Clone, Template)]
#[template(path = "report/outline.html")]
pub struct OutlinePage {
    /// Frame.
    pub c: Chrome,
    /// Version, to be sent back.
    pub version: i64,
    /// The sections in order.
    pub rows: Vec<OutlineRow>,
    /// The section that is added.
    pub blank: OutlineRow,
}

impl OutlinePage {
    /// What is shown.
    #[must_use]
    pub fn of(c: Chrome, view: &OutlineView) -> Self {
        let rows = view.outline.0.iter().enumerate();
        Self {
            c,
            version: view.version,
            rows: rows
                .map(|(at, spec)| OutlineRow {
                    at: at.to_string(),
                    fixed: FIXED_SECTIONS.contains(&spec.code.as_str()),
                    stays: spec.code == LAST_YEAR,
                    section: SectionDraft::from(spec),
                })
                .collect(),
            blank: OutlineRow {
                at: "new".to_owned(),
                section: SectionDraft {
                    least: "0".to_owned(),
                    most: "800".to_owned(),
                    required: "1".to_owned(),
                    ..SectionDraft::default()
                },
                ..OutlineRow::default()
            },
        }
    }
}
