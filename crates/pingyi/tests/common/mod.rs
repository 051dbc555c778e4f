//! A server as a child process that can be killed, and the people of a small meeting around it.
#![allow(dead_code, reason = "every test uses its own part of the harness")]

use std::io::{BufRead as _, BufReader};
use std::net::{Ipv4Addr, SocketAddr, TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use std::time::{Duration, Instant};

use pingyi_testkit::client::{Http, Organiser};
use pingyi_testkit::meeting::{Manner, Meeting};
use pingyi_testkit::plan::{Habits, Plan};
use pingyi_testkit::secrets::Secrets;
use pingyi_testkit::setting::{Setting, parse_categories};
use pingyi_testkit::watch::Unwatched;

/// How long a server may take to answer after its start.
const START: Duration = Duration::from_mins(1);
/// Password of the organiser.
pub const PASSWORD: &str = "nine parks, one test";

/// The program under test.
pub fn pingyi() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_pingyi"));
    command
        .args(["--lang", "en"])
        .env_remove("SIMULATE")
        .env_remove("PINGYI_DATABASE");
    command
}

/// A server on a data folder of its own; the same folder and address through every restart.
pub struct House {
    folder: tempfile::TempDir,
    address: SocketAddr,
    child: Option<Child>,
    code: Option<String>,
    max_pages: Option<u32>,
    tls: Option<(PathBuf, PathBuf)>,
    database: Option<String>,
}

impl House {
    /// A fresh folder with a running server.
    pub fn new() -> Self {
        Self::limited(None)
    }

    /// As [`House::new`]; the database may have so many pages and no more.
    pub fn limited(max_pages: Option<u32>) -> Self {
        Self::opened(max_pages, None)
    }

    /// A server on a database that others may serve too.
    pub fn on(database: &str) -> Self {
        Self::opened(None, Some(database.to_owned()))
    }

    fn opened(max_pages: Option<u32>, database: Option<String>) -> Self {
        let free = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))
            .unwrap()
            .local_addr()
            .unwrap();
        let folder = tempfile::tempdir().unwrap();
        let mut house = Self {
            folder,
            address: free,
            child: None,
            code: None,
            max_pages,
            tls: None,
            database,
        };
        house.start();
        house
    }

    /// The data folder.
    pub fn data(&self) -> PathBuf {
        self.folder.path().join("data")
    }

    /// A place for files beside the data.
    pub fn place(&self) -> &Path {
        self.folder.path()
    }

    /// Where the server answers.
    pub fn url(&self) -> String {
        format!(
            "{}://{}",
            if self.tls.is_some() { "https" } else { "http" },
            self.address
        )
    }

    /// The address it listens on.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// A new pool of connections to it.
    pub fn http(&self) -> Http {
        Http::new(&self.url()).unwrap()
    }

    /// Allows the database so many pages from the next start on.
    pub fn limit(&mut self, max_pages: Option<u32>) {
        self.max_pages = max_pages;
    }

    /// Serves over TLS from the next start on.
    pub fn secure(&mut self, cert: &Path, key: &Path) {
        self.tls = Some((cert.into(), key.into()));
    }

    /// Starts the server and waits until it answers.
    pub fn start(&mut self) {
        assert!(self.child.is_none(), "one server at a time");
        let mut command = pingyi();
        command
            .arg("serve")
            .arg("--data")
            .arg(self.data())
            .args(["--listen", &self.address.to_string()]);
        command.stdout(Stdio::piped()).stderr(Stdio::null());
        if let Some(pages) = self.max_pages {
            command.env("PINGYI_DRILL_MAX_PAGES", pages.to_string());
        }
        if let Some(database) = &self.database {
            command.args(["--database", database]);
        }
        if let Some((cert, key)) = &self.tls {
            command
                .arg("--tls-cert")
                .arg(cert)
                .arg("--tls-key")
                .arg(key);
        }
        let mut child = command.spawn().unwrap();
        let lines = BufReader::new(child.stdout.take().unwrap()).lines();
        self.child = Some(child);
        let (said, hears) = std::sync::mpsc::channel();
        // Reads on when nobody listens any more: the server must not meet a closed pipe.
        std::thread::spawn(move || {
            lines
                .map_while(Result::ok)
                .for_each(|line| drop(said.send(line)));
        });
        let started = Instant::now();
        while TcpStream::connect(self.address).is_err() {
            assert!(started.elapsed() < START, "the server does not come up");
            std::thread::sleep(Duration::from_millis(10));
        }
        // Listening begins before the data is open; the announcement comes when it is.
        let announced = hears
            .recv_timeout(START)
            .expect("the server announces itself");
        assert!(announced.contains(&self.url()), "{announced}");
        if let Ok(line) = hears.recv_timeout(Duration::from_millis(if self.code.is_none() {
            2_000
        } else {
            0
        })) {
            self.code = line.rsplit(' ').next().map(str::to_owned);
        }
    }

    /// `kill -9`.
    pub fn kill(&mut self) {
        let mut child = self.child.take().expect("a running server");
        child.kill().unwrap();
        child.wait().unwrap();
    }

    /// A polite stop; gives the exit code.
    pub fn stop(&mut self) -> Option<i32> {
        let mut child = self.child.take().expect("a running server");
        let id = child.id().to_string();
        assert!(
            Command::new("kill")
                .args(["-TERM", &id])
                .status()
                .unwrap()
                .success()
        );
        child.wait().unwrap().code()
    }

    /// The first administrator, made with the code on the console.
    pub async fn organiser(&self) -> Organiser {
        let code = self.code.as_deref().expect("the console shows a code");
        Organiser::first(&self.http(), code, "organiser", PASSWORD)
            .await
            .unwrap()
    }

    /// A small meeting in this house: `questions` presenters, two boxes, planned from `seed`.
    pub async fn meeting(
        &self,
        raters: u32,
        presenters: usize,
        habits: Habits,
        seed: u64,
    ) -> Meeting {
        let setting = setting(raters, presenters);
        let plan = Plan::new(&setting, habits, seed);
        Meeting {
            http: self.http(),
            organiser: self.organiser().await,
            setting,
            plan,
            manner: Manner {
                at_once: 4,
                presealed: false,
                pace: Duration::ZERO,
            },
            secrets: Arc::new(Secrets::new([u8::try_from(seed % 251).unwrap(); 32])),
            watch: Arc::new(Unwatched),
        }
    }
}

impl Drop for House {
    fn drop(&mut self) {
        if let Some(mut child) = self.child.take() {
            let _ = child.kill();
            let _ = child.wait();
        }
    }
}

/// Two boxes, one item.
pub fn setting(raters: u32, presenters: usize) -> Setting {
    Setting::new(
        presenters,
        1,
        parse_categories("A:40,B:60", raters).unwrap(),
    )
    .unwrap()
}

/// Writes downloaded boards for `pingyi verify` and gives their paths.
pub fn write_archives(
    folder: &Path,
    archives: &[pingyi_testkit::meeting::Archive],
) -> Vec<PathBuf> {
    let mut paths = Vec::new();
    for archive in archives {
        let path = folder.join(format!("{}.bel", archive.uuid));
        std::fs::write(&path, &archive.board).unwrap();
        if let Some(proofs) = &archive.proofs {
            std::fs::write(folder.join(format!("{}.proofs.json", archive.uuid)), proofs).unwrap();
        }
        paths.push(path);
    }
    paths
}

/// Runs the program to its end: the exit code and everything it printed.
pub fn run(arguments: &[&str]) -> (i32, String) {
    ended(pingyi().args(arguments))
}

fn ended(command: &mut Command) -> (i32, String) {
    let output = command.output().unwrap();
    let text = [output.stdout, output.stderr]
        .map(|bytes| String::from_utf8(bytes).unwrap())
        .concat();
    (output.status.code().unwrap(), text)
}

/// Runs `pingyi verify` and gives exit code and text.
pub fn verify(arguments: &[&str], files: &[PathBuf]) -> (i32, String) {
    ended(pingyi().arg("verify").args(arguments).args(files))
}
