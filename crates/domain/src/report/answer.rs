//! Answers to last year's list: how long one may be.

/// Fewest characters of an answer to one matter (docs/report-contract.md §2): less says nothing.
pub const ANSWER_LEAST: usize = 10;
/// Most characters of an answer to one matter: it stands in a cell of the paper's table.
pub const ANSWER_MOST: usize = 1_000;
