//! After the meeting: boards, sidecars, opinions and the announced result against the plan.

use std::collections::HashMap;

use num_rational::BigRational;
use pingyi_ballot::archive::{ArchiveReader, Entry, EventType};
use pingyi_ballot::decrypt::ElectionResult;
use serde::Deserialize;
use serde_json::Value;

use super::casting::{steps, stopped};
use super::{Acknowledged, Meeting, Prepared};
use crate::client::{Auth, Http, patiently};
use crate::error::TestkitError;
use crate::plan::Counts;
use crate::score::scores;
use crate::setting::Setting;
use crate::watch::Stage;

/// A board as anybody may download it.
#[derive(Debug, Clone)]
pub struct Archive {
    /// The box.
    pub uuid: String,
    /// `UUID.bel`.
    pub board: Vec<u8>,
    /// `UUID.proofs.json`; nothing for a box that was not opened.
    pub proofs: Option<Vec<u8>>,
}

#[derive(Deserialize)]
struct ResultView {
    tables: Vec<Table>,
}

#[derive(Deserialize)]
struct Table {
    code: String,
    score: Option<Score>,
    categories: Vec<Category>,
}

#[derive(Deserialize)]
struct Score {
    fraction: String,
}

#[derive(Deserialize)]
struct Category {
    code: String,
    counts: Counts,
}

#[derive(Deserialize)]
struct OpinionsView {
    presenters: Vec<PresenterOpinions>,
    unreadable: u64,
}

#[derive(Deserialize)]
struct PresenterOpinions {
    code: String,
    texts: Vec<String>,
}

impl Meeting {
    /// Downloads and verifies every board; compares boards, announced result and opinions with the plan.
    ///
    /// # Errors
    /// [`TestkitError::WrongResult`] naming the first difference.
    pub async fn check(&self, prepared: &Prepared) -> Result<Vec<Archive>, TestkitError> {
        let counts = self.plan.counts();
        let opened: Vec<bool> = self
            .setting
            .categories
            .iter()
            .map(|category| category.raters >= self.setting.minimum)
            .collect();
        self.watch
            .begin(Stage::Verifying, steps(prepared.boxes.len()));
        let mut archives = Vec::new();
        for ((uuid, counts), opened) in prepared.boxes.iter().zip(&counts).zip(&opened) {
            let archive = download(&self.http, uuid.as_str(), *opened).await?;
            let (archive, counts) = (archive, counts.clone());
            let checked = tokio::task::spawn_blocking(move || {
                expect_board(&archive, &counts)?;
                Ok::<_, TestkitError>(archive)
            });
            archives.push(checked.await.map_err(stopped)??);
            self.watch.step(Stage::Verifying);
        }
        self.watch.end(Stage::Verifying);
        expect_result(
            &self.setting,
            &counts,
            self.organiser.result(&prepared.appraisal).await?,
        )?;
        // An urn into which nobody put anything is never opened.
        if self
            .plan
            .raters
            .iter()
            .any(|rater| rater.opinions.is_some())
        {
            self.expect_opinions(&prepared.appraisal).await?;
        }
        Ok(archives)
    }

    async fn expect_opinions(&self, appraisal: &str) -> Result<(), TestkitError> {
        let expected = self.plan.opinions(self.setting.units.len());
        let view: OpinionsView = read(self.organiser.opinions(appraisal).await?)?;
        if view.unreadable != 0 {
            return Err(wrong(format!(
                "{} opinions cannot be read",
                view.unreadable
            )));
        }
        for (index, expected) in expected.iter().enumerate() {
            let code = Setting::presenter_code(index);
            let found = view
                .presenters
                .iter()
                .find(|presenter| presenter.code == code);
            let mut texts = found.map(|found| found.texts.clone()).unwrap_or_default();
            texts.sort_unstable();
            if texts != *expected {
                return Err(wrong(format!(
                    "{code} has {} opinions, {} were written",
                    texts.len(),
                    expected.len()
                )));
            }
        }
        Ok(())
    }
}

/// Downloads a board and, of an opened box, its proofs.
///
/// # Errors
/// No answer, or not there.
pub async fn download(http: &Http, uuid: &str, opened: bool) -> Result<Archive, TestkitError> {
    let board = patient_download(http, &format!("/board/{uuid}.bel")).await?;
    let proofs = if opened {
        let path = format!("/board/{uuid}.proofs.json");
        Some(patient_download(http, &path).await?)
    } else {
        None
    };
    Ok(Archive {
        uuid: uuid.to_owned(),
        board,
        proofs,
    })
}

async fn patient_download(http: &Http, path: &str) -> Result<Vec<u8>, TestkitError> {
    let bytes = patiently(40, || async { http.download(&Auth::Nobody, path).await }).await?;
    Ok(bytes.to_vec())
}

/// The board must verify, and its result must be the planned counts. A box that was not opened must hold no result.
///
/// # Errors
/// [`TestkitError::WrongResult`].
pub fn expect_board(archive: &Archive, counts: &Counts) -> Result<(), TestkitError> {
    let mut content = Vec::new();
    let mut result = None;
    for record in ArchiveReader::new(archive.board.as_slice()).map_err(wrong)? {
        let record = record.map_err(wrong)?;
        match record.entry {
            Entry::Event(event) if event.kind == EventType::Result => {
                result = Some(std::mem::take(&mut content));
            }
            _ => content = record.content,
        }
    }
    let Some(result) = result else {
        return match archive.proofs {
            None => Ok(()),
            Some(_) => Err(wrong(format!("{} holds no result", archive.uuid))),
        };
    };
    let result =
        ElectionResult::parse(std::str::from_utf8(&result).map_err(wrong)?).map_err(wrong)?;
    let found: Counts = result
        .result
        .iter()
        .map(|row| row.iter().map(|number| number.get()).collect())
        .collect();
    match first_difference(&found, counts) {
        None => Ok(()),
        Some(place) => Err(wrong(format!("box {}, {place}", archive.uuid))),
    }
}

/// Every acknowledged ballot must stand on its board, where its receipt says, and nothing else may stand there.
///
/// # Errors
/// [`TestkitError::WrongResult`] naming the first ballot that is lost, moved, doubled or strange.
pub fn expect_receipts(
    archives: &[Archive],
    receipts: &[Acknowledged],
) -> Result<(), TestkitError> {
    for (category, archive) in archives.iter().enumerate() {
        let mut standing = HashMap::new();
        for record in ArchiveReader::new(archive.board.as_slice()).map_err(wrong)? {
            let record = record.map_err(wrong)?;
            if let Entry::Event(event) = record.entry
                && event.kind == EventType::Ballot
            {
                let ballot = event.payload.map(|hash| hash.hex()).unwrap_or_default();
                if standing
                    .insert(ballot, (event.height, record.hash.hex()))
                    .is_some()
                {
                    return Err(wrong(format!("box {} holds a ballot twice", archive.uuid)));
                }
            }
        }
        let mine = receipts
            .iter()
            .filter(|receipt| receipt.category == category);
        for Acknowledged { cast, .. } in mine {
            let place = standing.remove(&cast.tracker.hex());
            if place.as_ref() != Some(&(cast.receipt.height, cast.receipt.event.clone())) {
                return Err(wrong(format!(
                    "box {}: {:?} was acknowledged, the board has {place:?}",
                    archive.uuid, cast.receipt
                )));
            }
        }
        if !standing.is_empty() {
            return Err(wrong(format!(
                "box {} holds {} ballots nobody cast",
                archive.uuid,
                standing.len()
            )));
        }
    }
    Ok(())
}

/// The announced result must show the planned counts and exactly the score that domain.md §8 makes of them.
///
/// # Errors
/// [`TestkitError::WrongResult`].
pub fn expect_result(
    setting: &Setting,
    counts: &[Counts],
    view: Value,
) -> Result<(), TestkitError> {
    let view: ResultView = read(view)?;
    let items = setting.items.len();
    for (index, expected) in scores(setting, counts).into_iter().enumerate() {
        let code = Setting::presenter_code(index);
        let table = view.tables.iter().find(|table| table.code == code);
        let table = table.ok_or_else(|| wrong(format!("{code} is missing")))?;
        let announced = table
            .score
            .as_ref()
            .map(|score| fraction(&score.fraction))
            .transpose()?;
        if announced != expected {
            return Err(wrong(format!(
                "{code} is announced with {announced:?}, the marks give {expected:?}"
            )));
        }
        for (category, counts) in setting.categories.iter().zip(counts) {
            if category.raters < setting.minimum {
                continue;
            }
            let letter = category.code.to_string();
            let shown = table.categories.iter().find(|shown| shown.code == letter);
            let shown = shown.ok_or_else(|| wrong(format!("{code} lacks category {letter}")))?;
            let expected = counts[index * items..(index + 1) * items].to_vec();
            if let Some(place) = first_difference(&shown.counts, &expected) {
                return Err(wrong(format!("{code}, category {letter}, {place}")));
            }
        }
    }
    Ok(())
}

fn first_difference(found: &Counts, expected: &Counts) -> Option<String> {
    if found.len() != expected.len() {
        return Some(format!(
            "{} rows instead of {}",
            found.len(),
            expected.len()
        ));
    }
    let mut rows = found.iter().zip(expected).enumerate();
    rows.find(|(_, (found, expected))| found != expected)
        .map(|(row, (found, expected))| {
            format!("row {row} counts {found:?}, the marks give {expected:?}")
        })
}

fn fraction(text: &str) -> Result<BigRational, TestkitError> {
    text.parse()
        .map_err(|_| wrong(format!("\"{text}\" is no fraction")))
}

fn read<T: serde::de::DeserializeOwned>(value: Value) -> Result<T, TestkitError> {
    serde_json::from_value(value).map_err(wrong)
}

#[expect(clippy::needless_pass_by_value, reason = "made for map_err")]
fn wrong(reason: impl ToString) -> TestkitError {
    TestkitError::WrongResult(reason.to_string())
}
