//! The extra field of `election.json` that binds what must not change after sealing (trust.md).

use serde::{Deserialize, Serialize};

use super::AppraisalConfig;
use crate::audit::TrailMark;
use crate::codes::{AppraisalId, CategoryCode, GradeCode, ItemCode, PresenterCode};

/// The value of `"x_pingyi"` in a box's `election.json` (contract §2.1); covered by the election's fingerprint.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PingyiExtra {
    /// The appraisal the box belongs to.
    pub appraisal: AppraisalId,
    /// The category whose ballots it takes.
    pub category: CategoryCode,
    /// The presenters, in the order of the questions.
    pub presenters: Vec<PresenterCode>,
    /// The items, in the order of the questions.
    pub items: Vec<ItemCode>,
    /// The grades, in the order of the answers.
    pub grades: Vec<GradeCode>,
    /// SHA-256 of the canonical configuration, in lower-case hexadecimal.
    pub scheme: String,
    /// Below how many ballots the box is not opened.
    pub minimum: u32,
    /// Whether this is a rehearsal.
    pub rehearsal: bool,
    /// The tellers announced.
    pub tellers: TellerCount,
    /// The audit trail's last entry before the box was sealed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub trail: Option<TrailMark>,
    /// SHA-256 of the text of last year's lists as the booth shows them ([`crate::followup::sealed`]); none without any.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub last_year: Option<String>,
}

/// How many tellers there are and how many must come.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TellerCount {
    /// How many must come.
    pub threshold: u32,
    /// How many there are.
    pub size: u32,
}

impl PingyiExtra {
    /// The field for one box, or `None` where the configuration has no such category.
    #[must_use]
    pub fn new(
        config: &AppraisalConfig,
        appraisal: &AppraisalId,
        category: CategoryCode,
        rehearsal: bool,
    ) -> Option<Self> {
        let minimum = config.category(category)?.minimum;
        Some(Self {
            appraisal: appraisal.clone(),
            category,
            presenters: config
                .presenters
                .iter()
                .map(|presenter| presenter.code.clone())
                .collect(),
            items: config
                .form
                .items
                .iter()
                .map(|item| item.code.clone())
                .collect(),
            grades: config
                .form
                .grades
                .iter()
                .map(|grade| grade.code.clone())
                .collect(),
            scheme: config.scheme_hash(),
            minimum,
            rehearsal,
            tellers: TellerCount {
                threshold: config.tellers.threshold,
                size: u32::try_from(config.tellers.names.len()).ok()?,
            },
            trail: None,
            last_year: None,
        })
    }

    /// The same with the hash of last year's lists.
    #[must_use]
    pub fn showing(self, last_year: Option<String>) -> Self {
        Self { last_year, ..self }
    }

    /// The same with the head of the audit trail.
    #[must_use]
    pub fn anchoring(self, trail: TrailMark) -> Self {
        Self {
            trail: Some(trail),
            ..self
        }
    }
}
