//! Drawings on the map, sent as a file.

use axum::body::Body;
use axum::extract::State;
use axum::http::StatusCode;
use pingyi_app::record::geo::MOST_BYTES;
use serde_json::json;

use crate::access::{Access, ORGANISER};
use crate::answer::{Answer, bytes, json_with};
use crate::error::WebError;
use crate::route::Route;
use crate::settings::Ctx;
use crate::visit::Yours;

pub(crate) fn routes() -> Vec<Route> {
    vec![Route::post("/api/areas", Access::Roles(ORGANISER), send)]
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
