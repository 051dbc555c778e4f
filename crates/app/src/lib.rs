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
pub mod bundle;
mod cast_ballot;
mod casting;
mod ceremony;
mod count;
mod edit_config;
mod error;
mod events;
mod files;
pub mod followup;
mod grades;
mod hall;
mod links;
mod loaded;
mod log_in;
mod meeting;
mod open_urn;
mod opinions;
mod order;
pub mod papers;
mod passwords;
mod ports;
mod put_opinions;
pub mod record;
mod recording;
mod release;
pub mod reports;
mod result;
mod result_statements;
mod result_tables;
mod result_working;
mod roll;
mod seal;
mod seats;
mod send_shares;
mod sessions;
mod set_up;
mod settle;
mod slides;
mod stage;
mod tally_box;
mod tokens;
mod users;
mod verify_boxes;
pub mod views;
mod work_out;

pub use app::{App, Settings};
pub use audit::AuditStream;
pub use backup::{BackupReport, KeptFiles, restore};
pub use board::{BoardStream, Reader};
pub use cast_ballot::MAX_BALLOT_BYTES;
pub use error::{AppError, Result};
pub use events::{Change, Topic};
pub use files::FilesReport;
pub use grades::WhatIfAsk;
pub use hall::presenter_code;
pub use links::{HallSeat, IssuerSeat, TellerSeat};
pub use log_in::Asker;
pub use pingyi_domain::audit::{AuditReport, Extent, TrailMark, verify_anchored, verify_export};
pub use pingyi_domain::config::{AppraisalConfig, FloorRule, Problem};
pub use pingyi_domain::grading::{DecisionDraft, DecisionsDraft, EvaluationDraft};
pub use pingyi_domain::reconciliation::Sheet as ReconciliationSheet;
pub use pingyi_domain::stage::{Countdown, CountdownOrder, Scene, Shown, Stage, StageOrder};
pub use pingyi_domain::{
    Actor, AppraisalId, CategoryCode, GradeCode, ItemCode, PresenterCode, Role, Roles,
};
pub use pingyi_scoring::{
    Cap, Change as Went, CompositeStep, Difference, Exact, Finding, Source, Standing, Ties, Warning,
};
pub use pingyi_store::files::FileStore;
pub use pingyi_store::{BoxId, UserId, list};
pub use ports::{Clock, Randomness, SystemClock, SystemRandomness};
pub use record::{Conflict, Hand, HistoryLine, Stored};
pub use slides::MAX_SLIDES_BYTES;
pub use views::*;
