//! The table of the two coverages, with both lists beside the rates (domain.md §4).

use pingyi_domain::record::{Date, Share};
use serde::{Deserialize, Serialize};

use crate::head::Head;
use crate::problem::{Found, Input, Rule};

/// Organisation and work coverage on a day.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Coverage {
    /// What every paper carries.
    pub head: Head,
    /// Of which units: `平湖街道九大园区`.
    pub scope: String,
    /// The day.
    pub on: Date,
    /// One line for each unit.
    pub lines: Vec<CoverageLine>,
    /// All units together; not always the sum, for a firm may stand under two.
    pub total: CoverageLine,
    /// Firms struck out of the denominator.
    pub struck: Vec<FirmLine>,
    /// Firms no organisation covers.
    pub uncovered: Vec<FirmLine>,
}

/// The firms of a unit; the rates follow from them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CoverageLine {
    /// The unit.
    pub unit: String,
    /// Firms on the record that day.
    pub firms: u32,
    /// Struck out.
    pub struck: u32,
    /// Operating: the denominator.
    pub operating: u32,
    /// With an organisation of their own.
    pub own: u32,
    /// With their own or in a joint one, each once.
    pub organised: u32,
    /// Covered by organisation or work, each once.
    pub worked: u32,
}

/// A firm on one of the lists.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FirmLine {
    /// Its name.
    pub firm: String,
    /// The unit it lies in.
    pub unit: String,
    /// Why struck out, or why not covered.
    pub reason: String,
}

impl CoverageLine {
    /// Organisation, own-organisation and work coverage, as printed.
    pub(crate) fn rates(&self) -> [String; 3] {
        [self.organised, self.own, self.worked].map(|part| {
            Share {
                part: part.into(),
                whole: self.operating.into(),
            }
            .to_string()
        })
    }

    const fn contradicts(&self) -> bool {
        self.own > self.organised
            || self.organised > self.worked
            || self.worked > self.operating
            || self.operating > self.firms
            || self.struck > self.firms
    }
}

impl Input for Coverage {
    fn check(&self, found: &mut Found) {
        found.text("scope", &self.scope);
        for (index, line) in self.lines.iter().enumerate() {
            found.text(format!("lines[{index}].unit"), &line.unit);
            if line.contradicts() {
                found.add(format!("lines[{index}]"), Rule::Contradiction);
            }
        }
        if self.total.contradicts() {
            found.add("total", Rule::Contradiction);
        }
        for (name, list) in [("struck", &self.struck), ("uncovered", &self.uncovered)] {
            for (index, firm) in list.iter().enumerate() {
                found.text(format!("{name}[{index}].firm"), &firm.firm);
                found.text(format!("{name}[{index}].reason"), &firm.reason);
            }
        }
    }
}
