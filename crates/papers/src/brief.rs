//! The press brief (简报), drafted from the facts of the meeting and nothing else.

use pingyi_domain::record::Date;
use serde::{Deserialize, Serialize};

use crate::head::Head;
use crate::problem::{Found, Input};

/// A brief as printed; the draft may be edited before.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PressBrief {
    /// What every paper carries.
    pub head: Head,
    /// The name of the series, in red: `园区党建简报`.
    pub series: String,
    /// The number in the series: `2018年第12期`; blank for none.
    #[serde(default)]
    pub issue: String,
    /// The title.
    pub title: String,
    /// The text, paragraph by paragraph.
    pub paragraphs: Vec<String>,
    /// Who gets it.
    #[serde(default)]
    pub sent_to: String,
}

/// What is known of a meeting for its brief. What is not known is left out of the text, never made up.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MeetingFacts {
    /// Who held it: `平湖街道`.
    pub host: String,
    /// Its title, with its year: `2018年园区党委书记述职评议会议`.
    pub title: String,
    /// The day.
    pub held_on: Date,
    /// Who reported, in the order held: titles.
    pub presenters: Vec<String>,
    /// What they are together: `园区党委第一书记`.
    pub presenters_as: String,
    /// Who appraised: names of the categories.
    pub raters: Vec<String>,
    /// How many were present.
    pub present: Option<u32>,
    /// Ballots that count.
    pub ballots: Option<u32>,
    /// The form's title.
    pub form: String,
    /// Who commented; blank where nobody did.
    #[serde(default)]
    pub commented_by: String,
    /// What the comments asked for, each a phrase.
    #[serde(default)]
    pub demands: Vec<String>,
    /// Problems put on the list of what is to be put right.
    #[serde(default)]
    pub listed: Option<u32>,
    /// What comes next, each a sentence.
    #[serde(default)]
    pub next: Vec<String>,
}

impl MeetingFacts {
    /// The draft: the day and the host, who reported, who appraised and how, what was asked for, what comes next.
    #[must_use]
    pub fn draft(&self, head: Head, series: String, issue: String) -> PressBrief {
        let paragraphs = [
            Some(self.opening()),
            Some(self.vote()),
            self.comments(),
            self.outlook(),
        ];
        PressBrief {
            head,
            series,
            issue,
            title: format!("{}召开{}", self.host, self.title),
            paragraphs: paragraphs.into_iter().flatten().collect(),
            sent_to: String::new(),
        }
    }

    fn opening(&self) -> String {
        let (host, title) = (&self.host, &self.title);
        let day = format!("{}月{}日", self.held_on.month(), self.held_on.day());
        let count = self.presenters.len();
        format!(
            "{day}，{host}召开{title}。{count}名{}依次述职，报告一年来抓基层党建工作情况、存在问题和下一步打算。述职顺序为：{}。",
            self.presenters_as,
            self.presenters.join("、")
        )
    }

    fn vote(&self) -> String {
        let present = self
            .present
            .map_or_else(String::new, |present| format!("等{present}人"));
        let ballots = self
            .ballots
            .map_or_else(String::new, |ballots| format!("共收回有效票{ballots}张，"));
        format!(
            "{}{present}参加会议，以无记名方式填写《{}》，对每名述职人作出评价并提出意见。{ballots}票箱由监票人、计票人共同开启，计票结果可由任何人核验。",
            self.raters.join("、"),
            self.form
        )
    }

    fn comments(&self) -> Option<String> {
        if self.commented_by.trim().is_empty() {
            return None;
        }
        let demands = if self.demands.is_empty() {
            "。".to_owned()
        } else {
            format!("，要求{}。", self.demands.join("，"))
        };
        Some(format!(
            "会议实行一述一评。{}逐一点评{demands}",
            self.commented_by
        ))
    }

    fn outlook(&self) -> Option<String> {
        let listed = self.listed.map(|listed| {
            format!("会后，{listed}个问题列入整改清单，明确责任单位和完成时限，整改情况在下一年度述职时报告。")
        });
        let text: String = listed
            .into_iter()
            .chain(self.next.iter().cloned())
            .collect();
        (!text.is_empty()).then_some(text)
    }
}

impl Input for PressBrief {
    fn check(&self, found: &mut Found) {
        found.text("series", &self.series);
        found.text("title", &self.title);
        found.some("paragraphs", &self.paragraphs);
    }
}
