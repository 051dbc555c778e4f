//! Why there is no PDF.

use std::path::PathBuf;

use pingyi_papers::PaperError;
use thiserror::Error;

use crate::fonts::Role;
use crate::glyphs::MissingGlyph;

/// Why there is no PDF. Nothing is written then.
#[derive(Debug, Error)]
pub enum PressError {
    /// The input is no paper.
    #[error(transparent)]
    Paper(#[from] PaperError),
    /// No Chinese font was found.
    #[error(
        "no font for {role:?}: install Noto CJK (fonts-noto-cjk) or put fonts into the office's folder"
    )]
    NoFont {
        /// What it was wanted for.
        role: Role,
    },
    /// The office's folder of fonts cannot be read.
    #[error("the folder of fonts {} cannot be read", path.display())]
    FontFolder {
        /// The folder.
        path: PathBuf,
    },
    /// A font that is there cannot be read: what is written in it would be missing.
    #[error("the font {} cannot be read: {kind}", path.display())]
    FontUnread {
        /// Which.
        path: PathBuf,
        /// Why.
        kind: std::io::ErrorKind,
    },
    /// Characters that no font has.
    #[error("no font has {} of the characters", .0.len())]
    MissingGlyphs(Vec<MissingGlyph>),
    /// The template does not fit: a fault of ours, with the compiler's words.
    #[error("the template {template} failed: {}", .messages.join("; "))]
    Template {
        /// Which.
        template: &'static str,
        /// What the compiler says.
        messages: Vec<String>,
    },
}

impl PressError {
    /// A stable code for the interface.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Paper(PaperError::Unreadable(_)) => "paper_unreadable",
            Self::Paper(PaperError::Problems(_)) => "paper_problems",
            Self::NoFont { .. } => "no_font",
            Self::FontUnread {
                kind: std::io::ErrorKind::OutOfMemory,
                ..
            } => "memory",
            Self::FontFolder { .. } | Self::FontUnread { .. } => "font_folder",
            Self::MissingGlyphs(_) => "missing_glyphs",
            Self::Template { .. } => "template",
        }
    }
}
