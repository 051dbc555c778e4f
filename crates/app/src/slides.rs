//! The presenters' slides: PDF files, kept in the database. A pptx is converted when it comes in.

use bytes::Bytes;
use pingyi_domain::audit::AuditEvent;
use pingyi_domain::stage::Scene;
use pingyi_domain::{Actor, AppraisalId, Digest, PresenterCode};
use pingyi_office::{Unfit, check_pptx};
use pingyi_store::Conn;
use pingyi_store::repo::slides;

use crate::appraisal_view::stage_of;
use crate::events::Topic;
use crate::loaded::Loaded;
use crate::{App, AppError, HallSeat, Result};

/// The most bytes of a file (contract §3.2).
pub const MAX_SLIDES_BYTES: usize = 50 << 20;

/// Why slides are not taken.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SlidesFault {
    /// More than [`MAX_SLIDES_BYTES`], as they came or as a PDF.
    #[error("the file is too large")]
    TooLarge,
    /// Neither PDF nor pptx.
    #[error("the file is neither PDF nor pptx")]
    Kind,
    /// The presenter has the stage.
    #[error("the presenter has the stage")]
    OnStage,
    /// A pptx that is not opened; why.
    #[error(transparent)]
    Pptx(#[from] Unfit),
}

impl SlidesFault {
    /// The stable code.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::TooLarge => "slides_too_large",
            Self::Kind | Self::Pptx(Unfit::Kind) => "slides_kind",
            Self::OnStage => "slides_on_stage",
            Self::Pptx(unfit) => unfit.code(),
        }
    }
}

/// Slides as the hall shows them.
pub(crate) struct ShownSlides {
    pub pdf: Bytes,
    /// SHA-256 of the pptx they were made of.
    pub original: Option<Digest>,
}

/// Slides are set until the boxes close, and not under the hands of who speaks.
///
/// # Errors
/// [`AppError::NotFound`] unless the presenter is one of the appraisal, [`AppError::WrongState`], [`AppError::Slides`].
async fn settable(conn: &mut Conn, appraisal: &Loaded, presenter: &PresenterCode) -> Result<()> {
    let found = appraisal.config.presenter(presenter);
    found.ok_or(AppError::NotFound)?;
    if !appraisal.state.is_before_closing() {
        return appraisal.wrong_state();
    }
    let stage = stage_of(conn, appraisal).await?;
    let speaks = stage.scene == Scene::Speaker && stage.presenter.as_ref() == Some(presenter);
    // Before sealing the hall is only tried out.
    if speaks && appraisal.state.frozen().is_some() {
        return Err(SlidesFault::OnStage.into());
    }
    Ok(())
}

impl App {
    /// Makes of a file that came in what the hall shows.
    ///
    /// # Errors
    /// [`AppError::Slides`], [`AppError::Convert`].
    pub(crate) async fn shown_slides(&self, file: Bytes) -> Result<ShownSlides> {
        if file.len() > MAX_SLIDES_BYTES {
            return Err(SlidesFault::TooLarge.into());
        }
        if file.starts_with(b"%PDF-") {
            return Ok(ShownSlides {
                pdf: file,
                original: None,
            });
        }
        let place = self.in_line()?;
        let looked = file.clone();
        self.unpacking(move || Ok(check_pptx(&looked).map_err(SlidesFault::from)?))
            .await?;
        let original = Some(Digest::of(&file));
        let pdf = Bytes::from(self.convert(&place, &file).await?);
        if pdf.len() > MAX_SLIDES_BYTES {
            return Err(SlidesFault::TooLarge.into());
        }
        Ok(ShownSlides { pdf, original })
    }

    /// Stores the slides of a presenter: a PDF as it is, of a pptx the PDF that `LibreOffice` makes of it. What was there
    /// stays until the new ones are whole.
    ///
    /// # Errors
    /// [`AppError::Slides`], [`AppError::Convert`], [`AppError::NotFound`], [`AppError::WrongState`] once the boxes are closed.
    pub async fn put_slides(
        &self,
        actor: &Actor,
        id: &AppraisalId,
        presenter: &PresenterCode,
        file: Vec<u8>,
    ) -> Result<()> {
        let mut view = self.store().read().await?;
        let appraisal = Loaded::read(&mut view, id).await?;
        settable(&mut view, &appraisal, presenter).await?;
        drop(view);
        let made = self.shown_slides(file.into()).await?;
        let digest = Digest::of(&made.pdf);
        let mut tx = self.store().begin().await?;
        let appraisal = Loaded::lock(&mut tx, id).await?;
        settable(&mut tx, &appraisal, presenter).await?;
        let file = (digest.as_str(), made.pdf.into());
        slides::put(&mut tx, id, presenter.as_str(), file, false).await?;
        let event = AuditEvent::SlidesSet {
            presenter: presenter.clone(),
            file: digest,
            original: made.original,
        };
        self.record(&mut tx, actor, id.as_str(), &event).await?;
        tx.commit().await?;
        self.announce(id, &[Topic::Stage, Topic::Appraisal]);
        Ok(())
    }

    /// The slides of a presenter.
    ///
    /// # Errors
    /// [`AppError::NotFound`].
    pub async fn slides(&self, id: &AppraisalId, presenter: &PresenterCode) -> Result<Vec<u8>> {
        let mut view = self.store().read().await?;
        slides::get(&mut view, id, presenter.as_str())
            .await?
            .ok_or(AppError::NotFound)
    }

    /// The same for the hall screen.
    ///
    /// # Errors
    /// [`AppError::NotFound`].
    pub async fn hall_slides(&self, seat: &HallSeat, presenter: &PresenterCode) -> Result<Vec<u8>> {
        self.slides(&seat.appraisal, presenter).await
    }

    /// Takes the slides of a presenter away.
    ///
    /// # Errors
    /// [`AppError::NotFound`], [`AppError::WrongState`] once the boxes are closed, [`AppError::Slides`].
    pub async fn remove_slides(
        &self,
        actor: &Actor,
        id: &AppraisalId,
        presenter: &PresenterCode,
    ) -> Result<()> {
        let mut tx = self.store().begin().await?;
        let appraisal = Loaded::lock(&mut tx, id).await?;
        settable(&mut tx, &appraisal, presenter).await?;
        if !slides::remove(&mut tx, id, presenter.as_str()).await? {
            return Err(AppError::NotFound);
        }
        let event = AuditEvent::SlidesRemoved {
            presenter: presenter.clone(),
        };
        self.record(&mut tx, actor, id.as_str(), &event).await?;
        tx.commit().await?;
        self.announce(id, &[Topic::Stage, Topic::Appraisal]);
        Ok(())
    }
}
