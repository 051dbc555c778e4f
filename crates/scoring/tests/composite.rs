//! Composites worked out by hand: uneven weights, missing parts, and what has to be said beside them (domain.md §8).

#![allow(clippy::unwrap_used)] // tests may stop at the first surprise

use pingyi_scoring::{
    Composite, CompositeScheme, CompositeStatement as Said, CompositeStep, Evaluation, Exact,
    ScoringError, Source, SourcePart, Sources,
};

fn exact(text: &str) -> Exact {
    text.parse().unwrap()
}

fn scheme(ballot: &str, indicators: &str, leaders: &str) -> CompositeScheme {
    CompositeScheme {
        ballot: exact(ballot),
        indicators: exact(indicators),
        leaders: exact(leaders),
    }
}

/// The check value of domain.md §8, an attainment of 7/8, and two leaders of whom the first weighs twice.
fn whole() -> Sources {
    let leader = |weight: &str, points: &str| Evaluation {
        weight: exact(weight),
        points: exact(points),
    };
    Sources {
        ballot: Some(exact("9838/105")),
        indicators: Some(exact("87.5")),
        leaders: vec![leader("2", "95"), leader("1", "80")],
    }
}

fn composite(scheme: &CompositeScheme, presenters: &[Sources]) -> Composite {
    Composite::new(scheme, &exact("100"), presenters).unwrap()
}

fn shares(parts: &[(Source, &str)]) -> Vec<SourcePart> {
    let part = |&(source, part): &(Source, &str)| SourcePart {
        source,
        part: exact(part),
    };
    parts.iter().map(part).collect()
}

#[test]
fn uneven_weights() {
    // (60 × 9838/105 + 25 × 87.5 + 15 × 90) ÷ 100 = (39352/7 + 3537.5) ÷ 100
    let found = composite(&scheme("60", "25", "15"), &[whole()]);
    let score = found.presenters[0].score.as_ref().unwrap();
    assert_eq!(score.fraction(), "128229/1400");
    assert_eq!(score.rounded(6), "91.592143");
    assert_eq!(found.statements, []);
    // Weights that do not add up to 100 and are no whole numbers.
    let found = composite(&scheme("1/3", "0.5", "1.25"), &[whole()]);
    let score = found.presenters[0].score.as_ref().unwrap();
    assert_eq!(score.fraction(), "236227/2625");
}

#[test]
fn a_source_nobody_has_leaves_the_denominator_and_it_is_said() {
    let without = Sources {
        leaders: Vec::new(),
        ..whole()
    };
    let found = composite(&scheme("60", "25", "15"), &[without.clone(), without]);
    // (39352/7 + 2187.5) ÷ 85
    let score = found.presenters[1].score.as_ref().unwrap();
    assert_eq!(score.fraction(), "109329/1190");
    assert_eq!(
        found.statements,
        [
            Said::SourceMissing {
                source: Source::Leaders,
                weight: exact("15")
            },
            Said::Redistributed {
                parts: shares(&[(Source::Ballot, "12/17"), (Source::Indicators, "5/17")])
            }
        ]
    );
    let rank = found.presenters[1].rank.unwrap();
    assert_eq!((rank.place, rank.shared_by), (1, 2), "a tie is a tie");
}

#[test]
fn a_source_one_presenter_lacks_is_said_of_that_presenter() {
    let lacking = Sources {
        indicators: None,
        ..whole()
    };
    let found = composite(
        &scheme("60", "25", "15"),
        &[whole(), lacking, Sources::default()],
    );
    // (39352/7 + 1350) ÷ 75
    let score = found.presenters[1].score.as_ref().unwrap();
    assert_eq!(score.fraction(), "48802/525");
    assert_eq!(found.presenters[2].score, None);
    assert_eq!(found.presenters[2].rank, None);
    assert_eq!(
        found.statements,
        [
            Said::SourceMissingFor {
                presenter: 1,
                source: Source::Indicators,
                weight: exact("25")
            },
            Said::RedistributedFor {
                presenter: 1,
                parts: shares(&[(Source::Ballot, "0.8"), (Source::Leaders, "0.2")])
            },
            Said::NoComposite { presenter: 2 },
        ]
    );
}

#[test]
fn a_source_of_weight_nought_is_not_used_and_nothing_is_said() {
    let found = composite(&CompositeScheme::ballot_only(), &[whole()]);
    let score = found.presenters[0].score.as_ref().unwrap();
    assert_eq!(score.fraction(), "9838/105");
    assert_eq!(found.presenters[0].points(Source::Leaders), None);
    assert_eq!(found.statements, []);
}

#[test]
fn the_working_can_be_repeated_on_paper() {
    let scheme = scheme("60", "25", "15");
    let found = composite(&scheme, &[whole()]);
    let steps = found.working(&scheme, 0, 2);
    let [
        CompositeStep::LeadersMean {
            terms: leaders,
            sum: points,
            divisor: weights,
            mean,
        },
        CompositeStep::Composite {
            terms,
            sum,
            divisor,
            score,
        },
    ] = steps.as_slice()
    else {
        panic!("{steps:?}")
    };
    let products = |terms: &[pingyi_scoring::Term]| -> Vec<String> {
        terms
            .iter()
            .map(|term| {
                format!(
                    "{} × {} = {}",
                    term.factor.fraction, term.number.fraction, term.product.fraction
                )
            })
            .collect()
    };
    assert_eq!(products(leaders), ["2 × 95 = 190", "1 × 80 = 80"]);
    assert_eq!(
        (&*points.fraction, &*weights.fraction, &*mean.shown),
        ("270", "3", "90.00")
    );
    assert_eq!(
        products(terms),
        [
            "60 × 9838/105 = 39352/7",
            "25 × 175/2 = 4375/2",
            "15 × 90 = 1350"
        ]
    );
    assert_eq!(terms[1].of, Source::Indicators.index());
    assert_eq!(
        (&*sum.fraction, &*divisor.fraction, &*score.shown),
        ("128229/14", "100", "91.59")
    );
    assert_eq!(found.working(&scheme, 1, 2), []);
}

#[test]
fn what_gives_no_composite_is_refused() {
    let full = exact("100");
    assert_eq!(
        Composite::new(&scheme("0", "0", "0"), &full, &[whole()]),
        Err(ScoringError::NoWeight)
    );
    let mut weightless = whole();
    for leader in &mut weightless.leaders {
        leader.weight = Exact::zero();
    }
    assert_eq!(
        Composite::new(&scheme("1", "0", "1"), &full, &[weightless.clone()]),
        Err(ScoringError::NoWeight)
    );
    assert!(Composite::new(&scheme("1", "0", "0"), &full, &[weightless]).is_ok());
    let mut generous = whole();
    generous.leaders[1].points = exact("100.01");
    assert_eq!(
        Composite::new(&scheme("1", "1", "1"), &full, &[whole(), generous]),
        Err(ScoringError::AboveFull {
            presenter: 1,
            from: Source::Leaders
        })
    );
}
