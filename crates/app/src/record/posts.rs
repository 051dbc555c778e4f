//! Terms in posts.

use pingyi_domain::record::{Date, Post, PostDraft, PostId, Spell, UnitId};
use pingyi_store::Conn;
use pingyi_store::repo::coverages;
use pingyi_store::repo::posts::{self, PostRow};

use super::belongings::refused;
use super::hand::Hand;
use super::settle::Stored;
use super::written::{Around, Home, Read, Written};
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

impl Written for Post {
    type Row = PostRow;

    fn new_id(rng: &mut impl rand_core::CryptoRng) -> String {
        PostId::generate(rng).into()
    }

    fn of(row: &PostRow) -> Read<Self> {
        Ok(Self {
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
        })
    }

    fn to_row(&self, id: &str, version: i64) -> PostRow {
        PostRow {
            id: id.to_owned(),
            version,
            unit: self.unit.to_string(),
            kind: self.kind.to_string(),
            holder: self.holder.clone(),
            sent_by: self.sent_by.clone(),
            from_on: self.term.from_on.to_string(),
            until_on: self.term.until_on.map(|day| day.to_string()),
            calls: self.calls,
            visits: self.visits,
            note: self.note.clone(),
            sample: 0,
            source: String::new(),
        }
    }

    fn home(&self) -> Home<'_> {
        Home::Unit(&self.unit)
    }

    fn first_day(&self) -> (&'static str, Option<Date>) {
        ("from_on", Some(self.term.from_on))
    }

    /// A unit has one first secretary and one secretary at a time; an instructor who left looks after no firm.
    async fn agrees(&self, conn: &mut Conn, around: Around<'_, Self>) -> Result<()> {
        if let Some(day) = self.term.until_on.filter(|day| *day <= around.today)
            && coverages::outlive(conn, around.id, &day.to_string()).await? > 0
        {
            return Err(refused("until_on", "term_covers"));
        }
        if !self.kind.is_single() {
            return Ok(());
        }
        let others = posts_of(conn, &self.unit).await?;
        let clash = others.iter().any(|other| {
            other.id.as_str() != around.id
                && other.post.kind == self.kind
                && other.post.term.overlaps(self.term)
        });
        if clash {
            return Err(refused("from_on", "term_overlap"));
        }
        Ok(())
    }
}

/// A term as pages show it.
pub(super) fn view_of(row: &PostRow) -> Result<PostView> {
    Ok(PostView {
        id: row.id.parse().map_err(AppError::internal)?,
        version: row.version,
        post: Post::of(row).map_err(AppError::internal)?,
        sample: row.sample != 0,
        source: row.source.clone(),
    })
}

/// All terms of a unit, the latest first.
pub(super) async fn posts_of(conn: &mut Conn, unit: &UnitId) -> Result<Vec<PostView>> {
    let rows = posts::of_unit(conn, unit.as_str()).await?;
    rows.iter().map(view_of).collect()
}

impl App {
    /// Enters a term.
    ///
    /// # Errors
    /// [`AppError::Fields`], [`AppError::NotFound`] without the unit, [`AppError::NotYourUnit`].
    pub async fn add_post(&self, hand: &Hand, draft: &PostDraft) -> Result<Stored> {
        self.enter(hand, draft.read()?).await
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
        self.amend(hand, (id.as_str(), version), draft.read()?)
            .await
    }

    /// Takes a term away that was entered by mistake; one that ended gets its end.
    ///
    /// # Errors
    /// [`AppError::NotFound`], [`AppError::NotYourUnit`], [`AppError::InUse`], [`AppError::OldVersion`].
    pub async fn remove_post(&self, hand: &Hand, id: &PostId, version: i64) -> Result<()> {
        self.erase::<Post>(hand, (id.as_str(), version)).await
    }
}
