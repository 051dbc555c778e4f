//! Coming in, and addresses that lead nowhere.

use axum::extract::{OriginalUri, Request, State};
use axum::http::{HeaderMap, header};
use axum::response::{IntoResponse, Redirect, Response};

use crate::access::{Access, Kind};
use crate::answer::{Answer, public_page, refused};
use crate::error::WebError;
use crate::guard::Meta;
use crate::lang::Lang;
use crate::pages::enter::{FirstSetupPage, LoginPage};
use crate::paths::{from_query, local};
use crate::route::Route;
use crate::settings::Ctx;
use crate::visit::Visit;

pub(crate) fn routes() -> Vec<Route> {
    vec![
        Route::page("/login", Access::Public, login),
        Route::page("/setup", Access::Public, first_setup),
    ]
}

async fn login(
    State(ctx): State<Ctx>,
    visit: Visit,
    OriginalUri(uri): OriginalUri,
    headers: HeaderMap,
) -> Answer {
    let then = local(from_query(uri.query(), "then"));
    if visit.session.is_some() {
        return Ok(Redirect::to(&then).into_response());
    }
    let mut c = visit.chrome(&ctx, visit.texts().s("login-title"), &["office"]);
    c.page_class = "page-narrow";
    public_page(
        &headers,
        &LoginPage {
            c,
            then,
            offer_setup: ctx.app.setup_code().is_some(),
        },
    )
}

async fn first_setup(State(ctx): State<Ctx>, visit: Visit, headers: HeaderMap) -> Answer {
    if ctx.app.setup_code().is_none() {
        return Ok(Redirect::to("/login").into_response());
    }
    let mut c = visit.chrome(&ctx, visit.texts().s("first-title"), &["office"]);
    c.page_class = "page-narrow";
    public_page(&headers, &FirstSetupPage { c })
}

/// No such address.
pub(crate) async fn nowhere(State(ctx): State<Ctx>, request: Request) -> Response {
    answer(&ctx, &request, WebError::NotFound)
}

/// The address is right, the method is not.
pub(crate) async fn wrong_method(State(ctx): State<Ctx>, request: Request) -> Response {
    answer(&ctx, &request, WebError::MethodNotAllowed)
}

/// These two stand outside the table, so they have no guard: they look at no session and log nothing.
fn answer(ctx: &Ctx, request: &Request, error: WebError) -> Response {
    let (uri, headers) = (request.uri(), request.headers());
    let wants_page = headers
        .get(header::ACCEPT)
        .and_then(|v| v.to_str().ok())
        .is_some_and(|v| v.contains("text/html"));
    let kind = if wants_page && !uri.path().starts_with("/api/") {
        Kind::Page
    } else {
        Kind::Api
    };
    let meta = Meta {
        path: "",
        access: Access::Public,
        kind,
    };
    let visit = Visit {
        lang: Lang::of_request(uri, headers),
        path: uri.path().to_owned(),
        session: None,
        peer: None,
    };
    refused(ctx, &meta, &visit, error.into_response())
}
