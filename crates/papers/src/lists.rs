//! The three lists: problems, duties, what is put right (问题清单, 责任清单, 整改清单).

use pingyi_domain::record::Date;
use serde::{Deserialize, Serialize};

use crate::head::Head;
use crate::problem::{Found, Input, Rule};

/// One of the three lists, of one unit or of all.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FollowUpList {
    /// What every paper carries.
    pub head: Head,
    /// Which.
    pub list: ListKind,
    /// What it follows from: the appraisal's title, or a year.
    pub about: String,
    /// The unit it is of; blank for all units.
    #[serde(default)]
    pub unit: String,
    /// The matters, in the order printed; none is a list too, and it says so.
    pub rows: Vec<ListRow>,
}

/// Which of the three.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ListKind {
    /// 问题清单
    Problems,
    /// 责任清单
    Duties,
    /// 整改清单
    Rectification,
}

/// One matter; each list prints the columns that are its own.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ListRow {
    /// The unit.
    pub unit: String,
    /// What is wrong.
    pub problem: String,
    /// Where it came from: 民主测评, 意见, 领导点评, 联席会议.
    #[serde(default)]
    pub origin: String,
    /// What is done about it.
    #[serde(default)]
    pub measures: String,
    /// The person or body responsible.
    #[serde(default)]
    pub responsible: String,
    /// The leader who sees to it.
    #[serde(default)]
    pub leader: String,
    /// Until when.
    #[serde(default)]
    pub due: Option<Date>,
    /// Its state in words: 整改中, 已报完成, 已销号.
    #[serde(default)]
    pub state: String,
    /// When it was closed with proof.
    #[serde(default)]
    pub closed_on: Option<Date>,
    /// The proof in words.
    #[serde(default)]
    pub proof: String,
}

impl Input for FollowUpList {
    fn check(&self, found: &mut Found) {
        found.text("about", &self.about);
        for (index, row) in self.rows.iter().enumerate() {
            found.text(format!("rows[{index}].problem"), &row.problem);
            found.text(format!("rows[{index}].unit"), &row.unit);
            let closed_without_proof = row.closed_on.is_some() && row.proof.trim().is_empty();
            if self.list == ListKind::Rectification && closed_without_proof {
                // 未整改不销号 (domain.md §6)
                found.add(format!("rows[{index}].proof"), Rule::Blank);
            }
        }
    }
}
