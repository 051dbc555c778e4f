//! Changing a matter that somebody answers for: asked for with a reason, decided by somebody else of the office.

use pingyi_domain::audit::AuditEvent;
use pingyi_domain::record::matter::{EditError, apply};
use pingyi_domain::record::{
    Check, Date, EditId, FieldChange, Matter, MatterDraft, MatterId, MatterState, changes,
};
use pingyi_store::Conn;
use pingyi_store::repo::matters::{self, EditRow};
use serde::Deserialize;

use super::{fits, kept};
use crate::record::Hand;
use crate::record::history::name_of;
use crate::record::settle::{Stored, settle};
use crate::{App, AppError, Result};

/// The whole form as it should be, and why.
#[derive(Debug, Clone, Default, Deserialize)]
pub struct EditWish {
    /// Why, 1 to 400 characters.
    pub why: String,
    /// The form.
    #[serde(flatten)]
    pub form: MatterDraft,
}

impl EditWish {
    /// The reason and the matter as it should be, or everything wrong with both.
    fn read(&self, today: Date) -> Result<(String, Matter)> {
        let mut check = Check::default();
        let why = check.lines("why", &self.why, 1..=400);
        let mut problems = check.done(Some(())).err().unwrap_or_default();
        match self.form.read(today) {
            Ok(matter) if problems.is_empty() => return Ok((why, matter)),
            Ok(_) => {}
            Err(more) => problems.extend(more),
        }
        Err(problems.into())
    }
}

/// A change asked for, as a page shows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EditView {
    /// Id.
    pub id: EditId,
    /// What is to be changed.
    pub fields: Vec<FieldChange>,
    /// Why.
    pub why: String,
    /// Who asked.
    pub asked_by: String,
    /// Seconds since 1970.
    pub asked_at: i64,
    /// `asked`, `granted` or `refused`.
    pub state: String,
    /// Who decided; empty while it waits.
    pub decided_by: String,
    /// What was answered.
    pub answer: String,
    /// Whether who looks may decide it.
    pub may_decide: bool,
}

pub(super) async fn edits_of(
    conn: &mut Conn,
    hand: &Hand,
    matter: &MatterId,
) -> Result<Vec<EditView>> {
    let mut all = Vec::new();
    for row in matters::edits(conn, matter.as_str()).await? {
        let waits = row.state == "asked";
        let other = row.asked_by != hand.actor().to_string();
        let decided_by = match &row.decided_by {
            Some(actor) => name_of(conn, actor).await?,
            None => String::new(),
        };
        all.push(EditView {
            id: row.id.parse().map_err(AppError::internal)?,
            fields: serde_json::from_str(&row.change)?,
            why: row.reason,
            asked_by: name_of(conn, &row.asked_by).await?,
            asked_at: row.asked_at,
            may_decide: waits && other && hand.is_office(),
            state: row.state,
            decided_by,
            answer: row.answer,
        });
    }
    Ok(all)
}

impl App {
    /// Asks for a change of a matter that somebody answers for.
    ///
    /// # Errors
    /// [`AppError::Fields`], [`AppError::NotFound`], [`AppError::NotYourUnit`], [`AppError::WrongState`] (one only raised
    /// is changed outright, one closed is reopened first), [`AppError::Conflict`].
    pub async fn ask_edit(
        &self,
        hand: &Hand,
        id: &MatterId,
        version: i64,
        wish: &EditWish,
    ) -> Result<Stored> {
        let (why, matter) = wish.read(self.today()?)?;
        let mut tx = self.store().begin().await?;
        let stored = kept(&mut tx, id).await?;
        hand.writes(&stored.place)?;
        if matches!(
            stored.state,
            MatterState::Raised | MatterState::Closed { .. }
        ) {
            return Err(AppError::WrongState {
                state: stored.row.state,
            });
        }
        fits(&mut tx, hand, &matter).await?;
        let before = (&stored.matter, stored.row.version);
        if !settle(&mut tx, (id.as_str(), version), before, &matter).await? {
            return Err(super::refused("why", "nothing_changed"));
        }
        let fields = changes(Some(&stored.matter), Some(&matter));
        let edit = EditId::generate(&mut self.rng());
        let row = EditRow {
            id: edit.to_string(),
            matter: id.to_string(),
            version: stored.row.version,
            change: serde_json::to_string(&fields)?,
            reason: why.clone(),
            asked_by: hand.actor().to_string(),
            asked_at: self.now(),
            state: "asked".to_owned(),
            decided_by: None,
            decided_at: None,
            answer: String::new(),
        };
        matters::add_edit(&mut tx, &row).await?;
        let event = AuditEvent::EditAsked {
            edit,
            fields,
            reason: why,
        };
        self.record(&mut tx, hand.actor(), id.as_str(), &event)
            .await?;
        tx.commit().await?;
        Ok(Stored {
            id: row.id,
            version: stored.row.version,
        })
    }

    /// Grants or refuses a change. Granting makes it; refusing needs an answer.
    ///
    /// # Errors
    /// [`AppError::Fields`], [`AppError::NotFound`], [`AppError::NotYourUnit`], [`AppError::SamePerson`] for who asked,
    /// [`AppError::WrongState`] once decided, [`AppError::OldVersion`] when a field was changed since.
    pub async fn decide_edit(
        &self,
        hand: &Hand,
        edit: &EditId,
        grant: bool,
        answer: &str,
    ) -> Result<()> {
        let mut check = Check::default();
        let answer = check.lines("answer", answer, usize::from(!grant)..=400);
        check.done(Some(()))?;
        let mut tx = self.store().begin().await?;
        let row = matters::edit(&mut tx, edit.as_str()).await?;
        let mut row = row.ok_or(AppError::NotFound)?;
        hand.decides()?;
        if row.state != "asked" {
            return Err(AppError::WrongState { state: row.state });
        }
        if row.asked_by == hand.actor().to_string() {
            return Err(AppError::SamePerson);
        }
        let id: MatterId = row.matter.parse().map_err(AppError::internal)?;
        if grant {
            let stored = kept(&mut tx, &id).await?;
            if matches!(stored.state, MatterState::Closed { .. }) {
                return Err(AppError::WrongState {
                    state: stored.row.state,
                });
            }
            let fields: Vec<FieldChange> = serde_json::from_str(&row.change)?;
            let draft = apply(&stored.matter, &fields).map_err(|error| match error {
                EditError::Stale { .. } => AppError::OldVersion,
                EditError::Unknown { .. } => AppError::internal(error),
            })?;
            let matter = draft.read(self.today()?)?;
            fits(&mut tx, hand, &matter).await?;
            if matter != stored.matter {
                self.store_fields(&mut tx, hand, &id, &stored, &matter)
                    .await?;
            }
        }
        if grant { "granted" } else { "refused" }.clone_into(&mut row.state);
        row.decided_by = Some(hand.actor().to_string());
        row.decided_at = Some(self.now());
        row.answer.clone_from(&answer);
        if !matters::decide_edit(&mut tx, &row).await? {
            return Err(AppError::Busy);
        }
        let event = AuditEvent::EditDecided {
            edit: edit.clone(),
            granted: grant,
            answer,
        };
        self.record(&mut tx, hand.actor(), id.as_str(), &event)
            .await?;
        tx.commit().await?;
        Ok(())
    }
}
