//! Filling an empty record with the demo's year or with the load figures: tables at once, and what search finds.

use std::collections::BTreeMap;

use pingyi_domain::Digest;
use pingyi_domain::audit::AuditEvent;
use pingyi_domain::record::Kind;
pub use pingyi_store::repo::bulk::Cell;
pub use pingyi_store::repo::search::DocRow;
use pingyi_store::repo::{bulk, search};

use super::hand::Hand;
use crate::{App, AppError, Result};

/// Rows of one table, in the order of its columns in a backup.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Filling {
    /// Tables in the order in which they are filled: parents before children.
    pub tables: Vec<(&'static str, Vec<Vec<Cell>>)>,
    /// What search finds, by kind.
    pub docs: Vec<DocRow>,
}

impl Filling {
    /// How many rows a table gets.
    #[must_use]
    pub fn count(&self, table: &str) -> usize {
        self.rows(table).len()
    }

    /// The rows of a table.
    #[must_use]
    pub fn rows(&self, table: &str) -> &[Vec<Cell>] {
        self.tables
            .iter()
            .find(|(name, _)| *name == table)
            .map_or(&[], |(_, rows)| rows)
    }

    /// SHA-256 of everything in it, for the audit trail.
    #[must_use]
    pub fn digest(&self) -> Digest {
        Digest::of(format!("{:?}", self.tables).as_bytes())
    }
}

impl App {
    /// Fills the record, all or nothing, with one line of the audit trail for each kind of record.
    ///
    /// # Errors
    /// [`AppError::NotYourUnit`] unless asked by the office; what the database refuses, above all into a record that
    /// holds the same ids already.
    pub async fn fill_record(&self, hand: &Hand, filling: &Filling) -> Result<()> {
        hand.decides()?;
        let mut tx = self.store().begin().await?;
        for (table, rows) in &filling.tables {
            bulk::insert(&mut tx, table, rows).await?;
        }
        let mut kinds: BTreeMap<&str, Vec<DocRow>> = BTreeMap::new();
        for doc in &filling.docs {
            kinds.entry(&doc.kind).or_default().push(doc.clone());
        }
        let file = filling.digest();
        for (name, docs) in kinds {
            let kind: Kind = name.parse().map_err(AppError::internal)?;
            search::put_new(&mut tx, name, &docs).await?;
            let added = u64::try_from(docs.len()).map_err(AppError::internal)?;
            let event = AuditEvent::RecordsImported {
                kind,
                added,
                changed: 0,
                file: file.clone(),
            };
            self.record(&mut tx, hand.actor(), "sample", &event).await?;
        }
        tx.commit().await?;
        Ok(())
    }
}
