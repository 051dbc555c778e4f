//! Handlers of pages: each gets its data from one or two use cases and gives it to a typed template.

mod admin;
mod appraisal;
mod apps;
mod board;
pub mod enter;
mod followup;
mod grades;
mod home;
mod next;
pub(crate) mod papers;
pub(crate) mod record;
mod reports;

use crate::route::Route;

/// The routes of all pages.
pub(crate) fn routes() -> Vec<Route> {
    [
        enter::routes(),
        home::routes(),
        appraisal::routes(),
        grades::routes(),
        apps::routes(),
        board::routes(),
        admin::routes(),
        papers::routes(),
        record::routes(),
        followup::routes(),
        reports::routes(),
    ]
    .into_iter()
    .flatten()
    .collect()
}
