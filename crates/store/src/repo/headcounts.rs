//! Counts of members, with their parts.

use std::collections::HashMap;

use pingyi_domain::record::Scope;

use crate::list::{Ask, Cursor, Select};
use crate::row::{self, Columns as _, Row};
use crate::{Conn, Result};

crate::row::columns! {
    /// One count.
    HeadcountRow in "headcounts"
    form {
        /// Id of the unit.
        unit: String,
        /// Day.
        on_date: String,
        /// Note.
        note: String,
    }
    once {
        /// 1 for what was made up.
        sample: i64,
        /// Where a published fact is from.
        source: String,
    }
    parts {
        /// `total`, `internet` or a code of the vocabulary, and how many.
        parts: Vec<(String, i64)>,
    }
    finds {
        OF_UNIT = "WHERE unit = $1 ORDER BY on_date DESC, id";
    }
}

crate::statements::statements! {
    PUT_PART = "INSERT INTO headcount_values (headcount, part, n) VALUES ($1, $2, $3)";
    DROP_PARTS = "DELETE FROM headcount_values WHERE headcount = $1";
    PARTS = "SELECT part, n FROM headcount_values WHERE headcount = $1 ORDER BY part";
    PARTS_OF_UNIT = "SELECT v.headcount, v.part, v.n FROM headcount_values v JOIN headcounts h ON h.id = v.headcount \
                     WHERE h.unit = $1 ORDER BY v.headcount, v.part";
    COUNTED = "SELECT u.path, h.on_date, v.n FROM headcount_values v JOIN headcounts h ON h.id = v.headcount \
               JOIN units u ON u.id = h.unit WHERE v.part = $1";
}

impl Row for HeadcountRow {
    async fn put_parts(&self, conn: &mut Conn) -> Result<()> {
        Self::drop_parts(conn, &self.id).await?;
        for (part, n) in &self.parts {
            let query = sqlx::query(PUT_PART).bind(&self.id).bind(part).bind(*n);
            query.execute(&mut *conn).await?;
        }
        Ok(())
    }

    async fn read_parts(&mut self, conn: &mut Conn) -> Result<()> {
        let query = sqlx::query_as(PARTS).bind(&self.id);
        self.parts = query.fetch_all(conn).await?;
        Ok(())
    }

    async fn drop_parts(conn: &mut Conn, id: &str) -> Result<()> {
        sqlx::query(DROP_PARTS).bind(id).execute(conn).await?;
        Ok(())
    }
}

/// All counts of a unit, the latest first.
///
/// # Errors
/// When the database fails.
pub async fn of_unit(conn: &mut Conn, unit: &str) -> Result<Vec<HeadcountRow>> {
    let mut rows: Vec<HeadcountRow> = row::find(conn, OF_UNIT, &[unit]).await?;
    let parts: Vec<(String, String, i64)> = sqlx::query_as(PARTS_OF_UNIT)
        .bind(unit)
        .fetch_all(conn)
        .await?;
    for (id, part, n) in parts {
        if let Some(row) = rows.iter_mut().find(|row| row.id == id) {
            row.parts.push((part, n));
        }
    }
    Ok(rows)
}

/// Every count of one part in the whole tree: path of the unit, day, how many.
///
/// # Errors
/// When the database fails.
pub async fn counted(conn: &mut Conn, part: &str) -> Result<Vec<(String, String, i64)>> {
    Ok(sqlx::query_as(COUNTED).bind(part).fetch_all(conn).await?)
}

/// A part of one of many counts.
#[derive(Debug, sqlx::FromRow)]
struct PartRow {
    id: String,
    part: String,
    n: i64,
}

fn select(scope: &Scope, under: &Scope) -> [Select; 2] {
    let counts = Select::new(HeadcountRow::COLUMNS, HeadcountRow::TABLE);
    let parts = Select::new(
        "headcounts.id, headcount_values.part, headcount_values.n",
        "headcounts JOIN headcount_values ON headcount_values.headcount = headcounts.id",
    );
    [counts, parts].map(|select| select.scope("unit", scope).scope("unit", under))
}

/// All counts of the units in both scopes with their parts, the earliest first.
///
/// # Errors
/// When the database fails.
pub async fn listed(conn: &mut Conn, scope: &Scope, under: &Scope) -> Result<Vec<HeadcountRow>> {
    let [counts, parts] = select(scope, under);
    let place = |row: &HeadcountRow| Cursor::after(row.on_date.as_str(), row.id.as_str());
    let (mut rows, _) = counts.rows(conn, &Ask::all("on_date"), place).await?;
    let place = |row: &PartRow| Cursor::after(row.part.as_str(), row.id.as_str());
    let (found, _) = parts.rows(conn, &Ask::all("part"), place).await?;
    let mut by_count: HashMap<String, Vec<(String, i64)>> = HashMap::new();
    for part in found {
        by_count
            .entry(part.id)
            .or_default()
            .push((part.part, part.n));
    }
    for row in &mut rows {
        row.parts = by_count.remove(&row.id).unwrap_or_default();
    }
    Ok(rows)
}

/// Every shape of the list, for the test that prepares all statements.
pub(crate) fn samples() -> Vec<String> {
    let [counts, parts] = select(&Scope::All, &crate::list::sample_scope());
    let mut texts = crate::list::shapes(&counts, &["on_date"]);
    texts.extend(crate::list::shapes(&parts, &["part"]));
    texts
}
