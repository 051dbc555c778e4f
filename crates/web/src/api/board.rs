//! The board's files (contract §3.5): archive, sidecar, head.

use axum::body::Body;
use axum::extract::{Path, State};
use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse, Response};
use futures_util::stream;
use pingyi_app::{AppError, BoxId, Reader};

use crate::access::{Access, ORGANISER};
use crate::answer::{Answer, json};
use crate::error::WebError;
use crate::route::Route;
use crate::settings::Ctx;

pub(crate) fn routes() -> Vec<Route> {
    // Raters fetch the archive of their box to check their receipt, so these are not logged either.
    vec![
        Route::get("/board/{uuid}/head", Access::Rater, head),
        Route::get("/api/boards/{name}", Access::Roles(ORGANISER), whole),
    ]
}

/// The whole board before the result is announced, for the office that previews it.
async fn whole(State(ctx): State<Ctx>, Path(name): Path<String>) -> Answer {
    match Wanted::of(&name) {
        Wanted::Archive(uuid) => archive(&ctx, uuid, Reader::Office).await,
        Wanted::Proofs(uuid) => proofs(&ctx, uuid, Reader::Office).await,
        Wanted::Page => Err(WebError::NotFound),
    }
}

async fn head(State(ctx): State<Ctx>, Path(uuid): Path<String>) -> Answer {
    json(&ctx.app.board_head(&BoxId::new(uuid)).await?)
}

/// The archive, as it stood when asked for, streamed.
pub(crate) async fn archive(ctx: &Ctx, uuid: &str, reader: Reader) -> Answer {
    let first = ctx.app.board_archive(&BoxId::new(uuid), reader).await?;
    let chunks = stream::unfold(Some(first), |board| async move {
        let mut board = board?;
        match board.next().await {
            Ok(chunk) => chunk.map(|chunk| (Ok::<_, AppError>(chunk), Some(board))),
            // The connection breaks off: a short archive must not look whole.
            Err(error) => Some((Err(error), None)),
        }
    });
    Ok(file(
        Body::from_stream(chunks),
        "application/x-tar",
        &format!("{uuid}.bel"),
    ))
}

/// The sidecar of strong proofs.
pub(crate) async fn proofs(ctx: &Ctx, uuid: &str, reader: Reader) -> Answer {
    let text = ctx.app.board_proofs(&BoxId::new(uuid), reader).await?;
    Ok(file(
        Body::from(text),
        "application/json",
        &format!("{uuid}.proofs.json"),
    ))
}

/// A file to keep.
pub(crate) fn file(body: Body, kind: &'static str, name: &str) -> Response {
    let mut response = body.into_response();
    let out = response.headers_mut();
    out.insert(header::CONTENT_TYPE, HeaderValue::from_static(kind));
    out.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-cache"));
    if let Ok(value) = HeaderValue::from_str(&format!("attachment; filename=\"{name}\"")) {
        out.insert(header::CONTENT_DISPOSITION, value);
    }
    response
}

/// What `/board/{name}` asks for: a file of a box, or the page of an appraisal.
pub(crate) enum Wanted<'a> {
    /// `UUID.bel`
    Archive(&'a str),
    /// `UUID.proofs.json`
    Proofs(&'a str),
    /// An appraisal's id.
    Page,
}

impl<'a> Wanted<'a> {
    pub fn of(name: &'a str) -> Self {
        let plain = |uuid: &&str| uuid.bytes().all(|byte| byte.is_ascii_alphanumeric());
        match (
            name.strip_suffix(".bel").filter(plain),
            name.strip_suffix(".proofs.json").filter(plain),
        ) {
            (Some(uuid), _) => Self::Archive(uuid),
            (None, Some(uuid)) => Self::Proofs(uuid),
            (None, None) => Self::Page,
        }
    }
}
