//! Writing the entries of a file.

use pingyi_domain::record::{EntryId, Kind, Record as _};
use pingyi_store::Tx;
use pingyi_store::repo::entries::{self, BodyRow, EntryRow};
use pingyi_store::repo::search::DocRow;

use super::Choice;
use super::bring::{AT_ONCE, Done, Work};
use super::cells::Good;
use super::firms_in::made;
use super::job::{ImportStep, Job};
use super::rows::EntryIn;
use crate::record::entries::row_of;
use crate::{App, Result};

impl App {
    /// Writes entries, recorded by who imports.
    pub(super) async fn bring_entries(
        &self,
        tx: &mut Tx,
        work: &Work,
        good: &[Good<EntryIn>],
        job: &Job,
    ) -> Result<Done> {
        let mut done = Done::default();
        let skipped =
            |row: &&Good<EntryIn>| matches!(work.chosen.get(&row.row), Some((Choice::Skip, _)));
        done.skipped = good.iter().filter(skipped).count();
        let new: Vec<&EntryIn> = good
            .iter()
            .filter(|row| !skipped(row))
            .map(|row| &row.record)
            .collect();
        let mut rng = self.rng();
        let mut ids: Vec<EntryId> = new.iter().map(|_| EntryId::generate(&mut rng)).collect();
        ids.sort_unstable_by(|a, b| a.as_str().cmp(b.as_str()));
        let all: Vec<(&EntryId, &EntryIn)> = ids.iter().zip(new).collect();
        for (turn, some) in all.chunks(AT_ONCE).enumerate() {
            self.write_entries(tx, work, some).await?;
            let so_far = done.skipped + turn * AT_ONCE + some.len();
            job.tell(ImportStep::Writing, so_far, work.preview.good);
        }
        done.added = all.len();
        done.docs = all.iter().map(|(id, one)| doc_of(id, one)).collect();
        done.touched = ids
            .iter()
            .map(|id| made(id.as_str(), Kind::Entry))
            .collect();
        Ok(done)
    }

    async fn write_entries(
        &self,
        tx: &mut Tx,
        work: &Work,
        some: &[(&EntryId, &EntryIn)],
    ) -> Result<()> {
        let rows: Vec<EntryRow> = some
            .iter()
            .map(|(id, one)| EntryRow {
                recorded_by: work.hand.actor().to_string(),
                recorded_at: self.now(),
                import: Some(work.id.to_string()),
                ..row_of(id, &one.entry)
            })
            .collect();
        let bodies: Vec<(&str, &[BodyRow])> = some
            .iter()
            .map(|(id, one)| (id.as_str(), one.bodies.as_slice()))
            .collect();
        let firms: Vec<(&str, &[String])> = some
            .iter()
            .map(|(id, one)| (id.as_str(), one.firms.as_slice()))
            .collect();
        Ok(entries::insert_many(tx, &rows, &bodies, &firms).await?)
    }
}

fn doc_of(id: &EntryId, one: &EntryIn) -> DocRow {
    DocRow {
        kind: Kind::Entry.to_string(),
        id: id.to_string(),
        unit: Some(one.entry.unit.to_string()),
        title: one.entry.title(),
        body: one.entry.search_text().unwrap_or_default(),
    }
}
