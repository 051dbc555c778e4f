//! Undoing an import: what is in the way, and taking away what it made.

use pingyi_domain::record::Kind;

use super::super::pulses;
use crate::{Conn, Result};

crate::statements::statements! {
    FIRMS_CHANGED = "SELECT firms.name FROM import_rows r JOIN firms ON firms.id = r.record \
                     WHERE r.import = $1 AND r.kind = 'firm' AND firms.version <> r.version \
                     UNION SELECT firms.name FROM import_rows r JOIN coverages c ON c.id = r.record \
                     JOIN firms ON firms.id = c.firm WHERE r.import = $1 AND r.kind = 'coverage' AND c.version <> r.version \
                     UNION SELECT firms.name FROM import_rows r JOIN strikes s ON s.id = r.record \
                     JOIN firms ON firms.id = s.firm WHERE r.import = $1 AND r.kind = 'strike' AND s.version <> r.version \
                     ORDER BY 1 LIMIT 100";
    FIRMS_USED = "SELECT firms.name FROM import_rows JOIN firms ON firms.id = import_rows.record \
              WHERE import_rows.import = $1 AND import_rows.kind = 'firm' AND import_rows.before = '' AND ( \
              EXISTS (SELECT 1 FROM strikes s WHERE s.firm = firms.id AND NOT EXISTS \
                (SELECT 1 FROM import_rows o WHERE o.import = $1 AND o.record = s.id)) OR \
              EXISTS (SELECT 1 FROM coverages c WHERE c.firm = firms.id AND NOT EXISTS \
                (SELECT 1 FROM import_rows o WHERE o.import = $1 AND o.record = c.id)) OR \
              EXISTS (SELECT 1 FROM matters WHERE matters.firm = firms.id) OR \
              EXISTS (SELECT 1 FROM shops WHERE shops.firm = firms.id) OR \
              EXISTS (SELECT 1 FROM entry_firms WHERE entry_firms.firm = firms.id)) ORDER BY firms.name LIMIT 100";
    ENTRIES_CHANGED = "SELECT entries.title FROM import_rows r JOIN entries ON entries.id = r.record \
                       WHERE r.import = $1 AND (entries.version <> r.version OR entries.state <> 'recorded') \
                       ORDER BY entries.title LIMIT 100";
    ENTRIES_USED = "SELECT entries.title FROM import_rows r JOIN entries ON entries.id = r.record WHERE r.import = $1 AND ( \
                    EXISTS (SELECT 1 FROM matters WHERE matters.entry = entries.id) OR \
                    EXISTS (SELECT 1 FROM evidence WHERE evidence.entry = entries.id)) ORDER BY entries.title LIMIT 100";
    PLACES = "SELECT units.path FROM import_rows r JOIN firms ON firms.id = r.record JOIN units ON units.id = firms.unit \
              WHERE r.import = $1 \
              UNION SELECT units.path FROM import_rows r JOIN coverages c ON c.id = r.record JOIN firms ON firms.id = c.firm \
              JOIN units ON units.id = firms.unit WHERE r.import = $1 \
              UNION SELECT units.path FROM import_rows r JOIN strikes s ON s.id = r.record JOIN firms ON firms.id = s.firm \
              JOIN units ON units.id = firms.unit WHERE r.import = $1 \
              UNION SELECT units.path FROM import_rows r JOIN entries ON entries.id = r.record \
              JOIN units ON units.id = entries.unit WHERE r.import = $1";
    DROP_DOCS = "DELETE FROM search_docs WHERE kind = $2 AND id IN \
                 (SELECT record FROM import_rows WHERE import = $1 AND before = '')";
    DROP_COVERAGES = "DELETE FROM coverages WHERE id IN \
                      (SELECT record FROM import_rows WHERE import = $1 AND kind = 'coverage')";
    DROP_STRIKES = "DELETE FROM strikes WHERE id IN (SELECT record FROM import_rows WHERE import = $1 AND kind = 'strike')";
    DROP_FIRMS = "DELETE FROM firms WHERE id IN \
                  (SELECT record FROM import_rows WHERE import = $1 AND kind = 'firm' AND before = '')";
    DROP_BODIES = "DELETE FROM entry_bodies WHERE entry IN (SELECT record FROM import_rows WHERE import = $1)";
    DROP_ENTRY_FIRMS = "DELETE FROM entry_firms WHERE entry IN (SELECT record FROM import_rows WHERE import = $1)";
    DROP_ENTRIES = "DELETE FROM entries WHERE id IN (SELECT record FROM import_rows WHERE import = $1)";
}

/// Names of what an import touched and was changed since, and of what it made and something refers to; at most 100 of
/// each.
///
/// # Errors
/// When the database fails.
pub async fn in_the_way(
    conn: &mut Conn,
    kind: Kind,
    import: &str,
) -> Result<(Vec<String>, Vec<String>)> {
    let (changed, used) = if kind == Kind::Entry {
        (ENTRIES_CHANGED, ENTRIES_USED)
    } else {
        (FIRMS_CHANGED, FIRMS_USED)
    };
    let changed = sqlx::query_scalar(changed).bind(import);
    let changed = changed.fetch_all(&mut *conn).await?;
    let used = sqlx::query_scalar(used).bind(import);
    Ok((changed, used.fetch_all(conn).await?))
}

/// The places in the tree of all that an import made or changed, as they are now.
///
/// # Errors
/// When the database fails.
pub async fn places(conn: &mut Conn, import: &str) -> Result<Vec<String>> {
    Ok(sqlx::query_scalar(PLACES)
        .bind(import)
        .fetch_all(conn)
        .await?)
}

/// Takes away what an import made, with its lines of the search index; the pairs of these stay behind, found by nobody,
/// until [`super::super::search::sweep`] takes them.
///
/// # Errors
/// [`crate::StoreError::Orphan`] while anything refers to one.
pub async fn remove(conn: &mut Conn, kind: Kind, import: &str) -> Result<()> {
    sqlx::query(DROP_DOCS)
        .bind(import)
        .bind(kind.as_str())
        .execute(&mut *conn)
        .await?;
    let statements: &[&str] = if kind == Kind::Entry {
        &[DROP_BODIES, DROP_ENTRY_FIRMS, DROP_ENTRIES]
    } else {
        pulses::raise(conn, pulses::FIRMS).await?;
        &[DROP_COVERAGES, DROP_STRIKES, DROP_FIRMS]
    };
    for statement in statements {
        sqlx::query(*statement)
            .bind(import)
            .execute(&mut *conn)
            .await?;
    }
    Ok(())
}
