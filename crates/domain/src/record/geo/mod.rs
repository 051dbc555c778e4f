//! Plain geometry of the office's own map (contract §5): places in millionths of a degree, polygons with holes, whole
//! numbers throughout, so that whether a firm lies inside is never a matter of rounding.

mod geojson;
mod size;

#[cfg(test)]
mod tests;

pub use geojson::{Feature, GeoProblem, MOST_BYTES, MOST_FEATURES, MOST_PLACES, read};

/// A place on the earth in millionths of a degree (about 11 cm).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Place {
    /// East of Greenwich; −180,000,000 to 180,000,000.
    pub lon: i64,
    /// North of the equator; −90,000,000 to 90,000,000.
    pub lat: i64,
}

/// A closed line: its corners in order, the first one not repeated at the end. At least three.
pub type Ring = Vec<Place>;

/// A polygon: its outline, then its holes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Polygon {
    /// The line around it.
    pub outline: Ring,
    /// The lines around what is cut out of it.
    pub holes: Vec<Ring>,
}

/// One or more polygons that belong together.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Shape {
    /// The polygons.
    pub polygons: Vec<Polygon>,
}

/// The smallest upright box around something.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Bounds {
    /// South-west corner.
    pub least: Place,
    /// North-east corner.
    pub most: Place,
}

/// Twice the area of the triangle of three places; above 0 when they turn to the left. Differences are at most
/// 360,000,000 by 180,000,000, so the product fits.
const fn turn(a: Place, b: Place, c: Place) -> i64 {
    (b.lon - a.lon) * (c.lat - a.lat) - (b.lat - a.lat) * (c.lon - a.lon)
}

const fn between(a: i64, b: i64, x: i64) -> bool {
    (a <= x && x <= b) || (b <= x && x <= a)
}

/// Whether a place lies on the line from one to another, its ends too.
const fn on_line(a: Place, b: Place, place: Place) -> bool {
    turn(a, b, place) == 0 && between(a.lon, b.lon, place.lon) && between(a.lat, b.lat, place.lat)
}

/// Whether two lines have a place in common.
const fn lines_meet(a: Place, b: Place, c: Place, d: Place) -> bool {
    let (one, two) = (turn(a, b, c).signum(), turn(a, b, d).signum());
    let (three, four) = (turn(c, d, a).signum(), turn(c, d, b).signum());
    (one != two && three != four)
        || on_line(a, b, c)
        || on_line(a, b, d)
        || on_line(c, d, a)
        || on_line(c, d, b)
}

/// The sides of a ring, the last one back to the beginning.
fn sides(ring: &[Place]) -> impl Iterator<Item = (Place, Place)> + '_ {
    let ends = ring.iter().skip(1).chain(ring.first());
    ring.iter().copied().zip(ends.copied())
}

/// Where a place is to a ring.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Side {
    Inside,
    Edge,
    Outside,
}

/// A ray to the east crosses the ring an odd number of times from inside. A corner counts for the side that goes up
/// from it only, so that a ray through a corner is counted once or not at all.
fn side_of(ring: &[Place], place: Place) -> Side {
    let mut inside = false;
    for (a, b) in sides(ring) {
        if on_line(a, b, place) {
            return Side::Edge;
        }
        if (a.lat > place.lat) != (b.lat > place.lat) {
            let turn = turn(a, b, place);
            if (turn > 0) == (b.lat > a.lat) {
                inside = !inside;
            }
        }
    }
    if inside { Side::Inside } else { Side::Outside }
}

/// Whether a ring crosses or touches itself: sides that are no neighbours have a place in common, or neighbours run
/// back over each other.
fn crosses_itself(ring: &[Place]) -> bool {
    let sides: Vec<(Place, Place)> = sides(ring).collect();
    let count = sides.len();
    for (at, (a, b)) in sides.iter().enumerate() {
        for (other, (c, d)) in sides.iter().enumerate().skip(at + 1) {
            let next = other == at + 1;
            let around = at == 0 && other == count - 1;
            let meets = if next {
                on_line(*a, *b, *d) || on_line(*c, *d, *a)
            } else if around {
                on_line(*a, *b, *c) || on_line(*c, *d, *b)
            } else {
                lines_meet(*a, *b, *c, *d)
            };
            if meets {
                return true;
            }
        }
    }
    false
}

impl Polygon {
    /// Whether a place is in it. Every edge is in, also that of a hole.
    #[must_use]
    pub fn holds(&self, place: Place) -> bool {
        match side_of(&self.outline, place) {
            Side::Outside => false,
            Side::Edge => true,
            Side::Inside => !self
                .holes
                .iter()
                .any(|hole| side_of(hole, place) == Side::Inside),
        }
    }
}

impl Shape {
    /// One polygon without holes.
    #[must_use]
    pub fn of(outline: Ring) -> Self {
        Self {
            polygons: vec![Polygon {
                outline,
                holes: Vec::new(),
            }],
        }
    }

    /// Whether a place is in one of its polygons, or on an edge.
    #[must_use]
    pub fn holds(&self, place: Place) -> bool {
        self.polygons.iter().any(|polygon| polygon.holds(place))
    }

    /// All rings: outlines and holes.
    pub fn rings(&self) -> impl Iterator<Item = &Ring> {
        self.polygons
            .iter()
            .flat_map(|one| std::iter::once(&one.outline).chain(&one.holes))
    }

    /// The box around it; none without corners.
    #[must_use]
    pub fn bounds(&self) -> Option<Bounds> {
        Bounds::around(self.rings().flatten().copied())
    }

    /// A place inside it for its name, near the middle of its first outline; none without corners.
    #[must_use]
    pub fn middle(&self) -> Option<Place> {
        let outline = &self.polygons.first()?.outline;
        let bounds = Bounds::around(outline.iter().copied())?;
        let middle = Place {
            lon: i64::midpoint(bounds.least.lon, bounds.most.lon),
            lat: i64::midpoint(bounds.least.lat, bounds.most.lat),
        };
        if self.holds(middle) {
            return Some(middle);
        }
        // Along the middle parallel: the middle of the widest stretch inside.
        let mut cuts: Vec<i64> = sides(outline)
            .filter(|(a, b)| (a.lat > middle.lat) != (b.lat > middle.lat))
            .map(|(a, b)| a.lon + (b.lon - a.lon) * (middle.lat - a.lat) / (b.lat - a.lat))
            .collect();
        cuts.sort_unstable();
        let widest = cuts
            .chunks_exact(2)
            .max_by_key(|pair| pair[1] - pair[0])
            .map(|pair| i64::midpoint(pair[0], pair[1]));
        let found = Place {
            lon: widest.unwrap_or(middle.lon),
            lat: middle.lat,
        };
        // A stretch thinner than a millionth of a degree: then a corner, which is in by definition.
        if self.holds(found) {
            Some(found)
        } else {
            outline.first().copied()
        }
    }

    /// Its size in square metres, half up. Holes are taken off; polygons must not lie over each other.
    #[must_use]
    pub fn square_metres(&self) -> i64 {
        size::square_metres(self)
    }
}

impl Bounds {
    /// The box around places; none without any.
    #[must_use]
    pub fn around(places: impl IntoIterator<Item = Place>) -> Option<Self> {
        places.into_iter().fold(None, |bounds, place| {
            let bounds = bounds.unwrap_or(Self {
                least: place,
                most: place,
            });
            Some(Self {
                least: Place {
                    lon: bounds.least.lon.min(place.lon),
                    lat: bounds.least.lat.min(place.lat),
                },
                most: Place {
                    lon: bounds.most.lon.max(place.lon),
                    lat: bounds.most.lat.max(place.lat),
                },
            })
        })
    }

    /// The box around both.
    #[must_use]
    pub fn with(self, other: Self) -> Self {
        let corners = [self.least, self.most, other.least, other.most];
        Self::around(corners).unwrap_or(self)
    }
}

/// Cosine of a latitude in billionths, for drawing: a degree of longitude is that much shorter than one of latitude.
#[must_use]
pub fn narrowing(lat: i64) -> i64 {
    i64::try_from(size::cosine(lat) / 1000).unwrap_or(1_000_000_000)
}
