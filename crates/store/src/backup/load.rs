//! Reading tables back into an empty database.

use std::io::BufRead;

use serde_json::Value;
use sqlx::any::AnyArguments;
use sqlx::query::Query;
use sqlx::{Any, AssertSqlSafe};

use super::tables::Holds::{self, Bytes, Int, MaybeInt, MaybeText, Text};
use super::tables::Table;
use crate::{Conn, Result, Store, StoreError, Tx};

impl Table {
    /// The statement that adds a row.
    fn insert(&self) -> String {
        let places: Vec<String> = (1..=self.columns.len()).map(|i| format!("${i}")).collect();
        format!(
            "INSERT INTO {} ({}) VALUES ({})",
            self.name,
            self.names(),
            places.join(", ")
        )
    }

    /// Reads lines of [`Table::dump`] into an empty table and says how many there were.
    ///
    /// # Errors
    /// When a line is not a row of this table, or the database refuses it.
    pub async fn load(&self, into: &mut Conn, lines: &mut (dyn BufRead + Send)) -> Result<u64> {
        let mut rows = 0;
        let mut line = String::new();
        loop {
            line.clear();
            if lines.read_line(&mut line)? == 0 {
                return Ok(rows);
            }
            let cells: Vec<Value> =
                serde_json::from_str(&line).map_err(|e| self.corrupt(&e.to_string()))?;
            if cells.len() != self.columns.len() {
                return Err(self.corrupt("wrong number of columns"));
            }
            let mut query = sqlx::query(AssertSqlSafe(self.insert()));
            for (cell, (name, holds)) in cells.into_iter().zip(self.columns) {
                query = self.bind(query, cell, name, *holds)?;
            }
            query.execute(&mut *into).await?;
            rows += 1;
        }
    }

    fn bind<'q>(
        &self,
        query: Query<'q, Any, AnyArguments>,
        cell: Value,
        name: &str,
        holds: Holds,
    ) -> Result<Query<'q, Any, AnyArguments>> {
        // Ballots are only taken by open boxes; the true state is set when all is in.
        if self.name == "boxes" && name == "state" {
            return Ok(query.bind("open"));
        }
        Ok(match (holds, cell) {
            (Text | MaybeText, Value::String(text)) => query.bind(text),
            (MaybeText, Value::Null) => query.bind(None::<String>),
            (Int | MaybeInt, Value::Number(n)) => query.bind(
                n.as_i64()
                    .ok_or_else(|| self.corrupt("number out of range"))?,
            ),
            (MaybeInt, Value::Null) => query.bind(None::<i64>),
            (Bytes, Value::String(text)) => query.bind(
                data_encoding::BASE64
                    .decode(text.as_bytes())
                    .map_err(|e| self.corrupt(&e.to_string()))?,
            ),
            _ => return Err(self.corrupt(name)),
        })
    }

    fn corrupt(&self, reason: &str) -> StoreError {
        StoreError::Corrupt {
            table: self.name,
            reason: reason.to_owned(),
        }
    }
}

impl Store {
    /// Prepares a fresh database for [`Table::load`]: what the migrations put in is taken out.
    ///
    /// # Errors
    /// [`StoreError::Conflict`] when the database holds users or appraisals already.
    pub async fn begin_restore(&self) -> Result<Tx> {
        let mut tx = self.begin().await?;
        let known: i64 = sqlx::query_scalar(
            "SELECT (SELECT count(*) FROM users) + (SELECT count(*) FROM appraisals)",
        )
        .fetch_one(&mut *tx)
        .await?;
        if known > 0 {
            return Err(StoreError::Conflict);
        }
        sqlx::query("DELETE FROM settings")
            .execute(&mut *tx)
            .await?;
        sqlx::query("DELETE FROM vocabulary")
            .execute(&mut *tx)
            .await?;
        sqlx::query("DELETE FROM audit_head")
            .execute(&mut *tx)
            .await?;
        Ok(tx)
    }

    /// Ends a restore: gives every box the state it has in the `boxes` lines, and commits.
    ///
    /// # Errors
    /// When a line is not a row of the table, or the commit fails.
    pub async fn finish_restore(&self, mut tx: Tx, boxes: &mut (dyn BufRead + Send)) -> Result<()> {
        let mut line = String::new();
        loop {
            line.clear();
            if boxes.read_line(&mut line)? == 0 {
                break;
            }
            let cells: Vec<Value> =
                serde_json::from_str(&line).map_err(|e| StoreError::Corrupt {
                    table: "boxes",
                    reason: e.to_string(),
                })?;
            let (Some(id), Some(state)) = (
                cells.first().and_then(Value::as_str),
                cells.get(4).and_then(Value::as_str),
            ) else {
                return Err(StoreError::Corrupt {
                    table: "boxes",
                    reason: "no id or state".to_owned(),
                });
            };
            crate::repo::boxes::set_state(&mut tx, &crate::BoxId::new(id), state).await?;
        }
        tx.commit().await
    }
}
