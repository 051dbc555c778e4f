//! Backup and restore: one tar file with every table as lines of JSON and a manifest of their hashes, made from
//! one consistent view while the server runs. It opens on either database.

use std::fs::File;
use std::io::{BufReader, BufWriter, Read, Write as _};
use std::path::Path;

use pingyi_domain::audit::AuditEvent;
use pingyi_domain::{Actor, Digest};
use pingyi_store::{Store, TABLES, schema_version};
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

use crate::recording::record;
use crate::{App, AppError, Result, Settings};

const MANIFEST: &str = "manifest.json";

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
    /// The files.
    pub files: Vec<BackupFile>,
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
        drop(view);
        let report = BackupReport {
            kind: "pingyi-backup".to_owned(),
            version: 1,
            schema: schema_version(),
            made_at: self.now(),
            audit_head: format!("{} {}", head.seq, head.hash),
            files,
        };
        let (work_path, manifest) = (
            work.path().to_owned(),
            serde_json::to_string_pretty(&report)?,
        );
        let target = to.to_owned();
        let digest = blocking(move || pack(&work_path, &manifest, &target)).await?;
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

/// Packs the dumped tables beside the target and moves the file there when it is whole.
fn pack(work: &Path, manifest: &str, target: &Path) -> Result<Digest> {
    let whole = work.join("backup.tar");
    let mut own = File::options();
    own.write(true).create_new(true);
    // It holds password hashes and sealed texts.
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut own, 0o600);
    let mut builder = tar::Builder::new(BufWriter::new(own.open(&whole).map_err(full)?));
    builder.mode(tar::HeaderMode::Deterministic);
    let mut header = tar::Header::new_ustar();
    header.set_size(manifest.len() as u64);
    header.set_mode(0o600);
    header.set_cksum();
    builder
        .append_data(&mut header, MANIFEST, manifest.as_bytes())
        .map_err(full)?;
    for table in TABLES.iter() {
        builder
            .append_path_with_name(work.join(table.name), format!("{}.jsonl", table.name))
            .map_err(full)?;
    }
    let mut out = builder.into_inner().map_err(full)?;
    out.flush().map_err(full)?;
    out.get_ref().sync_all().map_err(full)?;
    let digest = hash_file(&whole)?;
    std::fs::rename(&whole, target).map_err(full)?;
    Ok(digest)
}

fn hash_file(path: &Path) -> Result<Digest> {
    let mut file = File::open(path).map_err(|error| AppError::BadBackup(error.to_string()))?;
    let mut hash = Sha256::new();
    let mut buffer = vec![0; 1 << 16];
    loop {
        let read = file
            .read(&mut buffer)
            .map_err(|error| AppError::BadBackup(error.to_string()))?;
        if read == 0 {
            break;
        }
        hash.update(&buffer[..read]);
    }
    data_encoding::HEXLOWER
        .encode(&hash.finalize())
        .parse()
        .map_err(AppError::internal)
}

/// Puts a backup into an empty database (of either kind). Every file is checked against the manifest before
/// anything is stored, and the audit trail against itself afterwards.
///
/// # Errors
/// [`AppError::BadBackup`] for a file that is not whole or was changed, [`AppError::NotEmpty`],
/// [`AppError::FolderInUse`], [`AppError::NewerDatabase`].
pub async fn restore(from: &Path, into: Settings) -> Result<BackupReport> {
    let work = tempfile::tempdir().map_err(AppError::FolderNotWritable)?;
    let (source, folder) = (from.to_owned(), work.path().to_owned());
    let (report, digest) =
        blocking(move || Ok((unpack(&source, &folder)?, hash_file(&source)?))).await?;
    let (store, _lock) = crate::app::open_store(&into).await?;
    fill(&store, work.path(), &report).await?;
    let now = into.clock.millis().div_euclid(1000);
    let mut tx = store.begin().await?;
    record(
        &mut tx,
        now,
        &Actor::Console,
        "",
        &AuditEvent::Restored { file: digest },
    )
    .await?;
    tx.commit().await?;
    store.close().await;
    Ok(report)
}

async fn fill(store: &Store, work: &Path, report: &BackupReport) -> Result<()> {
    let open = |name: &str| {
        File::open(work.join(name))
            .map(BufReader::new)
            .map_err(AppError::internal)
    };
    let mut tx = match store.begin_restore().await {
        Err(pingyi_store::StoreError::Conflict) => return Err(AppError::NotEmpty),
        other => other?,
    };
    for table in TABLES.iter() {
        let rows = table
            .load(&mut tx, &mut open(table.name)?)
            .await
            .map_err(bad)?;
        let expected = report
            .files
            .iter()
            .find(|file| file.table == table.name)
            .map(|file| file.rows);
        if expected != Some(rows) {
            return Err(AppError::BadBackup(format!("{}: {rows} rows", table.name)));
        }
    }
    let head = pingyi_store::repo::audit::head(&mut tx).await?;
    if format!("{} {}", head.seq, head.hash) != report.audit_head {
        return Err(AppError::BadBackup(
            "the head of the audit trail differs".to_owned(),
        ));
    }
    Ok(store.finish_restore(tx, &mut open("boxes")?).await?)
}

fn bad(error: pingyi_store::StoreError) -> AppError {
    match error {
        pingyi_store::StoreError::Full => AppError::DiskFull,
        other => AppError::BadBackup(other.to_string()),
    }
}

/// Takes the files out and checks each against the manifest, which comes first.
fn unpack(from: &Path, folder: &Path) -> Result<BackupReport> {
    let broken = |error: std::io::Error| AppError::BadBackup(error.to_string());
    let mut archive = tar::Archive::new(BufReader::new(File::open(from).map_err(broken)?));
    let mut entries = archive.entries().map_err(broken)?;
    let mut first = entries
        .next()
        .ok_or_else(|| AppError::BadBackup("empty".to_owned()))?
        .map_err(broken)?;
    if first.path().map_err(broken)?.as_os_str() != MANIFEST {
        return Err(AppError::BadBackup("no manifest".to_owned()));
    }
    let mut text = String::new();
    first
        .by_ref()
        .take(1 << 20)
        .read_to_string(&mut text)
        .map_err(broken)?;
    let report: BackupReport = serde_json::from_str(&text)
        .map_err(|error| AppError::BadBackup(format!("manifest: {error}")))?;
    if report.kind != "pingyi-backup" || report.version != 1 {
        return Err(AppError::BadBackup("another kind of file".to_owned()));
    }
    if report.schema > schema_version() {
        return Err(AppError::NewerDatabase {
            found: report.schema,
            known: schema_version(),
        });
    }
    let mut left: Vec<&BackupFile> = report.files.iter().collect();
    for entry in entries {
        let mut entry = entry.map_err(broken)?;
        let name = entry.path().map_err(broken)?.to_string_lossy().into_owned();
        let place = left
            .iter()
            .position(|file| format!("{}.jsonl", file.table) == name);
        let file = left.remove(
            place.ok_or_else(|| AppError::BadBackup(format!("{name} is not in the manifest")))?,
        );
        if !TABLES.iter().any(|table| table.name == file.table) {
            return Err(AppError::BadBackup(format!("{name} is no table")));
        }
        let path = folder.join(&file.table);
        std::io::copy(&mut entry, &mut File::create(&path).map_err(full)?).map_err(broken)?;
        if hash_file(&path)?.as_str() != file.sha256 {
            return Err(AppError::BadBackup(format!("{name} was changed")));
        }
    }
    if !left.is_empty() || report.files.len() != TABLES.len() {
        return Err(AppError::BadBackup("a table is missing".to_owned()));
    }
    Ok(report)
}
