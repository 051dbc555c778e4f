//! Founding checks: made, decided, taken away; and their thresholds.

use axum::body::Body;
use axum::extract::{Path, Query, State};
use axum::http::{Method, StatusCode};
use pingyi_app::record::{FoundingDecision, FoundingDraft, ThresholdsDraft};

use super::{Changed, Removed, id};
use crate::access::{Access, ORGANISER};
use crate::answer::{Answer, done, json, json_with, read};
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
        Route::post("/api/foundings/{founding}", office(), decide),
        Route::act(
            Method::DELETE,
            "/api/foundings/{founding}",
            office(),
            remove,
        ),
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

async fn decide(
    State(ctx): State<Ctx>,
    Yours(hand): Yours,
    Path(path): Path<String>,
    body: Body,
) -> Answer {
    let sent: Changed<FoundingDecision> = read(body, SMALL).await?;
    let id = id(&path)?;
    let stored = ctx
        .app
        .decide_founding(&hand, &id, sent.version, &sent.form)
        .await?;
    json(&stored)
}

async fn remove(
    State(ctx): State<Ctx>,
    Yours(hand): Yours,
    Path(path): Path<String>,
    Query(sent): Query<Removed>,
) -> Answer {
    ctx.app
        .remove_founding(&hand, &id(&path)?, sent.version)
        .await?;
    done()
}
