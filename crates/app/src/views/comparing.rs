//! Other weights on the same counts, and two years side by side (docs/report-contract.md §4).

use pingyi_domain::config::FloorRule;
use pingyi_domain::record::FieldProblem;
use pingyi_domain::{AppraisalConfig, AppraisalId, PresenterCode};
use pingyi_scoring::{Difference, Standing, Warning};

/// An appraisal to choose from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Basis {
    /// Id.
    pub id: AppraisalId,
    /// Title.
    pub title: String,
    /// Year appraised.
    pub year: i64,
}

/// What would move under other weights.
#[derive(Debug, Clone)]
pub struct WhatIfView {
    /// The draft.
    pub id: AppraisalId,
    /// Its title.
    pub title: String,
    /// Released appraisals, the latest first.
    pub bases: Vec<Basis>,
    /// The one whose counts are used, with its configuration and where everybody stands; none without any.
    pub tried: Option<Tried>,
}

/// One released appraisal worked out by two methods.
#[derive(Debug, Clone)]
pub struct Tried {
    /// Whose counts are used.
    pub basis: Basis,
    /// Its configuration: what was in force.
    pub config: AppraisalConfig,
    /// Weights, values, cut points and cap as they are tried, by the name of their field.
    pub fields: Vec<WhatIfField>,
    /// The draft's floors; field `floor.0` is the bound of the first.
    pub floors: Vec<FloorRule>,
    /// Names of the grades that are tried, best first.
    pub grades: Vec<String>,
    /// Fields that cannot be read; those keep what the draft says.
    pub problems: Vec<FieldProblem>,
    /// Presenters in the order of the form, before and after; empty where the numbers do not fit each other.
    pub moves: Vec<Moved>,
}

/// One number that can be changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WhatIfField {
    /// What it belongs to.
    pub group: WhatIfGroup,
    /// Name in the form, such as `item.overall`.
    pub name: String,
    /// What it is called, where it has a name of the form; empty for the rest.
    pub label: String,
    /// As typed, or as the draft has it.
    pub value: String,
    /// What was in force; empty for nothing.
    pub was: String,
}

/// What a number belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WhatIfGroup {
    /// Weight of a source.
    Composite,
    /// Weight of a category.
    Category,
    /// Weight of an item.
    Item,
    /// Value of a grade of the form.
    Value,
    /// Cut point of a grade proposed.
    Cut,
    /// How many may have the best grade.
    Cap,
    /// What becomes of those who tie there.
    Ties,
    /// Below what a floor bites.
    Floor,
}

/// One presenter under two methods.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Moved {
    /// Code.
    pub code: PresenterCode,
    /// Post.
    pub title: String,
    /// As it was.
    pub before: Standing,
    /// As it would be.
    pub after: Standing,
    /// The grade that was proposed.
    pub grade_before: Option<String>,
    /// The grade that would be.
    pub grade_after: Option<String>,
}

/// Two years side by side.
#[derive(Debug, Clone)]
pub struct CompareView {
    /// The later one.
    pub now: Basis,
    /// Whether it is a rehearsal.
    pub rehearsal: bool,
    /// Whether leaders may see it.
    pub shown_to_leaders: bool,
    /// Earlier ones to choose from.
    pub bases: Vec<Basis>,
    /// Digits after the point.
    pub places: u8,
    /// The comparison; none without an earlier year.
    pub years: Option<TwoYears>,
}

/// The comparison itself.
#[derive(Debug, Clone)]
pub struct TwoYears {
    /// The earlier one.
    pub before: Basis,
    /// Why they are not measured alike.
    pub warnings: Vec<Warning>,
    /// Items of the later year.
    pub items: Vec<String>,
    /// Categories of the later year.
    pub categories: Vec<String>,
    /// Presenters of the later year.
    pub presenters: Vec<TwoYearsLine>,
    /// Presenters of the earlier year who are no longer there.
    pub gone: Vec<String>,
}

/// One presenter in two years.
#[derive(Debug, Clone)]
pub struct TwoYearsLine {
    /// Post.
    pub title: String,
    /// Unit.
    pub unit: String,
    /// The year before; none for one who was not there.
    pub before: Option<Standing>,
    /// This year.
    pub now: Standing,
    /// The composite.
    pub score: Difference,
    /// The ballot score.
    pub ballot: Difference,
    /// In the order of the items.
    pub items: Vec<Difference>,
    /// In the order of the categories.
    pub categories: Vec<Difference>,
}
