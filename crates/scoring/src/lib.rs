//! From counts to a score, exactly, with the working behind each number (domain.md §8).
//!
//! A pure library: no clock, no global randomness, no file system. `docs/scoring.md` explains the method.

mod composite;
mod error;
mod exact;
mod grade;
mod middle;
mod outcome;
mod ranges;
mod rank;
mod scheme;
mod sheet;
mod statement;
mod working;
mod years;

pub use composite::{
    Composite, CompositeScheme, CompositeScore, CompositeStatement, CompositeStep, Evaluation,
    Source, SourcePart, SourceScore, Sources,
};
pub use error::{NumberError, ScoringError};
pub use exact::{Exact, Value, Weight};
pub use grade::{
    Cap, CapNote, Decision, DecisionError, Finding, Floor, GradeRules, GradeStep, Proposal,
    Proposals, Ties, findings, propose,
};
pub use middle::median;
pub use outcome::{Beside, Known, Method, Move, Outcome, Standing, what_if};
pub use ranges::{RankRange, Resampling, composite_ranges, rank_ranges};
pub use rank::{Rank, ranks};
pub use scheme::{BoxCounts, CategoryRule, Marks, Scheme};
pub use sheet::{CategoryScore, ItemScore, PresenterScore, Sheet};
pub use statement::{Part, Statement};
pub use working::{Number, Step, Term};
pub use years::{Change, Compared, Comparison, Difference, Warning, Year, compare};
