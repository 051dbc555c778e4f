//! Makes the PDF of an official paper with Typst: whole or not at all.
//!
//! A template sees the layout, its data and the fonts; no other file, no network, no clock. The same paper with the same
//! fonts gives the same bytes. The PDF is tagged and keeps to PDF/A-2a and PDF/UA-1. See docs/papers.md.

mod error;
mod fonts;
mod glyphs;
mod pressing;
mod world;

pub use error::PressError;
pub use fonts::{Fonts, Role, Substitution};
pub use glyphs::MissingGlyph;
pub use pressing::{Press, Pressed};
