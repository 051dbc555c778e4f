//! From the result to the grade (docs/report-contract.md §4): what is known beside the ballots, composite and grade as
//! worked out at the count, the leaders' evaluation, the committee's decision, and the two comparisons.

mod basis;
mod decide;
mod evaluate;
mod ground;
mod view;
mod what_if;
mod worked;
mod years;

pub(crate) use evaluate::leaders_of;
pub(crate) use ground::{Ground, known};
pub(crate) use view::place_of;
pub use what_if::WhatIfAsk;
pub(crate) use worked::grades_of;
