//! The door of every route: who asks, may they, and what is written into the log.

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Instant;

use axum::extract::{ConnectInfo, Request, State};
use axum::http::{HeaderMap, Method, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Redirect, Response};
use pingyi_app::AppError;

use crate::access::{Access, Kind};
use crate::error::{Refusal, WebError};
use crate::lang::Lang;
use crate::peer::Peer;
use crate::session::{self, Session};
use crate::settings::Ctx;
use crate::visit::{Seat, Visit};

/// What the guard knows of its route.
#[derive(Debug, Clone)]
pub(crate) struct Meta {
    pub path: &'static str,
    pub access: Access,
    pub kind: Kind,
}

/// State of the guard of one route.
pub(crate) type Door = (Ctx, Arc<Meta>);

/// Lets a request through, or answers it with a refusal in its language.
pub(crate) async fn guard(
    State((ctx, meta)): State<Door>,
    mut request: Request,
    next: Next,
) -> Response {
    let begun = Instant::now();
    let method = request.method().clone();
    let mut visit = Visit {
        lang: Lang::of_request(request.uri(), request.headers()),
        path: request.uri().path().to_owned(),
        session: None,
        peer: peer(&meta, &mut request),
    };
    let chosen = Lang::from_query(request.uri());
    let mut response = match pass(&ctx, &meta, &mut visit, request, next).await {
        Ok(response) => response,
        Err(WebError::NotSignedIn) if meta.kind == Kind::Page && method == Method::GET => {
            Redirect::to(&format!(
                "/login?then={}",
                crate::paths::encode(&visit.path)
            ))
            .into_response()
        }
        Err(error) => error.into_response(),
    };
    response = crate::answer::refused(&ctx, &meta, &visit, response);
    if let (Some(lang), Kind::Page) = (chosen, meta.kind) {
        crate::answer::remember_language(lang, ctx.secure, &mut response);
    }
    if meta.access == Access::Rater {
        // No line at all: the time of a line is enough to find out who voted when.
        crate::answer::open_to_other_origins(&mut response);
    } else {
        log(&meta, &method, &visit, &response, begun);
    }
    response
}

/// Takes the address off the request. Only who tries a password or a code is counted by it.
fn peer(meta: &Meta, request: &mut Request) -> Option<Peer> {
    let found = request.extensions_mut().remove::<ConnectInfo<SocketAddr>>();
    let counted = meta.access == Access::Public && !request.method().is_safe();
    found
        .filter(|_| counted)
        .map(|ConnectInfo(address)| Peer(address.ip()))
}

async fn pass(
    ctx: &Ctx,
    meta: &Meta,
    visit: &mut Visit,
    mut request: Request,
    next: Next,
) -> Result<Response, WebError> {
    let mut renewed = None;
    if meta.access.needs_link() {
        seat(ctx, meta.access, &mut request).await?;
    } else if meta.access != Access::Rater {
        visit.session = session::load(ctx, request.headers()).await?;
        if let Some(session) = &visit.session {
            renewed = session::renew(ctx, session).await?;
        }
    }
    check(
        meta.access,
        visit.session.as_ref(),
        request.method(),
        request.headers(),
    )?;
    request.extensions_mut().insert(visit.clone());
    let mut response = next.run(request).await;
    if let Some(cookie) = renewed.filter(|_| !response.headers().contains_key(header::SET_COOKIE)) {
        response.headers_mut().append(header::SET_COOKIE, cookie);
    }
    Ok(response)
}

/// The rules of the door, without looking anything up.
fn check(
    access: Access,
    session: Option<&Session>,
    method: &Method,
    headers: &HeaderMap,
) -> Result<(), WebError> {
    if access == Access::Rater || access.needs_link() {
        return Ok(());
    }
    let session = match (access.needs_session(), session) {
        (true, None) => return Err(WebError::NotSignedIn),
        (_, session) => session,
    };
    if !method.is_safe() {
        // Browsers say where a request comes from; a foreign page has no business here, signed in or not.
        let foreign = headers
            .get("sec-fetch-site")
            .is_some_and(|site| site != "same-origin" && site != "none");
        let token = headers
            .get("x-csrf-token")
            .and_then(|token| token.to_str().ok())
            .unwrap_or_default();
        let forged =
            access.needs_session() && session.is_none_or(|session| !same(&session.csrf, token));
        if foreign || forged {
            return Err(WebError::Csrf);
        }
    }
    match access {
        Access::Roles(roles) if !session.is_some_and(|session| session.user.has(roles)) => {
            Err(WebError::Forbidden)
        }
        _ => Ok(()),
    }
}

/// Compares without telling by its time how much fits.
fn same(a: &str, b: &str) -> bool {
    a.len() == b.len()
        && a.bytes()
            .zip(b.bytes())
            .fold(0, |sum, (x, y)| sum | (x ^ y))
            == 0
}

/// Looks the link's token up and puts the seat beside the request.
async fn seat(ctx: &Ctx, access: Access, request: &mut Request) -> Result<(), WebError> {
    let header = request
        .headers()
        .get(header::AUTHORIZATION)
        .and_then(|value| value.to_str().ok());
    let token = header
        .and_then(|text| text.strip_prefix("Bearer "))
        .map(str::trim)
        .filter(|token| !token.is_empty());
    let token = token.ok_or(WebError::App(AppError::BadToken))?.to_owned();
    match access {
        Access::TellerLink => request
            .extensions_mut()
            .insert(Seat(ctx.app.teller_seat(&token).await?))
            .map(drop),
        Access::IssuerLink => request
            .extensions_mut()
            .insert(Seat(ctx.app.issuer_seat(&token).await?))
            .map(drop),
        _ => request
            .extensions_mut()
            .insert(Seat(ctx.app.hall_seat(&token).await?))
            .map(drop),
    };
    Ok(())
}

/// One line per request; the fields are those of docs/logging.md, and the path is the route's, without ids.
fn log(meta: &Meta, method: &Method, visit: &Visit, response: &Response, begun: Instant) {
    let status = response.status().as_u16();
    let ms = begun.elapsed().as_millis();
    let user = visit
        .session
        .as_ref()
        .map(|session| session.user.id.as_str());
    let code = response
        .extensions()
        .get::<Refusal>()
        .map(|refusal| refusal.0.code());
    tracing::info!(target: "pingyi_web::request", %method, route = meta.path, status, ms, user, code, "request");
}
