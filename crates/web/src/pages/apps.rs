//! The shells of the apps that run in the browser: an empty page, the bundle, and who the page is for.

use askama::Template;

use super::sample::{Sample, chrome_out};
use crate::chrome::Chrome;
use crate::lang::Lang;

/// A shell. Its texts and everything else are in its bundle.
#[derive(Debug, Clone, Template)]
#[template(path = "apps/shell.html")]
pub struct AppPage {
    /// Frame.
    pub c: Chrome,
    /// The box of a booth.
    pub box_uuid: Option<String>,
    /// The appraisal of a hall preview.
    pub appraisal: Option<String>,
    /// Whether it is the hall screen.
    pub hall: bool,
}

impl AppPage {
    /// For the gallery and the tests.
    #[must_use]
    pub fn samples(lang: Lang) -> Vec<Sample> {
        [
            (
                "app-booth",
                "title-booth",
                "booth",
                Some("4TAPAp81i55xTi"),
                false,
            ),
            ("app-check", "title-check", "check", None, false),
            ("app-challenge", "title-challenge", "challenge", None, false),
            ("app-teller", "title-teller", "teller", None, false),
            ("app-issuer", "title-issuer", "issuer", None, false),
            ("app-hall", "title-hall", "hall", None, true),
        ]
        .into_iter()
        .map(|(name, title, bundle, uuid, hall)| {
            let c = chrome_out(lang, title, "/", "", &[bundle]);
            Sample::new(
                name,
                Self {
                    c,
                    box_uuid: uuid.map(str::to_owned),
                    appraisal: None,
                    hall,
                }
                .render(),
            )
        })
        .collect()
    }
}
