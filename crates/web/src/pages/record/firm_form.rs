//! The form of a firm.

use askama::Template;
use pingyi_app::record::{FirmDraft, FirmView};

use super::firms::WordOption;
use super::{Choice, UnitChoice};
use crate::chrome::Chrome;

/// What the form of a firm begins with.
#[derive(Debug, Clone, Default)]
pub struct FirmForm {
    /// Id; empty for a new one.
    pub id: String,
    /// Version.
    pub version: i64,
    /// Fields.
    pub draft: FirmDraft,
}

impl FirmForm {
    /// A new firm of this unit.
    #[must_use]
    pub fn within(unit: String) -> Self {
        let draft = FirmDraft {
            unit,
            kind: "non_public".to_owned(),
            ..FirmDraft::default()
        };
        Self {
            draft,
            ..Self::default()
        }
    }

    /// A firm to be changed.
    #[must_use]
    pub fn of(view: &FirmView) -> Self {
        let (firm, text) = (&view.firm, |n: Option<i64>| {
            n.map(|n| n.to_string()).unwrap_or_default()
        });
        Self {
            id: view.id.to_string(),
            version: view.version,
            draft: FirmDraft {
                unit: firm.unit.to_string(),
                name: firm.name.clone(),
                credit_code: firm.credit_code.clone(),
                kind: firm.kind.to_string(),
                sector: firm.sector.clone(),
                employees: text(firm.employees),
                members: text(firm.members),
                address: firm.address.clone(),
                lon: text(firm.lon),
                lat: text(firm.lat),
                opened_on: firm.opened_on.to_string(),
                uncovered: firm.uncovered.clone(),
                note: firm.note.clone(),
            },
        }
    }
}

/// The form.
#[derive(Debug, Clone, Template)]
#[template(path = "record/firm_form.html")]
pub struct FirmFormPage {
    /// Frame.
    pub c: Chrome,
    /// What it begins with.
    pub form: FirmForm,
    /// Units that may be written.
    pub units: Vec<UnitChoice>,
    /// Kinds.
    pub kinds: Vec<Choice>,
    /// Sectors.
    pub sectors: Vec<WordOption>,
    /// Reasons why nothing covers it.
    pub reasons: Vec<WordOption>,
}
