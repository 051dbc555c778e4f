//! The result: table, charts, and the working behind each number.

use askama::Template;

use super::charts::{Distribution, Ranks};
use super::sample::Sample;
use crate::access::COMMENT;
use crate::chrome::Chrome;
use crate::lang::Lang;

/// The page.
#[derive(Debug, Clone, Template)]
#[template(path = "result.html")]
pub struct ResultPage {
    /// Frame.
    pub c: Chrome,
    /// What it shows.
    pub r: ResultModel,
}

impl ResultPage {
    /// Whether the visitor may read the comments and opinions, which the page then fetches.
    #[must_use]
    pub fn reads_opinions(&self) -> bool {
        self.c.user.as_ref().is_some_and(|user| user.has(COMMENT))
    }

    /// For the gallery and the tests.
    #[must_use]
    pub fn samples(lang: Lang) -> Vec<Sample> {
        super::result_samples::pages(lang)
    }
}

/// Everything the page shows.
#[derive(Debug, Clone)]
pub struct ResultModel {
    /// Id of the appraisal.
    pub id: String,
    /// Title of the meeting.
    pub title: String,
    /// Whether it is not announced yet.
    pub preview: bool,
    /// The headline.
    pub finding: String,
    /// Sentences the sheet must carry.
    pub statements: Vec<String>,
    /// Columns of categories.
    pub categories: Vec<CategoryHead>,
    /// Whether grades are proposed.
    pub has_grades: bool,
    /// By rank.
    pub presenters: Vec<PresenterResult>,
    /// All marks of each presenter.
    pub overall: Distribution,
    /// Rank ranges, when there are ranks.
    pub ranks: Option<Ranks>,
    /// One per item, where there is more than one.
    pub items: Vec<Distribution>,
    /// One per category.
    pub by_category: Vec<Distribution>,
    /// Our own verification.
    pub verification: Vec<VerificationLine>,
    /// How anybody checks it.
    pub proof: Proof,
    /// Ids of the column heads.
    pub reconciliation_heads: Vec<&'static str>,
    /// Category and numbers.
    pub reconciliation: Vec<(String, Vec<String>)>,
}

/// A category in the head of the table.
#[derive(Debug, Clone)]
pub struct CategoryHead {
    /// Letter.
    pub code: String,
    /// Who they are.
    pub label: String,
    /// Weight as shown.
    pub weight: String,
}

/// A presenter in the table.
#[derive(Debug, Clone)]
pub struct PresenterResult {
    /// Code.
    pub code: String,
    /// Post.
    pub title: String,
    /// Rank, or a dash.
    pub rank: String,
    /// Rank range, or a dash.
    pub range: String,
    /// Score as shown, or a dash.
    pub score: String,
    /// Score as an exact fraction.
    pub fraction: String,
    /// Means by category, or a dash.
    pub means: Vec<String>,
    /// Grade proposed.
    pub grade: String,
    /// Steps of the working, in words and figures.
    pub working: Vec<String>,
}

/// What the signed sheet says so that it can be checked long after.
#[derive(Debug, Clone)]
pub struct Proof {
    /// One per box.
    pub boxes: Vec<ProofBox>,
    /// The line that checks all of them, heads included.
    pub command: String,
    /// Place and hash of the audit trail's entry at the count.
    pub trail: Option<(u64, String)>,
    /// Whether the files are only the organiser's so far.
    pub office: bool,
}

/// A box as the sheet names it.
#[derive(Debug, Clone)]
pub struct ProofBox {
    /// Letter of the category.
    pub label: String,
    /// Uuid of the election.
    pub uuid: String,
    /// Height of the last event.
    pub height: String,
    /// Hash of the last event.
    pub head: String,
    /// Addresses of the archive and, where the box was opened, of the sidecar, with the names of the files.
    pub files: Vec<(String, String)>,
}

/// What our verification of a box said.
#[derive(Debug, Clone)]
pub struct VerificationLine {
    /// Category.
    pub label: String,
    /// `yes`, `no` or `wait`.
    pub mark: &'static str,
    /// In words.
    pub text: String,
    /// What was found.
    pub findings: Vec<String>,
}
