//! From the result to the grade: the leaders' evaluation, the committee's decision and its confirmation.

use axum::body::Body;
use axum::extract::{Path, State};
use pingyi_app::{DecisionsDraft, EvaluationDraft};
use serde::Deserialize;

use super::{SMALL, appraisal_id};
use crate::access::{Access, LEADER, ORGANISER};
use crate::answer::{Answer, done, read};
use crate::route::Route;
use crate::settings::Ctx;
use crate::visit::Me;

pub(crate) fn routes() -> Vec<Route> {
    vec![
        Route::post(
            "/api/appraisals/{id}/evaluation",
            Access::Roles(LEADER),
            evaluate,
        ),
        Route::post(
            "/api/appraisals/{id}/grades",
            Access::Roles(ORGANISER),
            decide,
        ),
        Route::post(
            "/api/appraisals/{id}/grades/confirm",
            Access::Roles(LEADER),
            confirm,
        ),
    ]
}

async fn evaluate(State(ctx): State<Ctx>, me: Me, Path(id): Path<String>, body: Body) -> Answer {
    let draft: EvaluationDraft = read(body, SMALL).await?;
    ctx.app.evaluate(&me.0, &appraisal_id(&id)?, &draft).await?;
    done()
}

async fn decide(State(ctx): State<Ctx>, me: Me, Path(id): Path<String>, body: Body) -> Answer {
    let draft: DecisionsDraft = read(body, SMALL).await?;
    ctx.app
        .decide_grades(&me.actor(), &appraisal_id(&id)?, &draft)
        .await?;
    done()
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ConfirmIn {
    version: i64,
}

async fn confirm(State(ctx): State<Ctx>, me: Me, Path(id): Path<String>, body: Body) -> Answer {
    let sent: ConfirmIn = read(body, SMALL).await?;
    ctx.app
        .confirm_grades(&me.actor(), &appraisal_id(&id)?, sent.version)
        .await?;
    done()
}
