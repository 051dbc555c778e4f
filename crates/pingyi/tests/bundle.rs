//! The archive bundle from a running server, judged at the terminal: exit codes as for boxes.

#![allow(clippy::unwrap_used)]

mod common;

use std::path::PathBuf;

use common::{House, run, verify};
use pingyi_testkit::plan::Habits;
use serde_json::{Value, json};

#[tokio::test(flavor = "multi_thread")]
async fn a_bundle_is_verified_without_a_server_and_a_forged_one_is_not() {
    let house = House::new();
    let meeting = house.meeting(24, 2, Habits::PLAIN, 5).await;
    let mut prepared = meeting.prepare().await.unwrap();
    let id = prepared.appraisal.clone();
    let office = &meeting.organiser;
    office.act(&id, "open").await.unwrap();
    meeting.cast_all(&prepared).await.unwrap();
    meeting.close_and_open(&mut prepared).await.unwrap();
    let made: Value = office
        .post(
            &format!("/api/appraisals/{id}/papers/summary_table"),
            &json!({"format": "xlsx"}),
        )
        .await
        .unwrap();
    assert!(made["id"].is_string());
    let path = format!("/api/appraisals/{id}/bundle");
    let bytes = meeting.http.download(&office.auth(), &path).await.unwrap();
    let trail = meeting
        .http
        .download(&office.auth(), &format!("/api/appraisals/{id}/audit.jsonl"))
        .await
        .unwrap();

    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str, bytes: &[u8]| -> PathBuf {
        let path = folder.path().join(name);
        std::fs::write(&path, bytes).unwrap();
        path
    };
    let good = at("bundle.tar", &bytes);
    let (code, text) = verify(&[], std::slice::from_ref(&good));
    assert_eq!(code, 0, "{text}");
    assert!(
        text.contains("worked out again") && text.ends_with("Verified\n"),
        "{text}"
    );
    let (code, text) = verify(&["--lang", "zh-CN"], std::slice::from_ref(&good));
    assert_eq!(code, 0, "{text}");
    assert!(
        text.contains("核验通过") && text.contains("--audit"),
        "{text}"
    );
    let (code, text) = verify(&["--json"], std::slice::from_ref(&good));
    assert_eq!(code, 0, "{text}");
    let report: Value = serde_json::from_str(&text).unwrap();
    assert_eq!(
        (&report["status"], &report["recounted"]),
        (&json!("valid"), &json!(true))
    );

    // A trail that goes on behind the bundle names it; another bundle it does not.
    let later = at("audit.jsonl", &trail);
    let audit = [
        "verify",
        "--audit",
        later.to_str().unwrap(),
        good.to_str().unwrap(),
    ];
    let (code, text) = run(&audit);
    assert_eq!(code, 0, "{text}");
    assert!(text.contains("names this bundle"), "{text}");
    let short: Vec<u8> = {
        let text = String::from_utf8(trail.to_vec()).unwrap();
        let lines = text.lines().filter(|line| !line.contains("bundle_made"));
        lines
            .map(|line| line.to_owned() + "\n")
            .collect::<String>()
            .into_bytes()
    };
    let before = at("before.jsonl", &short);
    let audit = [
        "verify",
        "--audit",
        before.to_str().unwrap(),
        good.to_str().unwrap(),
    ];
    assert_eq!(run(&audit).0, 1);

    #[cfg(unix)]
    nothing_unlisted_is_written(&bytes, folder.path());

    let mut forged = bytes.to_vec();
    let place = forged.len() / 2;
    forged[place] ^= 1;
    let (code, text) = verify(&[], &[at("forged.tar", &forged)]);
    assert!(
        code > 0 && text.contains("Not verified") || code == 2,
        "{code}: {text}"
    );
    let (code, text) = verify(&[], &[at("cut.tar", &bytes[..bytes.len() / 3])]);
    assert_eq!(code, 2, "{text}");
}

/// A program that may write no file of more than 4 MiB judges a bundle with a hole of 3 GiB and a file of 16 MiB that it does
/// not list, and one with a file of which it lists less: none is written anywhere.
#[cfg(unix)]
fn nothing_unlisted_is_written(bundle: &[u8], folder: &std::path::Path) {
    const LARGE: u64 = 16 << 20;
    let large = |path: &str| {
        let mut header = tar::Header::new_ustar();
        header.set_path(path).unwrap();
        header.set_size(LARGE);
        header.set_cksum();
        let content = vec![0; usize::try_from(LARGE).unwrap()];
        [header.as_bytes().as_slice(), &content].concat()
    };
    let mut hole = tar::Header::new_gnu();
    hole.set_path("hole").unwrap();
    hole.set_entry_type(tar::EntryType::GNUSparse);
    hole.set_size(0);
    let gnu = hole.as_gnu_mut().unwrap();
    gnu.realsize.copy_from_slice(b"30000000000\0");
    gnu.sparse[0].offset.copy_from_slice(b"30000000000\0");
    gnu.sparse[0].numbytes.copy_from_slice(b"00000000000\0");
    hole.set_cksum();
    let open = &bundle[..bundle.len() - 1024];
    let foreign = [open, hole.as_bytes(), &large("large"), &[0; 1024]].concat();

    let mut archive = tar::Archive::new(bundle);
    let last = archive.entries().unwrap().last().unwrap().unwrap();
    let path = String::from_utf8(last.path_bytes().into_owned()).unwrap();
    let before = &bundle[..usize::try_from(last.raw_header_position()).unwrap()];
    let longer = [before, &large(&path), &[0; 1024]].concat();

    for (bytes, said) in [
        (foreign, ["does not list", "plain file", "2 findings"]),
        (longer, ["another size", "≠ 16777216", "findings"]),
    ] {
        let path = folder.join("large.tar");
        std::fs::write(&path, bytes).unwrap();
        let limited = "ulimit -f 4096; exec \"$0\" --lang en verify \"$1\"";
        let output = std::process::Command::new("bash")
            .args(["-c", limited, env!("CARGO_BIN_EXE_pingyi")])
            .arg(&path)
            .output()
            .unwrap();
        let text = String::from_utf8(output.stdout).unwrap();
        assert_eq!(output.status.code(), Some(1), "{text}");
        for part in said {
            assert!(text.contains(part), "{part}: {text}");
        }
    }
}
