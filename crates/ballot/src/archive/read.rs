//! Reading an archive record by record, holding one at a time.

use std::io::Read;

use super::record::{first_content, first_name, header, parse_header, parse_name};
use super::{ArchiveError, BLOCK, Event, Fault, Hash, RecordKind};

/// The longest record taken unless told otherwise, in bytes. A ballot of 54 × 4 has about 130,000.
pub const DEFAULT_RECORD_LIMIT: u64 = 16 << 20;

/// One record as it stands in the file, with everything that is wrong with it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Record {
    /// Number in the file; the `BELENIOS` record is 0, so the first of these is 1.
    pub number: u64,
    /// Where its header starts, in bytes.
    pub offset: u64,
    /// SHA-256 of the content (not what the name says, should that differ).
    pub hash: Hash,
    /// The content, byte for byte.
    pub content: Vec<u8>,
    /// What it holds.
    pub entry: Entry,
    /// Empty for a record that is byte for byte as it must be.
    pub faults: Vec<Fault>,
}

/// What a record holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Entry {
    /// Data for the next event.
    Data,
    /// An event.
    Event(Event),
    /// Neither, or an event that cannot be read: the faults say which.
    Unknown,
}

impl Record {
    /// The record, if nothing is wrong with it.
    ///
    /// # Errors
    /// [`ArchiveError::Fault`] with the first fault.
    pub fn sound(self) -> Result<Self, ArchiveError> {
        match self.faults.first() {
            None => Ok(self),
            Some(fault) => Err(ArchiveError::Fault {
                offset: self.offset,
                record: self.number,
                fault: fault.clone(),
            }),
        }
    }
}

/// Reads the records of an archive. Ends after the last one, or after the first error.
///
/// Errors are only what keeps the next record from being found; everything else is a [`Fault`] of its record.
#[derive(Debug)]
pub struct ArchiveReader<R> {
    input: R,
    limit: u64,
    timestamp: u64,
    offset: u64,
    number: u64,
    ended: bool,
}

impl<R: Read> ArchiveReader<R> {
    /// Opens an archive: reads its first record. Takes records up to [`DEFAULT_RECORD_LIMIT`].
    ///
    /// # Errors
    /// [`ArchiveError::NotAnArchive`], [`ArchiveError::CutShort`], [`ArchiveError::Io`].
    pub fn new(input: R) -> Result<Self, ArchiveError> {
        Self::with_limit(input, DEFAULT_RECORD_LIMIT)
    }

    /// The same with another limit, in bytes of content.
    ///
    /// # Errors
    /// As [`ArchiveReader::new`].
    pub fn with_limit(input: R, limit: u64) -> Result<Self, ArchiveError> {
        let mut reader = Self {
            input,
            limit,
            timestamp: 0,
            offset: 0,
            number: 0,
            ended: false,
        };
        let raw = reader.raw()?.ok_or(ArchiveError::CutShort {
            offset: 0,
            record: 0,
        })?;
        let timestamp = timestamp_of(&raw.content).ok_or(ArchiveError::NotAnArchive)?;
        if raw.name != first_name() {
            return Err(ArchiveError::NotAnArchive);
        }
        reader.timestamp = timestamp;
        let faults = reader.form_faults(&raw)?;
        match faults.into_iter().next() {
            None => Ok(reader),
            Some(fault) => Err(ArchiveError::Fault {
                offset: 0,
                record: 0,
                fault,
            }),
        }
    }

    /// Seconds since 1970 in the first record.
    #[must_use]
    pub const fn timestamp(&self) -> u64 {
        self.timestamp
    }

    /// Bytes read so far: where the next record starts.
    #[must_use]
    pub const fn offset(&self) -> u64 {
        self.offset
    }

    fn record(&mut self) -> Result<Option<Record>, ArchiveError> {
        let Some(raw) = self.raw()? else {
            return Ok(None);
        };
        let mut faults = self.form_faults(&raw)?;
        let hash = Hash::of(&raw.content);
        let mut entry = Entry::Unknown;
        match parse_name(&raw.name) {
            None => faults.push(Fault::Name),
            Some((kind, named)) => {
                if named != hash {
                    faults.push(Fault::Hash);
                }
                match kind {
                    RecordKind::Data => entry = Entry::Data,
                    RecordKind::Event => match Event::parse(&raw.content) {
                        Ok(event) => entry = Entry::Event(event),
                        Err(error) => faults.push(error.into()),
                    },
                }
            }
        }
        Ok(Some(Record {
            number: raw.number,
            offset: raw.offset,
            hash,
            content: raw.content,
            entry,
            faults,
        }))
    }

    /// What in header and padding differs from the one form a record with this name and content has.
    fn form_faults(&self, raw: &Raw) -> Result<Vec<Fault>, ArchiveError> {
        let expected = header(&raw.name, raw.content.len() as u64, self.timestamp)?;
        let mut faults = Vec::new();
        if let Some(at) = (0..BLOCK).find(|at| expected[*at] != raw.header[*at]) {
            faults.push(Fault::Header(at));
        }
        if !raw.padding_is_zero {
            faults.push(Fault::Padding);
        }
        Ok(faults)
    }

    fn raw(&mut self) -> Result<Option<Raw>, ArchiveError> {
        let (offset, number) = (self.offset, self.number);
        let Some(block) = self.take(BLOCK as u64, true)? else {
            return Ok(None);
        };
        let header: [u8; BLOCK] = block.try_into().map_err(|_| ArchiveError::NoHeader {
            offset,
            record: number,
        })?;
        let no_header = || ArchiveError::NoHeader {
            offset,
            record: number,
        };
        let (name, size) = parse_header(&header).ok_or_else(no_header)?;
        if name.len() >= 100 {
            return Err(no_header());
        }
        if size > self.limit {
            return Err(ArchiveError::TooLong {
                offset,
                record: number,
                size,
                limit: self.limit,
            });
        }
        let content = self.take(size, false)?.unwrap_or_default();
        let padding = size.next_multiple_of(BLOCK as u64) - size;
        let padding_is_zero = self
            .take(padding, false)?
            .unwrap_or_default()
            .iter()
            .all(|byte| *byte == 0);
        self.number += 1;
        Ok(Some(Raw {
            number,
            offset,
            header,
            name,
            content,
            padding_is_zero,
        }))
    }

    /// Exactly this many bytes; `None` at the end of the file where a record may start.
    fn take(&mut self, bytes: u64, may_end: bool) -> Result<Option<Vec<u8>>, ArchiveError> {
        let mut taken = Vec::new();
        let got = self.input.by_ref().take(bytes).read_to_end(&mut taken)? as u64;
        self.offset += got;
        match got {
            0 if may_end => Ok(None),
            got if got == bytes => Ok(Some(taken)),
            _ => Err(ArchiveError::CutShort {
                offset: self.offset,
                record: self.number,
            }),
        }
    }
}

impl<R: Read> Iterator for ArchiveReader<R> {
    type Item = Result<Record, ArchiveError>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.ended {
            return None;
        }
        let next = self.record().transpose();
        self.ended = !matches!(next, Some(Ok(_)));
        next
    }
}

struct Raw {
    number: u64,
    offset: u64,
    header: [u8; BLOCK],
    name: String,
    content: Vec<u8>,
    padding_is_zero: bool,
}

/// The time in the first record's content, if that is its one form.
fn timestamp_of(content: &[u8]) -> Option<u64> {
    let text = std::str::from_utf8(content).ok()?;
    let digits = text
        .strip_prefix(r#"{"version":1,"timestamp":""#)?
        .strip_suffix(r#""}"#)?;
    let timestamp = digits.parse().ok()?;
    (first_content(timestamp) == text).then_some(timestamp)
}
