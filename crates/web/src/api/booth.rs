//! Raters: the booth's data, casting, receipts, opinions (contract §3.5).
//!
//! Nothing here looks at a cookie or an address, and none of these requests is logged.

use axum::body::Body;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use pingyi_app::{AppError, BoxId, MAX_BALLOT_BYTES, Topic};
use serde::Deserialize;
use serde_json::json;

use super::{LARGE, appraisal_id};
use crate::access::Access;
use crate::answer::{Answer, bytes, json, json_with, read};
use crate::error::WebError;
use crate::live;
use crate::route::Route;
use crate::settings::Ctx;

pub(crate) fn routes() -> Vec<Route> {
    vec![
        Route::get("/api/boxes/{uuid}", Access::Rater, booth),
        Route::get("/api/boxes/{uuid}/events", Access::Rater, events),
        Route::post("/api/boxes/{uuid}/ballots", Access::Rater, cast),
        Route::get(
            "/api/boxes/{uuid}/receipts/{tracker}",
            Access::Rater,
            receipt,
        ),
        Route::post("/api/appraisals/{id}/opinions", Access::Rater, opinions),
    ]
}

async fn booth(State(ctx): State<Ctx>, Path(uuid): Path<String>) -> Answer {
    json(&ctx.app.booth_view(&BoxId::new(uuid)).await?)
}

/// What a booth must know of: who is on, and whether the box takes ballots. Turnout is none of its business: every
/// ballot of another would wake all phones.
const BOOTH_TOPICS: &[Topic] = &[Topic::Appraisal, Topic::Stage, Topic::Boxes];

async fn events(State(ctx): State<Ctx>, Path(uuid): Path<String>) -> Result<Response, WebError> {
    let view = ctx.app.booth_view(&BoxId::new(uuid)).await?;
    Ok(live::events(&ctx, view.appraisal.as_str(), BOOTH_TOPICS))
}

async fn cast(State(ctx): State<Ctx>, Path(uuid): Path<String>, body: Body) -> Answer {
    let too_large = |error| match error {
        WebError::TooLarge { .. } => WebError::App(AppError::Ballot {
            code: "ballot_too_large",
        }),
        other => other,
    };
    let ballot = bytes(body, MAX_BALLOT_BYTES).await.map_err(too_large)?;
    let receipt = ctx
        .app
        .cast_ballot(&BoxId::new(uuid), ballot.to_vec())
        .await?;
    json_with(
        if receipt.fresh {
            StatusCode::CREATED
        } else {
            StatusCode::OK
        },
        &receipt,
    )
}

async fn receipt(State(ctx): State<Ctx>, Path((uuid, tracker)): Path<(String, String)>) -> Answer {
    json(&ctx.app.receipt(&BoxId::new(uuid), &tracker).await?)
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct OpinionsIn {
    entries: Vec<String>,
}

async fn opinions(State(ctx): State<Ctx>, Path(id): Path<String>, body: Body) -> Answer {
    let input: OpinionsIn = read(body, LARGE).await?;
    let stored = ctx
        .app
        .put_opinions(&appraisal_id(&id)?, input.entries)
        .await?;
    json_with(StatusCode::CREATED, &json!({"stored": stored}))
}
