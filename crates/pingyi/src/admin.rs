//! `pingyi admin`: what only somebody at the machine may do.

use std::process::ExitCode;

use pingyi_app::{Actor, App, AppError, Extent, NewUser, Role};

use crate::cli::{AdminAction, AdminArgs};
use crate::error::CommandError;
use crate::texts::Texts;
use crate::{house, randomness};

/// Does one thing on the data, whether a server is running on it or not.
///
/// # Errors
/// The data cannot be opened, or the thing cannot be done.
pub async fn run(args: AdminArgs, texts: &Texts) -> Result<ExitCode, CommandError> {
    let app = house::open_beside(&args.data).await?;
    let done = act(&app, &args.action, texts).await;
    app.shutdown().await;
    let (said, good) = done?;
    println!("{said}");
    Ok(if good {
        ExitCode::SUCCESS
    } else {
        ExitCode::from(1)
    })
}

/// What is said afterwards, and whether all is well.
async fn act(app: &App, action: &AdminAction, texts: &Texts) -> Result<(String, bool), AppError> {
    match action {
        AdminAction::ResetPassword { login } => {
            let password = randomness::words();
            app.reset_password(login, &password).await?;
            Ok((
                texts.with(
                    "cli-admin-password",
                    &[("login", login), ("password", &password)],
                ),
                true,
            ))
        }
        AdminAction::AddAdmin { login } => {
            let password = randomness::words();
            let roles = [Role::Admin, Role::Organiser].into_iter().collect();
            let user = NewUser {
                login: login.clone(),
                name: login.clone(),
                roles,
                password: password.clone(),
                unit: None,
            };
            app.create_user(&Actor::System, user).await?;
            Ok((
                texts.with(
                    "cli-admin-password",
                    &[("login", login), ("password", &password)],
                ),
                true,
            ))
        }
        AdminAction::CheckAudit => Ok(crate::audit::told(
            &app.check_audit().await?,
            Extent::Whole,
            texts,
        )),
        AdminAction::CheckFiles => check_files(app, texts).await,
    }
}

/// Reads every file of evidence and compares it with its hash.
async fn check_files(app: &App, texts: &Texts) -> Result<(String, bool), AppError> {
    let bar = crate::bars::bar(texts.plain("cli-admin-files-bar"), 0);
    let report = app
        .check_files(&|done, total| {
            bar.set_length(total);
            bar.set_position(done);
        })
        .await?;
    bar.finish_and_clear();
    let mut said = texts.with(
        "cli-admin-files",
        &[
            ("kept", &report.kept),
            ("bytes", &report.bytes),
            ("unnamed", &report.unnamed),
            ("place", &app.files_place()),
        ],
    );
    for (key, digests) in [
        ("cli-admin-files-missing", &report.missing),
        ("cli-admin-files-changed", &report.changed),
    ] {
        for digest in digests {
            said.push('\n');
            said.push_str(&texts.with(key, &[("digest", digest)]));
        }
    }
    Ok((said, report.is_sound()))
}
