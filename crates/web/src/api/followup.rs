//! Follow-up: a matter of what was ticked; opinions struck, confirmed, kept.

use axum::body::Body;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use pingyi_app::AppError;
use pingyi_app::followup::FindingsDraft;
use serde::Deserialize;

use super::{SMALL, appraisal_id, presenter_code};
use crate::access::{Access, COMMENT, LEADER, ORGANISER};
use crate::answer::{Answer, done, json_with, read};
use crate::error::WebError;
use crate::route::Route;
use crate::settings::Ctx;
use crate::visit::{Me, Yours};

pub(crate) fn routes() -> Vec<Route> {
    let office = Access::Roles(ORGANISER);
    vec![
        Route::post(
            "/api/appraisals/{id}/presenters/{code}/matters",
            office,
            list,
        ),
        Route::post(
            "/api/appraisals/{id}/presenters/{code}/opinions/{number}/strike",
            office,
            strike,
        ),
        Route::post(
            "/api/appraisals/{id}/presenters/{code}/opinions/{number}/confirm",
            Access::Roles(LEADER),
            confirm,
        ),
        Route::post(
            "/api/appraisals/{id}/presenters/{code}/opinions/{number}/keep",
            Access::Roles(COMMENT),
            keep,
        ),
    ]
}

async fn list(
    State(ctx): State<Ctx>,
    Yours(hand): Yours,
    Path((id, code)): Path<(String, String)>,
    body: Body,
) -> Answer {
    let draft: FindingsDraft = read(body, SMALL).await?;
    let (id, code) = (appraisal_id(&id)?, presenter_code(&code)?);
    let made = ctx.app.list_findings(&hand, &id, &code, &draft).await?;
    json_with(StatusCode::CREATED, &made)
}

/// Why an opinion is struck, or is not.
#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct Reason {
    reason: String,
}

type Which = Path<(String, String, String)>;

fn number(text: &str) -> Result<u32, WebError> {
    text.parse().map_err(|_| WebError::App(AppError::NotFound))
}

async fn strike(State(ctx): State<Ctx>, me: Me, Path((id, code, n)): Which, body: Body) -> Answer {
    let sent: Reason = read(body, SMALL).await?;
    let (id, code, n) = (appraisal_id(&id)?, presenter_code(&code)?, number(&n)?);
    ctx.app
        .strike_opinion(&me.actor(), &id, &code, n, &sent.reason)
        .await?;
    done()
}

async fn decide(
    ctx: &Ctx,
    me: &Me,
    Path((id, code, n)): Which,
    body: Body,
    struck: bool,
) -> Answer {
    let sent: Reason = read(body, SMALL).await?;
    let (id, code, n) = (appraisal_id(&id)?, presenter_code(&code)?, number(&n)?);
    ctx.app
        .decide_strike(&me.actor(), &id, &code, n, (struck, &sent.reason))
        .await?;
    done()
}

async fn confirm(State(ctx): State<Ctx>, me: Me, which: Which, body: Body) -> Answer {
    decide(&ctx, &me, which, body, true).await
}

async fn keep(State(ctx): State<Ctx>, me: Me, which: Which, body: Body) -> Answer {
    decide(&ctx, &me, which, body, false).await
}
