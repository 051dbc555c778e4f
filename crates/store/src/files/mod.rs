//! The file store: files of evidence under their SHA-256, in a folder of the data or in an S3-compatible store.
//!
//! A file is written whole before the row that names it, and to the disk before the row is: what a row names is there.
//! A crash in between leaves a file that no row names, which a sweep takes away (docs/decisions/0020-evidence.md).

mod http;
mod s3;
#[cfg(test)]
mod tests;

use std::path::{Path, PathBuf};
use std::sync::Arc;

use bytes::Bytes;
use futures_util::{StreamExt as _, TryStreamExt as _};
use object_store::local::LocalFileSystem;
use object_store::path::Path as Key;
use object_store::{Error as Fault, ObjectStore, ObjectStoreExt as _, PutPayload};
use pingyi_domain::Digest;

use crate::{Result, StoreError};

/// Where files are kept. Clones share it.
#[derive(Debug, Clone)]
pub struct FileStore(Place);

#[derive(Debug, Clone)]
enum Place {
    /// A folder, made when the first file comes.
    Folder(PathBuf),
    /// Anything else; the keys begin with this.
    Store(Arc<dyn ObjectStore>, Key),
}

/// A file that is there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listed {
    /// SHA-256 it lies under.
    pub digest: Digest,
    /// Size.
    pub bytes: u64,
    /// When it was written, seconds since 1970 by the clock of the store.
    pub at: i64,
}

impl FileStore {
    /// In a folder.
    #[must_use]
    pub fn folder(folder: impl Into<PathBuf>) -> Self {
        Self(Place::Folder(folder.into()))
    }

    /// In a bucket: `s3://bucket` or `s3://bucket/prefix`, with settings by their names in the environment
    /// (`AWS_ACCESS_KEY_ID`, `AWS_SECRET_ACCESS_KEY`, `AWS_REGION`, `AWS_ENDPOINT`, `AWS_ALLOW_HTTP` …).
    ///
    /// # Errors
    /// [`StoreError::FilesAddress`].
    pub fn s3(address: &str, settings: &[(String, String)]) -> Result<Self> {
        let (store, prefix) = s3::open(address, settings)?;
        Ok(Self(Place::Store(Arc::new(store), prefix)))
    }

    /// In any other store; the drills use one that fails.
    #[must_use]
    pub fn over(store: Arc<dyn ObjectStore>) -> Self {
        Self(Place::Store(store, Key::default()))
    }

    /// For whoever looks after the machine.
    #[must_use]
    pub fn place(&self) -> String {
        match &self.0 {
            Place::Folder(folder) => folder.display().to_string(),
            Place::Store(store, prefix) => format!("{store} {prefix}"),
        }
    }

    /// Keeps a file and says what it lies under. It is there as a whole or not at all, and on the disk when this
    /// returns. The same file again is the same file; one that was spoilt is whole again.
    ///
    /// # Errors
    /// [`StoreError::Full`], or the store fails.
    pub async fn put(&self, content: Bytes) -> Result<Digest> {
        let digest = Digest::of(&content);
        if let Place::Folder(folder) = &self.0 {
            make_folder(folder)?;
        }
        if let Some((store, prefix)) = self.open()? {
            let payload = PutPayload::from_bytes(content);
            store.put(&key(&prefix, &digest), payload).await?;
        }
        Ok(digest)
    }

    /// A file, or none. What it holds is for the caller to compare with its hash.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn get(&self, digest: &Digest) -> Result<Option<Bytes>> {
        let Some((store, prefix)) = self.open()? else {
            return Ok(None);
        };
        match store.get(&key(&prefix, digest)).await {
            Ok(found) => Ok(Some(found.bytes().await?)),
            Err(Fault::NotFound { .. }) => Ok(None),
            Err(error) => Err(error.into()),
        }
    }

    /// The size of a file, or none.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn size(&self, digest: &Digest) -> Result<Option<u64>> {
        let Some((store, prefix)) = self.open()? else {
            return Ok(None);
        };
        match store.head(&key(&prefix, digest)).await {
            Ok(found) => Ok(Some(found.size)),
            Err(Fault::NotFound { .. }) => Ok(None),
            Err(error) => Err(error.into()),
        }
    }

    /// Takes a file away; one that is not there is no matter.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn remove(&self, digest: &Digest) -> Result<()> {
        let Some((store, prefix)) = self.open()? else {
            return Ok(());
        };
        match store.delete(&key(&prefix, digest)).await {
            Ok(()) | Err(Fault::NotFound { .. }) => Ok(()),
            Err(error) => Err(error.into()),
        }
    }

    /// All files there are. What is not named like one of ours is left out.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn list(&self) -> Result<Vec<Listed>> {
        let Some((store, prefix)) = self.open()? else {
            return Ok(Vec::new());
        };
        let all = store.list(Some(&prefix));
        let ours = all.try_filter_map(|found| {
            let digest = digest_of(&prefix, &found.location);
            let listed = digest.map(|digest| Listed {
                digest,
                bytes: found.size,
                at: found.last_modified.timestamp(),
            });
            std::future::ready(Ok(listed))
        });
        Ok(ours.boxed().try_collect().await?)
    }

    /// The store with the beginning of its keys; none while the folder is not there.
    fn open(&self) -> Result<Option<(Arc<dyn ObjectStore>, Key)>> {
        match &self.0 {
            Place::Store(store, prefix) => Ok(Some((store.clone(), prefix.clone()))),
            Place::Folder(folder) if !folder.exists() => Ok(None),
            Place::Folder(folder) => {
                let store = LocalFileSystem::new_with_prefix(folder)?.with_fsync(true);
                Ok(Some((Arc::new(store), Key::default())))
            }
        }
    }
}

/// Nobody else on the machine looks at the pictures.
fn make_folder(folder: &Path) -> Result<()> {
    let mut make = std::fs::DirBuilder::new();
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut make, 0o700);
    make.recursive(true)
        .create(folder)
        .map_err(StoreError::File)
}

/// `ab/cdef…`: no folder of a file system grows too long.
fn key(prefix: &Key, digest: &Digest) -> Key {
    let (first, rest) = digest.as_str().split_at(2);
    prefix.clone().join(first).join(rest)
}

fn digest_of(prefix: &Key, key: &Key) -> Option<Digest> {
    let parts: Vec<_> = key.prefix_match(prefix)?.collect();
    let text: String = parts.iter().map(AsRef::as_ref).collect();
    (parts.len() == 2).then(|| text.parse().ok())?
}
