//! Search over everything.

use askama::Template;

use super::Choice;
use crate::chrome::Chrome;
use crate::lang::Lang;
use crate::pages::sample::{Sample, chrome_in};

/// Something found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FoundLine {
    /// Where it is.
    pub href: String,
    /// Id of the word for its kind.
    pub kind: String,
    /// What it is called.
    pub title: String,
    /// Its unit.
    pub unit: String,
    /// What else is said of it.
    pub body: String,
    /// Whether it is only spelled nearly so.
    pub nearly: bool,
}

/// Search.
#[derive(Debug, Clone, Template)]
#[template(path = "record/search.html")]
pub struct SearchPage {
    /// Frame.
    pub c: Chrome,
    /// The question.
    pub text: String,
    /// Kinds to narrow by.
    pub kinds: Vec<Choice>,
    /// Hits, the best first.
    pub hits: Vec<FoundLine>,
    /// Whether there may be more.
    pub more: bool,
}

impl SearchPage {
    /// For the gallery and the tests.
    #[must_use]
    pub fn samples(lang: Lang) -> Vec<Sample> {
        let page = |text: &str, hits| {
            Self {
                c: chrome_in(lang, "search-title", "/search", &["office"]),
                text: text.to_owned(),
                kinds: vec![Choice::new("record-kind", "unit", "")],
                hits,
                more: false,
            }
            .render()
        };
        let hit = |title: &str, nearly| FoundLine {
            href: "/units/bbbbbbbbbbbbbbbb".to_owned(),
            kind: "record-kind-unit".to_owned(),
            title: title.to_owned(),
            unit: String::new(),
            body: "华南城".to_owned(),
            nearly,
        };
        let hits = vec![hit("华南城园区党委", false), hit("华商城支部", true)];
        vec![
            Sample::new("search", page("华南城", hits)),
            Sample::new("search-empty", page("", vec![])),
            Sample::new("search-none", page("某某", vec![])),
        ]
    }
}
