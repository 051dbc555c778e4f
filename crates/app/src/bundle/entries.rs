//! Taking a tar apart: every entry against its line of the manifest, written beside so that each can be read again.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{Read, Write as _};
use std::path::PathBuf;

use pingyi_domain::{Digest, canonical_json, read_canonical};
use sha2::{Digest as _, Sha256};
use tempfile::TempDir;

use super::judge::BundleReport;
use super::{FORMAT, MANIFEST, Manifest};

/// A manifest of more than this is none.
const MOST_MANIFEST: u64 = 64 << 20;

/// The files of a bundle, by their paths.
pub(super) struct Entries {
    pub manifest: Manifest,
    folder: TempDir,
    /// Number of the file beside, by path.
    found: BTreeMap<String, usize>,
}

impl Entries {
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
    tar: impl Read,
    mut report: BundleReport,
) -> std::io::Result<Result<(Entries, BundleReport), BundleReport>> {
    let mut archive = tar::Archive::new(tar);
    let mut entries = archive.entries()?;
    let Some(first) = entries.next() else {
        return Ok(Err(report.broken("manifest_missing", "the file is empty")));
    };
    let Ok(mut first) = first else {
        return Ok(Err(report.broken("not_a_bundle", "no tar")));
    };
    if first.path_bytes().as_ref() != MANIFEST.as_bytes() {
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
    let mut taken = Entries {
        manifest,
        folder: tempfile::tempdir()?,
        found: BTreeMap::new(),
    };
    for entry in entries {
        let entry = match entry {
            Ok(entry) => entry,
            Err(error) => return Ok(Err(report.broken("broken_off", error.to_string()))),
        };
        if let Err(error) = take(&mut taken, entry, &mut report) {
            return Ok(Err(report.broken("broken_off", error.to_string())));
        }
    }
    compare_lists(&taken, &mut report);
    Ok(Ok((taken, report)))
}

/// One entry: whole, named once, with the size and hash the manifest says, in its order.
fn take(
    taken: &mut Entries,
    mut entry: tar::Entry<'_, impl Read>,
    report: &mut BundleReport,
) -> std::io::Result<()> {
    let path = String::from_utf8_lossy(&entry.path_bytes()).into_owned();
    let number = taken.found.len();
    let mut file = File::create(taken.folder.path().join(number.to_string()))?;
    let mut hash = Sha256::new();
    let mut bytes = 0_u64;
    let mut piece = vec![0; 1 << 16];
    loop {
        let read = entry.read(&mut piece)?;
        if read == 0 {
            break;
        }
        let part = piece.get(..read).unwrap_or_default();
        hash.update(part);
        file.write_all(part)?;
        bytes += u64::try_from(read).unwrap_or(u64::MAX);
    }
    let sha256 = data_encoding::HEXLOWER.encode(&hash.finalize());
    if taken.has(&path) || path == MANIFEST {
        report.find("twice", &path, "");
        return Ok(());
    }
    let listed = taken.manifest.files.iter().find(|file| file.path == path);
    match listed {
        None => report.find("not_listed", &path, ""),
        Some(listed) if listed.bytes != bytes => {
            let text = format!("{} ≠ {bytes}", listed.bytes);
            report.find("size_differs", &path, text);
        }
        Some(listed) if listed.sha256.as_str() != sha256 => {
            report.find("hash_differs", &path, sha256);
        }
        Some(_) => {}
    }
    let expected = taken.manifest.files.get(number);
    if listed.is_some() && expected.is_none_or(|file| file.path != path) {
        report.find("out_of_order", &path, "");
    }
    taken.found.insert(path, number);
    Ok(())
}

/// What the manifest names and is not there, or names twice.
fn compare_lists(taken: &Entries, report: &mut BundleReport) {
    let mut seen: Vec<&str> = Vec::new();
    for file in &taken.manifest.files {
        if seen.contains(&file.path.as_str()) {
            report.find("twice", MANIFEST, file.path.clone());
        } else if !taken.has(&file.path) {
            report.find("missing", &file.path, "");
        }
        seen.push(&file.path);
    }
}
