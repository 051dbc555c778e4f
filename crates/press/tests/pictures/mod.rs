//! Pages as pictures: compared with the ones in `golden/`, which people have looked at.
//!
//! `UPDATE_GOLDEN=1 cargo test -p pingyi-press` writes them anew; then look at each of them.

use std::fs;
use std::path::{Path, PathBuf};

use typst::layout::{Frame, FrameItem, Point};
use typst_layout::PagedDocument;
use typst_render::RenderOptions;

/// Two greys further apart than this are different.
const NEAR: u8 = 48;
/// So many pixels of ten thousand may differ: another version of a font moves edges, not lines.
const FEW: usize = 20;

/// A page in greys.
struct Picture {
    width: u32,
    height: u32,
    greys: Vec<u8>,
}

fn picture(page: &typst_layout::Page) -> Picture {
    let options = RenderOptions {
        pixel_per_pt: 1.0.into(),
        ..RenderOptions::default()
    };
    let pixmap = typst_render::render(page, &options);
    let grey = |pixel: &[u8]| {
        let [red, green, blue] = [0, 1, 2].map(|channel| u32::from(pixel[channel]));
        u8::try_from((red * 30 + green * 59 + blue * 11) / 100).unwrap()
    };
    Picture {
        width: pixmap.width(),
        height: pixmap.height(),
        greys: pixmap.data().chunks_exact(4).map(grey).collect(),
    }
}

fn write(path: &Path, picture: &Picture) {
    let file = std::io::BufWriter::new(fs::File::create(path).unwrap());
    let mut encoder = png::Encoder::new(file, picture.width, picture.height);
    encoder.set_color(png::ColorType::Grayscale);
    encoder.set_depth(png::BitDepth::Eight);
    encoder.set_compression(png::Compression::High);
    let mut writer = encoder.write_header().unwrap();
    writer.write_image_data(&picture.greys).unwrap();
}

fn read(path: &Path) -> Option<Picture> {
    let file = std::io::BufReader::new(fs::File::open(path).ok()?);
    let mut reader = png::Decoder::new(file).read_info().unwrap();
    let mut greys = vec![0; reader.output_buffer_size().unwrap()];
    let info = reader.next_frame(&mut greys).unwrap();
    assert_eq!(info.color_type, png::ColorType::Grayscale);
    Some(Picture {
        width: info.width,
        height: info.height,
        greys,
    })
}

fn differing(one: &Picture, other: &Picture) -> usize {
    let pairs = one.greys.iter().zip(&other.greys);
    pairs
        .filter(|(one, other)| one.abs_diff(**other) > NEAR)
        .count()
}

/// Compares all pages with those kept.
pub fn compare(name: &str, document: &PagedDocument) {
    let golden = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden");
    let update = std::env::var_os("UPDATE_GOLDEN").is_some();
    let path = |page: usize| -> PathBuf { golden.join(format!("{name}-{page}.png")) };
    let pages = document.pages();
    for (at, page) in pages.iter().enumerate() {
        let (made, path) = (picture(page), path(at + 1));
        if update {
            write(&path, &made);
            continue;
        }
        let kept = read(&path).unwrap_or_else(|| panic!("{} is not there", path.display()));
        let size = (made.width, made.height) == (kept.width, kept.height);
        let differ = if size {
            differing(&made, &kept)
        } else {
            usize::MAX
        };
        if differ > made.greys.len() / 10_000 * FEW {
            let found = Path::new(env!("CARGO_TARGET_TMPDIR")).join(path.file_name().unwrap());
            write(&found, &made);
            panic!(
                "{} differs in {differ} pixels; what was made is {}",
                path.display(),
                found.display()
            );
        }
    }
    let more = path(pages.len() + 1);
    if update {
        let _ = fs::remove_file(more);
    } else {
        assert!(
            !more.exists(),
            "{} has a page more",
            path(pages.len() + 1).display()
        );
    }
}

/// Nothing stands outside its page.
pub fn inside(name: &str, document: &PagedDocument) {
    for (at, page) in document.pages().iter().enumerate() {
        let size = page.frame.size();
        walk(&page.frame, Point::zero(), &mut |text, at_point| {
            let right = at_point.x + text.width();
            let slack = typst::layout::Abs::pt(0.5);
            // What is turned (the mark behind the page) has a place of its own.
            assert!(
                right <= size.x + slack && at_point.y <= size.y + slack && at_point.x >= -slack,
                "{name}, page {}: {} leaves the page",
                at + 1,
                text.text
            );
        });
    }
}

fn walk(frame: &Frame, origin: Point, see: &mut impl FnMut(&typst::text::TextItem, Point)) {
    for (place, item) in frame.items() {
        match item {
            FrameItem::Group(group) if group.transform.is_identity() => {
                walk(&group.frame, origin + *place, see);
            }
            FrameItem::Group(group) if group.transform.is_only_translate() => {
                let moved = Point::new(group.transform.tx, group.transform.ty);
                walk(&group.frame, origin + *place + moved, see);
            }
            FrameItem::Text(text) => see(text, origin + *place),
            _ => {}
        }
    }
}

/// All the text of a document.
pub fn text(document: &PagedDocument) -> String {
    document
        .pages()
        .iter()
        .map(|page| text_of(&page.frame))
        .collect()
}

/// The text of a frame, in the order it is drawn.
pub fn text_of(frame: &Frame) -> String {
    let mut found = String::new();
    for (_, item) in frame.items() {
        match item {
            FrameItem::Group(group) => found.push_str(&text_of(&group.frame)),
            FrameItem::Text(text) => found.push_str(&text.text),
            _ => {}
        }
    }
    found
}
