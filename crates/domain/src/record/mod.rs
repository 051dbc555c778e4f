//! The year's record (domain.md §2–§6, docs/record-contract.md): organisations, firms, ledger, matters, indicators.

mod amount;
mod area;
mod belonging;
mod centre;
mod change;
mod check;
mod coverage;
mod date;
pub mod entry;
mod find;
mod firm;
mod founding;
pub mod geo;
mod grams;
mod headcount;
mod ids;
pub mod indicator;
mod kind;
pub mod matter;
mod month;
mod pairing;
mod period;
mod post;
mod scope;
mod share;
mod shop;
mod unit;
mod word;

pub use amount::Amount;
pub use area::{Area, AreaDraft};
pub use belonging::{Belonging, BelongingDraft, Many, Numbers};
pub use centre::{Cases, CasesDraft, Centre, CentreDraft, CentreKind};
pub use change::{FieldChange, FieldConflict, Record, changes, conflicts};
pub use check::{Check, FieldProblem};
pub use coverage::{Cover, CoverKind, Coverage, CoverageDraft, Standing, Strike, StrikeDraft};
pub use date::Date;
pub use entry::{Entry, EntryDraft, EntryState};
pub use find::{Fit, fit, forgiven, shared_pairs};
pub use firm::{Firm, FirmDraft, FirmKind, is_credit_code, name_key};
pub use founding::{
    Against, Condition, Finding, Founding, FoundingAsked, FoundingChoice, FoundingDecision,
    FoundingDraft, FoundingFigures, FoundingWay, Measured, Thresholds, ThresholdsDraft, findings,
    lies_in, mode_for,
};
pub use grams::{Pair, asked, fold, grams, pair_text, pairs};
pub use headcount::{Counts, Headcount, HeadcountDraft, growth};
pub use ids::*;
pub use indicator::{Figure, Indicator, IndicatorDraft, Measure, Tally, Tone};
pub use kind::Kind;
pub(crate) use kind::named;
pub use matter::{Matter, MatterDraft, MatterState, MatterStateName};
pub use month::Month;
pub use pairing::{Pairing, PairingDraft};
pub use period::{Period, Quarter, Spell};
pub use post::{Post, PostDraft, PostKind};
pub use scope::{Scope, UnitPath};
pub use share::Share;
pub use shop::{Inspection, InspectionDraft, Shop, ShopDraft};
pub use unit::{FoundingMode, Unit, UnitDraft, UnitKind};
pub use word::{Word, WordDraft, WordList, default_words};
