//! What a file belongs to, and whether files may be added there now.

use pingyi_domain::record::matter::MatterState;
use pingyi_domain::record::{EntryId, EntryState, MatterId, UnitPath};
use pingyi_store::repo::entries::{self, EntryRow};
use pingyi_store::repo::evidence::{self, EvidenceRow};
use pingyi_store::{Conn, Tx};

use crate::record::Hand;
use crate::record::{entries as ledger, matters};
use crate::{AppError, Result};

/// What a file belongs to. A new kind of record gets a variant here, a column in the table, and its lines in
/// [`Bench::of`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum EvidenceOwner {
    /// An entry of the ledger.
    Entry(EntryId),
    /// A matter.
    Matter(MatterId),
}

impl EvidenceOwner {
    /// What a stored file belongs to.
    ///
    /// # Errors
    /// When the row names neither.
    pub(super) fn of(row: &EvidenceRow) -> Result<Self> {
        match (&row.entry, &row.matter) {
            (Some(id), _) => Ok(Self::Entry(id.parse().map_err(AppError::internal)?)),
            (_, Some(id)) => Ok(Self::Matter(id.parse().map_err(AppError::internal)?)),
            _ => Err(AppError::internal("evidence of nothing")),
        }
    }

    /// The record's id: subject of the audit event.
    pub(super) fn id(&self) -> &str {
        match self {
            Self::Entry(id) => id.as_str(),
            Self::Matter(id) => id.as_str(),
        }
    }

    /// The files of the record.
    pub(super) async fn files(&self, conn: &mut Conn) -> Result<Vec<EvidenceRow>> {
        Ok(match self {
            Self::Entry(id) => evidence::of_entry(conn, id.as_str()).await?,
            Self::Matter(id) => evidence::of_matter(conn, id.as_str()).await?,
        })
    }
}

/// The record of a file: where it belongs, and what its state allows.
pub(super) struct Bench {
    pub place: UnitPath,
    state: State,
}

enum State {
    Entry(EntryState, Box<EntryRow>),
    Matter(MatterState),
}

impl Bench {
    /// # Errors
    /// [`AppError::NotFound`].
    pub async fn of(conn: &mut Conn, owner: &EvidenceOwner) -> Result<Self> {
        Ok(match owner {
            EvidenceOwner::Entry(id) => {
                let kept = ledger::kept(conn, id).await?;
                Self {
                    place: kept.place,
                    state: State::Entry(kept.state, Box::new(kept.row)),
                }
            }
            EvidenceOwner::Matter(id) => {
                let kept = matters::kept(conn, id).await?;
                Self {
                    place: kept.place,
                    state: State::Matter(kept.state),
                }
            }
        })
    }

    /// Whether they may add and take away files now: as long as the record may be changed. What was reported waits for
    /// the office as it was reported, and what is closed is closed.
    ///
    /// # Errors
    /// [`AppError::NotYourUnit`], [`AppError::WrongState`].
    pub fn writes(&self, hand: &Hand) -> Result<()> {
        hand.writes(&self.place)?;
        match &self.state {
            State::Entry(state, _) => Ok(state.edit(hand.is_office()).map(drop)?),
            State::Matter(state) if takes_files(state) => Ok(()),
            State::Matter(state) => Err(AppError::WrongState {
                state: state.name().to_string(),
            }),
        }
    }

    /// An entry that was given back is recorded again by who adds what was missing, as by who edits it.
    pub async fn touched(self, tx: &mut Tx) -> Result<()> {
        let State::Entry(EntryState::Returned, row) = self.state else {
            return Ok(());
        };
        let again = EntryRow {
            state: EntryState::Recorded.to_string(),
            reason: String::new(),
            ..*row
        };
        if entries::review(tx, EntryState::Returned.as_str(), &again).await? {
            Ok(())
        } else {
            Err(AppError::Busy)
        }
    }
}

/// Whether files may be added to a matter in this state.
pub(in crate::record) const fn takes_files(state: &MatterState) -> bool {
    matches!(
        state,
        MatterState::Raised | MatterState::Assigned | MatterState::SentBack
    )
}
