//! Drawings on the map: sent as a file, tied to a unit, taken away.

use axum::body::Body;
use axum::extract::{Path, Query, State};
use axum::http::{Method, StatusCode};
use pingyi_app::record::AreaDraft;
use pingyi_app::record::geo::MOST_BYTES;
use serde_json::json;

use super::{Changed, Removed, id};
use crate::access::{Access, ORGANISER};
use crate::answer::{Answer, bytes, done, json as answer, json_with, read};
use crate::api::SMALL;
use crate::error::WebError;
use crate::route::Route;
use crate::settings::Ctx;
use crate::visit::Yours;

pub(crate) fn routes() -> Vec<Route> {
    let office = || Access::Roles(ORGANISER);
    vec![
        Route::post("/api/areas", office(), send),
        Route::post("/api/areas/{area}", office(), change),
        Route::act(Method::DELETE, "/api/areas/{area}", office(), remove),
    ]
}

/// The file as it is. Answers with the first of its drawings, and how many there are.
async fn send(State(ctx): State<Ctx>, Yours(hand): Yours, body: Body) -> Answer {
    let content = bytes(body, MOST_BYTES).await?;
    let text = std::str::from_utf8(&content).map_err(|error| WebError::BadRequest {
        reason: error.to_string(),
    })?;
    let sent = ctx.app.send_areas(&hand, text).await?;
    let first = sent.ids.first().map(ToString::to_string);
    let body = json!({"id": first, "added": sent.added, "changed": sent.changed});
    json_with(StatusCode::CREATED, &body)
}

async fn change(
    State(ctx): State<Ctx>,
    Yours(hand): Yours,
    Path(path): Path<String>,
    body: Body,
) -> Answer {
    let sent: Changed<AreaDraft> = read(body, SMALL).await?;
    let id = id(&path)?;
    let stored = ctx
        .app
        .change_area(&hand, &id, sent.version, &sent.form)
        .await?;
    answer(&stored)
}

async fn remove(
    State(ctx): State<Ctx>,
    Yours(hand): Yours,
    Path(path): Path<String>,
    Query(sent): Query<Removed>,
) -> Answer {
    ctx.app
        .remove_area(&hand, &id(&path)?, sent.version)
        .await?;
    done()
}
