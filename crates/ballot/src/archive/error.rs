//! What can be wrong with an archive as a file. What its records say is judged by [`crate::verify`].

use super::EventError;

/// Reading or writing cannot go on.
#[derive(Debug, thiserror::Error)]
pub enum ArchiveError {
    /// The reader or writer underneath failed.
    #[error("input or output failed: {0}")]
    Io(#[from] std::io::Error),
    /// The file ends inside a record.
    #[error("cut short at byte {offset}, inside record {record}")]
    CutShort {
        /// Bytes there are.
        offset: u64,
        /// Number of the record that is not whole, from 0.
        record: u64,
    },
    /// The block at the start of a record is no header: nothing after it can be found.
    #[error("no record header at byte {offset} (record {record})")]
    NoHeader {
        /// Where the record starts, in bytes.
        offset: u64,
        /// Number of the record, from 0.
        record: u64,
    },
    /// A record says it is longer than the reader was told to hold.
    #[error("record {record} at byte {offset} has {size} bytes, more than {limit}")]
    TooLong {
        /// Where the record starts, in bytes.
        offset: u64,
        /// Number of the record, from 0.
        record: u64,
        /// Its size in bytes, by its header.
        size: u64,
        /// The limit in bytes.
        limit: u64,
    },
    /// The first record does not name a Belenios archive of version 1.
    #[error("not an archive: the first record is not BELENIOS, version 1")]
    NotAnArchive,
    /// A record that could be read is not as the one writer would have written it.
    #[error("record {record} at byte {offset}: {fault}")]
    Fault {
        /// Where the record starts, in bytes.
        offset: u64,
        /// Number of the record, from 0.
        record: u64,
        /// What is wrong with it.
        fault: Fault,
    },
    /// The time does not fit the header.
    #[error("timestamp {0} does not fit the archive's header")]
    Timestamp(u64),
    /// The content does not fit the header.
    #[error("a record of {size} bytes is longer than {limit}")]
    Size {
        /// Size in bytes.
        size: u64,
        /// The limit in bytes.
        limit: u64,
    },
}

/// What is wrong with a record that could still be read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Fault {
    /// A byte of the header differs from the only header this record may have.
    #[error("the header differs at its byte {0}")]
    Header(usize),
    /// The zeros after the content are not all zeros.
    #[error("the padding is not zero")]
    Padding,
    /// The name is neither `<hash>.data.json` nor `<hash>.event.json`.
    #[error("unknown name")]
    Name,
    /// The content does not have the hash that the name says.
    #[error("the content does not have the hash in its name")]
    Hash,
    /// An event that cannot be read.
    #[error(transparent)]
    Event(#[from] EventError),
}
