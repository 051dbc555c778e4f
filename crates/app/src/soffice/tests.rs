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
    converted(&converting, None, None, b"PK").await
}

const GOOD: &str = "printf '%%PDF-1.7 %%%%EOF' > out/slides.pdf";

#[tokio::test]
async fn a_whole_pdf_is_taken_and_nothing_is_left_behind() {
    let (folder, converting) = program(&format!(
        "pwd > \"$0.place\"; cat slides.pptx > \"$0.got\"; {GOOD}"
    ));
    let made = converted(&converting, None, None, b"PK").await.unwrap();
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
    let fault = converted(&absent, None, None, b"PK").await.unwrap_err();
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
    let fault = converted(&converting, None, None, b"PK").await.unwrap_err();
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
    let work = tokio::spawn(async move { converted(&converting, None, None, b"PK").await });
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
    converted(&converting, None, Some(fonts.path()), b"PK")
        .await
        .unwrap();
}

#[cfg(target_os = "linux")]
#[tokio::test]
async fn its_memory_is_limited_before_it_starts_anything() {
    let (folder, mut converting) = program(&format!("sh -c 'ulimit -d' > \"$0.limit\"; {GOOD}"));
    converting.memory = 512 << 20;
    converted(&converting, None, None, b"PK").await.unwrap();
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
    let pdf = converted(&converting, None, None, &deck()).await.unwrap();
    assert!(pdf.len() > 20_000, "{} bytes", pdf.len());

    let garbage = converted(&converting, None, None, b"PK\x03\x04 nothing of the kind")
        .await
        .unwrap_err();
    assert!(matches!(garbage, ConvertFault::Broken(_)), "{garbage}");

    let starving = Converting {
        memory: 16 << 20,
        ..converting
    };
    let fault = converted(&starving, None, None, &deck()).await.unwrap_err();
    assert!(
        matches!(fault, ConvertFault::Memory { .. } | ConvertFault::Broken(_)),
        "{fault}"
    );
}

/// Whether this machine lets anybody make namespaces; nothing where bwrap is not there.
fn lets_us() -> Option<bool> {
    let mut plain = std::process::Command::new("bwrap");
    plain.args([
        "--unshare-all",
        "--ro-bind",
        "/",
        "/",
        "--dev",
        "/dev",
        "--proc",
        "/proc",
        "true",
    ]);
    plain.output().ok().map(|done| done.status.success())
}

/// A way to run a program apart. Where bwrap is required it is there, and works as far as the machine lets it: a container
/// may forbid what nobody can install.
async fn apart(program: &Path, hidden: Option<&Path>) -> Option<Apart> {
    let apart = Apart::tried(program, hidden, 2 << 30).await.unwrap();
    if apart.is_none() {
        let machine = lets_us();
        assert_ne!(
            machine,
            Some(true),
            "bwrap works here, and not as we run it"
        );
        assert!(
            machine.is_some() || std::env::var_os("PINGYI_REQUIRE_OFFICE").is_none(),
            "bwrap is not there: tools/setup.sh test"
        );
        eprintln!("skipped: bwrap does not work here, so nothing was run apart");
    }
    apart
}

/// A stand-in that also says its version.
fn versed(script: &str) -> (TempDir, Converting) {
    program(&format!("[ \"$1\" != --version ] || exit 0; {script}"))
}

#[tokio::test]
async fn what_runs_apart_sees_none_of_our_files_and_no_network() {
    let data = tempfile::tempdir().unwrap();
    let secret = data.path().join("secret");
    std::fs::write(&secret, "letter").unwrap();
    let script = format!(
        "file=$(cat {0} 2>&1); touch {0}.mine 2>&1; \
         printf '%%PDF-1.7 [%s] [%s] [%s] [%s] %%%%EOF' \"$file\" \"$(cat /etc/passwd /proc/{1}/environ 2>&1)\" \
         \"$(grep -c : /proc/net/dev)\" \"$(cat slides.pptx)\" > out/slides.pdf",
        secret.display(),
        std::process::id()
    );
    let (_folder, converting) = versed(&script);
    let said = |pdf: Vec<u8>| String::from_utf8_lossy(&pdf).into_owned();
    let open = said(converted(&converting, None, None, b"PK").await.unwrap());
    assert!(
        open.contains("[letter]") && open.contains("root:"),
        "{open}"
    );
    std::fs::remove_file(data.path().join("secret.mine")).unwrap();

    let program = converting.found().unwrap();
    let Some(apart) = apart(&program, Some(data.path())).await else {
        return;
    };
    let shut = converted(&converting, Some(&apart), None, b"PK").await;
    let shut = said(shut.unwrap());
    assert!(
        !shut.contains("letter") && !shut.contains("root:"),
        "{shut}"
    );
    assert!(shut.contains("[1] [PK]"), "only its own network: {shut}");
    assert!(!data.path().join("secret.mine").exists());
}

#[tokio::test]
async fn our_folder_is_hidden_also_below_one_that_is_seen() {
    let office = tempfile::tempdir().unwrap();
    let (data, place) = (office.path().join("data"), office.path().join("program"));
    std::fs::create_dir(&data).unwrap();
    std::fs::create_dir(&place).unwrap();
    std::fs::write(data.join("secret"), "letter").unwrap();
    let script = "[ \"$1\" != --version ] || exit 0; d=$(dirname \"$0\")/../data; \
        printf '%%PDF-1.7 [%s] %%%%EOF' \"$(ls \"$d\")\" > out/slides.pdf";
    let path = place.join("soffice");
    std::fs::write(&path, format!("#!/bin/sh\n{script}\n")).unwrap();
    std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o700)).unwrap();
    let converting = Converting {
        program: Some(path.clone()),
        ..Converting::default()
    };
    for (hidden, expected) in [
        (Some(data.as_path()), &b"%PDF-1.7 [] %%EOF"[..]),
        (None, b"%PDF-1.7 [secret] %%EOF"),
    ] {
        let Some(apart) = apart(&path, hidden).await else {
            return;
        };
        let made = converted(&converting, Some(&apart), None, b"PK").await;
        assert_eq!(made.unwrap(), expected);
    }
}

#[tokio::test]
async fn what_cannot_run_apart_runs_as_it_did() {
    let (_folder, converting) = program("exit 7");
    let program = converting.found().unwrap();
    let tried = Apart::tried(&program, None, 2 << 30).await.unwrap();
    assert!(tried.is_none(), "it did not even say its version there");
}

#[cfg(target_os = "linux")]
#[tokio::test]
async fn what_runs_apart_ends_with_all_it_started_too() {
    let mark = format!("61.{}", std::process::id());
    let (_folder, mut converting) = versed(&format!("sleep {mark} & setsid sleep {mark} & wait"));
    let program = converting.found().unwrap();
    let Some(apart) = apart(&program, None).await else {
        return;
    };
    converting.time = Duration::from_secs(5);
    let running = || {
        let all = std::fs::read_dir("/proc").unwrap().flatten();
        let line = |entry: std::fs::DirEntry| std::fs::read(entry.path().join("cmdline"));
        let mut lines = all.filter_map(|entry| line(entry).ok());
        lines.any(|line| line == format!("sleep\0{mark}\0").as_bytes())
    };
    let seen = async {
        while !running() {
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
    };
    // Bounded: on a machine too slow to start it at all this fails and does not hang.
    let seen = tokio::time::timeout(Duration::from_secs(30), seen);
    let work = converted(&converting, Some(&apart), None, b"PK");
    let (fault, seen) = tokio::join!(work, seen);
    let fault = fault.unwrap_err();
    assert!(matches!(fault, ConvertFault::Slow { .. }), "{fault}");
    assert!(seen.is_ok(), "it was never seen to run");
    let gone = async {
        while running() {
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    };
    tokio::time::timeout(Duration::from_secs(5), gone)
        .await
        .expect("what it started still runs");
}

/// Our deck with a drawing on its cover that shows a file beside it, as no check would let it in.
fn leaking(file: &Path) -> Vec<u8> {
    use std::io::{Cursor, Read as _, Write as _};
    use zip::write::SimpleFileOptions;
    let drawing = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" xmlns:xlink=\"http://www.w3.org/1999/xlink\" width=\"40\" height=\"30\">\
         <image width=\"40\" height=\"30\" xlink:href=\"file://{}\"/></svg>",
        file.display()
    );
    let relation = "<Relationship Id=\"rId90\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/image\" \
        Target=\"../media/x.svg\"/></Relationships>";
    let shape = "<p:pic><p:nvPicPr><p:cNvPr id=\"77\" name=\"x\"/><p:cNvPicPr/><p:nvPr/></p:nvPicPr><p:blipFill>\
        <a:blip r:embed=\"rId90\"/><a:stretch><a:fillRect/></a:stretch></p:blipFill><p:spPr><a:xfrm><a:off x=\"0\" y=\"0\"/>\
        <a:ext cx=\"3000000\" cy=\"2000000\"/></a:xfrm><a:prstGeom prst=\"rect\"><a:avLst/></a:prstGeom></p:spPr></p:pic></p:spTree>";
    let kind = "<Default Extension=\"svg\" ContentType=\"image/svg+xml\"/></Types>";
    let mut archive = zip::ZipArchive::new(Cursor::new(deck())).unwrap();
    let mut out = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for at in 0..archive.len() {
        let mut part = archive.by_index(at).unwrap();
        let name = part.name().unwrap().into_owned();
        let mut content = Vec::new();
        part.read_to_end(&mut content).unwrap();
        let change = match name.as_str() {
            "ppt/slides/_rels/slide1.xml.rels" => Some(("</Relationships>", relation)),
            "ppt/slides/slide1.xml" => Some(("</p:spTree>", shape)),
            "[Content_Types].xml" => Some(("</Types>", kind)),
            _ => None,
        };
        if let Some((from, to)) = change {
            let text = String::from_utf8(content).unwrap();
            content = text.replace(from, to).into_bytes();
        }
        out.start_file(name, SimpleFileOptions::default()).unwrap();
        out.write_all(&content).unwrap();
    }
    out.start_file("ppt/media/x.svg", SimpleFileOptions::default())
        .unwrap();
    out.write_all(drawing.as_bytes()).unwrap();
    out.finish().unwrap().into_inner()
}

/// How many pictures of points a PDF holds.
fn pictures(pdf: &[u8]) -> usize {
    String::from_utf8_lossy(pdf)
        .matches("/Subtype/Image")
        .count()
}

#[tokio::test]
async fn the_real_program_apart_draws_no_file_of_ours_and_the_check_stands_before_it() {
    let Some(converting) = real() else { return };
    let data = tempfile::tempdir().unwrap();
    let photo = data.path().join("photo.png");
    image::RgbImage::from_pixel(40, 30, image::Rgb([200, 30, 30]))
        .save(&photo)
        .unwrap();
    let evil = leaking(&photo);
    assert!(matches!(
        pingyi_office::check_pptx(&evil),
        Err(pingyi_office::Unfit::Outside(_))
    ));
    let program = converting.found().unwrap();
    let Some(apart) = apart(&program, Some(data.path())).await else {
        return;
    };
    let usual = converted(&converting, Some(&apart), None, &deck()).await;
    let usual = usual.unwrap();
    assert!(usual.len() > 20_000, "{} bytes", usual.len());
    let open = converted(&converting, None, None, &evil).await.unwrap();
    // 7.4 draws what it sees; where another does not, the next line shows nothing.
    if pictures(&open) == pictures(&usual) {
        eprintln!("this LibreOffice draws no file by itself");
    }
    let shut = converted(&converting, Some(&apart), None, &evil).await;
    assert_eq!(pictures(&shut.unwrap()), pictures(&usual));
}
