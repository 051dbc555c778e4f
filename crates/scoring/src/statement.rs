//! What the result sheet has to say beside the numbers. A weight never goes elsewhere in silence (domain.md §8).

use serde::{Deserialize, Serialize};

use crate::exact::Exact;

/// One statement; categories, items and presenters are numbers from 0 in the order of the form.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "code", rename_all = "snake_case")]
pub enum Statement {
    /// A category is below its minimum group size and was not opened.
    CategorySkipped {
        /// The category.
        category: usize,
        /// Its weight, which went to the others.
        weight: Exact,
        /// Ballots cast.
        ballots: u64,
        /// The minimum.
        minimum: u64,
    },
    /// A category has no ballot at all.
    CategoryEmpty {
        /// The category.
        category: usize,
        /// Its weight, which went to the others.
        weight: Exact,
    },
    /// A category's box was not opened although it has enough ballots.
    CategoryUnopened {
        /// The category.
        category: usize,
        /// Its weight, which went to the others.
        weight: Exact,
    },
    /// Everybody in a category abstained on every item of a presenter (or on every item that weighs something).
    CategoryUnmarked {
        /// The presenter.
        presenter: usize,
        /// The category.
        category: usize,
        /// Its weight, which went to the others for this presenter.
        weight: Exact,
    },
    /// Everybody in a category abstained on an item, whose weight went to the other items there.
    ItemUnmarked {
        /// The presenter.
        presenter: usize,
        /// The category.
        category: usize,
        /// The item.
        item: usize,
    },
    /// The weights with which the categories count for everybody after redistribution.
    Redistributed {
        /// The categories that count, with their parts of 1.
        parts: Vec<Part>,
    },
    /// The same for one presenter for whom it is different.
    RedistributedFor {
        /// The presenter.
        presenter: usize,
        /// The categories that count, with their parts of 1.
        parts: Vec<Part>,
    },
    /// Nothing counts for a presenter, so there is no score.
    NoScore {
        /// The presenter.
        presenter: usize,
    },
}

/// The part of 1 with which a category counts.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Part {
    /// The category.
    pub category: usize,
    /// `W_c` ÷ Σ W over the categories that count.
    pub part: Exact,
}
