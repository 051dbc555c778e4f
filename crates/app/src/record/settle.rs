//! Two people at the same record: the second sees what changed and chooses; nothing is overwritten silently.

use std::collections::BTreeMap;

use pingyi_domain::audit::AuditEvent;
use pingyi_domain::record::{FieldChange, FieldConflict, Kind, Record, UnitId, changes, conflicts};
use pingyi_store::Conn;
use pingyi_store::repo::firms::FirmRow;
use pingyi_store::repo::units::UnitRow;
use pingyi_store::row;
use serde::Serialize;

use super::history::{self, HistoryLine};
use crate::{AppError, Result};

/// What a change or a new record answers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Stored {
    /// Id.
    pub id: String,
    /// The version it has now.
    pub version: i64,
}

/// Why a change was not stored: somebody else changed the record since.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Conflict {
    /// Kind of the record.
    pub kind: Kind,
    /// The version to send with the choice.
    pub version: i64,
    /// Who changed it last, where the history says.
    pub by: String,
    /// When, in seconds since 1970; 0 where the history does not say.
    pub at: i64,
    /// The fields that differ.
    pub fields: Vec<FieldConflict>,
    /// Names of the units and firms that stand in them by id.
    pub names: BTreeMap<String, String>,
}

/// Whether there is something to store: false when what is sent is what is stored.
///
/// # Errors
/// [`AppError::Conflict`] when the record was changed since `version` and what is sent is something else.
pub(crate) async fn settle<R: Record>(
    conn: &mut Conn,
    (id, version): (&str, i64),
    (stored, stored_version): (&R, i64),
    mine: &R,
) -> Result<bool> {
    if version == stored_version {
        return Ok(!changes(Some(stored), Some(mine)).is_empty());
    }
    let lines = history::of(conn, id).await?;
    let since = since(&lines, version, stored_version);
    let fields = conflicts(stored, mine, since.as_deref());
    if fields.is_empty() {
        return Ok(false);
    }
    let last = lines.last();
    let names = names_of(conn, &fields).await?;
    Err(AppError::Conflict(Box::new(Conflict {
        kind: R::KIND,
        version: stored_version,
        by: last.map(|line| line.who.clone()).unwrap_or_default(),
        at: last.map_or(0, |line| line.at),
        fields,
        names,
    })))
}

/// Names for the units and firms of conflicting fields, so that nobody has to choose between ids.
async fn names_of(conn: &mut Conn, fields: &[FieldConflict]) -> Result<BTreeMap<String, String>> {
    let mut names = BTreeMap::new();
    for field in fields {
        let values = [
            field.was.as_deref(),
            Some(&*field.theirs),
            Some(&*field.mine),
        ];
        for id in values.into_iter().flatten() {
            if id.parse::<UnitId>().is_err() || names.contains_key(id) {
                continue;
            }
            let name = match row::by_id::<UnitRow>(conn, id).await? {
                Some(unit) => Some(unit.name),
                None => row::by_id::<FirmRow>(conn, id).await?.map(|firm| firm.name),
            };
            names.extend(name.map(|name| (id.to_owned(), name)));
        }
    }
    Ok(names)
}

/// Whether what is taken away is what the person saw.
///
/// # Errors
/// [`AppError::OldVersion`].
pub(crate) fn settle_removal(version: i64, stored: i64) -> Result<()> {
    if version == stored {
        Ok(())
    } else {
        Err(AppError::OldVersion)
    }
}

/// The changes after `version`, oldest first; none where the history lacks one.
fn since(lines: &[HistoryLine], version: i64, stored: i64) -> Option<Vec<FieldChange>> {
    let mut next = version;
    let mut all = Vec::new();
    for line in lines {
        if let AuditEvent::RecordChanged {
            version, fields, ..
        } = &line.event
            && *version == next + 1
        {
            next += 1;
            all.extend(fields.iter().cloned());
        }
    }
    (next == stored).then_some(all)
}
