use super::*;

const TIME: u64 = 1_700_000_000;

fn sample() -> Vec<u8> {
    let mut writer = ArchiveWriter::create(Vec::new(), TIME).unwrap();
    writer.setup(br#"{"version":1}"#, b"[]", b"[]").unwrap();
    writer.append(EventType::Ballot, &[&[b'x'; 700]]).unwrap();
    writer.append(EventType::EndBallots, &[]).unwrap();
    writer
        .append(EventType::EncryptedTally, &[&[b'y'; 512], b"sized"])
        .unwrap();
    writer.into_inner()
}

fn read_all(bytes: &[u8]) -> Result<Vec<Record>, ArchiveError> {
    ArchiveReader::new(bytes)?
        .map(|record| record.and_then(Record::sound))
        .collect()
}

#[test]
fn the_first_record_is_as_the_format_says() {
    let bytes = header_record(TIME).unwrap();
    assert_eq!(bytes.len(), 1024);
    assert_eq!(&bytes[..9], b"BELENIOS\0");
    assert_eq!(&bytes[100..124], b"0000644\x000000000\x000000000\0");
    assert_eq!(&bytes[124..148], b"00000000046\x0014524770400\0");
    assert_eq!(&bytes[154..158], b"\0 0\0");
    assert!(bytes[512..].starts_with(b"{\"version\":1,\"timestamp\":\"1700000000\"}\0\0"));
}

#[test]
fn a_header_has_room_for_eleven_octal_digits() {
    assert!(header_record(TIMESTAMP_LIMIT - 1).is_ok());
    assert!(matches!(
        header_record(TIMESTAMP_LIMIT),
        Err(ArchiveError::Timestamp(TIMESTAMP_LIMIT))
    ));
    let limit = 1 << 33;
    assert!(record::header("a", limit - 1, TIME).is_ok());
    assert!(matches!(
        record::header("a", limit, TIME),
        Err(ArchiveError::Size { .. })
    ));
}

#[test]
fn a_first_record_of_another_name_is_no_archive() {
    let good = record::first_content(TIME);
    // The same number in another spelling is no better.
    let zeros = good.replace(":\"1", ":\"01");
    for (name, content) in [("BELENIOT", good), ("BELENIOS", zeros)] {
        let size = content.len() as u64;
        let mut bytes = record::header(name, size, TIME).unwrap().to_vec();
        bytes.extend(content.as_bytes());
        bytes.resize(1024, 0);
        assert!(matches!(
            ArchiveReader::new(&bytes[..]),
            Err(ArchiveError::NotAnArchive)
        ));
    }
}

#[test]
fn what_is_written_is_read() {
    let records = read_all(&sample()).unwrap();
    let kinds: Vec<_> = records
        .iter()
        .filter_map(|record| match &record.entry {
            Entry::Event(event) => Some((event.height, event.kind)),
            _ => None,
        })
        .collect();
    assert_eq!(
        kinds,
        [
            (0, EventType::Setup),
            (1, EventType::Ballot),
            (2, EventType::EndBallots),
            (3, EventType::EncryptedTally)
        ]
    );
    assert_eq!(records[5].content, [b'x'; 700]);
    assert_eq!(records[5].number, 6);
}

#[test]
fn reading_and_writing_again_gives_the_same_bytes() {
    let bytes = sample();
    let mut again = header_record(TIME).unwrap();
    for read in read_all(&bytes).unwrap() {
        let kind = if read.entry == Entry::Data {
            RecordKind::Data
        } else {
            RecordKind::Event
        };
        assert_eq!(again.len() as u64, read.offset);
        again.extend(record(TIME, kind, &read.content).unwrap());
        assert_eq!(
            record_len(read.content.len() as u64),
            again.len() as u64 - read.offset
        );
    }
    assert_eq!(again, bytes);
}

#[test]
fn a_writer_resumed_from_the_head_goes_on_as_if_never_stopped() {
    let mut first = ArchiveWriter::create(Vec::new(), TIME).unwrap();
    first.setup(br#"{"version":1}"#, b"[]", b"[]").unwrap();
    let head = first.append(EventType::Ballot, &[&[b'x'; 700]]).unwrap();
    let mut second = ArchiveWriter::resume(first.into_inner(), head);
    second.append(EventType::EndBallots, &[]).unwrap();
    second
        .append(EventType::EncryptedTally, &[&[b'y'; 512], b"sized"])
        .unwrap();
    assert_eq!(second.head().unwrap().height, 3);
    assert_eq!(second.into_inner(), sample());
}

#[test]
fn every_single_changed_bit_is_seen() {
    let bytes = sample();
    for bit in 0..bytes.len() * 8 {
        let mut changed = bytes.clone();
        changed[bit / 8] ^= 1 << (bit % 8);
        assert!(read_all(&changed).is_err(), "bit {bit} may change unseen");
    }
}

#[test]
fn a_file_cut_short_says_where() {
    let bytes = sample();
    let mut whole = vec![1024];
    whole.extend(read_all(&bytes).unwrap().iter().map(|read| read.offset));
    for length in (0..bytes.len()).filter(|length| !whole.contains(&(*length as u64))) {
        let error = read_all(&bytes[..length]).unwrap_err();
        assert!(
            matches!(error, ArchiveError::CutShort { offset, .. } if offset == length as u64),
            "{length}: {error}"
        );
    }
    assert!(read_all(&bytes[..1024]).unwrap().is_empty());
}

#[test]
fn faults_do_not_hide_what_follows() {
    let mut bytes = sample();
    let third = read_all(&bytes).unwrap()[2].offset;
    bytes[usize::try_from(third).unwrap() + BLOCK] ^= 1;
    let records: Vec<_> = ArchiveReader::new(&bytes[..])
        .unwrap()
        .map(Result::unwrap)
        .collect();
    assert_eq!(records.len(), read_all(&sample()).unwrap().len());
    assert_eq!(records[2].faults, [Fault::Hash]);
    assert!(
        records
            .iter()
            .filter(|record| !record.faults.is_empty())
            .count()
            == 1
    );
}

#[test]
fn a_false_length_takes_no_memory() {
    let mut bytes = header_record(TIME).unwrap();
    bytes.extend(record(TIME, RecordKind::Data, b"x").unwrap());
    bytes[1024 + 124..1024 + 135].copy_from_slice(b"77777777777");
    let error = ArchiveReader::new(&bytes[..])
        .unwrap()
        .next()
        .unwrap()
        .unwrap_err();
    assert!(matches!(
        error,
        ArchiveError::TooLong {
            record: 1,
            offset: 1024,
            ..
        }
    ));
    let error = ArchiveReader::with_limit(&bytes[..], u64::MAX)
        .unwrap()
        .next()
        .unwrap()
        .unwrap_err();
    assert!(matches!(error, ArchiveError::CutShort { record: 1, .. }));
}

#[test]
fn nothing_follows_the_first_error() {
    // Behind the header that ends the reading stands a sound record.
    let mut bytes = header_record(TIME).unwrap();
    let mut signed = record::header("a", 1, TIME).unwrap();
    signed[124] = b'+';
    bytes.extend(signed);
    bytes.extend(record(TIME, RecordKind::Data, b"x").unwrap());
    let mut reader = ArchiveReader::new(&bytes[..]).unwrap();
    assert!(matches!(
        reader.next(),
        Some(Err(ArchiveError::NoHeader { record: 1, .. }))
    ));
    assert!(reader.next().is_none());
}

#[test]
fn a_name_without_its_closing_zero_is_no_header() {
    let mut bytes = header_record(TIME).unwrap();
    for (length, taken) in [(99, true), (100, false)] {
        bytes.truncate(1024);
        bytes.extend(record::header(&"a".repeat(length), 0, TIME).unwrap());
        let next = ArchiveReader::new(&bytes[..]).unwrap().next().unwrap();
        match next {
            Ok(read) => assert!(taken && read.faults == [Fault::Name]),
            Err(error) => assert!(!taken && matches!(error, ArchiveError::NoHeader { .. })),
        }
    }
}

#[test]
fn closing_blocks_of_ordinary_tar_are_refused() {
    let mut bytes = sample();
    bytes.extend([0; 2 * BLOCK]);
    assert!(matches!(
        read_all(&bytes),
        Err(ArchiveError::NoHeader { .. })
    ));
}

#[test]
fn another_spelling_of_an_event_is_refused() {
    let event = next_event(None, EventType::EndBallots, None);
    assert_eq!(event.json(), r#"{"height":0,"type":"EndBallots"}"#);
    assert_eq!(Event::parse(event.json().as_bytes()).unwrap(), event);
    let spaced = br#"{"height":0, "type":"EndBallots"}"#;
    assert_eq!(Event::parse(spaced), Err(EventError::NotCanonical));
    let reordered = br#"{"type":"EndBallots","height":0}"#;
    assert_eq!(Event::parse(reordered), Err(EventError::NotCanonical));
    for other in [
        &br#"{"height":0,"type":"EndBallots","more":1}"#[..],
        b"{}",
        b"",
        b"[]",
        b"\xff",
    ] {
        assert!(matches!(Event::parse(other), Err(EventError::Malformed(_))));
    }
}

#[test]
fn a_hash_is_read_only_in_lower_case() {
    let hash = Hash::of(b"abc");
    let text = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
    assert_eq!(hash.to_string(), text);
    assert_eq!(text.parse(), Ok(hash));
    for wrong in [
        &text.to_uppercase(),
        &text[..63],
        "",
        &"é".repeat(32),
        &format!("{text}0"),
    ] {
        assert_eq!(wrong.parse::<Hash>(), Err(HashError));
    }
}
