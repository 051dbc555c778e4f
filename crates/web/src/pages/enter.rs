//! Coming in: log-in, the first administrator, and the page that says what went wrong.

use askama::Template;

use super::sample::{Sample, chrome_out};
use crate::chrome::Chrome;
use crate::lang::Lang;

/// Log-in.
#[derive(Debug, Clone, Template)]
#[template(path = "login.html")]
pub struct LoginPage {
    /// Frame.
    pub c: Chrome,
    /// Where to go afterwards: a path of this server.
    pub then: String,
    /// Whether there is no administrator yet.
    pub offer_setup: bool,
}

impl LoginPage {
    /// For the gallery and the tests.
    #[must_use]
    pub fn samples(lang: Lang) -> Vec<Sample> {
        [("login", false), ("login-first", true)]
            .into_iter()
            .map(|(name, offer_setup)| {
                let c = chrome_out(lang, "login-title", "/login", "page-narrow", &["office"]);
                Sample::new(
                    name,
                    Self {
                        c,
                        then: "/".to_owned(),
                        offer_setup,
                    }
                    .render(),
                )
            })
            .collect()
    }
}

/// The first administrator.
#[derive(Debug, Clone, Template)]
#[template(path = "first_setup.html")]
pub struct FirstSetupPage {
    /// Frame.
    pub c: Chrome,
}

impl FirstSetupPage {
    /// For the gallery and the tests.
    #[must_use]
    pub fn samples(lang: Lang) -> Vec<Sample> {
        let c = chrome_out(lang, "first-title", "/setup", "page-narrow", &["office"]);
        vec![Sample::new("first-setup", Self { c }.render())]
    }
}

/// What went wrong.
#[derive(Debug, Clone, Template)]
#[template(path = "error.html")]
pub struct ErrorPage {
    /// Frame; its title says what happened.
    pub c: Chrome,
    /// What to do.
    pub message: String,
    /// What to look for in the log, for errors of our own.
    pub id: Option<String>,
}

impl ErrorPage {
    /// For the gallery and the tests.
    #[must_use]
    pub fn samples(lang: Lang) -> Vec<Sample> {
        let page = |title: &str, code: &str, id: Option<&str>| {
            let c = chrome_out(lang, title, "/x", "page-narrow", &["office"]);
            let message = c.s(code);
            Self {
                c,
                message,
                id: id.map(str::to_owned),
            }
            .render()
        };
        vec![
            Sample::new("error-404", page("error-title-404", "err-not_found", None)),
            Sample::new("error-403", page("error-title-403", "err-forbidden", None)),
            Sample::new(
                "error-500",
                page("error-title-500", "err-internal", Some("b7f3-2a91")),
            ),
        ]
    }
}
