//! JSON of the year's record (docs/record-contract.md §10): make, change, take away, move.

mod areas;
mod belongings;
mod entries;
pub(crate) mod evidence;
mod exports;
mod foundings;
mod imports;
mod keepers;
mod matters;
mod words;

use std::str::FromStr;

use axum::body::Body;
use axum::extract::{Path, Query, State};
use axum::http::{Method, StatusCode};
use pingyi_app::AppError;
use pingyi_app::record::{
    AreaDraft, CoverageDraft, EntryDraft, FirmDraft, FoundingDecision, IndicatorDraft, MatterDraft,
    PostDraft, StrikeDraft, UnitDraft,
};
use serde::Deserialize;

use crate::access::{Access, ORGANISER, WRITE};
use crate::answer::{Answer, done, json, json_with, read};
use crate::api::SMALL;
use crate::error::WebError;
use crate::route::Route;
use crate::settings::Ctx;
use crate::visit::Yours;

/// What is changed and taken away at `$one`, by the roles `$who`: two routes with their handlers. The names are those of
/// the use cases of [`pingyi_app::App`].
macro_rules! changed_removed {
    ($draft:ty, $who:expr, $one:literal, $change:ident, $remove:ident) => {{
        async fn change(
            State(ctx): State<Ctx>,
            Yours(hand): Yours,
            Path(path): Path<String>,
            body: Body,
        ) -> Answer {
            let sent: Changed<$draft> = read(body, SMALL).await?;
            let id = id(&path)?;
            let stored = ctx.app.$change(&hand, &id, sent.version, &sent.form);
            json(&stored.await?)
        }

        async fn remove(
            State(ctx): State<Ctx>,
            Yours(hand): Yours,
            Path(path): Path<String>,
            Query(sent): Query<Removed>,
        ) -> Answer {
            ctx.app.$remove(&hand, &id(&path)?, sent.version).await?;
            done()
        }

        vec![
            Route::post($one, Access::Roles($who), change),
            Route::act(Method::DELETE, $one, Access::Roles($who), remove),
        ]
    }};
}

/// The same, and made at `$many`.
macro_rules! made_changed_removed {
    ($draft:ty, $who:expr, $many:literal, $one:literal, $add:ident, $change:ident, $remove:ident) => {{
        async fn add(State(ctx): State<Ctx>, Yours(hand): Yours, body: Body) -> Answer {
            let form: $draft = read(body, SMALL).await?;
            json_with(StatusCode::CREATED, &ctx.app.$add(&hand, &form).await?)
        }

        let mut routes = changed_removed!($draft, $who, $one, $change, $remove);
        routes.push(Route::post($many, Access::Roles($who), add));
        routes
    }};
}

/// The records that are made, changed and taken away alike; what else is done to them is in the files of their kinds.
#[rustfmt::skip]
fn plain() -> Vec<Route> {
    [
        made_changed_removed!(UnitDraft, WRITE, "/api/units", "/api/units/{unit}", add_unit, change_unit, remove_unit),
        made_changed_removed!(PostDraft, WRITE, "/api/posts", "/api/posts/{post}", add_post, change_post, remove_post),
        made_changed_removed!(FirmDraft, WRITE, "/api/firms", "/api/firms/{firm}", add_firm, change_firm, remove_firm),
        made_changed_removed!(StrikeDraft, WRITE, "/api/strikes", "/api/strikes/{strike}", add_strike, change_strike, remove_strike),
        made_changed_removed!(CoverageDraft, WRITE, "/api/coverages", "/api/coverages/{coverage}", add_coverage, change_coverage, remove_coverage),
        made_changed_removed!(EntryDraft, WRITE, "/api/entries", "/api/entries/{entry}", add_entry, change_entry, remove_entry),
        made_changed_removed!(MatterDraft, WRITE, "/api/matters", "/api/matters/{matter}", add_matter, change_matter, remove_matter),
        made_changed_removed!(IndicatorDraft, ORGANISER, "/api/indicators", "/api/indicators/{indicator}", add_indicator, change_indicator, remove_indicator),
        changed_removed!(AreaDraft, ORGANISER, "/api/areas/{area}", change_area, remove_area),
        changed_removed!(FoundingDecision, ORGANISER, "/api/foundings/{founding}", decide_founding, remove_founding),
    ]
    .into_iter()
    .flatten()
    .collect()
}

pub(crate) fn routes() -> Vec<Route> {
    [
        plain(),
        belongings::routes(),
        imports::routes(),
        matters::routes(),
        entries::routes(),
        exports::routes(),
        evidence::routes(),
        keepers::routes(),
        words::routes(),
        areas::routes(),
        foundings::routes(),
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
