//! The year's record: what the office and the recorders do with it (docs/record-contract.md).

mod entries;
mod hand;
mod history;
mod matters;
mod meetings;
mod note;
mod posts;
mod settle;
mod units;
mod words;

pub use entries::{EntryLine, EntryView, MOST_ROWS};
pub use hand::Hand;
pub use history::HistoryLine;
pub use matters::{EditView, EditWish, MatterLine, MatterView, MoveForm, MoveLine, ProgressLine};
pub use meetings::{Classes, MeetingCell, MeetingRow, ReachRow};
pub use pingyi_domain::audit::AuditEvent;
pub use pingyi_domain::record::*;
pub use pingyi_store::repo::entries::{EntryFilter, SORTS as ENTRY_SORTS};
pub use pingyi_store::repo::evidence::EvidenceRow;
pub use pingyi_store::repo::matters::{MatterFilter, SORTS as MATTER_SORTS};
pub use pingyi_store::repo::units::{SORTS as UNIT_SORTS, UnitFilter, UnitRow};
pub use posts::PostView;
pub use settle::{Conflict, Stored};
pub use units::{UnitName, UnitView};
pub use words::WordView;
