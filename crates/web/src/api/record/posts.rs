//! Terms in posts.

use axum::body::Body;
use axum::extract::{Path, Query, State};
use axum::http::{Method, StatusCode};
use pingyi_app::record::PostDraft;

use super::{Changed, Removed, id};
use crate::access::{Access, WRITE};
use crate::answer::{Answer, done, json, json_with, read};
use crate::api::SMALL;
use crate::route::Route;
use crate::settings::Ctx;
use crate::visit::Yours;

pub(crate) fn routes() -> Vec<Route> {
    vec![
        Route::post("/api/posts", Access::Roles(WRITE), add),
        Route::post("/api/posts/{post}", Access::Roles(WRITE), change),
        Route::act(
            Method::DELETE,
            "/api/posts/{post}",
            Access::Roles(WRITE),
            remove,
        ),
    ]
}

async fn add(State(ctx): State<Ctx>, Yours(hand): Yours, body: Body) -> Answer {
    let form: PostDraft = read(body, SMALL).await?;
    json_with(StatusCode::CREATED, &ctx.app.add_post(&hand, &form).await?)
}

async fn change(
    State(ctx): State<Ctx>,
    Yours(hand): Yours,
    Path(path): Path<String>,
    body: Body,
) -> Answer {
    let sent: Changed<PostDraft> = read(body, SMALL).await?;
    let id = id(&path)?;
    let stored = ctx
        .app
        .change_post(&hand, &id, sent.version, &sent.form)
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
        .remove_post(&hand, &id(&path)?, sent.version)
        .await?;
    done()
}
