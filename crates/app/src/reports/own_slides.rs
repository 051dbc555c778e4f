//! Slides that a unit brings along instead of those made of its report: PDF, or pptx by way of `LibreOffice`. The hall shows
//! what was uploaded in the appraisal, else these, else those made of the report.

use bytes::Bytes;
use pingyi_domain::audit::AuditEvent;
use pingyi_domain::record::{FieldProblem, ReportId};
use pingyi_domain::{Actor, Digest, PresenterCode};
use pingyi_store::repo::office::OwnSlidesRow;
use pingyi_store::repo::{reports, slides, units};
use pingyi_store::{Conn, Tx, row};

use super::moves::is_shown;
use super::{Kept, kept};
use crate::followup::unit_of;
use crate::loaded::Loaded;
use crate::record::units::in_order;
use crate::record::{EvidenceFile, Hand, PPTX, called, name_of};
use crate::{App, AppError, Result};

/// Slides brought along with a report, and who may do what with them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OwnSlides {
    /// The file, where there is one.
    pub file: Option<OwnSlidesFile>,
    /// Whether who asks may bring others.
    pub may_bring: bool,
}

/// A file that was brought along.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OwnSlidesFile {
    /// Its name.
    pub name: String,
    /// Whether it was a pptx.
    pub converted: bool,
    /// Size of the PDF in bytes.
    pub bytes: i64,
    /// Whoever brought it, by name.
    pub by: String,
    /// Seconds since 1970.
    pub at: i64,
}

/// # Errors
/// [`AppError::Fields`] once the meeting that shows them is open or was.
async fn not_shown_yet(conn: &mut Conn, stored: &Kept) -> Result<()> {
    if !is_shown(conn, stored).await? {
        return Ok(());
    }
    Err(AppError::Fields(vec![FieldProblem {
        field: "file".to_owned(),
        rule: "own_slides_shown".to_owned(),
    }]))
}

/// The presenter who gets the stage gets the slides of their unit's report, where none were uploaded in the appraisal: from
/// then on they are the appraisal's, with its other papers in bundle and trail. Called again, they are as they are then
/// (the unit may bring others until the meeting is open).
pub(crate) async fn bring_own_slides(
    app: &App,
    tx: &mut Tx,
    actor: &Actor,
    (appraisal, code): (&Loaded, &PresenterCode),
) -> Result<()> {
    let there = slides::head(tx, &appraisal.id, code.as_str()).await?;
    if there.as_ref().is_some_and(|(_, brought)| !brought) {
        return Ok(());
    }
    let before = there.map(|(sha256, _)| sha256);
    let Some(row) = own_of(tx, appraisal, code).await? else {
        if before.is_some() {
            slides::remove(tx, &appraisal.id, code.as_str()).await?;
            let presenter = code.clone();
            let event = AuditEvent::SlidesRemoved { presenter };
            app.record(tx, actor, appraisal.id.as_str(), &event).await?;
        }
        return Ok(());
    };
    if before.as_ref() == Some(&row.sha256) {
        return Ok(());
    }
    let file: Digest = row.sha256.parse().map_err(AppError::internal)?;
    let original = (row.original != row.sha256).then_some(row.original);
    let content = match app.file(&file).await {
        Ok(content) => content.to_vec(),
        // A meeting goes on also when the file store does not answer.
        Err(error) => {
            tracing::error!(%error, %code, "slides brought along are not shown");
            return Ok(());
        }
    };
    let shown = (file.as_str(), content);
    slides::put(tx, &appraisal.id, code.as_str(), shown, true).await?;
    let event = AuditEvent::SlidesSet {
        presenter: code.clone(),
        file,
        original: original
            .map(|text| text.parse())
            .transpose()
            .map_err(AppError::internal)?,
    };
    app.record(tx, actor, appraisal.id.as_str(), &event).await
}

/// What was brought along with the report of a presenter's unit for the year of the appraisal.
async fn own_of(
    conn: &mut Conn,
    appraisal: &Loaded,
    code: &PresenterCode,
) -> Result<Option<OwnSlidesRow>> {
    let names = in_order(units::all(conn).await?)?;
    let presenter = appraisal.config.presenter(code);
    let Some(unit) = presenter.and_then(|presenter| unit_of(presenter, &names)) else {
        return Ok(None);
    };
    let rows = reports::of_unit(conn, unit.id.as_str()).await?;
    let year = i64::from(appraisal.config.year);
    let Some(report) = rows.into_iter().find(|row| row.year == year) else {
        return Ok(None);
    };
    Ok(row::by_id(conn, &report.id).await?)
}

impl App {
    /// The slides brought along with a report.
    ///
    /// # Errors
    /// [`AppError::NotFound`], [`AppError::NotYourUnit`].
    pub async fn own_slides(&self, hand: &Hand, id: &ReportId) -> Result<OwnSlides> {
        let mut view = self.store().read().await?;
        let stored = kept(&mut view, id).await?;
        hand.sees(stored.place())?;
        let found = row::by_id::<OwnSlidesRow>(&mut view, id.as_str()).await?;
        let file = match found {
            None => None,
            Some(row) => Some(OwnSlidesFile {
                converted: row.original != row.sha256,
                bytes: row.bytes,
                by: name_of(&mut view, &row.actor).await?,
                at: row.at,
                name: row.name,
            }),
        };
        let may_bring = hand.may_draft(stored.place()) && !is_shown(&mut view, &stored).await?;
        Ok(OwnSlides { file, may_bring })
    }

    /// Keeps slides that the unit brings along; those before go when these are whole.
    ///
    /// # Errors
    /// [`AppError::NotFound`], [`AppError::NotYourUnit`], [`AppError::Fields`] (`file`) once the meeting is open,
    /// [`AppError::Slides`], [`AppError::Convert`], [`AppError::DiskFull`].
    pub async fn bring_slides(
        &self,
        hand: &Hand,
        id: &ReportId,
        name: &str,
        file: Vec<u8>,
    ) -> Result<()> {
        let mut view = self.store().read().await?;
        let stored = kept(&mut view, id).await?;
        hand.drafts(stored.place())?;
        not_shown_yet(&mut view, &stored).await?;
        drop(view);
        let sent = Bytes::from(file);
        let made = self.shown_slides(sent.clone()).await?;
        let pdf = made.pdf;
        let media = if made.original.is_some() {
            PPTX
        } else {
            "application/pdf"
        };
        // As long as this is held, no sweep takes away what no row names yet.
        let uploading = self.0.sweeping.read().await;
        let original = self.files()?.put(sent.clone()).await?;
        let shown = self.files()?.put(pdf.clone()).await?;
        let row = OwnSlidesRow {
            id: id.to_string(),
            version: 1,
            name: called(name, media),
            original: original.to_string(),
            sha256: shown.to_string(),
            bytes: i64::try_from(pdf.len()).map_err(AppError::internal)?,
            actor: hand.actor().to_string(),
            at: self.now(),
        };
        let before = self.store_own_slides(hand, id, row).await?;
        // Another server may have swept before the row was there: what a row names now is put back.
        for (digest, content) in [(&original, sent), (&shown, pdf)] {
            if self.files()?.size(digest).await?.is_none() {
                self.files()?.put(content).await?;
            }
        }
        drop(uploading);
        match before {
            Some(before) => {
                self.forget_both(&before.original, Some(&before.sha256))
                    .await
            }
            None => Ok(()),
        }
    }

    async fn store_own_slides(
        &self,
        hand: &Hand,
        id: &ReportId,
        new: OwnSlidesRow,
    ) -> Result<Option<OwnSlidesRow>> {
        let mut tx = self.store().begin().await?;
        let stored = kept(&mut tx, id).await?;
        hand.drafts(stored.place())?;
        not_shown_yet(&mut tx, &stored).await?;
        let before = row::by_id::<OwnSlidesRow>(&mut tx, id.as_str()).await?;
        let event = AuditEvent::OwnSlidesBrought {
            name: new.name.clone(),
            file: new.sha256.parse().map_err(AppError::internal)?,
            original: new.original.parse().map_err(AppError::internal)?,
        };
        match &before {
            None => row::insert(&mut tx, &new).await?,
            Some(old) => {
                let new = OwnSlidesRow {
                    version: old.version,
                    ..new
                };
                if !row::update(&mut tx, &new).await? {
                    return Err(AppError::Busy);
                }
            }
        }
        self.record(&mut tx, hand.actor(), id.as_str(), &event)
            .await?;
        tx.commit().await?;
        Ok(before)
    }

    /// Takes them away; the hall then shows the slides made of the report.
    ///
    /// # Errors
    /// [`AppError::NotFound`], [`AppError::NotYourUnit`], [`AppError::Fields`] (`file`) once the meeting is open.
    pub async fn drop_own_slides(&self, hand: &Hand, id: &ReportId) -> Result<()> {
        let mut tx = self.store().begin().await?;
        let stored = kept(&mut tx, id).await?;
        hand.drafts(stored.place())?;
        not_shown_yet(&mut tx, &stored).await?;
        let found = row::by_id::<OwnSlidesRow>(&mut tx, id.as_str()).await?;
        let found = found.ok_or(AppError::NotFound)?;
        if !row::delete::<OwnSlidesRow>(&mut tx, &found.id, found.version).await? {
            return Err(AppError::Busy);
        }
        let event = AuditEvent::OwnSlidesDropped {
            file: found.sha256.parse().map_err(AppError::internal)?,
        };
        self.record(&mut tx, hand.actor(), id.as_str(), &event)
            .await?;
        tx.commit().await?;
        self.forget_both(&found.original, Some(&found.sha256)).await
    }

    /// Their PDF, or the file as it was sent.
    ///
    /// # Errors
    /// [`AppError::NotFound`], [`AppError::NotYourUnit`], [`AppError::FileMissing`], [`AppError::FileChanged`].
    pub async fn own_slides_file(
        &self,
        hand: &Hand,
        id: &ReportId,
        as_sent: bool,
    ) -> Result<EvidenceFile> {
        let mut view = self.store().read().await?;
        let stored = kept(&mut view, id).await?;
        hand.sees(stored.place())?;
        let found = row::by_id::<OwnSlidesRow>(&mut view, id.as_str()).await?;
        let found = found.ok_or(AppError::NotFound)?;
        drop(view);
        let sent_pptx = as_sent && found.original != found.sha256;
        let (sha256, media) = if sent_pptx {
            (found.original, PPTX)
        } else {
            (found.sha256, "application/pdf")
        };
        let digest: Digest = sha256.parse().map_err(AppError::internal)?;
        Ok(EvidenceFile {
            name: called(&found.name, media),
            media: media.to_owned(),
            content: self.file(&digest).await?,
            sha256,
        })
    }
}
