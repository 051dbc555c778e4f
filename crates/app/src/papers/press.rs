//! `pingyi-papers` as a child: a paper as JSON in, its PDF out, with limits of time and memory
//! (docs/decisions/0030-papers-apart.md). What it answers is taken only when it is whole.

use std::path::{Path, PathBuf};
use std::process::{ExitStatus, Stdio};
use std::time::Duration;

use bytes::Bytes;
use pingyi_domain::Digest;
use pingyi_papers::{Paper, PaperError};
use serde::Deserialize;
use tokio::io::{AsyncRead, AsyncReadExt as _, AsyncWriteExt as _};
use tokio::process::{Child, Command};

use super::fault::{Glyph, PaperFault};
use crate::{App, AppError, Result};

/// What becomes of a paper.
type Made<T> = std::result::Result<T, PaperFault>;

/// As much as the program reads.
const MOST_DATA: usize = 64 << 20;
/// More than any paper.
const MOST_PDF: u64 = 256 << 20;
/// More than it says on standard error.
const MOST_WORDS: u64 = 1 << 20;
/// What the child gets of our environment: where fonts may lie. The rest holds addresses and secrets.
const KEPT: [&str; 6] = [
    "HOME",
    "XDG_DATA_HOME",
    "XDG_DATA_DIRS",
    "FONTCONFIG_FILE",
    "SYSTEMROOT",
    "WINDIR",
];

/// Where the program is and what it may use.
#[derive(Debug, Clone)]
pub struct Printing {
    /// `pingyi-papers`; without it there are no PDFs.
    pub program: Option<PathBuf>,
    /// The office's own fonts, before the system's.
    pub fonts: Option<PathBuf>,
    /// How long one paper may take.
    pub time: Duration,
    /// How much memory one paper may take, in bytes; kept on Linux.
    pub memory: u64,
}

impl Default for Printing {
    fn default() -> Self {
        Self {
            program: None,
            fonts: None,
            time: Duration::from_mins(1),
            memory: 1 << 30,
        }
    }
}

/// A paper as it came from the press.
#[derive(Debug, Clone)]
pub struct Pressed {
    /// The PDF.
    pub pdf: Bytes,
    /// Its pages.
    pub pages: u32,
    /// The hash of its data, as printed at the foot.
    pub data: Digest,
    /// The hash of the PDF.
    pub hash: Digest,
    /// Fonts that stand in for those the standard asks for.
    pub substitutions: Vec<StandIn>,
}

/// A font that stands in for another.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct StandIn {
    /// What for: `title fang hei kai song`.
    pub role: String,
    /// The family asked for.
    pub wanted: String,
    /// The one used.
    pub used: String,
}

/// What the program says on standard error when the paper is done.
#[derive(Deserialize)]
struct Done {
    pages: u32,
    data: Digest,
    hash: Digest,
    #[serde(default)]
    substitutions: Vec<StandIn>,
}

/// What it says when there is none.
#[derive(Deserialize)]
struct Refusal {
    code: String,
    #[serde(default)]
    message: String,
    #[serde(default)]
    glyphs: Vec<Glyph>,
}

/// What came out of the child.
struct Answer {
    status: ExitStatus,
    pdf: Vec<u8>,
    words: Vec<u8>,
}

impl App {
    /// Whether the program that makes PDFs is there now: it may appear while the server runs.
    #[must_use]
    pub fn prints(&self) -> bool {
        let program = &self.0.printing.program;
        program.as_deref().is_some_and(Path::is_file)
    }

    /// Where the program is looked for, for the page that says it is missing.
    #[must_use]
    pub fn press_place(&self) -> String {
        let program = self.0.printing.program.as_deref();
        program.map_or_else(String::new, |path| path.display().to_string())
    }

    /// Makes the PDF of a paper: whole or not at all.
    ///
    /// # Errors
    /// [`AppError::Paper`].
    pub async fn press(&self, paper: &Paper) -> Result<Pressed> {
        let place = self.0.pressing.acquire().await;
        let _place = place.map_err(|_| AppError::ShuttingDown)?;
        Ok(pressed(&self.0.printing, paper).await?)
    }
}

/// A paper that was looked over goes in; a whole PDF of it, or the reason why not, comes out.
async fn pressed(printing: &Printing, paper: &Paper) -> Made<Pressed> {
    let problems = paper.problems();
    if !problems.is_empty() {
        return Err(PaperFault::Problems(problems));
    }
    let json = serde_json::to_vec(paper).map_err(|error| PaperFault::Broken(error.to_string()))?;
    if json.len() > MOST_DATA {
        let bytes = printing.memory;
        return Err(PaperFault::Memory { bytes });
    }
    let answer = run(printing, &json).await?;
    judge(printing, paper, answer)
}

/// Starts the child, gives it the paper and waits for it, no longer than it may take.
async fn run(printing: &Printing, json: &[u8]) -> Made<Answer> {
    let program = printing.program.clone().unwrap_or_default();
    if !program.is_file() {
        return Err(PaperFault::Absent { program });
    }
    let broken = |error: std::io::Error| PaperFault::Broken(error.to_string());
    let mut child = command(printing, &program).spawn().map_err(broken)?;
    // It reads its paper first, so the limit stands before there is anything to do.
    if let Err(error) = limit(&child, printing.memory) {
        stop(&mut child).await;
        return Err(broken(error));
    }
    let answered = tokio::time::timeout(printing.time, talk(&mut child, json)).await;
    if let Ok(answer) = answered {
        return answer.map_err(broken);
    }
    stop(&mut child).await;
    let seconds = printing.time.as_secs();
    Err(PaperFault::Slow { seconds })
}

fn command(printing: &Printing, program: &Path) -> Command {
    let mut command = Command::new(program);
    command
        .env_clear()
        .envs(
            KEPT.iter()
                .filter_map(|name| Some((*name, std::env::var_os(name)?))),
        )
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .kill_on_drop(true);
    if let Some(fonts) = &printing.fonts {
        command.arg("--fonts").arg(fonts);
    }
    command
}

/// What the memory counts that a paper's layout takes; fonts that are only looked at do not.
#[cfg(target_os = "linux")]
fn limit(child: &Child, bytes: u64) -> std::io::Result<()> {
    use rustix::io::Errno;
    use rustix::process::{Pid, Resource, Rlimit, prlimit};
    let id = child.id().and_then(|id| i32::try_from(id).ok());
    let Some(pid) = id.and_then(Pid::from_raw) else {
        return Ok(());
    };
    let most = Rlimit {
        current: Some(bytes),
        maximum: Some(bytes),
    };
    match prlimit(Some(pid), Resource::Data, most) {
        // Gone already: what it said tells why.
        Ok(_) | Err(Errno::SRCH) => Ok(()),
        Err(error) => Err(error.into()),
    }
}

#[cfg(not(target_os = "linux"))]
fn limit(_: &Child, _: u64) -> std::io::Result<()> {
    Ok(())
}

/// Writes and reads at once: a child that answers before it has read all must not stand still.
async fn talk(child: &mut Child, json: &[u8]) -> std::io::Result<Answer> {
    let stdin = child.stdin.take();
    let feed = async move {
        if let Some(mut stdin) = stdin {
            // One that ends early says why on standard error.
            let _ = stdin.write_all(json).await;
        }
    };
    let (stdout, stderr) = (child.stdout.take(), child.stderr.take());
    let ((), pdf, words) = tokio::join!(feed, read(stdout, MOST_PDF), read(stderr, MOST_WORDS));
    Ok(Answer {
        status: child.wait().await?,
        pdf: pdf?,
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

/// Ends the child and waits, so that nothing of it is left.
async fn stop(child: &mut Child) {
    if let Err(error) = child.kill().await {
        tracing::warn!(%error, "the paper's program could not be ended");
    }
}

fn judge(printing: &Printing, paper: &Paper, answer: Answer) -> Made<Pressed> {
    let words = String::from_utf8_lossy(&answer.words);
    let last = words.lines().last().unwrap_or_default();
    if answer.status.success() {
        let done: Done = serde_json::from_str(last)
            .map_err(|error| PaperFault::Broken(format!("its report: {error}")))?;
        return taken(paper, done, answer.pdf);
    }
    let Ok(refusal) = serde_json::from_str::<Refusal>(last) else {
        return Err(died(printing, answer.status, &words));
    };
    Err(match refusal.code.as_str() {
        "missing_glyphs" => PaperFault::Glyphs(refusal.glyphs),
        "no_font" => PaperFault::Fonts {
            code: "no_font",
            message: refusal.message,
        },
        "memory" => PaperFault::Memory {
            bytes: printing.memory,
        },
        "font_folder" => PaperFault::Fonts {
            code: "font_folder",
            message: refusal.message,
        },
        code => PaperFault::Broken(format!("{code}: {}", refusal.message)),
    })
}

/// The PDF, when it is the whole of what the program says it is, and of this paper.
fn taken(paper: &Paper, done: Done, pdf: Vec<u8>) -> Made<Pressed> {
    if done.data != paper.hash() {
        return Err(PaperFault::Broken("it is of other data".to_owned()));
    }
    if done.hash != Digest::of(&pdf) || !pdf.starts_with(b"%PDF-") {
        return Err(PaperFault::Broken("the PDF is not whole".to_owned()));
    }
    Ok(Pressed {
        pdf: Bytes::from(pdf),
        pages: done.pages,
        data: done.data,
        hash: done.hash,
        substitutions: done.substitutions,
    })
}

/// It ended without a word of its own.
fn died(printing: &Printing, status: ExitStatus, words: &str) -> PaperFault {
    let starved = words.contains("memory allocation of") || killed(status);
    if starved {
        let bytes = printing.memory;
        return PaperFault::Memory { bytes };
    }
    let last = words.lines().last().unwrap_or_default();
    PaperFault::Broken(format!("{status}: {last}"))
}

/// Ended by the system, which does so when memory runs out.
#[cfg(unix)]
fn killed(status: ExitStatus) -> bool {
    std::os::unix::process::ExitStatusExt::signal(&status) == Some(9)
}

#[cfg(not(unix))]
const fn killed(_: ExitStatus) -> bool {
    false
}

impl From<PaperError> for AppError {
    fn from(error: PaperError) -> Self {
        match error {
            PaperError::Problems(problems) => PaperFault::Problems(problems).into(),
            PaperError::Unreadable(error) => error.into(),
        }
    }
}

#[cfg(test)]
#[cfg(unix)]
mod tests;
