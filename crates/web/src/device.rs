//! Devices a name has signed in with before, so that whoever guesses at the name elsewhere keeps its owner out of
//! nothing. A long-lived cookie that only the log-in is sent; the database keeps its hash, beside the sessions. It signs
//! nobody in: the password is asked all the same. A new password makes every device a stranger again.

use axum::http::{HeaderMap, HeaderValue};
use pingyi_app::{AppError, UserView};
use serde::{Deserialize, Serialize};

use crate::lang::cookie;
use crate::session::digest;
use crate::settings::Ctx;

/// Seconds a device is known after the last log-in.
const KEPT: i64 = 180 * 24 * 3600;

/// What the database keeps of a device.
#[derive(Debug, Serialize, Deserialize)]
struct Record {
    /// The name in small letters.
    login: String,
    /// Whose it is.
    user: String,
    /// The password it signed in with.
    mark: String,
}

/// Each name has its own cookie: several people may share a browser.
fn cookie_name(login: &str) -> String {
    let mut name = digest("pingyi-device-name", login);
    name.truncate(16);
    format!("pingyi_device_{name}")
}

fn plain(login: &str) -> String {
    login.trim().to_lowercase()
}

/// The secret of a device that this name has signed in with, by the same password.
///
/// # Errors
/// When the database fails.
pub(crate) async fn known(
    ctx: &Ctx,
    headers: &HeaderMap,
    login: &str,
) -> Result<Option<String>, AppError> {
    let login = plain(login);
    let sent = cookie(headers, &cookie_name(&login)).filter(|secret| secret.len() == 64);
    let Some(secret) = sent else {
        return Ok(None);
    };
    let name = digest("pingyi-device", &secret);
    let text = ctx.app.session_load(&name);
    // A record that cannot be read is no device.
    let record = text
        .await?
        .and_then(|text| serde_json::from_str(&text).ok());
    let Some(Record {
        login: of,
        user,
        mark,
    }) = record
    else {
        return Ok(None);
    };
    let user = ctx.app.user(&user).await?;
    let is = of == login && user.is_some_and(|user| user.password_mark == mark);
    Ok(is.then_some(secret))
}

/// Remembers the device of a good log-in; the cookie.
///
/// # Errors
/// When the database fails.
pub(crate) async fn remember(
    ctx: &Ctx,
    user: &UserView,
    known: Option<String>,
) -> Result<HeaderValue, AppError> {
    let login = plain(&user.login);
    let ends = ctx.now() + KEPT;
    let record = Record {
        login: login.clone(),
        user: user.id.clone(),
        mark: user.password_mark.clone(),
    };
    let record =
        serde_json::to_string(&record).map_err(|error| AppError::Internal(error.to_string()))?;
    let secret = match known {
        Some(secret) => {
            let name = digest("pingyi-device", &secret);
            ctx.app.session_save(&name, &record, ends).await?;
            secret
        }
        None => loop {
            let secret = ctx.random_hex::<32>();
            let name = digest("pingyi-device", &secret);
            if ctx.app.session_create(&name, &record, ends).await? {
                break secret;
            }
        },
    };
    let secure = if ctx.secure { "; Secure" } else { "" };
    let text = format!(
        "{}={secret}; Path=/api/login; Max-Age={KEPT}; HttpOnly; SameSite=Strict{secure}",
        cookie_name(&login)
    );
    HeaderValue::from_str(&text).map_err(|error| AppError::Internal(error.to_string()))
}
