//! Party-member shops (党员门店): plaque, pledge, withdrawal (domain.md §3).

use serde::{Deserialize, Serialize};

use super::belonging::{Belonging, BelongingDraft};
use super::change::Record;
use super::check::{Check, FieldProblem};
use super::date::Date;
use super::ids::{FirmId, UnitId};
use super::kind::Kind;
use super::unit::wire;

/// A shop with a plaque, without id and version.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shop {
    /// The unit.
    pub unit: UnitId,
    /// Name.
    pub name: String,
    /// The firm of the register that it is.
    pub firm: Option<FirmId>,
    /// Where it is.
    pub place: String,
    /// Number of the plaque; no other shop that is not withdrawn has it.
    pub plaque: String,
    /// When the plaque was given.
    pub given_on: Date,
    /// What it pledged.
    pub pledge: String,
    /// When.
    pub pledged_on: Option<Date>,
    /// When the plaque was taken back.
    pub withdrawn_on: Option<Date>,
    /// Why.
    pub withdrawn_reason: String,
}

/// The form of a shop, as it is sent.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct ShopDraft {
    /// Id of the unit.
    pub unit: String,
    /// 1 to 80 characters.
    pub name: String,
    /// Id of a firm, or empty.
    pub firm: String,
    /// Up to 120 characters.
    pub place: String,
    /// Up to 40 characters; may be empty.
    pub plaque: String,
    /// Day.
    pub given_on: String,
    /// Up to 400 characters.
    pub pledge: String,
    /// Day, or empty.
    pub pledged_on: String,
    /// Day, or empty.
    pub withdrawn_on: String,
    /// Up to 400 characters; given when, and only when, the plaque was taken back.
    pub withdrawn_reason: String,
}

impl BelongingDraft for ShopDraft {
    type Of = Shop;

    fn read(&self, today: Date) -> Result<Shop, Vec<FieldProblem>> {
        let mut check = Check::default();
        let unit: Option<UnitId> = check.needed("unit", &self.unit, "unit");
        let name = check.text("name", &self.name, 1..=80);
        let firm = check.maybe("firm", &self.firm, "no_firm");
        let place = check.text("place", &self.place, 0..=120);
        let plaque = check.text("plaque", &self.plaque, 0..=40);
        check.demand(!self.given_on.trim().is_empty(), "given_on", "missing");
        let given_on = check.past_day("given_on", &self.given_on, today);
        let pledge = check.lines("pledge", &self.pledge, 0..=400);
        let pledged_on = check.past_day("pledged_on", &self.pledged_on, today);
        let withdrawn_on = check.past_day("withdrawn_on", &self.withdrawn_on, today);
        let backwards = matches!((given_on, withdrawn_on), (Some(from), Some(to)) if to < from);
        check.demand(!backwards, "withdrawn_on", "spell_empty");
        let withdrawn_reason = check.lines("withdrawn_reason", &self.withdrawn_reason, 0..=400);
        let reasoned = self.withdrawn_reason.trim().is_empty();
        check.demand(
            withdrawn_on.is_none() || !reasoned,
            "withdrawn_reason",
            "missing",
        );
        check.demand(
            !self.withdrawn_on.trim().is_empty() || reasoned,
            "withdrawn_reason",
            "reason_without",
        );
        check.done(unit.zip(given_on).map(|(unit, given_on)| Shop {
            unit,
            name,
            firm,
            place,
            plaque,
            given_on,
            pledge,
            pledged_on,
            withdrawn_on,
            withdrawn_reason,
        }))
    }
}

impl Record for Shop {
    const KIND: Kind = Kind::Shop;

    fn fields(&self) -> Vec<(&'static str, String)> {
        vec![
            ("unit", self.unit.to_string()),
            ("name", self.name.clone()),
            ("firm", wire(self.firm.as_ref())),
            ("place", self.place.clone()),
            ("plaque", self.plaque.clone()),
            ("given_on", self.given_on.to_string()),
            ("pledge", self.pledge.clone()),
            ("pledged_on", wire(self.pledged_on.as_ref())),
            ("withdrawn_on", wire(self.withdrawn_on.as_ref())),
            ("withdrawn_reason", self.withdrawn_reason.clone()),
        ]
    }

    fn title(&self) -> String {
        self.name.clone()
    }

    fn search_text(&self) -> Option<String> {
        Some(format!("{} {} {}", self.place, self.plaque, self.pledge))
    }
}

impl Belonging for Shop {
    fn unit(&self) -> &UnitId {
        &self.unit
    }

    fn begins(&self) -> (&'static str, Option<Date>) {
        ("given_on", Some(self.given_on))
    }
}

/// An inspection of a shop.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Inspection {
    /// The day.
    pub on_date: Date,
    /// Whether all was in order.
    pub passed: bool,
    /// What was found.
    pub finding: String,
}

/// The form of an inspection, as it is sent.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct InspectionDraft {
    /// Day, not after today.
    pub on_date: String,
    /// `yes` or `no`.
    pub passed: String,
    /// Up to 400 characters; needed when not all was in order.
    pub finding: String,
}

impl InspectionDraft {
    /// Reads the form; the plaque hung on the day.
    ///
    /// # Errors
    /// Everything wrong with it.
    pub fn read(&self, shop: &Shop, today: Date) -> Result<Inspection, Vec<FieldProblem>> {
        let mut check = Check::default();
        check.demand(!self.on_date.trim().is_empty(), "on_date", "missing");
        let on_date = check.past_day("on_date", &self.on_date, today);
        let hung = |day: Date| {
            shop.given_on <= day && shop.withdrawn_on.is_none_or(|withdrawn| day <= withdrawn)
        };
        let ahead = on_date.is_some_and(|day| day > today);
        check.demand(
            ahead || on_date.is_none_or(hung),
            "on_date",
            "plaque_not_hung",
        );
        let passed = match self.passed.trim() {
            "yes" => Some(true),
            "no" => Some(false),
            _ => None,
        };
        check.demand(passed.is_some(), "passed", "missing");
        let least = usize::from(passed == Some(false));
        let finding = check.lines("finding", &self.finding, least..=400);
        check.done(on_date.zip(passed).map(|(on_date, passed)| Inspection {
            on_date,
            passed,
            finding,
        }))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_inspection_is_of_a_plaque_that_hung_and_says_what_was_wrong() {
        let shop = ShopDraft {
            unit: "a".repeat(16),
            name: "海吉星水果店".into(),
            given_on: "2018-06-01".into(),
            withdrawn_on: "2018-10-01".into(),
            withdrawn_reason: "停业".into(),
            ..ShopDraft::default()
        };
        let today = "2018-12-15".parse().unwrap();
        let shop = shop.read(today).unwrap();
        let rules = |on_date: &str, passed: &str, finding: &str| -> Vec<String> {
            let draft = InspectionDraft {
                on_date: on_date.into(),
                passed: passed.into(),
                finding: finding.into(),
            };
            let problems = draft.read(&shop, today).err().unwrap_or_default();
            let said = |p: FieldProblem| format!("{} {}", p.field, p.rule);
            problems.into_iter().map(said).collect()
        };
        assert!(rules("2018-06-01", "yes", "").is_empty());
        assert!(rules("2018-10-01", "no", "价签不齐").is_empty());
        assert_eq!(rules("2018-05-31", "yes", ""), ["on_date plaque_not_hung"]);
        assert_eq!(rules("2018-10-02", "yes", ""), ["on_date plaque_not_hung"]);
        assert_eq!(
            rules("", "maybe", ""),
            ["on_date missing", "passed missing"]
        );
        assert_eq!(rules("2018-07-01", "no", " "), ["finding missing"]);
        assert_eq!(rules("2019-01-01", "yes", ""), ["on_date date_future"]);
    }

    #[test]
    fn a_plaque_is_taken_back_with_a_reason_and_not_before_it_was_given() {
        let rules = |withdrawn: &str, reason: &str| -> Vec<String> {
            let draft = ShopDraft {
                unit: "a".repeat(16),
                name: "海吉星水果店".into(),
                given_on: "2018-06-01".into(),
                withdrawn_on: withdrawn.into(),
                withdrawn_reason: reason.into(),
                ..ShopDraft::default()
            };
            let problems = draft
                .read("2018-12-15".parse().unwrap())
                .err()
                .unwrap_or_default();
            problems
                .into_iter()
                .map(|p| format!("{} {}", p.field, p.rule))
                .collect()
        };
        assert!(rules("", "").is_empty() && rules("2018-06-01", "停业").is_empty());
        assert_eq!(rules("2018-07-01", " "), ["withdrawn_reason missing"]);
        assert_eq!(rules("", "停业"), ["withdrawn_reason reason_without"]);
        assert_eq!(rules("2018-05-31", "停业"), ["withdrawn_on spell_empty"]);
        assert_eq!(rules("2018-12-16", "停业"), ["withdrawn_on date_future"]);
    }
}
