//! Who sees what before the result is announced, and what the data folder tells about raters.

use pingyi_app::*;
use pingyi_ballot::archive::{ArchiveReader, Entry, EventType};

use crate::support::*;

/// The kinds of events that a reader of a board finds.
async fn events(meeting: &Meeting, place: usize, reader: Reader) -> Vec<EventType> {
    let board = &meeting.boxes[place];
    let mut stream = meeting.app.board_archive(board, reader).await.unwrap();
    let mut bytes = Vec::new();
    while let Some(chunk) = stream.next().await.unwrap() {
        bytes.extend(chunk);
    }
    let records = ArchiveReader::new(bytes.as_slice()).unwrap();
    records
        .filter_map(|record| match record.unwrap().entry {
            Entry::Event(event) => Some(event.kind),
            _ => None,
        })
        .collect()
}

/// Nothing that anybody may fetch leads to the result.
async fn expect_hidden(meeting: &Meeting, state: &str) {
    let Meeting { app, id, hall, .. } = meeting;
    assert_eq!(meeting.state().await, state);
    for place in 0..2 {
        let seen = events(meeting, place, Reader::Anybody).await;
        assert_eq!(seen.last(), Some(&EventType::EncryptedTally), "{state}");
        let whole = events(meeting, place, Reader::Office).await;
        assert_eq!(whole[..seen.len()], seen, "what is shown is a prefix");
        assert_eq!(whole.last(), Some(&EventType::Result));
        let board = &meeting.boxes[place];
        let proofs = app.board_proofs(board, Reader::Anybody).await;
        assert_eq!(code(proofs), "not_found");
        assert!(app.board_proofs(board, Reader::Office).await.is_ok());
        // Every public word about the head is about the same end of the chain.
        let head = app.board_head(board).await.unwrap();
        assert_eq!(head.height, i64::try_from(seen.len()).unwrap() - 1);
        assert_eq!(app.booth_view(board).await.unwrap().head, head);
        let view = app.board_view(id).await.unwrap();
        assert_eq!(
            (&view.boxes[place].head, view.boxes[place].proofs),
            (&head, false)
        );
        let shown = app.hall_view(hall).await.unwrap();
        assert_eq!(shown.heads[place].hash, head.hash);
        assert!(shown.results.is_none(), "{state}");
    }
    let order = serde_json::from_str(r#"{"scene":"results","results":"all"}"#).unwrap();
    assert!(app.set_stage(&actor(), id, &order).await.is_err());
}

async fn counted() -> Meeting {
    let meeting = Meeting::open().await;
    meeting.cast_all().await;
    meeting.close().await;
    for (teller, place) in [(0, 0), (0, 1), (1, 0), (1, 1)] {
        meeting.give_share(teller, place).await.unwrap();
    }
    meeting
}

#[tokio::test(flavor = "multi_thread")]
async fn until_the_result_is_announced_the_public_boards_end_with_their_tally() {
    let meeting = counted().await;
    expect_hidden(&meeting, "counted").await;
    meeting.app.keep(&actor(), &meeting.id).await.unwrap();
    expect_hidden(&meeting, "counted").await;
    meeting.app.release(&actor(), &meeting.id).await.unwrap();
    let seen = events(&meeting, 0, Reader::Anybody).await;
    assert_eq!(seen.last(), Some(&EventType::Result));
    assert_eq!(seen, events(&meeting, 0, Reader::Office).await);
    let proofs = meeting.app.board_proofs(&meeting.boxes[0], Reader::Anybody);
    assert!(proofs.await.is_ok());
    meeting.app.archive(&actor(), &meeting.id).await.unwrap();
    let hall = meeting.app.hall_view(&meeting.hall).await.unwrap();
    assert!(hall.results.is_some(), "announced is announced");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_result_kept_and_put_away_stays_with_the_office() {
    let meeting = counted().await;
    meeting.app.keep(&actor(), &meeting.id).await.unwrap();
    // The numbers are looked at again when it is put away: four came back.
    let counted = |issued: u32| -> ReconciliationIn {
        let json = format!(r#"{{"category":"B","issued_phone":{issued}}}"#);
        serde_json::from_str(&json).unwrap()
    };
    let paper = |input: ReconciliationIn| ReconciliationIn {
        issued_paper: Some(0),
        ..input
    };
    let few = paper(counted(3));
    meeting
        .app
        .reconcile(&actor(), &meeting.id, &few)
        .await
        .unwrap();
    assert_eq!(
        code(meeting.app.archive(&actor(), &meeting.id).await),
        "returned_above_issued"
    );
    let enough = paper(counted(4));
    meeting
        .app
        .reconcile(&actor(), &meeting.id, &enough)
        .await
        .unwrap();
    meeting.app.archive(&actor(), &meeting.id).await.unwrap();
    expect_hidden(&meeting, "archived").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_counted_appraisal_declared_void_shows_no_result() {
    let meeting = counted().await;
    let (app, id) = (&meeting.app, &meeting.id);
    app.void(&actor(), id, "票数有误").await.unwrap();
    let seen = events(&meeting, 0, Reader::Anybody).await;
    assert_eq!(seen.last(), Some(&EventType::EncryptedTally));
    assert_eq!(code(app.result(id).await), "wrong_state");
    assert_eq!(code(app.opinions(id).await), "wrong_state");
    assert!(
        app.hall_view(&meeting.hall)
            .await
            .unwrap()
            .results
            .is_none()
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn an_urn_that_stayed_empty_reads_as_empty() {
    let meeting = counted().await;
    let (app, id) = (&meeting.app, &meeting.id);
    assert_eq!(code(app.opinions(id).await), "wrong_state");
    app.keep(&actor(), id).await.unwrap();
    let opinions = app.opinions(id).await.unwrap();
    assert_eq!((opinions.empty, opinions.unreadable), (0, 0));
    let found: Vec<_> = opinions
        .presenters
        .iter()
        .map(|one| (one.code.as_str(), one.texts.len()))
        .collect();
    assert_eq!(found, [("p1", 0), ("p2", 0)]);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_urn_with_opinions_waits_for_the_tellers() {
    let meeting = Meeting::open().await;
    meeting.cast_all().await;
    let bundle = meeting.bundle("一", "二").await;
    let (app, id) = (&meeting.app, &meeting.id);
    app.put_opinions(id, bundle).await.unwrap();
    meeting.close().await;
    for (teller, place) in [(0, 0), (0, 1), (1, 0), (1, 1)] {
        meeting.give_share(teller, place).await.unwrap();
    }
    app.release(&actor(), id).await.unwrap();
    assert_eq!(code(app.opinions(id).await), "not_found");
}

/// A link opens its own appraisal and nothing of another.
#[tokio::test(flavor = "multi_thread")]
async fn a_link_of_one_appraisal_does_nothing_in_another() {
    let first = Meeting::open().await;
    let second = Meeting::keyed(first.app.clone(), first.clock.clone(), &config()).await;
    first.cast_all().await;
    first.close().await;
    // A teller of the second appraisal sends a share of the first.
    let share = first.share(0, 0).await;
    let foreign = first.app.send_shares(&second.seats[0], &share).await;
    assert_eq!(code(foreign), "not_found");
    // The issuer of the second appraisal fills a roll of the first, sealed or not.
    let roll = RollIn {
        r#box: first.boxes[0].clone(),
        phone: vec![],
        paper: vec![],
        spare: vec![],
    };
    assert_eq!(
        code(first.app.put_roll(&second.issuer, roll).await),
        "not_found"
    );
    // A bundle of the first urn is none of the second, once that takes any.
    let mut second = second;
    second.issue(&[4, 5, 4]).await;
    second.app.seal(&actor(), &second.id).await.unwrap();
    second.app.open_boxes(&actor(), &second.id).await.unwrap();
    let bundle = first.bundle("一", "二").await;
    let put = second.app.put_opinions(&second.id, bundle).await;
    assert_eq!(code(put), "opinion_bad_proof");
    // A ballot of the first box is none of the second.
    let ballot = first.ballot(1, 4, 0).await;
    assert_eq!(
        code(second.post(1, &ballot.ballot_json).await),
        "ballot_wrong_box"
    );
    assert!(
        second.app.urn(&second.seats[0]).await.is_err(),
        "not closed"
    );
}

/// After the wipe the files hold nothing that was only in the rehearsal; `secure_delete` overwrites what is freed.
#[tokio::test(flavor = "multi_thread")]
async fn a_wiped_rehearsal_leaves_nothing_in_the_files() {
    let folder = tempfile::tempdir().unwrap();
    let (settings, clock) = settings(folder.path());
    let app = App::open(settings).await.unwrap();
    let original = Meeting::keyed(app.clone(), clock.clone(), &config()).await;
    let copy = app.rehearse(&actor(), &original.id).await.unwrap();
    let mut meeting = Meeting::take_over(app.clone(), clock, copy).await;
    meeting.issue(&[4, 5, 4]).await;
    app.seal(&actor(), &meeting.id).await.unwrap();
    app.open_boxes(&actor(), &meeting.id).await.unwrap();
    meeting.cast_all().await;
    app.put_opinions(&meeting.id, meeting.bundle("甲", "乙").await)
        .await
        .unwrap();
    let p1 = presenter_code("p1").unwrap();
    app.comment(&actor(), &meeting.id, &p1, "只在演练中说过的话")
        .await
        .unwrap();
    let ballot = meeting.ballot(0, 0, 0).await.ballot_json.clone();
    meeting.post(0, &ballot).await.unwrap();
    let credential = meeting.slips[0][0]
        .public(&meeting.boxes[0].as_str().parse().unwrap())
        .to_string();
    let marks = [
        credential,
        meeting.boxes[0].as_str().to_owned(),
        "只在演练中说过的话".to_owned(),
        pingyi_ballot::ballot::tracker(&ballot).hex(),
    ];
    for mark in &marks {
        assert!(holds(folder.path(), mark), "{mark} is there before");
    }
    app.wipe(&actor(), &meeting.id).await.unwrap();
    assert_eq!(app.appraisals().await.unwrap().len(), 1);
    // At once, while the server still runs.
    for mark in &marks {
        // The trail keeps that there was a rehearsal, and the fingerprints of its boxes.
        if mark == meeting.boxes[0].as_str() {
            continue;
        }
        assert!(!holds(folder.path(), mark), "{mark} is still in a file");
    }
    app.shutdown().await;
}

/// Where each entry's text begins in the database file and its log.
fn places(folder: &std::path::Path, entries: &[String]) -> Vec<usize> {
    let bytes = std::fs::read(folder.join("pingyi.sqlite")).unwrap();
    let log = std::fs::read(folder.join("pingyi.sqlite-wal")).unwrap_or_default();
    let place = |entry: &String| {
        let start = &entry.as_bytes()[..64];
        assert!(!log.windows(64).any(|part| part == start), "in the log");
        let found: Vec<usize> = bytes
            .windows(64)
            .enumerate()
            .filter(|(_, part)| *part == start)
            .map(|(at, _)| at)
            .collect();
        assert_eq!(found.len(), 1, "each entry stands once");
        found[0]
    };
    entries.iter().map(place).collect()
}

/// After closing, the places of the opinions in the file follow their hashes and not their arrival.
#[tokio::test(flavor = "multi_thread")]
async fn the_file_does_not_tell_in_which_order_opinions_came() {
    let meeting = Meeting::open().await;
    meeting.cast_all().await;
    let mut arrived = Vec::new();
    for number in 0..12 {
        let bundle = meeting.bundle(&format!("意见{number}"), "").await;
        let app = &meeting.app;
        app.put_opinions(&meeting.id, bundle.clone()).await.unwrap();
        arrived.extend(bundle);
    }
    meeting.close().await;
    let mut by_hash = arrived.clone();
    by_hash.sort_by_key(|entry| pingyi_domain::sha256_hex(entry.as_bytes()));
    let folder = meeting.folder.as_ref().unwrap().path().to_owned();
    let found = places(&folder, &arrived);
    let mut neighbours = found.clone();
    neighbours.sort_unstable();
    // Entries of one bundle came together; were the file in that order, every second pair would lie side by side.
    let together = arrived
        .chunks(2)
        .zip(found.chunks(2))
        .filter(|(_, at)| {
            let place = |at| neighbours.iter().position(|other| *other == at).unwrap();
            place(at[0]).abs_diff(place(at[1])) == 1
        })
        .count();
    assert!(together < 6, "{together} of 12 bundles lie side by side");
    let urn = meeting.app.urn(&meeting.seats[0]).await.unwrap();
    assert_eq!(urn.entries, by_hash);
}

fn holds(folder: &std::path::Path, text: &str) -> bool {
    std::fs::read_dir(folder).unwrap().any(|file| {
        let bytes = std::fs::read(file.unwrap().path()).unwrap();
        bytes
            .windows(text.len())
            .any(|part| part == text.as_bytes())
    })
}

/// The tables on a ballot's way have no column for a time, an address or a device, and the roll says nothing about the
/// order in which slips were made.
#[tokio::test(flavor = "multi_thread")]
async fn nothing_stored_with_a_ballot_tells_when_where_or_in_which_order_slips_came() {
    let meeting = Meeting::open().await;
    let ballot = meeting.ballot(0, 2, 0).await.ballot_json.clone();
    let receipt = meeting.post(0, &ballot).await.unwrap();
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("backup.tar");
    meeting.app.backup(&file).await.unwrap();
    let mut archive = tar::Archive::new(std::fs::File::open(&file).unwrap());
    let mut tables = std::collections::BTreeMap::new();
    for entry in archive.entries().unwrap() {
        let mut entry = entry.unwrap();
        let name = entry.path().unwrap().display().to_string();
        let mut text = String::new();
        std::io::Read::read_to_string(&mut entry, &mut text).unwrap();
        tables.insert(name, text);
    }
    let rows = |table: &str| -> Vec<Vec<serde_json::Value>> {
        let found = tables
            .iter()
            .find(|(name, _)| name.contains(table))
            .unwrap();
        let lines = found.1.lines();
        lines
            .map(|line| serde_json::from_str(line).unwrap())
            .collect()
    };
    let ballots = rows("ballots");
    assert_eq!(ballots.len(), 1);
    let board = meeting.boxes[0].as_str();
    let election = meeting.election(0).await;
    let parsed = pingyi_ballot::ballot::check(&election, &ballot).unwrap();
    let expected = serde_json::json!([
        board,
        pingyi_ballot::ballot::tracker(&ballot).hex(),
        parsed.credential_hex().to_string(),
        receipt.height,
        receipt.event
    ]);
    assert_eq!(serde_json::Value::from(ballots[0].clone()), expected);
    let roll: Vec<String> = rows("roll").iter().map(|row| row[1].to_string()).collect();
    let per_box = rows("roll");
    let mut sorted = per_box.clone();
    sorted.sort_by_key(|row| (row[0].to_string(), row[1].to_string()));
    assert_eq!(per_box, sorted, "{} credentials", roll.len());
    // The trail knows nothing of a single ballot.
    let before = crate::meeting::trail(&meeting.app, None).await;
    meeting.cast(0, 3, 1).await;
    let bundle = meeting.bundle("一", "二").await;
    meeting.app.put_opinions(&meeting.id, bundle).await.unwrap();
    assert_eq!(crate::meeting::trail(&meeting.app, None).await, before);
}
