//! The meeting: lots, stage, comments, slips counted, slides; and the result (contract §3.2).

use axum::body::Body;
use axum::extract::{Path, State};
use axum::http::{Method, header};
use axum::response::IntoResponse;
use pingyi_app::{
    AppError, AppraisalId, MAX_SLIDES_BYTES, PresenterCode, ReconciliationIn, Role, SlidesFault,
    StageOrder,
};
use serde::Deserialize;

use super::appraisals::said;
use super::{SMALL, appraisal_id, presenter_code};
use crate::access::{Access, COMMENT, ORGANISER, WATCH};
use crate::answer::{Answer, done, json, read};
use crate::error::WebError;
use crate::route::Route;
use crate::settings::Ctx;
use crate::state::State as Phase;
use crate::visit::{Me, Visit};

const SLIDES: &str = "/api/appraisals/{id}/presenters/{code}/slides";

pub(crate) fn routes() -> Vec<Route> {
    let organiser = Access::Roles(ORGANISER);
    vec![
        Route::post("/api/appraisals/{id}/draw", organiser, draw),
        Route::post("/api/appraisals/{id}/stage", organiser, stage),
        Route::post(
            "/api/appraisals/{id}/comments",
            Access::Roles(COMMENT),
            comment,
        ),
        Route::act(
            Method::PUT,
            "/api/appraisals/{id}/reconciliation",
            organiser,
            reconcile,
        ),
        Route::act(Method::PUT, SLIDES, organiser, put_slides),
        Route::get(SLIDES, Access::Roles(WATCH), slides),
        Route::act(Method::DELETE, SLIDES, organiser, remove_slides),
        Route::get("/api/appraisals/{id}/result", Access::SignedIn, result),
        Route::get(
            "/api/appraisals/{id}/opinions",
            Access::Roles(COMMENT),
            opinions,
        ),
        Route::get("/api/appraisals/{id}/hall", Access::Roles(WATCH), hall),
    ]
}

async fn draw(State(ctx): State<Ctx>, visit: Visit, me: Me, Path(id): Path<String>) -> Answer {
    said(
        &visit,
        &ctx.app.draw(&me.actor(), &appraisal_id(&id)?).await?,
    )
}

async fn stage(
    State(ctx): State<Ctx>,
    visit: Visit,
    me: Me,
    Path(id): Path<String>,
    body: Body,
) -> Answer {
    let order: StageOrder = read(body, SMALL).await?;
    said(
        &visit,
        &ctx.app
            .set_stage(&me.actor(), &appraisal_id(&id)?, &order)
            .await?,
    )
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct CommentIn {
    presenter: PresenterCode,
    text: String,
}

async fn comment(
    State(ctx): State<Ctx>,
    visit: Visit,
    me: Me,
    Path(id): Path<String>,
    body: Body,
) -> Answer {
    let input: CommentIn = read(body, SMALL).await?;
    said(
        &visit,
        &ctx.app
            .comment(
                &me.actor(),
                &appraisal_id(&id)?,
                &input.presenter,
                &input.text,
            )
            .await?,
    )
}

async fn reconcile(
    State(ctx): State<Ctx>,
    visit: Visit,
    me: Me,
    Path(id): Path<String>,
    body: Body,
) -> Answer {
    let input: ReconciliationIn = read(body, SMALL).await?;
    said(
        &visit,
        &ctx.app
            .reconcile(&me.actor(), &appraisal_id(&id)?, &input)
            .await?,
    )
}

async fn put_slides(
    State(ctx): State<Ctx>,
    me: Me,
    Path((id, code)): Path<(String, String)>,
    body: Body,
) -> Answer {
    let content = slides_file(body).await?;
    ctx.app
        .put_slides(
            &me.actor(),
            &appraisal_id(&id)?,
            &presenter_code(&code)?,
            content,
        )
        .await?;
    done()
}

/// A file of slides as it is sent.
pub(crate) async fn slides_file(body: Body) -> Result<Vec<u8>, WebError> {
    let too_large = |error| match error {
        WebError::TooLarge { .. } => WebError::App(SlidesFault::TooLarge.into()),
        other => other,
    };
    let content = crate::answer::bytes(body, MAX_SLIDES_BYTES).await;
    Ok(content.map_err(too_large)?.to_vec())
}

async fn slides(State(ctx): State<Ctx>, Path((id, code)): Path<(String, String)>) -> Answer {
    Ok(pdf(ctx
        .app
        .slides(&appraisal_id(&id)?, &presenter_code(&code)?)
        .await?))
}

/// Slides as a PDF.
pub(crate) fn pdf(content: Vec<u8>) -> axum::response::Response {
    let headers = [
        (header::CONTENT_TYPE, "application/pdf"),
        (header::CACHE_CONTROL, "private, no-cache"),
        // A PDF opened by itself is shown by the browser's own viewer; nothing in it may reach this server.
        (
            header::CONTENT_DISPOSITION,
            "inline; filename=\"slides.pdf\"",
        ),
    ];
    (headers, content).into_response()
}

async fn remove_slides(
    State(ctx): State<Ctx>,
    me: Me,
    Path((id, code)): Path<(String, String)>,
) -> Answer {
    ctx.app
        .remove_slides(&me.actor(), &appraisal_id(&id)?, &presenter_code(&code)?)
        .await?;
    done()
}

/// Refuses a look at what is not announced yet: before that the result is the organiser's alone.
pub(crate) async fn may_see_result(
    ctx: &Ctx,
    visit: &Visit,
    id: &AppraisalId,
) -> Result<Phase, WebError> {
    let all = ctx.app.appraisals().await?;
    let item = all
        .iter()
        .find(|item| item.id == *id)
        .ok_or(AppError::NotFound)?;
    let phase = Phase::from_wire(&item.state).ok_or(AppError::NotFound)?;
    // An appraisal that is archived without having been announced was kept for the committee.
    let announced = match phase {
        Phase::Released => true,
        Phase::Archived => !ctx.app.appraisal(id).await?.kept,
        _ => false,
    };
    if announced || visit.has(&[Role::Organiser]) {
        Ok(phase)
    } else {
        Err(WebError::Forbidden)
    }
}

async fn result(State(ctx): State<Ctx>, visit: Visit, Path(id): Path<String>) -> Answer {
    let id = appraisal_id(&id)?;
    may_see_result(&ctx, &visit, &id).await?;
    json(&ctx.app.result(&id).await?)
}

async fn opinions(State(ctx): State<Ctx>, Path(id): Path<String>) -> Answer {
    json(&ctx.app.opinions(&appraisal_id(&id)?).await?)
}

async fn hall(State(ctx): State<Ctx>, Path(id): Path<String>) -> Answer {
    let seat = pingyi_app::HallSeat {
        appraisal: appraisal_id(&id)?,
    };
    json(&ctx.app.hall_view(&seat).await?)
}
