//! Papers the office goes on editing, from the same inputs as the PDF: docx in the layout of GB/T 9704-2012, pptx with real
//! charts and tables, xlsx with numbers as numbers.
//!
//! The same paper gives the same bytes. docs/papers.md says what is in which format.

mod docx;
mod error;
mod fill;
mod pptx;
mod unpack;
mod xlsx;

pub use docx::docx;
pub use error::OfficeError;
pub use fill::{Filled, Placeholder, Values, fill, placeholders};
pub use pptx::pptx;
pub use unpack::{Unfit, check_pptx};
pub use xlsx::xlsx;
