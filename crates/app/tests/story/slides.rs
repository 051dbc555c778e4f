//! A presenter's own slides: a PDF as it is, a pptx by way of `LibreOffice`; what was there stays until the new is whole.

use std::os::unix::fs::PermissionsExt as _;
use std::path::Path;

use pingyi_app::papers::{Paper, PaperKind};
use pingyi_app::*;
use pingyi_domain::Digest;

use crate::support::*;

fn deck() -> Vec<u8> {
    pingyi_office::pptx(&Paper::sample(PaperKind::Deck).unwrap()).unwrap()
}

/// A copy of the stand-in that this test alone may break.
fn stand_in(folder: &Path) -> std::path::PathBuf {
    let path = folder.join("soffice");
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/stand-in-soffice.sh");
    std::fs::write(&path, std::fs::read(script).unwrap()).unwrap();
    std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o700)).unwrap();
    path
}

async fn last_event(app: &App) -> serde_json::Value {
    let mut text = String::new();
    let mut stream = app.audit_export(None);
    while let Some(chunk) = stream.next().await.unwrap() {
        text.push_str(&chunk);
    }
    serde_json::from_str(text.lines().last().unwrap()).unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_pptx_becomes_the_pdf_of_the_hall_and_the_trail_names_both() {
    let folder = tempfile::tempdir().unwrap();
    let (mut settings, clock) = settings(folder.path());
    let soffice = stand_in(folder.path());
    settings.converting.program = Some(soffice.clone());
    let app = App::open(settings).await.unwrap();
    let meeting = Meeting::keyed(app, clock, &config()).await;
    let (app, id) = (&meeting.app, &meeting.id);
    let p1 = presenter_code("p1").unwrap();
    assert!(app.converts());

    app.put_slides(&actor(), id, &p1, deck()).await.unwrap();
    let pdf = app.slides(id, &p1).await.unwrap();
    assert_eq!(
        pdf,
        format!("%PDF-1.7\n% of {}\n%%EOF\n", deck().len()).into_bytes()
    );
    let event = last_event(app).await;
    assert_eq!(event["action"], "slides_set");
    assert_eq!(event["detail"]["file"], Digest::of(&pdf).as_str());
    assert_eq!(event["detail"]["original"], Digest::of(&deck()).as_str());

    // Whatever goes wrong now, the hall still has what it had.
    std::fs::write(soffice.with_file_name("soffice.broken"), "").unwrap();
    assert_eq!(
        code(app.put_slides(&actor(), id, &p1, deck()).await),
        "soffice_broken"
    );
    std::fs::remove_file(&soffice).unwrap();
    assert!(!app.converts());
    assert_eq!(
        code(app.put_slides(&actor(), id, &p1, deck()).await),
        "soffice_absent"
    );
    for (file, why) in [
        (b"GIF89a".to_vec(), "slides_kind"),
        (b"PK\x03\x04".to_vec(), "pptx_damaged"),
        (b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1".to_vec(), "pptx_old"),
        (vec![b'%'; MAX_SLIDES_BYTES + 1], "slides_too_large"),
    ] {
        assert_eq!(code(app.put_slides(&actor(), id, &p1, file).await), why);
    }
    assert_eq!(app.slides(id, &p1).await.unwrap(), pdf);
    assert_eq!(last_event(app).await, event);

    // A PDF needs nobody's help, and its event names one file only.
    let own = b"%PDF-1.7 own".to_vec();
    app.put_slides(&actor(), id, &p1, own.clone())
        .await
        .unwrap();
    assert_eq!(app.slides(id, &p1).await.unwrap(), own);
    assert!(last_event(app).await["detail"].get("original").is_none());
    let nobody = presenter_code("p9").unwrap();
    assert_eq!(
        code(app.put_slides(&actor(), id, &nobody, deck()).await),
        "not_found"
    );
}
