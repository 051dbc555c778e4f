//! Small discrete logarithms by baby steps and giant steps.

use std::collections::HashMap;

use crate::group::{Point, PointHex, Scalar};

/// Baby steps are prepared in portions, so that memory stays small for large bounds.
const PORTION: usize = 4096;

/// Finds n with g^n = P for 0 ≤ n ≤ bound. Made once for all cells of a tally.
///
/// Costs about √bound additions to make and as many at most for each search; the tables hold √bound points.
#[derive(Debug, Clone)]
pub struct DiscreteLogs {
    baby: HashMap<PointHex, u64>,
    /// −width·G.
    giant: Point,
    width: u64,
    bound: u64,
}

impl DiscreteLogs {
    /// Prepares for numbers up to `bound`.
    #[must_use]
    pub fn new(bound: u64) -> Self {
        // A few hundred baby steps cost nothing and save the giant ones in meetings of ordinary size.
        let width = (bound.isqrt() + 1).max(256).min(bound.saturating_add(1));
        let mut baby = HashMap::new();
        let mut next = Point::identity();
        let mut portion = Vec::with_capacity(PORTION);
        for n in 0..width {
            portion.push(next);
            next += Point::generator();
            if portion.len() == PORTION || n + 1 == width {
                let first = n + 1 - portion.len() as u64;
                baby.extend(Point::to_hex_batch(&portion).into_iter().zip(first..));
                portion.clear();
            }
        }
        Self {
            baby,
            giant: -Point::base_mul(&Scalar::from(width)),
            width,
            bound,
        }
    }

    /// The number, none when it is beyond the bound.
    #[must_use]
    pub fn find(&self, point: &Point) -> Option<u64> {
        let mut rest = *point;
        let mut base = 0;
        while base <= self.bound {
            if let Some(n) = self.baby.get(&rest.to_hex()) {
                return Some(base + n).filter(|n| *n <= self.bound);
            }
            rest += self.giant;
            base = base.checked_add(self.width)?;
        }
        None
    }
}
