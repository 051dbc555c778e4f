//! Changing many firms at once: those a file knows better, and back when its import is undone.

use std::collections::HashMap;

use pingyi_domain::audit::AuditEvent;
use pingyi_domain::record::{Coverage, Firm, FirmId, Kind, Record as _, Strike, UnitPath, changes};
use pingyi_store::repo::firms::{self, FirmRow};
use pingyi_store::repo::imports::TouchedRow;
use pingyi_store::repo::{coverages, search, units};
use pingyi_store::{Conn, StoreError, Tx};

use super::bring::{AT_ONCE, Done, Work};
use super::firms_in::{Spells, covers_of, strike_of_row};
use super::job::{ImportStep, Job};
use super::rows::FirmIn;
use super::settled::{doc_of, draft_of, laid_over};
use crate::record::coverage::keep_today;
use crate::record::firms::{firm_of, firm_row};
use crate::record::hand::Hand;
use crate::record::written::Written as _;
use crate::{App, AppError, Result};

/// A firm as it is stored and as it is to be.
pub(super) struct Change {
    pub stored: FirmRow,
    pub before: Firm,
    pub after: Firm,
}

/// The stored firms by id.
pub(super) async fn stored(conn: &mut Conn, ids: &[&str]) -> Result<HashMap<String, FirmRow>> {
    let rows: Vec<FirmRow> = firms::by_ids(conn, ids).await?;
    Ok(rows.into_iter().map(|row| (row.id.clone(), row)).collect())
}

impl App {
    /// Changes firms to what their rows say; empty cells leave what is there.
    pub(super) async fn update_firms(
        &self,
        tx: &mut Tx,
        work: &Work,
        known: &[(&str, &FirmIn)],
        done: &mut Done,
        job: &Job,
    ) -> Result<()> {
        let mut places: HashMap<String, UnitPath> = HashMap::new();
        for unit in units::all(tx).await? {
            places.insert(unit.id, unit.path.parse().map_err(AppError::internal)?);
        }
        let begun = done.added + done.skipped;
        for (turn, some) in known.chunks(AT_ONCE).enumerate() {
            let ids: Vec<&str> = some.iter().map(|(id, _)| *id).collect();
            let mut rows = stored(tx, &ids).await?;
            let (mut all, mut spells) = (Vec::new(), Spells::default());
            let mut covered = Vec::new();
            for (id, row) in some {
                let stored = rows.remove(*id).ok_or(AppError::OldVersion)?;
                let place = places.get(&stored.unit).ok_or(AppError::NotFound)?;
                work.hand.writes(place)?;
                let before = firm_of(&stored)?;
                let after = laid_over(&before, &row.firm);
                let is_new = self.new_spells(tx, id, row, &mut spells).await?;
                if is_new {
                    covered.push(id.parse::<FirmId>().map_err(AppError::internal)?);
                }
                match (before == after, is_new) {
                    (true, false) => done.skipped += 1,
                    (true, true) => done.changed += 1,
                    (false, _) => all.push(Change {
                        stored,
                        before,
                        after,
                    }),
                }
            }
            done.changed += all.len();
            done.touched.extend(touched(&all)?);
            done.touched.extend(spells.touched());
            self.change_many(tx, &work.hand, all).await?;
            spells.insert(tx).await?;
            for firm in &covered {
                keep_today(tx, firm, self.today()?).await?;
            }
            let so_far = begun + turn * AT_ONCE + some.len();
            job.tell(ImportStep::Writing, so_far, work.preview.good);
        }
        Ok(())
    }

    /// Puts the spells of a row that are not there yet beside the others; whether there were any.
    async fn new_spells(
        &self,
        tx: &mut Tx,
        id: &str,
        row: &FirmIn,
        spells: &mut Spells,
    ) -> Result<bool> {
        if row.covers.is_empty() && row.strike.is_none() {
            return Ok(false);
        }
        let firm: FirmId = id.parse().map_err(AppError::internal)?;
        let (mut covers, mut strike) = (covers_of(&firm, row)?, strike_of_row(&firm, row));
        for there in coverages::coverages_of(tx, id).await? {
            let there = Coverage::of(&there).map_err(AppError::internal)?;
            covers.retain(|cover| !cover.repeats(&there));
        }
        for there in coverages::strikes_of(tx, id).await? {
            let there = Strike::of(&there).map_err(AppError::internal)?;
            strike = strike.filter(|strike| !strike.spell.overlaps(there.spell));
        }
        let is_new = !covers.is_empty() || strike.is_some();
        spells.add(&mut self.rng(), covers, strike);
        Ok(is_new)
    }

    /// Stores changed firms, each with its line of the audit trail.
    pub(super) async fn change_many(
        &self,
        tx: &mut Tx,
        hand: &Hand,
        all: Vec<Change>,
    ) -> Result<()> {
        let rows = all.iter().map(|change| {
            let id: FirmId = change.stored.id.parse().map_err(AppError::internal)?;
            Ok(firm_row(&id, change.stored.version, &change.after))
        });
        let rows: Vec<FirmRow> = rows.collect::<Result<_>>()?;
        match firms::update_many(tx, &rows).await {
            Err(StoreError::Conflict) => return Err(AppError::OldVersion),
            Ok(false) => return Err(AppError::Busy),
            other => other?,
        };
        let mut events = Vec::with_capacity(all.len());
        for (change, row) in all.iter().zip(&rows) {
            let (before, after) = (&change.before, &change.after);
            if before.name != after.name || before.unit != after.unit {
                search::put(tx, &doc_of(row)).await?;
            }
            let event = AuditEvent::RecordChanged {
                kind: Firm::KIND,
                unit: Some(after.unit.clone()),
                version: change.stored.version + 1,
                fields: changes(Some(before), Some(after)),
            };
            events.push((row.id.clone(), event));
        }
        self.record_many(tx, hand.actor(), &events).await
    }
}

/// What an undo has to know of changed firms.
fn touched(all: &[Change]) -> Result<Vec<TouchedRow>> {
    let touched = all.iter().map(|change| {
        Ok(TouchedRow {
            record: change.stored.id.clone(),
            version: change.stored.version + 1,
            before: serde_json::to_string(&draft_of(&change.before))?,
            kind: Kind::Firm.to_string(),
        })
    });
    touched.collect()
}
