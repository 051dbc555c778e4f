//! Membership of the prime-order subgroup, one by one and in batches.
//!
//! The curve group is (prime-order subgroup) × (torsion subgroup, cyclic of order 8). A
//! point P is outside the prime-order subgroup exactly when its torsion part `t(P)` ≠ 0.
//!
//! **Batch.** For points `P_1…P_n` take 66 random subsets `S_k`, independent and uniform,
//! and check that every sum of `P_i` over i in `S_k` has no torsion part. If some
//! `t(P_j)` ≠ 0, then whatever the other members of `S_k` are, at most one of "j in `S_k`"
//! and "j not in `S_k`" gives a sum without torsion part; so a subset misses with
//! probability at most ½, and all 66 with probability at most 2^-66. Good points always
//! pass. One combination with long random coefficients would *not* do: it misses a point of
//! order 2 whenever its coefficient is even, however long the coefficients are. And no
//! linear test does better than ½ per check against points of order 2.
//!
//! The subsets come from SHA-256 over all encodings, so the answer is the same everywhere.
//! Somebody who prepares points can only try again with others: N tries succeed with
//! probability at most N·2^-66, each costing a hash over all points. What could be won is
//! a ballot whose ciphertext no honest tool can open, not a changed result.
//!
//! **Cost.** The sums are made several subsets at a time: the bits that say which of them a
//! point belongs to select one of 2^bits buckets, so a point costs one addition for all of
//! them, and each subset's sum is read from the buckets by folding. One ballot of 54 × 4 makes
//! six at a time; four ballots together make eight, and share the multiplications by q.

use curve25519_dalek::edwards::EdwardsPoint;
use curve25519_dalek::scalar::Scalar as Inner;
use curve25519_dalek::traits::Identity;
use sha2::{Digest, Sha256};

use super::Point;

/// How many subsets are tried at least.
const SUBSETS: usize = 66;
/// Subsets made together at most: 1,024 buckets of 160 bytes stay in the processor's cache.
const MOST_TOGETHER: usize = 10;
/// From here on the batch is cheaper than one check per point.
const WORTHWHILE: usize = 100;

/// q·P = 0, computed as (q−1)·P = −P because scalars are reduced mod q.
pub(super) fn contains(point: &Point) -> bool {
    let minus_one = -Inner::ONE;
    EdwardsPoint::vartime_double_scalar_mul_basepoint(&minus_one, &point.0, &Inner::ZERO)
        == -point.0
}

/// See the module's text. `seed` must be a hash that covers the encodings of all points.
pub(super) fn contains_all(points: &[Point], seed: impl FnOnce() -> [u8; 32]) -> bool {
    if points.len() < WORTHWHILE {
        return points.iter().all(contains);
    }
    let seed = seed();
    let together = together(points.len());
    (0..SUBSETS.div_ceil(together) as u64).all(|pass| {
        let sums = subset_sums(points, &seed, pass, together);
        sums.iter().all(|sum| contains(&Point(*sum)))
    })
}

/// How many subsets to make together: the number with the fewest additions.
fn together(points: usize) -> usize {
    let additions = |bits: &usize| SUBSETS.div_ceil(*bits) * (points + (2 << bits));
    (1..=MOST_TOGETHER).min_by_key(additions).unwrap_or(1)
}

/// A hash over the points alone, for those who have none that covers them.
pub(super) fn seed_of(points: &[Point]) -> [u8; 32] {
    let mut hasher = Sha256::new();
    hasher.update(b"pingyi-subgroup-v1|");
    for point in Point::to_hex_batch(points) {
        hasher.update(point.as_bytes());
    }
    hasher.finalize().into()
}

fn subset_sums(points: &[Point], seed: &[u8; 32], pass: u64, together: usize) -> Vec<EdwardsPoint> {
    let mut buckets: Vec<Option<EdwardsPoint>> = vec![None; 1 << together];
    for (block, group) in (0_u64..).zip(points.chunks(16)) {
        // 55 bytes: one block of SHA-256.
        let choices = Sha256::new()
            .chain_update(b"subsets")
            .chain_update(seed)
            .chain_update(pass.to_le_bytes())
            .chain_update(block.to_le_bytes())
            .finalize();
        for (point, choice) in group.iter().zip(choices.chunks_exact(2)) {
            // The lowest bits; bucket 0 is in none of the subsets.
            let choice = usize::from(choice[0]) | usize::from(choice[1]) << 8;
            let bucket = choice & ((1 << together) - 1);
            if bucket != 0 {
                add(&mut buckets[bucket], Some(point.0));
            }
        }
    }
    let mut sums = vec![EdwardsPoint::identity(); together];
    for (bit, sum) in sums.iter_mut().enumerate().rev() {
        // Buckets with this bit set belong to subset `bit`; then the bit is forgotten.
        let (low, high) = buckets.split_at_mut(1 << bit);
        let mut total = None;
        for (low, high) in low.iter_mut().zip(high) {
            add(&mut total, *high);
            add(low, *high);
        }
        *sum = total.unwrap_or_default();
    }
    sums
}

/// Addition that spares the neutral element.
fn add(sum: &mut Option<EdwardsPoint>, point: Option<EdwardsPoint>) {
    match (sum.as_mut(), point) {
        (Some(sum), Some(point)) => *sum += point,
        (None, Some(_)) => *sum = point,
        (_, None) => {}
    }
}
