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

/// The deck with a relation of its first slide, what stands on that slide, and parts besides.
fn evil(relation: &str, shape: &str, besides: &[(&str, &[u8])]) -> Vec<u8> {
    changed(
        |part| {
            let ending = match part.path.as_str() {
                RELATIONS => "</Relationships>",
                "ppt/slides/slide1.xml" => "</p:spTree>",
                _ => return,
            };
            let more = if part.path == RELATIONS {
                relation
            } else {
                shape
            };
            let text = String::from_utf8(part.content.clone()).unwrap();
            part.content = text
                .replace(ending, &format!("{more}{ending}"))
                .into_bytes();
        },
        besides,
    )
}

const KIND: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

#[test]
fn a_relation_to_click_is_used_by_clicks_alone() {
    let target = "file:///srv/pingyi/secret.png";
    let relation = format!(
        "<Relationship Id=\"rId90\" Type=\"{KIND}/hyperlink\" Target=\"{target}\" TargetMode=\"External\"/>"
    );
    let refused = Err(Unfit::Outside(target.to_owned()));
    for shape in [
        "<p:pic><p:blipFill><a:blip r:link=\"rId90\"/></p:blipFill></p:pic>",
        "<p:pic><p:blipFill><a:blip x:embed=\"rId&#57;0\"/></p:blipFill></p:pic>",
        "<a:hlinkClick r:id=\"rId90\"><a:snd r:embed=\"rId90\"/></a:hlinkClick>",
    ] {
        assert_eq!(check_pptx(&evil(&relation, shape, &[])), refused, "{shape}");
    }
    let click =
        "<a:hlinkClick r:id=\"rId90\"/><a:hlinkMouseOver r:id=\"rId90\"/><p:x id=\"rId90\"/>";
    check_pptx(&evil(&relation, click, &[])).unwrap();
}

#[test]
fn a_relation_without_a_mode_does_not_lead_outside_either() {
    for target in [
        "file:/etc/passwd",
        "//server/x.png",
        "C:\\x.png",
        "https://x/y",
    ] {
        let relation =
            format!("<Relationship Id=\"rId90\" Type=\"{KIND}/image\" Target=\"{target}\"/>");
        assert_eq!(
            check_pptx(&evil(&relation, "", &[])),
            Err(Unfit::Outside(target.to_owned()))
        );
    }
}

const LEAK: &str = "<svg xmlns=\"http://www.w3.org/2000/svg\" xmlns:xlink=\"http://www.w3.org/1999/xlink\">\
    <image width=\"9\" height=\"9\" xlink:href=\"file:///srv/x.png\"/></svg>";

#[test]
fn a_drawing_that_names_files_is_refused_under_every_name_and_in_every_wrapping() {
    let outside = Unfit::Outside("file:///srv/x.png".to_owned());
    let with = |path: &str, content: &[u8]| check_pptx(&changed(|_| {}, &[(path, content)]));
    let leak = LEAK.as_bytes();
    for path in [
        "ppt/media/x.svg",
        "ppt/media/x.PNG",
        "ppt/media/x.xml",
        "ppt/x",
    ] {
        assert_eq!(with(path, leak), Err(outside.clone()), "{path}");
    }
    let spaced = format!("\u{feff}\n  {LEAK}");
    assert_eq!(
        with("ppt/media/x.png", spaced.as_bytes()),
        Err(outside.clone())
    );
    let behind = [b"no picture ".as_slice(), leak].concat();
    assert_eq!(with("ppt/media/x.png", &behind), Err(outside.clone()));
    // The word that programs look for may stand in a remark, and the drawing be without it.
    let remark = format!(
        "<!-- <svg -->{}",
        LEAK.replace("svg ", "g ").replace("/svg>", "/g>")
    );
    for path in ["ppt/media/x.png", "ppt/media/x.xml"] {
        assert_eq!(
            with(path, remark.as_bytes()),
            Err(outside.clone()),
            "{path}"
        );
    }
    let refused = |path: &str| Err(Unfit::Picture(path.to_owned()));
    let wide = |text: &str| -> Vec<u8> { text.encode_utf16().flat_map(u16::to_le_bytes).collect() };
    let high: Vec<u8> = LEAK.encode_utf16().flat_map(u16::to_be_bytes).collect();
    let four: Vec<u8> = LEAK
        .chars()
        .flat_map(|one| u32::from(one).to_be_bytes())
        .collect();
    for content in [
        wide(&format!("\u{feff} {LEAK}")),
        wide(LEAK),
        high,
        four,
        vec![0x1F, 0x8B, 8, 0],
        b"%!PS-Adobe-3.0 EPSF-3.0".to_vec(),
        b"VCLMTF".to_vec(),
        metafile::tests::holding(leak),
        metafile::tests::holding(&wide(LEAK)),
    ] {
        for path in ["ppt/media/x.png", "ppt/media/x.emf", "ppt/media/x"] {
            assert_eq!(with(path, &content), refused(path), "{content:?}");
        }
    }
    let program = b"%!PS-Adobe-3.0 EPSF-3.0";
    assert_eq!(with("ppt/media/x.xml", program), refused("ppt/media/x.xml"));
    let odd = "<?xml version=\"1.0\" encoding=\"UTF-7\"?><a/>";
    assert_eq!(with("ppt/more.xml", odd.as_bytes()), Err(Unfit::Damaged));
    assert_eq!(
        with("ppt/media/x.svg", odd.as_bytes()),
        refused("ppt/media/x.svg")
    );
}

#[test]
fn what_decks_hold_besides_is_taken() {
    let icon = b"<svg width=\"96\" height=\"96\" xmlns=\"http://www.w3.org/2000/svg\" xmlns:xlink=\"http://www.w3.org/1999/xlink\" \
        overflow=\"hidden\"><defs><clipPath id=\"c\"><rect x=\"0\" y=\"0\" width=\"96\" height=\"96\"/></clipPath></defs>\
        <g clip-path=\"url(#c)\"><path d=\"M8 8 88 8\" fill=\"#C00000\"/></g></svg>";
    let film = [&[0, 0, 0, b'<'][..], b"ftypisom"].concat();
    let all: [(&str, &[u8]); 9] = [
        ("ppt/media/icon.svg", icon),
        (
            "ppt/media/a.png",
            b"\x89PNG\r\n\x1a\n <svg in its own words",
        ),
        ("ppt/media/b.jpeg", b"\xFF\xD8\xFF\xE1"),
        ("ppt/media/c.mp4", &film),
        ("ppt/media/d.wmf", b"\xD7\xCD\xC6\x9A\0\0"),
        ("ppt/media/e.emf", &metafile::tests::holding(b"GIF89a")),
        ("ppt/embeddings/f.xlsx", b"PK\x03\x04"),
        ("ppt/embeddings/g.bin", b"\xD0\xCF\x11\xE0"),
        ("ppt/printerSettings1.bin", &[0; 40]),
    ];
    check_pptx(&changed(|_| {}, &all)).unwrap();
}
