//! What is known about a request once its route has been found: language, who asks, and by which right.

use axum::extract::{FromRequestParts, OptionalFromRequestParts};
use axum::http::request::Parts;
use pingyi_app::{Actor, Hand, Role, UserView};

use crate::chrome::{Chrome, ChromeUser};
use crate::error::WebError;
use crate::lang::{Lang, Texts};
use crate::peer::Peer;
use crate::session::Session;
use crate::settings::Ctx;

/// A request after the guard.
#[derive(Debug, Clone)]
pub(crate) struct Visit {
    pub lang: Lang,
    pub path: String,
    pub session: Option<Session>,
    /// Where the request comes from; only log-in and set-up know.
    pub peer: Option<Peer>,
}

impl Visit {
    /// Texts in the language of the request.
    pub const fn texts(&self) -> Texts {
        Texts(self.lang)
    }

    /// Whether somebody with one of these roles is signed in.
    pub fn has(&self, any_of: &[Role]) -> bool {
        self.session
            .as_ref()
            .is_some_and(|session| session.user.has(any_of))
    }

    /// The frame of a page. `title` in words.
    pub fn chrome(&self, ctx: &Ctx, title: String, bundles: &[&str]) -> Chrome {
        let user = self.session.as_ref().map(|session| ChromeUser {
            name: session.user.name.clone(),
            roles: Role::ALL
                .into_iter()
                .filter(|role| session.user.has(&[*role]))
                .collect(),
        });
        Chrome {
            lang: self.lang,
            title,
            user,
            csrf: self.session.as_ref().map(|session| session.csrf.clone()),
            path: self.path.clone(),
            assets: ctx.assets.urls(bundles),
            rehearsal: false,
            events: None,
            page_class: "",
            offer_login: false,
        }
    }
}

impl<S: Sync> FromRequestParts<S> for Visit {
    type Rejection = WebError;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, WebError> {
        // Only a route outside the table has no visit, and there is none.
        parts
            .extensions
            .get::<Self>()
            .cloned()
            .ok_or(WebError::NotFound)
    }
}

impl<S: Sync> OptionalFromRequestParts<S> for Visit {
    type Rejection = std::convert::Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Option<Self>, Self::Rejection> {
        Ok(parts.extensions.get::<Self>().cloned())
    }
}

/// The user of a route that asks for one.
#[derive(Debug, Clone)]
pub(crate) struct Me(pub UserView);

impl Me {
    /// As the audit trail names them.
    pub fn actor(&self) -> Actor {
        self.0.actor()
    }
}

impl<S: Sync> FromRequestParts<S> for Me {
    type Rejection = WebError;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, WebError> {
        let session = parts
            .extensions
            .get::<Visit>()
            .and_then(|visit| visit.session.clone());
        session
            .map(|session| Self(session.user))
            .ok_or(WebError::NotSignedIn)
    }
}

/// What the user of a route may see and write of the year's record.
#[derive(Debug, Clone)]
pub(crate) struct Yours(pub Hand);

impl FromRequestParts<Ctx> for Yours {
    type Rejection = WebError;

    async fn from_request_parts(parts: &mut Parts, ctx: &Ctx) -> Result<Self, WebError> {
        let Me(user) = Me::from_request_parts(parts, ctx).await?;
        Ok(Self(ctx.app.hand(&user).await?))
    }
}

/// The seat behind the link of a route that asks for one.
#[derive(Debug, Clone)]
pub(crate) struct Seat<T>(pub T);

impl<S: Sync, T: Clone + Send + Sync + 'static> FromRequestParts<S> for Seat<T> {
    type Rejection = WebError;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, WebError> {
        parts
            .extensions
            .get::<Self>()
            .cloned()
            .ok_or(WebError::App(pingyi_app::AppError::BadToken))
    }
}
