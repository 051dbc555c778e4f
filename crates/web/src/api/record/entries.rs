//! Entries of the ledger: those pasted together, confirm, give back.

use axum::body::Body;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use pingyi_app::AppError;
use pingyi_app::record::entry::EntryMove;
use pingyi_app::record::{EntryDraft, EntryId};
use serde::Deserialize;
use serde_json::{Value, json};

use super::id;
use crate::access::{Access, ORGANISER, WRITE};
use crate::answer::{Answer, done, json as answer, json_with, read};
use crate::api::SMALL;
use crate::error::WebError;
use crate::route::Route;
use crate::settings::Ctx;
use crate::visit::{Visit, Yours};

/// Bytes of pasted rows at most.
const PASTED: usize = 4 << 20;

pub(crate) fn routes() -> Vec<Route> {
    let office = Access::Roles(ORGANISER);
    vec![
        Route::post("/api/entries/confirm", office, confirm_many),
        Route::post("/api/entries/many", Access::Roles(WRITE), add_many),
        Route::post("/api/entries/{entry}/confirm", office, confirm),
        Route::post("/api/entries/{entry}/return", office, give_back),
    ]
}

/// Rows that were pasted.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Rows {
    rows: Vec<EntryDraft>,
}

async fn add_many(State(ctx): State<Ctx>, Yours(hand): Yours, body: Body) -> Answer {
    let sent: Rows = read(body, PASTED).await?;
    let stored = ctx.app.add_entries(&hand, &sent.rows).await?;
    let ids: Vec<&str> = stored.iter().map(|one| one.id.as_str()).collect();
    json_with(StatusCode::CREATED, &json!({"ids": ids}))
}

async fn confirm(State(ctx): State<Ctx>, Yours(hand): Yours, Path(path): Path<String>) -> Answer {
    let id: EntryId = id(&path)?;
    ctx.app
        .review_entry(&hand, &id, EntryMove::Confirm, "")
        .await?;
    done()
}

/// Entries to confirm at once.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Chosen {
    entries: Vec<String>,
}

/// Each entry is answered for itself: confirmed, or why not.
async fn confirm_many(
    State(ctx): State<Ctx>,
    visit: Visit,
    Yours(hand): Yours,
    body: Body,
) -> Answer {
    let sent: Chosen = read(body, SMALL).await?;
    let ids: Result<Vec<EntryId>, _> = sent.entries.iter().map(|text| id(text)).collect();
    let answers = ctx.app.confirm_entries(&hand, &ids?).await?;
    let confirmed = answers.iter().filter(|(_, error)| error.is_none()).count();
    let refused = answers.len() - confirmed;
    let said = visit.texts().with(
        "entries-confirmed",
        [("a", confirmed.into()), ("b", refused.into())],
    );
    let rows: Vec<Value> = answers
        .into_iter()
        .map(|(id, error)| match error.map(WebError::App) {
            None => json!({"id": id, "done": true}),
            Some(error) => {
                let message = match &error {
                    WebError::App(AppError::SamePerson) => visit.texts().s("entry-own"),
                    other => other.message(visit.texts()),
                };
                json!({"id": id, "done": false, "code": error.code(), "message": message})
            }
        })
        .collect();
    answer(&json!({"said": said, "rows": rows}))
}

/// Why an entry is given back.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Reason {
    reason: String,
}

async fn give_back(
    State(ctx): State<Ctx>,
    Yours(hand): Yours,
    Path(path): Path<String>,
    body: Body,
) -> Answer {
    let sent: Reason = read(body, SMALL).await?;
    let id: EntryId = id(&path)?;
    ctx.app
        .review_entry(&hand, &id, EntryMove::Return, &sent.reason)
        .await?;
    done()
}
