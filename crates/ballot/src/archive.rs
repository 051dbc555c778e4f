//! The board's archive `UUID.bel`: an append-only, hash-chained file of records (protocol.md §10).
//!
//! The form is an old-style (v7) tar file without the closing zero blocks, so that appending never
//! rewrites a byte. One archive has exactly one form: [`ArchiveReader`] reports every byte that another
//! writer would have set differently, and [`record`] makes the bytes of a record from its content alone.

mod error;
mod event;
mod hash;
mod read;
mod record;
mod write;

#[cfg(test)]
mod tests;

pub use error::{ArchiveError, Fault};
pub use event::{Event, EventError, EventType, Setup};
pub use hash::{Hash, HashError};
pub use read::{ArchiveReader, DEFAULT_RECORD_LIMIT, Entry, Record};
pub use record::{BLOCK, RecordKind, TIMESTAMP_LIMIT, header_record, record, record_len};
pub use write::{ArchiveWriter, Head, next_event};
