//! The composite: ballot score, indicators and the leaders' evaluation by formula (domain.md §8).
//!
//! All three are points on the scale of the ballot form, from nought to the value of its best grade. A source that is
//! missing leaves the denominator, and a statement says so.

mod statement;
mod working;

use serde::{Deserialize, Serialize};

use crate::error::ScoringError;
use crate::exact::{Exact, Value, Weight};
use crate::rank::{Rank, ranks};
use crate::working::Quotient;
pub use statement::{CompositeStatement, SourcePart};
pub use working::CompositeStep;

/// Where a part of the composite comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Source {
    /// The ballot score of the appraisal (民主测评).
    Ballot,
    /// The indicators of the year (平时考核).
    Indicators,
    /// The leaders' evaluation (领导评价).
    Leaders,
}

impl Source {
    /// All sources, in the order of the formula.
    pub const ALL: [Self; 3] = [Self::Ballot, Self::Indicators, Self::Leaders];

    /// The name on the wire.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Ballot => "ballot",
            Self::Indicators => "indicators",
            Self::Leaders => "leaders",
        }
    }

    /// The place in [`Source::ALL`], by which a [`crate::Term`] names its source.
    #[must_use]
    pub const fn index(self) -> usize {
        match self {
            Self::Ballot => 0,
            Self::Indicators => 1,
            Self::Leaders => 2,
        }
    }
}

/// The weights of the sources, fixed at sealing; a source of weight nought is not used and nothing is said of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CompositeScheme {
    /// Of the ballot score.
    pub ballot: Weight,
    /// Of the indicators.
    pub indicators: Weight,
    /// Of the leaders' evaluation.
    pub leaders: Weight,
}

impl CompositeScheme {
    /// The composite of an office that uses ballots only.
    #[must_use]
    pub fn ballot_only() -> Self {
        Self {
            ballot: Exact::one(),
            indicators: Exact::zero(),
            leaders: Exact::zero(),
        }
    }

    /// The weight of a source.
    #[must_use]
    pub const fn weight(&self, source: Source) -> &Weight {
        match source {
            Source::Ballot => &self.ballot,
            Source::Indicators => &self.indicators,
            Source::Leaders => &self.leaders,
        }
    }

    fn uses(&self, source: Source) -> bool {
        !self.weight(source).is_zero()
    }
}

/// One leader's evaluation of one presenter.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Evaluation {
    /// How much this leader's word weighs among the leaders'.
    pub weight: Weight,
    /// The points given.
    pub points: Value,
}

/// What is known of one presenter.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sources {
    /// s(p) of the sheet.
    pub ballot: Option<Exact>,
    /// The unit's attainment (a part of 1) times the value of the best grade; `None` without indicators.
    pub indicators: Option<Exact>,
    /// The evaluations given; empty where no leader gave one.
    pub leaders: Vec<Evaluation>,
}

/// The composites of all presenters with what has to be said about them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Composite {
    /// In the order of the form.
    pub presenters: Vec<CompositeScore>,
    /// Redistributions and what was left out.
    pub statements: Vec<CompositeStatement>,
}

/// The composite of one presenter.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CompositeScore {
    /// Σ W·s ÷ Σ W over the sources that are there; `None` where none is.
    pub score: Option<Exact>,
    /// The place among all.
    pub rank: Option<Rank>,
    /// The sources of the scheme that are there, with the parts of 1 with which they count.
    pub parts: Vec<SourceScore>,
    /// The evaluations the leaders' mean is made of.
    pub evaluations: Vec<Evaluation>,
}

/// What one source says of a presenter.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SourceScore {
    /// Which.
    pub source: Source,
    /// Its points.
    pub points: Exact,
    /// The part of 1 with which it counts, after redistribution.
    pub part: Exact,
}

impl CompositeScore {
    /// The points of a source, `None` where it does not count.
    #[must_use]
    pub fn points(&self, source: Source) -> Option<&Exact> {
        let found = self.parts.iter().find(|part| part.source == source)?;
        Some(&found.points)
    }
}

impl Composite {
    /// Works out the composites; `full` is the value of the best grade.
    ///
    /// # Errors
    /// [`ScoringError::NoWeight`] where no source, or for a presenter no leader, weighs anything;
    /// [`ScoringError::AboveFull`] where a source has more points than there are.
    pub fn new(
        scheme: &CompositeScheme,
        full: &Value,
        presenters: &[Sources],
    ) -> Result<Self, ScoringError> {
        if !Source::ALL.into_iter().any(|source| scheme.uses(source)) {
            return Err(ScoringError::NoWeight);
        }
        for (presenter, sources) in presenters.iter().enumerate() {
            check(scheme, full, presenter, sources)?;
        }
        let mut scores: Vec<CompositeScore> = presenters
            .iter()
            .map(|sources| score(scheme, sources))
            .collect();
        let values: Vec<Option<&Exact>> = scores.iter().map(|score| score.score.as_ref()).collect();
        for (presenter, rank) in ranks(&values).into_iter().enumerate() {
            scores[presenter].rank = rank;
        }
        let statements = statement::statements(scheme, &scores);
        Ok(Self {
            presenters: scores,
            statements,
        })
    }

    /// The working of one presenter's composite, shown with so many places. Empty for a number that is no presenter and
    /// where no source is there.
    #[must_use]
    pub fn working(
        &self,
        scheme: &CompositeScheme,
        presenter: usize,
        places: u8,
    ) -> Vec<CompositeStep> {
        let found = self.presenters.get(presenter);
        found.map_or_else(Vec::new, |score| working::steps(scheme, score, places))
    }
}

fn check(
    scheme: &CompositeScheme,
    full: &Value,
    presenter: usize,
    sources: &Sources,
) -> Result<(), ScoringError> {
    let above = |points: Option<&Exact>| points.is_some_and(|points| points > full);
    let leaders = sources.leaders.iter();
    let leader_above = leaders
        .clone()
        .any(|evaluation| above(Some(&evaluation.points)));
    for (source, wrong) in [
        (Source::Ballot, above(sources.ballot.as_ref())),
        (Source::Indicators, above(sources.indicators.as_ref())),
        (Source::Leaders, leader_above),
    ] {
        if wrong && scheme.uses(source) {
            return Err(ScoringError::AboveFull {
                presenter,
                from: source,
            });
        }
    }
    if scheme.uses(Source::Leaders)
        && !sources.leaders.is_empty()
        && leaders
            .map(|evaluation| &evaluation.weight)
            .all(Weight::is_zero)
    {
        return Err(ScoringError::NoWeight);
    }
    Ok(())
}

fn leaders_quotient(evaluations: &[Evaluation]) -> Quotient {
    let terms = evaluations
        .iter()
        .enumerate()
        .map(|(leader, found)| (leader, found.weight.clone(), found.points.clone()));
    Quotient::new(terms.collect(), false)
}

fn composite_quotient(scheme: &CompositeScheme, parts: &[SourceScore]) -> Quotient {
    let terms = parts.iter().map(|part| {
        let weight = scheme.weight(part.source).clone();
        (part.source.index(), weight, part.points.clone())
    });
    Quotient::new(terms.collect(), false)
}

fn score(scheme: &CompositeScheme, sources: &Sources) -> CompositeScore {
    let points = |source: Source| match source {
        Source::Ballot => sources.ballot.clone(),
        Source::Indicators => sources.indicators.clone(),
        Source::Leaders => leaders_quotient(&sources.leaders).value(),
    };
    let used: Vec<(Source, Exact)> = Source::ALL
        .into_iter()
        .filter(|&source| scheme.uses(source))
        .filter_map(|source| Some((source, points(source)?)))
        .collect();
    let total: Exact = used
        .iter()
        .map(|(source, _)| scheme.weight(*source).clone())
        .sum();
    let parts: Vec<SourceScore> = used
        .into_iter()
        .filter_map(|(source, points)| {
            Some(SourceScore {
                source,
                points,
                part: scheme.weight(source).checked_div(&total)?,
            })
        })
        .collect();
    CompositeScore {
        score: composite_quotient(scheme, &parts).value(),
        rank: None,
        evaluations: if scheme.uses(Source::Leaders) {
            sources.leaders.clone()
        } else {
            Vec::new()
        },
        parts,
    }
}
