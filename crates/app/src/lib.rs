//! What people do with Pingyi: one file per thing a person does, one transaction per use case, with its
//! audit entry inside. docs/app-api.md lists all of it on one page.

mod error;
mod ports;
pub mod views;

pub use error::{AppError, Result};
pub use pingyi_domain::AppraisalId;
pub use pingyi_store::{BoxId, UserId};
pub use ports::{Clock, Randomness, SystemClock, SystemRandomness};
pub use views::*;
