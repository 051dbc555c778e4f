//! Signed papers of an appraisal: sent, looked at, taken away.

use axum::body::Body;
use axum::extract::{OriginalUri, Path, State};
use axum::http::StatusCode;
use pingyi_app::record::{MAX_EVIDENCE_BYTES, ScanId};
use serde::Deserialize;
use serde_json::json;

use super::record::evidence::handed_out;
use super::record::id;
use super::{SMALL, appraisal_id};
use crate::access::{Access, ORGANISER};
use crate::answer::{Answer, bytes, done, json_with, read};
use crate::lists::Query;
use crate::route::Route;
use crate::settings::Ctx;
use crate::visit::Yours;

pub(crate) fn routes() -> Vec<Route> {
    let office = Access::Roles(ORGANISER);
    vec![
        Route::post("/api/appraisals/{id}/scans", office, add),
        Route::get("/api/appraisals/{id}/scans/{code}", office, file),
        Route::get("/api/appraisals/{id}/scans/{code}/small", office, small),
        Route::post("/api/appraisals/{id}/scans/{code}/remove", office, remove),
    ]
}

/// The body is the file itself; `?name=` says what it is called, `?about=` which paper it is.
async fn add(
    State(ctx): State<Ctx>,
    Yours(hand): Yours,
    Path(path): Path<String>,
    OriginalUri(uri): OriginalUri,
    body: Body,
) -> Answer {
    let appraisal = appraisal_id(&path)?;
    let query = Query::of(&uri);
    let (about, name) = (query.text("about"), query.text("name"));
    let content = bytes(body, MAX_EVIDENCE_BYTES).await?;
    let scan = ctx
        .app
        .add_scan(&hand, &appraisal, (&about, &name), content.to_vec())
        .await?;
    json_with(StatusCode::CREATED, &json!({ "id": scan }))
}

async fn file(state: State<Ctx>, hand: Yours, path: Path<(String, String)>) -> Answer {
    send(state, hand, path, false).await
}

async fn small(state: State<Ctx>, hand: Yours, path: Path<(String, String)>) -> Answer {
    send(state, hand, path, true).await
}

async fn send(
    State(ctx): State<Ctx>,
    Yours(hand): Yours,
    Path((path, code)): Path<(String, String)>,
    small: bool,
) -> Answer {
    let (appraisal, scan): (_, ScanId) = (appraisal_id(&path)?, id(&code)?);
    let file = ctx.app.scan_file(&hand, (&appraisal, &scan), small).await?;
    Ok(handed_out(file))
}

/// Why a scan is taken away.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Reason {
    reason: String,
}

async fn remove(
    State(ctx): State<Ctx>,
    Yours(hand): Yours,
    Path((path, code)): Path<(String, String)>,
    body: Body,
) -> Answer {
    let (appraisal, scan): (_, ScanId) = (appraisal_id(&path)?, id(&code)?);
    let sent: Reason = read(body, SMALL).await?;
    ctx.app
        .remove_scan(&hand, &appraisal, &scan, &sent.reason)
        .await?;
    done()
}
