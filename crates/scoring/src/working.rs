//! The working behind each number: counts → means → weights → score, every step with its terms, in fractions and
//! in decimals, so that the interface can show how a score came about and anybody can repeat it on paper.

use serde::{Deserialize, Serialize};

use crate::exact::Exact;

/// Digits after the point of `decimal`, enough to repeat the check values of domain.md §8.
const DECIMAL_PLACES: u8 = 6;

/// A number in the three forms in which it is shown.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Number {
    /// Exactly: `680/7`.
    pub fraction: String,
    /// With six places: `97.142857`.
    pub decimal: String,
    /// With the places of the scheme, half up: `97.14`.
    pub shown: String,
}

impl Exact {
    /// The number as it is shown, with the places of the scheme.
    #[must_use]
    pub fn number(&self, places: u8) -> Number {
        Number {
            fraction: self.fraction(),
            decimal: self.rounded(DECIMAL_PLACES),
            shown: self.rounded(places),
        }
    }
}

/// One line of the working. Categories, items and grades are numbers from 0 in the order of the form.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "step", rename_all = "snake_case")]
pub enum Step {
    /// m(p,i,c) = Σ v·n ÷ Σ n over the grades that are no abstention.
    ItemMean {
        /// The category.
        category: usize,
        /// The item.
        item: usize,
        /// One term for each grade with a value.
        terms: Vec<Term>,
        /// Σ v·n.
        sum: Number,
        /// Σ n.
        divisor: Number,
        /// The quotient.
        mean: Number,
        /// Marks outside both sums.
        abstained: u64,
    },
    /// m(p,c) = Σ w·m ÷ Σ w over the items with at least one mark.
    CategoryMean {
        /// The category.
        category: usize,
        /// One term for each item with a mark.
        terms: Vec<Term>,
        /// Σ w·m.
        sum: Number,
        /// Σ w.
        divisor: Number,
        /// The quotient.
        mean: Number,
    },
    /// s(p) = Σ W·m ÷ Σ W over the categories that count.
    Score {
        /// One term for each category that counts.
        terms: Vec<Term>,
        /// Σ W·m.
        sum: Number,
        /// Σ W.
        divisor: Number,
        /// The quotient.
        score: Number,
    },
}

/// One product of a sum: `factor × number`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Term {
    /// Which grade, item or category.
    pub of: usize,
    /// The grade's value, the item's or category's weight.
    pub factor: Number,
    /// The count of the grade, the mean of the item or category.
    pub number: Number,
    /// Their product.
    pub product: Number,
}

/// Σ factor·number ÷ Σ divisor, with its terms kept.
pub(crate) struct Quotient {
    terms: Vec<(usize, Exact, Exact)>,
    sum: Exact,
    divisor: Exact,
}

impl Quotient {
    /// From (which, factor, number); `weigh_by_number` says that the divisor adds the numbers (counts) and not
    /// the factors (weights).
    pub(crate) fn new(terms: Vec<(usize, Exact, Exact)>, weigh_by_number: bool) -> Self {
        let sum = terms
            .iter()
            .map(|(_, factor, number)| factor * number)
            .sum();
        let divisor = terms
            .iter()
            .map(|(_, factor, number)| {
                if weigh_by_number {
                    number.clone()
                } else {
                    factor.clone()
                }
            })
            .sum();
        Self {
            terms,
            sum,
            divisor,
        }
    }

    pub(crate) fn value(&self) -> Option<Exact> {
        self.sum.checked_div(&self.divisor)
    }

    pub(crate) fn terms(&self, places: u8) -> Vec<Term> {
        let term = |(of, factor, number): &(usize, Exact, Exact)| Term {
            of: *of,
            factor: factor.number(places),
            number: number.number(places),
            product: (factor * number).number(places),
        };
        self.terms.iter().map(term).collect()
    }

    pub(crate) fn sum(&self, places: u8) -> Number {
        self.sum.number(places)
    }

    pub(crate) fn divisor(&self, places: u8) -> Number {
        self.divisor.number(places)
    }
}
