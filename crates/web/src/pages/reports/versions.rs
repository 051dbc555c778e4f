//! Two versions of a report side by side.

use askama::Template;
use pingyi_app::reports::{Compared, Line, SpanKind, VersionLine};

use crate::chrome::Chrome;
use crate::words::time_text;

/// A version.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VersionRow {
    /// From 1.
    pub seq: i64,
    /// When.
    pub at: String,
    /// Who.
    pub who: String,
    /// SHA-256 of what it says.
    pub hash: String,
}

/// A stretch of a paragraph.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SpanText {
    /// `same`, `gone` or `new`.
    pub kind: &'static str,
    /// Its text.
    pub text: String,
}

/// A paragraph on both sides.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ComparedLine {
    /// Whether both say the same.
    pub same: bool,
    /// The older version.
    pub left: Vec<SpanText>,
    /// The newer one.
    pub right: Vec<SpanText>,
}

/// A section on both sides.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ComparedBlock {
    /// Its heading.
    pub title: String,
    /// Whether anything changed.
    pub changed: bool,
    /// Its paragraphs.
    pub lines: Vec<ComparedLine>,
}

/// Two versions of a report.
#[derive(Debug, Clone, Template)]
#[template(path = "report/versions.html")]
pub struct VersionsPage {
    /// Frame.
    pub c: Chrome,
    /// Id of the report.
    pub id: String,
    /// Name of the unit.
    pub unit: String,
    /// The year reported on.
    pub year: i32,
    /// All versions, the first first.
    pub versions: Vec<VersionRow>,
    /// The two compared.
    pub pair: Option<(i64, i64)>,
    /// What became of the older one.
    pub blocks: Vec<ComparedBlock>,
}

fn spans(side: Vec<pingyi_app::reports::Span>) -> Vec<SpanText> {
    side.into_iter()
        .map(|span| SpanText {
            kind: match span.kind {
                SpanKind::Same => "same",
                SpanKind::Gone => "gone",
                SpanKind::New => "new",
            },
            text: span.text,
        })
        .collect()
}

fn line(line: Line) -> ComparedLine {
    ComparedLine {
        same: line.is_same(),
        left: spans(line.left),
        right: spans(line.right),
    }
}

impl VersionsPage {
    /// What is shown of the versions.
    #[must_use]
    pub fn of(c: Chrome, id: String, found: Compared) -> Self {
        let row = |version: VersionLine| VersionRow {
            seq: version.seq,
            at: time_text(version.at),
            who: version.who,
            hash: version.hash,
        };
        let blocks = found.sections.into_iter().map(|section| {
            let lines: Vec<ComparedLine> = section.lines.into_iter().map(line).collect();
            ComparedBlock {
                title: if section.code == "answers" {
                    c.s("report-answers")
                } else {
                    section.title
                },
                changed: lines.iter().any(|line| !line.same),
                lines,
            }
        });
        Self {
            blocks: blocks.filter(|block| !block.lines.is_empty()).collect(),
            versions: found.versions.into_iter().map(row).collect(),
            unit: found.unit.name,
            year: found.year,
            pair: found.pair,
            id,
            c,
        }
    }
}
