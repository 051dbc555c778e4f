//! The form of a matter.

use askama::Template;
use pingyi_app::record::matter::{MatterList, MatterStateName, Origin};
use pingyi_app::record::{Date, MatterDraft, MatterView};

use super::{Choice, UnitChoice};
use crate::chrome::Chrome;

/// The form of a matter, filled.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct MatterForm {
    /// Id; empty for a new one.
    pub id: String,
    /// The version it is filled from.
    pub version: i64,
    /// Whether it is a request, since somebody answers for the matter.
    pub asks: bool,
    /// What is filled in.
    pub draft: MatterDraft,
    /// Name of the firm it is about.
    pub firm: String,
}

impl MatterForm {
    /// As it is stored.
    #[must_use]
    pub fn of(view: &MatterView) -> Self {
        Self {
            id: view.id.to_string(),
            version: view.version,
            asks: view.state != MatterStateName::Raised,
            draft: MatterDraft::from(&view.matter),
            firm: view.firm.clone(),
        }
    }

    /// An empty one.
    #[must_use]
    pub fn new(unit: String, entry: String, today: Date) -> Self {
        let origin = if entry.is_empty() {
            Origin::Visit
        } else {
            Origin::JointMeeting
        };
        let draft = MatterDraft {
            list: MatterList::Problem.to_string(),
            origin: origin.to_string(),
            raised_on: today.to_string(),
            unit,
            entry,
            ..MatterDraft::default()
        };
        Self {
            draft,
            ..Self::default()
        }
    }

    /// Id of the page's title.
    #[must_use]
    pub fn title(&self) -> &'static str {
        match (self.id.is_empty(), self.asks) {
            (true, _) => "matters-new",
            (false, false) => "matters-edit",
            (false, true) => "matters-ask",
        }
    }

    /// Where the form is sent.
    #[must_use]
    pub fn target(&self) -> String {
        match (self.id.is_empty(), self.asks) {
            (true, _) => "/api/matters".to_owned(),
            (false, false) => format!("/api/matters/{}", self.id),
            (false, true) => format!("/api/matters/{}/edits", self.id),
        }
    }

    /// Where it leads then.
    #[must_use]
    pub fn then(&self) -> String {
        if self.asks {
            format!("/matters/{}", self.id)
        } else {
            "/matters/{id}".to_owned()
        }
    }
}

/// The page of the form.
#[derive(Debug, Clone, Template)]
#[template(path = "record/matter_form.html")]
pub struct MatterFormPage {
    /// Frame.
    pub c: Chrome,
    /// What is filled in.
    pub form: MatterForm,
    /// Units it may belong to.
    pub units: Vec<UnitChoice>,
    /// Lists.
    pub lists: Vec<Choice>,
    /// Origins.
    pub origins: Vec<Choice>,
}

impl MatterFormPage {
    /// The page of a form.
    #[must_use]
    pub fn of(c: Chrome, units: Vec<UnitChoice>, form: MatterForm) -> Self {
        let (list, origin) = (&form.draft.list, &form.draft.origin);
        let lists = MatterList::ALL
            .iter()
            .map(|one| Choice::new("value-matter-list", one.as_str(), list));
        let origins = Origin::ALL
            .iter()
            .map(|one| Choice::new("value-matter-origin", one.as_str(), origin));
        Self {
            lists: lists.collect(),
            origins: origins.collect(),
            units,
            form,
            c,
        }
    }
}
