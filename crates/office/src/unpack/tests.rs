use std::io::Write as _;

use pingyi_papers::{Paper, PaperKind};
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use super::*;

fn deck() -> Vec<u8> {
    crate::pptx(&Paper::sample(PaperKind::Deck).unwrap()).unwrap()
}

/// The sample with other parts: what `change` makes of each, and what comes besides.
fn changed(change: impl Fn(&mut Part), besides: &[(&str, &[u8])]) -> Vec<u8> {
    let mut out = ZipWriter::new(Cursor::new(Vec::new()));
    for mut part in parts(&deck()).unwrap() {
        change(&mut part);
        out.start_file(part.path.as_str(), SimpleFileOptions::default())
            .unwrap();
        out.write_all(&part.content).unwrap();
    }
    for (path, content) in besides {
        out.start_file(*path, SimpleFileOptions::default()).unwrap();
        out.write_all(content).unwrap();
    }
    out.finish().unwrap().into_inner()
}

fn replaced(path: &'static str, from: &'static str, to: &'static str) -> Vec<u8> {
    changed(
        |part| {
            if part.path == path {
                let text = String::from_utf8(part.content.clone()).unwrap();
                assert!(text.contains(from), "{text}");
                part.content = text.replacen(from, to, 1).into_bytes();
            }
        },
        &[],
    )
}

const RELATIONS: &str = "ppt/slides/_rels/slide1.xml.rels";

#[test]
fn our_own_deck_is_one_and_other_files_are_not() {
    check_pptx(&deck()).unwrap();
    check_pptx(&changed(|_| {}, &[])).unwrap();
    let word = crate::docx(&Paper::sample(PaperKind::Circular).unwrap()).unwrap();
    for (bytes, why) in [
        (word, Unfit::Kind),
        (b"%PDF-1.7".to_vec(), Unfit::Kind),
        (Vec::new(), Unfit::Kind),
        (b"PK\x03\x04 and no more".to_vec(), Unfit::Damaged),
        (b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1".to_vec(), Unfit::Old),
    ] {
        assert_eq!(check_pptx(&bytes), Err(why));
    }
    let whole = deck();
    assert!(check_pptx(&whole[..whole.len() / 2]).is_err());
}

#[test]
fn macros_are_refused_wherever_they_are_named() {
    let program = changed(|_| {}, &[("ppt/vbaProject.bin", b"x")]);
    assert_eq!(check_pptx(&program), Err(Unfit::Macro));
    let said = replaced(
        CONTENTS,
        PRESENTATION,
        "application/vnd.ms-powerpoint.presentation.macroEnabled.main+xml",
    );
    assert_eq!(check_pptx(&said), Err(Unfit::Macro));
}

#[test]
fn what_lies_outside_is_refused_and_a_link_to_click_is_not() {
    let relation = |kind: &str, target: &str| {
        format!(
            "<Relationship Id=\"rId77\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/{kind}\" \
             Target=\"{target}\" TargetMode=\"External\"/></Relationships>"
        )
    };
    let with = |kind: &str, target: &str| {
        changed(
            |part| {
                if part.path == RELATIONS {
                    let text = String::from_utf8(part.content.clone()).unwrap();
                    part.content = text
                        .replace("</Relationships>", &relation(kind, target))
                        .into_bytes();
                }
            },
            &[],
        )
    };
    check_pptx(&with("hyperlink", "https://example.org/")).unwrap();
    for target in [
        "http://127.0.0.1:8080/x.png",
        "file:///etc/passwd",
        "\\\\server\\x.png",
    ] {
        assert_eq!(
            check_pptx(&with("image", target)),
            Err(Unfit::Outside(target.to_owned()))
        );
    }
}

#[test]
fn a_file_that_grows_beyond_measure_is_refused() {
    let zeros = vec![b' '; MOST_XML + 1];
    assert_eq!(
        check_pptx(&changed(|_| {}, &[("ppt/big.xml", &zeros)])),
        Err(Unfit::Bomb)
    );
    let names: Vec<String> = (0..MOST_PARTS).map(|at| format!("ppt/x{at}")).collect();
    let many: Vec<(&str, &[u8])> = names.iter().map(|name| (name.as_str(), &b""[..])).collect();
    assert_eq!(check_pptx(&changed(|_| {}, &many)), Err(Unfit::Bomb));
    // All together count, whatever their heads say of them.
    let whole = deck();
    assert_eq!(unpacked(&whole, 1 << 16).unwrap_err(), Unfit::Bomb);
    let all: usize = unpacked(&whole, MOST_BYTES)
        .unwrap()
        .iter()
        .map(|part| part.content.len())
        .sum();
    assert!(unpacked(&whole, u64::try_from(all).unwrap()).is_ok());
    assert_eq!(
        unpacked(&whole, u64::try_from(all).unwrap() - 1).unwrap_err(),
        Unfit::Bomb
    );
}

#[test]
fn xml_that_says_more_than_it_shows_is_refused() {
    let with = |content: &[u8]| check_pptx(&changed(|_| {}, &[("ppt/more.xml", content)]));
    let laughs = b"<?xml version=\"1.0\"?><!DOCTYPE a [<!ENTITY b \"bbbb\">]><a>&b;</a>";
    assert_eq!(with(laughs), Err(Unfit::Damaged));
    let wide: Vec<u8> = "<a/>".encode_utf16().flat_map(u16::to_le_bytes).collect();
    assert_eq!(with(&wide), Err(Unfit::Damaged));
    let up = changed(|_| {}, &[("ppt/../../x.xml", b"<a/>")]);
    assert_eq!(check_pptx(&up), Err(Unfit::Damaged));
    let twice = changed(|_| {}, &[("PPT/Presentation.xml", b"<a/>")]);
    assert_eq!(check_pptx(&twice), Err(Unfit::Damaged));
}
