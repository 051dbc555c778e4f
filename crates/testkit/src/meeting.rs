//! The simulated meeting: everybody plays their part through HTTP with honest cryptography.

mod casting;
mod check;
mod opening;
mod preparing;

pub use casting::{Acknowledged, CastReport, Manner};
pub use check::{Archive, download, expect_board, expect_receipts, expect_result};
pub use opening::{OpenReport, open_boxes};
pub use preparing::Prepared;

use std::sync::Arc;
use std::time::Duration;

use serde::Serialize;

use crate::client::{Http, Organiser};
use crate::error::TestkitError;
use crate::plan::Plan;
use crate::secrets::Secrets;
use crate::setting::Setting;
use crate::watch::Watch;

/// Who plays, what, and before whom.
pub struct Meeting {
    /// The server.
    pub http: Http,
    /// The office.
    pub organiser: Organiser,
    /// Form and hall.
    pub setting: Setting,
    /// Who marks what.
    pub plan: Plan,
    /// How the raters cast.
    pub manner: Manner,
    /// Everybody's randomness.
    pub secrets: Arc<Secrets>,
    /// Somebody who watches.
    pub watch: Arc<dyn Watch>,
}

/// A meeting that ended with the right result.
#[derive(Debug, Serialize)]
pub struct Played {
    /// The appraisal's id.
    pub appraisal: String,
    /// How the casting went.
    pub casting: CastReport,
    /// How the opening went.
    pub opening: OpenReport,
    /// The boards, verified.
    #[serde(skip)]
    pub archives: Vec<Archive>,
}

impl Meeting {
    /// Plays the whole meeting: key, slips, sealing of the roll, casting, closing, opening, release; then verifies
    /// every board and compares boards and announced result with the plan.
    ///
    /// # Errors
    /// The first thing that went wrong; [`TestkitError::WrongResult`] when the announced result is not what the
    /// marks give.
    pub async fn play(&self) -> Result<Played, TestkitError> {
        let prepared = self.prepare().await?;
        self.play_prepared(prepared).await
    }

    /// As [`Meeting::play`], for an appraisal that is sealed already.
    ///
    /// # Errors
    /// As [`Meeting::play`].
    pub async fn play_prepared(&self, mut prepared: Prepared) -> Result<Played, TestkitError> {
        self.organiser.act(&prepared.appraisal, "open").await?;
        let casting = self.cast_all(&prepared).await?;
        let opening = self.close_and_open(&mut prepared).await?;
        self.organiser.act(&prepared.appraisal, "release").await?;
        let archives = self.check(&prepared).await?;
        expect_receipts(&archives, &casting.receipts)?;
        Ok(Played {
            appraisal: prepared.appraisal,
            casting,
            opening,
            archives,
        })
    }

    fn pause(&self) -> Duration {
        self.manner.pace
    }
}
