//! The appraisal as the office sees it (contract §3.2, §3.7).

use std::collections::BTreeMap;

use pingyi_domain::config::{AppraisalConfig, Problem};
use pingyi_domain::reconciliation::{Counted, Sheet};
use pingyi_domain::stage::Stage;
use pingyi_domain::{AppraisalId, CategoryCode, PresenterCode};
use pingyi_store::BoxId;
use serde::{Deserialize, Serialize};

pub use pingyi_domain::order::Draw;

/// A line of the list of appraisals.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct AppraisalItem {
    /// Id.
    pub id: AppraisalId,
    /// Title.
    pub title: String,
    /// Year.
    pub year: i64,
    /// Name of the state (contract §2.2).
    pub state: String,
    /// Whether it is a rehearsal.
    pub rehearsal: bool,
}

/// Everything about one appraisal.
#[derive(Debug, Clone, Serialize)]
pub struct AppraisalView {
    /// Id.
    pub id: AppraisalId,
    /// Version of the configuration, for `If-Match`.
    pub version: i64,
    /// Name of the state.
    pub state: String,
    /// Whether it is a rehearsal.
    pub rehearsal: bool,
    /// Of which appraisal.
    pub rehearsal_of: Option<String>,
    /// The configuration.
    pub config: AppraisalConfig,
    /// Everything that keeps it from being sealed.
    pub problems: Vec<Problem>,
    /// The tellers and how far each is.
    pub tellers: Vec<TellerLine>,
    /// The boxes (from Keyed on).
    pub boxes: Vec<BoxLine>,
    /// Paper and slips by category.
    pub reconciliation: Sheet,
    /// What the hall screen shows.
    pub stage: Stage,
    /// Presenters in the order of the meeting.
    pub order: Vec<PresenterCode>,
    /// The lots, when drawn.
    pub draw: Option<Draw>,
    /// The leader's comments by presenter.
    pub comments: BTreeMap<String, String>,
    /// Presenters that have slides.
    pub slides: Vec<String>,
    /// What can be done now: names of the actions of contract §3.2.
    pub next: Vec<&'static str>,
    /// One line with the head of every box: `A 12 5f2c…; B 30 …`.
    pub head_summary: String,
    /// Number of sealed opinions in the urn.
    pub opinions: i64,
    /// Whether the result is kept for the committee.
    pub kept: bool,
    /// Why it was made void.
    pub void_reason: Option<String>,
}

/// A teller in the list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[allow(
    clippy::struct_excessive_bools,
    reason = "four independent steps, as the contract names them"
)]
pub struct TellerLine {
    /// Seat from 1.
    pub index: u32,
    /// Name.
    pub name: String,
    /// Whether the link was opened.
    pub joined: bool,
    /// Whether the certificate is in.
    pub cert: bool,
    /// Whether the polynomial is in.
    pub polynomial: bool,
    /// Whether the output is in.
    pub output: bool,
}

/// How many credentials a roll has.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct RollCounts {
    /// On slips for phones.
    pub phone: i64,
    /// Set aside for paper.
    pub paper: i64,
    /// Spare slips.
    pub spare: i64,
}

/// A ballot box in the list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct BoxLine {
    /// Uuid.
    pub uuid: BoxId,
    /// Letter of the category.
    pub category: CategoryCode,
    /// Who they are.
    pub label: String,
    /// State of the box: `new sealed open paused closed tallied opened skipped void`.
    pub state: String,
    /// The roll.
    pub roll: RollCounts,
    /// Ballots that count.
    pub ballots: i64,
    /// Ballots replaced by a later one.
    pub replaced: i64,
    /// Hash of the last event.
    pub head: String,
    /// Height of the last event, -1 before the first.
    pub height: i64,
    /// Whether the encrypted tally is published.
    pub tally: bool,
    /// Tellers whose share is in.
    pub shares: Vec<i64>,
    /// Below the minimum, not opened.
    pub skipped: bool,
    /// Whether the result is on the board.
    pub result: bool,
    /// What our own verification said: `valid`, `findings`, or nothing yet.
    pub verified: Option<String>,
}

/// What was counted by hand in a category (contract §3.2); what is left out has not been counted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ReconciliationIn {
    /// Letter of the category.
    pub category: CategoryCode,
    /// How many may rate.
    #[serde(default)]
    pub entitled: Option<u32>,
    /// How many are present.
    #[serde(default)]
    pub present: Option<u32>,
    /// Slips given out.
    #[serde(default)]
    pub issued_phone: Option<u32>,
    /// Paper forms given out.
    #[serde(default)]
    pub issued_paper: Option<u32>,
    /// Paper forms come back.
    #[serde(default)]
    pub returned_paper: Option<u32>,
    /// Paper forms that are void.
    #[serde(default)]
    pub void_paper: Option<u32>,
    /// Spare slips destroyed in public.
    #[serde(default)]
    pub spare_destroyed: Option<u32>,
}

impl ReconciliationIn {
    /// The numbers without the category.
    #[must_use]
    pub fn counted(&self) -> Counted {
        Counted {
            entitled: self.entitled,
            present: self.present,
            issued_phone: self.issued_phone,
            issued_paper: self.issued_paper,
            returned_paper: self.returned_paper,
            void_paper: self.void_paper,
            spare_destroyed: self.spare_destroyed,
        }
    }
}

/// What storing a configuration answers.
#[derive(Debug, Clone, Serialize)]
pub struct ConfigStored {
    /// The new version.
    pub version: i64,
    /// What is wrong with it.
    pub problems: Vec<Problem>,
}

/// New links (contract §3.2). The only time the tokens are seen.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Links {
    /// One per teller.
    pub tellers: Vec<TellerLink>,
    /// The issuer's.
    pub issuer: Option<String>,
    /// The hall screen's.
    pub hall: Option<String>,
}

/// A teller's link.
#[derive(Debug, Clone, Serialize)]
pub struct TellerLink {
    /// Seat from 1.
    pub index: u32,
    /// Name.
    pub name: String,
    /// Address with the token in the fragment.
    pub url: String,
}

/// Which links to make anew.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum LinkKind {
    /// All tellers'.
    Tellers,
    /// The issuer's.
    Issuer,
    /// The hall screen's.
    Hall,
}
