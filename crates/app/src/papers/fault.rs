//! Why there is no paper. Nothing is kept then: a paper is whole or not at all.

use std::path::PathBuf;

use pingyi_papers::Problem;
use serde::Deserialize;

/// Why there is no paper.
#[derive(Debug, thiserror::Error)]
pub enum PaperFault {
    /// The program that makes the PDFs is not there; everything else goes on without it.
    #[error("{} is not there", .program.display())]
    Absent {
        /// Where it was looked for.
        program: PathBuf,
    },
    /// What the paper lacks or contradicts.
    #[error("the paper has {} problems", .0.len())]
    Problems(Vec<Problem>),
    /// Characters that no font has.
    #[error("no font has {} of the characters", .0.len())]
    Glyphs(Vec<Glyph>),
    /// No Chinese font, or the office's folder of fonts cannot be read: the program's words.
    #[error("fonts: {message}")]
    Fonts {
        /// `no_font` or `font_folder`.
        code: &'static str,
        /// What it says.
        message: String,
    },
    /// It took longer than it may.
    #[error("not done within {seconds} s")]
    Slow {
        /// The limit.
        seconds: u64,
    },
    /// It wanted more memory than it may have.
    #[error("more memory than {} MB", .bytes >> 20)]
    Memory {
        /// The limit.
        bytes: u64,
    },
    /// It broke, or answered with something that is no paper.
    #[error("the paper's program broke: {0}")]
    Broken(String),
    /// The file that the office edits could not be put together.
    #[error(transparent)]
    Office(#[from] pingyi_office::OfficeError),
}

/// A character that no font has, as `pingyi-papers` names it.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Glyph {
    /// The character.
    pub character: char,
    /// Its code point: `U+20BB7`.
    pub code: String,
    /// The pages it stands on, from 1.
    pub pages: Vec<u32>,
    /// Where it stands in the data: `presenters[3].presenter`.
    pub places: Vec<String>,
}

impl PaperFault {
    /// The stable code.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Absent { .. } => "papers_absent",
            Self::Problems(_) => "paper_problems",
            Self::Glyphs(_) => "missing_glyphs",
            Self::Fonts { code, .. } => code,
            Self::Slow { .. } => "paper_slow",
            Self::Memory { .. } => "paper_memory",
            Self::Broken(_) | Self::Office(_) => "paper_broken",
        }
    }

    /// The HTTP status that fits.
    #[must_use]
    pub const fn status(&self) -> u16 {
        match self {
            Self::Problems(_) | Self::Glyphs(_) => 422,
            Self::Absent { .. } | Self::Fonts { .. } | Self::Slow { .. } | Self::Memory { .. } => {
                503
            }
            Self::Broken(_) | Self::Office(_) => 500,
        }
    }
}
