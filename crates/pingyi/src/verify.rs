//! `pingyi verify`: judges archives, challenge files and audit trails; needs no server and no database.

mod bundle;
mod challenge;
mod told;

use std::fs::File;
use std::io::{BufReader, ErrorKind};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use pingyi_ballot::archive::{ArchiveReader, Entry, Hash};
use pingyi_ballot::election::Election;
use pingyi_ballot::verify::{Finding, Options, Place, Report, Status, verify};
use serde::Serialize;

use crate::audit;
use crate::bars::bar;
use crate::cli::VerifyArgs;
use crate::error::CommandError;
use crate::texts::Texts;

/// Fewer digits of a head than this say too little.
const FEWEST_DIGITS: usize = 8;

/// One archive and what came of it.
#[derive(Serialize)]
struct Judged {
    file: PathBuf,
    sidecar: Option<PathBuf>,
    #[serde(flatten)]
    report: Report,
    #[serde(skip)]
    election: Option<Election>,
}

/// How bad it is; the worst decides the exit code.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Verdict {
    Good,
    Findings,
    Unreadable,
}

impl From<Verdict> for ExitCode {
    fn from(verdict: Verdict) -> Self {
        match verdict {
            Verdict::Good => Self::SUCCESS,
            Verdict::Findings => Self::from(1),
            Verdict::Unreadable => Self::from(2),
        }
    }
}

/// Judges everything named: exit 0 all good, 1 findings, 2 something unreadable.
///
/// # Errors
/// A head that is no hash.
pub fn run(args: &VerifyArgs, texts: &Texts) -> Result<ExitCode, CommandError> {
    let heads = args
        .head
        .iter()
        .map(|head| digits(head))
        .collect::<Result<Vec<_>, _>>()?;
    if heads.len() > args.files.len() {
        return Err(CommandError::TooManyHeads);
    }
    let mut worst = Verdict::Good;
    let mut judged = Vec::new();
    for (index, file) in args.files.iter().enumerate() {
        if bundle::is_one(file) {
            let checked = bundle::check(file, &args.audit, args.json, texts);
            worst = worst.max(checked.unwrap_or_else(|error| unreadable(&error, texts)));
            continue;
        }
        match judge(
            file,
            args.belenios,
            heads.get(index).map(String::as_str),
            texts,
        ) {
            Ok(one) => {
                worst = worst.max(verdict(one.report.status));
                if !args.json {
                    println!("{}", told::archive(&one, texts));
                }
                judged.push(one);
            }
            Err(error) => worst = unreadable(&error, texts),
        }
    }
    for file in &args.challenge {
        worst = worst.max(settle(challenge::check(file, args.json, texts), texts));
    }
    let elections = judged.iter().filter_map(|one| one.election.as_ref());
    let anchors: Vec<_> = elections.filter_map(audit::anchor).collect();
    for file in &args.audit {
        let checked = audit::check(file, &anchors)
            .map(|(report, extent)| audit::told(&report, extent, texts));
        worst = worst.max(settle(checked, texts));
    }
    if args.json && !judged.is_empty() {
        println!("{}", serde_json::json!(judged));
    } else if judged.len() > 1 {
        let good = judged
            .iter()
            .filter(|one| verdict(one.report.status) == Verdict::Good)
            .count();
        println!(
            "{}",
            texts.with(
                "cli-verify-together",
                &[("good", &good), ("count", &args.files.len())]
            )
        );
    }
    Ok(worst.into())
}

fn verdict(status: Status) -> Verdict {
    match status {
        Status::Valid | Status::ValidOpen => Verdict::Good,
        Status::Findings => Verdict::Findings,
        Status::Unreadable => Verdict::Unreadable,
    }
}

/// Prints what was found out about a file that is no archive.
fn settle(checked: Result<(String, bool), CommandError>, texts: &Texts) -> Verdict {
    match checked {
        Ok((said, good)) => {
            println!("{said}");
            if good {
                Verdict::Good
            } else {
                Verdict::Findings
            }
        }
        Err(error) => unreadable(&error, texts),
    }
}

fn unreadable(error: &CommandError, texts: &Texts) -> Verdict {
    eprintln!("{}", error.told(texts));
    Verdict::Unreadable
}

fn judge(
    file: &Path,
    belenios: bool,
    head: Option<&str>,
    texts: &Texts,
) -> Result<Judged, CommandError> {
    let beside = sidecar_of(file);
    let sidecar = match std::fs::read(&beside) {
        Ok(bytes) => Some(bytes),
        Err(error) if error.kind() == ErrorKind::NotFound => None,
        Err(source) => {
            return Err(CommandError::File {
                path: beside,
                source,
            });
        }
    };
    let announced = match head {
        Some(head) => Some(event_of(file, head)?),
        None => None,
    };
    let archive = open(file)?;
    let bytes = archive.metadata().map_err(CommandError::file(file))?.len();
    let bar = bar(texts.plain("cli-stage-verifying"), bytes);
    let options = Options {
        belenios,
        expected_head: announced.flatten(),
    };
    let progress = |progress: pingyi_ballot::verify::Progress| bar.set_position(progress.bytes);
    let mut report = verify(
        BufReader::with_capacity(1 << 20, archive),
        sidecar.as_deref(),
        &options,
        &progress,
    );
    bar.finish_and_clear();
    if announced == Some(None) {
        not_on_board(&mut report, head.unwrap_or_default());
    }
    Ok(Judged {
        sidecar: sidecar.map(|_| beside),
        election: election_of(file),
        file: file.into(),
        report,
    })
}

/// The announced head is the hash of no event of this board.
fn not_on_board(report: &mut Report, head: &str) {
    let text = format!("no event of this board has the announced hash {head}");
    report.findings.push(Finding {
        code: "head_differs".into(),
        place: Place::default(),
        text,
    });
    if report.status != Status::Unreadable {
        report.status = Status::Findings;
    }
}

fn open(file: &Path) -> Result<File, CommandError> {
    File::open(file).map_err(CommandError::file(file))
}

/// `UUID.proofs.json` beside `UUID.bel`.
fn sidecar_of(file: &Path) -> PathBuf {
    file.with_extension("proofs.json")
}

/// A head or its first digits, in lower case.
fn digits(head: &str) -> Result<String, CommandError> {
    let head = head.trim().to_ascii_lowercase();
    let good = (FEWEST_DIGITS..=64).contains(&head.len())
        && head.bytes().all(|digit| digit.is_ascii_hexdigit());
    if good {
        Ok(head)
    } else {
        Err(CommandError::Head(head))
    }
}

/// The event whose hash begins with these digits.
fn event_of(file: &Path, digits: &str) -> Result<Option<Hash>, CommandError> {
    let Ok(reader) = ArchiveReader::new(BufReader::new(open(file)?)) else {
        return Ok(None);
    };
    let events = reader
        .filter_map(Result::ok)
        .filter(|record| matches!(record.entry, Entry::Event(_)));
    Ok(events
        .map(|record| record.hash)
        .find(|hash| hash.hex().starts_with(digits)))
}

/// The election of the board, for the words of its questions; the judgement does not depend on it.
fn election_of(file: &Path) -> Option<Election> {
    let record = ArchiveReader::new(BufReader::new(open(file).ok()?))
        .ok()?
        .next()?
        .ok()?;
    Election::parse(std::str::from_utf8(&record.content).ok()?).ok()
}
