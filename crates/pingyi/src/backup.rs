//! `pingyi backup` and `pingyi restore`: everything in one file, and back.

use std::process::ExitCode;

use pingyi_app::BackupReport;

use crate::cli::{BackupArgs, RestoreArgs};
use crate::error::CommandError;
use crate::house;
use crate::texts::Texts;

/// Writes the backup file.
///
/// # Errors
/// The data cannot be opened or the file not written.
pub async fn backup(args: BackupArgs, texts: &Texts) -> Result<ExitCode, CommandError> {
    let app = house::open_beside(&args.data).await?;
    let report = app.backup(&args.file).await;
    app.shutdown().await;
    let report = report?;
    println!(
        "{}",
        texts.with(
            "cli-backup-done",
            &[("path", &args.file.display()), ("bytes", &bytes(&report))]
        )
    );
    Ok(missing(&report, texts))
}

/// Restores into an empty place.
///
/// # Errors
/// The file is no backup or cut short, or the place is not empty.
pub async fn restore(args: RestoreArgs, texts: &Texts) -> Result<ExitCode, CommandError> {
    let into = house::settings(&args.data, String::new())?;
    let report = pingyi_app::restore(&args.file, into).await?;
    let size = bytes(&report);
    // The address of a database may hold a password.
    let said = if args.data.database.is_some() {
        texts.with("cli-restore-done-database", &[("bytes", &size)])
    } else {
        let path = args.data.data.display();
        texts.with("cli-restore-done", &[("path", &path), ("bytes", &size)])
    };
    println!("{said}");
    Ok(missing(&report, texts))
}

/// Size of what a backup holds.
fn bytes(report: &BackupReport) -> u64 {
    report.files.iter().map(|file| file.bytes).sum::<u64>() + report.kept.bytes
}

/// Says which files of evidence the backup has not, since they were missing or changed when it was made. Whoever runs
/// backups by night sees it by the exit code.
fn missing(report: &BackupReport, texts: &Texts) -> ExitCode {
    if report.kept.missing.is_empty() {
        return ExitCode::SUCCESS;
    }
    let count = report.kept.missing.len();
    eprintln!("{}", texts.with("cli-backup-missing", &[("count", &count)]));
    for digest in &report.kept.missing {
        eprintln!("  {digest}");
    }
    ExitCode::from(1)
}
