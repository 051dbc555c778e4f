//! The board of matters: the first of each state, with what may be done with them.

use pingyi_domain::record::UnitPath;
use pingyi_domain::record::matter::{MatterHand, MatterMove, MatterState, MatterStateName};
use pingyi_store::list::Ask;
use pingyi_store::repo::matters::{self, MatterFilter};
use pingyi_store::repo::units;

use super::view::MatterLine;
use super::{Hand, matter_of};
use crate::{App, AppError, Result};

/// Cards of a column; the rest is in the list.
const CARDS: u32 = 40;

/// The columns, left to right: what was sent back comes before what is assigned.
const COLUMNS: &[MatterStateName] = &[
    MatterStateName::Raised,
    MatterStateName::SentBack,
    MatterStateName::Assigned,
    MatterStateName::Reported,
    MatterStateName::Closed,
];

/// A matter with what who looks may do with it now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MatterCard {
    /// What a list shows of it.
    pub line: MatterLine,
    /// The moves.
    pub may: Vec<MatterMove>,
    /// Whether closing waits for somebody else, since who looks reported it.
    pub own_report: bool,
}

/// The matters of one state.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MatterColumn {
    /// The state.
    pub state: MatterStateName,
    /// How many there are.
    pub total: u64,
    /// The first of them, by their day; of the closed ones the latest raised.
    pub cards: Vec<MatterCard>,
}

/// The moves that somebody may make with a matter in this state, and whether closing waits for somebody else.
pub(super) fn moves_for(
    hand: &Hand,
    may_write: bool,
    state: &MatterState,
) -> (Vec<MatterMove>, bool) {
    let own_report = matches!(state, MatterState::Reported { by } if by == hand.actor());
    let may = MatterMove::from(state.name()).filter(|step| match step.hand() {
        MatterHand::Unit => may_write,
        MatterHand::Office => hand.is_office() && !(own_report && *step == MatterMove::Close),
    });
    (may.collect(), own_report && hand.is_office())
}

impl App {
    /// The matters somebody may see and the filter lets through, by state; the filter's own state is not looked at.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn matter_board(
        &self,
        hand: &Hand,
        filter: &MatterFilter,
    ) -> Result<Vec<MatterColumn>> {
        let today = self.today()?;
        let mut view = self.store().read().await?;
        let all = units::all(&mut view).await?;
        let may_write = |unit: &str| -> Result<bool> {
            let row = all.iter().find(|row| row.id == unit);
            let place = row.map(|row| row.path.parse::<UnitPath>()).transpose();
            let place = place.map_err(AppError::internal)?;
            Ok(place.is_some_and(|place| hand.may_write(&place)))
        };
        let mut columns = Vec::new();
        for state in COLUMNS {
            let filter = MatterFilter {
                state: Some(state.to_string()),
                open: false,
                ..filter.clone()
            };
            let closed = *state == MatterStateName::Closed;
            let ask = Ask {
                sort: if closed { "raised_on" } else { "due_key" },
                descending: closed,
                after: None,
                limit: CARDS,
            };
            let page = matters::page(&mut view, hand.scope(), &filter, &ask).await?;
            let mut cards = Vec::with_capacity(page.rows.len());
            for row in &page.rows {
                let (_, state) = matter_of(&row.matter)?;
                let (may, own_report) = moves_for(hand, may_write(&row.matter.unit)?, &state);
                cards.push(MatterCard {
                    line: MatterLine::of(row, today)?,
                    may,
                    own_report,
                });
            }
            columns.push(MatterColumn {
                state: *state,
                total: page.total,
                cards,
            });
        }
        Ok(columns)
    }
}
