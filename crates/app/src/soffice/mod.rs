//! `LibreOffice` as a child: a pptx in, its PDF out (docs/decisions/0035-libreoffice.md). One at a time, in a folder that
//! goes with it, with a profile of its own; what comes out is taken only when it is a whole PDF.

mod apart;

use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::time::Duration;

use tokio::sync::{OnceCell, Semaphore, SemaphorePermit};

use crate::child::{self, ChildFault, Ended, Order};
use crate::{App, AppError, Result};
use apart::Apart;

/// How many files wait for the one being converted, each with up to a hundred megabytes of memory and the person who sent
/// it; the last of them waits eight minutes at worst.
const MOST_WAITING: usize = 4;

/// Where it lies when it is not on the PATH.
const PLACES: [&str; 3] = [
    "/usr/lib/libreoffice/program/soffice",
    "/opt/libreoffice/program/soffice",
    "/Applications/LibreOffice.app/Contents/MacOS/soffice",
];
/// A PDF says that it is whole in its last bytes; readers look that far.
const PDF_TAIL: usize = 2_048;

/// Nothing runs that a file brings, and nothing is fetched that it names; the check before it lets neither in.
const SETTINGS: &str = r#"<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="MacroSecurityLevel" oor:op="fuse"><value>3</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="DisableMacrosExecution" oor:op="fuse"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="BlockUntrustedRefererLinks" oor:op="fuse"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Misc"><prop oor:name="UseLocking" oor:op="fuse"><value>false</value></prop></item>
</oor:items>
"#;

/// Where `LibreOffice` is and what it may use.
#[derive(Debug, Clone)]
pub struct Converting {
    /// `soffice`; looked for on the PATH and where it is usually put when nothing is said.
    pub program: Option<PathBuf>,
    /// How long one file may take.
    pub time: Duration,
    /// How much memory one file may take, in bytes; kept on Linux.
    pub memory: u64,
}

impl Default for Converting {
    fn default() -> Self {
        Self {
            program: None,
            time: Duration::from_mins(2),
            memory: 2 << 30,
        }
    }
}

impl Converting {
    /// The program, where it is there now: it may appear while the server runs.
    fn found(&self) -> Option<PathBuf> {
        match &self.program {
            Some(program) => program.is_file().then(|| program.clone()),
            None => child::on_path(&["soffice", "libreoffice"]).or_else(|| {
                let places = PLACES.iter().map(PathBuf::from);
                places.into_iter().find(|place| place.is_file())
            }),
        }
    }
}

/// Why no PDF came out.
#[derive(Debug, thiserror::Error)]
pub enum ConvertFault {
    /// `LibreOffice` is not there; PDF works without it.
    #[error("LibreOffice is not there")]
    Absent,
    /// It took longer than it may.
    #[error("not converted within {seconds} s")]
    Slow {
        /// The limit.
        seconds: u64,
    },
    /// It wanted more memory than it may have.
    #[error("more memory than {} MB", .bytes >> 20)]
    Memory {
        /// The limit.
        bytes: u64,
    },
    /// Enough of them wait already.
    #[error("{MOST_WAITING} files wait to be converted already")]
    Queue,
    /// It broke, or answered with something that is no PDF.
    #[error("LibreOffice made no PDF of it: {0}")]
    Broken(String),
}

impl ConvertFault {
    /// The stable code.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Absent => "soffice_absent",
            Self::Slow { .. } => "soffice_slow",
            Self::Memory { .. } => "soffice_memory",
            Self::Queue => "soffice_queue",
            Self::Broken(_) => "soffice_broken",
        }
    }

    /// The HTTP status that fits: a file that it cannot convert is the file's matter.
    #[must_use]
    pub const fn status(&self) -> u16 {
        match self {
            Self::Broken(_) => 422,
            Self::Absent | Self::Slow { .. } | Self::Memory { .. } | Self::Queue => 503,
        }
    }
}

/// Those who want a file converted, and how it is run.
pub(crate) struct Line {
    /// The one that is served and those who wait.
    places: Semaphore,
    /// Each takes a whole processor and the memory of a browser.
    served: Semaphore,
    apart: OnceCell<Option<Apart>>,
    /// The folder of our data.
    hidden: Option<PathBuf>,
}

impl Line {
    pub fn new(hidden: Option<PathBuf>) -> Self {
        Self {
            places: Semaphore::new(1 + MOST_WAITING),
            served: Semaphore::new(1),
            apart: OnceCell::new(),
            hidden,
        }
    }

    async fn apart(
        &self,
        converting: &Converting,
        program: &Path,
    ) -> std::result::Result<Option<&Apart>, ConvertFault> {
        let tried = || Apart::tried(program, self.hidden.as_deref(), converting.memory);
        Ok(self.apart.get_or_try_init(tried).await?.as_ref())
    }
}

/// A place in the line; who has none is sent away before anything is done for them.
pub(crate) struct Place<'a> {
    _place: SemaphorePermit<'a>,
}

impl App {
    /// Whether a pptx can be converted now.
    #[must_use]
    pub fn converts(&self) -> bool {
        self.0.converting.found().is_some()
    }

    /// Sees beforehand whether `LibreOffice` can run apart, beside the other work, so that the log says it at the start.
    pub fn try_converting(&self) {
        let app = self.clone();
        self.spawn(async move {
            let converting = &app.0.converting;
            if let Some(program) = converting.found() {
                let tried = app.0.conversions.apart(converting, &program).await;
                if let Err(fault) = tried {
                    tracing::warn!(%fault, "bwrap could not be tried yet");
                }
            }
        });
    }

    /// A place in the line for the converter.
    ///
    /// # Errors
    /// [`AppError::Convert`] when enough of them wait already.
    pub(crate) fn in_line(&self) -> Result<Place<'_>> {
        let place = self.0.conversions.places.try_acquire();
        Ok(Place {
            _place: place.map_err(|_| ConvertFault::Queue)?,
        })
    }

    /// The PDF of a pptx that was looked over.
    ///
    /// # Errors
    /// [`AppError::Convert`].
    pub(crate) async fn convert(&self, _place: &Place<'_>, pptx: &[u8]) -> Result<Vec<u8>> {
        let line = &self.0.conversions;
        let served = line.served.acquire().await;
        let _served = served.map_err(|_| AppError::ShuttingDown)?;
        let converting = &self.0.converting;
        let fonts = self.0.printing.fonts.as_deref();
        let made = async {
            let program = converting.found().ok_or(ConvertFault::Absent)?;
            let apart = line.apart(converting, &program).await?;
            converted(converting, apart, fonts, pptx).await
        };
        let made = made.await;
        if let Err(fault) = &made {
            tracing::warn!(%fault, "a pptx was not converted");
        }
        Ok(made?)
    }
}

/// A pptx goes in; a whole PDF, or the reason why not, comes out.
async fn converted(
    converting: &Converting,
    apart: Option<&Apart>,
    fonts: Option<&Path>,
    pptx: &[u8],
) -> std::result::Result<Vec<u8>, ConvertFault> {
    let program = converting.found().ok_or(ConvertFault::Absent)?;
    let broken = |error: std::io::Error| ConvertFault::Broken(error.to_string());
    let scratch = tempfile::Builder::new().prefix("pingyi-soffice-").tempdir();
    let scratch = scratch.map_err(broken)?;
    prepare(scratch.path(), fonts, pptx).await.map_err(broken)?;
    let started = match apart {
        Some(apart) => apart.started(&program, scratch.path(), fonts),
        None => vec![program.into()],
    };
    let order = order(converting, started, scratch.path(), fonts.is_some());
    let ended = child::run(&order, b"go\n")
        .await
        .map_err(|fault| match fault {
            ChildFault::Slow => ConvertFault::Slow {
                seconds: converting.time.as_secs(),
            },
            ChildFault::Broken(error) => broken(error),
        })?;
    let pdf = tokio::fs::read(scratch.path().join("out/slides.pdf")).await;
    taken(converting, &ended, pdf)
}

/// It says that all went well also when nothing came out, so what counts is what lies there.
fn taken(
    converting: &Converting,
    ended: &Ended,
    pdf: std::io::Result<Vec<u8>>,
) -> std::result::Result<Vec<u8>, ConvertFault> {
    let failed = || {
        if ended.starved() {
            let bytes = converting.memory;
            ConvertFault::Memory { bytes }
        } else {
            ConvertFault::Broken(ended.last_words())
        }
    };
    if !ended.status.success() {
        return Err(failed());
    }
    let pdf = pdf.map_err(|_| failed())?;
    let tail = &pdf[pdf.len().saturating_sub(PDF_TAIL)..];
    if pdf.starts_with(b"%PDF-") && tail.windows(5).any(|part| part == b"%%EOF") {
        Ok(pdf)
    } else {
        Err(ConvertFault::Broken(
            "what came out is no whole PDF".to_owned(),
        ))
    }
}

/// The file, a profile and a way to the office's fonts, in the scratch folder.
async fn prepare(scratch: &Path, fonts: Option<&Path>, pptx: &[u8]) -> std::io::Result<()> {
    let user = scratch.join("profile/user");
    tokio::fs::create_dir_all(&user).await?;
    tokio::fs::create_dir(scratch.join("out")).await?;
    tokio::fs::write(user.join("registrymodifications.xcu"), SETTINGS).await?;
    tokio::fs::write(scratch.join("slides.pptx"), pptx).await?;
    if let Some(fonts) = fonts {
        let folder = fonts.canonicalize()?;
        let folder = quick_xml::escape::escape(folder.to_string_lossy()).into_owned();
        let text = format!(
            "<?xml version=\"1.0\"?>\n<fontconfig><include ignore_missing=\"yes\">/etc/fonts/fonts.conf</include>\
             <dir>{folder}</dir></fontconfig>\n"
        );
        tokio::fs::write(scratch.join("fonts.conf"), text).await?;
    }
    Ok(())
}

/// The shell reads a line first, so that the limit of memory stands before anything is started.
fn order(converting: &Converting, started: Vec<OsString>, scratch: &Path, fonts: bool) -> Order {
    let mut profile = OsString::from("-env:UserInstallation=file://");
    profile.push(scratch.join("profile"));
    let words = ["-c", "read -r go && exec \"$0\" \"$@\" </dev/null"].map(OsString::from);
    let options = [
        "--headless",
        "--norestore",
        "--nologo",
        "--nolockcheck",
        "--convert-to",
    ];
    let mut args: Vec<OsString> = words.into();
    args.extend(started);
    args.push(profile);
    args.extend(options.map(OsString::from));
    args.extend([
        "pdf:impress_pdf_Export".into(),
        "--outdir".into(),
        "out".into(),
        "slides.pptx".into(),
    ]);
    let mut env = environment(scratch);
    if fonts {
        env.push(("FONTCONFIG_FILE", scratch.join("fonts.conf").into()));
    }
    Order {
        program: "/bin/sh".into(),
        args,
        env,
        folder: Some(scratch.to_owned()),
        time: converting.time,
        memory: converting.memory,
    }
}

fn environment(scratch: &Path) -> Vec<(&'static str, OsString)> {
    vec![
        ("HOME", scratch.into()),
        ("TMPDIR", scratch.into()),
        ("PATH", "/usr/local/bin:/usr/bin:/bin".into()),
        ("LANG", "C.UTF-8".into()),
        ("SAL_USE_VCLPLUGIN", "svp".into()),
    ]
}

#[cfg(test)]
#[cfg(unix)]
mod tests;
