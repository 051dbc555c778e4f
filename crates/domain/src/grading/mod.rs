//! From a result to a grade (domain.md §8): what leaders give, and what the committee decides. The arithmetic is in
//! `pingyi_scoring`; here are the forms, each read with everything that is wrong with it at once.

mod decisions;
mod points;

pub use decisions::{DecisionDraft, DecisionsDraft, Proposed};
pub use points::{EvaluationDraft, Points};
