//! What is wrong with a configuration, all at once, as codes with a place: the words belong to the catalogue.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::error::DomainError;

/// One thing to put right before sealing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Problem {
    /// What is wrong; the catalogue's key is `problem-` and this with `-` for `_`.
    pub code: ProblemCode,
    /// Where, as `categories[1].weight`.
    pub path: String,
    /// Numbers and texts for the message.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub args: BTreeMap<String, String>,
}

/// What can be wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ProblemCode {
    /// The JSON does not fit; `reason` says why.
    Unreadable,
    /// A text is empty or only white space.
    TextMissing,
    /// A text has more than `most` characters.
    TextTooLong,
    /// A text has line breaks or other control characters.
    TextControl,
    /// A code or letter occurs twice.
    DuplicateCode,
    /// A label occurs twice and could not be told apart.
    DuplicateLabel,
    /// Two presenters are tied to the same unit of the record.
    DuplicateUnit,
    /// There is no such unit in the record.
    UnitUnknown,
    /// Fewer than `least`.
    TooFew,
    /// More than `most`.
    TooMany,
    /// The weights are all nought.
    WeightsAllZero,
    /// A grade has no value and is no abstention.
    ValueMissing,
    /// An abstention has a value.
    AbstainWithValue,
    /// The values do not fall from one grade to the next.
    ValuesNotDescending,
    /// An abstention does not stand after the grades.
    AbstainNotLast,
    /// A number lies below `least`.
    TooLow,
    /// A number lies above `most`.
    TooHigh,
    /// Presenters × items × grades is more than `most`.
    BallotTooLarge,
    /// The minimum group size is above the raters expected, so the box could never be opened.
    MinimumAboveExpected,
    /// The cut points do not fall.
    CutsNotDescending,
    /// A cap on the best grade without a second one to fall to.
    CapWithoutSecondGrade,
    /// There is no such item on the form.
    ItemUnknown,
    /// There is no such grade among those proposed.
    GradeUnknown,
}

impl ProblemCode {
    /// The name on the wire.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Unreadable => "unreadable",
            Self::TextMissing => "text_missing",
            Self::TextTooLong => "text_too_long",
            Self::TextControl => "text_control",
            Self::DuplicateCode => "duplicate_code",
            Self::DuplicateLabel => "duplicate_label",
            Self::DuplicateUnit => "duplicate_unit",
            Self::UnitUnknown => "unit_unknown",
            Self::TooFew => "too_few",
            Self::TooMany => "too_many",
            Self::WeightsAllZero => "weights_all_zero",
            Self::ValueMissing => "value_missing",
            Self::AbstainWithValue => "abstain_with_value",
            Self::ValuesNotDescending => "values_not_descending",
            Self::AbstainNotLast => "abstain_not_last",
            Self::TooLow => "too_low",
            Self::TooHigh => "too_high",
            Self::BallotTooLarge => "ballot_too_large",
            Self::MinimumAboveExpected => "minimum_above_expected",
            Self::CutsNotDescending => "cuts_not_descending",
            Self::CapWithoutSecondGrade => "cap_without_second_grade",
            Self::ItemUnknown => "item_unknown",
            Self::GradeUnknown => "grade_unknown",
        }
    }
}

impl Problem {
    /// The unit a presenter is tied to is not in the record.
    #[must_use]
    pub fn unit_unknown(presenter: usize) -> Self {
        Self::new(
            ProblemCode::UnitUnknown,
            format!("presenters[{presenter}].unit_id"),
        )
    }

    pub(super) fn new(code: ProblemCode, path: impl Into<String>) -> Self {
        Self {
            code,
            path: path.into(),
            args: BTreeMap::new(),
        }
    }

    pub(super) fn with(mut self, name: &str, value: impl std::fmt::Display) -> Self {
        self.args.insert(name.to_owned(), value.to_string());
        self
    }

    pub(super) fn unreadable(error: &DomainError) -> Self {
        match error {
            DomainError::Json { path, reason } => {
                Self::new(ProblemCode::Unreadable, path.clone()).with("reason", reason)
            }
            other => Self::new(ProblemCode::Unreadable, ".").with("reason", other),
        }
    }
}
