//! What is made of a file before it is kept. Its kind is read from its content; the name only says what to call it.

use image::ImageFormat;

use super::package::{DOCX, PPTX, XLSX};
use super::{Refused, package, picture};

/// A file ready to be kept.
#[derive(Debug)]
pub(crate) struct Prepared {
    pub name: String,
    pub media: &'static str,
    pub content: Vec<u8>,
    pub small: Option<Vec<u8>>,
    pub width: Option<i64>,
    pub height: Option<i64>,
}

/// The longest name, in characters.
const LONGEST_NAME: usize = 120;
/// Endings of the kinds we keep, and of what phones make of them.
const ENDINGS: [&str; 10] = [
    "jpg", "jpeg", "png", "webp", "pdf", "docx", "xlsx", "pptx", "jfif", "heic",
];
/// A PDF says that it is whole in its last bytes; readers look that far.
const PDF_TAIL: usize = 2_048;

/// Looks at a file and makes of it what is kept.
///
/// # Errors
/// Why it is not kept.
pub(super) fn prepare(name: &str, content: Vec<u8>) -> Result<Prepared, Refused> {
    if content.is_empty() {
        return Err(Refused::Empty);
    }
    if let Some(format) = picture_format(&content) {
        let made = picture::renew(&content, format)?;
        return Ok(Prepared {
            name: called(name, made.media),
            media: made.media,
            content: made.content,
            small: Some(made.small),
            width: Some(i64::from(made.width)),
            height: Some(i64::from(made.height)),
        });
    }
    let (media, content) = document(content)?;
    Ok(Prepared {
        name: called(name, media),
        media,
        content,
        small: None,
        width: None,
        height: None,
    })
}

fn picture_format(content: &[u8]) -> Option<ImageFormat> {
    match content {
        [0xFF, 0xD8, 0xFF, ..] => Some(ImageFormat::Jpeg),
        [0x89, b'P', b'N', b'G', b'\r', b'\n', 0x1A, b'\n', ..] => Some(ImageFormat::Png),
        [
            b'R',
            b'I',
            b'F',
            b'F',
            _,
            _,
            _,
            _,
            b'W',
            b'E',
            b'B',
            b'P',
            ..,
        ] => Some(ImageFormat::WebP),
        _ => None,
    }
}

fn document(content: Vec<u8>) -> Result<(&'static str, Vec<u8>), Refused> {
    match content.as_slice() {
        [b'%', b'P', b'D', b'F', b'-', ..] => {
            let tail = &content[content.len().saturating_sub(PDF_TAIL)..];
            if tail.windows(5).any(|part| part == b"%%EOF") {
                Ok(("application/pdf", content))
            } else {
                Err(Refused::Damaged)
            }
        }
        [b'P', b'K', 3, 4, ..] => package::renew(&content),
        [0xD0, 0xCF, 0x11, 0xE0, ..] => Err(Refused::OldOffice),
        [_, _, _, _, b'f', b't', b'y', b'p', brand @ ..]
            if brand.starts_with(b"hei") || brand.starts_with(b"mif1") =>
        {
            Err(Refused::Heic)
        }
        _ => Err(Refused::Kind),
    }
}

/// The name without a path and without characters that are not seen, ending as the kind ends.
pub(crate) fn called(name: &str, media: &str) -> String {
    let last = name.rsplit(['/', '\\']).next().unwrap_or_default();
    let seen: String = last.chars().filter(|c| !hidden(*c)).collect();
    let seen = seen.trim();
    let known = |ending: &str| ENDINGS.contains(&ending.to_ascii_lowercase().as_str());
    let stem = match seen.rsplit_once('.') {
        Some((stem, ending)) if known(ending) => stem,
        _ => seen,
    };
    let ending = match media {
        "image/jpeg" => "jpg",
        "image/png" => "png",
        "application/pdf" => "pdf",
        DOCX => "docx",
        XLSX => "xlsx",
        PPTX => "pptx",
        _ => "bin",
    };
    let stem = stem.trim_matches(['.', ' ']);
    let stem = if stem.is_empty() { "evidence" } else { stem };
    let short: String = stem.chars().take(LONGEST_NAME - 5).collect();
    format!("{short}.{ending}")
}

/// Control characters, and those that turn the direction of writing and so hide an ending.
fn hidden(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{200B}'..='\u{200F}' | '\u{2028}'..='\u{202E}' | '\u{2060}'..='\u{206F}' | '\u{FEFF}')
}
