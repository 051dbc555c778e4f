//! The grade proposed from the composite: cut points, floors, a cap on the best grade (domain.md §8).
//!
//! A proposal decides nothing: the committee does, and says why where it differs ([`Decision`]).

mod decision;
mod propose;

use serde::{Deserialize, Serialize};

use crate::composite::Source;
use crate::error::ScoringError;
use crate::exact::Exact;
use crate::scheme::Scheme;
pub use decision::{Decision, DecisionError, Finding, findings};
pub use propose::{CapNote, GradeStep, Proposal, Proposals, propose};

/// The rules, fixed at sealing. Grades are numbers from 0, the best, in the order of the cut points.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct GradeRules {
    /// From which composite on a grade is proposed, best first, strictly falling. Below the last one none is proposed.
    pub cuts: Vec<Exact>,
    /// How many may have the best grade.
    pub cap: Option<Cap>,
    /// What becomes of those who tie where the places of the best grade run out.
    #[serde(default)]
    pub ties: Ties,
    /// What keeps a presenter from a better grade.
    pub floors: Vec<Floor>,
}

/// How many may have the best grade.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Cap {
    /// A part of 1 of the presenters who have a composite, rounded down: a third of nine is three, of eight two.
    Share(Exact),
    /// So many.
    Number(usize),
}

/// What becomes of those who tie where the places of the best grade run out.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Ties {
    /// None of them is proposed for a place: the committee decides among them, and the cap holds.
    #[default]
    Open,
    /// All of them are proposed, so that the best grade goes to more than the cap says; it is said by how many.
    AllIn,
}

impl Ties {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Open, Self::AllIn];

    /// On the wire.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::AllIn => "all_in",
        }
    }

    /// The one of this name.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|one| one.name() == name)
    }
}

impl Cap {
    /// The places there are among so many presenters.
    #[must_use]
    pub fn places(&self, presenters: usize) -> usize {
        match self {
            Self::Number(number) => *number,
            Self::Share(share) => {
                let all = u64::try_from(presenters).unwrap_or(u64::MAX);
                let allowed = (share * &Exact::from(all)).floor();
                usize::try_from(allowed).unwrap_or(usize::MAX)
            }
        }
    }
}

/// A rule that keeps a presenter at a grade or below it, however high the composite.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Floor {
    /// The part of the marks in the best grades of the form is too small (优秀+称职 不足三分之二): marks, abstentions aside, of
    /// all categories that count for the presenter, head by head.
    Marks {
        /// The item, from 0; all items together where none is named.
        item: Option<usize>,
        /// How many of the form's grades, from the best.
        best: usize,
        /// Below which part of 1 the rule bites.
        below: Exact,
        /// The best grade left.
        at_most: usize,
    },
    /// A source of the composite has too few points.
    Points {
        /// The source.
        source: Source,
        /// Below how many points the rule bites; a source that does not count has none and is left alone.
        below: Exact,
        /// The best grade left.
        at_most: usize,
    },
}

impl Floor {
    /// The best grade left where it bites.
    #[must_use]
    pub const fn at_most(&self) -> usize {
        match self {
            Self::Marks { at_most, .. } | Self::Points { at_most, .. } => *at_most,
        }
    }
}

impl GradeRules {
    /// Whether the rules fit each other and the form.
    ///
    /// # Errors
    /// The first rule that does not.
    pub fn check(&self, scheme: &Scheme) -> Result<(), ScoringError> {
        if let Some(cut) = self.cuts.windows(2).position(|pair| pair[0] <= pair[1]) {
            return Err(ScoringError::CutsNotFalling { cut: cut + 1 });
        }
        if let Some(Cap::Share(share)) = &self.cap
            && *share > Exact::one()
        {
            return Err(ScoringError::CapAboveAll);
        }
        if self.cap.is_some() && self.cuts.len() < 2 {
            return Err(ScoringError::CapWithoutSecondGrade);
        }
        let wrong = |floor: &Floor| {
            let outside = match floor {
                Floor::Marks {
                    item, best, below, ..
                } => {
                    item.is_some_and(|item| item >= scheme.items.len())
                        || *best == 0
                        || *best > scheme.grades.len()
                        || *below > Exact::one()
                }
                Floor::Points { .. } => false,
            };
            outside || floor.at_most() >= self.cuts.len()
        };
        match self.floors.iter().position(wrong) {
            Some(floor) => Err(ScoringError::Floor { floor }),
            None => Ok(()),
        }
    }
}
