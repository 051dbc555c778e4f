//! Terms in posts.

use pingyi_domain::record::{FieldProblem, Post, PostDraft, PostId, Spell, UnitId};
use pingyi_store::repo::posts::{self, PostRow};
use pingyi_store::{Conn, StoreError, Tx};

use super::belongings::not_after_end;
use super::hand::Hand;
use super::note::About;
use super::settle::{Stored, settle, settle_removal};
use super::units::found;
use crate::{App, AppError, Result};

/// A term as pages show it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PostView {
    /// Id.
    pub id: PostId,
    /// Version, to be sent back with a change.
    pub version: i64,
    /// What it is.
    pub post: Post,
    /// Whether it was made up for the demo.
    pub sample: bool,
    /// Where a published fact is from.
    pub source: String,
}

pub(super) fn view_of(row: &PostRow) -> Result<PostView> {
    let read = || {
        Ok::<_, pingyi_domain::DomainError>(PostView {
            id: row.id.parse()?,
            version: row.version,
            post: Post {
                unit: row.unit.parse()?,
                kind: row.kind.parse()?,
                holder: row.holder.clone(),
                sent_by: row.sent_by.clone(),
                term: Spell {
                    from_on: row.from_on.parse()?,
                    until_on: row.until_on.as_deref().map(str::parse).transpose()?,
                },
                calls: row.calls,
                visits: row.visits,
                note: row.note.clone(),
            },
            sample: row.sample != 0,
            source: row.source.clone(),
        })
    };
    read().map_err(AppError::internal)
}

fn row_of(id: &PostId, version: i64, post: &Post) -> PostRow {
    PostRow {
        id: id.to_string(),
        version,
        unit: post.unit.to_string(),
        kind: post.kind.to_string(),
        holder: post.holder.clone(),
        sent_by: post.sent_by.clone(),
        from_on: post.term.from_on.to_string(),
        until_on: post.term.until_on.map(|day| day.to_string()),
        calls: post.calls,
        visits: post.visits,
        note: post.note.clone(),
        sample: 0,
        source: String::new(),
    }
}

/// All terms of a unit, the latest first.
pub(super) async fn posts_of(conn: &mut Conn, unit: &UnitId) -> Result<Vec<PostView>> {
    let rows = posts::of_unit(conn, unit.as_str()).await?;
    rows.iter().map(view_of).collect()
}

/// A unit has one first secretary and one secretary at a time.
async fn no_overlap(tx: &mut Tx, id: &PostId, post: &Post) -> Result<()> {
    if !post.kind.is_single() {
        return Ok(());
    }
    let others = posts_of(tx, &post.unit).await?;
    let clash = others.iter().any(|other| {
        other.id != *id && other.post.kind == post.kind && other.post.term.overlaps(post.term)
    });
    if clash {
        return Err(AppError::Fields(vec![FieldProblem {
            field: "from_on".to_owned(),
            rule: "term_overlap".to_owned(),
        }]));
    }
    Ok(())
}

impl App {
    /// Enters a term.
    ///
    /// # Errors
    /// [`AppError::Fields`], [`AppError::NotFound`] without the unit, [`AppError::NotYourUnit`].
    pub async fn add_post(&self, hand: &Hand, draft: &PostDraft) -> Result<Stored> {
        let post = draft.read()?;
        let id = PostId::generate(&mut self.rng());
        let mut tx = self.store().begin().await?;
        let (unit, place) = found(&mut tx, &post.unit).await?;
        hand.writes(&place)?;
        not_after_end(&unit, "from_on", Some(&post.term.from_on.to_string()))?;
        no_overlap(&mut tx, &id, &post).await?;
        posts::insert(&mut tx, &row_of(&id, 1, &post)).await?;
        let about = About {
            id: id.as_str(),
            unit: Some(&post.unit),
        };
        self.note_added(&mut tx, hand, about, &post).await?;
        tx.commit().await?;
        Ok(Stored {
            id: id.into(),
            version: 1,
        })
    }

    /// Changes a term; into another unit both must be writable.
    ///
    /// # Errors
    /// [`AppError::Fields`], [`AppError::NotFound`], [`AppError::NotYourUnit`], [`AppError::Conflict`].
    pub async fn change_post(
        &self,
        hand: &Hand,
        id: &PostId,
        version: i64,
        draft: &PostDraft,
    ) -> Result<Stored> {
        let post = draft.read()?;
        let mut tx = self.store().begin().await?;
        let stored = self.writable_post(&mut tx, hand, id).await?;
        let (unit, place) = found(&mut tx, &post.unit).await?;
        hand.writes(&place)?;
        let before = (&stored.post, stored.version);
        if !settle(&mut tx, (id.as_str(), version), before, &post).await? {
            return Ok(Stored {
                id: id.to_string(),
                version: stored.version,
            });
        }
        not_after_end(&unit, "from_on", Some(&post.term.from_on.to_string()))?;
        no_overlap(&mut tx, id, &post).await?;
        if !posts::update(&mut tx, &row_of(id, stored.version, &post)).await? {
            return Err(AppError::Busy);
        }
        let version = stored.version + 1;
        let about = About {
            id: id.as_str(),
            unit: Some(&post.unit),
        };
        self.note_changed(&mut tx, hand, about, version, (&stored.post, &post))
            .await?;
        tx.commit().await?;
        Ok(Stored {
            id: id.to_string(),
            version,
        })
    }

    /// Takes a term away that was entered by mistake; one that ended gets its end.
    ///
    /// # Errors
    /// [`AppError::NotFound`], [`AppError::NotYourUnit`], [`AppError::InUse`], [`AppError::OldVersion`].
    pub async fn remove_post(&self, hand: &Hand, id: &PostId, version: i64) -> Result<()> {
        let mut tx = self.store().begin().await?;
        let stored = self.writable_post(&mut tx, hand, id).await?;
        settle_removal(version, stored.version)?;
        match posts::delete(&mut tx, id.as_str(), version).await {
            Err(StoreError::Orphan) => return Err(AppError::InUse),
            Ok(false) => return Err(AppError::Busy),
            other => other?,
        };
        let about = About {
            id: id.as_str(),
            unit: Some(&stored.post.unit),
        };
        self.note_removed(&mut tx, hand, about, &stored.post)
            .await?;
        tx.commit().await?;
        Ok(())
    }

    async fn writable_post(&self, tx: &mut Tx, hand: &Hand, id: &PostId) -> Result<PostView> {
        let row = posts::by_id(tx, id.as_str()).await?;
        let stored = view_of(&row.ok_or(AppError::NotFound)?)?;
        let (_, place) = found(tx, &stored.post.unit).await?;
        hand.writes(&place)?;
        Ok(stored)
    }
}
