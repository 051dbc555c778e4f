//! The list of matters.

use askama::Template;
use pingyi_app::record::matter::{MatterList, MatterStateName};
use pingyi_app::record::{MatterLine, UnitName};

use super::matters::{due_badge, tone};
use super::within::Within;
use super::{Choice, UnitChoice};
use crate::chrome::Chrome;
use crate::lists::{Files, Head, Query};

/// A matter in the list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MatterRowLine {
    /// Id.
    pub id: String,
    /// What it is about.
    pub title: String,
    /// List on the wire.
    pub list: &'static str,
    /// Name of the unit.
    pub unit: String,
    /// Who answers for it.
    pub responsible: String,
    /// Day.
    pub raised_on: String,
    /// Day.
    pub due_on: String,
    /// How it stands to its day: text and tone.
    pub due: Option<(&'static str, &'static str)>,
    /// State on the wire.
    pub state: &'static str,
    /// Its tone.
    pub tone: &'static str,
    /// How far it is.
    pub progress: String,
    /// Whether it was made up.
    pub sample: bool,
}

impl MatterRowLine {
    /// A line with the short name of its unit.
    #[must_use]
    pub fn of(line: MatterLine, names: &[UnitName]) -> Self {
        let unit = names.iter().find(|name| name.id == line.matter.unit);
        Self {
            id: line.id.into(),
            list: line.matter.list.as_str(),
            unit: unit.map(|name| name.short.clone()).unwrap_or_default(),
            responsible: line.matter.responsible,
            raised_on: line.matter.raised_on.to_string(),
            due_on: line
                .matter
                .due_on
                .map(|day| day.to_string())
                .unwrap_or_default(),
            due: due_badge(line.due),
            state: line.state.as_str(),
            tone: tone(line.state),
            progress: line
                .progress
                .map(|share| share.to_string())
                .unwrap_or_default(),
            title: line.matter.title,
            sample: line.sample,
        }
    }
}

/// The filters of the list, as asked.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Asked {
    /// Text.
    pub text: String,
    /// Id of the unit.
    pub unit: String,
    /// Lists.
    pub lists: Vec<Choice>,
    /// States, with `open` first.
    pub states: Vec<Choice>,
    /// `over` or `soon`.
    pub dues: Vec<Choice>,
}

impl Asked {
    /// From the address.
    #[must_use]
    pub(crate) fn of(query: &Query) -> Self {
        let (list, state, due) = (query.text("list"), query.text("state"), query.text("due"));
        let lists = MatterList::ALL
            .iter()
            .map(|one| Choice::new("value-matter-list", one.as_str(), &list));
        let states = MatterStateName::ALL.iter().map(|one| one.as_str());
        let states = std::iter::once("open").chain(states);
        Self {
            text: query.text("q"),
            unit: query.text("unit"),
            lists: lists.collect(),
            states: states
                .map(|one| Choice::new("value-matter-state", one, &state))
                .collect(),
            dues: ["over", "soon"]
                .into_iter()
                .map(|one| Choice::new("matter", one, &due))
                .collect(),
        }
    }
}

/// All matters, or what was searched for.
#[derive(Debug, Clone, Template)]
#[template(path = "record/matters.html")]
pub struct MattersPage {
    /// Frame.
    pub c: Chrome,
    /// What is shown.
    pub rows: Vec<MatterRowLine>,
    /// How many there are in all.
    pub total: u64,
    /// Where the next page is.
    pub next: Option<String>,
    /// Head of the title's column.
    pub title: Head,
    /// Head of the due day's column.
    pub due: Head,
    /// Head of the column of the day it was raised.
    pub raised: Head,
    /// The filters.
    pub asked: Asked,
    /// Units to filter by.
    pub units: Vec<UnitChoice>,
    /// How many are overdue.
    pub over: u64,
    /// How many are due soon.
    pub soon: u64,
    /// Whether anything is filtered.
    pub narrowed: bool,
    /// Whether who looks may raise one.
    pub may_add: bool,
    /// The list as files.
    pub files: Files,
    /// Its own address.
    pub path: String,
    /// The same as a board.
    pub board: String,
    /// The unit whose tab it is.
    pub within: Option<Within>,
}
