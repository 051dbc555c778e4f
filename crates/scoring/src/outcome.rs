//! A whole outcome from a method and what is known, and what would move under another method (what-if).

use serde::{Deserialize, Serialize};

use crate::composite::{Composite, CompositeScheme, Evaluation, Sources};
use crate::error::ScoringError;
use crate::exact::{Exact, Value};
use crate::grade::{GradeRules, Proposals, propose};
use crate::rank::Rank;
use crate::scheme::{BoxCounts, Scheme};
use crate::sheet::Sheet;

/// Everything that is fixed before the vote: the form's numbers, the composite's weights, the rules of the grades.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Method {
    /// Grades, items and categories.
    pub scheme: Scheme,
    /// The sources and their weights.
    pub composite: CompositeScheme,
    /// Cut points, cap and floors.
    pub rules: GradeRules,
}

/// Everything that is known afterwards.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Known {
    /// The counts of the boxes, in the order of the categories.
    pub boxes: Vec<BoxCounts>,
    /// What is known of each presenter beside the ballots, in the order of the form.
    pub presenters: Vec<Beside>,
}

/// What is known of one presenter beside the ballots.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Beside {
    /// The unit's attainment of its indicators: a part of 1.
    pub indicators: Option<Exact>,
    /// The leaders' evaluations, in points of the form.
    pub leaders: Vec<Evaluation>,
}

/// The scores, composites and grades.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Outcome {
    /// Ballot scores.
    pub sheet: Sheet,
    /// Composites.
    pub composite: Composite,
    /// Grades proposed.
    pub proposals: Proposals,
}

impl Method {
    /// The value of the best grade of the form: the most points a presenter can have.
    ///
    /// # Errors
    /// [`ScoringError::NoValue`] where no grade has one.
    pub fn full(&self) -> Result<&Value, ScoringError> {
        let values = self.scheme.grades.iter().flatten();
        values.max().ok_or(ScoringError::NoValue)
    }

    /// The outcome of what is known.
    ///
    /// # Errors
    /// [`ScoringError`] where method and counts do not fit each other.
    pub fn outcome(&self, known: &Known) -> Result<Outcome, ScoringError> {
        let sheet = Sheet::new(&self.scheme, known.presenters.len(), &known.boxes)?;
        let full = self.full()?;
        let sources: Vec<Sources> = sheet
            .presenters
            .iter()
            .zip(&known.presenters)
            .map(|(score, beside)| Sources {
                ballot: score.score.clone(),
                indicators: beside.indicators.as_ref().map(|part| part * full),
                leaders: beside.leaders.clone(),
            })
            .collect();
        let composite = Composite::new(&self.composite, full, &sources)?;
        let proposals = propose(&self.rules, &self.scheme, &sheet, &composite)?;
        Ok(Outcome {
            sheet,
            composite,
            proposals,
        })
    }
}

/// Where a presenter stands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Standing {
    /// The composite.
    pub score: Option<Exact>,
    /// The place by it.
    pub rank: Option<Rank>,
    /// The grade proposed.
    pub grade: Option<usize>,
}

/// One presenter under two methods.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Move {
    /// The presenter.
    pub presenter: usize,
    /// Under the first method.
    pub before: Standing,
    /// Under the second.
    pub after: Standing,
}

impl Move {
    /// Whether the place is another one.
    #[must_use]
    pub fn rank_moves(&self) -> bool {
        self.before.rank.map(|rank| rank.place) != self.after.rank.map(|rank| rank.place)
    }

    /// Whether another grade would be proposed.
    #[must_use]
    pub fn grade_moves(&self) -> bool {
        self.before.grade != self.after.grade
    }
}

impl Outcome {
    /// Where a presenter of the form stands; nowhere for a number that is no presenter.
    #[must_use]
    pub fn standing(&self, presenter: usize) -> Standing {
        let found = self.composite.presenters.get(presenter);
        let proposal = self.proposals.presenters.get(presenter);
        Standing {
            score: found.and_then(|found| found.score.clone()),
            rank: found.and_then(|found| found.rank),
            grade: proposal.and_then(|proposal| proposal.grade),
        }
    }
}

/// The same counts under another method: every presenter, in the order of the form.
///
/// # Errors
/// [`ScoringError`] where one of the methods does not fit the counts.
pub fn what_if(method: &Method, other: &Method, known: &Known) -> Result<Vec<Move>, ScoringError> {
    let (before, after) = (method.outcome(known)?, other.outcome(known)?);
    let moves = (0..known.presenters.len()).map(|presenter| Move {
        presenter,
        before: before.standing(presenter),
        after: after.standing(presenter),
    });
    Ok(moves.collect())
}
