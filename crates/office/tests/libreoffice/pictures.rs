//! Pages as coarse pictures, compared with the ones in `golden/`, which people have looked at.
//!
//! Versions of `LibreOffice` differ in edges, kerning and hairlines, so what is compared is what a person sees from two
//! metres: how many pages, their size, and how dark each field of about 3 × 3 mm is. A missing paragraph, a table that
//! moved, a heading on another page are seen; a font's hinting is not. What is written is compared apart, as text.
//!
//! `UPDATE_GOLDEN=1 cargo test -p pingyi-office --test libreoffice` writes them anew; then look at each of them.

use std::path::{Path, PathBuf};

use hayro::hayro_interpret::InterpreterSettings;
use hayro::hayro_syntax::Pdf;
use hayro::vello_cpu::color::palette::css::WHITE;
use hayro::{RenderCache, RenderSettings, render};
use image::GrayImage;
use image::imageops::{FilterType, resize};

/// Points of a page for one field.
const FIELD: u32 = 8;
/// Two fields further apart than this are different.
const NEAR: u8 = 56;
/// So many fields of a thousand may differ.
const FEW: usize = 12;
/// How far all fields of a page may be apart on average.
const MEAN: f64 = 4.0;

/// The pages of a PDF, coarse.
pub fn pages(pdf: &[u8]) -> Vec<GrayImage> {
    let pdf = Pdf::new(pdf.to_vec()).unwrap_or_else(|error| panic!("no PDF: {error:?}"));
    let (cache, settings) = (RenderCache::new(), InterpreterSettings::default());
    let look = RenderSettings {
        bg_color: WHITE,
        ..RenderSettings::default()
    };
    let coarse = |page| {
        let pixels = render(page, &cache, &settings, &look);
        let (width, height) = (u32::from(pixels.width()), u32::from(pixels.height()));
        let greys = pixels.data().iter().map(|pixel| {
            let [red, green, blue] = [pixel.r, pixel.g, pixel.b].map(u32::from);
            u8::try_from((red * 30 + green * 59 + blue * 11) / 100).unwrap()
        });
        let fine = GrayImage::from_vec(width, height, greys.collect()).unwrap();
        resize(&fine, width / FIELD, height / FIELD, FilterType::Triangle)
    };
    pdf.pages().iter().map(coarse).collect()
}

/// Whether two pages look alike; if not, how far they are apart.
pub fn alike(one: &GrayImage, other: &GrayImage) -> Result<(), String> {
    if one.dimensions() != other.dimensions() {
        return Err(format!(
            "{:?} is not {:?}",
            one.dimensions(),
            other.dimensions()
        ));
    }
    let apart: Vec<u8> = one
        .iter()
        .zip(other.iter())
        .map(|(one, other)| one.abs_diff(*other))
        .collect();
    let different = apart.iter().filter(|&&apart| apart > NEAR).count();
    let sum: u32 = apart.iter().map(|&apart| u32::from(apart)).sum();
    let mean = f64::from(sum) / f64::from(u32::try_from(apart.len()).unwrap());
    if different * 1000 > apart.len() * FEW || mean > MEAN {
        return Err(format!(
            "{different} of {} fields differ, {mean:.2} on average",
            apart.len()
        ));
    }
    Ok(())
}

/// Compares all pages with those kept.
pub fn compare(name: &str, pdf: &[u8]) {
    let golden = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden");
    let path = |page: usize| -> PathBuf { golden.join(format!("{name}-{page}.png")) };
    let update = std::env::var_os("UPDATE_GOLDEN").is_some();
    let pages = pages(pdf);
    for (page, made) in (1..).zip(&pages) {
        if update {
            made.save(path(page)).unwrap();
            continue;
        }
        let kept = image::open(path(page)).unwrap_or_else(|error| panic!("{name}-{page}: {error}"));
        if let Err(apart) = alike(&kept.to_luma8(), made) {
            let found = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("{name}-{page}.png"));
            made.save(&found).unwrap();
            panic!(
                "{name}-{page}: {apart}; what was made is {}",
                found.display()
            );
        }
    }
    let more = path(pages.len() + 1);
    if update {
        let _ = std::fs::remove_file(more);
    } else {
        assert!(
            !more.exists(),
            "{name} has {} pages, one less than it had",
            pages.len()
        );
    }
}
