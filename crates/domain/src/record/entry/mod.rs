//! Entries of the ledger (domain.md §5): one matter, one entry (一事一记). Kinds and topics are words of the vocabulary;
//! nine codes of kinds have a meaning of their own and fields that go with it.

mod state;
#[cfg(test)]
mod tests;

use serde::{Deserialize, Serialize};

pub use state::{ENTRY_ARROWS, EntryArrow, EntryError, EntryMove, EntryState};

use super::amount::Amount;
use super::change::Record;
use super::check::{Check, FieldProblem};
use super::date::Date;
use super::ids::{PostId, ShopId, UnitId};
use super::kind::Kind;
use super::period::Quarter;
use super::unit::wire;

/// The kind of a joint meeting.
pub const MEETING: &str = "meeting";
/// The kind of a class.
pub const CLASS: &str = "class";

/// Most names in a list of partners, bodies or firms.
pub const MOST_NAMES: usize = 200;

/// Which fields go with which kinds; every other field goes with all.
const OF_KINDS: &[(&str, &[&str])] = &[
    ("quarter", &[MEETING]),
    ("attended", &[MEETING]),
    ("hours", &["volunteering"]),
    ("cases", &["service", "mediation"]),
    ("settled", &["mediation"]),
    ("findings", &["safety"]),
    ("shop", &["plaque"]),
    ("post", &["visit"]),
];

/// Whether entries of a kind have this field.
#[must_use]
pub fn has_field(kind: &str, field: &str) -> bool {
    OF_KINDS
        .iter()
        .find(|(name, _)| *name == field)
        .is_none_or(|(_, kinds)| kinds.contains(&kind))
}

/// An entry, without id, version and state.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// The unit whose work it is.
    pub unit: UnitId,
    /// Code of the kind.
    pub kind: String,
    /// Code of the topic; empty for none.
    pub topic: String,
    /// The day.
    pub on_date: Date,
    /// What it was.
    pub title: String,
    /// Where.
    pub place: String,
    /// What happened.
    pub summary: String,
    /// How many people.
    pub headcount: Option<i64>,
    /// How much.
    pub quantity: Option<Amount>,
    /// Of what.
    pub measure: String,
    /// Hours given; volunteering.
    pub hours: Option<Amount>,
    /// Cases; services and mediation.
    pub cases: Option<i64>,
    /// Cases settled; mediation.
    pub settled: Option<i64>,
    /// What was found; safety.
    pub findings: String,
    /// The quarter it is the meeting of; joint meetings.
    pub quarter: Option<Quarter>,
    /// The shop; plaques.
    pub shop: Option<ShopId>,
    /// The instructor; visits.
    pub post: Option<PostId>,
    /// Who else took part, by name.
    pub partners: Vec<String>,
    /// Bodies attending, by name; joint meetings.
    pub attended: Vec<String>,
    /// Firms, by name.
    pub firms: Vec<String>,
}

/// The form of an entry, as it is sent: texts. Names in a list stand apart by 、or ， or ; or a line break.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct EntryDraft {
    /// Id of the unit.
    pub unit: String,
    /// Code of the kind.
    pub kind: String,
    /// Code of the topic, or empty.
    pub topic: String,
    /// Day, not after today.
    pub on_date: String,
    /// 1 to 120 characters.
    pub title: String,
    /// Up to 120 characters.
    pub place: String,
    /// Up to 4,000 characters.
    pub summary: String,
    /// 0 to a million, or empty.
    pub headcount: String,
    /// Amount, or empty.
    pub quantity: String,
    /// Up to 20 characters; needed with a quantity.
    pub measure: String,
    /// Amount, or empty.
    pub hours: String,
    /// 0 to a million, or empty.
    pub cases: String,
    /// 0 to the cases, or empty.
    pub settled: String,
    /// Up to 4,000 characters.
    pub findings: String,
    /// Quarter; that of the day where empty and the kind is a meeting.
    pub quarter: String,
    /// Id of the shop, or empty.
    pub shop: String,
    /// Id of the instructor's post, or empty.
    pub post: String,
    /// Names.
    pub partners: String,
    /// Names.
    pub attended: String,
    /// Names.
    pub firms: String,
}

const MOST: i64 = 1_000_000;

/// The names in a text, each once, in order.
fn names(check: &mut Check, field: &str, text: &str) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    for name in text.split(['、', '，', ',', ';', '；', '\n']) {
        let name = check.text(field, name, 0..=80);
        if !name.is_empty() && !names.contains(&name) {
            names.push(name);
        }
    }
    check.demand(names.len() <= MOST_NAMES, field, "too_many");
    names
}

impl EntryDraft {
    fn value(&self, field: &str) -> &str {
        match field {
            "quarter" => &self.quarter,
            "attended" => &self.attended,
            "hours" => &self.hours,
            "cases" => &self.cases,
            "settled" => &self.settled,
            "findings" => &self.findings,
            "shop" => &self.shop,
            "post" => &self.post,
            _ => "",
        }
    }

    /// Fields of other kinds are empty.
    fn fit(&self, check: &mut Check, kind: &str) {
        for (field, _) in OF_KINDS {
            let fits =
                kind.is_empty() || has_field(kind, field) || self.value(field).trim().is_empty();
            check.demand(fits, field, "not_of_kind");
        }
    }

    /// Reads the form. Whether kind and topic are words, and firms and shop exist, is for the use case.
    ///
    /// # Errors
    /// Everything wrong with it.
    pub fn read(&self, today: Date) -> Result<Entry, Vec<FieldProblem>> {
        let mut check = Check::default();
        let unit: Option<UnitId> = check.needed("unit", &self.unit, "unit");
        let kind = check.text("kind", &self.kind, 1..=32);
        let topic = check.text("topic", &self.topic, 0..=32);
        check.demand(!self.on_date.trim().is_empty(), "on_date", "missing");
        let on_date = check.past_day("on_date", &self.on_date, today);
        self.fit(&mut check, &kind);
        let quantity: Option<Amount> = check.maybe("quantity", &self.quantity, "amount");
        let quarter = check.maybe("quarter", &self.quarter, "quarter");
        let quarter = quarter.or(on_date.filter(|_| kind == MEETING).map(Quarter::of));
        check.demand(
            quarter.is_none_or(|quarter: Quarter| quarter.first_day() <= today),
            "quarter",
            "date_future",
        );
        let (cases, settled) = (
            check.number("cases", &self.cases, 0..=MOST),
            check.number("settled", &self.settled, 0..=MOST),
        );
        check.demand(
            settled.unwrap_or(0) <= cases.unwrap_or(0),
            "settled",
            "settled_cases",
        );
        let entry = unit.zip(on_date).map(|(unit, on_date)| Entry {
            unit,
            kind,
            topic,
            on_date,
            title: check.text("title", &self.title, 1..=120),
            place: check.text("place", &self.place, 0..=120),
            summary: check.lines("summary", &self.summary, 0..=4000),
            headcount: check.number("headcount", &self.headcount, 0..=MOST),
            quantity,
            measure: check.text(
                "measure",
                &self.measure,
                usize::from(quantity.is_some())..=20,
            ),
            hours: check.maybe("hours", &self.hours, "amount"),
            cases,
            settled,
            findings: check.lines("findings", &self.findings, 0..=4000),
            quarter,
            shop: check.maybe("shop", &self.shop, "shop"),
            post: check.maybe("post", &self.post, "post"),
            partners: names(&mut check, "partners", &self.partners),
            attended: names(&mut check, "attended", &self.attended),
            firms: names(&mut check, "firms", &self.firms),
        });
        if entry.is_none() {
            // What follows is read only with unit and day; what is missing most must still be said.
            check.text("title", &self.title, 1..=120);
        }
        check.done(entry)
    }
}

impl Record for Entry {
    const KIND: Kind = Kind::Entry;

    fn fields(&self) -> Vec<(&'static str, String)> {
        vec![
            ("unit", self.unit.to_string()),
            ("kind", self.kind.clone()),
            ("topic", self.topic.clone()),
            ("on_date", self.on_date.to_string()),
            ("title", self.title.clone()),
            ("place", self.place.clone()),
            ("summary", self.summary.clone()),
            ("headcount", wire(self.headcount.as_ref())),
            ("quantity", wire(self.quantity.as_ref())),
            ("measure", self.measure.clone()),
            ("hours", wire(self.hours.as_ref())),
            ("cases", wire(self.cases.as_ref())),
            ("settled", wire(self.settled.as_ref())),
            ("findings", self.findings.clone()),
            ("quarter", wire(self.quarter.as_ref())),
            ("shop", wire(self.shop.as_ref())),
            ("post", wire(self.post.as_ref())),
            ("partners", self.partners.join("、")),
            ("attended", self.attended.join("、")),
            ("firms", self.firms.join("、")),
        ]
    }

    fn title(&self) -> String {
        self.title.clone()
    }

    fn search_text(&self) -> Option<String> {
        let lists = [&self.partners, &self.attended, &self.firms].map(|names| names.join(" "));
        Some(format!(
            "{} {} {} {}",
            self.place,
            self.summary,
            self.findings,
            lists.join(" ")
        ))
    }
}
