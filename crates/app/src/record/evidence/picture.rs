//! Pictures are decoded and written anew: smaller, upright, in sRGB, and without anything the camera wrote beside the
//! points (place, device, time, a small copy of the picture before it was cut).

use std::io::Cursor;

use image::codecs::jpeg::JpegEncoder;
use image::codecs::png::PngEncoder;
use image::error::LimitErrorKind;
use image::imageops::FilterType;
use image::{
    DynamicImage, ImageDecoder as _, ImageError, ImageFormat, ImageReader, Limits, Rgb, RgbImage,
};
use moxcms::{ColorProfile, DataColorSpace, Layout, TransformOptions};

use super::Refused;

/// Longest side of a picture as it is kept, in points.
pub(super) const LONGEST: u32 = 2_000;
/// Longest side of the small rendition.
pub(super) const SMALL: u32 = 320;
/// The most points a picture may have before it is decoded: phones of today stay below.
pub(super) const MOST_PIXELS: u64 = 64_000_000;
/// What decoding may take, in bytes: the points of the largest picture at eight bytes each.
const MOST_MEMORY: u64 = 8 * MOST_PIXELS;
/// Of JPEG: no difference is seen at arm's length.
const QUALITY: u8 = 85;
const QUALITY_SMALL: u8 = 75;
/// A drawing or a screen stays sharp as PNG; a photograph sent as PNG becomes a JPEG above this size in bytes.
const MOST_PNG: usize = 2 << 20;

/// A picture as it is kept.
#[derive(Debug)]
pub(super) struct Picture {
    pub media: &'static str,
    pub content: Vec<u8>,
    pub small: Vec<u8>,
    pub width: u32,
    pub height: u32,
}

/// Decodes and writes anew.
///
/// # Errors
/// [`Refused::Pixels`] before anything is decoded, [`Refused::Damaged`].
pub(super) fn renew(content: &[u8], format: ImageFormat) -> Result<Picture, Refused> {
    let mut picture = upright(content, format)?;
    let keeps_edges = format == ImageFormat::Png || picture.has_alpha();
    let small = jpeg(&flat(&shrink(&picture, SMALL)), QUALITY_SMALL)?;
    let drawn = if keeps_edges {
        Some(png(&mut picture)?).filter(|drawn| drawn.len() <= MOST_PNG)
    } else {
        None
    };
    let (media, content) = match drawn {
        Some(drawn) => ("image/png", drawn),
        None => ("image/jpeg", jpeg(&flat(&picture), QUALITY)?),
    };
    Ok(Picture {
        media,
        content,
        small,
        width: picture.width(),
        height: picture.height(),
    })
}

/// The picture as it is looked at, at most [`LONGEST`] long, in sRGB.
fn upright(content: &[u8], format: ImageFormat) -> Result<DynamicImage, Refused> {
    let mut reader = ImageReader::with_format(Cursor::new(content), format);
    let mut limits = Limits::default();
    limits.max_alloc = Some(MOST_MEMORY);
    reader.limits(limits);
    let mut decoder = reader.into_decoder()?;
    let (width, height) = decoder.dimensions();
    if u64::from(width) * u64::from(height) > MOST_PIXELS {
        return Err(Refused::Pixels);
    }
    // Neither is worth refusing a picture for.
    let orientation = decoder.orientation().ok();
    let profile = decoder.icc_profile().ok().flatten();
    let mut picture = DynamicImage::from_decoder(decoder)?;
    picture = shrink(&picture, LONGEST);
    if let Some(orientation) = orientation {
        picture.apply_orientation(orientation);
    }
    Ok(match profile {
        Some(profile) => in_srgb(picture, &profile),
        None => picture,
    })
}

/// At most so long, never larger than it was.
fn shrink(picture: &DynamicImage, longest: u32) -> DynamicImage {
    let long = picture.width().max(picture.height());
    if long <= longest {
        return picture.clone();
    }
    if long > 2 * longest {
        // The quick way to twice the size, then the good way: a quarter of the memory.
        let near = picture.thumbnail(2 * longest, 2 * longest);
        return near.resize(longest, longest, FilterType::Lanczos3);
    }
    picture.resize(longest, longest, FilterType::Lanczos3)
}

/// The colours of a camera's own colour space in the one every screen takes for granted; the profile goes. A profile
/// that cannot be read is left aside, as browsers do.
fn in_srgb(picture: DynamicImage, profile: &[u8]) -> DynamicImage {
    let Ok(profile) = ColorProfile::new_from_slice(profile) else {
        return picture;
    };
    if profile.color_space != DataColorSpace::Rgb || !picture.color().has_color() {
        return picture;
    }
    let options = TransformOptions::default();
    let transform =
        |layout| profile.create_transform_8bit(layout, &ColorProfile::new_srgb(), layout, options);
    if picture.has_alpha() {
        let from = picture.to_rgba8();
        let mut to = from.clone();
        let done = transform(Layout::Rgba).and_then(|change| change.transform(&from, &mut to));
        if done.is_ok() { to.into() } else { picture }
    } else {
        let from = picture.to_rgb8();
        let mut to = from.clone();
        let done = transform(Layout::Rgb).and_then(|change| change.transform(&from, &mut to));
        if done.is_ok() { to.into() } else { picture }
    }
}

/// On white paper.
fn flat(picture: &DynamicImage) -> RgbImage {
    if !picture.has_alpha() {
        return picture.to_rgb8();
    }
    let clear = picture.to_rgba8();
    RgbImage::from_fn(clear.width(), clear.height(), |x, y| {
        let [red, green, blue, alpha] = clear.get_pixel(x, y).0;
        let on_white = |colour: u8| {
            let mixed = u32::from(colour) * u32::from(alpha) + 255 * (255 - u32::from(alpha));
            u8::try_from((mixed + 127) / 255).unwrap_or(u8::MAX)
        };
        Rgb([on_white(red), on_white(green), on_white(blue)])
    })
}

fn jpeg(picture: &RgbImage, quality: u8) -> Result<Vec<u8>, Refused> {
    let mut out = Vec::new();
    JpegEncoder::new_with_quality(&mut out, quality).encode_image(picture)?;
    Ok(out)
}

/// With eight bits a colour.
fn png(picture: &mut DynamicImage) -> Result<Vec<u8>, Refused> {
    let eight: DynamicImage = match (picture.color().has_color(), picture.has_alpha()) {
        (true, true) => picture.to_rgba8().into(),
        (true, false) => picture.to_rgb8().into(),
        (false, true) => picture.to_luma_alpha8().into(),
        (false, false) => picture.to_luma8().into(),
    };
    let mut out = Vec::new();
    eight.write_with_encoder(PngEncoder::new(&mut out))?;
    *picture = eight;
    Ok(out)
}

impl From<ImageError> for Refused {
    fn from(error: ImageError) -> Self {
        match error {
            ImageError::Limits(limit)
                if matches!(
                    limit.kind(),
                    LimitErrorKind::DimensionError | LimitErrorKind::InsufficientMemory
                ) =>
            {
                Self::Pixels
            }
            _ => Self::Damaged,
        }
    }
}
