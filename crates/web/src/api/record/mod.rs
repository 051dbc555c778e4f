//! JSON of the year's record (docs/record-contract.md §10): make, change, take away, move.

mod belongings;
mod entries;
mod exports;
mod firms;
mod imports;
mod indicators;
mod matters;
mod posts;
mod units;
mod words;

use std::str::FromStr;

use pingyi_app::AppError;
use serde::Deserialize;

use crate::error::WebError;
use crate::route::Route;

pub(crate) fn routes() -> Vec<Route> {
    [
        units::routes(),
        belongings::routes(),
        firms::routes(),
        imports::routes(),
        matters::routes(),
        entries::routes(),
        exports::routes(),
        words::routes(),
        indicators::routes(),
        posts::routes(),
    ]
    .into_iter()
    .flatten()
    .collect()
}

/// An id from the address; what is none is not found.
pub(crate) fn id<T: FromStr>(text: &str) -> Result<T, WebError> {
    text.parse().map_err(|_| WebError::App(AppError::NotFound))
}

/// A form with the version it was filled from.
#[derive(Debug, Deserialize)]
pub(crate) struct Changed<T> {
    pub version: i64,
    #[serde(flatten)]
    pub form: T,
}

/// The version of what is taken away, in the query.
#[derive(Debug, Deserialize)]
pub(crate) struct Removed {
    pub version: i64,
}
