//! Organisations (domain.md §3): what stands under what, and what a unit's form may say.

use serde::{Deserialize, Serialize};

use super::change::Record;
use super::check::{Check, FieldProblem};
use super::date::Date;
use super::ids::UnitId;
use super::kind::{Kind, named};

named! {
    /// What sort of organisation a unit is.
    UnitKind {
        /// 街道党工委.
        WorkingCommittee => "working_committee",
        /// 园区党委.
        Park => "park",
        /// 支部.
        Branch => "branch",
        /// 社区党委.
        Community => "community",
        /// 街道部门.
        Department => "department",
        /// 群团.
        MassBody => "mass_body",
        /// A firm's own organisation.
        FirmOrg => "firm_org",
    }
}

named! {
    /// How a park committee was founded.
    FoundingMode {
        /// 辐射周边.
        Radiate => "radiate",
        /// 升级扩容.
        Upgrade => "upgrade",
        /// 归拢整合.
        Gather => "gather",
    }
}

impl UnitKind {
    /// Whether a unit of this kind may stand under one of kind `above` (`None`: under nothing).
    #[must_use]
    pub fn may_stand_under(self, above: Option<Self>) -> bool {
        use UnitKind::{Branch, Community, Department, FirmOrg, MassBody, Park, WorkingCommittee};
        match self {
            WorkingCommittee => above.is_none(),
            Park | Community | Department | MassBody => above == Some(WorkingCommittee),
            Branch => matches!(above, Some(Park | Community | Department | FirmOrg)),
            FirmOrg => matches!(above, Some(Park | Community)),
        }
    }
}

/// An organisation, without id, version and place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unit {
    /// The unit it stands under; only the root stands under none.
    pub parent: Option<UnitId>,
    /// Kind.
    pub kind: UnitKind,
    /// Full name.
    pub name: String,
    /// Short name for tables; the full one where empty.
    pub short_name: String,
    /// Place among its siblings.
    pub ordinal: i64,
    /// When it was founded.
    pub founded_on: Option<Date>,
    /// How; parks only.
    pub founding_mode: Option<FoundingMode>,
    /// When it was dissolved (撤销).
    pub closed_on: Option<Date>,
    /// Address.
    pub address: String,
    /// Note.
    pub note: String,
}

/// The form of a unit, as it is sent: texts.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct UnitDraft {
    /// Id of the parent, or empty.
    pub parent: String,
    /// Name of the kind on the wire.
    pub kind: String,
    /// Full name, 1 to 80 characters.
    pub name: String,
    /// Short name, up to 20.
    pub short_name: String,
    /// Place among its siblings, 0 to 9999; 0 where empty.
    pub ordinal: String,
    /// Day, or empty.
    pub founded_on: String,
    /// Mode, or empty.
    pub founding_mode: String,
    /// Day, or empty.
    pub closed_on: String,
    /// Up to 120 characters.
    pub address: String,
    /// Up to 4,000 characters.
    pub note: String,
}

impl UnitDraft {
    /// Reads the form.
    ///
    /// # Errors
    /// Everything wrong with it. Whether the parent's kind fits is for [`UnitKind::may_stand_under`].
    pub fn read(&self, today: Date) -> Result<Unit, Vec<FieldProblem>> {
        let mut check = Check::default();
        let kind: Option<UnitKind> = check.needed("kind", &self.kind, "unit_kind");
        let unit = Unit {
            parent: check.maybe("parent", &self.parent, "unit"),
            kind: kind.unwrap_or(UnitKind::Branch),
            name: check.text("name", &self.name, 1..=80),
            short_name: check.text("short_name", &self.short_name, 0..=20),
            ordinal: check
                .number("ordinal", &self.ordinal, 0..=9999)
                .unwrap_or(0),
            founded_on: check.past_day("founded_on", &self.founded_on, today),
            founding_mode: check.maybe("founding_mode", &self.founding_mode, "founding_mode"),
            closed_on: check.past_day("closed_on", &self.closed_on, today),
            address: check.text("address", &self.address, 0..=120),
            note: check.lines("note", &self.note, 0..=4000),
        };
        let is_park = unit.kind == UnitKind::Park;
        check.demand(
            unit.founding_mode.is_none() || is_park,
            "founding_mode",
            "founding_park",
        );
        let backwards =
            matches!((unit.founded_on, unit.closed_on), (Some(from), Some(to)) if to <= from);
        check.demand(!backwards, "closed_on", "spell_empty");
        check.done(Some(unit))
    }
}

/// An optional value in wire form.
pub(crate) fn wire<T: ToString>(value: Option<&T>) -> String {
    value.map(ToString::to_string).unwrap_or_default()
}

impl Record for Unit {
    const KIND: Kind = Kind::Unit;

    fn fields(&self) -> Vec<(&'static str, String)> {
        vec![
            ("parent", wire(self.parent.as_ref())),
            ("kind", self.kind.to_string()),
            ("name", self.name.clone()),
            ("short_name", self.short_name.clone()),
            ("ordinal", self.ordinal.to_string()),
            ("founded_on", wire(self.founded_on.as_ref())),
            ("founding_mode", wire(self.founding_mode.as_ref())),
            ("closed_on", wire(self.closed_on.as_ref())),
            ("address", self.address.clone()),
            ("note", self.note.clone()),
        ]
    }

    fn title(&self) -> String {
        self.name.clone()
    }

    fn search_text(&self) -> Option<String> {
        Some(format!(
            "{} {} {}",
            self.short_name, self.address, self.note
        ))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn draft() -> UnitDraft {
        UnitDraft {
            kind: "park".into(),
            name: "华南城园区党委".into(),
            parent: "a".repeat(16),
            founded_on: "2016-12-30".into(),
            founding_mode: "radiate".into(),
            ..UnitDraft::default()
        }
    }

    fn rules(draft: &UnitDraft) -> Vec<String> {
        let today = "2018-12-15".parse().unwrap();
        match draft.read(today) {
            Ok(_) => vec![],
            Err(problems) => problems
                .into_iter()
                .map(|p| format!("{} {}", p.field, p.rule))
                .collect(),
        }
    }

    #[test]
    fn a_unit_stands_where_it_may() {
        use UnitKind::{Branch, Community, Department, FirmOrg, MassBody, Park, WorkingCommittee};
        let table: [(UnitKind, &[Option<UnitKind>]); 7] = [
            (WorkingCommittee, &[None]),
            (Park, &[Some(WorkingCommittee)]),
            (Community, &[Some(WorkingCommittee)]),
            (Department, &[Some(WorkingCommittee)]),
            (MassBody, &[Some(WorkingCommittee)]),
            (
                Branch,
                &[Some(Park), Some(Community), Some(Department), Some(FirmOrg)],
            ),
            (FirmOrg, &[Some(Park), Some(Community)]),
        ];
        for (kind, under) in table {
            for above in UnitKind::ALL.iter().copied().map(Some).chain([None]) {
                assert_eq!(
                    kind.may_stand_under(above),
                    under.contains(&above),
                    "{kind} under {above:?}"
                );
            }
        }
    }

    #[test]
    fn the_form_says_all_that_is_wrong() {
        assert_eq!(rules(&draft()), [] as [&str; 0]);
        let bad = UnitDraft {
            kind: "guild".into(),
            name: " ".into(),
            founded_on: "2019-01-01".into(),
            founding_mode: "conquest".into(),
            ordinal: "-1".into(),
            ..draft()
        };
        assert_eq!(
            rules(&bad),
            [
                "kind unit_kind",
                "name missing",
                "ordinal number_range",
                "founded_on date_future",
                "founding_mode founding_mode",
            ]
        );
        let branch = UnitDraft {
            kind: "branch".into(),
            closed_on: "2016-12-30".into(),
            ..draft()
        };
        assert_eq!(
            rules(&branch),
            ["founding_mode founding_park", "closed_on spell_empty"]
        );
    }
}
