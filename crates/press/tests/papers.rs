//! Every template with its sample, with one row and a hundred, with long names and rare characters.

#![allow(clippy::unwrap_used)] // tests may stop at the first surprise

mod pictures;

use std::sync::OnceLock;

use pingyi_papers::{Paper, PaperKind};
use pingyi_press::{Fonts, Press, PressError};
use serde_json::{Value, json};

fn press() -> &'static Press {
    static PRESS: OnceLock<Press> = OnceLock::new();
    PRESS.get_or_init(|| Press::new(Fonts::find(None).unwrap()))
}

fn sample(kind: PaperKind) -> Value {
    serde_json::to_value(Paper::sample(kind).unwrap()).unwrap()
}

fn paper(value: &Value) -> Paper {
    Paper::from_json(&value.to_string()).unwrap()
}

/// The list of a kind's rows and how to make another of them.
fn rows_of(kind: PaperKind) -> &'static str {
    match kind {
        PaperKind::ResultSheet => "presenters",
        PaperKind::SummaryTable | PaperKind::FollowUpList => "rows",
        PaperKind::FeedbackLetter => "opinions",
        PaperKind::Coverage => "uncovered",
        PaperKind::Minutes => "reports",
        PaperKind::Circular | PaperKind::DutyReport => "sections",
        PaperKind::Deck => "slides",
        PaperKind::Digest => "lines",
        PaperKind::PressBrief => "paragraphs",
        PaperKind::YearBook => "matters",
    }
}

fn with_rows(kind: PaperKind, count: usize) -> Paper {
    let mut value = sample(kind);
    let rows = value["data"][rows_of(kind)].as_array_mut().unwrap();
    let pattern = rows.clone();
    *rows = pattern.iter().cycle().take(count).cloned().collect();
    if kind == PaperKind::Digest {
        // Every line comes with its matters: here none.
        for line in rows {
            line["closed"] = json!(0);
            line["overdue"] = json!(0);
        }
        value["data"]["closed"] = json!([]);
        value["data"]["overdue"] = json!([]);
    }
    paper(&value)
}

#[test]
fn every_sample_is_the_picture_it_was() {
    for kind in PaperKind::ALL {
        let paper = Paper::sample(kind).unwrap();
        let document = press().lay_out(&paper).unwrap();
        pictures::compare(kind.name(), &document);
    }
}

#[test]
fn the_three_lists_have_columns_of_their_own() {
    for list in ["problems", "duties"] {
        let mut value = sample(PaperKind::FollowUpList);
        value["data"]["list"] = json!(list);
        value["data"]["unit"] = json!("大皇公商业街区党委");
        let document = press().lay_out(&paper(&value)).unwrap();
        pictures::compare(&format!("follow_up_list-{list}"), &document);
    }
}

#[test]
fn two_runs_give_the_same_bytes_and_another_press_too() {
    let other = Press::new(Fonts::find(None).unwrap());
    for kind in PaperKind::ALL {
        let paper = Paper::sample(kind).unwrap();
        let first = press().press(&paper).unwrap();
        assert_eq!(first.pdf, press().press(&paper).unwrap().pdf, "{kind:?}");
        assert_eq!(first.pdf, other.press(&paper).unwrap().pdf, "{kind:?}");
        assert!(first.pdf.starts_with(b"%PDF-1.7"));
        assert_eq!(first.data, paper.hash());
        assert_eq!(
            first.hash,
            pingyi_domain::Digest::of(&first.pdf),
            "{kind:?}"
        );
    }
}

#[test]
fn the_pdf_is_tagged_and_says_which_standards_it_keeps() {
    let pressed = press()
        .press(&Paper::sample(PaperKind::FeedbackLetter).unwrap())
        .unwrap();
    let has = |needle: &str| {
        pressed
            .pdf
            .windows(needle.len())
            .any(|window| window == needle.as_bytes())
    };
    for needle in [
        "/StructTreeRoot",
        "<pdfaid:part>2</pdfaid:part>",
        "<pdfaid:conformance>A</pdfaid:conformance>",
        "<pdfuaid:part>1</pdfuaid:part>",
    ] {
        assert!(has(needle), "{needle}");
    }
}

#[test]
fn one_row_and_a_hundred() {
    for kind in PaperKind::ALL {
        let one = press().lay_out(&with_rows(kind, 1)).unwrap();
        let hundred = press().lay_out(&with_rows(kind, 100)).unwrap();
        assert!(
            hundred.pages().len() > one.pages().len(),
            "{kind:?}: {} pages and {}",
            one.pages().len(),
            hundred.pages().len()
        );
        pictures::inside(kind.name(), &hundred);
    }
}

#[test]
fn a_hundred_rows_repeat_the_head_of_the_table() {
    let document = press()
        .lay_out(&with_rows(PaperKind::ResultSheet, 100))
        .unwrap();
    pictures::compare("result_sheet-100", &document);
}

#[test]
fn long_names_stay_on_the_paper() {
    let long = "深圳市龙岗区平湖街道新木盛低碳产业园区和大皇公商业街区联合委员会第一书记（兼任园区党群服务中心主任）".repeat(2);
    let mut value = sample(PaperKind::ResultSheet);
    value["data"]["title"] = json!(long);
    for row in value["data"]["presenters"].as_array_mut().unwrap() {
        row["presenter"] = json!(long);
    }
    value["data"]["signatures"][0]["name"] = json!("欧阳上官司马诸葛");
    let document = press().lay_out(&paper(&value)).unwrap();
    pictures::inside("long result sheet", &document);
    pictures::compare("result_sheet-long", &document);
    // Latin letters without a space are the hardest: there is no place to break them.
    let mut value = sample(PaperKind::Circular);
    value["data"]["to"] = json!(long);
    value["data"]["letterhead"] = json!(long.chars().take(40).collect::<String>());
    value["data"]["title"] = json!(long);
    let document = press().lay_out(&paper(&value)).unwrap();
    pictures::inside("long circular", &document);
}

#[test]
fn a_deck_has_a_page_for_each_of_its_slides_however_long_its_lists() {
    let row = |at: usize| {
        json!([
            at.to_string(),
            "字".repeat(at % 60),
            "字".repeat(at % 7),
            "整改中"
        ])
    };
    let point = |at: usize| "字".repeat(1 + at * 37 % 400);
    let mut value = sample(PaperKind::Deck);
    let photo = value["data"]["slides"][3]["photos"][0].clone();
    let figure = value["data"]["slides"][0]["figures"][0].clone();
    let slides = value["data"]["slides"].as_array_mut().unwrap();
    slides.push(json!({ "kind": "table", "title": "清单", "columns": ["序号", "问题", "责任人", "状态"], "rows": (0..100).map(row).collect::<Vec<_>>() }));
    slides.push(
        json!({ "kind": "table", "title": "空的清单", "columns": ["序号", "问题"], "rows": [] }),
    );
    slides.push(json!({ "kind": "points", "title": "要点", "points": (0..50).map(point).collect::<Vec<_>>() }));
    slides.push(json!({ "kind": "photos", "title": "照片", "photos": vec![photo; 7] }));
    slides.push(json!({ "kind": "figures", "title": "数字", "figures": vec![figure; 11] }));
    for points in 1..10 {
        let points = vec!["字".repeat(30); points];
        slides.push(json!({ "kind": "points", "title": "要点", "points": points }));
    }
    let paper = paper(&value);
    let Paper::Deck(deck) = &paper else {
        panic!("{:?}", paper.kind())
    };
    let document = press().lay_out(&paper).unwrap();
    assert_eq!(document.pages().len(), 1 + deck.fitted().len());
    pictures::inside("deck", &document);
}

#[test]
fn empty_lists_say_so() {
    let mut value = sample(PaperKind::YearBook);
    for list in ["about", "figures", "groups", "matters", "appraisals"] {
        value["data"][list] = json!([]);
    }
    press().lay_out(&paper(&value)).unwrap();
    let mut value = sample(PaperKind::FollowUpList);
    value["data"]["rows"] = json!([]);
    press().lay_out(&paper(&value)).unwrap();
    let mut value = sample(PaperKind::FeedbackLetter);
    for list in ["opened", "opinions"] {
        value["data"][list] = json!([]);
    }
    value["data"]["score"] = json!(null);
    value["data"]["comment"] = json!("");
    value["data"]["reply_by"] = json!(null);
    press().lay_out(&paper(&value)).unwrap();
    let mut value = sample(PaperKind::Minutes);
    for list in [
        "attendance",
        "agenda",
        "reports",
        "vote",
        "resolutions",
        "signatures",
    ] {
        value["data"][list] = json!([]);
    }
    press().lay_out(&paper(&value)).unwrap();
    let mut value = sample(PaperKind::Circular);
    value["data"]["sections"] = json!([]);
    value["data"]["letterhead"] = json!("");
    value["data"]["copies"] = json!("");
    value["data"]["issued_by"] = json!("");
    press().lay_out(&paper(&value)).unwrap();
    let mut value = sample(PaperKind::Coverage);
    for list in ["lines", "struck", "uncovered"] {
        value["data"][list] = json!([]);
    }
    press().lay_out(&paper(&value)).unwrap();
}

#[test]
fn rare_characters_print() {
    // 䶮 and 𬭊 (in the table of standard characters), 㛃, 𠮷: Noto CJK has them.
    let mut value = sample(PaperKind::FeedbackLetter);
    value["data"]["to"] = json!("䶮𬭊㛃𠮷");
    assert!(press().lay_out(&paper(&value)).is_ok());
}

#[test]
fn a_character_no_font_has_is_named_with_its_places() {
    let mut value = sample(PaperKind::ResultSheet);
    value["data"]["presenters"][3]["presenter"] = json!("张\u{323AF}第一书记");
    value["data"]["presenters"][7]["presenter"] = json!("\u{323AF}\u{E000}");
    let Err(PressError::MissingGlyphs(glyphs)) = press().press(&paper(&value)) else {
        panic!("it was printed");
    };
    let found: Vec<(&str, Vec<&str>)> = glyphs
        .iter()
        .map(|glyph| {
            let places = glyph.places.iter().map(String::as_str).collect();
            (glyph.code.as_str(), places)
        })
        .collect();
    assert_eq!(
        found,
        [
            ("U+E000", vec!["presenters[7].presenter"]),
            (
                "U+323AF",
                vec!["presenters[3].presenter", "presenters[7].presenter"]
            ),
        ]
    );
    assert!(glyphs.iter().all(|glyph| glyph.pages == [1]));
}

#[test]
fn what_is_typed_is_text_and_never_markup() {
    let mut value = sample(PaperKind::Circular);
    let trap = "#read(\"/etc/passwd\") *粗* $x^2$ @ref <a> // 注释 \\ `代码`";
    value["data"]["title"] = json!(trap);
    value["data"]["opening"] = json!([trap, "第一段\n第二段"]);
    let document = press().lay_out(&paper(&value)).unwrap();
    assert!(pictures::text(&document).contains("#read(\"/etc/passwd\")"));
}

#[test]
fn a_paper_not_in_earnest_says_so_on_every_page() {
    for (mark, word) in [
        ("rehearsal", "演练"),
        ("sample", "示例数据"),
        ("draft", "草稿"),
    ] {
        let mut value = sample(PaperKind::Coverage);
        value["data"]["head"]["mark"] = json!(mark);
        let document = press().lay_out(&paper(&value)).unwrap();
        for page in document.pages() {
            assert!(pictures::text_of(&page.frame).contains(word), "{mark}");
        }
    }
    let mut value = sample(PaperKind::Coverage);
    value["data"]["head"]
        .as_object_mut()
        .unwrap()
        .remove("mark");
    let document = press().lay_out(&paper(&value)).unwrap();
    assert!(!pictures::text(&document).contains("示例数据"));
}

#[test]
fn the_hash_of_the_data_stands_on_every_page() {
    for kind in PaperKind::ALL {
        let paper = Paper::sample(kind).unwrap();
        let hash = paper.hash().to_string();
        for page in press().lay_out(&paper).unwrap().pages() {
            let text: String = pictures::text_of(&page.frame)
                .chars()
                .filter(|c| !c.is_whitespace())
                .collect();
            assert!(text.contains(&hash), "{kind:?}");
        }
    }
}

#[test]
fn stand_ins_are_named_and_the_offices_own_fonts_come_first() {
    let fonts = Fonts::find(None).unwrap();
    let used = |fonts: &Fonts| -> Vec<String> {
        let list = fonts.substitutions().iter();
        list.map(|one| format!("{} → {}", one.wanted, one.used))
            .collect()
    };
    assert!(
        used(&fonts).contains(&"仿宋_GB2312 → Noto Serif CJK SC".to_owned()),
        "{:?}",
        used(&fonts)
    );
    let empty = tempfile::tempdir().unwrap();
    let same = Fonts::find(Some(empty.path())).unwrap();
    assert_eq!(used(&fonts), used(&same));
    assert!(matches!(
        Fonts::find(Some(&empty.path().join("none"))),
        Err(PressError::FontFolder { .. })
    ));
}
