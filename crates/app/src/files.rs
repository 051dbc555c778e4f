//! The file store as the application uses it: reading with a check, sweeping what no row names, and looking whether
//! everything the rows name is there.

use std::collections::BTreeSet;
use std::time::Duration;

use bytes::Bytes;
use pingyi_domain::Digest;
use pingyi_store::files::FileStore;
use pingyi_store::repo::evidence;

use crate::{App, AppError, Result};

/// A file that no row names is swept when it is older than this: an upload takes seconds, not hours.
const SWEEP_AFTER: i64 = 24 * 3600;
/// How often it is swept.
const SWEEP_EVERY: Duration = Duration::from_hours(24);

/// What was found in the file store.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct FilesReport {
    /// Files that rows name and that are there.
    pub kept: u64,
    /// Their size in bytes.
    pub bytes: u64,
    /// Files that rows name and that are not there.
    pub missing: Vec<Digest>,
    /// Files that do not hold what they held.
    pub changed: Vec<Digest>,
    /// Files that no row names.
    pub unnamed: u64,
}

impl FilesReport {
    /// Whether everything is there as it was kept.
    #[must_use]
    pub fn is_sound(&self) -> bool {
        self.missing.is_empty() && self.changed.is_empty()
    }
}

impl App {
    pub(crate) fn files(&self) -> Result<&FileStore> {
        self.0.files.as_ref().ok_or(AppError::Invalid {
            field: "files",
            rule: "missing",
        })
    }

    /// Where the files are kept, for whoever looks after the machine.
    #[must_use]
    pub fn files_place(&self) -> String {
        self.0
            .files
            .as_ref()
            .map(FileStore::place)
            .unwrap_or_default()
    }

    /// A file that holds what it held when it was kept.
    pub(crate) async fn file(&self, digest: &Digest) -> Result<Bytes> {
        let content = self.files()?.get(digest).await?;
        let content = content.ok_or_else(|| AppError::FileMissing {
            file: digest.clone(),
        })?;
        if Digest::of(&content) == *digest {
            Ok(content)
        } else {
            Err(AppError::FileChanged {
                file: digest.clone(),
            })
        }
    }

    /// Takes a file away that no row names any more.
    pub(crate) async fn forget_file(&self, digest: &Digest) -> Result<bool> {
        let _sweeping = self.0.sweeping.write().await;
        let mut view = self.store().read().await?;
        if evidence::uses(&mut view, digest.as_str()).await? > 0 {
            return Ok(false);
        }
        self.files()?.remove(digest).await?;
        Ok(true)
    }

    /// Takes away what no row names and what is older than a day: left by an upload that did not come to its end. How
    /// many.
    ///
    /// # Errors
    /// When the database or the store fails.
    pub async fn sweep_files(&self) -> Result<u64> {
        let known = self.named().await?;
        let mut swept = 0;
        for file in self.files()?.list().await? {
            let old = file.at.saturating_add(SWEEP_AFTER) <= self.now();
            if old && !known.contains(&file.digest) && self.forget_file(&file.digest).await? {
                swept += 1;
            }
        }
        Ok(swept)
    }

    /// Sweeps now and once a day until [`App::shutdown`]; for a server.
    pub fn keep_tidy(&self) {
        let app = self.clone();
        self.spawn(async move {
            loop {
                match app.sweep_files().await {
                    Ok(0) => {}
                    Ok(swept) => tracing::info!(swept, "files nobody names are gone"),
                    Err(error) => tracing::warn!(%error, "the file store could not be swept"),
                }
                tokio::time::sleep(SWEEP_EVERY).await;
            }
        });
    }

    /// Whether everything the rows name is there, by its name alone.
    ///
    /// # Errors
    /// When the database or the store fails.
    pub async fn look_at_files(&self) -> Result<FilesReport> {
        let mut named = self.named().await?;
        let mut report = FilesReport::default();
        for file in self.files()?.list().await? {
            if named.remove(&file.digest) {
                report.kept += 1;
                report.bytes += file.bytes;
            } else {
                report.unnamed += 1;
            }
        }
        report.missing = named.into_iter().collect();
        Ok(report)
    }

    /// The same, and every file is read and compared with its hash. `progress`: how many of how many.
    ///
    /// # Errors
    /// When the database or the store fails.
    pub async fn check_files(&self, progress: &(dyn Fn(u64, u64) + Sync)) -> Result<FilesReport> {
        let mut report = self.look_at_files().await?;
        let named = self.named().await?;
        let total = u64::try_from(named.len()).map_err(AppError::internal)?;
        for (done, digest) in (1_u64..).zip(&named) {
            match self.file(digest).await {
                Err(AppError::FileChanged { file }) => {
                    report.changed.push(file);
                    report.kept -= 1;
                }
                // It is in the list of the missing.
                Ok(_) | Err(AppError::FileMissing { .. }) => {}
                Err(other) => return Err(other),
            }
            progress(done, total);
        }
        Ok(report)
    }

    async fn named(&self) -> Result<BTreeSet<Digest>> {
        let mut view = self.store().read().await?;
        let named = evidence::files(&mut view).await?;
        named
            .into_iter()
            .map(|text| text.parse().map_err(AppError::internal))
            .collect()
    }
}
