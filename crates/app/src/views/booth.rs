//! The booth, the receipt and the board (contract §3.5).

use pingyi_domain::config::{Grade, Item};
use pingyi_domain::{AppraisalId, CategoryCode, PresenterCode};
use pingyi_store::BoxId;
use serde::Serialize;

/// What the booth needs.
#[derive(Debug, Clone, Serialize)]
pub struct BoothView {
    /// The box.
    pub uuid: BoxId,
    /// The appraisal it belongs to.
    pub appraisal: AppraisalId,
    /// State of the box.
    pub state: String,
    /// The category.
    pub category: CategoryView,
    /// Title of the meeting.
    pub title: String,
    /// Whether it is a rehearsal.
    pub rehearsal: bool,
    /// Exact `election.json`, nothing before Sealed.
    pub election: Option<String>,
    /// The form.
    pub form: FormView,
    /// Exact text of last year's lists by presenter ([`crate::followup::LastYear`]), whose hash the election binds;
    /// nothing where there is none, or before Sealed.
    pub last_year: Option<String>,
    /// Who is on.
    pub stage: StageHint,
    /// Where opinions go; nothing where the form has none or the key is not made.
    pub urn: Option<UrnView>,
    /// Head of the board.
    pub head: HeadView,
}

/// A category by letter and name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct CategoryView {
    /// Letter.
    pub code: CategoryCode,
    /// Who they are.
    pub label: String,
}

/// The form, with the presenters in the order of the meeting.
#[derive(Debug, Clone, Serialize)]
pub struct FormView {
    /// Heading.
    pub title: String,
    /// Rows.
    pub items: Vec<Item>,
    /// Grades.
    pub grades: Vec<Grade>,
    /// Whether there is an opinion field.
    pub opinions: bool,
    /// Warn when every mark is equal.
    pub warn_all_equal: bool,
    /// Warn above this many top grades in one item.
    pub max_top: Option<u32>,
    /// Presenters in the order of the meeting.
    pub presenters: Vec<PresenterView>,
}

/// A presenter on the form.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PresenterView {
    /// Code.
    pub code: PresenterCode,
    /// Post.
    pub title: String,
    /// Unit.
    pub unit: String,
    /// Place in the configuration from 0: the election's questions follow it.
    pub index: usize,
}

/// Who is on, for the booth.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct StageHint {
    /// Code.
    pub presenter: Option<PresenterCode>,
}

/// Where opinions go.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct UrnView {
    /// The tellers' joint key.
    pub key: String,
    /// The urn's id.
    pub context: String,
}

/// The head of a board.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct HeadView {
    /// Height of the last event, -1 before the first.
    pub height: i64,
    /// Its hash.
    pub hash: String,
    /// Ballots on the board, replaced ones included.
    pub ballots: i64,
}

/// What a rater gets for a ballot: it is on the board and durable.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Receipt {
    /// Tracker, base64 as on the board.
    pub tracker: String,
    /// Height of the event.
    pub height: i64,
    /// Hash of the event, hex.
    pub event: String,
    /// Whether this call put it there (201) or it was there (200).
    #[serde(skip)]
    pub fresh: bool,
}

/// What became of a ballot.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ReceiptStatus {
    /// `counted`, `replaced` or `unknown`.
    pub status: &'static str,
    /// Height of the event.
    pub height: Option<i64>,
    /// Hash of the event, hex.
    pub event: Option<String>,
}

/// The boards of an appraisal, for the public page.
#[derive(Debug, Clone, Serialize)]
pub struct BoardView {
    /// The appraisal.
    pub appraisal: AppraisalId,
    /// Title.
    pub title: String,
    /// State.
    pub state: String,
    /// Whether it is a rehearsal.
    pub rehearsal: bool,
    /// One per box that has a board.
    pub boxes: Vec<BoardLine>,
}

/// One board.
#[derive(Debug, Clone, Serialize)]
pub struct BoardLine {
    /// The box.
    pub uuid: BoxId,
    /// The category.
    pub category: CategoryView,
    /// State of the box.
    pub state: String,
    /// Head.
    pub head: HeadView,
    /// Whether the sidecar of strong proofs can be had.
    pub proofs: bool,
}
