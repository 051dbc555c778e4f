//! Sessions of the office: a random cookie, of which the database keeps the hash only, so that a copy of the
//! database signs nobody in.

use axum::http::{HeaderMap, HeaderValue};
use pingyi_app::{AppError, UserView};
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

use crate::lang::cookie;
use crate::settings::Ctx;

/// What the database keeps of a session.
#[derive(Debug, Serialize, Deserialize)]
struct Record {
    /// Who is signed in.
    user: String,
    /// The password it began with ([`UserView::password_mark`]).
    mark: String,
    /// When it ends, seconds since 1970.
    ends: i64,
}

/// Somebody who is signed in.
#[derive(Debug, Clone)]
pub(crate) struct Session {
    pub user: UserView,
    /// The token every unsafe request carries in `X-CSRF-Token`.
    pub csrf: String,
    /// The cookie's value.
    secret: String,
    ends: i64,
}

/// Name of the cookie. The prefix binds it to this host and to https where there is https.
const fn cookie_name(secure: bool) -> &'static str {
    if secure { "__Host-pingyi" } else { "pingyi" }
}

/// What the database keeps instead of a secret.
pub(crate) fn digest(purpose: &str, secret: &str) -> String {
    data_encoding::HEXLOWER.encode(&Sha256::digest(format!("{purpose}|{secret}")))
}

/// The token against forged requests. It follows from the cookie, which no page can read, and does not lead back.
fn csrf_of(secret: &str) -> String {
    digest("pingyi-csrf", secret)
}

/// The session of a request, when there is one and its user may still sign in, with the same password.
pub(crate) async fn load(ctx: &Ctx, headers: &HeaderMap) -> Result<Option<Session>, AppError> {
    let Some(secret) = cookie(headers, cookie_name(ctx.secure)).filter(|secret| secret.len() == 64)
    else {
        return Ok(None);
    };
    let Some(text) = ctx
        .app
        .session_load(&digest("pingyi-session", &secret))
        .await?
    else {
        return Ok(None);
    };
    // A record that cannot be read is no session; the user signs in again.
    let Ok(record) = serde_json::from_str::<Record>(&text) else {
        return Ok(None);
    };
    // Whoever got hold of a session loses it when the password changes, as everybody expects.
    let user = ctx.app.user(&record.user).await?;
    let Some(user) = user.filter(|user| user.password_mark == record.mark) else {
        return Ok(None);
    };
    Ok(Some(Session {
        user,
        csrf: csrf_of(&secret),
        secret,
        ends: record.ends,
    }))
}

/// Starts a session and gives its cookie.
pub(crate) async fn start(ctx: &Ctx, user: UserView) -> Result<(Session, HeaderValue), AppError> {
    loop {
        let secret = ctx.random_hex::<32>();
        let ends = ctx.now() + ctx.settings.session_seconds;
        let record = record(&user, ends)?;
        if ctx
            .app
            .session_create(&digest("pingyi-session", &secret), &record, ends)
            .await?
        {
            let cookie = set_cookie(ctx, &secret, ctx.settings.session_seconds)?;
            return Ok((
                Session {
                    csrf: csrf_of(&secret),
                    user,
                    secret,
                    ends,
                },
                cookie,
            ));
        }
    }
}

/// Puts the end off once half the time has gone; gives the new cookie then.
pub(crate) async fn renew(ctx: &Ctx, session: &Session) -> Result<Option<HeaderValue>, AppError> {
    let whole = ctx.settings.session_seconds;
    if session.ends - ctx.now() > whole / 2 {
        return Ok(None);
    }
    let ends = ctx.now() + whole;
    ctx.app
        .session_save(
            &digest("pingyi-session", &session.secret),
            &record(&session.user, ends)?,
            ends,
        )
        .await?;
    Ok(Some(set_cookie(ctx, &session.secret, whole)?))
}

/// Ends a session and gives the cookie that takes the browser's away.
pub(crate) async fn end(ctx: &Ctx, session: &Session) -> Result<HeaderValue, AppError> {
    ctx.app
        .session_delete(&digest("pingyi-session", &session.secret))
        .await?;
    set_cookie(ctx, "", 0)
}

fn record(user: &UserView, ends: i64) -> Result<String, AppError> {
    serde_json::to_string(&Record {
        user: user.id.clone(),
        mark: user.password_mark.clone(),
        ends,
    })
    .map_err(|error| AppError::Internal(error.to_string()))
}

fn set_cookie(ctx: &Ctx, secret: &str, seconds: i64) -> Result<HeaderValue, AppError> {
    let name = cookie_name(ctx.secure);
    let secure = if ctx.secure { "; Secure" } else { "" };
    let text =
        format!("{name}={secret}; Path=/; Max-Age={seconds}; HttpOnly; SameSite=Strict{secure}");
    HeaderValue::from_str(&text).map_err(|error| AppError::Internal(error.to_string()))
}
