//! Writing the file of a backup.

use std::fs::File;
use std::io::{BufWriter, Write as _};
use std::path::PathBuf;

use pingyi_domain::Digest;
use pingyi_store::TABLES;
use pingyi_store::repo::evidence;
use tokio::runtime::Handle;

use super::{END, FILES, KeptFiles, MANIFEST, full, hash_file};
use crate::{App, AppError, Result};

type Out = tar::Builder<BufWriter<File>>;

/// What goes into the file, and where it stands in the end.
pub(super) struct Order {
    pub app: App,
    pub runtime: Handle,
    /// Folder of the dumped tables.
    pub work: PathBuf,
    pub manifest: String,
    /// SHA-256 of every file that rows name.
    pub named: Vec<String>,
    pub target: PathBuf,
}

impl Order {
    /// Packs the dumped tables and the files beside the target and moves the whole there.
    pub fn pack(self) -> Result<(Digest, KeptFiles)> {
        let whole = self.work.join("backup.tar");
        let mut own = File::options();
        own.write(true).create_new(true);
        // It holds password hashes and sealed texts.
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut own, 0o600);
        let mut out = tar::Builder::new(BufWriter::new(own.open(&whole).map_err(full)?));
        out.mode(tar::HeaderMode::Deterministic);
        append(&mut out, MANIFEST, self.manifest.as_bytes())?;
        for table in TABLES.iter() {
            out.append_path_with_name(self.work.join(table.name), format!("{}.jsonl", table.name))
                .map_err(full)?;
        }
        let kept = self.append_files(&mut out)?;
        append(&mut out, END, &serde_json::to_vec(&kept)?)?;
        let mut out = out.into_inner().map_err(full)?;
        out.flush().map_err(full)?;
        out.get_ref().sync_all().map_err(full)?;
        let digest = hash_file(&whole)?;
        std::fs::rename(&whole, &self.target).map_err(full)?;
        Ok((digest, kept))
    }

    /// One file after the other, so that none but one is in memory. What is not there does not stop the backup: it is
    /// said.
    fn append_files(&self, out: &mut Out) -> Result<KeptFiles> {
        let mut kept = KeptFiles::default();
        for text in &self.named {
            let digest: Digest = text.parse().map_err(AppError::internal)?;
            match self.runtime.block_on(self.app.file(&digest)) {
                Ok(content) => {
                    kept.files += 1;
                    kept.bytes += content.len() as u64;
                    append(out, &format!("{FILES}{digest}"), &content)?;
                }
                Err(AppError::FileMissing { .. }) if !self.is_named(&digest)? => {
                    kept.removed.push(digest);
                }
                Err(AppError::FileMissing { .. } | AppError::FileChanged { .. }) => {
                    kept.missing.push(digest);
                }
                Err(other) => return Err(other),
            }
        }
        Ok(kept)
    }

    /// Whether a row still names it.
    fn is_named(&self, digest: &Digest) -> Result<bool> {
        self.runtime.block_on(async {
            let mut view = self.app.store().read().await?;
            Ok(evidence::uses(&mut view, digest.as_str()).await? > 0)
        })
    }
}

fn append(out: &mut Out, name: &str, content: &[u8]) -> Result<()> {
    let mut header = tar::Header::new_ustar();
    header.set_size(content.len() as u64);
    header.set_mode(0o600);
    header.set_cksum();
    out.append_data(&mut header, name, content).map_err(full)
}
