//! The register of firms: seeing, making, changing, taking away, as a file.

use std::collections::{BTreeMap, HashMap};

use pingyi_domain::record::{
    Coverage, Date, FieldProblem, Firm, FirmDraft, FirmId, Strike, UnitPath, Word, WordList,
    default_words, name_key,
};
use pingyi_store::list::{Ask, Page};
use pingyi_store::repo::firms::{self, FirmFilter, FirmRow};
use pingyi_store::repo::{coverages, posts, words};
use pingyi_store::{Conn, StoreError, Tx};

use super::coverage::{coverage_of, strike_of};
use super::hand::Hand;
use super::history::{self, HistoryLine};
use super::note::About;
use super::settle::{Stored, settle, settle_removal};
use super::units::found;
use crate::{App, AppError, Result};

/// Something with its id and version.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Kept<T> {
    /// Id.
    pub id: String,
    /// Version, to be sent back with a change.
    pub version: i64,
    /// What it is.
    pub record: T,
}

/// A firm with what its page shows.
#[derive(Debug, Clone)]
pub struct FirmView {
    /// Id.
    pub id: FirmId,
    /// Version, to be sent back with a change.
    pub version: i64,
    /// What it is.
    pub firm: Firm,
    /// Place of its unit.
    pub place: UnitPath,
    /// Whether it was made up for the demo.
    pub sample: bool,
    /// Where a published fact is from.
    pub source: String,
    /// All strikes, the latest first.
    pub strikes: Vec<Kept<Strike>>,
    /// All covers, the latest first.
    pub covers: Vec<Kept<Coverage>>,
    /// Ids and holders of the instructors' terms that stand in covers.
    pub instructors: Vec<(String, String)>,
    /// What was done to it and its spells, the oldest first.
    pub history: Vec<HistoryLine>,
    /// Whether who looks may change it.
    pub may_write: bool,
}

pub(super) fn firm_of(row: &FirmRow) -> Result<Firm> {
    let read = || {
        Ok::<_, pingyi_domain::DomainError>(Firm {
            unit: row.unit.parse()?,
            name: row.name.clone(),
            credit_code: row.credit_code.clone(),
            kind: row.kind.parse()?,
            sector: row.sector.clone(),
            employees: row.employees,
            members: row.members,
            address: row.address.clone(),
            lon: row.lon,
            lat: row.lat,
            opened_on: row.opened_on.parse()?,
            uncovered: row.uncovered.clone(),
            note: row.note.clone(),
        })
    };
    read().map_err(AppError::internal)
}

pub(super) fn firm_row(id: &FirmId, version: i64, firm: &Firm) -> FirmRow {
    FirmRow {
        id: id.to_string(),
        version,
        unit: firm.unit.to_string(),
        name: firm.name.clone(),
        name_key: name_key(&firm.name),
        credit_code: firm.credit_code.clone(),
        kind: firm.kind.to_string(),
        sector: firm.sector.clone(),
        employees: firm.employees,
        members: firm.members,
        address: firm.address.clone(),
        lon: firm.lon,
        lat: firm.lat,
        opened_on: firm.opened_on.to_string(),
        struck: 0,
        own: 0,
        joint: 0,
        work: 0,
        uncovered: firm.uncovered.clone(),
        note: firm.note.clone(),
        import: None,
        sample: 0,
        source: String::new(),
    }
}

pub(super) fn refused(field: &str, rule: &str) -> FieldProblem {
    FieldProblem {
        field: field.to_owned(),
        rule: rule.to_owned(),
    }
}

/// The words of some lists by list and code: those of the program, and in their place those the office keeps.
pub(super) async fn words_of(
    conn: &mut Conn,
    lists: &[WordList],
) -> Result<BTreeMap<(WordList, String), Word>> {
    let mut all = BTreeMap::new();
    for word in lists.iter().flat_map(|list| default_words(*list)) {
        all.insert((word.list, word.code.clone()), word);
    }
    for row in words::all(conn).await? {
        let list: WordList = row.list.parse().map_err(AppError::internal)?;
        if lists.contains(&list) {
            let word = Word {
                list,
                code: row.code.clone(),
                parent: row.parent,
                ordinal: row.ordinal,
                label_zh: row.label_zh,
                label_en: row.label_en,
                retired: row.retired != 0,
            };
            all.insert((list, row.code), word);
        }
    }
    Ok(all)
}

/// Row and place of a firm.
///
/// # Errors
/// [`AppError::NotFound`].
pub(super) async fn found_firm(conn: &mut Conn, id: &FirmId) -> Result<(FirmRow, UnitPath)> {
    let row = firms::by_id(conn, id.as_str()).await?;
    let row = row.ok_or(AppError::NotFound)?;
    let unit = row.unit.parse().map_err(AppError::internal)?;
    let (_, place) = found(conn, &unit).await?;
    Ok((row, place))
}

/// The firm's unit may be written, its words exist, no other firm has its credit code.
async fn fits(
    tx: &mut Tx,
    hand: &Hand,
    (id, firm): (&FirmId, &Firm),
    before: Option<&Firm>,
) -> Result<()> {
    let unit = found(tx, &firm.unit).await;
    let (unit, place) = match unit {
        Err(AppError::NotFound) => return Err(AppError::Fields(vec![refused("unit", "unit")])),
        other => other?,
    };
    hand.writes(&place)?;
    let mut problems = Vec::new();
    if unit.closed_on.is_some() && before.is_none_or(|was| was.unit != firm.unit) {
        problems.push(refused("unit", "unit_closed"));
    }
    if !firm.credit_code.is_empty()
        && firms::with_code(tx, &firm.credit_code, id.as_str())
            .await?
            .is_some()
    {
        problems.push(refused("credit_code", "code_taken"));
    }
    let words = words_of(tx, &[WordList::Sector, WordList::UncoveredReason]).await?;
    let known = |list, code: &str| code.is_empty() || words.contains_key(&(list, code.to_owned()));
    if !known(WordList::Sector, &firm.sector) {
        problems.push(refused("sector", "word"));
    }
    if !known(WordList::UncoveredReason, &firm.uncovered) {
        problems.push(refused("uncovered", "word"));
    }
    if problems.is_empty() {
        Ok(())
    } else {
        Err(AppError::Fields(problems))
    }
}

impl App {
    /// The words of some lists, for choices and labels, in their order.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn firm_words(&self, lists: &[WordList]) -> Result<Vec<Word>> {
        let mut view = self.store().read().await?;
        let mut all: Vec<Word> = words_of(&mut view, lists).await?.into_values().collect();
        all.sort_by(|a, b| (a.list, a.order()).cmp(&(b.list, b.order())));
        Ok(all)
    }

    /// A page of the firms somebody may see.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn firms(
        &self,
        hand: &Hand,
        filter: &FirmFilter,
        ask: &Ask,
    ) -> Result<Page<FirmRow>> {
        let mut view = self.store().read().await?;
        Ok(firms::page(&mut view, hand.scope(), filter, ask).await?)
    }

    /// All the firms of a list, for a file.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn all_firms(
        &self,
        hand: &Hand,
        filter: &FirmFilter,
        ask: &Ask,
    ) -> Result<Vec<FirmRow>> {
        let mut view = self.store().read().await?;
        let mut ask = Ask {
            after: None,
            limit: 5000,
            ..ask.clone()
        };
        let mut all = Vec::new();
        loop {
            let (rows, next) = firms::rows(&mut view, hand.scope(), filter, &ask).await?;
            all.extend(rows);
            match next {
                Some(next) => ask.after = Some(next),
                None => return Ok(all),
            }
        }
    }

    /// The reasons of the firms struck out on a day, by id of the firm.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn struck_on(&self, day: Date) -> Result<HashMap<String, String>> {
        let mut view = self.store().read().await?;
        let rows = coverages::struck_on(&mut view, &day.to_string()).await?;
        Ok(rows.into_iter().collect())
    }

    /// Ids and holders of the instructors' terms that run today.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn instructors(&self) -> Result<Vec<(String, String)>> {
        let today = self.today()?.to_string();
        let mut view = self.store().read().await?;
        Ok(coverages::instructors(&mut view, &today).await?)
    }

    /// One firm with what its page shows.
    ///
    /// # Errors
    /// [`AppError::NotFound`], [`AppError::NotYourUnit`].
    pub async fn firm(&self, hand: &Hand, id: &FirmId) -> Result<FirmView> {
        let mut view = self.store().read().await?;
        let (row, place) = found_firm(&mut view, id).await?;
        hand.sees(&place)?;
        let strikes = coverages::strikes_of(&mut view, id.as_str()).await?;
        let covers = coverages::coverages_of(&mut view, id.as_str()).await?;
        let mut history = history::of(&mut view, id.as_str()).await?;
        let spells = strikes
            .iter()
            .map(|s| &s.id)
            .chain(covers.iter().map(|c| &c.id));
        for spell in spells {
            history.extend(history::of(&mut view, spell).await?);
        }
        history.sort_by_key(|line| line.seq);
        let mut instructors = Vec::new();
        for post in covers.iter().filter_map(|cover| cover.post.as_deref()) {
            if let Some(row) = posts::by_id(&mut view, post).await? {
                instructors.push((row.id, row.holder));
            }
        }
        Ok(FirmView {
            id: id.clone(),
            instructors,
            version: row.version,
            firm: firm_of(&row)?,
            sample: row.sample != 0,
            source: row.source,
            strikes: strikes.iter().map(strike_of).collect::<Result<_>>()?,
            covers: covers.iter().map(coverage_of).collect::<Result<_>>()?,
            history,
            may_write: hand.may_write(&place),
            place,
        })
    }

    /// Enters a firm.
    ///
    /// # Errors
    /// [`AppError::Fields`], [`AppError::NotYourUnit`].
    pub async fn add_firm(&self, hand: &Hand, draft: &FirmDraft) -> Result<Stored> {
        let firm = draft.read(self.today()?)?;
        let id = FirmId::generate(&mut self.rng());
        let mut tx = self.store().begin().await?;
        fits(&mut tx, hand, (&id, &firm), None).await?;
        firms::insert(&mut tx, &[firm_row(&id, 1, &firm)]).await?;
        let about = About {
            id: id.as_str(),
            unit: Some(&firm.unit),
        };
        self.note_added(&mut tx, hand, about, &firm).await?;
        tx.commit().await?;
        Ok(Stored {
            id: id.into(),
            version: 1,
        })
    }

    /// Changes a firm; into another unit both must be writable.
    ///
    /// # Errors
    /// [`AppError::Fields`], [`AppError::NotFound`], [`AppError::NotYourUnit`], [`AppError::Conflict`].
    pub async fn change_firm(
        &self,
        hand: &Hand,
        id: &FirmId,
        version: i64,
        draft: &FirmDraft,
    ) -> Result<Stored> {
        let firm = draft.read(self.today()?)?;
        let mut tx = self.store().begin().await?;
        let (row, place) = found_firm(&mut tx, id).await?;
        hand.writes(&place)?;
        let before = firm_of(&row)?;
        let stored = (&before, row.version);
        if !settle(&mut tx, (id.as_str(), version), stored, &firm).await? {
            return Ok(Stored {
                id: id.to_string(),
                version: row.version,
            });
        }
        fits(&mut tx, hand, (id, &firm), Some(&before)).await?;
        if !firms::update(&mut tx, &firm_row(id, row.version, &firm)).await? {
            return Err(AppError::Busy);
        }
        let about = About {
            id: id.as_str(),
            unit: Some(&firm.unit),
        };
        let version = row.version + 1;
        self.note_changed(&mut tx, hand, about, version, (&before, &firm))
            .await?;
        tx.commit().await?;
        Ok(Stored {
            id: id.to_string(),
            version,
        })
    }

    /// Takes a firm away that was entered by mistake; one that closed or moved out is struck out instead.
    ///
    /// # Errors
    /// [`AppError::NotFound`], [`AppError::NotYourUnit`], [`AppError::InUse`], [`AppError::OldVersion`].
    pub async fn remove_firm(&self, hand: &Hand, id: &FirmId, version: i64) -> Result<()> {
        let mut tx = self.store().begin().await?;
        let (row, place) = found_firm(&mut tx, id).await?;
        hand.writes(&place)?;
        let firm = firm_of(&row)?;
        settle_removal(version, row.version)?;
        match firms::delete(&mut tx, id.as_str(), version).await {
            Err(StoreError::Orphan) => return Err(AppError::InUse),
            Ok(false) => return Err(AppError::Busy),
            other => other?,
        };
        let about = About {
            id: id.as_str(),
            unit: Some(&firm.unit),
        };
        self.note_removed(&mut tx, hand, about, &firm).await?;
        tx.commit().await?;
        Ok(())
    }
}
