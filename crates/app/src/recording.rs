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

/// See [`App::record`].
pub(crate) async fn record(
    tx: &mut Tx,
    now: i64,
    actor: &Actor,
    subject: &str,
    event: &AuditEvent,
) -> Result<()> {
    let head = audit::lock_head(tx).await?;
    let seq = u64::try_from(head.seq).map_err(AppError::internal)?;
    // Clocks may be set back; the trail never runs backwards.
    let entry = AuditEntry::after((seq, &head.hash), now.max(head.at), actor, subject, event);
    let row = audit::AuditRow {
        seq: i64::try_from(entry.content.seq).map_err(AppError::internal)?,
        at: entry.content.at,
        actor: entry.content.actor,
        action: entry.content.action,
        subject: entry.content.subject,
        detail: canonical_json(&entry.content.detail),
        parent: entry.parent,
        hash: entry.hash,
    };
    audit::append(tx, &row).await?;
    Ok(())
}
