//! What can be wrong, in the words of the domain: one enum for the crate.

use thiserror::Error;

/// Everything this crate refuses, and why.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum BallotError {
    // --- group and numbers (protocol.md §2) ---
    /// Not 64 lower-case hexadecimal digits.
    #[error("a point is 64 lower-case hexadecimal digits")]
    PointSyntax,
    /// A coordinate that is not reduced, or a negative zero.
    #[error("the point is not in its canonical encoding")]
    PointNotCanonical,
    /// No curve point has this encoding.
    #[error("the point is not on the curve")]
    PointNotOnCurve,
    /// On the curve but outside the subgroup of prime order.
    #[error("the point is outside the prime-order subgroup")]
    PointOutsideSubgroup,
    /// Not a decimal number without sign and leading zeros.
    #[error("a number is decimal, without sign or leading zeros")]
    ScalarSyntax,
    /// Not below the group order.
    #[error("the number is not below the group order")]
    ScalarOutOfRange,
}
