//! Composite and grades: the table, the working behind each number, the committee's decision; and the pages beside it.

mod build;
pub mod compare;
pub mod evaluation;
mod rules;
mod samples;
pub mod what_if;

use askama::Template;

use super::record::PastLine;
use super::sample::Sample;
use crate::chrome::Chrome;
use crate::lang::Lang;

/// Every page from the result to the grade × its samples.
#[must_use]
pub fn samples(lang: Lang) -> Vec<Sample> {
    samples::pages(lang)
}

/// The page of the grades.
#[derive(Debug, Clone, Template)]
#[template(path = "grades/page.html")]
pub struct GradesPage {
    /// Frame.
    pub c: Chrome,
    /// What it shows.
    pub g: GradesModel,
    /// Whether the user enters decisions.
    pub organiser: bool,
    /// Whether the user confirms them.
    pub leader: bool,
}

/// Everything the page shows.
#[allow(
    clippy::struct_excessive_bools,
    reason = "each says one thing of where the appraisal stands"
)]
#[derive(Debug, Clone)]
pub struct GradesModel {
    /// Id of the appraisal.
    pub id: String,
    /// Title of the meeting.
    pub title: String,
    /// Whether the result is there and the user may see it.
    pub seen: bool,
    /// Whether it was counted; what is not seen then waits for release.
    pub counted: bool,
    /// The rules fixed at sealing, in sentences.
    pub rules: Vec<String>,
    /// How many leaders have evaluated everybody, where their evaluation counts.
    pub leaders: Option<String>,
    /// What has to be said beside the composites.
    pub statements: Vec<String>,
    /// What the cap did, and what all decisions together have to be told.
    pub notes: Vec<String>,
    /// The sources that are used, with their weights.
    pub sources: Vec<(String, String)>,
    /// By rank.
    pub rows: Vec<GradeRow>,
    /// The grades that can be decided: place and name.
    pub grades: Vec<(usize, String)>,
    /// What a form or a confirmation starts from.
    pub version: i64,
    /// Whether decisions can be entered and confirmed now.
    pub decidable: bool,
    /// Whether a leader may confirm now: after release or keeping.
    pub confirmable: bool,
    /// How many decisions wait for their confirmation.
    pub waiting: usize,
    /// What was done, the newest first.
    pub past: Vec<PastLine>,
}

/// One presenter.
#[derive(Debug, Clone)]
pub struct GradeRow {
    /// Code.
    pub code: String,
    /// Post.
    pub title: String,
    /// Place, or a dash; a tie says so.
    pub rank: String,
    /// Rank range, or a dash.
    pub range: String,
    /// Composite as shown, or a dash.
    pub score: String,
    /// Composite as an exact fraction.
    pub fraction: String,
    /// Points of each source used, or a dash.
    pub points: Vec<String>,
    /// The grade proposed, or a dash.
    pub proposed: String,
    /// The rule that made it: the last step.
    pub rule: String,
    /// Every step of the way to the grade.
    pub steps: Vec<String>,
    /// Every step of the way to the composite, back to the counts.
    pub working: Vec<String>,
    /// The grade decided, by its place.
    pub decided: Option<usize>,
    /// Its name, or a dash.
    pub decided_label: String,
    /// Why, where it is not the one proposed.
    pub reason: String,
    /// Who entered it; empty while nothing is decided.
    pub entered_by: String,
    /// Who confirmed it.
    pub confirmed_by: Option<String>,
}

impl GradesModel {
    /// Whether the scheme proposes grades.
    #[must_use]
    pub const fn has_grades(&self) -> bool {
        !self.grades.is_empty()
    }

    /// Body of the confirmation.
    #[must_use]
    pub fn confirm_body(&self) -> String {
        format!(r#"{{"version":{}}}"#, self.version)
    }
}

impl GradeRow {
    /// Whether this is the grade decided.
    #[must_use]
    pub fn is_decided(&self, grade: &usize) -> bool {
        self.decided == Some(*grade)
    }
}
