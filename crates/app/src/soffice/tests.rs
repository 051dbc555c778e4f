//! The child in every mood: scripts play the ones that go wrong, and the real program converts our own deck.

use std::os::unix::fs::PermissionsExt as _;

use pingyi_papers::{Paper, PaperKind};
use tempfile::TempDir;

use super::*;

type Outcome = std::result::Result<Vec<u8>, ConvertFault>;

fn deck() -> Vec<u8> {
    pingyi_office::pptx(&Paper::sample(PaperKind::Deck).unwrap()).unwrap()
}

/// A stand-in in a folder of its own.
fn program(script: &str) -> (TempDir, Converting) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("soffice");
    std::fs::write(&path, format!("#!/bin/sh\n{script}\n")).unwrap();
    std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o700)).unwrap();
    let converting = Converting {
        program: Some(path),
        ..Converting::default()
    };
    (folder, converting)
}

async fn played(script: &str) -> Outcome {
    let (_folder, converting) = program(script);
    converted(&converting, None, b"PK").await
}

const GOOD: &str = "printf '%%PDF-1.7 %%%%EOF' > out/slides.pdf";

#[tokio::test]
async fn a_whole_pdf_is_taken_and_nothing_is_left_behind() {
    let (folder, converting) = program(&format!(
        "pwd > \"$0.place\"; cat slides.pptx > \"$0.got\"; {GOOD}"
    ));
    let made = converted(&converting, None, b"PK").await.unwrap();
    assert_eq!(made, b"%PDF-1.7 %%EOF");
    let said = |ending: &str| std::fs::read_to_string(folder.path().join(ending)).unwrap();
    assert_eq!(said("soffice.got"), "PK");
    assert!(
        !Path::new(said("soffice.place").trim()).exists(),
        "the scratch folder is still there"
    );
}

#[tokio::test]
async fn what_is_no_whole_pdf_is_not_taken() {
    for script in [
        "exit 0",
        "echo garbage > out/slides.pdf",
        "printf '%%PDF-1.7 half' > out/slides.pdf",
        "printf '%%PDF-1.7 %%%%EOF' > out/slides.pdf; echo oops >&2; exit 3",
        "kill -11 $$",
    ] {
        let fault = played(script).await.unwrap_err();
        assert!(
            matches!(fault, ConvertFault::Broken(_)),
            "{script}: {fault}"
        );
        assert_eq!((fault.code(), fault.status()), ("soffice_broken", 422));
    }
    let starved = played("echo 'terminate called: std::bad_alloc' >&2; kill -6 $$")
        .await
        .unwrap_err();
    assert!(matches!(starved, ConvertFault::Memory { .. }), "{starved}");
}

#[tokio::test]
async fn an_absent_one_is_said_by_its_name() {
    let absent = Converting {
        program: Some("/nowhere/soffice".into()),
        ..Converting::default()
    };
    let fault = converted(&absent, None, b"PK").await.unwrap_err();
    assert_eq!((fault.code(), fault.status()), ("soffice_absent", 503));
}

fn runs(folder: &TempDir, name: &str) -> bool {
    let pid = std::fs::read_to_string(folder.path().join(name)).unwrap();
    // One that ended and that nobody has asked after yet is no longer running.
    let state = std::fs::read_to_string(format!("/proc/{}/stat", pid.trim())).unwrap_or_default();
    !state.is_empty() && !state.contains(") Z ")
}

#[cfg(target_os = "linux")]
#[tokio::test]
async fn one_that_takes_too_long_is_ended_with_all_it_started() {
    let script = "sleep 60 & echo $! > \"$0.child\"; echo $$ > \"$0.self\"; wait";
    let (folder, mut converting) = program(script);
    converting.time = Duration::from_millis(700);
    let fault = converted(&converting, None, b"PK").await.unwrap_err();
    assert!(matches!(fault, ConvertFault::Slow { .. }), "{fault}");
    assert_eq!((fault.code(), fault.status()), ("soffice_slow", 503));
    assert!(!runs(&folder, "soffice.self"), "it still runs");
    let gone = async {
        while runs(&folder, "soffice.child") {
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    };
    tokio::time::timeout(Duration::from_secs(5), gone)
        .await
        .expect("what it started still runs");
}

#[cfg(target_os = "linux")]
#[tokio::test]
async fn one_that_nobody_waits_for_ends_too() {
    let (folder, converting) = program("sleep 60 & echo $! > \"$0.child\"; wait");
    let work = tokio::spawn(async move { converted(&converting, None, b"PK").await });
    let started = async {
        while std::fs::read_to_string(folder.path().join("soffice.child"))
            .unwrap_or_default()
            .is_empty()
        {
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    };
    tokio::time::timeout(Duration::from_secs(5), started)
        .await
        .unwrap();
    work.abort();
    let gone = async {
        while runs(&folder, "soffice.child") {
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    };
    tokio::time::timeout(Duration::from_secs(5), gone)
        .await
        .expect("what it started still runs");
}

#[tokio::test]
async fn it_gets_nothing_of_our_environment_and_a_profile_of_its_own() {
    assert!(std::env::var_os("CARGO_MANIFEST_DIR").is_some());
    let fonts = tempfile::tempdir().unwrap();
    let script = format!(
        "[ -z \"$CARGO_MANIFEST_DIR\" ] || exit 3; [ \"$HOME\" = \"$(pwd)\" ] || exit 4; \
         [ \"$1\" = \"-env:UserInstallation=file://$HOME/profile\" ] || exit 5; \
         [ -f profile/user/registrymodifications.xcu ] || exit 6; grep -q {} \"$FONTCONFIG_FILE\" || exit 7; {GOOD}",
        fonts.path().display()
    );
    let (_folder, converting) = program(&script);
    converted(&converting, Some(fonts.path()), b"PK")
        .await
        .unwrap();
}

#[cfg(target_os = "linux")]
#[tokio::test]
async fn its_memory_is_limited_before_it_starts_anything() {
    let (folder, mut converting) = program(&format!("sh -c 'ulimit -d' > \"$0.limit\"; {GOOD}"));
    converting.memory = 512 << 20;
    converted(&converting, None, b"PK").await.unwrap();
    let limit = std::fs::read_to_string(folder.path().join("soffice.limit")).unwrap();
    assert_eq!(limit.trim(), "524288", "in KiB, also of what it starts");
}

/// The real program where it is installed; required where the environment says so.
fn real() -> Option<Converting> {
    let converting = Converting::default();
    if converting.found().is_none() {
        assert!(
            std::env::var_os("PINGYI_REQUIRE_OFFICE").is_none(),
            "soffice is not there: tools/setup.sh test"
        );
        eprintln!("skipped: soffice is not there, so nothing was converted by LibreOffice");
        return None;
    }
    Some(converting)
}

#[tokio::test]
async fn the_real_program_converts_our_own_deck_and_keeps_its_limits() {
    let Some(converting) = real() else { return };
    let pdf = converted(&converting, None, &deck()).await.unwrap();
    assert!(pdf.len() > 20_000, "{} bytes", pdf.len());

    let garbage = converted(&converting, None, b"PK\x03\x04 nothing of the kind")
        .await
        .unwrap_err();
    assert!(matches!(garbage, ConvertFault::Broken(_)), "{garbage}");

    let starving = Converting {
        memory: 16 << 20,
        ..converting
    };
    let fault = converted(&starving, None, &deck()).await.unwrap_err();
    assert!(
        matches!(fault, ConvertFault::Memory { .. } | ConvertFault::Broken(_)),
        "{fault}"
    );
}
