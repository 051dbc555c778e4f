//! The committee's decisions as a form: a grade for each presenter, and a reason where it is not the one proposed.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use pingyi_scoring::{Decision, DecisionError};

use crate::codes::PresenterCode;
use crate::record::{Check, FieldProblem};

/// What the rules proposed for one presenter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Proposed {
    /// The presenter.
    pub presenter: PresenterCode,
    /// The grade, from 0, the best; none where nothing was proposed.
    pub grade: Option<usize>,
}

/// The form, as it is sent.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DecisionsDraft {
    /// What stood there when the form was filled.
    pub version: i64,
    /// By code of the presenter; one who is not in it stays as they are.
    pub decisions: BTreeMap<String, DecisionDraft>,
}

/// One presenter's line of the form.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct DecisionDraft {
    /// Number of the grade, from 0; empty for not decided.
    pub grade: String,
    /// Up to 400 characters.
    pub reason: String,
}

impl DecisionsDraft {
    /// Reads the form against what was proposed, with so many grades.
    ///
    /// # Errors
    /// Everything wrong with it: rules `presenter`, `grade`, `reason_missing`, and those of a text.
    pub fn read(
        &self,
        proposed: &[Proposed],
        grades: usize,
    ) -> Result<Vec<(PresenterCode, Option<Decision>)>, Vec<FieldProblem>> {
        let mut check = Check::default();
        let mut read = Vec::with_capacity(self.decisions.len());
        for (code, line) in &self.decisions {
            let at = |field: &str| format!("decisions.{code}.{field}");
            let known = proposed.iter().find(|one| one.presenter.as_str() == code);
            check.demand(known.is_some(), &at("grade"), "presenter");
            let reason = check.lines(&at("reason"), &line.reason, 0..=400);
            let grade: Option<usize> = check.maybe(&at("grade"), &line.grade, "grade");
            let Some(known) = known else { continue };
            let decision =
                grade.map(|grade| Decision::new(known.grade, grade, grades, Some(reason.as_str())));
            let decision = match decision.transpose() {
                Ok(decision) => decision,
                Err(DecisionError::NoSuchGrade { .. }) => {
                    check.refuse(&at("grade"), "grade");
                    None
                }
                Err(DecisionError::ReasonMissing) => {
                    // A reason that breaks a rule of its own is no missing one.
                    let typed = !line.reason.trim().is_empty();
                    check.demand(typed, &at("reason"), "grade_reason_missing");
                    None
                }
            };
            read.push((known.presenter.clone(), decision));
        }
        check.done(Some(read))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn proposed() -> Vec<Proposed> {
        [("p1", Some(0)), ("p2", Some(1)), ("p3", None)]
            .map(|(code, grade)| Proposed {
                presenter: code.parse().unwrap(),
                grade,
            })
            .to_vec()
    }

    fn draft(lines: &[(&str, &str, &str)]) -> DecisionsDraft {
        let line = |&(code, grade, reason): &(&str, &str, &str)| {
            let line = DecisionDraft {
                grade: grade.to_owned(),
                reason: reason.to_owned(),
            };
            (code.to_owned(), line)
        };
        DecisionsDraft {
            version: 0,
            decisions: lines.iter().map(line).collect(),
        }
    }

    #[test]
    fn another_grade_than_the_one_proposed_needs_a_reason() {
        let read = draft(&[("p1", "0", ""), ("p2", "0", " 考察组意见 "), ("p3", "", "")])
            .read(&proposed(), 4)
            .unwrap();
        let grades: Vec<Option<(usize, Option<&str>)>> = read
            .iter()
            .map(|(_, found)| {
                found
                    .as_ref()
                    .map(|found| (found.decided(), found.reason()))
            })
            .collect();
        assert_eq!(
            grades,
            [Some((0, None)), Some((0, Some("考察组意见"))), None]
        );
    }

    #[test]
    fn everything_wrong_is_said_at_once() {
        let long = "字".repeat(401);
        let problems = draft(&[
            ("p1", "4", ""),
            ("p2", "0", ""),
            ("p3", "x", &long),
            ("p9", "0", ""),
        ])
        .read(&proposed(), 4)
        .unwrap_err();
        let said: Vec<String> = problems
            .into_iter()
            .map(|p| format!("{} {}", p.field, p.rule))
            .collect();
        assert_eq!(
            said,
            [
                "decisions.p1.grade grade",
                "decisions.p2.reason grade_reason_missing",
                "decisions.p3.reason too_long",
                "decisions.p3.grade grade",
                "decisions.p9.grade presenter",
            ]
        );
    }
}
