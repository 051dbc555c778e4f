//! Answers: pages, JSON, refusals in words, and the headers every answer carries.

use std::time::Duration;

use askama::Template;
use axum::body::{Body, BodyDataStream, Bytes};
use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use futures_util::StreamExt as _;
use serde::Serialize;
use serde::de::DeserializeOwned;
use sha2::{Digest as _, Sha256};

use crate::access::Kind;
use crate::assets::{accepts, gzip};
use crate::error::{Refusal, WebError};
use crate::guard::Meta;
use crate::lang::{LANG_COOKIE, Lang};
use crate::pages::enter::ErrorPage;
use crate::settings::Ctx;
use crate::visit::Visit;

/// Only our own files run, nothing inline, nothing from elsewhere. Workers may be `blob:` (the booth from a file),
/// images `data:` and `blob:` (codes, slides).
const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; \
    font-src 'self'; connect-src 'self'; worker-src 'self' blob:; frame-src 'self'; form-action 'self'; \
    base-uri 'none'; manifest-src 'self'; frame-ancestors ";

/// What a handler gives back.
pub(crate) type Answer = Result<Response, WebError>;

/// A page for who is signed in: kept by no cache, and not compressed, since it carries a secret beside text that
/// others may choose (BREACH).
pub(crate) fn page(page: &impl Template) -> Answer {
    let mut response = html(StatusCode::OK, Bytes::from(page.render()?));
    response
        .headers_mut()
        .insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    Ok(response)
}

/// A page that is the same for everybody: small, and asked for again only when it has changed.
pub(crate) fn public_page(headers: &HeaderMap, page: &impl Template) -> Answer {
    let body = Bytes::from(page.render()?);
    let hash = data_encoding::HEXLOWER.encode(&Sha256::digest(&body)[..16]);
    let small = if accepts(headers, "gzip") {
        gzip(&body)
    } else {
        None
    };
    let etag = format!("\"{hash}{}\"", if small.is_some() { "-gzip" } else { "" });
    let known = headers
        .get(header::IF_NONE_MATCH)
        .is_some_and(|tag| tag.as_bytes() == etag.as_bytes());
    let encoded = small.is_some();
    let mut response = if known {
        StatusCode::NOT_MODIFIED.into_response()
    } else {
        html(StatusCode::OK, small.unwrap_or(body))
    };
    let out = response.headers_mut();
    if encoded && !known {
        out.insert(header::CONTENT_ENCODING, HeaderValue::from_static("gzip"));
    }
    out.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-cache"));
    out.insert(
        header::VARY,
        HeaderValue::from_static("Accept-Encoding, Accept-Language, Cookie"),
    );
    if let Ok(etag) = HeaderValue::from_str(&etag) {
        out.insert(header::ETAG, etag);
    }
    Ok(response)
}

fn html(status: StatusCode, body: Bytes) -> Response {
    (
        status,
        [(header::CONTENT_TYPE, "text/html; charset=utf-8")],
        body,
    )
        .into_response()
}

/// JSON.
pub(crate) fn json(value: &impl Serialize) -> Answer {
    json_with(StatusCode::OK, value)
}

/// JSON with a status.
pub(crate) fn json_with(status: StatusCode, value: &impl Serialize) -> Answer {
    let body = serde_json::to_vec(value)?;
    let kind = [
        (header::CONTENT_TYPE, "application/json"),
        (header::CACHE_CONTROL, "no-store"),
    ];
    Ok((status, kind, body).into_response())
}

/// Nothing more to say.
pub(crate) fn done() -> Answer {
    json(&serde_json::json!({}))
}

/// How much of a body beyond its limit is still read, and for how long: a client sends its body to the end before it
/// listens, and whoever is hung up on meanwhile sees a broken connection and not the answer. What is read is dropped.
const DRAIN_BYTES: usize = 64 << 20;
const DRAIN_TIME: Duration = Duration::from_secs(10);

/// The body of a request, at most `limit` bytes.
pub(crate) async fn bytes(body: Body, limit: usize) -> Result<Bytes, WebError> {
    let mut stream = body.into_data_stream();
    let mut whole = Vec::new();
    while let Some(piece) = stream.next().await {
        let piece = piece.map_err(|error| WebError::BadRequest {
            reason: error.to_string(),
        })?;
        if whole.len() + piece.len() > limit {
            drop(whole);
            drain(stream).await;
            return Err(WebError::TooLarge { limit });
        }
        whole.extend_from_slice(&piece);
    }
    Ok(Bytes::from(whole))
}

async fn drain(mut rest: BodyDataStream) {
    let all = async {
        let mut read = 0;
        while let Some(Ok(piece)) = rest.next().await {
            read += piece.len();
            if read > DRAIN_BYTES {
                break;
            }
        }
    };
    // Whoever is slower than this has the connection broken off.
    let _ = tokio::time::timeout(DRAIN_TIME, all).await;
}

/// The JSON body of a request; an empty one counts as `{}`.
pub(crate) async fn read<T: DeserializeOwned>(body: Body, limit: usize) -> Result<T, WebError> {
    let bytes = bytes(body, limit).await?;
    let text: &[u8] = if bytes.is_empty() { b"{}" } else { &bytes };
    serde_json::from_slice(text).map_err(|error| WebError::BadRequest {
        reason: error.to_string(),
    })
}

/// Turns a refusal into words: JSON for programs, a page for people.
pub(crate) fn refused(ctx: &Ctx, meta: &Meta, visit: &Visit, response: Response) -> Response {
    let Some(Refusal(error)) = response.extensions().get::<Refusal>().cloned() else {
        return response;
    };
    let id = error.is_internal().then(|| ctx.random_hex::<4>());
    if let Some(id) = &id {
        tracing::error!(target: "pingyi_web::error", id, route = meta.path, error = %error, "internal error");
    }
    let texts = visit.texts();
    let body = match meta.kind {
        Kind::Api => serde_json::to_vec(&error.json(texts, id.as_deref()))
            .ok()
            .map(|body| ("application/json", body)),
        Kind::Page => error_page(ctx, visit, &error, id)
            .map(|body| ("text/html; charset=utf-8", body.into_bytes())),
    };
    let (mut parts, _) = response.into_parts();
    parts.headers.remove(header::CONTENT_LENGTH);
    parts
        .headers
        .insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    match body {
        Some((kind, body)) => {
            parts
                .headers
                .insert(header::CONTENT_TYPE, HeaderValue::from_static(kind));
            Response::from_parts(parts, Body::from(body))
        }
        None => Response::from_parts(parts, Body::empty()),
    }
}

fn error_page(ctx: &Ctx, visit: &Visit, error: &WebError, id: Option<String>) -> Option<String> {
    let texts = visit.texts();
    let title = match error.status().as_u16() {
        401 => "error-title-401",
        403 => "error-title-403",
        404 => "error-title-404",
        500 => "error-title-500",
        _ => "error-title-other",
    };
    let mut c = visit.chrome(ctx, texts.s(title), &["office"]);
    c.page_class = if c.user.is_some() { "" } else { "page-narrow" };
    ErrorPage {
        c,
        message: error.message(texts),
        id,
    }
    .render()
    .ok()
}

/// Remembers the language chosen by `?lang=` for a year.
pub(crate) fn remember_language(lang: Lang, secure: bool, response: &mut Response) {
    let secure = if secure { "; Secure" } else { "" };
    let text = format!(
        "{LANG_COOKIE}={}; Path=/; Max-Age=31536000; SameSite=Lax{secure}",
        lang.tag()
    );
    if let Ok(value) = HeaderValue::from_str(&text) {
        response.headers_mut().append(header::SET_COOKIE, value);
    }
}

/// The booth may also be opened from a file or another host (contract §3.5): these routes use no cookie and no
/// token, so another origin can do nothing that any program could not.
pub(crate) fn open_to_other_origins(response: &mut Response) {
    let out = response.headers_mut();
    out.insert(
        header::ACCESS_CONTROL_ALLOW_ORIGIN,
        HeaderValue::from_static("*"),
    );
    out.insert(
        "cross-origin-resource-policy",
        HeaderValue::from_static("cross-origin"),
    );
}

/// Headers of every answer.
pub(crate) async fn protect(State(ctx): State<Ctx>, request: Request, next: Next) -> Response {
    // The preview of the hall screen stands in a frame of the console, a paper in one of its page; nothing else stands
    // in any frame.
    let path = request.uri().path();
    let framed = path.ends_with("/hall") || path.starts_with("/api/papers/");
    let mut response = next.run(request).await;
    let out = response.headers_mut();
    let policy = format!("{POLICY}{}", if framed { "'self'" } else { "'none'" });
    // A file that somebody sent brings a stricter one along.
    if let Ok(policy) = HeaderValue::from_str(&policy) {
        out.entry(header::CONTENT_SECURITY_POLICY).or_insert(policy);
    }
    let fixed: [(header::HeaderName, &'static str); 4] = [
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::REFERRER_POLICY, "no-referrer"),
        (
            header::X_FRAME_OPTIONS,
            if framed { "SAMEORIGIN" } else { "DENY" },
        ),
        (
            header::HeaderName::from_static("permissions-policy"),
            "camera=(self), microphone=(), geolocation=()",
        ),
    ];
    for (name, value) in fixed {
        out.insert(name, HeaderValue::from_static(value));
    }
    out.entry("cross-origin-resource-policy")
        .or_insert(HeaderValue::from_static("same-origin"));
    if ctx.secure {
        out.insert(
            "cross-origin-opener-policy",
            HeaderValue::from_static("same-origin"),
        );
        out.insert(
            header::STRICT_TRANSPORT_SECURITY,
            HeaderValue::from_static("max-age=31536000"),
        );
    }
    response
}
