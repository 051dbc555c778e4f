//! Opening the database: one writer and several readers on `SQLite`, one pool on `PostgreSQL`.

use std::fmt::Write as _;
use std::ops::{Deref, DerefMut};
use std::path::{Path, PathBuf};
use std::time::Duration;

use sqlx::any::{AnyConnectOptions, AnyPoolOptions};
use sqlx::{
    Any, AnyConnection, AnyPool, AssertSqlSafe, ConnectOptions, Connection as _, Executor,
    Transaction,
};

use crate::Result;

/// A connection, inside a transaction or not; what every repository call takes.
pub type Conn = AnyConnection;

/// Which database is behind the store.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Engine {
    /// One file; one writing connection.
    Sqlite,
    /// A server shared by any number of `serve` nodes.
    Postgres,
}

/// Where the database is and how it is opened.
#[derive(Debug, Clone)]
pub struct StoreOptions {
    /// `sqlite:///path/file?mode=rwc` or `postgres://…`.
    pub url: String,
    /// Reading connections (`SQLite`), or all connections (`PostgreSQL`).
    pub connections: u32,
    /// How long a call waits for a connection before it gives [`crate::StoreError::Busy`].
    pub patience: Duration,
    /// Upper bound of a `SQLite` file in pages of 4 KiB; the drills use it as a full disk.
    pub max_pages: Option<u32>,
}

impl StoreOptions {
    /// A `SQLite` file, made when it is not there.
    #[must_use]
    pub fn sqlite(path: &Path) -> Self {
        let mut name = String::new();
        for c in path.to_string_lossy().chars() {
            match c {
                '%' => name.push_str("%25"),
                '?' => name.push_str("%3F"),
                '#' => name.push_str("%23"),
                ' ' => name.push_str("%20"),
                c => name.push(c),
            }
        }
        Self::url(format!("sqlite://{name}?mode=rwc"))
    }

    /// Any address the drivers know.
    #[must_use]
    pub fn url(url: impl Into<String>) -> Self {
        Self {
            url: url.into(),
            connections: 8,
            patience: Duration::from_secs(15),
            max_pages: None,
        }
    }

    /// Which engine the address names.
    #[must_use]
    pub fn engine(&self) -> Engine {
        if self.url.starts_with("postgres") {
            Engine::Postgres
        } else {
            Engine::Sqlite
        }
    }
}

/// The open database. Cheap to clone.
#[derive(Debug, Clone)]
pub struct Store {
    engine: Engine,
    write: AnyPool,
    read: AnyPool,
}

/// A transaction that writes. Dropped without [`Tx::commit`] it leaves nothing.
#[derive(Debug)]
pub struct Tx(Transaction<'static, Any>);

/// A read-only view of one moment.
#[derive(Debug)]
pub struct Snapshot(Transaction<'static, Any>);

impl Store {
    /// Opens the database and brings its schema up to date.
    ///
    /// # Errors
    /// When it cannot be reached, was written by a newer program, or its server keeps the times of transactions
    /// ([`crate::StoreError::KeepsTimes`]).
    pub async fn open(options: &StoreOptions) -> Result<Self> {
        sqlx::any::install_default_drivers();
        let engine = options.engine();
        let mut address: AnyConnectOptions = options.url.parse()?;
        // Statements are never logged: a slow one would carry its text into the log.
        address = address.disable_statement_logging();
        let write = match engine {
            Engine::Sqlite => {
                pool(options, 1, sqlite_pragmas(options, false))
                    .connect_with(address.clone())
                    .await?
            }
            Engine::Postgres => {
                pool(options, options.connections, POSTGRES_SESSION.to_owned())
                    .connect_with(address.clone())
                    .await?
            }
        };
        if engine == Engine::Postgres {
            refuse_kept_times(&write).await?;
        }
        crate::migrate::run(engine, &write).await?;
        let read = match engine {
            Engine::Sqlite => {
                pool(options, options.connections, sqlite_pragmas(options, true))
                    .connect_with(address)
                    .await?
            }
            Engine::Postgres => write.clone(),
        };
        Ok(Self {
            engine,
            write,
            read,
        })
    }

    /// Which database is behind it.
    #[must_use]
    pub fn engine(&self) -> Engine {
        self.engine
    }

    /// Begins a transaction that writes. On `SQLite` it waits for the only writer.
    ///
    /// # Errors
    /// [`crate::StoreError::Busy`] after the patience of the options.
    pub async fn begin(&self) -> Result<Tx> {
        let statement = match self.engine {
            Engine::Sqlite => "BEGIN IMMEDIATE",
            Engine::Postgres => "BEGIN",
        };
        Ok(Tx(self.write.begin_with(statement).await?))
    }

    /// Begins a read-only view of this moment: all its queries see the same state.
    ///
    /// # Errors
    /// [`crate::StoreError::Busy`] after the patience of the options.
    pub async fn read(&self) -> Result<Snapshot> {
        let statement = match self.engine {
            Engine::Sqlite => "BEGIN DEFERRED",
            Engine::Postgres => "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY",
        };
        Ok(Snapshot(self.read.begin_with(statement).await?))
    }

    /// Closes all connections; calls that are under way end first.
    pub async fn close(&self) {
        self.read.close().await;
        self.write.close().await;
    }

    /// Clears what deleted rows leave behind: the write-ahead log on `SQLite` (the pages themselves are overwritten when
    /// they become free), the dead rows on `PostgreSQL`. Long readers can keep part of it; the next call or the end of
    /// the server takes the rest.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn forget_deleted(&self) -> Result<()> {
        self.write
            .execute(match self.engine {
                Engine::Sqlite => SQLITE_FORGET,
                Engine::Postgres => POSTGRES_FORGET,
            })
            .await?;
        Ok(())
    }
}

/// No time may be stored with a ballot; a server that remembers when each transaction ended stores one with each.
async fn refuse_kept_times(pool: &AnyPool) -> Result<()> {
    let kept: String = sqlx::query_scalar("SELECT current_setting('track_commit_timestamp')")
        .fetch_one(pool)
        .await?;
    if kept == "on" {
        return Err(crate::StoreError::KeepsTimes);
    }
    Ok(())
}

/// The writer must not wait for a long reader as long as it would for a lock.
const SQLITE_FORGET: &str =
    "PRAGMA busy_timeout = 1000; PRAGMA wal_checkpoint(TRUNCATE); PRAGMA busy_timeout = 15000";
const POSTGRES_FORGET: &str =
    "VACUUM opinions, urn, ballots, records, roll, shares, documents, slides, tokens, ceremony";
/// `PostgreSQL` would compile long statements to machine code first, which takes it longer than any statement here runs.
const POSTGRES_SESSION: &str =
    "SET synchronous_commit = on; SET lock_timeout = '15s'; SET jit = off";

fn sqlite_pragmas(options: &StoreOptions, reader: bool) -> String {
    let mut pragmas = String::from(
        "PRAGMA busy_timeout = 15000; PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; \
         PRAGMA foreign_keys = ON; PRAGMA secure_delete = ON; PRAGMA wal_autocheckpoint = 4000; \
         PRAGMA trusted_schema = OFF;",
    );
    if let Some(pages) = options.max_pages {
        // Writing into a String cannot fail.
        let _ = write!(pragmas, " PRAGMA max_page_count = {pages};");
    }
    // Negative: in KiB, taken as it is needed. The writer holds an import's share of every index; with the 2 MB of the
    // default each row of 100,000 pushes pages of others out and back in.
    pragmas.push_str(if reader {
        " PRAGMA query_only = ON; PRAGMA cache_size = -16384;"
    } else {
        " PRAGMA cache_size = -131072;"
    });
    pragmas
}

fn pool(options: &StoreOptions, size: u32, session: String) -> AnyPoolOptions {
    AnyPoolOptions::new()
        .max_connections(size)
        .min_connections(1)
        .acquire_timeout(options.patience)
        // SQLite ends a transaction by itself when the disk is full; the driver's own count of transactions
        // then stays wrong, and the connection must not be used again.
        .before_acquire(|connection, _| {
            let sound = !connection.is_in_transaction();
            Box::pin(async move { Ok(sound) })
        })
        .after_connect(move |connection, _| {
            let session = session.clone();
            Box::pin(async move {
                sqlx::raw_sql(AssertSqlSafe(session))
                    .execute(connection)
                    .await?;
                Ok(())
            })
        })
}

impl Tx {
    /// Makes everything durable: on `SQLite` the write-ahead log has been synced to disk when this returns.
    ///
    /// # Errors
    /// When the disk is full or the database is gone; nothing of the transaction remains then.
    pub async fn commit(self) -> Result<()> {
        Ok(self.0.commit().await?)
    }

    /// Ends the transaction and leaves nothing.
    ///
    /// # Errors
    /// When the connection broke (then nothing remains either).
    pub async fn rollback(self) -> Result<()> {
        Ok(self.0.rollback().await?)
    }
}

impl Deref for Tx {
    type Target = Conn;
    fn deref(&self) -> &Conn {
        &self.0
    }
}

impl DerefMut for Tx {
    fn deref_mut(&mut self) -> &mut Conn {
        &mut self.0
    }
}

impl Deref for Snapshot {
    type Target = Conn;
    fn deref(&self) -> &Conn {
        &self.0
    }
}

impl DerefMut for Snapshot {
    fn deref_mut(&mut self) -> &mut Conn {
        &mut self.0
    }
}

/// The database file of a data folder.
#[must_use]
pub fn default_file(folder: &Path) -> PathBuf {
    folder.join("pingyi.sqlite")
}
