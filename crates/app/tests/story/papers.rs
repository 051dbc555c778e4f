//! The papers of a meeting: filled from what is stored, made whole or not at all, kept once, read by whom they are for.

use std::collections::BTreeMap;
use std::path::Path;

use pingyi_app::papers::*;
use pingyi_app::record::{PaperId, UnitDraft, UnitId};
use pingyi_app::*;

use crate::support::*;

/// The stand-in for the program: the same hashes, no pages.
pub fn stand_in() -> std::path::PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/stand-in-papers.py")
}

/// Five presenters, so that there is a median; marks that differ.
fn five() -> String {
    let mut config: serde_json::Value = serde_json::from_str(&config()).unwrap();
    let names = ["华南城", "海吉星", "大皇公", "北门坳", "辅城坳"];
    let presenters = names.iter().zip(1..).map(|(name, n)| {
        serde_json::json!({"code": format!("p{n}"), "title": format!("{name}园区党委第一书记"), "unit": name})
    });
    config["presenters"] = presenters.collect();
    config["order"] = "fixed".into();
    config.to_string()
}

/// Every presenter has marks of their own: in box A number `p` has `p` good and the rest fair.
pub async fn counted(press: bool) -> Meeting {
    let folder = tempfile::tempdir().unwrap();
    let (mut settings, clock) = settings(folder.path());
    settings.printing.program = press.then(stand_in);
    let app = App::open(settings).await.unwrap();
    let mut meeting = Meeting::keyed(app, clock, &five()).await;
    meeting.folder = Some(folder);
    meeting.issue(&[5, 4, 4]).await;
    let app = &meeting.app;
    let slides = b"%PDF-1.7 slides".to_vec();
    let one = "p1".parse().unwrap();
    app.put_slides(&actor(), &meeting.id, &one, slides)
        .await
        .unwrap();
    app.seal(&actor(), &meeting.id).await.unwrap();
    app.open_boxes(&actor(), &meeting.id).await.unwrap();
    for slip in 0..5 {
        let election = meeting.election(0).await;
        let marks: Vec<Vec<u8>> = (0..10)
            .map(|question| {
                let presenter = question / 2;
                let grade = usize::from(slip > presenter);
                (0..4).map(|answer| u8::from(answer == grade)).collect()
            })
            .collect();
        let sealed =
            pingyi_ballot::ballot::seal(&election, &meeting.slips[0][slip], &marks, &mut rng());
        meeting.post(0, &sealed.unwrap().ballot_json).await.unwrap();
    }
    for slip in 0..4 {
        meeting.cast(1, slip, 1).await;
    }
    for (code, text) in [("p1", "只说给华南城的话"), ("p2", "只说给海吉星的话")] {
        let presenter = code.parse().unwrap();
        app.comment(&actor(), &meeting.id, &presenter, text)
            .await
            .unwrap();
    }
    meeting.close().await;
    for (teller, place) in [(0, 0), (1, 0), (0, 1), (1, 1)] {
        meeting.give_share(teller, place).await.unwrap();
    }
    assert_eq!(meeting.state().await, "counted");
    meeting
}

pub fn office() -> Hand {
    Hand::office(actor())
}

async fn unit(app: &App, kind: &str, name: &str, parent: &str) -> UnitId {
    let draft = UnitDraft {
        kind: kind.to_owned(),
        name: name.to_owned(),
        parent: parent.to_owned(),
        ..UnitDraft::default()
    };
    let stored = app.add_unit(&office(), &draft).await.unwrap();
    stored.id.parse().unwrap()
}

async fn hand(app: &App, login: &str, role: Role, unit: Option<&UnitId>) -> Hand {
    let new = NewUser {
        login: login.to_owned(),
        name: login.to_owned(),
        roles: [role].into_iter().collect(),
        password: "a long enough password".to_owned(),
        unit: unit.cloned(),
    };
    let user = app.create_user(&actor(), new).await.unwrap();
    app.hand(&user).await.unwrap()
}

fn letter(meeting: &Meeting, code: &str) -> Wanted {
    Wanted::Of(meeting.id.clone(), Sheet::Letter(code.parse().unwrap()))
}

fn of(meeting: &Meeting, sheet: Sheet) -> Wanted {
    Wanted::Of(meeting.id.clone(), sheet)
}

fn fields(pairs: &[(&str, &str)]) -> BTreeMap<String, String> {
    let pairs = pairs.iter();
    pairs
        .map(|(name, text)| ((*name).to_owned(), (*text).to_owned()))
        .collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_letter_holds_nobody_elses_figures() {
    let meeting = counted(true).await;
    let app = &meeting.app;
    let result = app.result(&meeting.id).await.unwrap();
    let score = |code: &str| {
        let table = result
            .tables
            .iter()
            .find(|table| table.code.as_ref() == code);
        table.unwrap().score.clone().unwrap().shown
    };
    let scores: Vec<String> = (1..=5).map(|n| score(&format!("p{n}"))).collect();
    let distinct: std::collections::BTreeSet<_> = scores.iter().collect();
    assert_eq!(distinct.len(), 5, "{scores:?}");
    for (code, own) in [("p1", 0_u64), ("p2", 1), ("p5", 4)] {
        let view = app.paper(&office(), &letter(&meeting, code)).await.unwrap();
        let Paper::FeedbackLetter(said) = &view.paper else {
            panic!("no letter");
        };
        assert_eq!(said.items[0].counts, [1 + own, 8 - own, 0, 0]);
        let own = usize::try_from(own).unwrap();
        assert_eq!(said.score.as_ref(), Some(&scores[own]));
        assert_eq!(said.median.as_ref(), Some(&scores[2]));
        assert_eq!(said.opened.len(), 2);
        // Nothing of another one, wherever it might stand: neither name nor score nor comment.
        let text = serde_json::to_string(&view.paper).unwrap();
        for (other, name) in ["华南城", "海吉星", "大皇公", "北门坳", "辅城坳"]
            .iter()
            .enumerate()
        {
            let told = text.contains(&format!("{name}园区"));
            assert_eq!(told, other == own, "{code}: {name}");
            let shown = text.contains(&format!("\"{}\"", scores[other]));
            let allowed = other == own || other == 2;
            assert!(allowed || !shown, "{code}: the score of {name}");
        }
        assert_eq!(text.contains("只说给华南城的话"), own == 0);
        assert_eq!(text.contains("只说给海吉星的话"), own == 1);
    }
    let nobody = app.paper(&office(), &letter(&meeting, "p9")).await;
    assert_eq!(code(nobody), "not_found");
}

#[tokio::test(flavor = "multi_thread")]
async fn below_five_presenters_there_is_no_median() {
    let meeting = Meeting::open().await;
    meeting.cast_all().await;
    meeting.close().await;
    for (teller, place) in [(0, 0), (1, 0), (0, 1), (1, 1)] {
        meeting.give_share(teller, place).await.unwrap();
    }
    let view = meeting.app.paper(&office(), &letter(&meeting, "p1")).await;
    let Paper::FeedbackLetter(said) = view.unwrap().paper else {
        panic!("no letter");
    };
    assert!(said.score.is_some() && said.median.is_none());
    assert!(said.items.iter().all(|item| item.median.is_none()));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_letter_is_read_by_whom_it_is_for_once_it_is_handed_over() {
    let meeting = counted(true).await;
    let app = &meeting.app;
    let root = unit(app, "working_committee", "街道", "").await;
    let own = unit(app, "park", "华南城", root.as_str()).await;
    let other = unit(app, "park", "海吉星", root.as_str()).await;
    let mine = hand(app, "mine", Role::Presenter, Some(&own)).await;
    let theirs = hand(app, "theirs", Role::Presenter, Some(&other)).await;
    let above = hand(app, "above", Role::Presenter, Some(&root)).await;
    let recorder = hand(app, "recorder", Role::Recorder, Some(&own)).await;
    let auditor = hand(app, "auditor", Role::Auditor, None).await;
    let leader = hand(app, "leader", Role::Leader, None).await;
    let early = app.give_letters(&office(), &meeting.id).await;
    assert_eq!(code(early), "wrong_state");
    let preview = of(&meeting, Sheet::Summary);
    let preview = app
        .make_paper(&office(), &preview, PaperFormat::Xlsx)
        .await
        .unwrap();
    app.paper_file(&office(), &preview).await.unwrap();
    let early = app.paper_file(&leader, &preview).await;
    assert_eq!(code(early), "not_your_unit", "the office's preview");
    app.release(&actor(), &meeting.id).await.unwrap();
    app.paper_file(&leader, &preview).await.unwrap();
    let none = app.give_letters(&office(), &meeting.id).await;
    assert_eq!(code(none), "invalid");
    let id = app
        .make_paper(&office(), &letter(&meeting, "p1"), PaperFormat::Pdf)
        .await
        .unwrap();
    for hand in [&office(), &leader] {
        app.paper_file(hand, &id).await.unwrap();
    }
    let refused = async |hand: &Hand| code(app.paper_file(hand, &id).await);
    for hand in [&mine, &theirs, &above, &recorder, &auditor] {
        assert_eq!(refused(hand).await, "not_your_unit");
    }
    assert!(app.own_letters(&mine).await.unwrap().is_empty());
    assert_eq!(app.give_letters(&office(), &meeting.id).await.unwrap(), 1);
    assert_eq!(app.give_letters(&office(), &meeting.id).await.unwrap(), 0);
    let file = app.paper_file(&mine, &id).await.unwrap();
    assert!(file.content.starts_with(b"%PDF-"));
    assert_eq!(app.own_letters(&mine).await.unwrap().len(), 1);
    assert!(app.own_letters(&theirs).await.unwrap().is_empty());
    for hand in [&theirs, &above, &recorder, &auditor] {
        assert_eq!(refused(hand).await, "not_your_unit");
    }
    for hand in [&mine, &leader, &recorder] {
        let page = app.paper(hand, &letter(&meeting, "p1")).await;
        assert_eq!(code(page), "not_your_unit");
        assert_eq!(
            code(app.papers_of(hand, &meeting.id).await),
            "not_your_unit"
        );
        assert_eq!(
            code(app.give_letters(hand, &meeting.id).await),
            "not_your_unit"
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_same_data_is_the_same_row_and_a_change_another() {
    let meeting = counted(true).await;
    let app = &meeting.app;
    let wanted = of(&meeting, Sheet::Summary);
    let make = async |format| app.make_paper(&office(), &wanted, format).await;
    let first = make(PaperFormat::Pdf).await.unwrap();
    assert_eq!(make(PaperFormat::Pdf).await.unwrap(), first);
    let sheet = make(PaperFormat::Xlsx).await.unwrap();
    assert_ne!(sheet, first);
    assert_eq!(make(PaperFormat::Xlsx).await.unwrap(), sheet);
    assert_eq!(code(make(PaperFormat::Docx).await), "invalid");
    let view = app.paper(&office(), &wanted).await.unwrap();
    assert_eq!(view.made.len(), 2);
    assert_eq!(view.made[0].data, view.paper.hash().to_string());
    assert!(app.look_at_files().await.unwrap().is_sound());
    assert_eq!(app.look_at_files().await.unwrap().kept, 2);
    // Another day of the meeting is another paper.
    let text = fields(&[("office", "街道党工委"), ("held_on", "2023-11-20")]);
    app.write_paper_text(&office(), &meeting.id, (TextKind::Meeting, 0), &text)
        .await
        .unwrap();
    assert_ne!(make(PaperFormat::Pdf).await.unwrap(), first);
    let trail = app.audit_latest(Some(&meeting.id), None, 50).await.unwrap();
    let papers = trail.iter().filter(|line| line.contains("\"paper_made\""));
    assert_eq!(papers.count(), 3);
    // A rehearsal or a draft that is wiped takes its papers along; the sweep takes the files.
    assert_eq!(
        app.papers_of(&office(), &meeting.id).await.unwrap().len(),
        3
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn without_the_program_nothing_is_kept_and_word_and_excel_still_come() {
    let meeting = counted(false).await;
    let app = &meeting.app;
    assert!(!app.prints());
    let pdf = app
        .make_paper(&office(), &of(&meeting, Sheet::Result), PaperFormat::Pdf)
        .await;
    assert_eq!(code(pdf), "papers_absent");
    assert!(
        app.papers_of(&office(), &meeting.id)
            .await
            .unwrap()
            .is_empty()
    );
    assert_eq!(app.look_at_files().await.unwrap(), FilesReport::default());
    // What the circular lacks is said all at once, before anything is made.
    let circular = of(&meeting, Sheet::Circular);
    let lacking = app
        .make_paper(&office(), &circular, PaperFormat::Docx)
        .await
        .unwrap_err();
    let AppError::Paper(PaperFault::Problems(found)) = &lacking else {
        panic!("{lacking}");
    };
    let paths: Vec<_> = found.iter().map(|one| one.path.as_str()).collect();
    assert_eq!(paths, ["to", "head.office"]);
    let meeting_text = fields(&[("office", "街道党工委")]);
    app.write_paper_text(
        &office(),
        &meeting.id,
        (TextKind::Meeting, 0),
        &meeting_text,
    )
    .await
    .unwrap();
    let text = fields(&[
        ("title", "通报"),
        ("to", "各园区党委"),
        ("text", "现通报如下。\n一、情况\n好。"),
    ]);
    app.write_paper_text(&office(), &meeting.id, (TextKind::Circular, 0), &text)
        .await
        .unwrap();
    let id = app
        .make_paper(&office(), &circular, PaperFormat::Docx)
        .await
        .unwrap();
    let file = app.paper_file(&office(), &id).await.unwrap();
    assert!(file.content.starts_with(b"PK") && file.row.title == "通报");
}

#[tokio::test(flavor = "multi_thread")]
async fn two_at_one_text_see_each_other_and_nothing_is_lost() {
    let meeting = counted(false).await;
    let app = &meeting.app;
    let id = &meeting.id;
    let view = app
        .paper_text(&office(), id, TextKind::Minutes)
        .await
        .unwrap();
    assert_eq!(view.version, 0);
    let drafted: BTreeMap<_, _> = view
        .fields
        .iter()
        .map(|(f, text)| (f.name.clone(), text.clone()))
        .collect();
    assert!(
        drafted["agenda"].contains("5 名述职人依次述职"),
        "{drafted:?}"
    );
    assert!(drafted.contains_key("summary-p5"));
    let write = async |version, pairs: &[(&str, &str)]| {
        app.write_paper_text(&office(), id, (TextKind::Minutes, version), &fields(pairs))
            .await
    };
    assert_eq!(
        write(0, &[("resolutions", "一是抓落实")])
            .await
            .unwrap()
            .version,
        1
    );
    // The same again is no second writing.
    assert_eq!(
        write(0, &[("resolutions", "一是抓落实")])
            .await
            .unwrap()
            .version,
        1
    );
    let clash = write(0, &[("resolutions", "二是补短板"), ("agenda", "述职")]).await;
    let AppError::Conflict(conflict) = clash.unwrap_err() else {
        panic!("no conflict");
    };
    assert_eq!(conflict.version, 1);
    let both: Vec<_> = conflict
        .fields
        .iter()
        .map(|field| {
            (
                field.field.as_str(),
                field.theirs.as_str(),
                field.mine.as_str(),
            )
        })
        .collect();
    assert_eq!(
        both,
        [
            ("agenda", "", "述职"),
            ("resolutions", "一是抓落实", "二是补短板")
        ]
    );
    assert_eq!(code(write(1, &[("strange", "x")]).await), "fields");
    let paper = app
        .paper(&office(), &of(&meeting, Sheet::Minutes))
        .await
        .unwrap()
        .paper;
    let Paper::Minutes(minutes) = paper else {
        panic!("no minutes");
    };
    assert_eq!(minutes.resolutions, ["一是抓落实"]);
    assert_eq!(minutes.reports[0].comment, "只说给华南城的话");
    app.release(&actor(), id).await.unwrap();
    app.archive(&actor(), id).await.unwrap();
    assert_eq!(code(write(1, &[("agenda", "改")]).await), "wrong_state");
    let seen = app
        .paper_text(&office(), id, TextKind::Minutes)
        .await
        .unwrap();
    assert_eq!(seen.version, 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn papers_of_the_record_hold_what_who_asks_may_see() {
    let folder = tempfile::tempdir().unwrap();
    let (mut settings, _) = settings(folder.path());
    settings.printing.program = Some(stand_in());
    let app = App::open(settings).await.unwrap();
    let root = unit(&app, "working_committee", "街道党工委", "").await;
    let own = unit(&app, "park", "华南城园区党委", root.as_str()).await;
    let other = unit(&app, "park", "海吉星园区党委", root.as_str()).await;
    let recorder = hand(&app, "recorder", Role::Recorder, Some(&own)).await;
    for (id, title) in [(&own, "停车难"), (&other, "消防通道")] {
        let draft = pingyi_app::record::matter::MatterDraft {
            list: "rectification".to_owned(),
            title: title.to_owned(),
            origin: "appraisal".to_owned(),
            unit: id.to_string(),
            raised_on: "2023-11-01".to_owned(),
            due_on: "2023-11-02".to_owned(),
            ..Default::default()
        };
        app.add_matter(&office(), &draft).await.unwrap();
    }
    let today = app.today().unwrap();
    let asked = [
        Wanted::List(ListKind::Problems, None),
        Wanted::List(ListKind::Rectification, None),
        Wanted::Coverage(None, today),
        Wanted::Digest(None, 2023, 11),
        Wanted::YearBook(own.clone(), 2023),
    ];
    for wanted in &asked {
        let theirs = app.paper(&recorder, wanted).await.unwrap();
        let text = serde_json::to_string(&theirs.paper).unwrap();
        assert!(
            !text.contains("海吉星") && !text.contains("消防"),
            "{wanted:?}: {text}"
        );
        let id = app
            .make_paper(&recorder, wanted, PaperFormat::Pdf)
            .await
            .unwrap();
        let again = app
            .make_paper(&recorder, wanted, PaperFormat::Pdf)
            .await
            .unwrap();
        assert_eq!(id, again);
        app.paper_file(&recorder, &id).await.unwrap();
    }
    let all = app.paper(&office(), &asked[1]).await.unwrap();
    let Paper::FollowUpList(list) = &all.paper else {
        panic!("no list");
    };
    assert_eq!(list.rows.len(), 2);
    assert!(
        all.made.is_empty(),
        "the office's list is not the recorder's"
    );
    let Paper::Digest(digest) = app.paper(&office(), &asked[3]).await.unwrap().paper else {
        panic!("no digest");
    };
    assert_eq!(digest.lines.iter().map(|line| line.overdue).sum::<u32>(), 2);
    for foreign in [
        Wanted::YearBook(other.clone(), 2023),
        Wanted::Coverage(Some(other.clone()), today),
        Wanted::List(ListKind::Duties, Some(root.clone())),
    ] {
        assert_eq!(code(app.paper(&recorder, &foreign).await), "not_your_unit");
    }
    let made = app
        .make_paper(&office(), &asked[1], PaperFormat::Pdf)
        .await
        .unwrap();
    assert_eq!(
        code(app.paper_file(&recorder, &made).await),
        "not_your_unit"
    );
    let none: PaperId = "abcdefghijklmnop".parse().unwrap();
    assert_eq!(code(app.paper_file(&office(), &none).await), "not_found");
    let ahead = app.paper(&office(), &Wanted::Digest(None, 2030, 1)).await;
    assert_eq!(code(ahead), "not_found");
}
