//! The office's template of slides: the file, what stands in it, and what may stand there.

use askama::Template;
use pingyi_app::reports::{OutlineView, Placeholder, TEMPLATE_NAMES, TEMPLATE_TABLE, TemplateView};

use crate::chrome::Chrome;
use crate::lang::Texts;
use crate::pages::record::evidence::size_text;
use crate::words::time_text;

/// A placeholder that stands in the template.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlacedName {
    /// The slide.
    pub slide: String,
    /// As it is typed.
    pub name: String,
    /// Whether it is filled.
    pub known: bool,
}

/// A placeholder that may stand there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OfferedName {
    /// As it is typed.
    pub name: String,
    /// What comes in its place.
    pub about: String,
}

/// The file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TemplateFile {
    /// Its name.
    pub name: String,
    /// Its size, in words.
    pub size: String,
    /// Whoever set it.
    pub by: String,
    /// When.
    pub at: String,
    /// What stands in it, slide by slide.
    pub placed: Vec<PlacedName>,
    /// How many of these are not filled.
    pub unknown: usize,
}

/// The page.
#[derive(Debug, Clone, Template)]
#[template(path = "report/template.html")]
pub struct TemplatePage {
    /// Frame.
    pub c: Chrome,
    /// The file, where there is one.
    pub file: Option<TemplateFile>,
    /// What may stand there.
    pub offers: Vec<OfferedName>,
}

fn braced(name: &str) -> String {
    format!("{{{{{name}}}}}")
}

fn placed(known: &[Placeholder], unknown: &[Placeholder]) -> Vec<PlacedName> {
    let mut all: Vec<(&Placeholder, bool)> = known.iter().map(|one| (one, true)).collect();
    all.extend(unknown.iter().map(|one| (one, false)));
    all.sort();
    let line = |(one, known): (&Placeholder, bool)| PlacedName {
        slide: one.slide.to_string(),
        name: braced(&one.name),
        known,
    };
    all.into_iter().map(line).collect()
}

fn offers(texts: Texts, outline: &OutlineView) -> Vec<OfferedName> {
    let offer = |name: &str, about: String| OfferedName {
        name: braced(name),
        about,
    };
    let plain = TEMPLATE_NAMES.iter();
    let mut all: Vec<OfferedName> = plain
        .map(|name| offer(name, texts.s(&format!("template-name-{name}"))))
        .collect();
    all.push(offer("figure:org_rate", texts.s("template-figure")));
    let sections = outline.outline.0.iter();
    all.extend(sections.map(|section| {
        let name = format!("section:{}", section.code);
        offer(&name, texts.a("template-section", "title", &section.title))
    }));
    all.push(offer(TEMPLATE_TABLE, texts.s("template-table")));
    all
}

impl TemplatePage {
    /// What is shown.
    #[must_use]
    pub fn of(c: Chrome, texts: Texts, outline: &OutlineView, view: Option<TemplateView>) -> Self {
        let file = view.map(|view| TemplateFile {
            placed: placed(&view.known, &view.unknown),
            unknown: view.unknown.len(),
            name: view.name,
            size: size_text(texts, view.bytes),
            by: view.by,
            at: time_text(view.at),
        });
        Self {
            c,
            file,
            offers: offers(texts, outline),
        }
    }
}
