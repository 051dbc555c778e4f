//! The running house: the application opened on its data, its routes served on an address, stopped in good order.

use std::net::SocketAddr;
use std::path::PathBuf;
use std::time::Duration;

use axum::serve::ListenerExt as _;
use pingyi_app::{App, AppError, FileStore, Settings};
use tokio::net::TcpListener;
use tokio::task::JoinHandle;

use crate::cli::DataArgs;
use crate::error::CommandError;
use crate::tls::Tls;

/// Where the store keeps its `SQLite` database in a data folder.
const DATABASE_FILE: &str = "pingyi.sqlite";
/// How long open answers may take after the order to stop: live pages never end by themselves.
const GRACE: Duration = Duration::from_secs(5);

/// Opens the application on a data folder or a database.
///
/// # Errors
/// The folder is locked by another server, not writable, or the database cannot be reached.
pub async fn open(data: &DataArgs, base_url: String) -> Result<App, CommandError> {
    Ok(App::open(settings(data, base_url)?).await?)
}

/// Opens the application for one thing done at the machine, also while a server works on the data.
///
/// # Errors
/// The data cannot be opened.
pub async fn open_beside(data: &DataArgs) -> Result<App, CommandError> {
    match App::open(settings(data, String::new())?).await {
        Err(AppError::FolderInUse) => {
            // By its address a database is opened without claiming the folder, as on PostgreSQL; every change is a
            // transaction, so the running server and this command do not disturb each other.
            let mut settings = settings(data, String::new())?;
            settings.database = Some(format!(
                "sqlite://{}",
                data.data.join(DATABASE_FILE).display()
            ));
            Ok(App::open(settings).await?)
        }
        opened => Ok(opened?),
    }
}

/// The settings the application is opened with: the machine's own clock and randomness.
///
/// # Errors
/// The address of the file store is none.
pub fn settings(data: &DataArgs, base_url: String) -> Result<Settings, CommandError> {
    let mut settings = Settings::new(base_url).in_folder(&data.data);
    settings.database.clone_from(&data.database);
    settings.max_pages = data.drill_max_pages;
    settings.files = data.files.as_deref().map(file_store).transpose()?;
    settings.printing.program = press_beside();
    Ok(settings)
}

/// The program that makes the PDFs, where it belongs: beside this one. Whether it is there is looked up when a paper is
/// asked for.
fn press_beside() -> Option<PathBuf> {
    let name = format!("pingyi-papers{}", std::env::consts::EXE_SUFFIX);
    Some(std::env::current_exe().ok()?.with_file_name(name))
}

/// A folder, or a bucket with what the environment says about it: secrets never stand on a command line.
fn file_store(place: &str) -> Result<FileStore, CommandError> {
    if !place.contains("://") {
        return Ok(FileStore::folder(place));
    }
    let settings: Vec<(String, String)> = std::env::vars_os()
        .filter_map(|(name, value)| Some((name.into_string().ok()?, value.into_string().ok()?)))
        .filter(|(name, _)| name.starts_with("AWS_"))
        .collect();
    Ok(FileStore::s3(place, &settings).map_err(AppError::from)?)
}

/// Listens on an address.
///
/// # Errors
/// The address is taken or not this machine's.
pub async fn listen(address: SocketAddr) -> Result<TcpListener, CommandError> {
    TcpListener::bind(address)
        .await
        .map_err(|source| CommandError::Listen { address, source })
}

/// Serves until `stop`, lets open answers finish for a moment, and closes the application.
///
/// # Errors
/// The listener fails, or the last ballots cannot be written.
pub async fn serve(
    app: App,
    listener: TcpListener,
    tls: Option<Tls>,
    stop: impl Future<Output = ()> + Send + 'static,
) -> Result<(), CommandError> {
    app.keep_tidy();
    let service = pingyi_web::service(app.clone());
    let (ended, mut end) = tokio::sync::watch::channel(false);
    tokio::spawn(async move {
        stop.await;
        // Nobody left to tell is fine: the server has stopped already.
        let _ = ended.send(true);
    });
    let mut graceful = end.clone();
    let graceful = async move {
        let _ = graceful.wait_for(|ended| *ended).await;
    };
    let serving = async {
        match tls {
            None => {
                axum::serve(listener, service)
                    .with_graceful_shutdown(graceful)
                    .await
            }
            Some(tls) => {
                axum::serve(tls.listener(listener).tap_io(|_| ()), service)
                    .with_graceful_shutdown(graceful)
                    .await
            }
        }
    };
    let patience = async {
        let _ = end.wait_for(|ended| *ended).await;
        tokio::time::sleep(GRACE).await;
    };
    let served = tokio::select! {
        served = serving => served,
        () = patience => Ok(()),
    };
    app.shutdown().await;
    served.map_err(CommandError::Serving)
}

/// A house of its own for a simulated meeting, inside this process.
pub struct OwnHouse {
    /// Where it can be reached.
    pub address: String,
    stop: tokio::sync::oneshot::Sender<()>,
    serving: JoinHandle<Result<(), CommandError>>,
}

impl OwnHouse {
    /// Starts serving in the background.
    #[must_use]
    pub fn start(app: App, listener: TcpListener, address: String) -> Self {
        let (stop, stopped) = tokio::sync::oneshot::channel();
        let serving = tokio::spawn(serve(app, listener, None, async {
            // Dropped without a word means the same: stop.
            let _ = stopped.await;
        }));
        Self {
            address,
            stop,
            serving,
        }
    }

    /// Waits for the house to stop by itself, which only an error makes it do.
    ///
    /// # Errors
    /// What stopped it.
    pub async fn stop(self) -> Result<(), CommandError> {
        // A house that stopped already has nobody listening; its own error follows.
        let _ = self.stop.send(());
        self.serving
            .await
            .map_err(|error| CommandError::Serving(std::io::Error::other(error)))?
    }
}

/// Until Ctrl-C or a polite kill.
pub async fn asked_to_stop() {
    let interrupt = tokio::signal::ctrl_c();
    #[cfg(unix)]
    {
        use tokio::signal::unix::{SignalKind, signal};
        if let Ok(mut terminate) = signal(SignalKind::terminate()) {
            tokio::select! {
                _ = interrupt => {}
                _ = terminate.recv() => {}
            }
            return;
        }
    }
    let _ = interrupt.await;
}

/// The public address where none is given: the address listened on, and for "every address" the one by which this
/// machine reaches others (phones must find it).
#[must_use]
pub fn public_address(listen: SocketAddr, secure: bool) -> String {
    let scheme = if secure { "https" } else { "http" };
    let mut address = listen;
    if address.ip().is_unspecified() {
        address.set_ip(outward().unwrap_or(std::net::IpAddr::V4(std::net::Ipv4Addr::LOCALHOST)));
    }
    format!("{scheme}://{address}")
}

/// The machine's own address on the way out. Connecting a UDP socket sends nothing.
fn outward() -> Option<std::net::IpAddr> {
    let socket = std::net::UdpSocket::bind(("0.0.0.0", 0)).ok()?;
    socket.connect(("192.0.2.1", 9)).ok()?;
    Some(socket.local_addr().ok()?.ip())
}

/// A folder that goes when it is dropped, as data for a house of its own.
///
/// # Errors
/// No temporary folder can be made.
pub fn temporary() -> Result<(tempfile::TempDir, DataArgs), CommandError> {
    let folder = tempfile::Builder::new().prefix("pingyi-").tempdir();
    let folder = folder.map_err(CommandError::file(std::env::temp_dir()))?;
    let data: PathBuf = folder.path().join("data");
    Ok((
        folder,
        DataArgs {
            data,
            database: None,
            files: None,
            drill_max_pages: None,
        },
    ))
}
