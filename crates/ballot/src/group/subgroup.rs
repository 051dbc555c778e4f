//! Membership of the prime-order subgroup, one by one and in batches.
//!
//! The curve group is (prime-order subgroup) × (torsion subgroup, cyclic of order 8). A
//! point P is outside the prime-order subgroup exactly when its torsion part `t(P)` ≠ 0.
//!
//! **Batch.** For points `P_1…P_n` take random subsets `S_1…S_128` and check that every
//! sum of `P_i` over i in `S_k` has no torsion part. If some `t(P_j)` ≠ 0, then for any
//! choice of the other members of `S_k` at most one of "j in `S_k`" and "j not in `S_k`"
//! gives a sum without torsion part, so a subset misses with probability at most ½ and all
//! 128 miss with probability at most 2^-128. One random combination with large scalars
//! would *not* do: it misses a point of order 2 with probability ½ no matter how long the
//! scalars are.
//!
//! The subsets come from SHA-256 over all encodings, so the answer is deterministic and
//! someone who prepares points can only try afresh: 2^k attempts succeed with probability
//! at most 2^(k−128).
//!
//! The cost of the 128 sums is cut by splitting the points into groups of
//! [`GROUP`], tabulating the `2^GROUP` subset sums of each and adding one table entry per
//! group and subset.

use curve25519_dalek::edwards::EdwardsPoint;
use curve25519_dalek::scalar::Scalar as Inner;
use curve25519_dalek::traits::Identity;
use sha2::{Digest, Sha256};

use super::Point;

/// Independent subsets, hence the error bound 2^-RUNS.
const RUNS: usize = 128;
/// Points per table.
const GROUP: usize = 5;
/// From here on the batch is cheaper than one check per point.
const WORTHWHILE: usize = 200;

/// q·P = 0, computed as (q−1)·P = −P because scalars are reduced mod q.
pub(super) fn contains(point: &Point) -> bool {
    let minus_one = -Inner::ONE;
    EdwardsPoint::vartime_double_scalar_mul_basepoint(&minus_one, &point.0, &Inner::ZERO)
        == -point.0
}

/// See the module's text.
pub(super) fn contains_all(points: &[Point]) -> bool {
    if points.len() < WORTHWHILE {
        return points.iter().all(contains);
    }
    random_subset_sums(points)
        .iter()
        .all(|sum| contains(&Point(*sum)))
}

fn random_subset_sums(points: &[Point]) -> Vec<EdwardsPoint> {
    let seed = seed(points);
    let mut sums = vec![EdwardsPoint::identity(); RUNS];
    let mut table = Vec::with_capacity(1 << GROUP);
    for (index, group) in points.chunks(GROUP).enumerate() {
        table.clear();
        table.push(EdwardsPoint::identity());
        for point in group {
            for k in 0..table.len() {
                table.push(table[k] + point.0);
            }
        }
        for (sum, choice) in sums.iter_mut().zip(choices(&seed, index)) {
            // The last group may be short: its table is a power of two as well.
            let entry = usize::from(choice) & (table.len() - 1);
            if entry != 0 {
                *sum += table[entry];
            }
        }
    }
    sums
}

fn seed(points: &[Point]) -> [u8; 32] {
    let mut hasher = Sha256::new();
    hasher.update(b"pingyi-subgroup-v1|");
    for point in Point::to_hex_batch(points) {
        hasher.update(point.as_bytes());
    }
    hasher.finalize().into()
}

/// RUNS bytes for one group of points, of which the lowest GROUP bits are used.
fn choices(seed: &[u8; 32], group: usize) -> [u8; RUNS] {
    let mut out = [0_u8; RUNS];
    for (block, chunk) in out.chunks_exact_mut(32).enumerate() {
        let digest = Sha256::new()
            .chain_update(seed)
            .chain_update((group as u64).to_le_bytes())
            .chain_update((block as u64).to_le_bytes())
            .finalize();
        chunk.copy_from_slice(&digest);
    }
    out
}
