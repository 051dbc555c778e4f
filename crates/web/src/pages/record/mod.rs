//! Pages of the year's record, and what they share.

pub mod belongings;
mod belongings_samples;
pub mod centre;
pub mod coverage;
pub mod drawing;
pub mod entry_form;
pub mod evidence;
pub mod firm_form;
pub mod firm_list;
pub mod firms;
mod firms_samples;
pub mod founding;
pub mod gatherings;
pub mod heat;
pub mod imports;
mod imports_samples;
pub mod indicator_form;
pub mod indicator_history;
pub mod indicators;
pub mod instructors;
pub mod ledger;
mod ledger_samples;
pub mod map;
mod map_samples;
pub mod matter_board;
pub mod matter_form;
pub mod matter_list;
pub mod matters;
mod matters_samples;
pub mod paste;
pub mod search;
pub mod shop;
mod shop_samples;
pub mod spark;
mod tab_shops;
pub mod tabs;
pub mod units;
mod units_samples;
pub mod vocabulary;
pub mod within;
pub mod year;
mod year_samples;

use pingyi_app::HistoryLine;
use pingyi_app::record::{AuditEvent, FieldChange, Kind, UnitName};

use super::sample::Sample;
use crate::lang::{Lang, Texts};
use crate::words;

/// Every page of the record × its samples.
#[must_use]
pub fn samples(lang: Lang) -> Vec<Sample> {
    [
        units::UnitsPage::samples(lang),
        units::UnitPage::samples(lang),
        units::UnitFormPage::samples(lang),
        belongings::BelongingsPage::samples(lang),
        firm_list::FirmsPage::samples(lang),
        firms::FirmPage::samples(lang),
        firm_form::FirmFormPage::samples(lang),
        coverage::CoveragePage::samples(lang),
        imports::ImportStartPage::samples(lang),
        imports::ImportGoingPage::samples(lang),
        imports::ImportMapPage::samples(lang),
        imports::ImportDonePage::samples(lang),
        indicators::IndicatorsPage::samples(lang),
        indicators::IndicatorPage::samples(lang),
        indicator_form::IndicatorFormPage::samples(lang),
        search::SearchPage::samples(lang),
        matter_list::MattersPage::samples(lang),
        matter_board::BoardPage::samples(lang),
        ledger::LedgerPage::samples(lang),
        ledger::EntryPage::samples(lang),
        entry_form::EntryFormPage::samples(lang),
        paste::PastePage::samples(lang),
        gatherings::MeetingsPage::samples(lang),
        gatherings::ClassesPage::samples(lang),
        vocabulary::WordsPage::samples(lang),
        shop::ShopPage::samples(lang),
        centre::CentrePage::samples(lang),
        instructors::InstructorsPage::samples(lang),
        matters::MatterPage::samples(lang),
        matter_form::MatterFormPage::samples(lang),
        map::MapPage::samples(lang),
        founding::FoundingPage::samples(lang),
        founding::FoundingCheckPage::samples(lang),
        year::YearPage::samples(lang),
    ]
    .into_iter()
    .flatten()
    .collect()
}

/// A unit in a choice of units.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnitChoice {
    /// Id.
    pub id: String,
    /// Name.
    pub name: String,
    /// How deep it stands.
    pub depth: usize,
}

impl UnitChoice {
    /// A unit.
    #[must_use]
    pub fn of(name: UnitName) -> Self {
        Self {
            id: name.id.into(),
            name: name.name,
            depth: name.path.depth(),
        }
    }

    /// The name, moved in by its depth: an option has no other way to show the tree.
    #[must_use]
    pub fn indented(&self) -> String {
        format!("{}{}", "\u{3000}".repeat(self.depth), self.name)
    }
}

/// Units for samples.
#[must_use]
pub fn unit_choices(lang: Lang) -> Vec<UnitChoice> {
    units_samples::sample_names(lang)
        .into_iter()
        .map(UnitChoice::of)
        .collect()
}

/// One of several names on the wire.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Choice {
    /// On the wire.
    pub wire: &'static str,
    /// Id of its text.
    pub text: String,
    /// Whether it is chosen.
    pub chosen: bool,
}

impl Choice {
    /// A name whose text is `family`, a hyphen and the name.
    #[must_use]
    pub fn new(family: &str, wire: &'static str, chosen: &str) -> Self {
        Self {
            wire,
            text: format!("{family}-{wire}"),
            chosen: wire == chosen,
        }
    }
}

/// A field in a line of a history.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FieldLine {
    /// Its name.
    pub label: String,
    /// What it was, in words.
    pub from: String,
    /// What it became.
    pub to: String,
}

/// A line of a history.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PastLine {
    /// When, as written.
    pub time: String,
    /// Who.
    pub who: String,
    /// What was done.
    pub action: String,
    /// Whether the fields were there before (else `from` is not shown).
    pub changed: bool,
    /// Field by field.
    pub fields: Vec<FieldLine>,
}

/// The history of a record in words, the newest first. `names` turns ids of units into names.
#[must_use]
pub fn past(texts: Texts, lines: Vec<HistoryLine>, names: &[(String, String)]) -> Vec<PastLine> {
    lines
        .into_iter()
        .rev()
        .map(|line| {
            let (kind, fields, changed) = match &line.event {
                AuditEvent::RecordChanged { kind, fields, .. } => (*kind, &fields[..], true),
                AuditEvent::RecordAdded { kind, fields, .. }
                | AuditEvent::RecordRemoved { kind, fields, .. } => (*kind, &fields[..], false),
                _ => (Kind::Unit, &[][..], false),
            };
            PastLine {
                time: words::time_text(line.at),
                who: line.who,
                action: texts.s(&format!("audit-do-{}", line.event.action())),
                changed,
                fields: fields
                    .iter()
                    .map(|f| field(texts, kind, f, names))
                    .collect(),
            }
        })
        .collect()
}

fn field(texts: Texts, kind: Kind, change: &FieldChange, names: &[(String, String)]) -> FieldLine {
    let word = |wire: &str| {
        let known = names.iter().find(|(id, _)| id == wire);
        known.map_or_else(
            || words::value(texts, kind, &change.field, wire),
            |(_, name)| name.clone(),
        )
    };
    FieldLine {
        label: words::label(texts, kind, &change.field),
        from: word(&change.from),
        to: word(&change.to),
    }
}
