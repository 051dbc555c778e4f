//! `pingyi-papers`: one paper as JSON in, its PDF out. A program of its own, so that the server stays small and a paper runs
//! apart from it, with limits of time and memory (docs/decisions/0030-papers-apart.md).

use std::io::{Read as _, Write as _};
use std::path::PathBuf;
use std::process::ExitCode;

use clap::Parser;
use pingyi_papers::{Paper, PaperError};
use pingyi_press::{Fonts, Press, PressError, Pressed};
use serde_json::{Value, json};

/// More than any paper's data.
const MOST_BYTES: u64 = 64 * 1024 * 1024;

#[derive(Parser)]
#[command(
    version,
    about = "Reads a paper as JSON and writes its PDF, whole or not at all"
)]
struct Asked {
    /// The office's own fonts, before the system's
    #[arg(long, value_name = "FOLDER")]
    fonts: Option<PathBuf>,
}

fn main() -> ExitCode {
    let asked = Asked::parse();
    let mut json = String::new();
    if let Err(error) = std::io::stdin().take(MOST_BYTES).read_to_string(&mut json) {
        return refuse(&json!({ "code": "unreadable", "message": error.to_string() }));
    }
    match make(&asked, &json) {
        Ok(pressed) => {
            let written = std::io::stdout().write_all(&pressed.pdf);
            if let Err(error) = written.and_then(|()| std::io::stdout().flush()) {
                return refuse(&json!({ "code": "unwritable", "message": error.to_string() }));
            }
            report(&json!(pressed));
            ExitCode::SUCCESS
        }
        Err(error) => refuse(&refusal(&error)),
    }
}

fn make(asked: &Asked, json: &str) -> Result<Pressed, PressError> {
    let paper = Paper::from_json(json)?;
    let fonts = Fonts::find(asked.fonts.as_deref())?;
    Press::new(fonts).press(&paper)
}

/// `{"code","message"}` with what belongs to the code.
fn refusal(error: &PressError) -> Value {
    let mut value = json!({ "code": error.code(), "message": error.to_string() });
    match error {
        PressError::Paper(PaperError::Problems(problems)) => value["problems"] = json!(problems),
        PressError::MissingGlyphs(glyphs) => value["glyphs"] = json!(glyphs),
        _ => {}
    }
    value
}

fn refuse(value: &Value) -> ExitCode {
    report(value);
    ExitCode::FAILURE
}

/// One line on standard error, which the caller reads.
fn report(value: &Value) {
    // Nobody is left to be told where even this cannot be written.
    let _ = writeln!(std::io::stderr(), "{value}");
}
