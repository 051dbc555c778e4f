//! The child in every mood: scripts play the ones that go wrong, and the real program makes a real paper where it is built.

use std::os::unix::fs::PermissionsExt as _;

use pingyi_papers::PaperKind;
use tempfile::TempDir;

use super::*;

fn paper() -> Paper {
    Paper::sample(PaperKind::Minutes).unwrap()
}

/// A program in a folder of its own.
fn program(script: &str) -> (TempDir, Printing) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("pingyi-papers");
    std::fs::write(&path, format!("#!/bin/sh\n{script}\n")).unwrap();
    std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o700)).unwrap();
    let printing = Printing {
        program: Some(path),
        ..Printing::default()
    };
    (folder, printing)
}

async fn fault(script: &str) -> PaperFault {
    let (_folder, printing) = program(script);
    pressed(&printing, &paper()).await.unwrap_err()
}

fn report(data: &Digest, pdf: &str) -> String {
    let hash = Digest::of(pdf.as_bytes());
    format!(
        "cat >/dev/null; printf '%s' '{pdf}'; echo '{{\"pages\":2,\"data\":\"{data}\",\"hash\":\"{hash}\"}}' >&2"
    )
}

#[tokio::test]
async fn a_whole_paper_is_taken() {
    let (_folder, printing) = program(&report(&paper().hash(), "%PDF-whole"));
    let made = pressed(&printing, &paper()).await.unwrap();
    assert_eq!((made.pdf.as_ref(), made.pages), (&b"%PDF-whole"[..], 2));
    assert_eq!(made.hash, Digest::of(b"%PDF-whole"));
}

#[tokio::test]
async fn half_a_paper_and_another_paper_are_not() {
    let half = report(&paper().hash(), "%PDF-whole").replacen("%PDF-whole", "%PDF-wh", 1);
    let other = report(&Digest::of(b"other"), "%PDF-whole");
    let none = report(&paper().hash(), "no PDF at all");
    let silent = "cat >/dev/null; printf %PDF-whole".to_owned();
    for script in [half, other, none, silent] {
        let fault = fault(&script).await;
        assert!(matches!(fault, PaperFault::Broken(_)), "{script}: {fault}");
        assert_eq!(fault.status(), 500);
    }
}

#[tokio::test]
async fn what_is_missing_is_said_by_its_name() {
    let absent = Printing {
        program: Some("/nowhere/pingyi-papers".into()),
        ..Printing::default()
    };
    let fault_absent = pressed(&absent, &paper()).await.unwrap_err();
    assert_eq!(
        (fault_absent.code(), fault_absent.status()),
        ("papers_absent", 503)
    );

    let words = r#"{"code":"missing_glyphs","message":"m","glyphs":[{"character":"𠮷","code":"U+20BB7","pages":[1,3],"places":["reports[0].presenter"]}]}"#;
    let glyphs = fault(&format!("cat >/dev/null; echo '{words}' >&2; exit 1")).await;
    let PaperFault::Glyphs(found) = &glyphs else {
        panic!("{glyphs}");
    };
    assert_eq!(
        (found[0].character, found[0].code.as_str()),
        ('𠮷', "U+20BB7")
    );
    assert_eq!(
        (&found[0].pages[..], found[0].places[0].as_str()),
        (&[1, 3][..], "reports[0].presenter")
    );
    assert_eq!((glyphs.code(), glyphs.status()), ("missing_glyphs", 422));

    for code in ["no_font", "font_folder"] {
        // It may answer before it has read anything.
        let script =
            format!("exec <&-; echo '{{\"code\":\"{code}\",\"message\":\"m\"}}' >&2; exit 1");
        assert_eq!(fault(&script).await.code(), code);
    }
}

#[tokio::test]
async fn a_paper_with_problems_never_reaches_the_program() {
    let Paper::Minutes(mut minutes) = paper() else {
        unreachable!()
    };
    minutes.chair.clear();
    minutes.place.clear();
    let absent = Printing::default();
    let fault = pressed(&absent, &Paper::Minutes(minutes))
        .await
        .unwrap_err();
    let PaperFault::Problems(found) = fault else {
        panic!("{fault}");
    };
    let paths: Vec<_> = found.iter().map(|one| one.path.as_str()).collect();
    assert_eq!(paths, ["place", "chair"]);
}

#[tokio::test]
async fn one_that_takes_too_long_is_ended() {
    let (folder, mut printing) = program("echo $$ > \"$0.pid\"; exec sleep 60");
    printing.time = Duration::from_millis(500);
    let fault = pressed(&printing, &paper()).await.unwrap_err();
    assert!(matches!(fault, PaperFault::Slow { .. }), "{fault}");
    let pid = std::fs::read_to_string(folder.path().join("pingyi-papers.pid")).unwrap();
    assert!(
        !Path::new("/proc").join(pid.trim()).exists(),
        "it still runs"
    );
}

#[tokio::test]
async fn one_that_dies_says_how() {
    let killed = fault("cat >/dev/null; kill -9 $$").await;
    assert!(matches!(killed, PaperFault::Memory { .. }), "{killed}");
    let starved = "cat >/dev/null; echo 'memory allocation of 99 bytes failed' >&2; kill -6 $$";
    assert!(matches!(fault(starved).await, PaperFault::Memory { .. }));
    let broken = fault("cat >/dev/null; echo oops >&2; exit 3").await;
    assert!(broken.to_string().contains("oops"), "{broken}");
}

#[tokio::test]
async fn it_gets_nothing_of_our_environment_but_the_way_to_fonts() {
    assert!(std::env::var_os("CARGO_MANIFEST_DIR").is_some() && std::env::var_os("HOME").is_some());
    let good = report(&paper().hash(), "%PDF-whole");
    let script = format!(
        "[ -z \"$CARGO_MANIFEST_DIR\" ] || exit 3; [ -n \"$HOME\" ] || exit 4; [ \"$1 $2\" = '--fonts /office' ] || exit 5; {good}"
    );
    let (_folder, mut printing) = program(&script);
    printing.fonts = Some("/office".into());
    pressed(&printing, &paper()).await.unwrap();
}

/// The real program where it was built (`make papers`); required where the environment says so.
fn real() -> Option<Printing> {
    let exe = std::env::current_exe().unwrap();
    let program = exe.parent()?.parent()?.join("pingyi-papers");
    if !program.is_file() {
        assert!(
            std::env::var_os("PINGYI_REQUIRE_PAPERS").is_none(),
            "{} is not there: make papers",
            program.display()
        );
        return None;
    }
    Some(Printing {
        program: Some(program),
        ..Printing::default()
    })
}

#[tokio::test]
async fn the_real_program_makes_the_same_bytes_twice_and_keeps_its_limits() {
    let Some(printing) = real() else { return };
    let first = pressed(&printing, &paper()).await.unwrap();
    let second = pressed(&printing, &paper()).await.unwrap();
    assert_eq!(first.hash, second.hash);
    assert!(first.pages > 0 && first.pdf.len() > 10_000);

    let Paper::Minutes(mut minutes) = paper() else {
        unreachable!()
    };
    minutes.chair = "\u{10FFFD}".to_owned();
    let fault = pressed(&printing, &Paper::Minutes(minutes))
        .await
        .unwrap_err();
    let PaperFault::Glyphs(found) = &fault else {
        panic!("{fault}");
    };
    assert_eq!(found[0].places, ["chair"]);

    let starving = Printing {
        memory: 8 << 20,
        ..printing
    };
    let fault = pressed(&starving, &paper()).await.unwrap_err();
    assert!(matches!(fault, PaperFault::Memory { .. }), "{fault}");
}
