//! Slides brought along with a report, on the page of its slides.

use pingyi_app::reports::OwnSlides;

use crate::lang::Texts;
use crate::pages::record::evidence::size_text;
use crate::words::time_text;

/// A file that was brought along.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OwnFile {
    /// Its name.
    pub name: String,
    /// Whether it was a pptx.
    pub converted: bool,
    /// Its size, in words.
    pub size: String,
    /// Whoever brought it.
    pub by: String,
    /// When.
    pub at: String,
}

/// What the page shows of them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct OwnPart {
    /// The file, where there is one.
    pub file: Option<OwnFile>,
    /// Whether who looks may bring others.
    pub may_bring: bool,
}

impl OwnPart {
    /// As the page shows them.
    #[must_use]
    pub fn of(texts: Texts, own: OwnSlides) -> Self {
        let file = own.file.map(|file| OwnFile {
            name: file.name,
            converted: file.converted,
            size: size_text(texts, file.bytes),
            by: file.by,
            at: time_text(file.at),
        });
        Self {
            file,
            may_bring: own.may_bring,
        }
    }
}
