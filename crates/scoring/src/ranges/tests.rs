use super::*;
use crate::composite::{CompositeScheme, Evaluation, Sources};
use crate::exact::Exact;
use crate::scheme::CategoryRule;

fn scheme(categories: usize, abstention: bool) -> Scheme {
    let mut grades = [100_u32, 80, 60, 40]
        .map(|value| Some(Exact::from(value)))
        .to_vec();
    if abstention {
        grades.push(None);
    }
    let rule = CategoryRule {
        weight: Exact::one(),
        minimum: 3,
    };
    Scheme {
        grades,
        items: vec![Exact::one()],
        categories: vec![rule; categories],
    }
}

/// One box with a row of counts for each presenter.
fn one_box(rows: &[&[u64]]) -> BoxCounts {
    let marks = rows.iter().map(|row| vec![row.to_vec()]).collect();
    BoxCounts {
        ballots: rows[0].iter().sum(),
        marks: Some(marks),
    }
}

fn ranges(
    scheme: &Scheme,
    boxes: &[BoxCounts],
    presenters: usize,
) -> Vec<Option<(usize, usize, usize)>> {
    let sheet = Sheet::new(scheme, presenters, boxes).unwrap();
    let resampling = Resampling {
        times: 2_000,
        seed: [7; 32],
    };
    let ranges = rank_ranges(scheme, boxes, &sheet, resampling).unwrap();
    ranges
        .iter()
        .map(|range| range.map(|range| (range.from, range.to, range.group)))
        .collect()
}

#[test]
fn who_is_clearly_ahead_is_told_apart_and_near_neighbours_are_not() {
    let scheme = scheme(1, false);
    let boxes = [one_box(&[
        &[20, 50, 25, 5],
        &[90, 10, 0, 0],
        &[22, 48, 25, 5],
    ])];
    assert_eq!(
        ranges(&scheme, &boxes, 3),
        [Some((2, 3, 2)), Some((1, 1, 1)), Some((2, 3, 2))]
    );
}

#[test]
fn equal_counts_share_all_their_ranks() {
    let scheme = scheme(1, false);
    let boxes = [one_box(&[&[10, 10, 0, 0], &[10, 10, 0, 0]])];
    assert_eq!(
        ranges(&scheme, &boxes, 2),
        [Some((1, 2, 1)), Some((1, 2, 1))]
    );
    let unanimous = [one_box(&[&[20, 0, 0, 0], &[20, 0, 0, 0], &[0, 20, 0, 0]])];
    assert_eq!(
        ranges(&scheme, &unanimous, 3),
        [Some((1, 2, 1)), Some((1, 2, 1)), Some((3, 3, 2))]
    );
}

#[test]
fn more_raters_make_the_ranges_narrower() {
    let scheme = scheme(1, false);
    let few = [one_box(&[&[8, 2, 0, 0], &[6, 4, 0, 0]])];
    let many = [one_box(&[&[800, 200, 0, 0], &[600, 400, 0, 0]])];
    assert_eq!(ranges(&scheme, &few, 2), [Some((1, 2, 1)), Some((1, 2, 1))]);
    assert_eq!(
        ranges(&scheme, &many, 2),
        [Some((1, 1, 1)), Some((2, 2, 2))]
    );
}

#[test]
fn the_seed_alone_decides() {
    let scheme = scheme(2, true);
    let boxes = [
        one_box(&[&[8, 2, 0, 0, 1], &[6, 4, 1, 0, 0]]),
        one_box(&[&[3, 5, 1, 0, 0], &[4, 4, 0, 0, 1]]),
    ];
    let sheet = Sheet::new(&scheme, 2, &boxes).unwrap();
    let run = |seed| {
        rank_ranges(
            &scheme,
            &boxes,
            &sheet,
            Resampling {
                times: 500,
                seed: [seed; 32],
            },
        )
        .unwrap()
    };
    assert_eq!(run(1), run(1));
    let tally = |seed| {
        let models = [0, 1].map(|presenter| Model::new(&scheme, &boxes, presenter));
        Tally::fill(
            &models,
            Resampling {
                times: 500,
                seed: [seed; 32],
            },
        )
        .ahead
    };
    assert_ne!(tally(1), tally(2));
}

#[test]
fn who_has_no_score_has_no_range() {
    let scheme = scheme(1, true);
    let boxes = [one_box(&[&[8, 2, 0, 0, 0], &[0, 0, 0, 0, 10]])];
    assert_eq!(ranges(&scheme, &boxes, 2), [Some((1, 1, 1)), None]);
}

#[test]
fn too_few_resamplings_are_refused() {
    let scheme = scheme(1, false);
    let boxes = [one_box(&[&[8, 2, 0, 0]])];
    let sheet = Sheet::new(&scheme, 1, &boxes).unwrap();
    let few = Resampling {
        times: 99,
        seed: [0; 32],
    };
    assert_eq!(
        rank_ranges(&scheme, &boxes, &sheet, few),
        Err(ScoringError::TooFewResamplings { least: 100 })
    );
}

/// Mean and variance of resampled means against the formulas: with the marks of one item drawn independently the
/// variance is that of the marks over the number of ballots; with two like items laid beside each other it stays.
#[test]
fn resampled_means_have_the_mean_and_variance_of_the_marks() {
    let scheme = |items: usize| Scheme {
        items: vec![Exact::one(); items],
        ..scheme(1, false)
    };
    for (items, ballots) in [(1, 50), (2, 50), (2, 400)] {
        let row: Vec<u64> = [5_u64, 3, 1, 1].map(|tenth| tenth * ballots / 10).to_vec();
        let segments = Segments::new(&scheme(items), &vec![row; items], ballots).unwrap();
        let (mean, variance) = moments(&segments);
        // Marks: 100 × 0.5 + 80 × 0.3 + 60 × 0.1 + 40 × 0.1 = 84; their variance 384.
        assert!(
            (mean - 84.0).abs() < 0.2,
            "{items} items, {ballots} ballots: mean {mean}"
        );
        let expected = 384.0 / f64::from(u32::try_from(ballots).unwrap());
        assert!(
            (variance / expected - 1.0).abs() < 0.1,
            "{items} items, {ballots} ballots: variance {variance}"
        );
    }
}

fn moments(segments: &Segments) -> (f64, f64) {
    let mut rng = ChaCha8Rng::from_seed([9; 32]);
    let mut drawn = Vec::new();
    let means: Vec<f64> = (0..4_000)
        .map(|_| segments.resampled_mean(&mut rng, &mut drawn).unwrap())
        .collect();
    let mean = means.iter().sum::<f64>() / 4_000.0;
    (
        mean,
        means
            .iter()
            .map(|value| (value - mean).powi(2))
            .sum::<f64>()
            / 3_999.0,
    )
}

/// The quick way for boxes without abstentions gives the same as the general one, to which an abstention leads.
#[test]
fn the_quick_way_agrees_with_the_general_one() {
    let scheme = Scheme {
        items: vec![Exact::one(), Exact::from(3_u32)],
        ..scheme(1, false)
    };
    let rows = vec![vec![3, 5, 1, 1], vec![1, 2, 3, 4]];
    let mut segments = Segments::new(&scheme, &rows, 10).unwrap();
    let mean = |segments: &Segments, seed| {
        segments
            .resampled_mean(&mut ChaCha8Rng::from_seed([seed; 32]), &mut Vec::new())
            .unwrap()
    };
    let quick: Vec<f64> = (0..50).map(|seed| mean(&segments, seed)).collect();
    segments.forget_points();
    for (seed, quick) in (0..50).zip(quick) {
        let general = mean(&segments, seed);
        assert!((quick - general).abs() < 1e-9, "{quick} and {general}");
    }
}

/// Every ballot is as likely as any other; chi squared with 9 degrees of freedom, 40 being beyond chance.
#[test]
fn every_ballot_is_drawn_as_often() {
    let values: Vec<Option<Exact>> = (1..=10_u32).map(|value| Some(Exact::from(value))).collect();
    let scheme = Scheme {
        grades: values,
        ..scheme(1, false)
    };
    let segments = Segments::new(&scheme, &[vec![1; 10]], 10).unwrap();
    let mut rng = ChaCha8Rng::from_seed([3; 32]);
    let mut totals = vec![0.0; 10];
    let mut drawn = Vec::new();
    for _ in 0..4_000 {
        segments.draw(&mut rng, &mut drawn);
        for (total, &count) in totals.iter_mut().zip(&drawn) {
            *total += f64::from(u32::try_from(count).unwrap());
        }
    }
    let chi: f64 = totals
        .iter()
        .map(|total: &f64| (total - 4_000.0).powi(2) / 4_000.0)
        .sum();
    assert!(chi < 40.0, "{totals:?}");
}

#[test]
fn a_single_mark_among_abstentions_is_a_mean() {
    let half = Exact::ratio(1, 2).unwrap();
    let scheme = Scheme {
        items: vec![half],
        ..scheme(1, true)
    };
    let segments = Segments::new(&scheme, &[vec![0, 1, 0, 0, 3]], 4).unwrap();
    let mut rng = ChaCha8Rng::from_seed([5; 32]);
    let mut drawn = Vec::new();
    let means: Vec<Option<f64>> = (0..200)
        .map(|_| {
            segments
                .resampled_mean(&mut rng, &mut drawn)
                .filter(|_| drawn[0] == 1)
        })
        .collect();
    assert!(means.contains(&Some(80.0)), "{means:?}");
}

/// The box at its minimum counts: with it the first presenter is far ahead, without it both are equal.
#[test]
fn a_box_at_its_minimum_is_resampled_too() {
    let scheme = scheme(2, false);
    let boxes = [
        one_box(&[&[3, 0, 0, 0], &[0, 0, 0, 3]]),
        one_box(&[&[9, 0, 0, 0], &[9, 0, 0, 0]]),
    ];
    assert_eq!(
        ranges(&scheme, &boxes, 2),
        [Some((1, 1, 1)), Some((2, 2, 2))]
    );
}

/// Two near neighbours and one behind, ballots alone or beside evaluations that set them apart.
fn composite_of(leaders: u32, points: [u32; 3]) -> Vec<Option<(usize, usize, usize)>> {
    let scheme = scheme(1, false);
    let boxes = [one_box(&[
        &[52, 38, 8, 2],
        &[50, 40, 8, 2],
        &[10, 30, 40, 20],
    ])];
    let sheet = Sheet::new(&scheme, 3, &boxes).unwrap();
    let weights = CompositeScheme {
        leaders: Exact::from(leaders),
        ..CompositeScheme::ballot_only()
    };
    let sources: Vec<Sources> = sheet
        .presenters
        .iter()
        .zip(points)
        .map(|(score, points)| Sources {
            ballot: score.score.clone(),
            indicators: None,
            leaders: vec![Evaluation {
                weight: Exact::one(),
                points: Exact::from(points),
            }],
        })
        .collect();
    let composite = Composite::new(&weights, &Exact::from(100_u32), &sources).unwrap();
    let resampling = Resampling {
        times: 2_000,
        seed: [7; 32],
    };
    let found = composite_ranges(&scheme, &boxes, &composite, resampling).unwrap();
    let alone = rank_ranges(&scheme, &boxes, &sheet, resampling).unwrap();
    if leaders == 0 {
        assert_eq!(found, alone, "ballots alone have the ranges of the ballots");
    }
    let tuple = |range: RankRange| (range.from, range.to, range.group);
    found.into_iter().map(|range| range.map(tuple)).collect()
}

#[test]
fn a_composite_is_as_sure_as_its_ballots_and_what_stands_beside_them() {
    let near = [Some((1, 2, 1)), Some((1, 2, 1)), Some((3, 3, 2))];
    assert_eq!(composite_of(0, [0, 0, 0]), near);
    assert_eq!(
        composite_of(1, [90, 90, 90]),
        near,
        "equal evaluations tell nothing apart"
    );
    assert_eq!(
        composite_of(1, [70, 95, 70]),
        [Some((2, 2, 2)), Some((1, 1, 1)), Some((3, 3, 3))]
    );
}
