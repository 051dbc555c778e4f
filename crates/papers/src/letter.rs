//! The feedback letter (意见反馈书): a presenter's own figures and nobody else's.

use pingyi_domain::record::Date;
use serde::{Deserialize, Serialize};

use crate::head::Head;
use crate::problem::{Found, Input};

/// What one presenter is told.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FeedbackLetter {
    /// What every paper carries.
    pub head: Head,
    /// Whom it is written to: `华南城园区党委第一书记`.
    pub to: String,
    /// The appraisal's title.
    pub appraisal: String,
    /// The day of the meeting.
    pub held_on: Date,
    /// The categories that were opened, with their ballots.
    pub opened: Vec<Opened>,
    /// The grades of the form, in its order.
    pub grades: Vec<String>,
    /// The presenter's own score as shown.
    pub score: Option<String>,
    /// The median of all presenters' scores as shown; no other figure of theirs is in the letter.
    pub median: Option<String>,
    /// The grade decided.
    #[serde(default)]
    pub grade: Option<String>,
    /// Each item.
    pub items: Vec<ItemFeedback>,
    /// The opinions, grouped; those struck out as abusive are not here.
    pub opinions: Vec<OpinionGroup>,
    /// Why an opinion was struck out, one reason for each that was; the texts themselves are not here.
    #[serde(default)]
    pub struck: Vec<String>,
    /// What the leader said after the report.
    #[serde(default)]
    pub comment: String,
    /// By whom.
    #[serde(default)]
    pub commented_by: String,
    /// Until when the list of what is put right is wanted.
    #[serde(default)]
    pub reply_by: Option<Date>,
}

/// A category whose box was opened.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Opened {
    /// Its name.
    pub category: String,
    /// Ballots that counted.
    pub ballots: u64,
    /// The presenter's mean there, as shown.
    pub mean: Option<String>,
}

/// One item.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ItemFeedback {
    /// Its wording.
    pub label: String,
    /// How many gave each grade.
    pub counts: Vec<u64>,
    /// The presenter's score, as shown.
    pub score: Option<String>,
    /// The median of all presenters, as shown.
    pub median: Option<String>,
    /// Strong or weak among the presenter's own items.
    #[serde(default)]
    pub bearing: Bearing,
}

/// How an item stands among the presenter's own.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Bearing {
    /// Among the best.
    Strong,
    /// In between.
    #[default]
    Between,
    /// Among the worst: to be put right first.
    Weak,
}

/// Opinions of one kind.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OpinionGroup {
    /// What they are about; blank where they are not grouped.
    #[serde(default)]
    pub about: String,
    /// Their texts, in an order that tells nothing.
    pub texts: Vec<String>,
}

impl Input for FeedbackLetter {
    fn check(&self, found: &mut Found) {
        found.text("to", &self.to);
        found.text("appraisal", &self.appraisal);
        found.some("grades", &self.grades);
        found.some("items", &self.items);
        for (index, item) in self.items.iter().enumerate() {
            found.text(format!("items[{index}].label"), &item.label);
            let path = format!("items[{index}].counts");
            found.width(path, item.counts.len(), self.grades.len());
        }
        for (index, group) in self.opinions.iter().enumerate() {
            found.some(&format!("opinions[{index}].texts"), &group.texts);
        }
    }
}
