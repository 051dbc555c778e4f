//! The office's papers (docs/papers.md): filled from what is stored, made whole or not at all, kept by their hash.

mod drafts;
mod facts;
mod fault;
mod keep;
mod letter;
mod letters;
mod meeting;
mod press;
mod record;
mod scans;
mod sheets;
mod standing;
mod texts;
mod which;
mod words;

pub use fault::{Glyph, PaperFault};
pub use keep::{PaperFile, PaperView};
pub use letters::{LetterFailed, LettersRun};
pub use pingyi_papers::*;
pub use pingyi_store::repo::papers::PaperRow;
pub use press::{Pressed, Printing, StandIn};
pub use scans::{OTHER_SCAN, ScanView};
pub use texts::{FieldForm, TextField, TextKind, TextView};
pub use which::{PaperFormat, Sheet, Wanted, list_name, list_named};
