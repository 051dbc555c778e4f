//! Evidence: pictures and files of an entry or a matter. Who may write the record may add and take away while it may be
//! changed; what a report named as proof stays.

mod embedded;
mod keeping;
mod owner;
mod package;
mod picture;
mod prepare;
#[cfg(test)]
mod tests;

pub(crate) use keeping::KeptFile;
pub use owner::EvidenceOwner;
pub(super) use owner::takes_files;
pub(crate) use package::PPTX;
pub(crate) use prepare::{Prepared, called};

use bytes::Bytes;
use pingyi_domain::audit::AuditEvent;
use pingyi_domain::record::{Check, EvidenceId, FieldProblem};
use pingyi_store::repo::evidence::{self, EvidenceRow};

use super::hand::Hand;
use crate::{App, AppError, Result};
use owner::Bench;

/// The most bytes of a file (docs/record-contract.md §7).
pub const MAX_EVIDENCE_BYTES: usize = 20 << 20;
/// The most files of one entry or matter.
pub const MAX_EVIDENCE_FILES: usize = 50;

/// Why a file is not kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub(super) enum Refused {
    /// Nothing in it.
    #[error("evidence_empty")]
    Empty,
    /// None of the kinds.
    #[error("evidence_kind")]
    Kind,
    /// A photograph in the form of iPhones.
    #[error("evidence_heic")]
    Heic,
    /// Word or Excel of before 2007, or locked with a password.
    #[error("evidence_old_office")]
    OldOffice,
    /// It holds a program.
    #[error("evidence_macro")]
    Macro,
    /// It cannot be read to its end.
    #[error("evidence_damaged")]
    Damaged,
    /// More points than are decoded.
    #[error("evidence_pixels")]
    Pixels,
    /// The record has as many as it may have.
    #[error("evidence_many")]
    Many,
}

impl From<Refused> for AppError {
    fn from(why: Refused) -> Self {
        Self::Fields(vec![FieldProblem {
            field: "file".to_owned(),
            rule: why.to_string(),
        }])
    }
}

/// A file as it is sent to who asked for it.
#[derive(Debug, Clone)]
pub struct EvidenceFile {
    /// Name.
    pub name: String,
    /// Media type.
    pub media: String,
    /// SHA-256, which never changes for one id.
    pub sha256: String,
    /// What it holds.
    pub content: Bytes,
}

impl App {
    /// What is known of a file.
    ///
    /// # Errors
    /// [`AppError::NotFound`], [`AppError::NotYourUnit`].
    pub async fn evidence(&self, hand: &Hand, id: &EvidenceId) -> Result<EvidenceRow> {
        let mut view = self.store().read().await?;
        let row = evidence::by_id(&mut view, id.as_str()).await?;
        let row = row.ok_or(AppError::NotFound)?;
        let bench = Bench::of(&mut view, &EvidenceOwner::of(&row)?).await?;
        hand.sees(&bench.place)?;
        Ok(row)
    }

    /// A file, or its small rendition. What was spoilt in the store is not handed out.
    ///
    /// # Errors
    /// [`AppError::NotFound`], [`AppError::NotYourUnit`], [`AppError::FileMissing`], [`AppError::FileChanged`].
    pub async fn evidence_file(&self, row: &EvidenceRow, small: bool) -> Result<EvidenceFile> {
        let (sha256, media) = match (&row.thumb, small) {
            (Some(thumb), true) => (thumb, "image/jpeg"),
            (None, true) => return Err(AppError::NotFound),
            (_, false) => (&row.sha256, row.media.as_str()),
        };
        let digest = sha256.parse().map_err(AppError::internal)?;
        Ok(EvidenceFile {
            name: row.name.clone(),
            media: media.to_owned(),
            sha256: sha256.clone(),
            content: self.file(&digest).await?,
        })
    }

    /// Says in words what a file shows.
    ///
    /// # Errors
    /// [`AppError::Fields`], [`AppError::NotFound`], [`AppError::NotYourUnit`], [`AppError::WrongState`],
    /// [`AppError::OldVersion`].
    pub async fn describe_evidence(
        &self,
        hand: &Hand,
        id: &EvidenceId,
        version: i64,
        caption: &str,
    ) -> Result<()> {
        let mut check = Check::default();
        let caption = check.text("caption", caption, 0..=120);
        let caption = check.done(Some(caption))?;
        let mut tx = self.store().begin().await?;
        let row = evidence::by_id(&mut tx, id.as_str()).await?;
        let row = row.ok_or(AppError::NotFound)?;
        let owner = EvidenceOwner::of(&row)?;
        Bench::of(&mut tx, &owner).await?.writes(hand)?;
        if row.version != version {
            return Err(AppError::OldVersion);
        }
        if row.caption == caption {
            return Ok(());
        }
        if !evidence::describe(&mut tx, id.as_str(), version, &caption).await? {
            return Err(AppError::OldVersion);
        }
        let event = AuditEvent::EvidenceDescribed {
            name: row.name,
            caption,
        };
        self.record(&mut tx, hand.actor(), owner.id(), &event)
            .await?;
        tx.commit().await?;
        Ok(())
    }
}
