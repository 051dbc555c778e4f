//! What the web crate needs from outside, and what all its routes share.

use std::sync::Arc;

use pingyi_app::{App, Clock, Randomness, SystemClock, SystemRandomness};

use crate::assets::Assets;
use crate::peer::Guesses;

/// Settings with working defaults.
#[derive(Clone)]
pub struct WebSettings {
    /// The time, for sessions and the clock on stage.
    pub clock: Arc<dyn Clock>,
    /// Randomness for session ids and the ids of internal errors.
    pub randomness: Arc<dyn Randomness>,
    /// Seconds after which an unused session ends.
    pub session_seconds: i64,
}

impl Default for WebSettings {
    fn default() -> Self {
        Self {
            clock: Arc::new(SystemClock),
            randomness: Arc::new(SystemRandomness),
            session_seconds: 12 * 3600,
        }
    }
}

impl std::fmt::Debug for WebSettings {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("WebSettings")
            .field("session_seconds", &self.session_seconds)
            .finish_non_exhaustive()
    }
}

/// What every route can reach.
#[derive(Clone)]
pub(crate) struct Ctx {
    pub app: App,
    pub settings: Arc<WebSettings>,
    pub assets: Arc<Assets>,
    pub guesses: Arc<Guesses>,
    /// Whether browsers reach the server by https: cookies then never travel in the clear.
    pub secure: bool,
}

impl Ctx {
    pub fn new(app: App, settings: WebSettings) -> Self {
        let secure = app.base_url().starts_with("https://");
        let mut key = [0; 32];
        settings.randomness.fill(&mut key);
        Self {
            app,
            guesses: Arc::new(Guesses::new(key)),
            settings: Arc::new(settings),
            assets: Arc::new(Assets::load()),
            secure,
        }
    }

    /// Seconds since 1970, UTC.
    pub fn now(&self) -> i64 {
        self.millis().div_euclid(1000)
    }

    /// Milliseconds since 1970, UTC.
    pub fn millis(&self) -> i64 {
        self.settings.clock.millis()
    }

    /// Fresh random bytes in lower-case hex.
    pub fn random_hex<const N: usize>(&self) -> String {
        let mut bytes = [0_u8; N];
        self.settings.randomness.fill(&mut bytes);
        data_encoding::HEXLOWER.encode(&bytes)
    }
}
