//! The head of a page that is a tab of a unit.

use pingyi_app::record::UnitView;

use super::belongings::{Tab, tabs};
use super::units::UnitLine;

/// The unit whose tab a page is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Within {
    /// Id.
    pub id: String,
    /// Name.
    pub name: String,
    /// The units above.
    pub above: Vec<UnitLine>,
    /// Tabs.
    pub tabs: Vec<Tab>,
}

impl Within {
    /// The head of the tab that ends in `path`.
    #[must_use]
    pub fn of(view: UnitView, path: &str) -> Self {
        Self {
            id: view.id.into(),
            name: view.unit.name,
            above: view
                .above
                .into_iter()
                .map(|name| UnitLine::of_name(name, 0))
                .collect(),
            tabs: tabs(path),
        }
    }

    /// For samples.
    #[must_use]
    pub fn sample(lang: crate::lang::Lang, path: &str) -> Option<Self> {
        let mut names = super::units_samples::sample_names(lang).into_iter();
        let root = names.next()?;
        let unit = names.next()?;
        Some(Self {
            id: unit.id.into(),
            name: unit.name,
            above: vec![UnitLine::of_name(root, 0)],
            tabs: tabs(path),
        })
    }
}
