//! Taking a tar apart: every entry against its line of the manifest, written beside so that each can be read again.

use std::collections::{BTreeMap, HashMap};
use std::fs::File;
use std::io::{Read, Write as _};
use std::path::PathBuf;

use pingyi_domain::{Digest, canonical_json, read_canonical};
use sha2::{Digest as _, Sha256};
use tempfile::TempDir;

use super::judge::BundleReport;
use super::{FORMAT, Listed, MANIFEST, Manifest};

/// A manifest of more than this is none.
const MOST_MANIFEST: u64 = 64 << 20;

/// The files of a bundle, by their paths.
pub(super) struct Entries {
    pub manifest: Manifest,
    folder: TempDir,
    /// Place in the manifest by path; of what stands twice, the first.
    listed: HashMap<String, usize>,
    /// Number of the file beside, by path.
    found: BTreeMap<String, usize>,
}

impl Entries {
    fn of(manifest: Manifest) -> std::io::Result<Self> {
        let mut listed = HashMap::new();
        for (place, file) in manifest.files.iter().enumerate() {
            listed.entry(file.path.clone()).or_insert(place);
        }
        Ok(Self {
            manifest,
            folder: tempfile::tempdir()?,
            listed,
            found: BTreeMap::new(),
        })
    }

    /// What the manifest says of a file.
    pub fn listed(&self, path: &str) -> Option<&Listed> {
        self.manifest.files.get(*self.listed.get(path)?)
    }

    /// Whether a file is there, as the manifest says or not.
    pub fn has(&self, path: &str) -> bool {
        self.found.contains_key(path)
    }

    /// The paths that begin so, in their order.
    pub fn below<'a>(&'a self, head: &'a str) -> impl Iterator<Item = &'a str> {
        let paths = self.found.keys().map(String::as_str);
        paths.filter(move |path| path.starts_with(head))
    }

    /// Opens a file.
    pub fn open(&self, path: &str) -> std::io::Result<File> {
        File::open(self.place(path))
    }

    /// Reads a file; empty where it is not there.
    pub fn read(&self, path: &str) -> std::io::Result<Vec<u8>> {
        if !self.has(path) {
            return Ok(Vec::new());
        }
        std::fs::read(self.place(path))
    }

    fn place(&self, path: &str) -> PathBuf {
        let number = self.found.get(path).copied().unwrap_or(usize::MAX);
        self.folder.path().join(number.to_string())
    }
}

/// Reads the tar to its end. What it says about itself is worth nothing without the manifest.
pub(super) fn take_apart(
    mut tar: impl Read,
    mut report: BundleReport,
) -> std::io::Result<Result<(Entries, BundleReport), BundleReport>> {
    let mut archive = tar::Archive::new(&mut tar);
    // Raw: no entry says anything about another one, and none becomes more than it is.
    let mut entries = archive.entries()?.raw(true);
    let Some(first) = entries.next() else {
        return Ok(Err(report.broken("manifest_missing", "the file is empty")));
    };
    let Ok(mut first) = first else {
        return Ok(Err(report.broken("not_a_bundle", "no tar")));
    };
    let regular = first.header().entry_type().is_file();
    if !regular || first.path_bytes().as_ref() != MANIFEST.as_bytes() {
        return Ok(Err(
            report.broken("manifest_missing", "it does not come first")
        ));
    }
    let mut json = String::new();
    if let Err(error) = first.by_ref().take(MOST_MANIFEST).read_to_string(&mut json) {
        return Ok(Err(report.broken("not_a_bundle", error.to_string())));
    }
    let manifest: Manifest = match read_canonical(&json) {
        Ok(manifest) => manifest,
        Err(error) => return Ok(Err(report.broken("manifest_unreadable", error.to_string()))),
    };
    if manifest.format != FORMAT {
        return Ok(Err(
            report.broken("manifest_unreadable", manifest.format.clone())
        ));
    }
    report.manifest = Digest::of(json.as_bytes()).to_string();
    report.appraisal = manifest.appraisal.to_string();
    report.title.clone_from(&manifest.title);
    report.files = u64::try_from(manifest.files.len()).unwrap_or(u64::MAX);
    if canonical_json(&manifest) != json {
        report.find("not_canonical", MANIFEST, "");
    }
    let mut taken = Entries::of(manifest)?;
    for entry in entries {
        let entry = match entry {
            Ok(entry) => entry,
            Err(error) => return Ok(Err(report.broken("broken_off", error.to_string()))),
        };
        if let Err(error) = take(&mut taken, entry, &mut report) {
            return Ok(Err(report.broken("broken_off", error.to_string())));
        }
    }
    nothing_behind(tar, &mut report)?;
    compare_lists(&taken, &mut report);
    Ok(Ok((taken, report)))
}

/// One entry: whole, listed, named once, with the size and hash the manifest says, in its order. Nothing else is written
/// beside, and never more than the manifest allows.
fn take(
    taken: &mut Entries,
    entry: tar::Entry<'_, impl Read>,
    report: &mut BundleReport,
) -> std::io::Result<()> {
    let path = String::from_utf8_lossy(&entry.path_bytes()).into_owned();
    if !entry.header().entry_type().is_file() {
        let kind = char::from(entry.header().entry_type().as_byte());
        report.find("no_file", &path, kind.to_string());
        return Ok(());
    }
    if taken.has(&path) || path == MANIFEST {
        report.find("twice", &path, "");
        return Ok(());
    }
    let Some(listed) = taken.listed(&path).cloned() else {
        report.find("not_listed", &path, "");
        return Ok(());
    };
    let size = entry.size();
    let number = taken.found.len();
    let file = File::create(taken.folder.path().join(number.to_string()))?;
    let (bytes, sha256) = written(entry, listed.bytes.saturating_add(1), file)?;
    // What is longer was not read on.
    let size = if bytes > listed.bytes { size } else { bytes };
    if size != listed.bytes {
        let text = format!("{} ≠ {size}", listed.bytes);
        report.find("size_differs", &path, text);
    } else if listed.sha256.as_str() != sha256 {
        report.find("hash_differs", &path, sha256);
    }
    let expected = taken.manifest.files.get(number);
    if expected.is_none_or(|file| file.path != path) {
        report.find("out_of_order", &path, "");
    }
    taken.found.insert(path, number);
    Ok(())
}

/// Writes up to so many bytes beside: how many there were, and their SHA-256.
fn written(from: impl Read, most: u64, mut file: File) -> std::io::Result<(u64, String)> {
    let mut from = from.take(most);
    let mut hash = Sha256::new();
    let mut bytes = 0_u64;
    let mut piece = vec![0; 1 << 16];
    loop {
        let read = from.read(&mut piece)?;
        if read == 0 {
            break;
        }
        let part = piece.get(..read).unwrap_or_default();
        hash.update(part);
        file.write_all(part)?;
        bytes += u64::try_from(read).unwrap_or(u64::MAX);
    }
    Ok((bytes, data_encoding::HEXLOWER.encode(&hash.finalize())))
}

/// Behind the end of a tar there is nothing but empty blocks; other programs might read on.
fn nothing_behind(mut tar: impl Read, report: &mut BundleReport) -> std::io::Result<()> {
    let mut piece = vec![0; 1 << 16];
    loop {
        let read = tar.read(&mut piece)?;
        if read == 0 {
            return Ok(());
        }
        if piece.iter().take(read).any(|byte| *byte != 0) {
            report.find("after_end", MANIFEST, "");
            return Ok(());
        }
    }
}

/// What the manifest names and is not there, or names twice.
fn compare_lists(taken: &Entries, report: &mut BundleReport) {
    for (place, file) in taken.manifest.files.iter().enumerate() {
        if taken.listed.get(&file.path) != Some(&place) {
            report.find("twice", MANIFEST, file.path.clone());
        } else if !taken.has(&file.path) {
            report.find("missing", &file.path, "");
        }
    }
}
