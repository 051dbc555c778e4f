//! What people do with Pingyi: one file per thing a person does, one transaction per use case, with its
//! audit entry inside. docs/app-api.md lists all of it on one page.

mod app;
mod appraisal_view;
mod appraisals;
mod audit;
mod backup;
mod board;
mod board_records;
mod booth;
mod cast_ballot;
mod casting;
mod ceremony;
mod edit_config;
mod error;
mod events;
mod hall;
mod links;
mod loaded;
mod log_in;
mod meeting;
mod opening;
mod opinions;
mod order;
mod passwords;
mod ports;
pub mod record;
mod release;
mod result;
mod roll;
mod seal;
mod seats;
mod sessions;
mod set_up;
mod slides;
mod stage;
mod tokens;
mod users;
pub mod views;

pub use app::{App, Settings};
pub use audit::AuditStream;
pub use backup::{BackupReport, restore};
pub use board::BoardStream;
pub use cast_ballot::MAX_BALLOT_BYTES;
pub use error::{AppError, Result};
pub use events::{Change, Topic};
pub use hall::presenter_code;
pub use links::{HallSeat, IssuerSeat, TellerSeat};
pub use pingyi_domain::audit::{AuditReport, Extent, verify_export};
pub use pingyi_domain::config::{AppraisalConfig, Problem};
pub use pingyi_domain::reconciliation::Sheet as ReconciliationSheet;
pub use pingyi_domain::stage::{Countdown, CountdownOrder, Scene, Shown, Stage, StageOrder};
pub use pingyi_domain::{
    Actor, AppraisalId, CategoryCode, GradeCode, ItemCode, PresenterCode, Role, Roles,
};
pub use pingyi_store::{BoxId, UserId, list};
pub use ports::{Clock, Randomness, SystemClock, SystemRandomness};
pub use record::{Conflict, Hand, HistoryLine, Stored};
pub use slides::MAX_SLIDES_BYTES;
pub use views::*;
