//! `pingyi issue`: credentials and slips on a machine without network, or straight to the server.

use std::path::Path;
use std::process::ExitCode;

use pingyi_ballot::credential::Uuid;
use pingyi_testkit::client::issuer::{PrintRun, Slip, Slips, print, public};
use pingyi_testkit::client::wire::token;
use pingyi_testkit::client::{Http, Issuer};
use serde_json::json;

use crate::cli::IssueArgs;
use crate::error::CommandError;
use crate::randomness;
use crate::slips;
use crate::texts::Texts;

/// Makes slips and roll; with a link puts the roll on the server.
///
/// # Errors
/// Not a box, nothing to make, a file that cannot be written, or a server that refuses.
pub async fn run(args: IssueArgs, texts: &Texts) -> Result<ExitCode, CommandError> {
    let uuid: Uuid = args
        .uuid
        .parse()
        .map_err(|_| CommandError::Uuid(args.uuid.clone()))?;
    let run = PrintRun {
        phone: args.phone,
        paper: args.paper,
        spare: args.spare,
    };
    if run == PrintRun::default() {
        return Err(CommandError::NoSlips);
    }
    let made = print(&uuid, run, &mut randomness::generator());
    std::fs::create_dir_all(&args.out).map_err(CommandError::file(&args.out))?;
    let roll = json!({
        "box": uuid.as_str(),
        "phone": public(&made.phone), "paper": public(&made.paper), "spare": public(&made.spare),
    });
    write(&args, texts, "roll.json", &roll.to_string(), false)?;
    if !made.paper.is_empty() {
        let paper: Vec<&str> = made
            .paper
            .iter()
            .map(|slip| slip.credential.expose())
            .collect();
        let paper = json!({"uuid": uuid.as_str(), "category": args.category, "credentials": paper});
        write(&args, texts, "paper.json", &paper.to_string(), true)?;
    }
    for (kind, list) in [("slips", &made.phone), ("spare", &made.spare)] {
        if !list.is_empty() {
            write(
                &args,
                texts,
                &format!("{kind}.html"),
                &page(&args, texts, list)?,
                true,
            )?;
        }
    }
    if let Some(link) = &args.link {
        register(link, &uuid, &made).await?;
        println!(
            "{}",
            texts.with(
                "cli-issue-registered",
                &[("count", &(run.phone + run.paper + run.spare))]
            )
        );
    }
    println!("{}", texts.plain("cli-issue-burn"));
    Ok(ExitCode::SUCCESS)
}

fn page(args: &IssueArgs, texts: &Texts, list: &[Slip]) -> Result<String, CommandError> {
    let head = slips::Head {
        title: &args.title,
        category: &args.category,
        base_url: &args.base_url,
    };
    slips::page(&head, list, texts)
}

async fn register(link: &str, uuid: &Uuid, slips: &Slips) -> Result<(), CommandError> {
    let token = token(link).ok_or(CommandError::IssuerLink)?;
    let base = link
        .split_once("/issue")
        .map(|(base, _)| base)
        .ok_or(CommandError::IssuerLink)?;
    Issuer::new(&Http::new(base)?, token)
        .register(uuid, slips)
        .await?;
    Ok(())
}

/// Writes one file beside the others; secret ones are for the owner's eyes only.
fn write(
    args: &IssueArgs,
    texts: &Texts,
    kind: &str,
    content: &str,
    secret: bool,
) -> Result<(), CommandError> {
    let path = args.out.join(format!("{}.{kind}", args.uuid));
    write_new(&path, content, secret).map_err(CommandError::file(&path))?;
    let key = if secret {
        "cli-issue-secret-file"
    } else {
        "cli-issue-public-file"
    };
    println!("{}", texts.with(key, &[("path", &path.display())]));
    Ok(())
}

/// Never over a file that is there: slips already printed would be lost.
fn write_new(path: &Path, content: &str, secret: bool) -> std::io::Result<()> {
    use std::io::Write as _;
    let mut options = std::fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    if secret {
        use std::os::unix::fs::OpenOptionsExt as _;
        options.mode(0o600);
    }
    let mut file = options.open(path)?;
    file.write_all(content.as_bytes())?;
    file.sync_all()
}
