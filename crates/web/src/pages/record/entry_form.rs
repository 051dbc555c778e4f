//! The form of an entry.

use askama::Template;
use pingyi_app::record::entry::has_field;
use pingyi_app::record::{Date, EntryDraft, EntryView, Record};

use super::UnitChoice;
use super::belongings::Pick;
use super::ledger::{WordChoice, Words};
use crate::chrome::Chrome;

/// The form of an entry, filled.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct EntryForm {
    /// Id; empty for a new one.
    pub id: String,
    /// The version it is filled from.
    pub version: i64,
    /// What is filled in.
    pub draft: EntryDraft,
}

impl EntryForm {
    /// As it is stored.
    #[must_use]
    pub fn of(view: &EntryView) -> Self {
        let fields = view.entry.fields();
        let value = |name: &str| {
            let found = fields.iter().find(|(field, _)| *field == name);
            found.map(|(_, value)| value.clone()).unwrap_or_default()
        };
        Self {
            id: view.id.to_string(),
            version: view.version,
            draft: EntryDraft {
                unit: value("unit"),
                kind: value("kind"),
                topic: value("topic"),
                on_date: value("on_date"),
                title: value("title"),
                place: value("place"),
                summary: value("summary"),
                headcount: value("headcount"),
                quantity: value("quantity"),
                measure: value("measure"),
                hours: value("hours"),
                cases: value("cases"),
                settled: value("settled"),
                findings: value("findings"),
                quarter: value("quarter"),
                shop: value("shop"),
                post: value("post"),
                partners: value("partners"),
                attended: value("attended"),
                firms: value("firms"),
            },
        }
    }

    /// An empty one.
    #[must_use]
    pub fn new(unit: String, kind: String, quarter: String, today: Date) -> Self {
        let draft = EntryDraft {
            on_date: today.to_string(),
            unit,
            kind,
            quarter,
            ..EntryDraft::default()
        };
        Self {
            draft,
            ..Self::default()
        }
    }

    /// Id of the page's title.
    #[must_use]
    pub fn title(&self) -> &'static str {
        if self.id.is_empty() {
            "entries-new"
        } else {
            "entries-edit"
        }
    }
}

/// The page of the form.
#[derive(Debug, Clone, Template)]
#[template(path = "record/entry_form.html")]
pub struct EntryFormPage {
    /// Frame.
    pub c: Chrome,
    /// What is filled in.
    pub form: EntryForm,
    /// Units it may belong to.
    pub units: Vec<UnitChoice>,
    /// Kinds.
    pub kinds: Vec<WordChoice>,
    /// Topics of all kinds.
    pub topics: Vec<WordChoice>,
    /// Shops, for a plaque.
    pub shops: Vec<Pick>,
    /// Instructors, for a visit.
    pub posts: Vec<Pick>,
}

impl EntryFormPage {
    /// The page of a form.
    #[must_use]
    pub fn of(
        c: Chrome,
        units: Vec<UnitChoice>,
        words: &Words,
        (shops, posts): (Vec<Pick>, Vec<Pick>),
        form: EntryForm,
    ) -> Self {
        Self {
            shops,
            posts,
            kinds: words.choices(&words.kinds, &form.draft.kind),
            topics: words.choices(&words.topics, &form.draft.topic),
            units,
            form,
            c,
        }
    }

    /// The kinds a field goes with, for the script that shows what fits; empty: all.
    #[must_use]
    pub fn kinds_of(&self, field: &str) -> String {
        let fits = self
            .kinds
            .iter()
            .filter(|kind| has_field(&kind.code, field));
        fits.map(|kind| kind.code.as_str())
            .collect::<Vec<_>>()
            .join(" ")
    }
}
