//! Closing and opening: the tellers read the boards and give their shares, until the count stands.

use std::time::{Duration, Instant};

use serde::Serialize;

use super::casting::steps;
use super::preparing::unexpected;
use super::{Meeting, Prepared};
use crate::client::wire::AppraisalView;
use crate::client::{Organiser, Teller};
use crate::error::TestkitError;
use crate::latency::millis;
use crate::watch::{Stage, Watch};

/// Pause between two looks at whether the count stands.
const LOOK: Duration = Duration::from_millis(20);
/// How long the server may take to compute the count.
const LONGEST: Duration = Duration::from_mins(5);

/// How the opening went.
#[derive(Debug, Clone, Serialize)]
pub struct OpenReport {
    /// Tellers who came.
    pub tellers: usize,
    /// Shares of boxes and urn they gave.
    pub shares: usize,
    /// From pressing "close" to a count that can be shown.
    #[serde(serialize_with = "millis", rename = "close_to_result_ms")]
    pub close_to_result: Duration,
    /// From sending the last share that was needed to a count that can be shown.
    #[serde(serialize_with = "millis", rename = "last_share_to_result_ms")]
    pub last_share_to_result: Duration,
}

impl Meeting {
    /// Closes the boxes and lets as many tellers as needed open them.
    ///
    /// # Errors
    /// Refused, a teller's distrust, or no answer.
    pub async fn close_and_open(
        &self,
        prepared: &mut Prepared,
    ) -> Result<OpenReport, TestkitError> {
        let closing = Instant::now();
        let view = self.organiser.act(&prepared.appraisal, "close").await?;
        if view.state != "closed" {
            return Err(unexpected("the state after closing", &view.state));
        }
        let tellers = &mut prepared.tellers[..self.setting.threshold];
        self.watch.begin(Stage::Opening, steps(tellers.len()));
        let mut report =
            open_boxes(&self.organiser, &prepared.appraisal, tellers, &*self.watch).await?;
        self.watch.end(Stage::Opening);
        report.close_to_result = closing.elapsed();
        Ok(report)
    }
}

/// Lets these tellers open a closed appraisal, one after the other, and waits for the count.
///
/// # Errors
/// Refused, a teller's distrust, or no answer.
pub async fn open_boxes(
    organiser: &Organiser,
    appraisal: &str,
    tellers: &mut [Teller],
    watch: &dyn Watch,
) -> Result<OpenReport, TestkitError> {
    let started = Instant::now();
    let (mut shares, mut last_share) = (0, started);
    for teller in tellers.iter_mut() {
        let opened = teller.open_all().await?;
        shares += opened.shares;
        last_share = opened.last_sent.unwrap_or(last_share);
        watch.step(Stage::Opening);
    }
    wait_for_count(organiser, appraisal).await?;
    Ok(OpenReport {
        tellers: tellers.len(),
        shares,
        close_to_result: started.elapsed(),
        last_share_to_result: last_share.elapsed(),
    })
}

/// Waits until the appraisal is counted.
///
/// # Errors
/// It is not after five minutes.
pub async fn wait_for_count(
    organiser: &Organiser,
    appraisal: &str,
) -> Result<AppraisalView, TestkitError> {
    let started = Instant::now();
    loop {
        let view = organiser.view(appraisal).await?;
        if view.state == "counted" {
            return Ok(view);
        }
        if started.elapsed() > LONGEST {
            return Err(unexpected("the count", &view));
        }
        tokio::time::sleep(LOOK).await;
    }
}
