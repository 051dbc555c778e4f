//! Pairings (结对共建) with a unit of ours or a body outside (domain.md §3).

use serde::{Deserialize, Serialize};

use super::belonging::{Belonging, BelongingDraft};
use super::change::Record;
use super::check::{Check, FieldProblem};
use super::date::Date;
use super::ids::UnitId;
use super::kind::Kind;
use super::period::Spell;
use super::unit::wire;

/// A pairing, without id and version.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pairing {
    /// The unit.
    pub unit: UnitId,
    /// The other, where it is one of ours.
    pub partner: Option<UnitId>,
    /// The other, where it is not.
    pub outside: String,
    /// What for.
    pub purpose: String,
    /// From when until when.
    pub spell: Spell,
}

/// The form of a pairing, as it is sent.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct PairingDraft {
    /// Id of the unit.
    pub unit: String,
    /// Id of a unit, or empty.
    pub partner: String,
    /// Up to 80 characters; exactly one of the two is given.
    pub outside: String,
    /// Up to 400 characters.
    pub purpose: String,
    /// First day.
    pub from_on: String,
    /// The day it had ended, or empty; may lie ahead.
    pub until_on: String,
}

impl BelongingDraft for PairingDraft {
    type Of = Pairing;

    fn read(&self, today: Date) -> Result<Pairing, Vec<FieldProblem>> {
        let mut check = Check::default();
        let unit: Option<UnitId> = check.needed("unit", &self.unit, "unit");
        let partner: Option<UnitId> = check.maybe("partner", &self.partner, "unit");
        let outside = check.text("outside", &self.outside, 0..=80);
        let one = self.partner.trim().is_empty() != self.outside.trim().is_empty();
        check.demand(one, "partner", "one_partner");
        check.demand(unit.is_none() || partner != unit, "partner", "not_itself");
        let purpose = check.lines("purpose", &self.purpose, 0..=400);
        let spell = check.spell(&self.from_on, &self.until_on);
        let begun = spell.is_none_or(|spell| spell.from_on <= today);
        check.demand(begun, "from_on", "date_future");
        check.done(unit.zip(spell).map(|(unit, spell)| Pairing {
            unit,
            partner,
            outside,
            purpose,
            spell,
        }))
    }
}

impl Record for Pairing {
    const KIND: Kind = Kind::Pairing;

    fn fields(&self) -> Vec<(&'static str, String)> {
        vec![
            ("unit", self.unit.to_string()),
            ("partner", wire(self.partner.as_ref())),
            ("outside", self.outside.clone()),
            ("purpose", self.purpose.clone()),
            ("from_on", self.spell.from_on.to_string()),
            ("until_on", wire(self.spell.until_on.as_ref())),
        ]
    }

    fn title(&self) -> String {
        if self.outside.is_empty() {
            self.purpose.clone()
        } else {
            self.outside.clone()
        }
    }

    fn search_text(&self) -> Option<String> {
        (!self.title().is_empty()).then(|| self.purpose.clone())
    }
}

impl Belonging for Pairing {
    fn unit(&self) -> &UnitId {
        &self.unit
    }

    fn begins(&self) -> (&'static str, Option<Date>) {
        ("from_on", Some(self.spell.from_on))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pairing_has_exactly_one_partner() {
        let id = |c: char| c.to_string().repeat(16);
        let rules = |partner: &str, outside: &str, from: &str| -> Vec<String> {
            let draft = PairingDraft {
                unit: id('a'),
                partner: partner.into(),
                outside: outside.into(),
                from_on: from.into(),
                ..PairingDraft::default()
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
        assert!(rules(&id('b'), "", "2018-01-01").is_empty());
        assert!(rules("", "某企业党支部", "2018-01-01").is_empty());
        assert_eq!(
            rules(&id('b'), "某企业党支部", "2018-01-01"),
            ["partner one_partner"]
        );
        assert_eq!(
            rules("", " ", "2018-12-16"),
            ["partner one_partner", "from_on date_future"]
        );
        assert_eq!(rules(&id('a'), "", "2018-01-01"), ["partner not_itself"]);
    }
}
