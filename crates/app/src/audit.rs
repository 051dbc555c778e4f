//! The audit trail: export and checking.

use pingyi_domain::AppraisalId;
use pingyi_domain::audit::{
    AuditEntry, AuditFault, AuditReport, Content, Extent, Fault, verify_export,
};
use pingyi_store::repo::audit::{self, AuditRow};
use pingyi_store::{Conn, Store};

use crate::{App, AppError, Result};

const PAGE: i64 = 256;

/// The trail on its way out, as lines of JSON.
#[derive(Debug)]
pub struct AuditStream {
    store: Store,
    subject: Option<String>,
    after: i64,
    done: bool,
}

impl AuditStream {
    /// The next lines, each with its line break; none at the end.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn next(&mut self) -> Result<Option<String>> {
        if self.done {
            return Ok(None);
        }
        let mut view = self.store.read().await?;
        let rows = audit::page(&mut view, self.subject.as_deref(), self.after, PAGE).await?;
        let Some(last) = rows.last() else {
            self.done = true;
            return Ok(None);
        };
        self.after = last.seq;
        let lines: Result<String> = rows
            .into_iter()
            .map(|row| Ok(entry(row)?.to_line() + "\n"))
            .collect();
        Ok(Some(lines?))
    }
}

fn entry(row: AuditRow) -> Result<AuditEntry> {
    Ok(AuditEntry {
        content: Content {
            seq: u64::try_from(row.seq).map_err(AppError::internal)?,
            at: row.at,
            actor: row.actor,
            action: row.action,
            subject: row.subject,
            detail: serde_json::from_str(&row.detail)?,
        },
        parent: row.parent,
        hash: row.hash,
    })
}

/// The trail of one thing as a view sees it.
pub(crate) async fn part_of(conn: &mut Conn, subject: &str) -> Result<Vec<AuditEntry>> {
    let (mut all, mut after) = (Vec::new(), 0);
    loop {
        let rows = audit::page(conn, Some(subject), after, PAGE).await?;
        let Some(last) = rows.last() else {
            return Ok(all);
        };
        after = last.seq;
        for row in rows {
            all.push(entry(row)?);
        }
    }
}

impl App {
    /// The trail of one appraisal, or all of it.
    #[must_use]
    pub fn audit_export(&self, of: Option<&AppraisalId>) -> AuditStream {
        AuditStream {
            store: self.store().clone(),
            subject: of.map(ToString::to_string),
            after: 0,
            done: false,
        }
    }

    /// The newest entries before a place, the newest first, as lines of the export: what a page shows.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn audit_latest(
        &self,
        of: Option<&AppraisalId>,
        before: Option<i64>,
        limit: i64,
    ) -> Result<Vec<String>> {
        let mut view = self.store().read().await?;
        let before = before.unwrap_or(i64::MAX);
        let of = of.map(ToString::to_string);
        let rows = audit::latest(&mut view, of.as_deref(), before, limit).await?;
        rows.into_iter()
            .map(|row| Ok(entry(row)?.to_line()))
            .collect()
    }

    /// Checks the newest entries of the trail against each other and against the stored head, for a page that must
    /// answer at once; [`App::check_audit`] reads all of it.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn check_audit_latest(&self, limit: i64) -> Result<AuditReport> {
        let mut view = self.store().read().await?;
        let head = audit::head(&mut view).await?;
        let mut rows = audit::latest(&mut view, None, i64::MAX, limit).await?;
        rows.reverse();
        let places: Vec<i64> = rows.iter().map(|row| row.seq).collect();
        let mut text = String::new();
        for row in rows {
            text.push_str(&entry(row)?.to_line());
            text.push('\n');
        }
        let report = verify_export(text.as_bytes(), Extent::Part, Some(&head.hash));
        let mut report = report.map_err(AppError::internal)?;
        // A part may leave entries out; the end of the trail may not.
        let mut gap = places.windows(2).zip(2_u64..);
        let gap = gap.find(|(pair, _)| pair[1] != pair[0] + 1);
        if let Some((_, line)) = gap {
            report.faults.push(AuditFault {
                line,
                fault: Fault::WrongPlace,
            });
        }
        Ok(report)
    }

    /// Checks the whole trail against itself and against its stored head.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn check_audit(&self) -> Result<AuditReport> {
        let mut view = self.store().read().await?;
        let head = audit::head(&mut view).await?;
        let mut text = String::new();
        let mut after = 0;
        loop {
            let rows = audit::page(&mut view, None, after, PAGE).await?;
            let Some(last) = rows.last() else { break };
            after = last.seq;
            for row in rows {
                text.push_str(&entry(row)?.to_line());
                text.push('\n');
            }
        }
        verify_export(text.as_bytes(), Extent::Whole, Some(&head.hash)).map_err(AppError::internal)
    }
}
