//! Composite and grades with the working behind them (docs/report-contract.md §4).

use std::collections::BTreeMap;

use pingyi_domain::record::{Date, IndicatorId, Measure, UnitId};
use pingyi_domain::{AppraisalConfig, AppraisalId, PresenterCode};
use pingyi_scoring::{CompositeStep, Exact, Finding, Source};
use serde::{Deserialize, Serialize};

use super::{RankView, ScoreView, Statement};
use crate::HistoryLine;

/// Composite and grades as they were worked out with the result; stored, and never worked out anew.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct GradesWorked {
    /// Digits after the point.
    pub places: u8,
    /// The value of the best grade of the form, exact.
    pub full: String,
    /// The day the boxes were closed, up to which indicators were counted; none in what older versions counted.
    pub on: Option<Date>,
    /// The grades that can be proposed, best first.
    pub grades: Vec<GradeName>,
    /// In the order of the configuration.
    pub presenters: Vec<GradeTable>,
    /// `source_missing` (source, weight), `redistributed_sources` (parts), `source_missing_for`,
    /// `redistributed_sources_for`, `no_composite`, as in `pingyi_scoring::CompositeStatement`.
    pub statements: Vec<Statement>,
    /// What the cap on the best grade did.
    pub cap: Option<CapLine>,
}

/// A grade that can be proposed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct GradeName {
    /// Its name.
    pub label: String,
    /// Its cut point, exact.
    pub from: String,
}

/// What the cap on the best grade did.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CapLine {
    /// The places there are.
    pub places: usize,
    /// How many presenters have a composite.
    pub of: usize,
    /// How many would have the best grade without it.
    pub reached: usize,
    /// How many have it.
    pub given: usize,
    /// Those who tie where the places run out.
    pub tied: Vec<PresenterCode>,
}

/// One presenter.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct GradeTable {
    /// Code.
    pub code: PresenterCode,
    /// Post.
    pub title: String,
    /// Unit, as on the form.
    pub unit: String,
    /// What the sources say, those that count.
    pub sources: Vec<SourceLine>,
    /// The composite; none where no source is there.
    pub composite: Option<ScoreView>,
    /// Where it puts them, and how sure that is.
    pub rank: Option<RankView>,
    /// How many share the place.
    pub shared_by: usize,
    /// From the sources to the composite.
    pub working: Vec<CompositeStep>,
    /// The grade proposed, by its place among the grades.
    pub proposed: Option<usize>,
    /// How it came about.
    pub steps: Vec<GradeLine>,
    /// What is known beside the ballots.
    pub beside: Beside,
}

/// One source of a composite.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SourceLine {
    /// Which.
    pub source: Source,
    /// Its weight as set, exact.
    pub weight: String,
    /// The part of 1 with which it counts.
    pub part: String,
    /// Its points.
    pub points: ScoreView,
}

/// One step of the way to a grade: `cut` (grade, score, from), `below_cuts` (score, lowest), `floor` (floor, found, grade),
/// `capped` (places, grade), `tied_open` and `tied_in` (left, tied, grade); grades by their place.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct GradeLine {
    /// Which.
    pub code: String,
    /// Its numbers, by name.
    pub args: BTreeMap<String, String>,
}

/// What is known of a presenter beside the ballots.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Beside {
    /// The unit of the record, where the presenter is tied to one.
    pub unit: Option<UnitId>,
    /// Its name at the time.
    pub unit_name: String,
    /// What the record says of it; none without indicators that have a target and weigh something.
    pub indicators: Option<IndicatorsWorked>,
    /// What the leaders gave; none where no leader gave anything.
    pub leaders: Option<LeadersWorked>,
}

/// The indicators of a unit, with what each says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct IndicatorsWorked {
    /// The year they are of.
    pub year: i32,
    /// One each.
    pub lines: Vec<IndicatorWorked>,
}

/// One indicator of a unit on the day of closing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct IndicatorWorked {
    /// Which.
    pub id: IndicatorId,
    /// What it is called.
    pub name: String,
    /// What is counted.
    pub measure: Measure,
    /// Its weight.
    pub weight: i64,
    /// The figure as text: `45`, `83.5`, `44/99`; empty where there was nothing to count from.
    pub figure: String,
    /// The target as text; percent for a rate; empty where there was none.
    pub target: String,
    /// How much of the target is reached, at most whole: above and below the stroke; none where it is not judged, and
    /// then its weight is left out.
    pub reached: Option<(u64, u64)>,
}

/// What the leaders gave one presenter together. Who gave what is nobody's but the leader's.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct LeadersWorked {
    /// How many leaders gave points.
    pub count: u32,
    /// The sum in hundredths, each from 0 to 100.
    pub hundredths: u64,
}

impl IndicatorWorked {
    /// How much of the target is reached, exact.
    #[must_use]
    pub fn part(&self) -> Option<Exact> {
        let (part, whole) = self.reached?;
        Exact::ratio(part, whole)
    }

    /// Its weight, exact.
    #[must_use]
    pub fn weighs(&self) -> Exact {
        Exact::from(u64::try_from(self.weight).unwrap_or(0))
    }
}

impl IndicatorsWorked {
    /// Those that count, with weight and part.
    pub fn counting(&self) -> impl Iterator<Item = (&IndicatorWorked, Exact, Exact)> {
        self.lines
            .iter()
            .filter_map(|line| Some((line, line.weighs(), line.part()?)))
    }

    /// Σ weight × reached.
    #[must_use]
    pub fn sum(&self) -> Exact {
        let terms = self.counting();
        terms.map(|(_, weight, part)| &weight * &part).sum()
    }

    /// Σ weight.
    #[must_use]
    pub fn divisor(&self) -> Exact {
        self.counting().map(|(_, weight, _)| weight).sum()
    }

    /// The unit score: a part of 1; none where nothing counts.
    #[must_use]
    pub fn score(&self) -> Option<Exact> {
        self.sum().checked_div(&self.divisor())
    }
}

impl LeadersWorked {
    /// The sum, from 0 to 100 for each leader.
    ///
    /// # Panics
    /// Never: the denominator is a hundred.
    #[must_use]
    pub fn sum(&self) -> Exact {
        Exact::ratio(self.hundredths, 100).expect("the denominator is a hundred")
    }

    /// The mean, from 0 to 100.
    #[must_use]
    pub fn mean(&self) -> Option<Exact> {
        self.sum().checked_div(&Exact::from(self.count))
    }
}

/// The page of the grades.
#[derive(Debug, Clone)]
pub struct GradesView {
    /// The appraisal.
    pub id: AppraisalId,
    /// Its state.
    pub state: String,
    /// Whether it is a rehearsal.
    pub rehearsal: bool,
    /// Whether leaders may see it: after release or keeping.
    pub shown_to_leaders: bool,
    /// The configuration, which has the rules.
    pub config: AppraisalConfig,
    /// Composite and grades; none before the count.
    pub worked: Option<GradesWorked>,
    /// What the committee decided, in the order of the configuration.
    pub decisions: Vec<DecisionView>,
    /// Sum of the versions of the decisions: what a form or a confirmation started from.
    pub version: i64,
    /// What all decisions together have to be told.
    pub findings: Vec<Finding>,
    /// How many leaders there are, and how many have evaluated everybody.
    pub leaders: (usize, usize),
    /// The lines of the audit trail about grades and evaluations, the latest first.
    pub history: Vec<HistoryLine>,
    /// Whether decisions can still be entered and confirmed.
    pub decidable: bool,
}

/// The decision on one presenter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DecisionView {
    /// The presenter.
    pub presenter: PresenterCode,
    /// The grade, by its place; none where nothing is decided.
    pub grade: Option<usize>,
    /// Why, where it is not the one proposed.
    pub reason: String,
    /// Name of who entered it.
    pub entered_by: String,
    /// Name of who confirmed it.
    pub confirmed_by: Option<String>,
}

/// What one leader gives.
#[derive(Debug, Clone)]
pub struct EvaluationView {
    /// The appraisal.
    pub id: AppraisalId,
    /// Its title.
    pub title: String,
    /// Its state.
    pub state: String,
    /// Whether it is a rehearsal.
    pub rehearsal: bool,
    /// Whether points can be given now.
    pub open: bool,
    /// Whether the leaders' evaluation counts in this appraisal.
    pub used: bool,
    /// Presenters in the order of the meeting, with the points given.
    pub lines: Vec<EvaluationLine>,
}

/// One presenter in a leader's evaluation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EvaluationLine {
    /// Code.
    pub code: PresenterCode,
    /// Post.
    pub title: String,
    /// Unit, as on the form.
    pub unit: String,
    /// The points given, as typed; empty without.
    pub points: String,
}
