//! The register of firms as a list.

use askama::Template;
use pingyi_app::record::{FirmRow, FirmsShown};

use super::firms::WordOption;
use super::within::Within;
use super::{Choice, UnitChoice};
use crate::chrome::Chrome;
use crate::lists::{Files, Head};

/// A firm in the list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FirmLine {
    /// The firm.
    pub row: FirmRow,
    /// Short name of its unit.
    pub unit: String,
    /// Its sector in words.
    pub sector: String,
    /// Why it is struck out, or why nothing covers it, in words.
    pub reason: String,
}

impl FirmLine {
    /// Id of the kind's name.
    #[must_use]
    pub fn kind_text(&self) -> String {
        format!("value-firm-kind-{}", self.row.kind)
    }

    /// Ids of the words for what holds today.
    #[must_use]
    pub fn badges(&self) -> Vec<&'static str> {
        let facts = [
            (self.row.struck, "firm-is-struck"),
            (self.row.own, "firm-is-own"),
            (self.row.joint, "firm-is-joint"),
            (self.row.work, "firm-is-work"),
        ];
        let mut found: Vec<_> = facts.iter().filter(|f| f.0 != 0).map(|f| f.1).collect();
        if found.is_empty() {
            found.push("firm-is-none");
        }
        found
    }

    /// Tone of the first of them.
    #[must_use]
    pub const fn tone(&self) -> &'static str {
        if self.row.struck != 0 {
            "off"
        } else if self.row.own != 0 || self.row.joint != 0 {
            "ok"
        } else if self.row.work != 0 {
            ""
        } else {
            "warn"
        }
    }

    /// A number, or a dash where it is not known.
    #[must_use]
    pub fn number(&self, number: &Option<i64>) -> String {
        number.map_or_else(|| "—".to_owned(), |n| n.to_string())
    }
}

/// Which firms a list shows, for a choice.
#[must_use]
pub fn views(chosen: &str) -> Vec<Choice> {
    FirmsShown::ALL
        .iter()
        .map(|(name, _)| Choice::new("firms-view", name, chosen))
        .collect()
}

/// The list.
#[derive(Debug, Clone, Template)]
#[expect(clippy::struct_excessive_bools, reason = "what a template asks")]
#[template(path = "record/firms.html")]
pub struct FirmsPage {
    /// Frame.
    pub c: Chrome,
    /// What is shown.
    pub rows: Vec<FirmLine>,
    /// How many there are in all.
    pub total: u64,
    /// Where the next page is.
    pub next: Option<String>,
    /// Heads that sort.
    pub name: Head,
    /// The same.
    pub opened: Head,
    /// Units to filter by.
    pub units: Vec<UnitChoice>,
    /// The one chosen.
    pub unit: String,
    /// Sectors to filter by.
    pub sectors: Vec<WordOption>,
    /// Whether those without a sector are asked for.
    pub no_sector: bool,
    /// Kinds to filter by.
    pub kinds: Vec<Choice>,
    /// Which of a coverage.
    pub views: Vec<Choice>,
    /// What is searched for.
    pub text: String,
    /// The day asked for; empty for today.
    pub on: String,
    /// The day it is about.
    pub day: String,
    /// Whether that is today.
    pub is_today: bool,
    /// Whether reasons are shown.
    pub reasons: bool,
    /// Whether anything is filtered.
    pub narrowed: bool,
    /// Whether who looks may enter one.
    pub may_add: bool,
    /// The list as files.
    pub files: Files,
    /// Its own address.
    pub path: String,
    /// The unit whose tab it is.
    pub within: Option<Within>,
}
