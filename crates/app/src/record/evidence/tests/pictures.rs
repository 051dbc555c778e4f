//! Pictures: smaller, upright, without anything beside the points.

use std::io::Cursor;

use image::codecs::jpeg::JpegEncoder;
use image::{DynamicImage, ImageEncoder as _, ImageFormat, Rgb, RgbImage, RgbaImage};

use crate::record::evidence::Refused;
use crate::record::evidence::picture::{LONGEST, SMALL};
use crate::record::evidence::prepare::prepare;

/// What a phone writes beside the points: its make, how it was held, and where (ISO/TIFF, little-endian).
pub(super) fn exif(orientation: u8) -> Vec<u8> {
    let mut out = b"Exif\0\0II*\0\x08\0\0\0".to_vec();
    let entry = |out: &mut Vec<u8>, tag: u16, kind: u16, count: u32, value: [u8; 4]| {
        out.extend(tag.to_le_bytes());
        out.extend(kind.to_le_bytes());
        out.extend(count.to_le_bytes());
        out.extend(value);
    };
    out.extend(3_u16.to_le_bytes());
    entry(&mut out, 0x010F, 2, 4, *b"CAM\0");
    entry(&mut out, 0x0112, 3, 1, [orientation, 0, 0, 0]);
    entry(&mut out, 0x8825, 4, 1, 50_u32.to_le_bytes());
    out.extend(0_u32.to_le_bytes());
    out.extend(1_u16.to_le_bytes());
    entry(&mut out, 0x0001, 2, 2, *b"N\0\0\0");
    out.extend(0_u32.to_le_bytes());
    out
}

/// A JPEG as a phone writes it: an EXIF part, a comment, and the left half red.
pub(super) fn photo(width: u32, height: u32, orientation: u8) -> Vec<u8> {
    let picture = RgbImage::from_fn(width, height, |x, _| {
        if x < width / 2 {
            Rgb([200, 20, 20])
        } else {
            Rgb([20, 20, 200])
        }
    });
    let mut plain = Vec::new();
    JpegEncoder::new_with_quality(&mut plain, 90)
        .encode_image(&picture)
        .unwrap();
    let mut out = plain[..2].to_vec();
    for (marker, body) in [
        (0xE1, exif(orientation)),
        (0xFE, b"taken by somebody".to_vec()),
    ] {
        out.extend([0xFF, marker]);
        out.extend(u16::try_from(body.len() + 2).unwrap().to_be_bytes());
        out.extend(body);
    }
    out.extend(&plain[2..]);
    out
}

/// The markers of a JPEG before its points.
fn markers(jpeg: &[u8]) -> Vec<u8> {
    let (mut at, mut found) = (2, Vec::new());
    while jpeg[at] == 0xFF && jpeg[at + 1] != 0xDA {
        found.push(jpeg[at + 1]);
        at += 2 + usize::from(u16::from_be_bytes([jpeg[at + 2], jpeg[at + 3]]));
    }
    found
}

fn holds(content: &[u8], text: &[u8]) -> bool {
    content.windows(text.len()).any(|part| part == text)
}

#[test]
fn a_photograph_loses_place_and_device_and_is_turned_upright() {
    let sent = photo(3_000, 1_500, 6);
    assert!(holds(&sent, b"Exif") && holds(&sent, b"CAM"));
    let made = prepare("IMG 1.JPEG", sent.clone()).unwrap();
    assert_eq!(
        (made.media, made.name.as_str()),
        ("image/jpeg", "IMG 1.jpg")
    );
    // Turned by a quarter: what was left is above.
    assert_eq!((made.width, made.height), (Some(1_000), Some(2_000)));
    let shown = image::load_from_memory(&made.content).unwrap().to_rgb8();
    assert_eq!(shown.dimensions(), (1_000, LONGEST));
    let (above, below) = (shown.get_pixel(500, 100).0, shown.get_pixel(500, 1_900).0);
    assert!(above[0] > 150 && above[2] < 80, "{above:?}");
    assert!(below[2] > 150 && below[0] < 80, "{below:?}");
    let small = made.small.unwrap();
    let thumb = image::load_from_memory(&small).unwrap();
    assert_eq!((thumb.width(), thumb.height()), (SMALL / 2, SMALL));
    for content in [&made.content, &small] {
        for text in [&b"Exif"[..], b"CAM", b"taken by", b"ICC_PROFILE", b"http"] {
            assert!(!holds(content, text), "{}", String::from_utf8_lossy(text));
        }
        // No application part but JFIF's, no comment.
        let beside: Vec<u8> = markers(content)
            .into_iter()
            .filter(|marker| matches!(marker, 0xE1..=0xEF | 0xFE))
            .collect();
        assert_eq!(beside, [] as [u8; 0]);
    }
    assert_eq!(
        prepare("x", sent).unwrap().content,
        made.content,
        "always the same"
    );
}

#[test]
fn every_way_a_phone_is_held_comes_out_upright() {
    for orientation in 1..=8 {
        let made = prepare("x.jpg", photo(400, 200, orientation)).unwrap();
        let turned = orientation > 4;
        let size = if turned { (200, 400) } else { (400, 200) };
        assert_eq!(
            (made.width.unwrap(), made.height.unwrap()),
            size,
            "{orientation}"
        );
        let shown = image::load_from_memory(&made.content).unwrap().to_rgb8();
        // Where the red half is once the picture is turned.
        let (x, y) = match orientation {
            1 | 4 => (50, 100),
            2 | 3 => (350, 100),
            5 | 6 => (100, 50),
            _ => (100, 350),
        };
        let point = shown.get_pixel(x, y).0;
        assert!(point[0] > 150 && point[2] < 80, "{orientation}: {point:?}");
    }
}

#[test]
fn small_pictures_stay_as_large_as_they_are() {
    let made = prepare("a.jpg", photo(200, 100, 1)).unwrap();
    assert_eq!((made.width, made.height), (Some(200), Some(100)));
    let thumb = image::load_from_memory(&made.small.unwrap()).unwrap();
    assert_eq!((thumb.width(), thumb.height()), (200, 100));
}

#[test]
fn a_screen_stays_sharp_and_what_is_clear_in_it_stays_clear() {
    let clear = RgbaImage::from_pixel(100, 50, image::Rgba([0, 0, 0, 0]));
    let mut sent = Vec::new();
    DynamicImage::from(clear)
        .write_to(&mut Cursor::new(&mut sent), ImageFormat::Png)
        .unwrap();
    let made = prepare("屏幕截图.png", sent).unwrap();
    assert_eq!(
        (made.media, made.name.as_str()),
        ("image/png", "屏幕截图.png")
    );
    let shown = image::load_from_memory(&made.content).unwrap();
    assert!(shown.has_alpha());
    // On white paper in the small one, which is a JPEG.
    let thumb = image::load_from_memory(&made.small.unwrap())
        .unwrap()
        .to_rgb8();
    assert!(thumb.get_pixel(50, 25).0.iter().all(|colour| *colour > 250));
}

#[test]
fn a_photograph_sent_as_png_becomes_a_jpeg_and_a_webp_too() {
    // Noise does not pack: as PNG it would take megabytes.
    let mut seed = 1_u32;
    let noise = RgbImage::from_fn(1_200, 1_000, |_, _| {
        seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        let [_, red, green, blue] = seed.to_be_bytes();
        Rgb([red, green, blue])
    });
    let picture = DynamicImage::from(noise);
    for (format, name) in [(ImageFormat::Png, "a.png"), (ImageFormat::WebP, "a.webp")] {
        let mut sent = Vec::new();
        picture
            .write_to(&mut Cursor::new(&mut sent), format)
            .unwrap();
        let made = prepare(name, sent).unwrap();
        assert_eq!((made.media, made.name.as_str()), ("image/jpeg", "a.jpg"));
        assert!(made.content.starts_with(&[0xFF, 0xD8]));
    }
}

#[test]
fn the_colours_of_a_wide_colour_space_become_those_of_every_screen() {
    let pixel = Rgb([200, 100, 50]);
    let picture = RgbImage::from_pixel(64, 64, pixel);
    let wide = moxcms::ColorProfile::new_display_p3().encode().unwrap();
    let mut sent = Vec::new();
    let mut encoder = JpegEncoder::new_with_quality(&mut sent, 100);
    encoder.set_icc_profile(wide).unwrap();
    encoder.encode_image(&picture).unwrap();
    assert!(holds(&sent, b"ICC_PROFILE"));
    let made = prepare("p3.jpg", sent).unwrap();
    assert!(!holds(&made.content, b"ICC_PROFILE"));
    let shown = image::load_from_memory(&made.content).unwrap().to_rgb8();
    let [red, green, blue] = shown.get_pixel(32, 32).0;
    // The same colour needs more red in the narrower space.
    assert!(red > 208 && green < 98 && blue < 46, "{red} {green} {blue}");
}

/// A PNG that says it is this large and holds nothing.
fn hollow(width: u32, height: u32) -> Vec<u8> {
    let mut out = b"\x89PNG\r\n\x1a\n".to_vec();
    let mut head = b"IHDR".to_vec();
    head.extend(width.to_be_bytes());
    head.extend(height.to_be_bytes());
    head.extend([8, 2, 0, 0, 0]);
    for part in [head, b"IDAT".to_vec(), b"IEND".to_vec()] {
        out.extend(u32::try_from(part.len() - 4).unwrap().to_be_bytes());
        let sum = crc(&part);
        out.extend(part);
        out.extend(sum.to_be_bytes());
    }
    out
}

fn crc(bytes: &[u8]) -> u32 {
    !bytes.iter().fold(u32::MAX, |sum, byte| {
        (0..8).fold(sum ^ u32::from(*byte), |sum, _| {
            (sum >> 1) ^ (0xEDB8_8320 & (sum & 1).wrapping_neg())
        })
    })
}

#[test]
fn a_picture_that_would_burst_memory_is_refused_before_it_is_decoded() {
    for (width, height) in [(60_000, 60_000), (100_000, 700), (8_001, 8_000)] {
        let refused = prepare("bomb.png", hollow(width, height)).unwrap_err();
        assert_eq!(refused, Refused::Pixels, "{width} × {height}");
    }
    // A JPEG says its size in two bytes each.
    let mut bomb = photo(16, 16, 1);
    let at = bomb
        .windows(2)
        .position(|part| part == [0xFF, 0xC0])
        .unwrap();
    bomb[at + 5..at + 9].copy_from_slice(&[0xFF, 0xFF, 0xFF, 0xFF]);
    assert_eq!(prepare("bomb.jpg", bomb).unwrap_err(), Refused::Pixels);
    let damaged = hollow(100, 100);
    assert_eq!(prepare("x.png", damaged).unwrap_err(), Refused::Damaged);
    let mut cut = photo(400, 300, 1);
    cut.truncate(200);
    assert_eq!(prepare("x.jpg", cut).unwrap_err(), Refused::Damaged);
}

#[test]
fn a_profile_or_orientation_that_is_nonsense_is_left_aside() {
    let picture = RgbImage::from_pixel(40, 20, Rgb([10, 20, 30]));
    let mut sent = Vec::new();
    let mut encoder = JpegEncoder::new_with_quality(&mut sent, 90);
    encoder.set_icc_profile(vec![7; 300]).unwrap();
    encoder.encode_image(&picture).unwrap();
    let made = prepare("x.jpg", sent).unwrap();
    assert_eq!((made.width, made.height), (Some(40), Some(20)));
    let odd = prepare("x.jpg", photo(40, 20, 77)).unwrap();
    assert_eq!((odd.width, odd.height), (Some(40), Some(20)));
}
