//! The ledger: the list, one entry.

use askama::Template;
use pingyi_app::record::{EntryLine, EntryState, EntryView, Record, UnitName, Word};

use super::evidence::Shelf;
use super::within::Within;
use super::{Choice, PastLine, UnitChoice, past};
use crate::chrome::Chrome;
use crate::lang::{Lang, Texts};
use crate::lists::{Files, Head, Query};
use crate::words::time_text;

/// The words of the ledger in the language of the page.
#[derive(Debug, Clone)]
pub struct Words {
    /// Kinds.
    pub kinds: Vec<Word>,
    /// Topics.
    pub topics: Vec<Word>,
    /// Language.
    pub lang: Lang,
}

impl Words {
    pub(crate) fn label(&self, words: &[Word], code: &str) -> String {
        let word = words.iter().find(|word| word.code == code);
        word.map_or_else(
            || code.to_owned(),
            |word| word.label(self.lang == Lang::En).to_owned(),
        )
    }

    pub(super) fn choices(&self, words: &[Word], chosen: &str) -> Vec<WordChoice> {
        let kept = words
            .iter()
            .filter(|word| !word.retired || word.code == chosen);
        kept.map(|word| WordChoice {
            code: word.code.clone(),
            parent: word.parent.clone(),
            label: word.label(self.lang == Lang::En).to_owned(),
            chosen: word.code == chosen,
        })
        .collect()
    }
}

/// A word in a choice.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WordChoice {
    /// What it is stored as.
    pub code: String,
    /// For a topic its kind.
    pub parent: String,
    /// What it is called.
    pub label: String,
    /// Whether it is chosen.
    pub chosen: bool,
}

/// The tone of a state's badge.
#[must_use]
pub fn tone(state: EntryState) -> &'static str {
    match state {
        EntryState::Recorded => "info",
        EntryState::Confirmed => "ok",
        EntryState::Returned => "bad",
    }
}

/// An entry in the list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EntryRowLine {
    /// Id.
    pub id: String,
    /// Day.
    pub date: String,
    /// What it was.
    pub title: String,
    /// Kind and topic, in words.
    pub kind: String,
    /// Name of the unit.
    pub unit: String,
    /// How many people.
    pub headcount: String,
    /// State on the wire.
    pub state: &'static str,
    /// Its tone.
    pub tone: &'static str,
    /// Whether it was made up.
    pub sample: bool,
    /// Whether who looks may confirm it from the list.
    pub may_confirm: bool,
}

impl EntryRowLine {
    /// A line with the words of its unit and kind; `office` may confirm what is recorded.
    #[must_use]
    pub fn of(line: EntryLine, names: &[UnitName], words: &Words, office: bool) -> Self {
        let unit = names.iter().find(|name| name.id == line.entry.unit);
        Self {
            id: line.id.into(),
            date: line.entry.on_date.to_string(),
            unit: unit.map(|name| name.short.clone()).unwrap_or_default(),
            kind: kind_and_topic(words, &line.entry.kind, &line.entry.topic),
            headcount: line
                .entry
                .headcount
                .map(|n| n.to_string())
                .unwrap_or_default(),
            state: line.state.as_str(),
            tone: tone(line.state),
            may_confirm: office && line.state == EntryState::Recorded,
            title: line.entry.title,
            sample: line.sample,
        }
    }
}

impl LedgerPage {
    /// Whether anything on the page can be confirmed.
    #[must_use]
    pub fn confirms(&self) -> bool {
        self.rows.iter().any(|row| row.may_confirm)
    }
}

pub(crate) fn kind_and_topic(words: &Words, kind: &str, topic: &str) -> String {
    let kind = words.label(&words.kinds, kind);
    if topic.is_empty() {
        kind
    } else {
        format!("{kind} · {}", words.label(&words.topics, topic))
    }
}

/// The filters of the list, as asked.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Asked {
    /// Text.
    pub text: String,
    /// Id of the unit.
    pub unit: String,
    /// Kinds.
    pub kinds: Vec<WordChoice>,
    /// Topics.
    pub topics: Vec<WordChoice>,
    /// States.
    pub states: Vec<Choice>,
    /// From this day.
    pub from: String,
    /// Until this day.
    pub until: String,
}

impl Asked {
    /// From the address.
    #[must_use]
    pub(crate) fn of(query: &Query, words: &Words) -> Self {
        let state = query.text("state");
        let states = EntryState::ALL
            .iter()
            .map(|one| Choice::new("value-entry-state", one.as_str(), &state));
        Self {
            text: query.text("q"),
            unit: query.text("unit"),
            kinds: words.choices(&words.kinds, &query.text("kind")),
            topics: words.choices(&words.topics, &query.text("topic")),
            states: states.collect(),
            from: query.text("from"),
            until: query.text("until"),
        }
    }
}

/// All entries, or what was searched for.
#[derive(Debug, Clone, Template)]
#[template(path = "record/ledger.html")]
pub struct LedgerPage {
    /// Frame.
    pub c: Chrome,
    /// What is shown.
    pub rows: Vec<EntryRowLine>,
    /// How many there are in all.
    pub total: u64,
    /// Where the next page is.
    pub next: Option<String>,
    /// Head of the day's column.
    pub date: Head,
    /// Head of the title's column.
    pub title: Head,
    /// The filters.
    pub asked: Asked,
    /// Units to filter by.
    pub units: Vec<UnitChoice>,
    /// How many wait for the office; 0 for others.
    pub waiting: u64,
    /// Whether who looks is the office.
    pub is_office: bool,
    /// Whether anything is filtered.
    pub narrowed: bool,
    /// Whether who looks may write one.
    pub may_add: bool,
    /// The list as files.
    pub files: Files,
    /// Its own address.
    pub path: String,
    /// The unit whose tab it is.
    pub within: Option<Within>,
}

/// A matter raised in an entry.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RaisedLine {
    /// Id.
    pub id: String,
    /// What it is about.
    pub title: String,
    /// State on the wire.
    pub state: String,
}

/// One entry.
#[allow(
    clippy::struct_excessive_bools,
    reason = "each says whether one button is shown"
)]
#[derive(Debug, Clone, Template)]
#[template(path = "record/entry.html")]
pub struct EntryPage {
    /// Frame.
    pub c: Chrome,
    /// Id.
    pub id: String,
    /// What it was.
    pub title: String,
    /// State on the wire.
    pub state: &'static str,
    /// Its tone.
    pub tone: &'static str,
    /// Why it was given back.
    pub reason: String,
    /// Facts: id of the text, value.
    pub facts: Vec<(String, String)>,
    /// What happened.
    pub summary: String,
    /// What was found.
    pub findings: String,
    /// Its evidence.
    pub shelf: Shelf,
    /// Matters raised in it.
    pub matters: Vec<RaisedLine>,
    /// Id of its unit, for a matter raised in it.
    pub unit: String,
    /// Whether a matter may be raised in it.
    pub may_raise: bool,
    /// Whether it may be edited.
    pub may_edit: bool,
    /// Whether it may be confirmed.
    pub may_confirm: bool,
    /// Whether it may be given back.
    pub may_return: bool,
    /// Whether confirming waits for somebody else.
    pub own: bool,
    /// Whether it was made up.
    pub sample: bool,
    /// Where a published fact is from.
    pub source: String,
    /// History.
    pub past: Vec<PastLine>,
}

/// Facts that are not empty, in words.
fn facts_of(view: &EntryView, words: &Words) -> Vec<(String, String)> {
    let shown = [
        "on_date",
        "place",
        "quarter",
        "headcount",
        "hours",
        "cases",
        "settled",
        "attended",
        "partners",
        "firms",
    ];
    let entry = &view.entry;
    let mut facts = vec![
        (
            "field-entry-kind".to_owned(),
            kind_and_topic(words, &entry.kind, &entry.topic),
        ),
        ("field-unit".to_owned(), view.unit.clone()),
    ];
    let fields = entry.fields();
    for name in shown {
        let value = fields
            .iter()
            .find(|(field, _)| *field == name)
            .map(|(_, value)| value.clone());
        facts.push((format!("field-{name}"), value.unwrap_or_default()));
    }
    let quantity = entry
        .quantity
        .map(|quantity| format!("{quantity} {}", entry.measure));
    facts.push(("field-quantity".to_owned(), quantity.unwrap_or_default()));
    facts.push((
        "entry-recorded".to_owned(),
        format!("{} {}", view.recorded_by, time_text(view.recorded_at)),
    ));
    facts.push(("entry-reviewed".to_owned(), view.reviewed_by.clone()));
    facts.retain(|(_, value)| !value.is_empty());
    facts
}

impl EntryPage {
    /// What the page shows of an entry.
    #[must_use]
    pub fn of(c: Chrome, view: EntryView, names: &[UnitName], words: &Words, writes: bool) -> Self {
        let known = words.kinds.iter().chain(&words.topics).map(|w| {
            (
                w.code.clone(),
                words.label(std::slice::from_ref(w), &w.code),
            )
        });
        let by_id = names
            .iter()
            .map(|name| (name.id.to_string(), name.name.clone()));
        let called: Vec<(String, String)> = by_id.chain(known).collect();
        let matters = view.matters.iter().map(|(id, title, state)| RaisedLine {
            id: id.clone(),
            title: title.clone(),
            state: state.clone(),
        });
        let target = format!("/api/entries/{}/evidence", view.id);
        Self {
            shelf: Shelf::of(Texts(c.lang), target, view.files.clone(), view.may_edit),
            matters: matters.collect(),
            facts: facts_of(&view, words),
            past: past(Texts(c.lang), view.history, &called),
            id: view.id.into(),
            title: view.entry.title,
            state: view.state.as_str(),
            tone: tone(view.state),
            reason: view.reason,
            summary: view.entry.summary,
            findings: view.entry.findings,
            unit: view.entry.unit.into(),
            may_raise: writes && view.state != EntryState::Returned,
            may_edit: view.may_edit,
            may_confirm: view.may_confirm,
            may_return: view.may_return,
            own: view.own,
            sample: view.sample,
            source: view.source,
            c,
        }
    }
}
