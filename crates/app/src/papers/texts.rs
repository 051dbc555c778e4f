//! What people type for a paper before it is made: kept field by field, refused as a whole, and never written over
//! silently when two are at it.

use std::collections::BTreeMap;

use pingyi_domain::AppraisalId;
use pingyi_domain::audit::AuditEvent;
use pingyi_domain::record::{Check, Date, FieldConflict, Kind as RecordKind};
use pingyi_store::Conn;
use pingyi_store::repo::documents::{self, Kind};
use serde::{Deserialize, Serialize};

use super::drafts;
use super::facts::Facts;
use crate::loaded::Loaded;
use crate::record::{Conflict, Hand, Stored};
use crate::{App, AppError, Result};

/// The texts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum TextKind {
    /// Where and when, who chaired: for all papers of the meeting.
    Meeting,
    /// The minutes.
    Minutes,
    /// The press brief.
    PressBrief,
    /// The circular.
    Circular,
}

/// What a field takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FieldForm {
    /// One line of so many characters.
    Line(usize),
    /// Paragraphs, a line each, of so many characters together.
    Lines(usize),
    /// A day, or nothing.
    Day,
    /// A time by the clock of the hall, `09:00`, or nothing.
    Time,
}

/// One field of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TextField {
    /// Name, also on the wire; a presenter's with their code behind a `-`.
    pub name: String,
    /// What it takes.
    pub form: FieldForm,
    /// Whose, for fields that every presenter has: their title.
    pub of: String,
}

/// A text as it is stored.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Typed {
    version: i64,
    by: String,
    at: i64,
    pub fields: BTreeMap<String, String>,
}

/// A text with its fields: what was typed, or the draft while nobody has.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TextView {
    /// Which.
    pub kind: TextKind,
    /// 0 while nobody has written it.
    pub version: i64,
    /// The fields with what stands in them.
    pub fields: Vec<(TextField, String)>,
}

use FieldForm::{Day, Line, Lines, Time};

const MEETING: &[(&str, FieldForm)] = &[
    ("office", Line(80)),
    ("held_on", Day),
    ("from", Time),
    ("to", Time),
    ("place", Line(80)),
    ("chair", Line(40)),
    ("recorder", Line(40)),
    ("commented_by", Line(40)),
    ("reply_by", Day),
];
const MINUTES: &[(&str, FieldForm)] = &[
    ("agenda", Lines(2_000)),
    ("vote", Lines(4_000)),
    ("resolutions", Lines(8_000)),
];
const PRESS_BRIEF: &[(&str, FieldForm)] = &[
    ("series", Line(40)),
    ("issue", Line(40)),
    ("title", Line(120)),
    ("text", Lines(8_000)),
    ("sent_to", Line(200)),
];
const CIRCULAR: &[(&str, FieldForm)] = &[
    ("letterhead", Line(80)),
    ("number", Line(40)),
    ("title", Line(120)),
    ("to", Line(200)),
    ("text", Lines(12_000)),
    ("closing", Lines(2_000)),
    ("attachments", Lines(2_000)),
    ("dated", Day),
    ("copies", Line(400)),
    ("issued_by", Line(80)),
    ("issued_on", Day),
];
/// What the minutes say of one report.
const SUMMARY: FieldForm = Lines(2_000);

impl TextKind {
    /// All of them.
    pub const ALL: [Self; 4] = [
        Self::Meeting,
        Self::Minutes,
        Self::PressBrief,
        Self::Circular,
    ];

    /// The name on the wire.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Meeting => "meeting",
            Self::Minutes => "minutes",
            Self::PressBrief => "press_brief",
            Self::Circular => "circular",
        }
    }

    /// The text with this name.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.name() == name)
    }

    fn fields(self, facts: &Facts) -> Vec<TextField> {
        let (own, presenters) = match self {
            Self::Meeting => (MEETING, false),
            Self::Minutes => (MINUTES, true),
            Self::PressBrief => (PRESS_BRIEF, false),
            Self::Circular => (CIRCULAR, false),
        };
        let own = own.iter().map(|(name, form)| TextField {
            name: (*name).to_owned(),
            form: *form,
            of: String::new(),
        });
        let each = facts.result.tables.iter().filter(|_| presenters);
        let each = each.map(|table| TextField {
            name: format!("summary-{}", table.code),
            form: SUMMARY,
            of: table.title.clone(),
        });
        own.chain(each).collect()
    }
}

/// The texts of an appraisal that somebody has written.
pub(super) async fn all(conn: &mut Conn, id: &AppraisalId) -> Result<BTreeMap<TextKind, Typed>> {
    let mut typed = BTreeMap::new();
    for part in documents::of_kind(conn, id, Kind::PaperText).await? {
        if let Some(kind) = TextKind::named(&part.part) {
            typed.insert(kind, serde_json::from_str(&part.body)?);
        }
    }
    Ok(typed)
}

impl Facts {
    /// A field as it goes into the paper: what was typed, or the draft.
    pub fn written(&self, kind: TextKind, field: &str) -> String {
        let typed = self.said(kind, field).map(str::to_owned);
        typed.unwrap_or_else(|| drafts::draft(self, kind, field))
    }
}

impl App {
    /// A text of an appraisal's papers, with a draft from the facts while nobody has written it.
    ///
    /// # Errors
    /// [`AppError::NotFound`], [`AppError::NotYourUnit`] for anybody but the office, [`AppError::WrongState`] before
    /// the count.
    pub async fn paper_text(
        &self,
        hand: &Hand,
        id: &AppraisalId,
        kind: TextKind,
    ) -> Result<TextView> {
        hand.decides()?;
        let facts = self.facts(id).await?;
        let fields = kind.fields(&facts).into_iter();
        Ok(TextView {
            kind,
            version: facts.typed.get(&kind).map_or(0, |typed| typed.version),
            fields: fields
                .map(|field| {
                    let said = facts.written(kind, &field.name);
                    (field, said)
                })
                .collect(),
        })
    }

    /// Stores what was typed, all of it or nothing.
    ///
    /// # Errors
    /// [`AppError::Fields`], [`AppError::NotFound`], [`AppError::NotYourUnit`], [`AppError::WrongState`] before the
    /// count and once it is archived, [`AppError::Conflict`] when somebody else wrote it since.
    pub async fn write_paper_text(
        &self,
        hand: &Hand,
        id: &AppraisalId,
        (kind, version): (TextKind, i64),
        sent: &BTreeMap<String, String>,
    ) -> Result<Stored> {
        hand.decides()?;
        let facts = self.facts(id).await?;
        let fields = read(&kind.fields(&facts), sent)?;
        let mut tx = self.store().begin().await?;
        let appraisal = Loaded::lock(&mut tx, id).await?;
        if appraisal.state.name() == pingyi_domain::appraisal::StateName::Archived {
            return appraisal.wrong_state();
        }
        let stored = documents::get(&mut tx, id, Kind::PaperText, kind.name()).await?;
        let stored: Typed = stored
            .map(|body| serde_json::from_str(&body))
            .transpose()?
            .unwrap_or_default();
        let same = stored.version > 0 && stored.fields == fields;
        if same {
            return Ok(answer(kind, stored.version));
        }
        if stored.version != version {
            return Err(self.conflict(&stored, &fields).await?);
        }
        let typed = Typed {
            version: version + 1,
            by: hand.actor().to_string(),
            at: self.now(),
            fields,
        };
        let body = serde_json::to_string(&typed)?;
        documents::put(&mut tx, id, Kind::PaperText, kind.name(), &body).await?;
        let event = AuditEvent::PaperTextWritten {
            text: kind.name().to_owned(),
        };
        self.record(&mut tx, hand.actor(), id.as_str(), &event)
            .await?;
        tx.commit().await?;
        Ok(answer(kind, typed.version))
    }

    /// Both texts of every field that differs; which stays is for a person to say.
    async fn conflict(&self, stored: &Typed, mine: &BTreeMap<String, String>) -> Result<AppError> {
        let fields = mine.iter().filter_map(|(field, mine)| {
            let theirs = stored.fields.get(field).cloned().unwrap_or_default();
            (theirs != *mine).then(|| FieldConflict {
                field: field.clone(),
                was: None,
                theirs,
                mine: mine.clone(),
                both: true,
            })
        });
        let mut view = self.store().read().await?;
        Ok(AppError::Conflict(Box::new(Conflict {
            kind: RecordKind::Paper,
            version: stored.version,
            by: crate::record::name_of(&mut view, &stored.by).await?,
            at: stored.at,
            fields: fields.collect(),
            names: BTreeMap::new(),
        })))
    }
}

fn answer(kind: TextKind, version: i64) -> Stored {
    Stored {
        id: kind.name().to_owned(),
        version,
    }
}

/// Every field, looked over; those that were not sent are empty, others are refused.
fn read(fields: &[TextField], sent: &BTreeMap<String, String>) -> Result<BTreeMap<String, String>> {
    let mut check = Check::default();
    let mut all = BTreeMap::new();
    for field in fields {
        let name = field.name.as_str();
        let text = sent.get(name).map(String::as_str).unwrap_or_default();
        let text = match field.form {
            Line(most) => check.text(name, text, 0..=most),
            Lines(most) => check.lines(name, text, 0..=most),
            Day => {
                let day = check.maybe::<Date>(name, text, "date");
                day.map(|day| day.to_string()).unwrap_or_default()
            }
            Time => {
                let text = check.text(name, text, 0..=5);
                check.demand(text.is_empty() || is_time(&text), name, "time");
                text
            }
        };
        all.insert(field.name.clone(), text);
    }
    for name in sent.keys() {
        check.demand(all.contains_key(name), name, "unknown_field");
    }
    Ok(check.done(Some(all))?)
}

/// `09:00`
fn is_time(text: &str) -> bool {
    let Some((hour, minute)) = text.split_once(':') else {
        return false;
    };
    let two = |text: &str, most: u8| {
        text.len() == 2
            && text.bytes().all(|byte| byte.is_ascii_digit())
            && text.parse::<u8>().is_ok_and(|number| number <= most)
    };
    two(hour, 23) && two(minute, 59)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn field(name: &str, form: FieldForm) -> TextField {
        TextField {
            name: name.to_owned(),
            form,
            of: String::new(),
        }
    }

    #[test]
    fn everything_wrong_is_said_at_once_and_what_is_left_out_is_empty() {
        let fields = [
            field("office", Line(4)),
            field("held_on", Day),
            field("from", Time),
            field("text", Lines(10)),
        ];
        let sent = |pairs: &[(&str, &str)]| {
            let pairs = pairs.iter();
            pairs
                .map(|(name, text)| ((*name).to_owned(), (*text).to_owned()))
                .collect::<BTreeMap<_, _>>()
        };
        let good = sent(&[
            ("office", " 党工委 "),
            ("held_on", "2018-12-15"),
            ("from", "09:00"),
        ]);
        let read_back = read(&fields, &good).unwrap();
        assert_eq!(read_back["office"], "党工委");
        assert_eq!(read_back["text"], "");
        let bad = sent(&[
            ("office", "五个字太长"),
            ("held_on", "2018-02-30"),
            ("from", "24:00"),
            ("text", "十一个字的文字太长太长了"),
            ("stray", "x"),
        ]);
        let AppError::Fields(problems) = read(&fields, &bad).unwrap_err() else {
            panic!("other refusal");
        };
        let names: Vec<_> = problems.iter().map(|one| one.field.as_str()).collect();
        assert_eq!(names, ["office", "held_on", "from", "text", "stray"]);
    }

    #[test]
    fn a_time_has_two_digits_each() {
        for good in ["00:00", "09:05", "23:59"] {
            assert!(is_time(good), "{good}");
        }
        for bad in ["9:00", "24:00", "12:60", "12-00", "+1:00", "ab:cd", ""] {
            assert!(!is_time(bad), "{bad}");
        }
    }
}
