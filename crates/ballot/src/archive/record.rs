//! The bytes of one record: a 512-byte v7 tar header, the content, zeros up to the next block.

use super::{ArchiveError, Hash};

/// Size of a tar block in bytes.
pub const BLOCK: usize = 512;

/// Timestamps (seconds since 1970) must stay below this to fit the header's eleven octal digits.
pub const TIMESTAMP_LIMIT: u64 = 1 << 33;

const SIZE_LIMIT: u64 = 1 << 33;
const FIRST_NAME: &str = "BELENIOS";

/// What a record is, as the ending of its name says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum RecordKind {
    /// Anything an event refers to: `<hash>.data.json`.
    Data,
    /// A link of the chain: `<hash>.event.json`.
    Event,
}

impl RecordKind {
    const fn ending(self) -> &'static str {
        match self {
            Self::Data => ".data.json",
            Self::Event => ".event.json",
        }
    }
}

/// The exact bytes of a record with this content. A pure function: equal input, equal bytes.
///
/// # Errors
/// [`ArchiveError::Timestamp`] or [`ArchiveError::Size`] when the header has no room for the number.
pub fn record(timestamp: u64, kind: RecordKind, content: &[u8]) -> Result<Vec<u8>, ArchiveError> {
    framed(&name_of(kind, &Hash::of(content)), timestamp, content)
}

/// The exact bytes of an archive's first record, which fixes the timestamp that all others repeat.
///
/// # Errors
/// [`ArchiveError::Timestamp`] when the header has no room for it.
pub fn header_record(timestamp: u64) -> Result<Vec<u8>, ArchiveError> {
    framed(FIRST_NAME, timestamp, first_content(timestamp).as_bytes())
}

/// Length in bytes of the record of a content this long, header and padding included.
#[must_use]
pub const fn record_len(content: u64) -> u64 {
    (BLOCK as u64) + content.div_ceil(BLOCK as u64) * (BLOCK as u64)
}

pub(super) fn first_content(timestamp: u64) -> String {
    format!(r#"{{"version":1,"timestamp":"{timestamp}"}}"#)
}

fn name_of(kind: RecordKind, hash: &Hash) -> String {
    format!("{hash}{}", kind.ending())
}

pub(super) const fn first_name() -> &'static str {
    FIRST_NAME
}

/// What a record's name says it is; `None` for a name that is not `<hash>.data.json` or `.event.json`.
pub(super) fn parse_name(name: &str) -> Option<(RecordKind, Hash)> {
    [RecordKind::Data, RecordKind::Event]
        .into_iter()
        .find_map(|kind| {
            let hash = name.strip_suffix(kind.ending())?.parse().ok()?;
            Some((kind, hash))
        })
}

fn framed(name: &str, timestamp: u64, content: &[u8]) -> Result<Vec<u8>, ArchiveError> {
    let size = content.len() as u64;
    let mut bytes = header(name, size, timestamp)?.to_vec();
    bytes.extend_from_slice(content);
    bytes.resize(content.len().next_multiple_of(BLOCK) + BLOCK, 0);
    Ok(bytes)
}

/// The one header that a record of this name, size (bytes) and time may have.
pub(super) fn header(name: &str, size: u64, timestamp: u64) -> Result<[u8; BLOCK], ArchiveError> {
    if timestamp >= TIMESTAMP_LIMIT {
        return Err(ArchiveError::Timestamp(timestamp));
    }
    if size >= SIZE_LIMIT {
        return Err(ArchiveError::Size {
            size,
            limit: SIZE_LIMIT,
        });
    }
    let mut block = [0; BLOCK];
    put(&mut block, 0, name);
    put(&mut block, 100, "0000644");
    put(&mut block, 108, "0000000");
    put(&mut block, 116, "0000000");
    put(&mut block, 124, &format!("{size:011o}"));
    put(&mut block, 136, &format!("{timestamp:011o}"));
    put(&mut block, 148, "        ");
    put(&mut block, 156, "0");
    let sum: u32 = block.iter().map(|byte| u32::from(*byte)).sum();
    put(&mut block, 148, &format!("{sum:06o}\0 "));
    Ok(block)
}

/// Every text here is shorter than its field: the longest name has 75 characters of 100.
fn put(block: &mut [u8; BLOCK], at: usize, text: &str) {
    block[at..at + text.len()].copy_from_slice(text.as_bytes());
}

/// The two fields a reader needs to find the next record: name and size in bytes.
pub(super) fn parse_header(block: &[u8; BLOCK]) -> Option<(String, u64)> {
    let name = block[..100].split(|byte| *byte == 0).next()?;
    let name = String::from_utf8(name.to_vec()).ok()?;
    let digits = std::str::from_utf8(&block[124..135]).ok()?;
    let size = digits.bytes().all(|digit| (b'0'..=b'7').contains(&digit));
    size.then(|| u64::from_str_radix(digits, 8).ok())
        .flatten()
        .map(|size| (name, size))
}
