//! The working behind a composite.

use serde::{Deserialize, Serialize};

use super::{CompositeScheme, CompositeScore, Source, composite_quotient, leaders_quotient};
use crate::working::{Number, Term};

/// One line of the working.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "step", rename_all = "snake_case")]
pub enum CompositeStep {
    /// Σ weight·points ÷ Σ weight over the leaders.
    LeadersMean {
        /// One term for each leader, in the order given.
        terms: Vec<Term>,
        /// Σ weight·points.
        sum: Number,
        /// Σ weight.
        divisor: Number,
        /// The quotient.
        mean: Number,
    },
    /// Σ W·points ÷ Σ W over the sources that are there.
    Composite {
        /// One term for each source; `of` is its place in [`Source::ALL`].
        terms: Vec<Term>,
        /// Σ W·points.
        sum: Number,
        /// Σ W.
        divisor: Number,
        /// The quotient.
        score: Number,
    },
}

pub(super) fn steps(
    scheme: &CompositeScheme,
    score: &CompositeScore,
    places: u8,
) -> Vec<CompositeStep> {
    let mut steps = Vec::new();
    if score.points(Source::Leaders).is_some() {
        let quotient = leaders_quotient(&score.evaluations);
        if let Some(mean) = quotient.value() {
            steps.push(CompositeStep::LeadersMean {
                terms: quotient.terms(places),
                sum: quotient.sum(places),
                divisor: quotient.divisor(places),
                mean: mean.number(places),
            });
        }
    }
    let quotient = composite_quotient(scheme, &score.parts);
    if let Some(score) = quotient.value() {
        steps.push(CompositeStep::Composite {
            terms: quotient.terms(places),
            sum: quotient.sum(places),
            divisor: quotient.divisor(places),
            score: score.number(places),
        });
    }
    steps
}
