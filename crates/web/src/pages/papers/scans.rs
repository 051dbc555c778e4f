//! The signed papers on the page of an appraisal's papers.

use pingyi_app::papers::{OTHER_SCAN, ScanView, Sheet};
use pingyi_app::{AppraisalConfig, AppraisalId};

use crate::lang::Texts;
use crate::pages::record::evidence::size_text;
use crate::words::time_text;

/// A signed paper.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ScanLine {
    /// Its address; with `/small` and `/remove` behind it too.
    pub href: String,
    /// Which paper it is, in words.
    pub sheet: String,
    /// Name of the file.
    pub name: String,
    /// Whether there is a small rendition.
    pub picture: bool,
    /// Size in words.
    pub size: String,
    /// Who brought it.
    pub by: String,
    /// When.
    pub at: String,
}

/// The signed papers, and what a further one may be.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Scans {
    /// Those that are there.
    pub lines: Vec<ScanLine>,
    /// Name and words of each paper.
    pub sheets: Vec<(String, String)>,
    /// Whether they may be added and taken away now.
    pub open: bool,
}

impl Scans {
    /// Those of an appraisal.
    #[must_use]
    pub fn of(
        texts: Texts,
        id: &AppraisalId,
        config: &AppraisalConfig,
        scans: Vec<ScanView>,
        open: bool,
    ) -> Self {
        let one = Sheet::of_all().map(|sheet| {
            let name = sheet.name();
            let words = texts.s(&format!("paper-{name}"));
            (name, words)
        });
        let letters = config.presenters.iter().map(|presenter| {
            let words = texts.a("scan-letter", "presenter", &presenter.title);
            (Sheet::Letter(presenter.code.clone()).name(), words)
        });
        let other = (OTHER_SCAN.to_owned(), texts.s("scan-other"));
        let sheets: Vec<(String, String)> = one.chain(letters).chain([other]).collect();
        let lines = scans.into_iter().map(|view| {
            let named = sheets.iter().find(|(name, _)| *name == view.row.sheet);
            ScanLine {
                href: format!("/api/appraisals/{id}/scans/{}", view.row.id),
                sheet: named.map_or_else(|| view.row.sheet.clone(), |(_, words)| words.clone()),
                name: view.row.name,
                picture: view.row.thumb.is_some(),
                size: size_text(texts, view.row.bytes),
                by: view.by,
                at: time_text(view.row.at),
            }
        });
        Self {
            lines: lines.collect(),
            open,
            sheets,
        }
    }

    /// For the gallery and the tests: open and empty, or archived with two.
    #[must_use]
    pub fn sample(texts: Texts, full: bool) -> Self {
        let line = |sheet: &str, name: &str, picture: bool| ScanLine {
            href: "/api/appraisals/abcdefghijklmnop/scans/ssssssssssssssss".to_owned(),
            sheet: texts.s(sheet),
            name: name.to_owned(),
            picture,
            size: texts.n("evidence-kb", 420),
            by: "组织科".to_owned(),
            at: "2018-12-18 17:20".to_owned(),
        };
        let lines = [
            line(
                "paper-result_sheet",
                "扫描件_监票人和总监票人签字_20181218.pdf",
                false,
            ),
            line("paper-minutes", "IMG_20181218_172001.jpg", true),
        ];
        Self {
            lines: if full { lines.to_vec() } else { Vec::new() },
            sheets: vec![("result_sheet".to_owned(), texts.s("paper-result_sheet"))],
            open: true,
        }
    }
}
