//! Backup and restore: one tar file with every table as lines of JSON and a manifest of their hashes, made from
//! one consistent view while the server runs, then every file of evidence under its hash, and last a line that says how
//! many there are. It opens on either database, with the files in a folder or in an object store.

mod pack;
mod restore;

use std::fs::File;
use std::io::{BufWriter, Read};
use std::path::Path;

use pingyi_domain::audit::AuditEvent;
use pingyi_domain::{Actor, Digest};
use pingyi_store::repo::evidence;
use pingyi_store::{TABLES, schema_version};
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

use crate::{App, AppError, Result};

pub use restore::restore;

const MANIFEST: &str = "manifest.json";
/// Stands last: a file that was cut short has none.
const END: &str = "end.json";
/// Before the files' names.
const FILES: &str = "files/";
/// Version of the form: 2 has files of evidence and an end.
const VERSION: u32 = 2;

/// What is in a backup.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct BackupReport {
    /// `pingyi-backup`.
    pub kind: String,
    /// Version of this form.
    pub version: u32,
    /// Version of the tables.
    pub schema: i64,
    /// Seconds since 1970.
    pub made_at: i64,
    /// Place and hash of the last audit entry in it.
    pub audit_head: String,
    /// The files of the tables.
    pub files: Vec<BackupFile>,
    /// The files of evidence; they stand in the end, since they are read one by one after the manifest.
    #[serde(skip)]
    pub kept: KeptFiles,
}

/// The files of evidence in a backup.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct KeptFiles {
    /// How many.
    pub files: u64,
    /// Their size in bytes.
    pub bytes: u64,
    /// Named by a row, but missing or changed in the file store: not in the backup.
    pub missing: Vec<Digest>,
    /// Taken away by somebody while the backup was made.
    pub removed: Vec<Digest>,
}

/// One file of a backup.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct BackupFile {
    /// Table.
    pub table: String,
    /// Rows.
    pub rows: u64,
    /// Bytes.
    pub bytes: u64,
    /// SHA-256, hex.
    pub sha256: String,
}

impl App {
    /// Writes a backup of everything into one file, which is put in its place whole. Sessions are not in it.
    ///
    /// # Errors
    /// [`AppError::FolderNotWritable`], [`AppError::DiskFull`].
    pub async fn backup(&self, to: &Path) -> Result<BackupReport> {
        let folder = to
            .parent()
            .filter(|folder| !folder.as_os_str().is_empty())
            .unwrap_or(Path::new("."));
        let work = tempfile::tempdir_in(folder).map_err(AppError::FolderNotWritable)?;
        let mut view = self.store().read().await?;
        let head = pingyi_store::repo::audit::head(&mut view).await?;
        let mut files = Vec::with_capacity(TABLES.len());
        for table in TABLES.iter() {
            let mut out = BufWriter::new(File::create(work.path().join(table.name)).map_err(full)?);
            let dump = table.dump(&mut view, &mut out).await?;
            out.into_inner()
                .map_err(|error| full(error.into_error()))?
                .sync_all()
                .map_err(full)?;
            let name = table.name.to_owned();
            files.push(BackupFile {
                table: name,
                rows: dump.rows,
                bytes: dump.bytes,
                sha256: dump.sha256,
            });
        }
        let named = evidence::files(&mut view).await?;
        drop(view);
        let mut report = BackupReport {
            kind: "pingyi-backup".to_owned(),
            version: VERSION,
            schema: schema_version(),
            made_at: self.now(),
            audit_head: format!("{} {}", head.seq, head.hash),
            files,
            kept: KeptFiles::default(),
        };
        let order = pack::Order {
            app: self.clone(),
            runtime: tokio::runtime::Handle::current(),
            work: work.path().to_owned(),
            manifest: serde_json::to_string_pretty(&report)?,
            named,
            target: to.to_owned(),
        };
        let (digest, kept) = blocking(move || order.pack()).await?;
        report.kept = kept;
        let mut tx = self.store().begin().await?;
        self.record(
            &mut tx,
            &Actor::Console,
            "",
            &AuditEvent::BackedUp { file: digest },
        )
        .await?;
        tx.commit().await?;
        Ok(report)
    }
}

async fn blocking<T: Send + 'static>(
    work: impl FnOnce() -> Result<T> + Send + 'static,
) -> Result<T> {
    tokio::task::spawn_blocking(work)
        .await
        .map_err(AppError::internal)?
}

fn full(error: std::io::Error) -> AppError {
    if error.kind() == std::io::ErrorKind::StorageFull {
        AppError::DiskFull
    } else {
        AppError::FolderNotWritable(error)
    }
}

fn hash_file(path: &Path) -> Result<Digest> {
    let file = File::open(path).map_err(|error| AppError::BadBackup(error.to_string()))?;
    Ok(hash(file)?.0)
}

/// The hash of what is read to its end, and how much that was.
fn hash(mut from: impl Read) -> Result<(Digest, u64)> {
    let mut hash = Sha256::new();
    let mut buffer = vec![0; 1 << 16];
    let mut bytes = 0;
    loop {
        let read = from
            .read(&mut buffer)
            .map_err(|error| AppError::BadBackup(error.to_string()))?;
        if read == 0 {
            break;
        }
        hash.update(&buffer[..read]);
        bytes += read as u64;
    }
    let digest = data_encoding::HEXLOWER.encode(&hash.finalize());
    Ok((digest.parse().map_err(AppError::internal)?, bytes))
}
