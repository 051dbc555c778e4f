//! Units.

use axum::body::Body;
use axum::extract::{Path, Query, State};
use axum::http::{Method, StatusCode};
use pingyi_app::record::UnitDraft;

use super::{Changed, Removed, id};
use crate::access::{Access, WRITE};
use crate::answer::{Answer, done, json, json_with, read};
use crate::api::SMALL;
use crate::route::Route;
use crate::settings::Ctx;
use crate::visit::Yours;

pub(crate) fn routes() -> Vec<Route> {
    vec![
        Route::post("/api/units", Access::Roles(WRITE), add),
        Route::post("/api/units/{unit}", Access::Roles(WRITE), change),
        Route::act(
            Method::DELETE,
            "/api/units/{unit}",
            Access::Roles(WRITE),
            remove,
        ),
    ]
}

async fn add(State(ctx): State<Ctx>, Yours(hand): Yours, body: Body) -> Answer {
    let form: UnitDraft = read(body, SMALL).await?;
    json_with(StatusCode::CREATED, &ctx.app.add_unit(&hand, &form).await?)
}

async fn change(
    State(ctx): State<Ctx>,
    Yours(hand): Yours,
    Path(path): Path<String>,
    body: Body,
) -> Answer {
    let sent: Changed<UnitDraft> = read(body, SMALL).await?;
    let id = id(&path)?;
    let stored = ctx
        .app
        .change_unit(&hand, &id, sent.version, &sent.form)
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
        .remove_unit(&hand, &id(&path)?, sent.version)
        .await?;
    done()
}
