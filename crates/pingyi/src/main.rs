//! The `pingyi` program.
#![cfg_attr(test, allow(clippy::unwrap_used))]

mod cli;
mod texts;

fn main() {
    let (cli, texts) = cli::parse();
    println!("{cli:?} {}", texts.plain("cli-about"));
}
