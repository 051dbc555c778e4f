//! The summary table: every presenter, every item, the counts and what follows from them.

use pingyi_domain::record::Date;
use serde::{Deserialize, Serialize};

use crate::head::{Head, Place};
use crate::problem::{Found, Input, Rule};

/// All results on one table.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SummaryTable {
    /// What every paper carries.
    pub head: Head,
    /// The appraisal's title.
    pub title: String,
    /// The day of the meeting.
    pub held_on: Date,
    /// The grades of the form, in its order.
    pub grades: Vec<String>,
    /// The items of the form.
    pub items: Vec<ItemColumn>,
    /// The presenters, in the order printed.
    pub rows: Vec<SummaryRow>,
    /// How the numbers were worked out, each a sentence.
    pub notes: Vec<String>,
}

/// An item of the form.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ItemColumn {
    /// Its wording.
    pub label: String,
    /// Its weight as set.
    pub weight: String,
}

/// One presenter.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SummaryRow {
    /// The presenter's title.
    pub presenter: String,
    /// One for each item.
    pub items: Vec<ItemMark>,
    /// 民主测评得分
    pub ballot: Option<String>,
    /// 平时考核得分, where the appraisal uses it.
    #[serde(default)]
    pub indicators: Option<String>,
    /// 领导评价得分, where the appraisal uses it.
    #[serde(default)]
    pub leaders: Option<String>,
    /// 综合得分, where the appraisal has more than ballots.
    #[serde(default)]
    pub composite: Option<String>,
    /// The place by what decides.
    pub place: Option<Place>,
    /// The grade.
    #[serde(default)]
    pub grade: Option<String>,
}

/// One presenter on one item.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ItemMark {
    /// The item's score over all categories, as shown.
    pub score: Option<String>,
    /// How many gave each grade, over all boxes that were opened.
    pub counts: Vec<u64>,
}

impl Input for SummaryTable {
    fn check(&self, found: &mut Found) {
        found.text("title", &self.title);
        found.some("grades", &self.grades);
        found.some("items", &self.items);
        found.some("rows", &self.rows);
        for (index, row) in self.rows.iter().enumerate() {
            found.text(format!("rows[{index}].presenter"), &row.presenter);
            found.width(
                format!("rows[{index}].items"),
                row.items.len(),
                self.items.len(),
            );
            for (item, mark) in row.items.iter().enumerate() {
                let path = format!("rows[{index}].items[{item}].counts");
                found.width(path, mark.counts.len(), self.grades.len());
            }
            if row.place.is_some_and(Place::impossible) {
                found.add(format!("rows[{index}].place"), Rule::Contradiction);
            }
        }
    }
}
