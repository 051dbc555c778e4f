//! The tree of units: seeing, making, changing, moving, taking away.

use std::collections::HashMap;

use pingyi_domain::record::{
    Date, FieldProblem, Record, Unit, UnitDraft, UnitId, UnitKind, UnitPath,
};
use pingyi_store::list::{Ask, Page};
use pingyi_store::repo::appraisals;
use pingyi_store::repo::units::{self, UnitFilter, UnitRow};
use pingyi_store::row;
use pingyi_store::{Conn, StoreError, Tx};

use super::belongings::not_after_end;
use super::hand::Hand;
use super::history::{self, HistoryLine};
use super::note::About;
use super::posts::{PostView, posts_of};
use super::settle::{Stored, settle, settle_removal};
use crate::{App, AppError, Result};

/// A unit as trees, pickers and crumbs show it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnitName {
    /// Id.
    pub id: UnitId,
    /// Place in the tree.
    pub path: UnitPath,
    /// Kind.
    pub kind: UnitKind,
    /// Full name.
    pub name: String,
    /// Short name; the full one where there is none.
    pub short: String,
    /// Whether it is dissolved.
    pub closed: bool,
}

/// A unit with what its page shows.
#[derive(Debug, Clone)]
pub struct UnitView {
    /// Id.
    pub id: UnitId,
    /// Version, to be sent back with a change.
    pub version: i64,
    /// Place in the tree.
    pub path: UnitPath,
    /// What it is.
    pub unit: Unit,
    /// Whether it was made up for the demo.
    pub sample: bool,
    /// Where a published fact is from.
    pub source: String,
    /// The units above, the root first.
    pub above: Vec<UnitName>,
    /// The units directly below, in order.
    pub below: Vec<UnitName>,
    /// All terms, the latest first.
    pub posts: Vec<PostView>,
    /// Whether who looks may change it.
    pub may_write: bool,
}

pub(super) fn unit_of(row: &UnitRow) -> Result<Unit> {
    let date = |text: &Option<String>| text.as_deref().map(str::parse).transpose();
    let read = || {
        Ok::<_, pingyi_domain::DomainError>(Unit {
            parent: row.parent.as_deref().map(str::parse).transpose()?,
            kind: row.kind.parse()?,
            name: row.name.clone(),
            short_name: row.short_name.clone(),
            ordinal: row.ordinal,
            founded_on: date(&row.founded_on)?,
            founding_mode: row.founding_mode.as_deref().map(str::parse).transpose()?,
            closed_on: date(&row.closed_on)?,
            address: row.address.clone(),
            note: row.note.clone(),
        })
    };
    read().map_err(AppError::internal)
}

fn name_of(row: &UnitRow) -> Result<UnitName> {
    let short = if row.short_name.is_empty() {
        &row.name
    } else {
        &row.short_name
    };
    Ok(UnitName {
        id: row.id.parse().map_err(AppError::internal)?,
        path: place_of(row)?,
        kind: row.kind.parse().map_err(AppError::internal)?,
        name: row.name.clone(),
        short: short.clone(),
        closed: row.closed_on.is_some(),
    })
}

fn place_of(row: &UnitRow) -> Result<UnitPath> {
    row.path.parse().map_err(AppError::internal)
}

/// The row and the place of a unit.
///
/// # Errors
/// [`AppError::NotFound`].
pub(crate) async fn found(conn: &mut Conn, id: &UnitId) -> Result<(UnitRow, UnitPath)> {
    let row = row::by_id::<UnitRow>(conn, id.as_str()).await?;
    let row = row.ok_or(AppError::NotFound)?;
    let place = place_of(&row)?;
    Ok((row, place))
}

fn refused(field: &str, rule: &str) -> AppError {
    AppError::Fields(vec![FieldProblem {
        field: field.to_owned(),
        rule: rule.to_owned(),
    }])
}

/// Depth first, siblings by their ordinal, then by name.
pub(crate) fn in_order(rows: Vec<UnitRow>) -> Result<Vec<UnitName>> {
    let mut below: HashMap<Option<String>, Vec<UnitRow>> = HashMap::new();
    for row in rows {
        below.entry(row.parent.clone()).or_default().push(row);
    }
    for siblings in below.values_mut() {
        // From the end, since the stack gives the last one first.
        siblings.sort_by(|a, b| (b.ordinal, &b.name, &b.id).cmp(&(a.ordinal, &a.name, &a.id)));
    }
    let mut stack = below.remove(&None).unwrap_or_default();
    let mut names = Vec::new();
    while let Some(row) = stack.pop() {
        names.push(name_of(&row)?);
        stack.extend(below.remove(&Some(row.id)).unwrap_or_default());
    }
    Ok(names)
}

impl App {
    /// The whole tree by name, each unit after the one it stands under: for pickers and crumbs. Names of units are no
    /// secret; what belongs to them is narrowed elsewhere.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn unit_names(&self) -> Result<Vec<UnitName>> {
        let mut view = self.store().read().await?;
        in_order(units::all(&mut view).await?)
    }

    /// A page of the units somebody may see.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn units(
        &self,
        hand: &Hand,
        filter: &UnitFilter,
        ask: &Ask,
    ) -> Result<Page<UnitRow>> {
        let mut view = self.store().read().await?;
        Ok(units::page(&mut view, hand.scope(), filter, ask).await?)
    }

    /// One unit with what its page shows.
    ///
    /// # Errors
    /// [`AppError::NotFound`], [`AppError::NotYourUnit`].
    pub async fn unit(&self, hand: &Hand, id: &UnitId) -> Result<UnitView> {
        let mut view = self.store().read().await?;
        let (row, path) = found(&mut view, id).await?;
        hand.sees(&path)?;
        let names = in_order(units::all(&mut view).await?)?;
        let is_below =
            |other: &UnitName| path.holds(&other.path) && other.path.depth() == path.depth() + 1;
        Ok(UnitView {
            id: id.clone(),
            version: row.version,
            unit: unit_of(&row)?,
            sample: row.sample != 0,
            source: row.source,
            above: names
                .iter()
                .filter(|n| n.path != path && n.path.holds(&path))
                .cloned()
                .collect(),
            below: names.iter().filter(|n| is_below(n)).cloned().collect(),
            posts: posts_of(&mut view, id).await?,
            may_write: hand.may_write(&path),
            path,
        })
    }

    /// What was done to a unit, the oldest first.
    ///
    /// # Errors
    /// [`AppError::NotFound`], [`AppError::NotYourUnit`].
    pub async fn unit_history(&self, hand: &Hand, id: &UnitId) -> Result<Vec<HistoryLine>> {
        let mut view = self.store().read().await?;
        let (_, path) = found(&mut view, id).await?;
        hand.sees(&path)?;
        history::of(&mut view, id.as_str()).await
    }

    /// Makes a unit below one that may be written, or the root.
    ///
    /// # Errors
    /// [`AppError::Fields`], [`AppError::NotYourUnit`].
    pub async fn add_unit(&self, hand: &Hand, draft: &UnitDraft) -> Result<Stored> {
        let unit = draft.read(self.today()?)?;
        let id = UnitId::generate(&mut self.rng());
        let mut tx = self.store().begin().await?;
        let path = placed(&mut tx, hand, &id, &unit).await?;
        let row = UnitRow {
            sample: 0,
            source: String::new(),
            created_at: self.now(),
            ..row_of(&id, 1, &path, &unit)
        };
        row::insert(&mut tx, &row).await?;
        let about = About {
            id: id.as_str(),
            unit: Some(&id),
        };
        self.note_added(&mut tx, hand, about, &unit).await?;
        tx.commit().await?;
        Ok(Stored {
            id: id.into(),
            version: 1,
        })
    }

    /// Changes a unit; with another parent it moves, and all below it along.
    ///
    /// # Errors
    /// [`AppError::Fields`], [`AppError::NotFound`], [`AppError::NotYourUnit`], [`AppError::Conflict`],
    /// [`AppError::LaterRecords`] when it is to be dissolved before what belongs to it.
    pub async fn change_unit(
        &self,
        hand: &Hand,
        id: &UnitId,
        version: i64,
        draft: &UnitDraft,
    ) -> Result<Stored> {
        let unit = draft.read(self.today()?)?;
        let mut tx = self.store().begin().await?;
        let (row, old) = found(&mut tx, id).await?;
        hand.writes(&old)?;
        let before = unit_of(&row)?;
        let stored = (&before, row.version);
        if !settle(&mut tx, (id.as_str(), version), stored, &unit).await? {
            return Ok(Stored {
                id: id.to_string(),
                version: row.version,
            });
        }
        let path = if unit.parent == before.parent && unit.kind == before.kind {
            old.clone()
        } else {
            placed(&mut tx, hand, id, &unit).await?
        };
        fits_below(&mut tx, &old, &unit).await?;
        if let Some(closed) = unit.closed_on
            && before.closed_on != unit.closed_on
        {
            nothing_later(&mut tx, id, closed).await?;
        }
        // Between reading and writing another node may have been faster; the same request again will see it.
        if !row::update(&mut tx, &row_of(id, row.version, &path, &unit)).await? {
            return Err(AppError::Busy);
        }
        if path != old {
            units::move_below(&mut tx, &old, &path).await?;
        }
        let about = About {
            id: id.as_str(),
            unit: Some(id),
        };
        let version = row.version + 1;
        self.note_changed(&mut tx, hand, about, version, (&before, &unit))
            .await?;
        tx.commit().await?;
        Ok(Stored {
            id: id.to_string(),
            version,
        })
    }

    /// Takes a unit away to which nothing belongs; one that has been at work is dissolved instead.
    ///
    /// # Errors
    /// [`AppError::NotFound`], [`AppError::NotYourUnit`], [`AppError::InUse`], [`AppError::OldVersion`].
    pub async fn remove_unit(&self, hand: &Hand, id: &UnitId, version: i64) -> Result<()> {
        let mut tx = self.store().begin().await?;
        let (row, path) = found(&mut tx, id).await?;
        hand.writes(&path)?;
        let unit = unit_of(&row)?;
        settle_removal(version, row.version)?;
        if appraisals::names(&mut tx, id.as_str()).await? {
            return Err(AppError::InUse);
        }
        match row::delete::<UnitRow>(&mut tx, id.as_str(), version).await {
            Err(StoreError::Orphan) => return Err(AppError::InUse),
            Ok(false) => return Err(AppError::Busy),
            other => other?,
        };
        let about = About {
            id: id.as_str(),
            unit: unit.parent.as_ref(),
        };
        self.note_removed(&mut tx, hand, about, &unit).await?;
        tx.commit().await?;
        Ok(())
    }
}

fn row_of(id: &UnitId, version: i64, path: &UnitPath, unit: &Unit) -> UnitRow {
    UnitRow {
        id: id.to_string(),
        version,
        parent: unit.parent.as_ref().map(ToString::to_string),
        path: path.to_string(),
        ordinal: unit.ordinal,
        kind: unit.kind.to_string(),
        name: unit.name.clone(),
        short_name: unit.short_name.clone(),
        founded_on: unit.founded_on.map(|day| day.to_string()),
        founding_mode: unit.founding_mode.map(|mode| mode.to_string()),
        closed_on: unit.closed_on.map(|day| day.to_string()),
        address: unit.address.clone(),
        note: unit.note.clone(),
        sample: 0,
        source: String::new(),
        created_at: 0,
    }
}

/// The place of a unit with this parent and kind, where it may stand.
async fn placed(tx: &mut Tx, hand: &Hand, id: &UnitId, unit: &Unit) -> Result<UnitPath> {
    let above = match &unit.parent {
        None => {
            hand.decides()?;
            let roots = units::roots(tx).await?;
            if roots > 0
                && row::by_id::<UnitRow>(tx, id.as_str())
                    .await?
                    .is_none_or(|row| row.parent.is_some())
            {
                return Err(refused("parent", "one_root"));
            }
            None
        }
        Some(parent) => {
            let row = row::by_id::<UnitRow>(tx, parent.as_str()).await?;
            let row = row.ok_or_else(|| refused("parent", "unit"))?;
            let path = place_of(&row)?;
            hand.writes(&path)?;
            let founded = unit.founded_on.map(|day| day.to_string());
            not_after_end(&row, "founded_on", founded.as_deref())?;
            if path.as_str().split('/').any(|one| one == id.as_str()) {
                return Err(refused("parent", "below_itself"));
            }
            Some((path, unit_of(&row)?.kind))
        }
    };
    let (path, kind) = above.unzip();
    if !unit.kind.may_stand_under(kind) {
        return Err(refused("parent", "unit_place"));
    }
    Ok(UnitPath::of(path.as_ref(), id))
}

/// A unit is dissolved after everything that belongs to it has begun, and after those below it.
async fn nothing_later(tx: &mut Tx, id: &UnitId, closed: Date) -> Result<()> {
    let mut later = units::later(tx, id.as_str(), &closed.to_string()).await?;
    if later.is_empty() {
        return Ok(());
    }
    later.sort_by(|a, b| (&b.on_day, &a.kind, &a.title).cmp(&(&a.on_day, &b.kind, &b.title)));
    Err(AppError::LaterRecords(later))
}

/// With another kind, what stands directly below must still be in its place.
async fn fits_below(tx: &mut Tx, place: &UnitPath, unit: &Unit) -> Result<()> {
    for row in units::all(tx).await? {
        let path = place_of(&row)?;
        let directly = place.holds(&path) && path.depth() == place.depth() + 1;
        if directly && !unit_of(&row)?.kind.may_stand_under(Some(unit.kind)) {
            return Err(refused("kind", "unit_place_below"));
        }
    }
    Ok(())
}

impl UnitView {
    /// What it is called.
    #[must_use]
    pub fn title(&self) -> String {
        self.unit.title()
    }
}
