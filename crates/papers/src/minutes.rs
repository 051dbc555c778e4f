//! The minutes of the meeting (会议记录).

use pingyi_domain::record::Date;
use serde::{Deserialize, Serialize};

use crate::head::{Head, Signature};
use crate::problem::{Found, Input, Rule};

/// What happened at the meeting.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Minutes {
    /// What every paper carries.
    pub head: Head,
    /// The meeting's title.
    pub title: String,
    /// The day.
    pub held_on: Date,
    /// From and to by the clock of the hall: `09:00`; blank where nobody wrote it down.
    #[serde(default)]
    pub from: String,
    /// The end.
    #[serde(default)]
    pub to: String,
    /// Where.
    pub place: String,
    /// Who chaired it.
    pub chair: String,
    /// Who takes the minutes.
    pub recorder: String,
    /// Who came, by category.
    pub attendance: Vec<Attendance>,
    /// The agenda, point by point.
    pub agenda: Vec<String>,
    /// The reports with their comments, in the order held.
    pub reports: Vec<Report>,
    /// The vote and its result, paragraph by paragraph.
    pub vote: Vec<String>,
    /// What was decided or asked for, paragraph by paragraph.
    pub resolutions: Vec<String>,
    /// Who signs.
    pub signatures: Vec<Signature>,
}

/// Who came of one category.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Attendance {
    /// Its name.
    pub category: String,
    /// 应到
    pub entitled: Option<u32>,
    /// 实到
    pub present: Option<u32>,
}

/// One report and the comment on it (一述一评).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Report {
    /// The presenter's title.
    pub presenter: String,
    /// When it began by the clock of the hall; blank where nobody wrote it down.
    #[serde(default)]
    pub from: String,
    /// How long it took, in whole minutes.
    #[serde(default)]
    pub minutes: Option<u32>,
    /// What it said, in short.
    #[serde(default)]
    pub summary: String,
    /// The comment.
    #[serde(default)]
    pub comment: String,
    /// By whom.
    #[serde(default)]
    pub commented_by: String,
}

impl Input for Minutes {
    fn check(&self, found: &mut Found) {
        for (path, text) in [
            ("title", &self.title),
            ("place", &self.place),
            ("chair", &self.chair),
            ("recorder", &self.recorder),
        ] {
            found.text(path, text);
        }
        for (index, line) in self.attendance.iter().enumerate() {
            let counted = line.present.zip(line.entitled);
            if counted.is_some_and(|(present, entitled)| present > entitled) {
                found.add(format!("attendance[{index}]"), Rule::Contradiction);
            }
        }
        for (index, report) in self.reports.iter().enumerate() {
            found.text(format!("reports[{index}].presenter"), &report.presenter);
        }
    }
}
