//! Putting a bundle together: every file is written beside first, so that the manifest can come before them.

use std::collections::{BTreeMap, VecDeque};
use std::io::Read as _;
use std::path::PathBuf;

use bytes::Bytes;
use pingyi_domain::audit::{AuditEntry, AuditEvent, ReportListed, TrailPart, lines_of};
use pingyi_domain::{Actor, AppraisalId, Digest, PresenterCode, canonical_json};
use pingyi_store::Conn;
use pingyi_store::repo::papers::PaperRow;
use pingyi_store::repo::{boxes, slides};
use sha2::{Digest as _, Sha256};
use tempfile::TempDir;
use tokio::io::AsyncWriteExt as _;

use super::{AUDIT, FORMAT, GRADES, Listed, MANIFEST, Manifest, RESULT, SCHEME, files_hash};
use crate::audit::part_of;
use crate::board::Reader;
use crate::loaded::{Loaded, id_of};
use crate::recording::recorded;
use crate::result::stored_result;
use crate::{App, AppError, Result};

/// Bytes sent at a time.
const CHUNK: usize = 1 << 16;
/// Files of a tar are padded to this.
const BLOCK: u64 = 512;

/// A bundle on its way out, as a tar.
#[derive(Debug)]
pub struct BundleStream {
    parts: VecDeque<Part>,
    open: Option<std::fs::File>,
    /// Gone when the last byte is out.
    _folder: TempDir,
}

#[derive(Debug)]
enum Part {
    Bytes(Vec<u8>),
    File(PathBuf),
}

impl BundleStream {
    /// The next bytes, none at the end.
    ///
    /// # Errors
    /// When what was written beside cannot be read.
    pub fn piece(&mut self) -> Result<Option<Bytes>> {
        loop {
            if let Some(file) = &mut self.open {
                let mut piece = Vec::new();
                let most = u64::try_from(CHUNK).map_err(AppError::internal)?;
                file.take(most)
                    .read_to_end(&mut piece)
                    .map_err(AppError::internal)?;
                if !piece.is_empty() {
                    return Ok(Some(Bytes::from(piece)));
                }
                self.open = None;
            }
            match self.parts.pop_front() {
                None => return Ok(None),
                Some(Part::Bytes(bytes)) => return Ok(Some(Bytes::from(bytes))),
                Some(Part::File(path)) => {
                    self.open = Some(std::fs::File::open(path).map_err(AppError::internal)?);
                }
            }
        }
    }
}

/// Files written beside, with what the manifest says of them.
pub(super) struct Kept {
    folder: TempDir,
    files: Vec<Listed>,
}

impl Kept {
    fn path(&self, number: usize) -> PathBuf {
        self.folder.path().join(number.to_string())
    }

    async fn begin(&self) -> Result<(tokio::fs::File, Sha256)> {
        let file = tokio::fs::File::create(self.path(self.files.len())).await;
        Ok((file.map_err(full)?, Sha256::new()))
    }

    pub(super) async fn add(&mut self, path: String, content: &[u8]) -> Result<()> {
        let (mut file, _) = self.begin().await?;
        file.write_all(content).await.map_err(full)?;
        file.flush().await.map_err(full)?;
        let bytes = u64::try_from(content.len()).map_err(AppError::internal)?;
        let sha256 = Digest::of(content);
        self.files.push(Listed {
            path,
            bytes,
            sha256,
        });
        Ok(())
    }
}

impl App {
    /// A document of the store with the data it was made from beside it.
    pub(super) async fn add_document(
        &self,
        kept: &mut Kept,
        path: String,
        row: &PaperRow,
    ) -> Result<Digest> {
        let digest = row.sha256.parse().map_err(AppError::internal)?;
        let content = self.file(&digest).await?;
        kept.add(path.clone(), &content).await?;
        kept.add(format!("{path}.json"), row.input.as_bytes())
            .await?;
        Ok(digest)
    }
}

/// What a bundle holds, before the trail is told of it.
struct Gathered {
    kept: Kept,
    appraisal: AppraisalId,
    title: String,
    /// Its own part of the trail.
    trail: Vec<AuditEntry>,
    reports: BTreeMap<PresenterCode, ReportListed>,
}

fn full(error: std::io::Error) -> AppError {
    AppError::from(pingyi_store::StoreError::File(error))
}

impl App {
    /// Everything of an appraisal as one tar, for the office. The trail is told before the first byte is sent.
    ///
    /// # Errors
    /// [`AppError::NotFound`], [`AppError::WrongState`] before the count, [`AppError::FileMissing`] when a paper's file
    /// is gone, [`AppError::DiskFull`].
    pub async fn bundle(&self, actor: &Actor, id: &AppraisalId) -> Result<BundleStream> {
        self.make_reports(actor, id).await?;
        // As long as this is held, no sweep takes away what only the view still names.
        let reading = self.0.sweeping.read().await;
        let gathered = self.gather(id).await?;
        drop(reading);
        self.hand_out(actor, gathered).await
    }

    /// Everything but the trail's file, out of one view: what is entered meanwhile is in the next bundle.
    async fn gather(&self, id: &AppraisalId) -> Result<Gathered> {
        let mut view = self.store().read().await?;
        let appraisal = Loaded::read(&mut view, id).await?;
        if appraisal.state.counted().is_none() {
            return appraisal.wrong_state();
        }
        let trail = part_of(&mut view, id.as_str()).await?;
        let mut kept = Kept {
            folder: tempfile::tempdir().map_err(full)?,
            files: Vec::new(),
        };
        let result = stored_result(&mut view, &appraisal).await?;
        let scheme = appraisal.config.canonical_json();
        kept.add(SCHEME.to_owned(), scheme.as_bytes()).await?;
        kept.add(RESULT.to_owned(), canonical_json(&result).as_bytes())
            .await?;
        let grades = self.worked(&mut view, &appraisal).await?;
        if let Some(grades) = &grades {
            kept.add(GRADES.to_owned(), canonical_json(grades).as_bytes())
                .await?;
        }
        self.add_outcome(&mut view, &mut kept, (id, grades.as_ref(), &trail))
            .await?;
        self.add_boxes(&mut view, &mut kept, id).await?;
        for code in slides::codes(&mut view, id).await? {
            let content = slides::get(&mut view, id, &code).await?;
            let content = content.unwrap_or_default();
            kept.add(format!("slides/{code}.pdf"), &content).await?;
        }
        self.add_decks(&mut view, &mut kept, id).await?;
        self.add_papers(&mut view, &mut kept, (id, &trail)).await?;
        self.add_scans(&mut view, &mut kept, id).await?;
        let reports = self.add_reports(&mut view, &mut kept, &appraisal).await?;
        Ok(Gathered {
            kept,
            appraisal: id.clone(),
            title: appraisal.title,
            trail,
            reports,
        })
    }

    async fn add_boxes(&self, conn: &mut Conn, kept: &mut Kept, id: &AppraisalId) -> Result<()> {
        for row in boxes::of_appraisal(conn, id).await? {
            let uuid = id_of(&row);
            let mut archive = self.board_archive(&uuid, Reader::Office).await?;
            let (mut file, mut hash) = kept.begin().await?;
            let mut bytes = 0;
            while let Some(piece) = archive.next().await? {
                hash.update(&piece);
                bytes += u64::try_from(piece.len()).map_err(AppError::internal)?;
                file.write_all(&piece).await.map_err(full)?;
            }
            file.flush().await.map_err(full)?;
            let sha256 = data_encoding::HEXLOWER.encode(&hash.finalize());
            kept.files.push(Listed {
                path: format!("boxes/{uuid}.bel"),
                bytes,
                sha256: sha256.parse().map_err(AppError::internal)?,
            });
            if row.state == "opened" {
                let proofs = self.board_proofs(&uuid, Reader::Office).await?;
                let path = format!("boxes/{uuid}.proofs.json");
                kept.add(path, proofs.as_bytes()).await?;
            }
        }
        Ok(())
    }

    /// Tells the trail what is handed out, ends the bundle's own part of it with that, tells the trail which bundle that
    /// is, and lays the parts of the tar in a row.
    async fn hand_out(&self, actor: &Actor, gathered: Gathered) -> Result<BundleStream> {
        let Gathered {
            mut kept,
            appraisal,
            title,
            mut trail,
            reports,
        } = gathered;
        let listed = AuditEvent::BundleListed {
            trail: TrailPart::of(&trail),
            files: files_hash(&kept.files),
            reports,
        };
        let made_at = self.now();
        let mut tx = self.store().begin().await?;
        trail.push(recorded(&mut tx, made_at, actor, appraisal.as_str(), &listed).await?);
        kept.add(AUDIT.to_owned(), lines_of(&trail).as_bytes())
            .await?;
        let manifest = Manifest {
            format: FORMAT.to_owned(),
            appraisal,
            title,
            made_at,
            files: kept.files,
        };
        let json = canonical_json(&manifest).into_bytes();
        let event = AuditEvent::BundleMade {
            manifest: Digest::of(&json),
            files: u64::try_from(manifest.files.len()).map_err(AppError::internal)?,
            bytes: manifest.files.iter().map(|file| file.bytes).sum(),
        };
        let parts = parts(&manifest, json, &kept.folder)?;
        self.record(&mut tx, actor, manifest.appraisal.as_str(), &event)
            .await?;
        tx.commit().await?;
        Ok(BundleStream {
            parts,
            open: None,
            _folder: kept.folder,
        })
    }
}

/// The tar piece by piece, the manifest first.
fn parts(manifest: &Manifest, json: Vec<u8>, folder: &TempDir) -> Result<VecDeque<Part>> {
    let mut parts = VecDeque::new();
    let size = u64::try_from(json.len()).map_err(AppError::internal)?;
    parts.push_back(Part::Bytes(header(MANIFEST, size, manifest.made_at)?));
    parts.push_back(Part::Bytes(json));
    parts.push_back(Part::Bytes(padding(size)));
    for (number, file) in manifest.files.iter().enumerate() {
        let head = header(&file.path, file.bytes, manifest.made_at)?;
        parts.push_back(Part::Bytes(head));
        parts.push_back(Part::File(folder.path().join(number.to_string())));
        parts.push_back(Part::Bytes(padding(file.bytes)));
    }
    // Two empty blocks end a tar.
    parts.push_back(Part::Bytes(vec![0; 1024]));
    Ok(parts)
}

fn header(path: &str, bytes: u64, made_at: i64) -> Result<Vec<u8>> {
    let mut header = tar::Header::new_ustar();
    header.set_path(path).map_err(AppError::internal)?;
    header.set_size(bytes);
    header.set_mode(0o644);
    header.set_mtime(u64::try_from(made_at).unwrap_or(0));
    header.set_cksum();
    Ok(header.as_bytes().to_vec())
}

fn padding(bytes: u64) -> Vec<u8> {
    let over = bytes % BLOCK;
    let missing = if over == 0 { 0 } else { BLOCK - over };
    (0..missing).map(|_| 0).collect()
}
