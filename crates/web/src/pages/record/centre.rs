//! A service centre with the cases it served.

use std::collections::BTreeMap;

use askama::Template;
use pingyi_app::record::{CentreView, Date, Quarter, UnitName, Word};

use super::{PastLine, past};
use crate::chrome::Chrome;
use crate::lang::{Lang, Texts};

/// Quarters that can be counted from the form, the latest first.
const QUARTERS: usize = 8;

/// A service in the table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ServiceHead {
    /// Code.
    pub code: String,
    /// In words.
    pub label: String,
    /// All cases ever.
    pub total: i64,
}

/// A quarter in the table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CasesLine {
    /// The quarter.
    pub quarter: String,
    /// Cases by service, in the order of the heads; empty where nobody counted.
    pub cells: Vec<String>,
    /// All together.
    pub total: i64,
    /// What the dialog is filled with, as JSON.
    pub fill: String,
}

/// A centre.
#[derive(Debug, Clone, Template)]
#[template(path = "record/centre.html")]
pub struct CentrePage {
    /// Frame.
    pub c: Chrome,
    /// Id.
    pub id: String,
    /// Name.
    pub name: String,
    /// Id and name of the unit that keeps it.
    pub unit: (String, String),
    /// Ids and names of the units it covers beside.
    pub covers: Vec<(String, String)>,
    /// Facts that are not empty: id of the text, value.
    pub facts: Vec<(&'static str, String)>,
    /// Id of the badge's text, and whether all is in order.
    pub badge: (&'static str, bool),
    /// Services.
    pub services: Vec<ServiceHead>,
    /// Cases by quarter, the latest first.
    pub lines: Vec<CasesLine>,
    /// Quarters to count.
    pub quarters: Vec<String>,
    /// Note.
    pub note: String,
    /// Whether it was made up.
    pub sample: bool,
    /// Where a published fact is from.
    pub source: String,
    /// What was done to it.
    pub past: Vec<PastLine>,
    /// Whether who looks may write.
    pub may_write: bool,
}

/// The quarters up to the day's, the latest first.
pub(super) fn quarters(today: Date) -> Vec<Quarter> {
    let mut all = vec![Quarter::of(today)];
    while all.len() < QUARTERS {
        let first = all.last().map(|quarter| quarter.first_day());
        let Some(before) = first.and_then(|day| day.plus_days(-1)) else {
            break;
        };
        all.push(Quarter::of(before));
    }
    all
}

fn heads(view: &CentreView, words: &[Word], lang: Lang) -> Vec<ServiceHead> {
    let services = view.held.what.services.iter().map(|code| {
        let word = words.iter().find(|word| word.code == *code);
        let counted = view.cases.values().filter_map(|counts| counts.get(code));
        ServiceHead {
            label: word.map_or_else(
                || code.clone(),
                |word| word.label(lang == Lang::En).to_owned(),
            ),
            total: counted.sum(),
            code: code.clone(),
        }
    });
    services.collect()
}

impl CasesLine {
    fn of(quarter: Quarter, counts: &BTreeMap<String, i64>, heads: &[ServiceHead]) -> Self {
        let cell = |head: &ServiceHead| counts.get(&head.code).map(i64::to_string);
        let mut fill = serde_json::Map::new();
        fill.insert("quarter".to_owned(), quarter.to_string().into());
        for head in heads {
            let value = cell(head).unwrap_or_default();
            fill.insert(format!("cases.{}", head.code), value.into());
        }
        Self {
            quarter: quarter.to_string(),
            cells: heads
                .iter()
                .map(|head| cell(head).unwrap_or_default())
                .collect(),
            total: counts.values().sum(),
            fill: serde_json::Value::Object(fill).to_string(),
        }
    }
}

impl CentrePage {
    /// What the page shows of a centre.
    #[must_use]
    pub fn of(
        c: Chrome,
        view: CentreView,
        names: &[UnitName],
        words: &[Word],
        today: Date,
    ) -> Self {
        let texts = Texts(c.lang);
        let name = |id: &str| {
            let found = names.iter().find(|name| name.id.as_str() == id);
            found.map(|name| name.name.clone()).unwrap_or_default()
        };
        let services = heads(&view, words, c.lang);
        let lines = view.cases.iter().rev();
        let lines = lines.map(|(quarter, counts)| CasesLine::of(*quarter, counts, &services));
        let called: Vec<(String, String)> = names
            .iter()
            .map(|name| (name.id.to_string(), name.name.clone()))
            .collect();
        let lines = lines.collect();
        let centre = view.held.what;
        let day = |day: Option<Date>| day.map(|day| day.to_string()).unwrap_or_default();
        let mut facts = vec![
            (
                "field-centre-kind",
                texts.s(&format!("value-centre-kind-{}", centre.kind)),
            ),
            ("field-address", centre.address.clone()),
            ("field-centre-opened_on", day(centre.opened_on)),
            ("field-centre-closed_on", day(centre.closed_on)),
            ("field-terminals", centre.terminals.to_string()),
        ];
        facts.retain(|(_, value)| !value.is_empty());
        let covers = centre.covers.iter();
        let covers = covers.map(|id| (id.to_string(), name(id.as_str())));
        Self {
            covers: covers.collect(),
            unit: (centre.unit.to_string(), name(centre.unit.as_str())),
            badge: badge(centre.is_open(today), centre.closed_on.is_some()),
            past: past(texts, view.history, &called),
            quarters: quarters(today).iter().map(Quarter::to_string).collect(),
            id: view.held.id,
            name: centre.name,
            note: centre.note,
            sample: view.held.sample,
            source: view.held.source,
            may_write: view.may_write,
            services,
            lines,
            facts,
            c,
        }
    }
}

/// How a centre stands: id of the text, and whether all is in order.
pub(super) const fn badge(open: bool, closed: bool) -> (&'static str, bool) {
    match (open, closed) {
        (true, _) => ("centre-open", true),
        (false, true) => ("centre-closed", false),
        (false, false) => ("centre-planned", false),
    }
}
