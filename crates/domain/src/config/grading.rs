//! What a composite is made of and what keeps a grade down, as the office sets it up (domain.md §8).

use serde::{Deserialize, Serialize};

use pingyi_scoring::{CompositeScheme, Exact, Source, Weight};

use crate::codes::ItemCode;

/// The weights of the composite's sources. A source of weight nought is not used.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct CompositeWeights {
    /// Of the ballot score (民主测评).
    pub ballot: Weight,
    /// Of the unit's indicators (平时考核).
    pub indicators: Weight,
    /// Of the leaders' evaluation (领导评价).
    pub leaders: Weight,
    /// The year whose indicators count; the year appraised where nothing is said.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub indicators_year: Option<u16>,
}

impl Default for CompositeWeights {
    fn default() -> Self {
        Self {
            ballot: Exact::one(),
            indicators: Exact::zero(),
            leaders: Exact::zero(),
            indicators_year: None,
        }
    }
}

impl CompositeWeights {
    /// Whether the ballots alone make the composite, as where nothing was set up.
    #[must_use]
    pub fn is_ballot_only(&self) -> bool {
        *self == Self::default()
    }

    /// Whether a source weighs something.
    #[must_use]
    pub fn uses(&self, source: Source) -> bool {
        !self.scheme().weight(source).is_zero()
    }

    /// As the scoring crate takes them.
    #[must_use]
    pub fn scheme(&self) -> CompositeScheme {
        CompositeScheme {
            ballot: self.ballot.clone(),
            indicators: self.indicators.clone(),
            leaders: self.leaders.clone(),
        }
    }
}

/// A rule that keeps a presenter at a grade or below it, by codes and names, which survive when rows are moved.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case", deny_unknown_fields)]
pub enum FloorRule {
    /// Too few of the marks are in the best grades of the form (优秀+称职 不足三分之二).
    Marks {
        /// On this item; on all together where none is named.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        item: Option<ItemCode>,
        /// How many of the form's grades, from the best.
        best: u32,
        /// Below which part of 1.
        below: Exact,
        /// The best grade left, by its name.
        at_most: String,
    },
    /// A source of the composite has too few points.
    Points {
        /// The source.
        source: Source,
        /// Below how many points.
        below: Exact,
        /// The best grade left, by its name.
        at_most: String,
    },
}

impl FloorRule {
    /// Below what it bites: a part of 1, or points.
    #[must_use]
    pub const fn below(&self) -> &Exact {
        match self {
            Self::Marks { below, .. } | Self::Points { below, .. } => below,
        }
    }

    /// The same rule with another bound.
    #[must_use]
    pub fn with(&self, bound: Exact) -> Self {
        let mut rule = self.clone();
        match &mut rule {
            Self::Marks { below, .. } | Self::Points { below, .. } => *below = bound,
        }
        rule
    }

    /// Whether another rule looks at the same, whatever its bound.
    #[must_use]
    pub fn is_like(&self, other: &Self) -> bool {
        self.with(other.below().clone()) == *other
    }

    /// The best grade left, by its name.
    #[must_use]
    pub fn at_most(&self) -> &str {
        match self {
            Self::Marks { at_most, .. } | Self::Points { at_most, .. } => at_most,
        }
    }
}
