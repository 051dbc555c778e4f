//! One box's marks for one presenter, as rows of like ballots that can be drawn again.

use rand_core::Rng;

use super::binomial::multinomial;
use crate::scheme::Scheme;

/// Below this number ballots are drawn one by one, which is quicker than halving.
const ONE_BY_ONE: u64 = 160;

/// The ballots of one box for one presenter. The box gives the counts of each item but not which marks stood on
/// one ballot, so the items are laid beside each other with the best marks first: the ballots then fall into
/// segments of equal marks. See docs/scoring.md for why.
pub struct Segments {
    ballots: u64,
    /// Ballots before each segment, and all at the end.
    cumulative: Vec<u64>,
    /// For each ballot its segment, where ballots are drawn one by one.
    segment_of: Vec<usize>,
    /// Without abstentions: Σ w·v ÷ Σ w of each segment.
    points: Option<Vec<f64>>,
    /// `[segment][item]`: the grade's value, none for an abstention.
    values: Vec<Vec<Option<f64>>>,
    weights: Vec<f64>,
}

impl Segments {
    /// From the counts of each item and grade.
    pub fn new(scheme: &Scheme, rows: &[Vec<u64>], ballots: u64) -> Self {
        let order = best_first(scheme);
        let mut cuts: Vec<u64> = rows
            .iter()
            .flat_map(|row| running_sums(row, &order))
            .collect();
        cuts.push(0);
        cuts.push(ballots);
        cuts.sort_unstable();
        cuts.dedup();
        let values: Vec<Vec<Option<f64>>> = cuts
            .iter()
            .take(cuts.len() - 1)
            .map(|&start| {
                rows.iter()
                    .map(|row| value_at(scheme, row, &order, start))
                    .collect()
            })
            .collect();
        let weights: Vec<f64> = scheme.items.iter().map(crate::Exact::approximate).collect();
        let total: f64 = weights.iter().sum();
        let points: Option<Vec<f64>> = values
            .iter()
            .map(|values| {
                weights
                    .iter()
                    .zip(values)
                    .map(|(weight, value)| Some(weight * (*value)?))
                    .sum::<Option<f64>>()
            })
            .map(|sum| sum.map(|sum| sum / total))
            .collect();
        let segment_of = if ballots < ONE_BY_ONE {
            lookup(&cuts)
        } else {
            Vec::new()
        };
        Self {
            ballots,
            cumulative: cuts,
            segment_of,
            points,
            values,
            weights,
        }
    }

    /// Draws as many ballots as there were, each from all of them, and gives the category mean of the drawn.
    /// `drawn` is scratch space. `None` where only abstentions were drawn.
    pub fn resampled_mean(&self, rng: &mut impl Rng, drawn: &mut Vec<u64>) -> Option<f64> {
        drawn.clear();
        drawn.resize(self.values.len(), 0);
        if self.segment_of.is_empty() {
            multinomial(rng, self.ballots, &self.cumulative, drawn);
        } else {
            for _ in 0..self.ballots {
                drawn[self.segment_of[below(rng, self.segment_of.len())]] += 1;
            }
        }
        match &self.points {
            Some(points) => {
                let sum: f64 = points
                    .iter()
                    .zip(drawn.iter())
                    .map(|(points, &count)| points * float(count))
                    .sum();
                Some(sum / float(self.ballots))
            }
            None => self.mean_with_abstentions(drawn),
        }
    }

    pub(super) fn mean_with_abstentions(&self, drawn: &[u64]) -> Option<f64> {
        let (mut sum, mut divisor) = (0.0, 0.0);
        for (item, weight) in self.weights.iter().enumerate() {
            let (mut points, mut marks) = (0.0, 0.0);
            for (values, &count) in self.values.iter().zip(drawn) {
                if let Some(value) = values[item] {
                    points += value * float(count);
                    marks += float(count);
                }
            }
            if marks > 0.0 {
                sum += weight * points / marks;
                divisor += weight;
            }
        }
        (divisor > 0.0).then(|| sum / divisor)
    }
}

/// The grades from the highest value down, abstentions last.
fn best_first(scheme: &Scheme) -> Vec<usize> {
    let mut order: Vec<usize> = (0..scheme.grades.len()).collect();
    order.sort_by(|&one, &two| scheme.grades[two].cmp(&scheme.grades[one]));
    order
}

fn running_sums<'a>(row: &'a [u64], order: &'a [usize]) -> impl Iterator<Item = u64> + 'a {
    order.iter().scan(0_u64, |sum, &grade| {
        *sum += row[grade];
        Some(*sum)
    })
}

/// The value of the mark on the ballot with number `place` when the best marks lie first.
fn value_at(scheme: &Scheme, row: &[u64], order: &[usize], place: u64) -> Option<f64> {
    let found = running_sums(row, order).position(|end| place < end)?;
    scheme.grades[order[found]]
        .as_ref()
        .map(crate::Exact::approximate)
}

fn lookup(cuts: &[u64]) -> Vec<usize> {
    let lengths = cuts.windows(2).map(|pair| pair[1] - pair[0]).enumerate();
    lengths
        .flat_map(|(segment, length)| (0..length).map(move |_| segment))
        .collect()
}

/// A number below `bound`, each as likely: the high half of a product, with the few unfair words thrown away.
fn below(rng: &mut impl Rng, bound: usize) -> usize {
    let wide = bound as u64;
    let unfair = wide.wrapping_neg() % wide;
    loop {
        let product = u128::from(rng.next_u64()) * u128::from(wide);
        let low = product & u128::from(u64::MAX);
        if low >= u128::from(unfair) {
            return usize::try_from(product >> 64).unwrap_or(0); // always fits: it is below `bound`
        }
    }
}

/// Counts lie far below 2^53.
#[allow(clippy::cast_precision_loss)]
fn float(count: u64) -> f64 {
    count as f64
}
