//! A leader's own evaluation.

use askama::Template;
use pingyi_app::EvaluationView;

use crate::chrome::Chrome;

/// The page.
#[derive(Debug, Clone, Template)]
#[template(path = "grades/evaluation.html")]
pub struct EvaluationPage {
    /// Frame.
    pub c: Chrome,
    /// What the leader gave so far.
    pub e: EvaluationView,
}
