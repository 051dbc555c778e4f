//! Parts by their content, as the programs tell them that draw them: a picture may be a drawing in XML that names files to
//! draw, whatever its name ends with, and may come packed or inside another picture.

use super::{Part, Unfit, metafile, svg};

/// Heads of what is not drawn: packed, or a program, or of a kind that holds any other.
const NEVER: [&[u8]; 6] = [
    // gzip: svgz, emz, wmz
    &[0x1F, 0x8B],
    // PostScript
    b"%!",
    &[0xC5, 0xD0, 0xD3, 0xC6],
    // The metafile of LibreOffice, of today and of old
    b"VCLMTF",
    b"SVGDI",
    // XML in EBCDIC
    &[0x4C, 0x6F, 0xA7, 0x94],
];
/// Pictures of points; what begins like this can be no XML.
const POINTS: [&[u8]; 8] = [
    &[0x89, b'P', b'N', b'G', 0x0D, 0x0A, 0x1A, 0x0A],
    &[0xFF, 0xD8, 0xFF],
    b"GIF8",
    b"BM",
    b"II*\0",
    b"MM\0*",
    b"II\xBC\x01",
    b"RIFF",
];
/// Programs look that far for the start of a drawing.
const HEAD: usize = 4_096;

/// Whether it begins like a picture of points.
pub(super) fn has_points(content: &[u8]) -> bool {
    POINTS.iter().any(|head| content.starts_with(head))
}

/// Whether some bytes are among others.
pub(super) fn holds(content: &[u8], wanted: &[u8]) -> bool {
    content.windows(wanted.len()).any(|found| found == wanted)
}

/// Looks at a part by what it holds.
///
/// # Errors
/// [`Unfit::Outside`] with what a drawing names, [`Unfit::Picture`] with the part that is of a kind that is not drawn.
pub(super) fn look_over(part: &Part) -> Result<(), Unfit> {
    let content = part.content.as_slice();
    let refused = || Unfit::Picture(part.path.clone());
    if NEVER.iter().any(|head| content.starts_with(head)) {
        return Err(refused());
    }
    if part.is_xml() {
        // A picture may be kept under any name, also under that of a slide.
        return if holds(content, b"<svg") {
            svg::names_only_itself(content)
        } else {
            Ok(())
        };
    }
    if has_points(content) {
        return Ok(());
    }
    let head = &content[..content.len().min(HEAD)];
    if part.ending().as_deref() == Some("svg") || begins_like_xml(content) || holds(head, b"<svg") {
        return svg::names_only_itself(content).map_err(|unfit| match unfit {
            Unfit::Damaged => refused(),
            other => other,
        });
    }
    if metafile::is_one(content) && !metafile::is_clean(content) {
        return Err(refused());
    }
    Ok(())
}

/// XML begins with a mark of its encoding, white space and a `<`, of one, two or four bytes.
fn begins_like_xml(content: &[u8]) -> bool {
    let marks: [&[u8]; 3] = [&[0xEF, 0xBB, 0xBF], &[0xFF, 0xFE], &[0xFE, 0xFF]];
    let mut rest = content;
    for mark in marks {
        rest = rest.strip_prefix(mark).unwrap_or(rest);
    }
    loop {
        rest = match rest {
            [b' ' | b'\t' | b'\r' | b'\n', ..] => &rest[1..],
            [0, b' ' | b'\t' | b'\r' | b'\n', ..] => &rest[2..],
            // What is left of a character of more than one byte.
            [0, b'<', 0, ..] | [0, 0, 0, b'<', 0, ..] | [b'<', ..] => return true,
            [0, after @ ..] if rest.len() < content.len() => after,
            _ => return false,
        };
    }
}
