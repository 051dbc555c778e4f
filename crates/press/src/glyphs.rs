//! Characters that no font has: found in the finished pages, named with their places in the data.

use std::collections::BTreeMap;

use serde::Serialize;
use serde_json::Value;
use typst::layout::{Frame, FrameItem};
use typst_layout::PagedDocument;

/// Places named of one character; more tell nobody more.
const MOST_PLACES: usize = 20;

/// A character that no font has.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct MissingGlyph {
    /// The character.
    pub character: char,
    /// Its code point: `U+20BB7`.
    pub code: String,
    /// The pages it stands on, from 1.
    pub pages: Vec<usize>,
    /// Where it stands in the data: `presenters[3].presenter`; at most 20, none where the template itself has it.
    pub places: Vec<String>,
}

/// All characters of the document that are set with the empty glyph.
pub(crate) fn missing(document: &PagedDocument, data: &Value) -> Vec<MissingGlyph> {
    let mut found: BTreeMap<char, Vec<usize>> = BTreeMap::new();
    for (page, content) in document.pages().iter().enumerate() {
        walk(&content.frame, page + 1, &mut found);
    }
    found
        .into_iter()
        .map(|(character, mut pages)| {
            pages.dedup();
            let mut places = Vec::new();
            locate("", data, character, &mut places);
            MissingGlyph {
                character,
                code: format!("U+{:04X}", u32::from(character)),
                pages,
                places,
            }
        })
        .collect()
}

fn walk(frame: &Frame, page: usize, found: &mut BTreeMap<char, Vec<usize>>) {
    for (_, item) in frame.items() {
        match item {
            FrameItem::Group(group) => walk(&group.frame, page, found),
            FrameItem::Text(text) => {
                for glyph in text.glyphs.iter().filter(|glyph| glyph.id == 0) {
                    let written = text.text.get(glyph.range()).unwrap_or_default();
                    for character in written.chars() {
                        found.entry(character).or_default().push(page);
                    }
                }
            }
            FrameItem::Shape(..)
            | FrameItem::Image(..)
            | FrameItem::Link(..)
            | FrameItem::Tag(_) => {}
        }
    }
}

fn locate(path: &str, value: &Value, character: char, places: &mut Vec<String>) {
    if places.len() >= MOST_PLACES {
        return;
    }
    match value {
        Value::String(text) if text.contains(character) => places.push(path.to_owned()),
        Value::Array(values) => {
            for (index, inner) in values.iter().enumerate() {
                locate(&format!("{path}[{index}]"), inner, character, places);
            }
        }
        Value::Object(map) => {
            for (key, inner) in map {
                let dot = if path.is_empty() { "" } else { "." };
                locate(&format!("{path}{dot}{key}"), inner, character, places);
            }
        }
        _ => {}
    }
}
