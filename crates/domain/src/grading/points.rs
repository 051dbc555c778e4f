//! A leader's evaluation: 0 to 100 points with up to two decimals for each presenter.

use std::collections::BTreeMap;
use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use pingyi_scoring::Exact;

use crate::codes::PresenterCode;
use crate::config::AppraisalConfig;
use crate::decimal;
use crate::error::DomainError;
use crate::record::{Check, FieldProblem};

/// Points of an evaluation, in hundredths from 0 to 10,000; written `95.5`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Points(u32);

impl Points {
    /// The most, in hundredths.
    pub const MOST: u32 = 10_000;

    /// From hundredths; none above [`Points::MOST`].
    #[must_use]
    pub fn from_hundredths(hundredths: u32) -> Option<Self> {
        (hundredths <= Self::MOST).then_some(Self(hundredths))
    }

    /// In hundredths.
    #[must_use]
    pub const fn hundredths(self) -> u32 {
        self.0
    }

    /// The number itself.
    ///
    /// # Panics
    /// Never: the denominator is a hundred.
    #[must_use]
    pub fn exact(self) -> Exact {
        Exact::ratio(u64::from(self.0), 100).expect("the denominator is a hundred")
    }
}

impl fmt::Display for Points {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        decimal::write(out, self.0, 2)
    }
}

impl FromStr for Points {
    type Err = DomainError;

    /// # Errors
    /// [`DomainError::Points`] unless digits with at most two decimals, at most 100.
    fn from_str(text: &str) -> Result<Self, DomainError> {
        decimal::read(text, (3, 2))
            .and_then(|hundredths| u32::try_from(hundredths).ok())
            .and_then(Self::from_hundredths)
            .ok_or_else(|| DomainError::Points {
                text: text.to_owned(),
            })
    }
}

/// The form of one leader's evaluation, as it is sent: texts by code of the presenter. A presenter who is not in it
/// keeps what was given; an empty text takes it back.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct EvaluationDraft {
    /// Points as typed.
    pub points: BTreeMap<String, String>,
}

impl EvaluationDraft {
    /// Reads the form.
    ///
    /// # Errors
    /// Everything wrong with it: rules `presenter`, `points`.
    pub fn read(
        &self,
        config: &AppraisalConfig,
    ) -> Result<Vec<(PresenterCode, Option<Points>)>, Vec<FieldProblem>> {
        let mut check = Check::default();
        let mut read = Vec::with_capacity(self.points.len());
        for (code, text) in &self.points {
            let field = format!("points.{code}");
            let points: Option<Points> = check.maybe(&field, text, "points");
            let presenter = code.parse().ok();
            let known = presenter.filter(|code| config.presenter(code).is_some());
            check.demand(known.is_some(), &field, "presenter");
            read.extend(known.map(|code: PresenterCode| (code, points)));
        }
        check.done(Some(read))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn points_have_two_decimals_and_end_at_a_hundred() {
        for (text, hundredths, shown) in [
            ("0", 0, "0"),
            ("95", 9500, "95"),
            ("95.5", 9550, "95.5"),
            ("87.25", 8725, "87.25"),
            ("100.00", 10_000, "100"),
        ] {
            let points: Points = text.parse().unwrap();
            assert_eq!(
                (points.hundredths(), points.to_string().as_str()),
                (hundredths, shown)
            );
        }
        assert_eq!(
            "87.25".parse::<Points>().unwrap().exact(),
            "349/4".parse().unwrap()
        );
        for text in [
            "", "-1", "100.01", "95.555", "1e2", "９５", "95.", ".5", "0095",
        ] {
            assert!(text.parse::<Points>().is_err(), "{text}");
        }
    }
}
