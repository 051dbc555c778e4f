//! What has to be said beside the composites.

use serde::{Deserialize, Serialize};

use super::{CompositeScheme, CompositeScore, Source};
use crate::exact::Exact;

/// One statement; presenters are numbers from 0 in the order of the form.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "code", rename_all = "snake_case")]
pub enum CompositeStatement {
    /// Nobody has anything from a source that weighs something.
    SourceMissing {
        /// The source.
        source: Source,
        /// Its weight, which went to the others.
        weight: Exact,
    },
    /// The weights with which the sources count for everybody who has them all, after redistribution.
    Redistributed {
        /// The sources that count, with their parts of 1.
        parts: Vec<SourcePart>,
    },
    /// A presenter has nothing from a source that others have: the composites rest on different grounds.
    SourceMissingFor {
        /// The presenter.
        presenter: usize,
        /// The source.
        source: Source,
        /// Its weight, which went to the others for this presenter.
        weight: Exact,
    },
    /// The parts of such a presenter.
    RedistributedFor {
        /// The presenter.
        presenter: usize,
        /// The sources that count, with their parts of 1.
        parts: Vec<SourcePart>,
    },
    /// Nothing counts for a presenter, so there is no composite.
    NoComposite {
        /// The presenter.
        presenter: usize,
    },
}

/// The part of 1 with which a source counts.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SourcePart {
    /// The source.
    pub source: Source,
    /// Its weight ÷ Σ of the weights that count.
    pub part: Exact,
}

pub(super) fn statements(
    scheme: &CompositeScheme,
    scores: &[CompositeScore],
) -> Vec<CompositeStatement> {
    let used: Vec<Source> = Source::ALL
        .into_iter()
        .filter(|source| !scheme.weight(*source).is_zero())
        .collect();
    let there = |source: Source| scores.iter().any(|score| score.points(source).is_some());
    let (common, missing): (Vec<Source>, Vec<Source>) =
        used.into_iter().partition(|&source| there(source));
    let mut found: Vec<CompositeStatement> = missing
        .iter()
        .map(|&source| CompositeStatement::SourceMissing {
            source,
            weight: scheme.weight(source).clone(),
        })
        .collect();
    if !missing.is_empty() && !common.is_empty() {
        found.push(CompositeStatement::Redistributed {
            parts: parts_of(scheme, &common),
        });
    }
    for (presenter, score) in scores.iter().enumerate() {
        found.extend(of_presenter(scheme, presenter, score, &common));
    }
    found
}

fn of_presenter(
    scheme: &CompositeScheme,
    presenter: usize,
    score: &CompositeScore,
    common: &[Source],
) -> Vec<CompositeStatement> {
    if score.score.is_none() {
        return vec![CompositeStatement::NoComposite { presenter }];
    }
    let (has, lacks): (Vec<Source>, Vec<Source>) = common
        .iter()
        .partition(|&&source| score.points(source).is_some());
    let mut found: Vec<CompositeStatement> = lacks
        .iter()
        .map(|&source| CompositeStatement::SourceMissingFor {
            presenter,
            source,
            weight: scheme.weight(source).clone(),
        })
        .collect();
    if !lacks.is_empty() {
        let parts = parts_of(scheme, &has);
        found.push(CompositeStatement::RedistributedFor { presenter, parts });
    }
    found
}

fn parts_of(scheme: &CompositeScheme, sources: &[Source]) -> Vec<SourcePart> {
    let weights = sources.iter().map(|&source| scheme.weight(source).clone());
    let total: Exact = weights.sum();
    let part = |&source: &Source| {
        Some(SourcePart {
            source,
            part: scheme.weight(source).checked_div(&total)?,
        })
    };
    sources.iter().filter_map(part).collect()
}
