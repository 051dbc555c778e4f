//! Files of Word and Excel: told from other archives by what they say they hold, and kept without the properties that
//! name author, company and whoever saved last; pictures in them are kept without what cameras write beside the points.
//! Everything else in them stays as it is, byte by byte.

use std::borrow::Cow;
use std::io::{Cursor, Read as _, Write as _};

use zip::write::SimpleFileOptions;
use zip::{ZipArchive, ZipWriter};

use super::{Refused, embedded};

const WORD: &str =
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml";
const EXCEL: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml";
/// Of its kind in the answer's head.
pub(super) const DOCX: &str =
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document";
/// Of its kind in the answer's head; slides and templates, never evidence.
pub(crate) const PPTX: &str =
    "application/vnd.openxmlformats-officedocument.presentationml.presentation";
/// Of its kind in the answer's head.
pub(super) const XLSX: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

const CONTENTS: &str = "[Content_Types].xml";
/// More parts than any report has.
const MOST_PARTS: usize = 10_000;
/// Bytes of all pictures in it together, unpacked: more than any file of the size that is taken holds without being a trap.
const MOST_PICTURES: u64 = 512 << 20;
/// The list of parts is read whole, up to this many bytes.
const MOST_LIST: u64 = 4 << 20;

/// Properties with nothing in them (ECMA-376 part 1 §15.2.12.2–3, part 2 §11: every element is optional).
const EMPTY: [(&str, &str); 3] = [
    (
        "docProps/core.xml",
        "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n<cp:coreProperties \
         xmlns:cp=\"http://schemas.openxmlformats.org/package/2006/metadata/core-properties\"/>",
    ),
    (
        "docProps/app.xml",
        "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n<Properties \
         xmlns=\"http://schemas.openxmlformats.org/officeDocument/2006/extended-properties\"/>",
    ),
    (
        "docProps/custom.xml",
        "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n<Properties \
         xmlns=\"http://schemas.openxmlformats.org/officeDocument/2006/custom-properties\"/>",
    ),
];

/// The kind of an archive and its content without author properties.
///
/// # Errors
/// [`Refused::Damaged`], [`Refused::Macro`], [`Refused::Kind`] for any other archive.
pub(super) fn renew(content: &[u8]) -> Result<(&'static str, Vec<u8>), Refused> {
    let mut archive = ZipArchive::new(Cursor::new(content)).map_err(|_| Refused::Damaged)?;
    let names = archive.file_names().map(|name| name.map(Cow::into_owned));
    let names: Vec<String> = names
        .collect::<Result<_, _>>()
        .map_err(|_| Refused::Damaged)?;
    if names.len() > MOST_PARTS {
        return Err(Refused::Kind);
    }
    let mut list = String::new();
    archive
        .by_name(CONTENTS)
        .map_err(|_| Refused::Kind)?
        .take(MOST_LIST)
        .read_to_string(&mut list)
        .map_err(|_| Refused::Damaged)?;
    if list.contains("macroEnabled") || names.iter().any(|name| name.ends_with("vbaProject.bin")) {
        return Err(Refused::Macro);
    }
    let media = match (list.contains(WORD), list.contains(EXCEL)) {
        (true, _) => DOCX,
        (_, true) => XLSX,
        _ => return Err(Refused::Kind),
    };
    // A signature may cover the properties; what is signed is not touched.
    if names.iter().any(|name| name.starts_with("_xmlsignatures/")) {
        return Ok((media, content.to_vec()));
    }
    let mut out = ZipWriter::new(Cursor::new(Vec::with_capacity(content.len())));
    let mut left = MOST_PICTURES;
    for (at, name) in names.iter().enumerate() {
        let text = EMPTY.iter().find(|(known, _)| known == name);
        let renewed = match text {
            Some((_, text)) => Some(text.as_bytes().to_vec()),
            None => picture(&mut archive, at, name, &mut left)?,
        };
        match renewed {
            Some(content) => out
                .start_file(name.as_str(), SimpleFileOptions::default())
                .and_then(|()| Ok(out.write_all(&content)?)),
            None => archive
                .by_index_raw(at)
                .and_then(|part| out.raw_copy_file(part)),
        }
        .map_err(|_| Refused::Damaged)?;
    }
    let written = out.finish().map_err(|_| Refused::Damaged)?;
    Ok((media, written.into_inner()))
}

/// A part that is a picture, without what is none of it; none for everything else.
fn picture(
    archive: &mut ZipArchive<Cursor<&[u8]>>,
    at: usize,
    name: &str,
    left: &mut u64,
) -> Result<Option<Vec<u8>>, Refused> {
    if !embedded::is_named(name) {
        return Ok(None);
    }
    let part = archive.by_index(at).map_err(|_| Refused::Damaged)?;
    let mut content = Vec::new();
    part.take(*left + 1)
        .read_to_end(&mut content)
        .map_err(|_| Refused::Damaged)?;
    let size = u64::try_from(content.len()).map_err(|_| Refused::Damaged)?;
    *left = left.checked_sub(size).ok_or(Refused::Pixels)?;
    Ok(embedded::bare(content.into()))
}
