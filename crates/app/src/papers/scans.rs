//! Signed papers: scanned or photographed, kept beside what was made, from the count until the appraisal is archived.

use pingyi_domain::appraisal::StateName;
use pingyi_domain::audit::AuditEvent;
use pingyi_domain::record::{Check, FieldProblem, ScanId};
use pingyi_domain::{AppraisalId, Digest};
use pingyi_store::repo::scans::{self, ScanRow};
use pingyi_store::{Tx, row};

use super::which::Sheet;
use crate::loaded::Loaded;
use crate::record::{EvidenceFile, Hand, KeptFile, Prepared, name_of};
use crate::{App, AppError, Result};

/// A paper that is none of ours: a list of slips issued, a sheet of notes.
pub const OTHER_SCAN: &str = "other";
/// The most scans of an appraisal: every paper and letter on a page of its own.
const MOST_SCANS: usize = 500;

/// A scan with who brought it.
#[derive(Debug, Clone)]
pub struct ScanView {
    /// What is stored.
    pub row: ScanRow,
    /// Whoever brought it, by name.
    pub by: String,
}

fn refused(field: &str, rule: &str) -> AppError {
    AppError::Fields(vec![FieldProblem {
        field: field.to_owned(),
        rule: rule.to_owned(),
    }])
}

/// The appraisal, where scans may still be added and taken away.
async fn counted(tx: &mut Tx, id: &AppraisalId) -> Result<Loaded> {
    let appraisal = Loaded::lock(tx, id).await?;
    let open = appraisal.state.counted().is_some();
    if !open || appraisal.state.name() == StateName::Archived {
        return appraisal.wrong_state();
    }
    Ok(appraisal)
}

/// Whether a scan may be of this paper.
fn of_paper(appraisal: &Loaded, sheet: &str) -> bool {
    match Sheet::named(sheet) {
        Some(Sheet::Letter(code)) => appraisal.config.presenter(&code).is_some(),
        Some(_) => true,
        None => sheet == OTHER_SCAN,
    }
}

impl App {
    /// The signed papers of an appraisal, those of one paper together.
    ///
    /// # Errors
    /// [`AppError::NotYourUnit`] for anybody but the office, [`AppError::NotFound`], [`AppError::WrongState`] before the
    /// count.
    pub async fn scans_of(&self, hand: &Hand, id: &AppraisalId) -> Result<Vec<ScanView>> {
        hand.decides()?;
        let mut view = self.store().read().await?;
        let appraisal = Loaded::read(&mut view, id).await?;
        if appraisal.state.counted().is_none() {
            return appraisal.wrong_state();
        }
        let mut all = Vec::new();
        for row in scans::of_appraisal(&mut view, id.as_str()).await? {
            let by = name_of(&mut view, &row.actor).await?;
            all.push(ScanView { row, by });
        }
        Ok(all)
    }

    /// Keeps a signed paper: a PDF as it is, a photo written anew without what the camera put beside it.
    ///
    /// # Errors
    /// [`AppError::NotYourUnit`], [`AppError::NotFound`], [`AppError::WrongState`] before the count and once archived,
    /// [`AppError::Fields`] (`sheet`, `file`), [`AppError::DiskFull`].
    pub async fn add_scan(
        &self,
        hand: &Hand,
        id: &AppraisalId,
        (sheet, name): (&str, &str),
        content: Vec<u8>,
    ) -> Result<ScanId> {
        hand.decides()?;
        let mut tx = self.store().begin().await?;
        let appraisal = counted(&mut tx, id).await?;
        drop(tx);
        if !of_paper(&appraisal, sheet) {
            return Err(refused("sheet", "scan_sheet"));
        }
        let made = self.prepared(name, content).await?;
        if made.media != "application/pdf" && !made.media.starts_with("image/") {
            return Err(refused("file", "scan_kind"));
        }
        // As long as this is held, no sweep takes away what no row names yet.
        let _uploading = self.0.sweeping.read().await;
        let kept = self.put_prepared(made).await?;
        let stored = self.store_scan(hand, id, sheet, &kept).await?;
        self.still_kept(&kept).await?;
        Ok(stored)
    }

    async fn store_scan(
        &self,
        hand: &Hand,
        id: &AppraisalId,
        sheet: &str,
        kept: &KeptFile,
    ) -> Result<ScanId> {
        let Prepared {
            name,
            media,
            content,
            width,
            height,
            ..
        } = &kept.made;
        let mut tx = self.store().begin().await?;
        counted(&mut tx, id).await?;
        let there = scans::of_appraisal(&mut tx, id.as_str()).await?;
        let same = |row: &&ScanRow| row.sheet == sheet && row.sha256 == kept.digest.as_str();
        if let Some(row) = there.iter().find(same) {
            return row.id.parse().map_err(AppError::internal);
        }
        if there.len() >= MOST_SCANS {
            return Err(refused("file", "scan_many"));
        }
        let made = ScanId::generate(&mut self.rng());
        let row = ScanRow {
            id: made.to_string(),
            version: 1,
            sheet: sheet.to_owned(),
            appraisal: id.to_string(),
            name: name.clone(),
            media: (*media).to_owned(),
            bytes: i64::try_from(content.len()).map_err(AppError::internal)?,
            sha256: kept.digest.to_string(),
            thumb: kept.thumb.as_ref().map(ToString::to_string),
            width: *width,
            height: *height,
            actor: hand.actor().to_string(),
            at: self.now(),
        };
        row::insert(&mut tx, &row).await?;
        let event = AuditEvent::ScanAdded {
            sheet: row.sheet,
            name: row.name,
            file: kept.digest.clone(),
        };
        self.record(&mut tx, hand.actor(), id.as_str(), &event)
            .await?;
        tx.commit().await?;
        Ok(made)
    }

    /// Takes a scan away, with a reason that stays in the trail.
    ///
    /// # Errors
    /// [`AppError::Fields`] without a reason, [`AppError::NotYourUnit`], [`AppError::NotFound`],
    /// [`AppError::WrongState`] once archived.
    pub async fn remove_scan(
        &self,
        hand: &Hand,
        id: &AppraisalId,
        scan: &ScanId,
        why: &str,
    ) -> Result<()> {
        hand.decides()?;
        let mut check = Check::default();
        let reason = check.lines("reason", why, 1..=400);
        let reason = check.done(Some(reason))?;
        let mut tx = self.store().begin().await?;
        counted(&mut tx, id).await?;
        let found = row::by_id::<ScanRow>(&mut tx, scan.as_str()).await?;
        let found = found.filter(|row| row.appraisal == id.as_str());
        let found = found.ok_or(AppError::NotFound)?;
        if !row::delete::<ScanRow>(&mut tx, &found.id, found.version).await? {
            return Err(AppError::Busy);
        }
        let event = AuditEvent::ScanRemoved {
            sheet: found.sheet,
            file: found.sha256.parse().map_err(AppError::internal)?,
            reason,
        };
        self.record(&mut tx, hand.actor(), id.as_str(), &event)
            .await?;
        tx.commit().await?;
        self.forget_both(&found.sha256, found.thumb.as_deref())
            .await
    }

    /// A scan's file, or its small rendition; for the office.
    ///
    /// # Errors
    /// [`AppError::NotYourUnit`], [`AppError::NotFound`], [`AppError::FileMissing`], [`AppError::FileChanged`].
    pub async fn scan_file(
        &self,
        hand: &Hand,
        (id, scan): (&AppraisalId, &ScanId),
        small: bool,
    ) -> Result<EvidenceFile> {
        hand.decides()?;
        let mut view = self.store().read().await?;
        let found = row::by_id::<ScanRow>(&mut view, scan.as_str()).await?;
        let found = found.filter(|row| row.appraisal == id.as_str());
        let found = found.ok_or(AppError::NotFound)?;
        drop(view);
        let (sha256, media) = match (found.thumb, small) {
            (Some(thumb), true) => (thumb, "image/jpeg".to_owned()),
            (None, true) => return Err(AppError::NotFound),
            (_, false) => (found.sha256, found.media),
        };
        let digest: Digest = sha256.parse().map_err(AppError::internal)?;
        Ok(EvidenceFile {
            name: found.name,
            media,
            content: self.file(&digest).await?,
            sha256,
        })
    }
}
