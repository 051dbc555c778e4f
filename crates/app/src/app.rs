//! The running application: opening and closing it, and what every use case shares.

use std::collections::HashMap;
use std::fs::{File, TryLockError};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError, RwLock};

use pingyi_ballot::election::Election;
use pingyi_domain::AppraisalId;
use pingyi_store::files::FileStore;
use pingyi_store::repo::audit;
use pingyi_store::{BoxId, Conn, Engine, Store, StoreOptions};
use rand_chacha::ChaCha20Rng;
use tokio::sync::broadcast;
use tokio::task::JoinHandle;

use crate::casting::Caster;
use crate::events::{Change, Events, Topic};
use crate::jobs::Jobs;
use crate::papers::Printing;
use crate::ports::{Clock, Randomness, generator};
use crate::soffice::Converting;
use crate::{AppError, Result};

/// How many files are looked at side by side: a large picture takes half a gigabyte.
const LOOKING: usize = 2;
/// How many papers are made side by side.
const PRESSES: usize = 2;

/// What the application is opened with.
#[derive(Clone)]
pub struct Settings {
    /// Folder of the data; alone it means `SQLite` in that folder.
    pub data_dir: Option<PathBuf>,
    /// Address of a database (`postgres://…` or `sqlite://…`); wins over the folder.
    pub database: Option<String>,
    /// Where files of evidence are kept; the folder `files` of the data folder where nothing is said.
    pub files: Option<FileStore>,
    /// Address of the site, for links and slips, without a slash at the end.
    pub base_url: String,
    /// The time.
    pub clock: Arc<dyn Clock>,
    /// Randomness.
    pub randomness: Arc<dyn Randomness>,
    /// How many bytes of ballots may wait to be checked and stored; more is answered `busy`.
    pub casting_bytes: usize,
    /// The program that makes the PDFs, and what it may use.
    pub printing: Printing,
    /// `LibreOffice`, and what it may use.
    pub converting: Converting,
    /// Upper bound of a `SQLite` file in pages of 4 KiB; only the drills set it.
    pub max_pages: Option<u32>,
}

impl Settings {
    /// The real clock and randomness, 64 MiB of waiting ballots.
    #[must_use]
    pub fn new(base_url: impl Into<String>) -> Self {
        Self {
            data_dir: None,
            database: None,
            files: None,
            base_url: base_url.into(),
            clock: Arc::new(crate::SystemClock),
            randomness: Arc::new(crate::SystemRandomness),
            casting_bytes: 64 << 20,
            printing: Printing::default(),
            converting: Converting::default(),
            max_pages: None,
        }
    }

    /// The same with its data in a folder.
    #[must_use]
    pub fn in_folder(mut self, folder: impl Into<PathBuf>) -> Self {
        self.data_dir = Some(folder.into());
        self
    }

    /// Where files are kept.
    pub(crate) fn file_store(&self) -> Option<FileStore> {
        let folder = || self.data_dir.as_ref().map(|data| data.join("files"));
        self.files
            .clone()
            .or_else(|| folder().map(FileStore::folder))
    }

    fn store_options(&self) -> Result<StoreOptions> {
        let mut options = match (&self.database, &self.data_dir) {
            (Some(url), _) => StoreOptions::url(url.clone()),
            (None, Some(folder)) => StoreOptions::sqlite(&pingyi_store::default_file(folder)),
            (None, None) => {
                return Err(AppError::Invalid {
                    field: "data_dir",
                    rule: "missing",
                });
            }
        };
        options.max_pages = self.max_pages;
        Ok(options)
    }
}

/// The application. Clones share everything.
#[derive(Clone)]
pub struct App(pub(crate) Arc<Inner>);

pub(crate) struct Inner {
    pub store: Store,
    pub files: Option<FileStore>,
    pub clock: Arc<dyn Clock>,
    pub randomness: Arc<dyn Randomness>,
    pub base_url: String,
    pub events: Events,
    pub caster: Caster,
    pub elections: RwLock<HashMap<String, Arc<Election>>>,
    pub setup_code: Mutex<Option<String>>,
    pub background: Mutex<Vec<JoinHandle<()>>>,
    /// Held by the one who tallies, verifies and counts.
    pub settling: tokio::sync::Mutex<()>,
    /// Held for reading while files come in that no row names yet, for writing while one nobody names is taken away.
    pub sweeping: tokio::sync::RwLock<()>,
    /// Places for those who look at a file that came in.
    pub looking: Arc<tokio::sync::Semaphore>,
    /// The program that makes the PDFs.
    pub printing: Printing,
    /// Places for papers being made.
    pub pressing: tokio::sync::Semaphore,
    /// `LibreOffice`, and what it may use.
    pub converting: Converting,
    /// Those who want a file converted.
    pub conversions: crate::soffice::Line,
    /// Imports under way.
    pub jobs: Jobs<crate::record::Progress>,
    /// Letters being made, by appraisal.
    pub letters: Jobs<crate::papers::LettersRun>,
    /// What was worked out from the record.
    pub memory: crate::record::Memory,
    /// Held by the one who puts an import into the search index.
    pub indexing: tokio::sync::Mutex<()>,
    /// Held while the folder is ours.
    _folder: Option<File>,
}

impl App {
    /// Opens the database, brings its schema up to date, and finishes what a crash may have left half done.
    ///
    /// # Errors
    /// [`AppError::FolderInUse`], [`AppError::FolderNotWritable`], [`AppError::NewerDatabase`], or the
    /// database cannot be reached.
    pub async fn open(settings: Settings) -> Result<Self> {
        let (store, folder) = open_store(&settings).await?;
        let events = Events::new();
        let caster = Caster::start(store.clone(), events.clone(), settings.casting_bytes)?;
        let files = settings.file_store();
        let app = Self(Arc::new(Inner {
            store,
            files,
            clock: settings.clock,
            randomness: settings.randomness,
            base_url: settings.base_url.trim_end_matches('/').to_owned(),
            events,
            caster,
            elections: RwLock::new(HashMap::new()),
            setup_code: Mutex::new(None),
            background: Mutex::new(Vec::new()),
            settling: tokio::sync::Mutex::new(()),
            sweeping: tokio::sync::RwLock::new(()),
            looking: Arc::new(tokio::sync::Semaphore::new(LOOKING)),
            printing: settings.printing,
            pressing: tokio::sync::Semaphore::new(PRESSES),
            converting: settings.converting,
            conversions: crate::soffice::Line::new(settings.data_dir),
            jobs: Jobs::default(),
            letters: Jobs::default(),
            memory: crate::record::Memory::default(),
            indexing: tokio::sync::Mutex::new(()),
            _folder: folder,
        }));
        app.prepare_set_up().await?;
        if app.store().engine() == Engine::Postgres {
            app.spawn(crate::events::watch_other_nodes(
                app.store().clone(),
                app.0.events.clone(),
            ));
        }
        app.finish_interrupted().await?;
        app.finish_imports().await?;
        Ok(app)
    }

    /// Takes no more ballots, waits for the last group to be stored, and closes the database.
    pub async fn shutdown(&self) {
        self.0.caster.stop().await;
        let tasks = std::mem::take(
            &mut *self
                .0
                .background
                .lock()
                .unwrap_or_else(PoisonError::into_inner),
        );
        for task in tasks {
            task.abort();
        }
        self.0.store.close().await;
    }

    /// Address of the site, without a slash at the end.
    #[must_use]
    pub fn base_url(&self) -> &str {
        &self.0.base_url
    }

    /// Every change that a screen may show, without its content.
    #[must_use]
    pub fn subscribe(&self) -> broadcast::Receiver<Change> {
        self.0.events.subscribe()
    }

    /// Whether the database answers.
    ///
    /// # Errors
    /// When it does not.
    pub async fn is_healthy(&self) -> Result<()> {
        let mut view = self.0.store.read().await?;
        audit::head(&mut view).await?;
        Ok(())
    }

    pub(crate) fn store(&self) -> &Store {
        &self.0.store
    }

    /// Clears what deleted rows leave behind; a database that cannot do it now is asked again the next time.
    pub(crate) async fn forget_deleted(&self) {
        if let Err(error) = self.store().forget_deleted().await {
            tracing::warn!(%error, "what was deleted still stands in the database's log");
        }
    }

    /// Runs a task until [`App::shutdown`].
    pub(crate) fn spawn(&self, task: impl Future<Output = ()> + Send + 'static) {
        let handle = tokio::spawn(task);
        let mut tasks = self
            .0
            .background
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        tasks.retain(|task| !task.is_finished());
        tasks.push(handle);
    }

    /// Seconds since 1970.
    pub(crate) fn now(&self) -> i64 {
        self.0.clock.millis().div_euclid(1000)
    }

    pub(crate) fn millis(&self) -> i64 {
        self.0.clock.millis()
    }

    pub(crate) fn rng(&self) -> ChaCha20Rng {
        generator(&self.0.randomness)
    }

    pub(crate) fn announce(&self, appraisal: &AppraisalId, topics: &[Topic]) {
        for topic in topics {
            self.0.events.send(appraisal.as_str(), *topic);
        }
    }

    /// The election of a sealed box, parsed once.
    pub(crate) async fn election(
        &self,
        conn: &mut Conn,
        id: &BoxId,
    ) -> Result<Option<Arc<Election>>> {
        let known = self
            .0
            .elections
            .read()
            .unwrap_or_else(PoisonError::into_inner)
            .get(id.as_str())
            .cloned();
        if known.is_some() {
            return Ok(known);
        }
        let Some(json) = crate::board_records::election_json(conn, id).await? else {
            return Ok(None);
        };
        let election = Arc::new(Election::parse(&json).map_err(AppError::internal)?);
        let mut cache = self
            .0
            .elections
            .write()
            .unwrap_or_else(PoisonError::into_inner);
        if cache.len() >= 256 {
            cache.clear();
        }
        cache.insert(id.as_str().to_owned(), election.clone());
        Ok(Some(election))
    }
}

/// Opens the database and takes the folder.
pub(crate) async fn open_store(settings: &Settings) -> Result<(Store, Option<File>)> {
    let folder = match (&settings.database, &settings.data_dir) {
        (None, Some(folder)) => Some(lock_folder(folder)?),
        _ => None,
    };
    Ok((Store::open(&settings.store_options()?).await?, folder))
}

fn lock_folder(folder: &Path) -> Result<File> {
    let mut make = std::fs::DirBuilder::new();
    // Nobody else on the machine reads password hashes and sealed texts.
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut make, 0o700);
    make.recursive(true)
        .create(folder)
        .map_err(AppError::FolderNotWritable)?;
    let file = File::options()
        .create(true)
        .truncate(false)
        .write(true)
        .open(folder.join("lock"))
        .map_err(AppError::FolderNotWritable)?;
    match file.try_lock() {
        Ok(()) => Ok(file),
        Err(TryLockError::WouldBlock) => Err(AppError::FolderInUse),
        Err(TryLockError::Error(error)) => Err(AppError::FolderNotWritable(error)),
    }
}
