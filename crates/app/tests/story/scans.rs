//! Signed papers: brought by the office from the count until the archive, cleaned, taken away with a reason.

use pingyi_app::record::ScanId;
use pingyi_app::*;

use crate::papers::{counted, office};
use crate::support::*;

pub const PDF: &[u8] = b"%PDF-1.7\nsigned\n%%EOF\n";

/// A photo with the name of a camera in it.
fn photo() -> Vec<u8> {
    let picture = image::RgbImage::from_pixel(40, 30, image::Rgb([200, 40, 30]));
    let mut plain = std::io::Cursor::new(Vec::new());
    picture
        .write_to(&mut plain, image::ImageFormat::Jpeg)
        .unwrap();
    let plain = plain.into_inner();
    // A comment segment behind the start of the picture.
    let mut said = plain[..2].to_vec();
    said.extend_from_slice(&[0xFF, 0xFE, 0, 13]);
    said.extend_from_slice(b"PhoneOfZhao");
    said.extend_from_slice(&plain[2..]);
    said
}

async fn add(meeting: &Meeting, sheet: &str, name: &str, content: &[u8]) -> Result<ScanId> {
    let (app, id) = (&meeting.app, &meeting.id);
    app.add_scan(&office(), id, (sheet, name), content.to_vec())
        .await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_signed_paper_is_kept_clean_and_listed_with_who_brought_it() {
    let meeting = counted(false).await;
    let (app, id) = (&meeting.app, &meeting.id);
    let sheet = add(&meeting, "result_sheet", "签字.pdf", PDF)
        .await
        .unwrap();
    let picture = add(&meeting, "letter-p2", "IMG_1.jpg", &photo())
        .await
        .unwrap();
    // The same file of the same paper is one; of another paper it is another.
    let again = add(&meeting, "result_sheet", "再传.pdf", PDF).await;
    assert_eq!(again.unwrap(), sheet);
    add(&meeting, "other", "发放登记.pdf", PDF).await.unwrap();
    let all = app.scans_of(&office(), id).await.unwrap();
    let sheets: Vec<&str> = all.iter().map(|one| one.row.sheet.as_str()).collect();
    assert_eq!(sheets, ["letter-p2", "other", "result_sheet"]);
    assert!(all.iter().all(|one| !one.by.is_empty() && one.row.at > 0));
    let file = app.scan_file(&office(), (id, &picture), false).await;
    let file = file.unwrap();
    assert_eq!(file.media, "image/jpeg");
    let said = String::from_utf8_lossy(&file.content).into_owned();
    assert!(
        !said.contains("PhoneOfZhao"),
        "what the camera said is gone"
    );
    let small = app.scan_file(&office(), (id, &picture), true).await;
    assert!(small.unwrap().content.starts_with(&[0xFF, 0xD8]));
    let file = app.scan_file(&office(), (id, &sheet), false).await;
    assert_eq!(file.unwrap().content, PDF);
    let report = app.look_at_files().await.unwrap();
    assert!(report.is_sound() && report.unnamed == 0, "{report:?}");
    let trail = app.audit_latest(Some(id), None, 20).await.unwrap();
    let added = trail.iter().filter(|line| line.contains("scan_added"));
    assert_eq!(added.count(), 3);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_no_scan_is_refused_and_nothing_is_kept() {
    let meeting = counted(false).await;
    let rule = async |sheet: &str, content: &[u8]| {
        let error = add(&meeting, sheet, "x", content).await.unwrap_err();
        let AppError::Fields(found) = error else {
            panic!("{error}");
        };
        found[0].rule.clone()
    };
    assert_eq!(rule("result_sheet", b"").await, "evidence_empty");
    assert_eq!(rule("result_sheet", b"hello").await, "evidence_kind");
    assert_eq!(
        rule("result_sheet", b"%PDF-1.7 cut").await,
        "evidence_damaged"
    );
    for sheet in ["", "letter-p9", "coverage", "result_sheet/x"] {
        assert_eq!(rule(sheet, PDF).await, "scan_sheet", "{sheet}");
    }
    let paper = pingyi_papers::Paper::sample(pingyi_papers::PaperKind::Circular).unwrap();
    let word = pingyi_office::docx(&paper).unwrap();
    assert_eq!(rule("circular", &word).await, "scan_kind");
    assert_eq!(
        meeting.app.look_at_files().await.unwrap(),
        FilesReport::default()
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_scan_goes_with_a_reason_until_the_archive_and_then_no_more() {
    let open = Meeting::open().await;
    let early = add(&open, "result_sheet", "x.pdf", PDF).await;
    assert_eq!(code(early), "wrong_state");
    let meeting = counted(false).await;
    let (app, id) = (&meeting.app, &meeting.id);
    let wrong = add(&meeting, "minutes", "错.pdf", PDF).await.unwrap();
    let kept = add(&meeting, "circular", "对.pdf", PDF).await.unwrap();
    let remove = async |hand: &Hand, scan: &ScanId, why: &str| {
        code(app.remove_scan(hand, id, scan, why).await)
    };
    assert_eq!(remove(&office(), &wrong, " ").await, "fields");
    assert_eq!(
        remove(&office(), &"a".repeat(16).parse().unwrap(), "x").await,
        "not_found"
    );
    app.remove_scan(&office(), id, &wrong, "传错了")
        .await
        .unwrap();
    // The circular is the same file, so the file stays.
    let file = app.scan_file(&office(), (id, &kept), false).await;
    assert_eq!(file.unwrap().content, PDF);
    let trail = app.audit_latest(Some(id), None, 20).await.unwrap();
    let gone = trail.iter().find(|line| line.contains("scan_removed"));
    assert!(gone.unwrap().contains("传错了"));
    app.release(&actor(), id).await.unwrap();
    app.archive(&actor(), id).await.unwrap();
    assert_eq!(remove(&office(), &kept, "x").await, "wrong_state");
    assert_eq!(
        code(add(&meeting, "other", "x.pdf", PDF).await),
        "wrong_state"
    );
    assert_eq!(app.scans_of(&office(), id).await.unwrap().len(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn scans_are_the_offices_alone() {
    let meeting = counted(false).await;
    let (app, id) = (&meeting.app, &meeting.id);
    let scan = add(&meeting, "minutes", "x.pdf", PDF).await.unwrap();
    for (login, role) in [("leader", Role::Leader), ("auditor", Role::Auditor)] {
        let new = NewUser {
            login: login.to_owned(),
            name: login.to_owned(),
            roles: [role].into_iter().collect(),
            password: "a long enough password".to_owned(),
            unit: None,
        };
        let user = app.create_user(&actor(), new).await.unwrap();
        let hand = app.hand(&user).await.unwrap();
        let sent = app.add_scan(&hand, id, ("minutes", "y"), PDF.to_vec());
        assert_eq!(code(sent.await), "not_your_unit");
        assert_eq!(code(app.scans_of(&hand, id).await), "not_your_unit");
        let file = app.scan_file(&hand, (id, &scan), false).await;
        assert_eq!(code(file), "not_your_unit");
        let gone = app.remove_scan(&hand, id, &scan, "x").await;
        assert_eq!(code(gone), "not_your_unit");
    }
    // Another appraisal's scan is not found by this one's address.
    let other = counted(false).await;
    let office = office();
    let file = other.app.scan_file(&office, (&other.id, &scan), false);
    assert_eq!(code(file.await), "not_found");
}
