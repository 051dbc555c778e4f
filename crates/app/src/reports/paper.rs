//! The report as an official document: as it was handed in, or as it stands while it is written.

use pingyi_domain::record::{Date, MatterStateName, ReportId, UnitId};
use pingyi_domain::report::{
    Content, FigureCode, LAST_YEAR, Piece, ReportStateName, paragraphs, pieces,
};
use pingyi_papers::{Answer, DutyReport, Head, Mark, Paper, ReportSection};
use pingyi_store::repo::units;

use super::{ReportView, kept, last_content};
use crate::record::Hand;
use crate::record::units::in_order;
use crate::{App, AppError, Result};

/// A report as a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReportFile {
    /// Name of the file.
    pub name: String,
    /// The file.
    pub bytes: Vec<u8>,
}

/// A matter's state on a paper of the office: papers are Chinese (docs/papers.md).
pub(super) const fn state_text(state: MatterStateName) -> &'static str {
    match state {
        MatterStateName::Closed => "已销号",
        MatterStateName::Reported => "已报办结",
        MatterStateName::SentBack => "已退回",
        MatterStateName::Raised | MatterStateName::Assigned => "整改中",
    }
}

fn answers(content: &Content) -> Vec<Answer> {
    let answer = |one: &pingyi_domain::report::Answered| Answer {
        problem: one.title.clone(),
        done: one.text.clone(),
        state: state_text(one.state).to_owned(),
    };
    content.answers.iter().map(answer).collect()
}

/// What was handed in, as its document says it.
pub(crate) fn sections_of(content: &Content) -> Vec<ReportSection> {
    let sections = content.sections.iter();
    sections
        .map(|section| ReportSection {
            heading: section.title.clone(),
            paragraphs: content.paragraphs(&section.text),
            answers: if section.code == LAST_YEAR {
                answers(content)
            } else {
                Vec::new()
            },
        })
        .collect()
}

impl App {
    /// The unit a report is of. Who may know it is for the caller to ask.
    pub(crate) async fn report_unit(&self, id: &ReportId) -> Result<UnitId> {
        let mut view = self.store().read().await?;
        Ok(kept(&mut view, id).await?.unit.id)
    }

    /// The report as a paper. Handed in: what was handed in, with its figures as they were. Being written: what stands
    /// there, marked as a draft.
    ///
    /// # Errors
    /// [`AppError::NotFound`], [`AppError::NotYourUnit`].
    pub async fn report_paper(&self, hand: &Hand, id: &ReportId) -> Result<Paper> {
        let shown = self.duty_report(hand, id).await?;
        let mut view = self.store().read().await?;
        let stored = kept(&mut view, id).await?;
        let frozen = last_content(&mut view, id)
            .await?
            .map(|(_, content)| content);
        let frozen = frozen.filter(|_| !shown.state.is_open());
        // What was handed in bears that day, so that it is the same paper whenever it is made.
        let dated = match stored.row.submitted_at.and_then(Date::in_china) {
            Some(day) => day,
            None => self.today()?,
        };
        let sections = match &frozen {
            Some(content) => sections_of(content),
            None => sections_now(&shown),
        };
        let names = in_order(units::all(&mut view).await?)?;
        let root = names.iter().find(|name| name.path.holds(&stored.unit.path));
        let mark = match (shown.sample, shown.state) {
            (true, _) => Some(Mark::Sample),
            (false, ReportStateName::Approved) => None,
            (false, _) => Some(Mark::Draft),
        };
        Ok(Paper::DutyReport(DutyReport {
            head: Head {
                office: root.map(|root| root.name.clone()).unwrap_or_default(),
                made_on: dated,
                mark,
            },
            title: format!("{}年度抓基层党建工作述职报告", shown.year),
            presenter: stored.unit.name.clone(),
            sections,
            dated,
        }))
    }

    /// The report as docx.
    ///
    /// # Errors
    /// As [`App::report_paper`].
    pub async fn report_docx(&self, hand: &Hand, id: &ReportId) -> Result<ReportFile> {
        let paper = self.report_paper(hand, id).await?;
        let Paper::DutyReport(report) = &paper else {
            return Err(AppError::internal("another paper"));
        };
        let name = format!("{}{}.docx", report.presenter, report.title);
        let bytes = tokio::task::spawn_blocking(move || pingyi_office::docx(&paper))
            .await
            .map_err(AppError::internal)?
            .map_err(AppError::internal)?;
        Ok(ReportFile { name, bytes })
    }
}

/// What stands there while it is written, with the figures of today.
fn sections_now(shown: &ReportView) -> Vec<ReportSection> {
    let now = |code: &FigureCode| {
        let figure = shown.figures.get(&code.to_string())?;
        Some(figure.now.as_ref()?.shown.clone())
    };
    let sections = shown.sections.iter();
    sections
        .map(|section| ReportSection {
            heading: section.spec.title.clone(),
            paragraphs: paragraphs(&readable(&section.text, now)),
            answers: if section.spec.code == LAST_YEAR {
                drafted(&shown.answers)
            } else {
                Vec::new()
            },
        })
        .collect()
}

/// A text with its figures; what is none says so in words, for braces say nothing to who reads a printed draft.
fn readable(text: &str, now: impl Fn(&FigureCode) -> Option<String>) -> String {
    let unknown = |code: &str| format!("（没有这个数字：{code}）");
    let said = |piece| match piece {
        Piece::Words(words) => words,
        Piece::Figure(code) => now(&code).unwrap_or_else(|| unknown(&code.to_string())),
        Piece::Unknown(inner) => unknown(&inner),
    };
    pieces(text).into_iter().map(said).collect()
}

/// Last year's list while the report is written; what is not answered yet says so.
fn drafted(answers: &[super::AnswerView]) -> Vec<Answer> {
    let answer = |one: &super::AnswerView| Answer {
        problem: one.title.clone(),
        done: if one.text.trim().is_empty() {
            "（未填写）".to_owned()
        } else {
            one.text.clone()
        },
        state: state_text(one.state).to_owned(),
    };
    answers.iter().map(answer).collect()
}
