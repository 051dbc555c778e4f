//! Log-in, log-out, the first administrator (contract §3.1).

use axum::body::Body;
use axum::extract::State;
use axum::http::{HeaderMap, header};
use pingyi_app::{AppError, Asker, UserView};
use serde::Deserialize;
use serde_json::json;

use super::SMALL;
use crate::access::Access;
use crate::answer::{Answer, json, read};
use crate::device;
use crate::error::WebError;
use crate::peer::Guesser;
use crate::route::Route;
use crate::session::{self, Session};
use crate::settings::Ctx;
use crate::visit::{Me, Visit};

pub(crate) fn routes() -> Vec<Route> {
    vec![
        Route::post("/api/login", Access::Public, log_in),
        Route::post("/api/logout", Access::SignedIn, log_out),
        Route::get("/api/session", Access::SignedIn, current),
        Route::post("/api/setup", Access::Public, set_up),
    ]
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct LogIn {
    login: String,
    password: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct SetUp {
    code: String,
    login: String,
    name: String,
    password: String,
}

async fn log_in(State(ctx): State<Ctx>, visit: Visit, headers: HeaderMap, body: Body) -> Answer {
    let input: LogIn = read(body, SMALL).await?;
    let known = device::known(&ctx, &headers, &input.login).await?;
    let stranger = Guesser::Stranger {
        peer: visit.peer,
        login: Some(&input.login),
    };
    let (asker, guesser) = known
        .as_deref()
        .map_or((Asker::Stranger, stranger), |device| {
            (Asker::Known, Guesser::Device(device))
        });
    let user = ctx.app.log_in(&input.login, &input.password, asker);
    let user = guess(&ctx, guesser, Some(&input.login), user).await?;
    let cookie = device::remember(&ctx, &user, known).await?;
    // The session of before, if there was one, ends: an id is never carried over a log-in.
    if let Some(old) = &visit.session {
        session::end(&ctx, old).await?;
    }
    let mut response = begin(&ctx, user).await?;
    response.headers_mut().append(header::SET_COOKIE, cookie);
    Ok(response)
}

async fn set_up(State(ctx): State<Ctx>, visit: Visit, body: Body) -> Answer {
    let input: SetUp = read(body, SMALL).await?;
    let user = ctx
        .app
        .set_up(&input.code, &input.login, &input.name, &input.password);
    let peer = visit.peer;
    let user = guess(&ctx, Guesser::Stranger { peer, login: None }, None, user).await?;
    begin(&ctx, user).await
}

/// Somebody tries a password or a code: who was wrong too often has to wait.
async fn guess(
    ctx: &Ctx,
    guesser: Guesser<'_>,
    login: Option<&str>,
    tried: impl Future<Output = Result<UserView, AppError>>,
) -> Result<UserView, AppError> {
    ctx.guesses.check(guesser, ctx.now())?;
    let user = tried.await;
    if let Err(AppError::BadLogin | AppError::BadSetupCode) = user {
        let rests = ctx.guesses.failed(guesser, ctx.now());
        if let Some(login) = login.filter(|_| rests) {
            ctx.app.sign_in_rests(login).await?;
        }
    }
    user
}

async fn begin(ctx: &Ctx, user: UserView) -> Answer {
    let (session, cookie) = session::start(ctx, user).await?;
    let mut response = said(&session)?;
    response.headers_mut().append(header::SET_COOKIE, cookie);
    Ok(response)
}

async fn log_out(State(ctx): State<Ctx>, visit: Visit, me: Me) -> Answer {
    let session = visit.session.as_ref().ok_or(WebError::NotSignedIn)?;
    let cookie = session::end(&ctx, session).await?;
    ctx.app.log_out(&me.actor()).await?;
    let mut response = crate::answer::done()?;
    response.headers_mut().append(header::SET_COOKIE, cookie);
    Ok(response)
}

async fn current(visit: Visit) -> Answer {
    said(visit.session.as_ref().ok_or(WebError::NotSignedIn)?)
}

fn said(session: &Session) -> Answer {
    let user = &session.user;
    json(&json!({
        "user": {"id": user.id, "login": user.login, "name": user.name, "roles": user.roles},
        "csrf": session.csrf,
    }))
}
