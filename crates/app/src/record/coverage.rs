//! Strikes and covers of firms: entering, ending, taking away; the firm keeps what holds today (contract §6).

use pingyi_domain::record::{
    CoverKind, Coverage, CoverageDraft, CoverageId, Date, FieldProblem, FirmId, PostKind, Spell,
    Standing, Strike, StrikeDraft, StrikeId, WordList,
};
use pingyi_store::repo::coverages::{self, CoverageRow, StrikeRow};
use pingyi_store::repo::firms;
use pingyi_store::repo::posts::PostRow;
use pingyi_store::repo::units::UnitRow;
use pingyi_store::row::{self, Columns as _};
use pingyi_store::{Conn, Tx};
use rand_core::CryptoRng;

use super::firms::{Kept, found_firm, refused, words_of};
use super::hand::Hand;
use super::settle::Stored;
use super::written::{Around, Home, Read, Written};
use crate::{App, AppError, Result};

fn spell_of(from_on: &str, until_on: Option<&str>) -> Read<Spell> {
    Ok(Spell {
        from_on: from_on.parse()?,
        until_on: until_on.map(str::parse).transpose()?,
    })
}

/// Spells as pages show them, all or none.
pub(super) fn kept<T: Written>(rows: &[T::Row]) -> Result<Vec<Kept<T>>> {
    let read = |row: &T::Row| {
        let (id, version) = row.stamp();
        Ok(Kept {
            id: id.to_owned(),
            version,
            record: T::of(row)?,
        })
    };
    let all: Read<Vec<Kept<T>>> = rows.iter().map(read).collect();
    all.map_err(AppError::internal)
}

async fn strikes(conn: &mut Conn, firm: &FirmId) -> Result<Vec<Kept<Strike>>> {
    kept(&coverages::strikes_of(conn, firm.as_str()).await?)
}

async fn covers(conn: &mut Conn, firm: &FirmId) -> Result<Vec<Kept<Coverage>>> {
    kept(&coverages::coverages_of(conn, firm.as_str()).await?)
}

/// Keeps beside the firm what holds today.
pub(super) async fn keep_today(tx: &mut Tx, id: &FirmId, today: Date) -> Result<()> {
    let (row, _) = found_firm(tx, id).await?;
    let opened_on = row.opened_on.parse().map_err(AppError::internal)?;
    let strikes = strikes(tx, id).await?;
    let covers: Vec<(CoverKind, Spell)> = covers(tx, id)
        .await?
        .into_iter()
        .map(|kept| (kept.record.kind, kept.record.spell))
        .collect();
    let spells = strikes.iter().map(|kept| kept.record.spell);
    let now = Standing::on(today, opened_on, spells, &covers);
    let facts = [now.struck, now.own, now.joint, now.work];
    Ok(firms::set_today(tx, id.as_str(), facts).await?)
}

/// What is wrong so far; a spell stays with its firm.
fn stays(firm: &FirmId, before: Option<&FirmId>) -> Vec<FieldProblem> {
    match before {
        Some(before) if before != firm => vec![refused("firm", "firm")],
        _ => Vec::new(),
    }
}

fn none(problems: Vec<FieldProblem>) -> Result<()> {
    if problems.is_empty() {
        Ok(())
    } else {
        Err(AppError::Fields(problems))
    }
}

impl Written for Strike {
    type Row = StrikeRow;

    fn new_id(rng: &mut impl CryptoRng) -> String {
        StrikeId::generate(rng).into()
    }

    fn of(row: &StrikeRow) -> Read<Self> {
        Ok(Self {
            firm: row.firm.parse()?,
            reason: row.reason.clone(),
            spell: spell_of(&row.from_on, row.until_on.as_deref())?,
            note: row.note.clone(),
        })
    }

    fn to_row(&self, id: &str, version: i64) -> StrikeRow {
        StrikeRow {
            id: id.to_owned(),
            version,
            firm: self.firm.to_string(),
            reason: self.reason.clone(),
            from_on: self.spell.from_on.to_string(),
            until_on: self.spell.until_on.map(|day| day.to_string()),
            note: self.note.clone(),
        }
    }

    fn home(&self) -> Home<'_> {
        Home::Firm(&self.firm)
    }

    async fn agrees(&self, conn: &mut Conn, around: Around<'_, Self>) -> Result<()> {
        let mut problems = stays(&self.firm, around.before.map(|before| &before.firm));
        let words = words_of(conn, &[WordList::StrikeReason]).await?;
        if !words.contains_key(&(WordList::StrikeReason, self.reason.clone())) {
            problems.push(refused("reason", "word"));
        }
        let others = strikes(conn, &self.firm).await?;
        let clash =
            |kept: &Kept<Self>| kept.id != around.id && kept.record.spell.overlaps(self.spell);
        if others.iter().any(clash) {
            problems.push(refused("from_on", "strike_overlap"));
        }
        none(problems)
    }

    async fn follow(&self, tx: &mut Tx, today: Date) -> Result<()> {
        keep_today(tx, &self.firm, today).await
    }
}

/// Whether a spell goes on after a day.
fn ends_after(spell: Spell, day: &str) -> bool {
    spell
        .until_on
        .is_none_or(|until| until.to_string().as_str() > day)
}

/// An organisation covers nobody once it is dissolved.
fn goes_on(unit: &UnitRow, spell: Spell) -> bool {
    let closed = unit.closed_on.as_deref();
    closed.is_some_and(|closed| ends_after(spell, closed))
}

impl Written for Coverage {
    type Row = CoverageRow;

    fn new_id(rng: &mut impl CryptoRng) -> String {
        CoverageId::generate(rng).into()
    }

    fn of(row: &CoverageRow) -> Read<Self> {
        Ok(Self {
            firm: row.firm.parse()?,
            kind: row.kind.parse()?,
            unit: row.unit.as_deref().map(str::parse).transpose()?,
            post: row.post.as_deref().map(str::parse).transpose()?,
            spell: spell_of(&row.from_on, row.until_on.as_deref())?,
            note: row.note.clone(),
        })
    }

    fn to_row(&self, id: &str, version: i64) -> CoverageRow {
        CoverageRow {
            id: id.to_owned(),
            version,
            firm: self.firm.to_string(),
            kind: self.kind.to_string(),
            unit: self.unit.as_ref().map(ToString::to_string),
            post: self.post.as_ref().map(ToString::to_string),
            from_on: self.spell.from_on.to_string(),
            until_on: self.spell.until_on.map(|day| day.to_string()),
            note: self.note.clone(),
        }
    }

    fn home(&self) -> Home<'_> {
        Home::Firm(&self.firm)
    }

    async fn agrees(&self, conn: &mut Conn, around: Around<'_, Self>) -> Result<()> {
        let mut problems = stays(&self.firm, around.before.map(|before| &before.firm));
        if let Some(unit) = &self.unit {
            match row::by_id::<UnitRow>(conn, unit.as_str()).await? {
                None => problems.push(refused("unit", "unit")),
                Some(unit) if goes_on(&unit, self.spell) => {
                    problems.push(refused("unit", "unit_closed"));
                }
                Some(_) => {}
            }
        }
        if let Some(post) = &self.post {
            let row: Option<PostRow> = row::by_id(conn, post.as_str()).await?;
            match row {
                Some(row) if row.kind == PostKind::Instructor.as_str() => {
                    let over = row.until_on.filter(|day| *day <= around.today.to_string());
                    if over.is_some_and(|day| ends_after(self.spell, &day)) {
                        problems.push(refused("post", "instructor_gone"));
                    }
                }
                _ => problems.push(refused("post", "instructor")),
            }
        }
        let others = covers(conn, &self.firm).await?;
        let clash = |kept: &Kept<Self>| kept.id != around.id && kept.record.repeats(self);
        if others.iter().any(clash) {
            problems.push(refused("from_on", "cover_overlap"));
        }
        none(problems)
    }

    async fn follow(&self, tx: &mut Tx, today: Date) -> Result<()> {
        keep_today(tx, &self.firm, today).await
    }
}

impl App {
    /// Strikes a firm out.
    ///
    /// # Errors
    /// [`AppError::Fields`], [`AppError::NotFound`] without the firm, [`AppError::NotYourUnit`].
    pub async fn add_strike(&self, hand: &Hand, draft: &StrikeDraft) -> Result<Stored> {
        self.enter(hand, draft.read(self.today()?)?).await
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
        let strike = draft.read(self.today()?)?;
        self.amend(hand, (id.as_str(), version), strike).await
    }

    /// Takes a strike away that was entered by mistake; one that is over gets its end.
    ///
    /// # Errors
    /// [`AppError::NotFound`], [`AppError::NotYourUnit`], [`AppError::OldVersion`].
    pub async fn remove_strike(&self, hand: &Hand, id: &StrikeId, version: i64) -> Result<()> {
        self.erase::<Strike>(hand, (id.as_str(), version)).await
    }

    /// Enters what covers a firm.
    ///
    /// # Errors
    /// [`AppError::Fields`], [`AppError::NotFound`] without the firm, [`AppError::NotYourUnit`].
    pub async fn add_coverage(&self, hand: &Hand, draft: &CoverageDraft) -> Result<Stored> {
        self.enter(hand, draft.read(self.today()?)?).await
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
        let cover = draft.read(self.today()?)?;
        self.amend(hand, (id.as_str(), version), cover).await
    }

    /// Takes a cover away that was entered by mistake; one that is over gets its end.
    ///
    /// # Errors
    /// [`AppError::NotFound`], [`AppError::NotYourUnit`], [`AppError::OldVersion`].
    pub async fn remove_coverage(&self, hand: &Hand, id: &CoverageId, version: i64) -> Result<()> {
        self.erase::<Coverage>(hand, (id.as_str(), version)).await
    }
}
