//! Many rows at once: the demo's year, the load figures. A table and its columns are
//! those of the backup, so a row that fits here fits there.

use sqlx::AssertSqlSafe;

use crate::backup::Holds;
use crate::list::VALUES_AT_ONCE;
use crate::{Conn, Result, StoreError, TABLES};

/// A value of a row.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Cell {
    /// Nothing.
    Null,
    /// A number.
    Int(i64),
    /// A text.
    Text(String),
}

impl From<i64> for Cell {
    fn from(number: i64) -> Self {
        Self::Int(number)
    }
}

impl From<&str> for Cell {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl From<String> for Cell {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}

impl<T: Into<Self>> From<Option<T>> for Cell {
    fn from(value: Option<T>) -> Self {
        value.map_or(Self::Null, Into::into)
    }
}

/// Adds rows to a table of the backup; each row has its columns in their order there.
///
/// # Errors
/// [`StoreError::Corrupt`] when there is no such table or a row does not fit it, else what the database refuses.
pub async fn insert(conn: &mut Conn, table: &'static str, rows: &[Vec<Cell>]) -> Result<()> {
    let corrupt = |reason: &str| StoreError::Corrupt {
        table,
        reason: reason.to_owned(),
    };
    let known = TABLES.iter().find(|one| one.name == table);
    let known = known.ok_or_else(|| corrupt("no such table"))?;
    let columns: Vec<(&str, Holds)> = known.holds().collect();
    let names: Vec<&str> = columns.iter().map(|(name, _)| *name).collect();
    for some in rows.chunks((VALUES_AT_ONCE / columns.len().max(1)).max(1)) {
        let mut places = Vec::with_capacity(some.len());
        for row in 0..some.len() {
            let one: Vec<String> = (1..=columns.len())
                .map(|n| format!("${}", row * columns.len() + n))
                .collect();
            places.push(format!("({})", one.join(", ")));
        }
        let sql = format!(
            "INSERT INTO {table} ({}) VALUES {}",
            names.join(", "),
            places.join(", ")
        );
        let mut query = sqlx::query(AssertSqlSafe(sql));
        for row in some {
            if row.len() != columns.len() {
                return Err(corrupt("wrong number of columns"));
            }
            for (cell, (name, holds)) in row.iter().zip(&columns) {
                query = match (holds, cell) {
                    (Holds::Text | Holds::MaybeText, Cell::Text(text)) => query.bind(text.as_str()),
                    (Holds::Int | Holds::MaybeInt, Cell::Int(number)) => query.bind(*number),
                    (Holds::MaybeText, Cell::Null) => query.bind(None::<String>),
                    (Holds::MaybeInt, Cell::Null) => query.bind(None::<i64>),
                    _ => return Err(corrupt(name)),
                };
            }
        }
        query.execute(&mut *conn).await?;
    }
    Ok(())
}
