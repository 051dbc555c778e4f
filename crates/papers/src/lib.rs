//! The office's papers (domain.md §10): one typed input for each, a template and sample data beside it.
//!
//! A paper is data only: what it says is decided before, by the use case that fills the input; how it looks is the template's.
//! `pingyi-press` makes the PDF, whole or not at all. Numbers that were worked out come in as they are shown
//! (`"93.70"`), so that a paper cannot round differently from the page.

mod brief;
mod circular;
mod coverage;
mod deck;
mod digest;
mod duty_report;
mod head;
mod letter;
mod lists;
mod minutes;
mod outline;
mod paper;
mod problem;
mod result;
mod summary;
mod template;
mod year_book;

pub use brief::{MeetingFacts, PressBrief};
pub use circular::{Circular, Section};
pub use coverage::{Coverage, CoverageLine, FirmLine};
pub use deck::{
    Chart, ChartForm, Deck, Photo, Picture, PictureError, PictureFormat, Series, Slide, cell_size,
    column_widths, fitted, point_size,
};
pub use digest::{Digest, DigestLine};
pub use duty_report::{Answer, DutyReport, ReportSection};
pub use head::{Head, Mark, Place, Signature};
pub use letter::{Bearing, FeedbackLetter, ItemFeedback, Opened, OpinionGroup};
pub use lists::{FollowUpList, ListKind, ListRow};
pub use minutes::{Attendance, Minutes, Report};
pub use outline::{Block, NumberColumns};
pub use paper::{Paper, PaperError, PaperKind};
pub use problem::{Problem, Rule};
pub use result::{BoardHead, CategoryColumn, Reconciliation, ResultRow, ResultSheet};
pub use summary::{ItemColumn, ItemMark, SummaryRow, SummaryTable};
pub use template::{LAYOUT, Template};
pub use year_book::{AppraisalLine, EntryGroup, EntryLine, Figure, MatterLine, YearBook};
