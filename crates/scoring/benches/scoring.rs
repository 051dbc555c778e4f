//! Meetings with 5 categories, from the source article's to the largest, scored exactly and ranked with 2,000
//! resamplings.
//!
//! `cargo bench -p pingyi-scoring`

#![allow(missing_docs, clippy::unwrap_used)] // criterion's macros and a benchmark that may stop

use std::hint::black_box;
use std::time::Duration;

use criterion::{Criterion, criterion_group, criterion_main};
use pingyi_scoring::{BoxCounts, CategoryRule, Exact, Resampling, Scheme, Sheet, rank_ranges};

const CATEGORIES: u32 = 5;
/// Presenters, items, raters.
const MEETINGS: [(u32, u32, u64); 4] = [
    (9, 6, 100),
    (9, 6, 30_000),
    (100, 20, 100),
    (100, 20, 1_000),
];

fn scheme(items: u32) -> Scheme {
    let rule = CategoryRule {
        weight: Exact::from(20_u32),
        minimum: 8,
    };
    Scheme {
        grades: [100_u32, 80, 60, 40]
            .map(|value| Some(Exact::from(value)))
            .to_vec(),
        items: (1..=items).map(Exact::from).collect(),
        categories: (0..CATEGORIES).map(|_| rule.clone()).collect(),
    }
}

/// Counts that differ from row to row, without a generator.
fn boxes(presenters: u32, items: u32, ballots: u64) -> Vec<BoxCounts> {
    let row = |seed: u32| {
        let seed = u64::from(seed);
        let good = ballots / 3 + seed * 7 % (ballots / 3);
        let fair = (ballots - good) / 2 + seed * 5 % ((ballots - good) / 2);
        let average = (ballots - good - fair) / 2;
        vec![good, fair, average, ballots - good - fair - average]
    };
    let marks = |category: u32| {
        let presenter = |number: u32| {
            (0..items)
                .map(|item| row(category + number * 3 + item))
                .collect()
        };
        (0..presenters).map(presenter).collect()
    };
    (0..CATEGORIES)
        .map(|category| BoxCounts {
            ballots,
            marks: Some(marks(category)),
        })
        .collect()
}

fn bench(criterion: &mut Criterion) {
    for (presenters, items, raters) in MEETINGS {
        let (scheme, boxes) = (
            scheme(items),
            boxes(presenters, items, raters / u64::from(CATEGORIES)),
        );
        let presenters = usize::try_from(presenters).unwrap();
        let mut group =
            criterion.benchmark_group(format!("{presenters} x {items} x 5, {raters} raters"));
        group
            .sample_size(10)
            .measurement_time(Duration::from_secs(5));
        group.bench_function("sheet", |bencher| {
            bencher.iter(|| Sheet::new(black_box(&scheme), presenters, black_box(&boxes)).unwrap());
        });
        let sheet = Sheet::new(&scheme, presenters, &boxes).unwrap();
        let resampling = Resampling {
            times: 2_000,
            seed: [1; 32],
        };
        group.bench_function("rank ranges", |bencher| {
            bencher.iter(|| rank_ranges(&scheme, &boxes, black_box(&sheet), resampling).unwrap());
        });
        group.finish();
    }
}

criterion_group!(benches, bench);
criterion_main!(benches);
