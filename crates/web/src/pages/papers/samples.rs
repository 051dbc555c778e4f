//! Samples of the papers' pages: one for every kind of paper, full and empty lists.

use askama::Template as _;
use pingyi_app::papers::{Paper, PaperKind};

use super::{
    FailedLine, FieldLine, LetterLine, LettersPage, MadeLine, PaperLine, PaperPage, PapersPage,
    RunLine, Scans, TextForm, buttons,
};
use crate::lang::{Lang, Texts};
use crate::pages::sample::{Sample, chrome_in};

fn made(format: &str, current: bool, given: &str) -> MadeLine {
    MadeLine {
        href: "/api/papers/abcdefghijklmnop".to_owned(),
        format: format.to_owned(),
        at: "2018-12-17 09:31".to_owned(),
        current,
        given: given.to_owned(),
    }
}

fn form(draft: bool) -> TextForm {
    let field = |name: &str, kind: &'static str, rows: usize, value: &str| FieldLine {
        name: name.to_owned(),
        label: format!("field-paper-{name}"),
        of: String::new(),
        value: value.to_owned(),
        kind,
        rows,
    };
    TextForm {
        post: "/api/appraisals/abcdefghijklmnop/texts/circular".to_owned(),
        version: i64::from(!draft),
        draft,
        fields: vec![
            field("office", "text", 0, "中共平湖街道工作委员会"),
            field("held_on", "date", 0, "2018-12-15"),
            field("from", "time", 0, "09:00"),
            field(
                "text",
                "",
                8,
                "现将有关情况通报如下。\n一、基本情况\n九名园区党委第一书记依次述职。",
            ),
        ],
    }
}

fn paper(lang: Lang, kind: PaperKind) -> Result<String, askama::Error> {
    let sample = Paper::sample(kind).map_err(|error| askama::Error::Custom(Box::new(error)))?;
    let written = kind == PaperKind::Circular;
    let made = match kind {
        PaperKind::ResultSheet => vec![made("PDF", true, ""), made("PDF", false, "")],
        _ => Vec::new(),
    };
    PaperPage {
        c: chrome_in(
            lang,
            "papers-title",
            "/appraisals/abcdefghijklmnop/papers/x",
            &["office"],
        ),
        back: (
            "/appraisals/abcdefghijklmnop/papers".to_owned(),
            Texts(lang).s("papers-title"),
        ),
        title: sample.title(),
        blocks: sample.outline(),
        foot: sample.head().made(),
        hash: sample.hash().to_string(),
        form: written.then(|| form(true)),
        post: "/api/appraisals/abcdefghijklmnop/papers/x".to_owned(),
        buttons: buttons(&sample, &[]),
        pdf: None,
        made,
        absent: if written {
            "/opt/pingyi/pingyi-papers".to_owned()
        } else {
            String::new()
        },
    }
    .render()
}

fn going(lang: Lang) -> Result<String, askama::Error> {
    let run = RunLine {
        going: true,
        percent: 37,
        done: 37,
        total: 100,
        failed: Vec::new(),
    };
    PapersPage {
        run: Some(run),
        ..papers(lang, false)
    }
    .render()
}

/// Nine letters, of which one was not made.
fn one_failed(lang: Lang) -> RunLine {
    let failed = FailedLine {
        href: "/appraisals/abcdefghijklmnop/papers/letter-p1".to_owned(),
        name: "华南城园区党委第一书记".to_owned(),
        why: vec![Texts(lang).s("err-missing_glyphs")],
    };
    RunLine {
        going: false,
        percent: 100,
        done: 9,
        total: 9,
        failed: vec![failed],
    }
}

fn list(lang: Lang, full: bool) -> Result<String, askama::Error> {
    papers(lang, full).render()
}

fn papers(lang: Lang, full: bool) -> PapersPage {
    let line = |name: &str, letter: bool, made: Vec<MadeLine>| PaperLine {
        href: "/appraisals/abcdefghijklmnop/papers/x".to_owned(),
        name: name.to_owned(),
        letter,
        made,
    };
    let some = |made: Vec<MadeLine>| if full { made } else { Vec::new() };
    PapersPage {
        c: chrome_in(
            lang,
            "papers-title",
            "/appraisals/abcdefghijklmnop/papers",
            &["office"],
        ),
        id: "abcdefghijklmnop".to_owned(),
        title: "2018年园区党委书记述职评议".to_owned(),
        papers: vec![
            line(
                "paper-result_sheet",
                false,
                some(vec![made("PDF", true, "")]),
            ),
            line(
                "paper-summary_table",
                false,
                some(vec![made("PDF", true, ""), made("XLSX", true, "")]),
            ),
            line("paper-minutes", false, Vec::new()),
            line("paper-circular", false, Vec::new()),
            line("paper-press_brief", false, Vec::new()),
        ],
        lists: ["problems", "duties", "rectification"]
            .map(|list| line(&format!("paper-list-{list}"), false, Vec::new()))
            .into(),
        letters: vec![
            line(
                "华南城园区党委第一书记",
                true,
                some(vec![made("PDF", true, "2018-12-18 10:00")]),
            ),
            line(
                "白坭坑海吉星园区党委第一书记",
                true,
                some(vec![made("PDF", true, "")]),
            ),
        ],
        run: full.then(|| one_failed(lang)),
        scans: Scans::sample(Texts(lang), full),
        form: form(!full),
        may_give: full,
        absent: if full {
            String::new()
        } else {
            "/opt/pingyi/pingyi-papers".to_owned()
        },
    }
}

fn letters(lang: Lang, full: bool) -> Result<String, askama::Error> {
    let letter = LetterLine {
        href: "/letters/abcdefghijklmnop".to_owned(),
        title: "2018年园区党委书记述职评议意见反馈书（华南城园区党委第一书记）".to_owned(),
        at: "2018-12-18 10:00".to_owned(),
    };
    LettersPage {
        c: chrome_in(lang, "letters-title", "/letters", &["office"]),
        letters: if full { vec![letter] } else { Vec::new() },
    }
    .render()
}

pub(super) fn all(lang: Lang) -> Vec<Sample> {
    vec![
        Sample::new("papers-full", list(lang, true)),
        Sample::new("papers-going", going(lang)),
        Sample::new("papers-empty", list(lang, false)),
        Sample::new("paper-result", paper(lang, PaperKind::ResultSheet)),
        Sample::new("paper-summary", paper(lang, PaperKind::SummaryTable)),
        Sample::new("paper-letter", paper(lang, PaperKind::FeedbackLetter)),
        Sample::new("paper-list", paper(lang, PaperKind::FollowUpList)),
        Sample::new("paper-coverage", paper(lang, PaperKind::Coverage)),
        Sample::new("paper-minutes", paper(lang, PaperKind::Minutes)),
        Sample::new("paper-circular", paper(lang, PaperKind::Circular)),
        Sample::new("paper-brief", paper(lang, PaperKind::PressBrief)),
        Sample::new("paper-year", paper(lang, PaperKind::YearBook)),
        Sample::new("paper-digest", paper(lang, PaperKind::Digest)),
        Sample::new("letters-full", letters(lang, true)),
        Sample::new("letters-empty", letters(lang, false)),
    ]
}
