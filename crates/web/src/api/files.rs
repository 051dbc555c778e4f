//! Static files, and whether the server is well.

use axum::extract::{OriginalUri, Path, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::IntoResponse;

use crate::access::Access;
use crate::answer::Answer;
use crate::error::WebError;
use crate::paths::from_query;
use crate::route::Route;
use crate::settings::Ctx;

pub(crate) fn routes() -> Vec<Route> {
    vec![
        // Raters' phones load these: not logged.
        Route::get("/assets/{*name}", Access::Rater, asset),
        Route::get("/healthz", Access::Rater, health),
    ]
}

async fn asset(
    State(ctx): State<Ctx>,
    Path(name): Path<String>,
    OriginalUri(uri): OriginalUri,
    headers: HeaderMap,
) -> Answer {
    let version = from_query(uri.query(), "v");
    ctx.assets
        .answer(&name, version.as_deref(), &headers)
        .ok_or(WebError::NotFound)
}

/// For whatever watches the server: 200 `ok` while the database answers.
async fn health(State(ctx): State<Ctx>) -> Answer {
    ctx.app.is_healthy().await?;
    Ok((
        StatusCode::OK,
        [(header::CACHE_CONTROL, "no-store")],
        "ok\n",
    )
        .into_response())
}
