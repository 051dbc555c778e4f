//! Founding checks made, and their thresholds.

use axum::body::Body;
use axum::extract::State;
use axum::http::StatusCode;
use pingyi_app::record::{FoundingDraft, ThresholdsDraft};

use super::Changed;
use crate::access::{Access, ORGANISER};
use crate::answer::{Answer, json, json_with, read};
use crate::api::SMALL;
use crate::route::Route;
use crate::settings::Ctx;
use crate::visit::Yours;

/// A list of firms or a drawing may be long.
const LARGE: usize = 1 << 20;

pub(crate) fn routes() -> Vec<Route> {
    let office = || Access::Roles(ORGANISER);
    vec![
        Route::post("/api/foundings", office(), check),
        Route::post("/api/foundings/thresholds", office(), thresholds),
    ]
}

async fn check(State(ctx): State<Ctx>, Yours(hand): Yours, body: Body) -> Answer {
    let form: FoundingDraft = read(body, LARGE).await?;
    let stored = ctx.app.check_founding(&hand, &form).await?;
    json_with(StatusCode::CREATED, &stored)
}

async fn thresholds(State(ctx): State<Ctx>, Yours(hand): Yours, body: Body) -> Answer {
    let sent: Changed<ThresholdsDraft> = read(body, SMALL).await?;
    let stored = ctx
        .app
        .set_founding_thresholds(&hand, sent.version, &sent.form)
        .await?;
    json(&stored)
}
