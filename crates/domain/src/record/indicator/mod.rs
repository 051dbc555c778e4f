//! Indicators (docs/record-contract.md §9): what is counted in a period, against which target. The actual figure is
//! never stored: it is computed from the record whenever it is looked at.

mod figure;
#[cfg(test)]
mod tests;

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

pub use figure::{Figure, Tally, Tone, attainment, figure, held, score, tone};

use super::amount::Amount;
use super::change::Record;
use super::check::{Check, FieldProblem};
use super::date::Date;
use super::firm::code;
use super::ids::UnitId;
use super::kind::{Kind, named};
use super::period::Period;

named! {
    /// What is counted.
    Measure {
        /// Entries.
        Entries => "entries",
        /// People in entries.
        Headcount => "headcount",
        /// Quantities of entries.
        Quantity => "quantity",
        /// Quarters with at least one entry.
        Quarters => "quarters",
        /// 组织覆盖率.
        OrgRate => "org_rate",
        /// 单独组建率.
        OwnRate => "own_rate",
        /// 工作覆盖率.
        WorkRate => "work_rate",
        /// Matters closed by their day, of those due.
        ClosedInTime => "closed_in_time",
        /// Members, at the last count.
        Members => "members",
        /// Members more than before the period.
        Growth => "growth",
    }
}

impl Measure {
    /// Whether it is counted from entries, which a kind and a topic may narrow.
    #[must_use]
    pub const fn of_entries(self) -> bool {
        matches!(
            self,
            Self::Entries | Self::Headcount | Self::Quantity | Self::Quarters
        )
    }

    /// Whether it is a rate; its target is in percent.
    #[must_use]
    pub const fn is_rate(self) -> bool {
        matches!(
            self,
            Self::OrgRate | Self::OwnRate | Self::WorkRate | Self::ClosedInTime
        )
    }

    /// Whether it is a level, to be held from the first day, and not something that adds up over the period.
    #[must_use]
    pub const fn is_level(self) -> bool {
        self.is_rate() || matches!(self, Self::Members)
    }
}

/// An indicator, without id and version.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Indicator {
    /// What it is called.
    pub name: String,
    /// Place in the table.
    pub ordinal: i64,
    /// What is counted.
    pub measure: Measure,
    /// Code of the kind of entries; empty for all.
    pub kind: String,
    /// Code of the topic; empty for all.
    pub topic: String,
    /// The time it is counted in.
    pub period: Period,
    /// How much it weighs in the score of a unit.
    pub weight: i64,
    /// No longer shown.
    pub retired: bool,
    /// The target of every unit without one of its own; percent for a rate.
    pub target: Option<Amount>,
    /// Targets of single units.
    pub targets: BTreeMap<UnitId, Amount>,
}

/// The form of an indicator, as it is sent: texts.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct IndicatorDraft {
    /// 1 to 40 characters.
    pub name: String,
    /// 0 to 9999.
    pub ordinal: String,
    /// Name of the measure on the wire.
    pub measure: String,
    /// Code, or empty.
    pub kind: String,
    /// Code, or empty.
    pub topic: String,
    /// First day.
    pub from_on: String,
    /// Last day.
    pub until_on: String,
    /// 0 to 1000; 1 where empty.
    pub weight: String,
    /// `1` when it is no longer shown.
    pub retired: String,
    /// Amount, or empty for no target.
    pub target: String,
    /// Amounts by the id of the unit; an empty one is none.
    pub targets: BTreeMap<String, String>,
}

/// The longest period, in days: three years.
const LONGEST: i64 = 1_096;

impl IndicatorDraft {
    /// Reads the form.
    ///
    /// # Errors
    /// Everything wrong with it. Whether kind, topic and units exist is for the use case.
    pub fn read(&self) -> Result<Indicator, Vec<FieldProblem>> {
        let mut check = Check::default();
        let name = check.text("name", &self.name, 1..=40);
        let ordinal = check
            .number("ordinal", &self.ordinal, 0..=9999)
            .unwrap_or(0);
        let measure: Option<Measure> = check.needed("measure", &self.measure, "measure");
        let kind = code(&mut check, "kind", &self.kind);
        let topic = code(&mut check, "topic", &self.topic);
        let narrows = measure.is_none_or(Measure::of_entries);
        check.demand(narrows || kind.is_empty(), "kind", "measure_kind");
        check.demand(narrows || topic.is_empty(), "topic", "measure_kind");
        let first: Option<Date> = check.needed("from_on", &self.from_on, "date");
        let last: Option<Date> = check.needed("until_on", &self.until_on, "date");
        let period = first.zip(last).and_then(|(first, last)| {
            let period = Period::new(first, last).filter(|period| period.days() <= LONGEST);
            check.demand(period.is_some(), "until_on", "period");
            period
        });
        let weight = check.number("weight", &self.weight, 0..=1000).unwrap_or(1);
        let (target, targets) = self.read_targets(&mut check, measure);
        let retired = check.yes("retired", &self.retired);
        let read = measure.zip(period).map(|(measure, period)| Indicator {
            name,
            ordinal,
            measure,
            kind,
            topic,
            period,
            weight,
            retired,
            target,
            targets,
        });
        check.done(read)
    }

    /// The targets; a rate is a percentage, so at most 100.
    fn read_targets(
        &self,
        check: &mut Check,
        measure: Option<Measure>,
    ) -> (Option<Amount>, BTreeMap<UnitId, Amount>) {
        let rate = measure.is_some_and(Measure::is_rate);
        let mut amount = |field: &str, text: &str| {
            let amount: Option<Amount> = check.maybe(field, text, "amount");
            let fits = !rate || amount.is_none_or(|amount| amount.thousandths() <= 100_000);
            check.demand(fits, field, "percent");
            amount
        };
        let target = amount("target", &self.target);
        let mut targets = BTreeMap::new();
        for (unit, text) in &self.targets {
            let field = format!("targets.{unit}");
            if let (Ok(unit), Some(amount)) = (unit.parse(), amount(&field, text)) {
                targets.insert(unit, amount);
            }
        }
        (target, targets)
    }
}

impl Indicator {
    /// The target of a unit.
    #[must_use]
    pub fn target_of(&self, unit: &UnitId) -> Option<Amount> {
        self.targets.get(unit).copied().or(self.target)
    }

    /// The day up to which it is counted: today, or the last of the period.
    #[must_use]
    pub fn until(&self, today: Date) -> Date {
        self.period.last().min(today)
    }
}

impl Record for Indicator {
    const KIND: Kind = Kind::Indicator;

    fn fields(&self) -> Vec<(&'static str, String)> {
        let targets: Vec<String> = self
            .targets
            .iter()
            .map(|(unit, amount)| format!("{unit} {amount}"))
            .collect();
        vec![
            ("name", self.name.clone()),
            ("ordinal", self.ordinal.to_string()),
            ("measure", self.measure.to_string()),
            ("kind", self.kind.clone()),
            ("topic", self.topic.clone()),
            ("from_on", self.period.first().to_string()),
            ("until_on", self.period.last().to_string()),
            ("weight", self.weight.to_string()),
            ("retired", i64::from(self.retired).to_string()),
            ("target", super::unit::wire(self.target.as_ref())),
            ("targets", targets.join(", ")),
        ]
    }

    fn title(&self) -> String {
        self.name.clone()
    }

    fn search_text(&self) -> Option<String> {
        Some(String::new())
    }
}
