//! Reading the file of a backup into an empty place.

use std::collections::BTreeSet;
use std::fs::File;
use std::io::{BufReader, Read};
use std::path::{Path, PathBuf};

use pingyi_domain::audit::AuditEvent;
use pingyi_domain::{Actor, Digest};
use pingyi_store::files::FileStore;
use pingyi_store::repo::evidence;
use pingyi_store::{Store, TABLES, Tx, schema_version};
use tokio::runtime::Handle;

use super::{
    BackupFile, BackupReport, END, FILES, KeptFiles, MANIFEST, VERSION, blocking, full, hash,
    hash_file,
};
use crate::recording::record;
use crate::{AppError, Result, Settings};

/// The most bytes of a text in the file that is read whole.
const MOST_TEXT: u64 = 1 << 24;

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
    let files = into.file_store();
    let (store, _lock) = crate::app::open_store(&into).await?;
    fill(&store, work.path(), &report, (from, files)).await?;
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

async fn fill(
    store: &Store,
    work: &Path,
    report: &BackupReport,
    (from, files): (&Path, Option<FileStore>),
) -> Result<()> {
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
    let named = named(&mut tx, &report.kept).await?;
    // Files before the rows that name them: a restore that is broken off leaves nothing but files nobody names.
    if !named.is_empty() {
        let files = files.ok_or(AppError::Invalid {
            field: "files",
            rule: "missing",
        })?;
        let (source, runtime) = (from.to_owned(), Handle::current());
        let put = blocking(move || put_files(&source, &files, &named, &runtime)).await?;
        if put != report.kept.files {
            return Err(AppError::BadBackup(format!("{put} files of evidence")));
        }
    }
    Ok(store.finish_restore(tx, &mut open("boxes")?).await?)
}

/// The files that rows name and that must be in the backup.
async fn named(tx: &mut Tx, kept: &KeptFiles) -> Result<BTreeSet<Digest>> {
    let mut named = BTreeSet::new();
    for text in evidence::files(tx).await? {
        let digest = text
            .parse()
            .map_err(|_| AppError::BadBackup(format!("{text} is no hash")))?;
        if !kept.missing.contains(&digest) && !kept.removed.contains(&digest) {
            named.insert(digest);
        }
    }
    if u64::try_from(named.len()).map_err(AppError::internal)? == kept.files {
        Ok(named)
    } else {
        Err(AppError::BadBackup(
            "files of evidence are missing".to_owned(),
        ))
    }
}

/// Puts the files into the store; how many.
fn put_files(
    from: &Path,
    files: &FileStore,
    named: &BTreeSet<Digest>,
    runtime: &Handle,
) -> Result<u64> {
    let mut archive = tar::Archive::new(BufReader::new(File::open(from).map_err(broken)?));
    let mut put = 0;
    for entry in archive.entries().map_err(broken)? {
        let mut entry = entry.map_err(broken)?;
        let name = entry.path().map_err(broken)?.to_string_lossy().into_owned();
        let Some(digest) = file_name(&name).filter(|digest| named.contains(digest)) else {
            continue;
        };
        let mut content = Vec::new();
        entry.read_to_end(&mut content).map_err(broken)?;
        if runtime.block_on(files.put(content.into()))? != digest {
            return Err(AppError::BadBackup(format!("{name} was changed")));
        }
        put += 1;
    }
    Ok(put)
}

fn file_name(name: &str) -> Option<Digest> {
    name.strip_prefix(FILES)?.parse().ok()
}

#[expect(clippy::needless_pass_by_value, reason = "for map_err")]
fn broken(error: std::io::Error) -> AppError {
    AppError::BadBackup(error.to_string())
}

fn bad(error: pingyi_store::StoreError) -> AppError {
    match error {
        pingyi_store::StoreError::Full => AppError::DiskFull,
        other => AppError::BadBackup(other.to_string()),
    }
}

/// Takes the tables out and checks each against the manifest, which comes first, and each file of evidence against its
/// name; the end comes last.
fn unpack(from: &Path, folder: &Path) -> Result<BackupReport> {
    let mut archive = tar::Archive::new(BufReader::new(File::open(from).map_err(broken)?));
    let mut entries = archive.entries().map_err(broken)?;
    let first = entries
        .next()
        .ok_or_else(|| AppError::BadBackup("empty".to_owned()))?
        .map_err(broken)?;
    let report = manifest(first)?;
    let mut unpacking = Unpacking {
        folder: folder.to_owned(),
        left: report.files.clone(),
        seen: KeptFiles::default(),
        end: None,
    };
    for entry in entries {
        unpacking.take(entry.map_err(broken)?)?;
    }
    unpacking.done(report)
}

fn manifest(entry: tar::Entry<'_, impl Read>) -> Result<BackupReport> {
    if entry.path().map_err(broken)?.as_os_str() != MANIFEST {
        return Err(AppError::BadBackup("no manifest".to_owned()));
    }
    let report: BackupReport = serde_json::from_str(&text_of(entry)?)
        .map_err(|error| AppError::BadBackup(format!("manifest: {error}")))?;
    if report.kind != "pingyi-backup" || !(1..=VERSION).contains(&report.version) {
        return Err(AppError::BadBackup("another kind of file".to_owned()));
    }
    if report.schema > schema_version() {
        return Err(AppError::NewerDatabase {
            found: report.schema,
            known: schema_version(),
        });
    }
    Ok(report)
}

fn text_of(entry: impl Read) -> Result<String> {
    let mut text = String::new();
    entry
        .take(MOST_TEXT)
        .read_to_string(&mut text)
        .map_err(broken)?;
    Ok(text)
}

/// What was taken out so far.
struct Unpacking {
    folder: PathBuf,
    left: Vec<BackupFile>,
    seen: KeptFiles,
    end: Option<KeptFiles>,
}

impl Unpacking {
    fn take(&mut self, mut entry: tar::Entry<'_, impl Read>) -> Result<()> {
        let name = entry.path().map_err(broken)?.to_string_lossy().into_owned();
        let unknown = || AppError::BadBackup(format!("{name} is not in the manifest"));
        let changed = || AppError::BadBackup(format!("{name} was changed"));
        if self.end.is_some() {
            return Err(unknown());
        }
        if name == END {
            let end = serde_json::from_str(&text_of(entry)?);
            self.end = Some(end.map_err(|error| AppError::BadBackup(format!("end: {error}")))?);
            return Ok(());
        }
        if name.starts_with(FILES) {
            let digest = file_name(&name).ok_or_else(unknown)?;
            let (found, bytes) = hash(entry)?;
            self.seen.bytes += bytes;
            self.seen.files += 1;
            return if found == digest {
                Ok(())
            } else {
                Err(changed())
            };
        }
        let table = name.strip_suffix(".jsonl").ok_or_else(unknown)?;
        let place = self.left.iter().position(|file| file.table == table);
        let file = self.left.remove(place.ok_or_else(unknown)?);
        if !TABLES.iter().any(|known| known.name == table) {
            return Err(AppError::BadBackup(format!("{name} is no table")));
        }
        let path = self.folder.join(table);
        std::io::copy(&mut entry, &mut File::create(&path).map_err(full)?).map_err(broken)?;
        if hash_file(&path)?.as_str() == file.sha256 {
            Ok(())
        } else {
            Err(changed())
        }
    }

    fn done(self, mut report: BackupReport) -> Result<BackupReport> {
        if !self.left.is_empty() || report.files.len() != TABLES.len() {
            return Err(AppError::BadBackup("a table is missing".to_owned()));
        }
        let end = match self.end {
            Some(end) => end,
            // The first form had no files of evidence.
            None if report.version == 1 => self.seen.clone(),
            None => return Err(AppError::BadBackup("the end is missing".to_owned())),
        };
        if (end.files, end.bytes) != (self.seen.files, self.seen.bytes) {
            return Err(AppError::BadBackup(
                "files of evidence are missing".to_owned(),
            ));
        }
        report.kept = end;
        Ok(report)
    }
}
