//! The slides of a report: the numbers of the report, arranged by who writes it, fixed in the hall when their presenter is
//! called.

#![allow(clippy::too_many_lines, reason = "a story is told in order")]

use pingyi_app::record::entry::EntryMove;
use pingyi_app::record::{
    EntryDraft, EntryId, EvidenceId, EvidenceOwner, MatterDraft, ReportId, UnitId,
};
use pingyi_app::reports::{
    AnswerForm, Arrange, BeginForm, OutlineDraft, ReportForm, ReportMove, ScreenDeck, SectionDraft,
    SectionForm, SlideKind, SlidesView,
};
use pingyi_app::*;
use pingyi_domain::Digest;
use pingyi_domain::stage::StageOrder;
use pingyi_papers::{Deck, Paper, Slide};
use serde_json::{Value, json};

use crate::evidence::photo;
use crate::support::*;
use crate::units::Year;

const NOBODY: &str = "not_your_unit";

struct Case {
    year: Year,
    /// A recorder and a presenter of the first park, a recorder of the second, and two of the office.
    recorder: Hand,
    presenter: Hand,
    other: Hand,
    office: Hand,
    chief: Hand,
    id: ReportId,
}

impl Case {
    async fn begin() -> Self {
        let year = Year::begin().await;
        let recorder = year.somebody("jilu", Role::Recorder, Some(&year.parks[0]));
        let recorder = recorder.await;
        let presenter = year.somebody("shuzhi", Role::Presenter, Some(&year.parks[0]));
        let presenter = presenter.await;
        let other = year.somebody("bieren", Role::Recorder, Some(&year.parks[1]));
        let other = other.await;
        let office = year.somebody("zuzhi", Role::Organiser, None).await;
        let chief = year.somebody("zhuren", Role::Organiser, None).await;
        let section = |code: &str| SectionDraft {
            code: code.into(),
            title: format!("节{code}"),
            least: "0".into(),
            most: "2000".into(),
            ..SectionDraft::default()
        };
        let outline = OutlineDraft {
            sections: ["work", "last_year", "problems", "next"]
                .map(section)
                .to_vec(),
        };
        let app = &year.app;
        app.set_report_outline(&office, 0, &outline).await.unwrap();
        let one = BeginForm {
            unit: year.parks[0].to_string(),
            year: "2023".into(),
        };
        let id = app.begin_report(&recorder, &one).await.unwrap().id;
        Self {
            id: id.parse().unwrap(),
            recorder,
            presenter,
            other,
            office,
            chief,
            year,
        }
    }

    /// An entry with a photo; confirmed when `confirmed`.
    async fn entry(&self, unit: &UnitId, day: &str, colour: u8, confirmed: bool) -> EvidenceId {
        self.entry_with(unit, day, &[colour], confirmed).await
    }

    /// An entry with photos of these colours; the first of them.
    async fn entry_with(
        &self,
        unit: &UnitId,
        day: &str,
        colours: &[u8],
        confirmed: bool,
    ) -> EvidenceId {
        let app = &self.year.app;
        let draft = EntryDraft {
            unit: unit.to_string(),
            kind: "class".into(),
            on_date: day.into(),
            title: format!("学习{day}"),
            headcount: "30".into(),
            ..EntryDraft::default()
        };
        let made = app.add_entry(&self.office, &draft).await.unwrap().id;
        let id: EntryId = made.parse().unwrap();
        let owner = EvidenceOwner::Entry(id.clone());
        let mut files = Vec::new();
        for colour in colours {
            let file = app.add_evidence(&self.office, &owner, "照片.jpg", photo(*colour));
            files.push(file.await.unwrap());
        }
        if confirmed {
            app.review_entry(&self.chief, &id, EntryMove::Confirm, "")
                .await
                .unwrap();
        }
        files.remove(0)
    }

    async fn matter(&self, list: &str, origin: &str, title: &str) -> String {
        let draft = MatterDraft {
            list: list.into(),
            title: title.into(),
            origin: origin.into(),
            unit: self.year.parks[0].to_string(),
            raised_on: "2023-02-01".into(),
            ..MatterDraft::default()
        };
        let stored = self.year.app.add_matter(&self.office, &draft).await;
        stored.unwrap().id
    }

    async fn write(&self, code: &str, text: &str) {
        let form = SectionForm {
            version: 0,
            text: text.into(),
        };
        let app = &self.year.app;
        app.write_section(&self.recorder, &self.id, code, &form)
            .await
            .unwrap();
    }

    async fn go(&self, hand: &Hand, step: ReportMove) {
        let form = ReportForm {
            text: "补充".into(),
        };
        let app = &self.year.app;
        app.move_report(hand, &self.id, step, &form).await.unwrap();
    }

    async fn type_in(&self, hand: &Hand, place: (&str, &str), version: i64, text: &str) -> String {
        let form = SectionForm {
            version,
            text: text.into(),
        };
        let app = &self.year.app;
        let done = app.write_slide(hand, &self.id, place, &form).await;
        match done {
            Ok(written) => written.version.to_string(),
            Err(error) => error.code().to_owned(),
        }
    }

    async fn arrange(&self, change: Value) -> String {
        self.arrange_by(&self.presenter, change).await
    }

    async fn arrange_by(&self, hand: &Hand, change: Value) -> String {
        let change: Arrange = serde_json::from_value(change).unwrap();
        let app = &self.year.app;
        match app.arrange_slides(hand, &self.id, &change).await {
            Ok(stored) => stored.version.to_string(),
            Err(error) => error.code().to_owned(),
        }
    }

    async fn deck(&self) -> Deck {
        let app = &self.year.app;
        app.report_deck(&self.recorder, &self.id).await.unwrap()
    }

    async fn screen(&self) -> ScreenDeck {
        let app = &self.year.app;
        app.report_screen(&self.recorder, &self.id).await.unwrap()
    }

    async fn view(&self) -> SlidesView {
        let app = &self.year.app;
        app.report_slides(&self.presenter, &self.id).await.unwrap()
    }
}

fn titles(deck: &Deck) -> Vec<&str> {
    deck.slides.iter().map(Slide::title).collect()
}

/// The number of classes on the table of what was done.
fn classes(deck: &Deck) -> Option<String> {
    deck.slides.iter().find_map(|slide| match slide {
        Slide::Table { columns, rows, .. } if columns[0] == "类别" => Some(rows[0][1].clone()),
        _ => None,
    })
}

#[tokio::test(flavor = "multi_thread")]
async fn slides_say_what_the_report_says_and_freeze_with_it() {
    let case = Case::begin().await;
    let app = &case.year.app;
    let [park, elsewhere] = case.year.parks.clone();
    assert!(case.deck().await.slides.is_empty(), "nothing is no slide");
    assert_eq!(
        code(app.report_pptx(&case.recorder, &case.id).await),
        "paper_problems",
        "no file of a cover alone"
    );
    assert!(
        case.view()
            .await
            .slides
            .iter()
            .all(|one| one.pages == usize::from(one.slide == SlideKind::Cover)),
        "the page says so of each"
    );
    case.entry(&park, "2023-03-01", 1, true).await;
    case.entry(&case.year.branch, "2023-04-01", 2, true).await;
    case.entry(&park, "2022-04-01", 3, true).await;
    case.entry(&elsewhere, "2023-04-01", 4, true).await;
    case.matter("problem", "visit", "停车难").await;
    let listed = case.matter("rectification", "appraisal", "活动少").await;
    case.write(
        "problems",
        "活动形式单一。具体有三。\n覆盖不全；多从主观上找原因。",
    )
    .await;
    case.write("next", "明年办{{entries:class}}场学习。").await;
    let answer = AnswerForm {
        matter: listed,
        version: 0,
        text: "每月一次，\n记录齐全，已见成效".into(),
    };
    app.write_answer(&case.recorder, &case.id, &answer)
        .await
        .unwrap();

    let deck = case.deck().await;
    assert_eq!(deck.title, "2023年度抓基层党建工作述职报告");
    assert_eq!(
        titles(&deck),
        [
            "数字看一年",
            "做了哪些工作",
            "做了哪些工作",
            "工作掠影",
            "问题和解决情况",
            "上年度问题整改情况",
            "存在的不足",
            "下一步打算"
        ],
        "no firms, no coverage"
    );
    assert_eq!(classes(&deck).as_deref(), Some("2"));
    let points = |at: usize| match &deck.slides[at] {
        Slide::Points { points, .. } => points.clone(),
        other => panic!("{other:?}"),
    };
    assert_eq!(points(6), ["活动形式单一", "覆盖不全"]);
    assert_eq!(points(7), ["明年办2场学习"]);
    match &deck.slides[5] {
        Slide::Table { rows, .. } => {
            assert_eq!(
                rows[0],
                ["活动少", "每月一次， 记录齐全，已见成效", "整改中"]
            );
        }
        other => panic!("{other:?}"),
    }
    let Slide::Photos { photos, .. } = &deck.slides[3] else {
        panic!("{:?}", deck.slides[3])
    };
    let captions: Vec<&str> = photos.iter().map(|one| one.caption.as_str()).collect();
    assert_eq!(
        captions,
        ["学习2023-04-01", "学习2023-03-01"],
        "of this unit and year"
    );

    // Handed in: what is entered later changes neither report nor slides.
    case.go(&case.recorder, ReportMove::Submit).await;
    let frozen = case.deck().await;
    case.entry(&park, "2023-05-01", 5, true).await;
    case.matter("problem", "visit", "下雨积水").await;
    let later = case.deck().await;
    assert_eq!(classes(&later).as_deref(), Some("2"));
    assert_eq!(
        (&later.slides[0], &later.slides[4]),
        (&frozen.slides[0], &frozen.slides[4])
    );
    assert_eq!(
        later.slides[7], frozen.slides[7],
        "the figure in the text too"
    );
    assert!(case.view().await.frozen);
    // What is typed after that has the figures of the submission.
    let typed = case.type_in(
        &case.presenter,
        ("next", "points"),
        0,
        "办{{entries:class}}场\n{{nope}}",
    );
    assert_eq!(typed.await, "1");
    // Who types is told what the slide shows: the number handed in, and what it cannot show.
    let form = SectionForm {
        version: 0,
        text: "{{entries:class}}、{{entries:class:2021}}、{{nope}}".into(),
    };
    let told =
        case.year
            .app
            .write_slide(&case.presenter, &case.id, ("shortcomings", "points"), &form);
    let told = told.await.unwrap();
    assert_eq!(told.figures["entries:class"], "2");
    assert_eq!(told.unknown, ["entries:class:2021", "nope"]);
    let empty = case.type_in(&case.presenter, ("shortcomings", "points"), 1, "");
    assert_eq!(empty.await, "2");
    let deck = case.deck().await;
    assert!(matches!(&deck.slides[7], Slide::Points { points, .. } if points[0] == "办2场"));
    assert_eq!(case.view().await.unknown, ["nope"]);
    // Given back, they are those of today again.
    case.go(&case.office, ReportMove::Return).await;
    assert_eq!(classes(&case.deck().await).as_deref(), Some("3"));
    // The same deck gives the same bytes.
    let once = app.report_pptx(&case.recorder, &case.id).await.unwrap();
    let twice = app.report_pptx(&case.recorder, &case.id).await.unwrap();
    assert_eq!(once, twice);
    assert!(once.bytes.starts_with(b"PK") && once.name.ends_with("报告.pptx"));
}

#[tokio::test(flavor = "multi_thread")]
async fn who_writes_the_report_arranges_and_nobody_else() {
    let case = Case::begin().await;
    let app = &case.year.app;
    let [park, elsewhere] = case.year.parks.clone();
    let first = case.entry(&park, "2023-03-01", 1, true).await;
    let second = case.entry(&park, "2023-03-02", 2, true).await;
    let open = case.entry(&park, "2023-03-03", 3, false).await;
    let foreign = case.entry(&elsewhere, "2023-03-03", 4, true).await;
    let before = case.entry(&park, "2022-03-03", 5, true).await;
    case.write("problems", "一。\n二。").await;

    let up = json!({"do": "up", "slide": "photos"});
    for hand in [&case.other, &case.office] {
        assert_eq!(case.arrange_by(hand, up.clone()).await, NOBODY);
        assert_eq!(case.type_in(hand, ("next", "title"), 0, "x").await, NOBODY);
    }
    assert_eq!(code(app.report_slides(&case.other, &case.id).await), NOBODY);
    assert_eq!(code(app.report_deck(&case.other, &case.id).await), NOBODY);
    let nothing = "0".repeat(64);
    assert_eq!(
        code(app.report_photo(&case.other, &case.id, &nothing).await),
        NOBODY
    );
    assert_eq!(
        code(app.report_photo(&case.office, &case.id, &nothing).await),
        "not_found"
    );

    // Photos: of the unit, the year, confirmed, and no other.
    for refused in [&open, &foreign, &before] {
        let change = json!({"do": "add_photo", "photo": refused});
        assert_eq!(case.arrange(change).await, "not_found");
    }
    let shown = case.view().await;
    assert_eq!(shown.photos.len(), 2);
    assert!(
        shown.photos.iter().all(|one| one.picked.is_some()),
        "proposed"
    );
    for one in &shown.photos {
        let photo = app
            .report_photo(&case.recorder, &case.id, &one.sha256)
            .await
            .unwrap();
        assert_eq!(Digest::of(&photo.content).as_str(), one.sha256);
    }
    assert_eq!(
        case.arrange(json!({"do": "drop_photo", "photo": second}))
            .await,
        "1"
    );
    assert_eq!(
        case.arrange(json!({"do": "drop_photo", "photo": second}))
            .await,
        "1",
        "twice is once"
    );
    let view = case.view().await;
    let picked: Vec<_> = view
        .photos
        .iter()
        .filter(|one| one.picked.is_some())
        .collect();
    assert_eq!((picked.len(), &picked[0].id), (1, &first));
    // Given back, its photos leave the slides.
    let entry: EntryId = picked[0].entry.parse().unwrap();
    app.review_entry(&case.office, &entry, EntryMove::Return, "缺签到")
        .await
        .unwrap();
    assert!(!titles(&case.deck().await).contains(&"工作掠影"));

    // Order, hiding, headings; figures by code.
    assert_eq!(case.arrange(up).await, "2");
    assert_eq!(
        case.arrange(json!({"do": "hide", "slide": "by_kind"}))
            .await,
        "3"
    );
    assert_eq!(
        case.arrange(json!({"do": "hide", "slide": "cover"})).await,
        "fields"
    );
    assert_eq!(
        case.arrange(json!({"do": "add_figure", "figure": "x"}))
            .await,
        "fields"
    );
    assert_eq!(
        case.arrange(json!({"do": "before", "slide": "shortcomings", "other": "six_figures"}))
            .await,
        "4"
    );
    assert_eq!(
        case.type_in(&case.presenter, ("shortcomings", "title"), 0, "不足和原因")
            .await,
        "1"
    );
    assert_eq!(
        case.type_in(&case.presenter, ("cover", "points"), 0, "x")
            .await,
        "not_found"
    );
    assert_eq!(
        case.type_in(&case.presenter, ("nope", "title"), 0, "x")
            .await,
        "not_found"
    );
    let long = "字".repeat(41);
    assert_eq!(
        case.type_in(&case.presenter, ("next", "title"), 0, &long)
            .await,
        "fields"
    );
    let deck = case.deck().await;
    assert_eq!(
        titles(&deck),
        ["不足和原因", "数字看一年"],
        "what is hidden is nowhere"
    );
    let hidden: Vec<&str> = case
        .screen()
        .await
        .slides
        .iter()
        .map(|one| one.of.as_str())
        .collect();
    assert!(hidden.contains(&"by_kind"), "but on the page: {hidden:?}");

    // Two who write at once meet both texts.
    let conflict = case
        .type_in(&case.recorder, ("shortcomings", "title"), 0, "我的")
        .await;
    assert_eq!(conflict, "conflict");
    assert_eq!(
        case.type_in(&case.recorder, ("shortcomings", "title"), 1, "")
            .await,
        "2"
    );
    assert_eq!(
        titles(&case.deck().await)[0],
        "存在的不足",
        "an empty heading is the proposal"
    );
    // A long list goes on on further slides, with the same heading.
    let many: Vec<String> = (1..=30).map(|n| format!("第{n}条")).collect();
    case.type_in(
        &case.presenter,
        ("shortcomings", "points"),
        0,
        &many.join("\n"),
    )
    .await;
    let pages: Vec<String> = case
        .screen()
        .await
        .slides
        .into_iter()
        .filter(|one| one.of == SlideKind::Shortcomings)
        .map(|one| one.slide.title().to_owned())
        .collect();
    assert_eq!(pages[3], "存在的不足（4/4）", "{pages:?}");
    assert!(Paper::Deck(case.deck().await).checked().is_ok());
}

#[tokio::test(flavor = "multi_thread")]
async fn the_hall_shows_them_as_they_were_when_the_presenter_was_called() {
    let case = Case::begin().await;
    let app = &case.year.app;
    let park = case.year.parks[0].clone();
    case.entry(&park, "2023-03-01", 1, true).await;
    case.write("problems", "活动形式单一。").await;
    let meeting = meeting_of(&case).await;
    let presenter = |code: &str| code.parse::<PresenterCode>().unwrap();
    let (one, two) = (presenter("p1"), presenter("p2"));
    let call = async |code: &str, slide: u32| {
        let order = json!({"scene": "speaker", "presenter": code, "slide": slide});
        let order: StageOrder = serde_json::from_value(order).unwrap();
        app.set_stage(&actor(), &meeting.id, &order).await.unwrap();
        app.hall_view(&meeting.hall).await.unwrap().stage
    };
    let shown = async || app.hall_deck(&meeting.hall, &one).await.unwrap();

    assert_eq!(call("p1", 1).await.deck, None, "a draft is not shown");
    call("p2", 1).await;
    case.go(&case.recorder, ReportMove::Submit).await;
    let stage = call("p1", 1).await;
    let deck = stage.deck.unwrap();
    assert_eq!(
        (deck.url.as_str(), stage.slides_url),
        ("/api/hall/decks/p1", None)
    );
    let text = shown().await;
    assert_eq!(Digest::of(text.as_bytes()).as_str(), deck.hash);
    let said: Value = serde_json::from_str(&text).unwrap();
    assert_eq!(said["words"]["mark"], "", "no draft in the hall");
    let photo = said["slides"]
        .as_array()
        .unwrap()
        .iter()
        .find(|one| one["kind"] == "photos")
        .unwrap();
    let sha256 = photo["photos"][0]["picture"]["sha256"]
        .as_str()
        .unwrap()
        .to_owned();
    let served = app.hall_photo(&meeting.hall, &one, &sha256).await.unwrap();
    assert_eq!(Digest::of(&served.content).as_str(), sha256);
    assert_eq!(
        code(app.hall_photo(&meeting.hall, &two, &sha256).await),
        "not_found"
    );
    assert_eq!(
        code(app.hall_photo(&meeting.hall, &one, &"0".repeat(64)).await),
        "not_found"
    );
    assert_eq!(code(app.hall_deck(&meeting.hall, &two).await), "not_found");

    // Changed while they speak: not seen, whatever the console presses.
    case.type_in(&case.presenter, ("shortcomings", "title"), 0, "改了")
        .await;
    assert_eq!(call("p1", 2).await.deck.unwrap().hash, deck.hash);
    assert_eq!(shown().await, text);
    // A photo that is gone from the record stays as long as it is shown.
    let entries = case.view().await.photos;
    let entry: EntryId = entries[0].entry.parse().unwrap();
    app.review_entry(&case.office, &entry, EntryMove::Return, "换照片")
        .await
        .unwrap();
    app.remove_evidence(&case.office, &entries[0].id)
        .await
        .unwrap();
    assert!(app.hall_photo(&meeting.hall, &one, &sha256).await.is_ok());

    // Called again, they are those of now, and the trail names both.
    assert_eq!(call("p2", 1).await.deck, None);
    let again = call("p1", 1).await.deck.unwrap();
    assert_ne!(again.hash, deck.hash);
    assert!(shown().await.contains("改了"));
    assert_eq!(
        code(app.hall_photo(&meeting.hall, &one, &sha256).await),
        "not_found"
    );
    let trail = app
        .audit_latest(Some(&meeting.id), None, 100)
        .await
        .unwrap();
    let decks = trail.iter().filter(|line| line.contains("deck_shown"));
    assert_eq!(decks.clone().count(), 2);
    for hash in [&deck.hash, &again.hash] {
        assert!(decks.clone().any(|line| line.contains(hash)));
    }
    assert_eq!(case.view().await.shown, 1);

    // An uploaded file goes before, and a report given back is not shown.
    let pdf = b"%PDF-1.7 own".to_vec();
    app.put_slides(&actor(), &meeting.id, &one, pdf)
        .await
        .unwrap();
    let stage = call("p1", 1).await;
    assert_eq!(
        (stage.deck, stage.slides_url.as_deref()),
        (None, Some("/api/hall/slides/p1"))
    );
    app.remove_slides(&actor(), &meeting.id, &one)
        .await
        .unwrap();
    case.go(&case.office, ReportMove::Return).await;
    call("p2", 1).await;
    assert_eq!(call("p1", 1).await.deck, None);
}

/// The first park's meeting of 2023, keyed.
async fn meeting_of(case: &Case) -> Meeting {
    let mut config: Value = serde_json::from_str(&config()).unwrap();
    config["year"] = 2023.into();
    config["order"] = "fixed".into();
    config["presenters"][0]["unit_id"] = case.year.parks[0].as_str().into();
    let (app, clock) = (case.year.app.clone(), case.year.clock.clone());
    Meeting::keyed(app, clock, &config.to_string()).await
}

#[tokio::test(flavor = "multi_thread")]
async fn what_those_who_vote_have_seen_is_not_taken_back() {
    let case = Case::begin().await;
    let app = &case.year.app;
    case.write("problems", "活动形式单一。").await;
    let mut meeting = meeting_of(&case).await;
    meeting.issue(&[4, 5, 4]).await;
    app.seal(&actor(), &meeting.id).await.unwrap();
    app.open_boxes(&actor(), &meeting.id).await.unwrap();
    // A report may still come in on the day, and go back as long as it had not the stage.
    case.go(&case.recorder, ReportMove::Submit).await;
    case.go(&case.office, ReportMove::Return).await;
    case.go(&case.recorder, ReportMove::Submit).await;
    case.go(&case.recorder, ReportMove::Withdraw).await;
    case.go(&case.recorder, ReportMove::Submit).await;
    let order = json!({"scene": "speaker", "presenter": "p1"});
    let order: StageOrder = serde_json::from_value(order).unwrap();
    app.set_stage(&actor(), &meeting.id, &order).await.unwrap();

    let stays = async || {
        let said = ReportForm {
            text: "补充".into(),
        };
        for (hand, step) in [
            (&case.recorder, ReportMove::Withdraw),
            (&case.office, ReportMove::Return),
        ] {
            let seen = app.duty_report(hand, &case.id).await.unwrap();
            assert!(seen.stays && !seen.may.contains(&step), "{:?}", seen.may);
            let moved = app.move_report(hand, &case.id, step, &said).await;
            match moved.unwrap_err() {
                AppError::Fields(problems) => assert_eq!(problems[0].rule, "report_shown"),
                other => panic!("{other:?}"),
            }
        }
    };
    stays().await;
    meeting.close().await;
    stays().await;
    // A meeting that is declared void has shown nothing.
    app.void(&actor(), &meeting.id, "演练").await.unwrap();
    case.go(&case.recorder, ReportMove::Withdraw).await;
    case.go(&case.recorder, ReportMove::Submit).await;
    case.go(&case.office, ReportMove::Approve).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_picked_photo_stays_however_many_newer_ones_there_are() {
    let case = Case::begin().await;
    let park = case.year.parks[0].clone();
    let old = case.entry(&park, "2023-01-05", 1, true).await;
    let add = |photo: &EvidenceId| json!({"do": "add_photo", "photo": photo});
    assert_eq!(case.arrange(add(&old)).await, "1");
    let shown = async || {
        let deck = case.deck().await;
        let found = deck.slides.into_iter().find_map(|slide| match slide {
            Slide::Photos { photos, .. } => Some(photos),
            _ => None,
        });
        let photos = found.unwrap_or_default().into_iter();
        photos.map(|one| one.caption).collect::<Vec<_>>()
    };
    let before = shown().await;
    assert!(before.contains(&"学习2023-01-05".to_owned()), "{before:?}");
    let older = case.entry(&park, "2023-01-04", 2, true).await;
    // Of colours so far apart that no two make the same file.
    let colours: Vec<u8> = (0..=250).step_by(10).collect();
    for day in 1..=9 {
        let day = format!("2023-06-{day:02}");
        case.entry_with(&park, &day, &colours, true).await;
    }
    assert_eq!(shown().await, before);
    // One that is no longer offered may still be picked by name, and what is picked is offered to be dropped.
    assert_eq!(case.arrange(add(&older)).await, "2");
    assert_eq!(shown().await.len(), before.len() + 1);
    let view = case.view().await;
    for id in [&old, &older] {
        let one = view.photos.iter().find(|one| one.id == *id).unwrap();
        assert!(one.picked.is_some());
        let app = &case.year.app;
        let sent = app.report_photo(&case.recorder, &case.id, &one.sha256);
        assert!(!sent.await.unwrap().content.is_empty());
    }
    assert_eq!(view.photos.len(), 202, "the newest 200 and these");
}
