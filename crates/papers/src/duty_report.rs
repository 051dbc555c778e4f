//! The duty report (述职报告): an official document, as PDF and as docx for the office to edit.

use pingyi_domain::record::Date;
use serde::{Deserialize, Serialize};

use crate::head::Head;
use crate::problem::{Found, Input};

/// A presenter's report on a year, with every figure already in its text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DutyReport {
    /// What every paper carries.
    pub head: Head,
    /// The title: `2018年度抓基层党建工作述职报告`.
    pub title: String,
    /// Who reports, below the title: unit and post.
    pub presenter: String,
    /// The sections, in the order of the office's outline.
    pub sections: Vec<ReportSection>,
    /// The day of the report.
    pub dated: Date,
}

/// A section of the report; its number 一、 is set by the template.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ReportSection {
    /// The heading, without its number.
    pub heading: String,
    /// Its text, paragraph by paragraph.
    pub paragraphs: Vec<String>,
    /// Last year's list, answered line by line, as a table below the text; empty in all sections but that one.
    #[serde(default)]
    pub answers: Vec<Answer>,
}

/// One matter of last year's list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Answer {
    /// What was wrong.
    pub problem: String,
    /// What was done.
    pub done: String,
    /// Its state in words: 已销号, 整改中.
    pub state: String,
}

impl Input for DutyReport {
    fn check(&self, found: &mut Found) {
        found.text("title", &self.title);
        found.text("presenter", &self.presenter);
        found.some("sections", &self.sections);
        for (index, section) in self.sections.iter().enumerate() {
            found.text(format!("sections[{index}].heading"), &section.heading);
            for (line, answer) in section.answers.iter().enumerate() {
                // Every line of last year’s list is answered.
                found.text(
                    format!("sections[{index}].answers[{line}].done"),
                    &answer.done,
                );
            }
        }
    }
}
