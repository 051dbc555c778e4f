//! For tests: a throw-away `PostgreSQL` cluster, started from the machine's own binaries and gone afterwards.

use std::io;
use std::os::unix::fs::chown;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use tempfile::TempDir;

/// Set to an address to use that server instead of a throw-away one.
pub const URL_VARIABLE: &str = "PINGYI_TEST_POSTGRES";
/// Set to 1 to make a missing `PostgreSQL` an error.
pub const REQUIRE_VARIABLE: &str = "PINGYI_REQUIRE_POSTGRES";

/// A running server. Stopped when dropped, and by the kernel when the test process dies.
#[derive(Debug)]
pub struct Cluster {
    server: Option<Child>,
    folder: Option<TempDir>,
    base: String,
}

/// Why there is no server.
#[derive(Debug, thiserror::Error)]
pub enum ClusterError {
    /// No binaries under /usr/lib/postgresql and no address given.
    #[error("no PostgreSQL found: install Debian's package postgresql, or set {URL_VARIABLE}")]
    Missing,
    /// It did not start.
    #[error("PostgreSQL does not start: {0}")]
    Start(String),
    /// A file or process failed.
    #[error("PostgreSQL: {0}")]
    Io(#[from] io::Error),
}

impl Cluster {
    /// The server of `PINGYI_TEST_POSTGRES`, or a throw-away one. Says so loudly when there is none.
    ///
    /// # Errors
    /// [`ClusterError::Missing`] where nothing can be had (the caller skips, unless [`Cluster::required`]).
    pub fn start() -> Result<Self, ClusterError> {
        Self::start_with(&[])
    }

    /// The same with settings of the server's own (`name=value`), which an address given from outside has not.
    ///
    /// # Errors
    /// As [`Cluster::start`].
    pub fn start_with(settings: &[&str]) -> Result<Self, ClusterError> {
        if !settings.is_empty() {
            return Self::throw_away(settings);
        }
        if let Ok(base) = std::env::var(URL_VARIABLE) {
            return Ok(Self {
                server: None,
                folder: None,
                base,
            });
        }
        Self::throw_away(settings)
    }

    fn throw_away(settings: &[&str]) -> Result<Self, ClusterError> {
        let Some(binaries) = newest_binaries() else {
            eprintln!(
                "\n*** NO POSTGRESQL: its half of the tests does not run. {}\n",
                ClusterError::Missing
            );
            return Err(ClusterError::Missing);
        };
        let folder = tempfile::Builder::new().prefix("pingyi-pg-").tempdir()?;
        let user = server_user()?;
        if let Some((uid, gid)) = user {
            chown(folder.path(), Some(uid), Some(gid))?;
        }
        let server = serve(&binaries, folder.path(), user, settings)?;
        let base = format!(
            "postgres://pingyi@localhost/DATABASE?host={}",
            text(folder.path())
        );
        let cluster = Self {
            server: Some(server),
            folder: Some(folder),
            base,
        };
        cluster.wait(&binaries, user)?;
        Ok(cluster)
    }

    /// Whether a missing `PostgreSQL` must fail the tests.
    #[must_use]
    pub fn required() -> bool {
        std::env::var(REQUIRE_VARIABLE).is_ok_and(|value| value == "1")
    }

    fn wait(&self, binaries: &Path, user: Option<(u32, u32)>) -> Result<(), ClusterError> {
        let socket = self
            .folder
            .as_ref()
            .map(|folder| text(folder.path()).to_owned())
            .unwrap_or_default();
        for _ in 0..200 {
            let ready = command(user, &binaries.join("pg_isready"))
                .args(["-q", "-h", &socket])
                .status()?;
            if ready.success() {
                return Ok(());
            }
            std::thread::sleep(Duration::from_millis(50));
        }
        Err(ClusterError::Start(
            "not ready after ten seconds".to_owned(),
        ))
    }

    /// Makes an empty database and gives its address.
    ///
    /// # Errors
    /// When the server refuses.
    pub async fn database(&self, name: &str) -> Result<String, sqlx::Error> {
        use sqlx::Connection as _;
        sqlx::any::install_default_drivers();
        let mut connection = sqlx::AnyConnection::connect(&self.address("postgres")).await?;
        for statement in [
            format!("DROP DATABASE IF EXISTS {name}"),
            format!("CREATE DATABASE {name}"),
        ] {
            sqlx::raw_sql(sqlx::AssertSqlSafe(statement))
                .execute(&mut connection)
                .await?;
        }
        connection.close().await?;
        Ok(self.address(name))
    }

    fn address(&self, database: &str) -> String {
        self.base.replace("DATABASE", database)
    }
}

impl Drop for Cluster {
    fn drop(&mut self) {
        if let Some(server) = &mut self.server {
            let _ = server.kill();
            let _ = server.wait();
        }
    }
}

/// Makes an empty cluster in the folder and starts its server, reachable by a socket there and nowhere else.
fn serve(
    binaries: &Path,
    folder: &Path,
    user: Option<(u32, u32)>,
    more: &[&str],
) -> Result<Child, ClusterError> {
    let data = folder.join("data");
    let mut init = vec!["-D", text(&data), "-U", "pingyi", "-A", "trust"];
    init.extend(["--no-sync", "-E", "UTF8", "--locale=C"]);
    run(user, &binaries.join("initdb"), &init)?;
    let settings = ["-c", "listen_addresses=", "-c", "max_connections=200"];
    let server = command(user, &binaries.join("postgres"))
        .args(["-D", text(&data), "-k", text(folder)])
        .args(settings)
        .args(more.iter().flat_map(|setting| ["-c", setting]))
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()?;
    Ok(server)
}

fn text(path: &Path) -> &str {
    path.to_str().unwrap_or_default()
}

fn newest_binaries() -> Option<PathBuf> {
    let versions = std::fs::read_dir("/usr/lib/postgresql").ok()?;
    let mut found: Vec<(u32, PathBuf)> = versions
        .filter_map(|entry| {
            let path = entry.ok()?.path();
            let version = path.file_name()?.to_str()?.parse().ok()?;
            Some((version, path.join("bin"))).filter(|(_, bin)| bin.join("initdb").exists())
        })
        .collect();
    found.sort();
    found.pop().map(|(_, path)| path)
}

/// `PostgreSQL` does not run as root: then somebody else is needed.
fn server_user() -> Result<Option<(u32, u32)>, ClusterError> {
    let id = |args: &[&str]| -> Result<Option<u32>, ClusterError> {
        let out = Command::new("id")
            .args(args)
            .stderr(Stdio::null())
            .output()?;
        Ok(String::from_utf8_lossy(&out.stdout).trim().parse().ok())
    };
    if id(&["-u"])? != Some(0) {
        return Ok(None);
    }
    for user in ["postgres", "nobody"] {
        if let (Some(uid), Some(gid)) = (id(&["-u", user])?, id(&["-g", user])?) {
            return Ok(Some((uid, gid)));
        }
    }
    Err(ClusterError::Start("no user to run it as".to_owned()))
}

/// Runs a program as that user; where setpriv is there, the kernel ends it together with this process.
fn command(user: Option<(u32, u32)>, program: &Path) -> Command {
    let mut command = if Path::new("/usr/bin/setpriv").exists() {
        let mut command = Command::new("/usr/bin/setpriv");
        command.args(["--pdeathsig", "INT"]);
        if let Some((uid, gid)) = user {
            command.args([
                format!("--reuid={uid}"),
                format!("--regid={gid}"),
                "--clear-groups".to_owned(),
            ]);
        }
        command.arg(program);
        command
    } else {
        use std::os::unix::process::CommandExt as _;
        let mut command = Command::new(program);
        if let Some((uid, gid)) = user {
            command.uid(uid).gid(gid);
        }
        command
    };
    command.current_dir("/");
    command
}

fn run(user: Option<(u32, u32)>, program: &Path, args: &[&str]) -> Result<(), ClusterError> {
    let out = command(user, program).args(args).output()?;
    if out.status.success() {
        Ok(())
    } else {
        Err(ClusterError::Start(
            String::from_utf8_lossy(&out.stderr).into_owned(),
        ))
    }
}
