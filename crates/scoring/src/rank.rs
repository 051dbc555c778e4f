//! Places with ties, from exact scores.

use serde::{Deserialize, Serialize};

use crate::exact::Exact;

/// A place: equal scores share the best of their places, and the next place is left out (1, 2, 2, 4).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rank {
    /// From 1.
    pub place: usize,
    /// How many share it, this one included.
    pub shared_by: usize,
}

/// The places of all who have a score.
#[must_use]
pub fn ranks(scores: &[Option<&Exact>]) -> Vec<Option<Rank>> {
    let rank = |score: &Exact| {
        let others = scores.iter().flatten();
        Rank {
            place: 1 + others.clone().filter(|other| **other > score).count(),
            shared_by: others.filter(|other| **other == score).count(),
        }
    };
    scores.iter().map(|score| score.map(rank)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equal_scores_share_the_better_place() {
        let scores: Vec<Option<Exact>> = [Some(80_u32), Some(95), None, Some(80), Some(70)]
            .map(|score| score.map(Exact::from))
            .to_vec();
        let places: Vec<Option<(usize, usize)>> =
            ranks(&scores.iter().map(Option::as_ref).collect::<Vec<_>>())
                .into_iter()
                .map(|rank| rank.map(|rank| (rank.place, rank.shared_by)))
                .collect();
        assert_eq!(
            places,
            [Some((2, 2)), Some((1, 1)), None, Some((2, 2)), Some((4, 1))]
        );
    }
}
