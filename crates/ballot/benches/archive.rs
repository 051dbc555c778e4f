//! Verifying the archive of 100 ballots of 54 × 4 with its strong proofs, and opening its 216 cells.
//! `cargo bench -p pingyi-ballot --bench archive`.
//!
//! Beside criterion's figures it prints the cost of the bare curve arithmetic in each: the number of
//! double-base multiplications (or multiplications, for shares) times the measured cost of one, both in CPU
//! time and in turn, so that a busy machine changes little.
#![allow(clippy::unwrap_used, missing_docs)]

#[path = "../tests/toolkit/mod.rs"]
mod toolkit;

use std::hint::black_box;
use std::time::Duration;

use criterion::Criterion;
use pingyi_ballot::decrypt::{ElectionResult, PartialDecryption, Shares, Task};
use pingyi_ballot::group::{Point, Scalar};
use pingyi_ballot::verify::{Options, Status, verify};
use rayon::{ThreadPool, ThreadPoolBuilder};
use toolkit::rng;
use toolkit::scene::{Plan, Scene, write};

const QUESTIONS: u32 = 54;
const ANSWERS: u32 = 4;
const VOTERS: u32 = 99;
/// The first rater votes again.
const BALLOTS: u32 = VOTERS + 1;
const CELLS: u32 = QUESTIONS * ANSWERS;
/// Per ballot: two for each value of each 0/1 proof, two for each overall proof, one for the signature.
const PER_BALLOT: u32 = QUESTIONS * (ANSWERS * 4 + 2) + 1;
/// Per teller: two for each published and for each strong proof.
const PER_TELLER: u32 = CELLS * 4;
const TELLERS: u32 = 2;

struct Box54 {
    archive: Vec<u8>,
    sidecar: Vec<u8>,
    scene: Scene,
}

fn make() -> Box54 {
    let plan = Plan {
        questions: 54,
        voters: 99,
        tellers: (2, 3),
        seed: 54,
    };
    let mut scene = Scene::voted(&plan);
    let (steps, sidecar) = scene.opened(&[1, 3]);
    Box54 {
        archive: write(&steps),
        sidecar: sidecar.json().into_bytes(),
        scene,
    }
}

fn pool(threads: usize) -> ThreadPool {
    ThreadPoolBuilder::new()
        .num_threads(threads)
        .build()
        .unwrap()
}

fn judge(made: &Box54) {
    let report = verify(
        &made.archive[..],
        Some(&made.sidecar),
        &Options::default(),
        &|_| (),
    );
    assert_eq!(report.status, Status::Valid);
}

/// CPU time of the whole process: nothing else runs in it meanwhile, and other programs do not count.
fn timed(work: impl FnOnce()) -> Duration {
    let now = || {
        let time = rustix::time::clock_gettime(rustix::time::ClockId::ProcessCPUTime);
        Duration::new(
            u64::try_from(time.tv_sec).unwrap(),
            u32::try_from(time.tv_nsec).unwrap(),
        )
    };
    let start = now();
    work();
    now().saturating_sub(start)
}

/// So many double-base multiplications, on one thread.
fn double_bases(count: u32) {
    let random = &mut rng(2);
    let x = Point::base_mul(&Scalar::random(random));
    let (mut c, z) = (Scalar::random(random), Scalar::random(random));
    for _ in 0..count {
        c += z;
        black_box(Point::vartime_double_base(
            black_box(&c),
            black_box(&x),
            black_box(&z),
        ));
    }
}

/// So many multiplications by a secret, on one thread.
fn multiplications(count: u32) {
    let random = &mut rng(3);
    let x = Point::base_mul(&Scalar::random(random));
    let s = Scalar::random(random);
    (0..count).for_each(|_| {
        black_box(black_box(&x).mul(black_box(&s)));
    });
}

/// The least of several turns of the whole and of its bare arithmetic.
fn compare(what: &str, count: u32, bare: impl Fn(u32), whole: impl Fn()) {
    let (mut least_bare, mut least_whole) = (Duration::MAX, Duration::MAX);
    for _ in 0..3 {
        least_bare = least_bare.min(timed(|| bare(count / 20)) * 20);
        least_whole = least_whole.min(timed(&whole));
    }
    println!(
        "{what}: {least_whole:.2?} of CPU on one thread; bare arithmetic {count} x {:.2?} = {least_bare:.2?}; ratio {:.3}",
        least_bare / count,
        least_whole.as_secs_f64() / least_bare.as_secs_f64(),
    );
}

fn main() {
    let mut made = make();
    let (tally, sized) = made.scene.tally();
    let task = Task::new(&made.scene.election, &tally);
    let groups = made.scene.trustees.groups();
    let mut random = rng(9);
    let mut share =
        |owner: u32| task.share(owner, &made.scene.keys[owner as usize - 1], &mut random);
    let shares: Shares = [1, 3]
        .map(|owner| {
            (
                owner,
                share(owner).partial_decryption.decryption_factors.concat(),
            )
        })
        .into_iter()
        .collect();
    let one: PartialDecryption = share(1).partial_decryption;
    let mut criterion = Criterion::default().sample_size(10).configure_from_args();
    for threads in [1, 2] {
        let pool = pool(threads);
        criterion.bench_function(
            &format!("verify an archive of 100 ballots 54x4, {threads} threads"),
            |b| {
                b.iter(|| pool.install(|| judge(&made)));
            },
        );
        let key = made.scene.keys[0].public();
        criterion.bench_function(
            &format!("check one share of 216 cells, {threads} threads"),
            |b| {
                b.iter(|| pool.install(|| assert!(task.check_published(1, &key, &one).is_empty())));
            },
        );
    }
    criterion.bench_function("make one share of 216 cells with both proofs", |b| {
        let random = &mut rng(4);
        b.iter(|| task.share(1, &made.scene.keys[0], random));
    });
    let compute = || ElectionResult::compute(&tally, sized.total_weight, &groups, &shares).unwrap();
    criterion.bench_function("combine two shares and read 216 cells", |b| b.iter(compute));
    criterion.final_summary();
    let single = pool(1);
    println!(
        "\narchive of {BALLOTS} ballots {QUESTIONS} x {ANSWERS}: {} bytes",
        made.archive.len()
    );
    let all = BALLOTS * PER_BALLOT + TELLERS * PER_TELLER;
    compare("verify the archive", all, double_bases, || {
        single.install(|| judge(&made));
    });
    // F, and A and B of two proofs.
    compare("make one share", CELLS * 5, multiplications, || {
        black_box(task.share(1, &made.scene.keys[0], &mut rng(4)));
    });
    // One combination with two terms for each cell.
    compare("combine and read", CELLS, double_bases, || {
        black_box(compute());
    });
    made.scene.ballots.clear();
}
