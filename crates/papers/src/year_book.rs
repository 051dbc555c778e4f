//! The year book of a unit: what its record says of the year.

use pingyi_domain::record::Date;
use serde::{Deserialize, Serialize};

use crate::head::Head;
use crate::problem::{Found, Input};

/// One unit's year.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct YearBook {
    /// What every paper carries.
    pub head: Head,
    /// The unit.
    pub unit: String,
    /// The year.
    pub year: u16,
    /// Who leads it and how it came about, paragraph by paragraph.
    pub about: Vec<String>,
    /// The year in figures.
    pub figures: Vec<Figure>,
    /// What was done, by kind.
    pub groups: Vec<EntryGroup>,
    /// Matters of the year.
    pub matters: Vec<MatterLine>,
    /// Appraisals up to this year.
    pub appraisals: Vec<AppraisalLine>,
}

/// One figure.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Figure {
    /// What it counts.
    pub label: String,
    /// The number as shown.
    pub value: String,
    /// Its unit: 名, 个, 场.
    #[serde(default)]
    pub measure: String,
    /// The year before as shown; blank where there is none.
    #[serde(default)]
    pub before: String,
}

/// Entries of one kind.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct EntryGroup {
    /// The kind's name.
    pub kind: String,
    /// The entries, in the order of their days.
    pub entries: Vec<EntryLine>,
}

/// One entry of the ledger.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct EntryLine {
    /// The day.
    pub on: Date,
    /// Its title.
    pub title: String,
    /// Where.
    #[serde(default)]
    pub place: String,
    /// How many took part.
    #[serde(default)]
    pub headcount: Option<u32>,
    /// What was done.
    #[serde(default)]
    pub summary: String,
}

/// One matter.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MatterLine {
    /// Its title.
    pub title: String,
    /// Which list it is on, in words.
    pub list: String,
    /// Until when.
    #[serde(default)]
    pub due: Option<Date>,
    /// Its state in words.
    pub state: String,
}

/// One appraisal.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AppraisalLine {
    /// Its year.
    pub year: u16,
    /// Its title.
    pub title: String,
    /// The score as shown.
    pub score: Option<String>,
    /// The grade.
    #[serde(default)]
    pub grade: Option<String>,
}

impl Input for YearBook {
    fn check(&self, found: &mut Found) {
        found.text("unit", &self.unit);
        for (index, figure) in self.figures.iter().enumerate() {
            found.text(format!("figures[{index}].label"), &figure.label);
            found.text(format!("figures[{index}].value"), &figure.value);
        }
        for (index, group) in self.groups.iter().enumerate() {
            found.text(format!("groups[{index}].kind"), &group.kind);
            for (entry, line) in group.entries.iter().enumerate() {
                found.text(
                    format!("groups[{index}].entries[{entry}].title"),
                    &line.title,
                );
            }
        }
    }
}
