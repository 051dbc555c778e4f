//! The `pingyi` program: one file for each command.
#![cfg_attr(test, allow(clippy::unwrap_used))]

mod admin;
mod audit;
mod backup;
mod bars;
mod cli;
mod demo;
mod error;
mod house;
mod issue;
mod logs;
mod measure;
mod randomness;
mod serve;
mod simulate;
mod slips;
mod texts;
mod tls;
mod verify;

use std::process::ExitCode;

use cli::Command;
use error::CommandError;
use texts::Texts;

fn main() -> ExitCode {
    let (cli, texts) = cli::parse();
    match run(cli.command, &texts) {
        Ok(code) => code,
        Err(error) => {
            eprintln!("{}", error.told(&texts));
            ExitCode::from(2)
        }
    }
}

fn run(command: Command, texts: &Texts) -> Result<ExitCode, CommandError> {
    match &command {
        Command::Verify(args) => return verify::run(args, texts),
        Command::Serve(args) => logs::start(args.json_logs, "info,sqlx=warn"),
        _ => logs::start(false, "error"),
    }
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
        .map_err(CommandError::Start)?;
    runtime.block_on(async {
        match command {
            Command::Demo(args) => demo::run(args, texts).await,
            Command::Serve(args) => serve::run(args, texts).await,
            Command::Simulate(args) => simulate::run(args, texts).await,
            Command::Measure(args) => measure::run(args, texts).await,
            Command::Verify(args) => verify::run(&args, texts),
            Command::Issue(args) => issue::run(args, texts).await,
            Command::Backup(args) => backup::backup(args, texts).await,
            Command::Restore(args) => backup::restore(args, texts).await,
            Command::Admin(args) => admin::run(args, texts).await,
        }
    })
}
