//! The hash prefixes of a ballot's proofs (protocol.md §3.1), shared by who makes them and
//! who checks them.

use crate::hash::ScalarHasher;

/// `prove|S'|α,β|`.
pub(super) fn prove(context: &str, alpha: &str, beta: &str) -> ScalarHasher {
    let mut hasher = ScalarHasher::new();
    hasher
        .text("prove|")
        .text(context)
        .text("|")
        .text(alpha)
        .text(",")
        .text(beta)
        .text("|");
    hasher
}

/// `bproof0|S|`.
pub(super) fn blank(context: &str) -> ScalarHasher {
    let mut hasher = ScalarHasher::new();
    hasher.text("bproof0|").text(context).text("|");
    hasher
}

/// `bproof1|S|`.
pub(super) fn overall_with_blank(context: &str) -> ScalarHasher {
    let mut hasher = ScalarHasher::new();
    hasher.text("bproof1|").text(context).text("|");
    hasher
}
