//! The ledger: writing entries, lists, review.

mod batch;
pub(super) mod names;
mod view;

pub use batch::MOST_CONFIRMED;
pub use view::{EntryLine, EntryView};

use pingyi_domain::audit::AuditEvent;
use pingyi_domain::record::entry::{EntryError, EntryMove};
use pingyi_domain::record::{
    Amount, Check, Entry, EntryDraft, EntryId, EntryState, FieldProblem, UnitPath, WordList,
};
use pingyi_domain::{Actor, DomainError};
use pingyi_store::list::{Ask, Page};
use pingyi_store::repo::entries::{self, EntryFilter, EntryRow};
use pingyi_store::row;
use pingyi_store::{Conn, StoreError, Tx};

use super::hand::Hand;
use super::note::About;
use super::settle::{Stored, settle, settle_removal};
use super::units::found;
use super::words::words_in;
use crate::{App, AppError, Result};

/// An entry as it is stored, read.
pub(super) struct Kept {
    pub row: EntryRow,
    pub entry: Entry,
    pub state: EntryState,
    pub place: UnitPath,
}

fn entry_of(row: &EntryRow) -> Result<(Entry, EntryState)> {
    let amount = |thousandths: Option<i64>| thousandths.and_then(Amount::from_thousandths);
    let read = || {
        let entry = Entry {
            unit: row.unit.parse()?,
            kind: row.kind.clone(),
            topic: row.topic.clone(),
            on_date: row.on_date.parse()?,
            title: row.title.clone(),
            place: row.place.clone(),
            summary: row.summary.clone(),
            headcount: row.headcount,
            quantity: amount(row.quantity),
            measure: row.measure.clone(),
            hours: amount(row.hours),
            cases: row.cases,
            settled: row.settled,
            findings: row.findings.clone(),
            quarter: row.quarter.as_deref().map(str::parse).transpose()?,
            shop: row.shop.as_deref().map(str::parse).transpose()?,
            post: row.post.as_deref().map(str::parse).transpose()?,
            partners: vec![],
            attended: vec![],
            firms: vec![],
        };
        Ok::<_, DomainError>((entry, row.state.parse()?))
    };
    read().map_err(AppError::internal)
}

pub(super) fn row_of(id: &EntryId, entry: &Entry) -> EntryRow {
    EntryRow {
        id: id.to_string(),
        version: 1,
        unit: entry.unit.to_string(),
        kind: entry.kind.clone(),
        topic: entry.topic.clone(),
        on_date: entry.on_date.to_string(),
        title: entry.title.clone(),
        place: entry.place.clone(),
        summary: entry.summary.clone(),
        headcount: entry.headcount,
        quantity: entry.quantity.map(Amount::thousandths),
        measure: entry.measure.clone(),
        hours: entry.hours.map(Amount::thousandths),
        cases: entry.cases,
        settled: entry.settled,
        findings: entry.findings.clone(),
        quarter: entry.quarter.map(|quarter| quarter.to_string()),
        shop: entry.shop.as_ref().map(ToString::to_string),
        post: entry.post.as_ref().map(ToString::to_string),
        state: EntryState::Recorded.to_string(),
        reason: String::new(),
        recorded_by: String::new(),
        recorded_at: 0,
        reviewed_by: None,
        reviewed_at: None,
        import: None,
        sample: 0,
        source: String::new(),
    }
}

/// The entry with this id with who took part, and the place of its unit.
///
/// # Errors
/// [`AppError::NotFound`].
pub(super) async fn kept(conn: &mut Conn, id: &EntryId) -> Result<Kept> {
    let row = row::by_id::<EntryRow>(conn, id.as_str()).await?;
    let row = row.ok_or(AppError::NotFound)?;
    let (mut entry, state) = entry_of(&row)?;
    for body in entries::bodies(conn, id.as_str()).await? {
        let list = if body.role == "attended" {
            &mut entry.attended
        } else {
            &mut entry.partners
        };
        list.push(body.name);
    }
    let firms = entries::firms(conn, id.as_str()).await?;
    entry.firms = firms.into_iter().map(|firm| firm.name).collect();
    let (_, place) = found(conn, &entry.unit).await?;
    Ok(Kept {
        row,
        entry,
        state,
        place,
    })
}

fn refused(field: &str, rule: &str) -> AppError {
    AppError::Fields(vec![FieldProblem {
        field: field.to_owned(),
        rule: rule.to_owned(),
    }])
}

impl From<EntryError> for AppError {
    fn from(error: EntryError) -> Self {
        match error {
            EntryError::WrongState { state, .. } => Self::WrongState {
                state: state.to_string(),
            },
            EntryError::SamePerson => Self::SamePerson,
            EntryError::ReasonMissing => refused("reason", "reason_missing"),
            EntryError::OfficeOnly => Self::WrongState {
                state: EntryState::Confirmed.to_string(),
            },
        }
    }
}

impl App {
    /// A page of the entries somebody may see.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn entries(
        &self,
        hand: &Hand,
        filter: &EntryFilter,
        ask: &Ask,
    ) -> Result<Page<EntryLine>> {
        let mut view = self.store().read().await?;
        let page = entries::page(&mut view, hand.scope(), filter, ask).await?;
        let rows: Result<Vec<EntryLine>> = page.rows.iter().map(EntryLine::of).collect();
        Ok(Page {
            rows: rows?,
            next: page.next,
            total: page.total,
        })
    }

    /// How many entries somebody may see fit the filter.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn entries_count(&self, hand: &Hand, filter: &EntryFilter) -> Result<u64> {
        let mut view = self.store().read().await?;
        Ok(entries::count(&mut view, hand.scope(), filter).await?)
    }

    /// Writes an entry down.
    ///
    /// # Errors
    /// [`AppError::Fields`], [`AppError::NotYourUnit`].
    pub async fn add_entry(&self, hand: &Hand, draft: &EntryDraft) -> Result<Stored> {
        let entry = draft.read(self.today()?)?;
        let mut tx = self.store().begin().await?;
        let id = self.put_entry(&mut tx, hand, entry).await?;
        tx.commit().await?;
        Ok(Stored {
            id: id.into(),
            version: 1,
        })
    }

    /// Writes many entries down, all or none: what was pasted. Refused with the number of the row before the field,
    /// `3.title`, counted from 0; a unit that is not the hand's is a problem of its row like others.
    ///
    /// # Errors
    /// [`AppError::Fields`].
    pub async fn add_entries(&self, hand: &Hand, drafts: &[EntryDraft]) -> Result<Vec<Stored>> {
        if drafts.is_empty() || drafts.len() > MOST_ROWS {
            return Err(refused("rows", "rows_number"));
        }
        let today = self.today()?;
        let mut problems = Vec::new();
        let mut tx = self.store().begin().await?;
        let mut stored = Vec::new();
        let kinds = words_in(&mut tx, WordList::EntryKind).await?;
        for (row, draft) in drafts.iter().enumerate() {
            let put = match draft.read(today) {
                Ok(entry) => self.put_entry(&mut tx, hand, entry).await,
                Err(mut bad) => {
                    // All at once: the other cells of a row that cannot be read are not looked up.
                    let known = kinds.iter().any(|view| view.word.code == draft.kind);
                    if !known && !draft.kind.is_empty() && bad.iter().all(|p| p.field != "kind") {
                        bad.push(FieldProblem {
                            field: "kind".to_owned(),
                            rule: "entry_kind".to_owned(),
                        });
                    }
                    Err(AppError::Fields(bad))
                }
            };
            let put = match put {
                Err(AppError::NotYourUnit) => Err(refused("unit", "not_your_unit")),
                other => other,
            };
            match put {
                Ok(id) => stored.push(Stored {
                    id: id.into(),
                    version: 1,
                }),
                Err(AppError::Fields(bad)) => {
                    problems.extend(bad.into_iter().map(|p| FieldProblem {
                        field: format!("{row}.{}", p.field),
                        rule: p.rule,
                    }));
                }
                Err(other) => return Err(other),
            }
        }
        if !problems.is_empty() {
            return Err(AppError::Fields(problems));
        }
        tx.commit().await?;
        Ok(stored)
    }

    async fn put_entry(&self, tx: &mut Tx, hand: &Hand, mut entry: Entry) -> Result<EntryId> {
        let id = EntryId::generate(&mut self.rng());
        let linked = names::resolve(tx, hand, &mut entry, None).await?;
        let row = EntryRow {
            recorded_by: hand.actor().to_string(),
            recorded_at: self.now(),
            ..row_of(&id, &entry)
        };
        match row::insert(tx, &row).await {
            Err(StoreError::Orphan) => return Err(refused("shop", "shop")),
            other => other?,
        }
        entries::set_bodies(tx, id.as_str(), &linked.bodies).await?;
        entries::set_firms(tx, id.as_str(), &linked.firms).await?;
        let about = About {
            id: id.as_str(),
            unit: Some(&entry.unit),
        };
        self.note_added(tx, hand, about, &entry).await?;
        Ok(id)
    }

    /// Changes an entry. A returned one is recorded again; a confirmed one is changed by the office only.
    ///
    /// # Errors
    /// [`AppError::Fields`], [`AppError::NotFound`], [`AppError::NotYourUnit`], [`AppError::WrongState`],
    /// [`AppError::Conflict`].
    pub async fn change_entry(
        &self,
        hand: &Hand,
        id: &EntryId,
        version: i64,
        draft: &EntryDraft,
    ) -> Result<Stored> {
        let mut entry = draft.read(self.today()?)?;
        let mut tx = self.store().begin().await?;
        let stored = kept(&mut tx, id).await?;
        hand.writes(&stored.place)?;
        let state = stored.state.edit(hand.is_office())?;
        let linked = names::resolve(&mut tx, hand, &mut entry, Some(&stored.entry)).await?;
        let before = (&stored.entry, stored.row.version);
        if !settle(&mut tx, (id.as_str(), version), before, &entry).await? {
            return Ok(Stored {
                id: id.to_string(),
                version: stored.row.version,
            });
        }
        let row = EntryRow {
            version: stored.row.version,
            state: state.to_string(),
            ..row_of(id, &entry)
        };
        match row::update_in_state(&mut tx, stored.state.as_str(), &row).await {
            Err(StoreError::Orphan) => return Err(refused("shop", "shop")),
            Ok(false) => return Err(AppError::Busy),
            other => other?,
        };
        entries::set_bodies(&mut tx, id.as_str(), &linked.bodies).await?;
        entries::set_firms(&mut tx, id.as_str(), &linked.firms).await?;
        let version = stored.row.version + 1;
        let about = About {
            id: id.as_str(),
            unit: Some(&entry.unit),
        };
        self.note_changed(&mut tx, hand, about, version, (&stored.entry, &entry))
            .await?;
        tx.commit().await?;
        Ok(Stored {
            id: id.to_string(),
            version,
        })
    }

    /// Takes an entry away that was written by mistake; a confirmed one is given back first.
    ///
    /// # Errors
    /// [`AppError::NotFound`], [`AppError::NotYourUnit`], [`AppError::WrongState`], [`AppError::OldVersion`],
    /// [`AppError::InUse`] while matters or evidence belong to it.
    pub async fn remove_entry(&self, hand: &Hand, id: &EntryId, version: i64) -> Result<()> {
        let mut tx = self.store().begin().await?;
        let stored = kept(&mut tx, id).await?;
        hand.writes(&stored.place)?;
        if stored.state == EntryState::Confirmed {
            return Err(AppError::WrongState {
                state: stored.row.state,
            });
        }
        settle_removal(version, stored.row.version)?;
        match row::delete::<EntryRow>(&mut tx, id.as_str(), version).await {
            Err(StoreError::Orphan) => return Err(AppError::InUse),
            Ok(false) => return Err(AppError::Busy),
            other => other?,
        };
        let about = About {
            id: id.as_str(),
            unit: Some(&stored.entry.unit),
        };
        self.note_removed(&mut tx, hand, about, &stored.entry)
            .await?;
        tx.commit().await?;
        Ok(())
    }

    /// Confirms an entry, or gives it back with a reason.
    ///
    /// # Errors
    /// [`AppError::NotFound`], [`AppError::NotYourUnit`] for all but the office, [`AppError::SamePerson`] for who
    /// recorded it, [`AppError::WrongState`], [`AppError::Fields`] without a reason.
    pub async fn review_entry(
        &self,
        hand: &Hand,
        id: &EntryId,
        step: EntryMove,
        reason: &str,
    ) -> Result<()> {
        let mut check = Check::default();
        let reason = check.lines("reason", reason, 0..=400);
        check.done(Some(()))?;
        let mut tx = self.store().begin().await?;
        let stored = kept(&mut tx, id).await?;
        hand.decides()?;
        let recorder: Actor = stored.row.recorded_by.parse().map_err(AppError::internal)?;
        let (state, reason) = match step {
            EntryMove::Confirm => (
                stored.state.confirm(recorder == *hand.actor())?,
                String::new(),
            ),
            EntryMove::Return => (stored.state.give_back(&reason)?, reason),
            EntryMove::Edit => {
                return Err(AppError::WrongState {
                    state: stored.row.state,
                });
            }
        };
        let row = EntryRow {
            state: state.to_string(),
            reason: reason.clone(),
            reviewed_by: Some(hand.actor().to_string()),
            reviewed_at: Some(self.now()),
            ..stored.row
        };
        if !entries::review(&mut tx, stored.state.as_str(), &row).await? {
            return Err(AppError::Busy);
        }
        let review = step.to_string();
        let event = AuditEvent::EntryReviewed { review, reason };
        self.record(&mut tx, hand.actor(), id.as_str(), &event)
            .await?;
        tx.commit().await?;
        Ok(())
    }
}

/// Most rows pasted at once.
pub const MOST_ROWS: usize = 500;
