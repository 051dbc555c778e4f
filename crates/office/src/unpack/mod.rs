//! A pptx from outside, taken apart: told from other archives by what it says it holds, and refused when it holds what
//! nobody wants to open. Nothing of it is believed before it is read.

mod links;
mod metafile;
mod picture;
mod svg;

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::io::{Cursor, Read as _};

use quick_xml::Reader;
use quick_xml::events::{BytesDecl, BytesStart, Event};
use thiserror::Error;
use zip::ZipArchive;

use links::Link;

/// More parts than any deck has.
const MOST_PARTS: usize = 5_000;
/// All parts together, unpacked, in bytes.
const MOST_BYTES: u64 = 300 << 20;
/// One part of XML, in bytes.
const MOST_XML: usize = 16 << 20;

const CONTENTS: &str = "[Content_Types].xml";
const PRESENTATION: &str =
    "application/vnd.openxmlformats-officedocument.presentationml.presentation.main+xml";

/// Why a file is no pptx that we open.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum Unfit {
    /// It cannot be read to its end, or contradicts itself.
    #[error("the file is damaged")]
    Damaged,
    /// It is of the old format, or locked with a password: both come in the same wrapping.
    #[error("the file is of the old format or has a password")]
    Old,
    /// It is something else.
    #[error("the file is no pptx")]
    Kind,
    /// It holds macros.
    #[error("the file holds macros")]
    Macro,
    /// It shows what lies elsewhere: a linked picture, film or table.
    #[error("the file shows something that lies outside of it: {0}")]
    Outside(String),
    /// A picture in it is packed, is no picture, or is of a kind that may show other files.
    #[error("a picture in the file is of a kind that is not drawn: {0}")]
    Picture(String),
    /// It has more slides than we read.
    #[error("too many slides")]
    Slides,
    /// Unpacked it is larger than any deck.
    #[error("unpacked the file is too large")]
    Bomb,
}

impl Unfit {
    /// The stable code.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Damaged => "pptx_damaged",
            Self::Old => "pptx_old",
            Self::Kind => "pptx_kind",
            Self::Macro => "pptx_macro",
            Self::Outside(_) => "pptx_outside",
            Self::Picture(_) => "pptx_picture",
            Self::Slides => "pptx_slides",
            Self::Bomb => "pptx_bomb",
        }
    }
}

/// A part by its path.
#[derive(Debug, Clone)]
pub(crate) struct Part {
    pub path: String,
    pub content: Vec<u8>,
}

impl Part {
    /// What its name ends with, in small letters.
    fn ending(&self) -> Option<String> {
        let (_, ending) = self.path.rsplit_once('.')?;
        Some(ending.to_ascii_lowercase())
    }

    pub fn is_xml(&self) -> bool {
        matches!(self.ending().as_deref(), Some("xml" | "rels" | "vml"))
    }
}

/// Looks a pptx over.
///
/// # Errors
/// Why it is not opened.
pub fn check_pptx(bytes: &[u8]) -> Result<(), Unfit> {
    parts(bytes).map(|_| ())
}

/// All parts of a pptx, in its order.
pub(crate) fn parts(bytes: &[u8]) -> Result<Vec<Part>, Unfit> {
    match bytes {
        [b'P', b'K', 3, 4, ..] => {}
        [0xD0, 0xCF, 0x11, 0xE0, ..] => return Err(Unfit::Old),
        _ => return Err(Unfit::Kind),
    }
    let parts = unpacked(bytes, MOST_BYTES)?;
    let list = parts
        .iter()
        .find(|part| part.path == CONTENTS)
        .ok_or(Unfit::Kind)?;
    let list = String::from_utf8_lossy(&list.content);
    let macros = |path: &str| path.to_ascii_lowercase().ends_with("vbaproject.bin");
    if list.contains("macroEnabled")
        || list.contains("vbaProject")
        || parts.iter().any(|part| macros(&part.path))
    {
        return Err(Unfit::Macro);
    }
    if !list.contains(PRESENTATION) {
        return Err(Unfit::Kind);
    }
    for part in &parts {
        picture::look_over(part)?;
        if part.is_xml() {
            let links = look_over(part)?;
            if !links.is_empty() {
                links::only_to_click(&parts, &part.path, &links)?;
            }
        }
    }
    Ok(parts)
}

fn unpacked(bytes: &[u8], most: u64) -> Result<Vec<Part>, Unfit> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|_| Unfit::Damaged)?;
    if archive.len() > MOST_PARTS {
        return Err(Unfit::Bomb);
    }
    let (mut parts, mut seen, mut left) = (Vec::new(), BTreeSet::new(), most);
    for at in 0..archive.len() {
        let file = archive.by_index(at).map_err(|_| Unfit::Damaged)?;
        let path = file
            .name()
            .map(Cow::into_owned)
            .map_err(|_| Unfit::Damaged)?;
        if file.is_dir() {
            continue;
        }
        // What its head says of its size is no more than a word.
        let mut content = Vec::new();
        file.take(left + 1)
            .read_to_end(&mut content)
            .map_err(|_| Unfit::Damaged)?;
        left = u64::try_from(content.len())
            .ok()
            .and_then(|read| left.checked_sub(read))
            .ok_or(Unfit::Bomb)?;
        let strange = path.starts_with('/')
            || path.contains('\\')
            || path.split('/').any(|step| step == "..");
        // Two parts of one name are read differently by different programs.
        if strange || !seen.insert(path.to_ascii_lowercase()) {
            return Err(Unfit::Damaged);
        }
        parts.push(Part { path, content });
    }
    Ok(parts)
}

/// XML in UTF-8 without a document type, and without relations to what lies elsewhere; links to click are handed back.
fn look_over(part: &Part) -> Result<Vec<Link>, Unfit> {
    let mut reader = Reader::from_str(text_of(&part.content)?);
    let mut links = Vec::new();
    loop {
        match reader.read_event().map_err(|_| Unfit::Damaged)? {
            Event::Eof => return Ok(links),
            Event::Decl(head) => in_utf8(&head)?,
            Event::DocType(_) => return Err(Unfit::Damaged),
            Event::Start(element) | Event::Empty(element)
                if element.local_name().as_ref() == b"Relationship" =>
            {
                links.extend(links::leads(&element)?);
            }
            _ => {}
        }
    }
}

/// The text of XML.
fn text_of(content: &[u8]) -> Result<&str, Unfit> {
    if content.len() > MOST_XML {
        return Err(Unfit::Bomb);
    }
    let text = std::str::from_utf8(content).map_err(|_| Unfit::Damaged)?;
    if text.contains('\0') {
        return Err(Unfit::Damaged);
    }
    Ok(text.trim_start_matches('\u{feff}'))
}

/// Another program would read other characters than we do.
fn in_utf8(head: &BytesDecl<'_>) -> Result<(), Unfit> {
    match head.encoding() {
        None => Ok(()),
        Some(Ok(name)) if name.eq_ignore_ascii_case(b"utf-8") => Ok(()),
        Some(_) => Err(Unfit::Damaged),
    }
}

fn value_of(element: &BytesStart<'_>, name: &str) -> Result<String, Unfit> {
    let found = element.try_get_attribute(name);
    match found.map_err(|_| Unfit::Damaged)? {
        Some(found) => unescaped(&found.value),
        None => Ok(String::new()),
    }
}

fn unescaped(value: &[u8]) -> Result<String, Unfit> {
    let text = std::str::from_utf8(value).map_err(|_| Unfit::Damaged)?;
    let text = quick_xml::escape::unescape(text).map_err(|_| Unfit::Damaged)?;
    Ok(text.into_owned())
}

#[cfg(test)]
mod tests;
