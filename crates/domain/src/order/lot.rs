//! The draw of lots: a shuffle that follows from the boards' heads, so that anybody can repeat it with a hash
//! function and a pencil. docs/decisions/0010-draw-by-lot.md is its specification.

use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};
use thiserror::Error;

use crate::codes::{AppraisalId, CategoryCode, PresenterCode};
use crate::hash::Digest;

/// The head of a box's board at the moment of the draw.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct BoardHead {
    /// The box.
    pub category: CategoryCode,
    /// The height of the last event.
    pub height: u64,
    /// The hash of the last event.
    pub hash: Digest,
}

/// The draw with everything needed to repeat it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Draw {
    /// The heads it was made from, by category.
    pub heads: Vec<BoardHead>,
    /// The seed that follows from them.
    pub seed: Digest,
    /// The order drawn.
    pub order: Vec<PresenterCode>,
}

/// Why there is no draw.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum LotError {
    /// There is no board yet.
    #[error("there is no board to draw from")]
    NoBoard,
    /// A box is named twice.
    #[error("box {category} is named twice")]
    TwiceNamed {
        /// The box.
        category: CategoryCode,
    },
}

/// Draws the order of the presenters (as entered).
///
/// # Errors
/// See [`LotError`].
pub fn draw(
    appraisal: &AppraisalId,
    heads: &[BoardHead],
    presenters: &[PresenterCode],
) -> Result<Draw, LotError> {
    let mut heads = heads.to_vec();
    heads.sort_by_key(|head| head.category);
    if heads.is_empty() {
        return Err(LotError::NoBoard);
    }
    if let Some(pair) = heads
        .windows(2)
        .find(|pair| pair[0].category == pair[1].category)
    {
        return Err(LotError::TwiceNamed {
            category: pair[0].category,
        });
    }
    let named: Vec<String> = heads
        .iter()
        .map(|head| format!("{}:{}:{}", head.category, head.height, head.hash))
        .collect();
    let seed = Digest::of(format!("pingyi-lot-v1|{appraisal}|{}", named.join("|")).as_bytes());
    let mut order = presenters.to_vec();
    let mut words = Words {
        seed: seed.clone(),
        used: 0,
    };
    for last in (1..order.len()).rev() {
        let chosen = words.below(last);
        order.swap(last, chosen);
    }
    Ok(Draw { heads, seed, order })
}

/// Random words: the first 8 bytes of SHA-256 of `pingyi-lot-word-v1|<seed>|<number>`, numbers from 0.
struct Words {
    seed: Digest,
    used: u64,
}

impl Words {
    fn next(&mut self) -> u64 {
        let digest =
            Sha256::digest(format!("pingyi-lot-word-v1|{}|{}", self.seed, self.used).as_bytes());
        self.used += 1;
        digest
            .iter()
            .take(8)
            .fold(0, |word, byte| word << 8 | u64::from(*byte))
    }

    /// A place from 0 to `last`, each as likely: words from the last, incomplete round of remainders are passed over.
    fn below(&mut self, last: usize) -> usize {
        let places = last as u64 + 1;
        let whole_rounds = u64::MAX - (u64::MAX % places + 1) % places;
        loop {
            let word = self.next();
            if word <= whole_rounds {
                return usize::try_from(word % places).unwrap_or(last); // always fits: at most `last`
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn id() -> AppraisalId {
        "abcdefgh23456789".parse().unwrap()
    }

    fn head(category: &str, height: u64, text: &str) -> BoardHead {
        BoardHead {
            category: category.parse().unwrap(),
            height,
            hash: Digest::of(text.as_bytes()),
        }
    }

    fn presenters(count: usize) -> Vec<PresenterCode> {
        (1..=count)
            .map(|number| format!("p{number}").parse().unwrap())
            .collect()
    }

    fn words(order: &[PresenterCode]) -> String {
        order
            .iter()
            .map(PresenterCode::as_str)
            .collect::<Vec<_>>()
            .join(" ")
    }

    /// Made with tools/draw.py.
    #[test]
    fn the_draw_is_that_of_the_specification() {
        let heads = [head("B", 3, "b"), head("A", 3, "a")];
        let drawn = draw(&id(), &heads, &presenters(9)).unwrap();
        assert_eq!(
            drawn.seed.as_str(),
            "5fe19b3b70d97131111c19ede615e82c2829c790a9fb18ce9f937a5f6ff4e088"
        );
        assert_eq!(words(&drawn.order), "p2 p8 p3 p6 p4 p1 p5 p9 p7");
        assert_eq!(drawn.heads[0].category.letter(), 'A');
    }

    #[test]
    fn another_head_or_appraisal_is_another_draw() {
        let drawn =
            |id: &AppraisalId, text| draw(id, &[head("A", 3, text)], &presenters(9)).unwrap();
        assert_ne!(drawn(&id(), "a").order, drawn(&id(), "b").order);
        assert_ne!(
            drawn(&id(), "a").seed,
            drawn(&"abcdefgh23456780".parse().unwrap(), "a").seed
        );
    }

    #[test]
    fn nobody_is_lost_and_everybody_may_be_anywhere() {
        let mut seen = [[0_u32; 4]; 4];
        for number in 0..4_000 {
            let drawn = draw(&id(), &[head("A", number, "a")], &presenters(4)).unwrap();
            for (place, code) in drawn.order.iter().enumerate() {
                seen[place][code.as_str()[1..].parse::<usize>().unwrap() - 1] += 1;
            }
        }
        for count in seen.iter().flatten() {
            assert!((850..1_150).contains(count), "{seen:?}");
        }
    }

    #[test]
    fn no_board_and_a_box_twice_are_refused() {
        assert_eq!(draw(&id(), &[], &presenters(2)), Err(LotError::NoBoard));
        let twice = [head("A", 1, "a"), head("A", 2, "b")];
        let category = "A".parse().unwrap();
        assert_eq!(
            draw(&id(), &twice, &presenters(2)),
            Err(LotError::TwiceNamed { category })
        );
        assert_eq!(draw(&id(), &[head("A", 1, "a")], &[]).unwrap().order, []);
    }
}
