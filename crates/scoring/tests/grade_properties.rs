//! What must hold for every composite and every cap.

#![allow(clippy::unwrap_used)] // tests may stop at the first surprise

use pingyi_scoring::{
    Beside, BoxCounts, Cap, CategoryRule, Composite, CompositeScheme, Evaluation, Exact,
    GradeRules, Known, Method, Scheme, Source, Sources, Ties, what_if,
};
use proptest::prelude::*;

fn number() -> impl Strategy<Value = Exact> {
    (0_u64..=700).prop_map(|seventh| Exact::ratio(seventh, 7).unwrap())
}

fn sources() -> impl Strategy<Value = Sources> {
    let leader = (1_u32..5, number()).prop_map(|(weight, points)| Evaluation {
        weight: Exact::from(weight),
        points,
    });
    (
        prop::option::of(number()),
        prop::option::of(number()),
        prop::collection::vec(leader, 0..4),
    )
        .prop_map(|(ballot, indicators, leaders)| Sources {
            ballot,
            indicators,
            leaders,
        })
}

fn scheme() -> impl Strategy<Value = CompositeScheme> {
    (0_u32..9, 0_u32..9, 0_u32..9)
        .prop_filter("some weight", |weights| *weights != (0, 0, 0))
        .prop_map(|(ballot, indicators, leaders)| CompositeScheme {
            ballot: Exact::from(ballot),
            indicators: Exact::from(indicators),
            leaders: Exact::from(leaders),
        })
}

fn composite(scheme: &CompositeScheme, sources: &[Sources]) -> Composite {
    Composite::new(scheme, &Exact::from(100_u32), sources).unwrap()
}

/// Twenty raters, one item: the marks of each presenter.
fn rows() -> impl Strategy<Value = Vec<[u64; 3]>> {
    let row = (0_u64..=20, 0_u64..=20).prop_map(|(one, two)| {
        let (low, high) = (one.min(two), one.max(two));
        [low, high - low, 20 - high]
    });
    prop::collection::vec(row, 1..12)
}

fn method(cap: usize) -> Method {
    let rule = CategoryRule {
        weight: Exact::one(),
        minimum: 1,
    };
    Method {
        scheme: Scheme {
            grades: [100_u32, 80, 60]
                .map(|value| Some(Exact::from(value)))
                .to_vec(),
            items: vec![Exact::one()],
            categories: vec![rule],
        },
        composite: CompositeScheme::ballot_only(),
        rules: GradeRules {
            cuts: [85_u32, 70, 0].map(Exact::from).to_vec(),
            cap: Some(Cap::Number(cap)),
            ties: Ties::Open,
            floors: Vec::new(),
        },
    }
}

fn known(rows: &[[u64; 3]]) -> Known {
    Known {
        boxes: vec![BoxCounts {
            ballots: 20,
            marks: Some(rows.iter().map(|row| vec![row.to_vec()]).collect()),
        }],
        presenters: vec![Beside::default(); rows.len()],
    }
}

proptest! {
    #[test]
    fn a_composite_lies_among_its_sources_and_its_parts_add_up_to_one(
        scheme in scheme(), sources in prop::collection::vec(sources(), 1..6),
    ) {
        for found in composite(&scheme, &sources).presenters {
            let Some(score) = found.score else {
                prop_assert!(found.parts.is_empty());
                continue;
            };
            let points = found.parts.iter().map(|part| &part.points);
            prop_assert!(points.clone().min().unwrap() <= &score);
            prop_assert!(&score <= points.max().unwrap());
            let total: Exact = found.parts.iter().map(|part| part.part.clone()).sum();
            prop_assert_eq!(total, Exact::one());
        }
    }

    #[test]
    fn only_the_ratios_of_the_weights_count(
        scheme in scheme(), sources in prop::collection::vec(sources(), 1..6), scale in 1_u32..1000,
    ) {
        let by = Exact::from(scale);
        let scaled = CompositeScheme {
            ballot: &scheme.ballot * &by,
            indicators: &scheme.indicators * &by,
            leaders: &scheme.leaders * &by,
        };
        prop_assert_eq!(composite(&scheme, &sources).presenters, composite(&scaled, &sources).presenters);
    }

    #[test]
    fn a_presenter_who_lacks_a_source_of_others_is_always_named(
        scheme in scheme(), sources in prop::collection::vec(sources(), 2..6),
    ) {
        let found = composite(&scheme, &sources);
        for source in Source::ALL {
            let has: Vec<bool> = found.presenters.iter().map(|one| one.points(source).is_some()).collect();
            for (presenter, one) in found.presenters.iter().enumerate() {
                let lacks = !has[presenter] && has.contains(&true) && one.score.is_some();
                let said = found.statements.iter().any(|said| matches!(said,
                    pingyi_scoring::CompositeStatement::SourceMissingFor { presenter: of, source: which, .. }
                        if *of == presenter && *which == source));
                prop_assert_eq!(lacks, said);
            }
        }
    }

    #[test]
    fn the_cap_holds_and_equal_composites_have_equal_grades(rows in rows(), cap in 0_usize..6) {
        let found = method(cap).outcome(&known(&rows)).unwrap();
        let best = |presenter: usize| found.proposals.presenters[presenter].grade == Some(0);
        let score = |presenter: usize| found.composite.presenters[presenter].score.as_ref();
        prop_assert!((0..rows.len()).filter(|&presenter| best(presenter)).count() <= cap);
        for one in 0..rows.len() {
            for two in 0..rows.len() {
                if score(one) == score(two) {
                    prop_assert_eq!(best(one), best(two));
                }
                prop_assert!(!(best(one) && !best(two) && score(one) < score(two)));
            }
        }
    }

    #[test]
    fn a_better_mark_never_lowers_ones_own_grade(rows in rows(), cap in 0_usize..6, who in 0_usize..12) {
        let who = who % rows.len();
        prop_assume!(rows[who][2] > 0);
        let mut better = rows.clone();
        better[who][2] -= 1;
        better[who][0] += 1;
        let grade = |rows: &[[u64; 3]]| method(cap).outcome(&known(rows)).unwrap().proposals.presenters[who].grade;
        prop_assert!(grade(&better) <= grade(&rows));
    }

    #[test]
    fn the_same_method_moves_nobody(rows in rows(), cap in 0_usize..6) {
        let method = method(cap);
        for found in what_if(&method, &method, &known(&rows)).unwrap() {
            prop_assert!(!found.rank_moves() && !found.grade_moves());
        }
    }
}
