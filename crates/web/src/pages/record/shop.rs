//! A Party-member shop with its inspections.

use askama::Template;
use pingyi_app::record::{Date, FirmId, InspectionRow, ShopView};

use super::{PastLine, past};
use crate::chrome::Chrome;
use crate::lang::Texts;

/// A shop.
#[derive(Debug, Clone, Template)]
#[template(path = "record/shop.html")]
pub struct ShopPage {
    /// Frame.
    pub c: Chrome,
    /// Id.
    pub id: String,
    /// Name.
    pub name: String,
    /// Id and name of its unit.
    pub unit: (String, String),
    /// Id and name of the firm it is.
    pub firm: Option<(String, String)>,
    /// Facts that are not empty: id of the text, value.
    pub facts: Vec<(&'static str, String)>,
    /// What it pledged.
    pub pledge: String,
    /// Why the plaque was taken back.
    pub withdrawn: String,
    /// Whether the plaque hangs.
    pub hung: bool,
    /// Inspections, the latest first.
    pub inspections: Vec<InspectionRow>,
    /// Today.
    pub today: String,
    /// Whether it was made up.
    pub sample: bool,
    /// Where a published fact is from.
    pub source: String,
    /// What was done to it.
    pub past: Vec<PastLine>,
    /// Whether who looks may write.
    pub may_write: bool,
}

impl ShopPage {
    /// What the page shows of a shop.
    #[must_use]
    pub fn of(c: Chrome, view: ShopView, today: Date) -> Self {
        let shop = view.held.what;
        let day = |day: Option<Date>| day.map(|day| day.to_string()).unwrap_or_default();
        let mut facts = vec![
            ("field-plaque", shop.plaque),
            ("field-given_on", shop.given_on.to_string()),
            ("field-place", shop.place),
            ("field-pledged_on", day(shop.pledged_on)),
            ("field-withdrawn_on", day(shop.withdrawn_on)),
        ];
        facts.retain(|(_, value)| !value.is_empty());
        let firm = shop.firm.as_ref().map(FirmId::to_string);
        let mut names = vec![(shop.unit.to_string(), view.unit.clone())];
        names.extend(firm.clone().map(|id| (id, view.firm.clone())));
        Self {
            past: past(Texts(c.lang), view.history, &names),
            id: view.held.id,
            name: shop.name,
            unit: (shop.unit.into(), view.unit),
            firm: firm.zip(Some(view.firm)),
            hung: shop.withdrawn_on.is_none(),
            pledge: shop.pledge,
            withdrawn: shop.withdrawn_reason,
            inspections: view.inspections,
            today: today.to_string(),
            sample: view.held.sample,
            source: view.held.source,
            may_write: view.may_write,
            facts,
            c,
        }
    }
}
