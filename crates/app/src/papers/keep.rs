//! Making a paper and keeping it: the file by its hash, the row with what it was made from. Same data, same bytes, same
//! row.

use bytes::Bytes;
use pingyi_domain::AppraisalId;
use pingyi_domain::audit::AuditEvent;
use pingyi_domain::record::{PaperId, UnitId};
use pingyi_domain::{Digest, canonical_json};
use pingyi_papers::{Paper, PaperKind};
use pingyi_store::repo::papers::{self, PaperRow};
use pingyi_store::repo::units::UnitRow;
use pingyi_store::{Conn, StoreError, row};

use super::facts::Facts;
use super::fault::PaperFault;
use super::which::{PaperFormat, Sheet, Wanted};
use super::{letter, meeting, sheets};
use crate::loaded::Loaded;
use crate::record::Hand;
use crate::{App, AppError, Result};

/// A paper with what its page shows.
#[derive(Debug, Clone)]
pub struct PaperView {
    /// What it says now.
    pub paper: Paper,
    /// What was made of it, the latest first.
    pub made: Vec<PaperRow>,
}

/// A paper's file as it is sent.
#[derive(Debug, Clone)]
pub struct PaperFile {
    /// What is known of it.
    pub row: PaperRow,
    /// What it holds.
    pub content: Bytes,
}

/// The file of a paper, before it is kept.
struct File {
    content: Bytes,
    pages: Option<i64>,
}

impl App {
    /// A paper as it would be made now, and what was made of it before.
    ///
    /// # Errors
    /// [`AppError::NotFound`], [`AppError::NotYourUnit`], [`AppError::WrongState`] before the count.
    pub async fn paper(&self, hand: &Hand, wanted: &Wanted) -> Result<PaperView> {
        let wanted = &self.narrowed(hand, wanted).await?;
        let facts = self.facts_of(hand, wanted).await?;
        let paper = self.filled(hand, wanted, facts.as_ref()).await?;
        let mut view = self.store().read().await?;
        let made = papers::of_place(&mut view, &wanted.place()).await?;
        Ok(PaperView { paper, made })
    }

    /// Of the highest unit who asks may see, where none is named: so that nobody's papers stand beside those of somebody
    /// who sees more.
    async fn narrowed(&self, hand: &Hand, wanted: &Wanted) -> Result<Wanted> {
        let mut wanted = wanted.clone();
        if let Some(unit) = wanted.unit_mut() {
            let (top, _) = self.top(hand, unit.as_ref()).await?;
            *unit = Some(top.id);
        }
        Ok(wanted)
    }

    /// What is stored of the appraisal of a paper, read once for all that is asked of it.
    pub(super) async fn facts_of(&self, hand: &Hand, wanted: &Wanted) -> Result<Option<Facts>> {
        match wanted {
            Wanted::Of(id, _) => {
                hand.decides()?;
                Ok(Some(self.facts(id).await?))
            }
            _ => Ok(None),
        }
    }

    /// The paper, filled from what is stored.
    pub(super) async fn filled(
        &self,
        hand: &Hand,
        wanted: &Wanted,
        facts: Option<&Facts>,
    ) -> Result<Paper> {
        Ok(match wanted {
            Wanted::Of(_, sheet) => {
                let facts = facts.ok_or(AppError::internal("a paper without its appraisal"))?;
                self.of_appraisal(facts, sheet).await?
            }
            Wanted::Report(id) => self.report_paper(hand, id).await?,
            Wanted::Deck(id) => Paper::Deck(self.report_deck(hand, id).await?),
            Wanted::Coverage(unit, on) => {
                Paper::Coverage(self.coverage_paper(hand, unit.as_ref(), *on).await?)
            }
            Wanted::YearBook(unit, year) => {
                Paper::YearBook(self.year_book_paper(hand, unit, *year).await?)
            }
            Wanted::List(list, unit) => {
                Paper::FollowUpList(self.list_paper(hand, *list, unit.as_ref()).await?)
            }
            Wanted::Digest(unit, year, month) => {
                let month = (*year, *month);
                Paper::Digest(self.digest_paper(hand, unit.as_ref(), month).await?)
            }
        })
    }

    async fn of_appraisal(&self, facts: &Facts, sheet: &Sheet) -> Result<Paper> {
        Ok(match sheet {
            Sheet::Result => Paper::ResultSheet(sheets::result_sheet(facts)?),
            Sheet::Summary => Paper::SummaryTable(sheets::summary_table(facts)),
            Sheet::Minutes => Paper::Minutes(meeting::minutes(facts)),
            Sheet::Brief => Paper::PressBrief(meeting::press_brief(facts)),
            Sheet::Circular => Paper::Circular(meeting::circular(facts)),
            Sheet::List(list) => Paper::FollowUpList(self.appraisal_list(facts, *list).await?),
            Sheet::Letter(code) => {
                Paper::FeedbackLetter(letter::feedback_letter(facts, code.as_ref())?)
            }
        })
    }

    /// Makes a paper in a format and keeps it; the one that is there already where nothing has changed since.
    ///
    /// # Errors
    /// As [`App::paper`]; [`AppError::Paper`] when it can not be made, and then nothing is kept;
    /// [`AppError::Invalid`] for a format this kind is not made in.
    pub async fn make_paper(
        &self,
        hand: &Hand,
        wanted: &Wanted,
        format: PaperFormat,
    ) -> Result<PaperId> {
        let wanted = &self.narrowed(hand, wanted).await?;
        let facts = self.facts_of(hand, wanted).await?;
        let paper = self.filled(hand, wanted, facts.as_ref()).await?;
        let paper = paper.checked()?;
        if !PaperFormat::of(paper.kind()).contains(&format) {
            return Err(AppError::Invalid {
                field: "format",
                rule: "paper_format",
            });
        }
        may_be_made(wanted, facts.as_ref())?;
        let file = self.file_of(&paper, format).await?;
        // As long as this is held, no sweep takes away what no row names yet.
        let _uploading = self.0.sweeping.read().await;
        let digest = self.files()?.put(file.content.clone()).await?;
        let row = self.paper_row(hand, wanted, &paper, (format, &file, &digest))?;
        let row = PaperRow {
            unit: self.unit_of_paper(wanted, facts.as_ref()).await?,
            ..row
        };
        let id = self.store_paper(hand, wanted, &row).await?;
        // Another server may have swept in between: what a row names now is put back.
        if self.files()?.size(&digest).await?.is_none() {
            self.files()?.put(file.content).await?;
        }
        Ok(id)
    }

    /// The bytes of a paper in a format.
    async fn file_of(&self, paper: &Paper, format: PaperFormat) -> Result<File> {
        let write = match format {
            PaperFormat::Pdf => {
                let pressed = self.press(paper).await?;
                return Ok(File {
                    content: pressed.pdf,
                    pages: Some(i64::from(pressed.pages)),
                });
            }
            PaperFormat::Docx => pingyi_office::docx,
            PaperFormat::Xlsx => pingyi_office::xlsx,
        };
        let paper = paper.clone();
        let written = tokio::task::spawn_blocking(move || write(&paper)).await;
        let written = written.map_err(AppError::internal)?;
        Ok(File {
            content: Bytes::from(written.map_err(PaperFault::from)?),
            pages: None,
        })
    }

    fn paper_row(
        &self,
        hand: &Hand,
        wanted: &Wanted,
        paper: &Paper,
        (format, file, digest): (PaperFormat, &File, &Digest),
    ) -> Result<PaperRow> {
        let (appraisal, presenter) = match wanted {
            Wanted::Of(id, Sheet::Letter(code)) => (Some(id.to_string()), code.to_string()),
            Wanted::Of(id, _) => (Some(id.to_string()), String::new()),
            _ => (None, String::new()),
        };
        Ok(PaperRow {
            id: PaperId::generate(&mut self.rng()).into(),
            version: 1,
            given_at: None,
            place: wanted.place(),
            kind: paper.kind().name().to_owned(),
            format: format.name().to_owned(),
            appraisal,
            presenter,
            unit: None,
            title: paper.title(),
            data: paper.hash().to_string(),
            input: canonical_json(paper),
            sha256: digest.to_string(),
            bytes: i64::try_from(file.content.len()).map_err(AppError::internal)?,
            pages: file.pages,
            actor: hand.actor().to_string(),
            at: self.now(),
        })
    }

    /// The unit a paper is about; a letter's is the one its presenter leads.
    async fn unit_of_paper(
        &self,
        wanted: &Wanted,
        facts: Option<&Facts>,
    ) -> Result<Option<String>> {
        Ok(match wanted {
            Wanted::Of(_, Sheet::Letter(code)) => facts.and_then(|facts| {
                let mut tables = facts.result.tables.iter();
                let table = tables.find(|table| table.code == *code)?;
                facts.unit_of(table).map(UnitId::into)
            }),
            Wanted::Of(..) => None,
            Wanted::YearBook(unit, _) => Some(unit.to_string()),
            Wanted::Report(id) | Wanted::Deck(id) => Some(self.report_unit(id).await?.to_string()),
            Wanted::Coverage(unit, _) | Wanted::List(_, unit) | Wanted::Digest(unit, ..) => {
                unit.as_ref().map(ToString::to_string)
            }
        })
    }

    /// Stores the row, or gives the one that says the same.
    async fn store_paper(&self, hand: &Hand, wanted: &Wanted, made: &PaperRow) -> Result<PaperId> {
        let mut tx = self.store().begin().await?;
        if let Some(id) = &made.appraisal {
            let id: AppraisalId = id.parse().map_err(AppError::internal)?;
            Loaded::lock(&mut tx, &id).await?;
        }
        if let Some(same) = papers::same(&mut tx, made).await? {
            return same.id.parse().map_err(AppError::internal);
        }
        match row::insert(&mut tx, made).await {
            // Somebody made the same in this moment.
            Err(StoreError::Conflict) => {
                drop(tx);
                let mut view = self.store().read().await?;
                let same = papers::same(&mut view, made).await?;
                let same = same.ok_or(AppError::Busy)?;
                return same.id.parse().map_err(AppError::internal);
            }
            other => other?,
        }
        let event = AuditEvent::PaperMade {
            place: made.place.clone(),
            format: made.format.clone(),
            data: made.data.parse().map_err(AppError::internal)?,
            file: made.sha256.parse().map_err(AppError::internal)?,
        };
        let subject = match wanted {
            // So that a report's own trail tells of its documents.
            Wanted::Report(id) => Some(id.as_str()),
            _ => made.appraisal.as_deref().or(made.unit.as_deref()),
        };
        self.record(&mut tx, hand.actor(), subject.unwrap_or_default(), &event)
            .await?;
        tx.commit().await?;
        made.id.parse().map_err(AppError::internal)
    }

    /// The papers of an appraisal, of each kind the latest first.
    ///
    /// # Errors
    /// [`AppError::NotYourUnit`] for anybody but the office, [`AppError::NotFound`], [`AppError::WrongState`].
    pub async fn papers_of(&self, hand: &Hand, id: &AppraisalId) -> Result<Vec<PaperRow>> {
        hand.decides()?;
        let mut view = self.store().read().await?;
        let appraisal = Loaded::read(&mut view, id).await?;
        if appraisal.state.counted().is_none() {
            return appraisal.wrong_state();
        }
        Ok(papers::of_appraisal(&mut view, id.as_str()).await?)
    }

    /// A paper that was made, for who may read it: a letter for the office, the leaders, and once it was handed over whom
    /// it is written to; another paper of an appraisal for office and leaders (leaders both from release or keeping on);
    /// one of the record for who sees its unit.
    ///
    /// # Errors
    /// [`AppError::NotFound`], [`AppError::NotYourUnit`], [`AppError::FileMissing`], [`AppError::FileChanged`].
    pub async fn paper_file(&self, hand: &Hand, id: &PaperId) -> Result<PaperFile> {
        let row = self.paper_made(hand, id).await?;
        let digest = row.sha256.parse().map_err(AppError::internal)?;
        let content = self.file(&digest).await?;
        Ok(PaperFile { row, content })
    }

    /// What is known of a paper that was made.
    ///
    /// # Errors
    /// As [`App::paper_file`], without its file.
    pub async fn paper_made(&self, hand: &Hand, id: &PaperId) -> Result<PaperRow> {
        let mut view = self.store().read().await?;
        let made = row::by_id::<PaperRow>(&mut view, id.as_str()).await?;
        let made = made.ok_or(AppError::NotFound)?;
        if hand.is_office() {
            return Ok(made);
        }
        if hand.is_leader() {
            return seen_by_leaders(&mut view, made).await;
        }
        let letter = made.kind == PaperKind::FeedbackLetter.name();
        let unit: Option<UnitId> = made
            .unit
            .as_deref()
            .map(str::parse)
            .transpose()
            .map_err(AppError::internal)?;
        if letter {
            let own = unit.is_some_and(|unit| hand.presents(&unit));
            return if own && made.given_at.is_some() {
                Ok(made)
            } else {
                Err(AppError::NotYourUnit)
            };
        }
        if made.appraisal.is_some() {
            return Err(AppError::NotYourUnit);
        }
        let unit = unit.ok_or(AppError::NotYourUnit)?;
        let row = row::by_id::<UnitRow>(&mut view, unit.as_str()).await?;
        let row = row.ok_or(AppError::NotFound)?;
        hand.sees(&row.path.parse().map_err(AppError::internal)?)?;
        Ok(made)
    }

    /// Hands the letters to whom they are written to: of each presenter the one made last. To how many.
    ///
    /// # Errors
    /// [`AppError::NotYourUnit`], [`AppError::NotFound`], [`AppError::WrongState`] before the result is released or kept,
    /// [`AppError::Invalid`] while none was made.
    pub async fn give_letters(&self, hand: &Hand, id: &AppraisalId) -> Result<usize> {
        hand.decides()?;
        let facts = self.facts(id).await?;
        let mut tx = self.store().begin().await?;
        let appraisal = Loaded::lock(&mut tx, id).await?;
        if !appraisal.state.shows_opinions() {
            return appraisal.wrong_state();
        }
        let rows = papers::of_appraisal(&mut tx, id.as_str()).await?;
        let mut seen: Vec<String> = Vec::new();
        let mut given = Vec::new();
        let letter = |row: &PaperRow| row.kind == PaperKind::FeedbackLetter.name();
        for made in rows.into_iter().filter(letter) {
            if seen.contains(&made.presenter) {
                continue;
            }
            seen.push(made.presenter.clone());
            if made.given_at.is_some() {
                continue;
            }
            if !still_says(&facts, &made)? {
                return Err(AppError::Invalid {
                    field: "letters",
                    rule: "letters_stale",
                });
            }
            let handed = PaperRow {
                given_at: Some(self.now()),
                ..made
            };
            if !row::update(&mut tx, &handed).await? {
                return Err(AppError::Busy);
            }
            given.push(handed.presenter.parse().map_err(AppError::internal)?);
        }
        if seen.is_empty() {
            return Err(AppError::Invalid {
                field: "letters",
                rule: "no_letters",
            });
        }
        let count = given.len();
        if count > 0 {
            let event = AuditEvent::LettersGiven { presenters: given };
            self.record(&mut tx, hand.actor(), id.as_str(), &event)
                .await?;
        }
        tx.commit().await?;
        Ok(count)
    }

    /// The letters handed to who asks, the latest first.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn own_letters(&self, hand: &Hand) -> Result<Vec<PaperRow>> {
        let Some(unit) = hand.presents_for() else {
            return Ok(Vec::new());
        };
        let mut view = self.store().read().await?;
        Ok(papers::given_to(&mut view, unit.as_str()).await?)
    }
}

/// Leaders read what is made of a result once it is released or kept, not the office's preview of it.
async fn seen_by_leaders(conn: &mut Conn, made: PaperRow) -> Result<PaperRow> {
    if let Some(id) = &made.appraisal {
        let id: AppraisalId = id.parse().map_err(AppError::internal)?;
        if !Loaded::read(conn, &id).await?.state.shows_opinions() {
            return Err(AppError::NotYourUnit);
        }
    }
    Ok(made)
}

/// A letter waits while a leader has still to say whether an opinion on its presenter is struck.
pub(super) fn may_be_made(wanted: &Wanted, facts: Option<&Facts>) -> Result<()> {
    if let (Wanted::Of(_, Sheet::Letter(code)), Some(facts)) = (wanted, facts)
        && facts.strike_waits(code.as_ref())
    {
        return Err(AppError::Invalid {
            field: "opinions",
            rule: "strike_waits",
        });
    }
    Ok(())
}

/// Whether a letter holds the opinions that stand now, and no other: one may have been struck since it was made.
fn still_says(facts: &Facts, made: &PaperRow) -> Result<bool> {
    let Paper::FeedbackLetter(kept) = Paper::from_json(&made.input)? else {
        return Ok(false);
    };
    let (opinions, struck) = facts.opinions_on(&made.presenter);
    let kept_texts: Vec<String> = kept
        .opinions
        .into_iter()
        .flat_map(|one| one.texts)
        .collect();
    let waits = facts.strike_waits(&made.presenter);
    Ok(!waits && kept_texts == opinions && kept.struck == struck)
}
