//! `LibreOffice` where it sees nothing of ours: in namespaces of its own made by `bwrap`, with the scratch folder to write,
//! the system's folders to read, and no network. Where `bwrap` is not there or the machine does not let it, the log says so.

use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::time::Duration;

use super::ConvertFault;
use crate::child::{self, ChildFault, Order};

/// What programs are made of; on most systems links into the first.
const SYSTEM: [&str; 7] = [
    "/usr", "/bin", "/sbin", "/lib", "/lib32", "/lib64", "/libx32",
];
/// What `LibreOffice` reads besides: fonts, libraries, its own settings. No names of users, no keys.
const BESIDES: [&str; 8] = [
    "/etc/fonts",
    "/etc/ld.so.cache",
    "/etc/ld.so.conf",
    "/etc/ld.so.conf.d",
    "/etc/alternatives",
    "/etc/libreoffice",
    "/etc/localtime",
    "/var/cache/fontconfig",
];
/// How long it may take to say its version, on a machine that does other things too.
const TRIAL: Duration = Duration::from_secs(30);

/// A way to run it apart that was tried on this machine.
#[derive(Debug, Clone)]
pub(super) struct Apart {
    bwrap: PathBuf,
    /// Our folder, in case that it lies below one of those that are seen.
    hidden: Option<PathBuf>,
}

impl Apart {
    /// Tries it with the program itself.
    ///
    /// # Errors
    /// [`ConvertFault::Slow`]: nothing is known yet. That it does not work is no error.
    pub async fn tried(
        program: &Path,
        hidden: Option<&Path>,
        memory: u64,
    ) -> Result<Option<Self>, ConvertFault> {
        let Some(bwrap) = child::on_path(&["bwrap"]) else {
            tracing::warn!(
                "bwrap is not installed: LibreOffice sees the files that this server sees"
            );
            return Ok(None);
        };
        let hidden = hidden.and_then(|folder| folder.canonicalize().ok());
        let apart = Self { bwrap, hidden };
        match apart.trial(program, memory).await {
            Ok(()) => {
                tracing::info!("LibreOffice runs in bwrap, without our files and without network");
                Ok(Some(apart))
            }
            Err(ConvertFault::Slow { seconds }) => Err(ConvertFault::Slow { seconds }),
            Err(reason) => {
                tracing::warn!(%reason, "bwrap does not work here: LibreOffice sees the files that this server sees");
                Ok(None)
            }
        }
    }

    async fn trial(&self, program: &Path, memory: u64) -> Result<(), ConvertFault> {
        let broken = |error: std::io::Error| ConvertFault::Broken(error.to_string());
        let scratch = tempfile::Builder::new().prefix("pingyi-bwrap-").tempdir();
        let scratch = scratch.map_err(broken)?;
        std::fs::create_dir(scratch.path().join("out")).map_err(broken)?;
        let mut args = self.words(program, scratch.path(), None);
        args.extend([real(program).into(), "--version".into()]);
        let order = Order {
            program: self.bwrap.clone(),
            args,
            env: super::environment(scratch.path()),
            folder: Some(scratch.path().to_owned()),
            time: TRIAL,
            memory,
        };
        let ended = child::run(&order, b"").await.map_err(|fault| match fault {
            ChildFault::Slow => ConvertFault::Slow {
                seconds: TRIAL.as_secs(),
            },
            ChildFault::Broken(error) => broken(error),
        })?;
        if ended.status.success() {
            Ok(())
        } else {
            Err(ConvertFault::Broken(ended.last_words()))
        }
    }

    /// The program that is started instead, with all that it is told up to the program that it starts.
    pub fn started(&self, program: &Path, scratch: &Path, fonts: Option<&Path>) -> Vec<OsString> {
        let mut all = vec![self.bwrap.clone().into()];
        all.extend(self.words(program, scratch, fonts));
        all.push(real(program).into());
        all
    }

    fn words(&self, program: &Path, scratch: &Path, fonts: Option<&Path>) -> Vec<OsString> {
        let flags = [
            "--unshare-all",
            "--die-with-parent",
            "--new-session",
            "--cap-drop",
            "ALL",
            "--proc",
            "/proc",
            "--dev",
            "/dev",
            "--tmpfs",
            "/tmp",
        ];
        let mut all: Vec<OsString> = flags.map(OsString::from).into();
        for folder in SYSTEM.map(Path::new) {
            match std::fs::read_link(folder) {
                Ok(target) => all.extend(["--symlink".into(), target.into(), folder.into()]),
                Err(_) => bind(&mut all, "--ro-bind-try", folder),
            }
        }
        for folder in BESIDES.map(Path::new) {
            bind(&mut all, "--ro-bind-try", folder);
        }
        bind(&mut all, "--ro-bind", &whole(program));
        if let Some(fonts) = fonts.and_then(|folder| folder.canonicalize().ok()) {
            bind(&mut all, "--ro-bind", &fonts);
        }
        if let Some(hidden) = self.hidden.as_ref().filter(|folder| is_seen(&all, folder)) {
            all.extend(["--tmpfs".into(), hidden.into()]);
        }
        bind(&mut all, "--bind", scratch);
        all.extend(["--chdir".into(), scratch.into(), "--".into()]);
        all
    }
}

fn bind(all: &mut Vec<OsString>, how: &str, folder: &Path) {
    all.extend([how.into(), folder.into(), folder.into()]);
}

/// Whether a folder lies in one of those that were bound.
fn is_seen(all: &[OsString], folder: &Path) -> bool {
    all.iter()
        .map(Path::new)
        .any(|seen| seen.is_absolute() && seen != Path::new("/tmp") && folder.starts_with(seen))
}

/// The program without the links on the way to it: they need not be there where it runs.
fn real(program: &Path) -> PathBuf {
    let file = program.canonicalize();
    file.unwrap_or_else(|_| program.to_owned())
}

/// What belongs to the program: `LibreOffice` keeps its own in the folder `program` of a tree, everything else is one file.
fn whole(program: &Path) -> PathBuf {
    let file = real(program);
    match file.parent() {
        Some(folder) if folder.ends_with("program") => folder.parent().unwrap_or(folder).to_owned(),
        _ => file,
    }
}
