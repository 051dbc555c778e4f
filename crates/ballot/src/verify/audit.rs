//! The chain: records become events, events are judged in their turn.

use super::ballots::Ballots;
use super::opening::Opening;
use super::phase::{Phase, data_of};
use super::report::{Notes, Place, Report, Status};
use super::setup::BoxSetup;
use super::{Options, Progress};
use crate::archive::{ArchiveError, Entry, Event, EventType, Fault, Hash, Record};

/// No event has more data records before it.
const MOST_DATA: usize = 4;

/// A data record that waits for its event.
pub(super) struct Data {
    pub hash: Hash,
    pub content: Vec<u8>,
    place: Place,
}

impl Data {
    /// The content as text; a finding and nothing when it is not UTF-8.
    pub fn text<'a>(&'a self, notes: &mut Notes) -> Option<&'a str> {
        let text = std::str::from_utf8(&self.content).ok();
        if text.is_none() {
            notes.find("record_not_text", &self.place, "the record is not UTF-8");
        }
        text
    }
}

/// A verification under way.
pub(super) struct Audit<'a> {
    options: &'a Options,
    progress: &'a (dyn Fn(Progress) + Sync),
    notes: Notes,
    readable: bool,
    pending: Vec<Data>,
    head: Option<(u64, Hash)>,
    announced_at: Option<u64>,
    phase: Phase,
    setup: Option<BoxSetup>,
    ballots: Ballots,
    opening: Opening,
}

impl<'a> Audit<'a> {
    pub fn new(options: &'a Options, progress: &'a (dyn Fn(Progress) + Sync)) -> Self {
        Self {
            options,
            progress,
            notes: Notes::default(),
            readable: true,
            pending: Vec::new(),
            head: None,
            announced_at: None,
            phase: Phase::Empty,
            setup: None,
            ballots: Ballots::default(),
            opening: Opening::default(),
        }
    }

    /// The file cannot be read any further.
    pub fn cannot_go_on(&mut self, error: &ArchiveError, unreadable: bool) {
        self.readable &= !unreadable;
        let (code, place) = match error {
            ArchiveError::CutShort { offset, record } => {
                ("archive_cut_short", at(*record, *offset))
            }
            ArchiveError::NoHeader { offset, record } => {
                ("archive_no_header", at(*record, *offset))
            }
            ArchiveError::TooLong { offset, record, .. } => {
                ("record_too_long", at(*record, *offset))
            }
            ArchiveError::Fault { offset, record, .. } => ("record_header", at(*record, *offset)),
            ArchiveError::NotAnArchive | ArchiveError::Timestamp(_) | ArchiveError::Size { .. } => {
                ("not_an_archive", Place::default())
            }
            ArchiveError::Io(_) => ("input_failed", Place::default()),
        };
        self.notes.find(code, &place, error.to_string());
    }

    /// Takes the next record; `read` bytes of the archive are read with it.
    pub fn record(&mut self, record: Record, read: u64) {
        let place = at(record.number, record.offset);
        self.notes.count("records", 1);
        for fault in &record.faults {
            let code = match fault {
                Fault::Header(_) => "record_header",
                Fault::Padding => "record_padding",
                Fault::Name => "record_name",
                Fault::Hash => "record_hash",
                Fault::Event(_) => "event_malformed",
            };
            self.notes.find(code, &place, fault.to_string());
        }
        match record.entry {
            Entry::Event(event) => self.event(&event, record.hash, place),
            Entry::Data => self.data(Data {
                hash: record.hash,
                content: record.content,
                place,
            }),
            Entry::Unknown => {}
        }
        if self.ballots.is_full() {
            self.flush_ballots();
        }
        (self.progress)(Progress {
            bytes: read,
            ballots: self.ballots.checked(),
        });
    }

    fn data(&mut self, data: Data) {
        if self.pending.len() == MOST_DATA {
            let dropped = self.pending.remove(0);
            self.unreferenced(&dropped);
        }
        self.pending.push(data);
    }

    fn unreferenced(&mut self, data: &Data) {
        self.notes.find(
            "record_unreferenced",
            &data.place,
            "no event refers to this record",
        );
    }

    fn event(&mut self, event: &Event, hash: Hash, mut place: Place) {
        self.notes.count("events", 1);
        self.check_link(event, &place);
        self.head = Some((event.height, hash));
        if self.options.expected_head == Some(hash) {
            self.announced_at = Some(event.height);
        }
        place.height = Some(event.height);
        let data = self.data_before(event, &place);
        match self.phase.after(event.kind) {
            Some(phase) => self.phase = phase,
            None => self.notes.find(
                "event_order",
                &place,
                format!("{} may not come here", event.kind),
            ),
        }
        if let Some(data) = data {
            self.judge(event.kind, data, &place);
        }
    }

    /// Parent and height must follow from the event before.
    fn check_link(&mut self, event: &Event, place: &Place) {
        let expected = self.head.map_or(0, |(height, _)| height.saturating_add(1));
        if event.parent != self.head.map(|(_, hash)| hash) {
            self.notes.find(
                "event_parent",
                place,
                "the event does not follow the one before it",
            );
        }
        if event.height != expected {
            let text = format!(
                "the event has height {} instead of {expected}",
                event.height
            );
            self.notes.find("event_height", place, text);
        }
    }

    /// The data records before an event, if they are the ones it needs.
    fn data_before(&mut self, event: &Event, place: &Place) -> Option<Vec<Data>> {
        let mut data = std::mem::take(&mut self.pending);
        let payload = data.last().map(|data| data.hash);
        if event.payload != payload {
            let text = "the event's payload is not the record before it";
            self.notes.find("event_payload", place, text);
        }
        let needed = data_of(event.kind);
        while data.len() > needed {
            let extra = data.remove(0);
            self.unreferenced(&extra);
        }
        if data.len() < needed {
            let text = format!(
                "{} of the {needed} records before {} are missing",
                needed - data.len(),
                event.kind
            );
            self.notes.find("record_missing", place, text);
            return None;
        }
        Some(data)
    }

    fn judge(&mut self, kind: EventType, data: Vec<Data>, place: &Place) {
        match kind {
            EventType::Setup => {
                let setup = BoxSetup::read(&data, self.options.belenios, place, &mut self.notes);
                // A second Setup is a finding already; the first one stands.
                if self.setup.is_none() {
                    self.setup = setup;
                }
            }
            EventType::Ballot => {
                self.ballots.take(data, place, &mut self.notes);
            }
            EventType::EncryptedTally => {
                self.flush_ballots();
                if let Some(setup) = &self.setup {
                    self.opening
                        .tally(setup, &self.ballots, &data, place, &mut self.notes);
                }
            }
            EventType::PartialDecryption => {
                if let Some(setup) = &self.setup {
                    self.opening
                        .share(setup, &data, self.options.belenios, place, &mut self.notes);
                }
            }
            EventType::Result => self.opening.result(&data, place, &mut self.notes),
            EventType::EndBallots | EventType::Shuffle | EventType::EndShuffles => {}
        }
    }

    fn flush_ballots(&mut self) {
        self.ballots.flush(self.setup.as_ref(), &mut self.notes);
    }

    /// What only the end can tell, and the verdict.
    pub fn finish(mut self, sidecar: Option<&[u8]>) -> Report {
        self.flush_ballots();
        for data in std::mem::take(&mut self.pending) {
            self.unreferenced(&data);
        }
        let end = Place {
            height: self.head.map(|(height, _)| height),
            ..Place::default()
        };
        if self.phase == Phase::Empty && self.readable {
            self.notes
                .find("setup_missing", &end, "the archive has no Setup event");
        }
        if let Some(setup) = &self.setup {
            let strict = !self.options.belenios;
            let counted = self.phase == Phase::Counted;
            self.opening
                .finish(setup, sidecar, strict, counted, &mut self.notes);
            setup.check_minimum(self.ballots.counted(), self.phase, &end, &mut self.notes);
        }
        self.check_head(&end);
        if self.options.belenios {
            self.notes.reserve(
                "foreign_archive",
                "the numbers of tellers and the form were not announced in the election",
            );
        }
        self.report()
    }

    fn check_head(&mut self, end: &Place) {
        let Some(expected) = self.options.expected_head else {
            return;
        };
        self.notes.count("head", 1);
        if self.head.map(|(_, hash)| hash) == Some(expected) {
            return;
        }
        let text = match self.announced_at {
            Some(height) => {
                format!("the announced head is event {height}; the archive goes on after it")
            }
            None => "the announced head is not in this archive".to_owned(),
        };
        self.notes.find("head_differs", end, text);
    }

    fn report(self) -> Report {
        let status = match (self.readable, self.notes.findings.is_empty(), self.phase) {
            (false, _, _) => Status::Unreadable,
            (true, false, _) => Status::Findings,
            (true, true, Phase::Counted) => Status::Valid,
            (true, true, _) => Status::ValidOpen,
        };
        let election = self.setup.as_ref().map(|setup| &setup.election);
        Report {
            status,
            checks: self.notes.checks(),
            box_uuid: election.map(|election| election.uuid().to_string()),
            fingerprint: election.map(|election| election.fingerprint().to_owned()),
            name: election.map(|election| election.name().to_owned()),
            head: self.head.map(|(_, hash)| hash),
            height: self.head.map(|(height, _)| height),
            ballots: self.ballots.on_board(),
            counted: self.ballots.counted(),
            total_weight: self.ballots.total_weight(),
            roll: self.setup.as_ref().map_or(0, BoxSetup::roll_len),
            openers: self.opening.openers(),
            strong_proofs: self.opening.strong_proofs(),
            result: self.opening.published_result(),
            findings: self.notes.findings,
            reservations: self.notes.reservations,
        }
    }
}

fn at(record: u64, offset: u64) -> Place {
    Place {
        record: Some(record),
        offset: Some(offset),
        ..Place::default()
    }
}
