//! The year's record: what the office and the recorders do with it (docs/record-contract.md).

mod areas;
mod belongings;
mod centres;
mod coverage;
mod entries;
mod evidence;
mod export;
mod find;
mod firms;
mod foundings;
mod hand;
mod headcounts;
pub(crate) mod history;
mod import;
pub(crate) mod indicators;
mod instructors;
pub(crate) mod matters;
mod meetings;
mod memory;
mod names;
mod note;
mod posts;
mod rates;
mod sample;
mod settle;
mod shelves;
mod shops;
pub(crate) mod units;
mod whole;
pub(crate) mod words;
mod written;
mod year;

pub use areas::{AreaView, AreasSent, Dot, MOST_DOTS, MapPark, MapView};
pub use belongings::{Held, Shelf};
pub use centres::CentreView;
pub use entries::{EntryLine, EntryView, MOST_CONFIRMED, MOST_ROWS};
pub use evidence::{EvidenceFile, EvidenceOwner, MAX_EVIDENCE_BYTES, MAX_EVIDENCE_FILES};
pub(crate) use evidence::{KeptFile, PPTX, Prepared, called};
pub use export::{ColumnKind, FileFormat, Sheet};
pub use find::Found;
pub use firms::{FirmView, Kept};
pub use foundings::{FoundingView, ThresholdsView};
pub use hand::Hand;
pub use headcounts::{MemberFigures, MemberLines, Members};
pub use history::HistoryLine;
pub(crate) use history::{name_of, of as history_of};
pub use import::{
    Alike, Choice as ImportChoice, ImportOrder, ImportStep, Imported, InTheWay, Like,
    MAX_FILE_BYTES, Mapping, Preview, Progress, Refused, field_heads as import_heads,
    field_names as import_fields,
};
pub use indicators::{
    Heat, HeatCell, HeatRow, IndicatorDetail, IndicatorHistory, IndicatorView, PastFigures,
};
pub use instructors::{INSTRUCTOR_MOST, InstructedFirm, InstructorLoad, Instructors};
pub use matters::{
    EditView, EditWish, MatterCard, MatterColumn, MatterLine, MatterView, MoveForm, MoveLine,
    ProgressLine,
};
pub use meetings::{Classes, MeetingCell, MeetingRow, ReachRow};
pub(crate) use memory::Memory;
pub use names::Offered;
pub use pingyi_domain::audit::AuditEvent;
pub use pingyi_domain::record::*;
pub use pingyi_store::repo::entries::{EntryFilter, SORTS as ENTRY_SORTS};
pub use pingyi_store::repo::evidence::EvidenceRow;
pub use pingyi_store::repo::firms::{
    FirmFilter, FirmRow, FirmView as FirmsShown, SORTS as FIRM_SORTS,
};
pub use pingyi_store::repo::imports::ImportRow;
pub use pingyi_store::repo::indicators::BehindRow;
pub use pingyi_store::repo::matters::{MatterFilter, MattersOf, SORTS as MATTER_SORTS};
pub use pingyi_store::repo::meetings::TopicRow;
pub use pingyi_store::repo::shops::{InspectionRow, NamedShop};
pub use pingyi_store::repo::units::LaterRow;
pub use pingyi_store::repo::units::{SORTS as UNIT_SORTS, UnitFilter, UnitRow};
pub use pingyi_store::repo::year::MattersRow;
pub use posts::PostView;
pub use rates::Rates;
pub use sample::{Cell, DocRow, Filling};
pub use settle::{Conflict, Stored};
pub use shops::ShopView;
pub(crate) use units::in_order;
pub use units::{UnitName, UnitView};
pub use words::WordView;
pub use written::{Around, Home, Written};
pub use year::{KindYear, Trend, YearReport};
