//! A presenter's own slides: a PDF as it is, a pptx by way of `LibreOffice`; what was there stays until the new is whole.

use std::os::unix::fs::PermissionsExt as _;
use std::path::Path;

use pingyi_app::papers::{Paper, PaperKind};
use pingyi_app::record::{EvidenceFile, Hand, ReportId};
use pingyi_app::reports::{BeginForm, Placeholder, SectionForm};
use pingyi_app::*;
use pingyi_domain::Digest;

use crate::support::*;
use crate::units::Year;

fn deck() -> Vec<u8> {
    pingyi_office::pptx(&Paper::sample(PaperKind::Deck).unwrap()).unwrap()
}

/// A copy of the stand-in that this test alone may break, in a tree of its own as a program has it that may run apart.
fn stand_in(folder: &Path) -> std::path::PathBuf {
    let place = folder.join("office/program");
    std::fs::create_dir_all(&place).unwrap();
    let path = place.join("soffice");
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/stand-in-soffice.sh");
    std::fs::write(&path, std::fs::read(script).unwrap()).unwrap();
    std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o700)).unwrap();
    path
}

#[tokio::test(flavor = "multi_thread")]
async fn who_finds_the_line_full_is_told_so_at_once() {
    let folder = tempfile::tempdir().unwrap();
    let (mut settings, clock) = settings(folder.path());
    let soffice = stand_in(folder.path());
    let slow = soffice.with_file_name("soffice.slow");
    std::fs::write(&slow, "").unwrap();
    settings.converting.program = Some(soffice);
    let app = App::open(settings).await.unwrap();
    let meeting = Meeting::keyed(app, clock, &config()).await;
    let (app, id) = (&meeting.app, &meeting.id);
    let p1 = presenter_code("p1").unwrap();

    let mut all = tokio::task::JoinSet::new();
    for _ in 0..7 {
        let (app, id, p1) = (app.clone(), id.clone(), p1.clone());
        all.spawn(async move { app.put_slides(&actor(), &id, &p1, deck()).await });
    }
    // One is served and four wait; nobody else does anything but say so.
    for _ in 0..2 {
        let told = all.join_next().await.unwrap().unwrap().unwrap_err();
        assert_eq!((told.code(), told.status()), ("soffice_queue", 503));
    }
    let still = std::time::Duration::from_millis(200);
    assert!(tokio::time::timeout(still, all.join_next()).await.is_err());
    // A PDF needs no place.
    app.put_slides(&actor(), id, &p1, b"%PDF-1.7".to_vec())
        .await
        .unwrap();
    std::fs::remove_file(slow).unwrap();
    let mut done = 0;
    while let Some(made) = all.join_next().await {
        made.unwrap().unwrap();
        done += 1;
    }
    assert_eq!(done, 5);
    app.put_slides(&actor(), id, &p1, deck()).await.unwrap();
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

/// The report of the first park on 2023, begun.
async fn begun(year: &Year, hand: &Hand) -> ReportId {
    let form = BeginForm {
        unit: year.parks[0].to_string(),
        year: "2023".to_owned(),
    };
    let made = year.app.begin_report(hand, &form).await;
    made.unwrap().id.parse().unwrap()
}

/// What the unit brings: a PDF and then a pptx, whose PDF is handed back.
async fn brought(year: &Year, own: &Hand, report: &ReportId) -> EvidenceFile {
    let app = &year.app;
    // A PDF, then a pptx in its place: the first is gone from the store, the second is there twice, sent and shown.
    app.bring_slides(own, report, "../a.PDF", b"%PDF-1.7 first".to_vec())
        .await
        .unwrap();
    app.bring_slides(own, report, "我的述职.pptx", deck())
        .await
        .unwrap();
    let there = app.own_slides(&year.office, report).await.unwrap();
    let file = there.file.unwrap();
    assert_eq!(
        (file.name.as_str(), file.converted, there.may_bring),
        ("我的述职.pptx", true, false)
    );
    let files = app.check_files(&|_, _| {}).await.unwrap();
    assert_eq!((files.kept, files.unnamed, files.is_sound()), (2, 0, true));
    let sent = app.own_slides_file(own, report, true).await.unwrap();
    assert_eq!(
        (sent.name.as_str(), sent.content.as_ref()),
        ("我的述职.pptx", deck().as_slice())
    );
    let shown = app.own_slides_file(own, report, false).await.unwrap();
    assert_eq!(
        (shown.name.as_str(), shown.media.as_str()),
        ("我的述职.pdf", "application/pdf")
    );
    shown
}

#[tokio::test(flavor = "multi_thread")]
async fn slides_brought_with_a_report_are_shown_where_none_were_uploaded() {
    let scratch = tempfile::tempdir().unwrap();
    let soffice = stand_in(scratch.path());
    let year = Year::begin_with(|settings| settings.converting.program = Some(soffice)).await;
    let app = &year.app;
    let own = year
        .somebody("shuzhi", Role::Presenter, Some(&year.parks[0]))
        .await;
    let other = year
        .somebody("bieren", Role::Recorder, Some(&year.parks[1]))
        .await;
    let report = begun(&year, &own).await;

    // The unit brings them, its office only looks, the neighbours see nothing.
    let nothing = app.own_slides(&own, &report).await.unwrap();
    assert_eq!((nothing.file, nothing.may_bring), (None, true));
    for hand in [&other, &year.office] {
        assert_eq!(
            code(app.bring_slides(hand, &report, "x.pptx", deck()).await),
            "not_your_unit"
        );
    }
    assert_eq!(code(app.own_slides(&other, &report).await), "not_your_unit");
    assert_eq!(
        code(app.own_slides_file(&own, &report, false).await),
        "not_found"
    );
    let refused = app
        .bring_slides(&own, &report, "x.pptx", b"PK\x03\x04".to_vec())
        .await;
    assert_eq!(code(refused), "pptx_damaged");

    let shown = brought(&year, &own, &report).await;

    // The meeting: p1 is of that unit, p2 has uploaded slides of the appraisal's own.
    let mut config: serde_json::Value = serde_json::from_str(&config()).unwrap();
    config["year"] = 2023.into();
    config["presenters"][0]["unit_id"] = year.parks[0].as_str().into();
    let mut meeting = Meeting::keyed(app.clone(), year.clock.clone(), &config.to_string()).await;
    meeting.issue(&[4, 5, 4]).await;
    let (p1, p2) = (presenter_code("p1").unwrap(), presenter_code("p2").unwrap());
    let id = &meeting.id;
    let call = async |code: &str| {
        let order = serde_json::json!({"scene": "speaker", "presenter": code}).to_string();
        let order = serde_json::from_str(&order).unwrap();
        app.set_stage(&actor(), id, &order).await.unwrap();
        app.hall_view(&meeting.hall).await.unwrap().stage.slides_url
    };
    // The hall is tried out; the unit brings others, takes them away, brings the first again: each call shows what is.
    assert_eq!(call("p1").await.as_deref(), Some("/api/hall/slides/p1"));
    let pdf = b"%PDF-1.7 second".to_vec();
    app.bring_slides(&own, &report, "x.pdf", pdf.clone())
        .await
        .unwrap();
    assert_eq!((call("p2").await, call("p1").await.is_some()), (None, true));
    assert_eq!(app.slides(id, &p1).await.unwrap(), pdf);
    app.drop_own_slides(&own, &report).await.unwrap();
    assert_eq!((call("p2").await, call("p1").await), (None, None));
    app.bring_slides(&own, &report, "我的述职.pptx", deck())
        .await
        .unwrap();
    // Neither a rehearsal nor next year's copy takes along what came with a report.
    call("p2").await;
    assert!(call("p1").await.is_some());
    let rehearsal = app.rehearse(&actor(), id).await.unwrap();
    assert_eq!(code(app.slides(&rehearsal, &p1).await), "not_found");
    app.seal(&actor(), id).await.unwrap();
    app.open_boxes(&actor(), id).await.unwrap();
    assert_eq!(call("p1").await.as_deref(), Some("/api/hall/slides/p1"));
    assert_eq!(app.slides(id, &p1).await.unwrap(), shown.content);
    assert_eq!(call("p2").await, None, "of no unit");
    let uploaded = b"%PDF-1.7 of the meeting".to_vec();
    app.put_slides(&actor(), id, &p1, uploaded.clone())
        .await
        .unwrap();
    assert_eq!(call("p1").await.as_deref(), Some("/api/hall/slides/p1"));
    assert_eq!(
        app.slides(id, &p1).await.unwrap(),
        b"%PDF-1.7 of the meeting"
    );
    assert_eq!(code(app.slides(id, &p2).await), "not_found");
    // A rehearsal tries out what was uploaded, a new meeting begins without.
    let rehearsal = app.rehearse(&actor(), id).await.unwrap();
    assert_eq!(app.slides(&rehearsal, &p1).await.unwrap(), uploaded);
    let copy = app.copy_appraisal(&actor(), id).await.unwrap();
    assert_eq!(code(app.slides(&copy, &p1).await), "not_found");

    // What a meeting has shown is not changed any more.
    assert!(!app.own_slides(&own, &report).await.unwrap().may_bring);
    assert_eq!(
        code(
            app.bring_slides(&own, &report, "x.pdf", b"%PDF-1".to_vec())
                .await
        ),
        "fields"
    );
    assert_eq!(code(app.drop_own_slides(&own, &report).await), "fields");
    app.void(&actor(), id, "演练").await.unwrap();
    assert_eq!(
        code(app.drop_own_slides(&other, &report).await),
        "not_your_unit"
    );
    app.drop_own_slides(&own, &report).await.unwrap();
    assert_eq!(app.check_files(&|_, _| {}).await.unwrap().kept, 0);
    assert!(app.check_audit().await.unwrap().is_sound());
}

/// A template: our own deck with placeholders typed where its texts are.
fn template(title: &str) -> Vec<u8> {
    let Paper::Deck(mut deck) = Paper::sample(PaperKind::Deck).unwrap() else {
        unreachable!()
    };
    title.clone_into(&mut deck.title);
    pingyi_office::pptx(&Paper::Deck(deck)).unwrap()
}

/// The text of the first slide.
fn cover(pptx: &[u8]) -> String {
    use std::io::Read as _;
    let mut archive = zip::ZipArchive::new(std::io::Cursor::new(pptx)).unwrap();
    let mut text = String::new();
    let mut file = archive.by_name("ppt/slides/slide1.xml").unwrap();
    file.read_to_string(&mut text).unwrap();
    text
}

#[tokio::test(flavor = "multi_thread")]
async fn a_report_comes_in_the_offices_own_template() {
    let year = Year::begin().await;
    let app = &year.app;
    let own = year
        .somebody("shuzhi", Role::Presenter, Some(&year.parks[0]))
        .await;
    let other = year
        .somebody("bieren", Role::Recorder, Some(&year.parks[1]))
        .await;
    let begin = BeginForm {
        unit: year.parks[0].to_string(),
        year: "2023".to_owned(),
    };
    let report: ReportId = app
        .begin_report(&own, &begin)
        .await
        .unwrap()
        .id
        .parse()
        .unwrap();
    let form = SectionForm {
        version: 0,
        text: "今年记录{{entries}}条。".to_owned(),
    };
    app.write_section(&own, &report, "work", &form)
        .await
        .unwrap();

    assert_eq!(
        code(app.report_in_template(&own, &report).await),
        "not_found"
    );
    assert!(!app.has_template().await.unwrap());
    let words = "{{mark}}{{year}}|{{unit}}|{{figure:entries}}|{{section:work}}|{{ nobody }}|{{section:nope}}";
    assert_eq!(
        code(app.set_template(&own, "x.pptx", template(words)).await),
        "not_your_unit"
    );
    let refused = app
        .set_template(&year.office, "x.pptx", b"%PDF-1.7".to_vec())
        .await;
    assert_eq!(code(refused), "slides_kind");
    app.set_template(&year.office, "旧.pptx", template("{{title}}"))
        .await
        .unwrap();
    app.set_template(&year.office, "模板.pptx", template(words))
        .await
        .unwrap();
    assert_eq!(
        app.check_files(&|_, _| {}).await.unwrap().kept,
        1,
        "the old one is gone"
    );

    let view = app.template(&year.office).await.unwrap().unwrap();
    let names = |all: &[Placeholder]| all.iter().map(|one| one.name.clone()).collect::<Vec<_>>();
    assert_eq!(view.name, "模板.pptx");
    assert_eq!(names(&view.unknown), ["nobody", "section:nope"]);
    assert_eq!(
        names(&view.known),
        ["figure:entries", "mark", "section:work", "unit", "year"]
    );
    assert_eq!(code(app.template(&own).await), "not_your_unit");

    assert_eq!(
        code(app.report_in_template(&other, &report).await),
        "not_your_unit"
    );
    let made = app.report_in_template(&own, &report).await.unwrap();
    let text = cover(&made.bytes);
    let expected = "草稿2023|华南城园区党委|0|今年记录0条。|{{ nobody }}|{{section:nope}}";
    assert!(text.contains(expected), "{text}");
    assert_eq!(
        app.report_in_template(&year.office, &report)
            .await
            .unwrap()
            .bytes,
        made.bytes
    );

    app.remove_template(&year.office).await.unwrap();
    assert_eq!(code(app.remove_template(&year.office).await), "not_found");
    assert_eq!(app.check_files(&|_, _| {}).await.unwrap().kept, 0);
    assert!(app.check_audit().await.unwrap().is_sound());
}
