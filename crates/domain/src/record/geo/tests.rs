use proptest::prelude::*;

use super::*;

const fn at(lon: i64, lat: i64) -> Place {
    Place { lon, lat }
}

fn square(from: i64, to: i64) -> Ring {
    vec![at(from, from), at(to, from), at(to, to), at(from, to)]
}

fn ring_with_hole() -> Shape {
    Shape {
        polygons: vec![Polygon {
            outline: square(0, 100),
            holes: vec![square(40, 60)],
        }],
    }
}

#[test]
fn edges_are_in_and_a_hole_is_out_but_not_its_edge() {
    let shape = ring_with_hole();
    for inside in [
        at(0, 0),
        at(100, 50),
        at(50, 100),
        at(1, 99),
        at(40, 50),
        at(60, 60),
        at(39, 50),
    ] {
        assert!(shape.holds(inside), "{inside:?}");
    }
    for outside in [
        at(-1, 0),
        at(101, 50),
        at(50, 50),
        at(41, 59),
        at(50, -1),
        at(200, 100),
        at(-5, 100),
    ] {
        assert!(!shape.holds(outside), "{outside:?}");
    }
    assert!(!Shape::default().holds(at(0, 0)));
}

#[test]
fn a_ray_through_a_corner_is_counted_once() {
    // A rhomb: rays at the height of its corners and of its tips.
    let rhomb = Shape::of(vec![at(0, 0), at(10, 10), at(0, 20), at(-10, 10)]);
    assert!(rhomb.holds(at(0, 10)) && rhomb.holds(at(-10, 10)) && !rhomb.holds(at(-11, 10)));
    assert!(!rhomb.holds(at(-5, 20)) && !rhomb.holds(at(-5, 0)) && rhomb.holds(at(0, 20)));
    // A comb: the ray runs along a level side.
    let comb = Shape::of(vec![
        at(0, 0),
        at(30, 0),
        at(30, 20),
        at(20, 20),
        at(20, 10),
        at(10, 10),
        at(10, 20),
        at(0, 20),
    ]);
    assert!(comb.holds(at(5, 10)) && comb.holds(at(15, 10)) && comb.holds(at(25, 15)));
    assert!(!comb.holds(at(15, 11)) && !comb.holds(at(-1, 10)) && !comb.holds(at(15, 20)));
}

#[test]
fn the_name_stands_inside_also_where_the_middle_is_none() {
    let horseshoe = Shape::of(vec![
        at(0, 0),
        at(30, 0),
        at(30, 30),
        at(20, 30),
        at(20, 5),
        at(10, 5),
        at(10, 30),
        at(0, 30),
    ]);
    let middle = horseshoe.middle().unwrap();
    assert!(horseshoe.holds(middle), "{middle:?}");
    assert_eq!(Shape::of(square(0, 10)).middle(), Some(at(5, 5)));
    assert_eq!(Shape::default().middle(), None);
}

#[test]
fn sizes_are_those_of_the_sphere() {
    // A hundredth of a degree each way at the equator: 1,111.95 m squared.
    assert_eq!(Shape::of(square(0, 10_000)).square_metres(), 1_236_435);
    // At 22.7° north, as Pinghu lies, a degree of longitude is 0.9225 of that.
    let pinghu = Shape::of(vec![
        at(114_100_000, 22_695_000),
        at(114_110_000, 22_695_000),
        at(114_110_000, 22_705_000),
        at(114_100_000, 22_705_000),
    ]);
    assert_eq!(pinghu.square_metres(), 1_140_658);
    let hole = Shape {
        polygons: vec![Polygon {
            outline: square(0, 10_000),
            holes: vec![square(0, 5_000)],
        }],
    };
    assert_eq!(hole.square_metres(), 927_326);
    assert_eq!(Shape::default().square_metres(), 0);
    assert_eq!(
        (narrowing(0), narrowing(60_000_000)),
        (1_000_000_000, 499_999_999)
    );
    assert!(narrowing(90_000_000) < 10);
    let world = Shape::of(vec![
        at(-180_000_000, -90_000_000),
        at(180_000_000, -90_000_000),
        at(180_000_000, 90_000_000),
        at(-180_000_000, 90_000_000),
    ]);
    assert!(world.square_metres() > 0, "the largest numbers fit");
}

fn rules(text: &str) -> Vec<String> {
    match read(text) {
        Ok(features) => vec![format!("{} read", features.len())],
        Err(problems) => problems
            .iter()
            .map(|p| format!("{} {} {}", p.feature, p.name, p.rule))
            .collect(),
    }
}

fn feature(name: &str, geometry: &str) -> String {
    format!(
        "{{\"type\":\"Feature\",\"properties\":{{\"name\":\"{name}\"}},\"geometry\":{geometry}}}"
    )
}

fn polygon(rings: &str) -> String {
    format!("{{\"type\":\"Polygon\",\"coordinates\":{rings}}}")
}

const BOX: &str = "[[114.1,22.7],[114.2,22.7],[114.2,22.8],[114.1,22.8],[114.1,22.7]]";

#[test]
fn a_file_is_read_in_each_of_its_forms() {
    let whole = format!(
        "\u{feff}{{\"type\":\"FeatureCollection\",\"features\":[{}]}}",
        feature("华南城", &polygon(&format!("[{BOX}]")))
    );
    let features = read(&whole).unwrap();
    assert_eq!(features[0].name, "华南城");
    assert_eq!(
        features[0].shape.polygons[0].outline[1],
        at(114_200_000, 22_700_000)
    );
    assert_eq!(
        rules(&feature("a", &polygon(&format!("[{BOX}]")))),
        ["1 read"]
    );
    assert_eq!(rules(&polygon(&format!("[{BOX}]"))), ["1 read"]);
    assert_eq!(
        rules(&format!(
            "{{\"type\":\"MultiPolygon\",\"coordinates\":[[{BOX}],[{BOX}]]}}"
        )),
        ["1 read"]
    );
    // A third number is a height; the same corner twice is no fault.
    let high = "[[0,0,5],[1,0,5],[1,0,5],[1,1,5],[0,0,5]]";
    assert_eq!(rules(&polygon(&format!("[{high}]"))), ["1 read"]);
}

#[test]
fn everything_wrong_in_a_file_is_said_at_once() {
    let bad = [
        feature("点", "{\"type\":\"Point\",\"coordinates\":[1,2]}"),
        feature("开", &polygon("[[[0,0],[1,0],[1,1],[0,1]]]")),
        feature("短", &polygon("[[[0,0],[1,0],[0,0]]]")),
        feature("叉", &polygon("[[[0,0],[2,2],[2,0],[0,2],[0,0]]]")),
        feature("远", &polygon("[[[0,0],[181,0],[1,1],[\"x\",1],[0,0]]]")),
        feature(
            "洞",
            &polygon("[[[0,0],[4,0],[4,4],[0,4],[0,0]],[[5,5],[6,5],[6,6],[5,5]]]"),
        ),
        feature("回", &polygon("[[[0,0],[4,0],[2,0],[2,4],[0,0]]]")),
        feature("空", &polygon("[]")),
        "{\"type\":\"Thing\"}".to_owned(),
        feature(&"长".repeat(81), &polygon(&format!("[{BOX}]"))),
    ];
    let text = format!(
        "{{\"type\":\"FeatureCollection\",\"features\":[{}]}}",
        bad.join(",")
    );
    let long = "长".repeat(20);
    assert_eq!(
        rules(&text),
        [
            "1 点 geo_geometry",
            "2 开 geo_open",
            "3 短 geo_short",
            "4 叉 geo_crossing",
            "5 远 geo_place",
            "6 洞 geo_hole",
            "7 回 geo_crossing",
            "8 空 geo_ring",
            "9  geo_feature",
            format!("10 {long} geo_name").as_str(),
        ]
    );
}

#[test]
fn a_file_that_is_none_or_too_large_is_refused() {
    assert_eq!(rules("园区"), ["0  geo_unreadable"]);
    assert_eq!(rules("[1]"), ["0  geo_type"]);
    assert_eq!(
        rules("{\"type\":\"FeatureCollection\",\"features\":[]}"),
        ["0  geo_empty"]
    );
    assert_eq!(rules(&" ".repeat(MOST_BYTES + 1)), ["0  geo_large"]);
    let one = feature("a", &polygon(&format!("[{BOX}]")));
    let many = vec![one; MOST_FEATURES + 1].join(",");
    assert_eq!(
        rules(&format!(
            "{{\"type\":\"FeatureCollection\",\"features\":[{many}]}}"
        )),
        ["0  geo_many"]
    );
    let corners: Vec<String> = (0..2_100).map(|n| format!("[{n}e-3,0]")).collect();
    assert_eq!(
        rules(&polygon(&format!("[[{}]]", corners.join(",")))),
        ["0  geo_many_places"]
    );
}

/// A star-shaped ring around nought: corners by their direction, so that it never crosses itself.
fn star() -> impl Strategy<Value = Ring> {
    const WAYS: [(i64, i64); 8] = [
        (4, 0),
        (3, 3),
        (0, 4),
        (-3, 3),
        (-4, 0),
        (-3, -3),
        (0, -4),
        (3, -3),
    ];
    prop::collection::vec(1_i64..1_000_000, 8).prop_map(|far| {
        WAYS.iter()
            .zip(far)
            .map(|((x, y), far)| at(x * far, y * far))
            .collect()
    })
}

proptest! {
    #[test]
    fn every_corner_and_every_middle_of_a_side_is_in(ring in star()) {
        // Doubled, so that the middle of a side is a whole number.
        let ring: Ring = ring.iter().map(|p| at(p.lon * 2, p.lat * 2)).collect();
        let shape = Shape::of(ring.clone());
        prop_assert!(!crosses_itself(&ring));
        for (a, b) in sides(&ring) {
            prop_assert!(shape.holds(a));
            prop_assert!(shape.holds(at(i64::midpoint(a.lon, b.lon), i64::midpoint(a.lat, b.lat))));
        }
        prop_assert!(shape.holds(at(0, 0)));
        prop_assert!(shape.holds(shape.middle().unwrap()));
    }

    #[test]
    fn neither_the_first_corner_nor_the_way_round_matters(ring in star(), turns in 0_usize..8, x in -5_000_000_i64..5_000_000, y in -5_000_000_i64..5_000_000) {
        let mut other = ring.clone();
        other.rotate_left(turns);
        other.reverse();
        let (one, two) = (Shape::of(ring), Shape::of(other));
        prop_assert_eq!(one.holds(at(x, y)), two.holds(at(x, y)));
        prop_assert_eq!(one.square_metres(), two.square_metres());
        prop_assert_eq!(one.bounds(), two.bounds());
    }

    #[test]
    fn what_is_outside_the_box_is_outside(ring in star(), by in 1_i64..1_000) {
        let shape = Shape::of(ring);
        let bounds = shape.bounds().unwrap();
        prop_assert!(!shape.holds(at(bounds.most.lon + by, 0)));
        prop_assert!(!shape.holds(at(0, bounds.least.lat - by)));
    }

    #[test]
    fn a_hole_takes_off_its_inside_and_its_size(ring in star(), x in -4_000_000_i64..4_000_000, y in -4_000_000_i64..4_000_000) {
        let hole: Ring = ring.iter().map(|p| at(p.lon / 2, p.lat / 2)).collect();
        prop_assume!(!crosses_itself(&hole) && hole.iter().collect::<std::collections::BTreeSet<_>>().len() == 8);
        let full = Shape::of(ring.clone());
        let cut = Shape { polygons: vec![Polygon { outline: ring, holes: vec![hole.clone()] }] };
        let inner = side_of(&hole, at(x, y)) == Side::Inside;
        prop_assert_eq!(cut.holds(at(x, y)), full.holds(at(x, y)) && !inner);
        prop_assert!(cut.square_metres() <= full.square_metres());
    }

    #[test]
    fn what_is_written_is_read_back(ring in star()) {
        let shape = Shape::of(ring);
        let read = read(&shape.to_geojson()).unwrap();
        prop_assert_eq!(&read[0].shape, &shape);
    }

    #[test]
    fn no_text_makes_it_fall_over(text in "\\PC{0,200}") {
        let _ = read(&text).is_ok();
    }
}
