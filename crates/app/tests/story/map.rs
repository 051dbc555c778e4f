//! The map, founding checks and the year page: drawings with all their faults, three ways to choose firms, what was
//! decided stays, a year counted from the record, and rights.

#![allow(clippy::too_many_lines, reason = "a story is told in order")]

use pingyi_app::record::*;
use pingyi_app::*;
use pingyi_domain::record::{
    AreaDraft, EntryDraft, FirmDraft, FoundingDecision, FoundingDraft, HeadcountDraft, MatterDraft,
    ThresholdsDraft,
};

use crate::units::{Year, draft};

fn said<T: std::fmt::Debug>(result: Result<T>) -> String {
    match result.unwrap_err() {
        AppError::Fields(problems) => problems
            .into_iter()
            .map(|p| format!("{} {}", p.field, p.rule))
            .collect::<Vec<_>>()
            .join(", "),
        other => other.code().to_owned(),
    }
}

fn square(name: &str, west: f64, south: f64) -> String {
    let (east, north) = (west + 0.01, south + 0.01);
    format!(
        "{{\"type\":\"Feature\",\"properties\":{{\"name\":\"{name}\"}},\"geometry\":{{\"type\":\"Polygon\",\"coordinates\":\
         [[[{west},{south}],[{east},{south}],[{east},{north}],[{west},{north}],[{west},{south}]]]}}}}"
    )
}

fn collection(features: &[String]) -> String {
    let all = features.join(",");
    format!("{{\"type\":\"FeatureCollection\",\"features\":[{all}]}}")
}

fn firm(unit: &UnitId, name: &str, place: Option<(&str, &str)>) -> FirmDraft {
    let (lon, lat) = place.unwrap_or_default();
    FirmDraft {
        unit: unit.to_string(),
        name: name.into(),
        kind: "non_public".into(),
        members: "4".into(),
        lon: lon.into(),
        lat: lat.into(),
        opened_on: "2020-01-01".into(),
        ..FirmDraft::default()
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn drawings_are_tied_to_parks_by_name_and_all_faults_are_said() {
    let year = Year::begin().await;
    let (app, office) = (&year.app, &year.office);
    let file = collection(&[
        square("华南城园区党委", 114.1, 22.67),
        square("平湖街道轮廓", 114.0, 22.6),
    ]);
    let sent = app.send_areas(office, &file).await.unwrap();
    assert_eq!((sent.added, sent.changed), (2, 0));
    let areas = app.areas().await.unwrap();
    let tied = areas.iter().find(|area| area.area.unit.is_some()).unwrap();
    assert_eq!(tied.area.unit.as_ref(), Some(&year.parks[0]));
    // The same again, moved: drawn anew, not twice.
    let again = collection(&[square("华南城园区党委", 114.2, 22.67)]);
    let sent = app.send_areas(office, &again).await.unwrap();
    assert_eq!(
        (sent.added, sent.changed, sent.ids[0].clone()),
        (0, 1, tied.id.clone())
    );
    assert_eq!(app.areas().await.unwrap().len(), 2);
    let bad = collection(&[
        square("", 114.1, 22.67),
        square("山厦", 114.1, 22.67),
        square("山厦", 114.1, 22.67),
    ]);
    assert_eq!(
        said(app.send_areas(office, &bad).await),
        "drawings.1. geo_nameless, drawings.3.山厦 geo_twice"
    );
    assert_eq!(
        said(app.send_areas(office, "园区").await),
        "drawings geo_unreadable"
    );
    assert_eq!(app.areas().await.unwrap().len(), 2, "everything or nothing");
    // Tied by hand; a unit has one outline; taken away with the right version.
    let outline = areas.iter().find(|area| area.area.unit.is_none()).unwrap();
    let taken = AreaDraft {
        unit: year.parks[0].to_string(),
        name: "平湖".into(),
    };
    assert_eq!(
        said(app.change_area(office, &outline.id, 1, &taken).await),
        "unit area_taken"
    );
    let free = AreaDraft {
        unit: year.parks[1].to_string(),
        name: "海吉星".into(),
    };
    app.change_area(office, &outline.id, 1, &free)
        .await
        .unwrap();
    assert_eq!(
        said(app.remove_area(office, &outline.id, 1).await),
        "old_version"
    );
    app.remove_area(office, &outline.id, 2).await.unwrap();
    assert!(app.check_audit().await.unwrap().faults.is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn the_map_shows_what_one_may_see() {
    let year = Year::begin().await;
    let (app, office) = (&year.app, &year.office);
    let file = collection(&[
        square("华南城园区党委", 114.1, 22.67),
        square("白坭坑海吉星园区党委", 114.2, 22.67),
    ]);
    app.send_areas(office, &file).await.unwrap();
    for (unit, name, place) in [
        (&year.parks[0], "甲公司", Some(("114105000", "22675000"))),
        (&year.parks[0], "乙公司", None),
        (&year.parks[1], "丙公司", Some(("114205000", "22675000"))),
    ] {
        app.add_firm(office, &firm(unit, name, place))
            .await
            .unwrap();
    }
    let map = app.map(office, None, None).await.unwrap();
    assert!(map.parks.iter().all(|park| park.cover.is_some()) && map.dots.is_empty());
    let near = app.map(office, None, Some(&year.parks[0])).await.unwrap();
    assert_eq!((near.dots.len(), near.firms), (1, 2));
    assert_eq!(near.dots[0].name, "甲公司");
    let recorder = year
        .somebody("jilu", Role::Recorder, Some(&year.parks[0]))
        .await;
    let own = app.map(&recorder, None, None).await.unwrap();
    let seen: Vec<bool> = own.parks.iter().map(|park| park.cover.is_some()).collect();
    assert_eq!(
        seen,
        [true, false],
        "the other park is an outline without figures"
    );
    assert_eq!(
        said(app.map(&recorder, None, Some(&year.parks[1])).await),
        "not_your_unit"
    );
    assert_eq!(
        said(app.send_areas(&recorder, &file).await),
        "not_your_unit"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_check_counts_today_and_what_was_decided_stays() {
    let year = Year::begin().await;
    let (app, office) = (&year.app, &year.office);
    let community = app
        .add_unit(
            office,
            &draft("community", "山厦社区党委", Some(&year.root)),
        )
        .await
        .unwrap();
    let community: UnitId = community.id.parse().unwrap();
    for (unit, name, place) in [
        (&year.parks[0], "甲公司", Some(("114105000", "22675000"))),
        (&year.parks[0], "乙公司", None),
        (&year.parks[1], "丙公司", Some(("114110000", "22680000"))),
        (&community, "丁公司", Some(("114300000", "22675000"))),
    ] {
        app.add_firm(office, &firm(unit, name, place))
            .await
            .unwrap();
    }
    let limits = ThresholdsDraft {
        area_m2: "1000000".into(),
        firms: "2".into(),
        members: "8".into(),
        branches: "1".into(),
    };
    app.set_founding_thresholds(office, 0, &limits)
        .await
        .unwrap();
    let kept = app.founding_thresholds().await.unwrap();
    assert_eq!((kept.version, kept.thresholds.firms), (1, 2));
    let other = ThresholdsDraft {
        firms: "3".into(),
        ..limits.clone()
    };
    assert_eq!(
        said(app.set_founding_thresholds(office, 0, &other).await),
        "conflict"
    );
    let check = async |draft: FoundingDraft| {
        let draft = FoundingDraft {
            title: "新园区".into(),
            ..draft
        };
        let stored = app.check_founding(office, &draft).await.unwrap();
        let id: FoundingId = stored.id.parse().unwrap();
        app.founding(office, &id).await.unwrap()
    };
    // Drawn: the corner of the drawing is in, a firm without a place is told of.
    let drawn = check(FoundingDraft {
        way: "drawing".into(),
        shape: "114.1,22.67 114.11,22.67 114.11,22.68 114.1,22.68".into(),
        ..FoundingDraft::default()
    })
    .await;
    let figures = &drawn.founding.figures;
    assert_eq!(
        (figures.firms, figures.members, figures.unplaced),
        (2, 8, 1)
    );
    assert_eq!(figures.proposed, Some(FoundingMode::Gather));
    assert!(
        figures
            .area_m2
            .is_some_and(|size| (1_100_000..1_200_000).contains(&size))
    );
    assert!(!drawn.founding.met(), "no organisation covers them");
    // By name; what fits nothing is listed.
    let listed = check(FoundingDraft {
        way: "list".into(),
        firms: "甲公司\n丁公司\n某某公司".into(),
        area_m2: "1000000".into(),
        ..FoundingDraft::default()
    })
    .await;
    assert_eq!(listed.founding.figures.missed, ["某某公司"]);
    assert_eq!(
        listed.founding.figures.proposed,
        Some(FoundingMode::Radiate)
    );
    let nobody = FoundingDraft {
        title: "x".into(),
        way: "list".into(),
        firms: "某某公司".into(),
        ..FoundingDraft::default()
    };
    assert_eq!(
        said(app.check_founding(office, &nobody).await),
        "firms none_found"
    );
    // A whole unit.
    let whole = check(FoundingDraft {
        way: "unit".into(),
        whole: community.to_string(),
        ..FoundingDraft::default()
    })
    .await;
    assert_eq!(whole.founding.figures.proposed, Some(FoundingMode::Upgrade));
    assert_eq!(whole.founding.figures.area_m2, None, "nobody has drawn it");
    // Decided; the figures stay when firms come and thresholds change.
    let decision = FoundingDecision {
        unit: year.parks[0].to_string(),
        title: "华南城园区".into(),
        mode: "gather".into(),
        note: "会议决定".into(),
    };
    app.decide_founding(office, &drawn.id, 1, &decision)
        .await
        .unwrap();
    app.set_founding_thresholds(office, 1, &other)
        .await
        .unwrap();
    app.add_firm(
        office,
        &firm(&year.parks[0], "戊公司", Some(("114105000", "22675001"))),
    )
    .await
    .unwrap();
    let of_park = app.foundings_of(office, &year.parks[0]).await.unwrap();
    assert_eq!(of_park.len(), 1);
    assert_eq!(of_park[0].founding.figures, drawn.founding.figures);
    assert_eq!(of_park[0].founding.thresholds.firms, 2);
    assert_eq!(of_park[0].founding.mode, Some(FoundingMode::Gather));
    let mine = FoundingDecision {
        title: "别的".into(),
        ..decision.clone()
    };
    assert_eq!(
        said(app.decide_founding(office, &drawn.id, 1, &mine).await),
        "conflict"
    );
    // Rights: decided ones are of who sees the unit, others of the office.
    let recorder = year
        .somebody("jilu", Role::Recorder, Some(&year.parks[0]))
        .await;
    app.founding(&recorder, &drawn.id).await.unwrap();
    assert_eq!(
        said(app.founding(&recorder, &listed.id).await),
        "not_your_unit"
    );
    assert_eq!(said(app.foundings(&recorder).await), "not_your_unit");
    assert_eq!(
        said(app.decide_founding(&recorder, &drawn.id, 2, &mine).await),
        "not_your_unit"
    );
    assert_eq!(
        said(app.remove_founding(office, &listed.id, 2).await),
        "old_version"
    );
    app.remove_founding(office, &listed.id, 1).await.unwrap();
    assert_eq!(app.foundings(office).await.unwrap().len(), 2);
    assert!(app.check_audit().await.unwrap().faults.is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_year_is_counted_from_the_record() {
    let year = Year::begin().await;
    let (app, office, park) = (&year.app, &year.office, &year.parks[0]);
    let today = app.today().unwrap();
    let this = today.year();
    let count = |on: String, total: &str| HeadcountDraft {
        unit: park.to_string(),
        on_date: on,
        total: total.into(),
        ..HeadcountDraft::default()
    };
    app.add_belonging(office, &count(format!("{}-12-31", this - 1), "270"))
        .await
        .unwrap();
    app.add_belonging(office, &count(today.to_string(), "390"))
        .await
        .unwrap();
    app.add_firm(office, &firm(park, "甲公司", None))
        .await
        .unwrap();
    let entry = |kind: &str, unit: &UnitId, on: String| EntryDraft {
        unit: unit.to_string(),
        kind: kind.into(),
        on_date: on,
        title: "某事".into(),
        headcount: "30".into(),
        ..EntryDraft::default()
    };
    for draft in [
        entry("activity", park, format!("{this}-01-05")),
        entry("activity", &year.branch, today.to_string()),
        entry("activity", &year.parks[1], today.to_string()),
        entry("activity", park, format!("{}-12-31", this - 1)),
    ] {
        app.add_entry(office, &draft).await.unwrap();
    }
    let matter = MatterDraft {
        list: "problem".into(),
        title: "某事项".into(),
        origin: "visit".into(),
        unit: year.branch.to_string(),
        raised_on: format!("{this}-02-01"),
        ..MatterDraft::default()
    };
    app.add_matter(office, &matter).await.unwrap();
    let report = app.year_report(office, park, this).await.unwrap();
    assert!(report.running && report.until == today);
    assert_eq!(report.members, [Some(270), Some(390)]);
    assert_eq!(report.growth.unwrap().0, 120);
    assert_eq!(report.kinds.len(), 1, "of this year and this park");
    let kind = &report.kinds[0];
    assert_eq!((kind.entries(), kind.unconfirmed, kind.people), (2, 2, 60));
    assert_eq!(kind.quarters[0], 1);
    assert_eq!((report.matters.raised, report.matters.open), (1, 1));
    assert_eq!(report.cover.operating, 1);
    assert_eq!(report.meetings.len(), 1);
    let before = app.year_report(office, park, this - 1).await.unwrap();
    assert_eq!((before.kinds[0].entries(), before.running), (1, false));
    assert_eq!(before.members, [None, Some(270)]);
    assert_eq!(before.matters.raised, 0);
    assert_eq!(
        said(app.year_report(office, park, this + 1).await),
        "not_found"
    );
    let recorder = year
        .somebody("jilu", Role::Recorder, Some(&year.parks[1]))
        .await;
    assert_eq!(
        said(app.year_report(&recorder, park, this).await),
        "not_your_unit"
    );
    // The same figures as lines: nobody had counted before the first count.
    let lines = app.member_lines(office).await.unwrap();
    assert_eq!(lines.of[park].last(), Some(&Some(390)));
    assert_eq!(lines.of[park].first(), Some(&None));
    assert_eq!(lines.of[&year.parks[1]].last(), Some(&None));
    let trend = app.trend(&recorder).await.unwrap();
    assert_eq!(
        (trend.entries.iter().sum::<i64>(), trend.members.last()),
        (1, Some(&None))
    );
}
