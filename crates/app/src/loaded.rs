//! An appraisal as the use cases work on it: read, changed, stored.

use pingyi_domain::appraisal::State;
use pingyi_domain::ballot_box::BallotBox;
use pingyi_domain::config::AppraisalConfig;
use pingyi_domain::{AppraisalId, CategoryCode};
use pingyi_store::repo::{appraisals, boxes, ceremony};
use pingyi_store::{BoxId, Conn, Tx};

use crate::{AppError, Result};

/// An appraisal read from the database.
#[derive(Debug, Clone)]
pub(crate) struct Loaded {
    pub id: AppraisalId,
    pub version: i64,
    pub config: AppraisalConfig,
    pub state: State,
    pub rehearsal_of: Option<String>,
    pub title: String,
}

impl Loaded {
    fn from_row(row: appraisals::AppraisalRow) -> Result<Self> {
        Ok(Self {
            id: row.id.parse().map_err(AppError::internal)?,
            version: row.version,
            config: AppraisalConfig::from_json(&row.config).map_err(|problem| {
                AppError::Internal(format!("stored configuration: {problem:?}"))
            })?,
            state: serde_json::from_str(&row.detail)?,
            rehearsal_of: row.rehearsal_of,
            title: row.title,
        })
    }

    /// Reads an appraisal.
    pub async fn read(conn: &mut Conn, id: &AppraisalId) -> Result<Self> {
        Self::from_row(
            appraisals::by_id(conn, id)
                .await?
                .ok_or(AppError::NotFound)?,
        )
    }

    /// Reads and locks an appraisal: whoever changes one begins with this.
    pub async fn lock(tx: &mut Tx, id: &AppraisalId) -> Result<Self> {
        Self::from_row(appraisals::lock(tx, id).await?.ok_or(AppError::NotFound)?)
    }

    pub fn is_rehearsal(&self) -> bool {
        self.rehearsal_of.is_some()
    }

    pub fn state_name(&self) -> String {
        self.state.name().to_string()
    }

    /// Not possible now.
    pub fn wrong_state<T>(&self) -> Result<T> {
        Err(AppError::WrongState {
            state: self.state_name(),
        })
    }

    /// Stores the new state.
    pub async fn move_to(&mut self, tx: &mut Tx, state: State) -> Result<()> {
        let detail = serde_json::to_string(&state)?;
        appraisals::set_state(tx, &self.id, state.name().as_str(), &detail).await?;
        self.state = state;
        Ok(())
    }

    pub fn threshold(&self) -> u32 {
        self.config.tellers.threshold
    }

    pub fn size(&self) -> u32 {
        // At most 15 tellers (limits of the configuration).
        u32::try_from(self.config.tellers.names.len()).unwrap_or(u32::MAX)
    }
}

/// Whether a certificate is in, which fixes the tellers.
pub(crate) async fn ceremony_begun(conn: &mut Conn, id: &AppraisalId) -> Result<bool> {
    Ok(!ceremony::all(conn, id).await?.is_empty())
}

/// The box as the state machine sees it. `minimum` and `shares` matter once it is closed.
pub(crate) fn ballot_box(row: &boxes::BoxRow, minimum: u32, shares: &[i64]) -> Result<BallotBox> {
    let ballots = u32::try_from(row.voters).map_err(AppError::internal)?;
    Ok(match row.state.as_str() {
        "new" => BallotBox::New,
        "sealed" => BallotBox::Sealed,
        "open" => BallotBox::Open,
        "paused" => BallotBox::Paused,
        "closed" => BallotBox::Closed { ballots },
        "tallied" => {
            let shares = shares.iter().map(|seat| u32::try_from(*seat));
            BallotBox::Tallied {
                ballots,
                shares: shares
                    .collect::<std::result::Result<_, _>>()
                    .map_err(AppError::internal)?,
            }
        }
        "opened" => BallotBox::Opened { ballots },
        "skipped" => BallotBox::Skipped { ballots, minimum },
        "void" => BallotBox::Void,
        other => return Err(AppError::Internal(format!("box in state {other}"))),
    })
}

/// The minimum group size of a box.
pub(crate) fn minimum_of(appraisal: &Loaded, row: &boxes::BoxRow) -> Result<u32> {
    let category = appraisal.config.category(category_of(row)?);
    Ok(category
        .ok_or_else(|| AppError::internal("the box has no category"))?
        .minimum)
}

/// The category of a box.
pub(crate) fn category_of(row: &boxes::BoxRow) -> Result<CategoryCode> {
    row.category.parse().map_err(AppError::internal)
}

/// The id of a box.
pub(crate) fn id_of(row: &boxes::BoxRow) -> BoxId {
    BoxId::new(row.r#box.clone())
}

/// The id of the appraisal of a box.
pub(crate) fn appraisal_of(row: &boxes::BoxRow) -> Result<AppraisalId> {
    row.appraisal.parse().map_err(AppError::internal)
}

/// Locks all boxes of an appraisal in the order of their ids, the same order everywhere, and gives them in
/// the order of the form.
pub(crate) async fn lock_boxes(tx: &mut Tx, id: &AppraisalId) -> Result<Vec<boxes::BoxRow>> {
    let mut ids: Vec<BoxId> = boxes::of_appraisal(tx, id)
        .await?
        .iter()
        .map(id_of)
        .collect();
    ids.sort();
    let mut rows = Vec::with_capacity(ids.len());
    for id in ids {
        rows.push(boxes::lock(tx, &id).await?.ok_or(AppError::NotFound)?);
    }
    rows.sort_by_key(|row| row.ordinal);
    Ok(rows)
}
