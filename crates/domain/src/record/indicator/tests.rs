use super::*;
use crate::record::Share;

fn day(text: &str) -> Date {
    text.parse().unwrap()
}

fn draft(measure: &str) -> IndicatorDraft {
    IndicatorDraft {
        name: "学习教育场次".into(),
        measure: measure.into(),
        from_on: "2026-01-01".into(),
        until_on: "2026-12-31".into(),
        target: "40".into(),
        ..IndicatorDraft::default()
    }
}

fn indicator(measure: Measure) -> Indicator {
    draft(measure.as_str()).read().unwrap()
}

fn tally(bucket: &str, part: i64, whole: i64) -> Tally {
    Tally {
        unit: "a".repeat(16).parse().unwrap(),
        bucket: bucket.into(),
        part,
        whole,
    }
}

fn target(text: &str) -> Option<Amount> {
    text.parse().ok()
}

#[test]
fn the_form_says_all_that_is_wrong() {
    assert!(draft("entries").read().is_ok());
    let bad = IndicatorDraft {
        name: String::new(),
        kind: "class".into(),
        until_on: "2025-12-31".into(),
        weight: "-1".into(),
        target: "101".into(),
        ..draft("org_rate")
    };
    let rules: Vec<String> = bad
        .read()
        .unwrap_err()
        .into_iter()
        .map(|p| format!("{} {}", p.field, p.rule))
        .collect();
    assert_eq!(
        rules,
        [
            "name missing",
            "kind measure_kind",
            "until_on period",
            "weight number_range",
            "target percent",
        ]
    );
}

#[test]
fn a_unit_has_its_own_target_or_that_of_all() {
    let own: UnitId = "b".repeat(16).parse().unwrap();
    let all: UnitId = "c".repeat(16).parse().unwrap();
    let read = IndicatorDraft {
        targets: BTreeMap::from([
            (own.to_string(), "12.5".into()),
            (all.to_string(), String::new()),
        ]),
        ..draft("entries")
    }
    .read()
    .unwrap();
    assert_eq!(read.target_of(&own), target("12.5"));
    assert_eq!(read.target_of(&all), target("40"));
}

#[test]
fn figures_are_the_sum_of_the_rows() {
    let year = Period::year(2026).unwrap();
    let rows = [tally("", 3, 5), tally("", 4, 6)];
    assert_eq!(figure(Measure::Entries, year, &rows), Figure::Count(7));
    let rate = Figure::Rate(Share { part: 7, whole: 11 });
    assert_eq!(figure(Measure::OrgRate, year, &rows), rate);
    assert_eq!(
        figure(Measure::ClosedInTime, year, &[]),
        Figure::Rate(Share { part: 0, whole: 0 })
    );
    let much = Figure::Much("0.007".parse().unwrap());
    assert_eq!(figure(Measure::Quantity, year, &rows), much);
}

#[test]
fn a_quarter_counts_once_and_only_in_the_period() {
    let year = Period::year(2026).unwrap();
    let rows = [
        tally("2026-01", 1, 0),
        tally("2026-03", 2, 0),
        tally("2026-Q3", 1, 0),
        tally("2026-Q4", 0, 0),
        tally("2025-12", 1, 0),
        tally("2025-Q4", 1, 0),
        tally("", 1, 0),
    ];
    assert_eq!(figure(Measure::Quarters, year, &rows), Figure::Count(2));
}

/// Expected by 2 July (183 of 365 days): 40 × 183/365 = 20.05…; 80 % of it is 16.04….
#[test]
fn the_judgement_goes_by_the_days_gone() {
    let entries = indicator(Measure::Entries);
    let judged = |count| {
        tone(
            &entries,
            Figure::Count(count),
            entries.target,
            day("2026-07-02"),
        )
    };
    assert_eq!(
        [16, 17, 20, 21].map(judged),
        [Tone::Bad, Tone::Warn, Tone::Warn, Tone::Ok]
    );
    let late = |count| {
        tone(
            &entries,
            Figure::Count(count),
            entries.target,
            day("2027-02-01"),
        )
    };
    assert_eq!(
        [31, 32, 39, 40].map(late),
        [Tone::Bad, Tone::Warn, Tone::Warn, Tone::Ok]
    );
    let early = tone(
        &entries,
        Figure::Count(0),
        entries.target,
        day("2025-12-01"),
    );
    assert_eq!(early, Tone::Ok, "before it begins nothing is expected");
}

#[test]
fn a_level_is_expected_whole_and_a_running_quarter_is_not_yet() {
    let rate = indicator(Measure::OrgRate);
    let judged = |part| {
        let figure = Figure::Rate(Share { part, whole: 100 });
        tone(&rate, figure, target("40"), day("2026-02-01"))
    };
    assert_eq!(
        [31, 32, 39, 40].map(judged),
        [Tone::Bad, Tone::Warn, Tone::Warn, Tone::Ok]
    );
    let quarters = indicator(Measure::Quarters);
    let judged = |held, on| tone(&quarters, Figure::Count(held), target("4"), day(on));
    assert_eq!(judged(3, "2026-12-31"), Tone::Ok);
    assert_eq!(judged(3, "2027-01-01"), Tone::Bad);
    assert_eq!(judged(2, "2026-09-30"), Tone::Ok);
    assert_eq!(judged(2, "2026-10-01"), Tone::Bad);
}

#[test]
fn without_target_or_figure_there_is_no_judgement() {
    let entries = indicator(Measure::Entries);
    let today = day("2026-07-02");
    for (figure, target) in [
        (Figure::Count(5), None),
        (Figure::Count(5), target("0")),
        (Figure::Missing, target("4")),
        (Figure::Rate(Share { part: 0, whole: 0 }), target("4")),
    ] {
        assert_eq!(tone(&entries, figure, target, today), Tone::None);
        assert_eq!(attainment(figure, target), None);
    }
}

#[test]
fn the_score_weighs_attainments_up_to_the_whole() {
    let reached = |count, of: &str| attainment(Figure::Count(count), target(of)).unwrap();
    // (20 × 1 + 10 × 1/3) ÷ 30 = 7/9
    assert_eq!(
        score([(20, reached(9, "4")), (10, reached(1, "3"))]),
        Some(7_778)
    );
    assert_eq!(
        score([(1, reached(-5, "4"))]),
        Some(0),
        "shrinking is nought, not less"
    );
    assert_eq!(
        score([(1, reached(1, "1")), (1, reached(1, "1"))]),
        Some(10_000)
    );
    assert_eq!(score([]), None);
    assert_eq!(score([(0, reached(1, "1"))]), None);
}
