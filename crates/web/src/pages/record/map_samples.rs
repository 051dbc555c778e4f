//! Samples of the map and the founding check.

use askama::Template as _;
use pingyi_app::record::geo::{Place, Shape};
use pingyi_app::record::{
    Area, AreaView, Cover, Dot, Founding, FoundingFigures, FoundingMode, FoundingView, FoundingWay,
    MapPark, MapView, Standing, Thresholds, ThresholdsView, UnitName,
};

use super::founding::{Canvas, FoundingCheckPage, FoundingLine, FoundingPage};
use super::map::MapPage;
use super::unit_choices;
use super::units_samples::sample_names;
use crate::lang::Lang;
use crate::lists::Query;
use crate::pages::sample::{Sample, chrome_in};

fn square(at: i64) -> Shape {
    let place = |lon: i64, lat: i64| Place {
        lon: 114_100_000 + at * 12_000 + lon,
        lat: 22_700_000 + lat,
    };
    Shape::of(vec![
        place(0, 0),
        place(9_000, 1_000),
        place(8_000, 8_000),
        place(-1_000, 7_000),
    ])
}

pub(super) const COVER: Cover = Cover {
    operating: 43,
    struck: 3,
    own: 8,
    organised: 25,
    worked: 31,
};

fn drawing(letter: &str, unit: Option<&UnitName>, at: i64) -> Option<AreaView> {
    Some(AreaView {
        id: letter.repeat(16).parse().ok()?,
        version: 1,
        area: Area {
            unit: unit.map(|unit| unit.id.clone()),
            name: unit.map_or_else(|| "平湖街道".to_owned(), |unit| unit.name.clone()),
            shape: square(at),
        },
        sample: true,
    })
}

/// Two parks with drawings, one outline, one park without.
fn sample_map(lang: Lang) -> Option<MapView> {
    let names = sample_names(lang);
    let (one, two) = (names.get(1)?, names.get(3)?);
    let park = |unit: &UnitName, letter: &str, at, cover| {
        Some(MapPark {
            drawing: drawing(letter, Some(unit), at)?,
            unit: Some(unit.clone()),
            cover,
        })
    };
    Some(MapView {
        on: "2018-12-15".parse().ok()?,
        parks: vec![
            MapPark {
                drawing: drawing("r", None, 2)?,
                unit: None,
                cover: None,
            },
            park(one, "p", 0, Some(COVER))?,
            park(two, "q", 1, Some(Cover::default()))?,
        ],
        undrawn: vec![(one.clone(), None)],
        near: None,
        dots: vec![],
        firms: 0,
    })
}

fn sample_dots() -> Vec<Dot> {
    let none = Standing {
        opened: true,
        struck: false,
        own: false,
        joint: false,
        work: false,
    };
    let standings = [
        Standing { own: true, ..none },
        Standing { work: true, ..none },
        none,
        Standing {
            struck: true,
            ..none
        },
    ];
    (1_i64..)
        .zip(standings)
        .filter_map(|(at, standing)| {
            Some(Dot {
                id: "f".repeat(16).parse().ok()?,
                name: format!("某企业{at}"),
                place: Place {
                    lon: 114_100_000 + at * 1_500,
                    lat: 22_703_000 + at * 500,
                },
                standing,
            })
        })
        .collect()
}

impl MapPage {
    /// For the gallery and the tests.
    #[must_use]
    pub fn samples(lang: Lang) -> Vec<Sample> {
        let page = |address: &'static str, map: Option<MapView>, office| {
            let c = chrome_in(lang, "map-title", "/map", &["office"]);
            let query = Query::of(&axum::http::Uri::from_static(address));
            let map = map.ok_or(askama::Error::Fmt)?;
            Self::of(c, &query, &map, unit_choices(lang), office).render()
        };
        let empty = || {
            sample_map(lang).map(|map| MapView {
                parks: vec![],
                undrawn: vec![],
                ..map
            })
        };
        let near = sample_map(lang).map(|map| MapView {
            near: sample_names(lang).get(1).cloned(),
            dots: sample_dots(),
            firms: 6,
            ..map
        });
        vec![
            Sample::new("map", page("/map", sample_map(lang), true)),
            Sample::new(
                "map-near",
                page("/map?rate=work&on=2018-12-15", near, false),
            ),
            Sample::new("map-empty", page("/map", empty(), true)),
            Sample::new("map-empty-reader", page("/map", empty(), false)),
        ]
    }
}

fn sample_check(way: FoundingWay, mode: Option<FoundingMode>) -> Option<FoundingView> {
    let drawn = way == FoundingWay::Drawing;
    Some(FoundingView {
        id: "g".repeat(16).parse().ok()?,
        version: 2,
        founding: Founding {
            unit: None,
            title: "平湖物流园区".to_owned(),
            on_date: "2018-12-15".parse().ok()?,
            figures: FoundingFigures {
                way,
                chosen: 70,
                firms: if drawn { 52 } else { 12 },
                struck: 4,
                members: 41,
                branches: 5,
                area_m2: drawn.then_some(640_000),
                parks: 2,
                others: 1,
                proposed: drawn.then_some(FoundingMode::Gather),
                unplaced: if drawn { 3 } else { 0 },
                missed: if drawn {
                    vec![]
                } else {
                    vec!["某某有限公司".to_owned()]
                },
                shape: if drawn {
                    square(1).to_geojson()
                } else {
                    String::new()
                },
            },
            thresholds: Thresholds::default(),
            mode,
            note: String::new(),
        },
        sample: true,
    })
}

fn sample_areas(lang: Lang) -> Vec<AreaView> {
    let names = sample_names(lang);
    drawing("p", names.get(1), 0).into_iter().collect()
}

impl FoundingPage {
    /// For the gallery and the tests.
    #[must_use]
    pub fn samples(lang: Lang) -> Vec<Sample> {
        let page = |lines: Vec<FoundingLine>, version, areas: &[AreaView]| {
            Self {
                c: chrome_in(lang, "founding-title", "/founding", &["office", "map"]),
                kept: ThresholdsView {
                    version,
                    thresholds: Thresholds::default(),
                },
                units: unit_choices(lang),
                canvas: Canvas::of(areas, None),
                lines,
            }
            .render()
        };
        let line = |way, mode, unit: &str| {
            sample_check(way, mode).map(|view| FoundingLine::of(&view, unit.to_owned()))
        };
        let lines = [
            line(FoundingWay::Drawing, Some(FoundingMode::Gather), "华南城"),
            line(FoundingWay::List, None, ""),
        ];
        vec![
            Sample::new(
                "founding",
                page(
                    lines.into_iter().flatten().collect(),
                    1,
                    &sample_areas(lang),
                ),
            ),
            Sample::new("founding-empty", page(vec![], 0, &[])),
        ]
    }
}

impl FoundingCheckPage {
    /// For the gallery and the tests.
    #[must_use]
    pub fn samples(lang: Lang) -> Vec<Sample> {
        let page = |way, mode, may_decide| {
            let c = chrome_in(
                lang,
                "founding-title",
                "/founding/gggggggggggggggg",
                &["office"],
            );
            let unit = Some(("b".repeat(16), "华南城".to_owned()));
            let around = (unit_choices(lang), vec![]);
            sample_check(way, mode)
                .ok_or(askama::Error::Fmt)
                .and_then(|view| {
                    Self::of(c, view, unit, &sample_areas(lang), around, may_decide).render()
                })
        };
        vec![
            Sample::new(
                "founding-drawing",
                page(FoundingWay::Drawing, Some(FoundingMode::Gather), true),
            ),
            Sample::new("founding-list", page(FoundingWay::List, None, false)),
        ]
    }
}
