//! The register of firms: seeing, making, changing, taking away, as a file.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use pingyi_domain::record::{
    Coverage, Date, FieldProblem, Firm, FirmDraft, FirmId, Strike, UnitPath, Word, WordList,
    default_words, name_key,
};
use pingyi_store::Conn;
use pingyi_store::list::{Ask, Page};
use pingyi_store::repo::firms::{self, FirmFilter, FirmRow};
use pingyi_store::repo::posts::PostRow;
use pingyi_store::repo::{coverages, units, words};
use pingyi_store::row;

use super::coverage::kept;
use super::hand::Hand;
use super::history::{self, HistoryLine};
use super::settle::Stored;
use super::units::found;
use super::written::{Around, Home, Read, Written};
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
    Firm::of(row).map_err(AppError::internal)
}

pub(super) fn firm_row(id: &FirmId, version: i64, firm: &Firm) -> FirmRow {
    firm.to_row(id.as_str(), version)
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
    let row = row::by_id::<FirmRow>(conn, id.as_str()).await?;
    let row = row.ok_or(AppError::NotFound)?;
    let unit = row.unit.parse().map_err(AppError::internal)?;
    let (_, place) = found(conn, &unit).await?;
    Ok((row, place))
}

impl Written for Firm {
    type Row = FirmRow;

    fn new_id(rng: &mut impl rand_core::CryptoRng) -> String {
        FirmId::generate(rng).into()
    }

    fn of(row: &FirmRow) -> Read<Self> {
        Ok(Self {
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
    }

    fn to_row(&self, id: &str, version: i64) -> FirmRow {
        FirmRow {
            id: id.to_owned(),
            version,
            unit: self.unit.to_string(),
            name: self.name.clone(),
            name_key: name_key(&self.name),
            credit_code: self.credit_code.clone(),
            kind: self.kind.to_string(),
            sector: self.sector.clone(),
            employees: self.employees,
            members: self.members,
            address: self.address.clone(),
            lon: self.lon,
            lat: self.lat,
            opened_on: self.opened_on.to_string(),
            struck: 0,
            own: 0,
            joint: 0,
            work: 0,
            uncovered: self.uncovered.clone(),
            note: self.note.clone(),
            import: None,
            sample: 0,
            source: String::new(),
        }
    }

    fn home(&self) -> Home<'_> {
        Home::Chosen(&self.unit)
    }

    /// Its unit is not dissolved, its words exist, no other firm has its credit code.
    async fn agrees(&self, conn: &mut Conn, around: Around<'_, Self>) -> Result<()> {
        let mut problems = Vec::new();
        let moved = around.before.is_none_or(|was| was.unit != self.unit);
        if moved && around.home.is_some_and(|unit| unit.closed_on.is_some()) {
            problems.push(refused("unit", "unit_closed"));
        }
        if !self.credit_code.is_empty() {
            let other = firms::with_code(conn, &self.credit_code, around.id).await?;
            if other.is_some() {
                problems.push(refused("credit_code", "code_taken"));
            }
        }
        let words = words_of(conn, &[WordList::Sector, WordList::UncoveredReason]).await?;
        let known =
            |list, code: &str| code.is_empty() || words.contains_key(&(list, code.to_owned()));
        if !known(WordList::Sector, &self.sector) {
            problems.push(refused("sector", "word"));
        }
        if !known(WordList::UncoveredReason, &self.uncovered) {
            problems.push(refused("uncovered", "word"));
        }
        if problems.is_empty() {
            Ok(())
        } else {
            Err(AppError::Fields(problems))
        }
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
        let Some(total) = self.tallied(&mut view, hand, filter).await? else {
            return Ok(firms::page(&mut view, hand.scope(), filter, ask).await?);
        };
        // Where nothing is found the whole register would be read to find it.
        let (rows, next) = match total {
            0 => (Vec::new(), None),
            _ => firms::rows(&mut view, hand.scope(), filter, ask).await?,
        };
        Ok(Page { rows, next, total })
    }

    /// How many firms a list holds, where the count of the coverages says it too.
    async fn tallied(
        &self,
        conn: &mut Conn,
        hand: &Hand,
        filter: &FirmFilter,
    ) -> Result<Option<u64>> {
        let narrowed = filter.text.is_some() || filter.kind.is_some() || filter.reason.is_some();
        let Some(holds) = filter.view.of_tally().filter(|_| !narrowed) else {
            return Ok(None);
        };
        let today = self.today()?;
        let day: Date = filter.on.parse().map_err(AppError::internal)?;
        // What is kept beside the firms is what holds today.
        if filter.is_today != (day == today) {
            return Ok(None);
        }
        let mut seen = BTreeSet::new();
        for unit in units::all(conn).await? {
            let path: UnitPath = unit.path.parse().map_err(AppError::internal)?;
            let asked = filter.under.as_ref().is_none_or(|under| under.holds(&path));
            if asked && hand.scope().holds(&path) {
                seen.insert(unit.id);
            }
        }
        let sector = filter.sector.as_deref();
        let counted = self.firms_on(conn, day, today).await?;
        let total: i64 = counted
            .iter()
            .filter(|row| seen.contains(&row.unit) && sector.is_none_or(|one| one == row.sector))
            .filter(|row| holds(row))
            .map(|row| row.n)
            .sum();
        Ok(Some(u64::try_from(total).map_err(AppError::internal)?))
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

    /// The reasons of those of some firms that are struck out on a day, by id of the firm.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn struck_on(&self, day: Date, firms: &[&str]) -> Result<HashMap<String, String>> {
        let mut view = self.store().read().await?;
        let rows = coverages::struck_on(&mut view, &day.to_string(), firms).await?;
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
            if let Some(row) = row::by_id::<PostRow>(&mut view, post).await? {
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
            strikes: kept(&strikes)?,
            covers: kept(&covers)?,
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
        self.enter(hand, draft.read(self.today()?)?).await
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
        self.amend(hand, (id.as_str(), version), firm).await
    }

    /// Takes a firm away that was entered by mistake; one that closed or moved out is struck out instead.
    ///
    /// # Errors
    /// [`AppError::NotFound`], [`AppError::NotYourUnit`], [`AppError::InUse`], [`AppError::OldVersion`].
    pub async fn remove_firm(&self, hand: &Hand, id: &FirmId, version: i64) -> Result<()> {
        self.erase::<Firm>(hand, (id.as_str(), version)).await
    }
}
