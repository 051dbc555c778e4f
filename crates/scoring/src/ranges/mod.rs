//! How sure a rank is: ranges of ranks by resampling within each category, and groups of presenters who cannot be
//! told apart. The method and its assumptions are in docs/scoring.md.
//!
//! No decision hangs on these numbers, so they may be floats; they are the same on every machine for one seed.

mod segments;

use rand_chacha::ChaCha8Rng;
use rand_core::SeedableRng;
use serde::{Deserialize, Serialize};

use crate::composite::{Composite, CompositeScore, Source, SourceScore};
use crate::error::ScoringError;
use crate::rank::Rank;
use crate::scheme::{BoxCounts, Scheme};
use crate::sheet::Sheet;
use segments::Segments;

/// The fewest resamplings that mean anything.
const LEAST: u32 = 100;

/// How to resample.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Resampling {
    /// How often.
    pub times: u32,
    /// The seed of the generator; a hash of what was counted lets everybody repeat it.
    pub seed: [u8; 32],
}

/// What resampling says of one presenter.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RankRange {
    /// The best rank that is plausible.
    pub from: usize,
    /// The worst rank that is plausible.
    pub to: usize,
    /// The group, from 1 at the top: members of different groups can be told apart, neighbours in one group cannot.
    pub group: usize,
}

/// The ranges of all who have a score, in the order of the form.
///
/// Each of the two tails left out holds 2.5 % of the resamplings; two presenters are told apart where one is ahead
/// in at least 97.5 % of them.
///
/// # Errors
/// [`ScoringError`] where the counts do not fit the form or there are too few resamplings.
pub fn rank_ranges(
    scheme: &Scheme,
    boxes: &[BoxCounts],
    sheet: &Sheet,
    resampling: Resampling,
) -> Result<Vec<Option<RankRange>>, ScoringError> {
    scheme.check(sheet.presenters.len(), boxes)?;
    let ranks: Vec<Option<Rank>> = sheet.presenters.iter().map(|score| score.rank).collect();
    let model = |presenter| Model::new(scheme, boxes, presenter);
    ranges(&ranks, model, resampling)
}

/// The ranges of all who have a composite: the ballots are drawn again, indicators and leaders' evaluation stand.
///
/// # Errors
/// As [`rank_ranges`].
pub fn composite_ranges(
    scheme: &Scheme,
    boxes: &[BoxCounts],
    composite: &Composite,
    resampling: Resampling,
) -> Result<Vec<Option<RankRange>>, ScoringError> {
    scheme.check(composite.presenters.len(), boxes)?;
    let scores = &composite.presenters;
    let ranks: Vec<Option<Rank>> = scores.iter().map(|score| score.rank).collect();
    let model = |presenter: usize| Model::new(scheme, boxes, presenter).within(&scores[presenter]);
    ranges(&ranks, model, resampling)
}

fn ranges(
    ranks: &[Option<Rank>],
    model: impl Fn(usize) -> Model,
    resampling: Resampling,
) -> Result<Vec<Option<RankRange>>, ScoringError> {
    if resampling.times < LEAST {
        return Err(ScoringError::TooFewResamplings { least: LEAST });
    }
    let ranked: Vec<(usize, Rank)> = ranks
        .iter()
        .enumerate()
        .filter_map(|(place, rank)| Some((place, (*rank)?)))
        .collect();
    let models: Vec<Model> = ranked
        .iter()
        .map(|&(presenter, _)| model(presenter))
        .collect();
    let tally = Tally::fill(&models, resampling);
    let groups = tally.groups(&ranked);
    let mut ranges = vec![None; ranks.len()];
    for (index, &(presenter, rank)) in ranked.iter().enumerate() {
        let (from, to) = tally.range(index);
        let worst = rank.place + rank.shared_by - 1;
        ranges[presenter] = Some(RankRange {
            from: from.min(rank.place),
            to: to.max(worst),
            group: groups[index],
        });
    }
    Ok(ranges)
}

/// What a presenter's resampled number is made of.
struct Model {
    /// The boxes that count, with their weights.
    boxes: Vec<(f64, Segments)>,
    /// The part of 1 with which the ballot score counts.
    part: f64,
    /// What the other sources bring, already weighed.
    rest: f64,
}

impl Model {
    fn new(scheme: &Scheme, boxes: &[BoxCounts], presenter: usize) -> Self {
        let counting = scheme
            .categories
            .iter()
            .zip(boxes)
            .filter(|(rule, counts)| counts.ballots >= rule.minimum);
        let segments = counting.filter_map(|(rule, counts)| {
            let rows = counts.marks.as_ref()?.get(presenter)?;
            Some((
                rule.weight.approximate(),
                Segments::new(scheme, rows, counts.ballots)?,
            ))
        });
        Self {
            boxes: segments.collect(),
            part: 1.0,
            rest: 0.0,
        }
    }

    /// The same ballots as a part of a composite.
    fn within(mut self, score: &CompositeScore) -> Self {
        let ballot = |part: &&SourceScore| part.source == Source::Ballot;
        self.part = score
            .parts
            .iter()
            .find(ballot)
            .map_or(0.0, |part| part.part.approximate());
        let others = score.parts.iter().filter(|part| !ballot(part));
        self.rest = others
            .map(|part| (&part.part * &part.points).approximate())
            .sum();
        self
    }

    /// A score of resampled ballots; nought, the last place, where only abstentions were drawn.
    fn resampled(&self, rng: &mut ChaCha8Rng, drawn: &mut Vec<u64>) -> f64 {
        let (mut sum, mut divisor) = (0.0, 0.0);
        for (weight, segments) in &self.boxes {
            if let Some(mean) = segments.resampled_mean(rng, drawn) {
                sum += weight * mean;
                divisor += weight;
            }
        }
        let ballot = if divisor > 0.0 { sum / divisor } else { 0.0 };
        settle(self.part * ballot + self.rest)
    }
}

/// Scores that differ by rounding errors only are equal.
fn settle(score: f64) -> f64 {
    (score * 1e9).round()
}

/// What all resamplings together say.
struct Tally {
    times: u32,
    /// `[presenter][rank - 1]`: how often the best rank was this, and the worst where it was shared.
    best: Vec<Vec<u32>>,
    worst: Vec<Vec<u32>>,
    /// `[one][two]`: how often one was ahead of two.
    ahead: Vec<Vec<u32>>,
}

impl Tally {
    fn fill(models: &[Model], resampling: Resampling) -> Self {
        let size = models.len();
        let square = || vec![vec![0_u32; size]; size];
        let mut tally = Self {
            times: resampling.times,
            best: square(),
            worst: square(),
            ahead: square(),
        };
        let mut drawn = Vec::new();
        let mut scores = vec![0.0; size];
        for time in 0..resampling.times {
            let mut rng = ChaCha8Rng::from_seed(resampling.seed);
            rng.set_stream(u64::from(time));
            for (score, model) in scores.iter_mut().zip(models) {
                *score = model.resampled(&mut rng, &mut drawn);
            }
            tally.add(&scores);
        }
        tally
    }

    fn add(&mut self, scores: &[f64]) {
        for (one, score) in scores.iter().enumerate() {
            let mut above = 0;
            let mut equal = 0;
            for (two, other) in scores.iter().enumerate() {
                match score.total_cmp(other) {
                    std::cmp::Ordering::Less => above += 1,
                    std::cmp::Ordering::Equal => equal += 1,
                    std::cmp::Ordering::Greater => self.ahead[one][two] += 1,
                }
            }
            self.best[one][above] += 1;
            self.worst[one][above + equal - 1] += 1;
        }
    }

    /// The best rank after the lower tail and the worst before the upper one.
    fn range(&self, index: usize) -> (usize, usize) {
        let tail = self.times / 40;
        let reach = |histogram: &[u32], needed: u32| {
            let mut sum = 0;
            let found = histogram.iter().position(|count| {
                sum += count;
                sum >= needed
            });
            found.unwrap_or(histogram.len() - 1) + 1
        };
        (
            reach(&self.best[index], tail + 1),
            reach(&self.worst[index], self.times - tail),
        )
    }

    fn told_apart(&self, one: usize, two: usize) -> bool {
        self.ahead[one][two] >= self.times - self.times / 40
    }

    /// Walks down the ranks: a new group begins where everybody above is told apart from everybody from here on.
    fn groups(&self, ranked: &[(usize, Rank)]) -> Vec<usize> {
        let mut order: Vec<usize> = (0..ranked.len()).collect();
        order.sort_by_key(|&index| ranked[index].1.place);
        let mut groups = vec![0; ranked.len()];
        let mut group = 1;
        for (place, &index) in order.iter().enumerate() {
            let (above, rest) = order.split_at(place);
            if place > 0
                && above
                    .iter()
                    .all(|&one| rest.iter().all(|&two| self.told_apart(one, two)))
            {
                group += 1;
            }
            groups[index] = group;
        }
        groups
    }
}

#[cfg(test)]
mod tests;
