//! The office's papers (docs/papers.md): filled from what is stored, made whole or not at all, kept by their hash.

mod fault;
mod press;

pub use fault::{Glyph, PaperFault};
pub use press::{Pressed, Printing, StandIn};
