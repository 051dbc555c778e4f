use std::io::{Cursor, Read as _};

use pingyi_papers::{Paper, PaperKind};

use super::*;

const MADE: [PaperKind; 3] = [
    PaperKind::DutyReport,
    PaperKind::Circular,
    PaperKind::PressBrief,
];

fn part(bytes: &[u8], name: &str) -> String {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut text = String::new();
    let mut file = archive.by_name(name).unwrap();
    file.read_to_string(&mut text).unwrap();
    text
}

/// What stands between `<w:t…>` and `</w:t>`, paragraph by paragraph.
fn lines(xml: &str) -> Vec<String> {
    let texts = |paragraph: &str| -> String {
        let pieces = paragraph.split("<w:t").skip(1);
        let inner = pieces.filter_map(|piece| {
            let (open, rest) = piece.split_once('>')?;
            // `<w:tbl>`, `<w:tab/>` and the like begin with the same letters.
            (open.is_empty() || open.starts_with(' ')).then(|| rest.split("</w:t>").next())?
        });
        inner.collect()
    };
    xml.split("</w:p>")
        .map(texts)
        .filter(|line| !line.is_empty())
        .collect()
}

#[test]
fn two_runs_give_the_same_bytes() {
    for kind in MADE {
        let paper = Paper::sample(kind).unwrap();
        let first = docx(&paper).unwrap();
        assert_eq!(first, docx(&paper).unwrap(), "{kind:?}");
        let elsewhere = std::thread::spawn({
            let paper = paper.clone();
            move || docx(&paper).unwrap()
        });
        assert_eq!(first, elsewhere.join().unwrap(), "{kind:?}");
    }
}

#[test]
fn a_duty_report_has_its_numbers_answers_and_day() {
    let paper = Paper::sample(PaperKind::DutyReport).unwrap();
    let made = docx(&paper).unwrap();
    let lines = lines(&part(&made, "word/document.xml"));
    let has = |text: &str| assert!(lines.iter().any(|line| line == text), "{text}: {lines:#?}");
    has("2018年度抓基层党建工作述职报告");
    has("一、履行职责情况");
    has("六、廉洁自律情况");
    has("五号馆周边停车难");
    has("整改中");
    has("2018年12月10日");
    let styles = part(&made, "word/styles.xml");
    assert!(styles.contains("仿宋_GB2312") && styles.contains("黑体"));
    let footer = part(&made, "word/footer1.xml");
    assert!(footer.contains(paper.hash().as_str()) && footer.contains("PAGE"));
}

#[test]
fn the_page_is_that_of_the_standard() {
    let made = docx(&Paper::sample(PaperKind::Circular).unwrap()).unwrap();
    let document = part(&made, "word/document.xml");
    for wanted in [
        r#"w:w="11906""#,
        r#"w:h="16838""#,
        r#"w:top="2098""#,
        r#"w:left="1588""#,
        r#"w:linePitch="580""#,
        r#"<w:spacing w:val="-4""#,
    ] {
        assert!(document.contains(wanted), "{wanted}");
    }
}

#[test]
fn a_circular_has_letterhead_points_attachments_and_colophon() {
    let made = docx(&Paper::sample(PaperKind::Circular).unwrap()).unwrap();
    let lines = lines(&part(&made, "word/document.xml"));
    let begins = |text: &str| {
        assert!(
            lines.iter().any(|line| line.starts_with(text)),
            "{text}: {lines:#?}"
        );
    };
    begins("中共平湖街道工作委员会文件");
    begins("平街工委〔2018〕36号");
    begins("各园区党委，街道各部门，各社区党委：");
    begins("（一）党建与企业发展相融合。华南城园区党委");
    begins("附件：1. ");
    begins("2. 园区党委书记述职评议整改清单");
    begins("抄送：龙岗区委组织部");
}

#[test]
fn what_is_typed_is_text() {
    let mut value = serde_json::to_value(Paper::sample(PaperKind::PressBrief).unwrap()).unwrap();
    value["data"]["paragraphs"] = serde_json::json!(["<w:b/> & \"引号\" ]]>"]);
    let paper = Paper::from_json(&value.to_string()).unwrap();
    let document = part(&docx(&paper).unwrap(), "word/document.xml");
    assert!(document.contains("&lt;w:b/&gt; &amp; "));
}

#[test]
fn tables_are_made_as_pdf_only() {
    for kind in PaperKind::ALL
        .into_iter()
        .filter(|kind| !MADE.contains(kind))
    {
        let refused = docx(&Paper::sample(kind).unwrap());
        assert!(matches!(refused, Err(OfficeError::Kind(of)) if of == kind));
    }
}
