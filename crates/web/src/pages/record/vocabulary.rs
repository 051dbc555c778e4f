//! The vocabulary, a list at a time.

use askama::Template;
use pingyi_app::record::{WordList, WordView, default_words};

use super::Choice;
use crate::chrome::Chrome;
use crate::lang::Lang;
use crate::pages::sample::{Sample, chrome_in};

/// A word in the table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WordLine {
    /// What it is stored as.
    pub code: String,
    /// Version.
    pub version: i64,
    /// 中文.
    pub zh: String,
    /// English.
    pub en: String,
    /// For a topic the code of its kind.
    pub parent: String,
    /// For a topic what its kind is called.
    pub kind: String,
    /// Place in the list.
    pub ordinal: i64,
    /// Whether it is no longer offered.
    pub retired: bool,
}

/// One list of words.
#[derive(Debug, Clone, Template)]
#[template(path = "record/words.html")]
pub struct WordsPage {
    /// Frame.
    pub c: Chrome,
    /// The list on the wire.
    pub list: &'static str,
    /// All lists.
    pub lists: Vec<Choice>,
    /// Its words, in order.
    pub rows: Vec<WordLine>,
    /// For topics: code and name of every kind.
    pub kinds: Vec<(String, String)>,
    /// The place after the last word.
    pub next: i64,
}

impl WordsPage {
    /// What is shown of a list.
    #[must_use]
    pub fn of(c: Chrome, list: WordList, words: Vec<WordView>, kinds: &[WordView]) -> Self {
        let english = c.lang == Lang::En;
        let kinds: Vec<(String, String)> = kinds
            .iter()
            .map(|kind| (kind.word.code.clone(), kind.word.label(english).to_owned()))
            .collect();
        let called = |code: &str| {
            let kind = kinds.iter().find(|(known, _)| known == code);
            kind.map(|(_, name)| name.clone()).unwrap_or_default()
        };
        let highest = words.iter().map(|view| view.word.ordinal).max();
        let rows = words.into_iter().map(|view| WordLine {
            kind: called(&view.word.parent),
            code: view.word.code,
            version: view.version,
            zh: view.word.label_zh,
            en: view.word.label_en,
            parent: view.word.parent,
            ordinal: view.word.ordinal,
            retired: view.word.retired,
        });
        Self {
            rows: rows.collect(),
            lists: WordList::ALL
                .iter()
                .map(|one| Choice::new("value-word-list", one.as_str(), list.as_str()))
                .collect(),
            list: list.as_str(),
            kinds: if list == WordList::Topic {
                kinds
            } else {
                vec![]
            },
            next: (highest.unwrap_or(0) + 10).min(9999),
            c,
        }
    }

    /// For the gallery and the tests.
    #[must_use]
    pub fn samples(lang: Lang) -> Vec<Sample> {
        let views = |list| -> Vec<WordView> {
            let words = default_words(list).into_iter();
            words.map(|word| WordView { word, version: 0 }).collect()
        };
        let page = |list| {
            let c = chrome_in(lang, "words-title", "/words", &["office"]);
            Self::of(c, list, views(list), &views(WordList::EntryKind)).render()
        };
        vec![
            Sample::new("words", page(WordList::EntryKind)),
            Sample::new("words-topics", page(WordList::Topic)),
        ]
    }
}
