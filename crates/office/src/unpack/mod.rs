//! A pptx from outside, taken apart: told from other archives by what it says it holds, and refused when it holds what
//! nobody wants to open. Nothing of it is believed before it is read.

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::io::{Cursor, Read as _};

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};
use thiserror::Error;
use zip::ZipArchive;

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
    pub fn is_xml(&self) -> bool {
        let ending = self
            .path
            .rsplit_once('.')
            .map(|(_, ending)| ending.to_ascii_lowercase());
        matches!(ending.as_deref(), Some("xml" | "rels" | "vml"))
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
    for part in parts.iter().filter(|part| part.is_xml()) {
        look_over(part)?;
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

/// XML in UTF-8 without a document type, and without relations to what lies elsewhere; links to click are no such.
fn look_over(part: &Part) -> Result<(), Unfit> {
    if part.content.len() > MOST_XML {
        return Err(Unfit::Bomb);
    }
    let text = std::str::from_utf8(&part.content).map_err(|_| Unfit::Damaged)?;
    if text.contains('\0') {
        return Err(Unfit::Damaged);
    }
    let mut reader = Reader::from_str(text.trim_start_matches('\u{feff}'));
    loop {
        match reader.read_event().map_err(|_| Unfit::Damaged)? {
            Event::Eof => return Ok(()),
            Event::DocType(_) => return Err(Unfit::Damaged),
            Event::Start(element) | Event::Empty(element)
                if element.local_name().as_ref() == b"Relationship" =>
            {
                inside(&element)?;
            }
            _ => {}
        }
    }
}

fn inside(relation: &BytesStart<'_>) -> Result<(), Unfit> {
    let value = |name: &str| -> Result<String, Unfit> {
        let found = relation
            .try_get_attribute(name)
            .map_err(|_| Unfit::Damaged)?;
        let Some(found) = found else {
            return Ok(String::new());
        };
        let text = std::str::from_utf8(&found.value).map_err(|_| Unfit::Damaged)?;
        let text = quick_xml::escape::unescape(text).map_err(|_| Unfit::Damaged)?;
        Ok(text.into_owned())
    };
    let (mode, target) = (value("TargetMode")?, value("Target")?);
    let elsewhere = mode.eq_ignore_ascii_case("External") || target.contains("://");
    if elsewhere && !value("Type")?.ends_with("/hyperlink") {
        return Err(Unfit::Outside(target.chars().take(200).collect()));
    }
    Ok(())
}

#[cfg(test)]
mod tests;
