//! The file, record by record, and the links of the chain.

use super::*;

// --- the file ---

/// The archive's records apart: kind and content.
fn records(archive: &[u8]) -> Vec<(RecordKind, Vec<u8>)> {
    ArchiveReader::new(archive)
        .unwrap()
        .map(|record| {
            let record = record.unwrap();
            let kind = if record.entry == Entry::Data {
                RecordKind::Data
            } else {
                RecordKind::Event
            };
            (kind, record.content)
        })
        .collect()
}

fn together(records: &[(RecordKind, Vec<u8>)]) -> Vec<u8> {
    let mut bytes = header_record(TIME).unwrap();
    for (kind, content) in records {
        bytes.extend(record(TIME, *kind, content).unwrap());
    }
    bytes
}

#[test]
fn the_chain_is_checked_link_by_link() {
    let (_, steps, _) = opened();
    let parts = records(&write(&steps[..3]));
    assert_eq!(together(&parts), write(&steps[..3]));
    let last = parts.len() - 1;
    let event = Event::parse(&parts[last].1).unwrap();
    let with = |event: Event| {
        let mut forged = parts.clone();
        forged[last].1 = event.json().into_bytes();
        judge(&together(&forged), None)
    };
    let other_parent = Event {
        parent: Some(Hash::of(b"x")),
        ..event.clone()
    };
    assert_eq!(codes(&with(other_parent)), ["event_parent"]);
    assert_eq!(
        codes(&with(Event {
            parent: None,
            ..event.clone()
        })),
        ["event_parent"]
    );
    assert_eq!(
        codes(&with(Event {
            height: 7,
            ..event.clone()
        })),
        ["event_height"]
    );
    let other_payload = Event {
        payload: Some(Hash::of(b"x")),
        ..event.clone()
    };
    assert_eq!(codes(&with(other_payload)), ["event_payload"]);
    assert_eq!(
        codes(&with(Event {
            payload: None,
            ..event
        })),
        ["event_payload"]
    );
}

#[test]
fn records_are_where_they_belong() {
    let (_, steps, _) = opened();
    let parts = records(&write(&steps[..3]));
    let mut extra = parts.clone();
    extra.insert(5, (RecordKind::Data, b"more".to_vec()));
    assert_eq!(
        codes(&judge(&together(&extra), None)),
        ["record_unreferenced"]
    );
    let mut many = parts.clone();
    for _ in 0..20 {
        many.insert(5, (RecordKind::Data, b"more".to_vec()));
    }
    assert_eq!(
        codes(&judge(&together(&many), None)),
        ["record_unreferenced"; 20]
    );
    let mut without = parts.clone();
    without.remove(5);
    let report = judge(&together(&without), None);
    assert_eq!(codes(&report), ["event_payload", "record_missing"]);
    let mut trailing = parts.clone();
    trailing.push((RecordKind::Data, b"more".to_vec()));
    assert_eq!(
        codes(&judge(&together(&trailing), None)),
        ["record_unreferenced"]
    );
    let mut unreadable = parts;
    unreadable[8].1 = b"{}".to_vec();
    let report = judge(&together(&unreadable), None);
    assert!(codes(&report).contains(&"event_malformed"));
}

#[test]
fn text_that_is_not_utf8_is_found() {
    let mut scene = Scene::sealed(&Plan::default());
    scene.ballots.clear();
    let mut parts = records(&write(&scene.open_steps()));
    parts[1].1 = vec![0xff, 0xfe];
    let report = judge(&together(&parts), None);
    assert!(
        codes(&report).contains(&"record_not_text"),
        "{:?}",
        codes(&report)
    );
}

#[test]
fn damage_to_the_file_is_found_and_named() {
    let (_, steps, _) = opened();
    let archive = write(&steps[..3]);
    let first_data = 1024;
    for (at, value, code) in [
        (first_data + 140, b'7', "record_header"),
        (first_data + 110, b'7', "record_header"),
        (first_data + 400, b'7', "record_header"),
        (first_data, b'x', "record_name"),
        (first_data, b'0', "record_hash"),
        (first_data + 600, 0, "record_hash"),
        (archive.len() - 1, 7, "record_padding"),
        (first_data + 124, b'x', "archive_no_header"),
        (first_data + 124, b'7', "record_too_long"),
    ] {
        let mut changed = archive.clone();
        assert_ne!(changed[at], value);
        changed[at] = value;
        let report = judge(&changed, None);
        assert!(
            codes(&report).contains(&code),
            "{code}: {:?}",
            codes(&report)
        );
    }
}

#[test]
fn an_archive_cut_short_is_a_finding() {
    let (_, steps, sidecar) = opened();
    let archive = write(&steps);
    for length in [1025, 2000, archive.len() - 700, archive.len() - 1] {
        let report = judge(&archive[..length], Some(&sidecar.json()));
        assert_eq!(report.status, Status::Findings);
        assert!(
            codes(&report).contains(&"archive_cut_short"),
            "{length}: {:?}",
            codes(&report)
        );
    }
}

#[test]
fn what_is_no_archive_is_unreadable() {
    let ordinary = record(TIME, RecordKind::Data, b"{}").unwrap();
    for (bytes, code) in [
        (&b""[..], "archive_cut_short"),
        (b"hello", "archive_cut_short"),
        (&[0; 4096], "archive_no_header"),
        (&[0xff; 4096], "archive_no_header"),
        (&ordinary, "not_an_archive"),
    ] {
        let report = judge(bytes, None);
        assert_eq!(
            (report.status, codes(&report)),
            (Status::Unreadable, vec![code])
        );
    }
}

#[test]
fn an_input_that_fails_is_unreadable() {
    struct Failing<'a>(&'a [u8]);
    impl std::io::Read for Failing<'_> {
        fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
            if self.0.is_empty() {
                return Err(std::io::Error::other("the disk is gone"));
            }
            self.0.read(buffer)
        }
    }
    let (_, steps, _) = opened();
    let archive = write(&steps);
    let report = verify(
        Failing(&archive[..5000]),
        None,
        &Options::default(),
        &|_| (),
    );
    assert_eq!(report.status, Status::Unreadable);
    assert!(codes(&report).contains(&"input_failed"));
}

#[test]
fn a_report_is_the_same_after_a_trip_through_json() {
    let (_, steps, _) = opened();
    let report = judge(&write(&steps), None);
    let json = serde_json::to_string(&report).unwrap();
    assert_eq!(serde_json::from_str::<Report>(&json).unwrap(), report);
}
