//! What stands beside the ballots in a bundle: decisions, matters, reports, signed papers; honest and forged.

use pingyi_app::bundle::BundleStatus;
use pingyi_app::followup::FindingsDraft;
use pingyi_app::record::entry::EntryMove;
use pingyi_app::record::{EntryDraft, EntryId, EvidenceOwner, MatterDraft};
use pingyi_app::reports::{
    BeginForm, OutlineDraft, ReportForm, ReportMove, SectionDraft, SectionForm,
};
use pingyi_app::*;
use serde_json::{Value, json};

use crate::bundle::{
    Files, Forgery, at, bundle, codes, drop_file, judged, listed_anew, pack, rewrite, unpack,
};
use crate::evidence::photo;
use crate::papers::stand_in;
use crate::scans::PDF;
use crate::support::*;
use crate::units::Year;

/// Two presenters tied to the parks, three grades to be decided.
fn tied(year: &Year) -> String {
    let mut config: Value = serde_json::from_str(&config()).unwrap();
    config["year"] = 2023.into();
    config["order"] = "fixed".into();
    config["form"]["opinions"] = false.into();
    for (place, park) in year.parks.iter().take(2).enumerate() {
        config["presenters"][place]["unit_id"] = park.as_str().into();
    }
    config["scheme"]["cuts"] = json!([{"label": "优秀", "from": 90}, {"label": "称职", "from": 60},
        {"label": "不称职", "from": 0}]);
    config.to_string()
}

async fn leader(app: &App) -> UserView {
    let new = NewUser {
        login: "shuji".into(),
        name: "书记".into(),
        roles: [Role::Leader].into_iter().collect(),
        password: "correct horse 9".into(),
        unit: None,
    };
    app.create_user(&actor(), new).await.unwrap()
}

/// A class of the first park with a photo, confirmed.
async fn photographed(year: &Year, recorder: &Hand, office: &Hand) {
    let draft = EntryDraft {
        unit: year.parks[0].to_string(),
        kind: "class".into(),
        on_date: "2023-05-01".into(),
        title: "新时代大讲堂".into(),
        ..EntryDraft::default()
    };
    let app = &year.app;
    let entry: EntryId = app
        .add_entry(recorder, &draft)
        .await
        .unwrap()
        .id
        .parse()
        .unwrap();
    let owner = EvidenceOwner::Entry(entry.clone());
    app.add_evidence(recorder, &owner, "照片.jpg", photo(7))
        .await
        .unwrap();
    app.review_entry(office, &entry, EntryMove::Confirm, "")
        .await
        .unwrap();
}

/// The report of the first park on 2023, handed in and approved, with a figure and last year's list.
async fn reported(year: &Year) {
    let app = &year.app;
    let recorder = year.somebody("jilu", Role::Recorder, Some(&year.parks[0]));
    let recorder = recorder.await;
    let office = year.somebody("zuzhi", Role::Organiser, None).await;
    let section = |code: &str| SectionDraft {
        code: code.into(),
        title: format!("节{code}"),
        least: "0".into(),
        most: "400".into(),
        ..SectionDraft::default()
    };
    let outline = OutlineDraft {
        sections: vec![section("work"), section("last_year")],
    };
    app.set_report_outline(&office, 0, &outline).await.unwrap();
    let draft = MatterDraft {
        list: "rectification".into(),
        title: "企业党组织活动少".into(),
        origin: "appraisal".into(),
        unit: year.parks[0].to_string(),
        raised_on: "2023-02-01".into(),
        ..MatterDraft::default()
    };
    let matter = app.add_matter(&office, &draft).await.unwrap();
    photographed(year, &recorder, &office).await;
    for (number, park) in [(0, &year.parks[0]), (1, &year.parks[1])] {
        let form = BeginForm {
            unit: park.to_string(),
            year: "2023".into(),
        };
        let id = app.begin_report(&office, &form).await.unwrap().id;
        let id = id.parse().unwrap();
        // The second park's stays a draft: it is in no bundle.
        if number == 1 {
            continue;
        }
        let form = SectionForm {
            version: 0,
            text: "全年开展活动 {{entries}} 次。\n继续抓好两个覆盖。".into(),
        };
        app.write_section(&recorder, &id, "work", &form)
            .await
            .unwrap();
        let answer = pingyi_app::reports::AnswerForm {
            matter: matter.id.clone(),
            version: 0,
            text: "按季度开展联合活动，全年四次。".into(),
        };
        app.write_answer(&recorder, &id, &answer).await.unwrap();
        for (hand, step) in [
            (&recorder, ReportMove::Submit),
            (&office, ReportMove::Approve),
        ] {
            let said = ReportForm::default();
            app.move_report(hand, &id, step, &said).await.unwrap();
        }
    }
}

/// Slides that were taken away.
pub const WRONG: &[u8] = b"%PDF-1.7 wrong";
/// Slides that were set in their place.
pub const RIGHT: &[u8] = b"%PDF-1.7 right";

/// The first presenter's slides are taken away, the second's are others than at first.
async fn slides(app: &App, id: &AppraisalId) {
    let [one, two] = ["p1", "p2"].map(|code| code.parse().unwrap());
    for (code, content) in [(&two, WRONG), (&two, RIGHT), (&one, WRONG)] {
        app.put_slides(&actor(), id, code, content.to_vec())
            .await
            .unwrap();
    }
    app.remove_slides(&actor(), id, &one).await.unwrap();
}

/// A released appraisal with decisions of two people, a matter, a report and signed papers.
pub async fn whole() -> (Meeting, Vec<u8>) {
    let printing = |settings: &mut Settings| settings.printing.program = Some(stand_in());
    let year = Year::begin_with(printing).await;
    reported(&year).await;
    let app = year.app.clone();
    let mut meeting = Meeting::keyed(app.clone(), year.clock.clone(), &tied(&year)).await;
    let id = meeting.id.clone();
    meeting.issue(&[4, 5, 4]).await;
    slides(&app, &id).await;
    app.seal(&actor(), &id).await.unwrap();
    app.open_boxes(&actor(), &id).await.unwrap();
    let order = json!({"scene": "speaker", "presenter": "p1", "slide": 1});
    let order: StageOrder = serde_json::from_value(order).unwrap();
    app.set_stage(&actor(), &id, &order).await.unwrap();
    for slip in 0..4 {
        meeting.cast(0, slip, 1).await;
        meeting.cast(1, slip, 0).await;
    }
    app.comment(&actor(), &id, &"p1".parse().unwrap(), "走访要补上。")
        .await
        .unwrap();
    meeting.close().await;
    for (teller, place) in [(0, 0), (1, 0), (0, 1), (1, 1)] {
        meeting.give_share(teller, place).await.unwrap();
    }
    let hand = Hand::office(actor());
    for (sheet, name) in [("result_sheet", "签字.pdf"), ("letter-p2", "签收.pdf")] {
        app.add_scan(&hand, &id, (sheet, name), PDF.to_vec())
            .await
            .unwrap();
    }
    let wrong = app.add_scan(&hand, &id, ("other", "错.pdf"), PDF.to_vec());
    let wrong = wrong.await.unwrap();
    app.remove_scan(&hand, &id, &wrong, "传错了").await.unwrap();
    app.release(&actor(), &id).await.unwrap();
    decide(&app, &id).await;
    let found = FindingsDraft {
        sources: vec!["comment".into()],
        title: "走访企业偏少".into(),
        unit: year.parks[0].to_string(),
        ..FindingsDraft::default()
    };
    app.list_findings(&hand, &id, &"p1".parse().unwrap(), &found)
        .await
        .unwrap();
    let bytes = bundle(&meeting).await;
    meeting.folder = Some(year.folder);
    (meeting, bytes)
}

/// One as proposed and confirmed, one another with a reason and not confirmed.
async fn decide(app: &App, id: &AppraisalId) {
    let line = |grade: &str, reason: &str| DecisionDraft {
        grade: grade.into(),
        reason: reason.into(),
    };
    let worked = app.grades(id).await.unwrap().worked.unwrap();
    let proposed = worked.presenters[0].proposed.unwrap();
    let mut draft = DecisionsDraft {
        version: 0,
        decisions: [("p1".to_owned(), line(&proposed.to_string(), ""))].into(),
    };
    app.decide_grades(&actor(), id, &draft).await.unwrap();
    let leader = Actor::User(leader(app).await.id);
    app.confirm_grades(&leader, id, 1).await.unwrap();
    draft.version = 2;
    let other = if proposed == 0 { "1" } else { "0" };
    let decided = line(other, "年内有突出成绩");
    draft.decisions.insert("p2".to_owned(), decided);
    app.decide_grades(&actor(), id, &draft).await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn decisions_matters_reports_and_scans_are_in_it_and_verified() {
    let (meeting, bytes) = whole().await;
    let report = judged(&bytes);
    assert_eq!(report.findings, []);
    assert!(report.recounted && report.is_good());
    assert_eq!((report.reports, report.scans), (1, 2));
    let mut files = unpack(&bytes);
    let paths: Vec<&str> = files.iter().map(|(path, _)| path.as_str()).collect();
    for wanted in [
        "decisions.json",
        "followup.json",
        "reports/p1.json",
        "reports/p1.docx",
        "reports/p1.docx.json",
        "reports/p1.audit.jsonl",
        "scans/letter-p2-1.pdf",
        "scans/result_sheet-1.pdf",
        "slides/p1.json",
    ] {
        assert!(paths.contains(&wanted), "{wanted}: {paths:?}");
    }
    assert!(!paths.iter().any(|path| path.starts_with("reports/p2")));
    let photos = paths
        .iter()
        .filter(|path| path.starts_with("slides/photos/"));
    assert_eq!(photos.count(), 1, "what was shown is whole");
    let decided: Value = serde_json::from_slice(at(&mut files, "decisions.json")).unwrap();
    assert_eq!(decided[0]["confirmed_by"], "leader");
    assert_eq!(decided[1]["confirmed_by"], Value::Null);
    assert_eq!(decided[1]["reason"], "年内有突出成绩");
    let became = String::from_utf8(at(&mut files, "followup.json").clone()).unwrap();
    assert!(became.contains("\"comment\"") && !became.contains("走访企业偏少"));
    // Nobody's account stands in what the office hands out beside the trail.
    let decided = decided.to_string();
    assert!(!decided.contains("user:") && !became.contains("user:"));
    // Handed out again it holds the same, but for the trail that names the first.
    let again = unpack(&bundle(&meeting).await);
    for (path, content) in &files[1..] {
        let same = again.iter().find(|(other, _)| other == path);
        let grown = path.ends_with("audit.jsonl");
        assert!(same.unwrap().1 == *content || grown, "{path}");
    }
}

/// Changes a value of a JSON file, kept canonical.
fn json_of(files: &mut Files, ending: &str, change: impl Fn(&mut Value)) {
    rewrite(files, ending, |text| {
        let mut value: Value = serde_json::from_str(text).unwrap();
        change(&mut value);
        value.to_string()
    });
}

const FORGERIES: &[Forgery] = &[
    (
        "a decision",
        |files| {
            json_of(files, "decisions.json", |value| {
                value[1]["decided"] = "不称职".into();
            });
        },
        &["decisions_differ"],
    ),
    (
        "a confirmation",
        |files| {
            json_of(files, "decisions.json", |value| {
                value[1]["confirmed_by"] = "leader".into();
            });
        },
        &["decisions_differ"],
    ),
    (
        "what was proposed",
        |files| {
            json_of(files, "decisions.json", |value| {
                value[0]["proposed"] = "不称职".into();
            });
        },
        &["decisions_differ"],
    ),
    (
        "the reason",
        |files| {
            json_of(files, "decisions.json", |value| {
                value[1]["reason"] = "x".into();
            });
        },
        &["decisions_differ"],
    ),
    (
        "a decision left out",
        |files| {
            json_of(files, "decisions.json", |value| {
                drop(value.as_array_mut().unwrap().pop());
            });
        },
        &["decisions_differ"],
    ),
    (
        "no decisions",
        |files| drop_file(files, "decisions.json"),
        &["missing"],
    ),
    (
        "a finding of a matter",
        |files| {
            json_of(files, "followup.json", |value| {
                value[0]["sources"] = json!(["item:overall"]);
            });
        },
        &["followup_differs"],
    ),
    (
        "a matter closed without a day",
        |files| {
            json_of(files, "followup.json", |value| {
                value[0]["state"] = "closed".into();
            });
        },
        &["followup_differs"],
    ),
    (
        "a matter left out",
        |files| {
            json_of(files, "followup.json", |value| {
                drop(value.as_array_mut().unwrap().pop());
            });
        },
        &["followup_differs"],
    ),
    (
        "what a report says",
        |files| {
            rewrite(files, "reports/p1.json", |text| {
                text.replace("继续", "不再")
            });
        },
        &["not_in_trail"],
    ),
    (
        "a figure of a report",
        |files| {
            json_of(files, "reports/p1.json", |value| {
                value["figures"][0]["shown"] = "999".into();
            });
        },
        &["not_in_trail"],
    ),
    (
        "what a report's document was made of",
        |files| {
            rewrite(files, "reports/p1.docx.json", |text| {
                text.replace("继续", "不再")
            });
        },
        &["report_differs", "not_in_trail"],
    ),
    (
        "a report's document",
        |files| at(files, "reports/p1.docx").push(0),
        &["not_in_trail"],
    ),
    (
        "a report's trail",
        |files| {
            rewrite(files, "reports/p1.audit.jsonl", |text| {
                text.replace("\"step\":\"submit\"", "\"step\":\"return\"")
            });
        },
        &["trail_wrong_hash"],
    ),
    (
        "no trail of a report",
        |files| drop_file(files, "reports/p1.audit.jsonl"),
        &["missing"],
    ),
    (
        "another unit's report",
        |files| {
            for (path, _) in files.iter_mut() {
                *path = path.replace("reports/p1", "reports/p2");
            }
        },
        &["other_report"],
    ),
    (
        "a file beside a report",
        |files| files.push(("reports/p1.exe".to_owned(), b"x".to_vec())),
        &["unknown_file"],
    ),
    (
        "the slides shown",
        |files| json_of(files, "slides/p1.json", |deck| deck["title"] = "x".into()),
        &["not_in_trail"],
    ),
    (
        "the slides left out",
        |files| drop_file(files, "slides/p1.json"),
        &["left_out", "not_in_trail"],
    ),
    (
        "another photo in the slides",
        |files| {
            let photo = files
                .iter_mut()
                .find(|(path, _)| path.starts_with("slides/photos/"));
            photo.unwrap().1.push(0);
        },
        &["not_in_trail", "left_out"],
    ),
    (
        "slides of somebody who showed none",
        |files| files.push(("slides/p2.json".to_owned(), b"{}".to_vec())),
        &["not_in_trail"],
    ),
    (
        "a signed paper",
        |files| *at(files, "scans/result_sheet-1.pdf") = b"%PDF-1.7 other".to_vec(),
        &["not_in_trail", "left_out"],
    ),
    (
        "a signed paper left out",
        |files| drop_file(files, "scans/letter-p2-1.pdf"),
        &["left_out"],
    ),
    (
        "a signed paper that was taken away",
        |files| files.push(("scans/other-1.pdf".to_owned(), PDF.to_vec())),
        &["not_in_trail"],
    ),
    (
        "a signed paper under another name",
        |files| {
            for (path, _) in files.iter_mut() {
                *path = path.replace("scans/letter-p2-1", "scans/minutes-1");
            }
        },
        &["not_in_trail", "left_out"],
    ),
];

#[tokio::test(flavor = "multi_thread")]
async fn what_stands_beside_is_refused_wherever_it_was_forged() {
    let (_meeting, bytes) = whole().await;
    let honest = unpack(&bytes);
    for (what, forge, expected) in FORGERIES {
        let mut files = honest.clone();
        forge(&mut files);
        listed_anew(&mut files);
        let report = judged(&pack(&files));
        assert_eq!(report.status, BundleStatus::Findings, "{what}");
        let found = codes(&report);
        for code in *expected {
            assert!(
                found.iter().any(|one| one == code),
                "{what}: {code} not in {:?}",
                report.findings
            );
        }
    }
}

/// Writes the trail anew from the entry on that `change` touches, hashes and all.
fn trail_anew(files: &mut Files, change: impl Fn(&mut Value) -> bool) {
    let place = files.iter().position(|(path, _)| path == "audit.jsonl");
    let content = &mut files[place.unwrap()].1;
    let text = String::from_utf8(content.clone()).unwrap();
    let mut touched = 0;
    let mut lines = String::new();
    for line in text.lines() {
        let mut entry: Value = serde_json::from_str(line).unwrap();
        if change(&mut entry) {
            touched += 1;
            let parent = entry["parent"].as_str().unwrap().to_owned();
            let mut hashed = entry.clone();
            for field in ["parent", "hash"] {
                hashed.as_object_mut().unwrap().remove(field);
            }
            let hashed: pingyi_domain::audit::Content = serde_json::from_value(hashed).unwrap();
            entry["hash"] = hashed.hash(&parent).into();
        }
        lines.push_str(&entry.to_string());
        lines.push('\n');
    }
    assert!(touched > 0);
    *content = lines.into_bytes();
}

#[tokio::test(flavor = "multi_thread")]
async fn who_confirms_their_own_entry_is_found_even_in_a_trail_written_anew() {
    let (_meeting, bytes) = whole().await;
    let mut files = unpack(&bytes);
    trail_anew(&mut files, |entry| {
        let own = entry["action"] == "grades_confirmed";
        if own {
            entry["actor"] = "console".into();
        }
        own
    });
    listed_anew(&mut files);
    assert!(codes(&judged(&pack(&files))).contains(&"same_person".to_owned()));
    let mut files = unpack(&bytes);
    trail_anew(&mut files, |entry| {
        let own = entry["action"] == "grades_confirmed";
        if own {
            entry["detail"]["grades"]["p1"] = "不称职".into();
        }
        own
    });
    listed_anew(&mut files);
    assert!(codes(&judged(&pack(&files))).contains(&"decisions_differ".to_owned()));
}
