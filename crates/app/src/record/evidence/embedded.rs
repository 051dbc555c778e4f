//! Pictures inside a Word or Excel file: their points stay byte by byte, what a camera wrote beside them does not. Only the
//! parts that a picture is drawn from are kept, so that nothing unknown stays (ITU-T T.81 annex B, PNG third edition §4.3).

use bytes::Bytes;
use image::metadata::Orientation;
use img_parts::ImageEXIF as _;
use img_parts::jpeg::{Jpeg, JpegSegment, markers};
use img_parts::png::Png;

/// Optional parts of a PNG that change how it is drawn; all others are texts, times and what programs note.
const DRAWN: [&[u8; 4]; 14] = [
    b"acTL", b"bKGD", b"cHRM", b"cICP", b"fcTL", b"fdAT", b"gAMA", b"hIST", b"iCCP", b"mDCV",
    b"pHYs", b"sBIT", b"sRGB", b"tRNS",
];

/// Whether a part is called like a picture that is known here.
pub(super) fn is_named(name: &str) -> bool {
    let ending = name.rsplit_once('.').map(|(_, ending)| ending);
    ending.is_some_and(|ending| {
        ["jpg", "jpeg", "jfif", "png"]
            .iter()
            .any(|known| ending.eq_ignore_ascii_case(known))
    })
}

/// The picture without what is none of it; `None` when it is none of these kinds or cannot be read.
pub(super) fn bare(content: Bytes) -> Option<Vec<u8>> {
    if content.starts_with(&[0xFF, markers::SOI]) {
        jpeg(content)
    } else {
        png(content)
    }
}

fn jpeg(content: Bytes) -> Option<Vec<u8>> {
    let mut picture = Jpeg::from_bytes(content).ok()?;
    let orientation = picture
        .exif()
        .and_then(|exif| Orientation::from_exif_chunk(&exif))
        .filter(|orientation| *orientation != Orientation::NoTransforms);
    picture.segments_mut().retain(|part| match part.marker() {
        markers::APP0 | markers::APP14 => true,
        markers::APP2 => part.contents().starts_with(b"ICC_PROFILE\0"),
        markers::APP1..=markers::APP15 | markers::COM => false,
        _ => true,
    });
    if let Some(orientation) = orientation {
        picture.set_exif(Some(turned(orientation)));
    }
    let head = 2 + picture
        .segments()
        .iter()
        .map(JpegSegment::len)
        .sum::<usize>();
    let mut bare = picture.encoder().bytes().to_vec();
    // Phones put further pictures behind the first, each with its own notes.
    let end = bare.get(head..).and_then(end_of);
    bare.truncate(end.map_or(bare.len(), |end| head + end));
    Some(bare)
}

/// Where a picture ends that begins with the points of its first scan, in bytes; none when it is cut short.
fn end_of(scans: &[u8]) -> Option<usize> {
    let mut at = 0;
    loop {
        at += scans.get(at..)?.iter().position(|byte| *byte == 0xFF)?;
        match *scans.get(at + 1)? {
            markers::EOI => return Some(at + 2),
            // A stuffed byte of the points, or a restart in them.
            markers::Z | markers::RST0..=markers::RST7 => at += 2,
            markers::P => at += 1,
            _ => {
                let length = scans.get(at + 2..at + 4)?;
                at += 2 + usize::from(u16::from_be_bytes([length[0], length[1]]));
            }
        }
    }
}

/// The one note that stays: how the camera was held, without which the picture would lie on its side.
fn turned(orientation: Orientation) -> Bytes {
    let mut out = b"II*\0\x08\0\0\0\x01\0\x12\x01\x03\0\x01\0\0\0".to_vec();
    out.extend([orientation.to_exif(), 0, 0, 0, 0, 0, 0, 0]);
    out.into()
}

fn png(content: Bytes) -> Option<Vec<u8>> {
    let mut picture = Png::from_bytes(content).ok()?;
    picture.chunks_mut().retain(|part| {
        let kind = part.kind();
        kind[0].is_ascii_uppercase() || DRAWN.contains(&&kind)
    });
    Some(picture.encoder().bytes().to_vec())
}
