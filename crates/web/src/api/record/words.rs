//! Words of the vocabulary: add, rename, retire.

use axum::body::Body;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use pingyi_app::record::WordDraft;

use super::Changed;
use crate::access::{Access, ORGANISER};
use crate::answer::{Answer, json, json_with, read};
use crate::api::SMALL;
use crate::route::Route;
use crate::settings::Ctx;
use crate::visit::Yours;

pub(crate) fn routes() -> Vec<Route> {
    let office = Access::Roles(ORGANISER);
    vec![
        Route::post("/api/words", office, add),
        Route::post("/api/words/{code}", office, change),
    ]
}

async fn add(State(ctx): State<Ctx>, Yours(hand): Yours, body: Body) -> Answer {
    let form: WordDraft = read(body, SMALL).await?;
    json_with(StatusCode::CREATED, &ctx.app.add_word(&hand, &form).await?)
}

async fn change(
    State(ctx): State<Ctx>,
    Yours(hand): Yours,
    Path(code): Path<String>,
    body: Body,
) -> Answer {
    let sent: Changed<WordDraft> = read(body, SMALL).await?;
    json(
        &ctx.app
            .change_word(&hand, &code, sent.version, &sent.form)
            .await?,
    )
}
