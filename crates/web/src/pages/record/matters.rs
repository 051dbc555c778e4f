//! One matter with its moves.

use askama::Template;
use pingyi_app::followup::{MatterSource, Source};
use pingyi_app::record::matter::{Due, MatterMove, MatterStateName};
use pingyi_app::record::{Date, EditView, Kind, MatterView, UnitName};

use super::evidence::Shelf;
use super::{FieldLine, PastLine, past};
use crate::chrome::Chrome;
use crate::lang::Texts;
use crate::roles::Role;
use crate::words::{label, time_text, value};

/// The tone of a state's badge.
#[must_use]
pub fn tone(state: MatterStateName) -> &'static str {
    match state {
        MatterStateName::Raised | MatterStateName::Assigned => "info",
        MatterStateName::Reported => "warn",
        MatterStateName::SentBack => "bad",
        MatterStateName::Closed => "ok",
    }
}

/// How a matter stands to its day, where that is worth saying.
#[must_use]
pub fn due_badge(due: Due) -> Option<(&'static str, &'static str)> {
    match due {
        Due::Over => Some(("matter-over", "bad")),
        Due::Soon => Some(("matter-soon", "warn")),
        Due::None | Due::Later => None,
    }
}

/// One move on the page of a matter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StepLine {
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

/// How much was done by a day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DoneLine {
    /// Day.
    pub on: String,
    /// So much.
    pub done: String,
    /// Of the whole.
    pub share: String,
    /// Note.
    pub note: String,
}

/// A change asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EditLine {
    /// Id.
    pub id: String,
    /// When it was asked for.
    pub time: String,
    /// Who asked.
    pub asked_by: String,
    /// Why.
    pub why: String,
    /// What is to be changed, in words.
    pub fields: Vec<FieldLine>,
    /// State on the wire.
    pub state: String,
    /// Its tone.
    pub tone: &'static str,
    /// Who decided.
    pub decided_by: String,
    /// What was answered.
    pub answer: String,
    /// Whether who looks may decide it.
    pub may_decide: bool,
}

/// One finding of an appraisal that a matter is made of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SourceLine {
    /// Title of the appraisal.
    pub appraisal: String,
    /// Post of the presenter.
    pub post: String,
    /// The finding, in words; not those of an opinion.
    pub said: String,
    /// Where it stands; empty for who may not go there.
    pub href: String,
}

impl SourceLine {
    fn all(c: &Chrome, sources: Vec<MatterSource>) -> Vec<Self> {
        sources.into_iter().map(|one| Self::of(c, one)).collect()
    }

    fn of(c: &Chrome, source: MatterSource) -> Self {
        let may = c
            .user
            .as_ref()
            .is_some_and(|user| user.has(&[Role::Organiser, Role::Leader]));
        let (said, place) = match &source.source {
            Source::Item(_) => (
                c.a("followup-from-item", "item", &source.label),
                String::new(),
            ),
            Source::Opinion(number) => (
                c.n("followup-from-opinion", *number),
                format!("#opinion-{number}"),
            ),
            Source::Comment => (c.s("followup-from-comment"), String::new()),
        };
        let address = format!(
            "/appraisals/{}/followup/{}",
            source.appraisal, source.presenter
        );
        Self {
            appraisal: source.title,
            post: source.post,
            said,
            href: if may { address + &place } else { String::new() },
        }
    }
}

/// One matter.
#[allow(
    clippy::struct_excessive_bools,
    reason = "each says whether one button is shown"
)]
#[derive(Debug, Clone, Template)]
#[template(path = "record/matter.html")]
pub struct MatterPage {
    /// Frame.
    pub c: Chrome,
    /// Id.
    pub id: String,
    /// What it is about.
    pub title: String,
    /// State on the wire.
    pub state: &'static str,
    /// Its tone.
    pub tone: &'static str,
    /// How it stands to its day.
    pub due: Option<(&'static str, &'static str)>,
    /// Facts: id of the text, value.
    pub facts: Vec<(&'static str, String)>,
    /// What is done about it.
    pub measures: String,
    /// Id of the entry it was raised in, and its title.
    pub entry: Option<(String, String)>,
    /// Id of the firm it is about, and its name.
    pub firm: Option<(String, String)>,
    /// What of an appraisal it is made of.
    pub sources: Vec<SourceLine>,
    /// Who answers for it, and the day: filled into the dialog.
    pub responsible: String,
    /// Day.
    pub due_on: String,
    /// All moves, the first first.
    pub steps: Vec<StepLine>,
    /// How much of how much; with the newest share.
    pub quantity: Option<String>,
    /// How far it is.
    pub done: Vec<DoneLine>,
    /// Its evidence.
    pub shelf: Shelf,
    /// Changes asked for.
    pub edits: Vec<EditLine>,
    /// Moves to make, on the wire.
    pub moves: Vec<MatterMove>,
    /// Whether closing waits for somebody else.
    pub own_report: bool,
    /// Whether it may be edited: outright while raised, by request later.
    pub may_edit: bool,
    /// Whether progress may be written down.
    pub may_progress: bool,
    /// Today.
    pub today: String,
    /// Whether it was made up.
    pub sample: bool,
    /// Where a published fact is from.
    pub source: String,
    /// History of its fields.
    pub past: Vec<PastLine>,
}

fn edit_line(c: &Chrome, edit: EditView, names: &[(String, String)]) -> EditLine {
    let texts = Texts(c.lang);
    let word = |field: &str, wire: &str| {
        let known = names.iter().find(|(id, _)| id == wire);
        known.map_or_else(
            || value(texts, Kind::Matter, field, wire),
            |(_, name)| name.clone(),
        )
    };
    let fields = edit.fields.iter().map(|change| FieldLine {
        label: label(texts, Kind::Matter, &change.field),
        from: word(&change.field, &change.from),
        to: word(&change.field, &change.to),
    });
    EditLine {
        fields: fields.collect(),
        id: edit.id.into(),
        time: time_text(edit.asked_at),
        asked_by: edit.asked_by,
        why: edit.why,
        tone: match edit.state.as_str() {
            "granted" => "ok",
            "refused" => "bad",
            _ => "warn",
        },
        state: edit.state,
        decided_by: edit.decided_by,
        answer: edit.answer,
        may_decide: edit.may_decide,
    }
}

/// Facts that are not empty.
fn facts_of(c: &Chrome, view: &MatterView) -> Vec<(&'static str, String)> {
    let matter = &view.matter;
    let text = |family: &str, wire: &str| c.s(&format!("{family}-{wire}"));
    let mut facts = vec![
        (
            "field-matter-list",
            text("value-matter-list", matter.list.as_str()),
        ),
        ("field-unit", view.unit.clone()),
        ("field-responsible", matter.responsible.clone()),
        (
            "field-due_on",
            matter.due_on.map(|day| day.to_string()).unwrap_or_default(),
        ),
        ("field-raised_on", matter.raised_on.to_string()),
        (
            "field-origin",
            text("value-matter-origin", matter.origin.as_str()),
        ),
    ];
    facts.retain(|(_, value)| !value.is_empty());
    facts
}

impl MatterPage {
    /// Id of a move's text.
    #[must_use]
    pub fn do_text(&self, step: &MatterMove) -> String {
        format!("matter-do-{step}")
    }

    /// Id of what is said with a move.
    #[must_use]
    pub fn say_text(&self, step: &MatterMove) -> String {
        format!("matter-say-{step}")
    }

    /// What the page shows of a matter.
    #[must_use]
    pub fn of(c: Chrome, view: MatterView, names: &[UnitName], today: Date) -> Self {
        let texts = Texts(c.lang);
        let names: Vec<(String, String)> = names
            .iter()
            .map(|n| (n.id.to_string(), n.name.clone()))
            .collect();
        let facts = facts_of(&c, &view);
        let closed = view.state == MatterStateName::Closed;
        let matter = view.matter;
        let steps = view.moves.into_iter().map(|step| StepLine {
            time: time_text(step.at),
            who: step.who,
            step: format!("matter-did-{}", step.step),
            state: step.state,
            text: step.text,
        });
        let done = view.progress.into_iter().map(|line| DoneLine {
            on: line.on.to_string(),
            done: line.done.to_string(),
            share: line.share.to_string(),
            note: line.note,
        });
        let target = format!("/api/matters/{}/evidence", view.id);
        Self {
            shelf: Shelf::of(texts, target, view.files, view.may_attach),
            steps: steps.collect(),
            done: done.collect(),
            edits: view
                .edits
                .into_iter()
                .map(|edit| edit_line(&c, edit, &names))
                .collect(),
            past: past(texts, view.history, &names),
            sources: SourceLine::all(&c, view.sources),
            entry: matter.entry.map(|id| (id.to_string(), view.entry)),
            firm: matter.firm.map(|id| (id.to_string(), view.firm)),
            quantity: matter
                .quantity
                .map(|amount| format!("{amount} {}", matter.measure)),
            due_on: matter.due_on.map(|day| day.to_string()).unwrap_or_default(),
            may_progress: view.may_write && !closed && matter.quantity.is_some(),
            may_edit: view.may_write && !closed,
            id: view.id.into(),
            title: matter.title,
            state: view.state.as_str(),
            tone: tone(view.state),
            due: due_badge(view.due),
            measures: matter.measures,
            responsible: matter.responsible,
            moves: view.may,
            own_report: view.own_report,
            today: today.to_string(),
            sample: view.sample,
            source: view.source,
            facts,
            c,
        }
    }
}
