//! Indicators: the office's.

use axum::body::Body;
use axum::extract::{Path, Query, State};
use axum::http::{Method, StatusCode};
use pingyi_app::record::IndicatorDraft;

use super::{Changed, Removed, id};
use crate::access::{Access, ORGANISER};
use crate::answer::{Answer, done, json, json_with, read};
use crate::api::SMALL;
use crate::route::Route;
use crate::settings::Ctx;
use crate::visit::Yours;

pub(crate) fn routes() -> Vec<Route> {
    vec![
        Route::post("/api/indicators", Access::Roles(ORGANISER), add),
        Route::post(
            "/api/indicators/{indicator}",
            Access::Roles(ORGANISER),
            change,
        ),
        Route::act(
            Method::DELETE,
            "/api/indicators/{indicator}",
            Access::Roles(ORGANISER),
            remove,
        ),
    ]
}

async fn add(State(ctx): State<Ctx>, Yours(hand): Yours, body: Body) -> Answer {
    let form: IndicatorDraft = read(body, SMALL).await?;
    let stored = ctx.app.add_indicator(&hand, &form).await?;
    json_with(StatusCode::CREATED, &stored)
}

async fn change(
    State(ctx): State<Ctx>,
    Yours(hand): Yours,
    Path(path): Path<String>,
    body: Body,
) -> Answer {
    let sent: Changed<IndicatorDraft> = read(body, SMALL).await?;
    let id = id(&path)?;
    let stored = ctx
        .app
        .change_indicator(&hand, &id, sent.version, &sent.form)
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
        .remove_indicator(&hand, &id(&path)?, sent.version)
        .await?;
    done()
}
