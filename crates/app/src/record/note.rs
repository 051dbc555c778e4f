//! Telling the audit trail and the search index of a change, in the transaction of the change and last in it. The
//! trail is the history of a record: what changed, field by field.

use pingyi_domain::audit::AuditEvent;
use pingyi_domain::record::{Record, UnitId, changes};
use pingyi_store::Tx;
use pingyi_store::repo::search::{self, DocRow};

use super::hand::Hand;
use crate::{App, Result};

/// Which record, and to which unit it belongs.
#[derive(Debug, Clone, Copy)]
pub(crate) struct About<'a> {
    pub id: &'a str,
    pub unit: Option<&'a UnitId>,
}

impl App {
    /// A record was made.
    pub(crate) async fn note_added<R: Record>(
        &self,
        tx: &mut Tx,
        hand: &Hand,
        about: About<'_>,
        record: &R,
    ) -> Result<()> {
        find(tx, about, record).await?;
        let event = AuditEvent::RecordAdded {
            kind: R::KIND,
            unit: about.unit.cloned(),
            fields: changes(None, Some(record)),
        };
        self.record(tx, hand.actor(), about.id, &event).await
    }

    /// A record was changed and has this version now.
    pub(crate) async fn note_changed<R: Record>(
        &self,
        tx: &mut Tx,
        hand: &Hand,
        about: About<'_>,
        version: i64,
        (before, after): (&R, &R),
    ) -> Result<()> {
        find(tx, about, after).await?;
        let event = AuditEvent::RecordChanged {
            kind: R::KIND,
            unit: about.unit.cloned(),
            version,
            fields: changes(Some(before), Some(after)),
        };
        self.record(tx, hand.actor(), about.id, &event).await
    }

    /// A record was taken away.
    pub(crate) async fn note_removed<R: Record>(
        &self,
        tx: &mut Tx,
        hand: &Hand,
        about: About<'_>,
        record: &R,
    ) -> Result<()> {
        search::remove(tx, R::KIND.as_str(), about.id).await?;
        let event = AuditEvent::RecordRemoved {
            kind: R::KIND,
            unit: about.unit.cloned(),
            fields: changes(Some(record), None),
        };
        self.record(tx, hand.actor(), about.id, &event).await
    }
}

/// Puts a record into the search index, where it is of those that can be found.
async fn find<R: Record>(tx: &mut Tx, about: About<'_>, record: &R) -> Result<()> {
    let Some(body) = record.search_text() else {
        return Ok(());
    };
    let doc = DocRow {
        kind: R::KIND.to_string(),
        id: about.id.to_owned(),
        unit: about.unit.map(ToString::to_string),
        title: record.title(),
        body,
    };
    Ok(search::put(tx, &doc).await?)
}
