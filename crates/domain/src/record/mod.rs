//! The year's record (domain.md §2–§6, docs/record-contract.md): organisations, firms, ledger, matters, indicators.

mod amount;
mod change;
mod check;
mod coverage;
mod date;
pub mod entry;
mod firm;
mod grams;
mod ids;
pub mod indicator;
mod kind;
pub mod matter;
mod period;
mod post;
mod scope;
mod share;
mod unit;
mod word;

pub use amount::Amount;
pub use change::{FieldChange, FieldConflict, Record, changes, conflicts};
pub use check::{Check, FieldProblem};
pub use coverage::{Cover, CoverKind, Coverage, CoverageDraft, Standing, Strike, StrikeDraft};
pub use date::Date;
pub use entry::{Entry, EntryDraft, EntryState};
pub use firm::{Firm, FirmDraft, FirmKind, is_credit_code, name_key};
pub use grams::{asked, fold, grams};
pub use ids::*;
pub use indicator::{Figure, Indicator, IndicatorDraft, Measure, Tally, Tone};
pub use kind::Kind;
pub use matter::{Matter, MatterDraft, MatterState, MatterStateName};
pub use period::{Period, Quarter, Spell};
pub use post::{Post, PostDraft, PostKind};
pub use scope::{Scope, UnitPath};
pub use share::Share;
pub use unit::{FoundingMode, Unit, UnitDraft, UnitKind};
pub use word::{Word, WordDraft, WordList, default_words};
