//! The year's record: what the office and the recorders do with it (docs/record-contract.md).

mod hand;
mod history;
mod note;
mod posts;
mod settle;
mod units;

pub use hand::Hand;
pub use history::HistoryLine;
pub use pingyi_domain::audit::AuditEvent;
pub use pingyi_domain::record::*;
pub use pingyi_store::repo::units::{SORTS as UNIT_SORTS, UnitFilter, UnitRow};
pub use posts::PostView;
pub use settle::{Conflict, Stored};
pub use units::{UnitName, UnitView};
