//! A teller's part in opening: read the board oneself, then give factors with both proofs.

use std::time::Instant;

use pingyi_ballot::decrypt::{Task, TellerShare};
use pingyi_ballot::opinion::{Urn, UrnContext, UrnShare};
use pingyi_ballot::trustee::Trustees;
use serde_json::{Value, json};

use super::board::Board;
use super::ceremony::{Teller, distrust};
use super::http::{Auth, patiently};
use super::wire::{TellerBox, TellerView, UrnEntries};
use crate::error::TestkitError;

/// How often a teller's page repeats a request that got no answer.
const PATIENCE: u32 = 40;

/// What a teller did to open.
#[derive(Debug, Clone, Copy)]
pub struct Opened {
    /// Shares sent, of boxes and urn.
    pub shares: usize,
    /// When the last share of a box was sent off.
    pub last_sent: Option<Instant>,
}

impl Teller {
    /// Opens the urn and every box, as far as this teller's share goes.
    ///
    /// # Errors
    /// [`TestkitError::Distrust`] where a board does not hold; refused; or no answer.
    pub async fn open_all(&mut self) -> Result<Opened, TestkitError> {
        let view = self.view().await?;
        let mut opened = Opened {
            shares: usize::from(self.open_urn(&view).await?),
            last_sent: None,
        };
        for one in &view.boxes {
            if one.skipped || one.shares.contains(&view.index) {
                continue;
            }
            let share = self.share(&view, one).await?;
            opened.last_sent = Some(Instant::now());
            self.send_share(&one.uuid, &share).await?;
            opened.shares += 1;
        }
        Ok(opened)
    }

    /// Reads the board of a box and makes this teller's share of it.
    ///
    /// # Errors
    /// As [`Teller::open_all`].
    pub async fn share(
        &mut self,
        view: &TellerView,
        one: &TellerBox,
    ) -> Result<TellerShare, TestkitError> {
        let path = format!("/board/{}.bel", one.uuid);
        let archive = patiently(PATIENCE, || async {
            self.http.download(&Auth::Nobody, &path).await
        })
        .await?;
        let board = tokio::task::spawn_blocking(move || Board::read(&archive))
            .await
            .map_err(distrust)??;
        if board.election.uuid().as_str() != one.uuid {
            return Err(distrust("the board belongs to another box"));
        }
        if u64::try_from(board.counted).map_err(distrust)? < one.minimum {
            return Err(distrust("a box below its minimum is never opened"));
        }
        if one
            .encrypted_tally
            .as_deref()
            .is_some_and(|tally| tally != board.tally.json())
        {
            return Err(distrust("the server's tally is not the ballots' tally"));
        }
        let key = self.secret_key(view, &board.trustees)?;
        Ok(Task::new(&board.election, &board.tally).share(view.index, &key, &mut self.rng))
    }

    /// Sends a share of a box, patiently.
    ///
    /// # Errors
    /// Refused (a share that does not verify), or no answer.
    pub async fn send_share(&self, uuid: &str, share: &TellerShare) -> Result<(), TestkitError> {
        let body = json!({
            "box": uuid, "partial_decryption": share.partial_decryption, "strong": share.strong,
        });
        self.post_patiently("/api/teller/shares", &body).await
    }

    /// Checks that every opinion's maker knew its randomness, and opens the urn. Says whether there was something.
    ///
    /// # Errors
    /// [`TestkitError::Distrust`] for an entry that could open something else; refused; or no answer.
    pub async fn open_urn(&mut self, view: &TellerView) -> Result<bool, TestkitError> {
        let waiting = view.urn.as_ref().is_some_and(|urn| {
            urn.state == "closed" && urn.entries > 0 && !urn.shares.contains(&view.index)
        });
        if !waiting {
            return Ok(false);
        }
        let urn: UrnEntries = patiently(PATIENCE, || async {
            self.http.get(&self.auth, "/api/teller/urn").await
        })
        .await?;
        let share = self.urn_share(view, &urn)?;
        let body = json!({ "factors": share.factors, "proofs": share.proofs });
        self.post_patiently("/api/teller/urn_shares", &body).await?;
        Ok(true)
    }

    fn urn_share(&mut self, view: &TellerView, urn: &UrnEntries) -> Result<UrnShare, TestkitError> {
        let trustees = view
            .ceremony
            .trustees
            .as_deref()
            .ok_or_else(|| distrust("there is no key"))?;
        let trustees = Trustees::parse(trustees).map_err(distrust)?;
        let key = trustees.joint_key().map_err(distrust)?;
        let context = UrnContext::new(&view.appraisal.id, &key);
        if context.as_str() != urn.context {
            return Err(distrust("the urn belongs to another appraisal or key"));
        }
        let urn = Urn::new(context, urn.entries.iter().map(String::as_str)).map_err(distrust)?;
        let key = self.secret_key(view, &trustees)?;
        Ok(urn.share(view.index, key.scalar(), &mut self.rng))
    }

    async fn post_patiently(&self, path: &str, body: &Value) -> Result<(), TestkitError> {
        let _: Value = patiently(PATIENCE, || async {
            self.http.post(&self.auth, path, body).await
        })
        .await?;
        Ok(())
    }
}
