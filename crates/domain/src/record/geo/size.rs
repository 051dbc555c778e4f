//! How large a drawing is, in whole numbers.

use super::{Place, Shape, sides};

/// Fixed point of the cosine.
const ONE: i128 = 1_000_000_000_000;
/// Square of the length of a millionth of a degree on a sphere of 6,371,008.8 m, in 10⁻¹³ m².
const SQUARE: i128 = 123_643_458_681;

/// Cosine of a latitude in millionths of a degree, in units of [`ONE`]: the series, until its terms vanish.
pub(super) fn cosine(lat: i64) -> i128 {
    // A millionth of a degree is 17,453.292520 × 10⁻¹² of the radius.
    let angle = i128::from(lat) * 17_453_292_520 / 1_000_000;
    let square = angle * angle / ONE;
    let (mut sum, mut term, mut n) = (ONE, ONE, 0);
    while term != 0 {
        term = -term * square / ONE / ((n + 1) * (n + 2));
        sum += term;
        n += 2;
    }
    sum.max(0)
}

/// Twice the area of a ring in square millionths of a degree. From its first corner, so that the numbers stay small.
fn doubled(ring: &[Place]) -> i128 {
    let Some(first) = ring.first() else { return 0 };
    let part = |(a, b): (Place, Place)| {
        i128::from(a.lon - first.lon) * i128::from(b.lat - first.lat)
            - i128::from(b.lon - first.lon) * i128::from(a.lat - first.lat)
    };
    sides(ring).map(part).sum::<i128>().abs()
}

/// Square metres, half up: on a sphere, with the scale of the middle latitude, which for a few kilometres is true to a
/// millionth.
pub(super) fn square_metres(shape: &Shape) -> i64 {
    let Some(bounds) = shape.bounds() else {
        return 0;
    };
    let middle = i64::midpoint(bounds.least.lat, bounds.most.lat);
    let of = |outline: &[Place], holes: &[Vec<Place>]| {
        doubled(outline) - holes.iter().map(|hole| doubled(hole)).sum::<i128>()
    };
    let all: i128 = shape
        .polygons
        .iter()
        .map(|one| of(&one.outline, &one.holes))
        .sum();
    let scaled = all.max(0) * SQUARE / 10_000 * cosine(middle);
    // Twice the area, in 10⁻⁹ m² and 10⁻¹² of the cosine.
    let unit = 2 * 1_000_000_000 * ONE;
    i64::try_from((scaled + unit / 2) / unit).unwrap_or(i64::MAX)
}
