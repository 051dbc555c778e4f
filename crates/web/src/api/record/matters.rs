//! Matters: move on; progress; changes by request and approval.

use axum::body::Body;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use pingyi_app::Hand;
use pingyi_app::record::matter::MatterMove;
use pingyi_app::record::{EditId, EditWish, MatterId, MoveForm};
use serde::Deserialize;

use super::{Changed, id};
use crate::access::{Access, ORGANISER, WRITE};
use crate::answer::{Answer, done, json, json_with, read};
use crate::api::SMALL;
use crate::route::Route;
use crate::settings::Ctx;
use crate::visit::Yours;

pub(crate) fn routes() -> Vec<Route> {
    let (write, office) = (Access::Roles(WRITE), Access::Roles(ORGANISER));
    vec![
        Route::post("/api/matters/{matter}/assign", office, assign),
        Route::post("/api/matters/{matter}/report", write, report),
        Route::post("/api/matters/{matter}/close", office, close),
        Route::post("/api/matters/{matter}/send_back", office, send_back),
        Route::post("/api/matters/{matter}/reopen", office, reopen),
        Route::post("/api/matters/{matter}/progress", write, progress),
        Route::post("/api/matters/{matter}/edits", write, ask),
        Route::post("/api/edits/{edit}/grant", office, grant),
        Route::post("/api/edits/{edit}/refuse", office, refuse),
    ]
}

async fn go(ctx: &Ctx, hand: &Hand, path: &str, step: MatterMove, body: Body) -> Answer {
    let form: MoveForm = read(body, SMALL).await?;
    let id: MatterId = id(path)?;
    json(&ctx.app.move_matter(hand, &id, step, &form).await?)
}

/// Handlers of moves, each by its name.
macro_rules! moves {
    ($($name:ident = $step:ident;)*) => {$(
        async fn $name(
            State(ctx): State<Ctx>,
            Yours(hand): Yours,
            Path(path): Path<String>,
            body: Body,
        ) -> Answer {
            go(&ctx, &hand, &path, MatterMove::$step, body).await
        }
    )*};
}

moves! {
    assign = Assign;
    report = Report;
    close = Close;
    send_back = SendBack;
    reopen = Reopen;
}

/// How much of a key task was done by a day.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Progress {
    on_date: String,
    done: String,
    note: String,
}

async fn progress(
    State(ctx): State<Ctx>,
    Yours(hand): Yours,
    Path(path): Path<String>,
    body: Body,
) -> Answer {
    let sent: Progress = read(body, SMALL).await?;
    let id = id(&path)?;
    ctx.app
        .progress_matter(&hand, &id, &sent.on_date, &sent.done, &sent.note)
        .await?;
    done()
}

async fn ask(
    State(ctx): State<Ctx>,
    Yours(hand): Yours,
    Path(path): Path<String>,
    body: Body,
) -> Answer {
    let sent: Changed<EditWish> = read(body, SMALL).await?;
    let id = id(&path)?;
    let asked = ctx
        .app
        .ask_edit(&hand, &id, sent.version, &sent.form)
        .await?;
    json_with(StatusCode::CREATED, &asked)
}

/// What is answered to who asked for a change.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Decision {
    answer: String,
}

async fn decide(ctx: &Ctx, hand: &Hand, path: &str, grant: bool, body: Body) -> Answer {
    let sent: Decision = read(body, SMALL).await?;
    let id: EditId = id(path)?;
    ctx.app.decide_edit(hand, &id, grant, &sent.answer).await?;
    done()
}

async fn grant(
    State(ctx): State<Ctx>,
    Yours(hand): Yours,
    Path(path): Path<String>,
    body: Body,
) -> Answer {
    decide(&ctx, &hand, &path, true, body).await
}

async fn refuse(
    State(ctx): State<Ctx>,
    Yours(hand): Yours,
    Path(path): Path<String>,
    body: Body,
) -> Answer {
    decide(&ctx, &hand, &path, false, body).await
}
