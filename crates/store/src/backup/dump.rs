//! Writing tables out.

use std::io::Write;

use futures_util::TryStreamExt as _;
use serde_json::Value;
use sha2::{Digest as _, Sha256};
use sqlx::any::AnyRow;
use sqlx::{AssertSqlSafe, Row as _};

use super::tables::Holds::{Bytes, Int, MaybeInt, MaybeText, Text};
use super::tables::Table;
use crate::{Result, Snapshot};

/// How a table came out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Dump {
    /// Rows written.
    pub rows: u64,
    /// Bytes written.
    pub bytes: u64,
    /// SHA-256 of the bytes, hex.
    pub sha256: String,
}

impl Table {
    /// The statement that reads the whole table.
    fn select(&self) -> String {
        format!(
            "SELECT {} FROM {} ORDER BY {}",
            self.names(),
            self.name,
            self.order
        )
    }

    /// Writes the table as one line per row into `out`.
    ///
    /// # Errors
    /// When the database or the file fails.
    pub async fn dump(&self, from: &mut Snapshot, out: &mut (dyn Write + Send)) -> Result<Dump> {
        let mut hash = Sha256::new();
        let (mut rows, mut bytes) = (0_u64, 0_u64);
        let mut stream = sqlx::query(AssertSqlSafe(self.select())).fetch(&mut **from);
        while let Some(row) = stream.try_next().await? {
            let mut line = self.to_json(&row)?.to_string();
            line.push('\n');
            hash.update(line.as_bytes());
            out.write_all(line.as_bytes())?;
            rows += 1;
            bytes += u64::try_from(line.len()).unwrap_or(u64::MAX);
        }
        Ok(Dump {
            rows,
            bytes,
            sha256: data_encoding::HEXLOWER.encode(&hash.finalize()),
        })
    }

    fn to_json(self, row: &AnyRow) -> Result<Value> {
        let mut cells = Vec::with_capacity(self.columns.len());
        for (i, (_, holds)) in self.columns.iter().enumerate() {
            cells.push(match holds {
                Text => Value::from(row.try_get::<String, _>(i)?),
                MaybeText => Value::from(row.try_get::<Option<String>, _>(i)?),
                Int => Value::from(row.try_get::<i64, _>(i)?),
                MaybeInt => Value::from(row.try_get::<Option<i64>, _>(i)?),
                Bytes => Value::from(data_encoding::BASE64.encode(&row.try_get::<Vec<u8>, _>(i)?)),
            });
        }
        Ok(Value::Array(cells))
    }
}
