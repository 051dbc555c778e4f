//! Writing the audit trail: every use case adds its entry in its own transaction.

use pingyi_domain::audit::{AuditEntry, AuditEvent};
use pingyi_domain::{Actor, canonical_json};
use pingyi_store::Tx;
use pingyi_store::repo::audit;

use crate::{App, AppError, Result};

impl App {
    /// Writes the audit entry of a use case into its transaction; the last thing before the commit, because
    /// it holds the one head of the trail.
    pub(crate) async fn record(
        &self,
        tx: &mut Tx,
        actor: &Actor,
        subject: &str,
        event: &AuditEvent,
    ) -> Result<()> {
        record(tx, self.now(), actor, subject, event).await
    }
}

impl App {
    /// The same for many records of one batch, each with its subject.
    pub(crate) async fn record_many(
        &self,
        tx: &mut Tx,
        actor: &Actor,
        events: &[(String, AuditEvent)],
    ) -> Result<()> {
        let head = audit::lock_head(tx).await?;
        let mut seq = u64::try_from(head.seq).map_err(AppError::internal)?;
        let now = self.now().max(head.at);
        let mut parent = head.hash;
        let mut rows = Vec::with_capacity(events.len());
        for (subject, event) in events {
            let entry = AuditEntry::after((seq, &parent), now, actor, subject, event);
            seq = entry.content.seq;
            parent.clone_from(&entry.hash);
            rows.push(row_of(entry)?);
        }
        Ok(audit::append_many(tx, &rows).await?)
    }
}

/// See [`App::record`].
pub(crate) async fn record(
    tx: &mut Tx,
    now: i64,
    actor: &Actor,
    subject: &str,
    event: &AuditEvent,
) -> Result<()> {
    recorded(tx, now, actor, subject, event).await?;
    Ok(())
}

/// The same, and gives the entry as it stands in the trail.
pub(crate) async fn recorded(
    tx: &mut Tx,
    now: i64,
    actor: &Actor,
    subject: &str,
    event: &AuditEvent,
) -> Result<AuditEntry> {
    let head = audit::lock_head(tx).await?;
    let seq = u64::try_from(head.seq).map_err(AppError::internal)?;
    // Clocks may be set back; the trail never runs backwards.
    let entry = AuditEntry::after((seq, &head.hash), now.max(head.at), actor, subject, event);
    audit::append(tx, &row_of(entry.clone())?).await?;
    Ok(entry)
}

fn row_of(entry: AuditEntry) -> Result<audit::AuditRow> {
    Ok(audit::AuditRow {
        seq: i64::try_from(entry.content.seq).map_err(AppError::internal)?,
        at: entry.content.at,
        actor: entry.content.actor,
        action: entry.content.action,
        subject: entry.content.subject,
        detail: canonical_json(&entry.content.detail),
        parent: entry.parent,
        hash: entry.hash,
    })
}
