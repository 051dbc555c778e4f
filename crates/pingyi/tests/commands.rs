//! The commands as a person at a terminal meets them: what they print, what they leave, how they end.

#![allow(clippy::unwrap_used)]

mod common;

use std::path::{Path, PathBuf};

use common::{House, PASSWORD, run, verify};
use pingyi_testkit::client::Organiser;

/// Plays a small meeting and gives the boards it left.
fn simulate(out: &Path) -> Vec<PathBuf> {
    let folder = out.to_str().unwrap();
    let (code, text) = run(&[
        "simulate",
        "--raters",
        "14",
        "--presenters",
        "2",
        "--items",
        "2",
        "--categories",
        "A:40:6,B:60:8",
        "--abstention",
        "--seed",
        "3",
        "--out",
        folder,
    ]);
    assert_eq!(code, 0, "{text}");
    assert!(
        text.contains("The announced result equals the marks given"),
        "{text}"
    );
    let mut boards: Vec<PathBuf> = std::fs::read_dir(out)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    boards.retain(|path| path.extension().is_some_and(|ending| ending == "bel"));
    boards.sort();
    assert_eq!(boards.len(), 2);
    boards
}

fn sidecar(board: &Path) -> PathBuf {
    board.with_extension("proofs.json")
}

#[test]
fn a_simulated_meeting_is_right_and_its_boards_verify_and_tampering_is_found() {
    let folder = tempfile::tempdir().unwrap();
    let boards = simulate(folder.path());
    let (code, text) = verify(&[], &boards);
    assert_eq!(code, 0, "{text}");
    assert!(
        text.contains("Verdict: everything holds.") && text.contains("2 archives, 2 good."),
        "{text}"
    );
    assert!(
        text.contains("华南城园区党委第一书记 · 总体评价: 好 "),
        "{text}"
    );
    let (code, text) = verify(&["--lang", "zh-CN"], &boards[..1]);
    assert_eq!(code, 0, "{text}");
    assert!(text.contains("结论：全部核对无误。"), "{text}");

    // JSON, and the head by its first digits.
    let (code, text) = verify(&["--json"], &boards);
    assert_eq!(code, 0, "{text}");
    let judged: serde_json::Value = serde_json::from_str(&text).unwrap();
    let head = judged[0]["head"].as_str().unwrap().to_owned();
    assert_eq!(judged[0]["status"], "valid");
    assert_eq!(verify(&["--head", &head], &boards[..1]).0, 0);
    assert_eq!(verify(&["--head", &head[..10]], &boards[..1]).0, 0);
    assert_eq!(verify(&["--head", &"0".repeat(64)], &boards[..1]).0, 1);
    assert_eq!(verify(&["--head", "00000000"], &boards[..1]).0, 1);
    assert_eq!(verify(&["--head", "xyz"], &boards[..1]).0, 2);

    // Without its sidecar: a finding, except as a foreign archive, and then it says what it cannot vouch for.
    let proofs = std::fs::read(sidecar(&boards[0])).unwrap();
    std::fs::remove_file(sidecar(&boards[0])).unwrap();
    let (code, text) = verify(&[], &boards[..1]);
    assert_eq!(code, 1, "{text}");
    assert!(text.contains("strong proofs is missing"), "{text}");
    let (code, text) = verify(&["--belenios"], &boards[..1]);
    assert_eq!(code, 0, "{text}");
    assert!(text.contains("Cannot vouch for: "), "{text}");
    std::fs::write(sidecar(&boards[0]), proofs).unwrap();

    // One bit anywhere is found.
    let board = std::fs::read(&boards[0]).unwrap();
    for place in [600, board.len() / 3, board.len() / 2, board.len() - 700] {
        let mut bent = board.clone();
        bent[place] ^= 1;
        std::fs::write(&boards[0], bent).unwrap();
        let (code, text) = verify(&[], &boards[..1]);
        assert!(code == 1 || code == 2, "byte {place}: {code} {text}");
    }
    // Cut short in the middle of a record: what is there is judged, and the cut is a finding.
    std::fs::write(&boards[0], &board[..board.len() / 2 + 100]).unwrap();
    let (code, text) = verify(&[], &boards[..1]);
    assert_eq!(code, 1, "{text}");
    assert!(text.contains("cut short"), "{text}");
    std::fs::write(&boards[0], b"not an archive").unwrap();
    assert_eq!(verify(&[], &boards[..1]).0, 2);
    assert_eq!(verify(&[], &[folder.path().join("nothing.bel")]).0, 2);
    // One bad one among good ones decides.
    assert_eq!(verify(&[], &boards).0, 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_board_of_an_open_box_is_valid_so_far() {
    let house = House::new();
    let meeting = house
        .meeting(8, 1, pingyi_testkit::plan::Habits::PLAIN, 4)
        .await;
    let prepared = meeting.prepare().await.unwrap();
    meeting
        .organiser
        .act(&prepared.appraisal, "open")
        .await
        .unwrap();
    meeting.cast_all(&prepared).await.unwrap();
    let archive =
        pingyi_testkit::meeting::download(&meeting.http, prepared.boxes[0].as_str(), false)
            .await
            .unwrap();
    let files = common::write_archives(house.place(), &[archive]);
    let (code, text) = verify(&[], &files);
    assert_eq!(code, 0, "{text}");
    assert!(text.contains("valid so far"), "{text}");
}

#[test]
fn a_data_folder_in_use_or_not_writable_is_refused_plainly() {
    let house = House::new();
    let data = house.data();
    let (code, text) = run(&[
        "serve",
        "--data",
        data.to_str().unwrap(),
        "--listen",
        "127.0.0.1:0",
    ]);
    assert_eq!(code, 2, "{text}");
    assert!(
        text.contains("Another server is using this data folder"),
        "{text}"
    );
    let (code, text) = run(&[
        "serve",
        "--data",
        "/dev/null/nowhere",
        "--listen",
        "127.0.0.1:0",
    ]);
    assert_eq!(code, 2, "{text}");
    assert!(text.contains("cannot be written"), "{text}");
    let address = house.url().replace("http://", "");
    let other = tempfile::tempdir().unwrap();
    let (code, text) = run(&[
        "serve",
        "--data",
        other.path().to_str().unwrap(),
        "--listen",
        &address,
    ]);
    assert_eq!(code, 2, "{text}");
    assert!(text.contains("Cannot listen on"), "{text}");
}

#[test]
fn slips_are_made_offline_and_never_overwritten() {
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().to_str().unwrap();
    let arguments = [
        "issue",
        "--uuid",
        "7CAPW4ociU1GmM",
        "--phone",
        "12",
        "--paper",
        "3",
        "--spare",
        "2",
        "--base-url",
        "http://10.1.2.3:8080",
        "--title",
        "述职评议",
        "--category",
        "A票",
        "--out",
        out,
    ];
    let (code, text) = run(&arguments);
    assert_eq!(code, 0, "{text}");
    let roll = std::fs::read_to_string(folder.path().join("7CAPW4ociU1GmM.roll.json")).unwrap();
    let roll: serde_json::Value = serde_json::from_str(&roll).unwrap();
    assert_eq!(
        ["phone", "paper", "spare"].map(|kind| roll[kind].as_array().unwrap().len()),
        [12, 3, 2]
    );
    let slips = std::fs::read_to_string(folder.path().join("7CAPW4ociU1GmM.slips.html")).unwrap();
    assert_eq!(slips.matches("<svg").count(), 12);
    let (code, text) = run(&arguments);
    assert_eq!(code, 2, "{text}");
    assert_eq!(
        std::fs::read_to_string(folder.path().join("7CAPW4ociU1GmM.slips.html")).unwrap(),
        slips
    );
    assert_eq!(
        run(&[
            "issue",
            "--uuid",
            "x",
            "--phone",
            "1",
            "--base-url",
            "http://h",
            "--out",
            out
        ])
        .0,
        2
    );
    assert_eq!(
        run(&[
            "issue",
            "--uuid",
            "7CAPW4ociU1GmM",
            "--base-url",
            "http://h",
            "--out",
            out
        ])
        .0,
        2
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_backup_of_a_running_server_comes_back_whole_and_a_cut_one_is_refused() {
    let house = House::new();
    let meeting = house
        .meeting(12, 2, pingyi_testkit::plan::Habits::USUAL, 6)
        .await;
    let mut prepared = meeting.prepare().await.unwrap();
    let id = prepared.appraisal.clone();
    meeting.organiser.act(&id, "open").await.unwrap();
    let casting = meeting.cast_all(&prepared).await.unwrap();
    let file = house.place().join("pingyi.backup");
    let (data, backup) = (house.data(), file.to_str().unwrap().to_owned());
    let (code, text) = run(&["backup", "--data", data.to_str().unwrap(), &backup]);
    assert_eq!(code, 0, "{text}");

    // Into a place that is not empty, and from half a file: refused.
    assert_eq!(
        run(&["restore", "--data", data.to_str().unwrap(), &backup]).0,
        2
    );
    let bytes = std::fs::read(&file).unwrap();
    let half = house.place().join("half.backup");
    std::fs::write(&half, &bytes[..bytes.len() / 2]).unwrap();
    let nowhere = house.place().join("half");
    let (code, text) = run(&[
        "restore",
        "--data",
        nowhere.to_str().unwrap(),
        half.to_str().unwrap(),
    ]);
    assert_eq!(code, 2, "{text}");

    // The machine burns; the meeting goes on from the backup at the same address.
    let mut house = house;
    house.kill();
    std::fs::remove_dir_all(house.data()).unwrap();
    let (code, text) = run(&["restore", "--data", data.to_str().unwrap(), &backup]);
    assert_eq!(code, 0, "{text}");
    house.start();
    let organiser = Organiser::sign_in(&house.http(), "organiser", PASSWORD)
        .await
        .unwrap();
    let meeting = pingyi_testkit::meeting::Meeting {
        organiser,
        ..meeting
    };
    meeting.close_and_open(&mut prepared).await.unwrap();
    meeting.organiser.act(&id, "release").await.unwrap();
    let archives = meeting.check(&prepared).await.unwrap();
    pingyi_testkit::meeting::expect_receipts(&archives, &casting.receipts).unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_lost_password_is_replaced_at_the_machine_and_the_trail_says_so() {
    let house = House::new();
    house.organiser().await;
    let data = house.data();
    let data = data.to_str().unwrap();
    let (code, text) = run(&["admin", "--data", data, "reset-password", "organiser"]);
    assert_eq!(code, 0, "{text}");
    let password = text
        .split("organiser: ")
        .nth(1)
        .unwrap()
        .split(' ')
        .next()
        .unwrap();
    assert_eq!(
        Organiser::sign_in(&house.http(), "organiser", PASSWORD)
            .await
            .unwrap_err()
            .code(),
        Some("bad_login")
    );
    Organiser::sign_in(&house.http(), "organiser", password)
        .await
        .unwrap();
    let (code, text) = run(&["admin", "--data", data, "check-audit"]);
    assert_eq!(code, 0, "{text}");
    assert!(text.contains("The audit trail is sound"), "{text}");
    assert_eq!(
        run(&["admin", "--data", data, "reset-password", "nobody"]).0,
        2
    );
}
