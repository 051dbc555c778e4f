//! `pingyi-papers` as a child: a paper as JSON in, its PDF out, with limits of time and memory
//! (docs/decisions/0030-papers-apart.md). What it answers is taken only when it is whole.

use std::path::{Path, PathBuf};
use std::time::Duration;

use bytes::Bytes;
use pingyi_domain::Digest;
use pingyi_papers::{Paper, PaperError};
use serde::Deserialize;

use super::fault::{Glyph, PaperFault};
use crate::child::{self, ChildFault, Ended, Order};
use crate::{App, AppError, Result};

/// What becomes of a paper.
type Made<T> = std::result::Result<T, PaperFault>;

/// As much as the program reads.
const MOST_DATA: usize = 64 << 20;
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

/// Starts the child, gives it the paper and waits for it, no longer than it may take. It reads its paper first.
async fn run(printing: &Printing, json: &[u8]) -> Made<Ended> {
    let program = printing.program.clone().unwrap_or_default();
    if !program.is_file() {
        return Err(PaperFault::Absent { program });
    }
    let fonts = printing.fonts.as_ref();
    let order = Order {
        program,
        args: fonts
            .map(|fonts| vec!["--fonts".into(), fonts.into()])
            .unwrap_or_default(),
        env: child::kept(&KEPT),
        folder: None,
        time: printing.time,
        memory: printing.memory,
    };
    child::run(&order, json).await.map_err(|fault| match fault {
        ChildFault::Slow => PaperFault::Slow {
            seconds: printing.time.as_secs(),
        },
        ChildFault::Broken(error) => PaperFault::Broken(error.to_string()),
    })
}

fn judge(printing: &Printing, paper: &Paper, answer: Ended) -> Made<Pressed> {
    let words = String::from_utf8_lossy(&answer.words);
    let last = words.lines().last().unwrap_or_default();
    if answer.status.success() {
        let done: Done = serde_json::from_str(last)
            .map_err(|error| PaperFault::Broken(format!("its report: {error}")))?;
        return taken(paper, done, answer.out);
    }
    let Ok(refusal) = serde_json::from_str::<Refusal>(last) else {
        return Err(died(printing, &answer));
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
fn died(printing: &Printing, answer: &Ended) -> PaperFault {
    if answer.starved() {
        let bytes = printing.memory;
        return PaperFault::Memory { bytes };
    }
    PaperFault::Broken(answer.last_words())
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
