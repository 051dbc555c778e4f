//! One route of the table: address, method, who may, how much it takes, and what answers it.

use std::sync::Arc;

use axum::Router;
use axum::handler::Handler;
use axum::http::Method;
use axum::middleware::from_fn_with_state;
use axum::routing::{MethodFilter, MethodRouter, on};

use crate::access::{Access, Kind};
use crate::guard::{Meta, guard};
use crate::settings::Ctx;

/// A route.
pub(crate) struct Route {
    pub method: Method,
    pub meta: Meta,
    handler: MethodRouter<Ctx>,
}

impl Route {
    /// A page at `path`.
    pub fn page<H, T>(path: &'static str, access: Access, handler: H) -> Self
    where
        H: Handler<T, Ctx>,
        T: 'static,
    {
        Self::new(Method::GET, path, access, Kind::Page, handler)
    }

    /// JSON or a file, read.
    pub fn get<H, T>(path: &'static str, access: Access, handler: H) -> Self
    where
        H: Handler<T, Ctx>,
        T: 'static,
    {
        Self::new(Method::GET, path, access, Kind::Api, handler)
    }

    /// Something done.
    pub fn act<H, T>(method: Method, path: &'static str, access: Access, handler: H) -> Self
    where
        H: Handler<T, Ctx>,
        T: 'static,
    {
        Self::new(method, path, access, Kind::Api, handler)
    }

    /// Something done by POST.
    pub fn post<H, T>(path: &'static str, access: Access, handler: H) -> Self
    where
        H: Handler<T, Ctx>,
        T: 'static,
    {
        Self::act(Method::POST, path, access, handler)
    }

    fn new<H, T>(method: Method, path: &'static str, access: Access, kind: Kind, handler: H) -> Self
    where
        H: Handler<T, Ctx>,
        T: 'static,
    {
        // A method axum does not know would be a mistake in the table; it then answers nothing but 405.
        let filter = MethodFilter::try_from(method.clone()).unwrap_or(MethodFilter::TRACE);
        Self {
            method,
            meta: Meta { path, access, kind },
            handler: on(filter, handler),
        }
    }

    /// Puts the route, behind its guard, into the router.
    pub fn mount(self, router: Router<Ctx>, ctx: &Ctx) -> Router<Ctx> {
        let door = (ctx.clone(), Arc::new(self.meta.clone()));
        router.route(
            self.meta.path,
            self.handler.route_layer(from_fn_with_state(door, guard)),
        )
    }
}
