//! The order of the reports: as entered, by strokes, or by lot.

mod lot;
mod strokes;

pub use lot::{BoardHead, Draw, LotError, draw};
pub use strokes::{StrokeOrder, strokes};

use crate::codes::PresenterCode;
use crate::config::AppraisalConfig;

impl AppraisalConfig {
    /// The presenters as entered.
    #[must_use]
    pub fn order_as_entered(&self) -> Vec<PresenterCode> {
        self.presenters
            .iter()
            .map(|presenter| presenter.code.clone())
            .collect()
    }

    /// The presenters by strokes of their titles.
    #[must_use]
    pub fn order_by_strokes(&self) -> StrokeOrder {
        StrokeOrder::of(
            self.presenters
                .iter()
                .map(|presenter| (&presenter.code, presenter.title.as_str())),
        )
    }
}
