use pingyi_papers::{Paper, PaperKind};

use super::*;

/// Our own deck, with other words in its slides.
fn template(change: &[(&str, &str)]) -> Vec<u8> {
    let deck = crate::pptx(&Paper::sample(PaperKind::Deck).unwrap()).unwrap();
    let mut all = parts(&deck).unwrap();
    for (from, to) in change {
        let mut done = 0;
        for part in all
            .iter_mut()
            .filter(|part| part.path.starts_with("ppt/slides/slide"))
        {
            let text = String::from_utf8(part.content.clone()).unwrap();
            done += text.matches(from).count();
            part.content = text.replace(from, to).into_bytes();
        }
        assert_eq!(done, 1, "{from}");
    }
    packed(&all).unwrap()
}

fn slide(bytes: &[u8], number: usize) -> String {
    let parts = parts(bytes).unwrap();
    let path = format!("ppt/slides/slide{number}.xml");
    let part = parts.into_iter().find(|part| part.path == path).unwrap();
    String::from_utf8(part.content).unwrap()
}

fn values() -> Values {
    let text = |name: &str, lines: &[&str]| {
        (
            name.to_owned(),
            lines.iter().map(ToString::to_string).collect::<Vec<_>>(),
        )
    };
    let row = |cells: [&str; 4]| cells.map(str::to_owned).to_vec();
    Values {
        texts: BTreeMap::from([
            text("title", &["<述职> & \"报告\""]),
            text("presenter", &["华南城"]),
            text("figure:org_rate", &["56.1%"]),
            text("section:next", &["第一段", "第二段", "第三段"]),
            text("section:empty", &[]),
        ]),
        tables: BTreeMap::from([(
            "table:last_year".to_owned(),
            vec![
                row(["1", "停车难", "加了车位", "已销号"]),
                row(["2", "活动少", "每月一次", "整改中"]),
            ],
        )]),
    }
}

const TITLE: &str = "<a:t>2018年度抓基层党建工作述职</a:t>";

#[test]
fn names_are_found_slide_by_slide_in_the_order_shown() {
    let made = template(&[
        (TITLE, "<a:t>{{title}} {{ presenter }} {{nothing}}</a:t>"),
        ("青年党员参与不够", "{{section:next}}"),
    ]);
    let found: Vec<(usize, String)> = placeholders(&made)
        .unwrap()
        .into_iter()
        .map(|one| (one.slide, one.name))
        .collect();
    let expected = [
        (1, "nothing"),
        (1, "presenter"),
        (1, "title"),
        (7, "section:next"),
    ];
    assert_eq!(
        found,
        expected.map(|(slide, name)| (slide, name.to_owned()))
    );
    assert_eq!(placeholders(&template(&[])).unwrap(), []);
}

#[test]
fn a_name_cut_into_runs_is_filled_in_the_look_of_its_first() {
    let cut = "<a:t>前{</a:t></a:r><a:r><a:rPr b=\"1\"/><a:t>{pre</a:t></a:r><a:r><a:t>senter}</a:t></a:r><a:r><a:t>}后{{figure:org_rate}}&amp;{{x}}</a:t>";
    let made = fill(&template(&[(TITLE, cut)]), &values()).unwrap();
    let cover = slide(&made.bytes, 1);
    assert!(cover.contains("<a:t>前华南城</a:t>"), "{cover}");
    assert!(cover.contains("<a:t>后56.1%&amp;{{x}}</a:t>"), "{cover}");
    assert!(!cover.contains("senter"), "{cover}");
    let unknown = Placeholder {
        slide: 1,
        name: "x".to_owned(),
    };
    assert_eq!(made.unknown, [unknown]);
}

#[test]
fn what_is_filled_in_is_text_and_paragraphs_keep_their_look() {
    let made = fill(&template(&[(TITLE, "<a:t>{{title}}</a:t>")]), &values()).unwrap();
    assert!(slide(&made.bytes, 1).contains("&lt;述职&gt; &amp; "));
    let before = template(&[]);
    let point = "青年党员参与不够";
    let paragraphs = |bytes: &[u8]| slide(bytes, 7).matches("<a:p>").count();
    let points = slide(&before, 7);
    let whole = points
        .split("<a:t>")
        .find(|text| text.contains(point))
        .unwrap();
    let whole = whole.split("</a:t>").next().unwrap();
    let three = fill(&template(&[(whole, "{{section:next}}")]), &values()).unwrap();
    assert_eq!(paragraphs(&three.bytes), paragraphs(&before) + 2);
    assert!(slide(&three.bytes, 7).contains("第二段"));
    let none = fill(&template(&[(whole, "{{section:empty}}")]), &values()).unwrap();
    assert_eq!(
        paragraphs(&none.bytes),
        paragraphs(&before),
        "a box keeps its paragraph"
    );
    assert!(!slide(&none.bytes, 7).contains("{{"));
    let among = fill(
        &template(&[(whole, "下一步：{{section:next}}。")]),
        &values(),
    )
    .unwrap();
    assert!(slide(&among.bytes, 7).contains("下一步：第一段 第二段 第三段。"));
}

#[test]
fn a_row_grows_in_its_own_look() {
    let base = template(&[]);
    let rows = |bytes: &[u8]| slide(bytes, 6).matches("<a:tr ").count();
    let made = template(&[("五号馆周边停车难", "{{table:last_year}}")]);
    let filled = fill(&made, &values()).unwrap();
    assert_eq!(rows(&filled.bytes), rows(&base) + 1);
    let table = slide(&filled.bytes, 6);
    for text in ["停车难", "加了车位", "每月一次", "整改中"] {
        assert_eq!(
            table.matches(&format!("<a:t>{text}</a:t>")).count(),
            1,
            "{text}: {table}"
        );
    }
    let lines = table.matches("<a:lnB").count();
    assert!(
        lines > slide(&base, 6).matches("<a:lnB").count(),
        "the new row has the lines of the old"
    );
    assert_eq!(filled.unknown, []);
    // No rows: the table stays, with a dash. A name that nobody knows: it stays as it is, and is told.
    let empty = Values {
        tables: BTreeMap::from([("table:last_year".to_owned(), Vec::new())]),
        ..values()
    };
    let none = fill(&made, &empty).unwrap();
    assert_eq!(rows(&none.bytes), rows(&base));
    assert!(slide(&none.bytes, 6).contains("<a:t>—</a:t>"));
    let other = fill(&made, &Values::default()).unwrap();
    assert_eq!(other.unknown.len(), 1);
    assert!(slide(&other.bytes, 6).contains("{{table:last_year}}"));
}

#[test]
fn the_same_gives_the_same_bytes_and_hostile_templates_are_refused() {
    let made = template(&[(TITLE, "<a:t>{{title}}</a:t>")]);
    assert_eq!(
        fill(&made, &values()).unwrap(),
        fill(&made, &values()).unwrap()
    );
    crate::check_pptx(&fill(&made, &values()).unwrap().bytes).unwrap();
    assert!(matches!(
        fill(b"PK\x03\x04", &values()),
        Err(OfficeError::Template(Unfit::Damaged))
    ));
    let deep = format!(
        "<a:t>x</a:t>{}{}",
        "<a:x>".repeat(5_000),
        "</a:x>".repeat(5_000)
    );
    assert!(matches!(
        fill(&template(&[(TITLE, &deep)]), &values()),
        Err(OfficeError::Template(Unfit::Damaged))
    ));
}

#[test]
fn parts_without_names_stay_as_they_are() {
    let made = template(&[(TITLE, "<a:t>{{title}}</a:t>")]);
    let (before, after) = (
        parts(&made).unwrap(),
        parts(&fill(&made, &values()).unwrap().bytes).unwrap(),
    );
    assert_eq!(before.len(), after.len());
    for (one, other) in before.iter().zip(&after) {
        let same = one.path == other.path && one.content == other.content;
        assert!(same || one.path == "ppt/slides/slide1.xml", "{}", one.path);
    }
}

/// The deck with another list of its slides.
fn listed(list: impl Fn(&str) -> String) -> Vec<u8> {
    let deck = crate::pptx(&Paper::sample(PaperKind::Deck).unwrap()).unwrap();
    let mut all = parts(&deck).unwrap();
    let at = all
        .iter()
        .position(|part| part.path == "ppt/presentation.xml");
    let content = &mut all[at.unwrap()].content;
    let text = String::from_utf8(content.clone()).unwrap();
    let (begin, end) = ("<p:sldIdLst>", "</p:sldIdLst>");
    let (before, rest) = text.split_once(begin).unwrap();
    let (old, after) = rest.split_once(end).unwrap();
    *content = format!("{before}{begin}{}{end}{after}", list(old)).into_bytes();
    packed(&all).unwrap()
}

#[test]
fn a_slide_is_read_once_and_no_more_of_them_than_people_show() {
    // As a program writes it that knows sections: these name the slides by their number.
    let sections = listed(|old| {
        let again = "<p14:sldIdLst><p14:sldId id=\"256\"/></p14:sldIdLst>";
        format!(
            "{old}</p:sldIdLst><p:extLst><p14:section>{again}</p14:section></p:extLst><p:sldIdLst>"
        )
    });
    assert_eq!(placeholders(&sections), Ok(Vec::new()));
    let twice = listed(|old| old.repeat(2));
    assert_eq!(placeholders(&twice), Err(Unfit::Damaged));
    assert!(matches!(
        fill(&twice, &values()),
        Err(OfficeError::Template(Unfit::Damaged))
    ));
    let many = listed(|old| old.repeat(order::MOST_SLIDES));
    assert_eq!(placeholders(&many), Err(Unfit::Slides));
}
