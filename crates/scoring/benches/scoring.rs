//! A large meeting: 100 presenters × 20 items × 5 categories, scored exactly and ranked with 2,000 resamplings.
//!
//! `cargo bench -p pingyi-scoring`

#![allow(missing_docs, clippy::unwrap_used)] // criterion's macros and a benchmark that may stop

use std::hint::black_box;
use std::time::Duration;

use criterion::{Criterion, criterion_group, criterion_main};
use pingyi_scoring::{BoxCounts, CategoryRule, Exact, Resampling, Scheme, Sheet, rank_ranges};

const PRESENTERS: usize = 100;
const ITEMS: usize = 20;
const CATEGORIES: usize = 5;

fn scheme() -> Scheme {
    Scheme {
        grades: [100_u32, 80, 60, 40]
            .map(|value| Some(Exact::from(value)))
            .to_vec(),
        items: (1..=20_u32).map(Exact::from).collect(),
        categories: vec![
            CategoryRule {
                weight: Exact::from(20_u32),
                minimum: 8
            };
            CATEGORIES
        ],
    }
}

/// Counts that differ from row to row, without a generator.
fn boxes(ballots: u64) -> Vec<BoxCounts> {
    let row = |seed: u64| {
        let good = ballots / 3 + seed * 7 % (ballots / 3);
        let fair = (ballots - good) / 2 + seed * 5 % ((ballots - good) / 2);
        let average = (ballots - good - fair) / 2;
        vec![good, fair, average, ballots - good - fair - average]
    };
    let marks = |category: u64| {
        let presenter = |number: u64| {
            (0..ITEMS as u64)
                .map(|item| row(category + number * 3 + item))
                .collect()
        };
        (0..PRESENTERS as u64).map(presenter).collect()
    };
    (0..CATEGORIES as u64)
        .map(|category| BoxCounts {
            ballots,
            marks: Some(marks(category)),
        })
        .collect()
}

fn bench(criterion: &mut Criterion) {
    let scheme = scheme();
    for raters in [100_u64, 1_000, 30_000] {
        let boxes = boxes(raters / CATEGORIES as u64);
        let name = format!("100 presenters x 20 items x 5 categories, {raters} raters");
        let mut group = criterion.benchmark_group(name);
        group
            .sample_size(10)
            .measurement_time(Duration::from_secs(5));
        group.bench_function("sheet", |bencher| {
            bencher.iter(|| Sheet::new(black_box(&scheme), PRESENTERS, black_box(&boxes)).unwrap());
        });
        let sheet = Sheet::new(&scheme, PRESENTERS, &boxes).unwrap();
        let resampling = Resampling {
            times: 2_000,
            seed: [1; 32],
        };
        group.bench_function("rank ranges, 2,000 resamplings", |bencher| {
            bencher.iter(|| rank_ranges(&scheme, &boxes, black_box(&sheet), resampling).unwrap());
        });
        group.finish();
    }
}

criterion_group!(benches, bench);
criterion_main!(benches);
