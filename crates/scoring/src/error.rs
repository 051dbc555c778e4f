//! What can go wrong, in the words of the count.

use thiserror::Error;

use crate::composite::Source;

/// Why a text or JSON value is not an exact non-negative number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum NumberError {
    /// Nothing was written.
    #[error("the number is missing")]
    Empty,
    /// Below nought.
    #[error("the number is negative")]
    Negative,
    /// A fraction over nought.
    #[error("the fraction's denominator is zero")]
    ZeroDenominator,
    /// Other characters than digits with one point or one stroke.
    #[error("not a number: write it as 40, 33.3 or 1/3")]
    NotANumber,
    /// More characters than are read.
    #[error("the number has more than {most} characters")]
    TooLong {
        /// The most characters read.
        most: usize,
    },
    /// A JSON number with so many digits that it may have been rounded on its way.
    #[error("a JSON number with more than 15 digits is not exact: write it as a string")]
    InexactFloat,
}

/// Why counts cannot be scored: they do not fit the form, or the form gives no score.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum ScoringError {
    /// There are not as many boxes as categories.
    #[error("{boxes} boxes for {categories} categories")]
    Boxes {
        /// Boxes given.
        boxes: usize,
        /// Categories of the scheme.
        categories: usize,
    },
    /// A box has not as many presenters, items or grades as the form.
    #[error("the counts of box {category} do not have the shape of the form")]
    Shape {
        /// The box, from 0.
        category: usize,
    },
    /// The marks of a row are not as many as the ballots (min = max = 1, trust.md rule 5).
    #[error(
        "box {category}, presenter {presenter}, item {item}: the row does not add up to the ballots"
    )]
    RowSum {
        /// The box, from 0.
        category: usize,
        /// The presenter, from 0.
        presenter: usize,
        /// The item, from 0.
        item: usize,
    },
    /// All items, or all categories, weigh nothing.
    #[error("the weights are all zero")]
    NoWeight,
    /// No grade has a value.
    #[error("no grade has a value")]
    NoValue,
    /// Ranks cannot be resampled less than this often and mean anything.
    #[error("at least {least} resamplings are needed")]
    TooFewResamplings {
        /// The fewest.
        least: u32,
    },
    /// A source of the composite has more points than the best grade is worth.
    #[error("presenter {presenter}: {from:?} has more points than the best grade")]
    AboveFull {
        /// The presenter, from 0.
        presenter: usize,
        /// The source.
        from: Source,
    },
    /// Two parts of the outcome speak of different numbers of presenters.
    #[error("{given} presenters where {expected} are expected")]
    Presenters {
        /// Given.
        given: usize,
        /// Expected.
        expected: usize,
    },
    /// A cut point is not below the one before it.
    #[error("cut point {cut} is not below the one before it")]
    CutsNotFalling {
        /// The cut point, from 0.
        cut: usize,
    },
    /// More than all may have the best grade.
    #[error("the cap is more than all presenters")]
    CapAboveAll,
    /// A cap on the best grade without a second one to fall to.
    #[error("a cap on the best grade needs a second grade")]
    CapWithoutSecondGrade,
    /// A floor speaks of an item, a grade or a part that is not there.
    #[error("floor {floor} does not fit the form or the grades")]
    Floor {
        /// The floor, from 0.
        floor: usize,
    },
    /// A year's form names other numbers of items, categories or presenters than its sheet has.
    #[error("the names of the form do not fit its sheet")]
    Names,
}
