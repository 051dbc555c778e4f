//! Entries pasted from a sheet.

use askama::Template;
use pingyi_app::record::{Kind, UnitName, Word, import_heads};
use serde::Serialize;

use super::UnitChoice;
use super::ledger::Words;
use super::unit_choices;
use crate::chrome::Chrome;
use crate::lang::{Lang, Texts};
use crate::pages::sample::{Sample, chrome_in};
use crate::words;

/// A field of an entry, for the script.
#[derive(Debug, Clone, Serialize)]
struct FieldWords {
    name: &'static str,
    label: String,
    heads: Vec<&'static str>,
}

/// Something that cells call by a name, for the script.
#[derive(Debug, Clone, Serialize)]
struct Named {
    id: String,
    names: Vec<String>,
    #[serde(skip_serializing_if = "String::is_empty")]
    parent: String,
}

#[derive(Debug, Clone, Serialize)]
struct PasteWords {
    fields: Vec<FieldWords>,
    units: Vec<Named>,
    kinds: Vec<Named>,
    topics: Vec<Named>,
}

/// The table that is pasted into.
#[derive(Debug, Clone, Template)]
#[template(path = "record/paste.html")]
pub struct PastePage {
    /// Frame.
    pub c: Chrome,
    /// Units for rows without one.
    pub units: Vec<UnitChoice>,
    /// Kinds for rows without one: code and label.
    pub kinds: Vec<(String, String)>,
    /// What the script reads cells by, JSON.
    pub words: String,
}

fn named(word: &Word) -> Named {
    let labels = [&word.label_zh, &word.label_en].into_iter();
    Named {
        id: word.code.clone(),
        names: labels.filter(|label| !label.is_empty()).cloned().collect(),
        parent: word.parent.clone(),
    }
}

impl PastePage {
    /// The page for who may write to these units.
    ///
    /// # Errors
    /// When the words cannot be written, which no word can cause.
    pub fn of(c: Chrome, units: Vec<UnitName>, all: &Words) -> serde_json::Result<Self> {
        let texts = Texts(c.lang);
        let fields = import_heads(Kind::Entry).into_iter();
        let fields = fields.map(|(name, heads)| FieldWords {
            name,
            label: words::label(texts, Kind::Entry, name),
            heads: heads.to_vec(),
        });
        let places = units.iter().map(|unit| Named {
            id: unit.id.to_string(),
            names: vec![unit.name.clone(), unit.short.clone()],
            parent: String::new(),
        });
        let offered =
            |list: &[Word]| -> Vec<Word> { list.iter().filter(|w| !w.retired).cloned().collect() };
        let (kinds, topics) = (offered(&all.kinds), offered(&all.topics));
        let all = PasteWords {
            fields: fields.collect(),
            units: places.collect(),
            kinds: kinds.iter().map(named).collect(),
            topics: topics.iter().map(named).collect(),
        };
        let english = c.lang == Lang::En;
        Ok(Self {
            // A script element ends at the first "</script", whatever stands around it.
            words: serde_json::to_string(&all)?.replace('<', "\\u003c"),
            kinds: kinds
                .into_iter()
                .map(|word| (word.code.clone(), word.label(english).to_owned()))
                .collect(),
            units: units.into_iter().map(UnitChoice::of).collect(),
            c,
        })
    }

    /// As it is opened.
    #[must_use]
    pub fn samples(lang: Lang) -> Vec<Sample> {
        let page = Self {
            c: chrome_in(lang, "paste-title", "/ledger/paste", &["office", "paste"]),
            units: unit_choices(lang),
            kinds: vec![("class".to_owned(), "学习教育".to_owned())],
            words: r#"{"fields":[],"units":[],"kinds":[],"topics":[]}"#.to_owned(),
        };
        vec![Sample::new("paste", page.render())]
    }
}
