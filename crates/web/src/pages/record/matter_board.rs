//! The board of matters: a column for each state, each card with its next moves.

use askama::Template;
use pingyi_app::record::matter::{MatterMove, MatterStateName};
use pingyi_app::record::{MatterCard, MatterColumn, UnitName};

use super::UnitChoice;
use super::matter_list::{Asked, MatterRowLine};
use super::within::Within;
use crate::chrome::Chrome;
use crate::lists::Query;

/// One matter on the board.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BoardCard {
    /// What the list shows of it.
    pub row: MatterRowLine,
    /// What who looks may do with it now.
    pub moves: Vec<MatterMove>,
    /// Whether closing waits for somebody else.
    pub own_report: bool,
}

impl BoardCard {
    /// A matter with the short name of its unit.
    #[must_use]
    pub fn of(card: MatterCard, names: &[UnitName]) -> Self {
        Self {
            row: MatterRowLine::of(card.line, names),
            moves: card.may,
            own_report: card.own_report,
        }
    }

    /// What the dialog of a move is filled with, as JSON.
    #[must_use]
    pub fn fill(&self) -> String {
        serde_json::json!({"responsible": self.row.responsible, "due_on": self.row.due_on})
            .to_string()
    }
}

/// A column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BoardColumn {
    /// The state it is called by.
    pub state: &'static str,
    /// How many there are.
    pub total: u64,
    /// The first of them.
    pub cards: Vec<BoardCard>,
    /// Where the list of all is.
    pub href: String,
}

impl BoardColumn {
    /// Id of its name.
    #[must_use]
    pub fn text(&self) -> String {
        format!("value-matter-state-{}", self.state)
    }

    /// Whether there are more than it shows.
    #[must_use]
    pub fn more(&self) -> bool {
        u64::try_from(self.cards.len()).is_ok_and(|shown| shown < self.total)
    }
}

/// The four columns of what was found, by state.
#[must_use]
pub(crate) fn columns(
    found: Vec<MatterColumn>,
    names: &[UnitName],
    query: &Query,
) -> Vec<BoardColumn> {
    let mut columns: Vec<BoardColumn> = Vec::new();
    for column in found {
        let cards = column.cards.into_iter();
        let cards = cards.map(|card| BoardCard::of(card, names));
        match columns.last_mut() {
            // What was sent back waits for its unit as what is assigned does, and before it.
            Some(before) if before.state == MatterStateName::SentBack.as_str() => {
                before.cards.extend(cards);
                before.total += column.total;
                before.state = MatterStateName::Assigned.as_str();
                before.href = query.with(&[("as", ""), ("state", "open")]);
            }
            _ => columns.push(BoardColumn {
                state: column.state.as_str(),
                total: column.total,
                cards: cards.collect(),
                href: query.with(&[("as", ""), ("state", column.state.as_str())]),
            }),
        }
    }
    columns
}

/// The board.
#[derive(Debug, Clone, Template)]
#[template(path = "record/matters_board.html")]
pub struct BoardPage {
    /// Frame.
    pub c: Chrome,
    /// Columns.
    pub columns: Vec<BoardColumn>,
    /// The filters.
    pub asked: Asked,
    /// Units to filter by.
    pub units: Vec<UnitChoice>,
    /// Whether anything is filtered.
    pub narrowed: bool,
    /// Whether who looks may raise one.
    pub may_add: bool,
    /// Its own address.
    pub path: String,
    /// The same as a list.
    pub list: String,
    /// The unit whose tab it is.
    pub within: Option<Within>,
}

impl BoardPage {
    /// The moves that any card offers, each once: one dialog each.
    #[must_use]
    pub fn moves(&self) -> Vec<MatterMove> {
        let cards = self.columns.iter().flat_map(|column| &column.cards);
        let offered: Vec<MatterMove> = cards.flat_map(|card| card.moves.iter().copied()).collect();
        let all = MatterMove::ALL.iter().copied();
        all.filter(|step| offered.contains(step)).collect()
    }
}
