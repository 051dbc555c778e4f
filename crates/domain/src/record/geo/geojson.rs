//! Reading `GeoJSON` (RFC 7946) as the office has it: polygons with names. Everything that is wrong is said at once, each
//! with its place in the file.

use serde_json::Value;

use super::{Place, Polygon, Shape, Side, crosses_itself, side_of};

/// The largest file.
pub const MOST_BYTES: usize = 4 << 20;
/// Most drawings of a file.
pub const MOST_FEATURES: usize = 200;
/// Most corners of a file.
pub const MOST_PLACES: usize = 20_000;
/// Most corners of one ring: each side is compared with each other.
const MOST_OF_RING: usize = 2_000;
/// After so many problems reading stops.
const MOST_PROBLEMS: usize = 50;

/// A drawing of a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Feature {
    /// Its name: the property `name`, `NAME`, `名称` or `title`; empty without.
    pub name: String,
    /// What it looks like.
    pub shape: Shape,
}

/// Something wrong in a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GeoProblem {
    /// Number of the drawing from 1; 0 for the file itself.
    pub feature: usize,
    /// Its name, as far as it has one.
    pub name: String,
    /// The rule's code; the catalogue's text is `rule-` and the code.
    pub rule: &'static str,
}

struct Reader {
    feature: usize,
    name: String,
    places: usize,
    problems: Vec<GeoProblem>,
}

impl Reader {
    fn refuse(&mut self, rule: &'static str) {
        let one = GeoProblem {
            feature: self.feature,
            name: self.name.clone(),
            rule,
        };
        // The same fault a hundred times in one drawing is one fault.
        if !self.problems.contains(&one) {
            self.problems.push(one);
        }
    }

    fn place(&mut self, value: &Value) -> Option<Place> {
        let numbers: Option<Vec<i64>> = value
            .as_array()
            .filter(|list| (2..=3).contains(&list.len()))
            .and_then(|list| list.iter().take(2).map(micro).collect());
        let read = match numbers.as_deref() {
            Some([lon, lat]) if lon.abs() <= 180_000_000 && lat.abs() <= 90_000_000 => {
                Some(Place {
                    lon: *lon,
                    lat: *lat,
                })
            }
            _ => None,
        };
        if read.is_none() {
            self.refuse("geo_place");
        }
        read
    }

    fn ring(&mut self, value: &Value) -> Option<Vec<Place>> {
        let Some(list) = value.as_array() else {
            self.refuse("geo_ring");
            return None;
        };
        self.places += list.len();
        if list.len() > MOST_OF_RING || self.places > MOST_PLACES {
            self.refuse("geo_many_places");
            return None;
        }
        let places: Vec<Option<Place>> = list.iter().map(|one| self.place(one)).collect();
        let mut ring: Vec<Place> = places.into_iter().collect::<Option<_>>()?;
        if ring.len() < 4 {
            self.refuse("geo_short");
            return None;
        }
        if ring.first() != ring.last() {
            self.refuse("geo_open");
            return None;
        }
        ring.pop();
        // Twice the same corner in a row is a habit of drawing programs, not a fault.
        ring.dedup();
        if ring.len() > 1 && ring.first() == ring.last() {
            ring.pop();
        }
        if ring.len() < 3 {
            self.refuse("geo_short");
            return None;
        }
        if crosses_itself(&ring) {
            self.refuse("geo_crossing");
            return None;
        }
        Some(ring)
    }

    fn polygon(&mut self, value: &Value) -> Option<Polygon> {
        let rings = value.as_array().filter(|rings| !rings.is_empty());
        let Some(rings) = rings else {
            self.refuse("geo_ring");
            return None;
        };
        let rings: Vec<Option<Vec<Place>>> = rings.iter().map(|ring| self.ring(ring)).collect();
        let mut rings = rings.into_iter().collect::<Option<Vec<_>>>()?.into_iter();
        let outline = rings.next()?;
        let holes: Vec<Vec<Place>> = rings.collect();
        let outside = |hole: &Vec<Place>| {
            hole.iter()
                .any(|place| side_of(&outline, *place) == Side::Outside)
        };
        if holes.iter().any(outside) {
            self.refuse("geo_hole");
            return None;
        }
        Some(Polygon { outline, holes })
    }

    fn shape(&mut self, geometry: &Value) -> Option<Shape> {
        let coordinates = &geometry["coordinates"];
        let polygons = match geometry["type"].as_str() {
            Some("Polygon") => vec![self.polygon(coordinates)],
            Some("MultiPolygon") => match coordinates.as_array() {
                Some(list) if !list.is_empty() => {
                    list.iter().map(|one| self.polygon(one)).collect()
                }
                _ => {
                    self.refuse("geo_ring");
                    return None;
                }
            },
            _ => {
                self.refuse("geo_geometry");
                return None;
            }
        };
        let polygons = polygons.into_iter().collect::<Option<Vec<_>>>()?;
        Some(Shape { polygons })
    }

    fn feature(&mut self, number: usize, value: &Value) -> Option<Feature> {
        (self.feature, self.name) = (number, name_of(&value["properties"]));
        if value["type"] != "Feature" {
            self.refuse("geo_feature");
            return None;
        }
        if self.name.chars().count() > 80 || self.name.chars().any(char::is_control) {
            self.name = self.name.chars().take(20).collect();
            self.refuse("geo_name");
            return None;
        }
        let shape = self.shape(&value["geometry"])?;
        Some(Feature {
            name: self.name.clone(),
            shape,
        })
    }
}

fn name_of(properties: &Value) -> String {
    let known = ["name", "NAME", "Name", "名称", "title"];
    let text = known
        .iter()
        .find_map(|key| properties[*key].as_str())
        .unwrap_or_default();
    text.trim().to_owned()
}

/// Degrees as millionths; the seventh place is rounded.
fn micro(value: &Value) -> Option<i64> {
    let degrees = value.as_f64().filter(|degrees| degrees.abs() <= 1_000.0)?;
    format!("{degrees:.6}").replace('.', "").parse().ok()
}

/// Reads a file: a `FeatureCollection`, a `Feature`, a `Polygon` or a `MultiPolygon`.
///
/// # Errors
/// Everything wrong with it, at most [`MOST_PROBLEMS`].
pub fn read(text: &str) -> Result<Vec<Feature>, Vec<GeoProblem>> {
    let mut reader = Reader {
        feature: 0,
        name: String::new(),
        places: 0,
        problems: Vec::new(),
    };
    let alone = |rule| {
        Err(vec![GeoProblem {
            feature: 0,
            name: String::new(),
            rule,
        }])
    };
    if text.len() > MOST_BYTES {
        return alone("geo_large");
    }
    let Ok(value) = serde_json::from_str::<Value>(text.trim_start_matches('\u{feff}')) else {
        return alone("geo_unreadable");
    };
    let mut features = Vec::new();
    match value["type"].as_str() {
        Some("FeatureCollection") => {
            let list = value["features"].as_array();
            let Some(list) = list.filter(|list| !list.is_empty()) else {
                return alone("geo_empty");
            };
            if list.len() > MOST_FEATURES {
                return alone("geo_many");
            }
            for (number, one) in (1..).zip(list) {
                features.extend(reader.feature(number, one));
                if reader.problems.len() >= MOST_PROBLEMS {
                    break;
                }
            }
        }
        Some("Feature") => features.extend(reader.feature(1, &value)),
        Some("Polygon" | "MultiPolygon") => {
            features.extend(reader.shape(&value).map(|shape| Feature {
                name: String::new(),
                shape,
            }));
        }
        _ => return alone("geo_type"),
    }
    if reader.problems.is_empty() {
        Ok(features)
    } else {
        Err(reader.problems)
    }
}

impl Shape {
    /// As `GeoJSON` writes it, in its shortest form: a `MultiPolygon`.
    #[must_use]
    pub fn to_geojson(&self) -> String {
        let ring = |ring: &Vec<Place>| {
            let places = ring.iter().chain(ring.first());
            let places: Vec<String> = places
                .map(|place| format!("[{},{}]", degrees(place.lon), degrees(place.lat)))
                .collect();
            format!("[{}]", places.join(","))
        };
        let polygons: Vec<String> = self
            .polygons
            .iter()
            .map(|one| {
                let rings = std::iter::once(&one.outline).chain(&one.holes);
                format!("[{}]", rings.map(ring).collect::<Vec<_>>().join(","))
            })
            .collect();
        format!(
            "{{\"type\":\"MultiPolygon\",\"coordinates\":[{}]}}",
            polygons.join(",")
        )
    }
}

/// Millionths as degrees.
fn degrees(micro: i64) -> String {
    let sign = if micro < 0 { "-" } else { "" };
    let micro = micro.abs();
    format!("{sign}{}.{:06}", micro / 1_000_000, micro % 1_000_000)
}
