//! Imports: sending a file, bringing it in, undoing it, keeping a mapping.

use std::collections::BTreeMap;

use axum::body::Body;
use axum::extract::{OriginalUri, Path, State};
use axum::http::StatusCode;
use pingyi_app::record::{ImportChoice, ImportId, ImportOrder, Kind, MAX_FILE_BYTES, Mapping};
use pingyi_app::{AppError, Topic};
use serde::Deserialize;
use serde_json::{Value, json};

use super::id;
use crate::access::{Access, WRITE};
use crate::answer::{Answer, bytes, done, json as answer, json_with, read};
use crate::api::SMALL;
use crate::error::WebError;
use crate::lists::Query;
use crate::live;
use crate::route::Route;
use crate::settings::Ctx;
use crate::visit::Yours;

pub(crate) fn routes() -> Vec<Route> {
    let write = || Access::Roles(WRITE);
    vec![
        Route::post("/api/imports", write(), send),
        Route::get("/api/imports/{import}/events", write(), events),
        Route::post("/api/imports/{import}/run", write(), run),
        Route::post("/api/imports/{import}/undo", write(), undo),
        Route::post("/api/mappings", write(), keep),
    ]
}

async fn send(
    State(ctx): State<Ctx>,
    Yours(hand): Yours,
    OriginalUri(uri): OriginalUri,
    body: Body,
) -> Answer {
    let query = Query::of(&uri);
    let kind = query.get("kind").unwrap_or("firm").parse();
    let kind: Kind = kind.map_err(|_| WebError::App(AppError::NotFound))?;
    let content = bytes(body, MAX_FILE_BYTES).await?;
    let name = query.text("name");
    let id = ctx
        .app
        .send_import(&hand, kind, &name, content.to_vec())
        .await?;
    json_with(StatusCode::CREATED, &json!({"id": id}))
}

/// The form of the page: the mapping as JSON, `good_rows`, `choice-<row>` for single rows and `rest` for the others.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct RunForm {
    mapping: String,
    good_rows: String,
    rest: String,
    #[serde(flatten)]
    choices: BTreeMap<String, Value>,
}

fn choice(text: &str) -> Option<ImportChoice> {
    serde_json::from_value(Value::String(text.to_owned())).ok()
}

fn mapping_of(text: &str) -> Result<Mapping, WebError> {
    if text.is_empty() {
        return Ok(Mapping::default());
    }
    serde_json::from_str(text).map_err(|error| WebError::BadRequest {
        reason: error.to_string(),
    })
}

async fn run(
    State(ctx): State<Ctx>,
    Yours(hand): Yours,
    Path(path): Path<String>,
    body: Body,
) -> Answer {
    let form: RunForm = read(body, SMALL).await?;
    let id: ImportId = id(&path)?;
    let mapping = mapping_of(&form.mapping)?;
    let single = form.choices.iter().filter_map(|(name, value)| {
        let row = name.strip_prefix("choice-")?.parse().ok()?;
        Some((row, choice(value.as_str()?)?))
    });
    let order = ImportOrder {
        good_rows: form.good_rows == "1",
        choices: single.collect(),
        rest: choice(&form.rest),
        mapping,
    };
    match ctx.app.run_import(&hand, &id, order).await? {
        Some(done) => answer(&done),
        // It goes on; the page shows how far it is.
        None => json_with(StatusCode::ACCEPTED, &json!({"id": id})),
    }
}

/// That an import came further, never how far.
async fn events(State(ctx): State<Ctx>, Yours(hand): Yours, Path(path): Path<String>) -> Answer {
    let id: ImportId = id(&path)?;
    ctx.app.import_head(&hand, &id).await?;
    Ok(live::events(&ctx, id.as_str(), &[Topic::Import]))
}

async fn undo(State(ctx): State<Ctx>, Yours(hand): Yours, Path(path): Path<String>) -> Answer {
    let id: ImportId = id(&path)?;
    ctx.app.undo_import(&hand, &id).await?;
    done()
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct KeepForm {
    kind: String,
    mapping: String,
    name: String,
}

async fn keep(State(ctx): State<Ctx>, Yours(hand): Yours, body: Body) -> Answer {
    let form: KeepForm = read(body, SMALL).await?;
    let mapping = mapping_of(&form.mapping)?;
    let kind: Kind = id(&form.kind)?;
    ctx.app
        .keep_mapping(&hand, kind, &form.name, &mapping)
        .await?;
    done()
}
