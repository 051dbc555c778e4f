//! One box's marks for one presenter, as rows of like ballots that can be drawn again.

use rand_core::Rng;

use crate::scheme::Scheme;

/// The ballots of one box for one presenter. The box gives the counts of each item but not which marks stood on
/// one ballot, so the items are laid beside each other with the best marks first: the ballots then fall into
/// segments of equal marks. See docs/scoring.md for why.
pub struct Segments {
    /// The segment of each ballot.
    segment_of: Vec<usize>,
    /// How many of the 2^32 words are passed over to be fair.
    unfair: u32,
    /// Where nobody abstained, Σ w·v ÷ Σ w of each ballot: the quick way.
    points: Option<Vec<f64>>,
    /// `[segment][item]`: the grade's value, none for an abstention.
    values: Vec<Vec<Option<f64>>>,
    weights: Vec<f64>,
}

impl Segments {
    /// From the counts of each item and grade. `None` where there are no ballots or more than can be drawn from.
    pub fn new(scheme: &Scheme, rows: &[Vec<u64>], ballots: u64) -> Option<Self> {
        let bound = u32::try_from(ballots).ok().filter(|&bound| bound > 0)?;
        let order = best_first(scheme);
        let mut cuts: Vec<u64> = rows
            .iter()
            .flat_map(|row| running_sums(row, &order))
            .collect();
        cuts.extend([0, ballots]);
        cuts.sort_unstable();
        cuts.dedup();
        let starts = &cuts[..cuts.len() - 1];
        let values: Vec<Vec<Option<f64>>> = starts
            .iter()
            .map(|&start| {
                rows.iter()
                    .map(|row| value_at(scheme, row, &order, start))
                    .collect()
            })
            .collect();
        let weights: Vec<f64> = scheme.items.iter().map(crate::Exact::approximate).collect();
        let segment_of = lookup(&cuts);
        let of_segment: Option<Vec<f64>> = values
            .iter()
            .map(|values| points(&weights, values))
            .collect();
        let points =
            of_segment.map(|points| segment_of.iter().map(|&segment| points[segment]).collect());
        Some(Self {
            segment_of,
            unfair: bound.wrapping_neg() % bound,
            points,
            values,
            weights,
        })
    }

    /// Draws as many ballots as there were, each from all of them, and gives the category mean of the drawn.
    /// `drawn` is scratch space. `None` where only abstentions were drawn.
    pub fn resampled_mean(&self, rng: &mut impl Rng, drawn: &mut Vec<u64>) -> Option<f64> {
        let ballots = self.segment_of.len();
        if let Some(points) = &self.points {
            let sum: f64 = (0..ballots).map(|_| points[self.any(rng)]).sum();
            return Some(sum / float(ballots as u64));
        }
        self.draw(rng, drawn);
        self.mean(drawn)
    }

    /// How many ballots of each segment one resampling draws.
    pub(super) fn draw(&self, rng: &mut impl Rng, drawn: &mut Vec<u64>) {
        drawn.clear();
        drawn.resize(self.values.len(), 0);
        for _ in 0..self.segment_of.len() {
            drawn[self.segment_of[self.any(rng)]] += 1;
        }
    }

    /// Takes the general way although nobody abstained.
    #[cfg(test)]
    pub(super) fn forget_points(&mut self) {
        self.points = None;
    }

    /// The number of a ballot, each as likely: the high half of a product, with the few unfair words passed over.
    fn any(&self, rng: &mut impl Rng) -> usize {
        let bound = self.segment_of.len() as u64;
        loop {
            let product = u64::from(rng.next_u32()) * bound;
            if product & u64::from(u32::MAX) >= u64::from(self.unfair) {
                return usize::try_from(product >> 32).unwrap_or(0); // always fits: it is below `bound`
            }
        }
    }

    /// The category mean of so many ballots of each segment.
    fn mean(&self, drawn: &[u64]) -> Option<f64> {
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

/// Σ w·v ÷ Σ w, or `None` with an abstention.
fn points(weights: &[f64], values: &[Option<f64>]) -> Option<f64> {
    let products = weights
        .iter()
        .zip(values)
        .map(|(weight, value)| Some(weight * (*value)?));
    Some(products.sum::<Option<f64>>()? / weights.iter().sum::<f64>())
}

/// Counts lie far below 2^53.
#[allow(clippy::cast_precision_loss)]
fn float(count: u64) -> f64 {
    count as f64
}
