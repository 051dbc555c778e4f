//! The JSON interface (contract §3): each handler reads the request, calls one use case and writes its answer.

pub mod appraisals;
pub mod audit;
pub mod board;
pub mod booth;
pub mod files;
pub mod followup;
pub mod grades;
pub mod links;
pub mod meeting;
pub mod own_slides;
pub mod papers;
pub mod record;
pub mod reports;
pub mod scans;
pub mod session;
pub mod slides;
pub mod teller;
pub mod template;
pub mod users;

use pingyi_app::{AppError, AppraisalId, PresenterCode};

use crate::error::WebError;

/// The most bytes of an ordinary JSON body.
pub(crate) const SMALL: usize = 64 << 10;
/// The most bytes of a configuration, a roll, or a message of the key ceremony.
pub(crate) const LARGE: usize = 8 << 20;

/// An appraisal's id from the address; what is none is not found.
pub(crate) fn appraisal_id(text: &str) -> Result<AppraisalId, WebError> {
    text.parse().map_err(|_| WebError::App(AppError::NotFound))
}

/// A presenter's code from the address; what is none is not found.
pub(crate) fn presenter_code(text: &str) -> Result<PresenterCode, WebError> {
    Ok(pingyi_app::presenter_code(text)?)
}
