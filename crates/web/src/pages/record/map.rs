//! The map: the office's own drawings, the coverage of each park as figure, pattern and colour, firms as dots when one
//! park is looked at closely.

use askama::Template;
use pingyi_app::record::{AreaView, Cover, Dot, MapPark, MapView, Share, Standing, UnitName};

use super::drawing::{Frame, Outline, around};
use super::{Choice, UnitChoice};
use crate::chrome::Chrome;
use crate::lists::Query;

/// The rates the map can show: name in an address, and the list of its numerator.
pub const RATES: [(&str, &str); 3] = [
    ("organisation", "covered"),
    ("own", "own"),
    ("work", "worked"),
];

/// Levels of a rate, from below; tenths of a percent from which each begins.
const LEVELS: [i64; 5] = [0, 200, 400, 600, 800];

/// One of the rates.
#[must_use]
pub fn rate_of(rate: &str, cover: Cover) -> Share {
    match rate {
        "own" => cover.own_rate(),
        "work" => cover.work_rate(),
        _ => cover.organisation_rate(),
    }
}

/// `0` to `4`, or `x` where there is no rate.
#[must_use]
pub fn level_of(rate: Option<Share>) -> &'static str {
    let Some(tenths) = rate.and_then(Share::tenths_of_percent) else {
        return "x";
    };
    let names = ["0", "1", "2", "3", "4"];
    let reached = LEVELS.iter().rposition(|least| tenths >= *least);
    names[reached.unwrap_or(0)]
}

/// A park on the picture.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ParkShape {
    /// Its lines, and the place of its name.
    pub outline: Outline,
    /// Where a press leads.
    pub href: String,
    /// The rate; a dash without.
    pub figure: String,
    /// Part and whole in words.
    pub spoken: String,
    /// Level of the pattern.
    pub level: &'static str,
}

/// A line of the table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ParkLine {
    /// Id of the unit.
    pub id: String,
    /// Name.
    pub name: String,
    /// Coverages; none where there are no firms.
    pub cover: Option<Cover>,
    /// Size of its drawing in square kilometres; none without a drawing.
    pub size: Option<String>,
    /// Whether its drawing was made up.
    pub sample: bool,
    /// Day of the address, for its lists.
    pub on: String,
}

impl ParkLine {
    /// A rate; a dash without firms.
    #[must_use]
    pub fn rate(&self, rate: &str) -> String {
        self.cover
            .map_or_else(|| "—".to_owned(), |cover| rate_of(rate, cover).to_string())
    }

    /// Numerator.
    #[must_use]
    pub fn part(&self, rate: &str) -> i64 {
        self.cover.map_or(0, |cover| rate_of(rate, cover).part)
    }

    /// Denominator.
    #[must_use]
    pub fn whole(&self) -> i64 {
        self.cover.map_or(0, |cover| cover.operating)
    }

    /// The list behind a number.
    #[must_use]
    pub fn list(&self, view: &str) -> String {
        let on = if self.on.is_empty() {
            String::new()
        } else {
            format!("&on={}", self.on)
        };
        format!("/firms?unit={}{on}&view={view}", self.id)
    }
}

/// A firm as a dot.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DotShape {
    /// Name.
    pub name: String,
    /// From the left, percent.
    pub x: String,
    /// From above, percent.
    pub y: String,
    /// `covered`, `work`, `none` or `struck`.
    pub kind: &'static str,
}

/// What covers a firm, as the shape of its dot shows.
#[must_use]
pub const fn dot_kind(standing: Standing) -> &'static str {
    match standing {
        Standing { struck: true, .. } => "struck",
        Standing { own: true, .. } | Standing { joint: true, .. } => "covered",
        Standing { work: true, .. } => "work",
        Standing { .. } => "none",
    }
}

/// Square metres as square kilometres with two decimals, half up.
fn square_km(metres: i64) -> String {
    let hundredths = (metres + 5_000) / 10_000;
    format!("{}.{:02}", hundredths / 100, hundredths % 100)
}

/// A drawing in the office's list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AreaLine {
    /// Id.
    pub id: String,
    /// Version.
    pub version: i64,
    /// Name.
    pub name: String,
    /// Id of its unit, or empty.
    pub unit: String,
    /// Size in square kilometres.
    pub size: String,
    /// Whether it was made up.
    pub sample: bool,
}

impl AreaLine {
    /// A drawing.
    #[must_use]
    pub fn of(view: &AreaView) -> Self {
        Self {
            id: view.id.to_string(),
            version: view.version,
            name: view.area.name.clone(),
            unit: view
                .area
                .unit
                .as_ref()
                .map(ToString::to_string)
                .unwrap_or_default(),
            size: square_km(view.area.shape.square_metres()),
            sample: view.sample,
        }
    }
}

/// The picture itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Picture {
    /// What it shows of the earth.
    pub frame: Frame,
    /// Drawings without a figure.
    pub outlines: Vec<Outline>,
    /// Parks.
    pub parks: Vec<ParkShape>,
    /// Firms.
    pub dots: Vec<DotShape>,
}

/// The map.
#[derive(Debug, Clone, Template)]
#[template(path = "record/map.html")]
pub struct MapPage {
    /// Frame.
    pub c: Chrome,
    /// The picture; none without drawings.
    pub picture: Option<Picture>,
    /// The table.
    pub lines: Vec<ParkLine>,
    /// Rates to choose from.
    pub rates: Vec<Choice>,
    /// The one shown.
    pub rate: &'static str,
    /// The list of its numerator.
    pub view: &'static str,
    /// The day asked for; empty for today.
    pub on: String,
    /// The day.
    pub day: String,
    /// The unit looked at closely: id and name.
    pub near: Option<(String, String)>,
    /// Its firms that have no place.
    pub unplaced: usize,
    /// The way back to all parks.
    pub all: String,
    /// The office's drawings; empty for others.
    pub areas: Vec<AreaLine>,
    /// Units a drawing can be tied to.
    pub units: Vec<UnitChoice>,
    /// Whether who looks may send drawings.
    pub is_office: bool,
    /// Whether any drawing was made up.
    pub sample: bool,
}

fn park_shape(
    frame: &Frame,
    park: &MapPark,
    unit: &UnitName,
    rate: &str,
    query: &Query,
) -> ParkShape {
    let share = park.cover.map(|cover| rate_of(rate, cover));
    let figure = share.map_or_else(|| "—".to_owned(), |share| share.to_string());
    ParkShape {
        outline: Outline::of(frame, &unit.short, &park.drawing.area.shape),
        href: query.with(&[("unit", unit.id.as_str())]),
        spoken: share.map_or_else(
            || unit.name.clone(),
            |share| format!("{} {figure} ({}/{})", unit.name, share.part, share.whole),
        ),
        level: level_of(share),
        figure,
    }
}

fn dot_shape(frame: &Frame, dot: &Dot) -> DotShape {
    let (x, y) = frame.percent(dot.place);
    DotShape {
        name: dot.name.clone(),
        x,
        y,
        kind: dot_kind(dot.standing),
    }
}

/// Draws what there is; of one unit closely where it has a drawing or dots.
fn picture(map: &MapView, rate: &str, query: &Query) -> Option<Picture> {
    let shapes = |near: bool| {
        let parks = map.parks.iter();
        parks
            .filter(move |park| !near || (park.unit.is_some() && park.unit == map.near))
            .map(|park| &park.drawing.area.shape)
    };
    let places = map.dots.iter().map(|dot| dot.place);
    let dots = pingyi_app::record::geo::Bounds::around(places);
    let close = match (around(shapes(true)), dots) {
        (Some(one), Some(two)) => Some(one.with(two)),
        (one, two) => one.or(two),
    };
    let frame = Frame::around(close.or_else(|| around(shapes(false)))?);
    let mut picture = Picture {
        outlines: Vec::new(),
        parks: Vec::new(),
        dots: map.dots.iter().map(|dot| dot_shape(&frame, dot)).collect(),
        frame,
    };
    for park in &map.parks {
        let area = &park.drawing.area;
        match &park.unit {
            Some(unit) if park.cover.is_some() => {
                picture
                    .parks
                    .push(park_shape(&frame, park, unit, rate, query));
            }
            _ => picture
                .outlines
                .push(Outline::of(&frame, &area.name, &area.shape)),
        }
    }
    Some(picture)
}

impl MapPage {
    /// The page of an address.
    #[must_use]
    pub(crate) fn of(
        c: Chrome,
        query: &Query,
        map: &MapView,
        units: Vec<UnitChoice>,
        is_office: bool,
    ) -> Self {
        let wanted = query.text("rate");
        let (rate, view) = RATES
            .iter()
            .find(|(name, _)| *name == wanted)
            .copied()
            .unwrap_or(RATES[0]);
        let on = query.text("on");
        let line = |unit: &UnitName, cover, drawing: Option<&AreaView>| ParkLine {
            id: unit.id.to_string(),
            name: unit.name.clone(),
            cover,
            size: drawing.map(|view| square_km(view.area.shape.square_metres())),
            sample: drawing.is_some_and(|view| view.sample),
            on: on.clone(),
        };
        let drawn = map.parks.iter().filter_map(|park| {
            let unit = park.unit.as_ref().filter(|_| park.cover.is_some())?;
            Some(line(unit, park.cover, Some(&park.drawing)))
        });
        let undrawn = map
            .undrawn
            .iter()
            .map(|(unit, cover)| line(unit, *cover, None));
        let areas = map.parks.iter().filter(|_| is_office);
        Self {
            picture: picture(map, rate, query),
            lines: drawn.chain(undrawn).collect(),
            rates: RATES
                .iter()
                .map(|(name, _)| Choice::new("coverage", name, rate))
                .collect(),
            rate,
            view,
            day: map.on.to_string(),
            near: map
                .near
                .as_ref()
                .map(|unit| (unit.id.to_string(), unit.name.clone())),
            unplaced: map.firms.saturating_sub(map.dots.len()),
            all: query.with(&[("unit", "")]),
            areas: areas.map(|park| AreaLine::of(&park.drawing)).collect(),
            units,
            is_office,
            sample: map.parks.iter().any(|park| park.drawing.sample),
            on: on.clone(),
            c,
        }
    }

    /// Id of the text of a level.
    #[must_use]
    pub fn level_text(&self, level: &str) -> String {
        format!("map-level-{level}")
    }

    /// What the picture is called.
    #[must_use]
    pub fn rate_text(&self) -> String {
        format!("coverage-{}", self.rate)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn levels_begin_at_their_fifths() {
        let level = |part, whole| level_of(Some(Share { part, whole }));
        assert_eq!(
            [
                level(0, 9),
                level(199, 1000),
                level(200, 1000),
                level(599, 1000),
                level(8, 10),
                level(10, 10)
            ],
            ["0", "0", "1", "2", "4", "4"]
        );
        assert_eq!((level(0, 0), level_of(None)), ("x", "x"));
    }

    #[test]
    fn sizes_are_rounded_half_up() {
        let sizes = [5_276_467, 5_000, 4_999, 0].map(square_km);
        assert_eq!(sizes, ["5.28", "0.01", "0.00", "0.00"]);
    }

    #[test]
    fn a_struck_firm_is_struck_whatever_covers_it() {
        let standing = Standing {
            opened: true,
            struck: true,
            own: true,
            joint: false,
            work: true,
        };
        assert_eq!(dot_kind(standing), "struck");
        assert_eq!(
            dot_kind(Standing {
                struck: false,
                ..standing
            }),
            "covered"
        );
        let bare = Standing {
            struck: false,
            own: false,
            ..standing
        };
        assert_eq!(dot_kind(bare), "work");
        assert_eq!(
            dot_kind(Standing {
                work: false,
                ..bare
            }),
            "none"
        );
    }
}
