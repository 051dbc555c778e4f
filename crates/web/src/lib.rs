//! The web: routes, screens, templates and live events.
//!
//! A request's way: the route (path, method, who may: [`access::Access`]) → the guard (language, session or link,
//! forged requests) → a handler that reads the request, calls one use case of `pingyi_app` and writes the answer. No
//! handler holds a rule.

pub mod access;
mod answer;
mod api;
pub mod assets;
pub mod chrome;
mod device;
pub mod error;
mod guard;
pub mod lang;
mod lists;
mod live;
pub mod pages;
mod paths;
mod peer;
mod problems;
pub mod roles;
mod route;
mod screens;
mod session;
mod settings;
pub mod state;
mod table;
#[cfg(test)]
mod tests;
mod visit;
mod words;

use std::net::SocketAddr;

use axum::Router;
use axum::extract::connect_info::IntoMakeServiceWithConnectInfo;
use axum::middleware::from_fn_with_state;
use pingyi_app::App;

pub use settings::WebSettings;
pub use table::listing;

use settings::Ctx;

/// Everything the server answers, with working settings, for a listener: the log-in learns where a connection comes
/// from, nothing else does (`peer.rs`).
#[must_use]
pub fn service(app: App) -> IntoMakeServiceWithConnectInfo<Router, SocketAddr> {
    router(app).into_make_service_with_connect_info()
}

/// Everything the server answers, with working settings.
pub fn router(app: App) -> Router {
    router_with(app, WebSettings::default())
}

/// Everything the server answers. Cookies are for https only when the application's base address is https.
pub fn router_with(app: App, settings: WebSettings) -> Router {
    let ctx = Ctx::new(app, settings);
    let router = table::all()
        .into_iter()
        .fold(Router::new(), |router, route| route.mount(router, &ctx));
    router
        .fallback(screens::enter::nowhere)
        .method_not_allowed_fallback(screens::enter::wrong_method)
        .layer(from_fn_with_state(ctx.clone(), answer::protect))
        .with_state(ctx)
}
