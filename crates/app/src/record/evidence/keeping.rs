//! Adding files and taking them away.

use bytes::Bytes;
use pingyi_domain::Digest;
use pingyi_domain::audit::AuditEvent;
use pingyi_domain::record::EvidenceId;
use pingyi_store::Tx;
use pingyi_store::repo::evidence::{self, EvidenceRow};

use super::owner::Bench;
use super::prepare::{Prepared, prepare};
use super::{EvidenceOwner, MAX_EVIDENCE_FILES, Refused};
use crate::record::Hand;
use crate::{App, AppError, Result};

/// A prepared file with what it lies under.
pub(crate) struct KeptFile {
    pub(crate) made: Prepared,
    pub(crate) digest: Digest,
    pub(crate) thumb: Option<Digest>,
}

impl App {
    /// Keeps a file as evidence. Pictures are written anew; the file is in the store before its row is in the database.
    /// The same file twice on one record is one.
    ///
    /// # Errors
    /// [`AppError::NotFound`], [`AppError::NotYourUnit`], [`AppError::WrongState`] before the file is looked at;
    /// [`AppError::Fields`] (field `file`) for a file that is not kept, [`AppError::DiskFull`].
    pub async fn add_evidence(
        &self,
        hand: &Hand,
        owner: &EvidenceOwner,
        name: &str,
        content: Vec<u8>,
    ) -> Result<EvidenceId> {
        let mut view = self.store().read().await?;
        Bench::of(&mut view, owner).await?.writes(hand)?;
        drop(view);
        let made = self.prepared(name, content).await?;
        // As long as this is held, no sweep takes away what no row names yet.
        let _uploading = self.0.sweeping.read().await;
        let kept = self.put_prepared(made).await?;
        let id = self.store_evidence(hand, owner, &kept).await?;
        self.still_kept(&kept).await?;
        Ok(id)
    }

    /// Lays a file and its small rendition into the store.
    pub(crate) async fn put_prepared(&self, made: Prepared) -> Result<KeptFile> {
        let digest = self.files()?.put(Bytes::from(made.content.clone())).await?;
        let thumb = match &made.small {
            Some(small) => Some(self.files()?.put(Bytes::from(small.clone())).await?),
            None => None,
        };
        Ok(KeptFile {
            made,
            digest,
            thumb,
        })
    }

    /// Another server may have swept before the row was there: what a row names now is put back.
    pub(crate) async fn still_kept(&self, kept: &KeptFile) -> Result<()> {
        let small = kept.thumb.as_ref().zip(kept.made.small.as_ref());
        for (digest, content) in [Some((&kept.digest, &kept.made.content)), small]
            .into_iter()
            .flatten()
        {
            if self.files()?.size(digest).await?.is_none() {
                self.files()?.put(Bytes::from(content.clone())).await?;
            }
        }
        Ok(())
    }

    /// Looks at a file beside the other work, at most two at a time: a large picture takes half a gigabyte.
    pub(crate) async fn prepared(&self, name: &str, content: Vec<u8>) -> Result<Prepared> {
        let _place = self
            .0
            .looking
            .acquire()
            .await
            .map_err(|_| AppError::ShuttingDown)?;
        let name = name.to_owned();
        let made = tokio::task::spawn_blocking(move || prepare(&name, content)).await;
        // A decoder that gives up over a file made to break it must not take the request with it.
        Ok(made.map_err(|_| Refused::Damaged)??)
    }

    async fn store_evidence(
        &self,
        hand: &Hand,
        owner: &EvidenceOwner,
        kept: &KeptFile,
    ) -> Result<EvidenceId> {
        let mut tx = self.store().begin().await?;
        let bench = Bench::of(&mut tx, owner).await?;
        bench.writes(hand)?;
        let there = owner.files(&mut tx).await?;
        let same = |row: &&EvidenceRow| row.sha256 == kept.digest.as_str() && row.step.is_none();
        if let Some(row) = there.iter().find(same) {
            return row.id.parse().map_err(AppError::internal);
        }
        if there.len() >= MAX_EVIDENCE_FILES {
            return Err(Refused::Many.into());
        }
        let id = EvidenceId::generate(&mut self.rng());
        let place = there.iter().map(|row| row.place).max().unwrap_or(0) + 1;
        let row = EvidenceRow {
            place,
            ..self.row_of(hand, owner, kept, &id)?
        };
        evidence::insert(&mut tx, &row).await?;
        bench.touched(&mut tx).await?;
        let event = AuditEvent::EvidenceAdded {
            name: kept.made.name.clone(),
            file: kept.digest.clone(),
        };
        self.record(&mut tx, hand.actor(), owner.id(), &event)
            .await?;
        tx.commit().await?;
        Ok(id)
    }

    fn row_of(
        &self,
        hand: &Hand,
        owner: &EvidenceOwner,
        kept: &KeptFile,
        id: &EvidenceId,
    ) -> Result<EvidenceRow> {
        let (entry, matter) = match owner {
            EvidenceOwner::Entry(id) => (Some(id.to_string()), None),
            EvidenceOwner::Matter(id) => (None, Some(id.to_string())),
        };
        Ok(EvidenceRow {
            id: id.to_string(),
            entry,
            matter,
            step: None,
            name: kept.made.name.clone(),
            media: kept.made.media.to_owned(),
            bytes: i64::try_from(kept.made.content.len()).map_err(AppError::internal)?,
            sha256: kept.digest.to_string(),
            width: kept.made.width,
            height: kept.made.height,
            actor: hand.actor().to_string(),
            at: self.now(),
            version: 1,
            caption: String::new(),
            thumb: kept.thumb.as_ref().map(ToString::to_string),
            place: 0,
        })
    }

    /// Takes a file away, from the store too once nothing else names it. What a report named stays.
    ///
    /// # Errors
    /// [`AppError::NotFound`], [`AppError::NotYourUnit`], [`AppError::WrongState`], [`AppError::InUse`] for what a
    /// report named.
    pub async fn remove_evidence(&self, hand: &Hand, id: &EvidenceId) -> Result<()> {
        let mut tx = self.store().begin().await?;
        let row = evidence::by_id(&mut tx, id.as_str()).await?;
        let row = row.ok_or(AppError::NotFound)?;
        let owner = EvidenceOwner::of(&row)?;
        Bench::of(&mut tx, &owner).await?.writes(hand)?;
        self.drop_row(&mut tx, hand, &owner, &row).await?;
        tx.commit().await?;
        self.forget_both(&row.sha256, row.thumb.as_deref()).await
    }

    /// Takes a file and its small rendition out of the store, once nothing names them any more.
    pub(crate) async fn forget_both(&self, sha256: &str, thumb: Option<&str>) -> Result<()> {
        for sha256 in [Some(sha256), thumb].into_iter().flatten() {
            let digest = sha256.parse().map_err(AppError::internal)?;
            // The row is gone; what cannot be taken away now, the next sweep takes.
            if let Err(error) = self.forget_file(&digest).await {
                tracing::warn!(%error, %digest, "a file nobody names stays until the next sweep");
            }
        }
        Ok(())
    }

    async fn drop_row(
        &self,
        tx: &mut Tx,
        hand: &Hand,
        owner: &EvidenceOwner,
        row: &EvidenceRow,
    ) -> Result<()> {
        if !evidence::delete(tx, &row.id).await? {
            return Err(AppError::InUse);
        }
        let event = AuditEvent::EvidenceRemoved {
            name: row.name.clone(),
            file: row.sha256.parse().map_err(AppError::internal)?,
        };
        self.record(tx, hand.actor(), owner.id(), &event).await
    }
}
