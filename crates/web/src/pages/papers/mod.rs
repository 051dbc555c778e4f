//! The office's papers: the list of an appraisal's, one paper with what it says, a presenter's letters.

mod samples;
mod scans;

use askama::Template;
use pingyi_app::papers::{
    Block, FieldForm, NumberColumns, Paper, PaperFormat, PaperRow, TextKind, TextView,
};

pub use scans::{ScanLine, Scans};

use super::sample::Sample;
use crate::chrome::Chrome;
use crate::lang::Lang;
use crate::words::time_text;

/// A file that was made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MadeLine {
    /// Its address.
    pub href: String,
    /// `PDF`, `DOCX` or `XLSX`.
    pub format: String,
    /// When.
    pub at: String,
    /// Whether it says what the paper would say now.
    pub current: bool,
    /// When it was handed over; empty while it was not.
    pub given: String,
}

impl MadeLine {
    /// The line of a row; `data` is the hash of the data as it is now, where that is known.
    #[must_use]
    pub fn of(row: &PaperRow, data: Option<&str>) -> Self {
        Self {
            href: format!("/api/papers/{}", row.id),
            format: row.format.to_uppercase(),
            at: time_text(row.at),
            current: data.is_none_or(|data| data == row.data),
            given: row.given_at.map(time_text).unwrap_or_default(),
        }
    }
}

/// A button that makes a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MakeButton {
    /// `PDF`, `DOCX` or `XLSX`.
    pub format: String,
    /// What it sends.
    pub body: String,
}

/// The buttons of a paper; `with` are further fields of what they send.
#[must_use]
pub fn buttons(paper: &Paper, with: &[(&str, String)]) -> Vec<MakeButton> {
    let formats = PaperFormat::of(paper.kind()).iter();
    formats
        .map(|format| {
            let mut body = serde_json::json!({ "format": format.name() });
            for (name, value) in with {
                body[*name] = serde_json::json!(value);
            }
            MakeButton {
                format: format.name().to_uppercase(),
                body: body.to_string(),
            }
        })
        .collect()
}

/// A field of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FieldLine {
    /// Name on the wire.
    pub name: String,
    /// Id of its label.
    pub label: String,
    /// Whose it is; empty for the paper's own.
    pub of: String,
    /// What stands in it.
    pub value: String,
    /// `text`, `date` or `time`; empty for several lines.
    pub kind: &'static str,
    /// How high a field of several lines is.
    pub rows: usize,
}

/// A text to be typed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TextForm {
    /// Where it is sent.
    pub post: String,
    /// The version it starts from.
    pub version: i64,
    /// Whether nobody has written it, so that drafts stand in it.
    pub draft: bool,
    /// The fields.
    pub fields: Vec<FieldLine>,
}

impl TextForm {
    /// The form of a text of an appraisal.
    #[must_use]
    pub fn of(id: &str, view: TextView) -> Self {
        let fields = view.fields.into_iter().map(|(field, value)| {
            let plain = field.name.split('-').next().unwrap_or_default();
            // The end of the meeting and whom a circular is to have one name on the wire.
            let plain = match (view.kind, plain) {
                (TextKind::Meeting, "to") => "until",
                _ => plain,
            };
            let (kind, rows) = match field.form {
                FieldForm::Line(_) => ("text", 0),
                FieldForm::Day => ("date", 0),
                FieldForm::Time => ("time", 0),
                FieldForm::Lines(_) => ("", (value.lines().count() + 1).clamp(3, 16)),
            };
            FieldLine {
                label: format!("field-paper-{plain}"),
                of: field.of,
                name: field.name,
                value,
                kind,
                rows,
            }
        });
        Self {
            post: format!("/api/appraisals/{id}/texts/{}", view.kind.name()),
            version: view.version,
            draft: view.version == 0,
            fields: fields.collect(),
        }
    }
}

/// One paper: what it says, what is typed for it, what was made of it.
#[derive(Debug, Clone, Template)]
#[template(path = "papers/paper.html")]
pub struct PaperPage {
    /// Frame.
    pub c: Chrome,
    /// Address and words of the page above.
    pub back: (String, String),
    /// Title of the paper.
    pub title: String,
    /// What it says.
    pub blocks: Vec<Block>,
    /// Who made it, and when.
    pub foot: String,
    /// Hash of its data.
    pub hash: String,
    /// What is typed for it.
    pub form: Option<TextForm>,
    /// Where the buttons send.
    pub post: String,
    /// The buttons; none where who looks only reads.
    pub buttons: Vec<MakeButton>,
    /// What was made, the latest first.
    pub made: Vec<MadeLine>,
    /// The PDF that says what the paper says now.
    pub pdf: Option<String>,
    /// Where `pingyi-papers` was looked for and is not; empty where it is there.
    pub absent: String,
}

/// A line of an appraisal's papers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PaperLine {
    /// Address of its page.
    pub href: String,
    /// Id of its name, or the name itself for letters.
    pub name: String,
    /// Whether the name is a presenter's.
    pub letter: bool,
    /// The files made, of each format the latest.
    pub made: Vec<MadeLine>,
}

/// How far the letters are that are being made, or which of the last ones were not.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct RunLine {
    /// Whether it goes on.
    pub going: bool,
    /// Of the whole.
    pub percent: usize,
    /// Letters looked at.
    pub done: usize,
    /// All of them.
    pub total: usize,
    /// Whose letter was not made, with its address, and why.
    pub failed: Vec<FailedLine>,
}

/// A letter that was not made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FailedLine {
    /// Address of its page.
    pub href: String,
    /// Post of the presenter.
    pub name: String,
    /// Why, in words.
    pub why: Vec<String>,
}

/// All papers of an appraisal.
#[derive(Debug, Clone, Template)]
#[template(path = "papers/list.html")]
pub struct PapersPage {
    /// Frame.
    pub c: Chrome,
    /// Id of the appraisal.
    pub id: String,
    /// Its title.
    pub title: String,
    /// The papers that are one to an appraisal.
    pub papers: Vec<PaperLine>,
    /// The three lists of what it found wanting.
    pub lists: Vec<PaperLine>,
    /// The letters.
    pub letters: Vec<PaperLine>,
    /// How far they are, or what came of the last ones.
    pub run: Option<RunLine>,
    /// The signed papers.
    pub scans: Scans,
    /// The facts of the meeting.
    pub form: TextForm,
    /// Whether letters may be handed over now.
    pub may_give: bool,
    /// Where `pingyi-papers` was looked for and is not; empty where it is there.
    pub absent: String,
}

impl PapersPage {
    /// Whether letters are being made.
    #[must_use]
    pub fn going(&self) -> bool {
        self.run.as_ref().is_some_and(|run| run.going)
    }

    /// Whether a letter was made that was not handed over yet.
    #[must_use]
    pub fn waits(&self) -> bool {
        let mut letters = self.letters.iter().filter_map(|line| line.made.first());
        self.may_give && letters.any(|made| made.given.is_empty())
    }
}

/// A letter in a presenter's list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LetterLine {
    /// Its address.
    pub href: String,
    /// Its title.
    pub title: String,
    /// When it was handed over.
    pub at: String,
}

/// The letters of a presenter.
#[derive(Debug, Clone, Template)]
#[template(path = "papers/letters.html")]
pub struct LettersPage {
    /// Frame.
    pub c: Chrome,
    /// The letters, the latest first.
    pub letters: Vec<LetterLine>,
}

/// For the gallery and the tests.
#[must_use]
pub fn samples(lang: Lang) -> Vec<Sample> {
    samples::all(lang)
}
