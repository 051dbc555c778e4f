//! The result with the working behind each number (contract §3.7).

use pingyi_domain::audit::TrailMark;
use pingyi_domain::reconciliation::Sheet;
use pingyi_domain::{CategoryCode, GradeCode, ItemCode, PresenterCode};
use pingyi_store::BoxId;
use serde::{Deserialize, Serialize};

/// The result of an appraisal.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ResultView {
    /// Title of the meeting.
    pub title: String,
    /// Digits after the point.
    pub places: u8,
    /// Rows of the form.
    pub items: Vec<NamedItem>,
    /// Grades, best first.
    pub grades: Vec<NamedGrade>,
    /// One per presenter, in the order of the meeting.
    pub tables: Vec<ResultTable>,
    /// What the sheet must say: redistributed weights, boxes not opened.
    pub statements: Vec<Statement>,
    /// How ranks were found: method, number of resamplings, seed.
    pub ranking: RankingNote,
    /// What our own verification of each box said.
    pub verification: Vec<VerificationLine>,
    /// Paper and slips by category.
    pub reconciliation: Sheet,
    /// The audit trail's last entry when the count stood, for the signed sheet.
    #[serde(default)]
    pub trail: Option<TrailMark>,
}

/// An item by code and label.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct NamedItem {
    /// Code.
    pub code: ItemCode,
    /// Label.
    pub label: String,
    /// Weight, exact.
    pub weight: String,
}

/// A grade by code and label.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct NamedGrade {
    /// Code.
    pub code: GradeCode,
    /// Label.
    pub label: String,
    /// Points, exact; nothing for an abstention.
    pub value: Option<String>,
}

/// The result of one presenter.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ResultTable {
    /// Presenter.
    pub code: PresenterCode,
    /// Post.
    pub title: String,
    /// Unit.
    pub unit: String,
    /// Score; nothing when no category counts.
    pub score: Option<ScoreView>,
    /// Rank range; nothing when there is no score.
    pub rank: Option<RankView>,
    /// Grade proposed by the cut points.
    pub proposed: Option<String>,
    /// One per category.
    pub categories: Vec<CategoryResult>,
    /// Every step from the counts to the score.
    pub working: Vec<WorkingStep>,
}

/// A number in three spellings.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ScoreView {
    /// Exact fraction.
    pub fraction: String,
    /// Six digits after the point.
    pub decimal: String,
    /// Rounded as the scheme says.
    pub shown: String,
}

/// Where a presenter stands, and how sure that is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RankView {
    /// Best rank of the range.
    pub from: usize,
    /// Worst rank of the range.
    pub to: usize,
    /// Rank by score; equal scores share it.
    pub rank: usize,
    /// Number of the group of those who cannot be told apart, from 1.
    pub group: usize,
}

/// A category's part.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CategoryResult {
    /// Letter.
    pub code: CategoryCode,
    /// Who they are.
    pub label: String,
    /// Weight, exact.
    pub weight: String,
    /// Whether its mean is in the score.
    pub counts_in_score: bool,
    /// Counts per item, each per grade in the order of the form.
    pub counts: Vec<Vec<u64>>,
    /// Mean of each item.
    pub item_means: Vec<Option<ScoreView>>,
    /// Category mean.
    pub mean: Option<ScoreView>,
}

/// One step of the working: a weighted mean, with its terms.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct WorkingStep {
    /// `item_mean`, `category_mean` or `ballot_score`.
    pub step: String,
    /// Of which category.
    pub category: Option<CategoryCode>,
    /// Of which item.
    pub item: Option<ItemCode>,
    /// The terms of the sum.
    pub terms: Vec<WorkingTerm>,
    /// Σ weight × value, exact.
    pub numerator: String,
    /// Σ weight, exact.
    pub denominator: String,
    /// The quotient; nothing when the denominator is nought.
    pub value: Option<ScoreView>,
}

/// A term: `weight` (or a count) times `value`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct WorkingTerm {
    /// Code of the grade, item or category.
    pub code: String,
    /// Its label.
    pub label: String,
    /// Count or weight, exact.
    pub weight: String,
    /// Points or mean, exact.
    pub value: String,
}

/// A sentence the sheet must carry; the words are in the catalogue under `code`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Statement {
    /// `category_skipped` (weight, ballots, minimum), `category_empty`, `category_unopened`,
    /// `category_unmarked` (weight), `item_unmarked` (item), `redistributed` and `redistributed_for` (parts:
    /// `A 4/7, B 3/7`), `no_score`: as in `pingyi_scoring::Statement`.
    pub code: String,
    /// Category, where it is about one.
    pub category: Option<CategoryCode>,
    /// Presenter, where it is about one.
    pub presenter: Option<PresenterCode>,
    /// Numbers of the sentence, by name.
    pub args: std::collections::BTreeMap<String, String>,
}

/// How the rank ranges were found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RankingNote {
    /// Name of the method.
    pub method: String,
    /// How many times was drawn.
    pub resamplings: u32,
    /// Seed, hex; from the heads of the boards, so anybody can repeat it.
    pub seed: String,
    /// Coverage of the range in per cent.
    pub level: u32,
}

/// What our own verification of a box said.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct VerificationLine {
    /// The box.
    pub r#box: BoxId,
    /// Letter.
    pub category: CategoryCode,
    /// `valid`, `findings`, or the state of a box that was not opened (`skipped`).
    pub status: String,
    /// How much was checked, by kind of check.
    pub checks: Vec<CheckLine>,
    /// What was found.
    pub findings: Vec<FindingLine>,
    /// Height and hash of the head that was verified.
    pub head: String,
}

/// How often a check was made.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CheckLine {
    /// Code of the check.
    pub code: String,
    /// How often.
    pub count: u64,
}

/// Something the verification found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FindingLine {
    /// Code.
    pub code: String,
    /// Where.
    pub place: String,
    /// What.
    pub text: String,
}

/// The opened opinions.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OpinionsView {
    /// Per presenter, in the order of the form; texts sorted by their own hash.
    pub presenters: Vec<PresenterOpinions>,
    /// Entries that did not open, or name no presenter.
    pub unreadable: u64,
    /// Empty ones, dropped.
    pub empty: u64,
}

/// What was written about one presenter.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PresenterOpinions {
    /// Code.
    pub code: PresenterCode,
    /// Post.
    pub title: String,
    /// The texts.
    pub texts: Vec<String>,
    /// Why others were struck as abusive, one reason each.
    #[serde(default)]
    pub struck: Vec<String>,
    /// How many of the texts wait for a leader to say whether they are struck.
    #[serde(default)]
    pub waiting: u64,
}
