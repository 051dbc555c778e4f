//! The tables as lines of JSON and back, the same for both engines: a backup of one opens in the other.
//!
//! Sessions and failed log-ins are left out: nobody should be able to sign in with a stolen backup.

mod record;

use std::io::{BufRead, Write};
use std::sync::LazyLock;

use futures_util::TryStreamExt as _;
use serde_json::Value;
use sha2::{Digest as _, Sha256};
use sqlx::any::{AnyArguments, AnyRow};
use sqlx::query::Query;
use sqlx::{Any, AssertSqlSafe, Row as _};

use crate::{Conn, Result, Snapshot, Store, StoreError, Tx};

/// What a column holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Holds {
    Text,
    MaybeText,
    Int,
    MaybeInt,
    Bytes,
}

/// A table of the backup.
#[derive(Debug, Clone, Copy)]
pub struct Table {
    /// Its name, also the name of its file.
    pub name: &'static str,
    columns: &'static [(&'static str, Holds)],
    order: &'static str,
}

use Holds::{Bytes, Int, MaybeInt, MaybeText, Text};

/// The tables of users and appraisals; units stand before users, who may belong to one.
const OFFICE: &[Table] = &[
    Table {
        name: "settings",
        columns: &[("name", Text), ("value", Text)],
        order: "name",
    },
    Table {
        name: "users",
        columns: &[
            ("id", Text),
            ("login", Text),
            ("name", Text),
            ("password_hash", Text),
            ("roles", Text),
            ("created_at", Int),
            ("disabled_at", MaybeInt),
            ("unit", MaybeText),
        ],
        order: "id",
    },
    Table {
        name: "appraisals",
        columns: &[
            ("id", Text),
            ("version", Int),
            ("pulse", Int),
            ("state", Text),
            ("rehearsal_of", MaybeText),
            ("title", Text),
            ("year", Int),
            ("config", Text),
            ("detail", Text),
            ("created_at", Int),
        ],
        order: "id",
    },
    Table {
        name: "ceremony",
        columns: &[
            ("appraisal", Text),
            ("kind", Text),
            ("seat", Int),
            ("body", Text),
        ],
        order: "appraisal, kind, seat",
    },
    Table {
        name: "tokens",
        columns: &[
            ("appraisal", Text),
            ("kind", Text),
            ("seat", Int),
            ("hash", Text),
            ("joined", Int),
        ],
        order: "appraisal, kind, seat",
    },
    Table {
        name: "boxes",
        columns: &[
            ("box", Text),
            ("appraisal", Text),
            ("ordinal", Int),
            ("category", Text),
            ("state", Text),
            ("stamp", Int),
            ("records", Int),
            ("height", Int),
            ("head", Text),
            ("ballots", Int),
            ("voters", Int),
            ("tally", Int),
        ],
        order: "box",
    },
    Table {
        name: "roll",
        columns: &[("box", Text), ("credential", Text), ("kind", Text)],
        order: "box, credential",
    },
    Table {
        name: "records",
        columns: &[
            ("box", Text),
            ("seq", Int),
            ("name", Text),
            ("content", Text),
        ],
        order: "box, seq",
    },
    Table {
        name: "ballots",
        columns: &[
            ("box", Text),
            ("tracker", Text),
            ("credential", Text),
            ("height", Int),
            ("event", Text),
        ],
        order: "box, height",
    },
    Table {
        name: "shares",
        columns: &[
            ("box", Text),
            ("owner", Int),
            ("partial", Text),
            ("strong", Text),
        ],
        order: "box, owner",
    },
    Table {
        name: "opinions",
        columns: &[("appraisal", Text), ("digest", Text), ("entry", Text)],
        order: "appraisal, digest",
    },
    Table {
        name: "urn_shares",
        columns: &[("appraisal", Text), ("owner", Int), ("body", Text)],
        order: "appraisal, owner",
    },
    Table {
        name: "documents",
        columns: &[
            ("appraisal", Text),
            ("kind", Text),
            ("part", Text),
            ("body", Text),
        ],
        order: "appraisal, kind, part",
    },
    Table {
        name: "slides",
        columns: &[
            ("appraisal", Text),
            ("presenter", Text),
            ("sha256", Text),
            ("content", Bytes),
        ],
        order: "appraisal, presenter",
    },
    Table {
        name: "audit",
        columns: &[
            ("seq", Int),
            ("at", Int),
            ("actor", Text),
            ("action", Text),
            ("subject", Text),
            ("detail", Text),
            ("parent", Text),
            ("hash", Text),
        ],
        order: "seq",
    },
    Table {
        name: "audit_head",
        columns: &[("one", Int), ("seq", Int), ("at", Int), ("hash", Text)],
        order: "one",
    },
];

/// All tables of a backup, parents before children.
pub static TABLES: LazyLock<Vec<Table>> = LazyLock::new(|| {
    [
        record::BASE,
        OFFICE,
        record::FIRMS,
        record::UNITS,
        record::LEDGER,
        record::INDICATORS,
    ]
    .concat()
});

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

/// SHA-256 in hex.
pub(crate) fn sha256_hex(bytes: &[u8]) -> String {
    data_encoding::HEXLOWER.encode(&Sha256::digest(bytes))
}

/// The schema version a backup made now has.
#[must_use]
pub fn schema_version() -> i64 {
    crate::migrate::newest()
}

impl Table {
    /// The names of its columns.
    pub fn column_names(&self) -> impl Iterator<Item = &'static str> + use<> {
        self.columns.iter().map(|(name, _)| *name)
    }

    /// Its columns with what they hold.
    pub(crate) fn holds(&self) -> impl Iterator<Item = (&'static str, Holds)> + use<> {
        self.columns.iter().copied()
    }

    fn names(&self) -> String {
        self.columns
            .iter()
            .map(|(name, _)| *name)
            .collect::<Vec<_>>()
            .join(", ")
    }

    /// The statement that reads the whole table.
    fn select(&self) -> String {
        format!(
            "SELECT {} FROM {} ORDER BY {}",
            self.names(),
            self.name,
            self.order
        )
    }

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
