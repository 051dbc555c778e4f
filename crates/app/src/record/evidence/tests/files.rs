//! Documents: told by their content, kept without the names of their authors; names of files.

use std::io::{Cursor, Read as _, Write as _};

use image::metadata::Orientation;
use image::{DynamicImage, ImageDecoder as _, ImageFormat, ImageReader, Rgb, RgbImage};
use img_parts::png::{Png, PngChunk};
use zip::write::SimpleFileOptions;
use zip::{ZipArchive, ZipWriter};

use super::pictures::photo;
use crate::record::evidence::Refused;
use crate::record::evidence::prepare::prepare;

const TYPES: &str = "[Content_Types].xml";

fn word() -> String {
    "<Types><Override PartName=\"/word/document.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml\"/></Types>".to_owned()
}

fn archive<T: AsRef<[u8]>>(parts: &[(&str, T)]) -> Vec<u8> {
    let mut out = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in parts {
        out.start_file(*name, SimpleFileOptions::default()).unwrap();
        out.write_all(content.as_ref()).unwrap();
    }
    out.finish().unwrap().into_inner()
}

fn raw(content: &[u8], name: &str) -> Vec<u8> {
    let mut raw = Vec::new();
    ZipArchive::new(Cursor::new(content))
        .unwrap()
        .by_name(name)
        .unwrap()
        .read_to_end(&mut raw)
        .unwrap();
    raw
}

fn part(content: &[u8], name: &str) -> String {
    String::from_utf8(raw(content, name)).unwrap()
}

fn points(picture: &[u8]) -> (Orientation, RgbImage) {
    let mut decoder = ImageReader::new(Cursor::new(picture))
        .with_guessed_format()
        .unwrap()
        .into_decoder()
        .unwrap();
    let orientation = decoder.orientation().unwrap();
    let points = DynamicImage::from_decoder(decoder).unwrap();
    (orientation, points.into_rgb8())
}

#[test]
fn pictures_in_a_document_keep_their_points_and_lose_place_and_device() {
    let types = word();
    // As phones write: a second picture behind the first, with notes of its own; the first lies on its side.
    let mut held = photo(64, 32, 6);
    held.extend(photo(16, 8, 1));
    let mut plain = Vec::new();
    RgbImage::from_pixel(2, 2, Rgb([7, 8, 9]))
        .write_to(&mut Cursor::new(&mut plain), ImageFormat::Png)
        .unwrap();
    let mut noted = Png::from_bytes(plain.into()).unwrap();
    let note = PngChunk::new(*b"tEXt", (&b"Author\0somebody"[..]).into());
    noted.chunks_mut().insert(1, note);
    let noted = noted.encoder().bytes().to_vec();
    let cut = held[..60].to_vec();
    let sent = archive(&[
        (TYPES, types.as_bytes()),
        ("word/document.xml", "<w:t>现场</w:t>".as_bytes()),
        ("word/media/image1.JPG", &held),
        ("word/media/image2.png", &noted),
        ("word/media/image3.jpeg", &cut),
        ("word/media/image4.png", b"no picture"),
    ]);
    let made = prepare("现场.docx", sent).unwrap().content;
    let bare = raw(&made, "word/media/image1.JPG");
    for gone in [&b"CAM"[..], b"taken by"] {
        assert!(!bare.windows(gone.len()).any(|there| there == gone));
    }
    assert_eq!(points(&bare), points(&held));
    assert_eq!(points(&bare).0, Orientation::Rotate90);
    assert!(bare.ends_with(&[0xFF, 0xD9]) && bare.len() < held.len() - 300);
    let bare = raw(&made, "word/media/image2.png");
    assert!(!String::from_utf8_lossy(&bare).contains("somebody"));
    assert_eq!(points(&bare), points(&noted));
    // What cannot be read stays as it was: no picture program draws it either.
    assert_eq!(raw(&made, "word/media/image3.jpeg"), cut);
    assert_eq!(raw(&made, "word/media/image4.png"), b"no picture");
}

#[test]
fn a_document_keeps_its_text_and_loses_its_author() {
    let types = word();
    let sent = archive(&[
        (TYPES, types.as_str()),
        ("word/document.xml", "<w:t>会议纪要</w:t>"),
        ("docProps/core.xml", "<dc:creator>张三</dc:creator>"),
        ("docProps/app.xml", "<Company>某公司</Company>"),
        (
            "docProps/custom.xml",
            "<KSOProductBuildVer>2052</KSOProductBuildVer>",
        ),
    ]);
    let made = prepare("纪要.docx", sent.clone()).unwrap();
    assert_eq!(made.name, "纪要.docx");
    assert!(made.media.ends_with("wordprocessingml.document") && made.small.is_none());
    assert_eq!(
        part(&made.content, "word/document.xml"),
        "<w:t>会议纪要</w:t>"
    );
    for (name, gone) in [("core", "张三"), ("app", "某公司"), ("custom", "KSO")] {
        let text = part(&made.content, &format!("docProps/{name}.xml"));
        assert!(text.starts_with("<?xml") && !text.contains(gone), "{text}");
    }
    assert_eq!(
        prepare("x", sent).unwrap().content,
        made.content,
        "always the same"
    );
}

#[test]
fn a_workbook_of_our_own_export_still_opens() {
    let mut book = rust_xlsxwriter::Workbook::new();
    book.set_properties(&rust_xlsxwriter::DocProperties::new().set_author("李四"));
    book.add_worksheet().write_string(0, 0, "签到表").unwrap();
    let made = prepare("签到.xlsx", book.save_to_buffer().unwrap()).unwrap();
    assert!(made.media.ends_with("spreadsheetml.sheet"));
    assert!(!part(&made.content, "docProps/core.xml").contains("李四"));
    let mut opened: calamine::Xlsx<_> =
        calamine::open_workbook_from_rs(Cursor::new(made.content)).unwrap();
    let sheet = calamine::Reader::worksheet_range_at(&mut opened, 0)
        .unwrap()
        .unwrap();
    assert_eq!(sheet.get((0, 0)).unwrap().to_string(), "签到表");
}

#[test]
fn what_is_signed_stays_as_it_is() {
    let types = word();
    let sent = archive(&[
        (TYPES, types.as_str()),
        ("docProps/core.xml", "<dc:creator>张三</dc:creator>"),
        ("_xmlsignatures/sig1.xml", "<Signature/>"),
    ]);
    assert_eq!(prepare("x.docx", sent.clone()).unwrap().content, sent);
}

#[test]
fn what_is_none_of_the_kinds_is_refused_whatever_it_is_called() {
    let types = word();
    let macros = archive(&[(TYPES, types.as_str()), ("word/vbaProject.bin", "x")]);
    let enabled = types.replace("vnd.openxml", "vnd.ms-word.document.macroEnabled.");
    let docm = archive(&[(TYPES, enabled.as_str())]);
    let plain = archive(&[("a.txt", "x")]);
    let other = archive(&[(TYPES, "<Types/>")]);
    let heic = b"\0\0\0\x18ftypheic".to_vec();
    let table: [(Vec<u8>, Refused); 12] = [
        (vec![], Refused::Empty),
        (b"<html><script>".to_vec(), Refused::Kind),
        (
            b"<svg xmlns=\"http://www.w3.org/2000/svg\"/>".to_vec(),
            Refused::Kind,
        ),
        (b"GIF89a".to_vec(), Refused::Kind),
        (heic, Refused::Heic),
        (vec![0xD0, 0xCF, 0x11, 0xE0, 1], Refused::OldOffice),
        (macros, Refused::Macro),
        (docm, Refused::Macro),
        (plain, Refused::Kind),
        (other, Refused::Kind),
        (b"PK\x03\x04 cut".to_vec(), Refused::Damaged),
        (b"%PDF-1.7 cut".to_vec(), Refused::Damaged),
    ];
    for (content, why) in table {
        let shown = String::from_utf8_lossy(&content[..content.len().min(20)]).into_owned();
        assert_eq!(prepare("x.jpg", content).unwrap_err(), why, "{shown}");
    }
    let pdf = prepare("报告.pdf", b"%PDF-1.7 ... %%EOF\n".to_vec()).unwrap();
    assert_eq!(
        (pdf.media, pdf.name.as_str()),
        ("application/pdf", "报告.pdf")
    );
}

#[test]
fn a_name_says_what_it_is_and_nothing_else() {
    let jpeg = photo(8, 8, 1);
    for (sent, kept) in [
        ("义诊现场.JPG", "义诊现场.jpg"),
        ("C:\\fake\\照片.png", "照片.jpg"),
        ("../../etc/passwd", "passwd.jpg"),
        ("", "evidence.jpg"),
        (".jpg", "evidence.jpg"),
        ("report.pdf.exe", "report.pdf.exe.jpg"),
        ("evil\u{202E}gpj.exe", "evilgpj.exe.jpg"),
        ("a\r\nb\"c.jpeg", "ab\"c.jpg"),
        ("12.5 活动", "12.5 活动.jpg"),
    ] {
        assert_eq!(prepare(sent, jpeg.clone()).unwrap().name, kept, "{sent}");
    }
    let long = prepare(&"长".repeat(300), jpeg).unwrap().name;
    assert_eq!(long.chars().count(), 119);
}
