//! Judging an archive: what was checked, every finding with its place, no early stop.
//!
//! Everything the published format holds is checked, and the seven points in which we are stricter than the
//! tools we are compatible with (trust.md): the grammar of events, no ballot twice, the recomputed tally,
//! distinct teller keys as announced, row sums, strong decryption proofs with shares on one polynomial, and
//! the announced head.

mod audit;
mod ballots;
mod opening;
mod phase;
mod report;
mod setup;

use std::io::Read;

pub use report::{Check, Finding, Place, Report, Reservation, Status};

use crate::archive::{ArchiveError, ArchiveReader, Hash};
use audit::Audit;

/// How to judge.
#[derive(Debug, Clone, Default)]
pub struct Options {
    /// A foreign archive made by belenios-tool: judged by everything its own format holds. Our own extra
    /// field and the strong proofs are not asked for, and the report says what it cannot vouch for.
    pub belenios: bool,
    /// The head announced in the hall and printed on the result sheet.
    pub expected_head: Option<Hash>,
}

/// How far the reading has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Progress {
    /// Bytes of the archive read.
    pub bytes: u64,
    /// Ballots checked.
    pub ballots: u64,
}

/// Judges an archive with the sidecar of strong proofs beside it.
///
/// Reads once, front to back; ballots are checked on all threads of the current rayon pool. Memory is
/// bounded by the largest record, one batch of ballots and the ciphertexts of the counted ones.
pub fn verify(
    archive: impl Read,
    sidecar: Option<&[u8]>,
    options: &Options,
    progress: &(dyn Fn(Progress) + Sync),
) -> Report {
    let mut audit = Audit::new(options, progress);
    match ArchiveReader::new(archive) {
        Ok(mut reader) => read_all(&mut reader, &mut audit),
        Err(error) => audit.cannot_go_on(&error, true),
    }
    audit.finish(sidecar)
}

fn read_all(reader: &mut ArchiveReader<impl Read>, audit: &mut Audit<'_>) {
    while let Some(next) = reader.next() {
        match next {
            Ok(record) => audit.record(record, reader.offset()),
            Err(error) => {
                audit.cannot_go_on(&error, matches!(error, ArchiveError::Io(_)));
                return;
            }
        }
    }
}
