//! The command line: what can be asked. Every help text comes from the catalogue (`locales/*/cli.ftl`), so none
//! stands here.

use std::net::SocketAddr;
use std::path::PathBuf;

use clap::{Args, CommandFactory as _, FromArgMatches as _, Parser, Subcommand};

use crate::texts::{Language, Texts};

/// Everything given on the command line.
#[derive(Debug, Parser)]
#[command(
    name = "pingyi",
    version,
    subcommand_required = true,
    arg_required_else_help = true
)]
pub struct Cli {
    #[arg(long, global = true, value_name = "zh-CN|en")]
    pub lang: Option<String>,
    #[command(subcommand)]
    pub command: Command,
}

/// One variant for each command; one file for each.
#[derive(Debug, Subcommand)]
pub enum Command {
    Demo(DemoArgs),
    Serve(ServeArgs),
    Simulate(SimulateArgs),
    Measure(MeasureArgs),
    Verify(VerifyArgs),
    Issue(IssueArgs),
    Backup(BackupArgs),
    Restore(RestoreArgs),
    Admin(AdminArgs),
}

/// `pingyi demo`.
#[derive(Debug, Args)]
pub struct DemoArgs {
    #[arg(long, env = "SIMULATE", value_parser = clap::builder::FalseyValueParser::new(), num_args = 0, default_missing_value = "true")]
    pub simulate: bool,
    #[arg(long, default_value = "127.0.0.1:8080", value_name = "ADDRESS:PORT")]
    pub listen: SocketAddr,
    #[arg(long, value_name = "URL")]
    pub base_url: Option<String>,
    #[arg(long, default_value_t = 0, value_name = "MILLISECONDS")]
    pub pace: u64,
    #[arg(long)]
    pub bare: bool,
    #[arg(long)]
    pub json: bool,
}

/// Where a server keeps its data.
#[derive(Debug, Clone, Args)]
pub struct DataArgs {
    #[arg(
        long,
        value_name = "DIR",
        env = "PINGYI_DATA",
        default_value = "pingyi-data"
    )]
    pub data: PathBuf,
    #[arg(
        long,
        value_name = "URL",
        env = "PINGYI_DATABASE",
        hide_env_values = true
    )]
    pub database: Option<String>,
    #[arg(long, value_name = "DIR|s3://BUCKET/PREFIX", env = "PINGYI_FILES")]
    pub files: Option<String>,
    #[arg(long, env = "PINGYI_DRILL_MAX_PAGES", hide = true)]
    pub drill_max_pages: Option<u32>,
}

/// `pingyi serve`.
#[derive(Debug, Args)]
pub struct ServeArgs {
    #[command(flatten)]
    pub data: DataArgs,
    #[arg(long, default_value = "127.0.0.1:8080", value_name = "ADDRESS:PORT")]
    pub listen: SocketAddr,
    #[arg(long, value_name = "URL")]
    pub base_url: Option<String>,
    #[arg(long, value_name = "FILE", requires = "tls_key")]
    pub tls_cert: Option<PathBuf>,
    #[arg(long, value_name = "FILE", requires = "tls_cert")]
    pub tls_key: Option<PathBuf>,
    #[arg(long, value_name = "FILE", env = "PINGYI_PAPERS")]
    pub papers: Option<PathBuf>,
    #[arg(long, value_name = "DIR", env = "PINGYI_FONTS")]
    pub fonts: Option<PathBuf>,
    #[arg(long, value_name = "FILE", env = "PINGYI_SOFFICE")]
    pub soffice: Option<PathBuf>,
    #[arg(long)]
    pub json_logs: bool,
}

/// `pingyi simulate`.
#[derive(Debug, Args)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "independent switches of one command"
)]
pub struct SimulateArgs {
    #[arg(long, default_value_t = 100)]
    pub raters: u32,
    #[arg(long, default_value_t = 9)]
    pub presenters: usize,
    #[arg(long, default_value_t = 6)]
    pub items: usize,
    #[arg(long, value_name = "A:40,B:30:25,C:30")]
    pub categories: Option<String>,
    #[arg(long)]
    pub abstention: bool,
    #[arg(long, default_value_t = 3)]
    pub tellers: usize,
    #[arg(long, default_value_t = 2)]
    pub threshold: usize,
    #[arg(long, default_value_t = 1)]
    pub seed: u64,
    #[arg(long, default_value = "simulated", value_name = "DIR")]
    pub out: PathBuf,
    #[arg(long)]
    pub presealed: bool,
    #[arg(long)]
    pub plain: bool,
    #[arg(long, default_value_t = 100, value_name = "N")]
    pub at_once: usize,
    #[arg(long, default_value_t = 0, value_name = "MILLISECONDS")]
    pub pace: u64,
    #[arg(long, requires = "login", requires = "password")]
    pub url: Option<String>,
    #[arg(long)]
    pub login: Option<String>,
    #[arg(long, env = "PINGYI_PASSWORD", hide_env_values = true)]
    pub password: Option<String>,
    #[arg(long)]
    pub json: bool,
}

/// `pingyi measure`.
#[derive(Debug, Args)]
pub struct MeasureArgs {
    #[arg(long, default_value_t = 100_000)]
    pub firms: i64,
    #[arg(long, default_value_t = 50_000)]
    pub entries: i64,
    #[arg(long, default_value_t = 5_000)]
    pub matters: i64,
    #[arg(long, default_value_t = 60, value_name = "N")]
    pub requests: usize,
    #[arg(long, default_value_t = 2, value_name = "N")]
    pub at_once: usize,
    #[arg(long, value_name = "URL")]
    pub database: Option<String>,
    #[arg(long, value_name = "TEXT")]
    pub only: Option<String>,
    #[arg(long)]
    pub json: bool,
}

/// `pingyi verify`.
#[derive(Debug, Args)]
pub struct VerifyArgs {
    #[arg(required_unless_present_any = ["challenge", "audit"], value_name = "UUID.bel")]
    pub files: Vec<PathBuf>,
    #[arg(long)]
    pub belenios: bool,
    #[arg(long, value_name = "HASH")]
    pub head: Vec<String>,
    #[arg(long)]
    pub json: bool,
    #[arg(long, value_name = "FILE")]
    pub challenge: Vec<PathBuf>,
    #[arg(long, value_name = "FILE")]
    pub audit: Vec<PathBuf>,
}

/// `pingyi issue`.
#[derive(Debug, Args)]
pub struct IssueArgs {
    #[arg(long)]
    pub uuid: String,
    #[arg(long, default_value_t = 0, value_name = "N")]
    pub phone: usize,
    #[arg(long, default_value_t = 0, value_name = "N")]
    pub paper: usize,
    #[arg(long, default_value_t = 0, value_name = "N")]
    pub spare: usize,
    #[arg(long, value_name = "URL")]
    pub base_url: String,
    #[arg(long, default_value = "")]
    pub title: String,
    #[arg(long, default_value = "")]
    pub category: String,
    #[arg(long, default_value = "slips", value_name = "DIR")]
    pub out: PathBuf,
    #[arg(
        long,
        value_name = "LINK",
        env = "PINGYI_ISSUER_LINK",
        hide_env_values = true
    )]
    pub link: Option<String>,
}

/// `pingyi backup`.
#[derive(Debug, Args)]
pub struct BackupArgs {
    pub file: PathBuf,
    #[command(flatten)]
    pub data: DataArgs,
}

/// `pingyi restore`.
#[derive(Debug, Args)]
pub struct RestoreArgs {
    pub file: PathBuf,
    #[command(flatten)]
    pub data: DataArgs,
}

/// `pingyi admin`.
#[derive(Debug, Args)]
pub struct AdminArgs {
    #[command(flatten)]
    pub data: DataArgs,
    #[command(subcommand)]
    pub action: AdminAction,
}

/// What an administrator does at the machine itself.
#[derive(Debug, Subcommand)]
pub enum AdminAction {
    ResetPassword { login: String },
    AddAdmin { login: String },
    CheckAudit,
    CheckFiles,
}

/// Reads the command line; help, version and mistakes are printed in the reader's language and end the program.
#[must_use]
pub fn parse() -> (Cli, Texts) {
    let texts = Texts::new(Language::of_process());
    let matches = described(&texts).get_matches();
    let cli = Cli::from_arg_matches(&matches).unwrap_or_else(|error| error.exit());
    (cli, texts)
}

/// The command line with the catalogue's help texts.
fn described(texts: &Texts) -> clap::Command {
    describe(Cli::command(), "cli", texts)
}

fn describe(command: clap::Command, key: &str, texts: &Texts) -> clap::Command {
    let heading = |arg: clap::Arg| {
        let heading = if arg.is_positional() {
            "cli-head-arguments"
        } else {
            "cli-head-options"
        };
        arg.help_heading(texts.plain(heading))
    };
    let argument = |arg: clap::Arg| {
        let text = texts.plain(&argument_key(&arg, key)) + &aside(&arg, texts);
        let takes_value = arg.get_action().takes_values();
        heading(arg)
            .help(text)
            .hide_default_value(takes_value)
            .hide_env(true)
    };
    let names: Vec<String> = command
        .get_subcommands()
        .map(|sub| sub.get_name().to_owned())
        .collect();
    let usage = texts.plain("cli-head-usage");
    let mut command = command
        .about(texts.plain(&format!("{key}-about")))
        .help_template(format!(
            "{{about}}\n\n{usage} {{usage}}\n\n{{all-args}}{{after-help}}\n"
        ))
        .subcommand_help_heading(texts.plain("cli-head-commands"))
        .disable_help_subcommand(true)
        .disable_help_flag(true)
        .mut_args(argument)
        .arg(
            heading(clap::Arg::new("help").long("help").short('h'))
                .action(clap::ArgAction::Help)
                .help(texts.plain("cli-arg-help")),
        );
    let after = format!("{key}-after");
    if texts.knows(&after) {
        command = command.after_help(texts.plain(&after));
    }
    if key == "cli" {
        let version = clap::Arg::new("version")
            .long("version")
            .short('V')
            .action(clap::ArgAction::Version);
        command = command
            .disable_version_flag(true)
            .arg(heading(version).help(texts.plain("cli-arg-version")));
    }
    for name in names {
        let key = format!("{key}-{name}");
        command = command.mut_subcommand(name, |sub| describe(sub, &key, texts));
    }
    command
}

/// Default and environment variable of an argument, in the reader's language.
fn aside(argument: &clap::Arg, texts: &Texts) -> String {
    let mut parts = Vec::new();
    if let [default] = argument.get_default_values()
        && argument.get_action().takes_values()
        && !default.is_empty()
    {
        let value = default.to_string_lossy();
        parts.push(texts.with("cli-arg-default", &[("value", &value)]));
    }
    if let Some(variable) = argument.get_env() {
        let name = variable.to_string_lossy();
        parts.push(texts.with("cli-arg-variable", &[("name", &name)]));
    }
    parts.concat()
}

fn argument_key(argument: &clap::Arg, command_key: &str) -> String {
    match argument.get_id().as_str() {
        "lang" => "cli-arg-lang".to_owned(),
        id => format!("{command_key}-arg-{}", id.replace('_', "-")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_command_line_is_consistent() {
        Cli::command().debug_assert();
    }

    #[test]
    fn every_command_and_argument_is_described_in_both_languages() {
        for language in [Language::Chinese, Language::English] {
            described(&Texts::new(language)).build();
            assert_eq!(
                missing(&Texts::new(language), &Cli::command(), "cli"),
                Vec::<String>::new()
            );
        }
    }

    fn missing(texts: &Texts, command: &clap::Command, key: &str) -> Vec<String> {
        let mut keys = vec![format!("{key}-about")];
        keys.extend(command.get_arguments().map(|arg| argument_key(arg, key)));
        keys.retain(|key| !texts.knows(key));
        for sub in command.get_subcommands() {
            keys.extend(missing(texts, sub, &format!("{key}-{}", sub.get_name())));
        }
        keys
    }
}
