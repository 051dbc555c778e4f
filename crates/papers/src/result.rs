//! The result sheet: what the tellers and the chair sign (domain.md §9).

use pingyi_domain::record::Date;
use serde::{Deserialize, Serialize};

use crate::head::{Head, Place, Signature};
use crate::problem::{Found, Input, Rule};

/// The result of an appraisal with its reconciliation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ResultSheet {
    /// What every paper carries.
    pub head: Head,
    /// The appraisal's title.
    pub title: String,
    /// The day of the meeting.
    pub held_on: Date,
    /// Where it was held.
    pub place: String,
    /// The categories of raters, one column each.
    pub categories: Vec<CategoryColumn>,
    /// The presenters, in the order printed.
    pub presenters: Vec<ResultRow>,
    /// One line for each category, as counted and as on the board.
    pub reconciliation: Vec<Reconciliation>,
    /// What is said of the quorum: `应到 112 人，实到 104 人，超过三分之二，符合规定。`
    pub quorum: String,
    /// How the score was worked out and what was redistributed; each a sentence.
    pub statements: Vec<String>,
    /// The ends of the boards, which the hall was told (trust.md §7).
    pub boards: Vec<BoardHead>,
    /// Who signs.
    pub signatures: Vec<Signature>,
}

/// A category of raters.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CategoryColumn {
    /// Its letter.
    pub code: String,
    /// Its name.
    pub label: String,
    /// Its weight as set: `40%`.
    pub weight: String,
}

/// One presenter's result.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ResultRow {
    /// The presenter's title.
    pub presenter: String,
    /// The mean of each category as shown; `None` where it does not count.
    pub means: Vec<Option<String>>,
    /// The ballot score as shown.
    pub score: Option<String>,
    /// The composite as shown, where the appraisal has one.
    #[serde(default)]
    pub composite: Option<String>,
    /// The place by what decides.
    pub place: Option<Place>,
    /// The grade decided, or proposed while none is.
    #[serde(default)]
    pub grade: Option<String>,
}

/// One category's reconciliation; what was not counted is `None` and printed as a dash.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Reconciliation {
    /// The category's name.
    pub category: String,
    /// 应到
    pub entitled: Option<u32>,
    /// 实到
    pub present: Option<u32>,
    /// 发出手机票
    pub issued_phone: Option<u32>,
    /// 发出纸票
    pub issued_paper: Option<u32>,
    /// 收回
    pub returned: Option<u32>,
    /// 有效
    pub valid: Option<u32>,
    /// 无效
    pub void: Option<u32>,
    /// 弃权: given out and not come back.
    pub abstained: Option<u32>,
    /// 备用票销毁
    pub destroyed: Option<u32>,
    /// What does not add up, each a sentence.
    #[serde(default)]
    pub mismatches: Vec<String>,
}

/// The end of a category's board.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct BoardHead {
    /// The category's name.
    pub category: String,
    /// The number of the last event.
    pub height: u64,
    /// Its hash.
    pub hash: pingyi_domain::Digest,
}

impl Input for ResultSheet {
    fn check(&self, found: &mut Found) {
        found.text("title", &self.title);
        found.some("categories", &self.categories);
        found.some("presenters", &self.presenters);
        found.some("reconciliation", &self.reconciliation);
        found.some("signatures", &self.signatures);
        for (index, row) in self.presenters.iter().enumerate() {
            found.text(format!("presenters[{index}].presenter"), &row.presenter);
            let path = format!("presenters[{index}].means");
            found.width(path, row.means.len(), self.categories.len());
            if row.place.is_some_and(Place::impossible) {
                found.add(format!("presenters[{index}].place"), Rule::Contradiction);
            }
        }
    }
}

impl Place {
    /// A place outside its own range or shared by nobody.
    pub(crate) const fn impossible(self) -> bool {
        self.place == 0 || self.shared_by == 0 || self.from > self.place || self.to < self.place
    }
}
