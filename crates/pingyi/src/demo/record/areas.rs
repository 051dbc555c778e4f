//! A made-up map: a plain outline for each of the nine parks, and places for the made-up firms inside them. Where the
//! parks really lie was not published, so every drawing is marked as a sample.

use pingyi_app::record::geo::{Place, Shape};

use super::book::{Book, row};
use super::units::{PARKS, Tree};

/// Corners in ten-thousandths of a degree, in the order of [`PARKS`].
const OUTLINES: [&[(i64, i64)]; 9] = [
    &[
        (1_140_960, 226_690),
        (1_141_160, 226_640),
        (1_141_220, 226_800),
        (1_141_080, 226_880),
        (1_140_930, 226_820),
    ],
    &[
        (1_141_290, 226_650),
        (1_141_440, 226_660),
        (1_141_460, 226_830),
        (1_141_330, 226_860),
        (1_141_260, 226_760),
    ],
    &[
        (1_140_900, 226_940),
        (1_141_030, 226_930),
        (1_141_050, 227_050),
        (1_140_920, 227_070),
    ],
    &[
        (1_141_120, 226_930),
        (1_141_260, 226_930),
        (1_141_250, 227_060),
        (1_141_180, 227_030),
        (1_141_110, 227_060),
    ],
    &[
        (1_140_920, 227_130),
        (1_141_060, 227_120),
        (1_141_080, 227_250),
        (1_140_980, 227_290),
        (1_140_900, 227_230),
    ],
    &[
        (1_141_330, 226_920),
        (1_141_470, 226_940),
        (1_141_460, 227_060),
        (1_141_340, 227_050),
    ],
    &[
        (1_141_150, 227_120),
        (1_141_280, 227_130),
        (1_141_270, 227_270),
        (1_141_140, 227_250),
    ],
    &[
        (1_141_530, 226_690),
        (1_141_660, 226_720),
        (1_141_640, 226_860),
        (1_141_520, 226_840),
    ],
    &[
        (1_141_360, 227_120),
        (1_141_500, 227_120),
        (1_141_540, 227_220),
        (1_141_430, 227_280),
        (1_141_350, 227_220),
    ],
];

/// The subdistrict as a whole, to find one's way by.
const AROUND: &[(i64, i64)] = &[
    (1_140_840, 226_600),
    (1_141_200, 226_560),
    (1_141_700, 226_620),
    (1_141_720, 226_900),
    (1_141_600, 227_260),
    (1_141_300, 227_360),
    (1_140_920, 227_350),
    (1_140_820, 227_000),
];

fn shape(corners: &[(i64, i64)]) -> Shape {
    let place = |(lon, lat): &(i64, i64)| Place {
        lon: lon * 100,
        lat: lat * 100,
    };
    Shape::of(corners.iter().map(place).collect())
}

/// The drawing of a park by its place in [`PARKS`].
fn park(at: usize) -> Shape {
    OUTLINES
        .get(at)
        .map(|corners| shape(corners))
        .unwrap_or_default()
}

/// Longitude and latitude of a made-up firm of a park. Every twentieth has none, as in a real register.
pub(super) fn place(at: usize, number: i64) -> (Option<i64>, Option<i64>) {
    inside(at, number)
        .map(|place| (place.lon, place.lat))
        .unzip()
}

/// Spread evenly by its number, inside the drawing.
fn inside(at: usize, number: i64) -> Option<Place> {
    if number % 20 == 0 {
        return None;
    }
    let shape = park(at);
    let bounds = shape.bounds()?;
    let (wide, high) = (
        bounds.most.lon - bounds.least.lon,
        bounds.most.lat - bounds.least.lat,
    );
    // Multiples of the golden section, and of another irrational share, never fall into lines.
    (0..50).find_map(|again| {
        let step = number * 50 + again;
        let place = Place {
            lon: bounds.least.lon + step * 618_034 % 1_000_000 * wide / 1_000_000,
            lat: bounds.least.lat + step * 754_878 % 1_000_000 * high / 1_000_000,
        };
        shape.holds(place).then_some(place)
    })
}

/// The drawings.
pub(super) fn fill(book: &mut Book, tree: &Tree) {
    let mut draw = |unit: Option<&str>, name: &str, shape: &Shape| {
        let id = book.id();
        book.put("areas", row![id, 1, unit, name, shape.to_geojson(), 1, ""]);
    };
    draw(None, "平湖街道（样例轮廓）", &shape(AROUND));
    for (at, ((name, ..), unit)) in PARKS.iter().zip(&tree.parks).enumerate() {
        draw(Some(unit), name, &park(at));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parks_lie_apart_and_their_firms_inside() {
        let around = shape(AROUND);
        for at in 0..PARKS.len() {
            let own = park(at);
            assert!(
                own.rings().flatten().all(|corner| around.holds(*corner)),
                "{at}"
            );
            for other in (0..PARKS.len()).filter(|other| *other != at) {
                let other = park(other);
                assert!(
                    !own.rings().flatten().any(|corner| other.holds(*corner)),
                    "{at}"
                );
            }
            let places: Vec<Place> = (1..200).filter_map(|number| inside(at, number)).collect();
            assert_eq!(places.len(), 190, "{at}");
            assert!(places.iter().all(|place| own.holds(*place)));
        }
    }
}
