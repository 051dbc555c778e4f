//! What the pages and the JSON interface show (contract §3). One type serves both.

mod appraisal;
mod booth;
mod comparing;
mod grades;
mod hall;
mod people;
mod result;
mod seats;

pub use appraisal::*;
pub use booth::*;
pub use comparing::*;
pub use grades::*;
pub use hall::*;
pub use people::*;
pub use result::*;
pub use seats::*;
