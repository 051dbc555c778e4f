use std::io::{Cursor, Read as _};

use pingyi_papers::PaperKind;
use quick_xml::Reader;
use quick_xml::events::Event;

use super::*;

fn sample() -> Paper {
    Paper::sample(PaperKind::Deck).unwrap()
}

/// Every file of the package.
fn files(bytes: &[u8]) -> Vec<(String, Vec<u8>)> {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    (0..archive.len())
        .map(|at| {
            let mut file = archive.by_index(at).unwrap();
            let mut bytes = Vec::new();
            file.read_to_end(&mut bytes).unwrap();
            (file.name().unwrap().into_owned(), bytes)
        })
        .collect()
}

fn ending(name: &str) -> &str {
    name.rsplit_once('.').map_or("", |(_, ending)| ending)
}

fn part(bytes: &[u8], name: &str) -> String {
    let found = files(bytes).into_iter().find(|(path, _)| path == name);
    String::from_utf8(found.unwrap_or_else(|| panic!("{name} is missing")).1).unwrap()
}

#[test]
fn two_runs_give_the_same_bytes() {
    let paper = sample();
    assert_eq!(pptx(&paper).unwrap(), pptx(&paper).unwrap());
}

#[test]
fn every_part_is_xml_and_every_relation_leads_to_a_part() {
    let made = pptx(&sample()).unwrap();
    let files = files(&made);
    let names: Vec<&str> = files.iter().map(|(name, _)| name.as_str()).collect();
    for (name, bytes) in &files {
        if !["xml", "rels"].contains(&ending(name)) {
            continue;
        }
        let mut reader = Reader::from_reader(bytes.as_slice());
        let mut buffer = Vec::new();
        loop {
            match reader.read_event_into(&mut buffer).unwrap() {
                Event::Eof => break,
                Event::Empty(element) if element.name().as_ref() == b"Relationship" => {
                    let target = element.try_get_attribute("Target").unwrap().unwrap();
                    let target = String::from_utf8(target.value.to_vec()).unwrap();
                    let folder = name.replace("_rels/", "");
                    let folder = folder.rsplit_once('/').map_or("", |(folder, _)| folder);
                    let path = match target.strip_prefix("../") {
                        Some(rest) => format!("{}/{rest}", folder.rsplit_once('/').unwrap().0),
                        None if folder.is_empty() => target.clone(),
                        None => format!("{folder}/{target}"),
                    };
                    assert!(names.contains(&path.as_str()), "{name} refers to {path}");
                }
                _ => {}
            }
            buffer.clear();
        }
    }
    let types = part(&made, "[Content_Types].xml");
    for name in names
        .iter()
        .filter(|name| ending(name) == "xml" && !name.starts_with('['))
    {
        assert!(types.contains(&format!("/{name}\"")), "{name} has no type");
    }
}

#[test]
fn a_chart_has_its_numbers_in_the_slide_and_in_its_workbook() {
    let made = pptx(&sample()).unwrap();
    let chart = part(&made, "ppt/charts/chart1.xml");
    for wanted in [
        "c:lineChart",
        "<c:v>48.3</c:v>",
        "<c:v>四季度</c:v>",
        "Sheet1!$C$2:$C$5",
    ] {
        assert!(chart.contains(wanted), "{wanted}");
    }
    assert!(part(&made, "ppt/charts/chart2.xml").contains("c:barChart"));
    let (_, workbook) = files(&made)
        .into_iter()
        .find(|(name, _)| name == "ppt/embeddings/chart1.xlsx")
        .unwrap();
    let sheet = part(&workbook, "xl/worksheets/sheet1.xml");
    assert!(
        sheet.contains("<v>48.3</v>") && sheet.contains("<v>81.1</v>"),
        "{sheet}"
    );
}

#[test]
fn slides_hold_text_tables_and_pictures_that_can_be_edited() {
    let made = pptx(&sample()).unwrap();
    let cover = part(&made, "ppt/slides/slide1.xml");
    assert!(cover.contains("ctrTitle") && cover.contains("2018年12月15日"));
    assert!(cover.contains("示例数据"), "a sample says so");
    let photos = part(&made, "ppt/slides/slide5.xml");
    assert!(photos.contains("p:pic") && photos.contains(r#"descr="互联网企业联谊活动（示意图）""#));
    let table = part(&made, "ppt/slides/slide6.xml");
    assert!(table.contains("a:tbl") && table.contains("五号馆周边停车难"));
    let points = part(&made, "ppt/slides/slide7.xml");
    assert!(points.contains(r#"type="body""#) && points.contains("青年党员参与不够"));
}

#[test]
fn what_is_typed_is_text() {
    let mut value = serde_json::to_value(sample()).unwrap();
    value["data"]["title"] = serde_json::json!("<a:t> & \"引号\"");
    let paper = Paper::from_json(&value.to_string()).unwrap();
    let cover = part(&pptx(&paper).unwrap(), "ppt/slides/slide1.xml");
    assert!(cover.contains("&lt;a:t&gt; &amp; "), "{cover}");
}

#[test]
fn only_a_deck_is_made() {
    let report = Paper::sample(PaperKind::DutyReport).unwrap();
    assert!(matches!(
        pptx(&report),
        Err(OfficeError::Kind(PaperKind::DutyReport))
    ));
}
