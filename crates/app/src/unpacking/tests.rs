use std::sync::mpsc;
use std::time::Duration;

use pingyi_domain::Actor;
use pingyi_papers::{Paper, PaperKind};

use super::*;
use crate::Settings;
use crate::record::{Hand, ReportId, UnitDraft};
use crate::reports::BeginForm;

async fn opened(folder: &std::path::Path) -> App {
    App::open(Settings::new("http://hall.example").in_folder(folder))
        .await
        .unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn who_gives_up_over_a_file_says_that_it_is_damaged() {
    let folder = tempfile::tempdir().unwrap();
    let app = opened(folder.path()).await;
    let gave_up = app.unpacking::<()>(|| panic!("a reader met what it did not expect"));
    assert_eq!(gave_up.await.unwrap_err().code(), "pptx_damaged");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_place_is_taken_until_the_work_is_done_also_when_nobody_waits() {
    let folder = tempfile::tempdir().unwrap();
    let app = opened(folder.path()).await;
    let free = app.0.looking.available_permits();
    let (end, told) = mpsc::channel::<()>();
    let work = tokio::spawn({
        let app = app.clone();
        async move { app.unpacking(move || Ok(told.recv().is_ok())).await }
    });
    while app.0.looking.available_permits() == free {
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
    work.abort();
    tokio::time::sleep(Duration::from_millis(50)).await;
    assert_eq!(app.0.looking.available_permits(), free - 1);
    end.send(()).unwrap();
    while app.0.looking.available_permits() < free {
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
}

/// A report of a park.
async fn begun(app: &App, office: &Hand) -> ReportId {
    let mut above = String::new();
    for (kind, name) in [
        ("working_committee", "平湖街道党工委"),
        ("park", "华南城园区党委"),
    ] {
        let draft = UnitDraft {
            kind: kind.to_owned(),
            name: name.to_owned(),
            parent: above,
            ..UnitDraft::default()
        };
        above = app.add_unit(office, &draft).await.unwrap().id;
    }
    let form = BeginForm {
        unit: above,
        year: "2023".to_owned(),
    };
    let report = app.begin_report(office, &form).await.unwrap();
    report.id.parse().unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_template_is_read_in_a_place_of_its_own() {
    let folder = tempfile::tempdir().unwrap();
    let app = opened(folder.path()).await;
    let office = Hand::office(Actor::Console);
    let report = begun(&app, &office).await;
    let deck = pingyi_office::pptx(&Paper::sample(PaperKind::Deck).unwrap()).unwrap();
    app.set_template(&office, "a.pptx", deck.clone())
        .await
        .unwrap();
    let all = u32::try_from(app.0.looking.available_permits()).unwrap();
    let places = app.0.looking.acquire_many(all).await.unwrap();
    let soon = Duration::from_millis(200);
    let setting = tokio::time::timeout(soon, app.set_template(&office, "b.pptx", deck));
    assert!(setting.await.is_err(), "set without a place");
    let reading = tokio::time::timeout(soon, app.template(&office));
    assert!(reading.await.is_err(), "read without a place");
    let filling = tokio::time::timeout(soon, app.report_in_template(&office, &report));
    assert!(filling.await.is_err(), "filled without a place");
    drop(places);
    let view = app.template(&office).await.unwrap().unwrap();
    assert_eq!(view.name, "a.pptx");
    let filled = app.report_in_template(&office, &report).await.unwrap();
    assert!(filled.bytes.starts_with(b"PK"));
}
