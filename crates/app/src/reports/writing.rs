//! Writing a report: each section and each answer by itself, with a version of its own. It is stored as typed; what is
//! wanting is said when the report is handed in.

use std::collections::BTreeMap;

use pingyi_domain::Digest;
use pingyi_domain::audit::AuditEvent;
use pingyi_domain::record::{Check, FieldConflict, Kind, MatterId, ReportId};
use pingyi_domain::report::{ANSWER_MOST, MOST_CHARACTERS, Piece, characters, filled, pieces};
use pingyi_store::repo::reports::{self, AnswerRow, SectionRow};
use serde::{Deserialize, Serialize};

use super::{Kept, figures, kept, listed};
use crate::record::history::name_of;
use crate::record::{Conflict, Hand};
use crate::{App, AppError, Result};
use pingyi_store::Conn;

/// The text of a section, as it is sent.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct SectionForm {
    /// The version it was written on; 0 where there was none.
    pub version: i64,
    /// Up to 20,000 characters.
    pub text: String,
}

/// What is answered to a matter, as it is sent.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct AnswerForm {
    /// Id of the matter.
    pub matter: String,
    /// The version it was written on; 0 where there was none.
    pub version: i64,
    /// Up to 1,000 characters.
    pub text: String,
}

/// What is answered to who wrote.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct WrittenDown {
    /// The version it has now.
    pub version: i64,
    /// Its characters, with every figure as shown.
    pub characters: usize,
    /// Figures in it by code, as they are shown today.
    pub figures: BTreeMap<String, String>,
    /// What stands in double braces and is no figure.
    pub unknown: Vec<String>,
}

/// Somebody else wrote meanwhile: both texts go back to who sent this one.
pub(super) async fn conflict(
    conn: &mut Conn,
    field: &str,
    (version, actor, at): (i64, &str, i64),
    (theirs, mine): (&str, &str),
) -> Result<AppError> {
    Ok(AppError::Conflict(Box::new(Conflict {
        kind: Kind::Report,
        version,
        by: name_of(conn, actor).await?,
        at,
        fields: vec![FieldConflict {
            field: field.to_owned(),
            was: None,
            theirs: theirs.to_owned(),
            mine: mine.to_owned(),
            both: true,
        }],
        names: BTreeMap::new(),
    })))
}

/// What is typed, with the ends of lines as they are everywhere; only control characters and too much of it are refused.
pub(super) fn typed(text: &str, most: usize) -> Result<String> {
    let mut check = Check::default();
    check.lines("text", text, 0..=most);
    Ok(check.done(Some(text.replace("\r\n", "\n").trim_end().to_owned()))?)
}

/// What stands in double braces in a text and is none of these figures.
pub(super) fn unknown_in(text: &str, shown: &BTreeMap<String, String>) -> Vec<String> {
    let unknown = pieces(text).into_iter().filter_map(|piece| match piece {
        Piece::Unknown(inner) => Some(inner),
        Piece::Figure(code) if !shown.contains_key(&code.to_string()) => Some(code.to_string()),
        _ => None,
    });
    unknown.collect()
}

impl App {
    /// Stores the text of a section.
    ///
    /// # Errors
    /// [`AppError::Fields`], [`AppError::NotFound`], [`AppError::NotYourUnit`], [`AppError::WrongState`],
    /// [`AppError::Conflict`] with both texts.
    pub async fn write_section(
        &self,
        hand: &Hand,
        id: &ReportId,
        code: &str,
        form: &SectionForm,
    ) -> Result<WrittenDown> {
        let text = typed(&form.text, MOST_CHARACTERS)?;
        let mut tx = self.store().begin().await?;
        let stored = kept(&mut tx, id).await?;
        hand.drafts(stored.place())?;
        stored.outline.section(code).ok_or(AppError::NotFound)?;
        stored.is_open()?;
        let before = reports::section(&mut tx, id.as_str(), code).await?;
        let version = before.as_ref().map_or(0, |row| row.version);
        let old = before.as_ref().map_or("", |row| row.text.as_str());
        let mut now = version;
        if old != text {
            if let Some(row) = before.as_ref().filter(|row| row.version != form.version) {
                let stamp = (row.version, row.actor.as_str(), row.at);
                return Err(conflict(&mut tx, "text", stamp, (old, &text)).await?);
            }
            let row = SectionRow {
                report: id.to_string(),
                code: code.to_owned(),
                version,
                text: text.clone(),
                actor: hand.actor().to_string(),
                at: self.now(),
            };
            if !reports::put_section(&mut tx, &row).await? {
                return Err(AppError::Busy);
            }
            now = version + 1;
        }
        let written = self.written_down(&mut tx, &stored, (&text, now)).await?;
        if now != version {
            let event = AuditEvent::SectionWritten {
                section: code.to_owned(),
                version: now,
                characters: written.characters,
                text: Digest::of(text.as_bytes()),
            };
            self.record(&mut tx, hand.actor(), id.as_str(), &event)
                .await?;
            tx.commit().await?;
        }
        Ok(written)
    }

    /// What is said to who wrote: the figures of the text as they are today, and its length with them.
    async fn written_down(
        &self,
        conn: &mut Conn,
        stored: &Kept,
        (text, version): (&String, i64),
    ) -> Result<WrittenDown> {
        let worked = figures::of_texts(self, conn, stored, [text]).await?;
        let shown: BTreeMap<String, String> = worked
            .into_iter()
            .map(|(code, worked)| (code, worked.shown))
            .collect();
        let whole = filled(text, |code| {
            shown.get(&code.to_string()).cloned().unwrap_or_default()
        });
        Ok(WrittenDown {
            version,
            characters: characters(&whole),
            unknown: unknown_in(text, &shown),
            figures: shown,
        })
    }

    /// Stores what is answered to a matter of last year's list.
    ///
    /// # Errors
    /// As [`App::write_section`]; [`AppError::NotFound`] for a matter that is not on the list.
    pub async fn write_answer(
        &self,
        hand: &Hand,
        id: &ReportId,
        form: &AnswerForm,
    ) -> Result<WrittenDown> {
        let text = typed(&form.text, ANSWER_MOST)?;
        let mut tx = self.store().begin().await?;
        let stored = kept(&mut tx, id).await?;
        hand.drafts(stored.place())?;
        let matter: MatterId = form.matter.parse().map_err(|_| AppError::NotFound)?;
        let list = listed(&mut tx, &stored).await?;
        if !list.iter().any(|row| row.id == matter.as_str()) {
            return Err(AppError::NotFound);
        }
        stored.is_open()?;
        let before = reports::answer(&mut tx, id.as_str(), matter.as_str()).await?;
        let version = before.as_ref().map_or(0, |row| row.version);
        let old = before.as_ref().map_or("", |row| row.text.as_str());
        let mut written = WrittenDown {
            version,
            characters: characters(&text),
            ..WrittenDown::default()
        };
        if old == text {
            return Ok(written);
        }
        if let Some(row) = before.as_ref().filter(|row| row.version != form.version) {
            let stamp = (row.version, row.actor.as_str(), row.at);
            return Err(conflict(&mut tx, "answer", stamp, (old, &text)).await?);
        }
        let row = AnswerRow {
            report: id.to_string(),
            matter: matter.to_string(),
            version,
            text: text.clone(),
            actor: hand.actor().to_string(),
            at: self.now(),
        };
        if !reports::put_answer(&mut tx, &row).await? {
            return Err(AppError::Busy);
        }
        written.version = version + 1;
        let event = AuditEvent::AnswerWritten {
            matter,
            version: written.version,
            text: Digest::of(text.as_bytes()),
        };
        self.record(&mut tx, hand.actor(), id.as_str(), &event)
            .await?;
        tx.commit().await?;
        Ok(written)
    }
}
