//! What the committee decides: the proposal, or something else with a reason.

use serde::{Deserialize, Serialize};
use thiserror::Error;

use super::propose::Proposals;

/// A grade decided for one presenter. One that is not the proposal carries its reason, and cannot be made without.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Decision {
    proposed: Option<usize>,
    decided: usize,
    reason: Option<String>,
}

/// Why a decision cannot be made so.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum DecisionError {
    /// There is no such grade.
    #[error("there is no grade {grade}: the rules have {grades}")]
    NoSuchGrade {
        /// The grade, from 0.
        grade: usize,
        /// The grades there are.
        grades: usize,
    },
    /// Another grade than the one proposed, and no reason.
    #[error("a grade other than the one proposed needs a reason")]
    ReasonMissing,
}

impl Decision {
    /// Decides a grade among so many. Where nothing was proposed, every grade needs its reason.
    ///
    /// # Errors
    /// [`DecisionError`].
    pub fn new(
        proposed: Option<usize>,
        decided: usize,
        grades: usize,
        reason: Option<&str>,
    ) -> Result<Self, DecisionError> {
        if decided >= grades {
            let grade = decided;
            return Err(DecisionError::NoSuchGrade { grade, grades });
        }
        let reason = reason.map(str::trim).filter(|reason| !reason.is_empty());
        if proposed != Some(decided) && reason.is_none() {
            return Err(DecisionError::ReasonMissing);
        }
        Ok(Self {
            proposed,
            decided,
            reason: reason.map(str::to_owned),
        })
    }

    /// The grade the rules proposed.
    #[must_use]
    pub const fn proposed(&self) -> Option<usize> {
        self.proposed
    }

    /// The grade decided.
    #[must_use]
    pub const fn decided(&self) -> usize {
        self.decided
    }

    /// The reason, where one was given.
    #[must_use]
    pub fn reason(&self) -> Option<&str> {
        self.reason.as_deref()
    }

    /// Whether the committee went another way than the rules.
    #[must_use]
    pub fn differs(&self) -> bool {
        self.proposed != Some(self.decided)
    }
}

/// What all decisions together have to be told; none of it forbids anything.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "code", rename_all = "snake_case")]
pub enum Finding {
    /// More have the best grade than there are places.
    AboveCap {
        /// The places.
        places: usize,
        /// How many have it.
        given: usize,
    },
    /// Equal composites have different grades.
    TieSplit {
        /// Those who tie at the cap, in the order of the form.
        tied: Vec<usize>,
    },
    /// Nothing is decided for a presenter.
    Undecided {
        /// The presenter.
        presenter: usize,
    },
}

/// Looks over the decisions, which stand in the order of the form.
#[must_use]
pub fn findings(proposals: &Proposals, decisions: &[Option<Decision>]) -> Vec<Finding> {
    let grade = |presenter: usize| {
        let decision = decisions.get(presenter).and_then(Option::as_ref);
        decision.map(Decision::decided)
    };
    let mut found = Vec::new();
    if let Some(cap) = &proposals.cap {
        let given = decisions
            .iter()
            .flatten()
            .filter(|decision| decision.decided == 0)
            .count();
        if given > cap.places {
            found.push(Finding::AboveCap {
                places: cap.places,
                given,
            });
        }
        let mut grades = cap.tied.iter().filter_map(|&presenter| grade(presenter));
        if let Some(first) = grades.next()
            && grades.any(|other| other != first)
        {
            found.push(Finding::TieSplit {
                tied: cap.tied.clone(),
            });
        }
    }
    found.extend(
        (0..proposals.presenters.len())
            .filter(|&presenter| grade(presenter).is_none())
            .map(|presenter| Finding::Undecided { presenter }),
    );
    found
}
