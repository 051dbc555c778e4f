//! From places on the earth to places on a picture: the office's own map as SVG, without any map from elsewhere.

use std::fmt::Write as _;

use pingyi_app::record::geo::{Bounds, Place, Shape, narrowing};

/// Width of every picture in its own units; the browser scales it.
pub const WIDTH: i64 = 10_000;
/// Free space around what is drawn, in hundredths of its size.
const MARGIN: i64 = 4;
/// A picture is at most so high, and at least.
const HEIGHTS: (i64, i64) = (4_000, 9_000);

/// What part of the earth a picture shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Frame {
    /// Western edge in millionths of a degree.
    pub west: i64,
    /// Northern edge in millionths of a degree.
    pub north: i64,
    /// How much shorter a degree of longitude is, in billionths.
    pub narrowing: i64,
    /// Millionths of a degree of latitude from edge to edge.
    pub span: i64,
    /// Height in the picture's units.
    pub height: i64,
}

impl Frame {
    /// The picture around a box.
    #[must_use]
    pub fn around(bounds: Bounds) -> Self {
        let middle = i64::midpoint(bounds.least.lat, bounds.most.lat);
        let narrowing = narrowing(middle).max(1);
        // A single place still needs some earth around it: a hundredth of a degree.
        let least = 10_000;
        let wide = ((bounds.most.lon - bounds.least.lon) * narrowing / 1_000_000_000).max(least);
        let high = (bounds.most.lat - bounds.least.lat).max(least);
        let room = |size: i64| size * (100 + 2 * MARGIN) / 100;
        let (wide, high) = (room(wide), room(high));
        // A narrow and high piece gets more earth on both sides, so that the page does not become a tower.
        let span = wide.max(high * WIDTH / HEIGHTS.1);
        let height = (high * WIDTH / span).max(HEIGHTS.0);
        let tall = height * span / WIDTH;
        let across = span * 1_000_000_000 / narrowing;
        Self {
            west: i64::midpoint(bounds.least.lon, bounds.most.lon) - across / 2,
            north: middle + tall / 2,
            narrowing,
            span,
            height,
        }
    }

    /// From the left edge.
    #[must_use]
    pub fn x(&self, place: Place) -> i64 {
        (place.lon - self.west) * self.narrowing / 1_000_000_000 * WIDTH / self.span
    }

    /// From the upper edge.
    #[must_use]
    pub fn y(&self, place: Place) -> i64 {
        (self.north - place.lat) * WIDTH / self.span
    }

    /// The lines of a drawing, for the attribute `d`; holes are cut out by the even-odd rule.
    #[must_use]
    pub fn path(&self, shape: &Shape) -> String {
        let mut path = String::new();
        for ring in shape.rings() {
            for (at, place) in ring.iter().enumerate() {
                let letter = if at == 0 { 'M' } else { 'L' };
                // Writing to a String cannot fail.
                let _ = write!(path, "{letter}{} {}", self.x(*place), self.y(*place));
            }
            path.push('Z');
        }
        path
    }

    /// A place in percent of width and height, to one decimal, half up.
    #[must_use]
    pub fn percent(&self, place: Place) -> (String, String) {
        let tenths = |n: i64, of: i64| {
            let n = (n * 2000 + of).div_euclid(2 * of);
            format!("{}.{}", n / 10, n.abs() % 10)
        };
        (
            tenths(self.x(place), WIDTH),
            tenths(self.y(place), self.height),
        )
    }

    /// The attribute `viewBox`.
    #[must_use]
    pub fn view_box(&self) -> String {
        format!("0 0 {WIDTH} {}", self.height)
    }
}

/// A shape of the picture without colour: an outline to find one's way by.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outline {
    /// Name.
    pub name: String,
    /// Lines.
    pub path: String,
    /// Place of the name, percent.
    pub at: (String, String),
    /// Middle of the upper edge, percent: the name's place where others lie inside.
    pub top: (String, String),
}

impl Outline {
    /// A drawing in a frame.
    #[must_use]
    pub fn of(frame: &Frame, name: &str, shape: &Shape) -> Self {
        let middle = shape.middle().map(|place| frame.percent(place));
        let top = shape.bounds().map(|bounds| Place {
            lon: i64::midpoint(bounds.least.lon, bounds.most.lon),
            lat: bounds.most.lat,
        });
        Self {
            name: name.to_owned(),
            path: frame.path(shape),
            at: middle.unwrap_or_default(),
            top: top.map(|place| frame.percent(place)).unwrap_or_default(),
        }
    }
}

/// The box around several drawings.
#[must_use]
pub fn around<'a>(shapes: impl IntoIterator<Item = &'a Shape>) -> Option<Bounds> {
    shapes
        .into_iter()
        .filter_map(Shape::bounds)
        .reduce(Bounds::with)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(lon: i64, lat: i64) -> Place {
        Place { lon, lat }
    }

    #[test]
    fn north_is_up_and_everything_lies_in_the_picture() {
        let shape = Shape::of(vec![
            at(114_100_000, 22_680_000),
            at(114_180_000, 22_680_000),
            at(114_180_000, 22_720_000),
            at(114_100_000, 22_720_000),
        ]);
        let frame = Frame::around(shape.bounds().unwrap());
        let (south, north) = (at(114_140_000, 22_680_000), at(114_140_000, 22_720_000));
        assert!(frame.y(north) < frame.y(south));
        for place in shape.rings().flatten() {
            let (x, y) = (frame.x(*place), frame.y(*place));
            assert!(
                (0..=WIDTH).contains(&x) && (0..=frame.height).contains(&y),
                "{x} {y}"
            );
        }
        // 0.08° wide at 22.7° north and 0.04° high: 1.845 to 1.
        let (wide, high) = (
            frame.x(at(114_180_000, 0)) - frame.x(at(114_100_000, 0)),
            frame.y(south) - frame.y(north),
        );
        assert!(
            (1_840..=1_850).contains(&(wide * 1000 / high)),
            "{wide} {high}"
        );
        assert_eq!(
            frame.percent(at(114_140_000, 22_700_000)),
            ("50.0".to_owned(), "50.0".to_owned())
        );
        assert!(frame.path(&shape).starts_with('M') && frame.path(&shape).ends_with('Z'));
    }

    #[test]
    fn a_single_place_and_a_tower_have_a_picture() {
        let point = Bounds {
            least: at(0, 0),
            most: at(0, 0),
        };
        let frame = Frame::around(point);
        assert_eq!(
            frame.percent(at(0, 0)),
            ("50.0".to_owned(), "50.0".to_owned())
        );
        let tower = Bounds {
            least: at(0, 0),
            most: at(10, 80_000_000),
        };
        assert!(Frame::around(tower).height <= HEIGHTS.1);
        let band = Bounds {
            least: at(0, 0),
            most: at(80_000_000, 10),
        };
        assert!(Frame::around(band).height >= HEIGHTS.0);
    }
}
