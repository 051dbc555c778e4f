//! What can go wrong, in the words of the count.

use thiserror::Error;

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
