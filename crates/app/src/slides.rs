//! The presenters' slides: PDF files, kept in the database.

use pingyi_domain::audit::AuditEvent;
use pingyi_domain::{Actor, AppraisalId, Digest, PresenterCode};
use pingyi_store::repo::slides;

use crate::events::Topic;
use crate::loaded::Loaded;
use crate::{App, AppError, HallSeat, Result};

/// The most bytes of a file (contract §3.2).
pub const MAX_SLIDES_BYTES: usize = 50 << 20;

impl App {
    /// Stores the slides of a presenter.
    ///
    /// # Errors
    /// [`AppError::Slides`] when the file is no PDF or too large, [`AppError::NotFound`].
    pub async fn put_slides(
        &self,
        actor: &Actor,
        id: &AppraisalId,
        presenter: &PresenterCode,
        file: Vec<u8>,
    ) -> Result<()> {
        if file.len() > MAX_SLIDES_BYTES {
            return Err(AppError::Slides { code: "too_large" });
        }
        if !file.starts_with(b"%PDF-") {
            return Err(AppError::Slides { code: "not_pdf" });
        }
        let digest = Digest::of(&file);
        let mut tx = self.store().begin().await?;
        let appraisal = Loaded::lock(&mut tx, id).await?;
        appraisal
            .config
            .presenter(presenter)
            .ok_or(AppError::NotFound)?;
        slides::put(&mut tx, id, presenter.as_str(), digest.as_str(), file).await?;
        let event = AuditEvent::SlidesSet {
            presenter: presenter.clone(),
            file: digest,
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
    /// [`AppError::NotFound`].
    pub async fn remove_slides(
        &self,
        actor: &Actor,
        id: &AppraisalId,
        presenter: &PresenterCode,
    ) -> Result<()> {
        let mut tx = self.store().begin().await?;
        Loaded::lock(&mut tx, id).await?;
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
