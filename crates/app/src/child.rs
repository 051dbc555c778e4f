//! A program of another house as a child: nothing of our environment but what it is given, limits of time and memory, and
//! ended with everything it started.

use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::process::{ExitStatus, Stdio};
use std::time::Duration;

use tokio::io::{AsyncRead, AsyncReadExt as _, AsyncWriteExt as _};
use tokio::process::{Child, Command};

/// More than anything we read from a child.
const MOST_OUT: u64 = 256 << 20;
/// More than it says on standard error.
const MOST_WORDS: u64 = 1 << 20;
/// The largest file it may write, in bytes.
#[cfg(target_os = "linux")]
const MOST_FILE: u64 = 1 << 30;

/// What is asked of a child.
///
/// The limit of memory stands before it is handed its input: a program that does something first must read that first.
pub(crate) struct Order {
    pub program: PathBuf,
    pub args: Vec<OsString>,
    /// All of its environment.
    pub env: Vec<(&'static str, OsString)>,
    /// Where it works.
    pub folder: Option<PathBuf>,
    /// How long it may take.
    pub time: Duration,
    /// How much private memory each of its processes may take, in bytes; kept on Linux.
    pub memory: u64,
}

/// What came out of a child that ended by itself.
pub(crate) struct Ended {
    pub status: ExitStatus,
    pub out: Vec<u8>,
    pub words: Vec<u8>,
}

/// Why nothing came out.
pub(crate) enum ChildFault {
    /// It took longer than it may.
    Slow,
    /// It could not be started or talked to.
    Broken(std::io::Error),
}

impl From<std::io::Error> for ChildFault {
    fn from(error: std::io::Error) -> Self {
        Self::Broken(error)
    }
}

impl Ended {
    /// Whether it ended because memory ran out: by the system, or by its own word.
    pub fn starved(&self) -> bool {
        let words = String::from_utf8_lossy(&self.words);
        let said = ["memory allocation of", "bad_alloc"];
        killed(self.status) || said.iter().any(|word| words.contains(word))
    }

    /// How it ended and the last it said, for the log.
    pub fn last_words(&self) -> String {
        let words = String::from_utf8_lossy(&self.words);
        format!(
            "{}: {}",
            self.status,
            words.lines().last().unwrap_or_default()
        )
    }
}

/// Starts the child, gives it its input and waits for its end, no longer than it may take.
pub(crate) async fn run(order: &Order, input: &[u8]) -> Result<Ended, ChildFault> {
    let mut child = command(order).spawn()?;
    let all = Everybody::of(&child);
    if let Err(error) = limit(&child, order.memory) {
        stop(&mut child, all).await;
        return Err(error.into());
    }
    if let Ok(answer) = tokio::time::timeout(order.time, talk(&mut child, input)).await {
        return Ok(answer?);
    }
    stop(&mut child, all).await;
    Err(ChildFault::Slow)
}

fn command(order: &Order) -> Command {
    let mut command = Command::new(&order.program);
    command
        .args(&order.args)
        .env_clear()
        .envs(order.env.iter().map(|(name, value)| (name, value)))
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .kill_on_drop(true);
    if let Some(folder) = &order.folder {
        command.current_dir(folder);
    }
    // A group of its own, so that whatever it starts ends with it.
    #[cfg(unix)]
    command.process_group(0);
    command
}

/// What it takes for itself; files that are only looked at do not count.
#[cfg(target_os = "linux")]
fn limit(child: &Child, bytes: u64) -> std::io::Result<()> {
    use rustix::io::Errno;
    use rustix::process::{Resource, Rlimit, prlimit};
    let Some(pid) = pid(child) else {
        return Ok(());
    };
    for (resource, most) in [(Resource::Data, bytes), (Resource::Fsize, MOST_FILE)] {
        let most = Rlimit {
            current: Some(most),
            maximum: Some(most),
        };
        match prlimit(Some(pid), resource, most) {
            // Gone already: what it said tells why.
            Ok(_) | Err(Errno::SRCH) => {}
            Err(error) => return Err(error.into()),
        }
    }
    Ok(())
}

#[cfg(not(target_os = "linux"))]
fn limit(_: &Child, _: u64) -> std::io::Result<()> {
    Ok(())
}

#[cfg(unix)]
fn pid(child: &Child) -> Option<rustix::process::Pid> {
    let id = child.id().and_then(|id| i32::try_from(id).ok());
    id.and_then(rustix::process::Pid::from_raw)
}

/// Writes and reads at once: a child that answers before it has read all must not stand still.
async fn talk(child: &mut Child, input: &[u8]) -> std::io::Result<Ended> {
    let stdin = child.stdin.take();
    let feed = async move {
        if let Some(mut stdin) = stdin {
            // One that ends early says why on standard error.
            let _ = stdin.write_all(input).await;
        }
    };
    let (stdout, stderr) = (child.stdout.take(), child.stderr.take());
    let ((), out, words) = tokio::join!(feed, read(stdout, MOST_OUT), read(stderr, MOST_WORDS));
    Ok(Ended {
        status: child.wait().await?,
        out: out?,
        words: words?,
    })
}

async fn read(from: Option<impl AsyncRead + Unpin>, most: u64) -> std::io::Result<Vec<u8>> {
    let mut whole = Vec::new();
    if let Some(from) = from {
        from.take(most).read_to_end(&mut whole).await?;
    }
    Ok(whole)
}

/// The child with all it started. They end when this goes: also when nobody waits for the answer any more.
struct Everybody(#[cfg(unix)] Option<rustix::process::Pid>);

impl Everybody {
    #[cfg(unix)]
    fn of(child: &Child) -> Self {
        Self(pid(child))
    }

    #[cfg(not(unix))]
    fn of(_: &Child) -> Self {
        Self()
    }
}

impl Drop for Everybody {
    fn drop(&mut self) {
        #[cfg(unix)]
        if let Some(leader) = self.0 {
            // Nobody left of them is what is wanted.
            let _ = rustix::process::kill_process_group(leader, rustix::process::Signal::KILL);
        }
    }
}

/// Ends the child with all it started and waits, so that nothing of it is left.
async fn stop(child: &mut Child, all: Everybody) {
    drop(all);
    if let Err(error) = child.kill().await {
        tracing::warn!(%error, "a child could not be ended");
    }
}

/// Ended by the system, which does so when memory runs out.
#[cfg(unix)]
fn killed(status: ExitStatus) -> bool {
    // A program between us and it says the same in its own way.
    std::os::unix::process::ExitStatusExt::signal(&status) == Some(9) || status.code() == Some(137)
}

#[cfg(not(unix))]
const fn killed(_: ExitStatus) -> bool {
    false
}

/// The variables of our environment that a child may have.
pub(crate) fn kept(names: &[&'static str]) -> Vec<(&'static str, OsString)> {
    let found = |name: &&'static str| Some((*name, std::env::var_os(name)?));
    names.iter().filter_map(found).collect()
}

/// A program by its name on the PATH.
pub(crate) fn on_path(names: &[&str]) -> Option<PathBuf> {
    let path = std::env::var_os("PATH")?;
    let folders: Vec<PathBuf> = std::env::split_paths(&path).collect();
    let places = names
        .iter()
        .flat_map(|name| folders.iter().map(move |folder| folder.join(name)));
    places
        .into_iter()
        .find(|place: &PathBuf| Path::is_file(place))
}
