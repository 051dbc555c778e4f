//! EMF and WMF. Their own records name no file that is drawn; but EMF+ holds whole pictures of any kind, and programs tell
//! those by their content once more. So what is held must be points, or a metafile that is clean itself.

use super::picture::{has_points, holds};

/// Metafiles in metafiles, and how many in one; nothing that people draw goes further.
const DEEPEST: usize = 3;
const MOST_HELD: usize = 16;
/// One metafile, in bytes.
const MOST_BYTES: usize = 32 << 20;
/// Record of an EMF that holds something else, and what it may hold.
const COMMENT: u32 = 70;
const PLUS: u32 = 0x2B46_4D45;
const PUBLIC: u32 = 0x4349_4447;
const MANY_FORMATS: u32 = 0x4000_0004;
/// Record of EMF+ that holds a thing to draw with, and the kinds of these that hold pictures.
const OBJECT: u16 = 0x4008;
const BRUSH: u16 = 1;
const IMAGE: u16 = 5;
/// One piece of an object that comes in many.
const GOES_ON: u16 = 0x8000;

/// Whether it is drawn as a metafile.
pub(super) fn is_one(content: &[u8]) -> bool {
    is_emf(content)
        || content.starts_with(&[0xD7, 0xCD, 0xC6, 0x9A])
        || content.starts_with(&[1, 0, 9, 0])
        || content.starts_with(&[2, 0, 9, 0])
}

fn is_emf(content: &[u8]) -> bool {
    content.starts_with(&[1, 0, 0, 0]) && content.get(40..44) == Some(b" EMF")
}

/// Whether it holds nothing but its own strokes, points, and metafiles of which the same is true.
pub(super) fn is_clean(content: &[u8]) -> bool {
    let mut left = MOST_HELD;
    clean(content, 0, &mut left)
}

fn clean(content: &[u8], depth: usize, left: &mut usize) -> bool {
    let Some(still) = left.checked_sub(1) else {
        return false;
    };
    *left = still;
    if depth > DEEPEST || content.len() > MOST_BYTES || holds(content, b"<svg") {
        return false;
    }
    if is_emf(content) {
        emf(content, depth, left)
    } else {
        wmf(content, depth, left)
    }
}

fn small(content: &[u8], at: usize) -> Option<u16> {
    let bytes = content.get(at..at.checked_add(2)?)?;
    Some(u16::from_le_bytes(bytes.try_into().ok()?))
}

fn word(content: &[u8], at: usize) -> Option<u32> {
    let bytes = content.get(at..at.checked_add(4)?)?;
    Some(u32::from_le_bytes(bytes.try_into().ok()?))
}

fn size(content: &[u8], at: usize) -> Option<usize> {
    usize::try_from(word(content, at)?).ok()
}

/// All records to the end of the file: also what stands behind the one that says it is the last.
fn emf(content: &[u8], depth: usize, left: &mut usize) -> bool {
    let mut held = Held::default();
    let mut at = 0;
    while let (Some(kind), Some(length @ 8..)) = (word(content, at), size(content, at + 4)) {
        if kind == COMMENT {
            match word(content, at + 12) {
                Some(PLUS) => {
                    let length = size(content, at + 8).unwrap_or_default();
                    plus(
                        content.get(at + 16..).unwrap_or_default(),
                        length,
                        &mut held,
                    );
                }
                // Holds the same picture in other formats, PostScript among them.
                Some(PUBLIC) if word(content, at + 16) == Some(MANY_FORMATS) => return false,
                _ => {}
            }
        }
        at = at.saturating_add(length);
    }
    held.all_clean(depth, left)
}

/// The records of EMF+ that begin in the first bytes of what there is; one may say that it goes beyond.
fn plus<'a>(content: &'a [u8], length: usize, held: &mut Held<'a>) {
    let mut at = 0;
    while at < length {
        let (Some(kind), Some(flags)) = (small(content, at), small(content, at + 2)) else {
            return;
        };
        let (Some(whole @ 12..), Some(data)) = (size(content, at + 4), size(content, at + 8))
        else {
            return;
        };
        if kind == OBJECT {
            let rest = content.get(at + 12..).unwrap_or_default();
            let data = &rest[..data.min(rest.len())];
            held.object(flags, data);
        }
        at = at.saturating_add(whole);
    }
}

/// What EMF+ draws with. A large picture comes in many pieces, and where it begins and ends is told differently by different
/// programs: so each piece may be a whole one, or the first of one that goes on to the end.
#[derive(Default)]
struct Held<'a> {
    alone: Vec<(u16, &'a [u8])>,
    joined: Vec<u8>,
    begins: Vec<(u16, usize)>,
}

impl<'a> Held<'a> {
    /// Of a piece, the first four bytes say how large the whole is; the last piece need not say that it is one.
    fn object(&mut self, flags: u16, data: &'a [u8]) {
        let kind = (flags >> 8) & 0x7F;
        if [BRUSH, IMAGE].contains(&kind) {
            self.alone.push((kind, data));
            if flags & GOES_ON != 0 {
                self.begins.push((kind, self.joined.len()));
            }
        }
        let piece = data.get(4..).unwrap_or_default();
        self.joined.extend_from_slice(piece);
    }

    fn all_clean(&self, depth: usize, left: &mut usize) -> bool {
        let joined = self.begins.iter();
        let joined = joined.map(|&(kind, at)| (kind, &self.joined[at..]));
        let mut all = self.alone.iter().copied().chain(joined);
        all.all(|(kind, data)| {
            // A brush may paint with a picture, which stands behind how it lies.
            let places: &[usize] = if kind == IMAGE { &[0] } else { &[16, 40] };
            let mut held = places.iter().filter_map(|at| picture(data.get(*at..)?));
            held.all(|held| has_points(held) || (is_one(held) && clean(held, depth + 1, left)))
        })
    }
}

/// The picture of an object that is told by its content; its own points without a head are none.
fn picture(object: &[u8]) -> Option<&[u8]> {
    match word(object, 4)? {
        1 if word(object, 8)? != 0 && word(object, 24)? == 0 => None,
        1 => object.get(28..),
        2 => object.get(16..),
        _ => None,
    }
}

/// The EMF that a WMF holds besides its own strokes comes in pieces, each with a head that says how long it is.
fn wmf(content: &[u8], depth: usize, left: &mut usize) -> bool {
    let (mut joined, mut begins) = (Vec::new(), Vec::new());
    for (at, _) in content
        .windows(4)
        .enumerate()
        .filter(|(_, four)| four == b"WMFC")
    {
        let piece = content.get(at + 34..).unwrap_or_default();
        let length = size(content, at + 22).unwrap_or_default();
        begins.push(joined.len());
        joined.extend_from_slice(&piece[..length.min(piece.len())]);
        if joined.len() > MOST_BYTES {
            return false;
        }
    }
    let mut begins = begins.into_iter().map(|at| &joined[at..]);
    begins.all(|held| !is_emf(held) || clean(held, depth + 1, left))
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;

    fn words(words: &[u32]) -> Vec<u8> {
        words.iter().flat_map(|word| word.to_le_bytes()).collect()
    }

    fn record(kind: u16, flags: u16, data: &[u8]) -> Vec<u8> {
        let mut data = data.to_vec();
        let length = u32::try_from(data.len()).unwrap();
        data.resize(data.len().next_multiple_of(4), 0);
        let whole = u32::try_from(data.len()).unwrap() + 12;
        let head = [kind.to_le_bytes(), flags.to_le_bytes()].concat();
        [head, words(&[whole, length]), data].concat()
    }

    /// An EMF with these records of EMF+, each in a comment of its own.
    fn emf_of(records: &[Vec<u8>]) -> Vec<u8> {
        let mut file = words(&[1, 108]);
        file.resize(40, 0);
        file.extend(b" EMF");
        file.resize(108, 0);
        for record in records {
            let length = u32::try_from(record.len()).unwrap() + 4;
            file.extend(words(&[COMMENT, length + 12, length, PLUS]));
            file.extend(record);
        }
        file.extend(words(&[14, 20, 0, 16, 20]));
        file
    }

    fn bitmap(content: &[u8]) -> Vec<u8> {
        [words(&[0xDBC0_1002, 1, 0, 0, 0, 0, 1]), content.to_vec()].concat()
    }

    /// An EMF that holds a picture of any kind, as programs draw it.
    pub fn holding(content: &[u8]) -> Vec<u8> {
        emf_of(&[record(OBJECT, IMAGE << 8, &bitmap(content))])
    }

    const PNG: &[u8] = &[0x89, b'P', b'N', b'G', 0x0D, 0x0A, 0x1A, 0x0A, 0, 0, 0, 0];

    #[test]
    fn strokes_and_points_are_drawn() {
        assert!(is_clean(&emf_of(&[])) && is_clean(&holding(PNG)));
        let raw = words(&[0xDBC0_1002, 1, 1, 1, 4, 0x0026_200A, 0, 0x3C3C_3C3C]);
        assert!(is_clean(&emf_of(&[record(OBJECT, IMAGE << 8, &raw)])));
        let inner = holding(PNG);
        let held = [words(&[0xDBC0_1002, 2, 4, 9]), inner].concat();
        assert!(is_clean(&emf_of(&[record(OBJECT, IMAGE << 8, &held)])));
        // In pieces, the first with the head.
        let whole = bitmap(PNG);
        let piece = |data: &[u8]| [words(&[40]), data.to_vec()].concat();
        let pieces = [
            record(OBJECT, IMAGE << 8 | GOES_ON, &piece(&whole[..20])),
            record(OBJECT, IMAGE << 8 | GOES_ON, &piece(&whole[20..])),
        ];
        assert!(is_clean(&emf_of(&pieces)));
        assert!(is_one(&[1, 0, 9, 0, 0, 3]) && is_clean(&[1, 0, 9, 0, 0, 3]));
    }

    #[test]
    fn a_drawing_within_is_found_however_it_is_cut_and_wrapped() {
        let drawing = b" <?xml version='1.0'?><!-- as plain or packed -->";
        assert!(!is_clean(&holding(drawing)));
        assert!(!is_clean(&holding(&[0x1F, 0x8B, 8, 0])));
        let held = [words(&[0xDBC0_1002, 2, 4, 9]), drawing.to_vec()].concat();
        assert!(!is_clean(&emf_of(&[record(OBJECT, IMAGE << 8, &held)])));
        let brush = [words(&[0xDBC0_1002, 2, 0, 0]), bitmap(drawing)].concat();
        assert!(!is_clean(&emf_of(&[record(OBJECT, BRUSH << 8, &brush)])));
        // Twice a picture of the same name, the first of points: the second counts too.
        let piece = |data: &[u8]| [words(&[40]), data.to_vec()].concat();
        let on = IMAGE << 8 | GOES_ON;
        let evil = bitmap(drawing);
        let pieces = [
            record(OBJECT, on, &piece(&bitmap(PNG))),
            record(0x4002, 0, &[]),
            record(OBJECT, on, &piece(&evil[..9])),
            record(OBJECT, on, &piece(&evil[9..])),
        ];
        assert!(!is_clean(&emf_of(&pieces)));
        // In an EMF in an EMF, in an EMF in a WMF, in other formats.
        let inner = [words(&[0xDBC0_1002, 2, 4, 9]), holding(drawing)].concat();
        assert!(!is_clean(&emf_of(&[record(OBJECT, IMAGE << 8, &inner)])));
        let mut wmf = vec![1, 0, 9, 0, 0, 3];
        for piece in holding(drawing).chunks(30) {
            wmf.extend(b"WMFC");
            wmf.extend([0; 18]);
            wmf.extend(words(&[u32::try_from(piece.len()).unwrap(), 0, 0]));
            wmf.extend(piece);
        }
        assert!(!is_clean(&wmf));
        let mut many = emf_of(&[]);
        many.splice(108..108, words(&[COMMENT, 20, 8, PUBLIC, MANY_FORMATS]));
        assert!(!is_clean(&many));
    }

    #[test]
    fn metafiles_in_metafiles_have_an_end() {
        let mut file = holding(PNG);
        for _ in 0..DEEPEST {
            let held = [words(&[0xDBC0_1002, 2, 4, 9]), file].concat();
            file = emf_of(&[record(OBJECT, IMAGE << 8, &held)]);
        }
        assert!(is_clean(&file));
        let held = [words(&[0xDBC0_1002, 2, 4, 9]), file].concat();
        assert!(!is_clean(&emf_of(&[record(OBJECT, IMAGE << 8, &held)])));
        let one = [words(&[0xDBC0_1002, 2, 4, 9]), emf_of(&[])].concat();
        let many = vec![record(OBJECT, IMAGE << 8, &one); MOST_HELD];
        assert!(!is_clean(&emf_of(&many)));
    }
}
