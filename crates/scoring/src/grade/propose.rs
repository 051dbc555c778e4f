//! Cut points, then floors, then the cap; each step that changed something is kept.

use serde::{Deserialize, Serialize};

use super::{Cap, Floor, GradeRules, Ties};
use crate::composite::{Composite, CompositeScore};
use crate::error::ScoringError;
use crate::exact::Exact;
use crate::scheme::Scheme;
use crate::sheet::{PresenterScore, Sheet};

/// The grades proposed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Proposals {
    /// In the order of the form.
    pub presenters: Vec<Proposal>,
    /// What the cap did; `None` without one.
    pub cap: Option<CapNote>,
}

/// The grade proposed for one presenter.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Proposal {
    /// The grade; `None` without a composite, without cut points or below the last of them.
    pub grade: Option<usize>,
    /// How it came about, in order.
    pub steps: Vec<GradeStep>,
}

impl Proposal {
    /// Whether the presenter shares the composite at which the places of the best grade ran out.
    #[must_use]
    pub fn tied(&self) -> bool {
        self.steps
            .iter()
            .any(|step| matches!(step, GradeStep::TiedAtCap { .. }))
    }
}

/// One step of the way to a grade.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "step", rename_all = "snake_case")]
pub enum GradeStep {
    /// The composite reaches a cut point.
    Cut {
        /// The grade of the cut point.
        grade: usize,
        /// The composite.
        score: Exact,
        /// The cut point.
        from: Exact,
    },
    /// The composite is below every cut point.
    BelowCuts {
        /// The composite.
        score: Exact,
        /// The lowest cut point.
        lowest: Exact,
    },
    /// A floor took a better grade away.
    Floor {
        /// Which of the rules, from 0.
        floor: usize,
        /// The part of 1 or the points found.
        found: Exact,
        /// The grade left.
        grade: usize,
    },
    /// The places of the best grade went to better composites.
    Capped {
        /// The places there are.
        places: usize,
        /// The grade left.
        grade: usize,
    },
    /// Equal composites stand where the places run out. A tie is broken by the committee, never by arithmetic: none of them
    /// is given a place, or all are ([`Ties`]).
    TiedAtCap {
        /// The places left for those who tie.
        left: usize,
        /// How many tie, this presenter included.
        tied: usize,
        /// The grade proposed to each of them.
        grade: usize,
    },
}

/// What the cap on the best grade did.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CapNote {
    /// The places there are.
    pub places: usize,
    /// How many presenters have a composite.
    pub of: usize,
    /// How many would have the best grade without it.
    pub reached: usize,
    /// How many have it; more than `places` only where all who tie are let in.
    pub given: usize,
    /// Those who tie where the places run out, in the order of the form.
    pub tied: Vec<usize>,
}

/// Proposes the grades.
///
/// # Errors
/// [`ScoringError`] where rules, form, sheet and composite do not fit each other.
pub fn propose(
    rules: &GradeRules,
    scheme: &Scheme,
    sheet: &Sheet,
    composite: &Composite,
) -> Result<Proposals, ScoringError> {
    rules.check(scheme)?;
    if sheet.presenters.len() != composite.presenters.len() {
        return Err(ScoringError::Presenters {
            given: composite.presenters.len(),
            expected: sheet.presenters.len(),
        });
    }
    let mut presenters: Vec<Proposal> = sheet
        .presenters
        .iter()
        .zip(&composite.presenters)
        .map(|(marks, score)| {
            let mut proposal = by_cut(rules, score);
            for (number, floor) in rules.floors.iter().enumerate() {
                apply_floor(&mut proposal, number, floor, scheme, marks, score);
            }
            proposal
        })
        .collect();
    let cap = rules
        .cap
        .as_ref()
        .map(|cap| apply_cap(cap, rules.ties, composite, &mut presenters));
    Ok(Proposals { presenters, cap })
}

fn by_cut(rules: &GradeRules, score: &CompositeScore) -> Proposal {
    let Some((score, lowest)) = score.score.as_ref().zip(rules.cuts.last()) else {
        return Proposal {
            grade: None,
            steps: Vec::new(),
        };
    };
    let grade = rules.cuts.iter().position(|cut| score >= cut);
    let step = match grade {
        Some(grade) => GradeStep::Cut {
            grade,
            score: score.clone(),
            from: rules.cuts[grade].clone(),
        },
        None => GradeStep::BelowCuts {
            score: score.clone(),
            lowest: lowest.clone(),
        },
    };
    Proposal {
        grade,
        steps: vec![step],
    }
}

fn apply_floor(
    proposal: &mut Proposal,
    number: usize,
    floor: &Floor,
    scheme: &Scheme,
    marks: &PresenterScore,
    score: &CompositeScore,
) {
    let (found, below) = match floor {
        Floor::Marks {
            item, best, below, ..
        } => (share_of_best(scheme, marks, *item, *best), below),
        Floor::Points { source, below, .. } => (score.points(*source).cloned(), below),
    };
    let Some(found) = found.filter(|found| found < below) else {
        return;
    };
    if proposal.grade.is_some_and(|grade| grade < floor.at_most()) {
        proposal.grade = Some(floor.at_most());
        proposal.steps.push(GradeStep::Floor {
            floor: number,
            found,
            grade: floor.at_most(),
        });
    }
}

/// The part of the marks in the best grades of the form, over the categories that count; `None` without a mark.
fn share_of_best(
    scheme: &Scheme,
    marks: &PresenterScore,
    item: Option<usize>,
    best: usize,
) -> Option<Exact> {
    let (mut part, mut whole) = (0_u64, 0_u64);
    for category in marks.categories.iter().filter(|found| found.mean.is_some()) {
        for (place, row) in category.items.iter().enumerate() {
            if item.is_some_and(|item| item != place) {
                continue;
            }
            for (grade, (value, count)) in scheme.grades.iter().zip(&row.counts).enumerate() {
                if value.is_some() {
                    // 100 presenters' ballots of 30,000 raters in 26 categories on 20 items stay far below 2^64.
                    whole += count;
                    part += if grade < best { *count } else { 0 };
                }
            }
        }
    }
    Exact::ratio(part, whole)
}

/// Who would have the best grade without a cap, with their composites, best first.
fn reaching_best<'a>(composite: &'a Composite, proposals: &[Proposal]) -> Vec<(usize, &'a Exact)> {
    let mut best: Vec<(usize, &Exact)> = proposals
        .iter()
        .zip(&composite.presenters)
        .enumerate()
        .filter(|(_, (proposal, _))| proposal.grade == Some(0))
        .filter_map(|(presenter, (_, found))| Some((presenter, found.score.as_ref()?)))
        .collect();
    // A stable sort: equal composites stay in the order of the form, which decides nothing.
    best.sort_by(|one, two| two.1.cmp(one.1));
    best
}

/// Gives the places of the best grade from the top down; those left over fall to the second grade, which the rules have
/// where they have a cap.
fn apply_cap(
    cap: &Cap,
    at_cut: Ties,
    composite: &Composite,
    proposals: &mut [Proposal],
) -> CapNote {
    let of = composite
        .presenters
        .iter()
        .filter(|found| found.score.is_some())
        .count();
    let places = cap.places(of);
    let best = reaching_best(composite, proposals);
    let mut note = CapNote {
        places,
        of,
        reached: best.len(),
        given: 0,
        tied: Vec::new(),
    };
    let mut rest = best.as_slice();
    while let Some((_, score)) = rest.first() {
        let equal = rest.partition_point(|(_, other)| other == score);
        if note.given + equal > places {
            break;
        }
        note.given += equal;
        rest = &rest[equal..];
    }
    let left = places - note.given;
    let tied = match rest.first() {
        Some((_, score)) if left > 0 => rest.partition_point(|(_, other)| other == score),
        _ => 0,
    };
    let tied_grade = match at_cut {
        Ties::Open => 1,
        Ties::AllIn => {
            note.given += tied;
            0
        }
    };
    for (place, &(presenter, _)) in rest.iter().enumerate() {
        let (grade, step) = if place < tied {
            note.tied.push(presenter);
            let grade = tied_grade;
            (grade, GradeStep::TiedAtCap { left, tied, grade })
        } else {
            (1, GradeStep::Capped { places, grade: 1 })
        };
        proposals[presenter].grade = Some(grade);
        proposals[presenter].steps.push(step);
    }
    note
}
