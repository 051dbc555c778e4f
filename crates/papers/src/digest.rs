//! The monthly digest of what is put right (整改月报): closed, due and overdue, by unit.

use serde::{Deserialize, Serialize};

use crate::head::Head;
use crate::lists::ListRow;
use crate::problem::{Found, Input, Rule};

/// A month of rectification.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Digest {
    /// What every paper carries.
    pub head: Head,
    /// Of which units: `平湖街道九大园区`.
    pub scope: String,
    /// The year.
    pub year: u16,
    /// The month, 1 to 12.
    pub month: u8,
    /// One line for each unit.
    pub lines: Vec<DigestLine>,
    /// The matters closed in the month.
    pub closed: Vec<ListRow>,
    /// The matters overdue at its end.
    pub overdue: Vec<ListRow>,
}

/// One unit's month; every matter is counted once in each column it belongs to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DigestLine {
    /// The unit.
    pub unit: String,
    /// Open at the beginning of the month, or raised in it.
    pub open: u32,
    /// Closed in the month.
    pub closed: u32,
    /// Due next month.
    pub due: u32,
    /// Overdue at its end.
    pub overdue: u32,
}

impl Input for Digest {
    fn check(&self, found: &mut Found) {
        found.text("scope", &self.scope);
        if !(1..=12).contains(&self.month) {
            found.add("month", Rule::Contradiction);
        }
        for (index, line) in self.lines.iter().enumerate() {
            found.text(format!("lines[{index}].unit"), &line.unit);
            let left = line.open.checked_sub(line.closed);
            if left.is_none_or(|left| line.overdue > left) {
                found.add(format!("lines[{index}]"), Rule::Contradiction);
            }
        }
        let of = |count: fn(&DigestLine) -> u32| -> u64 {
            self.lines.iter().map(|line| u64::from(count(line))).sum()
        };
        let sums = [of(|line| line.closed), of(|line| line.overdue)];
        let lists = [("closed", &self.closed), ("overdue", &self.overdue)];
        for ((name, list), sum) in lists.into_iter().zip(sums) {
            if u64::try_from(list.len()) != Ok(sum) {
                found.add(name, Rule::Contradiction);
            }
            for (index, row) in list.iter().enumerate() {
                found.text(format!("{name}[{index}].problem"), &row.problem);
                found.text(format!("{name}[{index}].unit"), &row.unit);
            }
        }
        for (index, row) in self.closed.iter().enumerate() {
            if row.closed_on.is_none() || row.proof.trim().is_empty() {
                // 未整改不销号 (domain.md §6)
                found.add(format!("closed[{index}].proof"), Rule::Blank);
            }
        }
    }
}
