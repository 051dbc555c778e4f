//! The history of a record: its lines of the audit trail, with the names of those who wrote them.

use std::collections::HashMap;

use pingyi_domain::Actor;
use pingyi_domain::audit::AuditEvent;
use pingyi_store::Conn;
use pingyi_store::repo::{audit, users};

use crate::{AppError, Result};

/// One line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HistoryLine {
    /// Place in the trail.
    pub seq: i64,
    /// Seconds since 1970.
    pub at: i64,
    /// Who: the name of a user, or the actor as the trail writes it.
    pub who: String,
    /// What.
    pub event: AuditEvent,
}

const PAGE: i64 = 256;

/// All lines about one subject, the oldest first.
///
/// # Errors
/// When the database fails or the trail cannot be read.
pub(crate) async fn of(conn: &mut Conn, subject: &str) -> Result<Vec<HistoryLine>> {
    let mut lines = Vec::new();
    let mut names: HashMap<String, String> = HashMap::new();
    let mut after = 0;
    loop {
        let rows = audit::page(conn, Some(subject), after, PAGE).await?;
        let Some(last) = rows.last() else {
            return Ok(lines);
        };
        after = last.seq;
        for row in rows {
            let detail = serde_json::from_str(&row.detail)?;
            let event = AuditEvent::from_parts(&row.action, &detail).map_err(AppError::internal)?;
            let who = if let Some(name) = names.get(&row.actor) {
                name.clone()
            } else {
                let name = name_of(conn, &row.actor).await?;
                names.insert(row.actor, name.clone());
                name
            };
            lines.push(HistoryLine {
                seq: row.seq,
                at: row.at,
                who,
                event,
            });
        }
    }
}

/// The name of a user, or the actor as the trail writes it.
///
/// # Errors
/// When the database fails.
pub(crate) async fn name_of(conn: &mut Conn, actor: &str) -> Result<String> {
    let name = match actor.parse() {
        Ok(Actor::User(id)) => users::by_id(conn, &id).await?.map(|user| user.name),
        _ => None,
    };
    Ok(name.unwrap_or_else(|| actor.to_owned()))
}
