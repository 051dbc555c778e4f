//! Sealing, checking and adding up the largest usual ballot: 54 questions of 4 answers (nine
//! presenters × six items × four grades). `cargo bench -p pingyi-ballot --bench ballot`.
//!
//! Beside criterion's figures it prints how far checking is from the bare curve arithmetic
//! it contains, measured in turn with it so that a busy machine slows both alike.

#![allow(clippy::unwrap_used, missing_docs)]

use std::hint::black_box;
use std::time::Duration;

use criterion::Criterion;
use pingyi_ballot::ballot::{CheckedBallot, check, seal};
use pingyi_ballot::credential::Credential;
use pingyi_ballot::election::{Election, ElectionBuilder, Question};
use pingyi_ballot::group::{Point, Scalar};
use pingyi_ballot::tally::{EncryptedTally, Weight};
use rand_chacha::ChaCha20Rng;
use rand_core::SeedableRng;
use rayon::prelude::*;

const QUESTIONS: u32 = 54;
const ANSWERS: u32 = 4;
/// Points in a ballot: two in each ciphertext, and the credential.
const POINTS: u32 = 2 * QUESTIONS * ANSWERS + 1;
/// Commitments to recompute: two per value of each 0/1 proof, two of each overall proof,
/// one of the signature.
const DOUBLE_BASES: u32 = QUESTIONS * (ANSWERS * 4 + 2) + 1;

fn rng(seed: u64) -> ChaCha20Rng {
    ChaCha20Rng::seed_from_u64(seed)
}

fn election() -> Election {
    let answers: Vec<String> = ["好", "较好", "一般", "差"].map(str::to_owned).to_vec();
    ElectionBuilder {
        description: String::new(),
        name: "bench".to_owned(),
        public_key: Point::base_mul(&Scalar::random(&mut rng(1))),
        questions: vec![Question::one_of("q", answers); QUESTIONS as usize],
        uuid: "eu7vLfTG49KXk9".parse().unwrap(),
        administrator: None,
        credential_authority: None,
        extra: serde_json::Map::new(),
    }
    .build()
    .unwrap()
}

fn marks(seed: u32) -> Vec<Vec<u8>> {
    (0..QUESTIONS)
        .map(|q| {
            (0..ANSWERS)
                .map(|a| u8::from(a == (q + seed) % ANSWERS))
                .collect()
        })
        .collect()
}

fn sealed(election: &Election, seed: u32) -> String {
    let rng = &mut rng(seed.into());
    let credential = Credential::generate(rng);
    seal(election, &credential, &marks(seed), rng)
        .unwrap()
        .ballot_json
        .clone()
}

/// One double-base multiplication after another, each of other numbers, as in a ballot.
fn arithmetic() -> impl FnMut() {
    let rng = &mut rng(2);
    let mut turns: Vec<(Scalar, Point, Scalar)> = Vec::new();
    for _ in 0..DOUBLE_BASES {
        let x = Point::base_mul(&Scalar::random(rng));
        turns.push((Scalar::random(rng), x, Scalar::random(rng)));
    }
    let mut turn = 0;
    move || {
        let (c, x, z) = &turns[turn];
        turn = (turn + 1) % turns.len();
        black_box(Point::vartime_double_base(
            black_box(c),
            black_box(x),
            black_box(z),
        ));
    }
}

/// CPU time of this thread: what waits behind other work is not counted.
fn timed(mut work: impl FnMut()) -> f64 {
    let now = || {
        let time = rustix::time::clock_gettime(rustix::time::ClockId::ThreadCPUTime);
        Duration::new(
            time.tv_sec.unsigned_abs(),
            u32::try_from(time.tv_nsec).unwrap(),
        )
    };
    let start = now();
    work();
    now().saturating_sub(start).as_secs_f64() * 1e3
}

/// The least of many turns of each, taken in turn, in milliseconds of CPU.
fn compare(election: &Election, json: &str) {
    let mut one = arithmetic();
    let texts: Vec<String> = (0..POINTS)
        .map(|n| Point::base_mul(&Scalar::from(u64::from(n))).to_string())
        .collect();
    let decode = || {
        for text in &texts {
            black_box(Point::from_hex_unchecked_subgroup(text).unwrap());
        }
    };
    let (mut bare, mut decoding, mut whole) = (Vec::new(), Vec::new(), Vec::new());
    for _ in 0..101 {
        decoding.push(timed(decode));
        bare.push(timed(|| (0..DOUBLE_BASES).for_each(|_| one())));
        whole.push(timed(|| drop(black_box(check(election, json).unwrap()))));
    }
    let least = |times: &[f64]| times.iter().copied().fold(f64::INFINITY, f64::min);
    let (bare, decoding, whole) = (least(&bare), least(&decoding), least(&whole));
    let unit = bare / f64::from(DOUBLE_BASES);
    println!(
        "\nchecking one ballot {QUESTIONS} x {ANSWERS}: {whole:.2} ms of CPU\n\
         bare arithmetic: {DOUBLE_BASES} double-base multiplications of {:.2} µs = {bare:.2} ms\n\
         ratio {:.3} (aim 1.25 where one costs 35 µs, and there at most 45 ms)\n\
         with the decoding of its {POINTS} points, {decoding:.2} ms, counted as arithmetic too: ratio {:.3}",
        unit * 1e3,
        whole / bare,
        whole / (bare + decoding),
    );
}

fn main() {
    let election = election();
    let json = sealed(&election, 0);
    let mut criterion = Criterion::default().sample_size(20).configure_from_args();
    criterion.bench_function("one double-base multiplication", |b| b.iter(arithmetic()));
    criterion.bench_function("seal 54x4", |b| {
        let rng = &mut rng(3);
        let credential = Credential::generate(rng);
        let marks = marks(0);
        b.iter(|| seal(&election, &credential, &marks, rng).unwrap());
    });
    criterion.bench_function("check 54x4", |b| {
        b.iter(|| check(&election, &json).unwrap());
    });
    for threads in [1, 2] {
        let pool = rayon::ThreadPoolBuilder::new()
            .num_threads(threads)
            .build()
            .unwrap();
        criterion.bench_function(&format!("check 8 ballots 54x4, {threads} threads"), |b| {
            b.iter(|| {
                pool.install(|| {
                    (0..8)
                        .into_par_iter()
                        .map(|_| check(&election, &json).unwrap())
                        .count()
                })
            });
        });
    }
    let ballots: Vec<CheckedBallot> = (0..100)
        .into_par_iter()
        .map(|n| check(&election, &sealed(&election, n)).unwrap())
        .collect();
    let add = |ballots: &[CheckedBallot]| {
        EncryptedTally::of(&election, ballots.iter().map(|b| (b, Weight::ONE))).unwrap()
    };
    criterion.bench_function("tally 100 ballots 54x4, 1 threads", |b| {
        b.iter(|| add(&ballots));
    });
    criterion.bench_function("tally 100 ballots 54x4, 2 threads", |b| {
        b.iter(|| {
            let (mut left, right) = rayon::join(|| add(&ballots[..50]), || add(&ballots[50..]));
            left.merge(&right).unwrap();
            left
        });
    });
    criterion.final_summary();
    compare(&election, &json);
}
