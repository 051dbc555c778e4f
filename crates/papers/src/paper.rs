//! A paper: one of the inputs, its problems, its hash.

use pingyi_domain::canonical_json;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use thiserror::Error;

use crate::brief::PressBrief;
use crate::circular::Circular;
use crate::coverage::Coverage;
use crate::deck::{Deck, Picture, Slide, cell_size, column_widths, point_size};
use crate::digest::Digest;
use crate::duty_report::DutyReport;
use crate::head::Head;
use crate::letter::FeedbackLetter;
use crate::lists::{FollowUpList, ListKind};
use crate::minutes::Minutes;
use crate::problem::{Found, Input, Problem};
use crate::result::ResultSheet;
use crate::summary::SummaryTable;
use crate::year_book::YearBook;

/// One of the office's papers with all it says. On the wire `{"kind":"result_sheet","data":{…}}`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", content = "data", rename_all = "snake_case")]
pub enum Paper {
    /// 测评结果单: counts reconciled, scores, lines to sign.
    ResultSheet(ResultSheet),
    /// 测评汇总表
    SummaryTable(SummaryTable),
    /// 意见反馈书
    FeedbackLetter(FeedbackLetter),
    /// 问题清单, 责任清单, 整改清单
    FollowUpList(FollowUpList),
    /// 两个覆盖情况表
    Coverage(Coverage),
    /// 会议记录
    Minutes(Minutes),
    /// 通报
    Circular(Circular),
    /// 简报
    PressBrief(PressBrief),
    /// 工作年册
    YearBook(YearBook),
    /// 述职报告
    DutyReport(DutyReport),
    /// 述职幻灯片
    Deck(Deck),
    /// 整改月报
    Digest(Digest),
}

/// The kinds of paper.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PaperKind {
    /// 测评结果单
    ResultSheet,
    /// 测评汇总表
    SummaryTable,
    /// 意见反馈书
    FeedbackLetter,
    /// 三张清单
    FollowUpList,
    /// 两个覆盖情况表
    Coverage,
    /// 会议记录
    Minutes,
    /// 通报
    Circular,
    /// 简报
    PressBrief,
    /// 工作年册
    YearBook,
    /// 述职报告
    DutyReport,
    /// 述职幻灯片
    Deck,
    /// 整改月报
    Digest,
}

/// Why there is no paper.
#[derive(Debug, Error)]
pub enum PaperError {
    /// The JSON is no paper.
    #[error("not a paper: {0}")]
    Unreadable(#[from] serde_json::Error),
    /// What the input lacks or contradicts.
    #[error("the paper has {} problems", .0.len())]
    Problems(Vec<Problem>),
}

impl PaperKind {
    /// All kinds, in the order of the office's year.
    pub const ALL: [Self; 12] = [
        Self::ResultSheet,
        Self::SummaryTable,
        Self::FeedbackLetter,
        Self::FollowUpList,
        Self::Coverage,
        Self::Minutes,
        Self::Circular,
        Self::PressBrief,
        Self::YearBook,
        Self::DutyReport,
        Self::Deck,
        Self::Digest,
    ];

    /// The name on the wire and of the template.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::ResultSheet => "result_sheet",
            Self::SummaryTable => "summary_table",
            Self::FeedbackLetter => "feedback_letter",
            Self::FollowUpList => "follow_up_list",
            Self::Coverage => "coverage",
            Self::Minutes => "minutes",
            Self::Circular => "circular",
            Self::PressBrief => "press_brief",
            Self::YearBook => "year_book",
            Self::DutyReport => "duty_report",
            Self::Deck => "deck",
            Self::Digest => "digest",
        }
    }
}

impl Paper {
    /// Reads a paper and looks it over.
    ///
    /// # Errors
    /// [`PaperError`].
    pub fn from_json(json: &str) -> Result<Self, PaperError> {
        let paper: Self = serde_json::from_str(json)?;
        paper.checked()
    }

    /// The sample of a kind.
    ///
    /// # Errors
    /// [`PaperError`] where the sample beside the template is no paper; a test reads them all.
    pub fn sample(kind: PaperKind) -> Result<Self, PaperError> {
        let data: Value = serde_json::from_str(kind.template().sample)?;
        let paper: Self = serde_json::from_value(json!({ "kind": kind.name(), "data": data }))?;
        paper.checked()
    }

    /// The paper, or everything that keeps it from being printed.
    ///
    /// # Errors
    /// [`PaperError::Problems`].
    pub fn checked(self) -> Result<Self, PaperError> {
        let problems = self.problems();
        if problems.is_empty() {
            Ok(self)
        } else {
            Err(PaperError::Problems(problems))
        }
    }

    /// Everything that keeps it from being printed; empty when nothing does.
    #[must_use]
    pub fn problems(&self) -> Vec<Problem> {
        let mut found = Found::default();
        self.input().check(&mut found);
        found.walk("", &self.data());
        found.into_problems()
    }

    /// Which kind it is.
    #[must_use]
    pub const fn kind(&self) -> PaperKind {
        match self {
            Self::ResultSheet(_) => PaperKind::ResultSheet,
            Self::SummaryTable(_) => PaperKind::SummaryTable,
            Self::FeedbackLetter(_) => PaperKind::FeedbackLetter,
            Self::FollowUpList(_) => PaperKind::FollowUpList,
            Self::Coverage(_) => PaperKind::Coverage,
            Self::Minutes(_) => PaperKind::Minutes,
            Self::Circular(_) => PaperKind::Circular,
            Self::PressBrief(_) => PaperKind::PressBrief,
            Self::YearBook(_) => PaperKind::YearBook,
            Self::DutyReport(_) => PaperKind::DutyReport,
            Self::Deck(_) => PaperKind::Deck,
            Self::Digest(_) => PaperKind::Digest,
        }
    }

    /// What every paper carries.
    #[must_use]
    pub const fn head(&self) -> &Head {
        match self {
            Self::ResultSheet(paper) => &paper.head,
            Self::SummaryTable(paper) => &paper.head,
            Self::FeedbackLetter(paper) => &paper.head,
            Self::FollowUpList(paper) => &paper.head,
            Self::Coverage(paper) => &paper.head,
            Self::Minutes(paper) => &paper.head,
            Self::Circular(paper) => &paper.head,
            Self::PressBrief(paper) => &paper.head,
            Self::YearBook(paper) => &paper.head,
            Self::DutyReport(paper) => &paper.head,
            Self::Deck(paper) => &paper.head,
            Self::Digest(paper) => &paper.head,
        }
    }

    /// The title of the document, for its metadata and the name of its file.
    #[must_use]
    pub fn title(&self) -> String {
        match self {
            Self::ResultSheet(paper) => format!("{}测评结果单", paper.title),
            Self::SummaryTable(paper) => format!("{}测评汇总表", paper.title),
            Self::FeedbackLetter(paper) => format!("{}意见反馈书（{}）", paper.appraisal, paper.to),
            Self::FollowUpList(paper) => {
                let list = match paper.list {
                    ListKind::Problems => "问题清单",
                    ListKind::Duties => "责任清单",
                    ListKind::Rectification => "整改清单",
                };
                format!("{}{}{list}", paper.about, paper.unit)
            }
            Self::Coverage(paper) => format!("{}“两个覆盖”情况表", paper.scope),
            // 述职评议会议 needs no second 会议 in its 会议记录.
            Self::Minutes(paper) => {
                format!("{}会议记录", paper.title.trim_end_matches("会议"))
            }
            Self::Circular(paper) => paper.title.clone(),
            Self::PressBrief(paper) => paper.title.clone(),
            Self::YearBook(paper) => format!("{}{}年工作年册", paper.unit, paper.year),
            Self::DutyReport(paper) => format!("{}（{}）", paper.title, paper.presenter),
            Self::Deck(paper) => format!("{}（{}）", paper.title, paper.presenter),
            Self::Digest(paper) => {
                format!("{}{}年{}月整改月报", paper.scope, paper.year, paper.month)
            }
        }
    }

    /// The hash of its data, printed at the foot of every page: SHA-256 of the canonical JSON of kind and data. Anybody
    /// who has the data can work it out again.
    #[must_use]
    pub fn hash(&self) -> pingyi_domain::Digest {
        pingyi_domain::Digest::of(canonical_json(self).as_bytes())
    }

    /// The data as the template reads it, with what follows from it.
    #[must_use]
    pub fn printed(&self) -> Value {
        let mut data = self.data();
        if let Self::Coverage(paper) = self {
            let rates: Vec<_> = paper.lines.iter().map(|line| json!(line.rates())).collect();
            data["rates"] = Value::Array(rates);
            data["total_rates"] = json!(paper.total.rates());
        }
        if let Self::Deck(paper) = self {
            data["slides"] = slides(&paper.fitted());
        }
        data["hash"] = json!(self.hash());
        data["document_title"] = json!(self.title());
        data
    }

    /// The pictures a template opens, by the names that [`Paper::printed`] gives them.
    #[must_use]
    pub fn pictures(&self) -> Vec<(String, Vec<u8>)> {
        let Self::Deck(paper) = self else {
            return Vec::new();
        };
        let mut found = Vec::new();
        for (at, slide) in paper.fitted().iter().enumerate() {
            if let Slide::Photos { photos, .. } = slide {
                for (place, photo) in photos.iter().enumerate() {
                    let name = picture_name(at, place, &photo.picture);
                    found.push((name, photo.picture.bytes().to_vec()));
                }
            }
        }
        found
    }

    /// The data alone. Our types have text keys and serialise without error, so there always is some.
    fn data(&self) -> Value {
        let mut value = serde_json::to_value(self).unwrap_or_default();
        value.get_mut("data").map_or(Value::Null, Value::take)
    }

    fn input(&self) -> &dyn Input {
        match self {
            Self::ResultSheet(paper) => paper,
            Self::SummaryTable(paper) => paper,
            Self::FeedbackLetter(paper) => paper,
            Self::FollowUpList(paper) => paper,
            Self::Coverage(paper) => paper,
            Self::Minutes(paper) => paper,
            Self::Circular(paper) => paper,
            Self::PressBrief(paper) => paper,
            Self::YearBook(paper) => paper,
            Self::DutyReport(paper) => paper,
            Self::Deck(paper) => paper,
            Self::Digest(paper) => paper,
        }
    }
}

fn picture_name(slide: usize, place: usize, picture: &Picture) -> String {
    format!("picture-{slide}-{place}.{}", picture.format().extension())
}

/// The slides with names of files in place of their pictures.
fn slides(slides: &[Slide]) -> Value {
    let mut values: Vec<Value> = slides.iter().map(|slide| json!(slide)).collect();
    for (at, (slide, value)) in slides.iter().zip(&mut values).enumerate() {
        match slide {
            Slide::Photos { photos, .. } => {
                for (place, photo) in photos.iter().enumerate() {
                    let name = picture_name(at, place, &photo.picture);
                    value["photos"][place]["picture"] = json!(name);
                }
            }
            Slide::Table { columns, rows, .. } => {
                value["widths"] = json!(column_widths(columns, rows));
                value["size"] = json!(cell_size(columns, rows));
            }
            Slide::Points { points, .. } => value["size"] = json!(point_size(points)),
            Slide::Figures { .. } | Slide::Chart { .. } => {}
        }
    }
    Value::Array(values)
}
