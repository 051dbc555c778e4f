use super::*;
use crate::hash::Digest;
use crate::roles::Actor;

fn events() -> Vec<AuditEvent> {
    vec![
        AuditEvent::AppraisalCreated {
            title: "2018年述职评议".into(),
            copy_of: None,
            rehearsal: false,
        },
        AuditEvent::LinksMade {
            kinds: vec!["tellers".into()],
        },
        AuditEvent::AppraisalOpened {},
        AuditEvent::AppraisalVoided {
            reason: "票数\"不符\"".into(),
        },
    ]
}

fn trail() -> Vec<AuditEntry> {
    let mut entries: Vec<AuditEntry> = Vec::new();
    for (event, at) in events().iter().zip(1_542_000_000..) {
        let head = entries
            .last()
            .map_or((0, ""), |entry| (entry.content.seq, entry.hash.as_str()));
        let entry = AuditEntry::after(
            head,
            at,
            &Actor::User("u1".into()),
            "abcdefgh23456789",
            event,
        );
        entries.push(entry);
    }
    entries
}

fn export(entries: &[AuditEntry]) -> String {
    entries.iter().map(|entry| entry.to_line() + "\n").collect()
}

fn faults(text: &str, extent: Extent) -> Vec<(u64, Fault)> {
    let report = verify_export(text.as_bytes(), extent, None).unwrap();
    report
        .faults
        .iter()
        .map(|fault| (fault.line, fault.fault))
        .collect()
}

#[test]
fn a_whole_trail_verifies_and_gives_its_head() {
    let entries = trail();
    let report = verify_export(
        export(&entries).as_bytes(),
        Extent::Whole,
        Some(&entries[3].hash),
    )
    .unwrap();
    assert!(report.is_sound(), "{report:?}");
    assert_eq!(
        (report.entries, report.last, &report.head),
        (4, 4, &entries[3].hash)
    );
    let shorter = verify_export(
        export(&entries[..3]).as_bytes(),
        Extent::Whole,
        Some(&entries[3].hash),
    )
    .unwrap();
    assert_eq!(
        shorter.faults,
        [AuditFault {
            line: 0,
            fault: Fault::WrongHead
        }]
    );
}

/// So that the chain can be recomputed with any tool from its description alone.
#[test]
fn the_hash_is_what_the_description_says() {
    let entry = &trail()[1];
    let content = r#"{"action":"links_made","actor":"user:u1","at":1542000001,"detail":{"kinds":["tellers"]},"seq":2,"subject":"abcdefgh23456789"}"#;
    let expected = crate::sha256_hex(format!("{}{content}", entry.parent).as_bytes());
    assert_eq!(entry.hash, expected);
    assert_eq!(trail()[0].parent, "");
}

#[test]
fn every_changed_byte_is_found() {
    let text = export(&trail());
    for place in 0..text.len() {
        let mut bytes = text.clone().into_bytes();
        if !bytes[place].is_ascii() || bytes[place] == b'\n' {
            continue;
        }
        bytes[place] ^= 1;
        let changed = String::from_utf8(bytes).unwrap();
        assert_ne!(faults(&changed, Extent::Whole), [], "byte {place}");
    }
}

#[test]
fn what_was_taken_out_swapped_or_rewritten_is_found_with_its_line() {
    let entries = trail();
    let without = [&entries[..1], &entries[2..]].concat();
    assert_eq!(
        faults(&export(&without), Extent::Whole),
        [(2, Fault::WrongParent), (2, Fault::WrongPlace)]
    );
    let mut swapped = entries.clone();
    swapped.swap(1, 2);
    assert_eq!(
        faults(&export(&swapped), Extent::Whole).first(),
        Some(&(2, Fault::WrongParent))
    );
    let mut rewritten = entries.clone();
    rewritten[1].content.actor = "user:u2".into();
    assert_eq!(
        faults(&export(&rewritten), Extent::Whole),
        [(2, Fault::WrongHash)]
    );
    rewritten[1].hash = rewritten[1].content.hash(&rewritten[1].parent);
    assert_eq!(
        faults(&export(&rewritten), Extent::Whole),
        [(3, Fault::WrongParent)]
    );
    let mut late = entries.clone();
    late.truncate(2);
    late[1].content.at = 0;
    late[1].hash = late[1].content.hash(&late[1].parent);
    assert_eq!(
        faults(&export(&late), Extent::Whole),
        [(2, Fault::Backwards)]
    );
}

#[test]
fn a_part_may_leave_entries_out_but_not_bend_those_it_has() {
    let entries = trail();
    let part = [entries[1].clone(), entries[3].clone()];
    assert_eq!(faults(&export(&part), Extent::Part), []);
    assert_ne!(faults(&export(&part), Extent::Whole), []);
    let backwards = [entries[3].clone(), entries[1].clone()];
    let expected = [
        (2, Fault::WrongParent),
        (2, Fault::WrongPlace),
        (2, Fault::Backwards),
    ];
    assert_eq!(faults(&export(&backwards), Extent::Part), expected);
    let mut neighbour = entries[2].clone();
    neighbour.parent = entries[0].hash.clone();
    neighbour.hash = neighbour.content.hash(&neighbour.parent);
    assert_eq!(
        faults(&export(&[entries[1].clone(), neighbour]), Extent::Part),
        [(2, Fault::WrongParent)]
    );
}

#[test]
fn what_is_said_of_a_part_shows_what_was_cut_out_of_it() {
    let entries = trail();
    let whole = TrailPart::of(&entries);
    let count = u64::try_from(entries.len()).unwrap();
    assert_eq!((whole.entries, whole.last), (count, count));
    assert_eq!(whole.sha256, Digest::of(export(&entries).as_bytes()));
    let mut cut = entries.clone();
    cut.remove(1);
    assert_eq!(faults(&export(&cut), Extent::Part), []);
    assert_ne!(TrailPart::of(&cut), whole);
    let mut other = entries.clone();
    other[1].content.actor = "user:u2".into();
    assert_ne!(TrailPart::of(&other), whole);
    let none = TrailPart::of(&[]);
    assert_eq!((none.entries, none.last), (0, 0));
}

#[test]
fn what_is_no_entry_is_said_and_reading_goes_on() {
    let entries = trail();
    let text = format!(
        "{}\nnot json\n{}\n",
        entries[0].to_line(),
        entries[1].to_line()
    );
    assert_eq!(faults(&text, Extent::Whole), [(2, Fault::NotAnEntry)]);
    let spaced = entries[0].to_line().replacen(':', ": ", 1);
    assert_eq!(faults(&spaced, Extent::Whole), [(1, Fault::NotCanonical)]);
    let surplus = entries[0].to_line().replacen('{', r#"{"aside":1,"#, 1);
    assert_ne!(faults(&surplus, Extent::Whole), []);
}

#[test]
fn events_are_read_back_with_their_detail() {
    for (entry, event) in trail().iter().zip(events()) {
        assert_eq!(entry.event().unwrap(), event);
        assert!(AuditEvent::ACTIONS.contains(&event.action()));
    }
    assert_eq!(
        AuditEvent::AppraisalOpened {}.detail(),
        serde_json::json!({})
    );
    assert!(AuditEvent::from_parts("dreamt", &serde_json::json!({})).is_err());
    assert!(AuditEvent::from_parts("links_made", &serde_json::json!({})).is_err());
}

#[test]
fn no_action_stands_twice_in_the_catalogue() {
    let distinct: std::collections::BTreeSet<_> = AuditEvent::ACTIONS.iter().collect();
    assert_eq!(distinct.len(), AuditEvent::ACTIONS.len());
}

#[test]
fn the_first_entry_of_all_has_no_parent_even_in_a_part() {
    let mut first = trail()[0].clone();
    first.parent = "0".repeat(64);
    first.hash = first.content.hash(&first.parent);
    assert_eq!(
        faults(&export(&[first]), Extent::Part),
        [(1, Fault::WrongParent)]
    );
}

#[test]
fn a_trail_that_was_written_anew_does_not_hold_the_entry_that_a_box_names() {
    let entries = trail();
    let mark = |seq: u64, hash: &str| TrailMark {
        seq,
        hash: hash.to_owned(),
    };
    let check = |entries: &[AuditEntry], extent, anchors: &[TrailMark]| -> Vec<(u64, Fault)> {
        let report = verify_anchored(export(entries).as_bytes(), extent, None, anchors).unwrap();
        report
            .faults
            .iter()
            .map(|fault| (fault.line, fault.fault))
            .collect()
    };
    let good = mark(3, &entries[2].hash);
    assert_eq!(
        check(&entries, Extent::Whole, &[good.clone(), good.clone()]),
        []
    );
    let other = mark(3, &entries[1].hash);
    assert_eq!(
        check(&entries, Extent::Whole, &[good.clone(), other.clone()]),
        [(3, Fault::WrongAnchor)]
    );
    // Cut short before the anchor, with a chain that is whole in itself.
    assert_eq!(
        check(&entries[..2], Extent::Whole, std::slice::from_ref(&good)),
        [(0, Fault::WrongAnchor)]
    );
    // A part need not hold it, but may not contradict it.
    assert_eq!(check(&entries[..2], Extent::Part, &[good]), []);
    assert_eq!(
        check(&entries[2..], Extent::Part, &[other]),
        [(1, Fault::WrongAnchor)]
    );
}
