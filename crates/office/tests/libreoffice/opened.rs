//! The samples in `LibreOffice`: each opened once, and kept for all tests.

use std::collections::BTreeMap;
use std::io::{Cursor, Read as _};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::OnceLock;

use pingyi_office::{docx, pptx, xlsx};
use pingyi_papers::{Paper, PaperKind};

/// What `LibreOffice` makes of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Format {
    Pdf,
    Text,
    FlatSlides,
    Csv,
}

impl Format {
    /// The filter's name for the command line, and the ending of what comes out.
    const fn filter(self) -> (&'static str, &'static str) {
        match self {
            Self::Pdf => ("pdf", "pdf"),
            Self::Text => ("txt:Text (encoded):UTF8", "txt"),
            Self::FlatSlides => ("fodp", "fodp"),
            // Comma, quotes, UTF-8, from the first line, the cells' values and not as they are shown.
            Self::Csv => (
                "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,false",
                "csv",
            ),
        }
    }
}

/// Files we made and what came of them.
pub struct Opened {
    sources: BTreeMap<&'static str, Vec<u8>>,
    made: BTreeMap<(&'static str, Format), Vec<u8>>,
}

impl Opened {
    /// What came of a file.
    pub fn made(&self, name: &str, format: Format) -> &[u8] {
        let found = self
            .made
            .iter()
            .find(|((one, kind), _)| *one == name && *kind == format);
        found
            .unwrap_or_else(|| panic!("{name} was not opened as {format:?}"))
            .1
    }

    /// A file as we made it.
    pub fn source(&self, name: &str) -> &[u8] {
        &self.sources[name]
    }

    /// A part of it.
    pub fn part(&self, name: &str, path: &str) -> String {
        let mut archive = zip::ZipArchive::new(Cursor::new(self.source(name))).unwrap();
        let mut text = String::new();
        archive
            .by_name(path)
            .unwrap()
            .read_to_string(&mut text)
            .unwrap();
        text
    }
}

/// All samples opened, or nothing where there is no `LibreOffice`.
pub fn opened() -> Option<&'static Opened> {
    static OPENED: OnceLock<Option<Opened>> = OnceLock::new();
    OPENED
        .get_or_init(|| program().map(|program| open_all(&program)))
        .as_ref()
}

fn program() -> Option<PathBuf> {
    let path = std::env::var_os("PATH").unwrap_or_default();
    let found = std::env::split_paths(&path).map(|folder| folder.join("soffice"));
    let found = found.into_iter().find(|place| place.is_file());
    if found.is_none() {
        assert!(
            std::env::var_os("PINGYI_REQUIRE_OFFICE").is_none(),
            "soffice is not there: tools/setup.sh test"
        );
        eprintln!(
            "SKIPPED: soffice is not there, so nobody looked at our docx, pptx and xlsx in LibreOffice"
        );
    }
    found
}

fn sources() -> BTreeMap<&'static str, Vec<u8>> {
    let sample = |kind| Paper::sample(kind).unwrap();
    let mut all = BTreeMap::new();
    for kind in [
        PaperKind::DutyReport,
        PaperKind::Circular,
        PaperKind::PressBrief,
    ] {
        all.insert(kind.name(), docx(&sample(kind)).unwrap());
    }
    all.insert("deck", pptx(&sample(PaperKind::Deck)).unwrap());
    all.insert(
        "summary_table",
        xlsx(&sample(PaperKind::SummaryTable)).unwrap(),
    );
    let Paper::DutyReport(mut lacking) = sample(PaperKind::DutyReport) else {
        unreachable!()
    };
    lacking.sections[0].paragraphs.truncate(1);
    "略。".clone_into(&mut lacking.sections[0].paragraphs[0]);
    all.insert("lacking", docx(&Paper::DutyReport(lacking)).unwrap());
    all
}

fn ending(name: &str) -> &'static str {
    match name {
        "deck" => "pptx",
        "summary_table" => "xlsx",
        _ => "docx",
    }
}

fn open_all(program: &Path) -> Opened {
    let scratch = tempfile::tempdir().unwrap();
    let sources = sources();
    for (name, bytes) in &sources {
        std::fs::write(
            scratch.path().join(format!("{name}.{}", ending(name))),
            bytes,
        )
        .unwrap();
    }
    write_fonts(scratch.path());
    let documents = ["duty_report", "circular", "press_brief"];
    let mut made = BTreeMap::new();
    for (format, names) in [
        (
            Format::Pdf,
            &["duty_report", "circular", "press_brief", "lacking", "deck"][..],
        ),
        (Format::Text, &documents[..]),
        (Format::FlatSlides, &["deck"][..]),
        (Format::Csv, &["summary_table"][..]),
    ] {
        run(program, scratch.path(), format, names);
        for &name in names {
            let path = scratch
                .path()
                .join("out")
                .join(format!("{name}.{}", format.filter().1));
            let bytes =
                std::fs::read(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
            made.insert((name, format), bytes);
        }
    }
    Opened { sources, made }
}

fn run(program: &Path, scratch: &Path, format: Format, names: &[&str]) {
    let done = Command::new(program)
        .arg(format!(
            "-env:UserInstallation=file://{}/profile",
            scratch.display()
        ))
        .args([
            "--headless",
            "--norestore",
            "--convert-to",
            format.filter().0,
            "--outdir",
            "out",
        ])
        .args(names.iter().map(|name| format!("{name}.{}", ending(name))))
        .current_dir(scratch)
        .env_clear()
        .env("PATH", "/usr/local/bin:/usr/bin:/bin")
        .env("HOME", scratch)
        .env("LANG", "C.UTF-8")
        .env("SAL_USE_VCLPLUGIN", "svp")
        .env("FONTCONFIG_FILE", scratch.join("fonts.conf"))
        .output()
        .unwrap();
    let words = String::from_utf8_lossy(&done.stderr);
    assert!(
        done.status.success(),
        "{format:?}: {}: {words}",
        done.status
    );
}

/// Only the fonts that the tests of the papers want too, each name of the standard bound to one of them: what else lies
/// on a machine must not change a picture.
fn write_fonts(scratch: &Path) {
    let folder = [
        "/usr/share/fonts/opentype/noto",
        "/usr/share/fonts/noto-cjk",
    ];
    let folder = folder
        .iter()
        .find(|folder| Path::new(folder).is_dir())
        .expect("fonts-noto-cjk is installed");
    let serif = [
        "仿宋_GB2312",
        "楷体_GB2312",
        "宋体",
        "方正小标宋简体",
        "Times New Roman",
        "serif",
    ];
    let bind = |(from, to): (&str, &str)| {
        format!(
            "<match target=\"pattern\"><test name=\"family\"><string>{from}</string></test>\
             <edit name=\"family\" mode=\"assign\" binding=\"strong\"><string>{to}</string></edit></match>"
        )
    };
    let all: String = serif
        .iter()
        .map(|from| bind((from, "Noto Serif CJK SC")))
        .collect();
    let text = format!(
        "<?xml version=\"1.0\"?><fontconfig><dir>{folder}</dir><cachedir>{}/cache</cachedir>{all}{}{}</fontconfig>",
        scratch.display(),
        bind(("黑体", "Noto Sans CJK SC")),
        bind(("sans-serif", "Noto Sans CJK SC")),
    );
    std::fs::write(scratch.join("fonts.conf"), text).unwrap();
}
