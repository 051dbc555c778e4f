//! Appending to an archive, from its start or from a head that was kept.

use std::io::Write;

use super::{ArchiveError, Event, EventType, Hash, RecordKind, Setup, header_record, record};

/// The end of a chain: all that is needed to append to it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Head {
    /// Seconds since 1970 in the first record, repeated in every other.
    pub timestamp: u64,
    /// Height of the last event.
    pub height: u64,
    /// Hash of the last event: what is announced in the hall.
    pub hash: Hash,
}

/// The event that follows `head` (the first one when there is none).
#[must_use]
pub fn next_event(head: Option<&Head>, kind: EventType, payload: Option<Hash>) -> Event {
    Event {
        parent: head.map(|head| head.hash),
        height: head.map_or(0, |head| head.height + 1),
        kind,
        payload,
    }
}

/// Writes records to the end of an archive, each whole, nothing ever twice.
#[derive(Debug)]
pub struct ArchiveWriter<W> {
    out: W,
    timestamp: u64,
    head: Option<Head>,
}

impl<W: Write> ArchiveWriter<W> {
    /// Starts an archive: writes its first record. `timestamp` in seconds since 1970.
    ///
    /// # Errors
    /// [`ArchiveError::Io`], [`ArchiveError::Timestamp`].
    pub fn create(mut out: W, timestamp: u64) -> Result<Self, ArchiveError> {
        out.write_all(&header_record(timestamp)?)?;
        Ok(Self {
            out,
            timestamp,
            head: None,
        })
    }

    /// Goes on where an archive ended, without reading it: `out` must stand at its end.
    #[must_use]
    pub const fn resume(out: W, head: Head) -> Self {
        Self {
            out,
            timestamp: head.timestamp,
            head: Some(head),
        }
    }

    /// Appends what belongs to an event and then the event itself; its payload is the last of `data`.
    ///
    /// # Errors
    /// [`ArchiveError::Io`], [`ArchiveError::Size`]. After an error the archive may end inside a record.
    pub fn append(&mut self, kind: EventType, data: &[&[u8]]) -> Result<Head, ArchiveError> {
        let mut bytes = Vec::new();
        for content in data {
            bytes.extend(record(self.timestamp, RecordKind::Data, content)?);
        }
        let payload = data.last().map(|content| Hash::of(content));
        let event = next_event(self.head.as_ref(), kind, payload);
        bytes.extend(record(
            self.timestamp,
            RecordKind::Event,
            event.json().as_bytes(),
        )?);
        self.out.write_all(&bytes)?;
        let head = Head {
            timestamp: self.timestamp,
            height: event.height,
            hash: event.hash(),
        };
        self.head = Some(head);
        Ok(head)
    }

    /// Appends the Setup event with the three texts it fixes.
    ///
    /// # Errors
    /// As [`ArchiveWriter::append`].
    pub fn setup(
        &mut self,
        election: &[u8],
        trustees: &[u8],
        credentials: &[u8],
    ) -> Result<Head, ArchiveError> {
        let setup = Setup::of(election, trustees, credentials).json();
        self.append(
            EventType::Setup,
            &[election, trustees, credentials, setup.as_bytes()],
        )
    }

    /// The chain's end; none before the first event.
    #[must_use]
    pub const fn head(&self) -> Option<Head> {
        self.head
    }

    /// Gives the writer underneath back.
    #[must_use]
    pub fn into_inner(self) -> W {
        self.out
    }
}
