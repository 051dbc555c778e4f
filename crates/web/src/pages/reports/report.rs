//! One report: written, read, remarked on.

use std::collections::BTreeMap;

use askama::Template;
use pingyi_app::record::MatterStateName;
use pingyi_app::reports::{
    ANSWER_LEAST, FigureCode, FigureView, LAST_YEAR, Piece, RemarkState, RemarkView, ReportMove,
    ReportView, SectionView, pieces,
};
use serde_json::json;

use super::{figure_label, section_words, tone};
use crate::chrome::Chrome;
use crate::lang::Texts;
use crate::pages::record::ledger::Words;
use crate::pages::record::matters;
use crate::words::time_text;

/// A piece of a paragraph: words, or a figure with its source.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PieceView {
    /// As it is read.
    pub text: String,
    /// Where its rows are; empty for words.
    pub source: String,
    /// What the figure is called.
    pub label: String,
    /// What it is today, where that is something else.
    pub now: String,
    /// In double braces, and no figure.
    pub unknown: bool,
}

/// A remark in the margin.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RemarkNote {
    /// Id.
    pub id: String,
    /// The version it hangs on.
    pub seq: i64,
    /// The stretch it is about.
    pub quote: String,
    /// The words.
    pub text: String,
    /// State on the wire.
    pub state: &'static str,
    /// Its tone.
    pub tone: &'static str,
    /// Who made it, and when.
    pub by: String,
    /// What the unit answered.
    pub answer: String,
    /// Who answered.
    pub answered_by: String,
    /// Whether it may be answered now.
    pub may_answer: bool,
    /// Whether it may be settled now.
    pub may_settle: bool,
    /// Whether it may be opened again now.
    pub may_open: bool,
}

/// A section.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SectionBlock {
    /// Code.
    pub code: String,
    /// Heading.
    pub title: String,
    /// What is to stand in it.
    pub guidance: String,
    /// Fewest characters.
    pub least: usize,
    /// Most characters.
    pub most: usize,
    /// Whether it must be written.
    pub required: bool,
    /// Version of its text.
    pub version: i64,
    /// Text as typed, for the editor.
    pub text: String,
    /// Figures in it, as JSON for the editor.
    pub figures: String,
    /// The text to be read.
    pub paragraphs: Vec<Vec<PieceView>>,
    /// Who wrote it last, and when.
    pub by: String,
    /// Whether last year's list stands below it.
    pub lists: bool,
    /// Remarks on it.
    pub remarks: Vec<RemarkNote>,
}

/// A line of last year's list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AnswerBlock {
    /// Id of the matter.
    pub matter: String,
    /// What it is about.
    pub title: String,
    /// What was to be done.
    pub measures: String,
    /// The day it was due.
    pub due_on: String,
    /// State on the wire.
    pub state: MatterStateName,
    /// Its tone.
    pub tone: &'static str,
    /// Version of the answer.
    pub version: i64,
    /// What is answered.
    pub text: String,
}

/// A move in the history.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StepNote {
    /// When.
    pub time: String,
    /// Who.
    pub who: String,
    /// Id of the move's text.
    pub step: String,
    /// State on the wire.
    pub state: String,
    /// What was said.
    pub text: String,
}

/// One report.
#[allow(
    clippy::struct_excessive_bools,
    reason = "each says whether one part of the page is shown"
)]
#[derive(Debug, Clone, Template)]
#[template(path = "report/report.html")]
pub struct ReportPage {
    /// Frame.
    pub c: Chrome,
    /// Id.
    pub id: String,
    /// Name of the unit.
    pub unit: String,
    /// The year reported on.
    pub year: String,
    /// State on the wire.
    pub state: &'static str,
    /// Its tone.
    pub tone: &'static str,
    /// The sections in order.
    pub sections: Vec<SectionBlock>,
    /// Last year's list.
    pub answers: Vec<AnswerBlock>,
    /// Fewest characters of an answer.
    pub answer_least: usize,
    /// What is wanting, in words.
    pub wanting: Vec<String>,
    /// Moves, the first first.
    pub steps: Vec<StepNote>,
    /// Moves to make.
    pub moves: Vec<ReportMove>,
    /// How often it was handed in.
    pub versions: i64,
    /// SHA-256 of what was handed in.
    pub hash: String,
    /// Whether figures have changed since.
    pub changed: bool,
    /// Whether who looks writes.
    pub may_write: bool,
    /// Whether they make remarks.
    pub may_remark: bool,
    /// Whether approving waits for somebody else.
    pub own_submission: bool,
    /// Neither returned nor taken back: those who vote have seen it.
    pub stays: bool,
    /// Remarks that wait for the unit.
    pub open_remarks: usize,
    /// Whether the program that makes PDFs is there.
    pub prints: bool,
    /// Whether it was made up.
    pub sample: bool,
}

fn piece(words: &Words, piece: Piece, figures: &BTreeMap<String, FigureView>) -> PieceView {
    let code: FigureCode = match piece {
        Piece::Words(text) => {
            return PieceView {
                text,
                ..PieceView::default()
            };
        }
        Piece::Unknown(inner) => {
            return PieceView {
                text: format!("{{{{{inner}}}}}"),
                unknown: true,
                ..PieceView::default()
            };
        }
        Piece::Figure(code) => code,
    };
    let figure = figures.get(&code.to_string());
    let now = figure.and_then(|figure| figure.now.as_ref());
    let frozen = figure.and_then(|figure| figure.frozen.as_ref());
    let label = figure_label(words, &code);
    match (frozen, now) {
        (Some(frozen), now) => PieceView {
            text: frozen.shown.clone(),
            source: frozen.source.clone(),
            label,
            now: now
                .map(|now| now.shown.clone())
                .filter(|now| *now != frozen.shown)
                .unwrap_or_default(),
            unknown: false,
        },
        (None, Some(now)) => PieceView {
            text: now.shown.clone(),
            source: now.source.clone(),
            label,
            ..PieceView::default()
        },
        (None, None) => PieceView {
            text: format!("{{{{{code}}}}}"),
            unknown: true,
            ..PieceView::default()
        },
    }
}

/// The text of a section to be read: each paragraph in pieces.
fn paragraphs(
    words: &Words,
    text: &str,
    figures: &BTreeMap<String, FigureView>,
) -> Vec<Vec<PieceView>> {
    text.lines()
        .map(str::trim)
        .filter(|line| !line.is_empty())
        .map(|line| {
            let all = pieces(line).into_iter();
            all.map(|one| piece(words, one, figures)).collect()
        })
        .collect()
}

/// Figures of a text for the editor: what they are called, shown, and where they come from.
fn chips(words: &Words, text: &str, figures: &BTreeMap<String, FigureView>) -> String {
    let mut all = serde_json::Map::new();
    for one in pieces(text) {
        let Piece::Figure(code) = one else { continue };
        let name = code.to_string();
        if let Some(now) = figures.get(&name).and_then(|figure| figure.now.as_ref()) {
            let chip = json!({"shown": now.shown, "source": now.source, "label": figure_label(words, &code)});
            all.insert(name, chip);
        }
    }
    serde_json::Value::Object(all).to_string()
}

const fn remark_tone(state: RemarkState) -> &'static str {
    match state {
        RemarkState::Open => "bad",
        RemarkState::Answered => "warn",
        RemarkState::Settled => "ok",
    }
}

fn note(view: &ReportView, remark: &RemarkView) -> RemarkNote {
    let settled = remark.state == RemarkState::Settled;
    RemarkNote {
        id: remark.id.to_string(),
        seq: remark.seq,
        quote: remark.quote.clone(),
        text: remark.text.clone(),
        state: remark.state.as_str(),
        tone: remark_tone(remark.state),
        by: format!("{} {}", remark.who, time_text(remark.at)),
        answer: remark.answer.clone(),
        answered_by: remark.answered_by.clone(),
        may_answer: view.may_write && !settled,
        may_settle: view.may_settle && !settled,
        may_open: view.may_settle && remark.state != RemarkState::Open,
    }
}

fn block(c: &Chrome, words: &Words, view: &ReportView, section: &SectionView) -> SectionBlock {
    let spec = &section.spec;
    let (title, guidance) = section_words(c.lang, spec);
    let remarks = view.remarks.iter().filter(|one| one.section == spec.code);
    SectionBlock {
        code: spec.code.clone(),
        title,
        guidance,
        least: spec.least,
        most: spec.most,
        required: spec.required,
        version: section.version,
        text: section.text.clone(),
        figures: chips(words, &section.text, &view.figures),
        paragraphs: paragraphs(words, &section.text, &view.figures),
        by: if section.version == 0 {
            String::new()
        } else {
            format!("{} {}", section.who, time_text(section.at))
        },
        lists: spec.code == LAST_YEAR,
        remarks: remarks.map(|remark| note(view, remark)).collect(),
    }
}

impl ReportPage {
    /// Id of a move's text.
    #[must_use]
    pub fn do_text(&self, step: &ReportMove) -> String {
        format!("report-do-{step}")
    }

    /// Id of what is said before a move is made.
    #[must_use]
    pub fn ask_text(&self, step: &ReportMove) -> String {
        format!("report-ask-{step}")
    }

    /// Whether something is to be said with a move.
    #[must_use]
    pub fn says(&self, step: &ReportMove) -> bool {
        matches!(step, ReportMove::Return | ReportMove::Reopen)
    }

    /// Whether a move is the one to make next; what only undoes something never is.
    #[must_use]
    pub fn leads(&self, step: &ReportMove) -> bool {
        match step {
            ReportMove::Submit => true,
            ReportMove::Approve => self.open_remarks == 0,
            ReportMove::Return => self.open_remarks > 0,
            ReportMove::Withdraw | ReportMove::Reopen => false,
        }
    }

    /// What the page shows of a report.
    #[must_use]
    pub fn of(c: Chrome, view: &ReportView, words: &Words, prints: bool) -> Self {
        let texts = Texts(c.lang);
        let sections: Vec<SectionBlock> = view
            .sections
            .iter()
            .map(|section| block(&c, words, view, section))
            .collect();
        let changed = sections
            .iter()
            .flat_map(|section| section.paragraphs.iter().flatten())
            .any(|piece| !piece.now.is_empty());
        let open = view
            .remarks
            .iter()
            .filter(|one| one.state == RemarkState::Open);
        let answers = view.answers.iter().map(|one| AnswerBlock {
            matter: one.matter.to_string(),
            title: one.title.clone(),
            measures: one.measures.clone(),
            due_on: one.due_on.clone(),
            tone: matters::tone(one.state),
            state: one.state,
            version: one.version,
            text: one.text.clone(),
        });
        let steps = view.moves.iter().map(|step| StepNote {
            time: time_text(step.at),
            who: step.who.clone(),
            step: format!("report-did-{}", step.step),
            state: step.state.clone(),
            text: step.text.clone(),
        });
        let lacks = view.wanting.iter();
        let wanting = lacks.map(|lack| crate::problems::lack_text(texts, lack));
        Self {
            open_remarks: open.count(),
            prints,
            answers: answers.collect(),
            steps: steps.collect(),
            wanting: wanting.collect(),
            id: view.id.to_string(),
            unit: view.unit.name.clone(),
            year: view.year.to_string(),
            state: view.state.as_str(),
            tone: tone(view.state),
            answer_least: ANSWER_LEAST,
            moves: view.may.clone(),
            versions: view.versions,
            hash: view.hash.clone(),
            may_write: view.may_write,
            may_remark: view.may_remark,
            own_submission: view.own_submission,
            stays: view.stays,
            sample: view.sample,
            changed,
            sections,
            c,
        }
    }
}
