//! Bringing the schema up to date. Migrations only ever grow: a released one is never edited.

use sqlx::{AnyConnection, AnyPool, AssertSqlSafe, Row};

use crate::open::Engine;
use crate::{Result, StoreError};

/// A step of the schema, once per engine or one text for both.
struct Migration {
    version: i64,
    sqlite: &'static str,
    postgres: &'static str,
}

/// The files of the folder, each by its number: one for both engines, or one for each.
macro_rules! migrations {
    (@one $version:literal $both:literal) => { migrations!(@one $version $both $both) };
    (@one $version:literal $sqlite:literal $postgres:literal) => {
        Migration {
            version: $version,
            sqlite: include_str!(concat!("../migrations/", $sqlite, ".sql")),
            postgres: include_str!(concat!("../migrations/", $postgres, ".sql")),
        }
    };
    ($($version:literal => $($file:literal),+;)*) => {
        const MIGRATIONS: &[Migration] = &[$(migrations!(@one $version $($file)+)),*];
    };
}

migrations! {
    1 => "0001_base";
    2 => "0002_append_only.sqlite", "0002_append_only.postgres";
    3 => "0003_urn";
    4 => "0004_record";
    10 => "0010_firms";
    20 => "0020_units";
    30 => "0030_ledger";
    40 => "0040_indicators";
    50 => "0050_evidence";
    52 => "0052_map";
    60 => "0060_import";
    70 => "0070_lists";
    100 => "0100_reports";
    110 => "0110_slides";
    120 => "0120_grades";
    130 => "0130_papers";
    140 => "0140_followup";
    150 => "0150_scans";
    151 => "0151_office";
    152 => "0152_brought";
}

crate::statements::statements! {
    MIGRATION_LIST = "SELECT version, checksum FROM migrations ORDER BY version";
    MIGRATION_ADD = "INSERT INTO migrations (version, checksum) VALUES ($1, $2)";
}

/// The newest schema version this program knows.
pub fn newest() -> i64 {
    MIGRATIONS.iter().map(|m| m.version).max().unwrap_or(0)
}

/// Applies what is missing, all in one transaction.
pub async fn run(engine: Engine, pool: &AnyPool) -> Result<()> {
    let mut connection = pool.acquire().await?;
    sqlx::raw_sql(
        "CREATE TABLE IF NOT EXISTS migrations (version BIGINT NOT NULL PRIMARY KEY, checksum TEXT NOT NULL)",
    )
    .execute(&mut *connection)
    .await
    .or_else(tolerate_race)?;
    drop(connection);
    let mut tx = match engine {
        Engine::Sqlite => pool.begin_with("BEGIN IMMEDIATE").await?,
        Engine::Postgres => pool.begin_with("BEGIN").await?,
    };
    if engine == Engine::Postgres {
        // Nodes that start together take turns.
        sqlx::raw_sql("LOCK TABLE migrations IN EXCLUSIVE MODE")
            .execute(&mut *tx)
            .await?;
    }
    apply_missing(engine, &mut tx).await?;
    tx.commit().await?;
    Ok(())
}

/// Two nodes creating the same table at the same instant: `PostgreSQL` fails one of them with a duplicate key.
fn tolerate_race(error: sqlx::Error) -> Result<sqlx::any::AnyQueryResult> {
    match StoreError::from(error) {
        StoreError::Conflict => Ok(sqlx::any::AnyQueryResult::default()),
        other => Err(other),
    }
}

async fn apply_missing(engine: Engine, tx: &mut AnyConnection) -> Result<()> {
    let mut done = Vec::new();
    for row in sqlx::query(MIGRATION_LIST).fetch_all(&mut *tx).await? {
        done.push((row.try_get::<i64, _>(0)?, row.try_get::<String, _>(1)?));
    }
    for (version, checksum) in &done {
        let known = MIGRATIONS.iter().find(|m| m.version == *version);
        if known.is_none_or(|m| checksum_of(engine, m) != *checksum) {
            return Err(StoreError::Schema {
                found: *version,
                known: newest(),
            });
        }
    }
    for migration in MIGRATIONS
        .iter()
        .filter(|m| done.iter().all(|(v, _)| *v != m.version))
    {
        sqlx::raw_sql(AssertSqlSafe(text(engine, migration)))
            .execute(&mut *tx)
            .await?;
        sqlx::query(MIGRATION_ADD)
            .bind(migration.version)
            .bind(checksum_of(engine, migration))
            .execute(&mut *tx)
            .await?;
    }
    Ok(())
}

fn text(engine: Engine, migration: &Migration) -> String {
    // SQLite compares by code point as it is; a server may have been set up with any language's order.
    let (source, blob, without_rowid, collation) = match engine {
        Engine::Sqlite => (migration.sqlite, "BLOB", "WITHOUT ROWID", ""),
        Engine::Postgres => (migration.postgres, "BYTEA", "", "COLLATE \"C\""),
    };
    source
        .replace("{BLOB}", blob)
        .replace("{WITHOUT_ROWID}", without_rowid)
        .replace("{C}", collation)
}

fn checksum_of(engine: Engine, migration: &Migration) -> String {
    crate::backup::sha256_hex(text(engine, migration).as_bytes())
}
