//! The configuration of an appraisal (contract §2.1): what is set up in Draft and frozen by sealing.

mod checks;
mod extra;
mod grading;
mod limits;
mod presets;
mod problems;
mod questions;
mod scoring;

use serde::{Deserialize, Serialize};

use pingyi_scoring::{Cap, Ties, Value, Weight};

use crate::canonical;
use crate::codes::{CategoryCode, GradeCode, ItemCode, PresenterCode};
use crate::error::DomainError;
use crate::record::UnitId;

pub use extra::{PingyiExtra, TellerCount};
pub use grading::{CompositeWeights, FloorRule};
pub use limits::*;
pub use presets::FormPreset;
pub use problems::{Problem, ProblemCode};
pub use questions::QuestionText;

/// Everything the organiser sets up. Fields left out take the defaults of [`AppraisalConfig::default`];
/// unknown fields are refused, so that a misspelt one is not silently lost.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct AppraisalConfig {
    /// The name of the meeting, as on the hall screen.
    pub title: String,
    /// The year appraised.
    pub year: u16,
    /// The form every rater fills in.
    pub form: Form,
    /// The categories of raters, one ballot box each.
    pub categories: Vec<Category>,
    /// Who reports, in the order in which they were entered; the order of the election's questions.
    pub presenters: Vec<Presenter>,
    /// How the order in the meeting is found.
    pub order: OrderRule,
    /// How the counts become a result.
    pub scheme: Scheme,
    /// Who holds the key.
    pub tellers: Tellers,
    /// The time for each report, in minutes.
    pub minutes_per_report: u16,
    /// Whether the result is announced in the hall.
    pub release: Release,
}

/// The appraisal form (测评表).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Form {
    /// The heading of the form.
    pub title: String,
    /// The rows for each presenter.
    pub items: Vec<Item>,
    /// The grades, best first, an abstention last.
    pub grades: Vec<Grade>,
    /// Whether there is an opinion field for each presenter.
    #[serde(default)]
    pub opinions: bool,
    /// Whether the booth warns, before sealing, of a form on which every mark is equal.
    #[serde(default)]
    pub warn_all_equal: bool,
    /// Above how many presenters with the top grade in one item the booth warns, before sealing.
    #[serde(default)]
    pub max_top: Option<u32>,
}

/// A row of the form.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Item {
    /// Its code.
    pub code: ItemCode,
    /// What the rater reads.
    pub label: String,
    /// Its weight within the form (`w_i` of domain.md §8); points of 100 do as well.
    #[serde(default = "Weight::one")]
    pub weight: Weight,
}

/// A grade that can be given.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Grade {
    /// Its code.
    pub code: GradeCode,
    /// What the rater reads.
    pub label: String,
    /// What it is worth, in points (`v_g` of domain.md §8); none for an abstention.
    #[serde(default)]
    pub value: Option<Value>,
    /// Whether it is "don't know" (不了解) or an abstention: outside both sums of the mean.
    #[serde(default)]
    pub abstain: bool,
}

/// A category of raters: papers of one class, one ballot box.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Category {
    /// Its letter.
    pub code: CategoryCode,
    /// Who they are.
    pub label: String,
    /// The weight of the category's mean (`W_c` of domain.md §8).
    pub weight: Weight,
    /// How many raters are expected.
    pub expected: u32,
    /// Below how many ballots the box is not opened.
    #[serde(default = "default_minimum")]
    pub minimum: u32,
}

/// Who is appraised.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Presenter {
    /// Their code.
    pub code: PresenterCode,
    /// The post, as on the form: titles, not names of people, in the demo.
    pub title: String,
    /// The unit they lead, as on the form.
    #[serde(default)]
    pub unit: String,
    /// The same unit in the record, chosen by the office; without it nothing of the record counts for them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unit_id: Option<UnitId>,
}

/// How the order of the reports is found.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum OrderRule {
    /// As entered.
    #[default]
    Fixed,
    /// By stroke count of the title (按姓氏笔画为序).
    Strokes,
    /// By lot on the hall screen, seeded from the boards' heads.
    Lot,
}

/// How the counts become a result.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Scheme {
    /// Digits after the point where a score is shown.
    pub places: u8,
    /// Which part of those entitled must be present.
    pub quorum: Quorum,
    /// Cut points of the grades proposed, best first; none where the committee decides without.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub cuts: Vec<Cut>,
    /// What the composite is made of.
    #[serde(skip_serializing_if = "CompositeWeights::is_ballot_only")]
    pub composite: CompositeWeights,
    /// How many may have the best grade, as a part of 1 or a number.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cap: Option<Cap>,
    /// What becomes of those who tie where the places of the best grade run out.
    #[serde(skip_serializing_if = "is_open")]
    pub ties: Ties,
    /// What keeps a presenter from a better grade, in the order in which it is looked at.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub floors: Vec<FloorRule>,
}

/// From which score on a grade is proposed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Cut {
    /// The grade proposed.
    pub label: String,
    /// The lowest score that has it.
    pub from: Value,
}

/// The part of those entitled who must be present, such as 2/3 (domain.md §9).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "[u32; 2]", into = "[u32; 2]")]
pub struct Quorum {
    numerator: u32,
    denominator: u32,
}

impl Quorum {
    /// `numerator/denominator`.
    ///
    /// # Errors
    /// [`DomainError::Quorum`] unless above nought and at most one.
    pub const fn new(numerator: u32, denominator: u32) -> Result<Self, DomainError> {
        if numerator == 0 || numerator > denominator {
            Err(DomainError::Quorum {
                numerator,
                denominator,
            })
        } else {
            Ok(Self {
                numerator,
                denominator,
            })
        }
    }

    /// Above and below the stroke.
    #[must_use]
    pub const fn parts(self) -> (u32, u32) {
        (self.numerator, self.denominator)
    }

    /// Whether `present` of `entitled` reach it; exactly the fraction is enough.
    #[must_use]
    pub fn reached(self, present: u32, entitled: u32) -> bool {
        u64::from(present) * u64::from(self.denominator)
            >= u64::from(entitled) * u64::from(self.numerator)
    }
}

impl TryFrom<[u32; 2]> for Quorum {
    type Error = DomainError;
    fn try_from([numerator, denominator]: [u32; 2]) -> Result<Self, DomainError> {
        Self::new(numerator, denominator)
    }
}

impl From<Quorum> for [u32; 2] {
    fn from(quorum: Quorum) -> Self {
        [quorum.numerator, quorum.denominator]
    }
}

/// Who holds the shares of the key (监票人、计票人).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Tellers {
    /// How many must come to open the boxes.
    pub threshold: u32,
    /// Their names or posts, in the order of their seats.
    pub names: Vec<String>,
}

/// What happens to the result after the count (domain.md §9).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Release {
    /// Announced in the hall (当场公布).
    #[default]
    OnTheSpot,
    /// Sealed for the committee (会后研究).
    Kept,
}

impl AppraisalConfig {
    /// Reads a configuration as the office sends it.
    ///
    /// # Errors
    /// The one place that does not fit, as a [`Problem`] with code `unreadable`: a field of the wrong kind,
    /// an unknown field, a code or number that breaks its rule.
    pub fn from_json(json: &str) -> Result<Self, Problem> {
        canonical::from_json(json).map_err(|error| Problem::unreadable(&error))
    }

    /// The canonical JSON: keys sorted, no spaces, one spelling for each number.
    #[must_use]
    pub fn canonical_json(&self) -> String {
        canonical::to_json(self)
    }

    /// The SHA-256 of the canonical JSON, in lower-case hexadecimal; bound into each box as `x_pingyi.scheme`.
    #[must_use]
    pub fn scheme_hash(&self) -> String {
        canonical::hash(self)
    }

    /// The category with this letter.
    #[must_use]
    pub fn category(&self, code: CategoryCode) -> Option<&Category> {
        self.categories
            .iter()
            .find(|category| category.code == code)
    }

    /// The presenter who is tied to this unit of the record.
    #[must_use]
    pub fn presenter_of(&self, unit: &UnitId) -> Option<&Presenter> {
        self.presenters
            .iter()
            .find(|presenter| presenter.unit_id.as_ref() == Some(unit))
    }

    /// The presenter with this code.
    #[must_use]
    pub fn presenter(&self, code: &PresenterCode) -> Option<&Presenter> {
        self.presenters
            .iter()
            .find(|presenter| presenter.code == *code)
    }
}

/// The usual rule is not written, so that a configuration of before keeps its hash.
#[allow(
    clippy::trivially_copy_pass_by_ref,
    reason = "the way serde asks for it"
)]
fn is_open(ties: &Ties) -> bool {
    *ties == Ties::default()
}

const fn default_minimum() -> u32 {
    DEFAULT_MINIMUM
}

#[cfg(test)]
mod tests;
