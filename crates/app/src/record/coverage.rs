//! Strikes and covers of firms: entering, ending, taking away; the firm keeps what holds today (contract §6).

use pingyi_domain::record::{
    CoverKind, Coverage, CoverageDraft, CoverageId, Date, Firm, FirmId, PostKind, Spell, Standing,
    Strike, StrikeDraft, StrikeId, WordList,
};
use pingyi_store::repo::coverages::{self, CoverageRow, StrikeRow};
use pingyi_store::repo::{firms, posts, units};
use pingyi_store::{Conn, StoreError, Tx};

use super::firms::{Kept, firm_of, found_firm, refused, words_of};
use super::hand::Hand;
use super::note::About;
use super::settle::{Stored, settle, settle_removal};
use crate::{App, AppError, Result};

fn spell_of(from_on: &str, until_on: Option<&str>) -> Result<Spell> {
    let until_on = until_on.map(str::parse).transpose();
    Ok(Spell {
        from_on: from_on.parse().map_err(AppError::internal)?,
        until_on: until_on.map_err(AppError::internal)?,
    })
}

pub(super) fn strike_of(row: &StrikeRow) -> Result<Kept<Strike>> {
    Ok(Kept {
        id: row.id.clone(),
        version: row.version,
        record: Strike {
            firm: row.firm.parse().map_err(AppError::internal)?,
            reason: row.reason.clone(),
            spell: spell_of(&row.from_on, row.until_on.as_deref())?,
            note: row.note.clone(),
        },
    })
}

pub(super) fn coverage_of(row: &CoverageRow) -> Result<Kept<Coverage>> {
    let unit = row.unit.as_deref().map(str::parse).transpose();
    let post = row.post.as_deref().map(str::parse).transpose();
    Ok(Kept {
        id: row.id.clone(),
        version: row.version,
        record: Coverage {
            firm: row.firm.parse().map_err(AppError::internal)?,
            kind: row.kind.parse().map_err(AppError::internal)?,
            unit: unit.map_err(AppError::internal)?,
            post: post.map_err(AppError::internal)?,
            spell: spell_of(&row.from_on, row.until_on.as_deref())?,
            note: row.note.clone(),
        },
    })
}

fn strike_row(id: &StrikeId, version: i64, strike: &Strike) -> StrikeRow {
    StrikeRow {
        id: id.to_string(),
        version,
        firm: strike.firm.to_string(),
        reason: strike.reason.clone(),
        from_on: strike.spell.from_on.to_string(),
        until_on: strike.spell.until_on.map(|day| day.to_string()),
        note: strike.note.clone(),
    }
}

fn coverage_row(id: &CoverageId, version: i64, cover: &Coverage) -> CoverageRow {
    CoverageRow {
        id: id.to_string(),
        version,
        firm: cover.firm.to_string(),
        kind: cover.kind.to_string(),
        unit: cover.unit.as_ref().map(ToString::to_string),
        post: cover.post.as_ref().map(ToString::to_string),
        from_on: cover.spell.from_on.to_string(),
        until_on: cover.spell.until_on.map(|day| day.to_string()),
        note: cover.note.clone(),
    }
}

async fn strikes(conn: &mut Conn, firm: &FirmId) -> Result<Vec<Kept<Strike>>> {
    let rows = coverages::strikes_of(conn, firm.as_str()).await?;
    rows.iter().map(strike_of).collect()
}

async fn covers(conn: &mut Conn, firm: &FirmId) -> Result<Vec<Kept<Coverage>>> {
    let rows = coverages::coverages_of(conn, firm.as_str()).await?;
    rows.iter().map(coverage_of).collect()
}

/// The firm a spell is about, where it may be written.
async fn writable(tx: &mut Tx, hand: &Hand, firm: &FirmId) -> Result<Firm> {
    let (row, place) = found_firm(tx, firm).await?;
    hand.writes(&place)?;
    firm_of(&row)
}

/// Keeps beside the firm what holds today; whoever changes a spell calls it before the commit.
pub(super) async fn keep_today(tx: &mut Tx, firm: (&FirmId, &Firm), today: Date) -> Result<()> {
    let strikes = strikes(tx, firm.0).await?;
    let covers: Vec<(CoverKind, Spell)> = covers(tx, firm.0)
        .await?
        .into_iter()
        .map(|kept| (kept.record.kind, kept.record.spell))
        .collect();
    let spells = strikes.iter().map(|kept| kept.record.spell);
    let now = Standing::on(today, firm.1.opened_on, spells, &covers);
    let facts = [now.struck, now.own, now.joint, now.work];
    Ok(firms::set_today(tx, firm.0.as_str(), facts).await?)
}

async fn strike_fits(tx: &mut Tx, id: &StrikeId, strike: &Strike) -> Result<()> {
    let mut problems = Vec::new();
    let words = words_of(tx, &[WordList::StrikeReason]).await?;
    if !words.contains_key(&(WordList::StrikeReason, strike.reason.clone())) {
        problems.push(refused("reason", "word"));
    }
    let others = strikes(tx, &strike.firm).await?;
    let clash =
        |kept: &Kept<Strike>| kept.id != id.as_str() && kept.record.spell.overlaps(strike.spell);
    if others.iter().any(clash) {
        problems.push(refused("from_on", "strike_overlap"));
    }
    if problems.is_empty() {
        Ok(())
    } else {
        Err(AppError::Fields(problems))
    }
}

async fn coverage_fits(tx: &mut Tx, id: &CoverageId, cover: &Coverage) -> Result<()> {
    let mut problems = Vec::new();
    if let Some(unit) = &cover.unit
        && units::by_id(tx, unit.as_str()).await?.is_none()
    {
        problems.push(refused("unit", "unit"));
    }
    if let Some(post) = &cover.post {
        let row = posts::by_id(tx, post.as_str()).await?;
        if row.is_none_or(|row| row.kind != PostKind::Instructor.as_str()) {
            problems.push(refused("post", "instructor"));
        }
    }
    let others = covers(tx, &cover.firm).await?;
    if others
        .iter()
        .any(|kept| kept.id != id.as_str() && kept.record.repeats(cover))
    {
        problems.push(refused("from_on", "cover_overlap"));
    }
    if problems.is_empty() {
        Ok(())
    } else {
        Err(AppError::Fields(problems))
    }
}

impl App {
    /// Strikes a firm out.
    ///
    /// # Errors
    /// [`AppError::Fields`], [`AppError::NotFound`] without the firm, [`AppError::NotYourUnit`].
    pub async fn add_strike(&self, hand: &Hand, draft: &StrikeDraft) -> Result<Stored> {
        let today = self.today()?;
        let strike = draft.read(today)?;
        let id = StrikeId::generate(&mut self.rng());
        let mut tx = self.store().begin().await?;
        let firm = writable(&mut tx, hand, &strike.firm).await?;
        strike_fits(&mut tx, &id, &strike).await?;
        coverages::insert_strikes(&mut tx, &[strike_row(&id, 1, &strike)]).await?;
        keep_today(&mut tx, (&strike.firm, &firm), today).await?;
        let about = About {
            id: id.as_str(),
            unit: Some(&firm.unit),
        };
        self.note_added(&mut tx, hand, about, &strike).await?;
        tx.commit().await?;
        Ok(Stored {
            id: id.into(),
            version: 1,
        })
    }

    /// Changes a strike, or ends it. It stays with its firm.
    ///
    /// # Errors
    /// [`AppError::Fields`], [`AppError::NotFound`], [`AppError::NotYourUnit`], [`AppError::Conflict`].
    pub async fn change_strike(
        &self,
        hand: &Hand,
        id: &StrikeId,
        version: i64,
        draft: &StrikeDraft,
    ) -> Result<Stored> {
        let today = self.today()?;
        let strike = draft.read(today)?;
        let mut tx = self.store().begin().await?;
        let row = coverages::strike(&mut tx, id.as_str()).await?;
        let before = strike_of(&row.ok_or(AppError::NotFound)?)?;
        let firm = writable(&mut tx, hand, &before.record.firm).await?;
        if strike.firm != before.record.firm {
            return Err(AppError::Fields(vec![refused("firm", "firm")]));
        }
        let stored = (&before.record, before.version);
        if !settle(&mut tx, (id.as_str(), version), stored, &strike).await? {
            return Ok(Stored {
                id: id.to_string(),
                version: before.version,
            });
        }
        strike_fits(&mut tx, id, &strike).await?;
        if !coverages::update_strike(&mut tx, &strike_row(id, before.version, &strike)).await? {
            return Err(AppError::Busy);
        }
        keep_today(&mut tx, (&strike.firm, &firm), today).await?;
        let about = About {
            id: id.as_str(),
            unit: Some(&firm.unit),
        };
        let version = before.version + 1;
        self.note_changed(&mut tx, hand, about, version, (&before.record, &strike))
            .await?;
        tx.commit().await?;
        Ok(Stored {
            id: id.to_string(),
            version,
        })
    }

    /// Takes a strike away that was entered by mistake; one that is over gets its end.
    ///
    /// # Errors
    /// [`AppError::NotFound`], [`AppError::NotYourUnit`], [`AppError::OldVersion`].
    pub async fn remove_strike(&self, hand: &Hand, id: &StrikeId, version: i64) -> Result<()> {
        let mut tx = self.store().begin().await?;
        let row = coverages::strike(&mut tx, id.as_str()).await?;
        let before = strike_of(&row.ok_or(AppError::NotFound)?)?;
        let firm = writable(&mut tx, hand, &before.record.firm).await?;
        settle_removal(version, before.version)?;
        if !coverages::delete_strike(&mut tx, id.as_str(), version).await? {
            return Err(AppError::Busy);
        }
        keep_today(&mut tx, (&before.record.firm, &firm), self.today()?).await?;
        let about = About {
            id: id.as_str(),
            unit: Some(&firm.unit),
        };
        self.note_removed(&mut tx, hand, about, &before.record)
            .await?;
        tx.commit().await?;
        Ok(())
    }

    /// Enters what covers a firm.
    ///
    /// # Errors
    /// [`AppError::Fields`], [`AppError::NotFound`] without the firm, [`AppError::NotYourUnit`].
    pub async fn add_coverage(&self, hand: &Hand, draft: &CoverageDraft) -> Result<Stored> {
        let today = self.today()?;
        let cover = draft.read(today)?;
        let id = CoverageId::generate(&mut self.rng());
        let mut tx = self.store().begin().await?;
        let firm = writable(&mut tx, hand, &cover.firm).await?;
        coverage_fits(&mut tx, &id, &cover).await?;
        coverages::insert_coverages(&mut tx, &[coverage_row(&id, 1, &cover)]).await?;
        keep_today(&mut tx, (&cover.firm, &firm), today).await?;
        let about = About {
            id: id.as_str(),
            unit: Some(&firm.unit),
        };
        self.note_added(&mut tx, hand, about, &cover).await?;
        tx.commit().await?;
        Ok(Stored {
            id: id.into(),
            version: 1,
        })
    }

    /// Changes a cover, or ends it. It stays with its firm.
    ///
    /// # Errors
    /// [`AppError::Fields`], [`AppError::NotFound`], [`AppError::NotYourUnit`], [`AppError::Conflict`].
    pub async fn change_coverage(
        &self,
        hand: &Hand,
        id: &CoverageId,
        version: i64,
        draft: &CoverageDraft,
    ) -> Result<Stored> {
        let today = self.today()?;
        let cover = draft.read(today)?;
        let mut tx = self.store().begin().await?;
        let row = coverages::coverage(&mut tx, id.as_str()).await?;
        let before = coverage_of(&row.ok_or(AppError::NotFound)?)?;
        let firm = writable(&mut tx, hand, &before.record.firm).await?;
        if cover.firm != before.record.firm {
            return Err(AppError::Fields(vec![refused("firm", "firm")]));
        }
        let stored = (&before.record, before.version);
        if !settle(&mut tx, (id.as_str(), version), stored, &cover).await? {
            return Ok(Stored {
                id: id.to_string(),
                version: before.version,
            });
        }
        coverage_fits(&mut tx, id, &cover).await?;
        match coverages::update_coverage(&mut tx, &coverage_row(id, before.version, &cover)).await {
            Err(StoreError::Orphan) => return Err(AppError::NotFound),
            Ok(false) => return Err(AppError::Busy),
            other => other?,
        };
        keep_today(&mut tx, (&cover.firm, &firm), today).await?;
        let about = About {
            id: id.as_str(),
            unit: Some(&firm.unit),
        };
        let version = before.version + 1;
        self.note_changed(&mut tx, hand, about, version, (&before.record, &cover))
            .await?;
        tx.commit().await?;
        Ok(Stored {
            id: id.to_string(),
            version,
        })
    }

    /// Takes a cover away that was entered by mistake; one that is over gets its end.
    ///
    /// # Errors
    /// [`AppError::NotFound`], [`AppError::NotYourUnit`], [`AppError::OldVersion`].
    pub async fn remove_coverage(&self, hand: &Hand, id: &CoverageId, version: i64) -> Result<()> {
        let mut tx = self.store().begin().await?;
        let row = coverages::coverage(&mut tx, id.as_str()).await?;
        let before = coverage_of(&row.ok_or(AppError::NotFound)?)?;
        let firm = writable(&mut tx, hand, &before.record.firm).await?;
        settle_removal(version, before.version)?;
        if !coverages::delete_coverage(&mut tx, id.as_str(), version).await? {
            return Err(AppError::Busy);
        }
        keep_today(&mut tx, (&before.record.firm, &firm), self.today()?).await?;
        let about = About {
            id: id.as_str(),
            unit: Some(&firm.unit),
        };
        self.note_removed(&mut tx, hand, about, &before.record)
            .await?;
        tx.commit().await?;
        Ok(())
    }
}
