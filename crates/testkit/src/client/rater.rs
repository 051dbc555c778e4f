//! The rater: a slip, a phone, marks. Everything secret is done here, as in the booth's page.

use std::sync::Arc;
use std::time::Instant;

use hyper::body::Bytes;
use hyper::{Method, StatusCode};
use pingyi_ballot::ballot::{SealedBallot, Tracker, seal};
use pingyi_ballot::election::Election;
use rand_chacha::ChaCha20Rng;

use super::http::{Auth, Http, patiently};
use super::issuer::Slip;
use super::wire::{BoxInfo, Receipt, ReceiptStatus};
use crate::error::TestkitError;

/// How often a phone repeats a request that got no answer: more than a minute of a server being away.
pub(super) const PATIENCE: u32 = 40;

/// What the booth's page has loaded of one box.
#[derive(Debug)]
pub struct Booth {
    /// The box as the server shows it.
    pub info: BoxInfo,
    /// The election in it.
    pub election: Election,
}

impl Booth {
    /// Loads the box.
    ///
    /// # Errors
    /// Not sealed yet, another box than asked for, an election that cannot be read, or no answer.
    pub async fn open(http: &Http, uuid: &str) -> Result<Self, TestkitError> {
        let path = format!("/api/boxes/{uuid}");
        let info: BoxInfo =
            patiently(PATIENCE, || async { http.get(&Auth::Nobody, &path).await }).await?;
        let json = info
            .election
            .as_deref()
            .ok_or_else(|| distrust("the box is not sealed yet"))?;
        let election = Election::parse(json).map_err(distrust)?;
        if election.uuid().as_str() != uuid {
            return Err(distrust("the election belongs to another box"));
        }
        Ok(Self { info, election })
    }
}

/// A rater with a slip in front of a loaded page.
pub struct Rater {
    pub(super) http: Http,
    pub(super) booth: Arc<Booth>,
    slip: Slip,
    pub(super) rng: ChaCha20Rng,
}

/// A ballot the board has.
#[derive(Debug, Clone)]
pub struct Cast {
    /// SHA-256 of the ballot.
    pub tracker: Tracker,
    /// What the server answered.
    pub receipt: Receipt,
    /// Time from sending the ballot to the answer, over all attempts.
    pub took: std::time::Duration,
}

impl Rater {
    /// A rater who scanned a slip.
    #[must_use]
    pub fn new(http: &Http, booth: Arc<Booth>, slip: Slip, rng: ChaCha20Rng) -> Self {
        Self {
            http: http.clone(),
            booth,
            slip,
            rng,
        }
    }

    /// Seals the marks: for every question the place of the grade. Heavy computing, no network.
    ///
    /// # Errors
    /// The marks do not fit the form.
    pub fn seal(&mut self, marks: &[usize]) -> Result<SealedBallot, TestkitError> {
        let questions = self.booth.election.questions();
        let row = |(grade, question): (&usize, &pingyi_ballot::election::Question)| {
            (0..question.answers.len())
                .map(|place| u8::from(place == *grade))
                .collect::<Vec<u8>>()
        };
        let choices: Vec<Vec<u8>> = marks.iter().zip(questions).map(row).collect();
        seal(
            &self.booth.election,
            &self.slip.credential,
            &choices,
            &mut self.rng,
        )
        .map_err(distrust)
    }

    /// Seals and casts, patiently: the same ballot is sent again until it is acknowledged or refused.
    ///
    /// # Errors
    /// Refused, or no answer for more than a minute.
    pub async fn cast(&mut self, marks: &[usize]) -> Result<Cast, TestkitError> {
        let sealed = self.seal(marks)?;
        self.post(&sealed).await
    }

    /// Casts a sealed ballot, patiently.
    ///
    /// # Errors
    /// As [`Rater::cast`]; [`TestkitError::Distrust`] when the receipt is for another ballot.
    pub async fn post(&self, sealed: &SealedBallot) -> Result<Cast, TestkitError> {
        let started = Instant::now();
        let (_, receipt) = patiently(PATIENCE, || async {
            self.post_once(&sealed.ballot_json).await
        })
        .await?;
        let tracker = sealed.tracker();
        if receipt.tracker != tracker.b64() {
            return Err(distrust("the receipt is for another ballot"));
        }
        Ok(Cast {
            tracker,
            receipt,
            took: started.elapsed(),
        })
    }

    /// Sends any text as a ballot, once.
    ///
    /// # Errors
    /// Refused, or no answer.
    pub async fn post_once(&self, ballot: &str) -> Result<(StatusCode, Receipt), TestkitError> {
        let path = format!("/api/boxes/{}/ballots", self.slip.uuid);
        let body = Bytes::from(ballot.to_owned());
        let answer = self
            .http
            .send(Method::POST, &Auth::Nobody, &path, body, &[])
            .await?;
        Ok((answer.status, self.http.judge(&path, &answer)?))
    }

    /// What became of a ballot, by its tracker.
    ///
    /// # Errors
    /// Refused, or no answer.
    pub async fn look_up(&self, tracker: &Tracker) -> Result<ReceiptStatus, TestkitError> {
        let path = format!("/api/boxes/{}/receipts/{}", self.slip.uuid, tracker.hex());
        patiently(PATIENCE, || async {
            self.http.get(&Auth::Nobody, &path).await
        })
        .await
    }
}

#[expect(clippy::needless_pass_by_value, reason = "made for map_err")]
pub(super) fn distrust(reason: impl ToString) -> TestkitError {
    TestkitError::Distrust {
        who: "a rater",
        reason: reason.to_string(),
    }
}
