//! Our docx, pptx and xlsx as `LibreOffice` opens them: as pictures, as text, as cells.
//!
//! Where it is not installed nothing is looked at, which is said loudly; `PINGYI_REQUIRE_OFFICE` makes that a failure.

#![allow(missing_docs, clippy::unwrap_used)] // tests may stop at the first surprise

mod opened;
mod pictures;

use std::collections::BTreeMap;

use calamine::{Data, Reader as _, Xlsx};
use pingyi_papers::{Paper, PaperKind};
use quick_xml::Reader;
use quick_xml::events::Event;

use opened::{Format, opened};

/// Text without the white space in which programs differ.
fn bare(text: &str) -> String {
    text.chars()
        .filter(|c| !c.is_whitespace() && *c != '\u{feff}')
        .collect()
}

/// The text of each paragraph (`w:p`, `a:p`, `text:p`) of a part.
fn paragraphs(xml: &str) -> Vec<String> {
    let mut reader = Reader::from_str(xml);
    let (mut all, mut one, mut inside) = (Vec::new(), String::new(), false);
    loop {
        match reader.read_event().unwrap() {
            Event::Eof => return all,
            Event::Start(element)
                if matches!(element.local_name().as_ref(), b"t" | b"span" | b"p") =>
            {
                inside = true;
            }
            Event::Text(text) if inside => one.push_str(&text.decode().unwrap()),
            Event::GeneralRef(name) if inside => {
                let name = name.decode().unwrap();
                one.push_str(quick_xml::escape::resolve_predefined_entity(&name).unwrap_or(""));
            }
            Event::End(element) if element.local_name().as_ref() == b"p" => {
                inside = false;
                all.push(bare(&std::mem::take(&mut one)));
            }
            _ => {}
        }
    }
}

#[test]
fn documents_and_slides_look_as_they_did() {
    let Some(opened) = opened() else { return };
    for name in ["duty_report", "circular", "press_brief", "deck"] {
        pictures::compare(name, opened.made(name, Format::Pdf));
    }
}

#[test]
fn a_page_that_lacks_something_is_seen() {
    let Some(opened) = opened() else { return };
    let duty = pictures::pages(opened.made("duty_report", Format::Pdf));
    let lacking = pictures::pages(opened.made("lacking", Format::Pdf));
    let other = pictures::pages(opened.made("circular", Format::Pdf));
    assert!(pictures::alike(&duty[0], &duty[0]).is_ok());
    for (name, page) in [
        ("a paragraph less", &lacking[0]),
        ("another paper", &other[0]),
    ] {
        let seen = pictures::alike(&duty[0], page);
        assert!(seen.is_err(), "{name} is taken for the same: {seen:?}");
    }
}

#[test]
fn every_paragraph_of_a_document_is_read_in_its_order() {
    let Some(opened) = opened() else { return };
    for name in ["duty_report", "circular", "press_brief"] {
        let text = String::from_utf8(opened.made(name, Format::Text).to_vec()).unwrap();
        let text = bare(&text);
        let mut from = 0;
        let parts = paragraphs(&opened.part(name, "word/document.xml"));
        assert!(parts.len() > 8, "{name}: {} paragraphs", parts.len());
        for paragraph in parts {
            let found = text[from..].find(&paragraph);
            let found = found
                .unwrap_or_else(|| panic!("{name}: {paragraph} is not read after {from}: {text}"));
            from += found + paragraph.len();
        }
    }
}

#[test]
fn every_text_of_the_slides_is_read() {
    let Some(opened) = opened() else { return };
    let flat = String::from_utf8(opened.made("deck", Format::FlatSlides).to_vec()).unwrap();
    let read = paragraphs(&flat);
    let slides = PaperKind::Deck;
    let Paper::Deck(deck) = Paper::sample(slides).unwrap() else {
        unreachable!()
    };
    let mut seen = 0;
    for number in 1..=deck.slides.len() + 1 {
        for text in paragraphs(&opened.part("deck", &format!("ppt/slides/slide{number}.xml"))) {
            // The number of a page is a field: each program fills it in.
            if text.is_empty() || text.contains('‹') {
                continue;
            }
            seen += 1;
            assert!(
                read.contains(&text),
                "slide {number}: {text} is not read: {read:?}"
            );
        }
    }
    assert!(seen > 40, "{seen} texts");
    // Charts are charts: their numbers stand in a table of their own.
    for number in ["48.3", "81.1"] {
        assert!(
            flat.contains(&format!("office:value=\"{number}\"")),
            "{number}"
        );
    }
}

#[test]
fn numbers_of_a_table_are_read_as_numbers_by_two_readers() {
    let Some(opened) = opened() else { return };
    let bytes = opened.source("summary_table").to_vec();
    let mut book: Xlsx<_> = calamine::open_workbook_from_rs(std::io::Cursor::new(bytes)).unwrap();
    let range = book.worksheet_range_at(0).unwrap().unwrap();
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .from_reader(opened.made("summary_table", Format::Csv));
    let rows: Vec<csv::StringRecord> = reader.records().collect::<Result<_, _>>().unwrap();
    let (top, left) = range.start().unwrap();
    let (mut numbers, mut texts) = (BTreeMap::new(), 0);
    for (row, column, cell) in range.used_cells() {
        let place = (
            row + usize::try_from(top).unwrap(),
            column + usize::try_from(left).unwrap(),
        );
        let other = rows[place.0].get(place.1).unwrap_or_default();
        match cell {
            Data::Float(number) => {
                let read: f64 = other
                    .parse()
                    .unwrap_or_else(|_| panic!("{place:?}: {other}"));
                assert!(
                    (read - number).abs() < 1e-9,
                    "{place:?}: {other} is not {number}"
                );
                numbers.insert(place, read);
            }
            Data::String(text) => {
                texts += 1;
                assert_eq!(bare(other), bare(text), "{place:?}");
            }
            other => panic!("{place:?}: {other:?}"),
        }
    }
    assert!(
        numbers.len() > 20 && texts > 20,
        "{} numbers, {texts} texts",
        numbers.len()
    );
}
