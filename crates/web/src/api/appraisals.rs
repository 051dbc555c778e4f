//! Appraisals: making, setting up, and their way from state to state (contract §3.2).

use axum::body::Body;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, Method, StatusCode, header};
use axum::response::Response;
use pingyi_app::{AppraisalId, AppraisalView, LinkKind, Topic};
use serde::Deserialize;
use serde_json::{Value, json};

use super::{LARGE, SMALL, appraisal_id};
use crate::access::{Access, ORGANISER, WATCH};
use crate::answer::{Answer, bytes, done, json, json_with, read};
use crate::error::WebError;
use crate::lang::Texts;
use crate::route::Route;
use crate::settings::Ctx;
use crate::visit::{Me, Visit};
use crate::{live, problems};

pub(crate) fn routes() -> Vec<Route> {
    let organiser = Access::Roles(ORGANISER);
    vec![
        Route::get("/api/appraisals", Access::SignedIn, list),
        Route::post("/api/appraisals", organiser, create),
        Route::get("/api/appraisals/{id}", Access::Roles(WATCH), show),
        Route::act(Method::DELETE, "/api/appraisals/{id}", organiser, delete),
        Route::act(
            Method::PUT,
            "/api/appraisals/{id}/config",
            organiser,
            configure,
        ),
        Route::post("/api/appraisals/{id}/rehearsal", organiser, rehearse),
        Route::post("/api/appraisals/{id}/copy", organiser, copy),
        Route::post("/api/appraisals/{id}/wipe", organiser, wipe),
        Route::post("/api/appraisals/{id}/links", organiser, links),
        Route::post("/api/appraisals/{id}/reset_keys", organiser, reset_keys),
        Route::post("/api/appraisals/{id}/seal", organiser, seal),
        Route::post("/api/appraisals/{id}/open", organiser, open),
        Route::post("/api/appraisals/{id}/pause", organiser, pause),
        Route::post("/api/appraisals/{id}/resume", organiser, resume),
        Route::post("/api/appraisals/{id}/close", organiser, close),
        Route::post("/api/appraisals/{id}/count_check", organiser, count_check),
        Route::post("/api/appraisals/{id}/release", organiser, release),
        Route::post("/api/appraisals/{id}/keep", organiser, keep),
        Route::post("/api/appraisals/{id}/archive", organiser, archive),
        Route::post("/api/appraisals/{id}/void", organiser, void),
        Route::get("/api/appraisals/{id}/events", Access::SignedIn, events),
    ]
}

/// The appraisal as JSON, with each problem also in words.
pub(crate) fn view_json(texts: Texts, view: &AppraisalView) -> Result<Value, WebError> {
    let mut value = serde_json::to_value(view)?;
    value["problems"] = view
        .problems
        .iter()
        .map(|problem| problems::json(texts, problem))
        .collect();
    Ok(value)
}

pub(crate) fn said(visit: &Visit, view: &AppraisalView) -> Answer {
    json(&view_json(visit.texts(), view)?)
}

async fn list(State(ctx): State<Ctx>) -> Answer {
    json(&ctx.app.appraisals().await?)
}

async fn create(State(ctx): State<Ctx>, me: Me, body: Body) -> Answer {
    let body = bytes(body, LARGE).await?;
    let text = std::str::from_utf8(&body).map_err(|error| WebError::BadRequest {
        reason: error.to_string(),
    })?;
    made(&ctx.app.create_appraisal(&me.actor(), text).await?)
}

fn made(id: &AppraisalId) -> Answer {
    json_with(StatusCode::CREATED, &json!({"id": id}))
}

async fn show(State(ctx): State<Ctx>, visit: Visit, Path(id): Path<String>) -> Answer {
    said(&visit, &ctx.app.appraisal(&appraisal_id(&id)?).await?)
}

async fn delete(State(ctx): State<Ctx>, me: Me, Path(id): Path<String>) -> Answer {
    ctx.app
        .delete_appraisal(&me.actor(), &appraisal_id(&id)?)
        .await?;
    done()
}

async fn configure(
    State(ctx): State<Ctx>,
    visit: Visit,
    me: Me,
    Path(id): Path<String>,
    headers: HeaderMap,
    body: Body,
) -> Answer {
    let version = headers
        .get(header::IF_MATCH)
        .and_then(|value| value.to_str().ok());
    let version = version.map(|text| text.trim().trim_start_matches("W/").trim_matches('"'));
    let version = version
        .and_then(|text| text.parse().ok())
        .ok_or(WebError::VersionMissing)?;
    let body = bytes(body, LARGE).await?;
    let text = std::str::from_utf8(&body).map_err(|error| WebError::BadRequest {
        reason: error.to_string(),
    })?;
    let stored = ctx
        .app
        .edit_config(&me.actor(), &appraisal_id(&id)?, version, text)
        .await?;
    let texts = visit.texts();
    let found: Vec<Value> = stored
        .problems
        .iter()
        .map(|problem| problems::json(texts, problem))
        .collect();
    json(&json!({"version": stored.version, "problems": found}))
}

async fn rehearse(State(ctx): State<Ctx>, me: Me, Path(id): Path<String>) -> Answer {
    made(&ctx.app.rehearse(&me.actor(), &appraisal_id(&id)?).await?)
}

async fn copy(State(ctx): State<Ctx>, me: Me, Path(id): Path<String>) -> Answer {
    made(
        &ctx.app
            .copy_appraisal(&me.actor(), &appraisal_id(&id)?)
            .await?,
    )
}

async fn wipe(State(ctx): State<Ctx>, me: Me, Path(id): Path<String>) -> Answer {
    ctx.app.wipe(&me.actor(), &appraisal_id(&id)?).await?;
    done()
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct LinksIn {
    #[serde(default = "all_kinds")]
    kinds: Vec<LinkKind>,
}

fn all_kinds() -> Vec<LinkKind> {
    vec![LinkKind::Tellers, LinkKind::Issuer, LinkKind::Hall]
}

async fn links(State(ctx): State<Ctx>, me: Me, Path(id): Path<String>, body: Body) -> Answer {
    let input: LinksIn = read(body, SMALL).await?;
    json(
        &ctx.app
            .make_links(&me.actor(), &appraisal_id(&id)?, &input.kinds)
            .await?,
    )
}

/// A step that needs nothing but the appraisal.
macro_rules! steps {
    ($($name:ident => $case:ident),* $(,)?) => {$(
        async fn $name(State(ctx): State<Ctx>, visit: Visit, me: Me, Path(id): Path<String>) -> Answer {
            said(&visit, &ctx.app.$case(&me.actor(), &appraisal_id(&id)?).await?)
        }
    )*};
}

steps! {
    reset_keys => reset_keys,
    seal => seal,
    open => open_boxes,
    pause => pause,
    resume => resume,
    close => close,
    count_check => count_check,
    release => release,
    keep => keep,
    archive => archive,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct VoidIn {
    #[serde(default)]
    reason: String,
}

async fn void(
    State(ctx): State<Ctx>,
    visit: Visit,
    me: Me,
    Path(id): Path<String>,
    body: Body,
) -> Answer {
    let input: VoidIn = read(body, SMALL).await?;
    said(
        &visit,
        &ctx.app
            .void(&me.actor(), &appraisal_id(&id)?, &input.reason)
            .await?,
    )
}

async fn events(State(ctx): State<Ctx>, Path(id): Path<String>) -> Result<Response, WebError> {
    Ok(live::events(
        &ctx,
        appraisal_id(&id)?.as_str(),
        &Topic::OFFICE,
    ))
}
