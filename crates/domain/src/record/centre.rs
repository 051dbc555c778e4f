//! Service centres (党群服务中心), own or joint, and what they offer (domain.md §3).

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::belonging::{Belonging, BelongingDraft, Many, Numbers, is_code};
use super::change::Record;
use super::check::{Check, FieldProblem};
use super::date::Date;
use super::ids::UnitId;
use super::kind::{Kind, named};
use super::period::Quarter;
use super::unit::wire;

named! {
    /// Whose a centre is.
    CentreKind {
        /// One unit's own.
        Own => "own",
        /// Several units' together.
        Joint => "joint",
    }
}

/// A service centre, without id and version.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Centre {
    /// The unit that keeps it.
    pub unit: UnitId,
    /// Own or joint.
    pub kind: CentreKind,
    /// Name.
    pub name: String,
    /// Address.
    pub address: String,
    /// When it opened; a joint one may still be in preparation.
    pub opened_on: Option<Date>,
    /// When it closed.
    pub closed_on: Option<Date>,
    /// Self-service terminals.
    pub terminals: i64,
    /// The units a joint centre covers beside its own.
    pub covers: Vec<UnitId>,
    /// Services by the code of the word ("中心 + X").
    pub services: Vec<String>,
    /// Note.
    pub note: String,
}

impl Centre {
    /// Whether it is open on the day.
    #[must_use]
    pub fn is_open(&self, day: Date) -> bool {
        self.opened_on.is_some_and(|from| from <= day)
            && self.closed_on.is_none_or(|until| day < until)
    }

    /// Whether it covers the unit on the day: an own centre its unit, a joint one also those that stand in it.
    #[must_use]
    pub fn covers(&self, unit: &UnitId, day: Date) -> bool {
        self.is_open(day) && (self.unit == *unit || self.covers.contains(unit))
    }
}

/// The form of a centre, as it is sent.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct CentreDraft {
    /// Id of the unit.
    pub unit: String,
    /// `own` or `joint`.
    pub kind: String,
    /// 1 to 80 characters.
    pub name: String,
    /// Up to 120 characters.
    pub address: String,
    /// Day, or empty.
    pub opened_on: String,
    /// Day, or empty.
    pub closed_on: String,
    /// 0 to 9,999.
    pub terminals: String,
    /// Ids of units; joint centres only.
    pub covers: Many,
    /// Codes of services.
    pub services: Many,
    /// Up to 4,000 characters.
    pub note: String,
}

impl BelongingDraft for CentreDraft {
    type Of = Centre;

    fn read(&self, today: Date) -> Result<Centre, Vec<FieldProblem>> {
        let mut check = Check::default();
        let unit: Option<UnitId> = check.needed("unit", &self.unit, "unit");
        let kind: Option<CentreKind> = check.needed("kind", &self.kind, "centre_kind");
        let name = check.text("name", &self.name, 1..=80);
        let address = check.text("address", &self.address, 0..=120);
        let opened_on = check.past_day("opened_on", &self.opened_on, today);
        let closed_on = check.past_day("closed_on", &self.closed_on, today);
        let backwards = closed_on.is_some_and(|to| opened_on.is_none_or(|from| to <= from));
        check.demand(!backwards, "closed_on", "spell_empty");
        let terminals = check.number("terminals", &self.terminals, 0..=9999);
        let mut covers = Vec::new();
        for id in self.covers.values() {
            covers.extend(check.maybe::<UnitId>("covers", &id, "unit"));
        }
        covers.retain(|id| Some(id) != unit.as_ref());
        let is_own = kind == Some(CentreKind::Own);
        check.demand(!is_own || covers.is_empty(), "covers", "covers_joint");
        let services = self.services.values();
        check.demand(
            services.iter().all(|code| is_code(code)),
            "services",
            "word",
        );
        let note = check.lines("note", &self.note, 0..=4000);
        check.done(unit.zip(kind).map(|(unit, kind)| Centre {
            unit,
            kind,
            name,
            address,
            opened_on,
            closed_on,
            terminals: terminals.unwrap_or(0),
            covers,
            services,
            note,
        }))
    }
}

/// How many cases a centre served in a quarter, by service.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cases {
    /// The quarter.
    pub quarter: Quarter,
    /// By code of the service; those without a number are left out.
    pub counts: BTreeMap<String, i64>,
}

/// The form of the cases of a quarter, as it is sent.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct CasesDraft {
    /// Quarter that has begun.
    pub quarter: String,
    /// Numbers by code of the service; empty for none.
    pub cases: Numbers,
}

/// Most cases of a service in a quarter.
const MOST_CASES: i64 = 1_000_000;

impl CasesDraft {
    /// Reads the form for a centre: services it offers, a quarter in which it was open at some time.
    ///
    /// # Errors
    /// Everything wrong with it.
    pub fn read(&self, centre: &Centre, today: Date) -> Result<Cases, Vec<FieldProblem>> {
        let mut check = Check::default();
        let quarter: Option<Quarter> = check.needed("quarter", &self.quarter, "quarter");
        let begun = quarter.is_none_or(|quarter| quarter.first_day() <= today);
        check.demand(begun, "quarter", "date_future");
        let open = |quarter: Quarter| {
            centre
                .opened_on
                .is_some_and(|from| from <= quarter.last_day())
                && centre
                    .closed_on
                    .is_none_or(|until| quarter.first_day() < until)
        };
        check.demand(!begun || quarter.is_none_or(open), "quarter", "centre_shut");
        let counts = self.cases.read(&mut check, "cases");
        check.demand(
            counts.keys().all(|code| centre.services.contains(code)),
            "cases",
            "word",
        );
        check.demand(
            counts.values().all(|n| *n <= MOST_CASES),
            "cases",
            "number_range",
        );
        check.done(quarter.map(|quarter| Cases { quarter, counts }))
    }
}

impl Record for Centre {
    const KIND: Kind = Kind::Centre;

    fn fields(&self) -> Vec<(&'static str, String)> {
        let covers: Vec<&str> = self.covers.iter().map(UnitId::as_str).collect();
        vec![
            ("unit", self.unit.to_string()),
            ("kind", self.kind.to_string()),
            ("name", self.name.clone()),
            ("address", self.address.clone()),
            ("opened_on", wire(self.opened_on.as_ref())),
            ("closed_on", wire(self.closed_on.as_ref())),
            ("terminals", self.terminals.to_string()),
            ("covers", covers.join(" ")),
            ("services", self.services.join(" ")),
            ("note", self.note.clone()),
        ]
    }

    fn title(&self) -> String {
        self.name.clone()
    }

    fn search_text(&self) -> Option<String> {
        Some(format!("{} {}", self.address, self.note))
    }
}

impl Belonging for Centre {
    fn unit(&self) -> &UnitId {
        &self.unit
    }

    fn begins(&self) -> (&'static str, Option<Date>) {
        ("opened_on", self.opened_on)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Date {
        text.parse().unwrap()
    }

    #[test]
    fn cases_are_of_services_it_offers_while_it_was_open() {
        let draft = CentreDraft {
            unit: "a".repeat(16),
            kind: "own".into(),
            name: "党群服务中心".into(),
            opened_on: "2018-02-01".into(),
            closed_on: "2018-09-30".into(),
            services: Many::List(vec!["permit".into()]),
            ..CentreDraft::default()
        };
        let today = day("2018-12-15");
        let centre = draft.read(today).unwrap();
        let said = |quarter: &str, cases: &str| -> Vec<String> {
            let draft = CasesDraft {
                quarter: quarter.into(),
                cases: Numbers::Text(cases.into()),
            };
            let problems = draft.read(&centre, today).err().unwrap_or_default();
            let said = |p: FieldProblem| format!("{} {}", p.field, p.rule);
            problems.into_iter().map(said).collect()
        };
        assert!(said("2018-Q1", "permit=12").is_empty());
        assert!(said("2018-Q3", "").is_empty());
        assert_eq!(said("2017-Q4", "permit=1"), ["quarter centre_shut"]);
        assert_eq!(said("2018-Q4", "permit=1"), ["quarter centre_shut"]);
        assert_eq!(said("2019-Q1", "permit=1"), ["quarter date_future"]);
        assert_eq!(said("", "rights=1"), ["quarter missing", "cases word"]);
        assert_eq!(said("2018-Q2", "permit=1000001"), ["cases number_range"]);
        assert_eq!(
            said("2018-Q2", "permit=9223372036854775808"),
            ["cases number"]
        );
    }

    #[test]
    fn a_joint_centre_covers_what_stands_in_it_while_it_is_open() {
        let id = |c: char| c.to_string().repeat(16);
        let draft = CentreDraft {
            unit: id('a'),
            kind: "joint".into(),
            name: "联合党群服务中心".into(),
            opened_on: "2018-01-01".into(),
            closed_on: "2018-12-01".into(),
            covers: Many::Text(format!("{} {} {}", id('b'), id('a'), id('b'))),
            services: Many::List(vec!["guidance".into()]),
            ..CentreDraft::default()
        };
        let centre = draft.read(day("2018-12-15")).unwrap();
        let covered = |c: char, on: &str| centre.covers(&id(c).parse().unwrap(), day(on));
        assert!(covered('a', "2018-01-01") && covered('b', "2018-11-30"));
        assert!(!covered('b', "2018-12-01") && !covered('b', "2017-12-31"));
        assert!(!covered('c', "2018-06-01"));
        assert_eq!(centre.covers.len(), 1, "its own unit is not named twice");
        let own = CentreDraft {
            kind: "own".into(),
            closed_on: "2018-01-01".into(),
            services: Many::Text("Not a code!".into()),
            ..draft
        };
        let rules: Vec<String> = own
            .read(day("2018-12-15"))
            .unwrap_err()
            .into_iter()
            .map(|p| format!("{} {}", p.field, p.rule))
            .collect();
        assert_eq!(
            rules,
            [
                "closed_on spell_empty",
                "covers covers_joint",
                "services word"
            ]
        );
    }
}
