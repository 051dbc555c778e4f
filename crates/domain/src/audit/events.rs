//! The catalogue of what the audit trail can say, each with its detail as a type.
//!
//! Nothing here may hold a secret, a mark, an opinion, or when, from where or with what anybody cast a ballot.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::entry::TrailPart;
use crate::canonical;
use crate::codes::{AppraisalId, CategoryCode, PresenterCode};
use crate::error::DomainError;
use crate::hash::Digest;
use crate::record::matter::{MatterMove, MatterStateName};
use crate::record::{
    Amount, Date, EditId, FieldChange, InspectionId, Kind, MatterId, Quarter, RemarkId, ReportId,
    UnitId,
};
use crate::report::{Arrange, RemarkMove, ReportMove, ReportStateName, SlideField, SlideKind};
use crate::roles::Roles;

/// Makes the enum and the list of its names together, so that neither can miss one.
macro_rules! catalogue {
    ($($(#[$doc:meta])* $variant:ident => $name:literal { $($(#[$inner:meta])* $field:ident: $kind:ty,)* })*) => {
        /// Something that happened.
        #[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
        #[serde(tag = "action", content = "detail")]
        pub enum AuditEvent {
            $($(#[$doc])* #[serde(rename = $name)] $variant { $($(#[$inner])* $field: $kind,)* },)*
        }

        impl AuditEvent {
            /// The names of all actions.
            pub const ACTIONS: &[&str] = &[$($name,)*];

            /// The name of the action.
            #[must_use]
            pub const fn action(&self) -> &'static str {
                match self { $(Self::$variant { .. } => $name,)* }
            }
        }
    };
}

catalogue! {
    /// The first administrator was made with the console's code. Subject: the user.
    SetUp => "set_up" { /** Log-in. */ login: String, }
    /// Somebody signed in. Subject: the user.
    SignedIn => "signed_in" {}
    /// Somebody signed out. Subject: the user.
    SignedOut => "signed_out" {}
    /// A log-in was locked for a while after too many failures.
    SignInLocked => "sign_in_locked" { /** Log-in. */ login: String, }
    /// A user was made. Subject: the user.
    UserCreated => "user_created" { /** Log-in. */ login: String, /** Roles. */ roles: Roles, }
    /// A user was changed. Subject: the user.
    UserChanged => "user_changed" {
        /** Roles now. */ roles: Roles,
        /** Whether the user can no longer sign in. */ disabled: bool,
        /** Whether the password was set anew. */ password: bool,
        /** The unit the user keeps or reads, where set. */
        #[serde(default, skip_serializing_if = "Option::is_none")]
        unit: Option<UnitId>,
    }
    /// An appraisal was made. Subject: the appraisal, as for all that follow.
    AppraisalCreated => "appraisal_created" {
        /** Its title. */ title: String,
        /** The appraisal it was copied from. */ copy_of: Option<AppraisalId>,
        /** Whether it is a rehearsal. */ rehearsal: bool,
    }
    /// The configuration was stored.
    ConfigChanged => "config_changed" {
        /** The new version. */ version: u64,
        /** SHA-256 of the canonical configuration. */ scheme: Digest,
    }
    /// New links were made; the old ones are dead.
    LinksMade => "links_made" { /** `tellers`, `issuer`, `hall`. */ kinds: Vec<String>, }
    /// A teller's certificate arrived.
    TellerCertified => "teller_certified" { /** Seat from 1. */ seat: u32, /** SHA-256. */ message: Digest, }
    /// A teller's polynomial arrived.
    TellerCommitted => "teller_committed" { /** Seat from 1. */ seat: u32, /** SHA-256. */ message: Digest, }
    /// A teller's output arrived and was verified.
    TellerDone => "teller_done" { /** Seat from 1. */ seat: u32, /** SHA-256. */ message: Digest, }
    /// The key ceremony was started again.
    KeysReset => "keys_reset" {}
    /// The tellers' key exists.
    AppraisalKeyed => "appraisal_keyed" { /** SHA-256 of `trustees.json`. */ trustees: Digest, }
    /// The roll of a box was replaced.
    RollSet => "roll_set" {
        /** Category. */ category: CategoryCode,
        /** Phone slips. */ phone: u32,
        /** Credentials for paper. */ paper: u32,
        /** Spare slips. */ spare: u32,
    }
    /// Form, roll, scheme and tellers were frozen.
    AppraisalSealed => "appraisal_sealed" {
        /** SHA-256 of the canonical configuration. */ scheme: Digest,
        /** Fingerprint of each box's election. */ boxes: Vec<BoxMark>,
    }
    /// The boxes were opened.
    AppraisalOpened => "appraisal_opened" {}
    /// Casting was paused.
    AppraisalPaused => "appraisal_paused" {}
    /// Casting was resumed.
    AppraisalResumed => "appraisal_resumed" {}
    /// The boxes were closed.
    AppraisalClosed => "appraisal_closed" { /** Each box's head. */ boxes: Vec<BoxHead>, }
    /// A teller's shares for a box arrived and were verified.
    SharesGiven => "shares_given" { /** Category. */ category: CategoryCode, /** Seat from 1. */ seat: u32, }
    /// A teller's shares for the urn of opinions arrived and were verified.
    UrnSharesGiven => "urn_shares_given" { /** Seat from 1. */ seat: u32, }
    /// A box was counted and its result verified.
    BoxOpened => "box_opened" { /** The box. */ head: BoxHead, }
    /// A box below its minimum was left closed.
    BoxSkipped => "box_skipped" {
        /** Category. */ category: CategoryCode,
        /** Ballots that would have counted. */ ballots: u32,
        /** The minimum. */ minimum: u32,
    }
    /// The urn of opinions was opened.
    UrnOpened => "urn_opened" { /** Entries. */ entries: u32, /** Entries that did not open. */ unreadable: u32, }
    /// Every box is opened or skipped.
    AppraisalCounted => "appraisal_counted" { /** Categories not opened. */ skipped: Vec<CategoryCode>, }
    /// The result is kept for the committee.
    ResultKept => "result_kept" {}
    /// The result was made known.
    ResultReleased => "result_released" {}
    /// Everything was put away.
    AppraisalArchived => "appraisal_archived" {}
    /// The appraisal was declared void.
    AppraisalVoided => "appraisal_voided" { /** Why. */ reason: String, }
    /// A rehearsal was wiped.
    RehearsalWiped => "rehearsal_wiped" { /** What it rehearsed. */ of: Option<AppraisalId>, }
    /// A draft was deleted.
    AppraisalDeleted => "appraisal_deleted" { /** Its title. */ title: String, }
    /// The order of the reports was drawn.
    OrderDrawn => "order_drawn" { /** The seed. */ seed: Digest, /** The order. */ order: Vec<PresenterCode>, }
    /// The hall screen shows something else.
    StageSet => "stage_set" { /** The scene. */ scene: String, /** The presenter. */ presenter: Option<PresenterCode>, }
    /// A comment was written; not its text.
    CommentWritten => "comment_written" { /** On whom. */ presenter: PresenterCode, }
    /// The reconciliation of a category was entered.
    ReconciliationSet => "reconciliation_set" {
        /** Category. */ category: CategoryCode,
        /** The numbers, as entered. */ numbers: Value,
    }
    /// A leader evaluated presenters; not the points.
    EvaluationGiven => "evaluation_given" { /** Whom. */ presenters: Vec<PresenterCode>, }
    /// The committee's grade for a presenter was entered; none takes back what stood there.
    GradeDecided => "grade_decided" {
        /** Whose. */ presenter: PresenterCode,
        /** The grade the rules proposed. */ proposed: Option<String>,
        /** The grade decided. */ decided: Option<String>,
        /** Why, where it is another one. */ reason: String,
    }
    /// A leader confirmed grades.
    GradesConfirmed => "grades_confirmed" { /** Whose, and which. */ grades: BTreeMap<PresenterCode, String>, }
    /// Slides were uploaded.
    SlidesSet => "slides_set" {
        /** Whose. */ presenter: PresenterCode,
        /** SHA-256 of the PDF. */ file: Digest,
        /** SHA-256 of the pptx it was made of. */
        #[serde(default, skip_serializing_if = "Option::is_none")]
        original: Option<Digest>,
    }
    /// Slides were taken away.
    SlidesRemoved => "slides_removed" { /** Whose. */ presenter: PresenterCode, }
    /// A matter was made of what the appraisal found wanting.
    MatterListed => "matter_listed" {
        /** The matter. */ matter: MatterId,
        /** On whom. */ presenter: PresenterCode,
        /** `item:<code>`, `opinion:<number>`, `comment`; never the words. */ sources: Vec<String>,
    }
    /// An opinion was struck as abusive; it waits for a leader. Not its words.
    OpinionStruck => "opinion_struck" {
        /** On whom. */ presenter: PresenterCode,
        /** Its number. */ number: u32,
        /** Why. */ reason: String,
    }
    /// A leader confirmed that an opinion is struck, or did not.
    StrikeDecided => "strike_decided" {
        /** On whom. */ presenter: PresenterCode,
        /** The opinion's number. */ number: u32,
        /** Whether it is struck. */ struck: bool,
        /** What was said. */ answer: String,
    }
    /// A record of the year was made. Subject: the record, as for the next two.
    RecordAdded => "record_added" {
        /** Its kind. */ kind: Kind,
        /** The unit it belongs to. */ unit: Option<UnitId>,
        /** Its fields that are not empty. */ fields: Vec<FieldChange>,
    }
    /// A record was changed.
    RecordChanged => "record_changed" {
        /** Its kind. */ kind: Kind,
        /** The unit it belongs to. */ unit: Option<UnitId>,
        /** The new version. */ version: i64,
        /** The fields that differ. */ fields: Vec<FieldChange>,
    }
    /// A record was taken away.
    RecordRemoved => "record_removed" {
        /** Its kind. */ kind: Kind,
        /** The unit it belonged to. */ unit: Option<UnitId>,
        /** What it held. */ fields: Vec<FieldChange>,
    }
    /// Many records came in at once. Subject: the import.
    RecordsImported => "records_imported" {
        /** Their kind. */ kind: Kind,
        /** How many were made. */ added: u64,
        /** How many were changed. */ changed: u64,
        /** SHA-256 of the file. */ file: Digest,
    }
    /// An import was undone. Subject: the import.
    ImportUndone => "import_undone" { /** Kind. */ kind: Kind, /** Rows. */ rows: u64, }
    /// An entry was confirmed or given back. Subject: the entry.
    EntryReviewed => "entry_reviewed" {
        /** `confirm` or `return`. */ review: String,
        /** Why it was given back. */ reason: String,
    }
    /// A matter moved on. Subject: the matter, as for the next four.
    MatterMoved => "matter_moved" {
        /** The move. */ step: MatterMove,
        /** Where it stands now. */ state: MatterStateName,
        /** What was said with it. */ text: String,
    }
    /// How far a key task is was written down.
    MatterProgressed => "matter_progressed" { /** As of this day. */ on: Date, /** So much is done. */ done: Amount, }
    /// A change was asked for.
    EditAsked => "edit_asked" {
        /** The request. */ edit: EditId,
        /** What is to be changed. */ fields: Vec<FieldChange>,
        /** Why. */ reason: String,
    }
    /// A change was granted or refused.
    EditDecided => "edit_decided" {
        /** The request. */ edit: EditId,
        /** Whether it was granted. */ granted: bool,
        /** What was answered. */ answer: String,
    }
    /// A shop was inspected. Subject: the shop, as for the next one.
    ShopInspected => "shop_inspected" {
        /** The inspection. */ inspection: InspectionId,
        /** On this day. */ on: Date,
        /** Whether all was in order. */ passed: bool,
        /** What was found. */ finding: String,
    }
    /// An inspection that was written down by mistake was taken away.
    InspectionRemoved => "inspection_removed" {
        /** The inspection. */ inspection: InspectionId,
        /** It was of this day. */ on: Date,
    }
    /// The cases a service centre served in a quarter were written down. Subject: the centre.
    CasesCounted => "cases_counted" {
        /** The quarter. */ quarter: Quarter,
        /** By code of the service; what is not there any more stands at nought. */ cases: BTreeMap<String, i64>,
    }
    /// A file was added as evidence. Subject: the entry or matter.
    EvidenceAdded => "evidence_added" { /** Its name. */ name: String, /** SHA-256 as kept. */ file: Digest, }
    /// A file was taken away. Subject: the entry or matter.
    EvidenceRemoved => "evidence_removed" { /** Its name. */ name: String, /** SHA-256 as kept. */ file: Digest, }
    /// What a file shows was said in words. Subject: the entry or matter.
    EvidenceDescribed => "evidence_described" { /** Its name. */ name: String, /** The words. */ caption: String, }
    /// A paper was made. Subject: the appraisal, the report, the unit, or the whole office where it is empty, as for the
    /// next two.
    PaperMade => "paper_made" {
        /** What it is of. */ place: String,
        /** `pdf`, `docx`, `pptx` or `xlsx`. */ format: String,
        /** SHA-256 of its data. */ data: Digest,
        /** SHA-256 of the file. */ file: Digest,
    }
    /// Letters were handed to whom they are written to.
    LettersGiven => "letters_given" { /** To whom. */ presenters: Vec<PresenterCode>, }
    /// What stands in a paper by hand was written; not its text.
    PaperTextWritten => "paper_text_written" { /** Which. */ text: String, }
    /// A signed paper was kept as it was scanned. Subject: the appraisal, as for the next.
    ScanAdded => "scan_added" {
        /** Which paper. */ sheet: String,
        /** Its name. */ name: String,
        /** SHA-256 as kept. */ file: Digest,
    }
    /// A scan was taken away before the archive.
    ScanRemoved => "scan_removed" {
        /** Which paper. */ sheet: String,
        /** SHA-256 as kept. */ file: Digest,
        /** Why. */ reason: String,
    }
    /// Slides were brought along with a report. Subject: the report, as for the next.
    OwnSlidesBrought => "own_slides_brought" {
        /** Its name. */ name: String,
        /** SHA-256 of the PDF. */ file: Digest,
        /** SHA-256 of the file as it was sent. */ original: Digest,
    }
    /// They were taken away.
    OwnSlidesDropped => "own_slides_dropped" { /** SHA-256 of the PDF. */ file: Digest, }
    /// The office's own template was set. Subject: its name.
    TemplateSet => "template_set" {
        /** Name of the file. */ name: String,
        /** SHA-256 of the file. */ file: Digest,
    }
    /// It was taken away.
    TemplateRemoved => "template_removed" { /** SHA-256 of the file. */ file: Digest, }
    /// What a bundle of an appraisal holds was written down; the trail in the bundle ends with this, and
    /// [`Self::BundleMade`] follows.
    BundleListed => "bundle_listed" {
        /** The entries about the appraisal in the bundle before this one. */ trail: TrailPart,
        /** SHA-256 of the canonical list of all other files. */ files: Digest,
        /** The duty report of each presenter who has one that was handed in. */
        reports: BTreeMap<PresenterCode, ReportListed>,
    }
    /// Everything of an appraisal was handed out as one bundle.
    BundleMade => "bundle_made" {
        /** SHA-256 of its manifest. */ manifest: Digest,
        /** Files in it. */ files: u64,
        /** Their size in bytes. */ bytes: u64,
    }
    /// A duty report was begun. Subject: the report, as for the next seven.
    ReportBegun => "report_begun" { /** Of this unit. */ unit: UnitId, /** On this year. */ year: i32, }
    /// A section was written; not its text.
    SectionWritten => "section_written" {
        /** Its code. */ section: String,
        /** Its version. */ version: i64,
        /** Its characters. */ characters: usize,
        /** SHA-256 of its text. */ text: Digest,
    }
    /// A line of last year's list was answered; not in which words.
    AnswerWritten => "answer_written" {
        /** The matter. */ matter: MatterId,
        /** Version of the answer. */ version: i64,
        /** SHA-256 of its text. */ text: Digest,
    }
    /// A report moved on.
    ReportMoved => "report_moved" {
        /** The move. */ step: ReportMove,
        /** Where it stands now. */ state: ReportStateName,
        /** What was said with it. */ text: String,
        /** SHA-256 of the version it is about. */ content: Option<Digest>,
    }
    /// Slides of a report were arranged: order, what is left out, figures and photos picked.
    SlidesArranged => "slides_arranged" { /** Version of the arrangement. */ version: i64, /** What was done. */ change: Arrange, }
    /// Something was typed for a slide; not its words.
    SlideWritten => "slide_written" {
        /** Which slide. */ slide: SlideKind,
        /** Heading or points. */ field: SlideField,
        /** Its version. */ version: i64,
        /** SHA-256 of the text. */ text: Digest,
    }
    /// The stage went to a presenter whose slides are made of the report: these are shown. Subject: the appraisal.
    DeckShown => "deck_shown" {
        /** Whose. */ presenter: PresenterCode,
        /** Of this report. */ report: ReportId,
        /** SHA-256 of the slides. */ deck: Digest,
    }
    /// What the hall showed of a report is shown no more. Subject: the appraisal.
    DeckDropped => "deck_dropped" {
        /** Whose. */ presenter: PresenterCode,
    }
    /// A remark was made.
    RemarkMade => "remark_made" {
        /** The remark. */ remark: RemarkId,
        /** The section. */ section: String,
        /** The words. */ text: String,
    }
    /// A remark was answered, settled or opened again.
    RemarkMoved => "remark_moved" {
        /** The remark. */ remark: RemarkId,
        /** The move. */ step: RemarkMove,
        /** What was answered. */ text: String,
    }
    /// The outline of the reports was changed.
    OutlineChanged => "outline_changed" {
        /** Its version. */ version: i64,
        /** SHA-256 of its canonical JSON. */ outline: Digest,
    }
    /// A backup was written.
    BackedUp => "backed_up" { /** SHA-256 of the file. */ file: Digest, }
    /// A backup was put back.
    Restored => "restored" { /** SHA-256 of the file. */ file: Digest, }
    /// The trail was exported.
    AuditExported => "audit_exported" { /** Last entry of the export. */ last: u64, }
}

/// A box by its letter and the fingerprint of its election.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct BoxMark {
    /// Category.
    pub category: CategoryCode,
    /// The box's uuid.
    pub uuid: String,
    /// The election's fingerprint.
    pub fingerprint: String,
}

/// A box's board at one moment.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct BoxHead {
    /// Category.
    pub category: CategoryCode,
    /// Height of the last event.
    pub height: u64,
    /// SHA-256 of the last event.
    pub head: Digest,
    /// Ballots that count.
    pub ballots: u32,
}

/// A duty report in a bundle.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReportListed {
    /// The report.
    pub report: ReportId,
    /// SHA-256 of what was handed in.
    pub content: Digest,
    /// The entries about it.
    pub trail: TrailPart,
    /// SHA-256 of its documents by their format.
    pub documents: BTreeMap<String, Digest>,
}

impl AuditEvent {
    /// The detail alone, as the entry holds it.
    ///
    /// # Panics
    /// Never: every detail is of texts, numbers and lists.
    #[must_use]
    pub fn detail(&self) -> Value {
        let whole = serde_json::to_value(self).expect("details are of texts, numbers and lists");
        whole["detail"].clone()
    }

    /// The event of an entry.
    ///
    /// # Errors
    /// [`DomainError::Json`] where this version does not know the action or its detail.
    pub fn from_parts(action: &str, detail: &Value) -> Result<Self, DomainError> {
        canonical::from_json(&json!({"action": action, "detail": detail}).to_string())
    }
}
