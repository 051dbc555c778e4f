//! Founding a park committee (contract §5, domain.md §3): three conditions with the office's own thresholds, and which
//! of the three modes fits.

use serde::{Deserialize, Serialize};

use super::change::Record;
use super::check::{Check, FieldProblem};
use super::date::Date;
use super::geo::{self, Place, Shape};
use super::ids::UnitId;
use super::kind::{Kind, named};
use super::unit::{FoundingMode, wire};

named! {
    /// How the firms of a check were chosen.
    FoundingWay {
        /// A list of firms by name or credit code.
        List => "list",
        /// All firms of a unit and of what lies below it.
        Unit => "unit",
        /// All firms inside a drawing.
        Drawing => "drawing",
    }
}

named! {
    /// One of the three conditions.
    Condition {
        /// 一定地理范围.
        Area => "area",
        /// 一定数量非公企业.
        Firms => "firms",
        /// 一定区域化党建条件.
        Work => "work",
    }
}

named! {
    /// A figure a condition rests on.
    Measured {
        /// Square metres.
        Area => "area_m2",
        /// Operating non-public firms.
        Firms => "firms",
        /// Party members in operating firms.
        Members => "members",
        /// Organisations that cover them.
        Branches => "branches",
    }
}

/// The numbers behind the three conditions: a setting of the office.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Thresholds {
    /// Square metres.
    pub area_m2: i64,
    /// Operating non-public firms.
    pub firms: i64,
    /// Party members.
    pub members: i64,
    /// Organisations.
    pub branches: i64,
}

impl Default for Thresholds {
    /// Where the office has set none: 0.1 km², 50 firms, 30 members, 3 branches. No published numbers were found, so
    /// the page says that these are to be set.
    fn default() -> Self {
        Self {
            area_m2: 100_000,
            firms: 50,
            members: 30,
            branches: 3,
        }
    }
}

impl Thresholds {
    /// One of them.
    #[must_use]
    pub const fn of(&self, measured: Measured) -> i64 {
        match measured {
            Measured::Area => self.area_m2,
            Measured::Firms => self.firms,
            Measured::Members => self.members,
            Measured::Branches => self.branches,
        }
    }
}

/// The form of the thresholds, as it is sent.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct ThresholdsDraft {
    /// 1 to 1,000,000,000.
    pub area_m2: String,
    /// 1 to 1,000,000.
    pub firms: String,
    /// 0 to 1,000,000.
    pub members: String,
    /// 0 to 1,000,000.
    pub branches: String,
}

/// The largest of any number here.
const MOST: i64 = 1_000_000;
/// The largest area: a thousand square kilometres.
const MOST_AREA: i64 = 1_000_000_000;

impl ThresholdsDraft {
    /// Reads the form.
    ///
    /// # Errors
    /// Everything wrong with it.
    pub fn read(&self) -> Result<Thresholds, Vec<FieldProblem>> {
        let mut check = Check::default();
        let mut number = |field: &str, text: &str, least: i64, most: i64| {
            check.demand(!text.trim().is_empty(), field, "missing");
            check.number(field, text, least..=most).unwrap_or(0)
        };
        let read = Thresholds {
            area_m2: number("area_m2", &self.area_m2, 1, MOST_AREA),
            firms: number("firms", &self.firms, 1, MOST),
            members: number("members", &self.members, 0, MOST),
            branches: number("branches", &self.branches, 0, MOST),
        };
        check.done(Some(read))
    }
}

/// What was counted of the firms chosen.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FoundingFigures {
    /// How they were chosen.
    pub way: FoundingWay,
    /// All of them.
    pub chosen: i64,
    /// Of these operating and non-public.
    pub firms: i64,
    /// Of these struck out.
    pub struck: i64,
    /// Members in those operating.
    pub members: i64,
    /// Organisations that cover operating ones today, each once.
    pub branches: i64,
    /// Square metres; none where nobody has said.
    pub area_m2: Option<i64>,
    /// Park committees they belong to today.
    pub parks: i64,
    /// Other units they belong to today.
    pub others: i64,
    /// The mode that fits by these.
    pub proposed: Option<FoundingMode>,
    /// Firms of the area that have no place on the map and so cannot be in a drawing.
    pub unplaced: i64,
    /// Lines of a list that fit no firm, or more than one.
    pub missed: Vec<String>,
    /// The drawing, as `GeoJSON`; empty without.
    pub shape: String,
}

impl FoundingFigures {
    /// One of the figures.
    #[must_use]
    pub const fn of(&self, measured: Measured) -> Option<i64> {
        match measured {
            Measured::Area => self.area_m2,
            Measured::Firms => Some(self.firms),
            Measured::Members => Some(self.members),
            Measured::Branches => Some(self.branches),
        }
    }
}

/// Which mode fits: `gather` where the firms belong to two or more parks, or to two or more other units and no park;
/// `upgrade` where all belong to one unit that is no park; `radiate` where one park is extended by firms of others.
/// None where all belong to one park already, or there are no firms.
#[must_use]
pub const fn mode_for(parks: i64, others: i64) -> Option<FoundingMode> {
    match (parks, others) {
        (2.., _) | (0, 2..) => Some(FoundingMode::Gather),
        (0, 1) => Some(FoundingMode::Upgrade),
        (1, 1..) => Some(FoundingMode::Radiate),
        _ => None,
    }
}

/// A figure beside its threshold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Against {
    /// Which.
    pub measured: Measured,
    /// The figure; none where nobody has said.
    pub have: Option<i64>,
    /// The threshold.
    pub need: i64,
}

impl Against {
    /// Whether the figure reaches the threshold.
    #[must_use]
    pub fn met(&self) -> bool {
        self.have.is_some_and(|have| have >= self.need)
    }

    /// How much is missing; 0 where it is reached.
    #[must_use]
    pub fn lacks(&self) -> i64 {
        (self.need - self.have.unwrap_or(0)).max(0)
    }
}

/// One condition and what it rests on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// Which.
    pub condition: Condition,
    /// Its figures.
    pub against: Vec<Against>,
}

impl Finding {
    /// Whether the condition holds: every figure of it.
    #[must_use]
    pub fn met(&self) -> bool {
        self.against.iter().all(Against::met)
    }
}

/// The three conditions, in order.
#[must_use]
pub fn findings(figures: &FoundingFigures, thresholds: &Thresholds) -> Vec<Finding> {
    let rests_on = |condition| match condition {
        Condition::Area => vec![Measured::Area],
        Condition::Firms => vec![Measured::Firms],
        Condition::Work => vec![Measured::Members, Measured::Branches],
    };
    Condition::ALL
        .iter()
        .map(|condition| Finding {
            condition: *condition,
            against: rests_on(*condition)
                .into_iter()
                .map(|measured| Against {
                    measured,
                    have: figures.of(measured),
                    need: thresholds.of(measured),
                })
                .collect(),
        })
        .collect()
}

/// A founding check, without id and version: the figures and thresholds of its day, never counted again.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Founding {
    /// The unit it was decided for; none while it is only a check.
    pub unit: Option<UnitId>,
    /// What it is called.
    pub title: String,
    /// The day of the figures.
    pub on_date: Date,
    /// What was counted.
    pub figures: FoundingFigures,
    /// What it was held against.
    pub thresholds: Thresholds,
    /// The mode decided.
    pub mode: Option<FoundingMode>,
    /// Note.
    pub note: String,
}

impl Founding {
    /// Whether all three conditions hold.
    #[must_use]
    pub fn met(&self) -> bool {
        findings(&self.figures, &self.thresholds)
            .iter()
            .all(Finding::met)
    }
}

/// What a check is asked for, as it is sent.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct FoundingDraft {
    /// 1 to 120 characters.
    pub title: String,
    /// Way on the wire.
    pub way: String,
    /// Id of the unit whose firms are meant.
    pub whole: String,
    /// Names or credit codes, one a line.
    pub firms: String,
    /// Corners `lon,lat` in degrees, one a line; or `GeoJSON`.
    pub shape: String,
    /// Square metres, or empty: then those of the drawing.
    pub area_m2: String,
}

/// What is chosen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FoundingChoice {
    /// These lines.
    List(Vec<String>),
    /// This unit.
    Unit(UnitId),
    /// This drawing.
    Drawing(Shape),
}

/// A check that can be made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FoundingAsked {
    /// What it is called.
    pub title: String,
    /// The firms.
    pub choice: FoundingChoice,
    /// Square metres, where they were given.
    pub area_m2: Option<i64>,
}

/// Most lines of a list.
const MOST_LINES: usize = 5_000;

impl FoundingDraft {
    /// Reads the form.
    ///
    /// # Errors
    /// Everything wrong with it.
    pub fn read(&self) -> Result<FoundingAsked, Vec<FieldProblem>> {
        let mut check = Check::default();
        let title = check.text("title", &self.title, 1..=120);
        let area_m2 = check.number("area_m2", &self.area_m2, 1..=MOST_AREA);
        let way: Option<FoundingWay> = check.needed("way", &self.way, "founding_way");
        let choice = way.and_then(|way| match way {
            FoundingWay::Unit => check
                .needed("whole", &self.whole, "unit")
                .map(FoundingChoice::Unit),
            FoundingWay::List => {
                let lines = self.firms.lines().map(str::trim);
                let lines: Vec<String> = lines
                    .filter(|line| !line.is_empty())
                    .map(ToOwned::to_owned)
                    .collect();
                check.demand(!lines.is_empty(), "firms", "missing");
                check.demand(lines.len() <= MOST_LINES, "firms", "too_many_lines");
                Some(FoundingChoice::List(lines))
            }
            FoundingWay::Drawing => drawn(&mut check, &self.shape).map(FoundingChoice::Drawing),
        });
        check.done(choice.map(|choice| FoundingAsked {
            title,
            choice,
            area_m2,
        }))
    }
}

/// Corners one a line, or `GeoJSON`. Rules `missing` and those of [`geo::read`].
fn drawn(check: &mut Check, text: &str) -> Option<Shape> {
    let text = text.trim();
    check.demand(!text.is_empty(), "shape", "missing");
    if text.is_empty() {
        return None;
    }
    let written = if text.starts_with('{') {
        text.to_owned()
    } else {
        let places = text.split_whitespace().map(|place| format!("[{place}]"));
        let mut places: Vec<String> = places.collect();
        places.extend(places.first().cloned());
        format!(
            "{{\"type\":\"Polygon\",\"coordinates\":[[{}]]}}",
            places.join(",")
        )
    };
    match geo::read(&written) {
        Ok(features) => Some(Shape {
            polygons: features
                .into_iter()
                .flat_map(|one| one.shape.polygons)
                .collect(),
        }),
        Err(problems) => {
            for problem in problems {
                let rule = match problem.rule {
                    "geo_unreadable" => "geo_place",
                    rule => rule,
                };
                check.refuse("shape", rule);
            }
            None
        }
    }
}

/// What the office decides about a check, as it is sent.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct FoundingDecision {
    /// Id of the unit, or empty.
    pub unit: String,
    /// 1 to 120 characters.
    pub title: String,
    /// Mode on the wire, or empty.
    pub mode: String,
    /// Up to 4,000 characters.
    pub note: String,
}

impl FoundingDecision {
    /// Reads the form over what was counted, which stays.
    ///
    /// # Errors
    /// Everything wrong with it.
    pub fn read(&self, before: &Founding) -> Result<Founding, Vec<FieldProblem>> {
        let mut check = Check::default();
        let decided = Founding {
            unit: check.maybe("unit", &self.unit, "unit"),
            title: check.text("title", &self.title, 1..=120),
            mode: check.maybe("mode", &self.mode, "founding_mode"),
            note: check.lines("note", &self.note, 0..=4000),
            ..before.clone()
        };
        check.done(Some(decided))
    }
}

impl Record for Founding {
    const KIND: Kind = Kind::Founding;

    fn fields(&self) -> Vec<(&'static str, String)> {
        vec![
            ("unit", wire(self.unit.as_ref())),
            ("title", self.title.clone()),
            ("on_date", self.on_date.to_string()),
            ("mode", wire(self.mode.as_ref())),
            ("note", self.note.clone()),
        ]
    }

    fn title(&self) -> String {
        self.title.clone()
    }

    fn search_text(&self) -> Option<String> {
        Some(self.note.clone())
    }
}

/// Whether a place of the register lies in a drawing; a firm without a place never does.
#[must_use]
pub fn lies_in(shape: &Shape, lon: Option<i64>, lat: Option<i64>) -> bool {
    matches!((lon, lat), (Some(lon), Some(lat)) if shape.holds(Place { lon, lat }))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn figures() -> FoundingFigures {
        FoundingFigures {
            way: FoundingWay::Unit,
            chosen: 70,
            firms: 50,
            struck: 4,
            members: 30,
            branches: 3,
            area_m2: Some(100_000),
            parks: 1,
            others: 0,
            proposed: None,
            unplaced: 0,
            missed: vec![],
            shape: String::new(),
        }
    }

    #[test]
    fn a_condition_holds_from_its_threshold_on() {
        let thresholds = Thresholds::default();
        let met = |figures: &FoundingFigures| -> Vec<bool> {
            findings(figures, &thresholds)
                .iter()
                .map(Finding::met)
                .collect()
        };
        assert_eq!(met(&figures()), [true, true, true]);
        let unknown = FoundingFigures {
            area_m2: None,
            firms: 49,
            ..figures()
        };
        assert_eq!(met(&unknown), [false, false, true]);
        let half = FoundingFigures {
            branches: 2,
            ..figures()
        };
        assert_eq!(
            met(&half),
            [true, true, false],
            "members alone are not enough"
        );
        let lacks: Vec<i64> = findings(&unknown, &thresholds)
            .iter()
            .flat_map(|f| f.against.iter().map(Against::lacks))
            .collect();
        assert_eq!(lacks, [100_000, 1, 0, 0]);
    }

    #[test]
    fn the_mode_follows_from_where_the_firms_belong() {
        use FoundingMode::{Gather, Radiate, Upgrade};
        for (parks, others, mode) in [
            (0, 0, None),
            (1, 0, None),
            (0, 1, Some(Upgrade)),
            (0, 2, Some(Gather)),
            (1, 1, Some(Radiate)),
            (1, 5, Some(Radiate)),
            (2, 0, Some(Gather)),
            (3, 2, Some(Gather)),
        ] {
            assert_eq!(
                mode_for(parks, others),
                mode,
                "{parks} parks, {others} others"
            );
        }
    }

    fn rules(draft: &FoundingDraft) -> Vec<String> {
        let problems = draft.read().err().unwrap_or_default();
        problems
            .into_iter()
            .map(|p| format!("{} {}", p.field, p.rule))
            .collect()
    }

    #[test]
    fn each_way_asks_for_its_own() {
        let draft = |way: &str| FoundingDraft {
            title: "新园区".into(),
            way: way.into(),
            ..FoundingDraft::default()
        };
        assert_eq!(
            rules(&FoundingDraft::default()),
            ["title missing", "way missing"]
        );
        assert_eq!(rules(&draft("x")), ["way founding_way"]);
        assert_eq!(rules(&draft("unit")), ["whole missing"]);
        assert_eq!(rules(&draft("list")), ["firms missing"]);
        assert_eq!(rules(&draft("drawing")), ["shape missing"]);
        let list = FoundingDraft {
            firms: " 甲公司\n\n乙公司 \n".into(),
            area_m2: "5000".into(),
            ..draft("list")
        };
        let read = list.read().unwrap();
        assert_eq!(
            (read.choice, read.area_m2),
            (
                FoundingChoice::List(vec!["甲公司".into(), "乙公司".into()]),
                Some(5000)
            )
        );
        let corners = FoundingDraft {
            shape: "114.1,22.7\n114.2,22.7 114.2,22.8".into(),
            ..draft("drawing")
        };
        let FoundingChoice::Drawing(shape) = corners.read().unwrap().choice else {
            panic!()
        };
        assert_eq!(shape.polygons[0].outline.len(), 3);
        for (text, rule) in [
            ("114.1,22.7 114.2,22.7", "shape geo_short"),
            ("园区", "shape geo_place"),
            ("0,0 2,2 2,0 0,2", "shape geo_crossing"),
            ("{\"type\":\"Point\"}", "shape geo_type"),
        ] {
            let bad = FoundingDraft {
                shape: text.into(),
                ..draft("drawing")
            };
            assert_eq!(rules(&bad), [rule], "{text}");
        }
    }

    #[test]
    fn thresholds_are_numbers_and_all_there() {
        let draft = ThresholdsDraft {
            area_m2: "100000".into(),
            firms: "0".into(),
            members: "x".into(),
            branches: String::new(),
        };
        let said: Vec<String> = draft
            .read()
            .unwrap_err()
            .into_iter()
            .map(|p| format!("{} {}", p.field, p.rule))
            .collect();
        assert_eq!(
            said,
            ["firms number_range", "members number", "branches missing"]
        );
        let text = serde_json::to_string(&Thresholds::default()).unwrap();
        assert_eq!(
            serde_json::from_str::<Thresholds>(&text).unwrap(),
            Thresholds::default()
        );
    }

    proptest! {
        #[test]
        fn more_of_anything_never_breaks_a_condition(area in 0_i64..200_000, firms in 0_i64..100, members in 0_i64..60, branches in 0_i64..6, more in 0_i64..50) {
            let thresholds = Thresholds::default();
            let less = FoundingFigures { area_m2: Some(area), firms, members, branches, ..figures() };
            let greater = FoundingFigures { area_m2: Some(area + more), firms: firms + more, members: members + more, branches: branches + more, ..figures() };
            for (one, two) in findings(&less, &thresholds).iter().zip(findings(&greater, &thresholds)) {
                prop_assert!(!one.met() || two.met());
                for against in &one.against {
                    prop_assert_eq!(against.lacks() == 0, against.met());
                }
            }
        }
    }
}
