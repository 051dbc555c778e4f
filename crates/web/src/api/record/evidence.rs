//! Evidence: files of an entry or a matter sent, looked at, described, taken away.

use axum::body::Body;
use axum::extract::{OriginalUri, Path, State};
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, header};
use axum::response::{IntoResponse, Response};
use pingyi_app::Hand;
use pingyi_app::record::{EvidenceFile, EvidenceId, EvidenceOwner, MAX_EVIDENCE_BYTES};
use serde::Deserialize;
use serde_json::json;

use super::{Changed, id};
use crate::access::{Access, SEE, WRITE};
use crate::answer::{Answer, bytes, done, json_with, read};
use crate::api::SMALL;
use crate::lists::Query;
use crate::paths::encode_value;
use crate::route::Route;
use crate::settings::Ctx;
use crate::visit::Yours;

/// A file opened by itself may do nothing: no script, no form, no address but its own. Browsers style a picture they
/// show alone by an inline style.
const POLICY: &str =
    "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'; sandbox";

pub(crate) fn routes() -> Vec<Route> {
    let (see, write) = (Access::Roles(SEE), Access::Roles(WRITE));
    vec![
        Route::post("/api/entries/{entry}/evidence", write, add_to_entry),
        Route::post("/api/matters/{matter}/evidence", write, add_to_matter),
        Route::get("/api/evidence/{evidence}", see, file),
        Route::get("/api/evidence/{evidence}/small", see, small),
        Route::post("/api/evidence/{evidence}", write, describe),
        Route::act(Method::DELETE, "/api/evidence/{evidence}", write, remove),
    ]
}

async fn add_to_entry(
    State(ctx): State<Ctx>,
    Yours(hand): Yours,
    Path(path): Path<String>,
    OriginalUri(uri): OriginalUri,
    body: Body,
) -> Answer {
    let owner = EvidenceOwner::Entry(id(&path)?);
    add(&ctx, &hand, &owner, &Query::of(&uri), body).await
}

async fn add_to_matter(
    State(ctx): State<Ctx>,
    Yours(hand): Yours,
    Path(path): Path<String>,
    OriginalUri(uri): OriginalUri,
    body: Body,
) -> Answer {
    let owner = EvidenceOwner::Matter(id(&path)?);
    add(&ctx, &hand, &owner, &Query::of(&uri), body).await
}

/// The body is the file itself; `?name=` says what it is called.
async fn add(ctx: &Ctx, hand: &Hand, owner: &EvidenceOwner, query: &Query, body: Body) -> Answer {
    let name = query.text("name");
    let content = bytes(body, MAX_EVIDENCE_BYTES).await?;
    let id = ctx
        .app
        .add_evidence(hand, owner, &name, content.to_vec())
        .await?;
    json_with(StatusCode::CREATED, &json!({"id": id}))
}

async fn file(state: State<Ctx>, hand: Yours, path: Path<String>, headers: HeaderMap) -> Answer {
    send(state, hand, path, &headers, false).await
}

async fn small(state: State<Ctx>, hand: Yours, path: Path<String>, headers: HeaderMap) -> Answer {
    send(state, hand, path, &headers, true).await
}

/// The rights are looked up each time; the content of an id never changes, so it is sent once.
async fn send(
    State(ctx): State<Ctx>,
    Yours(hand): Yours,
    Path(path): Path<String>,
    headers: &HeaderMap,
    small: bool,
) -> Answer {
    let id: EvidenceId = id(&path)?;
    let row = ctx.app.evidence(&hand, &id).await?;
    let held = if small {
        row.thumb.as_deref().unwrap_or_default()
    } else {
        &row.sha256
    };
    let tag = format!("\"{held}\"");
    let known = headers
        .get(header::IF_NONE_MATCH)
        .is_some_and(|known| known.as_bytes() == tag.as_bytes());
    let response = if known {
        StatusCode::NOT_MODIFIED.into_response()
    } else {
        whole(ctx.app.evidence_file(&row, small).await?)
    };
    Ok(guarded(response, &tag))
}

/// A file that somebody sent, as it is handed out: it may do nothing, and is asked for again each time.
pub(crate) fn handed_out(file: EvidenceFile) -> Response {
    let tag = format!("\"{}\"", file.sha256);
    guarded(whole(file), &tag)
}

fn guarded(mut response: Response, tag: &str) -> Response {
    let out = response.headers_mut();
    out.insert(
        header::CACHE_CONTROL,
        HeaderValue::from_static("private, no-cache"),
    );
    // On an answer without a body too: browsers put its head in place of the one they remember.
    out.insert(
        header::CONTENT_SECURITY_POLICY,
        HeaderValue::from_static(POLICY),
    );
    if let Ok(tag) = HeaderValue::from_str(tag) {
        out.insert(header::ETAG, tag);
    }
    response
}

/// Pictures were written by us and are shown; everything else is only ever saved.
fn whole(file: EvidenceFile) -> Response {
    let shown = if file.media.starts_with("image/") {
        "inline"
    } else {
        "attachment"
    };
    let disposition = disposition(shown, &file.name);
    let kind = [
        (header::CONTENT_TYPE, file.media),
        (header::CONTENT_DISPOSITION, disposition),
    ];
    (kind, file.content).into_response()
}

/// The name as RFC 6266 has it: for old clients in ASCII, for all others in UTF-8 (RFC 8187).
pub(crate) fn disposition(shown: &str, name: &str) -> String {
    let plain: String = name
        .chars()
        .map(|c| match c {
            ' ' | '-' | '.' | '_' => c,
            c if c.is_ascii_alphanumeric() => c,
            _ => '_',
        })
        .collect();
    format!(
        "{shown}; filename=\"{plain}\"; filename*=UTF-8''{}",
        encode_value(name)
    )
}

/// What a file shows.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Description {
    caption: String,
}

async fn describe(
    State(ctx): State<Ctx>,
    Yours(hand): Yours,
    Path(path): Path<String>,
    body: Body,
) -> Answer {
    let sent: Changed<Description> = read(body, SMALL).await?;
    let id: EvidenceId = id(&path)?;
    ctx.app
        .describe_evidence(&hand, &id, sent.version, &sent.form.caption)
        .await?;
    done()
}

async fn remove(State(ctx): State<Ctx>, Yours(hand): Yours, Path(path): Path<String>) -> Answer {
    let id: EvidenceId = id(&path)?;
    ctx.app.remove_evidence(&hand, &id).await?;
    done()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_chinese_name_stands_twice_and_breaks_no_header() {
        let said = disposition("attachment", "签到 \"表\";\r\n.xlsx");
        assert!(
            said.starts_with("attachment; filename=\"__ ______.xlsx\"; filename*=UTF-8''%E7%AD%BE")
        );
        assert!(HeaderValue::from_str(&said).is_ok(), "{said}");
        assert!(said.ends_with("%20%22%E8%A1%A8%22%3B%0D%0A.xlsx"), "{said}");
    }
}
