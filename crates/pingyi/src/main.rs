//! The `pingyi` program: one file for each command.
#![cfg_attr(test, allow(clippy::unwrap_used))]
#![allow(dead_code)]

mod audit;
mod bars;
mod cli;
mod error;
mod issue;
mod logs;
mod randomness;
mod slips;
mod texts;
mod tls;

use cli::Command;

fn main() {
    let (cli, texts) = cli::parse();
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
        .unwrap();
    if let Command::Issue(args) = cli.command {
        runtime.block_on(issue::run(args, &texts)).unwrap();
    }
}
